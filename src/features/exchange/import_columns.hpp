#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "platform/sheet/sheet.hpp"

/// What the columns of a sheet are, by their headers.
namespace birge::exchange {

enum class Column {
  unknown,
  ignored,
  id,
  title,
  summary,
  kind,
  topic,
  audience_group,
  day,
  end_day,
  time,
  start_time,
  end_time,
  moved_to,
  reason,
  where,  ///< "место проведения": the place where there is no other place column, otherwise the venue
  place,
  region,
  district,
  community,
  village,
  venue,
  lead,
  co_hosts,
  partners,
  languages,
  entry,
  cost,
  contact,
  visibility,
  status,
  expected,
  total,
  heads,
  broadcast,
  upper_end,  ///< of the counts whose lower end stands in another column
  method,
  narrative,
  reach
};

/// Several columns of a kind may stand side by side ("Topic 1", "Topic 2"); all others are taken once.
bool repeatable(Column column);

/// Columns of numbers of people.
inline bool about_people(Column column) {
  return column == Column::expected || column == Column::total || column == Column::heads || column == Column::broadcast;
}

/// What one header says.
struct Heading {
  Column column = Column::unknown;
  std::string language;                        ///< of title, summary and venue: the code, where the header names one
  activity::Sex sex = activity::Sex::unknown;  ///< of heads
  std::optional<int> low_age, high_age;        ///< of heads, both included; no high_age with a low_age: and over
  bool any_age = true;                         ///< of heads: nothing is said about age
  bool operator==(Heading const&) const = default;
};

/// Reads a header in Kyrgyz, Russian or English, in any case and with the usual words around it.
Heading heading_of(std::string_view header);

/// Reads an HXL hashtag (#adm1+code, #reached+f+children); nothing when the cell holds none.
std::optional<Heading> heading_of_tag(std::string_view cell);

/// Whether two hashtags name the lower and the upper end of the same counts: #reached+f+min and #reached+f+max.
bool ends_of_one_range(std::string_view lower, std::string_view upper);
/// Whether a hashtag is about all places of an activity that is in several, #loc+name+list, or of a place by its name, #loc+name.
bool lists_places(std::string_view tag);
bool names_one_place(std::string_view tag);
/// Whether a hashtag is about the day or place that something was moved away from: #date+original.
bool tells_what_was_before(std::string_view tag);

/// One column of a table.
struct SheetColumn {
  Heading heading;
  std::string header;                               ///< as it stands in the file; the hashtag where there are no words
  std::string tag;                                  ///< the hashtag as it stands in the file
  std::optional<std::size_t> upper = std::nullopt;  ///< the column that has the upper end of its counts
  std::optional<std::size_t> named = std::nullopt;  ///< of a column of codes: the one with the names, for cells that have no code
  bool may_be_place = false;                        ///< a venue whose header might mean the place as well
};

/// How one table is laid out.
struct Layout {
  std::size_t table = 0;
  std::string sheet;
  int header_row = 0;   ///< the last row of the header; data begins behind it
  bool tagged = false;  ///< there is a row of hashtags
  std::vector<SheetColumn> columns;

  bool has(Column column) const;
  bool has_place() const;
  int found() const;  ///< how many columns are understood
};

/// "C Дата": how findings name a column.
std::string column_name(Layout const& layout, std::size_t column);
std::string column_letter(std::size_t column);

/// Finds the header among the first rows of a table; nothing when none of them looks like one.
std::optional<Layout> find_layout(std::vector<sheet::Row> const& first_rows);

/// What a person typed: white space cleaned, the apostrophe gone that exports put before what would run as a formula.
std::string cell_text(sheet::Cell const& cell);

}  // namespace birge::exchange
