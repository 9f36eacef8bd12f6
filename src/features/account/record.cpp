#include "features/account/record.hpp"

namespace birge::account {

audit::Who acting(Person const& person) { return audit::Who::person(person.id, person.organisation().value_or(coalition::OrganisationId{})); }

void note(db::Tx& tx, audit::Who const& who, audit::Word action, PersonId whom, Instant now) {
  audit::record(tx, {who, action, {"account", whom}, now});
}

void note(db::Tx& tx, audit::Who const& who, audit::Word action, PersonId whom, Grant const& grant, Instant now) {
  audit::Entry entry{who, action, {"account", whom}, now};
  entry.in(grant.region.value_or(place::PlaceId{}), grant.organisation.value_or(coalition::OrganisationId{}))
      .with("role", audit::Value::pack_code(role_code(grant.role)));
  audit::record(tx, entry);
}

}  // namespace birge::account
