#include "report.hpp"

#include <array>

#include "features/account/account_store.hpp"
#include "features/activity/activity_store.hpp"
#include "platform/base/number.hpp"

namespace birge::crash {

namespace {

constexpr std::string_view mark = "crash-";

/// A plan of the reporters' organisation, which took place some days ago.
activity::Activity plan(campaign::Facts const& facts, Person const& person, Day today, std::int64_t number) {
  auto const lead = person.organisation().value();
  activity::Activity activity;
  activity.edition = facts.edition("sample")->id;
  activity.kind = "lecture";
  activity.state = number % 4 < 2 ? activity::State::held : activity::State::approved;
  activity.day = activity.end_day = today.plus(-static_cast<int>(number % 20));
  activity.place = facts.organisation(lead)->region.value_or(facts.places->regions().front()->id);
  activity.lead = lead;
  activity.topics = {"safe_migration"};
  activity.external_id = std::string(mark) + std::to_string(number);
  activity.texts["ky"] = {"Лекция " + std::to_string(number), "", ""};
  return activity;
}

}  // namespace

std::string Report::token() const {
  auto token = std::string(mark) + std::to_string(number_);
  for (auto& c : token)
    if (c >= '0' && c <= '9') c = static_cast<char>('a' + (c - '0'));
  return token;
}

std::optional<Report> Report::of(std::string_view token) {
  if (!token.starts_with(mark)) return std::nullopt;
  std::string digits(token.substr(mark.size()));
  for (auto& c : digits) c = static_cast<char>('0' + (c - 'a'));
  auto const number = whole_number<std::int64_t>(digits);
  return number ? std::optional(Report(*number)) : std::nullopt;
}

http::Parameters Report::form() const {
  return http::Parameters::of({{"n-female-14_17", std::to_string(women())},
                               {"n-male-14_17", std::to_string(men())},
                               {"total", std::to_string(total())},
                               {"method", "head_count"},
                               {"narrative", narrative()},
                               {"question1", question()},
                               {"challenges", challenges()},
                               {"recommendation", recommendation()}});
}

std::vector<Reporter> reporters(db::Reader& read) {
  account::Store store(read);
  std::vector<Reporter> people;
  for (std::string_view const login : {"focal@birge.example", "member@birge.example"}) {
    auto const id = store.by_login(login);
    if (!id) throw std::runtime_error("nobody signs in as " + std::string(login) + "; run birge user sample");
    people.push_back({login, store.as_person(store.find(*id).value())});
  }
  return people;
}

std::vector<Waiting> waiting(db::Reader& read) {
  std::vector<Waiting> found;
  read.each<ActivityId>("select id from activity where substr(external_id, 1, 6) = 'crash-' and state in ('approved', 'held') order by id",
                        [&](ActivityId id) {
                          found.push_back({id, found.size() % 2});
                        });
  return found;
}

void prepare(db::Database& database, IdMaker& ids, Clock const& clock, std::size_t wanted) {
  database.write([&](db::Tx& tx) {
    auto const facts = campaign::facts(tx);
    auto const person = reporters(tx).front().person;
    auto number = tx.one<std::int64_t>("select count(*) from activity where substr(external_id, 1, 6) = 'crash-'");
    activity::Saver saver(tx, ids, *facts, clock.now());
    for (auto there = waiting(tx).size(); there < wanted; ++there) saver.add(plan(*facts, person, facts->today(clock.now()), number++), "crash test");
    saver.finish();
  });
}

}  // namespace birge::crash
