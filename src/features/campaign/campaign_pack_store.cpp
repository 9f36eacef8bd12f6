// Brings a database to what a country pack says. Each step tells whether it changed a row, so that loading the same pack again changes nothing.

#include <set>

#include "features/campaign/campaign_guide.hpp"
#include "features/campaign/campaign_pack.hpp"
#include "platform/base/problem.hpp"

namespace birge::campaign {

namespace {

bool save_settings(db::Tx& tx, Pack const& pack) {
  std::int64_t changed = 0;
  for (auto const& [name, value] : pack.settings)
    changed += tx.run(R"(insert into setting (name, value) values ($1, $2)
                         on conflict (name) do update set value = excluded.value where setting.value <> excluded.value)",
                      name, value);
  return changed > 0;
}

bool save_sources(db::Tx& tx, Pack const& pack) {
  std::int64_t changed = 0;
  for (auto const& source : pack.sources)
    changed += tx.run(R"(
      insert into source (key, title, address, licence, dated, note) values ($1, $2, $3, $4, $5, $6)
      on conflict (key) do update set title = excluded.title, address = excluded.address, licence = excluded.licence, dated = excluded.dated,
                                      note = excluded.note
       where source.title <> excluded.title or source.address <> excluded.address or source.licence <> excluded.licence
          or source.dated <> excluded.dated or source.note <> excluded.note)",
                      source.key, source.title, source.address, source.licence, source.dated, source.note);
  return changed > 0;
}

bool save_code(db::Tx& tx, Code const& code) {
  std::int64_t changed = tx.run(R"(
    insert into code (list, code, position, icon, sensitive, broadcast, low_age, high_age) values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (list, code) do update set position = excluded.position, icon = excluded.icon, sensitive = excluded.sensitive,
                                           broadcast = excluded.broadcast, low_age = excluded.low_age, high_age = excluded.high_age
     where code.position <> excluded.position or code.icon <> excluded.icon or code.sensitive <> excluded.sensitive
        or code.broadcast <> excluded.broadcast or coalesce(code.low_age, -1) <> coalesce(excluded.low_age, -1)
        or coalesce(code.high_age, -1) <> coalesce(excluded.high_age, -1))",
                                code.list, code.code, code.position, code.icon, code.sensitive, code.broadcast, code.low_age, code.high_age);
  for (auto const& [language, name] : code.names)
    changed += tx.run(R"(insert into code_text (list, code, language, name) values ($1, $2, $3, $4)
                         on conflict (list, code, language) do update set name = excluded.name where code_text.name <> excluded.name)",
                      code.list, code.code, language, name);
  return changed > 0;
}

/// A code that a newer pack no longer has stays, because activities may carry it, but it is found by no spelling any more.
bool save_codes(db::Tx& tx, Pack const& pack) {
  bool changed = false;
  std::map<std::pair<std::string, std::string>, std::string> wanted;
  for (auto const& read : pack.codes) {
    changed |= save_code(tx, read.code);
    for (auto const& alias : read.aliases) wanted[{read.code.list, alias}] = read.code.code;
  }
  struct Row {
    std::string list, folded, code;
  };
  for (auto const& row : tx.all<Row>("select list, folded, code from code_alias")) {
    auto const found = wanted.find({row.list, row.folded});
    if (found != wanted.end() && found->second == row.code) {
      wanted.erase(found);
      continue;
    }
    tx.put("delete from code_alias where list = $1 and folded = $2", row.list, row.folded);
    changed = true;
  }
  for (auto const& [key, code] : wanted) tx.put("insert into code_alias (list, folded, code) values ($1, $2, $3)", key.first, key.second, code);
  return changed || !wanted.empty();
}

/// A number that a newer pack no longer has is a number nobody should call: it goes, with the record of its checks.
bool remove_contacts(db::Tx& tx, Pack const& pack) {
  bool changed = false;
  std::set<std::string> wanted;
  for (auto const& contact : pack.contacts) wanted.insert(contact.code);
  for (auto const& code : tx.all<std::string>("select code from contact")) {
    if (wanted.contains(code)) continue;
    tx.run("delete from contact_check where contact = $1", code);
    tx.run("delete from contact_text where contact = $1", code);
    tx.run("delete from contact where code = $1", code);
    changed = true;
  }
  return changed;
}

