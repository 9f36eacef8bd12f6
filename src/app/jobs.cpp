#include "app/jobs.hpp"

#include "features/activity/activity_jobs.hpp"
#include "features/audit/chain.hpp"
#include "features/evidence/evidence_jobs.hpp"
#include "features/evidence/evidence_words.hpp"
#include "features/intake/intake_jobs.hpp"
#include "features/news/news_letters.hpp"
#include "features/people/people_jobs.hpp"
#include "features/village/village_jobs.hpp"
#include "features/work/home/home_jobs.hpp"
#include "features/work/result/result_words.hpp"
#include "features/work/talk/talk_words.hpp"
#include "features/work/work_reasons.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/say.hpp"
#include "platform/jobs/mail.hpp"

/// Every kind of job and every schedule of the program, on one page.
namespace birge::app {

namespace {

constexpr auto every_day = std::chrono::hours(24);
constexpr auto dead_letters_kept = std::chrono::days(30);

/// Dead letters and the outbox hold addresses of people, so they go after a while.
jobs::Kind forget_letters(Clock const& clock) {
  return {"forget_letters", [&clock](jobs::Job const&) -> jobs::Finish {
            auto const now = clock.now();
            return [now](db::Tx& tx) {
              jobs::forget_dead(tx, now - dead_letters_kept);
              jobs::forget_useless_mail(tx, now);
            };
          }};
}

/// Sends the head of the audit log to those who keep it; nobody can cut the log unseen then.
jobs::Kind mail_audit_head(Services const& services) {
  return {"mail_audit_head", [&services](jobs::Job const&) -> jobs::Finish {
            auto const head = services.database.read([](db::Reader& read) { return audit::head(read); });
            if (head.sequence == 0) return {};
            auto const& say = Say::in(language_of(services.config.text("default_language")).value_or(Language::ky));
            jobs::Mail letter;
            letter.subject = say("Where the audit log ends");
            letter.text = say("Please keep this line. With it anybody can prove later that nothing was changed or cut off up to here:");
            letter.text += "\n\n" + audit::head_text(head) + " " + iso(head.at) + "\n\n" + services.config.text("public_address") + "\n";
            return [&services, letter](db::Tx& tx) mutable {
              for (auto const part : split(services.config.text("audit_head_to"), ',')) {
                letter.to = trim(part);
                if (jobs::valid_address(letter.to)) jobs::mail(tx, services.ids, letter, services.clock.now());
              }
            };
          }};
}

std::vector<jobs::Kind> letters_sent(Services const& services) {
  auto relay = jobs::relay(services.config);
  if (!relay) return {};
  return {jobs::mail_kind(services.database, services.clock, std::move(*relay))};
}

/// Everything but the sending of letters, and `more`.
jobs::Worker with(Services const& services, std::vector<jobs::Kind> more) {
  std::vector<jobs::Kind> kinds{forget_letters(services.clock), work::result_reminders(services)};
  std::vector<jobs::Schedule> schedules{jobs::every("forget_letters", every_day), work::result_reminders_daily()};
  kinds.push_back(work::escalations(services));
  schedules.push_back(work::escalations_daily());
  kinds.push_back(evidence::upkeep(services));
  schedules.push_back(evidence::upkeep_daily());
  kinds.push_back(village::forgetting(services));
  kinds.push_back(people::forgetting(services));
  kinds.push_back(village::invitation_reminders(services));
  schedules.push_back(village::forgetting_daily());
  schedules.push_back(people::forgetting_daily());
  schedules.push_back(village::invitation_reminders_daily());
  kinds.push_back(activity::scopes_refreshed());
  schedules.push_back(activity::scopes_refreshed_often());
  kinds.push_back(activity::activities_indexed(services));
  schedules.push_back(activity::activities_indexed_often());
  kinds.push_back(work::remarks_indexed());
  schedules.push_back(work::remarks_indexed_often());
  kinds.push_back(work::results_indexed(services));
  schedules.push_back(work::results_indexed_often());
  kinds.push_back(work::reasons_indexed(services));
  schedules.push_back(work::reasons_indexed_often());
  kinds.push_back(evidence::captions_indexed());
  schedules.push_back(evidence::captions_indexed_often());
  kinds.push_back(news::letter(services));
  kinds.push_back(news::digests(services));
  schedules.push_back(news::digests_daily());
  for (auto kind : {intake::read_upload, intake::undo_import, intake::forget_uploads}) kinds.push_back(kind(services));
  schedules.push_back(intake::forget_uploads_daily());
  if (!services.config.text("audit_head_to").empty()) {
    kinds.push_back(mail_audit_head(services));
    schedules.push_back(jobs::every("mail_audit_head", every_day));
  }
  for (auto& kind : more) kinds.push_back(std::move(kind));
  return {services.database, services.clock, services.ids, std::move(kinds), std::move(schedules)};
}

}  // namespace

jobs::Worker worker(Services const& services) { return with(services, letters_sent(services)); }

std::vector<jobs::Worker> workers(Services const& services) {
  std::vector<jobs::Worker> all{with(services, {})};
  if (auto letters = letters_sent(services); !letters.empty())
    all.emplace_back(services.database, services.clock, services.ids, std::move(letters), std::vector<jobs::Schedule>{});
  return all;
}

}  // namespace birge::app
