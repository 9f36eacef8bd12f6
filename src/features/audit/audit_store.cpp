#include <limits>
#include <span>

#include "features/audit/audit.hpp"
#include "features/audit/chain.hpp"

namespace birge::audit {

namespace {

std::span<std::byte const> bytes(std::string const& text) { return std::as_bytes(std::span(text)); }

int const the_head = 0;  // its address stands for the question where the chain ends

/// Walks along the chain as the entries come.
class Walk {
public:
  explicit Walk(std::optional<Head> const& known) : known_(known) {}

  void take(Row const& row) {
    ++verdict_.entries;
    if (row.sequence > last_.sequence + 1) gap(last_.sequence + 1, row.sequence - 1);
    // After a gap nothing tells what the hash before was, so only the entry's successor can be checked again.
    bool const follows = row.sequence == last_.sequence + 1;
    if (row.sequence < 1) fault(message("Entry {} of the audit log has a number that none may have.", row.sequence));
    else if (follows && hash_of(row, last_.hash) != row.hash)
      fault(message("Entry {} of the audit log, or the one before it, was changed.", row.sequence));
    if (known_ && known_->sequence == row.sequence && known_->hash != row.hash)
      fault(message("Entry {} of the audit log is not the one of the head that was kept: what came up to there was changed.", row.sequence));
    last_ = {row.sequence, row.hash, row.at};
  }

  Verdict end(Head const& kept) {
    if (kept.sequence != last_.sequence)
      fault(message("The audit log ends at entry {}, but its head says {}: something was cut off or added.", last_.sequence, kept.sequence));
    else if (kept.hash != last_.hash) fault(message("The head of the audit log is not that of its last entry."));
    if (known_ && known_->sequence > last_.sequence)
      fault(message("The audit log ends at entry {}, but it had {} when its head was kept: the end was cut off.", last_.sequence, known_->sequence));
    return std::move(verdict_);
  }

private:
  void gap(std::int64_t from, std::int64_t to) {
    if (from == to) fault(message("Entry {} of the audit log is missing.", from));
    else fault(message("Entries {} to {} of the audit log are missing.", from, to));
  }
  void fault(Message what) {
    constexpr std::size_t told = 20;
    if (verdict_.faults.size() < told) verdict_.faults.push_back(std::move(what));
    ++verdict_.faults_in_all;
  }

  std::optional<Head> const& known_;
  Head last_;
  Verdict verdict_;
};

}  // namespace

void record(db::Tx& tx, Entry const& entry) {
  // Whoever writes holds the lock of all writers, so nobody else moves the head between the reading and the writing of it.
  auto const before = head(tx);
  Row row{before.sequence + 1,
          entry.at,
          std::string(code(entry.who.kind)),
          entry.who.person_id,
          entry.who.organisation_id,
          entry.who.on_behalf_id,
          std::string(entry.action.text()),
          entry.object.kind,
          entry.object.id,
          entry.region_id,
          entry.owner_id,
          entry.changes,
          {}};
  row.hash = hash_of(row, before.hash);
  tx.put_row(
      "insert into audit (sequence, at, actor, person, organisation, on_behalf, action, object, object_id, region, owner, changes, hash)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      row.sequence, row.at, row.actor, row.person, row.organisation, row.on_behalf, row.action, row.object, row.object_id, row.region, row.owner,
      row.changes, bytes(row.hash));
  Head const now{row.sequence, row.hash, row.at};
  tx.keep(&the_head, std::make_shared<Head const>(now));
  tx.at_the_end(&the_head, [now](db::Tx& last) {
    last.put(
        "insert into audit_head (one, sequence, hash, at) values (1, $1, $2, $3) on conflict (one) do update set sequence = excluded.sequence,"
        " hash = excluded.hash, at = excluded.at",
        now.sequence, bytes(now.hash), now.at);
  });
}

Head head(db::Reader& read) {
  auto const ask = [&] {
    return std::make_shared<Head const>(read.maybe<Head>("select sequence, hash, at from audit_head where one = 1").value_or(Head{}));
  };
  return *read.lasting<Head>(&the_head, ask);
}

Verdict check_chain(db::Reader& read, std::optional<Head> const& known) {
  constexpr int at_once = 5000;  // PostgreSQL hands over a whole answer at a time
  Walk walk(known);
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  for (int taken = at_once; taken == at_once;) {
    taken = 0;
    read.each<Row>(
        "select sequence, at, actor, person, organisation, on_behalf, action, object, object_id, region, owner, changes, hash from audit"
        " where sequence > $1 order by sequence limit $2",
        [&](Row&& row) {
          after = row.sequence;
          ++taken;
          walk.take(row);
        },
        after, at_once);
  }
  return walk.end(head(read));
}

}  // namespace birge::audit
