#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "features/work/work_seen.hpp"
#include "platform/base/text.hpp"

/// Entering and correcting a result.
namespace birge::work {

namespace view = activity::view;
using fields::Choice;
using fields::Form;

namespace {

bool correcting(Request const& request) { return request.local_path.ends_with("/correct"); }

/// Heads by sex and age: a field each, with the keypad of numbers on a phone.
Html counts(Form const& form, campaign::Facts const& known) {
  auto const& say = form.say;
  Html head, rows;
  for (auto const sex : sex_codes) head.add("<th scope=\"col\">{}</th>", say(view::sex_name(activity::sex_of(sex).value())));
  for (auto const& band : form_bands(known)) {
    auto const label = view::band_name(say, known, band);
    rows.add("<tr><th scope=\"row\">{}</th>", label);
    for (auto const sex : sex_codes) {
      auto const field = "n-" + std::string(sex) + "-" + band;
      bool const wrong = std::ranges::any_of(form.faults, [&](Fault const& fault) { return fault.field == field; });
      rows.add("<td><input id=\"{}\" name=\"{}\" value=\"{}\" inputmode=\"numeric\" autocomplete=\"off\" aria-label=\"{}, {}\" {}></td>", field,
               field, form.typed.get(field), label, say(view::sex_name(activity::sex_of(sex).value())), BIRGE_WHEN(wrong, "aria-invalid=\"true\""));
    }
    rows.add("</tr>");
  }
  return html(
      "<fieldset class=\"field\"><legend>{}</legend><p class=\"hint\">{}</p><table class=\"counts\"><caption class=\"heard\">{}</caption><thead><tr>"
      "<th scope=\"col\">{}</th>{}</tr></thead><tbody>{}</tbody></table></fieldset>",
      say("Who came, by sex and age"), say("Leave empty what you do not know. Nobody's name is entered."), say("By sex and age"), say("Age"), head,
      rows);
}

Html questions(Form const& form, campaign::Facts const& known) {
  auto const& say = form.say;
  std::vector<Choice> topics{{"", std::string(say("Another topic"))}};
  for (auto const& topic : known.codes.list("topic")) topics.push_back({topic.code, topic.name(say.language())});
  Html out;
  for (int i = 1; i <= question_fields; ++i) {
    auto const number = std::to_string(i);
    out.add("<div class=\"pair\">{}{}</div>", fields::input(form, "question" + number, say("Question {}", number), {.optional = true}),
            fields::select(form, "question_topic" + number, say("Its topic"), topics));
  }
  return html("<details {}><summary>{}</summary><p class=\"hint\">{}</p>{}</details>", BIRGE_WHEN(!form.typed.get("question1").empty(), "open"),
              say("What people asked"), say("In short and without names. What is asked most often becomes the next message."), out);
}

/// The tick by which a total that is not the sum is saved all the same.
Html differs(Form const& form, bool asked) {
  if (!asked && form.typed.get("differs") != "yes") return {};
  return fields::boxes(form, "differs", form.say("Does not add up"), {{"yes", std::string(form.say("I know: save it as “does not add up”"))}});
}

/// What a page of the form is about, and with what it answers.
struct Page {
  http::Parameters const& typed;
  std::vector<Fault> const& faults;
  bool correct = false;  ///< a correction of what is confirmed
  bool differ = false;   ///< the counts do not add up
  Status status = Status::ok;
};

Reply shown(Request& request, Opened const& opened, Page const& page, Html const& above = {}) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  auto const& known = *opened.known;
  auto const* kind = known.codes.find("kind", a.kind);
  Form const form{say, page.typed, page.faults};
  Html body = fields::hidden("post", new_token(request));
  body += fields::hidden("version", std::to_string(a.version));
  body += counts(form, known);
  body += fields::input(form, "total", say("How many came altogether"),
                        {.hint = say("Empty: the sum of the counts above. An estimate may be a range, 150-200."),
                         .extra = Attribute("inputmode=\"numeric\""),
                         .narrow = true});
  body += differs(form, page.differ);
  body += fields::select(form, "method", say("How it was counted"),
                         {{"", std::string(say("Choose"))},
                          {"sign_in_sheet", say(view::method_name("sign_in_sheet"))},
                          {"head_count", say(view::method_name("head_count"))},
                          {"estimate", say(view::method_name("estimate"))},
                          {"ticket", say(view::method_name("ticket"))}});
  body += fields::radios(form, "sheet", say("If there was a sign-in sheet"),
                         {{"kept", std::string(say("Seen, kept by the organisation"))},
                          {"uploaded", std::string(say("I hand it in afterwards, for the person who confirms"))}},
                         {.hint = say("It holds names and telephone numbers, so it is best kept in your organisation.")});
  if ((kind && kind->broadcast) || !page.typed.get("audience").empty())
    body += fields::input(form, "audience", say("Listeners, viewers or readers"),
                          {.hint = say("Of a broadcast or post. It is never added to those who came."),
                           .extra = Attribute("inputmode=\"numeric\""),
                           .optional = true,
                           .narrow = true});
  body += fields::area(form, "narrative", say("What happened"),
                       {.hint = say("Only the coalition reads it. No names of people who were helped."), .optional = true});
  body += questions(form, known);
  body += fields::area(form, "challenges", say("What was difficult"), {.optional = true});
  body += fields::area(form, "recommendation", say("What you recommend"), {.optional = true});
  if (page.correct)
    body += fields::area(form, "reason", say("Reason of the correction"),
                         {.hint = say("Both values are kept, and a second person confirms the new one.")});
  body += fields::looked_at_box(form);
  body.add("<p>{} <a href=\"{}\">{}</a></p>", say("Pictures and documents are added beside the result, before or after it:"),
           evidence_page(say, a.id), say("Evidence"));
  auto const action = page.correct ? Action::correct : Action::report;
  body.add("<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
           say(name(action, a.state)), activity_page(say, a.id), say("Back"));
  Html main;
  main.add("<p class=\"above\"><a href=\"{}\">{}</a>, {}</p><h1>{}</h1>", activity_page(say, a.id), a.text(say.language()).title,
           view::day_text(say, a.day, a.end_day, a.precision), say(name(action, a.state)));
  main += above;
  if (auto const decision = opened.may(action, request.now); decision.allowed && !decision.note.empty())
    main.add("<div class=\"notice\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("info"), say(decision.note));
  main += fields::faults_above(form);
  main.add("<div class=\"work-form\" data-keep=\"{} {}\">{}</div>", code(action), id_text(a.id.value),
           site::form(request, step_page(say, a.id, action), body));
  return work_page(request, opened, say(name(action, a.state)), main, page.status);
}

std::string shown_value(Say const& say, campaign::Facts const& known, std::string_view field, std::string const& value) {
  if (field == "method" && !value.empty()) return say(view::method_name(value));
  if (field.starts_with("question_topic")) return known.codes.name("topic", value, say.language());
  return value;
}

/// Where what was typed differs from a result as it is stored; with no result all that was typed. Counts are compared as they are read.
std::vector<BothValues> differing(Request& request, Opened const& opened, std::optional<activity::Result> const& stored) {
  auto const& say = request.say;
  auto const& known = *opened.known;
  auto const read = read_result(request.form, opened.activity, known, opened.today);
  auto const as_read = typed_of(read.result, read.words);
  auto const before = stored ? typed_of(*stored, Store(request.read()).words(opened.activity.id, stored->version)) : http::Parameters();
  std::vector<BothValues> list;
  auto const compare = [&](std::string const& field, std::string label) {
    auto mine = std::string(as_read.get(field));
    // What could not be read stands as it was typed.
    if (auto const typed = clean_text(request.form.get(field)); mine.empty() && typed != "0") mine = typed;
    auto const theirs = std::string(before.get(field));
    if (mine != theirs) list.push_back({field, std::move(label), shown_value(say, known, field, mine), shown_value(say, known, field, theirs)});
  };
  for (auto const& band : form_bands(known))
    for (auto const sex : sex_codes)
      compare("n-" + std::string(sex) + "-" + band,
              std::string(view::band_name(say, known, band)) + ", " + std::string(say(view::sex_name(activity::sex_of(sex).value()))));
  compare("total", std::string(say("How many came altogether")));
  compare("audience", std::string(say("Listeners, viewers or readers")));
  compare("method", std::string(say("How it was counted")));
  compare("narrative", std::string(say("What happened")));
  for (int i = 1; i <= question_fields; ++i) {
    auto const number = std::to_string(i);
    compare("question" + number, say("Question {}", number));
    if (!as_read.get("question" + number).empty() || !before.get("question" + number).empty())
      compare("question_topic" + number, say("Question {}", number) + ": " + std::string(say("Its topic")));
  }
  compare("challenges", std::string(say("What was difficult")));
  compare("recommendation", std::string(say("What you recommend")));
  return list;
}

/// Nobody loses a result by the step of another: whoever may not send it any more gets back what was typed, with the reason.
Reply refused(Request& request, Opened const& opened, Message const& why_not) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  auto const title = a.text(say.language()).title;
  auto main = html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}", activity_page(say, a.id), title,
                   say(name(correcting(request) ? Action::correct : Action::report, a.state)),
                   what_was_typed(say, why_not, differing(request, opened, std::nullopt)));
  main.add("<p><a class=\"button second\" href=\"{}\">{}</a></p>", activity_page(say, a.id), say("Back"));
  return work_page(request, opened, title, main, Status::forbidden);
}

