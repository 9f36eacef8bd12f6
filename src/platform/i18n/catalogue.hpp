#pragma once

#include <cstdint>
#include <locale>
#include <optional>
#include <string_view>

#include "platform/i18n/collation.hpp"
#include "platform/i18n/say.hpp"

namespace birge {

/// The translations into one language and its dictionary order. Never changes after it is made, so threads share it freely.
/// The views it returns live as long as it does.
class Catalogue {
public:
  /// `mo` is a compiled gettext catalogue in UTF-8, or empty where the source texts are the language (English).
  Catalogue(Language language, std::string_view mo);

  Catalogue(Catalogue const&) = delete;
  Catalogue& operator=(Catalogue const&) = delete;

  Language language() const { return language_; }
  /// No other catalogue of this process ever has the same.
  std::uint64_t number() const { return number_; }
  Collation const& collation() const { return collation_; }

  /// The translation of a source text, nothing where there is none. All texts here must end in a NUL (as literals and
  /// std::string do): gettext's interface knows no lengths. `context` may be empty.
  std::optional<std::string_view> find(std::string_view context, std::string_view text) const;

  /// The translated form for a number, by the plural rule the catalogue states.
  std::optional<std::string_view> find_plural(std::string_view one, std::int64_t number) const;

  Say say() const { return Say(*this); }

private:
  Language language_;
  std::uint64_t number_;
  std::locale messages_;  ///< owns Boost.Locale's facet; the program's global locale is never touched
  bool empty_;
  Collation collation_;
};

}  // namespace birge
