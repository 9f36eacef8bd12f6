#include <stdexcept>

#include "features/account/account_secrets.hpp"
#include "features/account/session.hpp"
#include "features/notice/notice_letter.hpp"

namespace birge::notice {

namespace {

constexpr std::string_view purpose = "stop letters";
constexpr char those_at_once = 0;  ///< stands for the settings of those who want letters at once

struct SettingRow {
  PersonId person;
  std::optional<std::string> waits, mine, talk;
};

struct ReaderRow {
  PersonId person;
  std::string email, language;
  std::optional<std::string> waits, mine, talk;
};

Rhythm rhythm(std::optional<std::string> const& text) { return text ? rhythm_of(*text).value_or(Rhythm::daily) : Rhythm::daily; }

Reader from(ReaderRow&& row) {
  return {
      row.person, std::move(row.email), language_of(row.language).value_or(Language::ky), {rhythm(row.waits), rhythm(row.mine), rhythm(row.talk)}};
}

}  // namespace

std::string letter_payload(PersonId person, Rhythm rhythm) { return id_text(person) + " " + std::string(code(rhythm)); }

std::optional<std::pair<PersonId, Rhythm>> letter_of(std::string_view payload) {
  auto const space = payload.find(' ');
  auto const person = parse_id_as<account::PersonTag>(payload.substr(0, space));
  auto const rhythm = space == std::string_view::npos ? std::nullopt : rhythm_of(payload.substr(space + 1));
  if (!person || !rhythm) return {};
  return std::pair(*person, *rhythm);
}

Rhythm Setting::of(Part part) const {
  switch (part) {
    case Part::waits: return waits;
    case Part::mine: return mine;
    case Part::talk: return talk;
  }
  return Rhythm::none;
}

Setting setting(db::Reader& read, PersonId person) {
  struct Row {
    std::optional<std::string> waits, mine, talk;
  };
  auto const row = read.maybe<Row>("select waits, mine, talk from notice_setting where person = $1", person).value_or(Row{});
  return {rhythm(row.waits), rhythm(row.mine), rhythm(row.talk)};
}

void save_setting(db::Tx& tx, PersonId person, Setting const& setting, Instant now) {
  tx.run(
      "insert into notice_setting (person, waits, mine, talk, changed) values ($1, $2, $3, $4, $5) on conflict (person) do update set"
      " waits = excluded.waits, mine = excluded.mine, talk = excluded.talk, changed = excluded.changed",
      person, code(setting.waits), code(setting.mine), code(setting.talk), now);
  tx.forget(&those_at_once);
}

void forget_setting(db::Tx& tx, PersonId person) {
  tx.run("delete from notice_setting where person = $1", person);
  tx.forget(&those_at_once);
}

std::vector<PersonId> wanting_at_once(db::Tx& tx, Part part, std::vector<PersonId> const& people) {
  auto const ask = [&] {
    auto settings = std::make_shared<std::map<PersonId, Setting>>();
    tx.each<SettingRow>("select person, waits, mine, talk from notice_setting where 'now' in (waits, mine, talk)", [&](SettingRow&& row) {
      settings->emplace(row.person, Setting{rhythm(row.waits), rhythm(row.mine), rhythm(row.talk)});
    });
    return settings;
  };
  auto const settings = tx.lasting<std::map<PersonId, Setting>>(&those_at_once, ask);
  std::vector<PersonId> wanting;
  for (auto const person : people)
    if (auto const found = settings->find(person); found != settings->end() && found->second.of(part) == Rhythm::now) wanting.push_back(person);
  return wanting;
}

std::vector<Reader> readers(db::Reader& read) {
  std::vector<Reader> list;
  read.each<ReaderRow>(
      "select a.id, min(l.login), a.language, s.waits, s.mine, s.talk from account a join account_login l on l.account = a.id and l.kind = 'email'"
      " left join notice_setting s on s.person = a.id where a.state = 'active' group by a.id, a.language, s.waits, s.mine, s.talk order by a.id",
      [&](ReaderRow&& row) { list.push_back(from(std::move(row))); });
  return list;
}

std::optional<Reader> reader(db::Reader& read, PersonId person) {
  auto row = read.maybe<ReaderRow>(
      "select a.id, l.login, a.language, s.waits, s.mine, s.talk from account a join account_login l on l.account = a.id and l.kind = 'email'"
      " left join notice_setting s on s.person = a.id where a.id = $1 and a.state = 'active' order by l.login limit 1",
      person);
  return row ? std::optional(from(std::move(*row))) : std::nullopt;
}

std::vector<Notice> unsent(db::Reader& read, Reader const& reader, Rhythm rhythm, int limit) {
  db::Sql sql(
      "select id, at, event, part, actor, activity, subject, detail, count, seen from notice where person = ? and seen is null and mailed is null"
      " and event <> 'missing' and part in (''",
      reader.person);  // of missing results reminders of their own tell
  for (auto const part : parts)
    if (reader.setting.of(part) == rhythm) sql.add(", ?", code(part));
  return read.all<Notice>(sql.add(") order by id limit ?", limit));
}

void mark_sent(db::Tx& tx, std::vector<Notice> const& notices, Instant now) {
  for (auto const& notice : notices)
    if (tx.run("update notice set mailed = $2 where id = $1 and mailed is null", notice.id, now) != 1)
      throw std::runtime_error("a notice is in another letter already");
}

bool begin_period(db::Tx& tx, PersonId person, Rhythm rhythm, Day period, Day farthest) {
  return tx.run(
             "insert into notice_digest (person, rhythm, period) values ($1, $2, $3) on conflict (person, rhythm) do update set"
             " period = excluded.period where notice_digest.period < excluded.period or notice_digest.period > $4",
             person, code(rhythm), period, farthest) == 1;
}

std::string stop_address(Services const& services, db::Reader& read, Language language, PersonId person) {
  auto const id = id_text(person);
  auto const path = Say::in(language).path("/stop-letters/{}", id + "." + account::signed_by_us(read, purpose, id));
  return services.config.text("public_address") + std::string(path.text());
}

std::optional<PersonId> stops_whom(db::Reader& read, std::string_view token) {
  auto const dot = token.find('.');
  if (dot == std::string_view::npos) return {};
  auto const person = parse_id_as<account::PersonTag>(token.substr(0, dot));
  if (!person || !account::same_secret(token.substr(dot + 1), account::signed_by_us(read, purpose, id_text(*person)))) return {};
  return person;
}

std::vector<std::pair<std::string, std::string>> stop_headers(std::string_view address) {
  return {{"List-Unsubscribe", "<" + std::string(address) + ">"}, {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}};
}

void save_calendar(db::Tx& tx, PersonId person, std::string_view token_hash, Instant now) {
  tx.run(
      "insert into calendar_secret (person, token, created) values ($1, $2, $3) on conflict (person) do update set token = excluded.token,"
      " created = excluded.created",
      person, token_hash, now);
}

void end_calendar(db::Tx& tx, PersonId person) { tx.run("delete from calendar_secret where person = $1", person); }

std::optional<Instant> calendar_since(db::Reader& read, PersonId person) {
  return read.maybe<Instant>("select created from calendar_secret where person = $1", person);
}

std::optional<PersonId> calendar_of(db::Reader& read, std::string_view token_hash) {
  return read.maybe<PersonId>("select c.person from calendar_secret c join account a on a.id = c.person where c.token = $1 and a.state = 'active'",
                              token_hash);
}

}  // namespace birge::notice
