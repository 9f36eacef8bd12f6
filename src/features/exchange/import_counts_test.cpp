#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "features/exchange/import_counts.hpp"
#include "features/exchange/import_words.hpp"
#include "platform/base/private_data.hpp"

namespace birge::exchange {
namespace {

using Problem = Heads::Problem;

std::string read(std::string_view text) {
  auto const heads = read_heads(text);
  switch (heads.problem) {
    case Problem::none: break;
    case Problem::empty: return "empty";
    case Problem::unreadable: return "unreadable";
    case Problem::negative: return "negative";
    case Problem::fraction: return "fraction";
    case Problem::open: return "open";
    case Problem::no_lower: return "no lower end";
    case Problem::backwards: return "backwards";
    case Problem::ambiguous: return "ambiguous";
  }
  auto const& count = heads.count;
  return (heads.about ? "about " : "") + std::to_string(count.low) + (count.exact() ? "" : "-" + std::to_string(count.high));
}

TEST(ImportCounts, WhatIsNoCountIsRefused) {
  for (auto const* text : {"много", "60 (40 ж, 20 м)", "10 20 30", "пятьдесят", "#REF!", "5 классов", "нет 5"})
    EXPECT_EQ(read(text), "unreadable") << text;
  EXPECT_EQ(read("-5"), "negative");
  EXPECT_EQ(read("12.5"), "fraction");
  EXPECT_EQ(read("200-150"), "backwards");
}

TEST(ImportCounts, ThreeZerosBehindAPointAreAThousandOrDecimalsAndNeverGuessed) {
  for (auto const* text : {"1.000", "10.000", "1.000 чел.", "1.000-2.000"}) EXPECT_EQ(read(text), "ambiguous") << text;
  EXPECT_EQ(read_heads("10.000").readings, (std::vector<std::int64_t>{10'000, 10}));
  EXPECT_EQ(read("1.250"), "fraction");
  for (auto const* text : {"150.0", "150.00", "150.0000"}) EXPECT_EQ(read(text), "150") << text;
  EXPECT_EQ(read("0.000"), "0");
}

TEST(ImportCounts, WithoutAnUpperEndACountIsRefused) {
  for (auto const* text :
       {"более 150", "150+", "свыше 150", "не менее 150", "over 150", "150дөн ашык", "> 150", "от 150", "150-", "150дөн кем эмес", "at least 150"})
    EXPECT_EQ(read(text), "open") << text;
}

TEST(ImportCounts, WithoutALowerEndACountIsRefusedAsSuch) {
  for (auto const* text : {"до 50", "50гө чейин", "50-гө чейин", "не более 50", "менее 50", "50дөн көп эмес", "< 50", "less than 50", "at most 50"})
    EXPECT_EQ(read(text), "no lower end") << text;
}

TEST(ImportCounts, AHyphenBeforeAnEndingIsNoRange) {
  EXPECT_EQ(read("30-ка"), "30");
  EXPECT_EQ(read("150-гө жакын"), "about 150");
  EXPECT_EQ(read("150-дөн 200-гө чейин"), "150-200");
}

TEST(ImportCounts, NothingIsNotZero) {
  for (auto const* text : {"", "-", "—", "нет данных", "н/д", "n/a", "жок", "?"}) EXPECT_EQ(read(text), "empty") << text;
  EXPECT_EQ(read("0"), "0");
}

TEST(ImportCounts, ReadsTheFormsPeopleWrite) {
  for (auto const* text : {"150", "150 чел.", "150 человек", "150 адам", "150 participants", "150.0", " 150 "}) EXPECT_EQ(read(text), "150") << text;
  for (auto const* text : {"1 250", "1\u00a0250", "1,250", "1250", "1'250"}) EXPECT_EQ(read(text), "1250") << text;
  for (auto const* text : {"около 150", "примерно 150", "~150", "≈150", "150гө жакын", "150дөй", "болжол менен 150", "about 150", "ок. 150 чел."})
    EXPECT_EQ(read(text), "about 150") << text;
  for (auto const* text : {"150-200", "150 – 200", "от 150 до 200", "150дөн 200гө чейин", "between 150 and 200", "150...200"})
    EXPECT_EQ(read(text), "150-200") << text;
}

RC_GTEST_PROP(ImportCounts, NoTextBreaksTheReader, (std::string const& text)) {
  auto const heads = read_heads(text);
  if (heads.problem == Problem::none) RC_ASSERT(heads.count.low >= 0 && heads.count.low <= heads.count.high);
}

RC_GTEST_PROP(ImportCounts, NumbersOfAnySizeStayWhatTheyAre, ()) {
  auto const number = *rc::gen::inRange(0, 10'000'000);
  RC_ASSERT(read(std::to_string(number)) == std::to_string(number));
}

TEST(ImportWords, StatusIsReadInThreeLanguages) {
  using Word = Status::Word;
  EXPECT_FALSE(status_of("может быть"));
  EXPECT_FALSE(status_of("42"));
  for (auto const* text : {"planned", "Запланировано", "пландаштырылган", "утверждено", "бекитилди"})
    EXPECT_EQ(status_of(text)->word, Word::planned) << text;
  for (auto const* text : {"held", "ПРОВЕДЕНО", "өткөрүлдү", "confirmed", "подтверждено"}) EXPECT_EQ(status_of(text)->word, Word::held) << text;
  for (auto const* text : {"cancelled", "отменено", "жокко чыгарылды", "не состоялось"}) EXPECT_EQ(status_of(text)->word, Word::cancelled) << text;
  auto const moved = status_of("перенесено на 20.10.2018");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->word, Word::moved);
  EXPECT_EQ(moved->rest, "20.10.2018");
  EXPECT_EQ(status_of("moved to 20 Oct 2018")->rest, "20 Oct 2018");
  EXPECT_EQ(status_of("20.10.2018 күнгө которулду")->rest, "20.10.2018");
}

TEST(ImportWords, LanguagesOfAnEventAreCodes) {
  EXPECT_EQ(languages_of("кыргызча, орусча"), (std::vector<std::string>{"ky", "ru"}));
  EXPECT_EQ(languages_of("Русский и кыргызский"), (std::vector<std::string>{"ru", "ky"}));
  EXPECT_EQ(languages_of("ky/ru/en"), (std::vector<std::string>{"ky", "ru", "en"}));
  EXPECT_FALSE(languages_of("клингонский"));
}

TEST(ImportWords, TheLanguageOfATextShowsInItsLettersAndWords) {
  EXPECT_EQ(language_of_text("Жаштар үчүн тренинг", Language::ru), Language::ky);
  EXPECT_EQ(language_of_text("Тренинг для молодёжи", Language::ky), Language::ru);
  EXPECT_EQ(language_of_text("Youth training", Language::ky), Language::en);
  EXPECT_EQ(language_of_text("Форум-театр", Language::ky), Language::ky);
  EXPECT_EQ(language_of_text("Форум-театр", Language::en), Language::ru);
}

TEST(ImportWords, PrivateDataIsSeenAndOtherNumbersAreNot) {
  auto const found = [](std::string_view text) { return private_data_in(text); };
  EXPECT_EQ(found("ПИН 21503199500123"), std::vector<std::string>{"personal_number"});
  EXPECT_EQ(found("звонить 0555 12-34-56"), std::vector<std::string>{"phone_number"});
  EXPECT_EQ(found("+996 (312) 62 11 22"), std::vector<std::string>{"phone_number"});
  EXPECT_EQ(found("писать a.b@example.kg"), std::vector<std::string>{"email"});
  for (auto const* text : {"100 күн, 2018-жыл", "14.09.2018 - 16.09.2018", "1899", "школа № 5, 10:00", "@birge", "250 000 000 сом"})
    EXPECT_TRUE(found(text).empty()) << text;
}

TEST(ImportWords, APhoneNumberIsSeenBehindAnotherNumberAndWithPoints) {
  for (auto const* text : {"Школа № 5 0555123456", "каб. 12 0555 12-34-56", "2018 0555123456", "0555.12.34.56", "14.09.2018 0555 12 34 56",
                           "№ 5, 0 (312) 62-11-22", "12 996 555 123456", "5 +996.555.12.34.56", "03222 5-12-34"})
    EXPECT_EQ(private_data_in(text), std::vector<std::string>{"phone_number"}) << text;
}

TEST(ImportWords, DatesTimesAndSumsAreNoPhoneNumbers) {
  for (auto const* text : {"01.09-05.09.2018", "01.02.2018-03.04.2018", "09-12.10.2018 05", "08.00-09.30 10.00-12.00", "01-02-2018 03-04-2018",
                           "0-17 18-24 25-30 31", "5 000 000 000 сом", "12 050 000 000", "0.500.000.000", "2018-2019 2020"})
    EXPECT_TRUE(private_data_in(text).empty()) << text;
}

TEST(ImportWords, SumsAreToldFromActivities) {
  for (auto const* text : {"Итого", "ИТОГО по области:", "Всего", "Жалпы:", "Total", "Ош облусу боюнча жалпы"})
    EXPECT_TRUE(is_total_label(text)) << text;
  for (auto const* text : {"Тоталитаризм", "Лекция", ""}) EXPECT_FALSE(is_total_label(text)) << text;
}

}  // namespace
}  // namespace birge::exchange
