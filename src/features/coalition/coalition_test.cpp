#include "features/coalition/coalition.hpp"

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/db/testing.hpp"

namespace birge::coalition {
namespace {

using Kind = Matcher::Match::Kind;

class Coalition : public testing::TestWithParam<db::Engine> {
protected:
  OrganisationId add(std::map<std::string, std::string> names, std::vector<std::string> const& aliases = {},
                     std::map<std::string, std::string> short_names = {}) {
    Organisation organisation;
    organisation.kind = "civil_society";
    organisation.original = names.begin()->first;
    organisation.names = std::move(names);
    organisation.short_names = std::move(short_names);
    return database_->write([&](db::Tx& tx) { return coalition::add(tx, ids_, organisation, aliases, clock_.now()); });
  }
  Matcher matcher() {
    return database_->read([](db::Reader& read) { return Matcher(read); });
  }
  Organisation stored(OrganisationId id) {
    return database_->read([&](db::Reader& read) { return Store(read).find(id).value(); });
  }
  std::int64_t words_like(std::string const& word) {
    return database_->read([&](db::Reader& read) {
      return read.one<std::int64_t>("select count(*) from search_word where object = 'organisation' and word = $1", word);
    });
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{parse_instant("2018-09-10T06:00:00Z").value()};
  IdMaker ids_{clock_, 0};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Coalition, db::both_engines(), db::engine_name);

TEST_P(Coalition, ANamelessOrganisationIsRefused) { EXPECT_THROW(add({{"ky", ""}}), Problem); }

TEST_P(Coalition, AnUnknownKindIsRefused) {
  Organisation organisation;
  organisation.kind = "club";
  organisation.original = "en";
  organisation.names["en"] = "Club";
  EXPECT_THROW(database_->write([&](db::Tx& tx) { coalition::add(tx, ids_, organisation, {}, clock_.now()); }), Problem);
}

TEST_P(Coalition, ChangingOneThatIsNotThereIsRefused) {
  Organisation organisation;
  organisation.id = {7};
  organisation.kind = "youth";
  organisation.original = "en";
  organisation.names["en"] = "Nobody";
  EXPECT_THROW(database_->write([&](db::Tx& tx) { coalition::update(tx, organisation, {}); }), Problem);
}

TEST_P(Coalition, ATakenSlugGetsANumber) {
  auto const first = add({{"ru", "ОФ «Мээрим»"}});
  auto const second = add({{"ru", "ОФ «Мээрим»"}});
  EXPECT_EQ(stored(first).slug, "of-meerim");
  EXPECT_EQ(stored(second).slug, "of-meerim-2");
}

TEST_P(Coalition, NamesFallBackToTheOriginalWithItsLanguage) {
  auto const organisation = stored(add({{"ru", "Общественный фонд «Мээрим»"}}, {}, {{"ru", "Мээрим"}}));
  EXPECT_EQ(organisation.name(Language::ky), "Общественный фонд «Мээрим»");
  EXPECT_EQ(organisation.short_name(Language::en), "Мээрим");
  EXPECT_EQ(organisation.name_language(Language::ky), "ru");
}

TEST_P(Coalition, AllAreReadWithTheirTexts) {
  add({{"en", "Zebra"}});
  add({{"en", "Apple"}}, {}, {{"en", "A"}});
  auto const all = database_->read([](db::Reader& read) { return Store(read).all(); });
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name(Language::en), "Apple");
  EXPECT_EQ(all[0].short_name(Language::en), "A");
  EXPECT_EQ(all[1].short_name(Language::en), "Zebra");
}

TEST_P(Coalition, AnUpdateWithNothingNewChangesNothing) {
  auto const id = add({{"ru", "Общественный фонд «Мээрим»"}}, {"Meerim"});
  EXPECT_FALSE(database_->write([&](db::Tx& tx) { return coalition::update(tx, stored(id), {"Meerim"}); }));
}

TEST_P(Coalition, AnUpdateRenewsAliasesAndSearchWords) {
  auto const id = add({{"en", "Old Name"}}, {"former alias"});
  auto changed = stored(id);
  changed.names["en"] = "New Name";
  EXPECT_TRUE(database_->write([&](db::Tx& tx) { return coalition::update(tx, changed, {}); }));
  EXPECT_EQ(matcher().match("former alias").kind, Kind::none);
  EXPECT_EQ(matcher().match("new name").organisation, id);
  EXPECT_EQ(words_like(fold("Old")), 0);
  EXPECT_EQ(words_like(fold("New")), 1);
}

TEST_P(Coalition, CorrectedItKeepsItsAddressItsTextsAndTheNamesItWasFoundBy) {
  auto const id = add({{"en", "Old Name"}}, {"former alias"});
  database_->write([&](db::Tx& tx) { describe(tx, id, "https://old.example/", "What we do.", "en"); });
  auto corrected = stored(id);
  auto const slug = corrected.slug;
  corrected.slug = "elsewhere";
  corrected.kind = "donor";
  corrected.names = {{"en", "New Name"}, {"ru", "Новое имя"}};
  corrected.short_names = {{"en", "NN"}};
  corrected.about.clear();
  corrected.website.clear();
  corrected.original = "ru";
  EXPECT_TRUE(database_->write([&](db::Tx& tx) { return coalition::correct(tx, corrected); }));
  EXPECT_FALSE(database_->write([&](db::Tx& tx) { return coalition::correct(tx, corrected); })) << "nothing is new";
  auto const now = stored(id);
  EXPECT_EQ(now.slug, slug);
  EXPECT_EQ(now.kind, "donor");
  EXPECT_EQ(now.original, "en");
  EXPECT_EQ(now.website, "https://old.example/");
  EXPECT_EQ(now.about.at("en"), "What we do.");
  EXPECT_EQ(now.names, corrected.names);
  EXPECT_EQ(now.short_names, corrected.short_names);
  for (auto const* name : {"Old Name", "former alias", "New Name", "Новое имя", "NN"}) EXPECT_EQ(matcher().match(name).organisation, id) << name;
  EXPECT_EQ(words_like(fold("Old")), 0);
  EXPECT_EQ(words_like(fold("New")), 1);
}

TEST_P(Coalition, ACorrectionWithoutANameOrOfAnUnknownKindIsRefused) {
  auto const id = add({{"en", "Name"}});
  auto nameless = stored(id), unknown = stored(id);
  nameless.names = {{"ru", "Имя"}};
  unknown.kind = "club";
  for (auto const& wrong : {nameless, unknown}) EXPECT_THROW(database_->write([&](db::Tx& tx) { coalition::correct(tx, wrong); }), Problem);
  EXPECT_EQ(stored(id).names.at("en"), "Name");
}

TEST_P(Coalition, IsFoundWithAnyLegalFormQuotesAndCase) {
  auto const id = add({{"ru", "Общественный фонд «Мээрим Булак»"}});
  auto const matcher = this->matcher();
  for (auto const* const text :
       {"Мээрим Булак", "ОФ «Мээрим Булак»", "ОФ \"МЭЭРИМ БУЛАК\"", "«Мээрим Булак» коомдук фонду", "КФ Мээрим Булак", "Meerim Bulak",
        "PF “Meerim Bulak”", "Meerim Bulak NGO", "Мээрим-Булак", "ОО ОФ Мээрим Булак", "Мээрим Булак (Ош)"}) {
    auto const match = matcher.match(text);
    EXPECT_EQ(match.kind, Kind::one) << text;
    EXPECT_EQ(match.organisation, id) << text;
  }
}

TEST_P(Coalition, IsFoundByWhatStandsInBrackets) {
  auto const id = add({{"ru", "Управление ООН по наркотикам и преступности"}}, {"UNODC"}, {{"ru", "УНП ООН"}});
  EXPECT_EQ(matcher().match("Программа GLO.ACT (УНП ООН)").organisation, id);
}

TEST_P(Coalition, TwoOfOneNameAreSeveral) {
  auto const first = add({{"ru", "ОО «Улыбка»"}});
  auto const second = add({{"ru", "ОФ «Улыбка»"}});
  auto const match = matcher().match("Улыбка");
  EXPECT_EQ(match.kind, Kind::several);
  EXPECT_EQ(match.candidates, (std::vector{first, second}));
}

TEST_P(Coalition, AnUnknownNameIsNoneWithTheNearestSpellings) {
  auto const id = add({{"ru", "Мээрим Булак"}});
  add({{"ru", "Кут Билим"}});
  auto const match = matcher().match("Мерим Булак");
  EXPECT_EQ(match.kind, Kind::none);
  EXPECT_EQ(match.candidates, std::vector{id});
  EXPECT_TRUE(matcher().match("Совсем другое").candidates.empty());
  EXPECT_EQ(matcher().match("«»").kind, Kind::none);
}

TEST_P(Coalition, IsMeantByTheBeginningsOfItsWordsInAnyAlphabet) {
  auto const id = add({{"en", "Urker women's association"}, {"ru", "Женское объединение «Уркер»"}});
  add({{"en", "Kut Bilim"}});
  std::unordered_map<std::int64_t, Organisation> all;
  for (auto& organisation : database_->read([](db::Reader& read) { return Store(read).all(); }))
    all.emplace(organisation.id.value, std::move(organisation));
  for (auto const* const text : {"Urker", "urker wom", "Women Urker", "Үркер", "Уркер", "Urker women association", "ОФ «Уркер»"})
    EXPECT_EQ(begun_by(text, all, false, 8), std::vector{id}) << text;
  for (auto const* const text : {"", "«»", "rker", "Urker lawyers"}) EXPECT_TRUE(begun_by(text, all, false, 8).empty()) << text;
  EXPECT_TRUE(begun_by("Urker", all, true, 8).empty()) << "it is no invented one";
  EXPECT_TRUE(begun_by("Urker", all, false, 0).empty());
}

TEST_P(Coalition, ALegalFormAloneIsNotStrippedToNothing) {
  EXPECT_EQ(match_key("ОО"), fold("ОО"));
  EXPECT_EQ(match_key("ОО «ОФ»"), fold("ОФ"));
}

TEST_P(Coalition, WhatWasLearntIsFound) {
  auto matcher = this->matcher();
  matcher.learn("ОО «Жаңы Үмүт»", {5}, "ОО «Жаңы Үмүт»");
  EXPECT_EQ(matcher.match("Жаны Умут").organisation, OrganisationId{5});
  EXPECT_EQ(matcher.name({5}), "ОО «Жаңы Үмүт»");
}

TEST_P(Coalition, SeveralNamesInACellAreSplitOutsideQuotesAndBrackets) {
  auto const matcher = this->matcher();
  using Names = std::vector<std::string>;
  EXPECT_EQ(split_names("", matcher), Names{});
  EXPECT_EQ(split_names(" ОО «А»; Б, В ", matcher), (Names{"ОО «А»", "Б", "В"}));
  EXPECT_EQ(split_names("ОО «А, Б и В» / Г\nД", matcher), (Names{"ОО «А, Б и В»", "Г", "Д"}));
  EXPECT_EQ(split_names("А (Ош, Баткен); ; Б", matcher), (Names{"А (Ош, Баткен)", "Б"}));
  EXPECT_EQ(split_names("ОО «А, Б", matcher), (Names{"ОО «А", "Б"}));  // a quote that never closes opens nothing
}

TEST_P(Coalition, AKnownNameWithACommaStaysWhole) {
  add({{"ru", "Госагентство по делам молодёжи, физической культуры и спорта"}});
  add({{"ru", "Мэрия города Ош"}});
  using Names = std::vector<std::string>;
  EXPECT_EQ(split_names("Госагентство по делам молодежи, физической культуры и спорта", matcher()).size(), 1u);
  EXPECT_EQ(split_names("Мэрия города Ош, Госагентство по делам молодежи, физической культуры и спорта, В", matcher()),
            (Names{"Мэрия города Ош", "Госагентство по делам молодежи, физической культуры и спорта", "В"}));
}

TEST_P(Coalition, KnownNamesJoinedByAWordAreSplit) {
  add({{"en", "UNODC"}});
  add({{"ru", "МОМ"}});
  add({{"ru", "Министерство труда, занятости и миграции"}});
  auto const matcher = this->matcher();
  using Names = std::vector<std::string>;
  for (auto const* const cell : {"UNODC и МОМ", "UNODC жана МОМ", "UNODC менен МОМ", "UNODC and МОМ", "UNODC & МОМ"})
    EXPECT_EQ(split_names(cell, matcher), (Names{"UNODC", "МОМ"})) << cell;
  EXPECT_EQ(split_names("МОМ и Министерство труда, занятости и миграции", matcher), (Names{"МОМ", "Министерство труда, занятости и миграции"}));
  EXPECT_EQ(split_names("Рога, UNODC и МОМ", matcher), (Names{"Рога", "UNODC", "МОМ"}));
}

TEST_P(Coalition, AnUnknownNameWithAWordThatJoinsStaysWhole) {
  add({{"en", "UNODC"}});
  auto const matcher = this->matcher();
  using Names = std::vector<std::string>;
  EXPECT_EQ(split_names("UNODC и Рога", matcher), Names{"UNODC и Рога"});
  EXPECT_EQ(names_in("UNODC и Рога", matcher), (Names{"UNODC", "Рога"}));
  EXPECT_EQ(names_in("«UNODC и Рога»", matcher), Names{});
  EXPECT_EQ(names_in("Рога и копыта", matcher), Names{});
}

}  // namespace
}  // namespace birge::coalition
