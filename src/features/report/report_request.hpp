#pragma once

#include <string>

#include "features/activity/activity.hpp"
#include "features/report/report.hpp"
#include "platform/http/request.hpp"

/// What a request asks of a report, for its pages and its files.
namespace birge::report {

/// Of a query without faults: a place stands for its region.
Filter scope_in(activity::ReadFilter const& read, campaign::Facts const& facts, campaign::EditionId edition);
bool of_some_days(Filter const& scope);
/// Place and days as an address has them, with the question mark; empty where nothing is chosen.
std::string query_of(Filter const& scope, campaign::Facts const& facts);

/// The texts that people wrote on the pages of the edition, else those of the file in the data folder. A file that cannot be read has none here; the
/// command line says what is wrong with it.
Texts texts_of(Request const& request, Report const& report);

/// The ETag of everything that shows the report of an edition, the file with its texts included.
std::string tag_of(Request& request, Edition const& edition);
/// Tells whoever knows this tag that nothing changed.
Reply unchanged(std::string tag);

}  // namespace birge::report
