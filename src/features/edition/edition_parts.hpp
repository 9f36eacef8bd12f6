#pragma once

#include "features/edition/edition_view.hpp"

/// Parts of pages of editions.
namespace birge::edition {

/// "Promised last year": the recommendations on which an edition opens, with what became of each. Nothing where no earlier edition made any.
Html promises(Request& request, Opened const& opened);

}  // namespace birge::edition
