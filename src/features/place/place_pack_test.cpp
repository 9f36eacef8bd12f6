#include "features/place/place_pack.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "features/place/place_map.hpp"
#include "features/place/place_testing.hpp"
#include "platform/base/embedded.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::place {
namespace {

/// The pack of the program as a folder, in which a test breaks something.
class BrokenPack : public testing::Test {
protected:
  BrokenPack() : folder_(std::filesystem::path(db::test_folder()) / "pack") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "maps");
    for (auto const& file : embedded_folder("countries/kg/"))
      if (auto const name = file.name.substr(std::string_view("countries/kg/").size());
          name.find('/') == std::string_view::npos || name.starts_with("maps/"))
        std::ofstream(folder_ / name, std::ios::binary) << file.bytes;
  }
  void replace(std::string const& name, std::string_view before, std::string_view after) {
    auto text = PackFiles::on_disk(folder_.string()).require(name);
    auto const at = text.find(before);
    ASSERT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), after);
    std::ofstream(folder_ / name, std::ios::binary | std::ios::trunc) << text;
  }
  Pack read() const { return read_pack(PackFiles::on_disk(folder_.string())); }
  std::filesystem::path folder_;
};

TEST_F(BrokenPack, APlaceWithAnUnknownParentIsRefused) {
  replace("places.csv", "nooken,jalal-abad,2", "nooken,jalal-abat,2");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, ALevelThatIsNotOneBelowTheParentsIsRefused) {
  replace("places.csv", "nooken,jalal-abad,2", "nooken,jalal-abad,3");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, APcodeThatStandsTwiceIsRefused) {
  replace("places.csv", "KG03215000000", "KG03220000000");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, AnUnknownCensusUnitIsRefused) {
  replace("census2022.csv", "nooken,", "nookem,");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, DaysThatEndBeforeTheyBeginAreRefusedWithTheirRow) {
  replace("places.csv", "72.617,nooken,,,", "72.617,nooken,2025-01-01,2024-12-31,");
  try {
    read();
    FAIL() << "it was read";
  } catch (Problem const& problem) {
    auto const said = Say::in(Language::en)(problem.shown);
    EXPECT_NE(said.find("places.csv, row 22"), std::string::npos) << said;
    EXPECT_NE(said.find("“valid_until”"), std::string::npos) << said;
  }
}
TEST_F(BrokenPack, APlaceThatOutlivesTheOneItLiesInIsRefused) {
  replace("places.csv", "72.617,nooken,,,", "72.617,nooken,,2024-12-31,");
  EXPECT_THROW(read(), Problem) << "its communities are said to be there still";
}
TEST_F(BrokenPack, APlaceMayEndBeforeTheOneItLiesIn) {
  replace("places.csv", "41.191,72.192,,,,", "41.191,72.192,,,2024-12-31,");
  auto const pack = read();
  EXPECT_EQ(std::ranges::find(pack.places, "dostuk-nooken", &Pack::Entry::code)->valid_until, Day::of(2024, 12, 31));
}
TEST_F(BrokenPack, AShapeOfNoPlaceIsRefused) {
  replace("maps/district.csv", "nooken,", "nookem,");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, AnAliasOfNoPlaceIsRefused) {
  replace("aliases.csv", "\nnooken,", "\nnookem,");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, ADayWithoutItsSourceIsRefused) {
  replace("national_days.csv", "kurman-ait-2018", "somebody-said");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, ADayThatDoesNotExistIsRefused) {
  replace("national_days.csv", "2018-08-21", "2018-08-32");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, WeeksOfExaminationsAreNoFaultAndAnUnknownKindOfDayIs) {
  replace("national_days.csv", ",holiday,", ",exam,");
  EXPECT_EQ(read().days.front().kind, "exam");
  replace("national_days.csv", ",exam,", ",feast,");
  EXPECT_THROW(read(), Problem);
}
TEST_F(BrokenPack, UnchangedItIsRead) { EXPECT_EQ(read().places.size(), 527u); }

