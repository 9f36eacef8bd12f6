#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/campaign/campaign.hpp"
#include "platform/base/problem.hpp"

/// What those who look after editions may change of them. Whoever changes something says which version they saw: two people editing the same
/// edition never write over each other. Every change ends with touch_facts; the audit entry is the caller's.
namespace birge::campaign {

/// What is known of an edition in the workspace beside the edition itself.
struct EditionWork {
  int version = 0;  ///< 0: nothing was changed here yet
  std::optional<EditionId> copied_from;
  bool draft = false;       ///< not announced: never among the facts, so no page but those of editions knows it
  bool documented = false;  ///< of the country pack, each fact with its source: names, days and participants are changed there only
};

/// Every edition, drafts too; the facts hold the announced ones only.
std::vector<Edition> all_editions(db::Reader& read);

/// As of when the figures of an edition stand still; nothing while it is open.
std::optional<Instant> closed(db::Reader& read, EditionId edition);
/// Why nothing new comes into a closed edition.
Message closed_message();

/// One version of the days of an edition.
struct Dates {
  int version = 1;
  Day preparation_from, campaign_from, campaign_until, closing_until;
  std::optional<Day> conference_day;
  std::string reason;  ///< why they were changed; empty for the first version
};
/// What is wrong with the days: each field by its name. An edition lasts two years at most.
std::vector<Fault> check(Dates const& dates);

/// What is said of an edition, in each language.
struct EditionTexts {
  std::map<std::string, std::string> names, slogans, abouts;
  int due_days = 3;
};
inline constexpr int most_due_days = 30;
std::vector<Fault> check(EditionTexts const& texts);

/// What an edition wants to reach in a region (0: the country) with a kind (empty: all kinds).
struct Target {
  place::PlaceId region;
  std::string kind;
  std::optional<std::int64_t> activities, attendances;
  bool operator==(Target const&) const = default;
};

/// A promise of a closing conference.
struct Recommendation {
  std::int64_t id = 0;
  int number = 0, version = 1;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<Day> due;
  std::string state = "open";  ///< open, kept, partly, dropped
  std::string note;            ///< how it stands
  std::string source;          ///< key of the source of a documented edition; empty otherwise
  std::map<std::string, std::string> texts;
};
inline constexpr std::array<std::string_view, 4> recommendation_states{"open", "kept", "partly", "dropped"};
Message recommendation_state_name(std::string_view state);

/// A number that Edition and its targets never reach: whoever types more made a mistake.
inline constexpr std::int64_t most_of_a_target = 50'000'000;

class Editing {
public:
  explicit Editing(db::Reader& read) : read_(read) {}
  EditionWork work(EditionId edition);
  std::vector<Dates> dates(EditionId edition);  ///< every version, the first one first
  std::vector<Target> targets(EditionId edition);
  std::vector<Recommendation> recommendations(EditionId edition);  ///< by number
  /// The promises on which an edition opens: those of the latest edition before it that made any; a sample edition opens on one of its kind.
  std::optional<EditionId> edition_before(Edition const& edition);
  /// Sources that a documented edition names: key and title.
  std::vector<std::pair<std::string, std::string>> sources(EditionId edition);

private:
  db::Reader& read_;
};

/// An edition like an earlier one in another year: its names with the year changed, nobody's slogan, the same leads, partners, donors, targets and
/// settings, and its days moved by whole weeks so that each keeps its day of the week. Activities are not copied: their days would be guesses.
Edition like(Edition const& earlier, int year);

/// Adds an edition that is not announced. The slug is its year, with a number behind it where that is taken. `copied_from`: participants and targets
/// are taken from there.
EditionId add_edition(db::Tx& tx, IdMaker& ids, Edition const& edition, std::optional<EditionId> copied_from);

/// Each takes the version the person saw and throws Problem(conflict) where there is another one by now; they return the version there is then.
int save_texts(db::Tx& tx, EditionId edition, int version, EditionTexts const& texts);
/// A draft's days are replaced; those of an announced edition get a new version, and the old ones stay.
int save_dates(db::Tx& tx, EditionId edition, int version, Dates const& dates);
int save_participants(db::Tx& tx, EditionId edition, int version, std::vector<Participant> const& participants);
/// The targets of one region (0: the country) take the place of those it had.
int save_targets(db::Tx& tx, EditionId edition, int version, place::PlaceId region, std::vector<Target> const& targets);
int announce(db::Tx& tx, EditionId edition, int version);

/// Adds a recommendation (id 0) with the next number, or replaces the one of this id and version.
void save_recommendation(db::Tx& tx, IdMaker& ids, EditionId edition, Recommendation const& recommendation);

}  // namespace birge::campaign
