#include <algorithm>
#include <array>
#include <set>

#include "features/coalition/coalition.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::coalition {

namespace {

constexpr std::array kinds{"state_body", "local_authority", "civil_society", "youth", "international", "donor", "media", "other"};

struct Head {
  OrganisationId id;
  std::string slug, kind;
  std::optional<place::PlaceId> region;
  bool sample;
  std::string website, original;
};

struct TextRow {
  OrganisationId organisation;
  std::string language, name, short_name, about;
};

Organisation from(Head&& head) {
  Organisation organisation;
  organisation.id = head.id;
  organisation.slug = std::move(head.slug);
  organisation.kind = std::move(head.kind);
  organisation.region = head.region;
  organisation.sample = head.sample;
  organisation.website = std::move(head.website);
  organisation.original = std::move(head.original);
  return organisation;
}

void put_text(Organisation& organisation, TextRow&& row) {
  organisation.names[row.language] = std::move(row.name);
  if (!row.short_name.empty()) organisation.short_names[row.language] = std::move(row.short_name);
  if (!row.about.empty()) organisation.about[row.language] = std::move(row.about);
}

std::optional<Organisation> with_texts(db::Reader& read, std::optional<Head> head) {
  if (!head) return {};
  auto organisation = from(std::move(*head));
  read.each<TextRow>(
      "select organisation, language, name, short_name, about from organisation_text where organisation = $1",
      [&](TextRow&& row) { put_text(organisation, std::move(row)); }, organisation.id);
  return organisation;
}

std::string const& in(std::map<std::string, std::string> const& texts, std::string const& language) {
  static std::string const nothing;
  auto const found = texts.find(language);
  return found == texts.end() ? nothing : found->second;
}

/// Every spelling an organisation is found by, as the matcher compares it.
std::set<std::string> keys_of(Organisation const& organisation, std::vector<std::string> const& aliases) {
  std::set<std::string> keys;
  for (auto const* const texts : {&organisation.names, &organisation.short_names})
    for (auto const& [language, text] : *texts) keys.insert(match_key(text));
  for (auto const& alias : aliases) keys.insert(match_key(alias));
  keys.erase("");
  return keys;
}

std::set<std::string> words_of(Organisation const& organisation) {
  std::set<std::string> all;
  for (auto const* const texts : {&organisation.names, &organisation.short_names})
    for (auto const& [language, text] : *texts)
      for (auto& word : words(text)) all.insert(std::move(word));
  return all;
}

void check(Organisation const& organisation) {
  if (std::ranges::find(kinds, organisation.kind) == kinds.end())
    throw Problem(Failure::unprocessable, message("“{}” is no kind of organisation.", organisation.kind));
  if (in(organisation.names, organisation.original).empty())
    throw Problem(Failure::unprocessable, message("An organisation needs a name in the language it was entered in."));
}

std::string free_slug(db::Tx& tx, Organisation const& organisation) {
  auto wanted = organisation.slug.empty() ? slug(in(organisation.names, organisation.original)) : organisation.slug;
  if (wanted.empty()) wanted = "organisation";
  auto free = wanted;
  for (int number = 2; tx.maybe<std::int64_t>("select id from organisation where slug = $1", free); ++number)
    free = wanted + "-" + std::to_string(number);
  return free;
}

void save_texts(db::Tx& tx, Organisation const& organisation) {
  for (auto const& [language, name] : organisation.names)
    if (!name.empty())
      tx.put("insert into organisation_text (organisation, language, name, short_name, about) values ($1, $2, $3, $4, $5)", organisation.id, language,
             name, in(organisation.short_names, language), in(organisation.about, language));
}

void save_aliases(db::Tx& tx, OrganisationId id, std::set<std::string> const& keys) {
  for (auto const& key : keys) tx.put("insert into organisation_alias (folded, organisation) values ($1, $2)", key, id);
}

void save_words(db::Tx& tx, Organisation const& organisation) {
  for (auto const& word : words_of(organisation))
    tx.put("insert into search_word (word, object, edition, day, id) values ($1, 'organisation', 0, '', $2)", word, organisation.id);
}

/// Names without the empty ones that stand for "none in this language".
std::map<std::string, std::string> filled(std::map<std::string, std::string> const& texts, std::map<std::string, std::string> const& names) {
  std::map<std::string, std::string> result;
  for (auto const& [language, text] : texts)
    if (!text.empty() && !in(names, language).empty()) result[language] = text;
  return result;
}

bool same_names(Organisation const& a, Organisation const& b) { return filled(a.names, a.names) == filled(b.names, b.names); }

bool same(Organisation const& a, Organisation const& b) {
  auto const texts_agree = [](auto const& left, auto const& right) {
    return same_names(left, right) && filled(left.short_names, left.names) == filled(right.short_names, right.names) &&
           filled(left.about, left.names) == filled(right.about, right.names);
  };
  return a.kind == b.kind && a.region == b.region && a.sample == b.sample && a.website == b.website && a.original == b.original && texts_agree(a, b);
}

Organisation stored_as(db::Tx& tx, OrganisationId id) {
  auto stored = Store(tx).find(id);
  if (!stored) throw Problem(Failure::not_found, message("There is no such organisation."));
  return std::move(*stored);
}

std::set<std::string> stored_keys(db::Tx& tx, OrganisationId id) {
  auto const list = tx.all<std::string>("select folded from organisation_alias where organisation = $1", id);
  return {list.begin(), list.end()};
}

/// Brings what is stored to what is given, found by these keys. False when nothing differed.
bool bring(db::Tx& tx, Organisation const& stored, Organisation const& organisation, std::set<std::string> const& keys) {
  bool const texts_differ = !same(stored, organisation);
  bool const keys_differ = stored_keys(tx, organisation.id) != keys;
  if (keys_differ) {
    tx.run("delete from organisation_alias where organisation = $1", organisation.id);
    save_aliases(tx, organisation.id, keys);
  }
  if (texts_differ) {
    tx.run("update organisation set kind = $2, region = $3, sample = $4, website = $5, original = $6 where id = $1", organisation.id,
           organisation.kind, organisation.region, organisation.sample, organisation.website, organisation.original);
    tx.run("delete from organisation_text where organisation = $1", organisation.id);
    save_texts(tx, organisation);
    tx.run("delete from search_word where object = 'organisation' and id = $1", organisation.id);
    save_words(tx, organisation);
  }
  // Its activities are found by its name too: a job writes their words again.
  if (!same_names(stored, organisation))
    tx.run(
        "insert into activity_unsearched (activity) select distinct activity from activity_organisation where organisation = $1 on conflict do nothing",
        organisation.id);
  return texts_differ || keys_differ;
}

}  // namespace