class PlacePack : public testing::TestWithParam<db::Engine> {
protected:
  PlacesDatabase database_{GetParam()};
  template <class T>
  std::vector<T> all(db::Literal sql) {
    return database_->read([&](db::Reader& read) { return read.all<T>(sql); });
  }
  std::int64_t number(db::Literal sql) { return all<std::int64_t>(sql).at(0); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, PlacePack, db::both_engines(), db::engine_name);

TEST_P(PlacePack, HoldsTheWholeCountry) {
  EXPECT_EQ(number("select count(*) from place where level = 0"), 1);
  EXPECT_EQ(number("select count(*) from place where level = 1"), 9);
  EXPECT_EQ(number("select count(*) from place where level = 2 and pcode is not null"), 53);
  EXPECT_EQ(number("select count(*) from place where kind = 'city_district' and pcode is null"), 4);
  EXPECT_EQ(number("select count(*) from place where level = 3"), 460);
  EXPECT_EQ(number("select count(*) from place p where not exists (select 1 from place_text t where t.place = p.id and t.language = 'ky')"), 0);
  EXPECT_EQ(
      number("select count(*) from place p where level < 3 and not exists (select 1 from place_text t where t.place = p.id and t.language = 'ru')"),
      0);
}

TEST_P(PlacePack, EverySubtreeIsARangeOfPaths) {
  EXPECT_EQ(number("select count(*) from (select distinct path from place) paths"), 527);
  auto const tree = database_.tree();
  struct Row {
    std::string whole;
    std::int64_t inside;
  };
  for (auto const& row : all<Row>(R"(select w.code, count(*) from place w join place p on p.path >= w.path and p.path < w.path_end
                                     where w.level = 1 group by w.code)")) {
    std::int64_t expected = 1;
    for (auto const* district : tree.children(tree.by_code(row.whole)->id))
      expected += 1 + static_cast<std::int64_t>(tree.children(district->id).size());
    EXPECT_EQ(row.inside, expected) << row.whole;
  }
}

TEST_P(PlacePack, LoadedAgainItKeepsIdsAndAddsNothing) {
  auto const rows = [&] {
    std::vector<std::int64_t> counts;
    for (auto const sql :
         {db::Literal("select count(*) from place"), db::Literal("select count(*) from place_text"), db::Literal("select count(*) from place_alias"),
          db::Literal("select count(*) from search_word"), db::Literal("select count(*) from place_shape"),
          db::Literal("select count(*) from national_day"), db::Literal("select count(*) from source"),
          db::Literal("select count(*) from source_text"), db::Literal("select count(*) from census_unit"), db::Literal("select max(id) from place")})
      counts.push_back(number(sql));
    return counts;
  };
  auto const before = rows();
  auto const version = all<std::string>("select value from version where name = 'facts'");
  database_.load();
  EXPECT_EQ(rows(), before);
  EXPECT_NE(all<std::string>("select value from version where name = 'facts'"), version);
}

TEST_P(PlacePack, ANewerPackRenamesAPlaceAndKeepsItsId) {
  auto const before = database_.tree().by_code("nooken")->id;
  auto newer = kyrgyz_pack();
  for (auto& place : newer.places)
    if (place.code == "nooken") place.names["ky"] = {"Жаңы Ноокен району", "Жаңы Ноокен"};
  database_.load(newer);
  auto const tree = database_.tree();
  EXPECT_EQ(tree.by_code("nooken")->id, before);
  EXPECT_EQ(tree.name(before, Language::ky).text, "Жаңы Ноокен району");
}

TEST_P(PlacePack, ANewerPackSaysUntilWhenAPlaceWasOne) {
  auto const before = database_.tree().by_code("dostuk-nooken")->id;
  EXPECT_TRUE(database_.tree().find(before)->valid_on(*Day::of(2199, 12, 31)));
  database_.load(with_days(kyrgyz_pack(), "dostuk-nooken", Day::of(1996, 1, 1), Day::of(2024, 12, 31)));
  auto const tree = database_.tree();
  auto const* place = tree.by_code("dostuk-nooken");
  ASSERT_EQ(place->id, before);
  for (auto const& [day, valid] : {std::pair{"1995-12-31", false}, {"1996-01-01", true}, {"2024-12-31", true}, {"2025-01-01", false}})
    EXPECT_EQ(place->valid_on(*Day::parse(day)), valid) << day;
  EXPECT_TRUE(place->valid_within(*Day::of(2024, 12, 31), *Day::of(2025, 12, 31)));
  EXPECT_FALSE(place->valid_within(*Day::of(2025, 1, 1), *Day::of(2025, 12, 31)));
  database_.load();
  EXPECT_FALSE(database_.tree().find(before)->valid_until) << "a pack that takes it back";
}

TEST_P(PlacePack, PopulationsOfTheUnitsAddUpToTheCensus) {
  EXPECT_EQ(number("select cast(sum(population) as bigint) from census_unit"), 6'936'156);
  EXPECT_EQ(number("select count(*) from census_unit where men + women <> population"), 0);
  EXPECT_EQ(number("select count(*) from census_unit"), 41);
}

TEST_P(PlacePack, EveryShapeBelongsToAPlaceAndEveryDistrictHasOne) {
  EXPECT_EQ(number("select count(*) from place_shape where layer = 'region'"), 9);
  EXPECT_EQ(number("select count(*) from place p where p.level = 2 and not exists "
                   "(select 1 from place_shape s where s.place = p.id and s.layer = 'district')"),
            0);
  EXPECT_EQ(number("select count(*) from place_shape where outline = ''"), 12);  // cities of oblast rank but Tokmok
  EXPECT_LE(number("select cast(sum(length(outline)) as bigint) from place_shape where layer = 'district'"), 22'000);
  EXPECT_LE(number("select cast(sum(length(outline)) as bigint) from place_shape where layer = 'region'"), 8'000);
}

TEST_P(PlacePack, EveryPlaceCanBeSearchedFor) {
  EXPECT_EQ(number("select count(*) from place p where not exists (select 1 from search_word w where w.object = 'place' and w.id = p.id)"), 0);
  auto const found = all<std::string>("select p.code from search_word w join place p on p.id = w.id where w.object = 'place' and w.word = 'ноокен'");
  EXPECT_NE(std::ranges::find(found, "nooken"), found.end());
}

TEST_P(PlacePack, NobodyWorksOnKurmanAitOf2018) {
  EXPECT_EQ(number("select count(*) from national_day where day_from <= '2018-08-21' and day_until >= '2018-08-21' and kind = 'holiday'"), 1);
  EXPECT_EQ(
      number("select count(*) from national_day d where not exists (select 1 from national_day_text t where t.code = d.code and t.language = 'ky')"),
      0);
}

TEST_P(PlacePack, MapLayersAreKeptUntilTheFactsChange) {
  auto const layer = [&] { return database_->read([](db::Reader& read) { return map_layer(read, "district"); }); };
  auto const first = layer();
  EXPECT_EQ(layer(), first);
  database_.load();
  auto const after = layer();
  EXPECT_NE(after, first);
  EXPECT_EQ(after->shapes.size(), first->shapes.size());
  EXPECT_NE(first->attribution.find("© OpenStreetMap contributors"), std::string::npos);
  EXPECT_EQ(first->attribution_in(Language::en), first->attribution);
  EXPECT_NE(first->attribution_in(Language::ky).find("© OpenStreetMap катышуучулары"), std::string::npos);
  EXPECT_NE(first->attribution_in(Language::ru).find("© участники OpenStreetMap"), std::string::npos);
  EXPECT_THROW(database_->read([](db::Reader& read) { return map_layer(read, "village"); }), Problem);
}

TEST_P(PlacePack, MapLayersAreKeptHoweverOftenTheFactsChanged) {
  auto const both = [&] {
    return database_->read([](db::Reader& read) { return std::pair(map_layer(read, "region"), map_layer(read, "district")); });
  };
  for (int change = 0; change < 10; ++change) {
    database_->write([](db::Tx& tx) { facts_version.touch(tx); });
    EXPECT_EQ(both(), both()) << "after change " << change;
  }
}

TEST_P(PlacePack, AMapDrawsThePlacesThatHaveAMark) {
  auto const tree = database_.tree();
  auto const layer = database_->read([](db::Reader& read) { return map_layer(read, "district"); });
  auto const nooken = tree.by_code("nooken")->id;
  auto const naryn = tree.by_code("naryn-city");
  auto const map = map_of(*layer, Language::en, [&](PlaceId id) -> std::optional<chart::Mark> {
    if (id != nooken && id != naryn->id) return std::nullopt;
    chart::Mark mark;
    mark.label = tree.name(id, Language::en).short_text;
    return mark;
  });
  ASSERT_EQ(map.areas.size(), 1u);
  EXPECT_EQ(map.areas[0].mark.label, "Nooken");
  EXPECT_TRUE(map.areas[0].outline.starts_with("M"));
  ASSERT_EQ(map.points.size(), 1u);
  auto const [x, y] = layer->at(*naryn->latitude, *naryn->longitude);
  EXPECT_NEAR(map.points[0].x, x, 1);
  EXPECT_NEAR(map.points[0].y, y, 1);
}

}  // namespace
}  // namespace birge::place
