#include "features/sample/sample.hpp"

#include <algorithm>
#include <map>

#include "features/activity/activity_store.hpp"
#include "features/sample/sample_store.hpp"
#include "features/sample/sample_words.hpp"

namespace birge::sample {

namespace {

using activity::Activity;
using activity::Count;
using activity::Reach;
using activity::Result;
using activity::Sex;
using activity::State;

constexpr int campaign_days = 100;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, which the standard library's distributions do not promise.
class Dice {
public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  int below(std::size_t n) { return static_cast<int>(next() % n); }
  int between(int low, int high) { return low + below(static_cast<std::size_t>(high - low + 1)); }
  bool percent(int chance) { return below(100) < chance; }
  template <class List>
  auto const& pick(List const& list) {
    return list[static_cast<std::size_t>(below(list.size()))];
  }

private:
  std::uint64_t state_;
};

/// How often each kind is held, in parts of all, and how many come.
struct Habit {
  std::string_view kind;
  int weight, least, most;
};
constexpr auto habits = std::to_array<Habit>({
    {"lecture", 60, 20, 90},
    {"forum_theatre", 34, 40, 180},
    {"round_table", 24, 15, 45},
    {"training", 30, 12, 35},
    {"outreach_meeting", 34, 8, 40},
    {"legal_consultation", 26, 4, 25},
    {"film_screening", 22, 25, 120},
    {"public_debate", 12, 30, 90},
    {"youth_debate", 18, 30, 110},
    {"quiz_night", 20, 24, 100},
    {"sport_event", 18, 60, 320},
    {"bicycle_marathon", 8, 80, 400},
    {"street_performance", 14, 50, 300},
    {"exhibition", 12, 40, 250},
    {"field_trip", 20, 30, 120},
    {"radio_programme", 12, 0, 0},
    {"radio_phone_in", 8, 0, 0},
    {"tv_programme", 6, 0, 0},
    {"social_media", 14, 0, 0},
    {"peace_march", 6, 100, 600},
    {"dance_song_contest", 8, 80, 400},
    {"video_photo_training", 8, 10, 25},
    {"youth_camp", 4, 40, 90},
    {"press_conference", 8, 10, 30},
    {"launch", 9, 80, 350},
    {"conference", 4, 60, 200},
});

Habit const& pick_habit(Dice& dice) {
  int all = 0;
  for (auto const& habit : habits) all += habit.weight;
  auto roll = dice.below(static_cast<std::size_t>(all));
  for (auto const& habit : habits)
    if ((roll -= habit.weight) < 0) return habit;
  return habits.front();
}

/// Makes one activity after the other; what stays the same for all of them.
class Maker {
public:
  Maker(Options const& options, campaign::Facts const& facts, campaign::EditionId edition)
      : options_(options), facts_(facts), edition_(edition), dice_(options.seed) {
    for (auto const& invented : organisations()) {
      auto const id = facts.organisation_slugs.at(std::string(invented.slug));
      by_region_[std::string(invented.region)].push_back(id);
    }
    for (auto const* region : facts.places->regions())
      for (auto const* district : facts.places->children(region->id))
        if (!never_reached(district->code)) districts_[region->id.value].push_back(district);
  }

  Activity make(int index) {
    Activity activity;
    activity.edition = edition_;
    auto const& habit = pick_habit(dice_);
    activity.kind = habit.kind;
    auto const* kind = facts_.codes.find("kind", habit.kind);
    activity.sensitive = kind && kind->sensitive;
    activity.is_public = !activity.sensitive;
    choose_day(activity);
    choose_place(activity, kind && kind->broadcast);
    choose_people(activity);
    choose_texts(activity);
    activity.external_id = "S-" + std::to_string(index + 1);
    if (habit.most > 0) {
      auto const expected = dice_.between(habit.least, habit.most) / 5 * 5 + 5;
      activity.expected = Count{expected, expected};
    }
    choose_state(activity, habit, kind && kind->broadcast);
    return activity;
  }

private:
  /// A few districts stay empty, so that the maps have gaps to show.
  static bool never_reached(std::string_view code) {
    for (std::string_view const name : {"chatkal", "chong-alay", "toguz-toro", "ak-talaa", "panfilov", "sulukta"})
      if (code.starts_with(name)) return true;
    return false;
  }

