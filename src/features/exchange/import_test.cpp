#include <fmt/format.h>

#include <set>

#include "features/exchange/import_testing.hpp"

namespace birge::exchange {
namespace {

using activity::State;
using Codes = std::vector<std::string>;

std::string const header = "Название;Вид;Дата;Область;Район;Организация;Статус;Мужчины;Женщины;Всего";
std::string const good = "Лекция о миграции;лекция;14.09.2018;Джалал-Абадская обл.;Ноокенский р-н;Государственная служба миграции;проведено;20;30;50";

class Import : public ImportTest {
protected:
  Outcome import(std::vector<std::string> const& rows) { return data_.import(csv(rows)); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Import, db::both_engines(), db::engine_name);

TEST_P(Import, AFileWithoutATableOfActivitiesIsRefused) {
  EXPECT_THROW(import({"Погода;Цвет;Вкус", "дождь;синий;кислый"}), Problem);
  EXPECT_THROW(import({"a"}), Problem);
}

TEST_P(Import, AnUnknownEditionIsRefused) {
  data_.options().edition = {77};
  EXPECT_THROW(import({header, good}), Problem);
}

TEST_P(Import, MoreRowsThanMemoryHasRoomForAreRefused) {
  std::string table = header + "\r\n";
  for (int i = 0; i <= 50'000; ++i) table += "x;;;;;;;;;\r\n";  // not even good rows: they are counted before anything is decided
  data_.options().dry_run = true;
  EXPECT_THROW(data_.import(table), Problem);
}

TEST_P(Import, WhereEverythingIsWrongFindingsAreBoundedAndEachRowKeepsAReason) {
  std::string table = header + "\r\n";
  int const rows = 8'000;
  for (int i = 0; i < rows; ++i) table += "Т;нечто;31.02.2018;Нигде;;Никто;никак;-1;8,5;много\r\n";
  data_.options().dry_run = data_.options().partial = true;
  auto const outcome = data_.import(table);
  EXPECT_EQ(outcome.blocked, rows);
  EXPECT_GT(outcome.findings_left_out, rows);
  EXPECT_LT(outcome.findings.size(), 20'000u + rows);
  std::set<int> told;
  for (auto const& finding : outcome.findings)
    if (finding.severity == Finding::Severity::error) told.insert(finding.row);
  EXPECT_EQ(told.size(), static_cast<std::size_t>(rows));
}

TEST_P(Import, OneErrorKeepsEverythingOut) {
  auto const outcome = import({header, good, "Тренинг;тренинг;31.02.2018;Ошская обл.;;Государственная служба миграции;;;;"});
  EXPECT_FALSE(outcome.stored);
  EXPECT_EQ(outcome.added, 1);
  EXPECT_EQ(outcome.blocked, 1);
  EXPECT_EQ(codes(outcome), Codes{"impossible_date@C"});
  EXPECT_TRUE(data_.stored().empty());
}

TEST_P(Import, ATrialStoresNothing) {
  data_.options().dry_run = true;
  auto const outcome = import({header, good});
  EXPECT_FALSE(outcome.stored);
  EXPECT_EQ(outcome.added, 1);
  EXPECT_TRUE(data_.stored().empty());
}

TEST_P(Import, EachErrorIsToldWithItsCell) {
  auto const outcome = import(
      {header, ";лекция;14.09.2018;Ошская обл.;;Государственная служба миграции;;;;",
       "A;парад планет;14.09.2018;Ошская обл.;;Государственная служба миграции;;;;",
       "B;лекция;01/02/2018;Ошская обл.;;Государственная служба миграции;;;;", "C;лекция;14.09.2018;Мордор;;Государственная служба миграции;;;;",
       "D;лекция;14.09.2018;Ошская обл.;Ноокенский р-н;Государственная служба миграции;;;;", "E;лекция;14.09.2018;Ошская обл.;;Рога и копыта;;;;",
       "F;лекция;14.09.2018;Ошская обл.;;Государственная служба миграции;быть может;;;",
       "G;лекция;14.09.2018;Ошская обл.;;Государственная служба миграции;проведено;-5;много;",
       "H;лекция;14.12.2018;Ошская обл.;;Государственная служба миграции;проведено;;;50", "I;лекция;14.09.2018;;;Государственная служба миграции;;;;",
       "J;лекция;14.09.2018;Ошская обл.;;Государственная служба миграции;перенесено;;;",
       "K;лекция;14.09.2018;Ошская обл.;;Государственная служба миграции;проведено;;;999999999"});
  EXPECT_EQ(codes(outcome), (Codes{"title_missing@A", "unknown_kind@B", "ambiguous_date@C", "unknown_place@D", "unknown_place@E",
                                   "unknown_organisation@F", "unknown_status@G", "negative_count@H", "unreadable_count@I", "held_in_future@C",
                                   "held_in_future@G", "place_missing@D", "moved_without_day@G", "count_above_limit@J"}));
  EXPECT_EQ(outcome.blocked, 12);
  EXPECT_TRUE(nothing_lost(outcome));
  auto const& place = outcome.findings[3];
  EXPECT_EQ(place.row, 5);
  EXPECT_EQ(place.column, "D Область");
  EXPECT_EQ(place.read, "Мордор");
  auto const& district = Say::in(Language::ru)(outcome.findings[4].suggestion);
  EXPECT_NE(district.find("Ноокен"), std::string::npos) << district;
}

TEST_P(Import, AMissingColumnIsToldOnce) {
  auto const outcome = import(
      {"Название;Дата;Организация", "Лекция;14.09.2018;Государственная служба миграции", "Тренинг;15.09.2018;Государственная служба миграции"});
  EXPECT_EQ(codes(outcome), (Codes{"missing_column", "missing_column"}));
  EXPECT_EQ(outcome.blocked, 2);
}

TEST_P(Import, AGoodRowIsStoredWithItsResult) {
  auto const outcome = import({header, good});
  EXPECT_TRUE(outcome.stored);
  EXPECT_TRUE(outcome.findings.empty()) << describe(outcome, Say::in(Language::en));
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  auto const& activity = stored.front();
  EXPECT_EQ(activity.text(Language::ru).title, "Лекция о миграции");
  EXPECT_EQ(activity.original, "ru");
  EXPECT_EQ(activity.kind, "lecture");
  EXPECT_EQ(activity.day.iso(), "2018-09-14");
  EXPECT_EQ(data_.facts()->places->find(*activity.place)->code, "nooken");
  EXPECT_EQ(activity.state, State::reported);
  EXPECT_EQ(activity.result->attendance, (activity::Count{50, 50}));
  EXPECT_EQ(activity.result->cells.size(), 2u);
  EXPECT_TRUE(data_.wrong_tallies().empty());
}

TEST_P(Import, TheSameFileTwiceChangesNothing) {
  std::vector<std::string> const rows{header, good, "Тренинг;тренинг;28.09-02.10.2018;Ошская обл.;;ЮНИСЕФ;;;;около 40",
                                      "Эфир 0555123456;радиопередача;25.10;вся республика;;Государственная служба миграции;;;;120",
                                      "Перенос;лекция;20.09.2018;г. Ош;;Государственная служба миграции;перенесено на 25.10.2018;;;"};
  auto const first = import(rows);
  ASSERT_TRUE(first.stored) << describe(first, Say::in(Language::en));
  EXPECT_EQ(first.added, 4);
  auto const before = data_.stored();
  data_.clock().set(data_.clock().now() + std::chrono::hours(1));
  auto const second = import(rows);
  EXPECT_EQ(second.unchanged, 4) << describe(second, Say::in(Language::en));
  EXPECT_EQ(second.added + second.updated + second.blocked, 0);
  auto const after = data_.stored();
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].version, 1);
    EXPECT_EQ(after[i].changed, before[i].changed);
  }
}

TEST_P(Import, AProposalThatComesAgainIsNotDoubled) {
  std::vector<std::string> const rows{header, "Круглый стол;лекция;25.10.2018;Ошская обл.;;ЮНИСЕФ;черновик;;;"};
  auto const first = import(rows);
  ASSERT_EQ(first.added, 1) << describe(first, Say::in(Language::en));
  EXPECT_EQ(import(rows).unchanged, 1);
}

TEST_P(Import, ACorrectedFileUpdates) {
  ASSERT_TRUE(import({header, good}).stored);
  auto corrected = good;
  corrected.replace(corrected.rfind("20;30;50"), std::string::npos, "25;30;55");
  auto const outcome = import({header, corrected});
  EXPECT_EQ(outcome.updated, 1);
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().version, 2);
  EXPECT_EQ(stored.front().result->attendance, (activity::Count{55, 55}));
  EXPECT_EQ(stored.front().result->version, 2);
  EXPECT_TRUE(data_.wrong_tallies().empty());
}

TEST_P(Import, NearMatchesAreAskedAbout) {
  ASSERT_TRUE(import({header, good}).stored);
  auto other_day = good, other_title = good, other_place = good;
  other_day.replace(other_day.find("14.09"), 5, "15.09");
  other_title.replace(0, std::string("Лекция о миграции").size(), "Лекция о миграциии");
  other_place.replace(other_place.find("Ноокенский"), std::string("Ноокенский р-н").size(), "Сузакский район");
  for (auto const& row : {other_day, other_title, other_place}) {
    auto const outcome = import({header, row});
    EXPECT_EQ(codes(outcome), Codes{"near_match@A"});
    EXPECT_FALSE(outcome.stored);
  }
  EXPECT_EQ(data_.stored().size(), 1u);
  // Where the file has the stored one too, the other is plainly another.
  EXPECT_EQ(import({header, good, other_day}).added, 1);
}

TEST_P(Import, AnIdAnswersTheQuestion) {
  ASSERT_TRUE(import({header, good}).stored);
  auto other_day = good;
  other_day.replace(other_day.find("14.09"), 5, "15.09");
  auto const own = id_text(data_.stored().front().id);
  auto const same = import({"ID;" + header, own + ";" + other_day});
  EXPECT_EQ(same.updated, 1) << describe(same, Say::in(Language::en));
  EXPECT_EQ(data_.stored().front().day.iso(), "2018-09-15");
  EXPECT_FALSE(data_.stored().front().external_id);
  auto third = good;
  third.replace(third.find("14.09"), 5, "16.09");
  EXPECT_EQ(import({"ID;" + header, "A-7;" + third}).added, 1);
  third.replace(0, std::string("Лекция").size(), "Беседа");
  EXPECT_EQ(import({"ID;" + header, "A-7;" + third}).updated, 1);
  EXPECT_EQ(codes(import({"ID;" + header, "A-7;" + third, "A-7;" + good})), Codes{"repeated_id@A"});
}

TEST_P(Import, AMovedActivityIsFoundAgain) {
  std::string const planned = "Концерт;конкурс песни и танца;20.09.2018;г. Ош;;Государственная служба миграции;запланировано;;;";
  std::string const moved = "Концерт;конкурс песни и танца;20.09.2018;г. Ош;;Государственная служба миграции;перенесено на 25.10.2018;;;";
  ASSERT_TRUE(import({header, planned}).stored);
  EXPECT_EQ(import({header, moved}).updated, 1);
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().day.iso(), "2018-10-25");
  EXPECT_EQ(stored.front().moved_from_day->iso(), "2018-09-20");
  EXPECT_EQ(import({header, moved}).unchanged, 1);
  EXPECT_EQ(import({header, planned}).unchanged, 1);  // the old plan again: the day stays
  auto on_new_day = planned;
  on_new_day.replace(on_new_day.find("20.09"), 5, "25.10");
  EXPECT_EQ(import({header, on_new_day}).unchanged, 1);
}

