#include <map>

#include "features/search/search_groups.hpp"
#include "features/work/talk/talk_mention.hpp"
#include "features/work/work_parts.hpp"

/// The remarks among what was found.
namespace birge::search {

namespace {

constexpr int read_at_once = 100;
constexpr std::int64_t shown_without_turning = 20;  ///< of a discussion, on the page of its activity

/// Where it stands in its discussion: the page of the activity, turned back to it where much was written since.
Url place_of(Scene const& scene, Store::Remark const& remark) {
  std::string path(work::activity_page(scene.say, remark.activity).text());
  if (remark.since > shown_without_turning) path += "?before=" + id_text(remark.id + 1);
  return own_path(path + "#remark-" + id_text(remark.id));
}

Html row(Scene const& scene, Store::Remark const& remark, activity::Activity const& a) {
  auto const& say = scene.say;
  return html(
      "<li class=\"row\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p><p>{}</p>"
      "<p class=\"dots\"><span>{}</span></p></div></li>",
      site::icon("person"), place_of(scene, remark), a.text_language(say.language()), a.text(say.language()).title,
      marked_excerpt(scene.wanted, work::without_mentions(remark.text)), say.moment(remark.at, scene.facts->time_zone));
}

}  // namespace

Found remarks(Scene const& scene, std::string_view after, int limit) {
  Found found{std::string(scene.say("Discussions")), {}, false};
  if (!scene.person || !account::may_somewhere(*scene.person, account::Permission::work)) return found;
  auto& read = scene.request.read();
  work::Viewer const viewer(read, *scene.person, scene.today);
  std::map<activity::ActivityId, std::optional<activity::Activity>> seen;
  auto const see = [&](activity::ActivityId id) -> std::optional<activity::Activity> const& {
    auto const [place, fresh] = seen.try_emplace(id);
    if (fresh)
      if (auto activity = activity::Store(read).find(id); activity && work::sees(read, viewer, *activity, *scene.facts)) place->second = activity;
    return place->second;
  };
  auto const reach = work::reach_of(read, *scene.person, scene.today);
  auto before = parse_id(after).value_or(0);
  // What the rows are chosen by is wider than what somebody sees: on until the page is full.
  for (bool last = false; !last && !found.more;) {
    auto const list = Store(read).remarks(scene.wanted, reach, before, read_at_once);
    last = static_cast<int>(list.size()) < read_at_once;
    for (auto const& remark : list) {
      before = remark.id;
      auto const& activity = see(remark.activity);
      if (!activity) continue;
      if (static_cast<int>(found.items.size()) == limit) {
        found.more = true;
        break;
      }
      found.items.push_back({id_text(remark.id), row(scene, remark, *activity)});
    }
  }
  return found;
}

}  // namespace birge::search
