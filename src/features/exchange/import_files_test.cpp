// Whole files as they come: workbooks with titles and hidden sheets, CSV of old programs, hashtags, the template, and noise.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "features/activity/feed/feed.hpp"
#include "features/exchange/import_testing.hpp"
#include "platform/sheet/testing.hpp"

namespace birge::exchange {
namespace {

using Codes = std::vector<std::string>;

class ImportFiles : public ImportTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportFiles, db::both_engines(), db::engine_name);

void write_row(sheet::BookWriter& writer, std::vector<std::string> const& cells) {
  for (auto const& cell : cells) {
    if (cell.empty()) writer.empty();
    else writer.text(cell);
  }
  writer.end_row();
}

std::vector<sheet::BookWriter::Column> columns(std::vector<std::string> const& titles) {
  std::vector<sheet::BookWriter::Column> columns;
  for (auto const& title : titles) columns.push_back({title, 12, {}, {}});
  return columns;
}

TEST_P(ImportFiles, AMessyWorkbookIsReadRowByRow) {
  sheet::BookWriter writer;
  writer.sheet("Инструкция", columns({"Как заполнять"}));
  write_row(writer, {"Пишите разборчиво"});
  writer.sheet(
      "План",
      columns({"№", "Иш-чаранын аталышы", "Формат", "Дата проведения", "Время", "Область", "Район/город", "Место проведения",
               "Ответственные исполнители", "Партнёры", "Отметка о выполнении", "Эркектер", "Аялдар", "Всего участников", "Способ подсчёта"}),
      {"ПЛАН МЕРОПРИЯТИЙ", "Утверждаю: ____________"});
  write_row(writer, {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"});
  write_row(writer, {"1", "Жаштар үчүн форум-театр", "форум-театр", "14-сентябрь 2018-ж.", "14:00дөн 16:00гө чейин", "Жалал-Абад облусу",
                     "Ноокен р-ну", "Маданият үйү", "ГСМ", "ЮНИСЕФ", "өткөрүлдү", "40", "60", "100", "катталуу барагы"});
  write_row(writer, {"Ошская область"});
  writer.text("2");
  writer.text("Лекция в школе");
  writer.text("лекция");
  writer.day(*Day::of(2018, 9, 20));
  writer.text("10.00");
  for (auto const* text : {"Ошская обл.", "Кара-Суйский район", "Школа № 5", "Госагентство по делам молодежи", "", "Проведено", "", ""})
    writer.text(text);
  writer.text("около 150");
  writer.text("на глаз");
  writer.end_row();
  write_row(writer, {"3", "Radio debate", "radio", "10-12.10.2018", "", "все области", "", "", "UNICEF", "", "held", "", "", "", ""});
  write_row(writer, {"", "Итого:", "", "", "", "", "", "", "", "", "", "40", "60", "250", ""});
  auto const outcome = data_.import(std::move(writer).take());
  EXPECT_TRUE(outcome.stored) << describe(outcome, Say::in(Language::en));
  EXPECT_EQ(outcome.added, 3);
  EXPECT_EQ(outcome.skipped, 3);
  EXPECT_TRUE(nothing_lost(outcome));
  auto const notes = codes(outcome, Finding::Severity::note);
  EXPECT_EQ(std::ranges::count(notes, "sheet_skipped"), 1);
  EXPECT_EQ(std::ranges::count(notes, "totals_row"), 1);
  EXPECT_EQ(std::ranges::count(notes, "column_numbers"), 1);
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 3u);
  EXPECT_EQ(stored[0].original, "ky");
  EXPECT_EQ(stored[0].start_minutes, 840);
  EXPECT_EQ(stored[0].end_minutes, 960);
  EXPECT_EQ(stored[0].text(Language::ky).venue, "Маданият үйү");
  EXPECT_EQ(stored[1].result->method, "estimate");
  EXPECT_EQ(stored[1].start_minutes, 600);
  EXPECT_EQ(stored[2].original, "en");
  EXPECT_EQ(stored[2].end_day.iso(), "2018-10-12");
  EXPECT_EQ(stored[2].reach, activity::Reach::national);
  EXPECT_EQ(stored[2].state, activity::State::held);
}

TEST_P(ImportFiles, HashtagsAreEnough) {
  auto const outcome = data_.import(
      "a,b,c,d,e,f,g,h\r\n#activity,#activity+type,#date,#adm1+code,#org,#reached+f,#reached+m,#meta+id\r\nRound table,round "
      "table,2018-09-14,KG03,UNICEF,12,8,X-1\r\n");
  EXPECT_EQ(outcome.added, 1) << describe(outcome, Say::in(Language::en));
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().external_id, "X-1");
  EXPECT_EQ(stored.front().result->attendance, (activity::Count{20, 20}));
}

TEST_P(ImportFiles, TheEndsOfARangeInTwoColumnsAreOneCount) {
  auto const counted = [&](std::string const& low, std::string const& high) {
    return data_.import(
        "a,b,c,d,e,f,g\r\n#activity,#activity+type,#date,#adm1+code,#org,#reached+min,#reached+max\r\nRound table,round "
        "table,2018-09-14,KG03,UNICEF," +
        low + "," + high + "\r\n");
  };
  EXPECT_EQ(codes(counted("40", "30")), Codes{"backwards_count@G"});
  EXPECT_EQ(codes(counted("", "30")), Codes{"count_without_lower_end@G"});
  EXPECT_EQ(codes(counted("many", "30")), Codes{"unreadable_count@F"});
  ASSERT_EQ(counted("30", "40").added, 1);
  EXPECT_EQ(data_.stored().front().result->attendance, (activity::Count{30, 40}));
}

TEST_P(ImportFiles, TheThreeWOfBirgeComesInAgainAsItWentOut) {
  auto const plan = [](std::string const& when) {
    return csv({"ID;Название;Вид;Дата;Область;Район;Организация;Статус;Ожидаемое количество участников;Всего участников;Женщины;Мужчины",
                "A-1;Концерт;лекция;" + when + ";UNICEF;запланировано;50-60;;;",
                "A-2;Форум;форум-театр;14.09.2018;Ошская обл.;Ноокатский район;Государственная служба миграции;проведено;;30-40;20-25;10-15",
                "A-3;Встреча;лекция;20.10.2018;вся республика;;UNICEF;запланировано;;;;",
                "A-4;Урок;лекция;12.09.2018;г. Ош;;UNICEF;запланировано;;;;", "A-5;Беседа;лекция;13.09.2018;Таласская обл.;;UNICEF;отменено;;;;"});
  };
  ASSERT_EQ(data_.import(plan("20.11.2018;Ошская обл.;Кара-Суйский район")).added, 5);
  ASSERT_EQ(data_.import(plan("25.11.2018;Ошская обл.;Ноокатский район")).updated, 1);
  auto const stored = data_.stored();
  ASSERT_TRUE(std::ranges::any_of(stored, [](auto const& each) { return each.moved_from_day && each.moved_from_place; }));
  auto const facts = data_.facts();
  for (auto const language : {Language::ky, Language::ru, Language::en}) {
    auto const& say = Say::in(language);
    auto const table = activity::feeds::who_what_where({.say = say,
                                                        .facts = *facts,
                                                        .edition = *facts->edition(data_.options().edition),
                                                        .activities = stored,
                                                        .title = {},
                                                        .public_address = {},
                                                        .page_address = {},
                                                        .feed_address = {},
                                                        .next_address = {},
                                                        .now = data_.clock().now()});
    auto const again = data_.import(table);
    EXPECT_EQ(again.unchanged, 5) << describe(again, Say::in(Language::en)) << table;
    for (auto const title : {say("Moved from"), say("Moved from (place)"), say("Code of the place moved from")})
      EXPECT_TRUE(std::ranges::any_of(again.unknown_columns, [&](std::string const& column) { return column.ends_with(" " + std::string(title)); }))
          << title << ": said to be left out";
  }
}

TEST_P(ImportFiles, OldProgramsWriteWindows1251WithSemicolons) {
  // "Название;Вид;Дата;Область;Организация" and a row, as Excel for Windows saves them.
  std::string const bytes =
      "\xcd\xe0\xe7\xe2\xe0\xed\xe8\xe5;\xc2\xe8\xe4;\xc4\xe0\xf2\xe0;\xce\xe1\xeb\xe0\xf1\xf2\xfc;"
      "\xce\xf0\xe3\xe0\xed\xe8\xe7\xe0\xf6\xe8\xff\r\n"
      "\xcb\xe5\xea\xf6\xe8\xff;\xeb\xe5\xea\xf6\xe8\xff;14.09.2018;\xc3. \xce\xf8;UNICEF\r\n";
  auto const outcome = data_.import(bytes);
  EXPECT_EQ(outcome.added, 1) << describe(outcome, Say::in(Language::en));
  for (auto const& [language, said] : {std::pair{Language::en, "Windows-1251, semicolon"},
                                       {Language::ru, "Windows-1251, точка с запятой"},
                                       {Language::ky, "Windows-1251, чекиттүү үтүр"}}) {
    auto const text = describe(outcome, Say::in(language));
    EXPECT_NE(text.find(said), std::string::npos) << text;
  }
  EXPECT_EQ(data_.stored().front().text(Language::ru).title, "Лекция");
}

TEST_P(ImportFiles, RefusedRowsOfACsvKeepItsDelimiterAndBeginWithAMark) {
  data_.options().partial = true;
  for (std::string const delimiter : {";", "\t", ","}) {
    std::string table = "Название;Вид;Дата;Область;Организация\r\nЛекция;лекция;31.02.2018;г. Ош;UNICEF\r\n";
    for (auto at = table.find(';'); at != std::string::npos; at = table.find(';', at + 1)) table.replace(at, 1, delimiter);
    auto const outcome = data_.import(table);
    ASSERT_TRUE(outcome.rejected_file);
    EXPECT_TRUE(outcome.rejected_file->starts_with("\xEF\xBB\xBFНазвание" + delimiter + "Вид" + delimiter)) << *outcome.rejected_file;
    EXPECT_NE(outcome.rejected_file->find("\r\nЛекция" + delimiter + "лекция" + delimiter + "31.02.2018"), std::string::npos);
    EXPECT_EQ(data_.import(*outcome.rejected_file).blocked, 1) << "it is read as it was";
  }
}

TEST_P(ImportFiles, TheTemplateIsEmptyAndFilledInImportsCleanly) {
  for (auto const language : languages) {
    auto const facts = data_.facts();
    auto const bytes = import_template(*facts, language, facts->today(data_.clock().now()));
    auto const book = sheet::open_bytes(bytes);
    std::vector<std::string> titles;
    book->read(0, [&](sheet::Row const& row) {
      for (auto const& cell : row.cells) titles.push_back(cell.text);
      return false;
    });
    ASSERT_GT(titles.size(), 30u);
    auto const& say = Say::in(language);
    std::map<std::string, std::string> const values{
        {std::string(say("Id")), std::string("T-") + std::string(code(language))},
        {std::string(say("Title")), std::string("Title in ") + std::string(own_name(language))},
        {std::string(say("Kind")), facts->codes.list("kind").back().name(language)},
        {std::string(say("Topic")), facts->codes.list("topic").front().name(language)},
        {std::string(say("Topic 2")), facts->codes.list("topic").back().name(language)},
        {std::string(say("Target group")), facts->codes.list("audience").front().name(language)},
        {std::string(say("Date")), "14.09.2018"},
        {std::string(say("Time")), "10:00-12:00"},
        {std::string(say("Region")), facts->places->name(facts->places->regions().front()->id, language).text},
        {std::string(say("Lead organisation")), "UNICEF"},
        {std::string(say("Entry")), std::string(say("by invitation"))},
        {std::string(say("Visibility")), std::string(say("coalition only"))},
        {std::string(say("Status")), std::string(say("held"))},
        {std::string(say("Women")), "1"},
        {std::string(say("Men")), "2"},
        {std::string(say("Girls")), "3"},
        {std::string(say("Boys")), "4"},
        {std::string(say("Total participants")), "10"},
        {std::string(say("Broadcast audience")), "1000"},
        {std::string(say("Method of counting")), std::string(say("sign-in sheet"))},
        {std::string(say("Comment")), "comment"}};
    sheet::BookWriter writer;
    writer.sheet("X", columns(titles));
    std::vector<std::string> row;
    for (auto const& title : titles) row.push_back(values.contains(title) ? values.at(title) : "");
    write_row(writer, row);
    auto const outcome = data_.import(std::move(writer).take());
    EXPECT_EQ(outcome.added, 1) << describe(outcome, Say::in(Language::en));
    EXPECT_TRUE(outcome.findings.empty()) << describe(outcome, Say::in(Language::en));
    EXPECT_TRUE(outcome.unknown_columns.empty()) << describe(outcome, Say::in(Language::en));
    EXPECT_EQ(data_.import(bytes).rows_read, 0);
  }
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 3u);
  for (auto const& activity : stored) {
    EXPECT_EQ(activity.entry, "invitation");
    EXPECT_FALSE(activity.is_public);
    EXPECT_EQ(activity.result->cells.size(), 4u);
    EXPECT_EQ(activity.result->audience, (activity::Count{1000, 1000}));
    EXPECT_EQ(activity.result->method, "sign_in_sheet");
    EXPECT_EQ(activity.topics.size(), 2u);
  }
}

