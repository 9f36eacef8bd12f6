#include "features/work/home/home_jobs.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_daily.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/notice/notice_letter.hpp"
#include "features/work/home/home_notices.hpp"
#include "features/work/home/home_reminder.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::work {

namespace {

constexpr int at_once = 2000;
constexpr char const* reminders = "result_reminders";
/// What went one level up longer ago than that is no news.
constexpr int days_of_news = 14;

/// The coordinators of its region; the national ones where there are none, or where it is in no region alone.
std::vector<PersonId> coordinators_for(db::Reader& read, Store& store, Brief const& brief, Day today) {
  std::vector<PersonId> people;
  if (brief.region) people = store.acting_coordinators(*brief.region, today);
  return people.empty() ? account::holders_of(read, account::Role::national_coordinator) : people;
}

/// Who entered it or else its organisation's focal points, with those who help with it.
std::vector<PersonId> reporters_of(db::Reader& read, Store& store, Brief const& brief) {
  std::vector<PersonId> people;
  auto const creator = store.work(brief.id).created_by;
  if (creator && !account::grants_of(read, *creator).empty()) people.push_back(*creator);
  else people = account::holders_of(read, account::Role::focal_point, brief.lead);
  auto const helpers = account::helpers_of(read, brief.id.value);
  people.insert(people.end(), helpers.begin(), helpers.end());
  return people;
}

enum class CalledAs { reporter, coordinator };

/// Those whom a missing result calls for, each once, with those who can do it in their place on this day. Who can report it is asked to do that first.
std::map<PersonId, CalledAs> called(db::Reader& read, Store& store, Brief const& brief, Remind remind, Day today) {
  std::map<PersonId, CalledAs> people;
  if (remind.reporter) {
    auto const reporters = reporters_of(read, store, brief);
    for (auto const person : reporters) people.emplace(person, CalledAs::reporter);
    for (auto const& stand_in : store.standing_in_for(reporters, today))
      if (stand_in.kind == "assistant") people.emplace(stand_in.substitute, CalledAs::reporter);
  }
  if (remind.coordinator) {
    auto const coordinators = coordinators_for(read, store, brief, today);
    for (auto const person : coordinators) people.emplace(person, CalledAs::coordinator);
    for (auto const& stand_in : store.standing_in_for(coordinators, today)) people.emplace(stand_in.substitute, CalledAs::coordinator);
  }
  return people;
}

jobs::Mail mail_for(Services const& services, db::Reader& read, campaign::Facts const& known, Activity const& activity, account::Mailbox const& box,
                    CalledAs as) {
  auto const& say = Say::in(box.language);
  auto const stop = notice::stop_address(services, read, box.language, box.person);
  auto const address = services.config.text("public_address") + std::string(say.path("/work/activities/{}/report", activity.id).text());
  jobs::Mail mail;
  mail.to = box.email;
  mail.subject = say("A result is missing");
  auto const line = activity::view::plain_line(say, known, activity);
  mail.text = (as == CalledAs::coordinator ? coordinator_letter(say, line, address)
                                           : reminder_letter(say, line, activity.due_day, known.today(services.clock.now()), address)) +
              "\n\n" + say("No more letters: {}", stop) + "\n";
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

/// What a morning has to tell, and the days it is about: behind the one until which it was done before.
struct Morning {
  std::optional<Day> done;
  Day today;
  std::vector<Missing> missing;
};

/// Day by day: of all days together the last ones would be cut, and those are due now.
std::vector<Brief> ended_between(Store& store, activity::EditionId edition, Day from, Day until) {
  std::vector<Brief> all;
  for (auto day = from; day <= until; day = day.plus(1)) {
    auto ended = store.ended_between(edition, day, day, at_once);
    std::ranges::move(ended, std::back_inserter(all));
  }
  return all;
}

Morning morning_of(Services const& services) {
  return services.database.read([&](db::Reader& read) {
    auto const known = campaign::facts(read);
    auto const now = services.clock.now();
    Store store(read);
    Morning morning{store.done_until(reminders), known->today(now), {}};
    auto const today = morning.today;
    auto const edition = known->current(now);
    // No first result comes into a closed edition: nobody can do what a reminder asks.
    if (!edition || campaign::closed(read, edition->id)) return morning;
    // A day that is still to come was noted by a clock that was wrong.
    bool const known_until = morning.done && *morning.done <= today;
    auto const behind = known_until ? std::max(*morning.done, today.plus(-days_made_up)) : today.plus(-1);
    for (auto const& brief : ended_between(store, edition->id, behind.plus(1 - last_reminder), today.plus(-1))) {
      auto const whom = remind(activity::state_of(brief.state).value(), brief.end_day, behind, today);
      if (whom == Remind{}) continue;
      auto const people = called(read, store, brief, whom, today);
      Missing missing{brief.id, {}, {}};
      for (auto const& [person, as] : people) missing.people.push_back(person);
      auto const activity = activity::Store(read).find(brief.id).value();
      for (auto const& box : account::mailboxes_of(read, missing.people))
        if (jobs::valid_address(box.email) && notice::setting(read, box.person).waits != notice::Rhythm::none)
          missing.mails.push_back(mail_for(services, read, *known, activity, box, people.at(box.person)));
      morning.missing.push_back(std::move(missing));
    }
    return morning;
  });
}

jobs::Schedule every_morning(std::string name) { return campaign::daily(std::move(name), 8 * 60); }

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
  return {reminders, [&services](jobs::Job const&) -> jobs::Finish {
            auto morning = morning_of(services);
            auto const now = services.clock.now();
            return [&services, morning = std::move(morning), now](db::Tx& tx) {
              // Another run of this morning was faster: everybody is told already.
              if (Store(tx).done_until(reminders) != morning.done) return;
              note_done_until(tx, reminders, morning.today);
              for (auto const& missing : morning.missing) {
                notice::News news;
                news.event = notice::Event::missing;
                news.activity = missing.activity.value;
                notice::tell(tx, services.ids, news, missing.people, now);
                for (auto const& mail : missing.mails) jobs::mail(tx, services.ids, mail, now);
              }
            };
          }};
}

jobs::Schedule result_reminders_daily() { return every_morning(reminders); }

jobs::Kind escalations(Services const& services) {
  return {"escalations", [&services](jobs::Job const&) -> jobs::Finish { return [&services](db::Tx& tx) { tell_escalations(tx, services); }; }};
}

jobs::Schedule escalations_daily() { return every_morning("escalations"); }

}  // namespace birge::work
