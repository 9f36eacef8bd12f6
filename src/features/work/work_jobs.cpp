#include "features/work/work_jobs.hpp"

#include <set>

#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/notice/notice_letter.hpp"
#include "features/work/work_notices.hpp"
#include "features/work/work_reminder.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::work {

namespace {

constexpr int at_once = 2000;
/// What went one level up longer ago than that is no news.
constexpr int days_of_news = 14;

/// Those whom a missing result calls for: who entered it or its organisation's focal points; on the seventh day the coordinators.
std::set<PersonId> called(db::Reader& read, Brief const& brief, Remind remind, std::vector<account::Holder> const& holders) {
  std::set<PersonId> people;
  if (remind == Remind::coordinator) {
    for (auto const& holder : holders)
      if (brief.region ? holder.role == account::Role::regional_coordinator && holder.region == brief.region
                       : holder.role == account::Role::national_coordinator)
        people.insert(holder.person);
    return people;
  }
  if (auto const creator = Store(read).work(brief.id).created_by)
    for (auto const& holder : holders)
      if (holder.person == *creator) people.insert(*creator);
  if (people.empty())
    for (auto const& holder : holders)
      if (holder.role == account::Role::focal_point && holder.organisation == brief.lead) people.insert(holder.person);
  return people;
}

jobs::Mail mail_for(Services const& services, db::Reader& read, campaign::Facts const& known, Activity const& activity, account::Mailbox const& box) {
  auto const& say = Say::in(box.language);
  auto const stop = notice::stop_address(services, read, box.language, box.person);
  auto const address = services.config.text("public_address") + std::string(say.path("/work/activities/{}/report", activity.id).text());
  jobs::Mail mail;
  mail.to = box.email;
  mail.subject = say("A result is missing");
  mail.text = reminder_letter(say, activity::view::plain_line(say, known, activity), activity.due_day, address) + "\n\n" +
              say("No more letters: {}", stop) + "\n";
  mail.headers = notice::stop_headers(stop);
  mail.useful_until = instant_of(known.today(services.clock.now()).plus(1), 0, known.time_zone);
  return mail;
}

/// A missing result, those it calls for, and the letters to those of them who want any.
struct Missing {
  ActivityId activity;
  std::vector<PersonId> people;
  std::vector<jobs::Mail> mails;
};

std::vector<Missing> missing_results(Services const& services) {
  return services.database.read([&](db::Reader& read) {
    std::vector<Missing> list;
    auto const known = campaign::facts(read);
    auto const today = known->today(services.clock.now());
    auto const edition = known->current(services.clock.now());
    // No first result comes into a closed edition: nobody can do what a reminder asks.
    if (!edition || campaign::closed(read, edition->id)) return list;
    auto const holders = account::role_holders(read);
    for (auto const& brief : Store(read).ended_between(edition->id, today.plus(-7), today.plus(-1), at_once)) {
      auto const remind = remind_on(activity::state_of(brief.state).value(), brief.end_day, today);
      if (remind == Remind::nobody) continue;
      auto const people = called(read, brief, remind, holders);
      Missing missing{brief.id, {people.begin(), people.end()}, {}};
      auto const activity = activity::Store(read).find(brief.id).value();
      for (auto const& box : account::mailboxes_of(read, missing.people))
        if (jobs::valid_address(box.email) && notice::setting(read, box.person).waits != notice::Rhythm::none)
          missing.mails.push_back(mail_for(services, read, *known, activity, box));
      list.push_back(std::move(missing));
    }
    return list;
  });
}

jobs::Schedule every_morning(Services const& services, std::string_view name) {
  auto const zone = services.database.read([](db::Reader& read) { return campaign::Store(read).setting("time_zone"); });
  return jobs::daily(std::string(name), 8 * 60, zone.empty() ? "Etc/UTC" : zone);
}

void tell_escalations(db::Tx& tx, Services const& services) {
  auto const known = campaign::facts(tx);
  auto const now = services.clock.now();
  auto const today = known->today(now);
  Store store(tx);
  for (auto const id : store.escalated(today.plus(-days_of_news), today, at_once)) {
    auto const activity = activity::Store(tx).find(id).value();
    if (!campaign::closed(tx, activity.edition)) detail::tell_one_level_up(tx, services.ids, *known, activity, now);
    note_escalation_told(tx, id);
  }
}

}  // namespace

jobs::Kind result_reminders(Services const& services) {
  return {"result_reminders", [&services](jobs::Job const&) -> jobs::Finish {
            auto list = missing_results(services);
            auto const now = services.clock.now();
            return [&services, list = std::move(list), now](db::Tx& tx) {
              for (auto const& missing : list) {
                notice::News news;
                news.event = notice::Event::missing;
                news.activity = missing.activity.value;
                notice::tell(tx, services.ids, news, missing.people, now);
                for (auto const& mail : missing.mails) jobs::mail(tx, services.ids, mail, now);
              }
            };
          }};
}

jobs::Schedule result_reminders_daily(Services const& services) { return every_morning(services, "result_reminders"); }

jobs::Kind escalations(Services const& services) {
  return {"escalations", [&services](jobs::Job const&) -> jobs::Finish { return [&services](db::Tx& tx) { tell_escalations(tx, services); }; }};
}

jobs::Schedule escalations_daily(Services const& services) { return every_morning(services, "escalations"); }

}  // namespace birge::work
