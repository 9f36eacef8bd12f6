#include "platform/i18n/collation.hpp"

#include <unicode/coll.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace birge {

struct Collation::Rules {
  std::unique_ptr<icu::Collator> collator;
};

Collation::Collation(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale(std::string(language).c_str()), status));
  if (U_FAILURE(status) || !collator) throw std::runtime_error(std::string("ICU has no collation: ") + u_errorName(status));
  rules_ = std::make_unique<Rules>(Rules{std::move(collator)});
}

Collation::~Collation() = default;

int Collation::compare(std::string_view a, std::string_view b) const {
  auto const piece = [](std::string_view text) { return icu::StringPiece(text.data(), static_cast<int32_t>(text.size())); };
  UErrorCode status = U_ZERO_ERROR;
  // Only const members of a collator are used after it is made, which ICU allows from many threads at once.
  UCollationResult const result = std::as_const(*rules_->collator).compareUTF8(piece(a), piece(b), status);
  return static_cast<int>(result);
}

}  // namespace birge