TEST_P(Import, NoImportConfirmsOrTakesBackThatItWasHeld) {
  auto confirmed = good, planned = good;
  confirmed.replace(confirmed.find("проведено"), std::string("проведено").size(), "подтверждено");
  planned.replace(planned.find("проведено;20;30;50"), std::string::npos, "запланировано;;;");
  ASSERT_TRUE(import({header, confirmed}).stored);
  EXPECT_EQ(data_.stored().front().state, State::reported);
  EXPECT_EQ(import({header, planned}).unchanged, 1);
  auto cancelled = good;
  cancelled.replace(cancelled.find("проведено;20;30;50"), std::string::npos, "отменено;;;");
  EXPECT_EQ(codes(import({header, cancelled})), Codes{"cancelled_with_result@G"});
}

TEST_P(Import, IntoAClosedEditionCorrectsResultsAndNothingElse) {
  std::string const planned = "Круглый стол;лекция;25.10.2018;Ошская обл.;;ЮНИСЕФ;запланировано;;;";
  ASSERT_TRUE(import({header, good, planned}).stored);
  auto const own = id_text(data_.stored().front().id);
  data_.close();
  auto other_day = good, other_kind = good, other_place = good, fresh = good, cancelled = planned, corrected = good;
  other_day.replace(other_day.find("14.09"), 5, "15.09");
  other_kind.replace(other_kind.find(";лекция"), std::string(";лекция").size(), ";тренинг");
  other_place.replace(other_place.find("Ноокенский"), std::string("Ноокенский р-н").size(), "Сузакский район");
  fresh.replace(0, std::string("Лекция").size(), "Беседа");
  cancelled.replace(cancelled.find("запланировано;;;"), std::string::npos, "отменено;;;");
  for (bool const trial : {true, false}) {
    data_.options().dry_run = trial;
    for (auto const& row : {other_day, other_kind, other_place}) {
      auto const outcome = import({"ID;" + header, fmt::format("{};{}", own, row)});
      EXPECT_EQ(codes(outcome), Codes{"closed_edition@B"}) << row;
      EXPECT_EQ(codes(outcome, Finding::Severity::warning), Codes{"closed_edition"});
    }
    EXPECT_EQ(codes(import({header, fresh})), Codes{"closed_edition@A"});
    EXPECT_EQ(codes(import({header, cancelled})), Codes{"closed_edition@A"});
    EXPECT_EQ(import({header, good, planned}).unchanged, 2);
  }
  for (auto const& activity : data_.stored()) EXPECT_EQ(activity.version, 1);
  corrected.replace(corrected.rfind("20;30;50"), std::string::npos, "25;30;55");
  EXPECT_EQ(import({header, corrected}).updated, 1);
  EXPECT_TRUE(data_.wrong_tallies().empty());
  EXPECT_TRUE(data_.database().read([](db::Reader& read) { return activity::check_closings(read, *campaign::facts(read)); }).empty());
}

