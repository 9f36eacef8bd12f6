#include "features/work/work_parts.hpp"

#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "features/work/work_versions.hpp"

namespace birge::work {

namespace view = activity::view;

Message state_name(State state) { return state == State::approved ? message("Approved") : activity::name(state); }

Message seen_by(State state, bool is_public) {
  if (!is_public) return message("The coalition only");
  bool const waits = state == State::draft || state == State::proposed || state == State::returned;
  return waits ? message("Everybody, once it is approved") : message("Everybody");
}

std::string_view state_class(State state) {
  switch (state) {
    case State::returned: return "attention";
    case State::cancelled: return "danger";
    case State::held:
    case State::reported:
    case State::confirmed: return "done";
    case State::proposed: return "info";
    default: return "";
  }
}

std::string_view state_icon(State state) {
  switch (state) {
    case State::draft: return "document";
    case State::proposed: return "question";
    case State::returned: return "back";
    case State::approved: return "calendar";
    case State::cancelled: return "cross";
    default: return "check";
  }
}

Message line_name(Line const& line) {
  if (auto const action = action_of(line.what)) return happened(*action);
  if (line.what == "created") return message("Entered");
  if (line.what == "reported") return message("Result reported");
  if (line.what == "corrected") return message("Result corrected");
  if (line.what == "moved") return message("Moved");
  if (line.what == "cancelled") return message("Cancelled");
  return message("Changed");
}

namespace {

Html counts_table(Say const& say, Opened const& opened) {
  auto const& result = *opened.activity.result;
  if (result.cells.empty()) return {};
  Html rows;
  for (auto const& cell : result.cells)
    rows.add("<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td></tr>", say(view::sex_name(cell.sex)),
             view::band_name(say, *opened.known, cell.band), view::range(say, cell.count));
  return html(
      "<details><summary>{}</summary><table><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></details>",
      say("By sex and age"), say("By sex and age"), say("Sex"), say("Age"), say("Attendances"), rows);
}

Html said(std::string_view heading, std::string_view text) { return text.empty() ? Html() : html("<h3>{}</h3><p>{}</p>", heading, text); }

Html counted_text(Say const& say, Opened const& opened, ResultVersion const& version) {
  if (!version.counted_by) return version.method.empty() ? Html() : html("({}) ", say(view::method_text(version.method)));
  auto const who = view::organisation_name(say, *opened.known, *version.counted_by);
  return html("<br>{}", version.method.empty() ? say("Counted by {}; method not said.", who)
                                               : say("Counted by {}: {}.", who, say(view::method_name(version.method))));
}

Html versions(Request& request, Opened const& opened, People& people) {
  auto const& say = request.say;
  Store store(request.read());
  auto const all = store.results(opened.activity.id);
  auto const lines = store.timeline(opened.activity.id);
  auto const steps = steps_of(all, lines);
  std::vector<PersonId> who;
  for (auto const& version : all)
    if (version.confirmed_by) who.push_back(*version.confirmed_by);
  for (auto const* step : steps)
    if (step) who.push_back(*step->person);
  people.know(who);
  Html list;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const& version = all[i];
    list.add("<li><time datetime=\"{}\">{}</time> ", version.reported_day, say.date(version.reported_day));
    if (version.attendance) list.add("<b>{}</b> ", view::attendances(say, *version.attendance));
    if (version.audience) list.add("{} ", say("{} listeners or viewers", view::range(say, *version.audience)));
    list += counted_text(say, opened, version);
    if (i > 0)
      for (auto const& text : corrected_counts(say, *opened.known, all[i - 1], version)) list.add("<br>{}", text);
    if (!version.reason.empty()) list.add("<br>{}", say("Corrected: {}", version.reason));
    if (steps[i])
      list.add("<br><span class=\"soft\">{}</span>", say("Reported on {} by {}.", say.moment(version.recorded, opened.known->time_zone),
                                                         people.text(steps[i]->person, steps[i]->organisation, steps[i]->role)));
    if (version.confirmed_at)
      list.add("<br><span class=\"soft\">{}</span>",
               say("Confirmed by {}", people.text(version.confirmed_by, version.confirmed_organisation, version.confirmed_role)));
    list.add("</li>");
  }
  return html("<ol class=\"timeline\">{}</ol>", list);
}

}  // namespace

