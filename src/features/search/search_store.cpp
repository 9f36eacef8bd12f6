#include "features/search/search_store.hpp"

#include "platform/base/text.hpp"
#include "platform/db/in_list.hpp"

namespace birge::search {

namespace {

using db::Sql;

std::string_view first_letter(std::string_view word) {
  std::size_t end = 1;
  while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) ++end;
  return word.substr(0, std::min(end, word.size()));
}

constexpr db::Literal not_put_away(" and not exists (select 1 from activity_work d where d.activity = a.id and d.discarded = 1)");

/// The rows of somebody: drafts of own organisations and the activities of a helper, and what is for the whole coalition.
void add_reach(Sql& sql, work::Reach const& reach) {
  sql.add(" and (");
  if (reach.coalition) sql.add("a.state <> 'draft' or ");
  sql.add("a.id");
  db::add_in(sql, reach.activities);
  sql.add(" or exists (select 1 from activity_work k where k.activity = a.id and k.created_by = ?)", reach.person);
  sql.add(" or exists (select 1 from activity_organisation g where g.activity = a.id and g.role <> 'partner' and g.organisation");
  db::add_in(sql, reach.organisations);
  sql.add("))");
}

/// Of activities in somebody's reach, none of them put away, those before a place in the list; the latest first.
Sql& add_latest(Sql& sql, work::Reach const& reach, Before const& before, int limit) {
  add_reach(sql, reach);
  sql.add(not_put_away);
  return sql.add(" and (a.day, a.id) < (?, ?) order by a.day desc, a.id desc limit ?", before.day, before.id, limit);
}

}  // namespace

std::vector<place::PlaceId> Store::places(Wanted const& wanted, int limit) {
  if (wanted.empty()) return {};
  Sql sql("select p.id from place p where p.level > 0");
  for (auto const& word : wanted.words)
    sql.add(" and p.id in (select w.id from search_word w where w.object = 'place' and w.word >= ? and w.word < ?)", word, prefix_end(word));
  sql.add(" order by p.level, p.id limit ?", limit);
  return read_.all<place::PlaceId>(sql);
}

std::vector<activity::ActivityId> Store::unlisted(Wanted const& wanted, activity::EditionId edition, work::Reach const& reach, Before const& before,
                                                  int limit) {
  if (wanted.empty()) return {};
  Sql sql("select a.id from activity a where a.edition = ? and (a.visibility <> 'public' or a.state in ('draft', 'proposed', 'returned'))", edition);
  for (auto const& word : wanted.words)
    sql.add(" and a.id in (select w.id from search_word w where w.object = 'activity' and w.word >= ? and w.word < ? and w.edition = ?)", word,
            prefix_end(word), edition);
  add_reach(sql, reach);
  sql.add(" and not exists (select 1 from activity_work d where d.activity = a.id and d.discarded = 1) and (a.day, a.id) < (?, ?)", before.day,
          before.id);
  sql.add(" order by a.day desc, a.id desc limit ?", limit);
  return read_.all<activity::ActivityId>(sql);
}

std::vector<Store::Remark> Store::remarks(Wanted const& wanted, work::Reach const& reach, std::int64_t before, int limit) {
  if (wanted.empty()) return {};
  Sql sql(
      "select r.id, r.activity, r.at, r.text, (select count(*) from (select l.id from remark l where l.activity = r.activity and l.id >= r.id"
      " limit 30) few) from remark r join activity a on a.id = r.activity where r.taken_back is null");
  if (before > 0) sql.add(" and r.id < ?", before);
  for (auto const& word : wanted.words)
    sql.add(" and r.id in (select w.remark from remark_word w where w.word >= ? and w.word < ?)", word, prefix_end(word));
  add_reach(sql, reach);
  sql.add(not_put_away);
  return read_.all<Remark>(sql.add(" order by r.id desc limit ?", limit));
}

std::vector<Before> Store::results(Wanted const& wanted, work::Reach const& reach, Before const& before, int limit) {
  if (wanted.empty()) return {};
  Sql sql("select a.day, a.id from activity a where a.state in ('reported', 'confirmed')");
  for (auto const& word : wanted.words)
    sql.add(" and a.id in (select w.activity from result_word w where w.word >= ? and w.word < ?)", word, prefix_end(word));
  return read_.all<Before>(add_latest(sql, reach, before, limit));
}

std::vector<Before> Store::given(Wanted const& wanted, work::Reach const& reach, Before const& before, int limit) {
  if (wanted.empty()) return {};
  Sql sql("select a.day, a.id from activity a where true");
  for (auto const& word : wanted.words)
    sql.add(" and a.id in (select w.activity from reason_word w where w.word >= ? and w.word < ?)", word, prefix_end(word));
  return read_.all<Before>(add_latest(sql, reach, before, limit));
}

std::vector<Store::Piece> Store::captions(Wanted const& wanted, work::Reach const& reach, std::int64_t before, int limit) {
  if (wanted.empty()) return {};
  Sql sql("select e.id, e.activity from evidence e join activity a on a.id = e.activity where e.caption <> ''");
  if (before > 0) sql.add(" and e.id < ?", before);
  for (auto const& word : wanted.words)
    sql.add(" and e.id in (select w.evidence from caption_word w where w.word >= ? and w.word < ?)", word, prefix_end(word));
  sql.add(" and ((e.released_at is not null and a.state = 'confirmed' and a.visibility = 'public') or (true");
  add_reach(sql, reach);
  sql.add("))");
  sql.add(not_put_away);
  return read_.all<Piece>(sql.add(" order by e.id desc limit ?", limit));
}

std::optional<Store::Carrier> Store::carrier(std::string_view word) {
  auto const end = prefix_end(word);
  if (auto found =
          read_.maybe<Carrier>("select object, id, word from search_word where object = 'place' and word >= $1 and word < $2 limit 1", word, end))
    return found;
  if (auto found = read_.maybe<Carrier>("select object, id, word from search_word where object = 'organisation' and word >= $1 and word < $2 limit 1",
                                        word, end))
    return found;
  return read_.maybe<Carrier>(
      "select w.object, w.id, w.word from search_word w join activity a on a.id = w.id where w.object = 'activity' and w.word >= $1 and w.word < $2"
      " and a.visibility = 'public' and a.state in ('approved', 'held', 'reported', 'confirmed', 'cancelled') limit 1",
      word, end);
}

std::vector<std::string> Store::words_beginning_alike(std::string_view word, int limit) {
  auto const from = std::string(first_letter(word));
  std::vector<std::string> list;
  // From word to word in the order of the index: each is looked up once, however many rows it has.
  auto const of = [&](db::Literal sql) {
    read_.each<std::string>(
        sql, [&](std::string&& found) { list.push_back(std::move(found)); }, from, prefix_end(from), limit);
  };
  of("with recursive next (word) as (select min(word) from search_word where object = 'activity' and word >= $1 and word < $2 union all"
     " select (select min(s.word) from search_word s where s.object = 'activity' and s.word > next.word and s.word < $2) from next"
     " where next.word is not null) select word from next where word is not null limit $3");
  of("select distinct word from search_word where object = 'place' and word >= $1 and word < $2 order by word limit $3");
  of("select distinct word from search_word where object = 'organisation' and word >= $1 and word < $2 order by word limit $3");
  return list;
}

}  // namespace birge::search
