#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight.hpp"
#include "features/insight/insight_corrections.hpp"
#include "features/place/place_map.hpp"
#include "features/report/report_texts.hpp"
#include "features/work/home/home_timeliness.hpp"

/// The closing report of an edition: what the figures say, in the order a reader asks, as a page, a PDF or a workbook.
namespace birge::report {

using activity::Activity;
using activity::Card;
using activity::Count;
using activity::Filter;
using campaign::Edition;
using insight::Figures;
using insight::Line;
using insight::Measure;
using place::PlaceId;

/// What a report is about: an edition, or one region or period of it. Only `edition`, `place`, `from` and `until` of the filter are used.
Filter scope_of(campaign::EditionId edition, std::optional<PlaceId> region, std::optional<Day> from, std::optional<Day> until);

/// The region of a code, a P-code or any spelling of its name. Throws Problem(not_found) for anything that is no region.
PlaceId region_named(db::Reader& read, campaign::Facts const& facts, std::string_view name);

/// Activities of one kind of news (not reported, cancelled, moved): as many as a sheet of paper bears, and how many there are.
struct Listing {
  std::vector<Card> rows;   ///< public ones, first days first
  std::int64_t total = 0;   ///< those the public does not see listed included
  std::int64_t hidden = 0;  ///< of total
};

/// One region with its own figures.
struct RegionFigures {
  place::Place const* place = nullptr;
  Figures figures;
};

/// An edition beside which this one is laid.
struct Comparison {
  Edition const* edition = nullptr;
  Line total;
  std::int64_t districts = 0, organisations = 0;  ///< in which, and by which, something was held
  std::vector<campaign::StatedFigure> stated;     ///< published totals whose parts are unknown; never added to counts
  bool closed = false;                            ///< its figures stand still
  std::optional<campaign::Target> target;         ///< of all kinds together, in the report's country or region
};

/// Where data comes from, as its licence asks.
struct Source {
  std::string title, address, licence, dated;
  std::string own_title, own_licence;  ///< in the language of the report; empty where the pack has none
};

/// Everything a report says, read in one snapshot.
struct Report {
  std::shared_ptr<campaign::Facts const> facts;
  Edition edition;
  Filter scope;
  Day today;
  std::optional<Instant> closed;  ///< as of when its figures stand still
  Instant as_of{};                ///< when an activity of the edition last changed
  Figures figures;
  std::vector<RegionFigures> regions;  ///< of a report on the whole country, in the country's order
  std::vector<Comparison> editions;    ///< this edition first, then earlier ones, the latest first
  std::vector<campaign::Participant> participants;
  Listing unreported, cancelled, moved;
  Texts texts;                                                ///< that people wrote on the pages of the edition
  std::vector<campaign::Recommendation> recommendations;      ///< of this edition's closing conference
  Edition const* promised_by = nullptr;                       ///< the edition before it that recommended something; null: none
  std::vector<campaign::Recommendation> promised;             ///< what that one recommended
  insight::Corrections corrections;                           ///< after the closing
  std::vector<work::Punctuality> by_region, by_organisation;  ///< results in time; nothing of a period
  std::vector<Source> sources;
  std::shared_ptr<place::MapLayer const> region_map, district_map;  ///< null where the country pack has none

  /// Held in how many districts; organisations that held something.
  std::int64_t districts_reached() const;
  std::int64_t organisations_active() const;
  std::int64_t districts_in_scope() const;
  /// No result is on record in the report's scope: tables and drawings of attendances would show nothing but 0.
  bool without_result() const { return figures.total.without_result(); }
  /// The edition is known from sources alone, see insight::only_documented.
  bool only_documented() const { return insight::only_documented(figures, edition, today); }
  /// Its figures are complete: it is over or closed. Until then the report is an interim one.
  bool final() const { return closed || edition.stage(today) == campaign::Stage::over; }
};

/// How many rows the lists of a report on paper have at most; the workbook has them all.
inline constexpr int listed = 25;

/// Reads everything a report needs; `language` is that of the lists' titles. Figures come from the tallies unless a period is chosen.
Report gather(db::Reader& read, Filter const& scope, Language language, Instant now);

using insight::by_size;

/// Whether the lines of a dimension say how many are not reported in time: not by topic and audience group.
bool tells_unreported(std::string_view dimension);

/// What the lines of a dimension count beyond the total: an activity with two hosts or topics stands in two lines and counts once.
/// Nothing where they add up.
std::optional<Line> beyond_total(Figures const& figures, std::string_view dimension);

}  // namespace birge::report
