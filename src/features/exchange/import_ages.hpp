#pragma once

#include <optional>
#include <string_view>

#include "features/exchange/import_columns.hpp"

namespace birge::exchange {

/// Reads a header about heads of one sex, one age or both: "женщины", "Ж 18-28", "балдар", "мужчины старше 60", "18–28 лет". Nothing when
/// a word of it means something else.
std::optional<Heading> heads_of(std::string_view header);

/// The code of the pack's age band that is exactly these ages; under_18 and adult for their bounds; nothing where there is none.
std::optional<std::string> band_of(Heading const& heading, campaign::Codes const& codes);

}  // namespace birge::exchange
