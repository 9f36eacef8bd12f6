#include "features/insight/insight_corrections.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/insight/insight_parts.hpp"
#include "features/work/work_view.hpp"

#include <algorithm>

namespace birge::insight {

namespace {

bool inside(activity::Activity const& activity, campaign::Facts const& facts, std::optional<place::PlaceId> region) {
  return !region || activity::location_of(activity, facts).region == region;
}

Count of(activity::Activity const& activity) {
  return activity.result && activity::has_status(activity, Filter::Status::counted, {}) ? activity.result->attendance.value_or(Count{}) : Count{};
}
Count listeners(activity::Activity const& activity) {
  return activity.result && activity::has_status(activity, Filter::Status::counted, {}) ? activity.result->audience.value_or(Count{}) : Count{};
}

/// What the same sums can hide.
std::vector<Message> others_of(activity::Correction const& correction) {
  std::vector<Message> others;
  if (!correction.then.result || !correction.now.result) return others;
  auto const& then = *correction.then.result;
  auto const& now = *correction.now.result;
  auto const cells = [](activity::Result const& result) {
    auto cells = result.cells;
    std::ranges::sort(cells, {}, [](activity::Cell const& cell) { return std::pair(cell.sex, cell.band); });
    return cells;
  };
  if (cells(then) != cells(now)) others.push_back(message("sex and age of those who came"));
  if (then.method != now.method) others.push_back(message("method of counting"));
  if (then.counted_by != now.counted_by) others.push_back(message("who counted"));
  return others;
}

std::string values(Say const& say, activity::State state, Count attendance, Count audience) {
  auto text = say("{}, attendances: {}", say(activity::name(state)), view::count_text(say, attendance));
  if (audience != Count{}) text += ", " + say("audience: {}", view::count_text(say, audience));
  return text;
}

}  // namespace

std::string others_text(Say const& say, Correction const& correction) {
  std::string list;
  for (auto const& other : correction.others) list += (list.empty() ? "" : ", ") + std::string(say(other));
  return list.empty() ? list : say("Changed: {}", list);
}

Corrections corrections_of(db::Reader& read, campaign::Facts const& facts, campaign::EditionId edition, std::optional<place::PlaceId> region,
                           view::Viewer const& viewer) {
  Corrections found;
  for (auto& each : activity::corrections(read, edition)) {
    if (!inside(each.now, facts, region)) continue;
    Correction correction{each.id,
                          each.now.is_public,
                          viewer.sees(each.now, facts),
                          {},
                          each.now.texts,
                          each.now.original,
                          each.now.changed,
                          each.then.state,
                          each.now.state,
                          of(each.then),
                          of(each.now),
                          listeners(each.then),
                          listeners(each.now),
                          others_of(each)};
    correction.title = each.now.texts[each.now.original].title;
    found.before += correction.before;
    found.after += correction.after;
    if (!correction.listed) ++found.unlisted;
    found.list.push_back(std::move(correction));
  }
  return found;
}

Html corrections_table(Say const& say, campaign::Facts const& facts, Corrections const& corrections, std::string_view caption, bool links) {
  Html rows;
  for (auto const& each : corrections.list) {
    if (!each.listed) continue;
    auto const name = html("<span lang=\"{}\">{}</span>", each.original, each.title);
    auto const page = each.is_public ? say.path("/activities/{}", each.id) : work::activity_page(say, each.id);
    auto const others = others_text(say, each);
    rows.add("<tr><th scope=\"row\">{}<br><small class=\"soft\">{}</small></th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}{}</td></tr>",
             links ? html("<a href=\"{}\">{}</a>", page, name) : name, say.moment(each.at, facts.time_zone), say("At the closing"),
             values(say, each.state_before, each.before, each.audience_before), say("Now"),
             values(say, each.state_after, each.after, each.audience_after), others.empty() ? Html() : html("<br><small>{}</small>", others));
  }
  if (corrections.unlisted > 0)
    rows.add(
        "<tr class=\"rest\"><th scope=\"row\">{}</th><td></td><td></td></tr>",
        say.plural("{} activity that only the coalition sees listed", "{} activities that only the coalition sees listed", corrections.unlisted));
  return html(
      "<table class=\"stack\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>"
      "<tbody>{}</tbody><tfoot><tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr></tfoot></table>",
      caption, say("Activity"), say("At the closing"), say("Now"), rows, say("Attendances of these activities"), say("At the closing"),
      view::count_text(say, corrections.before), say("Now"), view::count_text(say, corrections.after));
}

namespace view {

Html closing(Page const& page) {
  if (!page.closed) return {};
  auto const& say = page.say;
  auto const corrections = corrections_of(page.request.read(), page.facts, page.edition.id, page.figures.filter.place, viewer_of(page.request));
  Html out = html("<aside class=\"notice\" role=\"note\">{}<div><p><b>{}</b> {}</p></div></aside>", site::icon("info"),
                  say("This edition is closed."), say("Its figures stand as of {}.", say.moment(*page.closed, page.facts.time_zone)));
  if (!corrections.list.empty())
    out.add(
        "<details open><summary>{}</summary>{}</details>",
        say.plural("{} correction after the closing", "{} corrections after the closing", static_cast<std::int64_t>(corrections.list.size())),
        corrections_table(say, page.facts, corrections, say("Corrections after the closing. They are not part of the figures on this page."), true));
  return out;
}

}  // namespace view

}  // namespace birge::insight
