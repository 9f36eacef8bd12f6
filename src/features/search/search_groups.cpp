#include "features/search/search_groups.hpp"

#include <algorithm>
#include <array>

#include "features/account/account_store.hpp"
#include "features/activity/activity_view.hpp"
#include "features/people/people_scope.hpp"
#include "platform/base/text.hpp"

namespace birge::search {

namespace {

std::vector<std::string_view> names(TextsByLanguage const& first, TextsByLanguage const& second = {}) {
  std::vector<std::string_view> list;
  for (auto const* texts : {&first, &second})
    for (auto const& [language, text] : *texts) list.emplace_back(text);
  return list;
}

Html row(Url const& link, std::string_view language, Html const& title, Html const& beside, Html const& told = {}) {
  return html("<li class=\"row\"><div><p class=\"title\"><a href=\"{}\" lang=\"{}\">{}</a></p>{}<p class=\"dots\">{}</p></div></li>", link, language,
              title, told, beside);
}

/// Whether a subject of the campaign is searched for, such as migration: who reads about it may look for help.
bool asks_of_topic(Scene const& scene) {
  return std::ranges::any_of(scene.facts->codes.list("topic"), [&](auto const& code) { return fits(scene.wanted, names(code.names)); });
}

/// Numbers to call come before everything else: who searches for one may need it now.
Group help(Scene const& scene) {
  auto const& say = scene.say;
  Group group{"help", std::string(say("Help")), {}};
  bool const with_hotline = asks_of_topic(scene);
  for (auto const& contact : scene.facts->contacts) {
    std::vector<std::string_view> texts{contact.number};
    for (auto const& [language, text] : contact.texts) texts.insert(texts.end(), {text.first, text.second});
    if (contact.found_dead || !(fits(scene.wanted, texts) || (with_hotline && contact.purpose == "hotline"))) continue;
    auto const text = contact.texts.find(std::string(say.code()));
    auto const name = text == contact.texts.end() ? std::string() : text->second.first;
    auto const checked = contact.checked ? say("checked on {}", *contact.checked) : say("not checked since {}", contact.source_day.substr(0, 4));
    group.items.push_back(
        {contact.code, html("<li class=\"row\"><div><p class=\"title\"><a href=\"{}\">{} {}</a></p><p class=\"dots\"><span>{}</span>"
                            "<span>{}</span></p></div></li>",
                            url("tel:" + contact.number).value_or(Url()), site::icon("phone"), contact.number, marked(scene.wanted, name), checked)});
  }
  return group;
}

/// An organisation whose names say what is wanted, or else what it says of itself: its page shows that in the language it is written in.
std::optional<Item> organisation_item(Scene const& scene, coalition::Organisation const& organisation) {
  auto const& say = scene.say;
  auto texts = names(organisation.names, organisation.short_names);
  bool const named = fits(scene.wanted, texts);
  for (auto const& [language, text] : organisation.about) texts.emplace_back(text);
  if (!named && !fits(scene.wanted, texts)) return std::nullopt;
  auto link = say.path("/organisations/{}", organisation.slug);
  Html told;
  if (auto const* about = named ? nullptr : most_found(scene, organisation.about)) {
    link = own_path(std::string(say_in(scene, about->first).path("/organisations/{}", organisation.slug).text()) + "#about");
    told = html("<p lang=\"{}\">{}</p>", about->first, marked_excerpt(scene.wanted, about->second));
  }
  auto beside = html("<span>{}</span>", say(coalition::kind_name(organisation.kind)));
  if (organisation.region) beside.add("<span>{}</span>", scene.facts->places->name(*organisation.region, say.language()).text);
  auto const title = marked(scene.wanted, organisation.name(say.language()));
  return Item{organisation.slug, row(link, organisation.name_language(say.language()), title, beside, told)};
}

/// Invented organisations and real ones never stand under one heading: those of the current edition's kind are searched.
Group organisations(Scene const& scene) {
  auto const& say = scene.say;
  auto const language = say.language();
  auto const* current = scene.facts->current(scene.request.now);
  bool const sample = current && current->sample;
  std::vector<std::pair<coalition::Organisation const*, Item>> found;
  for (auto const& [id, organisation] : scene.facts->organisations)
    if (organisation.sample == sample)
      if (auto item = organisation_item(scene, organisation)) found.emplace_back(&organisation, std::move(*item));
  std::ranges::sort(found, [&](auto const& a, auto const& b) {
    auto const order = say.compare(a.first->name(language), b.first->name(language));
    return order != 0 ? order < 0 : a.first->slug < b.first->slug;
  });
  Group group{"organisations", std::string(say("Organisations")), {}};
  if (sample) group.title = say("{} (sample data)", group.title);
  for (auto& [organisation, item] : found) group.items.push_back(std::move(item));
  return group;
}

Group places(Scene const& scene) {
  constexpr int most = 600;  // there are fewer
  auto const& say = scene.say;
  auto const& tree = *scene.facts->places;
  Group group{"places", std::string(say("Places")), {}};
  auto const* current = scene.facts->current(scene.request.now);
  for (auto const id : Store(scene.request.read()).places(scene.wanted, most)) {
    auto const* place = tree.find(id);
    if (!place || !current) continue;
    activity::Filter filter;
    filter.edition = current->id;
    filter.place = id;
    auto const link =
        place->level == place::Level::region ? say.path("/regions/{}", place->code) : activity::agenda_link(say, filter, *scene.facts, current->id);
    auto const& name = tree.name(id, say.language());
    Html beside;
    if (auto const* region = tree.region_of(id); region && region->id != id)
      beside.add("<span>{}</span>", tree.name(region->id, say.language()).text);
    group.items.push_back({place->code, row(link, name.language, marked(scene.wanted, name.text), beside)});
  }
  return group;
}

/// Kinds, topics and audience groups by their names: each opens its activities.
Group subjects(Scene const& scene) {
  auto const& say = scene.say;
  Group group{"subjects", std::string(say("Kinds and topics")), {}};
  auto const* current = scene.facts->current(scene.request.now);
  if (!current) return group;
  struct List {
    std::string_view code;
    std::string activity::Filter::*field;
    std::string_view name;
  };
  for (auto const& list : {List{"kind", &activity::Filter::kind, say("Kind")}, List{"topic", &activity::Filter::topic, say("Topic")},
                           List{"audience", &activity::Filter::audience, say("Audience group")}})
    for (auto const& code : scene.facts->codes.list(list.code)) {
      if (!fits(scene.wanted, names(code.names))) continue;
      activity::Filter filter;
      filter.edition = current->id;
      filter.*list.field = code.code;
      group.items.push_back(
          {std::string(list.code) + "." + code.code, row(activity::agenda_link(say, filter, *scene.facts, current->id), say.code(),
                                                         marked(scene.wanted, code.name(say.language())), html("<span>{}</span>", list.name))});
    }
  return group;
}

/// Whoever looks after accounts finds the people in their care by name, as on their list.
Group people(Scene const& scene) {
  constexpr int at_once = 500, most = 5000;
  Group group{"people", std::string(scene.say("People")), {}};
  if (!scene.person || !account::may_somewhere(*scene.person, account::Permission::manage_accounts)) return group;
  account::Store store(scene.request.read());
  std::string after_name;
  account::PersonId after;
  for (int looked_at = 0; looked_at < most;) {
    auto const list = store.accounts(after_name, after, at_once);
    for (auto const& account : list) {
      if (!fits(scene.wanted, {account.name}) || !people::in_scope(scene.request.read(), *scene.person, store.grants(account.id))) continue;
      group.items.push_back(
          {id_text(account.id), row(scene.say.path("/people/{}", account.id), scene.say.code(), marked(scene.wanted, account.name), Html())});
    }
    if (list.size() < static_cast<std::size_t>(at_once)) break;
    looked_at += at_once;
    after_name = list.back().name;
    after = list.back().id;
  }
  return group;
}

struct Maker {
  std::string_view code;
  Group (*make)(Scene const&);
};
constexpr auto makers = std::to_array<Maker>({{"help", help},
                                              {"subjects", subjects},
                                              {"organisations", organisations},
                                              {"places", places},
                                              {"editions", editions},
                                              {"reports", reports},
                                              {"people", people},
                                              {"invitations", invitations},
                                              {"joining", joining_requests}});

}  // namespace

Html marked(Wanted const& wanted, std::string_view text) {
  Html out;
  for (auto const& piece : pieces(wanted, text)) {
    if (piece.found) out.add("<mark>{}</mark>", piece.text);
    else out.add("{}", piece.text);
  }
  return out;
}

std::pair<std::string const, std::string> const* most_found(Scene const& scene, TextsByLanguage const& texts) {
  std::pair<std::string const, std::string> const* most = nullptr;
  std::size_t words = 0;
  auto const look_at = [&](auto const& each) {
    if (auto const own = words_in(scene.wanted, each.second); own > words) words = own, most = &each;
  };
  if (auto const own = texts.find(std::string(scene.say.code())); own != texts.end()) look_at(*own);
  for (auto const& each : texts) look_at(each);
  return most;
}

Say const& say_in(Scene const& scene, std::string_view language) {
  auto const known = language_of(language);
  return known ? Say::in(*known) : scene.say;
}

Html marked_excerpt(Wanted const& wanted, std::string_view text) { return marked(wanted, excerpt(wanted, text)); }

std::string key_of(Before const& before) { return before.day + "." + id_text(before.id); }

Before before_of(std::string_view key) {
  auto const dot = key.find('.');
  auto const id = dot == std::string_view::npos ? std::nullopt : parse_id_as<activity::ActivityTag>(key.substr(dot + 1));
  return id && Day::parse(key.substr(0, dot)) ? Before{std::string(key.substr(0, dot)), *id} : Before{};
}

std::vector<Group> groups(Scene const& scene) {
  std::vector<Group> list;
  for (auto const& [code, make] : makers)
    if (auto group = make(scene); !group.items.empty()) list.push_back(std::move(group));
  return list;
}

std::optional<Group> group_of(Scene const& scene, std::string_view code) {
  auto const maker = std::ranges::find(makers, code, &Maker::code);
  return maker == makers.end() ? std::nullopt : std::optional(maker->make(scene));
}

bool any_group(Scene const& scene) {
  return std::ranges::any_of(makers, [&](Maker const& maker) { return !maker.make(scene).items.empty(); });
}

}  // namespace birge::search
