#include "platform/i18n/say.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "platform/base/embedded.hpp"
#include "platform/i18n/catalogue.hpp"
#include "platform/i18n/testing.hpp"

namespace birge {
namespace {

using namespace std::string_literals;

std::string header(std::string const& plural_forms) { return "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " + plural_forms + "\n"; }

std::string const ru_texts = mo_of({
    {"", header("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);")},
    {"Agenda", "Программа"},
    {"All", "Все"},
    {"filter\4All"s, "Любые"},
    {"Call {}.", "Звоните <сейчас> {}."},
    {"{} of {}", "из {1} – {0}"},
    {"{} on {}: {}", "{}, {}: {}"},
    {"no place", "нет места"},
    {"{} activity\0{} activities"s, "{} мероприятие\0{} мероприятия\0{} мероприятий"s},
    {"{} activity in {}\0{} activities in {}"s, "{1}: {0} мероприятие\0{1}: {0} мероприятия\0{1}: {0} мероприятий"s},
});
std::string const ky_texts = mo_of({
    {"", header("nplurals=2; plural=(n != 1);")},
    {"{} activity\0{} activities"s, "{} иш-чара (бир)\0{} иш-чара (көп)"s},
});

Catalogue const ru_catalogue(Language::ru, ru_texts);
Catalogue const ky_catalogue(Language::ky, ky_texts);
Say const ru = ru_catalogue.say();
Say const ky = ky_catalogue.say();
Say const en = Say::in(Language::en);

}  // namespace

TEST(Say, ATextNobodyTranslatedStaysAsItIs) {
  EXPECT_EQ(ru("Nobody knows me"), "Nobody knows me");
  EXPECT_EQ(ru("Nobody knows {}", 1250), "Nobody knows 1\u00A0250");
  EXPECT_EQ(ru.in_context("menu", "Agenda"), "Agenda");
}

TEST(Say, TheEmptyTextDoesNotShowTheHeaderOfTheCatalogue) {
  EXPECT_EQ(ru(""), "");
  EXPECT_EQ(ru(Message{}), "");
}

TEST(Say, ABrokenCatalogueIsRefused) { EXPECT_THROW(Catalogue(Language::ru, "this is no catalogue"), std::exception); }

TEST(Say, PlacesWithoutAnArgumentAndOtherBracesDoNoHarm) {
  EXPECT_EQ(en(Message{"{} and {}", {std::string("one")}}), "one and ");
  EXPECT_EQ(en(Message{"{x} {9} {0", {std::string("one")}}), "{x}  {0");
  EXPECT_EQ(en(Message{"{}{", {std::string("{}")}}), "{}{");
}

TEST(Catalogue, EveryLanguageButEnglishIsInTheBinaryAndCanBeRead) {
  for (Language const language : {Language::ky, Language::ru, Language::test}) {
    auto const* file = embedded_file("locale/" + std::string(code(language)) + ".mo");
    ASSERT_NE(file, nullptr) << code(language);
    EXPECT_NO_THROW(Catalogue(language, file->bytes));
    EXPECT_EQ(Say::in(language).language(), language);
  }
  EXPECT_EQ(embedded_file("locale/en.mo"), nullptr);
}

TEST(Say, TextsAreTranslated) {
  EXPECT_EQ(ru("Agenda"), "Программа");
  EXPECT_EQ(en("Agenda"), "Agenda");
}

TEST(Say, ContextTellsTwoMeaningsApart) {
  EXPECT_EQ(ru("All"), "Все");
  EXPECT_EQ(ru.in_context("filter", "All"), "Любые");
}

TEST(Say, ATranslationMayPutTheArgumentsInAnotherOrder) { EXPECT_EQ(ru("{} of {}", 3, 1250), "из 1\u00A0250 – 3"); }

TEST(Say, NumbersDaysAndMessagesSpeakTheLanguage) {
  EXPECT_EQ(ru("{} on {}: {}", 1250, *Day::of(2018, 9, 14), message("no place")), "1\u00A0250, 14\u00A0сентября 2018\u00A0г.: нет места");
  EXPECT_EQ(en("{} on {}: {}", 1250, *Day::of(2018, 9, 14), message("no place")), "1,250 on 14\u00A0September 2018: no place");
}

TEST(Say, ANameWithItsOwnQuotationMarksGetsNoSecondOnes) {
  EXPECT_EQ(en("«{}» is new.", "Клуб «Совсем новый»"), "Клуб «Совсем новый» is new.");
  EXPECT_EQ(en("«{}»", "«Кызыл-Тоо»"), "«Кызыл-Тоо»");
  EXPECT_EQ(en("«{}» and «{}»", "Клуб «А»", "Клуб Б"), "Клуб «А» and «Клуб Б»");
  EXPECT_EQ(en("“{}”", "Клуб «А»"), "“Клуб «А»”");
  EXPECT_EQ(en("«{}»", "Клуб"), "«Клуб»");
}

TEST(Say, EnglishHasTwoPluralForms) {
  EXPECT_EQ(en.plural("{} activity", "{} activities", 1), "1 activity");
  EXPECT_EQ(en.plural("{} activity", "{} activities", 0), "0 activities");
  EXPECT_EQ(en.plural("{} activity", "{} activities", 21), "21 activities");
}

TEST(Say, RussianHasThreePluralForms) {
  auto const count = [](std::int64_t number) { return ru.plural("{} activity", "{} activities", number); };
  EXPECT_EQ(count(1), "1 мероприятие");
  EXPECT_EQ(count(3), "3 мероприятия");
  EXPECT_EQ(count(5), "5 мероприятий");
  EXPECT_EQ(count(0), "0 мероприятий");
  EXPECT_EQ(count(11), "11 мероприятий");
  EXPECT_EQ(count(12), "12 мероприятий");
  EXPECT_EQ(count(21), "21 мероприятие");
  EXPECT_EQ(count(112), "112 мероприятий");
  EXPECT_EQ(count(1'000'001), "1\u00A0000\u00A0001 мероприятие");
  EXPECT_EQ(count(5'000'000'002), "5\u00A0000\u00A0000\u00A0002 мероприятия");
}

TEST(Say, KyrgyzHasTwoPluralForms) {
  EXPECT_EQ(ky.plural("{} activity", "{} activities", 1), "1 иш-чара (бир)");
  EXPECT_EQ(ky.plural("{} activity", "{} activities", 21), "21 иш-чара (көп)");
}

TEST(Say, APluralTakesMoreArguments) {
  EXPECT_EQ(ru.plural("{} activity in {}", "{} activities in {}", 2, "Ош"), "Ош: 2 мероприятия");
  EXPECT_EQ(en.plural("{} activity in {}", "{} activities in {}", 2, "Osh"), "2 activities in Osh");
}

TEST(Say, MarkupEscapesTheSentenceAndKeepsItsParts) {
  EXPECT_EQ(ru.markup("Call {}.", html("<b>{}</b>", "102 & 103")).text(), "Звоните &lt;сейчас&gt; <b>102 &amp; 103</b>.");
  EXPECT_EQ(en.markup("{1} & {0}", html("<i>a</i>"), html("<i>b</i>")).text(), "<i>b</i> &amp; <i>a</i>");
}

TEST(Say, AnAddressWithTooManyOrTooFewValuesIsAFault) {
  EXPECT_THROW(en.path("/activities/{}"), std::logic_error);
  EXPECT_THROW(en.path("/activities", "x"), std::logic_error);
}

TEST(Say, AddressesBeginWithTheLanguage) {
  EXPECT_EQ(ky.path("/").text(), "/ky/");
  EXPECT_EQ(ru.path("/figures").text(), "/ru/figures");
}

TEST(Say, ValuesInAddressesArePercentEncoded) {
  EXPECT_EQ(en.path("/places/{}?q={}", "a/b?c", "Ош & #1").text(), "/en/places/a%2Fb%3Fc?q=%D0%9E%D1%88%20%26%20%231");
  EXPECT_EQ(en.path("/editions/{}", 2018).text(), "/en/editions/2018");
  Id<struct AnyTag> const id{1234567};
  EXPECT_EQ(en.path("/activities/{}", id).text(), "/en/activities/" + id_text(id));
}

TEST(Say, NumbersAreGroupedInThrees) {
  EXPECT_EQ(ky.number(999), "999");
  EXPECT_EQ(ky.number(1250), "1\u00A0250");
  EXPECT_EQ(ru.number(10250), "10\u00A0250");
  EXPECT_EQ(en.number(1234567), "1,234,567");
  EXPECT_EQ(en.number(-1250), "\u22121,250");
  EXPECT_EQ(en.number(INT64_MIN), "\u22129,223,372,036,854,775,808");
}

TEST(Say, DecimalsHaveExactlyTheDigitsAskedFor) {
  EXPECT_EQ(ru.decimal(1234.5, 2), "1\u00A0234,50");
  EXPECT_EQ(en.decimal(1234.56, 1), "1,234.6");
  EXPECT_EQ(en.decimal(12, 0), "12");
  EXPECT_EQ(en.decimal(-0.04, 1), "0.0");
  EXPECT_EQ(ky.decimal(-0.5, 1), "\u22120,5");
  EXPECT_EQ(en.decimal(0.0 / 0.0, 1), "–");
}

TEST(Say, PercentagesAreWholeAndSpacedAsTheLanguageHasIt) {
  EXPECT_EQ(ru.percent(0.123), "12\u00A0%");
  EXPECT_EQ(ky.percent(1), "100\u00A0%");
  EXPECT_EQ(en.percent(0.129), "13%");
}

TEST(Say, ARangeOfOneNumberIsThatNumber) {
  EXPECT_EQ(ky.range(150, 150), "150");
  EXPECT_EQ(ky.range(150, 1200), "150–1\u00A0200");
}

TEST(Say, KyrgyzLettersStandWhereTheKyrgyzAlphabetHasThem) {
  for (auto const& [before, after] : std::vector<std::pair<char const*, char const*>>{
           {"Нарын", "Ңарын"}, {"наяк", "ңа"}, {"ңя", "Ош"}, {"Оя", "Өзгөн"}, {"өя", "Пул"}, {"Уя", "Үзүм"}, {"үя", "Фонд"}, {"Баткен", "Бишкек"}})
    EXPECT_LT(ky.compare(before, after), 0) << before << " " << after;
  EXPECT_EQ(ky.compare("Ош", "Ош"), 0);
  EXPECT_GT(ky.compare("Чүй", "Талас"), 0);
}

TEST(Say, RussianYoStandsWithYe) {
  EXPECT_LT(ru.compare("ёлка", "ель"), 0);
  EXPECT_LT(ru.compare("ежи", "ёлка"), 0);
}

TEST(Say, CapitalsDoNotStandBeforeAllOtherLetters) { EXPECT_LT(en.compare("apple", "Banana"), 0); }

TEST(Say, ADateAtTheEndOfASentenceEndsItOnce) {
  auto const day = Day::parse("2018-09-14").value();
  EXPECT_EQ(Say::in(Language::en)("{}.", day), "14\u00A0September 2018.");
  EXPECT_EQ(Say::in(Language::ru)("{}.", day), Say::in(Language::ru).date(day));
  EXPECT_EQ(Say::in(Language::ru)("{}...", day), Say::in(Language::ru).date(day) + "...");
}

}  // namespace birge
