#pragma once

#include "features/sample/sample.hpp"

namespace birge::sample {

/// The edition itself: dates around the chosen first day, names that call it a sample. Problem(conflict) when the slug is taken.
campaign::EditionId add_edition(db::Tx& tx, IdMaker& ids, Options const& options);
/// Who leads it and takes part in it, of the invented organisations.
void add_hosts(db::Tx& tx, campaign::EditionId edition, campaign::Facts const& facts);

}  // namespace birge::sample