TEST_P(Import, OfAnEditionThatIsClosedWhileTheFileIsReadIsLookedAtAnew) {
  bool closed = false;
  data_.options().watch.decided = [&](Outcome const&) {
    if (!closed) data_.close();
    closed = true;
  };
  EXPECT_EQ(codes(import({header, good})), Codes{"closed_edition@A"});
  EXPECT_TRUE(data_.stored().empty());
}

TEST_P(Import, CountsBeforeTheDayAreExpectations) {
  auto const outcome = import({header, "Концерт;конкурс песни и танца;25.10.2018;г. Ош;;Государственная служба миграции;;;;300"});
  EXPECT_EQ(codes(outcome, Finding::Severity::warning), Codes{"count_before_held@J"});
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().state, State::approved);
  EXPECT_FALSE(stored.front().result);
  EXPECT_EQ(stored.front().expected, (activity::Count{300, 300}));
  EXPECT_EQ(stored.front().warnings.size(), 1u);
}

TEST_P(Import, ASumThatDiffersIsAWarningAndStays) {
  auto row = good;
  row.replace(row.rfind(";50"), 3, ";60");
  auto const outcome = import({header, row});
  EXPECT_EQ(codes(outcome, Finding::Severity::warning), Codes{"sum_differs@J"});
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().result->attendance, (activity::Count{60, 60}));
  ASSERT_EQ(stored.front().warnings.size(), 1u);
  EXPECT_EQ(stored.front().warnings.front().code, "sum_differs");
}

