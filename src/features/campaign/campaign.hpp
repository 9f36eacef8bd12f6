#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "features/coalition/coalition.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/database.hpp"

/// Editions of the campaign, the code lists of the country pack, the numbers to call.
namespace birge::campaign {

struct EditionTag;
using EditionId = Id<EditionTag>;

/// Where an edition stands on a day.
enum class Stage { announced, preparation, campaign, closing, over };

struct Edition {
  EditionId id;
  std::string slug;
  int year = 0;
  bool sample = false;
  int due_days = 3;                 ///< working days
  std::int64_t count_limit = 0;     ///< an attendance above it is taken for a typing error
  std::int64_t audience_limit = 0;  ///< the same for a broadcast
  int dates_version = 1;
  Day preparation_from, campaign_from, campaign_until, closing_until;
  std::optional<Day> conference_day;
  std::map<std::string, std::string> names, slogans, abouts;  ///< by language code

  std::string const& name(Language language) const;    ///< another language's where there is none
  std::string const& slogan(Language language) const;  ///< empty where the edition has none
  std::string const& about(Language language) const;

  Stage stage(Day today) const;
  /// "Day N" of the campaign period, 1 on its first day; nothing outside it.
  std::optional<int> day_number(Day today) const;
  int days_in_campaign() const { return days_between(campaign_from, campaign_until) + 1; }
};

/// The last day on which a result is in time: `due_days` working days (Monday to Friday that are no national holiday) after `end`.
Day due_day(Day end, int due_days, std::vector<std::pair<Day, Day>> const& holidays);

struct StatedFigure {
  std::string measure;  ///< activities, attendances, organisations, regions, conference_attendances
  std::int64_t low = 0;
  std::optional<std::int64_t> high;  ///< nothing: no upper bound was published ("over 10,000")
  std::string source_title, source_address, source_dated;
};

struct Participant {
  coalition::OrganisationId organisation;
  std::string role;  ///< lead, partner, donor
};

/// One entry of a code list: an activity kind, a topic, an audience group, an age band.
struct Code {
  std::string list, code, icon;
  int position = 0;
  bool sensitive = false, broadcast = false;
  std::optional<int> low_age, high_age;
  std::map<std::string, std::string> names;
  std::string const& name(Language language) const;
};

/// All code lists in memory.
class Codes {
public:
  static Codes load(db::Reader& read);
  std::vector<Code> const& list(std::string_view list) const;  ///< in order; kind, topic, audience, age_band
  Code const* find(std::string_view list, std::string_view code) const;
  std::string name(std::string_view list, std::string_view code, Language language) const;  ///< the code itself when unknown
  /// The code whose name or alias in any language is this text, in any spelling; nothing otherwise.
  std::optional<std::string> match(std::string_view list, std::string_view text) const;
  std::vector<std::string> nearest(std::string_view list, std::string_view text) const;  ///< at most 3 codes

private:
  std::map<std::string, std::vector<Code>, std::less<>> lists_;
  std::map<std::string, std::unordered_map<std::string, std::string>, std::less<>> aliases_;
};

struct Contact {
  std::string code, number, purpose;  ///< purpose: hotline, emergency, helpline
  std::string source, source_day, confidence;
  std::map<std::string, std::pair<std::string, std::string>> texts;  ///< language -> name, note
  std::optional<Day> checked;                                        ///< the latest check that found it working
  std::string checked_by, checked_how;
  bool found_dead = false;  ///< the latest check found it not working: never shown to the public
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}
  std::vector<Edition> editions();  ///< latest campaign first
  std::vector<Participant> participants(EditionId edition);
  std::vector<StatedFigure> stated_figures(EditionId edition);
  std::vector<Contact> contacts();              ///< in the pack's order
  std::vector<std::pair<Day, Day>> holidays();  ///< days on which nobody works, both included
  struct NationalDay {
    Day from, until;
    std::string kind, name;  ///< kind: holiday, memorial, school_holiday, school_year, exam; the code where it has no name in the language
  };
  std::vector<NationalDay> national_days(Day from, Day until, std::string_view language);  ///< those that touch the days
  std::string setting(std::string_view name);                                              ///< empty when it was never set
  std::string time_zone();                                                                 ///< IANA, of the country pack; Etc/UTC before it is loaded

private:
  db::Reader& read_;
};

/// Records that somebody checked a number. Throws Problem for an unknown contact or a day in the future.
void record_check(db::Tx& tx, IdMaker& ids, std::string_view contact, Day day, std::string_view by_whom, std::string_view how, bool works,
                  std::string_view note, Day today);

/// Brings code lists, contacts, organisations and documented editions to what the country pack says; places must be loaded already. Rows are
/// found by their code or slug, so a newer pack over an older database updates it. What only this installation has (its own organisations,
/// editions, checks of contacts) stays. True, and touch_facts, when something changed. Throws Problem naming the file and what is wrong in it.
bool load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& files, Instant now);

/// What pages need on every request and what changes rarely.
struct Facts {
  std::shared_ptr<place::Tree const> places;
  Codes codes;
  std::vector<Edition> editions;
  std::vector<Contact> contacts;
  std::vector<std::pair<Day, Day>> holidays;
  std::unordered_map<std::int64_t, coalition::Organisation> organisations;  ///< by id; a few hundred
  std::unordered_map<std::string, coalition::OrganisationId> organisation_slugs;
  std::string time_zone;  ///< IANA, of the country pack
  std::string country;    ///< code of the country pack: kg
  std::map<std::string, std::string> country_names;
  std::string version;  ///< changes whenever these change

  Edition const* edition(EditionId id) const;
  Edition const* edition(std::string_view slug) const;
  coalition::Organisation const* organisation(coalition::OrganisationId id) const;
  Day today(Instant now) const;  ///< in time_zone
  /// The edition the public pages open with: the one whose preparation to closing includes today (a sample one included), otherwise the latest
  /// that began before today, otherwise the first to come; null when there is none.
  Edition const* current(Instant now) const;
};

/// The facts as of a snapshot, kept while place::facts_version stays the same.
std::shared_ptr<Facts const> facts(db::Reader& read);
/// To be called by every write to places, organisations, codes, editions or contacts, after the last of its changes.
void touch_facts(db::Tx& tx);

/// The language of a published title by its letters: a title stays in its own language on every page and is marked with it.
std::string_view title_language(std::string_view title);

}  // namespace birge::campaign
