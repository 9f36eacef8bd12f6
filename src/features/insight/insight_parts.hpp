#pragma once

#include "features/insight/insight_view.hpp"

/// The blocks that pages of figures are made of.
namespace birge::insight::view {

Html totals(Page const& page);
/// Of a closed edition: as of when its figures stand still, and each correction since with the values before and after; nothing while it is open.
Html closing(Page const& page);
/// What was to be reached, beside what was; nothing where no target is set.
Html targets(Page const& page);

// Where have we been?
/// Rows of a table by place that add up to the total: regions (or the districts of the chosen one), then what lies in no place.
std::vector<Row> region_rows(Page const& page);
/// Every district under its region, with what has no district beside it.
std::vector<Row> district_rows(Page const& page);
Html region_map(Page const& page);
Html district_map(Page const& page);
Html rate_map(Page const& page);
Html weeks(Page const& page);

// Who did we reach?
Html people(Page const& page);
void add_kinds(Html& out, Page const& page);
void add_topics(Html& out, Page const& page);
void add_audiences(Html& out, Page const& page);
/// `most`: how many organisations have a line of their own; the others share one.
/// The first of them, with a line for the others that opens a page of those alone.
Html organisations(Page const& page, std::size_t most, std::vector<Column> columns);
/// All but the first `without`, which stand where their sum was clicked; 0: all of them, with the total.
Html organisations_whole(Page const& page, std::size_t without, std::vector<Column> columns);
/// How many held something.
std::int64_t organisations_that_held(Page const& page);

// What is missing?
Html unreported(Page const& page);
Html never_reached(Page const& page);
/// Census units, those with the fewest attendances for their people first; `most` of them.
Html rates(Page const& page, std::size_t most);

/// A census unit by the places it joins: "Bishkek, Alamudun district".
std::string unit_name(Page const& page, place::CensusUnit const& unit);
std::string rate_text(Say const& say, Coverage const& coverage);

}  // namespace birge::insight::view
