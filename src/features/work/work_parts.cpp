#include "features/work/work_parts.hpp"

#include <algorithm>

#include "features/activity/activity_view.hpp"

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

namespace {

/// What a line of the history tells: a step of ours, or what came in another way.
Message line_name(Line const& line) {
  if (auto const action = action_of(line.what)) return happened(*action);
  if (line.what == "created") return message("Entered");
  if (line.what == "reported") return message("Result reported");
  if (line.what == "corrected") return message("Result corrected");
  if (line.what == "moved") return message("Moved");
  if (line.what == "cancelled") return message("Cancelled");
  return message("Changed");
}

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

Html versions(Request& request, Opened const& opened, People& people) {
  auto const& say = request.say;
  auto const all = Store(request.read()).results(opened.activity.id);
  std::vector<PersonId> who;
  for (auto const& version : all)
    if (version.confirmed_by) who.push_back(*version.confirmed_by);
  people.know(who);
  Html list;
  for (auto const& version : all) {
    list.add("<li><time datetime=\"{}\">{}</time> ", version.reported_day, say.date(version.reported_day));
    if (version.attendance) list.add("<b>{}</b> ", view::attendances(say, *version.attendance));
    if (version.audience) list.add("{} ", say("{} listeners or viewers", view::range(say, *version.audience)));
    if (!version.method.empty()) list.add("({}) ", say(view::method_text(version.method)));
    if (!version.reason.empty()) list.add("<br>{}", say("Corrected: {}", version.reason));
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

}  // namespace

Html timeline_list(Request& request, campaign::Facts const& known, std::vector<Line> const& lines, People& people) {
  auto const& say = request.say;
  std::vector<PersonId> who;
  for (auto const& line : lines) {
    if (line.person) who.push_back(*line.person);
    if (line.acting_for) who.push_back(*line.acting_for);
    if (line.imported_by) who.push_back(*line.imported_by);
  }
  people.know(who);
  Html list;
  for (auto const& line : lines) {
    list.add("<li><b>{}</b><br><time datetime=\"{}\">{}</time>", say(line_name(line)), iso(line.at), say.moment(line.at, known.time_zone));
    if (auto const text = people.text(line.person ? line.person : line.imported_by, line.organisation, line.role); !text.empty())
      list.add("<span class=\"soft\">{}</span>", text);
    if (opens_import(request, line))
      list.add("<br><a href=\"{}\">{}</a>", say.path("/work/import/{}", id_text(*line.import)),
               say("Import of {}", say.moment(*line.imported, known.time_zone)));
    if (line.acting_for) {
      auto const name = people.name(*line.acting_for);
      if (name.empty()) list.add("<br><span class=\"soft\">{}</span>", say("in the place of a coordinator"));
      else list.add("<br><span class=\"soft\">{}</span>", say("in the place of {}", name));
    }
    if (!line.reason.empty()) list.add("<br>{}", say("Reason: {}", line.reason));
    list.add("</li>");
  }
  return html("<ol class=\"timeline\">{}</ol>", list);
}

Html timeline_part(Request& request, campaign::Facts const& known, std::vector<Line> const& lines, People& people) {
  return html("<section id=\"life\"><h2>{}</h2>{}</section>", request.say("Its life so far"), timeline_list(request, known, lines, people));
}

}  // namespace birge::work
