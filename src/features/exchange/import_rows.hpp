#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/exchange/exchange.hpp"
#include "features/exchange/import_counts.hpp"
#include "features/exchange/import_dates.hpp"
#include "features/exchange/import_findings.hpp"
#include "features/exchange/import_words.hpp"

namespace birge::exchange {

using activity::Activity;
using activity::OrganisationId;
using activity::PlaceId;

/// A row as it was understood, not yet compared with what is stored.
struct ImportRow {
  std::size_t layout = 0;  ///< index of its table
  int number = 0;
  Activity activity;                       ///< a lead or partner to be created has a negative id: see NewOrganisation
  std::string untagged_language;           ///< of the title whose header names no language; empty when all do
  std::optional<Status::Word> status;      ///< nothing: the sheet does not say
  std::optional<Day> old_day;              ///< of a moved activity, the day it is moved from
  std::optional<activity::Result> result;  ///< what was counted; its state is not decided yet
  bool about = false;                      ///< a count was given as "about"
  bool visibility_said = false;            ///< otherwise what is stored stays
  std::map<PlaceId, PlaceId> formerly;     ///< by a place that was read: one of the same name that is none on the days of the row
  bool village_for_place = false;          ///< its village is the text that names the place of `formerly`: there it is none
  bool own_id = false;                     ///< its id is one of Birge: it says which activity is meant and is not stored
  std::optional<int> shares_count_with;    ///< the row in which a number of people stands that is merged over this one too
  Fate fate = Fate::add;
  std::size_t stored = 0;  ///< index of the activity it updates or repeats
};

/// An organisation that an import creates; in rows it has the id -1 - index until it is stored.
struct NewOrganisation {
  std::string name, language;
};

/// Remembers what a slow question answered: sheets repeat themselves.
template <class Answer>
class Memory {
public:
  template <class Ask>
  Answer const& get(std::string const& question, Ask const& ask) {
    auto const found = answers_.find(question);
    if (found != answers_.end()) return found->second;
    return answers_.emplace(question, ask()).first->second;
  }

private:
  std::unordered_map<std::string, Answer> answers_;
};

/// What all rows are read with.
struct Context {
  campaign::Facts const& facts;
  campaign::Edition const& edition;
  place::Matcher const& places;
  coalition::Matcher const& organisations;
  Options const& options;
  Day today;
  db::Reader& read;
  bool closed = false;  ///< the edition: only results that were reported are corrected
};

/// Turns rows of sheets into activities and says what is wrong with them. One object per import.
class RowReader {
public:
  explicit RowReader(Context const& context) : context_(context) {}

  /// Reads one row. An error makes its fate `block`; everything it has to say is added to findings().
  ImportRow read(Layout const& layout, std::size_t index, sheet::Row const& row);

  Findings& findings() { return findings_; }
  std::vector<NewOrganisation> const& new_organisations() const { return new_organisations_; }
  /// The name of an organisation, of those to be created too.
  std::string name(OrganisationId id) const;

private:
  /// One place, several, or a reach without places.
  struct Where {
    activity::Reach reach = activity::Reach::place;
    PlaceId place;
    std::vector<PlaceId> places;
    std::string village, venue;
    enum class Problem { none, unknown, several } problem = Problem::none;
    std::vector<PlaceId> candidates;
    std::vector<std::string> lists = {};  ///< of several places one of which has a name of many: the whole text for each meaning
  };

  // import_rows.cpp
  void report_formulas();
  void read_texts();
  void read_days();
  void read_moved(Dates const& dates);
  void read_clock(Dates const& dates);
  void report_days(Dates const& dates, std::size_t column);
  void read_id();
  std::string limited(Column column, std::size_t limit, std::string_view field);
  void look_for_private_data(std::string_view text, std::string_view field, std::size_t column);
  void read_status();

  // import_row_places.cpp
  bool in_its_time(PlaceId place) const;
  std::vector<PlaceId> in_their_time(std::vector<PlaceId> found);
  std::vector<PlaceId> narrower(std::string const& text, PlaceId place, std::optional<place::Level> level, std::vector<PlaceId>* nearest);
  void read_place();
  bool read_place_columns(Where& where);
  bool read_village(Where& where);
  Where combined(std::string const& text);
  std::optional<Where> place_of_venue();
  std::vector<std::string> meanings_of_list(std::string const& text);
  Where listed(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level);
  std::vector<PlaceId> elsewhere(std::string const& text, PlaceId place);
  bool lies_in(PlaceId id, PlaceId whole) const;
  std::vector<PlaceId> matches(std::string const& text, PlaceId within, std::optional<place::Level> level, std::vector<PlaceId>* nearest);
  std::vector<PlaceId> matches(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level,
                               std::vector<PlaceId>* nearest);
  std::vector<PlaceId> matches_of_each(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level,
                                       std::vector<PlaceId>* nearest);
  void report_elsewhere(PlaceId place, std::vector<PlaceId> const& others, std::size_t column);
  void report_place(Where const& where, std::size_t column);
  Message place_names(std::vector<PlaceId> const& places) const;
  std::vector<std::string> place_choices(std::vector<PlaceId> const& places, std::size_t column) const;

  // import_row_names.cpp
  void read_organisations();
  void add_organisation(std::string const& name, Column column, std::vector<OrganisationId>& list);
  void read_kind();
  void read_codes(Column column, std::string_view list, std::vector<std::string>& codes);
  void read_words();
  std::vector<std::string> nearest_names(std::string_view list, std::string const& text);

  // import_row_counts.cpp
  void read_counts();
  void report_shared_count(std::size_t column);
  std::optional<Heads> heads_in(std::size_t column, std::int64_t limit);
  std::optional<Heads> heads(std::size_t column, std::int64_t limit);
  std::optional<activity::Count> single(Column column, std::int64_t limit);
  void read_cells(activity::Result& result);
  void add_up(activity::Result& result, std::optional<activity::Count> total);

  // what they share
  /// Looking for what is spelt nearly so takes long, and nobody reads a thousand suggestions: behind that the unknown is unknown without one.
  bool may_suggest() { return suggestions_++ < 1000; }
  std::optional<std::size_t> index_of(Column column) const;  ///< the first column of that kind in the sheet
  sheet::Cell const& cell(std::size_t index) const;
  std::string text(Column column) const;  ///< cells of repeated columns with ; between them
  void error(std::string_view code, std::optional<std::size_t> column, Message expected, Message suggestion = {},
             std::vector<std::string> choices = {}, std::string_view name = {});
  void warn(std::string_view code, std::string_view field, std::optional<std::size_t> column, std::string detail, Message suggestion = {});
  void note(std::string_view code, std::optional<std::size_t> column, Message expected, Message suggestion = {});
  void add_finding(Finding::Severity severity, std::string_view code, std::optional<std::size_t> column, Message expected, Message suggestion,
                   std::vector<std::string> choices = {}, std::string_view name = {});

  Context const& context_;
  Layout const* layout_ = nullptr;
  sheet::Row const* source_ = nullptr;
  ImportRow row_;
  Findings findings_;
  int suggestions_ = 0;
  std::vector<NewOrganisation> new_organisations_;
  std::unordered_map<std::string, OrganisationId> new_by_name_;
  Memory<std::vector<PlaceId>> place_memory_, nearby_memory_;
  Memory<coalition::Matcher::Match> organisation_memory_;
  Memory<std::vector<std::string>> split_memory_;
  Memory<std::optional<std::string>> code_memory_;
};

}  // namespace birge::exchange