TEST_P(Import, PrivateDataInPublicTextsIsWarnedOf) {
  auto const outcome =
      import({"Название;Вид;Дата;Область;Организация;Описание;Контакты",
              "Лекция;лекция;14.09.2018;г. Ош;Государственная служба миграции;Асан, ПИН 21503199500123, a@example.kg;0555 12 34 56"});
  EXPECT_EQ(codes(outcome, Finding::Severity::warning), (Codes{"personal_number@F", "email@F"}));
  for (auto const& finding : outcome.findings)
    EXPECT_EQ(finding.read.find("2150319950"), finding.code == "personal_number" ? std::string::npos : finding.read.find("2150319950"));
}

TEST_P(Import, SensitiveKindsAreForTheCoalitionUnlessSaidOtherwise) {
  std::string sensitive;
  for (auto const& kind : data_.facts()->codes.list("kind"))
    if (kind.sensitive) sensitive = kind.name(Language::ru);
  ASSERT_FALSE(sensitive.empty());
  ASSERT_TRUE(import({"Название;Вид;Дата;Область;Организация;Публичность", "А;" + sensitive + ";14.09.2018;г. Ош;Государственная служба миграции;",
                      "Б;" + sensitive + ";15.09.2018;г. Ош;Государственная служба миграции;публично",
                      "В;лекция;16.09.2018;г. Ош;Государственная служба миграции;"})
                  .stored);
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 3u);
  EXPECT_FALSE(stored[0].is_public);
  EXPECT_TRUE(stored[1].is_public);
  EXPECT_TRUE(stored[2].is_public);
}

