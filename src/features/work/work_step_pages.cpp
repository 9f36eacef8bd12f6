#include <set>

#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_view.hpp"
#include "features/work/result/result_evidence.hpp"
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

/// What a step's form shows beside its fields.
struct StepForm {
  http::Parameters typed;
  std::vector<Fault> faults = {};
  std::vector<place::PlaceId> places = {};  ///< what the place of a move may mean
  Html above = {};                          ///< what changed since the form was drawn
};

/// The field that tells which venue of the old place somebody was asked about already: there may be one of the same name.
constexpr std::string_view asked_venue = "asked_venue";

Html fields_of_move(Opened const& opened, Form const& form, std::vector<place::PlaceId> const& places) {
  auto const& say = form.say;
  auto const& a = opened.activity;
  bool const exact = a.precision == activity::Precision::day, several = a.reach == activity::Reach::several;
  std::string so_far;
  if (!exact) so_far = say("Planned for {} so far. Empty: it stays so.", view::day_text(say, a.day, a.end_day, a.precision));
  Html body;
  body.add("<div class=\"pair\">{}{}{}</div>",
           fields::input(form, "day", say("New day"), {.hint = so_far, .type = "date", .optional = !exact, .narrow = true}),
           fields::input(form, "start", say("Begins"), {.type = "time", .narrow = true}),
           fields::input(form, "end", say("Ends"), {.type = "time", .optional = true, .narrow = true}));
  if (a.reach == activity::Reach::place || several)
    body += fields::input(form, "place", several ? say("Where") : say("Region, district or community"),
                          {.hint = several ? say("Several places, with ; between them.") : say("In another region its coordinator decides anew.")});
  body += place_choices(form, *opened.known, places);
  if (places.empty())
    body += html("{}{}", fields::hidden("place_for", form.typed.get("place_for")), fields::hidden("place_choice", form.typed.get("place_choice")));
  body += fields::hidden(opened_field, form.typed.get(opened_field));
  body += fields::input(form, "village", say("Village or part of town"), {.optional = true});
  body +=
      fields::input(form, "venue", say("Venue"), {.hint = say("In another place: the venue there. Empty while it is not known."), .optional = true});
  body += fields::hidden(asked_venue, form.typed.get(asked_venue));
  body += fields::looked_at_box(form);
  return body;
}

Html fields_of(Request& request, Opened const& opened, Action action, Form const& form, std::vector<place::PlaceId> const& places) {
  auto const& say = request.say;
  Html body;
  if (action == Action::move) body += fields_of_move(opened, form, places);
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

/// The day and place that a move's form begins with, as they are stored. What is known by its month has no day yet.
http::Parameters stored_for_move(Opened const& opened, Language language) {
  auto typed = typed_of(opened.activity, *opened.known, language);
  if (opened.activity.precision != activity::Precision::day) typed.set("day", "");
  return typed;
}

/// The same with the day that the address names, and with the mark of what was stored.
http::Parameters typed_for_move(Request const& request, Opened const& opened) {
  auto typed = stored_for_move(opened, request.say.language());
  typed.set(std::string(opened_field), opened_with(typed));
  if (auto const day = Day::parse(request.query.get("day"))) typed.set("day", day->iso());
  return typed;
}

Reply shown(Request& request, Opened const& opened, Action action, StepForm const& step, Status status) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  Form const form{say, step.typed, step.faults};
  Html body = fields::hidden("post", new_token(request));
  body += fields::hidden("version", std::to_string(a.version));
  auto const back = back_of(request.form.has("back") ? request.form : request.query);
  if (!back.empty()) body += fields::hidden("back", back);
  body += fields_of(request, opened, action, form, step.places);
  bool const danger = action == Action::cancel || action == Action::discard;
  body.add("<div class=\"actions\"><button class=\"{}\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
           danger ? "button danger" : "button", say(name(action)), back.empty() ? activity_page(say, a.id) : in_workspace(say, back), say("Back"));
  Html main;
  main.add("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>", activity_page(say, a.id), a.text(say.language()).title, say(name(action)));
  main += step.above;
  main += fields::faults_above(form);
  if (action == Action::propose) main += around_part(request, opened);
  main += explanation(say, action);
  if (auto const decision = opened.may(action, request.now); decision.allowed && !decision.note.empty())
    main.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("warning"), say(decision.note));
  if (action == Action::confirm || action == Action::reject_result) main += doubts_part(request, opened);
  main += decided_on(request, opened, action);
  main.add("<div data-keep=\"{} {}\">{}</div>", code(action), id_text(a.id.value),
           site::form(request, step_page(say, a.id, action), body, action == Action::approve_paper));
  return work_page(request, opened, say(name(action)), main, status);
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
  return work_page(request, opened, say("Before it can be proposed"), activity_form(request, *opened.known, opened.person, page),
                   Status::unprocessable);
}

