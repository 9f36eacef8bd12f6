#include <algorithm>
#include <set>

#include "features/board/board_pages.hpp"
#include "features/board/board_table.hpp"
#include "features/work/plan/plan_fields.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

/// One step for many rows of the table. Each row is decided by the rules for itself, and the answer says for each what was done or why not.
namespace birge::board {

namespace {

using work::Action;

constexpr std::size_t most_reason = 500;
constexpr std::size_t listed_before = 10;  ///< of those a step is about to be made for
/// So many rows are stored in one go: a step for hundreds lets others store in between.
constexpr std::size_t in_one_write = 25;

struct Wish {
  ActivityId id;
  int version = 0;
  bool overtaken = false;  ///< changed since the page was drawn
};

using Titles = std::map<ActivityId, Html>;

struct Answer {
  bool done = false;
  Message why;
};

std::optional<Action> asked_step(http::Parameters const& form) {
  auto const action = work::action_of(form.get("step"));
  if (!action) return std::nullopt;
  switch (*action) {
    case Action::propose:
    case Action::approve:
    case Action::give_back:
    case Action::hold:
    case Action::confirm:
    case Action::reject_result:
    case Action::cancel: return action;
    default: return std::nullopt;
  }
}

std::vector<Wish> ticked(http::Parameters const& form) {
  if (form.all("row").size() > static_cast<std::size_t>(most_at_once))
    throw Problem(Failure::too_large, message("That is more than {} activities at once. Choose fewer.", most_at_once));
  std::vector<Wish> wishes;
  for (auto const& row : work::ticked(form, "row")) wishes.push_back({row.id, row.version});
  return wishes;
}

/// What the filter finds now. What changed after the page was drawn is left alone: the person has not seen it so.
std::vector<Wish> found(Table const& table, std::vector<Row> const& rows) {
  auto const drawn = whole_number<std::int64_t>(table.look.request.form.get("drawn")).value_or(0);
  std::vector<Wish> wishes;
  for (auto const& row : rows) wishes.push_back({row.id, row.version, row.changed.time_since_epoch().count() > drawn});
  return wishes;
}

Answer make(db::Tx& tx, work::Scene const& scene, Wish const& wish, work::Step const& step) {
  if (wish.overtaken) return {false, message("Somebody else changed it meanwhile. Look at it as it is now.")};
  try {
    switch (work::make_step(tx, scene, wish.id, step).outcome) {
      case work::Outcome::stale: return {false, message("Somebody else changed it meanwhile. Look at it as it is now.")};
      case work::Outcome::repeated:
      case work::Outcome::done: return {true, work::happened(step.action)};
    }
  } catch (Problem const& problem) { return {false, problem.shown}; }  // a refusal comes before anything is stored
  return {};
}

std::vector<Answer> make_all(Request& request, campaign::Facts const& known, account::Person const& person, std::vector<Wish> const& wishes,
                             Action action, std::string const& reason) {
  auto const token = work::token_of(request.form);
  std::vector<Answer> answers;
  for (std::size_t from = 0; from < wishes.size(); from += in_one_write) {
    auto const until = std::min(wishes.size(), from + in_one_write);
    auto const some = request.write([&](db::Tx& tx) {
      std::vector<Answer> answers;
      work::Scene const scene{request.services.ids, known, person, request.now};
      for (auto i = from; i < until; ++i) {
        work::Step step;
        step.action = action;
        step.version = wishes[i].version;
        step.token = work::token_of_row(token, wishes[i].id);
        step.reason = work::needs_reason(action) ? reason : std::string();
        answers.push_back(make(tx, scene, wishes[i], step));
      }
      return answers;
    });
    answers.insert(answers.end(), some.begin(), some.end());
  }
  return answers;
}

/// Those that the person may approve, though only after their day: that is marked.
std::set<ActivityId> late_approvals(Table const& table, std::vector<Row> const& rows) {
  auto hosts = table.look.store().co_hosts(rows);
  std::set<ActivityId> late;
  for (auto const& row : rows) {
    auto const decision = table.look.viewer.may(seen(row, hosts[row.id]), Action::approve, table.look.request.now);
    if (decision.allowed && !decision.note.empty()) late.insert(row.id);
  }
  return late;
}

/// Where they are proposed: before that, what stands in the way of each is shown.
Url proposals(Say const& say, std::vector<Wish> const& wishes, http::Parameters const& query) {
  std::vector<work::Ticked> rows;
  for (auto const& wish : wishes) rows.push_back({wish.id, wish.version});
  auto const encoded = query.encoded();
  return work::proposals_page(say, rows, "/work/table" + (encoded.empty() ? encoded : "?" + encoded));
}

/// What is about to be done, with the first of those it is done to. Nothing is stored before this page was sent.
Reply asked_again(Request& request, Url const& back, std::vector<Wish> const& wishes, Titles const& titles, std::set<ActivityId> const& late,
                  Action action, campaign::Edition const* edition) {
  auto const& say = request.say;
  auto const& form = request.form;
  auto const number = static_cast<std::int64_t>(wishes.size());
  auto listed = wishes;
  auto const in_time = std::stable_partition(listed.begin(), listed.end(), [&](Wish const& wish) { return late.contains(wish.id); });
  Html rows;
  auto const shown = std::min(listed.size(), listed_before);
  for (std::size_t i = 0; i < shown; ++i) {
    auto const title = titles.find(listed[i].id);
    if (title == titles.end()) rows.add("<li>{}</li>", say("Unknown activity"));
    else
      rows.add(
          "<li><a href=\"{}\">{}</a>{}</li>", work::activity_page(say, listed[i].id), title->second,
          late.contains(listed[i].id) ? html(" <span class=\"tag attention\">{} {}</span>", site::icon("warning"), say("Its day is over")) : Html());
  }
  if (wishes.size() > shown) rows.add("<li class=\"soft\">{}</li>", say("And {} more.", wishes.size() - shown));
  Html body = work::fields::hidden("sure", "yes");
  for (auto const* name : {"post", "query", "page", "drawn", "step", "which", "reason"}) body += work::fields::hidden(name, form.get(name));
  if (form.get("which") != "all")
    for (auto const row : form.all("row")) body += work::fields::hidden("row", row);
  body.add("<div class=\"actions\"><button class=\"{}\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
           action == Action::cancel ? "button danger" : "button", say.plural("Yes, for {} activity", "Yes, for {} activities", number), back,
           say("Back to the table"));
  Html main =
      html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1><p class=\"lead\">{}</p>", back, say("Back to the table"), say(work::name(action)),
           say.plural("This is done for {} activity. So far nothing was done.", "This is done for {} activities. So far nothing was done.", number));
  if (work::needs_reason(action)) main.add("<p>{}</p>", say("Reason: {}", clean_line(form.get("reason"))));
  if (auto const count = in_time - listed.begin(); count > 0)
    main.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("warning"),
             say.plural("The day of {} activity is over: it is marked as not approved before it was held.",
                        "The days of {} activities are over: they are marked as not approved before they were held.", count));
  main.add("<ul>{}</ul>{}", rows, site::form(request, say.path("/work/table/steps"), body));
  return work::work_page(request, say(work::name(action)), main, Status::ok, "work_calendar", edition);
}

