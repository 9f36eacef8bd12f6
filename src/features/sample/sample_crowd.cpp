#include "features/sample/sample_crowd.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace birge::sample {

namespace {

using activity::Cell;
using activity::Sex;

constexpr std::size_t band_count = 6;

/// An audience group: how often activities are for it, how many of a hundred are women, and how its ages spread over the bands.
struct Crowd {
  std::string_view audience;
  int weight, women;
  std::array<int, band_count> ages;
};
constexpr auto crowds = std::to_array<Crowd>({
    {"pupils", 22, 53, {20, 68, 7, 1, 3, 1}},
    {"students", 16, 57, {0, 13, 82, 3, 2, 0}},
    {"youth_out_of_school", 9, 41, {0, 27, 64, 7, 2, 0}},
    {"parents", 10, 72, {2, 3, 9, 34, 45, 7}},
    {"teachers", 4, 83, {0, 0, 13, 24, 55, 8}},
    {"departing_migrants", 9, 36, {0, 3, 49, 27, 20, 1}},
    {"returned_migrants", 4, 42, {0, 1, 29, 35, 32, 3}},
    {"women", 5, 97, {1, 12, 35, 23, 23, 6}},
    {"rural_residents", 10, 55, {7, 14, 25, 20, 25, 9}},
    {"officials", 3, 43, {0, 0, 15, 30, 51, 4}},
    {"police", 2, 19, {0, 0, 33, 39, 28, 0}},
    {"journalists", 1, 64, {0, 0, 51, 32, 16, 1}},
    {"religious_leaders", 2, 8, {0, 0, 11, 21, 49, 19}},
    {"employers", 2, 37, {0, 0, 13, 33, 50, 4}},
    {"social_health_workers", 2, 87, {0, 0, 15, 28, 51, 6}},
    {"civil_society", 3, 67, {0, 2, 36, 31, 27, 4}},
    {"general_public", 12, 54, {9, 17, 30, 18, 19, 7}},
});

/// Whom a kind is for, where it is not for just anybody; and how many more or fewer women of a hundred come to it.
struct Draw {
  std::string_view kind;
  std::array<std::string_view, 4> audiences;
  int more_women = 0;
};
constexpr auto draws = std::to_array<Draw>({
    {"press_conference", {"journalists", "journalists", "journalists", "civil_society"}, -2},
    {"launch", {"general_public", "general_public", "students", "civil_society"}, 0},
    {"conference", {"officials", "civil_society", "officials", "teachers"}, -2},
    {"round_table", {"officials", "civil_society", "police", "religious_leaders"}, -3},
    {"legal_consultation", {"departing_migrants", "returned_migrants", "women", "rural_residents"}, 6},
    {"outreach_meeting", {"youth_out_of_school", "departing_migrants", "women", "rural_residents"}, 0},
    {"field_trip", {"rural_residents", "rural_residents", "parents", "departing_migrants"}, 2},
    {"youth_debate", {"students", "pupils", "students", "pupils"}, 4},
    {"quiz_night", {"students", "pupils", "youth_out_of_school", "students"}, -1},
    {"youth_camp", {"pupils", "students", "pupils", "pupils"}, 2},
    {"dance_song_contest", {"pupils", "students", "general_public", "pupils"}, 11},
    {"sport_event", {"pupils", "students", "youth_out_of_school", "general_public"}, -17},
    {"bicycle_marathon", {"general_public", "students", "general_public", "youth_out_of_school"}, -22},
    {"peace_march", {"general_public", "students", "pupils", "general_public"}, 3},
    {"street_performance", {"general_public", "general_public", "students", "general_public"}, 2},
    {"exhibition", {"general_public", "students", "pupils", "general_public"}, 7},
    {"radio_programme", {"general_public", "rural_residents", "general_public", "departing_migrants"}, 0},
    {"radio_phone_in", {"general_public", "rural_residents", "general_public", "departing_migrants"}, 0},
    {"tv_programme", {"general_public", "general_public", "parents", "general_public"}, 0},
    {"social_media", {"students", "youth_out_of_school", "general_public", "departing_migrants"}, 0},
});

/// Women stay while men leave to work, so the older a crowd the more of it are women.
constexpr std::array<int, band_count> more_women_by_age{-1, 1, -2, 3, 5, 9};

Draw const* draw_of(std::string_view kind) {
  auto const found = std::ranges::find(draws, kind, &Draw::kind);
  return found == draws.end() ? nullptr : &*found;
}

Crowd const& crowd_of(std::string_view audience) {
  auto const found = std::ranges::find(crowds, audience, &Crowd::audience);
  return found == crowds.end() ? crowds.back() : *found;
}

int women_of_a_hundred(std::string_view kind, std::string_view audience, Dice& dice) {
  auto const* draw = draw_of(kind);
  return crowd_of(audience).women + (draw ? draw->more_women : 0) + dice.between(-8, 8);
}

int share(int heads, int of_a_hundred) { return heads * std::clamp(of_a_hundred, 0, 100) / 100; }

/// The heads by band: each band more or less than usual, and what rounding leaves over in the fullest one.
std::array<int, band_count> ages_of(Crowd const& crowd, int heads, Dice& dice) {
  std::array<int, band_count> weights{}, parts{};
  int all = 0, given = 0;
  for (std::size_t i = 0; i < band_count; ++i) all += weights[i] = crowd.ages[i] * dice.between(60, 140);
  for (std::size_t i = 0; i < band_count; ++i) given += parts[i] = static_cast<int>(std::int64_t{heads} * weights[i] / std::max(1, all));
  *std::ranges::max_element(parts) += heads - given;
  return parts;
}

}  // namespace

std::string_view audience_for(std::string_view kind, Dice& dice) {
  if (auto const* draw = draw_of(kind)) return dice.pick(draw->audiences);
  int all = 0;
  for (auto const& crowd : crowds) all += crowd.weight;
  auto roll = dice.below(static_cast<std::size_t>(all));
  for (auto const& crowd : crowds)
    if ((roll -= crowd.weight) < 0) return crowd.audience;
  return crowds.front().audience;
}

std::vector<Cell> by_sex(std::string_view kind, std::string_view audience, int heads, Dice& dice) {
  auto const women = share(heads, women_of_a_hundred(kind, audience, dice));
  std::vector<Cell> cells;
  if (women > 0) cells.push_back({Sex::female, "unknown", {women, women}});
  if (heads > women) cells.push_back({Sex::male, "unknown", {heads - women, heads - women}});
  return cells;
}

std::vector<Cell> by_sex_and_age(std::string_view kind, std::string_view audience, std::vector<campaign::Code> const& bands, int heads, Dice& dice) {
  auto const parts = ages_of(crowd_of(audience), heads, dice);
  auto const usual = women_of_a_hundred(kind, audience, dice);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < std::min(bands.size(), band_count); ++i) {
    auto const women = share(parts[i], usual + more_women_by_age[i] + dice.between(-5, 5));
    if (women > 0) cells.push_back({Sex::female, bands[i].code, {women, women}});
    if (parts[i] > women) cells.push_back({Sex::male, bands[i].code, {parts[i] - women, parts[i] - women}});
  }
  return cells;
}

}  // namespace birge::sample
