#pragma once

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "features/activity/feed/feed_calendar.hpp"
#include "features/place/place_testing.hpp"
#include "platform/base/pack_files.hpp"
#include "platform/db/testing.hpp"
#include "platform/http/request.hpp"

/// Only for tests: the Kyrgyz country pack without its documented activities, and activities of every state, reach and precision.
namespace birge::activity::testing {

inline Day day(char const* iso) { return Day::parse(iso).value(); }

/// It is Saturday 20 October 2018, noon in Bishkek: day 41 of the campaign of 2018.
inline Instant the_moment() { return parse_instant("2018-10-20T06:00:00Z").value(); }

inline std::string calendar_text(std::vector<Activity> const& activities, campaign::Facts const& facts) {
  return calendar_of(activities, Say::in(Language::en), facts, {"Test", "https://birge.example"}, the_moment());
}

class World {
public:
  explicit World(db::Engine engine) : database_(engine), services_{clock_, config_, *database_, ids_} {
    database_->write([&](db::Tx& tx) {
      place::load_pack(tx, ids_, place::kyrgyz_pack());
      campaign::load_pack(tx, ids_, PackFiles::embedded("kg"), clock_.now());
      campaign::touch_facts(tx);
    });
    facts_ = database_->read([](db::Reader& read) { return campaign::facts(read); });
    config_.set("public_address", "https://birge.example");
  }

  db::Database& database() { return *database_; }
  campaign::Facts const& facts() const { return *facts_; }
  campaign::Edition const& edition() const { return *facts_->edition("2018"); }
  Day today() const { return facts_->today(clock_.now()); }
  FixedClock& clock() { return clock_; }
  IdMaker& ids() { return ids_; }
  Services const& services() const { return services_; }

  /// Loads other places over the ones there are; what was taken from facts() before is gone.
  void load(place::Pack const& pack) {
    database_->write([&](db::Tx& tx) { place::load_pack(tx, ids_, pack); });
    facts_ = database_->read([](db::Reader& read) { return campaign::facts(read); });
  }

  OrganisationId organisation(std::size_t number) const {
    std::vector<OrganisationId> all;
    for (auto const& [slug, id] : facts_->organisation_slugs) all.push_back(id);
    std::sort(all.begin(), all.end());
    return all.at(number % all.size());
  }
  PlaceId place(char const* code) const { return facts_->places->by_code(code)->id; }

  /// A lecture that was approved for 25 October 2018 in Naryn oblast.
  Activity plain(std::string title = "Коопсуз миграция") const {
    Activity activity;
    activity.edition = edition().id;
    activity.kind = "lecture";
    activity.day = activity.end_day = day("2018-10-25");
    activity.place = place("naryn");
    activity.lead = organisation(0);
    activity.texts["ky"] = {std::move(title), "", ""};
    return activity;
  }

  ActivityId add(Activity const& activity) {
    return database_->write([&](db::Tx& tx) {
      Saver saver(tx, ids_, *facts_, clock_.now());
      auto const id = saver.add(activity, "test");
      saver.finish();
      return id;
    });
  }
  void replace(Activity const& changed, Activity const& stored, char const* what = "updated") {
    database_->write([&](db::Tx& tx) {
      Saver saver(tx, ids_, *facts_, clock_.now());
      saver.replace(changed, stored, what, "test");
      saver.finish();
    });
  }
  Activity find(ActivityId id) {
    return database_->read([&](db::Reader& read) { return Store(read).find(id).value(); });
  }
  std::vector<std::string> wrong_tallies() {
    return database_->read([&](db::Reader& read) { return check_tallies(read, *facts_); });
  }
  template <class Function>
  auto ask(Function&& function) {
    return database_->read([&](db::Reader& read) {
      Store store(read);
      return function(store);
    });
  }

  /// Asks a handler as the endpoint would.
  Reply get(Handler handler, std::string const& query = {}, Language language = Language::ky,
            std::vector<std::pair<std::string_view, std::string>> captures = {}) {
    http::Message message;
    message.path = "/test";
    message.target = "/test" + (query.empty() ? "" : "?" + query);
    message.query = query;
    Request request(message, services_, Say::in(language), http::Parameters::parse(query).value());
    request.local_path = "/test";
    request.captures = std::move(captures);
    return handler(request);
  }

private:
  db::TestDatabase database_;
  FixedClock clock_{the_moment()};
  IdMaker ids_{clock_, 1};
  Config config_ = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
  Services services_;
  std::shared_ptr<campaign::Facts const> facts_;
};

/// Activities of every state, visibility, reach, precision and quality of result; the same seed gives the same ones.
class Maker {
public:
  Maker(World const& world, std::uint32_t seed) : world_(world), random_(seed) {}

