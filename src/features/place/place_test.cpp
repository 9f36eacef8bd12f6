#include "features/place/place.hpp"

#include <map>
#include <set>

#include "features/place/place_testing.hpp"
#include "platform/base/problem.hpp"

namespace birge::place {
namespace {

TEST(EmptyTree, HasNoCountryAndFindsNothing) {
  db::TestDatabase database(db::Engine::sqlite);
  auto const tree = database->read([](db::Reader& read) { return Tree::load(read); });
  EXPECT_THROW(tree.country(), Problem);
  EXPECT_EQ(tree.by_code("osh"), nullptr);
  EXPECT_TRUE(tree.regions().empty());
  EXPECT_EQ(tree.full_name(PlaceId{7}, Language::ky), "");
}

class PlaceTree : public testing::TestWithParam<db::Engine> {
protected:
  // Nothing here writes: one tree for each engine is enough.
  static Tree const& shared_tree(db::Engine engine) {
    auto& tree = trees_[engine];
    if (!tree) tree = std::make_unique<Tree>(PlacesDatabase(engine).tree());
    return *tree;
  }
  static void TearDownTestSuite() { trees_.clear(); }
  Tree const& tree_ = shared_tree(GetParam());
  Place const& at(std::string_view code) const {
    auto const* const place = tree_.by_code(code);
    if (place == nullptr) throw std::runtime_error("no place " + std::string(code));
    return *place;
  }
  static inline std::map<db::Engine, std::unique_ptr<Tree>> trees_;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, PlaceTree, db::both_engines(), db::engine_name);

TEST_P(PlaceTree, UnknownCodesFindNothing) {
  EXPECT_EQ(tree_.by_code("atlantis"), nullptr);
  EXPECT_EQ(tree_.by_code(""), nullptr);
  EXPECT_EQ(tree_.find(PlaceId{1}), nullptr);
  EXPECT_EQ(tree_.region_of(tree_.country().id), nullptr);
  EXPECT_EQ(tree_.district_of(at("osh").id), nullptr);
  EXPECT_TRUE(tree_.children(at("osh-city").id).empty());
}

TEST_P(PlaceTree, InALineADistrictIsNamedWithItsKindAndACityWithItsOwn) {
  auto const line = [&](char const* code, Language language) { return tree_.name(at(code).id, language).line_text; };
  EXPECT_EQ(line("alay", Language::ru), "Алайский\u00A0р\u2011н");
  EXPECT_EQ(line("alay", Language::ky), "Алай\u00A0р\u2011ну");
  EXPECT_EQ(line("alay", Language::en), "Alay\u00A0district");
  EXPECT_EQ(line("naryn-rayon", Language::ky), "Нарын\u00A0р\u2011ну") << "what says its kind already says it once";
  EXPECT_EQ(line("naryn-rayon", Language::en), "Naryn\u00A0district");
  EXPECT_EQ(line("osh-city", Language::ru), "г.\u00A0Ош");
  EXPECT_EQ(line("ala-buka", Language::ky), "Ала-Бука\u00A0р\u2011ну") << "a name keeps its own hyphen";
  EXPECT_EQ(line("osh", Language::ru), "Ош");
}

TEST_P(PlaceTree, IsFoundByCodeAndPcodeInAnyCase) {
  EXPECT_EQ(at("kg03215000000").code, "nooken");
  EXPECT_EQ(at("KG03215000000").code, "nooken");
  EXPECT_EQ(at("NOOKEN").code, "nooken");
  EXPECT_EQ(at("KG").level, Level::country);
}

TEST_P(PlaceTree, StandsInTheSourcesOrder) {
  std::vector<std::string> regions;
  for (auto const* region : tree_.regions()) regions.push_back(region->code);
  EXPECT_EQ(regions, (std::vector<std::string>{"issyk-kul", "jalal-abad", "naryn", "batken", "osh", "talas", "chuy", "bishkek", "osh-city"}));
  EXPECT_EQ(tree_.districts().size(), 57u);
  EXPECT_EQ(tree_.districts().front()->code, "ak-suu");
  EXPECT_EQ(tree_.children(at("bishkek").id).size(), 4u);
}

TEST_P(PlaceTree, KnowsWhatLiesInWhat) {
  auto const community = at("KG03215804000");
  EXPECT_EQ(tree_.district_of(community.id)->code, "nooken");
  EXPECT_EQ(tree_.region_of(community.id)->code, "jalal-abad");
  EXPECT_TRUE(tree_.inside(community.id, at("jalal-abad").id));
  EXPECT_FALSE(tree_.inside(at("jalal-abad").id, community.id));
  EXPECT_EQ(tree_.oblast_around(at("osh-city").id)->code, "osh");
  EXPECT_EQ(tree_.oblast_around(at("bishkek").id)->code, "chuy");
  EXPECT_EQ(tree_.oblast_around(at("osh").id), nullptr);
}

TEST_P(PlaceTree, CommunitiesWithoutARussianNameKeepTheKyrgyzOneAndSaySo) {
  auto const community = at("KG03215819000").id;
  EXPECT_EQ(tree_.name(community, Language::ru).text, "Бүргөндү айыл аймагы");
  EXPECT_EQ(tree_.name(community, Language::ru).language, "ky");
  EXPECT_EQ(tree_.name(at("nooken").id, Language::ru).language, "ru");
  EXPECT_EQ(tree_.full_name(at("nooken").id, Language::ky), "Ноокен району, Жалал-Абад облусу");
  EXPECT_EQ(tree_.full_name(at("jalal-abad").id, Language::ru), "Джалал-Абадская область");
  EXPECT_EQ(tree_.full_name(tree_.country().id, Language::en), "Kyrgyz Republic");
}

TEST_P(PlaceTree, CensusUnitsJoinCitiesWithWhatIsAroundThem) {
  auto const codes = [&](std::string_view place) {
    std::vector<std::string> list;
    for (auto const id : tree_.census_unit(at(place).id)->places) list.push_back(tree_.find(id)->code);
    return list;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes("ak-suu"), (Codes{"ak-suu", "karakol-city"}));
  EXPECT_EQ(codes("bishkek"), (Codes{"alamudun", "bishkek"}));
  EXPECT_EQ(codes("lenin-bishkek"), (Codes{"alamudun", "bishkek"}));
  EXPECT_EQ(codes("osh-city"), (Codes{"kara-suu", "osh-city"}));
  EXPECT_EQ(codes("suzak"), (Codes{"suzak", "kok-jangak-city", "jalal-abad-city"}));
  EXPECT_EQ(codes("tokmok-city"), (Codes{"tokmok-city"}));
  EXPECT_EQ(codes("KG03215804000"), (Codes{"nooken", "mailuu-suu-city"}));
  EXPECT_EQ(tree_.census_unit(at("osh").id), nullptr);
}

TEST_P(PlaceTree, EveryDistrictIsCountedInOneUnitWithPeople) {
  std::map<std::int64_t, int> counted;
  for (auto const& unit : tree_.census_units()) {
    EXPECT_GT(unit.population, 0) << unit.code;
    EXPECT_EQ(unit.year, 2022);
    for (auto const id : unit.places) ++counted[id.value];
  }
  for (auto const& [id, times] : counted) EXPECT_EQ(times, 1) << tree_.find(PlaceId{id})->code;
  for (auto const* district : tree_.districts()) EXPECT_NE(tree_.census_unit(district->id), nullptr) << district->code;
  EXPECT_NE(tree_.census_unit(at("osh-city").id), nullptr);
}

}  // namespace
}  // namespace birge::place
