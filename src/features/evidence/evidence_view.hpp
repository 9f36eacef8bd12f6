#pragma once

#include <string>

#include "features/evidence/evidence.hpp"
#include "platform/i18n/say.hpp"

/// How evidence is spoken of on the pages of other features.
namespace birge::evidence {

/// "3 pictures, 1 document, sign-in sheet kept by the organisation": empty where there is none.
std::string counts_text(Say const& say, Counts const& counts);

}  // namespace birge::evidence
