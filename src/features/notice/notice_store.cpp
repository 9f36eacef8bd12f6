#include <algorithm>
#include <chrono>

#include "features/notice/notice.hpp"
#include "features/notice/notice_letter.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::notice {

namespace {

constexpr auto kept = std::chrono::days(180);

}  // namespace

void tell(db::Tx& tx, IdMaker& ids, News const& news, std::vector<PersonId> const& people, Instant now) {
  std::vector<PersonId> to;
  for (auto const person : people)
    if (person && person != news.actor && person != news.acting_for && std::ranges::find(to, person) == to.end() && to.size() < told_at_most)
      to.push_back(person);
  if (to.empty()) return;
  auto const part = part_of(news.event);
  for (auto const person : to)
    tx.put(
        "insert into notice (id, person, at, event, part, actor, activity, version, subject, detail, count) select $1, a.id, $3, $4, $5, $6, $7, $8,"
        " $9, $10, 1 from account a where a.id = $2 and a.state = 'active' on conflict (person, event, actor, at, subject)"
        " do update set count = notice.count + 1",
        ids.next(), person, now, code(news.event), code(part), news.actor, news.activity, news.version, news.subject, news.detail);
  for (auto const person : wanting_at_once(tx, part, to)) jobs::enqueue_once(tx, ids, letter_kind, letter_payload(person, Rhythm::now), now, now);
}

void settle(db::Tx& tx, std::int64_t activity) {
  tx.put("delete from notice where activity = $1 and seen is null and part = 'waits' and count = 1", activity);
}

void forget_step(db::Tx& tx, std::int64_t activity, int version) {
  tx.put("delete from notice where activity = $1 and seen is null and version = $2 and count = 1", activity, version);
}

void forget_remark(db::Tx& tx, std::int64_t remark) { tx.run("delete from notice where subject = $1 and part = 'talk'", remark); }

void forget_person(db::Tx& tx, PersonId person) {
  tx.run("delete from notice where person = $1", person);
  forget_setting(tx, person);
  tx.run("delete from notice_digest where person = $1", person);
  tx.run("delete from calendar_secret where person = $1", person);
}

std::int64_t forget_old(db::Tx& tx, Instant now) { return tx.run("delete from notice where at < $1", now - kept); }

int unread(db::Reader& read, PersonId person) {
  return read.one<int>("select count(*) from (select id from notice where person = $1 and seen is null limit $2) few", person, counted_at_most);
}

std::vector<Notice> list(db::Reader& read, PersonId person, std::int64_t before, int limit) {
  db::Sql sql("select id, at, event, part, actor, activity, subject, detail, count, seen from notice where person = ?", person);
  if (before > 0) sql.add(" and id < ?", before);
  return read.all<Notice>(sql.add(" order by id desc limit ?", limit));
}

std::optional<Notice> find(db::Reader& read, PersonId person, std::int64_t id) {
  return read.maybe<Notice>("select id, at, event, part, actor, activity, subject, detail, count, seen from notice where person = $1 and id = $2",
                            person, id);
}

void mark_seen(db::Tx& tx, PersonId person, std::int64_t id, Instant now) {
  tx.run("update notice set seen = $3 where person = $1 and id = $2 and seen is null", person, id, now);
}

void mark_all_seen(db::Tx& tx, PersonId person, std::int64_t until, Instant now) {
  tx.run("update notice set seen = $3 where person = $1 and seen is null and id <= $2", person, until, now);
}

void mark_activity_seen(db::Tx& tx, PersonId person, std::int64_t activity, Instant now) {
  tx.run("update notice set seen = $3 where person = $1 and activity = $2 and seen is null and count = 1", person, activity, now);
}

bool has_unseen(db::Reader& read, PersonId person, std::int64_t activity) {
  return read
      .maybe<std::int64_t>("select id from notice where person = $1 and activity = $2 and seen is null and count = 1 limit 1", person, activity)
      .has_value();
}

}  // namespace birge::notice