TEST_P(ImportFiles, TheTemplateSaysWhatMustBeFilledIn) {
  for (auto const language : languages) {
    auto const& say = Say::in(language);
    std::set<std::string> const required{std::string(say("Title")), std::string(say("Kind")), std::string(say("Date")), std::string(say("Region")),
                                         std::string(say("Lead organisation"))};
    std::set<std::string> found;
    sheet::open_bytes(import_template(*data_.facts(), language, Day{}))->read(1, [&](sheet::Row const& row) {
      if (row.cells.at(1).text.starts_with(say("Must be filled in."))) found.insert(row.cells.front().text);
      return true;
    });
    EXPECT_EQ(found, required);
  }
}

TEST_P(ImportFiles, EveryChoiceOfTheTemplateIsUnderstood) {
  for (auto const language : languages) {
    auto const facts = data_.facts();
    auto const say = Say::in(language);
    std::string rows = std::string(say("Title")) + ";" + std::string(say("Kind")) + ";" + std::string(say("Date")) + ";" +
                       std::string(say("Region")) + ";" + std::string(say("District")) + ";" + std::string(say("Lead organisation")) + ";" +
                       std::string(say("Status")) + ";" + std::string(say("New date")) + "\r\n";
    int number = 0;
    auto const add = [&](std::string const& kind, std::string const& region, std::string const& district, std::string_view status) {
      rows += fmt::format("{}{};\"{}\";14.09.2018;\"{}\";\"{}\";UNICEF;{};\r\n", code(language), ++number, kind, region, district, status);
    };
    auto const some = facts->codes.list("kind").front().name(language);
    for (auto const& kind : facts->codes.list("kind")) add(kind.name(language), std::string(say("online")), "", say("planned"));
    for (auto const* region : facts->places->regions()) add(some, facts->places->name(region->id, language).text, "", say("held"));
    for (auto const* district : facts->places->districts())
      add(some, facts->places->name(facts->places->region_of(district->id)->id, language).text, facts->places->name(district->id, language).text,
          say("cancelled"));
    add(some, std::string(say("whole country")), "", "");
    auto const outcome = data_.import(rows);
    EXPECT_EQ(outcome.blocked, 0) << describe(outcome, Say::in(Language::en));
    EXPECT_EQ(outcome.added, number);
  }
}