TEST_P(Import, NewOrganisationsAreCreatedOnlyKnowingly) {
  std::vector<std::string> const rows{"Название;Вид;Дата;Область;Организация;Партнёры", "А;лекция;14.09.2018;г. Ош;ОФ «Жаны жол»;UNICEF; «Тазалык»",
                                      "Б;лекция;15.09.2018;г. Ош;Жаны жол;"};
  EXPECT_EQ(import({rows[0], "А;лекция;14.09.2018;г. Ош;ОФ «Жаны жол»;", rows[2]}).blocked, 2);
  data_.options().create_organisations = true;
  auto const outcome = import({rows[0], "А;лекция;14.09.2018;г. Ош;ОФ «Жаны жол»;\"UNICEF; «Тазалык»\"", "Б;лекция;15.09.2018;г. Ош;ОФ «Жаны жол»;"});
  ASSERT_TRUE(outcome.stored) << describe(outcome, Say::in(Language::en));
  EXPECT_EQ(outcome.new_organisations.size(), 2u);
  auto const stored = data_.stored();
  EXPECT_EQ(stored[0].lead, stored[1].lead);
  EXPECT_EQ(stored[0].partners.size(), 2u);
  EXPECT_EQ(data_.facts()->organisation(stored[0].lead)->name(Language::ru), "ОФ «Жаны жол»");
  data_.options().create_organisations = false;
  EXPECT_EQ(import({rows[0], "Б;лекция;15.09.2018;г. Ош;Жаны жол;"}).unchanged, 1);
}

TEST_P(Import, PlacesAreFoundInOneColumnOrSeveral) {
  auto const outcome = import({"Название;Вид;Дата;Место;Организация", "А;лекция;14.09.2018;Жалал-Абад обл., Ноокен р-ну, с. Масы;ГСМ",
                               "Б;лекция;14.09.2018;Бардык облустар;ГСМ", "В;лекция;14.09.2018;онлайн;ГСМ",
                               "Г;лекция;14.09.2018;Ошская область, Баткенская область;ГСМ", "Д;лекция;14.09.2018;с. Кызыл-Чек, Ноокенский район;ГСМ",
                               "Е;лекция;14.09.2018;KG03215;ГСМ", "Ж;лекция;14.09.2018;с. Кара-Суу;ГСМ"});
  EXPECT_EQ(codes(outcome), Codes{"ambiguous_place@D"});
  auto const text = Say::in(Language::ru)(outcome.findings.back().suggestion);
  EXPECT_NE(text.find(';'), std::string::npos) << text;
  data_.options().partial = true;
  ASSERT_TRUE(import({"Название;Вид;Дата;Место;Организация", "А;лекция;14.09.2018;Жалал-Абад обл., Ноокен р-ну, с. Масы;ГСМ",
                      "Б;лекция;14.09.2018;Бардык облустар;ГСМ", "В;лекция;14.09.2018;онлайн;ГСМ",
                      "Г;лекция;14.09.2018;Ошская область, Баткенская область;ГСМ", "Д;лекция;14.09.2018;с. Кызыл-Чек, Ноокенский район;ГСМ"})
                  .stored);
  std::map<std::string, activity::Activity> by_title;
  for (auto& activity : data_.stored()) by_title.emplace(activity.texts.begin()->second.title, activity);
  auto const& places = *data_.facts()->places;
  EXPECT_EQ(places.district_of(*by_title.at("А").place)->code, "nooken");
  EXPECT_EQ(by_title.at("Б").reach, activity::Reach::national);
  EXPECT_EQ(by_title.at("В").reach, activity::Reach::online);
  EXPECT_EQ(by_title.at("Г").places.size(), 2u);
  EXPECT_EQ(by_title.at("Д").village, "с. Кызыл-Чек");
}