Html stale_notice(Request& request, Opened const& opened) {
  return html("<div class=\"notice attention\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p>{}</div></div>", site::icon("warning"),
              request.say("Somebody else changed this meanwhile"), request.say("Nothing was done. Look at it as it is now and decide again."),
              steps_since(request, opened, version_of(request.form)));
}

/// What became of the activity since a form was drawn, above the form that keeps what was typed.
Html changed_since(Request& request, Opened const& opened, int version) {
  auto const& say = request.say;
  return html("<div class=\"notice attention\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p>{}</div></div>", site::icon("warning"),
              say("Somebody else changed this meanwhile"),
              say("Nothing was done. What you typed is still here: look at what changed, and send it again if it still holds."),
              steps_since(request, opened, version));
}

/// What was typed into the form of a step, under its labels.
std::vector<BothValues> typed_values(Say const& say, http::Parameters const& form) {
  std::vector<BothValues> values;
  auto const add = [&](char const* field, std::string_view label) { values.push_back({field, std::string(label), clean_text(form.get(field)), {}}); };
  add("day", say("New day"));
  add("start", say("Begins"));
  add("end", say("Ends"));
  add("place", say("Where"));
  add("village", say("Village or part of town"));
  add("venue", say("Venue"));
  add("order_number", say("Number of the order"));
  add("order_day", say("Date of the order"));
  add("signed_by", say("Signed by"));
  add("reason", say("Reason"));
  return values;
}

/// Whoever may not make a step any more reads why; what was typed into its form stands there to be copied.
Reply refused(Request& request, Opened const& opened, Action action, Message const& why_not) {
  auto const values = typed_values(request.say, request.form);
  bool const typed = std::ranges::any_of(values, [](BothValues const& each) { return !each.typed.empty(); });
  if (!has_page(action) || !typed) throw Problem(Failure::forbidden, why_not);
  return activity_work_page(request, opened, what_was_typed(request.say, why_not, values), Status::forbidden);
}

/// Somebody else was faster. The form comes back as it was typed, drawn from what is stored by now; where the step may no longer be made, only what was
/// typed does.
Reply overtaken(Request& request, Action action) {
  auto const& say = request.say;
  auto const opened = open(request);
  if (!has_page(action)) return activity_work_page(request, opened, stale_notice(request, opened), Status::conflict);
  if (auto const decision = opened.may(action, request.now); !decision.allowed)
    return activity_work_page(request, opened, what_was_typed(say, decision.why_not, typed_values(say, request.form)), Status::conflict);
  if (action == Action::propose)
    if (auto const faults = missing_for_proposal(opened.activity); !faults.empty()) return incomplete(request, opened, faults);
  StepForm step{request.form};
  step.above = changed_since(request, opened, version_of(request.form));
  if (action == Action::move) {
    auto const stored = typed_for_move(request, opened);
    step.typed = with_untouched_renewed(request.form, stored);
    step.typed.set(std::string(opened_field), stored.get(opened_field));
  }
  if (evidence::has_file(request)) step.faults.push_back({"file", message("The file has to be chosen again.")});
  return shown(request, opened, action, step, Status::conflict);
}

