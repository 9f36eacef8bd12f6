#include "features/edition/edition_store.hpp"

#include <span>

#include "features/activity/tally/tally_closing.hpp"
#include "features/audit/chain.hpp"
#include "features/insight/insight_closing.hpp"

namespace birge::edition {

std::vector<Closing> closings(db::Reader& read, campaign::EditionId edition) {
  return read.all<Closing>(
      "select number, at, person, entry, hash, reopened, reopened_by, reopened_reason from edition_closing where edition = $1 order by number",
      edition);
}

void close(db::Tx& tx, campaign::Facts const& facts, campaign::EditionId edition, audit::Entry const& entry, account::PersonId person) {
  if (tx.maybe<int>("select 1 from edition_closing where edition = $1 and reopened is null", edition))
    throw Problem(Failure::conflict, message("The edition is closed already."));
  insight::freeze(tx, facts, edition, facts.today(entry.at));
  audit::record(tx, entry);
  auto const head = audit::head(tx);
  tx.run(
      "insert into edition_closing (edition, number, at, person, entry, hash, reopened, reopened_by, reopened_reason) values ($1,"
      " (select coalesce(max(number), 0) + 1 from edition_closing where edition = $1), $2, $3, $4, $5, null, null, '')",
      edition, entry.at, person, head.sequence, std::as_bytes(std::span(head.hash)));
  campaign::touch_facts(tx);
}

void reopen(db::Tx& tx, campaign::EditionId edition, audit::Entry const& entry, account::PersonId person, std::string_view reason) {
  if (tx.run("update edition_closing set reopened = $2, reopened_by = $3, reopened_reason = $4 where edition = $1 and reopened is null", edition,
             entry.at, person, reason) != 1)
    throw Problem(Failure::conflict, message("The edition is open already."));
  activity::thaw(tx, edition);
  audit::record(tx, entry);
  campaign::touch_facts(tx);
}

}  // namespace birge::edition
