#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign.hpp"
#include "features/evidence/evidence_view.hpp"
#include "features/work/work_clash.hpp"
#include "features/work/work_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "features/work/work_seen.hpp"
#include "platform/base/text.hpp"
#include "platform/base/typed_day.hpp"

/// The steps of an activity's life: what each asks for, and making it.
namespace birge::work {

namespace view = activity::view;
using fields::Form;

namespace {

constexpr std::size_t max_reason = 500;

/// The last part of the address.
Action asked_action(Request const& request) {
  auto const slash = request.local_path.rfind('/');
  auto const action = action_of(std::string_view(request.local_path).substr(slash + 1));
  if (!action) throw Problem(Failure::not_found, message("There is no page at this address. It may have moved, or the address has a typing error."));
  return *action;
}

/// What stands in the way of a plan, each with the plan it meets.
Html clash_list(Request& request, Opened const& opened) {
  auto const& say = request.say;
  activity::Store activities(request.read());
  std::vector<Activity> others;
  for (auto const id : Store(request.read()).around(opened.activity))
    if (auto other = activities.find(id)) others.push_back(std::move(*other));
  auto const& a = opened.activity;
  std::vector<NationalDay> days;
  for (auto& day : campaign::Store(request.read()).national_days(a.day, a.end_day, std::string(say.code())))
    days.push_back({day.from, day.until, std::move(day.kind), std::move(day.name)});
  auto const found = clashes(a, others, days, *opened.known);
  if (found.empty())
    return html("<div class=\"notice done\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("check"),
                say("Nothing stands in the way of it: no clash within three days."));
  Html list;
  // Those of one activity stand together: it is looked at once.
  for (auto clash = found.begin(); clash != found.end();) {
    auto const until = std::find_if(clash, found.end(), [&](Clash const& each) { return !each.other || each.other != clash->other; });
    auto const other = std::ranges::find_if(others, [&](Activity const& each) { return clash->other && each.id == clash->other; });
    if (other == others.end()) {
      list.add("<li>{}</li>", say((clash++)->what));
      continue;
    }
    list.add("<li><a href=\"{}\">{}</a>, {}, {}", activity_page(say, other->id),
             site::in_language(request, other->text(say.language()).title, other->text_language(say.language())),
             view::day_text(say, other->day, other->end_day, other->precision), view::organisation_name(say, *opened.known, other->lead));
    for (; clash != until; ++clash) list.add("<br>{}", say(clash->what));
    list.add("</li>");
  }
  return html("<div class=\"notice attention\" role=\"note\">{}<div><h2>{}</h2><ul>{}</ul><p>{}</p></div></div>", site::icon("warning"),
              say("Look at this before you propose it"), list, say("None of it forbids the plan. You can change it, or propose it all the same."));
}

Html fields_of(Request& request, Opened const& opened, Action action, Form const& form) {
  auto const& say = request.say;
  Html body;
  if (action == Action::move) {
    body.add("<div class=\"pair\">{}{}{}</div>", fields::input(form, "day", say("New day"), {.type = "date", .narrow = true}),
             fields::input(form, "start", say("Begins"), {.type = "time", .narrow = true}),
             fields::input(form, "end", say("Ends"), {.type = "time", .optional = true, .narrow = true}));
    body += fields::input(form, "place", say("Region, district or community"), {.hint = say("In another region its coordinator decides anew.")});
    body += html("{}{}{}{}", fields::hidden("place_for", form.typed.get("place_for")), fields::hidden("place_choice", form.typed.get("place_choice")),
                 fields::hidden("reach", activity::code(opened.activity.reach)), fields::hidden("end_day", form.typed.get("end_day")));
    body += fields::input(form, "village", say("Village or part of town"), {.optional = true});
    body += fields::looked_at_box(form);
  }
  if (action == Action::approve_paper) {
    body += fields::input(form, "order_number", say("Number of the order"), {.narrow = true});
    body += fields::input(form, "order_day", say("Date of the order"), {.type = "date", .narrow = true});
    body += fields::input(form, "signed_by", say("Signed by"), {.hint = say("The office, not the name: deputy head of the administration.")});
    body += file_field(say, say("Scan of the order"), evidence::Kind::order, form.faults, true);
  }
  if (needs_reason(action)) body += fields::area(form, "reason", say("Reason"), {.hint = say("Everybody who works with the activity reads it.")});
  return body;
}

Html explanation(Say const& say, Action action) {
  switch (action) {
    case Action::propose: return html("<p>{}</p>", say("The coordinator is asked to approve it. Until then you can change it or take it back."));
    case Action::discard: return html("<p>{}</p>", say("It disappears from every list. Nobody else has seen it."));
    case Action::cancel: return html("<p>{}</p>", say("Everybody sees that it was cancelled. To hold it on another day, move it instead."));
    case Action::move: return html("<p>{}</p>", say("The old day or place stays visible, and calendars follow."));
    case Action::approve_paper: return html("<p>{}</p>", say("For a plan that was signed on paper. What you enter is shown with the activity."));
    default: return {};
  }
}

Html fact(std::string_view icon, std::string_view label, std::string_view value) {
  return html("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
}

/// The result as whoever confirms or returns it has to know it: how many came, how that was counted, and what shows it.
Html result_facts(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  if (!a.result) return {};
  std::string came;
  if (a.result->attendance) came = view::attendances(say, *a.result->attendance);
  else if (a.result->audience) came = say("{} listeners or viewers", view::range(say, *a.result->audience));
  if (!came.empty() && !a.result->method.empty()) came += " (" + say(view::method_text(a.result->method)) + ")";
  auto const counts = evidence::evidence_of(request.read(), {a.id});
  auto const found = counts.find(a.id);
  auto const shown = found == counts.end() ? std::string(say("No evidence so far")) : evidence::counts_text(say, found->second);
  return html("{}{}", fact("check", say("Result"), came), fact("document", say("Evidence"), shown));
}

/// What a coordinator decides on, so that nobody decides on a heading alone.
Html decided_on(Request& request, Opened const& opened, Action action) {
  bool const result = action == Action::confirm || action == Action::reject_result;
  if (!result && action != Action::approve && action != Action::approve_paper && action != Action::give_back) return {};
  auto const& say = request.say;
  auto const& a = opened.activity;
  auto const& known = *opened.known;
  auto when = view::day_text(say, a.day, a.end_day, a.precision);
  if (auto const hours = view::hours(say, a.start_minutes, a.end_minutes); !hours.empty()) when += ", " + hours;
  Html out = html("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon("document"), say("Title"),
                  site::in_language(request, a.text(say.language()).title, a.text_language(say.language())));
  out += fact("info", say("Kind of activity"), view::kind_name(say, known, a.kind));
  out += fact("calendar", say("When"), when);
  out += fact("place", say("Where"), view::place_text(say, known, a.reach, a.place, a.village));
  out += fact("organisation", say("Who holds it"), view::organisation_name(say, known, a.lead));
  if (a.expected) out += fact("people", say("Expected"), say.range(a.expected->low, a.expected->high));
  if (result) out += result_facts(request, opened);
  return html("<dl class=\"facts\">{}</dl>", out);
}

/// A path of the workspace in the language of the page.
Url in_workspace(Say const& say, std::string const& path) { return own_path("/" + std::string(say.code()) + path); }

/// Where a step leads once it is made: to the activity, or back to the list it was made from, which tells of it.
Url after_step(Request const& request, ActivityId id) {
  auto const back = back_of(request.form);
  if (back.empty()) return activity_page(request.say, id);
  return in_workspace(request.say, back + (back.find('?') == std::string::npos ? "?" : "&") + "done=" + id_text(id));
}

/// What the form of a move begins with: the day and place as they are, or the day that the address names.
http::Parameters typed_for_move(Request const& request, Opened const& opened) {
  auto typed = typed_of(opened.activity, *opened.known, request.say.language());
  if (auto const day = Day::parse(request.query.get("day"))) typed.set("day", day->iso());
  return typed;
}

Reply shown(Request& request, Opened const& opened, Action action, http::Parameters const& typed, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  Form const form{say, typed, faults};
  Html body = fields::hidden("post", new_token(request));
  body += fields::hidden("version", std::to_string(a.version));
  auto const back = back_of(request.form.has("back") ? request.form : request.query);
  if (!back.empty()) body += fields::hidden("back", back);
  body += fields_of(request, opened, action, form);
  bool const danger = action == Action::cancel || action == Action::discard;
  body.add("<div class=\"actions\"><button class=\"{}\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
           danger ? "button danger" : "button", say(name(action)), back.empty() ? activity_page(say, a.id) : in_workspace(say, back), say("Back"));
  Html main;
  main.add("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>", activity_page(say, a.id), a.text(say.language()).title, say(name(action)));
  main += fields::faults_above(form);
  if (action == Action::propose) main += clash_list(request, opened);
  main += explanation(say, action);
  if (action == Action::confirm || action == Action::reject_result) main += doubts_part(request, opened);
  main += decided_on(request, opened, action);
  main += site::form(request, step_page(say, a.id, action), body, action == Action::approve_paper);
  return work_page(request, say(name(action)), main, status);
}

/// A proposal that lacks something is sent to the form, which says what.
Reply incomplete(Request& request, Opened const& opened, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  auto const typed = typed_of(opened.activity, *opened.known, say.language());
  FormPage const page{say("Before it can be proposed"),
                      step_page(say, opened.activity.id, Action::edit),
                      typed,
                      faults,
                      {},
                      {},
                      new_token(request),
                      opened.activity.version,
                      opened.activity.state,
                      opened.activity.edition,
                      "edit " + id_text(opened.activity.id.value),
                      {},
                      opened_with(typed)};
  return work_page(request, say("Before it can be proposed"), activity_form(request, *opened.known, opened.person, page), Status::unprocessable);
}

Html stale_notice(Request const& request) {
  return html("<div class=\"notice attention\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p></div></div>", site::icon("warning"),
              request.say("Somebody else changed this meanwhile"), request.say("Nothing was done. Look at it as it is now and decide again."));
}

/// What a step brings with it, read from its form.
struct Asked {
  Step step;
  std::vector<Fault> faults;
};

void read_move(Request& request, Opened const& opened, Asked& asked) {
  place::Matcher const places(*opened.known->places, request.read());
  coalition::Matcher const organisations(request.read());
  // The form of an activity reads day and place; the rest comes from what is stored.
  auto form = typed_of(opened.activity, *opened.known, request.say.language());
  for (auto const* name : {"day", "start", "end", "place", "place_for", "place_choice", "village", "seen_private"})
    form.set(name, request.form.get(name));
  auto const length = days_between(opened.activity.day, opened.activity.end_day);
  if (auto const day = typed_day(form.get("day")); day && length > 0) form.set("end_day", day->plus(length).iso());
  auto const read = read_form(form, opened.activity, *opened.known, {places, organisations});
  asked.faults.insert(asked.faults.end(), read.faults.begin(), read.faults.end());
  auto const& a = read.activity;
  auto const& b = opened.activity;
  if (read.faults.empty() && a.day == b.day && a.place == b.place && a.start_minutes == b.start_minutes && a.end_minutes == b.end_minutes &&
      a.village == b.village)
    asked.faults.push_back({"day", message("Neither the day nor the place is another one.")});
  asked.step.change = [moved = read.activity](Activity& activity) {
    activity.day = moved.day;
    activity.end_day = moved.end_day;
    activity.start_minutes = moved.start_minutes;
    activity.end_minutes = moved.end_minutes;
    activity.place = moved.place;
    activity.village = moved.village;
  };
}

void read_paper(Request const& request, Opened const& opened, Asked& asked) {
  auto const number = clean_line(request.form.get("order_number")), signed_by = clean_line(request.form.get("signed_by"));
  auto const day = typed_day(request.form.get("order_day"));
  if (number.empty() || length(number) > 60) asked.faults.push_back({"order_number", message("Give the number of the order.")});
  if (!day || *day > opened.today) asked.faults.push_back({"order_day", message("Give the date of the order; it cannot lie ahead.")});
  if (signed_by.empty() || length(signed_by) > 200) asked.faults.push_back({"signed_by", message("Say which office signed it.")});
  if (asked.faults.empty()) asked.step.paper = Paper{number, *day, signed_by};
}

Asked read_step(Request& request, Opened const& opened, Action action) {
  Asked asked;
  asked.step.action = action;
  asked.step.version = version_of(request.form);
  asked.step.token = token_of(request.form);
  asked.step.reason = needs_reason(action) ? clean_line(request.form.get("reason")) : std::string();
  if (action == Action::move) read_move(request, opened, asked);
  if (action == Action::approve_paper) read_paper(request, opened, asked);
  if (needs_reason(action) && asked.step.reason.empty()) asked.faults.push_back({"reason", message("Give a reason.")});
  if (length(asked.step.reason) > max_reason) asked.faults.push_back({"reason", message("This is too long: at most {} characters.", max_reason)});
  return asked;
}

/// The scan of the order, in the transaction of the approval it belongs to.
void add_scan(db::Tx& tx, Request& request, Opened const& opened, evidence::Intake const& scan) {
  auto item = scan.item;
  item.id = request.services.ids.make<evidence::EvidenceTag>();
  item.activity = opened.activity.id;
  item.language = request.say.code();
  evidence::add(tx, evidence_scene(opened, request.now), item, new_token(request));
}

}  // namespace

Reply step_form(Request& request) {
  auto const action = asked_action(request);
  auto const opened = open(request);
  if (auto const decision = opened.may(action, request.now); !decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  if (action == Action::propose)
    if (auto const faults = missing_for_proposal(opened.activity); !faults.empty()) return incomplete(request, opened, faults);
  auto const typed = action == Action::move ? typed_for_move(request, opened) : http::Parameters();
  return shown(request, opened, action, typed, {}, Status::ok);
}

Reply make_step_now(Request& request) {
  auto const action = asked_action(request);
  auto const opened = open(request);
  auto const& a = opened.activity;
  auto const page = after_step(request, a.id);
  if (Store(request.read()).posted(opened.person.id, token_of(request.form))) return http::see_other(page);
  if (version_of(request.form) != a.version) return activity_work_page(request, opened, stale_notice(request), Status::conflict);
  if (auto const decision = opened.may(action, request.now); !decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  if (action == Action::propose)
    if (auto const faults = missing_for_proposal(a); !faults.empty()) return incomplete(request, opened, faults);
  auto asked = read_step(request, opened, action);
  // The scan comes last: it is cleaned and stored only where the rest of the form is good.
  std::optional<evidence::Intake> scan;
  if (action == Action::approve_paper && evidence::has_file(request)) {
    if (asked.faults.empty()) scan.emplace(evidence::take_in(request, evidence::Kind::order));
    if (scan && !scan->fault.empty()) asked.faults.push_back({"file", scan->fault});
    else if (!scan) asked.faults.push_back({"file", message("The file has to be chosen again.")});
  }
  if (!asked.faults.empty()) return shown(request, opened, action, request.form, asked.faults, Status::unprocessable);
  auto const done = request.write([&](db::Tx& tx) {
    auto const made = make_step(tx, scene_of(request, *opened.known, opened.person), a, opened.beside, asked.step);
    if (scan && made.outcome == Outcome::done) add_scan(tx, request, opened, *scan);
    return made;
  });
  if (done.outcome == Outcome::stale) return activity_work_page(request, open(request), stale_notice(request), Status::conflict);
  if (action == Action::discard) return http::see_other(request.say.path("/work/activities"));
  return http::see_other(page);
}

}  // namespace birge::work
