#pragma once

#include "features/account/account.hpp"
#include "features/audit/audit.hpp"

/// What the audit log says of accounts: ids and codes, never a name, a number or an address.
namespace birge::account {

/// Somebody signed in, for the organisation they act for.
audit::Who acting(Person const& person);

/// An act on somebody's account.
void note(db::Tx& tx, audit::Who const& who, audit::Word action, PersonId whom, Instant now);
/// The same with the role it is about, and where that belongs.
void note(db::Tx& tx, audit::Who const& who, audit::Word action, PersonId whom, Grant const& grant, Instant now);

}  // namespace birge::account
