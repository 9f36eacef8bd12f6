#include "app/jobs.hpp"

#include "features/work/work_jobs.hpp"
#include "platform/jobs/mail.hpp"

/// Every kind of job and every schedule of the program, on one page.
namespace birge::app {

namespace {

constexpr auto dead_letters_kept = std::chrono::days(30);

/// Dead letters hold addresses of people, so they go after a while.
jobs::Kind forget_dead_letters(Clock const& clock) {
  return {"forget_dead_letters", [&clock](jobs::Job const&) -> jobs::Finish {
            auto const before = clock.now() - dead_letters_kept;
            return [before](db::Tx& tx) { jobs::forget_dead(tx, before); };
          }};
}

}  // namespace

jobs::Worker worker(Services const& services) {
  constexpr int every_day = 24 * 60;
  std::vector<jobs::Kind> kinds;
  kinds.push_back(forget_dead_letters(services.clock));
  if (auto relay = jobs::relay(services.config)) kinds.push_back(jobs::mail_kind(services.database, services.clock, std::move(*relay)));
  kinds.push_back(work::result_reminders(services));
  std::vector<jobs::Schedule> schedules;
  schedules.push_back(jobs::every("forget_dead_letters", std::chrono::minutes(every_day)));
  schedules.push_back(work::result_reminders_daily(services));
  return {services.database, services.clock, services.ids, std::move(kinds), std::move(schedules)};
}

}  // namespace birge::app
