#include <algorithm>

#include "features/campaign/campaign.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::campaign {

namespace {

struct EditionRow {
  EditionId id;
  std::string slug;
  int year;
  bool sample;
  int due_days;
  std::int64_t count_limit, audience_limit;
  int version;
  Day preparation_from, campaign_from, campaign_until, closing_until;
  std::optional<Day> conference_day;
};

Edition from(EditionRow&& row) {
  Edition edition;
  edition.id = row.id;
  edition.slug = std::move(row.slug);
  edition.year = row.year;
  edition.sample = row.sample;
  edition.due_days = row.due_days;
  edition.count_limit = row.count_limit;
  edition.audience_limit = row.audience_limit;
  edition.dates_version = row.version;
  edition.preparation_from = row.preparation_from;
  edition.campaign_from = row.campaign_from;
  edition.campaign_until = row.campaign_until;
  edition.closing_until = row.closing_until;
  edition.conference_day = row.conference_day;
  return edition;
}

std::vector<Edition> load_editions(db::Reader& read, bool drafts) {
  std::vector<Edition> editions;
  std::unordered_map<EditionId, std::size_t> index;
  read.each<EditionRow>(R"(
    select e.id, e.slug, e.year, e.sample, e.due_days, e.count_limit, e.audience_limit, d.version, d.preparation_from, d.campaign_from,
           d.campaign_until, d.closing_until, d.conference_day
      from edition e join edition_dates d on d.edition = e.id left join edition_work w on w.edition = e.id
     where coalesce(w.draft, 0) <= $1 and d.version = (select max(version) from edition_dates where edition = e.id)
     order by d.campaign_from desc, e.id desc)",
                        [&](EditionRow&& row) {
                          index[row.id] = editions.size();
                          editions.push_back(from(std::move(row)));
                        },
                        drafts ? 1 : 0);
  struct Text {
    EditionId edition;
    std::string language, name, slogan, about;
  };
  read.each<Text>("select edition, language, name, slogan, about from edition_text", [&](Text&& row) {
    auto const found = index.find(row.edition);
    if (found == index.end()) return;
    auto& edition = editions[found->second];
    if (!row.slogan.empty()) edition.slogans[row.language] = std::move(row.slogan);
    if (!row.about.empty()) edition.abouts[row.language] = std::move(row.about);
    edition.names[row.language] = std::move(row.name);
  });
  return editions;
}

}  // namespace

std::vector<Edition> Store::editions() { return load_editions(read_, false); }
std::vector<Edition> all_editions(db::Reader& read) { return load_editions(read, true); }

std::vector<Participant> Store::participants(EditionId edition) {
  return read_.all<Participant>(R"(
    select organisation, role from edition_organisation where edition = $1
     order by case role when 'lead' then 0 when 'partner' then 1 else 2 end, position, organisation)",
                                edition);
}

std::vector<StatedFigure> Store::stated_figures(EditionId edition) {
  return read_.all<StatedFigure>(R"(
    select f.measure, f.low, f.high, s.title, s.address, s.dated from stated_figure f join source s on s.key = f.source
     where f.edition = $1 order by f.measure)",
                                 edition);
}

std::vector<Contact> Store::contacts() {
  struct Row {
    std::string code, number, purpose, source, source_day, confidence;
  };
  std::vector<Contact> contacts;
  std::unordered_map<std::string, std::size_t> index;
  read_.each<Row>("select code, number, purpose, source, source_day, confidence from contact order by position, code", [&](Row&& row) {
    index[row.code] = contacts.size();
    Contact contact;
    contact.code = std::move(row.code);
    contact.number = std::move(row.number);
    contact.purpose = std::move(row.purpose);
    contact.source = std::move(row.source);
    contact.source_day = std::move(row.source_day);
    contact.confidence = std::move(row.confidence);
    contacts.push_back(std::move(contact));
  });
  struct Text {
    std::string contact, language, name, note;
  };
  read_.each<Text>("select contact, language, name, note from contact_text", [&](Text&& row) {
    contacts[index.at(row.contact)].texts[row.language] = {std::move(row.name), std::move(row.note)};
  });
  struct Check {
    std::string contact;
    Day day;
    std::string by_whom, how;
    bool works;
  };
  // In the order they were made, so that the last one of each kind stays.
  read_.each<Check>("select contact, day, by_whom, how, works from contact_check order by day, id", [&](Check&& check) {
    auto& contact = contacts[index.at(check.contact)];
    contact.found_dead = !check.works;
    if (!check.works) return;
    contact.checked = check.day;
    contact.checked_by = std::move(check.by_whom);
    contact.checked_how = std::move(check.how);
  });
  return contacts;
}