/// What was done, in one sentence, and each row with its answer; those that were refused stand on top.
Reply told(Request& request, Url const& back, std::vector<Wish> const& wishes, std::vector<Answer> const& answers, Titles const& titles,
           Action action, campaign::Edition const* edition) {
  auto const& say = request.say;
  auto const done = std::ranges::count_if(answers, [](Answer const& answer) { return answer.done; });
  auto const left = static_cast<std::int64_t>(answers.size()) - done;
  Html rows;
  for (bool const now : {false, true})
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      if (answers[i].done != now) continue;
      auto const title = titles.find(wishes[i].id);
      auto const text = title == titles.end() ? html("{}", say("Unknown activity"))
                                              : html("<a href=\"{}\">{}</a>", work::activity_page(say, wishes[i].id), title->second);
      rows.add("<tr><th scope=\"row\">{}</th><td data-label=\"{}\"><span class=\"tag {}\">{} {}</span></td><td data-label=\"{}\">{}</td></tr>", text,
               say("Done?"), now ? "done" : "attention", site::icon(now ? "check" : "warning"), now ? say("Done") : say("Not done"),
               say("What happened"), say(answers[i].why));
    }
  Html main = html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>", back, say("Back to the table"), say(work::name(action)));
  main.add("<div class=\"notice {}\" role=\"status\">{}<div><p>{}</p>{}</div></div>", left == 0 ? "done" : "attention",
           site::icon(left == 0 ? "check" : "warning"), say.plural("Done for {} activity.", "Done for {} activities.", done),
           left == 0 ? Html()
                     : html("<p>{}</p>",
                            say.plural("Not done for {}: the reason stands beside it.", "Not done for {}: the reason stands beside each.", left)));
  main.add(
      "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr>"
      "</thead><tbody>{}</tbody></table><p><a class=\"button\" href=\"{}\">{}</a></p>",
      say("What was done for each"), say("Title"), say("Done?"), say("What happened"), rows, back, say("Back to the table"));
  return work::work_page(request, say(work::name(action)), main, Status::ok, "work_calendar", edition);
}