  void choose_day(Activity& activity) {
    int offset = dice_.below(campaign_days);
    activity.day = options_.campaign_from.plus(offset);
    if (activity.day.weekday() == 7 && dice_.percent(70)) activity.day = activity.day.plus(offset > 0 ? -2 : 2);
    activity.end_day = activity.day;
    if (activity.kind == "youth_camp" || activity.kind == "exhibition") activity.end_day = activity.day.plus(dice_.between(2, 5));
    if (dice_.percent(88)) {
      activity.start_minutes = dice_.between(9, 16) * 60 + (dice_.percent(30) ? 30 : 0);
      if (dice_.percent(70)) activity.end_minutes = *activity.start_minutes + dice_.between(2, 5) * 30;
    }
  }

  void choose_place(Activity& activity, bool broadcast) {
    auto const roll = dice_.below(100);
    if (activity.kind == "social_media" && roll < 70) activity.reach = Reach::online;
    else if (broadcast && roll < 50) activity.reach = Reach::national;
    else if (roll >= 98) activity.reach = Reach::several;
    auto const* region = pick_region();
    if (activity.reach == Reach::several) {
      for (int i = 0; i < 3; ++i) activity.places.push_back(dice_.pick(facts_.places->regions())->id);
      return;
    }
    if (activity.reach != Reach::place) return;
    auto const& districts = districts_[region->id.value];
    if (districts.empty() || dice_.percent(4)) {
      activity.place = region->id;
      return;
    }
    auto const* district = dice_.pick(districts);
    auto const& communities = facts_.places->children(district->id);
    activity.place = !communities.empty() && dice_.percent(45) ? dice_.pick(communities)->id : district->id;
  }

  place::Place const* pick_region() {
    // The larger the population, the more is held; the census joins the two cities with their surroundings.
    static constexpr std::pair<std::string_view, int> shares[] = {{"bishkek", 15}, {"osh-city", 10}, {"chuy", 13}, {"osh", 15}, {"jalal-abad", 16},
                                                                  {"batken", 9},   {"issyk-kul", 9}, {"naryn", 7}, {"talas", 6}};
    auto roll = dice_.below(100);
    for (auto const& [code, share] : shares)
      if ((roll -= share) < 0)
        if (auto const* place = facts_.places->by_code(code)) return place;
    return facts_.places->regions().front();
  }

  void choose_people(Activity& activity) {
    auto const* region = activity.place ? facts_.places->region_of(*activity.place) : nullptr;
    auto const local = region ? by_region_.find(region->code) : by_region_.end();
    bool const own = local != by_region_.end() && !local->second.empty() && dice_.percent(80);
    auto const& choice = own ? local->second : by_region_.at("");
    activity.lead = dice_.pick(choice);
    if (dice_.percent(22)) {
      auto const& other = dice_.pick(dice_.percent(50) ? by_region_.at("") : choice);
      if (other != activity.lead) activity.co_hosts.push_back(other);
    }
    auto const& audiences = facts_.codes.list("audience");
    activity.audiences.push_back(dice_.pick(audiences).code);
    activity.languages = dice_.percent(60) ? "ky" : dice_.percent(50) ? "ky ru" : "ru";
    activity.entry = dice_.percent(75) ? "open" : "invitation";
  }

  void choose_texts(Activity& activity) {
    auto const& subject = dice_.pick(subjects());
    activity.topics.emplace_back(subject.topic);
    if (dice_.percent(15)) {
      auto const& second = dice_.pick(subjects()).topic;
      if (second != subject.topic) activity.topics.emplace_back(second);
    }
    auto const& venue = dice_.pick(venues());
    bool const has_venue = activity.reach == Reach::place && dice_.percent(80);
    bool const names_kind = dice_.percent(25);
    auto const put = [&](Language language, std::string_view words, std::string_view where) {
      auto const before = names_kind ? facts_.codes.name("kind", activity.kind, language) + ": " : std::string();
      activity.texts[std::string(code(language))] = {before + std::string(words), "", has_venue ? std::string(where) : std::string()};
    };
    auto const roll = dice_.below(100);
    activity.original = roll < 92 ? "ky" : "ru";
    if (roll < 92) put(Language::ky, subject.words.ky, venue.ky);
    if (roll < 70 || roll >= 92) put(Language::ru, subject.words.ru, venue.ru);
    if (roll < 50) put(Language::en, subject.words.en, venue.en);
  }

