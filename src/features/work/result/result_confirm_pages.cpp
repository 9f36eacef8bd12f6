#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_view.hpp"
#include "features/work/home/home_desk.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "platform/base/number.hpp"

/// Confirming several results at once, the unlikely ones on top with the reason.
namespace birge::work {

namespace view = activity::view;

namespace {

constexpr std::size_t rows_a_page = 60;

struct Candidate {
  Activity activity;
  Brief brief;
  std::vector<Message> reasons;  ///< why it is unlikely
};

/// Where a page goes on: among the unlikely results or among the others.
struct Next {
  char const* name;  ///< in the address
  Behind behind;
};
constexpr char const* among_unlikely = "unlikely";
constexpr char const* among_likely = "after";

/// A page of what waits. All that is unlikely comes first, on as many pages as it needs, and then the others; both in the order in which they were due,
/// but that of the unlikely ones on a page those with more reasons stand above.
struct Waiting {
  std::vector<Candidate> unlikely, likely;
  std::optional<Next> next;
  std::size_t all = 0;  ///< how many wait, exactly up to desk_counted; told by the first page
};

std::optional<Behind> behind_of(http::Parameters const& query, char const* name) {
  auto const cursor = activity::Cursor::parse(query.get(name));
  if (!cursor) return std::nullopt;
  return Behind{Day::parse(cursor->day).value(), cursor->id};
}

Url page_behind(Say const& say, Next const& next) {
  return own_path(std::string(say.path("/work/confirm").text()) + "?" + next.name + "=" +
                  activity::Cursor{next.behind.due_day.iso(), next.behind.id}.text());
}

/// Leaves what a page shows, and says where the next one begins, if there is one.
std::optional<Next> cut(std::vector<Brief>& briefs, char const* name) {
  if (briefs.size() <= rows_a_page) return std::nullopt;
  briefs.erase(briefs.begin() + rows_a_page, briefs.end());
  return Next{name, {briefs.back().due_day, briefs.back().id}};
}

std::vector<Candidate> candidates(Request& request, std::vector<Brief> const& briefs, bool unlikely) {
  activity::Store activities(request.read());
  std::vector<Candidate> list;
  for (auto const& brief : briefs) {
    auto found = activities.find(brief.id);
    if (!found) continue;
    auto reasons = unlikely ? doubts(request.read(), *found) : std::vector<Message>();
    list.push_back({std::move(*found), brief, std::move(reasons)});
  }
  return list;
}

Waiting waiting_results(Request& request, campaign::Facts const& known) {
  auto const among = behind_of(request.query, among_unlikely), behind = behind_of(request.query, among_likely);
  auto found = results_to_confirm(request, known, among, behind, desk_counted + 1);
  Waiting page;
  if (!among && !behind) page.all = found.unlikely.size() + found.likely.size();
  if (!behind) {
    page.next = cut(found.unlikely, among_unlikely);
    page.unlikely = candidates(request, found.unlikely, true);
    std::ranges::stable_sort(page.unlikely, std::ranges::greater{}, [](Candidate const& each) { return each.reasons.size(); });
    if (page.next) return page;
  }
  page.next = cut(found.likely, among_likely);
  page.likely = candidates(request, found.likely, false);
  return page;
}

Html row(Request& request, campaign::Facts const& known, Candidate const& candidate, std::map<ActivityId, evidence::Counts> const& evidence) {
  auto const& say = request.say;
  auto const& a = candidate.activity;
  Html more;
  more.add("<p class=\"dots\"><span>");
  if (a.result && a.result->attendance) more.add("<b>{}</b>", view::attendances(say, *a.result->attendance));
  // How it was counted stands beside the count: what was expected was counted by nobody.
  if (a.result && !a.result->method.empty()) more.add(" ({})", say(view::method_text(a.result->method)));
  more.add("</span>");
  if (a.expected) more.add("<span>{}</span>", say("{} expected", view::range(say, *a.expected)));
  more.add("</p>");
  auto const found = evidence.find(a.id);
  more.add("<p>{}</p>",
           found == evidence.end() ? std::string(say("No evidence so far")) : say("Evidence: {}", evidence::counts_text(say, found->second)));
  for (auto const& reason : candidate.reasons) more.add("<p><span class=\"tag attention\">{} {}</span></p>", site::icon("warning"), say(reason));
  // Nothing that looks unlikely is ticked beforehand.
  more.add("<label class=\"choice\"><input type=\"checkbox\" name=\"chosen\" value=\"{}.{}\" {}> {}</label>", a.id, a.version,
           BIRGE_WHEN(candidate.reasons.empty(), "checked"), say("Confirm this result"));
  return work_row(request, known, candidate.brief, more, "row weighed");
}

Reply shown(Request& request, Html const& above, Status status) {
  auto const& say = request.say;
  auto const known = site::facts(request);
  auto const page = waiting_results(request, *known);
  Html main = html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}", say.path("/work"), say("My page"), say("Results to confirm"), above);
  if (page.unlikely.empty() && page.likely.empty()) {
    main.add("<section class=\"empty\"><h2>{}</h2><p>{}</p></section>", say("No result waits for you"),
             say("Here you see the results that you may confirm: never one that you reported yourself."));
    return work_page(request, say("Results to confirm"), main, status, "work", known->current(request.now));
  }
  std::vector<ActivityId> ids;
  for (auto const* list : {&page.unlikely, &page.likely})
    for (auto const& candidate : *list) ids.push_back(candidate.activity.id);
  auto const evidence = evidence::evidence_of(request.read(), ids);
  Html rows;
  for (auto const& candidate : page.unlikely) rows += row(request, *known, candidate, evidence);
  for (auto const& candidate : page.likely) rows += row(request, *known, candidate, evidence);
  main.add("<p class=\"lead\">{}</p>", say("What looks unlikely stands on top with the reason, and is not ticked. Open it before you confirm it."));
  // On a phone the list is long: the button stands before it as well.
  auto const button = html("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Confirm what is ticked"));
  auto const count = say.plural("{} result on this page, ticked beforehand: {}.", "{} results on this page, ticked beforehand: {}.",
                                static_cast<std::int64_t>(ids.size()), static_cast<std::int64_t>(page.likely.size()));
  if (page.all > desk_counted) main.add("<p><b>{}</b></p>", say("More than {} results wait altogether.", desk_counted));
  else if (page.all > ids.size())
    main.add("<p><b>{}</b></p>", say.plural("{} result waits altogether.", "{} results wait altogether.", static_cast<std::int64_t>(page.all)));
  if (page.next && page.next->name == among_unlikely)
    main.add("<p><a href=\"{}\">{}</a></p>", page_behind(say, {among_likely, {Day{}, ActivityId{1}}}), say("Go to the results that look likely"));
  main += site::form(request, say.path("/work/confirm"),
                     html("{}<p>{}</p>{}<ol class=\"rows\">{}</ol>{}", fields::hidden("post", new_token(request)), count, button, rows, button));
  if (page.next)
    main.add("<nav class=\"pages\" aria-label=\"{}\">{}</nav>", say("Pages"), site::later_link(page_behind(say, *page.next), say("Rows after")));
  return work_page(request, say("Results to confirm"), main, status, "work", known->current(request.now));
}

}  // namespace

