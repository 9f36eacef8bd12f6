#pragma once

#include "features/work/work_view.hpp"

/// Parts of the page of one activity.
namespace birge::work {

/// The page itself, with something above it: what happened to a step that could not be made.
Reply activity_work_page(Request& request, Opened const& opened, Html const& above, Status status);

/// What happened, with every version of the result and who confirmed it. Nothing where there is no result.
Html result_part(Request& request, Opened const& opened, People& people);
/// What a change of the form changed.
struct Changes {
  std::vector<Message> fields;  ///< their names
  bool proposed_anew = false;   ///< what was approved has to be approved once more
};
/// Of those lines of an activity that are such changes, by their version.
std::map<int, Changes> changes_of(db::Reader& read, ActivityId id, std::vector<Line> const& lines);
/// What a line of the history tells: a step of ours, or what came in another way.
Message line_name(Line const& line);
Html timeline_list(Request& request, Opened const& opened, std::vector<Line> const& lines, People& people);
/// What became of the activity since it had a version: who did what when.
Html steps_since(Request& request, Opened const& opened, int version);
Html timeline_part(Request& request, Opened const& opened, std::vector<Line> const& lines, People& people);
Html checklist_part(Request& request, Opened const& opened);
/// Why a result deserves a second look before it is confirmed.
std::vector<Message> doubts(db::Reader& read, Activity const& activity);
/// The same as a notice, for those who may confirm it; nothing for the others.
Html doubts_part(Request& request, Opened const& opened);
/// The discussion; above its form what was typed stands again where it was refused.
Html remarks_part(Request& request, Opened const& opened);

/// What a plan meets and what else is planned in its district, before it is proposed.
Html around_part(Request& request, Opened const& opened);
/// Of the same only what it meets, for one of several plans.
Html clashes_part(Request& request, Opened const& opened);

}  // namespace birge::work
