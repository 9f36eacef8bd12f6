#include "features/campaign/campaign_editing.hpp"

#include <algorithm>
#include <map>

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::campaign {

namespace {

/// Counts the edition's version on, from the one the person saw.
int next_version(db::Tx& tx, EditionId edition, int version) {
  auto const overtaken = Problem(Failure::conflict, message("Somebody else changed this edition meanwhile."));
  if (version == 0) {
    if (tx.run("insert into edition_work (edition, version, draft, copied_from) values ($1, 1, 0, null) on conflict (edition) do nothing", edition) !=
        1)
      throw overtaken;
    return 1;
  }
  if (tx.run("update edition_work set version = version + 1 where edition = $1 and version = $2", edition, version) != 1) throw overtaken;
  return version + 1;
}

void put_dates(db::Tx& tx, EditionId edition, int version, Dates const& dates) {
  tx.run(
      "insert into edition_dates (edition, version, preparation_from, campaign_from, campaign_until, closing_until, conference_day, reason)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (edition, version) do update set preparation_from = excluded.preparation_from,"
      " campaign_from = excluded.campaign_from, campaign_until = excluded.campaign_until, closing_until = excluded.closing_until,"
      " conference_day = excluded.conference_day, reason = excluded.reason",
      edition, version, dates.preparation_from, dates.campaign_from, dates.campaign_until, dates.closing_until, dates.conference_day, dates.reason);
}

void put_texts(db::Tx& tx, EditionId edition, std::map<std::string, std::string> const& names, std::map<std::string, std::string> const& slogans,
               std::map<std::string, std::string> const& abouts) {
  auto const in = [](std::map<std::string, std::string> const& texts, std::string const& language) {
    auto const found = texts.find(language);
    return found == texts.end() ? std::string() : found->second;
  };
  tx.run("delete from edition_text where edition = $1", edition);
  for (auto const& [language, name] : names)
    if (!name.empty())
      tx.run("insert into edition_text (edition, language, name, slogan, about) values ($1, $2, $3, $4, $5)", edition, language, name,
             in(slogans, language), in(abouts, language));
}

std::string free_slug(db::Tx& tx, int year) {
  for (int number = 1;; ++number) {
    auto slug = std::to_string(year) + (number == 1 ? "" : "-" + std::to_string(number));
    if (!tx.maybe<EditionId>("select id from edition where slug = $1", slug)) return slug;
  }
}

}  // namespace

std::optional<Instant> closed(db::Reader& read, EditionId edition) {
  using Closings = std::map<EditionId, Instant>;
  static db::Kept<Closings> kept(place::facts_version);
  auto const closings = kept.get(read, [](db::Reader& from, std::string const&) {
    struct Row {
      EditionId edition;
      Instant at;
    };
    auto found = std::make_shared<Closings>();
    from.each<Row>("select edition, at from edition_closing where reopened is null", [&](Row&& row) { found->emplace(row.edition, row.at); });
    return found;
  });
  auto const found = closings->find(edition);
  return found == closings->end() ? std::nullopt : std::optional(found->second);
}

Message closed_message() {
  return message(
      "The edition is closed: its figures stand still. No activity and no new result can be entered; a result that was reported can "
      "still be corrected.");
}

EditionWork Editing::work(EditionId edition) {
  struct Row {
    int version;
    bool draft;
    std::optional<EditionId> copied_from;
  };
  EditionWork work;
  if (auto const row = read_.maybe<Row>("select version, draft, copied_from from edition_work where edition = $1", edition)) {
    work.version = row->version;
    work.draft = row->draft;
    work.copied_from = row->copied_from;
  }
  work.documented = read_.maybe<int>("select 1 from stated_figure where edition = $1 limit 1", edition).has_value() ||
                    read_.maybe<int>("select 1 from activity where edition = $1 and source is not null limit 1", edition).has_value();
  return work;
}

std::vector<Dates> Editing::dates(EditionId edition) {
  return read_.all<Dates>(
      "select version, preparation_from, campaign_from, campaign_until, closing_until, conference_day, reason from edition_dates where edition = $1"
      " order by version",
      edition);
}

std::vector<Target> Editing::targets(EditionId edition) {
  return read_.all<Target>("select region, kind, activities, attendances from edition_target where edition = $1 order by region, kind", edition);
}

std::vector<Recommendation> Editing::recommendations(EditionId edition) {
  struct Row {
    std::int64_t id;
    int number, version;
    std::optional<coalition::OrganisationId> organisation;
    std::optional<Day> due;
    std::string state, note;
    std::optional<std::string> source;
  };
  std::vector<Recommendation> list;
  read_.each<Row>(
      "select id, number, version, organisation, due, state, note, source from recommendation where edition = $1 order by number",
      [&](Row&& row) {
        list.push_back(
            {row.id, row.number, row.version, row.organisation, row.due, std::move(row.state), std::move(row.note), row.source.value_or(""), {}});
      },
      edition);
  struct Text {
    std::int64_t recommendation;
    std::string language, text;
  };
  read_.each<Text>(
      "select t.recommendation, t.language, t.text from recommendation_text t join recommendation r on r.id = t.recommendation where r.edition = $1",
      [&](Text&& row) {
        auto const found = std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.id == row.recommendation; });
        if (found != list.end()) found->texts[row.language] = std::move(row.text);
      },
      edition);
  return list;
}