TEST_P(Import, RefusedRowsComeBackInAFileThatImportsOnceCorrected) {
  data_.options().partial = true;
  auto const outcome = import({header, good, "\"=cmd|x\";лекция;31.02.2018;Ошская обл.;;ГСМ;;;;", "Итого;;;;;;;20;30;50"});
  EXPECT_TRUE(outcome.stored);
  EXPECT_EQ(outcome.added, 1);
  EXPECT_EQ(outcome.blocked, 1);
  EXPECT_EQ(outcome.skipped, 1);
  ASSERT_TRUE(outcome.rejected_file);
  auto file = *outcome.rejected_file;
  EXPECT_EQ(file.find("Лекция о миграции"), std::string::npos);
  auto const wrong = file.find("31.02.2018");
  ASSERT_NE(wrong, std::string::npos);
  file.replace(wrong, 10, "28.09.2018");
  auto const again = data_.import(file);
  EXPECT_EQ(again.added, 1) << describe(again, Say::in(Language::en));
  EXPECT_FALSE(again.rejected_file);
  EXPECT_TRUE(again.unknown_columns.empty());
  EXPECT_EQ(data_.stored().size(), 2u);
  bool found = false;
  for (auto const& activity : data_.stored()) found |= activity.text(Language::ru).title == "=cmd|x";
  EXPECT_TRUE(found);
}

TEST_P(Import, RepeatedRowsOfAFileAreTakenOnceOrRefused) {
  EXPECT_EQ(import({header, good, good}).skipped, 1);
  auto other = good;
  other.replace(other.rfind("20;30;50"), std::string::npos, "1;1;2");
  EXPECT_EQ(codes(import({header, good, other})), Codes{"repeated_row@A"});
}

TEST_P(Import, TheSameInTwoCalendarsIsWarnedOf) {
  auto other = good;
  other.replace(other.find("Государственная служба миграции"), std::string("Государственная служба миграции").size(), "ЮНИСЕФ");
  auto const outcome = import({header, good, other});
  EXPECT_EQ(codes(outcome, Finding::Severity::warning), (Codes{"same_as_other@A", "same_as_other@A"}));
  EXPECT_EQ(import({header, good, other}).unchanged, 2);
}

TEST_P(Import, MarkupAndOverridesStayText) {
  ASSERT_TRUE(import({header, "<b>Лекция</b>\u202e обман;лекция;14.09.2018;г. Ош;;ГСМ;;;;"}).stored);
  EXPECT_EQ(data_.stored().front().text(Language::ru).title, "<b>Лекция</b> обман");
}

TEST_P(Import, TooLongTextsAreRefused) {
  EXPECT_EQ(codes(import({header, std::string(301, 'x') + ";лекция;14.09.2018;г. Ош;;ГСМ;;;;"})), Codes{"text_too_long@A"});
}

TEST_P(Import, ColumnsThatAreNotUnderstoodAreListed) {
  auto const outcome = import({"Погода;" + header, "дождь;" + good});
  EXPECT_EQ(outcome.unknown_columns, Codes{"A Погода"});
  EXPECT_EQ(outcome.added, 1);
}

}  // namespace
}  // namespace birge::exchange
