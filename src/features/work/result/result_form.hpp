#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"

/// The form of a result, and what makes a result look unlikely. No clock, language or store.
namespace birge::work {

using activity::Activity;

/// Something that people asked, without names.
struct Question {
  std::string topic;  ///< code; empty: another
  std::string text;
  bool operator==(Question const&) const = default;
};

/// What a result says beside its counts.
struct ResultWords {
  bool sum_differs = false;  ///< whoever reported it knows that it does not add up
  std::string challenges, recommendation;
  std::string reason;  ///< of a correction
  std::vector<Question> questions;
  bool operator==(ResultWords const&) const = default;
};

inline constexpr int question_fields = 3;
inline constexpr std::string_view sex_codes[] = {"female", "male", "unknown"};

struct ReadResult {
  activity::Result result;
  ResultWords words;
  std::vector<Fault> faults;
  activity::Count cells;  ///< all counts by sex and age added
  bool differs = false;   ///< they do not add up to the total
};

/// Reads the form of a result. Where the counts do not add up to the total, that is a fault until the form says that it is meant so; nothing is
/// ever put right silently.
ReadResult read_result(http::Parameters const& form, Activity const& activity, campaign::Facts const& facts, Day today);

/// What the form shows of a result.
http::Parameters typed_of(activity::Result const& result, ResultWords const& words);

/// The bands a form asks for: those of the pack, and one for ages that are not known.
std::vector<std::string> form_bands(campaign::Facts const& facts);

/// Why a result deserves a second look before it is confirmed: ten times what was expected (of a broadcast alone: of its audience), round numbers
/// only, the same numbers as in the week before, a total that is not the sum. `before`: the same organisation's activities of the last two weeks
/// before it.
std::vector<Message> unlikely(Activity const& activity, std::vector<Activity> const& before);

}  // namespace birge::work