std::vector<Organisation> Store::all() {
  std::vector<Organisation> organisations;
  std::unordered_map<OrganisationId, std::size_t> index;
  read_.each<Head>("select id, slug, kind, region, sample, website, original from organisation order by slug", [&](Head&& head) {
    index[head.id] = organisations.size();
    organisations.push_back(from(std::move(head)));
  });
  read_.each<TextRow>("select organisation, language, name, short_name, about from organisation_text",
                      [&](TextRow&& row) { put_text(organisations[index.at(row.organisation)], std::move(row)); });
  return organisations;
}

std::optional<Organisation> Store::by_slug(std::string_view slug) {
  return with_texts(read_, read_.maybe<Head>("select id, slug, kind, region, sample, website, original from organisation where slug = $1", slug));
}

std::optional<Organisation> Store::find(OrganisationId id) {
  return with_texts(read_, read_.maybe<Head>("select id, slug, kind, region, sample, website, original from organisation where id = $1", id));
}

OrganisationId add(db::Tx& tx, IdMaker& ids, Organisation organisation, std::vector<std::string> const& aliases, Instant now) {
  check(organisation);
  organisation.id = ids.make<OrganisationTag>();
  organisation.slug = free_slug(tx, organisation);
  tx.run("insert into organisation (id, slug, kind, region, sample, website, original, created) values ($1, $2, $3, $4, $5, $6, $7, $8)",
         organisation.id, organisation.slug, organisation.kind, organisation.region, organisation.sample, organisation.website, organisation.original,
         now);
  save_texts(tx, organisation);
  save_aliases(tx, organisation.id, keys_of(organisation, aliases));
  save_words(tx, organisation);
  return organisation.id;
}

bool update(db::Tx& tx, Organisation const& organisation, std::vector<std::string> const& aliases) {
  check(organisation);
  return bring(tx, stored_as(tx, organisation.id), organisation, keys_of(organisation, aliases));
}

bool correct(db::Tx& tx, Organisation const& organisation) {
  auto const stored = stored_as(tx, organisation.id);
  auto corrected = stored;
  corrected.kind = organisation.kind;
  corrected.region = organisation.region;
  corrected.names = organisation.names;
  corrected.short_names = organisation.short_names;
  check(corrected);
  auto keys = stored_keys(tx, stored.id);
  keys.merge(keys_of(corrected, {}));
  return bring(tx, stored, corrected, keys);
}

void remove(db::Tx& tx, OrganisationId organisation) {
  tx.run("delete from organisation_text where organisation = $1", organisation);
  tx.run("delete from organisation_alias where organisation = $1", organisation);
  tx.run("delete from search_word where object = 'organisation' and id = $1", organisation);
  tx.run("delete from organisation where id = $1", organisation);
}

void describe(db::Tx& tx, OrganisationId organisation, std::string_view website, std::string_view about, std::string_view language) {
  tx.run("update organisation set website = $2 where id = $1", organisation, website);
  auto const changed = tx.run("update organisation_text set about = $3 where organisation = $1 and language = $2", organisation, language, about);
  if (changed == 0)
    tx.run("update organisation_text set about = $2 where organisation = $1 and language = (select original from organisation where id = $1)",
           organisation, about);
}

Matcher::Matcher(db::Reader& read) {
  struct Alias {
    std::string folded;
    OrganisationId organisation;
  };
  read.each<Alias>("select folded, organisation from organisation_alias order by folded, organisation",
                   [&](Alias&& alias) { aliases_[alias.folded].push_back(alias.organisation); });
  struct Name {
    OrganisationId id;
    std::string name;
  };
  read.each<Name>(R"(select o.id, t.name from organisation o join organisation_text t on t.organisation = o.id and t.language = o.original)",
                  [&](Name&& row) { names_[row.id] = std::move(row.name); });
}

}  // namespace birge::coalition
