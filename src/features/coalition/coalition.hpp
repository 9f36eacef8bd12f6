#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "features/place/place.hpp"

/// The organisations of the coalition.
namespace birge::coalition {

struct OrganisationTag;
using OrganisationId = Id<OrganisationTag>;

struct Organisation {
  OrganisationId id;
  std::string slug;
  std::string kind;  ///< state_body, local_authority, civil_society, youth, international, donor, media, other
  std::optional<place::PlaceId> region;
  bool sample = false;
  std::string website;
  std::string original;                      ///< language code of the name it was given
  std::map<std::string, std::string> names;  ///< by language code
  std::map<std::string, std::string> short_names;
  std::map<std::string, std::string> about;

  std::string const& name(Language language) const;         ///< the original where the language has none
  std::string const& short_name(Language language) const;   ///< the name where there is no short one
  std::string_view name_language(Language language) const;  ///< code of the language name() is in
};

/// The words for an organisation's kind: say(kind_name(kind)).
Message kind_name(std::string_view kind);

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}
  std::vector<Organisation> all();  ///< with texts, by slug
  std::optional<Organisation> by_slug(std::string_view slug);
  std::optional<Organisation> find(OrganisationId id);

private:
  db::Reader& read_;
};

/// Adds an organisation, its aliases and its search words. An empty slug is made from its name; a taken one gets a number behind it. Returns the
/// id. Throws Problem when it has no name in its original language or an unknown kind.
OrganisationId add(db::Tx& tx, IdMaker& ids, Organisation organisation, std::vector<std::string> const& aliases, Instant now);

/// Brings the organisation of this id to what is given, slug and creation day aside: its texts, aliases (which take the place of the old ones) and
/// search words. False when nothing differed.
bool update(db::Tx& tx, Organisation const& organisation, std::vector<std::string> const& aliases);

/// Puts right kind, home region, names and short names of the organisation of this id. Slug, website and what it says of itself stay, and whatever it
/// was found by before still finds it: an import that writes its old name means it. False when nothing differed.
bool correct(db::Tx& tx, Organisation const& organisation);

/// Takes an organisation out of the register, with its names and search words. Nothing may refer to it any more.
void remove(db::Tx& tx, OrganisationId organisation);

/// Sets the website and what the organisation says of itself in a language; where it has no name in that language, in the one of its original name.
void describe(db::Tx& tx, OrganisationId organisation, std::string_view website, std::string_view about, std::string_view language);

/// A name as it is compared: folded, without quotes and the legal form before or behind it. "ОФ «Мээрим»" and "Meerim, коомдук фонду" meet.
std::string match_key(std::string_view name);

/// Finds organisations by any spelling of their names, without quotes, legal forms (ОО, ОФ, КФ, коомдук фонду, NGO ...) and case.
class Matcher {
public:
  explicit Matcher(db::Reader& read);
  struct Match {
    enum class Kind { none, one, several } kind = Kind::none;
    OrganisationId organisation;
    std::vector<OrganisationId> candidates;  ///< of several, or the nearest spellings of none (at most 3)
  };
  Match match(std::string_view text) const;
  bool knows(std::string_view text) const;           ///< whether match would find one or several; cheaper where it finds none
  std::string const& name(OrganisationId id) const;  ///< original name, for suggestions
  /// Makes a text known from now on, for organisations created in the same import.
  void learn(std::string_view text, OrganisationId id, std::string name);

private:
  std::vector<OrganisationId> const* find(std::string_view text) const;
  std::unordered_map<std::string, std::vector<OrganisationId>> aliases_;
  std::unordered_map<OrganisationId, std::string> names_;
};

/// Those that somebody may mean who wrote only the beginning of a name, in any alphabet: each word of the text begins one of their words. At most
/// `most` of those that are invented, or are not, as `sample` says; those that were added first stand first.
std::vector<OrganisationId> begun_by(std::string_view text, std::unordered_map<std::int64_t, Organisation> const& organisations, bool sample,
                                     std::size_t most);

/// Several organisations in one cell ("ОО «А»; Б, В"): split at ; , / and line breaks outside quotes and brackets, unless the whole is a known name;
/// at "и", "жана" and the like only where every part is known.
std::vector<std::string> split_names(std::string_view cell, Matcher const& matcher);

/// What an unknown name may join: "UNODC и Рога" where one of the two is known. Nothing where it joins nothing that is known.
std::vector<std::string> names_in(std::string_view name, Matcher const& matcher);

}  // namespace birge::coalition
