#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/base/day.hpp"
#include "platform/base/id.hpp"
#include "platform/base/message.hpp"
#include "platform/db/db.hpp"
#include "platform/db/version.hpp"
#include "platform/i18n/say.hpp"

/// The administrative tree of a country: country > region > district > community.
namespace birge::place {

/// What pages are made with and what seldom changes: places, organisations, codes, editions and their closing, contacts.
inline constexpr db::Version facts_version{"facts"};

struct PlaceTag;
using PlaceId = Id<PlaceTag>;

enum class Level { country = 0, region = 1, district = 2, community = 3 };

/// A name in the language asked for or, where no source gives one, in another; `language` says which it is (for the lang attribute).
struct Name {
  std::string text;        ///< Жалал-Абад облусу
  std::string short_text;  ///< Жалал-Абад, г. Ош; it never breaks at its spaces
  std::string language;    ///< code
  std::string line_text;   ///< in a line of places: the short one, a district with its kind (Алайский р-н)
};

struct Place {
  PlaceId id;
  PlaceId parent;  ///< 0 for the country
  Level level = Level::country;
  std::string kind;  ///< country, oblast, city, rayon, district_city, city_district, community
  std::string code;  ///< in addresses
  std::optional<std::string> pcode;
  std::string path, path_end;
  std::optional<double> latitude, longitude;
  std::optional<std::int64_t> census_unit;  ///< id
  std::optional<Day> valid_from;            ///< the first day on which it is a place; nothing: always was
  std::optional<Day> valid_until;           ///< the last such day; nothing: it was not abolished
  std::map<std::string, Name> names;        ///< by language code

  bool valid_on(Day day) const { return valid_within(day, day); }
  bool valid_within(Day first, Day last) const;  ///< on one of these days at least, both included
};

/// "“Масы” was a place until 31.12.2024. Choose the place it belongs to now." Of a place that is none on the day `first`.
Message out_of_time(Place const& place, std::string_view name, Day first);

struct CensusUnit {
  std::int64_t id = 0;
  std::string code;
  std::int64_t population = 0;
  int year = 0;
  std::vector<PlaceId> places;  ///< what it joins, none inside another: districts, and cities that are regions (Bishkek with all its districts)
};

/// The whole administrative tree in memory: some 530 places that change once a year. Loaded once and shared
/// (campaign::facts).
class Tree {
public:
  static Tree load(db::Reader& read);
  Tree(Tree&&) = default;
  Tree& operator=(Tree&&) = default;

  Place const* find(PlaceId id) const;                ///< null when unknown
  Place const* by_code(std::string_view code) const;  ///< code or P-code, any case; null when unknown
  Place const& country() const;
  std::vector<Place const*> const& children(PlaceId id) const;  ///< in the source's order
  std::vector<Place const*> const& regions() const;
  std::vector<Place const*> const& districts() const;  ///< of all regions, grouped by region
  std::vector<CensusUnit> const& census_units() const;
  CensusUnit const* census_unit(PlaceId id) const;  ///< the one it is counted in; null for the country and for oblasts

  Place const* region_of(PlaceId id) const;      ///< itself for a region; null for the country
  Place const* district_of(PlaceId id) const;    ///< itself for a district; null above
  bool inside(PlaceId id, PlaceId whole) const;  ///< lies in it, or is it
  /// For a city that is a region of its own, the oblast it lies in by the map, though not by law (Osh city: Osh oblast); otherwise null.
  Place const* oblast_around(PlaceId id) const;

  Name const& name(PlaceId id, Language language) const;  ///< the Kyrgyz name where the language has none
  /// "Ноокен району, Жалал-Абад облусу": the place and what it lies in, up to the region.
  std::string full_name(PlaceId id, Language language) const;

private:
  Tree() = default;
  void connect();

  std::vector<Place> places_;
  std::unordered_map<std::int64_t, std::size_t> by_id_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::int64_t, std::vector<Place const*>> children_;
  std::vector<Place const*> regions_, districts_;
  std::vector<CensusUnit> census_units_;
};

/// What a text that names a place may mean.
struct Match {
  enum class Kind { none, one, several } kind = Kind::none;
  PlaceId place;                    ///< of one
  std::vector<PlaceId> candidates;  ///< of several: all that fit; of none: the nearest spellings (at most 5)
};

/// What of a match is a place on one of these days at least, so that one which took over a name goes before the one it had before. A text that
/// means only places of another time still means them: they can be told from what is not known.
Match valid_within(Match match, Tree const& tree, Day first, Day last);

/// Finds places by any spelling: Жалал-Абад, Джалал-Абадская обл., Jalal-Abad, Jalalabad, KG03, full P-codes, "Ноокенский р-н",
/// "Ноокен району, Жалал-Абад облусу". A prefix or suffix that names the kind (обл., область, облусу, р-н, район, району, г., город,
/// шаары, с., айыл, а/о, oblast, district...) narrows the search. Never guesses: "Нарын" alone is an oblast, a rayon and a city.
class Matcher {
public:
  Matcher(Tree const& tree, db::Reader& read);
  /// `within`: a place already known from another column of the row (0: none); candidates outside it do not count, except that a city which
  /// is a region counts as inside the oblast around it. What lies inside goes before `within` itself.
  /// `level`: where the column is for one level, places of that level go before others.
  Match match(std::string_view text, PlaceId within = {}, std::optional<Level> level = {}) const;
  /// All that fit, as in match, without the search for spellings nearby where nothing does: for texts that need not be a place.
  std::vector<PlaceId> fitting(std::string_view text, PlaceId within = {}, std::optional<Level> level = {}) const;
  /// Other places of its name, of whatever kind, that are one on one of these days at least.
  std::vector<PlaceId> namesakes(Place const& place, Day first, Day last) const;

private:
  std::vector<Place const*> found(std::string const& text, PlaceId within, std::optional<Level> level) const;
  std::vector<Place const*> by_pcode(std::string_view text) const;
  std::vector<Place const*> named(std::string_view text, bool narrow) const;
  std::vector<Place const*> of_key(std::string const& key, unsigned kinds) const;
  std::vector<Place const*> by_words(std::vector<std::string> const& words, bool narrow) const;
  std::vector<Place const*> together(std::vector<std::vector<Place const*>> const& parts) const;
  std::vector<Place const*> nearest(std::string_view text) const;
  bool in_reach(Place const& place, PlaceId within) const;
  std::vector<Place const*> in_reach(std::vector<Place const*> places, PlaceId within) const;

  Tree const& tree_;
  std::unordered_map<std::string, std::vector<PlaceId>> aliases_;  ///< by place_key
  std::unordered_map<PlaceId, unsigned> kinds_;                    ///< which kind words fit it
};

}  // namespace birge::place