TEST_P(ImportFiles, EveryVisibleSheetWithActivitiesIsRead) {
  sheet::BookWriter writer;
  for (auto const* name : {"Ош", "Баткен"}) {
    writer.sheet(name, columns({"Название", "Вид", "Дата", "Область", "Организация"}));
    write_row(writer, {std::string("Лекция ") + name, "лекция", "14.09.2018", "г. Ош", "UNICEF"});
  }
  auto const outcome = data_.import(std::move(writer).take());
  EXPECT_EQ(outcome.added, 2);
}

/// A workbook of one table with one activity, under the worksheets that are given.
std::string book_with(std::string const& sheets) {
  sheet::testing::Workbook book;
  auto const row = [&](std::vector<std::string> const& texts) {
    book.rows += "<row>";
    for (auto const& text : texts) book.rows += "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    book.rows += "</row>";
  };
  row({"Название", "Вид", "Дата", "Область", "Организация"});
  row({"Лекция", "лекция", "14.09.2018", "г. Ош", "UNICEF"});
  book.sheets = sheets;
  return book.bytes();
}

bool found(Outcome const& outcome, std::string_view code) {
  return std::ranges::any_of(outcome.findings, [&](auto const& finding) { return finding.code == code; });
}

TEST_P(ImportFiles, AHiddenSheetIsNotReadBesideAVisibleOne) {
  auto const outcome =
      data_.import(book_with(R"(<sheet name="План" sheetId="1" r:id="rId1"/><sheet name="Старый" sheetId="2" state="hidden" r:id="rId1"/>)"));
  EXPECT_EQ(outcome.added, 1);
  EXPECT_TRUE(found(outcome, "sheet_skipped"));
  EXPECT_FALSE(found(outcome, "hidden_sheet"));
}

