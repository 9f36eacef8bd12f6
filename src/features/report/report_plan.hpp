#pragma once

#include <string>
#include <vector>

#include "features/report/report.hpp"

/// The plan sheet: what is planned in an edition, a region or a period, under the head that an authority signs.
namespace birge::report {

struct Plan {
  std::shared_ptr<campaign::Facts const> facts;
  Edition edition;
  Filter scope;
  std::vector<Activity> activities;  ///< approved, held and reported ones, first days first; coalition-only ones too, cancelled ones not
};

/// A sheet that somebody signs stays readable: more than this is asked to be divided by region or period, or taken as a workbook.
inline constexpr std::size_t most_planned = 400;

Plan gather_plan(db::Reader& read, Filter const& scope, Instant now);
/// "Plan of activities: 100 Days ..., Naryn oblast".
std::string plan_title(Plan const& plan, Say const& say);
/// Throws Problem when there are more than most_planned activities.
Html plan_article(Plan const& plan, Say const& say);
std::string plan_workbook(Plan const& plan, Say const& say);

}  // namespace birge::report