std::optional<EditionId> Editing::edition_before(Edition const& edition) {
  return read_.maybe<EditionId>(
      "select e.id from edition e join edition_dates d on d.edition = e.id where d.version = (select max(version) from edition_dates where edition = e.id)"
      " and d.campaign_from < $1 and e.sample = $2 and exists (select 1 from recommendation r where r.edition = e.id)"
      " order by d.campaign_from desc, e.id desc limit 1",
      edition.campaign_from, edition.sample);
}

std::vector<std::pair<std::string, std::string>> Editing::sources(EditionId edition) {
  struct Row {
    std::string key, title;
  };
  std::vector<std::pair<std::string, std::string>> list;
  read_.each<Row>(
      "select s.key, s.title from source s where s.key in (select source from stated_figure where edition = $1) or s.key in"
      " (select source from activity where edition = $1 and source is not null) order by s.title, s.key",
      [&](Row&& row) { list.emplace_back(std::move(row.key), std::move(row.title)); }, edition);
  return list;
}

EditionId add_edition(db::Tx& tx, IdMaker& ids, Edition const& edition, std::optional<EditionId> copied_from) {
  auto const id = ids.make<EditionTag>();
  tx.run("insert into edition (id, slug, year, sample, due_days, count_limit, audience_limit) values ($1, $2, $3, $4, $5, $6, $7)", id,
         free_slug(tx, edition.year), edition.year, edition.sample, edition.due_days, edition.count_limit, edition.audience_limit);
  put_dates(tx, id, 1,
            {1, edition.preparation_from, edition.campaign_from, edition.campaign_until, edition.closing_until, edition.conference_day, ""});
  put_texts(tx, id, edition.names, edition.slogans, edition.abouts);
  tx.run("insert into edition_work (edition, version, draft, copied_from) values ($1, 1, 1, $2)", id, copied_from);
  if (copied_from) {
    tx.run(
        "insert into edition_organisation (edition, organisation, role, position) select $1, organisation, role, position from edition_organisation"
        " where edition = $2",
        id, *copied_from);
    tx.run(
        "insert into edition_target (edition, region, kind, activities, attendances) select $1, region, kind, activities, attendances"
        " from edition_target where edition = $2",
        id, *copied_from);
  }
  touch_facts(tx);
  return id;
}

int save_texts(db::Tx& tx, EditionId edition, int version, EditionTexts const& texts) {
  version = next_version(tx, edition, version);
  put_texts(tx, edition, texts.names, texts.slogans, texts.abouts);
  tx.run("update edition set due_days = $2 where id = $1", edition, texts.due_days);
  touch_facts(tx);
  return version;
}

int save_dates(db::Tx& tx, EditionId edition, int version, Dates const& dates) {
  version = next_version(tx, edition, version);
  auto const latest = tx.one<int>("select max(version) from edition_dates where edition = $1", edition);
  bool const draft = tx.one<bool>("select draft from edition_work where edition = $1", edition);
  put_dates(tx, edition, draft ? latest : latest + 1, dates);
  touch_facts(tx);
  return version;
}

int save_participants(db::Tx& tx, EditionId edition, int version, std::vector<Participant> const& participants) {
  version = next_version(tx, edition, version);
  tx.run("delete from edition_organisation where edition = $1", edition);
  int position = 0;
  for (auto const& participant : participants)
    tx.run("insert into edition_organisation (edition, organisation, role, position) values ($1, $2, $3, $4) on conflict do nothing", edition,
           participant.organisation, participant.role, ++position);
  touch_facts(tx);
  return version;
}

int save_targets(db::Tx& tx, EditionId edition, int version, place::PlaceId region, std::vector<Target> const& targets) {
  version = next_version(tx, edition, version);
  tx.run("delete from edition_target where edition = $1 and region = $2", edition, region);
  for (auto const& target : targets)
    if (target.activities || target.attendances)
      tx.run("insert into edition_target (edition, region, kind, activities, attendances) values ($1, $2, $3, $4, $5)", edition, region, target.kind,
             target.activities, target.attendances);
  touch_facts(tx);
  return version;
}

int announce(db::Tx& tx, EditionId edition, int version) {
  version = next_version(tx, edition, version);
  tx.run("update edition_work set draft = 0 where edition = $1", edition);
  touch_facts(tx);
  return version;
}

void save_recommendation(db::Tx& tx, IdMaker& ids, EditionId edition, Recommendation const& given) {
  auto const source = given.source.empty() ? std::nullopt : std::optional(given.source);
  auto id = given.id;
  if (id == 0) {
    id = ids.next();
    tx.run(
        "insert into recommendation (id, edition, number, version, organisation, due, state, note, source) values ($1, $2,"
        " (select coalesce(max(number), 0) + 1 from recommendation where edition = $2), 1, $3, $4, $5, $6, $7)",
        id, edition, given.organisation, given.due, given.state, given.note, source);
  } else if (tx.run("update recommendation set version = version + 1, organisation = $4, due = $5, state = $6, note = $7, source = $8"
                    " where id = $1 and edition = $2 and version = $3",
                    id, edition, given.version, given.organisation, given.due, given.state, given.note, source) != 1) {
    throw Problem(Failure::conflict, message("Somebody else changed this recommendation meanwhile."));
  }
  tx.run("delete from recommendation_text where recommendation = $1", id);
  for (auto const& [language, text] : given.texts)
    if (!text.empty()) tx.run("insert into recommendation_text (recommendation, language, text) values ($1, $2, $3)", id, language, text);
}

}  // namespace birge::campaign