/// What a step brings with it, read from its form.
struct Asked {
  Step step;
  std::vector<Fault> faults;
  std::vector<place::PlaceId> places;  ///< what the place of a move may mean
};

bool same_place(Activity const& a, Activity const& b) {
  auto const places = [](Activity const& each) { return std::set(each.places.begin(), each.places.end()); };
  return a.place == b.place && places(a) == places(b) && a.village == b.village;
}

bool same_time(Activity const& a, Activity const& b) {
  return a.day == b.day && a.end_day == b.end_day && a.precision == b.precision && a.start_minutes == b.start_minutes &&
         a.end_minutes == b.end_minutes;
}

void read_move(Request& request, Opened const& opened, Asked& asked) {
  place::Matcher const places(*opened.known->places, request.read());
  coalition::Matcher const organisations(request.read());
  auto const& stored = opened.activity;
  bool const exact = stored.precision == activity::Precision::day;
  // The form of an activity reads day and place; the rest comes from what is stored.
  auto form = typed_of(stored, *opened.known, request.say.language());
  for (auto const* name : {"start", "end", "place", "place_for", "place_choice", "village", "venue", "seen_private"})
    if (request.form.has(name)) form.set(name, request.form.get(name));
  auto const day = clean_line(request.form.get("day"));
  if (exact || !day.empty()) {
    // A day given to what was known by its month is that day alone; what lasts several days still does.
    form.set("day", day);
    auto const length = exact ? days_between(stored.day, stored.end_day) : 0;
    auto const first = typed_day(day);
    form.set("end_day", first && length > 0 ? first->plus(length).iso() : std::string());
  }
  auto read = read_form(form, stored, *opened.known, {places, organisations});
  asked.faults.insert(asked.faults.end(), read.faults.begin(), read.faults.end());
  asked.places = std::move(read.places);
  auto const language = request.say.language();
  bool const elsewhere = !same_place(read.activity, stored);
  auto const venue = clean_line(form.get("venue")), before = stored.text(language).venue;
  if (read.faults.empty() && same_time(read.activity, stored) && !elsewhere)
    asked.faults.push_back({"day", message("Neither the day nor the place is another one.")});
  if (read.faults.empty() && elsewhere && !venue.empty() && venue == before && request.form.get(asked_venue) != venue) {
    asked.faults.push_back({"venue", message("This is the venue of the old place. Write the new one, or send it again if it is the same.")});
    request.form.set(std::string(asked_venue), venue);
  }
  bool const another_venue = elsewhere || venue != before;
  asked.step.change = [moved = std::move(read.activity), another_venue, venue, language](Activity& activity) {
    activity::take_when(activity, moved);
    activity::take_where(activity, moved);
    if (!another_venue) return;
    // What the others say is the venue of before.
    for (auto& [each, text] : activity.texts) text.venue.clear();
    activity.texts[std::string(activity.text_language(language))].venue = venue;
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
  return shown(request, opened, action, {action == Action::move ? typed_for_move(request, opened) : http::Parameters()}, Status::ok);
}

Reply make_step_now(Request& request) {
  auto const action = asked_action(request);
  auto const opened = open(request);
  auto const& a = opened.activity;
  auto const page = after_step(request, a.id);
  if (Store(request.read()).posted(opened.person.id, token_of(request.form))) return http::see_other(page);
  if (version_of(request.form) != a.version) return overtaken(request, action);
  if (auto const decision = opened.may(action, request.now); !decision.allowed) return refused(request, opened, action, decision.why_not);
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
  if (!asked.faults.empty()) return shown(request, opened, action, {request.form, asked.faults, asked.places}, Status::unprocessable);
  auto const done = request.write([&](db::Tx& tx) {
    auto const made = make_step(tx, scene_of(request, *opened.known, opened.person), a, opened.beside, asked.step);
    if (scan && made.outcome == Outcome::done) add_scan(tx, request, opened, *scan);
    return made;
  });
  if (done.outcome == Outcome::stale) return overtaken(request, action);
  if (action == Action::discard) return http::see_other(request.say.path("/work/activities"));
  return http::see_other(page);
}

}  // namespace birge::work