TEST_P(ImportFiles, AHiddenSheetIsReadAndSaidSoWhereNothingElseIs) {
  auto const outcome = data_.import(book_with(R"(<sheet name="План" sheetId="1" state="hidden" r:id="rId1"/>)"));
  EXPECT_EQ(outcome.added, 1);
  EXPECT_TRUE(found(outcome, "hidden_sheet"));
}

TEST(ImportNoise, NoCellsBreakAnImportAndNoRowIsLost) {
  CountryDatabase country(db::Engine::sqlite);
  ImportDatabase data(country);
  data.options().dry_run = true;
  rc::check("arbitrary cells", [&] {
    auto const letters = rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                                          "а", "Я", "ң", "z", "7", "0", ".", "-", "/", " ", "\"", ";", "'", "=", "\u202e", "\u00a0", "😀")),
                                      [](std::vector<std::string> const& parts) {
                                        std::string text;
                                        for (auto const& part : parts) text += part;
                                        return text;
                                      });
    auto const cell =
        rc::gen::oneOf(letters, rc::gen::element<std::string>("14.09.2018", "Лекция", "лекция", "UNICEF", "г. Ош", "Ошская обл., с. Масы", "-5",
                                                              "150-200", "проведено", "перенесено на 1.10", "Итого", "", "онлайн", "10:00", "31.02",
                                                              "KG03", "=1+1", "Баткен; Ош"));
    auto const rows =
        *rc::gen::resize(15, rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::container<std::vector<std::string>>(14, cell)));
    sheet::CsvWriter writer;
    for (auto const* title :
         {"ID", "Название", "Вид", "Дата", "Время", "Область", "Район", "Село", "Организация", "Статус", "М", "Ж", "Всего", "Тема"})
      writer.text(title);
    writer.end_row();
    for (auto const& row : rows) {
      for (auto const& text : row) writer.text(text);
      writer.end_row();
    }
    auto const outcome = data.import(std::move(writer).take());
    RC_ASSERT(nothing_lost(outcome));
    RC_ASSERT(!describe(outcome, Say::in(Language::ru)).empty());
  });
}

}  // namespace
}  // namespace birge::exchange
