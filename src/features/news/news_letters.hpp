#pragma once

#include "features/notice/notice_letter.hpp"
#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// Letters about notices: at once, every working day at eight in the country's time, or on the first working day of the week.
namespace birge::news {

/// The rhythms of which a letter is due on a day, each with its period: the day itself, or the Monday of its week.
std::vector<std::pair<notice::Rhythm, Day>> due_rhythms(Day today, std::vector<std::pair<Day, Day>> const& holidays);

/// Makes one letter for one person; nothing where nothing is new.
jobs::Kind letter(Services const& services);
/// Puts the letters of a day into the queue, once for each person and period.
jobs::Kind digests(Services const& services);
jobs::Schedule digests_daily();

}  // namespace birge::news
