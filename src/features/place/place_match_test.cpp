#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "features/place/place_key.hpp"
#include "features/place/place_testing.hpp"
#include "platform/base/text.hpp"

namespace birge::place {
namespace {

class PlaceMatcher : public testing::Test {
protected:
  struct World {
    PlacesDatabase database{db::Engine::sqlite};
    Tree tree{database.tree()};
    Matcher matcher{database->read([this](db::Reader& read) { return Matcher(tree, read); })};
  };
  static void SetUpTestSuite() { world_ = std::make_unique<World>(); }
  static void TearDownTestSuite() { world_.reset(); }

  Tree const& tree() const { return world_->tree; }
  PlaceId id(std::string_view code) const { return tree().by_code(code)->id; }
  Match match(std::string_view text, std::string_view within = {}, std::optional<Level> level = {}) const {
    return world_->matcher.match(text, within.empty() ? PlaceId{} : id(within), level);
  }
  /// The code of one place, the codes of several with | between them, "?" and the suggestions for none.
  std::string found(std::string_view text, std::string_view within = {}, std::optional<Level> level = {}) const {
    auto const result = match(text, within, level);
    std::string codes = result.kind == Match::Kind::none ? "?" : "";
    for (auto const candidate : result.candidates) codes += (codes.empty() || codes == "?" ? "" : "|") + tree().find(candidate)->code;
    return codes;
  }
  std::vector<Place const*> every_place() const {
    std::vector<Place const*> places{&tree().country()};
    for (auto const* region : tree().regions()) places.push_back(region);
    for (auto const* district : tree().districts()) {
      places.push_back(district);
      for (auto const* community : tree().children(district->id)) places.push_back(community);
    }
    return places;
  }
  static inline std::unique_ptr<World> world_;
};

TEST_F(PlaceMatcher, NothingIsFoundInNothing) {
  for (auto const* text : {"", "  ", ",", "область", "г.", "р-н", "--", "\xff\xfe", "KG99", "KG03215000001", "2018"})
    EXPECT_EQ(match(text).kind, Match::Kind::none) << text;
}

TEST_F(PlaceMatcher, AWrongKindIsNotForcedButSuggested) {
  EXPECT_EQ(found("г. Ноокен"), "?nooken");
  EXPECT_EQ(found("Бишкекская область"), "?bishkek");
  EXPECT_EQ(match("Айтматов облусу").kind, Match::Kind::none);
}

TEST(PlacesOfTheirTime, TheOneThatIsAPlaceOnTheDayHasTheName) {
  PlacesDatabase database(db::Engine::sqlite);
  auto const last = *Day::of(2024, 12, 31), after = last.plus(1);
  database.load(with_days(kyrgyz_pack(), "dostuk-nooken", {}, last));
  auto const tree = database.tree();
  auto const matcher = database->read([&](db::Reader& read) { return Matcher(tree, read); });
  auto const old = tree.by_code("dostuk-nooken")->id, other = tree.by_code("dostuk-naryn-rayon")->id;
  auto const both = matcher.match("Достук");
  ASSERT_EQ(both.kind, Match::Kind::several);
  EXPECT_EQ(valid_within(both, tree, last, last).kind, Match::Kind::several);
  EXPECT_EQ(valid_within(both, tree, last, after).kind, Match::Kind::several) << "it was one on the first of these days";
  auto const one = valid_within(both, tree, after, after);
  EXPECT_EQ(one.kind, Match::Kind::one);
  EXPECT_EQ(one.place, other);
  auto const gone = valid_within(matcher.match("Достук айыл аймагы, Ноокен району"), tree, after, after);
  EXPECT_EQ(gone.place, old) << "what was meant is known, though it is none then";
  auto const misspelt = matcher.match("Дустук, Ноокен району");
  EXPECT_EQ(misspelt.kind, Match::Kind::none);
  for (auto const id : valid_within(misspelt, tree, after, after).candidates) EXPECT_NE(id, old) << "it is not offered";
  EXPECT_EQ(matcher.namesakes(*tree.find(old), after, after), std::vector{other});
  EXPECT_TRUE(matcher.namesakes(*tree.find(other), after, after).empty());
}

TEST_F(PlaceMatcher, AnUnknownNameGetsTheNearestSpellings) {
  EXPECT_EQ(found("Ноокенн району"), "nooken");  // a doubled letter is no mistake worth asking about
  EXPECT_EQ(found("Нокент"), "?nooken|nookat|nookat-nooken");
  auto const suggestions = match("Сокулик");
  EXPECT_EQ(suggestions.kind, Match::Kind::none);
  ASSERT_FALSE(suggestions.candidates.empty());
  EXPECT_EQ(tree().find(suggestions.candidates.front())->code, "sokuluk");
  EXPECT_LE(match("Кара").candidates.size(), 5u);
  EXPECT_EQ(found("Стамбул"), "?");
  EXPECT_EQ(found("Сузак району, Таш-Булок"), "?tash-bulak");  // of the part that is not known
}

TEST_F(PlaceMatcher, ANameThatSeveralPlacesHaveGivesThemAll) {
  EXPECT_EQ(found("Ош"), "osh|osh-city");
  EXPECT_EQ(found("Нарын"), "naryn|naryn-rayon|naryn-city");
  EXPECT_EQ(found("Жалал-Абад"), "jalal-abad|jalal-abad-city");
  EXPECT_EQ(match("с. Кара-Суу").kind, Match::Kind::several);
  EXPECT_GE(match("с. Кара-Суу").candidates.size(), 5u);
  EXPECT_EQ(found("Каракол"), "karakol-city|karakol-ak-suu");  // and not Кара-Көл, which differs by ө and its hyphen
  EXPECT_EQ(found("Кара-Кол шаары"), "kara-kul-city");
}

TEST_F(PlaceMatcher, WhatIsOutsideThePlaceOfTheRowDoesNotCount) {
  EXPECT_EQ(found("Кара-Суу", "aksy"), "kara-suu-aksy");
  EXPECT_EQ(match("Ноокен району", "naryn").kind, Match::Kind::none);
  EXPECT_EQ(found("Ноокен району", "naryn"), "?nooken");
  EXPECT_EQ(found("Нарын", "naryn"), "naryn-rayon|naryn-city");
  EXPECT_EQ(found("г. Нарын", "naryn"), "naryn-city");
  EXPECT_EQ(found("Баткенская область", "batken"), "batken");
}

TEST_F(PlaceMatcher, ACityThatIsARegionIsFoundInTheOblastAroundIt) {
  EXPECT_EQ(found("г. Ош", "osh"), "osh-city");
  EXPECT_EQ(found("г. Ош, Ошская область"), "osh-city");
  EXPECT_EQ(found("Бишкек", "chuy"), "bishkek");
  EXPECT_EQ(match("Бишкек", "naryn").kind, Match::Kind::none);
}

TEST_F(PlaceMatcher, TheLevelOfAColumnDecidesBetweenNamesakes) {
  EXPECT_EQ(found("Сузак"), "suzak|suzak-aiyl");
  EXPECT_EQ(found("Сузак", "", Level::district), "suzak");
  EXPECT_EQ(found("Сузак", "suzak", Level::community), "suzak-aiyl");
  EXPECT_EQ(found("Талас", "", Level::region), "talas");
  EXPECT_EQ(found("Ош", "", Level::region), "osh|osh-city");
}

TEST_F(PlaceMatcher, MeetsTheSpellingsOfThreeLanguages) {
  std::map<std::string_view, std::vector<std::string_view>> const spellings{
      {"jalal-abad",
       {"Джалал-Абадская обл.", "Джалал-Абадская область", "джалал-абадская", "Жалал-Абад облусу", "Жалал-Абад обл.", "ЖАЛАЛ-АБАД ОБЛУСУ",
        "Jalal-Abad oblast", "Jalalabad region", "Jalal Abad Province", "обл. Джалал-Абад", "Жалалабат облусу", "KG03", "kg03", "KG03000000000"}},
      {"issyk-kul",
       {"Иссык-Кульская", "Иссык-Кульская обл", "Ысык-Көл облусу", "Ысык-Кол обл.", "Issyk-Kul oblast", "Ysyk-Köl oblast", "Иссыккульская область"}},
      {"osh", {"Ошская область", "Ошская обл.", "Ош облусу", "Osh oblast", "ошской области"}},
      {"osh-city", {"г. Ош", "г.Ош", "город Ош", "Ош ш.", "Ош шаары", "Osh city", "Ош (город)", "KG21"}},
      {"bishkek", {"Бишкек", "г. Бишкек", "Бишкек шаары", "Бишкек ш.", "Bishkek", "гор. Бишкек", "KG11000000000"}},
      {"chuy", {"Чуйская область", "Чүй облусу", "Чуй облусу", "Chui oblast", "Chuy oblast", "Чуйская обл"}},
      {"chuy-rayon", {"Чуйский район", "Чүй району", "Чуйский р-н", "Чуйский\u00A0р\u2011н", "Чүй\u00A0р\u2011ну"}},
      {"nooken",
       {"Ноокенский р-н", "Ноокенский район", "Ноокен району", "Ноокен р-ну", "Nooken district", "Nooken rayon", "Ноокенского района",
        "KG03215000000", "KG03215", "р-н Ноокен", "Ноокенский район, Джалал-Абадская область", "Ноокенский район Джалал-Абадской области",
        "Джалал-Абадская область, Ноокенский район"}},
      {"kara-suu", {"Кара-Суйский район", "Карасуйский район", "Кара-Сууский р-н", "Кара-Суу району", "Kara-Suu district"}},
      {"kara-suu-town", {"г. Кара-Суу", "город Кара-Суу", "Кара-Суу шаары", "Кара-Су, город"}},
      {"karakol-city", {"г. Каракол", "Каракол ш.", "Каракол шаары", "Karakol city", "KG02410"}},
      {"jalal-abad-city", {"г. Джалал-Абад", "Жалал-Абад шаары", "Jalal-Abad city"}},
      {"naryn-city", {"г. Нарын", "Нарын ш.", "KG04400000010"}},
      {"naryn-rayon", {"Нарынский район", "Нарынский", "Нарын району", "naryn-rayon"}},
      {"aitmatov", {"Айтматовский район", "Кара-Бууринский район", "Айтматов району"}},
      {"tup", {"Тюпский район", "Түп району", "Tyup district", "Тюпский"}},
      {"leilek", {"Ляйлякский район", "Лейлекский р-н", "Лейлек району"}},
      {"moskva", {"Московский район", "Москва району", "Moskovsky district"}},
      {"sverdlov-bishkek", {"Свердловский район", "Свердлов району, Бишкек", "г. Бишкек, Свердловский район"}},
      {"balykchy-city", {"г. Балыкчы", "Балыкчи", "Рыбачье"}},
      {"mailuu-suu-city", {"Майлуу-Суу", "Майлуусуу ш.", "Mailuu-Suu"}},
      {"kant", {"Кант", "г. Кант", "Кант шаары", "Kant town"}},
      {"lebedinovka",
       {"с. Лебединовка", "Лебединовка айылы", "Лебединовский айыльный аймак", "Lebedinovka", "лебединовка а/о", "Лебединовка айыл өкмөтү"}},
      {"boru-bash", {"Бөрү-Баш айыл аймагы", "Бору-Баш а/а", "Beryu-Bash"}},
      {"kg", {"Кыргызстан", "Кыргыз Республикасы", "Киргизия", "Kyrgyzstan", "KG"}},
  };
  std::size_t tried = 0;
  for (auto const& [code, texts] : spellings)
    for (auto const text : texts) {
      EXPECT_EQ(found(text), code) << text;
      ++tried;
    }
  EXPECT_GE(tried, 100u);
}

TEST_F(PlaceMatcher, LookAlikeLettersOfTheOtherScriptDoNoHarm) {
  EXPECT_EQ(found("Hapын шаары"), "naryn-city");  // H a p are Latin
  EXPECT_EQ(found("Бишкeк"), "bishkek");          // e is Latin
  EXPECT_EQ(found("  \"Бишкек\"  "), "bishkek");
  EXPECT_EQ(found("Бишкек\xE2\x80\x8B"), "bishkek");  // a zero-width space behind it
}

TEST_F(PlaceMatcher, EveryPlaceIsFoundByItsFullNameInEveryLanguage) {
  for (auto const* place : every_place())
    for (auto const language : languages) {
      auto const name = tree().full_name(place->id, language);
      auto const result = match(name);
      bool const there = std::ranges::find(result.candidates, place->id) != result.candidates.end();
      EXPECT_TRUE(result.kind == Match::Kind::one && there) << name << " gave " << found(name);
    }
}

TEST_F(PlaceMatcher, EveryPlaceIsFoundByItsNameWithinItsParent) {
  for (auto const* place : every_place()) {
    if (!place->parent) continue;
    for (auto const language : languages) {
      auto const& name = tree().name(place->id, language).text;
      auto const result = world_->matcher.match(name, place->parent);
      EXPECT_TRUE(result.kind == Match::Kind::one && result.place == place->id) << name << " in " << tree().find(place->parent)->code;
    }
  }
}

TEST_F(PlaceMatcher, EveryPcodeIsFound) {
  int codes = 0;
  for (auto const* place : every_place()) {
    if (!place->pcode) continue;
    ++codes;
    EXPECT_EQ(found(*place->pcode), place->code);
    EXPECT_EQ(found(" " + *place->pcode + " "), place->code);
  }
  EXPECT_EQ(codes, 1 + 9 + 53 + 460);
}

TEST_F(PlaceMatcher, EveryRepeatedCommunityNameIsSeveral) {
  std::map<std::string, std::vector<Place const*>> by_name;
  for (auto const* place : every_place())
    if (place->level == Level::community) by_name[tree().name(place->id, Language::ky).short_text].push_back(place);
  int repeated = 0;
  for (auto const& [name, places] : by_name) {
    if (places.size() < 2) continue;
    ++repeated;
    auto const result = match(name);
    EXPECT_EQ(result.kind, Match::Kind::several) << name;
    for (auto const* place : places)
      EXPECT_NE(std::ranges::find(result.candidates, place->id), result.candidates.end()) << name << " " << place->code;
  }
  EXPECT_EQ(repeated, 39);
}

TEST_F(PlaceMatcher, NoTextMakesItFailAndSuggestionsAreFew) {
  auto const places = every_place();
  EXPECT_TRUE(rc::check([&] {
    auto const& place = *places[*rc::gen::inRange<std::size_t>(0, places.size())];
    auto text = tree().full_name(place.id, Language::ky);
    auto const noise = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    text.insert(*rc::gen::inRange<std::size_t>(0, text.size() + 1), noise);
    text.resize(*rc::gen::inRange<std::size_t>(0, text.size() + 1));
    auto const result = world_->matcher.match(text);
    RC_ASSERT(result.kind != Match::Kind::none || result.candidates.size() <= 5);
    RC_ASSERT((result.kind == Match::Kind::one) == static_cast<bool>(result.place));
    RC_ASSERT(result.kind != Match::Kind::several || result.candidates.size() > 1);
  }));
}

TEST(PlaceKey, KindWordsAloneLeaveNoKey) {
  EXPECT_TRUE(keys_of({"область", "", "г."}, {}).empty());
  EXPECT_FALSE(adjective_stem("+ски"));
}

TEST(PlaceKey, AdjectivesAreAlsoKnownByTheirStem) { EXPECT_TRUE(keys_of({"Ноокенский район"}, {}).contains("+нокен")); }

TEST(PlaceKey, AnAliasWithoutTheSpacesOfANameDoesNotComeBeforeIt) {
  EXPECT_EQ(keys_of({"Кара-Суу"}, {"Кара Су"}), (std::set<std::string>{"кара су", "+карасу"}));
  EXPECT_EQ(keys_of({"Карабалта"}, {"Кара-Балта"}), (std::set<std::string>{"карабалта", "+карабалта"}));
}

}  // namespace
}  // namespace birge::place