/// The second person who reports sees both: what was stored meanwhile stands above the form that keeps what was typed. What was confirmed meanwhile
/// becomes a correction.
Reply overtaken(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const& a = opened.activity;
  bool const correct = a.state == State::confirmed;
  if (auto const decision = opened.may(correct ? Action::correct : Action::report, request.now); !decision.allowed)
    return refused(request, opened, decision.why_not);
  auto values = a.result ? differing(request, opened, a.result) : std::vector<BothValues>{};
  // Nothing is left that would be stored: somebody else has reported the same.
  if ((correct || a.state == State::reported) && values.empty()) return http::see_other(activity_page(say, a.id));
  // Another correction came first, so this one is a report again, whose form asks for no reason.
  if (auto reason = clean_line(request.form.get("reason")); !correct && !reason.empty())
    values.push_back({"total", std::string(say("Reason of the correction")), std::move(reason), {}});
  return shown(request, opened, {request.form, {}, correct, false, Status::conflict},
               both_versions(say, say("Below is still what you typed. Take over what should stay, and save again."), values));
}

/// Whether a correction says anything else than what is confirmed.
bool same_as_confirmed(Request& request, Activity const& activity, ReadResult const& form) {
  if (!activity.result) return false;
  auto stored = Store(request.read()).words(activity.id, activity.result->version);
  stored.sum_differs = form.words.sum_differs;
  auto const fields = [](http::Parameters const& typed) {
    auto list = typed.list();
    std::ranges::sort(list);
    return list;
  };
  return fields(typed_of(form.result, form.words)) == fields(typed_of(*activity.result, stored));
}

}  // namespace

