#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "features/exchange/import_dates.hpp"
#include "platform/i18n/say.hpp"

namespace birge::exchange {
namespace {

using Problem = Dates::Problem;

Span const edition{*Day::of(2018, 8, 1), *Day::of(2018, 12, 31)};
Span const over_new_year{*Day::of(2017, 7, 1), *Day::of(2018, 9, 30)};

/// "2018-09-14", "2018-10-10..2018-10-12", "2018-09 (month)" or the problem.
std::string read(std::string_view text, Span span = edition) {
  auto const dates = read_dates(text, span);
  switch (dates.problem) {
    case Problem::none: break;
    case Problem::empty: return "empty";
    case Problem::unreadable: return "unreadable";
    case Problem::impossible: return "impossible";
    case Problem::ambiguous: return "ambiguous";
    case Problem::no_year: return "no year";
    case Problem::no_day: return "no day";
    case Problem::backwards: return "backwards";
  }
  if (dates.precision == activity::Precision::month) return dates.day.iso().substr(0, 7) + " (month)";
  return dates.day == dates.end ? dates.day.iso() : dates.day.iso() + ".." + dates.end.iso();
}

TEST(ImportDates, WhatIsNoDateIsRefused) {
  for (auto const* text : {"скоро", "14", "14-15", "10, 12 октября", "вторая неделя сентября", "1/2/3/4", "99999", "2018-09-14-15-16", "14:00",
                           "до 15 октября", "с 10", "12345678901234", "осень 2018", "14 сентября и 20 октября", "=A1", "¯\\_(ツ)_/¯"})
    EXPECT_EQ(read(text), "unreadable") << text;
  EXPECT_EQ(read(""), "empty");
  EXPECT_EQ(read(" - "), "empty");
}

TEST(ImportDates, ImpossibleDaysAreRefused) {
  for (auto const* text :
       {"31.02.2018", "2018-02-30", "32.01.2018", "14.13.2018", "0.1.2018", "31 сентября 2018", "29.02.2018", "31.11", "14/14/2018", "20181301"})
    EXPECT_EQ(read(text), "impossible") << text;
}

TEST(ImportDates, WhatCanBeReadInTwoWaysIsNeverGuessed) {
  for (auto const* text : {"01/02/2018", "10/12/18", "01/02", "10-11-12"}) EXPECT_EQ(read(text), "ambiguous") << text;
  auto const dates = read_dates("01/02/2018", edition);
  ASSERT_EQ(dates.candidates.size(), 2u);
  EXPECT_EQ(dates.candidates[0].iso(), "2018-02-01");
  EXPECT_EQ(dates.candidates[1].iso(), "2018-01-02");
  EXPECT_EQ(read("14/09/2018"), "2018-09-14");
  EXPECT_EQ(read("09/14/2018"), "2018-09-14");
  EXPECT_EQ(read("10/10/2018"), "2018-10-10");
}

TEST(ImportDates, AMissingYearIsCompletedOnlyWhereTheEditionLeavesOne) {
  EXPECT_EQ(read("14.09"), "2018-09-14");
  EXPECT_EQ(read("14-сентябрь"), "2018-09-14");
  EXPECT_EQ(read("14.02"), "no year");
  EXPECT_EQ(read("14.09", over_new_year), "no year");
  EXPECT_EQ(read("12 января", over_new_year), "2018-01-12");
}

TEST(ImportDates, AMonthIsNoDay) {
  EXPECT_EQ(read("сентябрь 2018"), "2018-09 (month)");
  EXPECT_EQ(read("09.2018"), "2018-09 (month)");
  EXPECT_EQ(read("2018-жылдын сентябрь айы"), "unreadable");
  EXPECT_EQ(read("сентябрь"), "no day");
  EXPECT_EQ(read("2018"), "no day");
}

TEST(ImportDates, ReadsTheFormsPeopleWrite) {
  for (auto const* text : {"2018-09-14",
                           "14.09.2018",
                           "14.09.18",
                           "14.9.2018",
                           "14/09/2018",
                           "14-09-2018",
                           "14 сентября 2018",
                           "14 сентября 2018 г.",
                           "14\u00A0сентября 2018\u00A0г.",
                           "14-\u2060сентябрь 2018-\u2060ж.",
                           "14 сентября 2018 года",
                           "14 СЕНТЯБРЯ 2018",
                           "14-сентябрь 2018",
                           "14-сентябрь 2018-ж.",
                           "14 сентябрь 2018-ж.",
                           "2018-ж. 14-сентябрь",
                           "2018-жылдын 14-сентябры",
                           "14 September 2018",
                           "September 14, 2018",
                           "14 Sept. 2018",
                           "14-Sep-18",
                           "14th September 2018",
                           "пятница, 14.09.2018",
                           "14.09.2018 (пятница)",
                           "Жума, 14-сентябрь",
                           "14.09.2018 г.",
                           "14.09.2018г.",
                           "43357",
                           "20180914",
                           "2018.09.14",
                           "2018/09/14",
                           "14 сент. 2018",
                           "14.сентябрь.2018",
                           " 14.09.2018 ",
                           "14.09.2018."})
    EXPECT_EQ(read(text), "2018-09-14") << text;
}

TEST(ImportDates, ReadsDatesThatWereCopiedFromAPage) {
  for (auto const language : languages) EXPECT_EQ(read(Say::in(language).date(Day::parse("2018-09-14").value())), "2018-09-14") << code(language);
}

TEST(ImportDates, ReadsRanges) {
  for (auto const* text :
       {"10-12.10.2018", "10.10-12.10.2018", "10.10.2018-12.10.2018", "10.10.2018 - 12.10.2018", "10–12.10.2018", "10-12 октября 2018",
        "10-12-октябрь", "с 10 по 12 октября 2018", "10 - 12 октября", "October 10-12, 2018", "10-12 October 2018", "2018-10-10/2018-10-12",
        "10.10 по 12.10.2018", "2018-ж. 10-12-октябрь", "10-октябрдан 12-октябрга чейин", "10.10.18-12.10.18"})
    EXPECT_EQ(read(text), text == std::string("10-октябрдан 12-октябрга чейин") ? "unreadable" : "2018-10-10..2018-10-12") << text;
  EXPECT_EQ(read("28.09-02.10.2018"), "2018-09-28..2018-10-02");
  EXPECT_EQ(read("28 сентября - 2 октября 2018"), "2018-09-28..2018-10-02");
  EXPECT_EQ(read("28.12-03.01.2018", over_new_year), "2017-12-28..2018-01-03");
  EXPECT_EQ(read("12-10.10.2018"), "backwards");
  EXPECT_EQ(read("30-31.11.2018"), "impossible");
}

TEST(ImportDates, ATimeBesideTheDayIsRead) {
  auto const dates = read_dates("14 сентября 2018, 10:00-12:30", edition);
  EXPECT_EQ(dates.day.iso(), "2018-09-14");
  EXPECT_EQ(dates.start_minutes, 600);
  EXPECT_EQ(dates.end_minutes, 750);
  EXPECT_EQ(read_dates("2018-09-14T09:30:00", edition).start_minutes, 570);
  EXPECT_EQ(read_dates("14.09.2018 в 9:05", edition).start_minutes, 545);
}

TEST(ImportDates, CellsOfAWorkbookAreTakenByTheirType) {
  sheet::Cell cell;
  cell.type = sheet::Cell::Type::number;
  cell.number = 43357;
  EXPECT_EQ(read_dates(cell, edition).day.iso(), "2018-09-14");
  cell.number = 14;
  cell.text = "14";
  EXPECT_EQ(read_dates(cell, edition).problem, Problem::unreadable);
  cell.type = sheet::Cell::Type::moment;
  cell.day = Day::of(2018, 9, 14);
  cell.minutes = 840;
  EXPECT_EQ(read_dates(cell, edition).start_minutes, 840);
  cell.type = sheet::Cell::Type::error;
  EXPECT_EQ(read_dates(cell, edition).problem, Problem::unreadable);
}

RC_GTEST_PROP(ImportDates, EveryDayIsReadBackFromEveryForm, ()) {
  auto const day = Day{*rc::gen::inRange(edition.from.number, edition.until.number + 1)};
  auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  constexpr char const* russian[] = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                     "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  auto const d = day.day_of_month(), m = day.month();
  RC_ASSERT(read(day.iso()) == day.iso());
  RC_ASSERT(read(two(d) + "." + two(m) + "." + std::to_string(day.year())) == day.iso());
  RC_ASSERT(read(std::to_string(d) + "." + std::to_string(m)) == day.iso());
  RC_ASSERT(read(std::to_string(d) + " " + russian[m - 1]) == day.iso());
  RC_ASSERT(read(std::to_string(day.number + 25569)) == day.iso());
}

RC_GTEST_PROP(ImportDates, NoTextBreaksTheReaders, (std::string const& text)) {
  auto const dates = read_dates(text, edition);
  if (dates.problem == Problem::none) RC_ASSERT(dates.day <= dates.end);
  read_times(text);
}

RC_GTEST_PROP(ImportDates, NoMixOfDatePiecesBreaksTheReaders, ()) {
  auto const pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "1", "14", "31", "2018", "18", ".", "-", "/", " ", " - ", "по", "с", "сентября", "Oct", "ж.", ",", "10:00", ":", "T", "–", "(", ")"));
  std::string text;
  for (auto const& piece : pieces) text += piece;
  auto const dates = read_dates(text, edition);
  if (dates.problem == Problem::none) RC_ASSERT(dates.day <= dates.end);
  read_times(text);
}

