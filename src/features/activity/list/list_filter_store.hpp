#pragma once

#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"

/// The clauses of a filter, for the statements of this folder that find activities by one.
namespace birge::activity::detail {

using db::Sql;

/// The index a list is read from, in the order it is shown: the activities themselves, or one of the tables that repeat edition and day. Or `late`:
/// of a place or kind few are late, so these are found in the index of states first and put in order.
enum class Driver { activity, organisation, topic, audience, word, late };

/// The beginning of words, and the first text behind all that begin so.
struct Beginning {
  std::string from, until;
  bool common = false;  ///< so many words begin like this that asking each activity is quicker than collecting theirs
};

/// Words of a search that the table holds exactly, and beginnings of words.
struct Search {
  std::vector<std::string> exact;
  std::vector<Beginning> beginnings;
  std::vector<std::string> any_of;  ///< words of which one is enough; see each_search
  bool nothing = false;             ///< the text has no word to search for
};

Search search_of(db::Reader& read, Filter const& filter);

/// A search for the beginning of a word alone has no word whose rows stand in the order of the list. Where few words begin so, it is asked as a
/// search for each of them, and what they find is put together: each reads no more than the list shows. Calls `ask` for each such search, or
/// once for the search as it is.
template <class Ask>
void each_search(db::Reader& read, Filter const& filter, Ask&& ask);

/// The index that has the fewest rows to pass over, by the tallies.
Driver driver_of(db::Reader& read, Filter const& filter, Search const& search, campaign::Facts const& facts);

/// " from activity a" and the table of the driver, x, before it.
void add_tables(Sql& sql, Driver driver);
/// The clause " where ..." of a filter.
void add_conditions(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today);
/// Both.
void add_filter(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today);

/// Continues behind a cursor, in the order of the driver's index. No activity has the id 0: a cursor with it stands before the whole day, which
/// the index knows without comparing row by row.
void add_after(Sql& sql, Driver driver, Cursor const& after, int limit);

/// The search of a filter with the words that its first beginning may stand for, where those are few and no whole word was given.
Search spelled_out(db::Reader& read, Filter const& filter);

template <class Ask>
void each_search(db::Reader& read, Filter const& filter, Ask&& ask) {
  auto search = spelled_out(read, filter);
  if (search.any_of.empty()) return ask(search);
  for (auto const words = std::move(search.any_of); auto const& word : words) {
    search.exact = {word};
    search.any_of.clear();
    ask(search);
  }
}

}  // namespace birge::activity::detail
