#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/exchange/import_dates.hpp"

/// The short words of a sheet: status, method, entry, visibility, languages, reach.
namespace birge::exchange {

struct Status {
  enum class Word { planned, held, cancelled, moved, unfinished } word = Word::planned;  ///< unfinished: draft or proposed
  std::string rest;  ///< what stood behind "перенесено на", to be read as a date
};

/// "Проведено", "өткөрүлдү", "held", "перенесено на 20.10.2018" ...; nothing when it is none of the known words.
std::optional<Status> status_of(std::string_view text);

std::optional<std::string> method_of(std::string_view text);           ///< sign_in_sheet, head_count, estimate, ticket
std::optional<std::string> entry_of(std::string_view text);            ///< open, invitation
std::optional<bool> public_of(std::string_view text);                  ///< false: coalition only
std::optional<activity::Reach> reach_of_words(std::string_view text);  ///< national, online, several; nothing for anything else

/// Whether a text behind the name of a place is a house in it and no village: "СОШ № 3", "маданият үйү".
bool names_a_venue(std::string_view text);

/// Codes of the languages named in a cell, in order; nothing when one of the words is unknown.
std::optional<std::vector<std::string>> languages_of(std::string_view text);

/// The language a text is written in: by its letters and commonest words; `otherwise` where they do not tell.
Language language_of_text(std::string_view text, Language otherwise);

/// Row labels of sums: "Итого", "Жалпы", "Всего по области", "Total".
bool is_total_label(std::string_view text);

}  // namespace birge::exchange