Html result_part(Request& request, Opened const& opened, People& people) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  if (!a.result) return {};
  auto const words = Store(request.read()).words(a.id, a.result->version);
  Html out;
  out.add("<h2>{}</h2>", say("Result"));
  if (activity::sums(*a.result).differs)
    out.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("warning"),
            words.sum_differs ? say("Does not add up, and was reported so") : say("Does not add up"));
  out += versions(request, opened, people);
  out += counts_table(say, opened);
  out += said(say("What happened"), a.result->narrative);
  if (!words.questions.empty()) {
    out.add("<h3>{}</h3><ul>", say("What people asked"));
    for (auto const& question : words.questions) {
      out.add("<li>{}", question.text);
      if (!question.topic.empty()) out.add(" <span class=\"soft\">({})</span>", opened.known->codes.name("topic", question.topic, say.language()));
      out.add("</li>");
    }
    out.add("</ul>");
  }
  out += said(say("What was difficult"), words.challenges);
  out += said(say("What we recommend"), words.recommendation);
  return html("<section class=\"text\" id=\"result\">{}</section>", out);
}

namespace {

/// Its owner opens an import while he or she may import, and who may import everywhere.
bool opens_import(Request const& request, Line const& line) {
  auto const* person = account::maybe_person(request);
  if (!line.import || !person) return false;
  return account::may_everywhere(*person, account::Permission::import) ||
         (line.imported_by == person->id && account::may_somewhere(*person, account::Permission::import));
}

/// Who made a step. Whoever stood in for somebody came from somewhere else: that stays to be seen, also once the person left.
std::string doer_text(Request& request, Line const& line, People const& people) {
  auto const own = line.person && line.acting_for ? account::grant_at(request.read(), *line.person, line.at) : std::nullopt;
  if (own) return people.text(line.person, own->organisation, account::role_code(own->role));
  return people.text(line.person ? line.person : line.imported_by, line.organisation, line.role);
}

std::string in_whose_place(Say const& say, Line const& line, People const& people) {
  auto const whose = people.text(line.acting_for, line.organisation, line.role);
  return whose.empty() ? std::string(say("in the place of a coordinator")) : say("in the place of {}", whose);
}

std::string names_of(Say const& say, Changes const& changes) {
  std::string names;
  for (auto const& field : changes.fields) names += (names.empty() ? ": " : ", ") + say(field);
  return names;
}

}  // namespace

Html timeline_list(Request& request, Opened const& opened, std::vector<Line> const& lines, People& people) {
  auto const& say = request.say;
  auto const& zone = opened.known->time_zone;
  std::vector<PersonId> who;
  for (auto const& line : lines) {
    if (line.person) who.push_back(*line.person);
    if (line.acting_for) who.push_back(*line.acting_for);
    if (line.imported_by) who.push_back(*line.imported_by);
  }
  people.know(who);
  auto const changes = changes_of(request.read(), opened.activity.id, lines);
  Html list;
  for (auto const& line : lines) {
    auto const changed = changes.find(line.version);
    list.add("<li><b>{}</b>{}<br><time datetime=\"{}\">{}</time>", say(line_name(line)),
             changed == changes.end() ? std::string() : names_of(say, changed->second), iso(line.at), say.moment(line.at, zone));
    if (auto const text = doer_text(request, line, people); !text.empty()) list.add("<span class=\"soft\">{}</span>", text);
    if (opens_import(request, line))
      list.add("<br><a href=\"{}\">{}</a>", say.path("/work/import/{}", id_text(*line.import)),
               say("Import of {}", say.moment(*line.imported, zone)));
    if (line.acting_for) list.add("<br><span class=\"soft\">{}</span>", in_whose_place(say, line, people));
    if (changed != changes.end() && changed->second.proposed_anew) list.add("<br>{}", say("It needs a new approval."));
    if (!line.reason.empty()) list.add("<br>{}", say("Reason: {}", line.reason));
    list.add("</li>");
  }
  return html("<ol class=\"timeline\">{}</ol>", list);
}

Html steps_since(Request& request, Opened const& opened, int version) {
  auto lines = Store(request.read()).timeline(opened.activity.id);
  std::erase_if(lines, [&](Line const& line) { return line.version <= version; });
  People people(request, *opened.known, account::may(opened.person, account::Permission::see_names, object_of(opened.activity, *opened.known)));
  return timeline_list(request, opened, lines, people);
}

Html timeline_part(Request& request, Opened const& opened, std::vector<Line> const& lines, People& people) {
  return html("<section id=\"life\"><h2>{}</h2>{}</section>", request.say("Its life so far"), timeline_list(request, opened, lines, people));
}

}  // namespace birge::work
