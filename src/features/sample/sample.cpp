#include "features/sample/sample.hpp"

#include <algorithm>
#include <map>

#include "features/activity/activity_store.hpp"
#include "features/sample/sample_crowd.hpp"
#include "features/sample/sample_store.hpp"
#include "features/sample/sample_told.hpp"
#include "features/sample/sample_words.hpp"
#include "features/work/work_step.hpp"

namespace birge::sample {

namespace {

using activity::Activity;
using activity::Count;
using activity::Reach;
using activity::Result;
using activity::State;

constexpr int campaign_days = 100;

/// How often each kind is held, in parts of all, and how many come.
struct Habit {
  std::string_view kind;
  int weight, least, most;
};
constexpr Habit launch{"launch", 0, 80, 350};  // each region has one, in the first days
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
    {"conference", 4, 60, 200},
});

/// Of these an edition has one each: its last activities, so that a larger sample begins like a smaller one.
constexpr auto rare = std::to_array<Habit>({{"forum", 0, 60, 200}, {"other", 0, 20, 80}, {"closing_conference", 0, 120, 300}});

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
    auto const& regions = facts_.places->regions();
    auto const* launched = index < static_cast<int>(regions.size()) ? regions[static_cast<std::size_t>(index)] : nullptr;
    auto const before_end = static_cast<std::size_t>(options_.activities - index);
    auto const& habit = launched ? launch : before_end <= rare.size() ? rare[rare.size() - before_end] : pick_habit(dice_);
    activity.kind = habit.kind;
    auto const* kind = facts_.codes.find("kind", habit.kind);
    activity.sensitive = kind && kind->sensitive;
    activity.is_public = !activity.sensitive;
    choose_day(activity);
    if (launched) activity.place = launched->id;
    else if (activity.kind == "closing_conference") activity.place = capital()->id;
    else choose_place(activity, kind && kind->broadcast);
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
    int const offset = activity.kind == "launch"       ? dice_.below(5)
                       : activity.kind == "conference" ? dice_.between(60, campaign_days - 1)
                                                       : dice_.below(campaign_days);
    activity.day = options_.campaign_from.plus(offset);
    if (activity.kind == "closing_conference") {
      activity.day = activity.end_day = *facts_.edition(edition_)->conference_day;
      activity.start_minutes = 10 * 60;
      return;
    }
    auto const one_of = [&](std::initializer_list<std::string_view> kinds) { return std::ranges::find(kinds, activity.kind) != kinds.end(); };
    bool const outdoors = one_of({"sport_event", "bicycle_marathon", "peace_march", "dance_song_contest", "street_performance"});
    if (outdoors && activity.kind != "street_performance" && dice_.percent(55)) activity.day = activity.day.week_start().plus(5);  // a Saturday
    else if (activity.day.weekday() == 7 && dice_.percent(80)) activity.day = activity.day.plus(offset > 2 ? -2 : 1);
    else if (activity.day.weekday() == 6 && !outdoors && dice_.percent(50)) activity.day = activity.day.plus(offset > 2 ? -3 : 2);
    if (activity.day < options_.campaign_from) activity.day = activity.day.plus(7);
    activity.end_day = activity.day;
    if (activity.kind == "youth_camp" || activity.kind == "exhibition") activity.end_day = activity.day.plus(dice_.between(2, 5));
    bool const evening = one_of({"quiz_night", "film_screening", "tv_programme", "radio_phone_in"});
    if (dice_.percent(88)) {
      activity.start_minutes = (evening ? dice_.between(15, 18) : dice_.between(9, 15)) * 60 + (dice_.percent(30) ? 30 : 0);
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

  place::Place const* capital() const {
    auto const* bishkek = facts_.places->by_code("bishkek");
    return bishkek ? bishkek : facts_.places->regions().front();
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
    activity.lead = pick_host(choice, activity.kind);
    if (dice_.percent(22)) {
      auto const other = pick_host(dice_.percent(50) ? by_region_.at("") : choice, activity.kind);
      if (other != activity.lead) activity.co_hosts.push_back(other);
    }
    activity.audiences.emplace_back(audience_for(activity.kind, dice_));
    activity.languages = dice_.percent(60) ? "ky" : dice_.percent(50) ? "ky ru" : "ru";
    activity.entry = dice_.percent(75) ? "open" : "invitation";
  }

  /// A cycling club gives no legal advice, and a television channel holds no trainings; where nobody else is there, whoever is.
  coalition::OrganisationId pick_host(std::vector<coalition::OrganisationId> const& hosts, std::string_view kind) {
    auto const one_of = [&](std::initializer_list<std::string_view> kinds) { return std::ranges::find(kinds, kind) != kinds.end(); };
    auto chosen = dice_.pick(hosts);
    for (int again = 0; again < 8; ++again) {
      auto const* host = facts_.organisation(chosen);
      bool const media = host->kind == "media", club = host->slug == "sample-velo", stage = host->slug == "sample-tunduk-teatr";
      bool const on_air = one_of({"radio_programme", "radio_phone_in", "tv_programme"});
      bool const fits = media   ? on_air || one_of({"press_conference", "social_media"})
                        : club  ? one_of({"bicycle_marathon", "sport_event", "peace_march", "youth_camp"})
                        : stage ? one_of({"forum_theatre", "street_performance", "dance_song_contest", "film_screening", "exhibition"})
                                : !on_air || &hosts != &by_region_.at("");
      if (fits) break;
      chosen = dice_.pick(hosts);
    }
    return chosen;
  }

  void choose_texts(Activity& activity) {
    auto const& subject = activity.kind == "launch"               ? launch_subject()
                          : activity.kind == "closing_conference" ? closing_subject()
                                                                  : dice_.pick(subjects());
    activity.topics.emplace_back(subject.topic);
    if (dice_.percent(15)) {
      auto const& second = dice_.pick(subjects()).topic;
      if (second != subject.topic) activity.topics.emplace_back(second);
    }
    auto const& venue = dice_.pick(venues());
    bool const has_venue = activity.reach == Reach::place && dice_.percent(80);
    bool const names_kind = activity.kind != "launch" && dice_.percent(25);
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
    } else if (quality < 52) result.cells = by_sex_and_age(activity.kind, activity.audiences.front(), facts_.codes.list("age_band"), heads, dice_);
    else if (quality < 66) result.cells = by_sex(activity.kind, activity.audiences.front(), heads, dice_);
    return result;
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
  campaign::touch_facts(tx);
}

}  // namespace

campaign::EditionId load(db::Tx& tx, IdMaker& ids, Options const& options, Instant now) {
  add_organisations(tx, ids, now);
  auto const edition = add_edition(tx, ids, options);
  campaign::touch_facts(tx);
  auto const facts = campaign::facts(tx);
  add_hosts(tx, edition, *facts);
  Maker maker(options, *facts, edition);
  activity::Saver saver(tx, ids, *facts, now);
  Dice dice(~options.seed);  // of its own: what is asked changes nothing of the activities
  for (int index = 0; index < options.activities; ++index) {
    auto const activity = maker.make(index);
    auto const words = told(activity, dice);
    auto const id = saver.add(activity, "sample");
    if (words != work::ResultWords{}) work::detail::put_words(tx, id, 1, words);
  }
  saver.finish();
  return edition;
}

}  // namespace birge::sample
