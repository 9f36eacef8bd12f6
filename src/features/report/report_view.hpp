#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/insight/insight_view.hpp"
#include "features/report/report.hpp"
#include "platform/html/chart.hpp"

/// How a report writes numbers, names, tables and drawings. Shared by its chapters.
namespace birge::report::view {

/// Where the numbers of a report open to. On a page they are links of the site; in a file they need a full address; without one they are text.
struct Links {
  bool on = false;
  std::string address;     ///< put before paths; empty on a page
  bool workspace = false;  ///< the reader also sees what is inside the coalition
};

/// Writes one report in one language and keeps count of its figures and tables.
class Pen {
public:
  Pen(Report const& report, Say const& say, Links links);

  Report const& report;
  Say const& say;
  campaign::Facts const& facts;
  std::string source;  ///< printed under drawings: where the numbers come from, as of when

  std::string figure(std::string_view title);  ///< "Figure 3. ..."
  std::string table(std::string_view title);   ///< "Table 3. ..."

  std::string text(std::int64_t number) const { return say.number(number); }
  /// "120" or "120–150"; where the parts exceed their whole, both ends with a stroke between.
  std::string text(Count count) const;
  /// "900 reported + 384 confirmed".
  std::string parts(Count reported, Count confirmed) const;
  /// The same, each of the two a link to the list it is of.
  Html parts(Line const& line, Filter const& filter) const;

  Url link(Filter const& filter, Filter::Status status) const;  ///< empty where numbers do not open
  Url unit_link(place::CensusUnit const& unit) const;           ///< the activities behind the rate of a census unit
  /// The activities behind a cell by sex and age, an empty part of it meaning all; empty also of some days only, which that page does not know.
  Url people_link(std::string_view sex, std::string_view band) const;
  /// A page of figures of the whole edition or region, or of what is left of its table without the first so many lines; empty also of some days only.
  Url figures_link(std::string_view path, Filter const& scope, std::size_t without = 0) const;
  /// The workspace's table of results of the line that `whose` chooses; empty for readers outside and of a closed edition, which no table shows
  /// as it stood.
  Url results_link(std::vector<std::pair<std::string, std::string>> whose) const;
  Html opened(std::string_view text, Url const& page) const;
  Html number(std::int64_t number, Filter const& filter, Filter::Status status) const;
  Html count(Count count, Filter const& filter, Filter::Status status) const;

  Html place(PlaceId id) const;       ///< its language marked where it is not the report's
  Html full_place(PlaceId id) const;  ///< with what it lies in
  std::string short_place(PlaceId id) const;
  Html words(std::string_view text, std::string_view language) const;
  Html organisation(coalition::OrganisationId id) const;
  Url path(Url const& path) const;  ///< an own page as Links has it; empty where nothing opens

private:
  Links links_;
  int figures_ = 0, tables_ = 0;
};

/// What stands between a date and the next sentence: Kyrgyz and Russian dates end in a stop of their own.
inline std::string_view end_behind(std::string_view date) { return date.ends_with('.') ? " " : ". "; }

enum class Column { planned, held, cancelled, unreported, reported, confirmed, audience };
std::string heading(Say const& say, Column column);
inline constexpr std::array<Column, 7> all_columns{Column::planned,  Column::held,      Column::cancelled, Column::unreported,
                                                   Column::reported, Column::confirmed, Column::audience};

struct Row {
  enum class Kind { plain, part, part_rest, sum, rest } kind = Kind::plain;
  Html name;
  Line line;
  std::optional<Filter> opens{};  ///< the list behind its numbers
  Url page{};                     ///< or the one page that has them all
};

struct Table {
  std::string id;
  std::string caption;  ///< numbered by whoever made it
  std::string first;
  std::vector<Column> columns{all_columns.begin(), all_columns.end()};
  std::vector<Row> rows;
};
/// The table with the report's total below it, without what results tell where there is none.
Html write(Pen const& pen, Table table);

/// The first `most` of these lines as rows and the others added up in one, so that the table is bounded and still adds up. The sum opens where it is of
/// kinds or organisations.
std::vector<Row> bounded(Pen const& pen, std::string_view dimension, std::vector<Line const*> const& lines, std::size_t most,
                         std::function<Html(Line const&)> const& name);

/// "Most: Osh (1,200), Naryn (340). With nothing: 2 of 9.": the text alternative of a drawing.
using insight::view::summary;

/// The name of a line's key in its dimension: region and district (also "region only" and reach), week, kind, topic, audience, organisation.
std::string key_name(Report const& report, Say const& say, std::string_view dimension, std::string_view key);

}  // namespace birge::report::view
