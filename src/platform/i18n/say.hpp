#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "platform/base/message.hpp"
#include "platform/html/html.hpp"

namespace birge {

enum class Language { ky, ru, en, test };  ///< test is the pseudo-language of the translation test, never offered to people

/// The languages people choose from, in the order the pages list them.
inline constexpr std::array<Language, 3> languages{Language::ky, Language::ru, Language::en};

std::string_view code(Language language);                    ///< ky, ru, en, test
std::optional<Language> language_of(std::string_view code);  ///< exact codes only
std::string_view own_name(Language language);                ///< Кыргызча, Русский, English

/// The best of `languages` for an Accept-Language header (RFC 9110, section 12.5.4); `fallback` when it names none of them.
Language preferred_language(std::string_view accept_language, Language fallback);

class Catalogue;

/// Speaks one language: translates source texts, formats numbers and days, sorts. Cheap to copy; safe to share between threads.
class Say {
public:
  /// The one for a language; all are loaded from the embedded catalogues on first use and live as long as the program.
  static Say const& in(Language language);

  Language language() const;
  std::string_view code() const { return birge::code(language()); }

  /// The translation of a literal source text; the English text itself where the catalogue has none.
  template <std::size_t N>
  std::string_view operator()(char const (&text)[N]) const {
    return translated_literal({text, N - 1});
  }

  /// As above with {} places filled in order ({0} {1} where a language needs another order). Numbers and days are formatted by language.
  template <std::size_t N, class First, class... Rest>
  std::string operator()(char const (&text)[N], First&& first, Rest&&... rest) const {
    return filled(translated_literal({text, N - 1}), std::array<Filling, 1 + sizeof...(Rest)>{filling(first), filling(rest)...});
  }
  std::string operator()(Message const& message) const;

  /// A text whose meaning depends on where it stands: say.in_context("filter", "All").
  template <std::size_t N, std::size_t M>
  std::string_view in_context(char const (&context)[N], char const (&text)[M]) const {
    return translated_in({context, N - 1}, {text, M - 1});
  }

  /// The form of a text for a number, which fills the first {}: say.plural("{} activity", "{} activities", n).
  template <std::size_t N, std::size_t M, class... Rest>
  std::string plural(char const (&one)[N], char const (&many)[M], std::int64_t number, Rest&&... rest) const {
    return filled(plural_form({one, N - 1}, {many, M - 1}, number), std::array<Filling, 1 + sizeof...(Rest)>{filling(number), filling(rest)...});
  }

  /// A translated sentence with markup in its {} places; the sentence itself is escaped: say.markup("Call {}.", link).
  template <std::size_t N, class... Parts>
  Html markup(char const (&text)[N], Parts const&... parts) const {
    std::array<Html, sizeof...(Parts)> const list{parts...};
    return markup_of(translated({text, N - 1}), list);
  }

  std::string number(std::int64_t number) const;                 ///< 10 250 / 10,250; with no-break spaces where the language has them
  std::string decimal(double number, int digits) const;          ///< exactly `digits` after the point
  std::string percent(double fraction) const;                    ///< 0.123 -> 12 %
  std::string range(std::int64_t low, std::int64_t high) const;  ///< one number when they are equal, "150–200" otherwise

  std::string date(Day day) const;           ///< 14-сентябрь 2018-ж. / 14 сентября 2018 г. / 14 September 2018
  std::string day_and_month(Day day) const;  ///< 14-сентябрь / 14 сентября / 14 September
  std::string weekday_date(Day day) const;   ///< with the day of the week, without the year
  std::string weekday(Day day) const;
  std::string short_date(Day day) const;                                  ///< 14.09.2018 in all three languages (English: 14 Sep 2018)
  std::string month(int year, int month) const;                           ///< September 2018, in the nominative
  std::string date_range(Day from, Day until) const;                      ///< what the two days share is said once
  std::string time(int minutes) const;                                    ///< minutes since midnight: 09:30
  std::string moment(Instant instant, std::string_view time_zone) const;  ///< date and time of day there

  /// Order of two texts as a dictionary of this language has it: negative, zero or positive.
  int compare(std::string_view a, std::string_view b) const;

  /// An address in this language: say.path("/activities/{}", id) is /ky/activities/... Values are percent-encoded.
  template <std::size_t N, class... Parts>
  Url path(char const (&pattern)[N], Parts const&... parts) const {
    return path_of({pattern, N - 1}, std::array<std::string, sizeof...(Parts)>{path_part(parts)...});
  }

private:
  friend class Catalogue;
  explicit Say(Catalogue const& catalogue) : catalogue_(&catalogue) {}

  /// What fills a {} place, borrowed for the call.
  using Filling = std::variant<std::string_view, std::int64_t, Day, Message const*>;
  static Filling filling(std::string_view text) { return text; }
  static Filling filling(Day day) { return day; }
  static Filling filling(Message const& message) { return &message; }
  template <std::integral Number>
  static Filling filling(Number number) {
    return static_cast<std::int64_t>(number);
  }

  std::string_view translated(std::string_view text) const;
  std::string_view translated_literal(std::string_view text) const;  ///< of a text that lives as long as the program
  std::string_view translated_in(std::string_view context, std::string_view text) const;
  std::string_view plural_form(std::string_view one, std::string_view many, std::int64_t number) const;
  std::string filled(std::string_view text, std::span<Filling const> fillings) const;
  Html markup_of(std::string_view translated, std::span<Html const> parts) const;
  Url path_of(std::string_view pattern, std::span<std::string const> parts) const;
  static std::string path_part(std::string_view text) { return std::string(text); }
  static std::string path_part(std::int64_t number) { return std::to_string(number); }
  template <class Tag>
  static std::string path_part(Id<Tag> id) {
    return id_text(id);
  }

  Catalogue const* catalogue_;
};

}  // namespace birge