bool save_contacts(db::Tx& tx, Pack const& pack) {
  std::int64_t changed = 0;
  int position = 0;
  for (auto const& contact : pack.contacts) {
    changed += tx.run(R"(
      insert into contact (code, number, purpose, position, source, source_day, confidence) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (code) do update set number = excluded.number, purpose = excluded.purpose, position = excluded.position,
                                       source = excluded.source, source_day = excluded.source_day, confidence = excluded.confidence
       where contact.number <> excluded.number or contact.purpose <> excluded.purpose or contact.position <> excluded.position
          or contact.source <> excluded.source or contact.source_day <> excluded.source_day or contact.confidence <> excluded.confidence)",
                      contact.code, contact.number, contact.purpose, ++position, contact.source, contact.source_day, contact.confidence);
    for (auto const& [language, text] : contact.texts)
      changed += tx.run(R"(insert into contact_text (contact, language, name, note) values ($1, $2, $3, $4)
                           on conflict (contact, language) do update set name = excluded.name, note = excluded.note
                            where contact_text.name <> excluded.name or contact_text.note <> excluded.note)",
                        contact.code, language, text.first, text.second);
  }
  return remove_contacts(tx, pack) || changed > 0;
}

std::optional<place::PlaceId> place_of(db::Tx& tx, std::string const& code) {
  if (code.empty()) return {};
  auto const place = tx.maybe<place::PlaceId>("select id from place where code = $1 or pcode = $1", code);
  if (!place) throw Problem(Failure::unprocessable, message("organisations.csv names the place “{}”, which the pack does not have.", code));
  return place;
}

bool save_organisations(db::Tx& tx, IdMaker& ids, Pack const& pack, Instant now) {
  bool changed = false;
  for (auto const& read : pack.organisations) {
    auto organisation = read.organisation;
    organisation.region = place_of(tx, read.region);
    auto const stored = coalition::Store(tx).by_slug(organisation.slug);
    if (!stored) {
      coalition::add(tx, ids, std::move(organisation), read.aliases, now);
      changed = true;
      continue;
    }
    organisation.id = stored->id;
    organisation.about = stored->about;
    changed |= coalition::update(tx, organisation, read.aliases);
  }
  return changed;
}

std::int64_t save_dates(db::Tx& tx, EditionId id, PackDates const& dates) {
  return tx.run(R"(
    insert into edition_dates (edition, version, preparation_from, campaign_from, campaign_until, closing_until, conference_day, reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (edition, version) do update set preparation_from = excluded.preparation_from, campaign_from = excluded.campaign_from,
        campaign_until = excluded.campaign_until, closing_until = excluded.closing_until, conference_day = excluded.conference_day,
        reason = excluded.reason
     where edition_dates.preparation_from <> excluded.preparation_from or edition_dates.campaign_from <> excluded.campaign_from
        or edition_dates.campaign_until <> excluded.campaign_until or edition_dates.closing_until <> excluded.closing_until
        or coalesce(edition_dates.conference_day, '') <> coalesce(excluded.conference_day, '') or edition_dates.reason <> excluded.reason)",
                id, dates.version, dates.preparation_from, dates.campaign_from, dates.campaign_until, dates.closing_until, dates.conference_day,
                dates.reason);
}

std::int64_t save_edition_texts(db::Tx& tx, EditionId id, PackEdition const& edition) {
  auto const in = [](std::map<std::string, std::string> const& texts, std::string const& language) {
    auto const found = texts.find(language);
    return found == texts.end() ? std::string() : found->second;
  };
  std::int64_t changed = 0;
  for (auto const& [language, name] : edition.names)
    changed += tx.run(R"(insert into edition_text (edition, language, name, slogan, about) values ($1, $2, $3, $4, $5)
                         on conflict (edition, language) do update set name = excluded.name, slogan = excluded.slogan, about = excluded.about
                          where edition_text.name <> excluded.name or edition_text.slogan <> excluded.slogan
                             or edition_text.about <> excluded.about)",
                      id, language, name, in(edition.slogans, language), in(edition.abouts, language));
  return changed;
}

