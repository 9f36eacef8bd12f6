#include <algorithm>

#include "features/campaign/campaign_editing.hpp"
#include "features/report/report_pages.hpp"
#include "features/report/report_texts_store.hpp"
#include "features/search/search_groups.hpp"
#include "platform/base/text.hpp"

/// Editions among what was found, what their conferences recommended and what people wrote for their closing reports. There are few, so they are
/// compared one by one. The public finds what its pages show; of an edition that is not announced, only those find anything who write for it.
namespace birge::search {

namespace {

using campaign::Edition;

bool writes(Scene const& scene) { return scene.person && account::may_somewhere(*scene.person, account::Permission::write_report); }

/// An edition as somebody may see it.
struct Shown {
  Edition const& edition;
  bool draft = false;
};

/// Calls `take` for each edition that somebody may see, those that are not announced behind the others.
template <class Take>
void each_edition(Scene const& scene, Take&& take) {
  for (auto const& edition : scene.facts->editions) take(Shown{edition, false});
  if (!writes(scene)) return;
  for (auto const& edition : campaign::all_editions(scene.request.read()))
    if (!scene.facts->edition(edition.id)) take(Shown{edition, true});
}

Html draft_tag(Scene const& scene, Shown const& shown) { return shown.draft ? html("<span>{}</span>", scene.say("Draft, not announced")) : Html(); }

/// Where a text in one language stands alone, a page in another one shows it as well.
Say const& say_of(Scene const& scene, TextsByLanguage const& texts, std::string_view language) {
  return texts.size() == 1 ? scene.say : say_in(scene, language);
}

Html row(Url const& link, std::string_view language, Html const& title, Html const& told, Html const& dots) {
  return html("<li class=\"row\"><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p>{}<p class=\"dots\">{}</p></div></li>", link, language,
              title, told, dots);
}

Html told(Scene const& scene, std::string_view language, std::string_view text) {
  return html("<p lang=\"{}\">{}</p>", language, marked_excerpt(scene.wanted, text));
}

std::optional<Item> edition_item(Scene const& scene, Shown const& shown) {
  auto const& [edition, draft] = shown;
  auto const& say = scene.say;
  auto const year = std::to_string(edition.year);
  std::vector<std::string_view> texts{year};
  for (auto const* list : {&edition.names, &edition.slogans})
    for (auto const& [language, text] : *list) texts.emplace_back(text);
  bool const named = fits(scene.wanted, texts);
  for (auto const& [language, text] : edition.abouts) texts.emplace_back(text);
  if (!named && !fits(scene.wanted, texts)) return std::nullopt;
  auto const* about = named ? nullptr : most_found(scene, edition.abouts);
  auto link = draft ? say.path("/work/editions/{}", edition.slug) : say.path("/editions/{}", edition.slug);
  if (about && !draft) link = own_path(std::string(say_of(scene, edition.abouts, about->first).path("/editions/{}", edition.slug).text()) + "#about");
  auto const& slogan = edition.slogan(say.language());
  return Item{edition.slug,
              row(link, say.code(), marked(scene.wanted, edition.name(say.language())), about ? told(scene, about->first, about->second) : Html(),
                  html("{}{}{}", slogan.empty() ? Html() : html("<span>{}</span>", marked(scene.wanted, slogan)), draft_tag(scene, shown),
                       site::sample_tag(say, edition)))};
}

/// Without what Markdown marks headings, quotations and strong words with.
std::string without_marks(std::string text) {
  std::erase_if(text, [](char c) { return c == '*' || c == '#' || c == '>' || c == '`'; });
  return text;
}

/// What one section of a report says in each language.
TextsByLanguage texts_of(report::Texts const& texts, report::Section section) {
  TextsByLanguage list;
  for (auto const language : languages)
    if (auto const found = texts.find(section, language); found && found->language == language)
      list.emplace(code(language), without_marks(found->markdown));
  return list;
}

/// All that is wanted stands in one of the texts: whoever opens its page sees it there.
std::pair<std::string const, std::string> const* found_whole(Scene const& scene, TextsByLanguage const& texts) {
  auto const* found = most_found(scene, texts);
  return found && words_in(scene.wanted, found->second) == scene.wanted.words.size() ? found : nullptr;
}

Html dots_of(Scene const& scene, Shown const& shown) {
  return html("<span>{}</span>{}{}", shown.edition.name(scene.say.language()), draft_tag(scene, shown), site::sample_tag(scene.say, shown.edition));
}

void add_sections(Group& group, Scene const& scene, Shown const& shown) {
  auto const& [edition, draft] = shown;
  auto const all = draft ? report::stored_texts(scene.request.read(), edition.id) : report::shown_texts(scene.request, edition);
  for (auto const section : report::sections) {
    auto const texts = texts_of(all, section);
    auto const* found = found_whole(scene, texts);
    if (!found) continue;
    auto const id = std::string(report::id(section));
    auto const link =
        draft ? own_path(std::string(scene.say.path("/work/editions/{}/report", edition.slug).text()) + "?section=" + id + "&in=" + found->first)
              : report::report_address(say_of(scene, texts, found->first), edition, id);
    group.items.push_back({edition.slug + "." + id, row(link, scene.say.code(), html("{}", scene.say(report::name(section))),
                                                        told(scene, found->first, found->second), dots_of(scene, shown))});
  }
}

void add_recommendations(Group& group, Scene const& scene, Shown const& shown) {
  auto const& [edition, draft] = shown;
  for (auto const& each : campaign::Editing(scene.request.read()).recommendations(edition.id)) {
    auto const* found = found_whole(scene, each.texts);
    if (!found) continue;
    auto const link =
        draft ? own_path(std::string(scene.say.path("/work/editions/{}/recommendations", edition.slug).text()) + "?id=" + id_text(each.id))
              : report::report_address(say_of(scene, each.texts, found->first), edition, report::recommendation_anchor(each.number));
    group.items.push_back(
        {edition.slug + "." + std::to_string(each.number), row(link, scene.say.code(), html("{}", scene.say("Recommendation {}", each.number)),
                                                               told(scene, found->first, found->second), dots_of(scene, shown))});
  }
}

}  // namespace

Group editions(Scene const& scene) {
  Group group{"editions", std::string(scene.say("Editions")), {}};
  each_edition(scene, [&](Shown const& shown) {
    if (auto item = edition_item(scene, shown)) group.items.push_back(std::move(*item));
  });
  return group;
}

Group reports(Scene const& scene) {
  Group group{"reports", std::string(scene.say("Closing reports and recommendations")), {}};
  if (scene.wanted.empty()) return group;
  each_edition(scene, [&](Shown const& shown) {
    add_sections(group, scene, shown);
    add_recommendations(group, scene, shown);
  });
  return group;
}

}  // namespace birge::search
