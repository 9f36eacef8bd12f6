#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "features/account/account.hpp"
#include "features/campaign/campaign.hpp"
#include "features/report/report_texts.hpp"

/// The texts of reports that people wrote on a page. Where a report is made with no file of texts, these stand in it.
namespace birge::report {

/// The largest text of one section in one language, in characters.
inline constexpr std::size_t most_of_a_section = 20'000;

struct StoredText {
  int version = 0;  ///< 0: nobody wrote it yet
  std::string markdown;
  std::optional<Instant> changed;
  account::PersonId changed_by;
};

StoredText stored_text(db::Reader& read, campaign::EditionId edition, Section section, Language language);
/// Which texts there are, by section and language code.
std::map<std::pair<Section, std::string>, StoredText> stored_list(db::Reader& read, campaign::EditionId edition);
/// All of them, as a report takes them.
Texts stored_texts(db::Reader& read, campaign::EditionId edition);

/// Stores a text over the version the person saw. Throws Problem(conflict) where there is another one by now.
void save_text(db::Tx& tx, campaign::EditionId edition, Section section, Language language, int version, std::string_view markdown,
               account::PersonId person, Instant now);

}  // namespace birge::report