  void choose_state(Activity& activity, Habit const& habit, bool broadcast) {
    activity.state = State::approved;
    auto const roll = dice_.below(100);
    if (roll < 4) {
      activity.state = State::cancelled;
      activity.reason = dice_.percent(50) ? "Аба ырайына байланыштуу (үлгү)" : "Мектеп каникулга чыкты (үлгү)";
      return;
    }
    if (roll < 9) {
      activity.moved_from_day = activity.day.plus(-dice_.between(2, 9));
      activity.reason = "Башка иш-чара менен дал келип калды (үлгү)";
    }
    if (activity.end_day >= options_.today) return;
    auto const age = days_between(activity.end_day, options_.today);
    if (dice_.percent(age < 4 ? 60 : 12)) {
      if (dice_.percent(50)) activity.state = State::held;
      return;
    }
    activity.state = age > 10 && dice_.percent(62) ? State::confirmed : State::reported;
    activity.result = make_result(activity, habit, broadcast);
  }

  Result make_result(Activity const& activity, Habit const& habit, bool broadcast) {
    Result result;
    auto const delay = dice_.percent(85) ? dice_.between(0, 3) : dice_.between(6, 12);
    result.reported_day = std::min(activity.end_day.plus(delay), options_.today);
    result.counted_by = activity.lead;
    if (broadcast) {
      auto const thousand = std::int64_t{1000} * dice_.between(1, 60);
      result.audience = dice_.percent(60) ? Count{thousand, thousand} : Count{thousand, thousand + 1000 * dice_.between(1, 20)};
      if (habit.most == 0) return result;
    }
    auto const heads = std::max(3, static_cast<int>(activity.expected ? activity.expected->low * dice_.between(55, 125) / 100 : 20));
    auto const quality = dice_.below(100);
    result.method = quality < 55 ? "sign_in_sheet" : quality < 85 ? "head_count" : "estimate";
    result.attendance = Count{heads, heads};
    if (quality >= 88) {
      auto const low = heads / 10 * 10;
      result.attendance = Count{low, low + 10 * dice_.between(1, 5)};
      result.method = "estimate";
    } else if (quality < 52) add_bands(result, heads);
    else if (quality < 66) add_sexes(result, heads);
    return result;
  }

  void add_sexes(Result& result, int heads) {
    auto const women = heads * dice_.between(40, 68) / 100;
    result.cells.push_back({Sex::female, "unknown", {women, women}});
    result.cells.push_back({Sex::male, "unknown", {heads - women, heads - women}});
  }

  void add_bands(Result& result, int heads) {
    auto const& bands = facts_.codes.list("age_band");
    std::vector<int> weights;
    for (std::size_t i = 0; i < bands.size(); ++i)
      weights.push_back(dice_.between(1, 10) * (bands[i].code == "18_28" || bands[i].code == "14_17" ? 4 : 1));
    int all = 0, given = 0;
    for (auto const weight : weights) all += 2 * weight;
    for (std::size_t i = 0; i < bands.size(); ++i)
      for (auto const sex : {Sex::female, Sex::male}) {
        bool const last = i + 1 == bands.size() && sex == Sex::male;
        auto const part = last ? heads - given : heads * weights[i] / all;
        given += part;
        if (part > 0) result.cells.push_back({sex, bands[i].code, {part, part}});
      }
  }

  Options const& options_;
  campaign::Facts const& facts_;
  campaign::EditionId edition_;
  Dice dice_;
  std::map<std::string, std::vector<coalition::OrganisationId>> by_region_;
  std::map<std::int64_t, std::vector<place::Place const*>> districts_;
};

void add_organisations(db::Tx& tx, IdMaker& ids, Instant now) {
  auto const known = campaign::facts(tx);
  for (auto const& invented : organisations()) {
    if (known->organisation_slugs.contains(std::string(invented.slug))) continue;
    coalition::Organisation organisation;
    organisation.slug = invented.slug;
    organisation.kind = invented.kind;
    organisation.sample = true;
    organisation.original = "ky";
    if (auto const* region = invented.region.empty() ? nullptr : known->places->by_code(invented.region)) organisation.region = region->id;
    organisation.names = {{"ky", std::string(invented.words.ky)}, {"ru", std::string(invented.words.ru)}, {"en", std::string(invented.words.en)}};
    coalition::add(tx, ids, std::move(organisation), {}, now);
  }
  campaign::touch_facts(tx, ids);
}

}  // namespace

campaign::EditionId load(db::Tx& tx, IdMaker& ids, Options const& options, Instant now) {
  add_organisations(tx, ids, now);
  auto const edition = add_edition(tx, ids, options);
  campaign::touch_facts(tx, ids);
  auto const facts = campaign::facts(tx);
  add_hosts(tx, edition, *facts);
  Maker maker(options, *facts, edition);
  activity::Saver saver(tx, ids, *facts, now);
  for (int index = 0; index < options.activities; ++index) saver.add(maker.make(index), "sample");
  saver.finish();
  return edition;
}

}  // namespace birge::sample