std::vector<Fault> faults_of(http::Parameters const& form, std::optional<Action> action, bool all, bool any) {
  std::vector<Fault> faults;
  if (!action) faults.push_back({"step", message("Choose what shall be done.")});
  if (!all && !any) faults.push_back({"which", message("Tick at least one activity, or choose all that the filter finds.")});
  auto const reason = clean_line(form.get("reason"));
  if (action && work::needs_reason(*action) && reason.empty()) faults.push_back({"reason", message("Give a reason.")});
  if (length(reason) > most_reason) faults.push_back({"reason", message("This is too long: at most {} characters.", most_reason)});
  return faults;
}

}  // namespace

Reply many_steps(Request& request) {
  auto const& form = request.form;
  auto const query = http::Parameters::parse(form.get("query")).value_or(http::Parameters());
  auto const where = http::Parameters::parse(form.get("page")).value_or(http::Parameters());
  auto const action = asked_step(form);
  bool const all = form.get("which") == "all";
  auto wishes = all ? std::vector<Wish>() : ticked(form);
  Titles titles;
  std::set<ActivityId> late;
  std::shared_ptr<campaign::Facts const> known;
  campaign::Edition const* edition = nullptr;  // of `known`
  Url back;
  {
    // What is read for the answer is read before the writer begins: with it the snapshot ends.
    auto const table = table_of(request, query);
    if (auto const faults = faults_of(form, action, all, !wishes.empty()); !faults.empty())
      return table_page(table, where, form, faults, Status::unprocessable);
    auto store = table.look.store();
    std::vector<ActivityId> ids;
    for (auto const& wish : wishes) ids.push_back(wish.id);
    auto const rows = all ? store.rows(table.look.selection, table.sort, request.say.language(), std::nullopt, false, most_at_once)
                          : store.of_ids(table.look.edition.id, ids, request.say.language());
    if (all) wishes = found(table, rows);
    if (*action == Action::propose && wishes.size() > work::proposed_at_once) {
      auto const why = message("That is more than {} activities at once. Choose fewer.", work::proposed_at_once);
      return table_page(table, where, form, {{"which", why}}, Status::unprocessable);
    }
    for (auto const& row : rows) titles.emplace(row.id, title_of(table.look, row));
    if (*action == Action::approve && form.get("sure") != "yes") late = late_approvals(table, rows);
    known = table.look.known;
    edition = &table.look.edition;
    back = table.address("/work/table");
  }
  if (*action == Action::propose && !wishes.empty()) return http::see_other(proposals(request.say, wishes, query));
  if (form.get("sure") != "yes" && !wishes.empty()) return asked_again(request, back, wishes, titles, late, *action, edition);
  auto const answers = make_all(request, *known, account::person(request), wishes, *action, clean_line(form.get("reason")));
  return told(request, back, wishes, answers, titles, *action, edition);
}

}  // namespace birge::board
