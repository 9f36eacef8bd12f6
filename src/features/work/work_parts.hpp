#pragma once

#include "features/work/work_view.hpp"

/// Parts of the page of one activity.
namespace birge::work {

/// The page itself, with something above it: what happened to a step that could not be made.
Reply activity_work_page(Request& request, Opened const& opened, Html const& above, Status status);

/// What happened, with every version of the result and who confirmed it. Nothing where there is no result.
Html result_part(Request& request, Opened const& opened, People& people);
Html timeline_list(Request& request, campaign::Facts const& known, std::vector<Line> const& lines, People& people);
Html timeline_part(Request& request, campaign::Facts const& known, std::vector<Line> const& lines, People& people);
Html checklist_part(Request& request, Opened const& opened);
/// Why a result deserves a second look before it is confirmed.
std::vector<Message> doubts(db::Reader& read, Activity const& activity);
/// The same as a notice, for those who may confirm it; nothing for the others.
Html doubts_part(Request& request, Opened const& opened);
/// The discussion; above its form what was typed stands again where it was refused.
Html remarks_part(Request& request, Opened const& opened);

/// What a plan meets and what else is planned in its district, before it is proposed.
Html around_part(Request& request, Opened const& opened);

}  // namespace birge::work
