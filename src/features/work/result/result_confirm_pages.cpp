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
/// How many results the first page looks through for unlikely ones, the oldest first; a later page looks through its own.
constexpr std::size_t looked_through = 240;

struct Candidate {
  Activity activity;
  Brief brief;
  std::vector<Message> reasons;
};

/// Briefs with what is unlikely about them.
std::vector<Candidate> candidates(Request& request, std::vector<Brief> const& briefs) {
  activity::Store activities(request.read());
  std::vector<Candidate> list;
  for (auto const& brief : briefs) {
    auto found = activities.find(brief.id);
    if (!found) continue;
    auto reasons = doubts(request.read(), *found);
    list.push_back({std::move(*found), brief, std::move(reasons)});
  }
  return list;
}

/// A page of what waits. The first begins with what looks unlikely among the oldest, wherever these stand, and goes on with the likely ones in their
/// order. The pages after it have everything behind a row, the unlikely ones of each on top: what was on the first may stand there once more.
struct Waiting {
  std::vector<Candidate> unlikely, likely;
  std::optional<Behind> next;
  std::size_t all = 0;  ///< how many wait, where the first page looked through all of them; 0: not known
};

std::optional<Behind> behind_of(http::Parameters const& query) {
  auto const cursor = activity::Cursor::parse(query.get("after"));
  if (!cursor) return std::nullopt;
  return Behind{Day::parse(cursor->day).value(), cursor->id};
}

Behind place_of(Brief const& brief) { return {brief.due_day, brief.id}; }

void cut(std::vector<Candidate>& list) {
  if (list.size() > rows_a_page) list.erase(list.begin() + static_cast<std::ptrdiff_t>(rows_a_page), list.end());
}

/// The unlikely ones first, those with the most reasons before the others.
Waiting sorted(std::vector<Candidate> candidates) {
  Waiting page;
  for (auto& candidate : candidates) (candidate.reasons.empty() ? page.likely : page.unlikely).push_back(std::move(candidate));
  std::ranges::stable_sort(page.unlikely, [](Candidate const& a, Candidate const& b) { return a.reasons.size() > b.reasons.size(); });
  return page;
}

Waiting first_page(Request& request, campaign::Facts const& known) {
  auto const briefs = results_to_confirm(request, known, std::nullopt, looked_through);
  auto page = sorted(candidates(request, briefs));
  if (briefs.size() < looked_through) page.all = briefs.size();
  if (page.unlikely.size() > rows_a_page) {
    // More than fit here: the pages after it begin with the oldest, so that each of them is reached.
    page.likely.clear();
    page.next = Behind{Day{}, ActivityId{1}};
  } else if (page.likely.size() > rows_a_page || briefs.size() == looked_through) {
    cut(page.likely);
    page.next = place_of(page.likely.back().brief);
  }
  cut(page.unlikely);
  return page;
}

Waiting later_page(Request& request, campaign::Facts const& known, Behind const& behind) {
  auto briefs = results_to_confirm(request, known, behind, rows_a_page + 1);
  bool const more = briefs.size() > rows_a_page;
  if (more) briefs.pop_back();
  auto page = sorted(candidates(request, briefs));
  if (more) page.next = place_of(briefs.back());
  return page;
}

Waiting waiting_results(Request& request, campaign::Facts const& known) {
  auto const behind = behind_of(request.query);
  return behind ? later_page(request, known, *behind) : first_page(request, known);
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
  if (page.all > ids.size())
    main.add("<p><b>{}</b></p>", say.plural("{} result waits altogether.", "{} results wait altogether.", static_cast<std::int64_t>(page.all)));
  main += site::form(request, say.path("/work/confirm"),
                     html("{}<p>{}</p>{}<ol class=\"rows\">{}</ol>{}", fields::hidden("post", new_token(request)), count, button, rows, button));
  if (page.next) {
    auto const after = activity::Cursor{page.next->due_day.iso(), page.next->id}.text();
    main.add("<nav class=\"pages\" aria-label=\"{}\">{}</nav>", say("Pages"),
             site::later_link(own_path(std::string(say.path("/work/confirm").text()) + "?after=" + after), say("Rows after")));
  }
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
