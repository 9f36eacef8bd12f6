#include <algorithm>
#include <map>

#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/search/search_groups.hpp"
#include "features/work/result/result_evidence.hpp"
#include "features/work/result/result_words.hpp"
#include "features/work/work_reasons.hpp"

/// What results tell, the reasons and orders given with steps, and the captions of evidence, among what was found. Words are only what rows are chosen
/// by: what stands there by now is looked at again, and whether the person may open it is asked as its own page asks.
namespace birge::search {

namespace view = activity::view;

namespace {

constexpr int read_at_once = 100;

bool works(Scene const& scene) { return scene.person && account::may_somewhere(*scene.person, account::Permission::work); }

Html row(Scene const& scene, std::string_view icon, Url const& link, activity::Activity const& a, Html const& told, std::string_view what) {
  auto const& say = scene.say;
  return html(
      "<li class=\"row\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p><p>{}</p>"
      "<p class=\"dots\"><span>{}</span><span>{}</span></p></div></li>",
      site::icon(icon), link, a.text_language(say.language()), a.text(say.language()).title, told, what,
      view::day_text(say, a.day, a.end_day, a.precision));
}

/// The text that has most of what is wanted.
template <class Text>
Text const& most_telling(Scene const& scene, std::vector<Text> const& texts) {
  return *std::ranges::max_element(texts, {}, [&](auto const& each) { return words_in(scene.wanted, each.text); });
}

Html row_of(Scene const& scene, activity::Activity const& a, std::string_view icon, Message const& part, std::string const& text,
            std::string_view anchor) {
  auto const link = own_path(std::string(work::activity_page(scene.say, a.id).text()) + std::string(anchor));
  return row(scene, icon, link, a, marked_excerpt(scene.wanted, text), scene.say(part));
}

/// Adds activities that the person may see and whose texts say what is wanted. `choose` has some of those whose words may, `texts_of` what one says now.
template <class Choose, class Texts, class Row>
void add_telling(Found& found, Scene const& scene, std::string_view after, int limit, Choose choose, Texts texts_of, Row row_of_text) {
  auto& read = scene.request.read();
  work::Viewer const viewer(read, *scene.person, scene.today);
  auto const reach = work::reach_of(read, *scene.person, scene.today);
  auto from = before_of(after);
  // What the rows are chosen by is wider than what somebody sees: on until the page is full.
  for (bool last = false; !last && !found.more;) {
    auto const list = choose(reach, from);
    last = static_cast<int>(list.size()) < read_at_once;
    for (auto const& next : list) {
      from = next;
      auto const activity = activity::Store(read).find(next.id);
      if (!activity || !work::sees(read, viewer, *activity, *scene.facts)) continue;
      auto const told = texts_of(*activity);
      std::vector<std::string_view> texts;
      for (auto const& each : told) texts.emplace_back(each.text);
      if (!fits(scene.wanted, texts)) continue;
      if (static_cast<int>(found.items.size()) == limit) {
        found.more = true;
        break;
      }
      found.items.push_back({key_of(next), row_of_text(*activity, most_telling(scene, told))});
    }
  }
}

/// Where somebody may look at a piece of evidence.
class Openings {
public:
  explicit Openings(Scene const& scene) : scene_(scene), works_(works(scene)) {
    if (works_) viewer_.emplace(scene.request.read(), *scene.person, scene.today);
  }

  /// Nothing where the person may not open it.
  std::optional<Url> page_of(evidence::Item const& item) {
    auto const& known = around(item.activity);
    if (!known.activity) return std::nullopt;
    if (known.viewer && evidence::may_open(item, *known.viewer)) return work::evidence_page(scene_.say, item);
    if (view::listed(*known.activity) && evidence::is_public(item, work::evidence_around(*known.activity)))
      return own_path(std::string(view::page_of(scene_.say, item.activity).text()) + "#pictures");
    return std::nullopt;
  }
  activity::Activity const& activity_of(evidence::Item const& item) { return around(item.activity).activity.value(); }

private:
  struct Around {
    std::optional<activity::Activity> activity;
    std::optional<evidence::Viewer> viewer;  ///< on its page in the workspace; nothing: the person may not see that
  };
  Around const& around(activity::ActivityId id) {
    auto const [place, fresh] = known_.try_emplace(id);
    if (!fresh) return place->second;
    auto& read = scene_.request.read();
    place->second.activity = activity::Store(read).find(id);
    if (place->second.activity && works_ && work::sees(read, *viewer_, *place->second.activity, *scene_.facts)) {
      auto const opened = work::open(read, scene_.facts, *scene_.person, id, scene_.request.now);
      place->second.viewer = work::evidence_rights(read, opened, scene_.request.now).viewer;
    }
    return place->second;
  }

  Scene const& scene_;
  bool works_;
  std::optional<work::Viewer> viewer_;
  std::map<activity::ActivityId, Around> known_;
};

}  // namespace

Found results(Scene const& scene, std::string_view after, int limit) {
  Found found{std::string(scene.say("What results tell")), {}, false};
  if (!works(scene)) return found;
  auto& read = scene.request.read();
  add_telling(
      found, scene, after, limit,
      [&](work::Reach const& reach, Before const& from) { return Store(read).results(scene.wanted, reach, from, read_at_once); },
      [&](activity::Activity const& a) { return work::told_by_result(read, a); },
      [&](activity::Activity const& a, work::ResultText const& text) { return row_of(scene, a, "check", text.part, text.text, "#result"); });
  return found;
}

Found reasons(Scene const& scene, std::string_view after, int limit) {
  Found found{std::string(scene.say("Reasons and orders")), {}, false};
  if (!works(scene)) return found;
  auto& read = scene.request.read();
  add_telling(
      found, scene, after, limit,
      [&](work::Reach const& reach, Before const& from) { return Store(read).given(scene.wanted, reach, from, read_at_once); },
      [&](activity::Activity const& a) { return work::given_with_steps(read, a.id); },
      [&](activity::Activity const& a, work::Given const& given) { return row_of(scene, a, "info", given.part, given.text, given.anchor); });
  return found;
}

Found captions(Scene const& scene, std::string_view after, int limit) {
  Found found{std::string(scene.say("Evidence")), {}, false};
  auto& read = scene.request.read();
  auto const reach = works(scene) ? work::reach_of(read, *scene.person, scene.today) : work::Reach{};
  Openings openings(scene);
  auto before = parse_id(after).value_or(0);
  for (bool last = false; !last && !found.more;) {
    auto const list = Store(read).captions(scene.wanted, reach, before, read_at_once);
    last = static_cast<int>(list.size()) < read_at_once;
    for (auto const& piece : list) {
      before = piece.id.value;
      auto const item = evidence::Store(read).find(piece.activity, piece.id);
      if (!item || !fits(scene.wanted, {item->caption})) continue;
      auto const page = openings.page_of(*item);
      if (!page) continue;
      if (static_cast<int>(found.items.size()) == limit) {
        found.more = true;
        break;
      }
      auto const caption = html("<span lang=\"{}\">{}</span>", item->language, marked_excerpt(scene.wanted, item->caption));
      found.items.push_back(
          {id_text(item->id), row(scene, "document", *page, openings.activity_of(*item), caption, scene.say(evidence::name(item->what())))});
    }
  }
  return found;
}

}  // namespace birge::search
