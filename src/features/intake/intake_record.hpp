#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/intake/intake.hpp"
#include "features/work/work_import.hpp"

/// What is kept as text between two steps of an import.
namespace birge::intake {

std::string text_of(Message const& message);
Message message_of(std::string_view text);  ///< empty where the text is none of text_of

/// An activity as it was before an import changed it, with its place in the life of activities.
struct Before {
  Activity activity;
  std::optional<work::Standing> standing;  ///< nothing: it had none
};
std::string text_of(Before const& before);
/// Throws std::exception where the text is none of text_of.
Before before_of(std::string_view text);

}  // namespace birge::intake
