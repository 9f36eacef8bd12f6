#pragma once

#include <string>
#include <utility>
#include <vector>

#include "features/report/report_article.hpp"

/// The chapters of the report, each a function of what was gathered.
namespace birge::report {

struct Chapter {
  std::string id, title;
  Html body;
  std::vector<std::pair<std::string, std::string>> parts;  ///< anchors and names below it in the contents
  Part page = Part::reading;                               ///< the page of the site that it stands on
};

Chapter summary(view::Pen& pen);
Chapter comparison(view::Pen& pen);
Chapter regions(view::Pen& pen);  ///< a block a region; of a report on one region its districts
Chapter places(view::Pen& pen);   ///< districts and cities, as a map and a table
Chapter kinds(view::Pen& pen);
Chapter topics(view::Pen& pen);  ///< topics and audiences
Chapter timeline(view::Pen& pen);
Chapter people(view::Pen& pen);
Chapter coverage(view::Pen& pen);  ///< of a report with results
Chapter organisations(view::Pen& pen);
Chapter unreported(view::Pen& pen);
Html timeliness(view::Pen& pen);   ///< how punctual the results were, by region and organisation; nothing where none was due
Chapter promises(view::Pen& pen);  ///< what the earlier conference recommended, and what became of it
Html recommendations(view::Pen& pen, std::vector<campaign::Recommendation> const& list, bool with_state);
Chapter corrections(view::Pen& pen);  ///< after the closing
Chapter changes(view::Pen& pen);      ///< cancelled and moved
Chapter method(view::Pen& pen);
Chapter sources(view::Pen& pen);

/// The counting rules in sentences, as the method notes and the workbook print them.
std::vector<std::string> method_notes(Say const& say);
/// The day of an activity as precisely as it is known.
std::string day_text(Say const& say, Card const& card);
Message stated_name(std::string_view measure);
/// "activities: 77" in a sentence about what was published.
std::string stated_item(Say const& say, campaign::StatedFigure const& figure);
/// The inhabitants of a census unit live in these districts.
std::string unit_name(view::Pen const& pen, place::CensusUnit const& unit);
/// Whether a census unit lies in the report's region with all its places: only then a rate is a rate.
bool whole_unit(Report const& report, place::CensusUnit const& unit);
/// Name of an age band of the figures by sex and age, the coarser and the unknown ones included.
std::string band_name(Report const& report, Say const& say, std::string_view band);
/// The bands in the order of age, those no pack knows last.
std::vector<std::string> bands_of(Report const& report);

}  // namespace birge::report
