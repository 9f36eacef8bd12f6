#include "features/search/search_pages.hpp"

#include <algorithm>
#include <array>

#include "features/search/search_groups.hpp"
#include "platform/base/text.hpp"

namespace birge::search {

namespace {

constexpr int few = 5;                   // of each group where all are shown
constexpr std::size_t page_length = 50;  // of one group

Url address(Scene const& scene, http::Parameters query) {
  query.set("q", scene.wanted.text);
  return own_path(std::string(scene.say.path("/search").text()) + "?" + query.encoded());
}

Url group_address(Scene const& scene, std::string_view code, std::string_view after = {}) {
  http::Parameters query;
  query.set("in", code);
  if (!after.empty()) query.set("after", after);
  return address(scene, std::move(query));
}

Url unlisted_address(Scene const& scene, campaign::Edition const& edition, std::string_view after = {}) {
  http::Parameters query;
  query.set("in", "coalition");
  query.set("edition", edition.slug);
  if (!after.empty()) query.set("after", after);
  return address(scene, std::move(query));
}

Html section(std::string_view id, std::string_view title, std::vector<Item> const& items, Html const& below, Html const& tag = {}) {
  Html rows;
  for (auto const& item : items) rows += item.row;
  return html("<section class=\"found\" aria-labelledby=\"{}\"><h2 id=\"{}\">{}{}</h2><ol class=\"rows\">{}</ol>{}</section>", id, id, title, tag,
              rows, below);
}

std::string not_public(Say const& say, campaign::Edition const& edition) { return say("Not public: {}", edition.name(say.language())); }

Html further(Url const& link, std::string_view text) {
  return html("<p><a class=\"button second\" href=\"{}\">{} {}</a></p>", link, text, site::icon("chevron"));
}

Html group_section(Scene const& scene, Group const& group) {
  if (group.items.size() <= static_cast<std::size_t>(few)) return section(group.code, group.title, group.items, {});
  std::vector<Item> const first(group.items.begin(), group.items.begin() + few);
  auto const text = scene.say.plural("Show {} that was found", "Show all {} that were found", static_cast<std::int64_t>(group.items.size()));
  return section(group.code, group.title, first, further(group_address(scene, group.code), text));
}

Html activities(Scene const& scene) {
  auto const& say = scene.say;
  auto const* current = scene.facts->current(scene.request.now);
  Html out;
  for (auto const& edition : scene.facts->editions) {
    auto const own = unlisted_activities(scene, edition, {}, few);
    if (own.items.empty()) continue;
    out += section("own-" + edition.slug, not_public(say, edition), own.items,
                   own.more ? further(unlisted_address(scene, edition), say("Show more of these")) : Html(), site::sample_tag(say, edition));
  }
  for (auto const& found : listed_activities(scene, few)) {
    activity::Filter filter;
    filter.edition = found.edition->id;
    filter.text = scene.wanted.text;
    auto const link = activity::agenda_link(say, filter, *scene.facts, current ? current->id : found.edition->id);
    out += section("in-" + found.edition->slug, say("Activities: {}", found.edition->name(say.language())), found.items,
                   found.more ? further(link, say("All activities that were found")) : Html(), site::sample_tag(say, *found.edition));
  }
  return out;
}

/// One group of what was found, page by page.
Html one_group(Scene const& scene, std::string_view code, std::string_view after) {
  auto const group = group_of(scene, code);
  if (!group || group->items.empty()) return {};
  auto begin = std::ranges::find(group->items, after, &Item::key);
  begin = begin == group->items.end() ? group->items.begin() : std::next(begin);
  auto const left = static_cast<std::size_t>(group->items.end() - begin);
  std::vector<Item> const page(begin, begin + static_cast<std::ptrdiff_t>(std::min(left, page_length)));
  return section(group->code, group->title, page,
                 left > page_length ? further(group_address(scene, code, page.back().key), scene.say("Next")) : Html());
}

/// Longer texts, of which there may be many thousands.
struct Texts {
  std::string_view code;  ///< in the address
  Found (*find)(Scene const&, std::string_view after, int limit);
};
constexpr auto texts = std::to_array<Texts>({{"results", results}, {"reasons", reasons}, {"evidence", captions}, {"remarks", remarks}});

/// Some of them, or page by page.
Html texts_found(Scene const& scene, Texts const& kind, std::string_view after, int limit) {
  auto const found = kind.find(scene, after, limit);
  if (found.items.empty()) return {};
  bool const page = limit > few;
  auto const link = group_address(scene, kind.code, page ? std::string_view(found.items.back().key) : std::string_view());
  return section(kind.code, found.title, found.items,
                 found.more ? further(link, page ? scene.say("Next") : scene.say("Show more of these")) : Html());
}

Html one_edition_unlisted(Scene const& scene, std::string_view slug, std::string_view after) {
  auto const* edition = scene.facts->edition(slug);
  if (!edition) return {};
  auto const found = unlisted_activities(scene, *edition, before_of(after), static_cast<int>(page_length));
  if (found.items.empty()) return {};
  return section("own-" + edition->slug, not_public(scene.say, *edition), found.items,
                 found.more ? further(unlisted_address(scene, *edition, found.items.back().key), scene.say("Next")) : Html(),
                 site::sample_tag(scene.say, *edition));
}

/// Of the place that was typed in another spelling, where nothing has the words as they were typed.
Html activities_there(Scene const& scene) {
  for (auto const& spelling : with_places_as_written(scene)) {
    Scene const other{scene.request, scene.say, scene.facts, scene.person, wanted(spelling), scene.today};
    if (auto found = activities(other); !found.empty()) return found;
  }
  return {};
}

Html all_groups(Scene const& scene) {
  // Numbers to call and what opens many activities stand before them, the rest behind.
  Html first, rest;
  for (auto const& group : groups(scene)) (group.code == "help" || group.code == "subjects" ? first : rest) += group_section(scene, group);
  auto held = activities(scene);
  if (held.empty()) held = activities_there(scene);
  first += held;
  first += rest;
  for (auto const& kind : texts) first += texts_found(scene, kind, {}, few);
  return first;
}

Html form(Scene const& scene) {
  auto const& say = scene.say;
  return html(
      "<form class=\"search\" role=\"search\" method=\"get\" action=\"{}\"><label class=\"heard\" for=\"search\">{}</label>"
      "<input type=\"search\" id=\"search\" name=\"q\" value=\"{}\" maxlength=\"100\"><button class=\"button\">{} {}</button></form>",
      say.path("/search"), say("What are you looking for?"), scene.wanted.text, site::icon("search"), say("Search"));
}

Html doors(Say const& say) {
  return html(
      "<p class=\"actions\"><a class=\"button second\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a> "
      "<a class=\"button second\" href=\"{}\">{}</a></p>",
      say.path("/activities"), say("Activities"), say.path("/organisations"), say("Organisations"), say.path("/regions"), say("Regions"));
}

Html nothing_found(Scene const& scene) {
  auto const& say = scene.say;
  Html meant;
  if (auto const text = suggestion(scene); !text.empty()) {
    http::Parameters query;
    query.set("q", text);
    meant = html("<p class=\"meant\">{} <a href=\"{}\">{}</a></p>", say("Did you mean:"),
                 own_path(std::string(say.path("/search").text()) + "?" + query.encoded()), text);
  }
  return html("<section class=\"empty\"><h2>{}</h2>{}<p>{}</p>{}</section>", say("Nothing was found for “{}”", scene.wanted.text), meant,
              say("Try one word less, or only its beginning. Any spelling will do, in Kyrgyz, Russian or Latin letters."), doors(say));
}

Html what_fits(Scene const& scene) {
  auto const code = scene.request.query.get("in");
  auto const after = scene.request.query.get("after");
  auto const kind = std::ranges::find(texts, code, &Texts::code);
  auto out = code.empty()          ? all_groups(scene)
             : kind != texts.end() ? texts_found(scene, *kind, after, static_cast<int>(page_length))
             : code == "coalition" ? one_edition_unlisted(scene, scene.request.query.get("edition"), after)
                                   : one_group(scene, code, after);
  if (!out.empty() && !code.empty())
    return html("<p class=\"above\"><a href=\"{}\">{}</a></p>{}", address(scene, {}), scene.say("Everything that was found"), out);
  return out;
}

Html found(Scene const& scene) {
  auto const& say = scene.say;
  if (scene.wanted.empty())
    return html("<p class=\"lead\">{}{}</p>{}",
                say("Activities, organisations, places, editions and numbers to call are searched: in any spelling, by the beginning of a word."),
                scene.person && account::may_somewhere(*scene.person, account::Permission::see_coalition)
                    ? html(" {}", say("So are the discussions, results, reasons, orders and captions of evidence that you may read."))
                    : Html(),
                doors(say));
  if (auto out = what_fits(scene); !out.empty()) return out;
  for (auto const& spelling : other_spellings(scene.wanted.text)) {
    Scene const other{scene.request, say, scene.facts, scene.person, wanted(spelling), scene.today};
    if (auto out = what_fits(other); !out.empty()) return out;
  }
  return nothing_found(scene);
}

}  // namespace

Reply search_page(Request& request) {
  auto const& say = request.say;
  auto facts = site::facts(request);
  auto const today = facts->today(request.now);
  Scene const scene{request, say, std::move(facts), account::maybe_person(request), wanted(request.query.get("q")), today};
  site::Head head;
  head.title = scene.wanted.empty() ? std::string(say.in_context("page", "Search")) : say("Search: {}", scene.wanted.text);
  head.active = "search";
  head.index = false;
  head.canonical = say.path("/search");
  // What is found is of every edition; only that invented activities stand among it has to be said above all.
  if (auto const* current = scene.facts->current(request.now); current && current->sample) head.edition = current;
  return site::page(request, head, html("<h1>{}</h1>{}{}", say.in_context("page", "Search"), form(scene), found(scene)));
}

}  // namespace birge::search
