#include "features/activity/activity_view.hpp"
#include "features/intake/intake_view.hpp"
#include "features/work/work_view.hpp"
#include "platform/base/number.hpp"

/// What an import stored, and what became of it.
namespace birge::intake {

namespace {

constexpr int rows_at_once = 50;

std::string_view outcome_word(Say const& say, ChangeRow const& row) {
  if (row.outcome == "undone") return row.kind == "added" ? say("taken out again") : say("former values are back");
  if (row.outcome == "left") return say("left: changed or built on since");
  return row.kind == "added" ? say("added") : say("changed");
}

/// What an activity was called that is no longer there.
Html gone_title(Request& request, ChangeRow const& row) {
  auto const& say = request.say;
  if (row.before.empty()) return html("{}", say("An activity that is no longer there"));
  auto const activity = before_of(row.before).activity;
  return site::in_language(request, activity.text(say.language()).title, activity.text_language(say.language()));
}

std::string count_text(Say const& say, std::optional<activity::Count> const& count) {
  return count ? activity::view::range(say, *count) : std::string();
}

/// Each field of an activity that differs, as it was and as it is; of the result its counts.
std::vector<work::BothValues> changed_fields(Say const& say, campaign::Facts const& known, Activity const& before, Activity const& now) {
  auto const language = say.language();
  auto fields = work::both_values(say, known, work::differences(work::typed_of(before, known, language), work::typed_of(now, known, language)));
  auto const add = [&](char const* field, std::string const& label, std::string was, std::string is) {
    if (was != is) fields.push_back({field, label, std::move(was), std::move(is)});
  };
  add("state", std::string(say("State")), std::string(say(activity::name(before.state))), std::string(say(activity::name(now.state))));
  auto const counted = [&](Activity const& one, std::optional<activity::Count> activity::Result::*member) {
    return one.result ? count_text(say, *one.result.*member) : std::string();
  };
  using activity::Result;
  add("attendance", std::string(say("Attendances")), counted(before, &Result::attendance), counted(now, &Result::attendance));
  add("audience", std::string(say("Broadcast audience")), counted(before, &Result::audience), counted(now, &Result::audience));
  return fields;
}

/// An activity as it was; nothing where what was kept of it cannot be read any more, which must not take the page of its import away.
std::optional<Activity> readable(std::string const& kept) {
  try {
    return before_of(kept).activity;
  } catch (std::exception const&) { return std::nullopt; }
}

/// What an import changed in an activity that nobody changed since.
Html changed_html(Request& request, campaign::Facts const& known, ChangeRow const& row) {
  if (!row.title || row.before.empty()) return {};
  auto const before = readable(row.before);
  auto const now = activity::Store(request.read()).find(row.activity);
  if (!before || !now) return {};
  auto const& say = request.say;
  auto const fields = changed_fields(say, known, *before, *now);
  if (fields.empty()) return {};
  std::string names;
  Html list;
  auto const was = [](std::string const& text) { return text.empty() ? html("–") : html("<del>{}</del>", text); };
  auto const is = [](std::string const& text) { return text.empty() ? html("–") : html("<ins>{}</ins>", text); };
  for (auto const& field : fields) {
    names.append(names.empty() ? "" : ", ").append(field.label);
    list.add("<div><dt>{}</dt><dd>{} → {}</dd></div>", field.label, was(field.typed), is(field.stored));
  }
  return html("<details><summary>{}</summary><dl class=\"facts\">{}</dl></details>", names, list);
}

Html change_html(Request& request, campaign::Facts const& known, ChangeRow const& row) {
  auto const& say = request.say;
  Html title;
  if (row.title)
    title = html("<a href=\"{}\">{}</a>", say.path("/work/activities/{}", row.activity), site::in_language(request, *row.title, *row.language));
  else title = gone_title(request, row);
  auto const state = row.state ? activity::state_of(*row.state) : std::nullopt;
  return html("<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}{}</td></tr>", title,
              say("Day"), row.day ? say.short_date(*row.day) : std::string(), say("State"), state ? say(activity::name(*state)) : std::string(),
              say("What happened"), outcome_word(say, row), changed_html(request, known, row));
}

Html changes_html(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& run = opened.run;
  auto const after = whole_number<int>(request.query.get("after")).value_or(0);
  auto list = Store(request.read()).changes(run.id, after, rows_at_once + 1);
  bool const more = list.size() > static_cast<std::size_t>(rows_at_once);
  if (more) list.pop_back();
  if (list.empty()) return {};
  Html rows, next;
  for (auto const& row : list) rows += change_html(request, *opened.known, row);
  if (more) next = site::next_page(say, own_path(std::string(page_of(say, run.id).text()) + "?after=" + std::to_string(list.back().position)));
  return html(
      "<section><h2>{}</h2><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>{}</section>",
      say("Activities"), say("Activities"), say("Title"), say("Day"), say("State"), say("What happened"), rows, next);
}

Html verdict(Say const& say, Run const& run) {
  Html text;
  if (run.state == State::undone) {
    text.add("<p><b>{}</b></p>", say("The import is taken back."));
    if (run.untouched > 0)
      text.add("<p>{}</p>", say.plural("{} activity was left as it is: somebody changed it or built on it since. It is marked below.",
                                       "{} activities were left as they are: somebody changed them or built on them since. They are marked below.",
                                       run.untouched));
    return site::notice(run.untouched > 0 ? site::Notice::attention : site::Notice::done, text);
  }
  text.add("<p><b>{}</b></p><p>{}</p>",
           run.blocked > 0 ? say("The rows without errors are stored; the others are not.") : say("Everything is stored."),
           say.plural("{} new", "{} new", run.added) + ", " + say.plural("{} changed", "{} changed", run.updated) + ", " +
               say.plural("{} unchanged", "{} unchanged", run.unchanged) + ", " + say.plural("{} with errors", "{} with errors", run.blocked) + ".");
  return site::notice(run.blocked > 0 ? site::Notice::attention : site::Notice::done, text);
}

}  // namespace

Html result_part(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& run = opened.run;
  Html actions;
  if (run.refused && opened.own)
    actions.add("<a class=\"button\" href=\"{}\">{} {}</a>", say.path("/work/import/{}/refused", run.id), site::icon("download"),
                say("The refused rows with the reasons"));
  bool const undoable = run.undoable(request.now), closed = undoable && closed_to_undo(request.read(), run);
  if (undoable && !closed)
    actions.add("<a class=\"button second\" href=\"{}\">{} {}</a>", say.path("/work/import/{}/undo", run.id), site::icon("back"),
                say("Take the whole import back"));
  Html when;
  if (closed) when = html("<p class=\"soft\">{}</p>", say(closed_to_undo_message()));
  else if (undoable)
    when = html("<p class=\"soft\">{}</p>", say("It can be taken back until {}.", say.moment(*run.stored + undo_kept, opened.known->time_zone)));
  Html failed;
  if (!run.failure.empty()) failed = site::notice(site::Notice::danger, html("<p>{}</p>", say(run.failure)));
  return html("{}{}<div class=\"actions\">{}</div>{}{}", failed, verdict(say, run), actions, when, changes_html(request, opened));
}

}  // namespace birge::intake
