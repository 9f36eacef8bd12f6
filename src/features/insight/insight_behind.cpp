#include "features/insight/insight_behind.hpp"

#include <algorithm>

#include <utility>

#include "features/activity/tally/tally_closing.hpp"
#include "features/work/work_view.hpp"

namespace birge::insight::view {

namespace {

constexpr std::size_t page_length = 50;

}  // namespace

bool Viewer::sees_what_is_inside(activity::Activity const& activity, campaign::Facts const& facts) const {
  return person && account::may(*person, account::Permission::see_coalition, work::object_of(activity, facts));
}

bool Viewer::sees(activity::Activity const& activity, campaign::Facts const& facts) const {
  return activity.is_public || sees_what_is_inside(activity, facts);
}

Viewer viewer_of(Request& request) {
  using account::Permission;
  auto const* person = account::maybe_person(request);
  return {person, person && account::may_everywhere(*person, Permission::see_names) && account::may_somewhere(*person, Permission::see_coalition)};
}

Url activity_page(Say const& say, activity::Activity const& activity) {
  return activity.is_public ? say.path("/activities/{}", activity.id) : work::activity_page(say, activity.id);
}

Html life_link(Say const& say, campaign::Facts const& facts, Viewer const& viewer, activity::Activity const& activity) {
  if (!viewer.sees_what_is_inside(activity, facts)) return {};
  return html("<a href=\"{}\">{}</a>", own_path(std::string(work::activity_page(say, activity.id).text()) + "#life"), say("Its life so far"));
}

Behind behind(Page const& page, Viewer const& viewer, std::vector<Filter> const& filters, activity::Cursor const& after, ShareOf const& share_of) {
  Behind found;
  for (auto const& filter : filters) {
    std::size_t kept = 0;  // of each filter no more than a page can show
    for (auto const& activity : activity::as_counted(page.request.read(), page.facts, filter, page.today)) {
      auto const share = share_of(activity);
      if (!share) continue;
      ++found.activities;
      if (share->count) found.all += *share->count;
      if (!viewer.sees(activity, page.facts)) {
        ++found.unlisted_activities;
        if (share->count) found.unlisted += *share->count;
        continue;
      }
      if (!after.day.empty() && std::pair(activity.day.iso(), activity.id) <= std::pair(after.day, after.id)) continue;
      if (kept++ <= page_length) found.items.push_back({activity.day, activity.id, share->count});
    }
  }
  std::ranges::sort(found.items, {}, [](auto const& item) { return std::pair(item.day, item.id); });
  found.more = found.items.size() > page_length;
  if (found.more) found.items.erase(found.items.begin() + page_length, found.items.end());
  return found;
}

namespace {

Html rows(Page const& page, Viewer const& viewer, Behind const& behind) {
  auto const& say = page.say;
  Html out;
  activity::Store store(page.request.read());
  for (auto const& item : behind.items) {
    auto const activity = store.find(item.id).value();  // only what this page shows is read whole
    auto life = life_link(say, page.facts, viewer, activity);
    if (!life.empty()) life = html("<br><small>{}</small>", life);
    out.add("<tr><th scope=\"row\"><a href=\"{}\">{}</a>{}</th><td>{}</td><td class=\"n\">{}</td></tr>", activity_page(say, activity),
            site::in_language(page.request, activity.text(say.language()).title, activity.text_language(say.language())), life, say.date(item.day),
            item.count ? count_text(say, *item.count) : std::string(say("no result yet")));
  }
  if (behind.unlisted_activities > 0)
    out.add("<tr class=\"rest\"><th scope=\"row\">{}</th><td></td><td class=\"n\">{}</td></tr>",
            say.plural("{} activity that only the coalition sees listed", "{} activities that only the coalition sees listed",
                       behind.unlisted_activities),
            count_text(say, behind.unlisted));
  return out;
}

}  // namespace

Html behind_table(Page const& page, Viewer const& viewer, Behind const& behind, std::string_view caption) {
  auto const& say = page.say;
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"behind\"><table><caption id=\"behind\">{}</caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>"
      "<tbody>{}</tbody><tfoot><tr><th scope=\"row\">{}</th><td></td><td class=\"n\">{}</td></tr></tfoot></table></div>",
      caption, say("Activity"), say("Date"), say("Attendances"), rows(page, viewer, behind), say("In all"), count_text(say, behind.all));
}

Html behind_next(Page const& page, Behind const& behind, Url const& address) {
  if (!behind.more) return {};
  auto const& last = behind.items.back();
  auto const next = std::string(address.text()) + "&after=" + activity::Cursor{last.day.iso(), last.id}.text();
  return site::next_page(page.say, own_path(next));
}

}  // namespace birge::insight::view