Reply confirm_list(Request& request) { return shown(request, {}, Status::ok); }

Reply confirm_chosen(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const chosen = ticked(request.form, "chosen");
  auto const token = token_of(request.form);
  struct Count {
    std::int64_t done = 0, left = 0;
  };
  auto const count = request.write([&](db::Tx& tx) {
    Count count;
    for (auto const& each : chosen) {
      Step step;
      step.action = Action::confirm;
      step.version = each.version;
      step.token = token_of_row(token, each.id);
      try {
        // A refusal comes before anything is stored, so the others go on.
        auto const made = make_step(tx, scene_of(request, *known, person), each.id, step);
        (made.outcome == Outcome::stale ? count.left : count.done) += 1;
      } catch (Problem const&) { ++count.left; }
    }
    return count;
  });
  Html above;
  above.add("<div class=\"notice done\" role=\"status\">{}<div><p>{}</p>", site::icon("check"),
            say.plural("{} result confirmed.", "{} results confirmed.", count.done));
  if (count.left > 0)
    above.add("<p>{}</p>", say.plural("{} was not: it was changed meanwhile or is not yours to confirm.",
                                      "{} were not: they were changed meanwhile or are not yours to confirm.", count.left));
  above.add("</div></div>");
  return shown(request, above, Status::ok);
}

}  // namespace birge::work
