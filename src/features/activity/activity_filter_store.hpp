#pragma once

#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"

/// The clauses of a filter, for the statements of this folder that find activities by one.
namespace birge::activity::detail {

using db::Sql;

/// The index a list is read from, in the order it is shown: the activities themselves, or one of the tables that repeat edition and day.
enum class Driver { activity, organisation, topic, audience, word };

/// The beginning of words, and the first text behind all that begin so.
struct Beginning {
  std::string from, until;
  bool common = false;  ///< so many words begin like this that asking each activity is quicker than collecting theirs
};

/// Words of a search that the table holds exactly, and beginnings of words.
struct Search {
  std::vector<std::string> exact;
  std::vector<Beginning> beginnings;
  bool nothing = false;  ///< the text has no word to search for
};

Search search_of(db::Reader& read, Filter const& filter);
Driver driver_of(Filter const& filter, Search const& search);

/// " from activity a" and the table of the driver, x, before it.
void add_tables(Sql& sql, Driver driver);
/// The clause " where ..." of a filter.
void add_conditions(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today);
/// Both.
void add_filter(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today);

}  // namespace birge::activity::detail