bool save_participants(db::Tx& tx, EditionId id, PackEdition const& edition) {
  std::vector<std::tuple<std::int64_t, std::string, std::int64_t>> wanted, stored;
  std::int64_t position = 0;
  for (auto const& participant : edition.participants)
    wanted.emplace_back(tx.one<std::int64_t>("select id from organisation where slug = $1", participant.organisation), participant.role, ++position);
  struct Row {
    std::int64_t organisation;
    std::string role;
    std::int64_t position;
  };
  tx.each<Row>(
      "select organisation, role, position from edition_organisation where edition = $1 order by position",
      [&](Row&& row) { stored.emplace_back(row.organisation, row.role, row.position); }, id);
  if (stored == wanted) return false;
  tx.run("delete from edition_organisation where edition = $1", id);
  for (auto const& [organisation, role, place] : wanted)
    tx.put("insert into edition_organisation (edition, organisation, role, position) values ($1, $2, $3, $4)", id, organisation, role, place);
  return true;
}

bool save_figures(db::Tx& tx, EditionId id, PackEdition const& edition) {
  std::int64_t changed = 0;
  std::set<std::string> wanted;
  for (auto const& figure : edition.figures) {
    wanted.insert(figure.measure);
    changed += tx.run(R"(
      insert into stated_figure (edition, measure, low, high, source) values ($1, $2, $3, $4, $5)
      on conflict (edition, measure) do update set low = excluded.low, high = excluded.high, source = excluded.source
       where stated_figure.low <> excluded.low or coalesce(stated_figure.high, -1) <> coalesce(excluded.high, -1)
          or stated_figure.source <> excluded.source)",
                      id, figure.measure, figure.low, figure.high, figure.source);
  }
  for (auto const& measure : tx.all<std::string>("select measure from stated_figure where edition = $1", id))
    if (!wanted.contains(measure)) changed += tx.run("delete from stated_figure where edition = $1 and measure = $2", id, measure);
  return changed > 0;
}

bool save_edition(db::Tx& tx, IdMaker& ids, PackEdition const& edition) {
  std::int64_t changed = tx.run(R"(
    insert into edition (id, slug, year, sample, due_days, count_limit, audience_limit) values ($1, $2, $3, 0, $4, $5, $6)
    on conflict (slug) do update set year = excluded.year, due_days = excluded.due_days, count_limit = excluded.count_limit,
                                     audience_limit = excluded.audience_limit
     where edition.year <> excluded.year or edition.due_days <> excluded.due_days or edition.count_limit <> excluded.count_limit
        or edition.audience_limit <> excluded.audience_limit)",
                                ids.next(), edition.slug, edition.year, edition.due_days, edition.count_limit, edition.audience_limit);
  auto const id = tx.one<EditionId>("select id from edition where slug = $1", edition.slug);
  for (auto const& dates : edition.dates) changed += save_dates(tx, id, dates);
  changed += save_edition_texts(tx, id, edition);
  bool const others = save_participants(tx, id, edition);
  return save_figures(tx, id, edition) || others || changed > 0;
}

}  // namespace

bool load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& files, Instant now) {
  auto const pack = read_pack(files);
  bool changed = save_settings(tx, pack);
  changed |= save_sources(tx, pack);
  changed |= save_codes(tx, pack);
  changed |= save_contacts(tx, pack);
  changed |= save_guide(tx, read_guide(files, pack.languages));
  changed |= save_organisations(tx, ids, pack, now);
  for (auto const& edition : pack.editions) changed |= save_edition(tx, ids, edition);
  if (changed) touch_facts(tx);
  return changed;
}

}  // namespace birge::campaign
