#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/say.hpp"

/// What people write for a report: no machine makes these up.
namespace birge::report {

enum class Section { foreword, challenges, conclusions, recommendations };
inline constexpr std::array<Section, 4> sections{Section::foreword, Section::challenges, Section::conclusions, Section::recommendations};
Message name(Section section);
std::string_view id(Section section);  ///< its anchor in the report

/// The largest file of texts, in bytes: some twenty sheets, so that a report stays a report.
inline constexpr std::size_t most_text = 120'000;

/// The coordinator's texts, by section and the language of their heading.
class Texts {
public:
  struct Found {
    std::string markdown;
    Language language = Language::ky;
  };
  /// The text in this language, else in another one; nothing where nobody wrote it.
  std::optional<Found> find(Section section, Language language) const;
  std::vector<Section> missing() const;
  bool empty() const { return texts_.empty(); }
  /// Whoever wrote it and wherever: control characters and bidirectional overrides go, which no report needs and which can hide what it says. A
  /// section with nothing in it is one that nobody wrote.
  void set(Section section, Language language, std::string_view markdown);

  /// Headings (# or ##) that are no section, and are not inside one.
  std::vector<std::string> unknown;

private:
  std::map<std::pair<Section, Language>, std::string> texts_;
};

/// Reads a Markdown file whose headings of the first or second level name the sections in Kyrgyz, Russian or English ("# Баш сөз", "## Выводы",
/// "# Recommendations"). Deeper headings belong to their section. Throws Problem for a file that is too large or no UTF-8.
Texts read_texts(std::string_view markdown);

/// Reads the file at `path`; Problem when it cannot be read.
Texts read_texts_file(std::string const& path);

}  // namespace birge::report
