#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/account/account.hpp"
#include "features/audit/audit.hpp"
#include "features/campaign/campaign.hpp"

/// How the closings of editions are kept. Only for this folder.
namespace birge::edition {

struct Closing {
  int number = 1;
  Instant at{};
  account::PersonId person;
  std::int64_t entry = 0;  ///< of the audit log
  std::string hash;        ///< of that entry, 32 bytes
  std::optional<Instant> reopened;
  std::optional<account::PersonId> reopened_by;
  std::string reason;  ///< of opening it again
};
std::vector<Closing> closings(db::Reader& read, campaign::EditionId edition);  ///< the first one first

/// Makes the figures of an edition stand still, with the entry of the audit log that tells of it. Throws Problem(conflict) where it is closed already.
void close(db::Tx& tx, campaign::Facts const& facts, campaign::EditionId edition, audit::Entry const& entry, account::PersonId person);
/// Lets them move again. Throws Problem(conflict) where it is open.
void reopen(db::Tx& tx, campaign::EditionId edition, audit::Entry const& entry, account::PersonId person, std::string_view reason);

}  // namespace birge::edition