std::string clock(std::string_view text) {
  auto const times = read_times(text);
  switch (times.problem) {
    case Times::Problem::none: break;
    case Times::Problem::empty: return "empty";
    case Times::Problem::unreadable: return "unreadable";
    case Times::Problem::ambiguous: return "ambiguous";
    case Times::Problem::backwards: return "backwards";
  }
  return std::to_string(*times.start) + (times.end ? "-" + std::to_string(*times.end) : "");
}

TEST(ImportTimes, WhatIsNoTimeIsRefused) {
  for (auto const* text : {"утром", "25:00", "10:61", "1000", "10:00 и 14:00 и 16:00", "99", "-"})
    EXPECT_NE(clock(text).find_first_of("ue"), std::string::npos) << text;
  EXPECT_EQ(clock("10-12"), "ambiguous");
  EXPECT_EQ(clock("14:00-12:00"), "backwards");
  EXPECT_EQ(clock("весь день"), "empty");
}

TEST(ImportTimes, ReadsTheFormsPeopleWrite) {
  for (auto const* text : {"10:00", "10.00", "10-00", "10 ч", "саат 10:00дө", "10:00:00", "в 10:00", "10 am", "10"})
    EXPECT_EQ(clock(text), "600") << text;
  for (auto const* text :
       {"10.00-12.00", "10:00 - 12:00", "с 10:00 до 12:00", "10:00–12:00", "с 10 до 12", "10-00 - 12-00", "10:00дөн 12:00гө чейин", "10 am - 12 pm"})
    EXPECT_EQ(clock(text), "600-720") << text;
  EXPECT_EQ(clock("2:30 pm"), "870");
}

TEST(ImportTimes, NumbersOfAWorkbookArePartsOfADayOrHours) {
  sheet::Cell cell;
  cell.type = sheet::Cell::Type::number;
  cell.number = 0.5;
  EXPECT_EQ(read_times(cell).start, 720);
  cell.number = 10.3;
  EXPECT_EQ(read_times(cell).start, 630);
  cell.number = 10.75;
  EXPECT_EQ(read_times(cell).problem, Times::Problem::unreadable);
}

}  // namespace
}  // namespace birge::exchange
