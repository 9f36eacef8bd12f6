#include "features/news/news_letters.hpp"

#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_daily.hpp"
#include "features/news/news_items.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::news {

using notice::Rhythm;

namespace {

constexpr std::int64_t lines_at_most = 40;
/// What one letter speaks of, in its lines or in the number of the others.
constexpr int told_at_once = 400;

std::string full(Services const& services, Url const& path) { return services.config.text("public_address") + std::string(path.text()); }

/// What, where and when, and the link: no title, no name, nothing that anybody wrote.
std::string line(Services const& services, Say const& say, campaign::Facts const& known, Item const& item) {
  auto text = "- " + sentence(say, item);
  if (item.activity) text += ": " + activity::view::plain_line(say, known, *item.activity);
  return text + "\n  " + full(services, item.leads_to) + "\n";
}

std::string heading(Say const& say, notice::Part part) { return "\n" + say(notice::name(part)) + "\n"; }

std::optional<jobs::Mail> mail_of(Services const& services, db::Reader& read, notice::Reader const& to, std::vector<notice::Notice> const& notices) {
  auto const& say = Say::in(to.language);
  auto const known = campaign::facts(read);
  account::Person person;
  person.id = to.person;
  person.grants = account::grants_of(read, to.person);
  Sight sight(read, person, *known, known->today(services.clock.now()));
  std::string body;
  std::int64_t count = 0;
  for (auto const part : notice::parts) {
    std::string lines;
    for (auto const& notice : notices) {
      if (notice.part != notice::code(part)) continue;
      auto const item = sight.see(say, notice);
      if (!item) continue;
      if (count < lines_at_most) lines += line(services, say, *known, *item);
      ++count;
    }
    if (!lines.empty()) body += heading(say, part) + lines;
  }
  if (count == 0) return {};
  if (auto const left = count - lines_at_most; left > 0) body += "\n" + say("And {} more.", left) + "\n";
  auto const stop = notice::stop_address(services, read, to.language, to.person);
  jobs::Mail mail;
  mail.to = to.email;
  mail.subject = say.plural("Birge: {} piece of news", "Birge: {} pieces of news", count);
  mail.text = say("This is new for you in Birge.");
  mail.text += "\n" + body + "\n" + say("All of it: {}", full(services, say.path("/work/news"))) + "\n" +
               say("When letters come: {}", full(services, say.path("/account/notifications"))) + "\n" + say("No more letters: {}", stop) + "\n";
  mail.headers = notice::stop_headers(stop);
  return mail;
}

}  // namespace

std::vector<std::pair<Rhythm, Day>> due_rhythms(Day today, std::vector<std::pair<Day, Day>> const& holidays) {
  if (campaign::due_day(today.plus(-1), 1, holidays) != today) return {};
  // Whoever was not asked on the first working day of the week, because no server ran, is asked on a later one.
  return {{Rhythm::daily, today}, {Rhythm::weekly, today.week_start()}};
}

jobs::Kind letter(Services const& services) {
  return {std::string(notice::letter_kind), [&services](jobs::Job const& job) -> jobs::Finish {
            auto const whose = notice::letter_of(job.payload);
            if (!whose) throw jobs::Hopeless("a letter for nobody");
            struct Made {
              std::vector<notice::Notice> notices;
              std::optional<jobs::Mail> mail;
            };
            auto made = services.database.read([&](db::Reader& read) {
              Made made;
              auto const to = notice::reader(read, whose->first);
              if (!to || !jobs::valid_address(to->email)) return made;
              made.notices = notice::unsent(read, *to, whose->second, told_at_once);
              if (!made.notices.empty()) made.mail = mail_of(services, read, *to, made.notices);
              return made;
            });
            return [&services, made = std::move(made), payload = job.payload](db::Tx& tx) {
              auto const now = services.clock.now();
              notice::mark_sent(tx, made.notices, now);
              if (made.mail) jobs::mail(tx, services.ids, *made.mail, now);
              // What did not fit waits for no event and no other day.
              if (made.notices.size() == static_cast<std::size_t>(told_at_once))
                jobs::enqueue_once(tx, services.ids, notice::letter_kind, payload, now, now);
            };
          }};
}

jobs::Kind digests(Services const& services) {
  return {"notice_digests", [&services](jobs::Job const&) -> jobs::Finish {
            struct Due {
              std::vector<notice::Reader> readers;
              std::vector<std::pair<Rhythm, Day>> rhythms;
              Day today;
            };
            auto due = services.database.read([&](db::Reader& read) {
              auto const known = campaign::facts(read);
              auto const today = known->today(services.clock.now());
              return Due{notice::readers(read), due_rhythms(today, known->holidays), today};
            });
            return [&services, due = std::move(due)](db::Tx& tx) {
              auto const now = services.clock.now();
              notice::forget_old(tx, now);
              for (auto const& [rhythm, period] : due.rhythms)
                for (auto const& reader : due.readers) {
                  bool const wanted =
                      std::ranges::any_of(notice::parts, [&, asked = rhythm](notice::Part part) { return reader.setting.of(part) == asked; });
                  if (wanted && notice::begin_period(tx, reader.person, rhythm, period, due.today.plus(7)))
                    jobs::enqueue_once(tx, services.ids, notice::letter_kind, notice::letter_payload(reader.person, rhythm), now, now);
                }
            };
          }};
}

jobs::Schedule digests_daily() { return campaign::daily("notice_digests", 8 * 60); }

}  // namespace birge::news
