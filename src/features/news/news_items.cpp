#include "features/news/news_items.hpp"

#include "features/account/joining.hpp"

namespace birge::news {

using notice::Event;

namespace {

/// Where several of a kind stand together.
Url list_of(Say const& say, Event event) {
  if (event == Event::reported) return say.path("/work/confirm");
  if (event == Event::proposed || event == Event::escalated || event == Event::missing) return say.path("/work");
  return say.path("/work/activities");
}

}  // namespace

std::shared_ptr<activity::Activity const> Sight::visible(std::int64_t id) {
  if (auto const known = activities_.find(id); known != activities_.end()) return known->second;
  std::shared_ptr<activity::Activity const> seen;
  if (auto found = activity::Store(read_).find({id})) {
    auto const actor = work::Store(read_).actor(viewer_, *found, known_);
    if (work::may_see(person_, *found, actor)) seen = std::make_shared<activity::Activity const>(std::move(*found));
  }
  return activities_.emplace(id, std::move(seen)).first->second;
}

std::optional<Item> Sight::see(Say const& say, notice::Notice notice) {
  auto const event = notice::event_of(notice.event);
  if (!event) return {};
  Item item{std::move(notice), *event, nullptr, say.path("/account")};
  if (item.notice.activity != 0) {
    item.activity = visible(item.notice.activity);
    if (!item.activity) return {};
    item.leads_to = say.path("/work/activities/{}", item.activity->id);
    if (item.several()) {
      item.activity = nullptr;
      item.leads_to = list_of(say, *event);
    }
  }
  if (*event == Event::joining) {
    auto const request = account::Register(read_).request(item.notice.subject);
    if (!request || !account::may_decide(person_, *request)) return {};
    item.leads_to = say.path("/joining/{}", id_text(request->id));
  }
  return item;
}

std::string sentence(Say const& say, Item const& item) {
  if (item.several()) return notice::what_of_many(say, item.event, item.notice.count);
  return say(notice::what(item.event));
}

}  // namespace birge::news