  template <class List>
  auto const& any(List const& list) {
    return list.at(static_cast<std::size_t>(below(static_cast<int>(list.size()))));
  }

  Activity make() {
    auto activity = world_.plain("Иш-чара " + std::to_string(++number_));
    activity.kind = any(world_.facts().codes.list("kind")).code;
    activity.sensitive = world_.facts().codes.find("kind", activity.kind)->sensitive;
    activity.is_public = !activity.sensitive && !one_in(8);
    activity.state = static_cast<State>(below(8));
    set_time(activity);
    set_place(activity);
    set_who(activity);
    if (activity.state == State::reported || activity.state == State::confirmed || one_in(6)) activity.result = result(activity);
    if (one_in(7)) activity.moved_from_day = activity.day.plus(-3);
    if (one_in(12) && activity.place) activity.moved_from_place = world_.place("talas");
    return activity;
  }

  Result result(Activity const& activity) {
    Result result;
    result.method = one_in(2) ? "head_count" : "";
    result.reported_day = activity.end_day.plus(2);
    if (!one_in(5)) {
      Count const total{below(300), 0};
      result.attendance = Count{total.low, total.low + (one_in(3) ? below(40) : 0)};
    }
    if (one_in(4)) result.audience = Count{1000, 1000 + below(500)};
    if (one_in(2))
      for (auto const sex : {Sex::female, Sex::male, Sex::unknown})
        if (one_in(2)) result.cells.push_back({sex, one_in(2) ? "under_18" : "unknown", {below(60), 60}});
    if (one_in(2)) result.counted_by = activity.lead;
    return result;
  }

  bool one_in(int chances) { return below(chances) == 0; }
  std::int64_t below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

private:
  void set_time(Activity& activity) {
    activity.day = activity.end_day = day("2018-09-10").plus(static_cast<int>(below(92)));
    if (one_in(6)) activity.end_day = activity.day.plus(static_cast<int>(below(9)));
    if (one_in(15)) {
      activity.precision = one_in(2) ? Precision::month : Precision::year;
      activity.day = activity.precision == Precision::month ? day("2018-10-01") : day("2018-01-01");
      activity.end_day = activity.precision == Precision::month ? day("2018-10-31") : day("2018-12-31");
    } else if (!one_in(4)) {
      activity.start_minutes = 540 + 30 * static_cast<int>(below(14));
      if (one_in(2)) activity.end_minutes = *activity.start_minutes + 90;
    }
  }
  void set_place(Activity& activity) {
    activity.reach = one_in(8) ? static_cast<Reach>(1 + below(3)) : Reach::place;
    activity.place.reset();
    if (activity.reach == Reach::several) activity.places = {world_.place("naryn"), world_.place("talas")};
    if (activity.reach != Reach::place) return;
    auto const& tree = *world_.facts().places;
    auto const* region = any(tree.regions());
    activity.place = region->id;
    if (one_in(4) || tree.children(region->id).empty()) return;
    auto const* district = any(tree.children(region->id));
    activity.place = district->id;
    if (one_in(2) || tree.children(district->id).empty()) return;
    activity.place = any(tree.children(district->id))->id;
    if (one_in(3)) activity.village = "Кара-Суу";
  }
  void set_who(Activity& activity) {
    activity.lead = world_.organisation(static_cast<std::size_t>(below(6)));
    if (one_in(4)) activity.co_hosts = {world_.organisation(static_cast<std::size_t>(below(6)))};
    if (one_in(5)) activity.partners = {world_.organisation(static_cast<std::size_t>(6 + below(3)))};
    for (auto const& topic : world_.facts().codes.list("topic"))
      if (one_in(5)) activity.topics.push_back(topic.code);
    for (auto const& audience : world_.facts().codes.list("audience"))
      if (one_in(6)) activity.audiences.push_back(audience.code);
  }

  World const& world_;
  std::mt19937 random_;
  int number_ = 0;
};

/// A world with 200 made activities, made once per engine and shared by tests that only read it. Kept until the process ends, when the
/// servers and folders of the tests go with it.
inline World& made_world(db::Engine engine) {
  auto const make = [](db::Engine which) {
    auto* world = new World(which);
    Maker maker(*world, 7);
    world->database().write([&](db::Tx& tx) {
      Saver saver(tx, world->ids(), world->facts(), world->clock().now());
      for (int i = 0; i < 200; ++i) saver.add(maker.make(), "test");
      saver.finish();
    });
    return world;
  };
  if (engine == db::Engine::sqlite) {
    static World* const sqlite = make(engine);
    return *sqlite;
  }
  static World* const postgres = make(engine);
  return *postgres;
}

}  // namespace birge::activity::testing
