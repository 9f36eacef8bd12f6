#include "features/insight/insight_corrections.hpp"
#include "features/activity/activity_closing.hpp"
#include "features/activity/activity_view.hpp"
#include "features/insight/insight_parts.hpp"

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

}  // namespace

Corrections corrections_of(db::Reader& read, campaign::Facts const& facts, campaign::EditionId edition, std::optional<place::PlaceId> region) {
  Corrections found;
  for (auto& each : activity::corrections(read, edition)) {
    if (!inside(each.now, facts, region)) continue;
    Correction correction{
        each.id,        each.now.is_public, {},           each.now.texts,       each.now.original,  each.now.changed, each.then.state,
        each.now.state, of(each.then),      of(each.now), listeners(each.then), listeners(each.now)};
    correction.title = each.now.texts[each.now.original].title;
    found.before += correction.before;
    found.after += correction.after;
    if (!correction.is_public) ++found.unlisted;
    found.list.push_back(std::move(correction));
  }
  return found;
}

Html corrections_table(Say const& say, campaign::Facts const& facts, Corrections const& corrections, std::string_view caption, bool links) {
  Html rows;
  auto const state = [&](activity::State state) { return say(activity::name(state)); };
  for (auto const& each : corrections.list) {
    if (!each.is_public) continue;
    auto const name = html("<span lang=\"{}\">{}</span>", each.original, each.title);
    rows.add("<tr><th scope=\"row\">{}<br><small class=\"soft\">{}</small></th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr>",
             links ? html("<a href=\"{}\">{}</a>", say.path("/activities/{}", each.id), name) : name, say.moment(each.at, facts.time_zone),
             say("At the closing"), say("{}, attendances: {}", state(each.state_before), view::count_text(say, each.before)), say("Now"),
             say("{}, attendances: {}", state(each.state_after), view::count_text(say, each.after)));
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
  auto const corrections = corrections_of(page.request.read(), page.facts, page.edition.id, page.figures.filter.place);
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
