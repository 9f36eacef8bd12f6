#include <algorithm>

#include "features/activity/activity_view.hpp"
#include "features/search/search_groups.hpp"
#include "features/work/work_parts.hpp"
#include "platform/base/text.hpp"

/// The activities among what was found.
namespace birge::search {

namespace view = activity::view;

namespace {

Html listed_row(Scene const& scene, activity::Card const& card) {
  auto const& say = scene.say;
  Html out;
  out.add(
      "<li class=\"row{}\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p><p class=\"dots\"><span>{}</span>",
      card.state == activity::State::cancelled ? " off" : "", view::kind_icon(*scene.facts, card.kind), view::page_of(say, card.id),
      card.text_language.empty() ? say.code() : std::string_view(card.text_language), marked(scene.wanted, card.title),
      view::day_text(say, card.day, card.end_day, card.precision));
  if (auto const where = view::place_html(scene.request, *scene.facts, card.reach, card.place, card.village); !where.empty())
    out.add("<span>{}</span>", where);
  out.add("<span>{}</span></p></div></li>", view::organisation_html(scene.request, *scene.facts, card.lead));
  return out;
}

Html unlisted_row(Scene const& scene, activity::Activity const& a) {
  auto const& say = scene.say;
  Html out;
  out.add(
      "<li class=\"row\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p><p class=\"dots\"><span>{}</span>",
      view::kind_icon(*scene.facts, a.kind), say.path("/work/activities/{}", a.id), a.text_language(say.language()),
      marked(scene.wanted, a.text(say.language()).title), view::day_text(say, a.day, a.end_day, a.precision));
  if (auto const where = view::place_html(scene.request, *scene.facts, a.reach, a.place, a.village); !where.empty())
    out.add("<span>{}</span>", where);
  out.add("<span>{}</span></p><p><span class=\"tag\">{}</span></p></div></li>", view::organisation_html(scene.request, *scene.facts, a.lead),
          say(work::state_name(a.state)));
  return out;
}

}  // namespace

std::vector<Activities> listed_activities(Scene const& scene, int limit) {
  activity::Store store(scene.request.read());
  activity::Cursor const now{scene.today.iso(), {}};
  std::vector<Activities> list;
  for (auto const& edition : scene.facts->editions) {
    activity::Filter filter;
    filter.edition = edition.id;
    filter.text = scene.wanted.text;
    auto cards = store.list(filter, *scene.facts, scene.say.language(), scene.today, now, limit + 1);
    if (static_cast<int>(cards.size()) <= limit) {
      auto over = store.list_before(filter, *scene.facts, scene.say.language(), scene.today, now, limit + 1);
      cards.insert(cards.end(), over.rbegin(), over.rend());
    }
    if (cards.empty()) continue;
    Activities found{&edition, {}, static_cast<int>(cards.size()) > limit};
    if (found.more) cards.resize(static_cast<std::size_t>(limit));
    for (auto const& card : cards) found.items.push_back({id_text(card.id), listed_row(scene, card)});
    list.push_back(std::move(found));
  }
  return list;
}

Activities unlisted_activities(Scene const& scene, campaign::Edition const& edition, Before const& before, int limit) {
  Activities found{&edition, {}, false};
  if (!scene.person || !account::may_somewhere(*scene.person, account::Permission::work)) return found;
  auto& read = scene.request.read();
  auto const reach = work::reach_of(read, *scene.person, scene.today);
  work::Viewer const viewer(read, *scene.person, scene.today);
  auto from = before;
  // What the rows are chosen by is wider than what somebody sees: on until the page is full.
  for (bool last = false; !last && !found.more;) {
    auto const ids = Store(read).unlisted(scene.wanted, edition.id, reach, from, limit + 1);
    last = static_cast<int>(ids.size()) <= limit;
    for (auto const id : ids) {
      auto const activity = activity::Store(read).find(id);
      if (!activity) continue;
      from = {activity->day.iso(), id};
      if (!work::sees(read, viewer, *activity, *scene.facts)) continue;
      if (static_cast<int>(found.items.size()) == limit) {
        found.more = true;
        break;
      }
      found.items.push_back({key_of(from), unlisted_row(scene, *activity)});
    }
  }
  return found;
}

}  // namespace birge::search
