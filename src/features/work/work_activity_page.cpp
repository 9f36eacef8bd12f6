#include <algorithm>
#include <array>

#include "features/activity/activity_view.hpp"
#include "features/notice/notice.hpp"
#include "features/work/home/home_reminder.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"

/// The page of one activity in the workspace: where it stands, what can be done, what is known, and its life so far.
namespace birge::work {

namespace view = activity::view;

namespace {

/// What somebody or other may do in a state: the others are not even named there.
bool belongs_to(State state, Action action) {
  switch (action) {
    case Action::edit: return state != State::held && state != State::reported && state != State::confirmed && state != State::cancelled;
    case Action::propose:
    case Action::discard: return state == State::draft || state == State::returned;
    case Action::withdraw:
    case Action::approve:
    case Action::approve_paper:
    case Action::give_back: return state == State::proposed;
    case Action::hold:
    case Action::move:
    case Action::cancel: return state == State::approved;
    case Action::report: return state != State::confirmed && state != State::cancelled;
    case Action::confirm:
    case Action::reject_result: return state == State::reported;
    case Action::correct: return state == State::confirmed;
    case Action::undo: return false;
  }
  return false;
}

Html button(Request& request, Opened const& opened, Action action, bool first) {
  auto const look = first ? "button" : action == Action::cancel || action == Action::discard ? "button danger" : "button second";
  return step_button(request, opened.activity.id, opened.activity.version, action, name(action, opened.activity.state), look, {});
}

/// What the latest step did, said to whoever made it.
std::string done_text(Say const& say, std::vector<Line> const& lines) {
  auto const action = lines.empty() ? std::nullopt : action_of(lines.back().what);
  if (!action) return {};
  switch (*action) {
    case Action::propose: return std::string(say("Proposed. The coordinator is asked to approve it."));
    case Action::report: return std::string(say("The result was sent. A second person confirms it."));
    case Action::correct: return std::string(say("The correction was sent. A second person confirms it."));
    default: return say(happened(*action)) + ".";
  }
}

Html actions(Request& request, Opened const& opened, std::vector<Line> const& lines) {
  // In the order in which they are mostly wanted.
  std::array order{Action::propose, Action::approve,  Action::confirm,   Action::report,        Action::correct,
                   Action::hold,    Action::edit,     Action::give_back, Action::reject_result, Action::approve_paper,
                   Action::move,    Action::withdraw, Action::cancel,    Action::discard};
  // What came back is changed before it is proposed once more.
  if (opened.activity.state == State::returned) {
    auto const edit = std::ranges::find(order, Action::edit);
    std::rotate(order.begin(), edit, edit + 1);
  }
  auto const& say = request.say;
  Html out, refused, note;
  bool first = true;
  for (auto const action : order) {
    if (!belongs_to(opened.activity.state, action)) continue;
    auto const decision = opened.may(action, request.now);
    if (!decision.allowed) {
      refused.add("<li><b>{}</b>: {}</li>", say(name(action, opened.activity.state)), say(decision.why_not));
      continue;
    }
    if (action == Action::approve && !decision.note.empty()) note = html("<p class=\"soft\">{}</p>", say(decision.note));
    // A result before the day is over comes after what is to be decided first.
    out += button(request, opened, action, first);
    first = false;
  }
  Html undo;
  if (opened.may(Action::undo, request.now).allowed)
    undo =
        html("<div class=\"notice done\" role=\"status\">{}<div><p><b>{}</b></p><p>{}</p>{}</div></div>", site::icon("check"), done_text(say, lines),
             say("You can take back your latest step for ten minutes, as long as nobody built on it."), button(request, opened, Action::undo, false));
  if (!out.empty()) out = html("<div class=\"actions\">{}</div>", out);
  if (!refused.empty()) out.add("<details><summary>{}</summary><ul>{}</ul></details>", say("What you cannot do here, and why"), refused);
  return html("{}{}{}", undo, note, out);
}

Html row(std::string_view icon, std::string_view label, std::string_view value) {
  if (value.empty()) return {};
  return html("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
}

std::string names(Say const& say, campaign::Facts const& known, std::vector<OrganisationId> const& list) {
  std::string text;
  for (auto const id : list) text += (text.empty() ? "" : "; ") + view::organisation_name(say, known, id);
  return text;
}

std::string codes(Say const& say, campaign::Facts const& known, char const* list, std::vector<std::string> const& chosen) {
  std::string text;
  for (auto const& code : chosen) text += (text.empty() ? "" : ", ") + known.codes.name(list, code, say.language());
  return text;
}

Html known_facts(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  auto const& known = *opened.known;
  auto when = view::day_text(say, a.day, a.end_day, a.precision);
  if (auto const hours = view::hours(say, a.start_minutes, a.end_minutes); !hours.empty()) when += ", " + hours;
  auto where = view::place_text(say, known, a.reach, a.place, a.village);
  for (auto const place : a.places) where += "; " + known.places->full_name(place, say.language());
  if (auto const& venue = a.text(say.language()).venue; !venue.empty()) where += ", " + venue;
  Html out;
  out += row("calendar", say("When"), when);
  if (a.moved_from_day) out += row("moved", say("Moved from"), say.date(*a.moved_from_day));
  out += row("place", say("Where"), where);
  if (a.moved_from_place) out += row("moved", say("Earlier place"), known.places->full_name(*a.moved_from_place, say.language()));
  // Of what was cancelled since, the reason is that of the cancellation.
  if (a.moved() && a.state != State::cancelled) out += row("moved", say("Why it was moved"), a.reason);
  out += row("organisation", say("Who holds it"), view::organisation_name(say, known, a.lead));
  out += row("organisation", say("Together with"), names(say, known, a.co_hosts));
  out += row("organisation", say("Supported by"), names(say, known, a.partners));
  out += row("people", say("For whom"), codes(say, known, "audience", a.audiences));
  out += row("info", say("About what"), codes(say, known, "topic", a.topics));
  if (a.expected) out += row("people", say("Expected"), say.range(a.expected->low, a.expected->high));
  out += row("door", say("Who may come"), a.entry.empty() ? std::string_view() : say(view::entry_name(a.entry)));
  out += row("money", say("Cost"), a.cost);
  out += row("phone", say("Contact for the public"), a.contact);
  out += row("lock", say("Who may see it"), say(seen_by(a.state, a.is_public)));
  if (auto const due = activity::due(a.due_day); due && (a.state == State::approved || a.state == State::held))
    out += row("clock", say("Result due"), say.date(*due));
  if (auto const paper = Store(request.read()).paper(a.id))
    out += row("document", say("Approved on paper"), say("Order {} of {}, signed by: {}", paper->order_number, paper->order_day, paper->signed_by));
  return html("<dl class=\"facts\">{}</dl>", out);
}

Html to_copy(std::string_view heading, std::string_view text) {
  return html("<details><summary>{}</summary><textarea readonly rows=\"5\" aria-label=\"{}\">{}</textarea></details>", heading, heading, text);
}

/// A missing result as a text that can be copied into a messenger: to whoever reports, and once that did not help, to the coordinator.
Html reminder(Request& request, Opened const& opened) {
  auto const& a = opened.activity;
  if ((a.state != State::approved && a.state != State::held) || a.end_day >= opened.today || !activity::due(a.due_day)) return {};
  auto const& say = request.say;
  auto const& title = a.text(say.language()).title;
  auto const address = request.absolute(step_page(say, a.id, Action::report));
  auto out = to_copy(say("Reminder to copy into a messenger"), reminder_text(say, title, a.day, a.due_day, opened.today, address));
  if (calls_coordinator(a.end_day, opened.today))
    out += to_copy(say("Reminder for the coordinator to copy into a messenger"),
                   coordinator_text(say, title, a.day, view::organisation_name(say, *opened.known, a.lead), address));
  return out;
}

/// Why it came back, and what else everybody should see first.
Html notices(Request& request, Opened const& opened, std::vector<Line> const& lines) {
  auto const& say = request.say;
  Html out;
  auto const notice = [&](std::string_view icon, std::string_view text) {
    out.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon(icon), text);
  };
  for (auto const* back : {"return", "return-result"}) {
    bool const now = opened.activity.state == (std::string_view(back) == "return" ? State::returned : State::held);
    auto const found = std::ranges::find_if(lines.rbegin(), lines.rend(), [&](Line const& line) { return line.what != "edit"; });
    if (now && found != lines.rend() && found->what == back) notice("warning", say("It was returned: {}", found->reason));
  }
  if (Store(request.read()).work(opened.activity.id).unapproved)
    notice("info", approval_of(lines) ? say("It was approved only after its day.") : say("Nobody approved it before it was held."));
  if (opened.activity.state == State::cancelled) notice("cross", say("It was cancelled: {}", opened.activity.reason));
  for (auto const& warning : opened.activity.warnings) notice("warning", say(activity::warning_text(warning)));
  return out;
}

/// Whoever opened the page knows what was told of it.
void see_news(Request& request, Opened const& opened) {
  auto const activity = opened.activity.id.value;
  if (!notice::has_unseen(request.read(), opened.person.id, activity)) return;
  try {
    request.write([&](db::Tx& tx) { notice::mark_activity_seen(tx, opened.person.id, activity, request.now); });
  } catch (Problem const&) {
    // Too much is being written: it stays unread a little longer.
  }
}

}  // namespace

Reply activity_work_page(Request& request, Opened const& opened, Html const& above, Status status) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  Store store(request.read());
  auto const lines = store.timeline(a.id);
  bool const names = account::may(opened.person, account::Permission::see_names, object_of(a, *opened.known));
  People people(request, *opened.known, names);
  Html main;
  // The list of mine holds what I work on; everything else is in the table, for those who have it.
  bool const own = opened.actor.plans || opened.actor.helps || !account::may_somewhere(opened.person, account::Permission::see_coalition);
  main.add("<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li><li><a href=\"{}\">{}</a></li></ol></nav>",
           say("Where you are"), say.path("/work"), say("My page"), own ? say.path("/work/activities") : say.path("/work/table"),
           own ? say("My activities") : say("Activities"));
  main += above;
  main.add("<p class=\"above\">{} {}</p><h1>{}</h1><p><span class=\"tag {}\">{} {}</span> <span class=\"soft\">{}</span></p>",
           view::kind_icon(*opened.known, a.kind), view::kind_name(say, *opened.known, a.kind),
           site::in_language(request, a.text(say.language()).title, a.text_language(say.language())), state_class(a.state),
           site::icon(state_icon(a.state)), say(state_name(a.state)), say(waits_for(opened.facts, opened.today)));
  main += notices(request, opened, lines);
  main += doubts_part(request, opened);
  main += actions(request, opened, lines);
  main.add("<div class=\"beside\"><div>");
  if (auto const& summary = a.text(say.language()).summary; !summary.empty())
    main.add("<p class=\"lead\">{}</p>", site::in_language(request, summary, a.text_language(say.language())));
  main += known_facts(request, opened);
  main += result_part(request, opened, people);
  main += evidence_part(request, opened);
  main += reminder(request, opened);
  main += remarks_part(request, opened);
  main.add("</div><aside>");
  main += timeline_part(request, opened, lines, people);
  main += checklist_part(request, opened);
  if (activity::counted(a.state) && a.is_public)
    main.add("<p><a href=\"{}\">{}</a></p>", view::page_of(say, a.id), say("The page that everybody sees"));
  if (can_begin(request.read(), opened.person, *opened.known, request.now))
    main.add("<p><a href=\"{}\">{}</a></p>", say.path("/work/activities/new?copy={}", a.id), say("Plan another one like this"));
  main.add("</aside></div>");
  return work_page(request, opened, a.text(say.language()).title, main, status);
}

Reply activity_work(Request& request) {
  auto const opened = open(request);
  see_news(request, opened);
  return activity_work_page(request, opened, {}, Status::ok);
}

}  // namespace birge::work