std::vector<std::pair<Day, Day>> Store::holidays() {
  struct Row {
    Day from, until;
  };
  std::vector<std::pair<Day, Day>> days;
  read_.each<Row>("select day_from, day_until from national_day where kind = 'holiday' order by day_from, code",
                  [&](Row&& row) { days.emplace_back(row.from, row.until); });
  return days;
}

std::vector<Store::NationalDay> Store::national_days(Day from, Day until, std::string_view language) {
  return read_.all<NationalDay>(
      "select d.day_from, d.day_until, d.kind, coalesce(t.name, d.code) from national_day d"
      " left join national_day_text t on t.code = d.code and t.language = $3 where d.day_from <= $2 and d.day_until >= $1 order by d.day_from, d.code",
      from, until, language);
}

std::string Store::setting(std::string_view name) { return read_.maybe<std::string>("select value from setting where name = $1", name).value_or(""); }

std::string Store::time_zone() {
  auto zone = setting("time_zone");
  return zone.empty() ? "Etc/UTC" : zone;
}

Codes Codes::load(db::Reader& read) {
  struct Row {
    std::string list, code, icon;
    int position;
    bool sensitive, broadcast;
    std::optional<int> low_age, high_age;
  };
  Codes codes;
  read.each<Row>(
      "select list, code, icon, position, sensitive, broadcast, low_age, high_age from code order by list, position, code", [&](Row&& row) {
        Code code{row.list, std::move(row.code), std::move(row.icon), row.position, row.sensitive, row.broadcast, row.low_age, row.high_age, {}};
        codes.lists_[row.list].push_back(std::move(code));
      });
  struct Text {
    std::string list, code, language, name;
  };
  read.each<Text>("select list, code, language, name from code_text", [&](Text&& row) {
    auto& list = codes.lists_[row.list];
    auto const found = std::find_if(list.begin(), list.end(), [&](Code const& code) { return code.code == row.code; });
    if (found != list.end()) found->names[row.language] = std::move(row.name);
  });
  struct Alias {
    std::string list, folded, code;
  };
  read.each<Alias>("select list, folded, code from code_alias",
                   [&](Alias&& row) { codes.aliases_[row.list].emplace(std::move(row.folded), std::move(row.code)); });
  return codes;
}

void record_check(db::Tx& tx, IdMaker& ids, std::string_view contact, Day day, std::string_view by_whom, std::string_view how, bool works,
                  std::string_view note, Day today) {
  if (!tx.maybe<std::string>("select code from contact where code = $1", contact))
    throw Problem(Failure::not_found, message("There is no contact “{}”.", contact));
  if (day > today) throw Problem(Failure::unprocessable, message("A number cannot have been checked on {}, a day still to come.", day));
  auto const who = clean_line(by_whom);
  auto const in_which_way = clean_line(how);
  if (who.empty()) throw Problem(Failure::unprocessable, message("Say which office or role checked the number."));
  if (in_which_way.empty()) throw Problem(Failure::unprocessable, message("Say how the number was checked: called, official page."));
  tx.run("insert into contact_check (id, contact, day, by_whom, how, works, note) values ($1, $2, $3, $4, $5, $6, $7)", ids.next(), contact, day, who,
         in_which_way, works, clean_text(note));
  touch_facts(tx);
}

void touch_facts(db::Tx& tx) { place::facts_version.touch(tx); }

}  // namespace birge::campaign
