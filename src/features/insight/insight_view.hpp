#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/insight/insight.hpp"
#include "features/site/site.hpp"
#include "platform/html/chart.hpp"

/// How figures are written: numbers as links, tables that add up, the words of drawings. Shared by the pages of this folder.
namespace birge::insight::view {

/// What every part of a page of figures needs.
struct Page {
  Request& request;
  Say const& say;
  campaign::Facts const& facts;
  campaign::Edition edition;
  std::optional<Instant> closed;  ///< as of when its figures stand still
  campaign::EditionId current;    ///< the edition that addresses need not name
  Figures figures;
  Day today;
  std::string source;                           ///< printed under every drawing: where the numbers come from and as of when
  std::shared_ptr<campaign::Facts const> kept;  ///< keeps `facts` alive
};

/// The figures of the edition and region that the address chooses. Problem(not_found) for an edition or region there is not.
Page read_page(Request& request, Late late = Late::without_hosts);
/// The figures of a region (or of the country) in the edition that the address chooses.
Page read_page(Request& request, std::optional<place::PlaceId> region);

/// The same of an edition.
Page read_page(Request& request, campaign::Edition edition, std::optional<place::PlaceId> region, Late late = Late::without_hosts);

/// A count in words: "120", "120–150"; where the two ends stand the wrong way round (parts that exceed their whole) both with a stroke between.
std::string count_text(Say const& say, Count count);

/// The lists that the numbers of one line open: one address, and the states that narrow it.
class Opener {
public:
  Opener() = default;  ///< opens nothing: numbers are plain text
  Opener(Page const& page, Filter const& filter);
  /// One page, whichever the state.
  static Opener of_page(Url page);
  Url url(Filter::Status status) const;
  /// Zero has nothing behind it and is no link.
  void add_number(Html& out, Say const& say, std::int64_t number, Filter::Status status) const;
  void add_count(Html& out, Say const& say, Count count, Filter::Status status) const;
  Html number(Say const& say, std::int64_t number, Filter::Status status) const;
  Html count(Say const& say, Count count, Filter::Status status) const;

private:
  void add(Html& out, std::string_view text, Filter::Status status) const;
  bool opens() const { return !base_.text().empty(); }

  Url base_;
  bool has_query_ = false;
  bool one_page_ = false;
};

/// Lines of a dimension by key.
class Index {
public:
  Index(Figures const& figures, std::string_view dimension);
  Line const& at(std::string_view key) const;  ///< a line of zeros where nothing was planned
  bool has(std::string_view key) const { return find(key) != nullptr; }

private:
  Line const* find(std::string_view key) const;
  std::vector<std::pair<std::string_view, Line const*>> lines_;  ///< in order of their keys
};

enum class Column { planned, held, cancelled, unreported, attendance, reported, confirmed, audience };

struct Row {
  enum class Kind { plain, part, rest, sum } kind = Kind::plain;
  Html name;
  Line line;
  Opener opens;
};

struct Table {
  std::string id;  ///< of its caption
  std::string caption, first;
  std::vector<Column> columns;
  std::vector<Row> rows;
  bool has_total = true;
};
Html table(Page const& page, Table table);
void add_table(Html& out, Page const& page, Table table);
/// The same behind a summary, one click away from its drawing.
void add_folded_table(Html& out, Page const& page, Table table);

Row row(Page const& page, std::string_view dimension, Line const& line, Html name);
/// What the lines count beyond the total, as a line of its own; nothing where they add up.
std::optional<Row> reconciling(Page const& page, std::string_view dimension, Html name);

/// Whether the edition of the page is known from sources alone.
inline bool only_documented(Page const& page) { return insight::only_documented(page.figures, page.edition, page.today); }

/// "Most: Osh (1,200), Naryn (340). None: Talas." The text alternative of a drawing.
std::string summary(Say const& say, std::vector<chart::Mark> const& marks);

/// What the signs of a map of attendances, or of their rate, mean: one for the pages and the report.
chart::Legend map_legend(Say const& say, std::string_view unit);

Html place_name(Page const& page, place::PlaceId id);  ///< with its language marked
Html place_link(Page const& page, place::PlaceId id);  ///< a region's leads to its page
/// The name of a line of a dimension by place: a place, a region without a district, or a reach.
Html line_name(Page const& page, std::string_view key);
std::string key_of(place::PlaceId id);
std::string short_name(Page const& page, place::PlaceId id);

/// An address of these pages with the edition and region of the page.
Url here(Page const& page, Url const& path, std::optional<place::PlaceId> region);
/// The page behind the rate of a census unit, in the current edition (an empty slug) or another one; `days` narrows it to a period.
Url unit_link(Say const& say, place::CensusUnit const& unit, std::string_view edition, Filter const& days);
/// Links that choose edition and region; `path` is the page they lead to.
Html filters(Page const& page, Url const& path);
/// "2018 edition · 10 September – 10 December 2018".
std::string above(Page const& page);
site::Head head(Page const& page, std::string title, Url canonical);
Html breadcrumbs(Page const& page, std::string_view here);

}  // namespace birge::insight::view