Reply result_form(Request& request) {
  auto const opened = open(request);
  auto const action = correcting(request) ? Action::correct : Action::report;
  if (auto const decision = opened.may(action, request.now); !decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  auto const& result = opened.activity.result;
  auto typed = result ? typed_of(*result, Store(request.read()).words(opened.activity.id, result->version)) : http::Parameters();
  auto const answer = evidence::Store(request.read()).sheet_answer(opened.activity.id);
  typed.set("sheet", answer.empty() ? "kept" : answer);
  return shown(request, opened, {typed, {}, action == Action::correct});
}

Reply save_result(Request& request) {
  auto const opened = open(request);
  auto const& a = opened.activity;
  auto const action = correcting(request) ? Action::correct : Action::report;
  auto const page = activity_page(request.say, a.id);
  if (Store(request.read()).posted(opened.person.id, token_of(request.form))) return http::see_other(page);
  if (version_of(request.form) != a.version) return overtaken(request, opened);
  if (auto const decision = opened.may(action, request.now); !decision.allowed) return refused(request, opened, decision.why_not);
  auto form = read_result(request.form, a, *opened.known, opened.today);
  Step step;
  step.action = action;
  step.version = a.version;
  step.token = token_of(request.form);
  if (action == Action::correct) {
    step.reason = clean_line(request.form.get("reason"));
    form.words.reason = step.reason;
    if (step.reason.empty()) form.faults.push_back({"reason", message("Give a reason.")});
    if (form.faults.empty() && same_as_confirmed(request, a, form))
      form.faults.push_back({"total", message("Nothing is different from the confirmed result.")});
  }
  // A correction that is entered once more before it is confirmed keeps its reason.
  if (action == Action::report && a.state == State::reported && a.result)
    form.words.reason = Store(request.read()).words(a.id, a.result->version).reason;
  if (!form.faults.empty())
    return shown(request, opened, {request.form, form.faults, action == Action::correct, form.differs, Status::unprocessable});
  step.words = form.words;
  step.change = [&](Activity& activity) { activity.result = form.result; };
  // Only a result that was counted from a sheet says where the sheet is.
  bool const from_sheet = form.result.method == "sign_in_sheet", kept = request.form.get("sheet") != "uploaded";
  auto const done = request.write([&](db::Tx& tx) {
    auto const made = make_step(tx, scene_of(request, *opened.known, opened.person), a, opened.beside, step);
    if (made.outcome == Outcome::done && from_sheet && kept) evidence::answer_sheet(tx, evidence_scene(opened, request.now), a.id, "kept");
    return made;
  });
  if (done.outcome == Outcome::stale) return overtaken(request, open(request));
  if (from_sheet && !kept && !opened.facts.closed) return http::see_other(request.say.path("/work/activities/{}/evidence?kind=sheet", a.id));
  return http::see_other(page);
}

}  // namespace birge::work
