#pragma once

#include <memory>
#include <string_view>

namespace birge {

/// The dictionary order of a language, as Unicode's locale data (CLDR) has it. Safe to share between threads.
class Collation {
public:
  /// `language` is an ISO 639-1 code. Throws std::runtime_error where ICU's data cannot be read.
  explicit Collation(std::string_view language);
  ~Collation();

  /// Negative, zero or positive.
  int compare(std::string_view a, std::string_view b) const;

private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace birge
