#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <regex>
#include <set>

#include "features/activity/activity_pack.hpp"
#include "features/activity/activity_pages.hpp"
#include "features/activity/feed/feed.hpp"
#include "features/activity/feed/feed_testing.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::activity {
namespace {

using testing::day;
using ::testing::HasSubstr;
using ::testing::Not;

/// The rows of a table by title, their cells by the heading or hashtag of the column.
std::map<std::string, std::map<std::string, std::string>> by_title(std::string file, std::string const& title) {
  std::map<std::string, std::map<std::string, std::string>> rows;
  std::vector<std::string> headings;
  sheet::open_bytes(std::move(file))->read(0, [&](sheet::Row const& row) {
    std::vector<std::string> cells;
    for (auto const& cell : row.cells) cells.push_back(cell.text);
    if (std::ranges::find(cells, title) != cells.end()) {
      headings = std::move(cells);
    } else if (!headings.empty()) {
      std::map<std::string, std::string> values;
      cells.resize(headings.size());
      for (std::size_t i = 0; i < headings.size(); ++i) values[headings[i]] = cells[i];
      auto const name = values[title];
      rows[name] = std::move(values);
    }
    return true;
  });
  return rows;
}

class ActivityFeeds : public testing::FeedsTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityFeeds, db::both_engines(), db::engine_name);

TEST_P(ActivityFeeds, WhatPagesKeepTogetherIsPlainInFeedsAndFiles) {
  auto made = world.plain();
  made.place = world.place("alay");
  made.end_day = day("2018-10-27");
  made.moved_from_day = day("2018-10-20");
  world.add(made);
  for (std::string const ending : {"ics", "atom", "json", "geojson", "csv"})
    for (std::string const language : {"ky", "ru"}) {
      auto const file = fmt::format("agenda-{}.{}", language, ending);
      auto const body = world.get(agenda_feed, "from=2018-10-01", Language::ru, {{"file", file}}).body;
      for (auto const* sign : {"\u00A0", "\u2011", "\u2060"}) EXPECT_THAT(body, Not(HasSubstr(sign))) << ending << ' ' << language;
    }
  EXPECT_THAT(world.get(agenda_feed, "", Language::ru, {{"file", "agenda-ru.atom"}}).body, HasSubstr("Ош, Алайский р-н"));
}

TEST_P(ActivityFeeds, AFormulaInATitleStaysAText) {
  auto made = world.plain("=HYPERLINK(\"http://evil.example\";\"Win\")");
  made.village = "+996 555";
  made.texts["ky"].venue = "@SUM(1)";
  world.add(made);
  for (auto const* name : {"agenda-en.csv", "3w-en.csv"}) {
    auto const csv = feed(name);
    EXPECT_THAT(csv, HasSubstr("'=HYPERLINK"));
    EXPECT_THAT(csv, HasSubstr("'+996 555"));
    EXPECT_THAT(csv, Not(HasSubstr(",=HYP")));
  }
  bool seen = false;
  auto const book = sheet::open_bytes(feed("agenda-en.xlsx"));
  book->read(0, [&](sheet::Row const& row) {
    for (auto const& cell : row.cells) {
      EXPECT_FALSE(cell.formula);
      seen = seen || cell.text.find("HYPERLINK") != std::string::npos;
    }
    return true;
  });
  EXPECT_TRUE(seen);
}

TEST_P(ActivityFeeds, EveryFormHoldsTheSameActivities) {
  for (int i = 0; i < 3; ++i) world.add(world.plain("Лекция " + std::to_string(i)));
  auto quiz = world.plain("Викторина");
  quiz.kind = "quiz_night";
  world.add(quiz);
  EXPECT_EQ(testing::events(testing::read_calendar(feed("agenda-en.ics", "kind=lecture"))).size(), 3U);
  auto const json = boost::json::parse(feed("agenda-en.json", "kind=lecture")).as_object();
  EXPECT_EQ(json.at("version"), "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(json.at("items").as_array().size(), 3U);
  EXPECT_TRUE(json.at("items").at(0).at("_birge").at("id").is_string());
  boost::json::array const features = boost::json::parse(feed("agenda-en.geojson", "kind=lecture")).at("features").as_array();
  EXPECT_EQ(features.size(), 3U);
  EXPECT_EQ(features[0].at("geometry").at("type"), "Point");
  auto const atom = feed("agenda-en.atom", "kind=lecture");
  std::regex const entry("<entry>");
  EXPECT_EQ(std::distance(std::sregex_iterator(atom.begin(), atom.end(), entry), std::sregex_iterator()), 3);
  EXPECT_THAT(atom, HasSubstr("href=\"https://birge.example/en/activities?"));
  for (auto const* name : {"agenda-en.csv", "agenda-en.xlsx", "3w-en.csv"}) {
    int rows = 0;
    auto const book = sheet::open_bytes(feed(name, "kind=lecture"));
    book->read(0, [&](sheet::Row const& row) {
      for (auto const& cell : row.cells) rows += cell.text.starts_with("Лекция ");
      return true;
    });
    EXPECT_EQ(rows, 3) << name;
  }
}

TEST_P(ActivityFeeds, EveryFormSaysWhatWasCancelledAndWhatWasMoved) {
  auto moved = world.plain("Көчкөн лекция");
  moved.moved_from_day = day("2018-10-22");
  auto elsewhere = world.plain("Башка жерге көчкөн лекция");
  elsewhere.moved_from_place = world.place("alay");
  auto cancelled = world.plain("Болбогон лекция");
  cancelled.state = State::cancelled;
  world.add(moved);
  world.add(elsewhere);
  world.add(cancelled);
  auto const unfolded = std::regex_replace(feed("agenda-en.ics"), std::regex("\r\n "), "");
  EXPECT_THAT(unfolded, HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(unfolded, HasSubstr("SUMMARY:Cancelled: Болбогон лекция"));
  auto const atom = feed("agenda-en.atom");
  EXPECT_THAT(atom, HasSubstr("<title>Cancelled: Болбогон лекция</title>"));
  EXPECT_THAT(atom, HasSubstr("Moved from"));
  auto const json = feed("agenda-en.json");
  EXPECT_THAT(json, HasSubstr("\"title\":\"Cancelled: Болбогон лекция\""));
  EXPECT_THAT(json, HasSubstr("\"state\":\"cancelled\""));
  for (auto const& form : {json, feed("agenda-en.geojson")}) {
    EXPECT_THAT(form, HasSubstr("cancelled"));
    EXPECT_THAT(form, HasSubstr("2018-10-22"));
  }
  auto const csv = feed("agenda-en.csv");
  EXPECT_THAT(csv, HasSubstr("Cancelled"));
  EXPECT_THAT(csv, HasSubstr("2018-10-22"));
  auto const place = world.facts().places->full_name(world.place("alay"), Language::en);
  for (auto const* table : {"agenda-en.csv", "agenda-en.xlsx"}) {
    auto const rows = by_title(feed(table), "Title");
    EXPECT_EQ(rows.at("Болбогон лекция").at("Status"), "Cancelled") << table;
    EXPECT_EQ(rows.at("Көчкөн лекция").at("Moved from"), "2018-10-22") << table;
    EXPECT_EQ(rows.at("Көчкөн лекция").at("Moved from (place)"), "") << table;
    EXPECT_EQ(rows.at("Башка жерге көчкөн лекция").at("Moved from (place)"), place) << table;
    EXPECT_EQ(rows.at("Башка жерге көчкөн лекция").at("Status"), "Planned") << table << ": moved, and still planned";
  }
  auto const rows = by_title(feed("3w-en.csv"), "#activity+name");
  EXPECT_EQ(rows.at("Болбогон лекция").at("#status"), "Cancelled");
  EXPECT_EQ(rows.at("Болбогон лекция").at("#date+original"), "");
  EXPECT_EQ(rows.at("Көчкөн лекция").at("#status"), "Planned");
  EXPECT_EQ(rows.at("Көчкөн лекция").at("#date+original"), "2018-10-22");
  EXPECT_EQ(rows.at("Башка жерге көчкөн лекция").at("#loc+original+code"), world.facts().places->by_code("alay")->pcode.value());
  EXPECT_EQ(rows.at("Башка жерге көчкөн лекция").at("#loc+original+name"), place);
}

TEST_P(ActivityFeeds, WhatIsNotReportedInTimeIsSaidSoInEveryTable) {
  auto made = world.plain();
  made.day = made.end_day = day("2018-09-12");
  world.add(made);
  for (auto const* table : {"agenda-en.csv", "3w-en.csv"}) EXPECT_THAT(feed(table), HasSubstr("Not reported")) << table;
  EXPECT_THAT(feed("3w-en.csv"), Not(HasSubstr("Planned")));
}

TEST_P(ActivityFeeds, EveryFormNamesThePlacesOfAnActivityInSeveral) {
  auto several = world.plain("Марафон");
  several.reach = Reach::several;
  several.place.reset();
  several.places = {world.place("naryn"), world.place("talas")};
  world.add(several);
  auto online = world.plain("Түз эфир");
  online.reach = Reach::online;
  online.place.reset();
  world.add(online);
  auto const& tree = *world.facts().places;
  auto const naryn = tree.full_name(world.place("naryn"), Language::en), talas = tree.full_name(world.place("talas"), Language::en);
  auto const places = naryn + "; " + talas;
  auto const calendar = std::regex_replace(feed("agenda-en.ics"), std::regex("\r\n "), "");
  EXPECT_THAT(calendar, HasSubstr("LOCATION:In several places: " + naryn + "\\; " + talas));
  EXPECT_THAT(calendar, HasSubstr("LOCATION:Online\r\n"));
  for (auto const* form : {"agenda-en.atom", "agenda-en.json"}) EXPECT_THAT(feed(form), HasSubstr("In several places: " + places)) << form;
  for (auto const* table : {"agenda-en.csv", "agenda-en.xlsx"}) {
    auto const rows = by_title(feed(table), "Title");
    EXPECT_EQ(rows.at("Марафон").at("Places"), places) << table;
    EXPECT_EQ(rows.at("Түз эфир").at("Places"), "") << table;
    EXPECT_EQ(rows.at("Түз эфир").at("Region"), "Online") << table;
  }
  auto const rows = by_title(feed("3w-en.csv"), "#activity+name");
  EXPECT_EQ(rows.at("Марафон").at("#loc+name+list"), places);
  EXPECT_EQ(rows.at("Түз эфир").at("#loc+type"), "Online");
  auto const features = boost::json::parse(feed("agenda-en.geojson"));
  for (auto const& feature : features.at("features").as_array()) {
    auto const& geometry = feature.at("geometry");
    if (feature.at("properties").at("reach") == "online") {
      EXPECT_TRUE(geometry.is_null());
    } else {
      EXPECT_EQ(geometry.at("type"), "MultiPoint");
      EXPECT_EQ(geometry.at("coordinates").as_array().size(), 2U);
    }
  }
}

TEST_P(ActivityFeeds, WhatIsKnownByItsMonthIsNotSaidToGoOnToday) {
  world.add(in_october());
  auto lasting = world.plain("Көргөзмө");
  lasting.day = day("2018-10-19");
  world.add(lasting);
  auto const rows = by_title(feed("3w-en.csv"), "#activity+name");
  EXPECT_EQ(rows.at("Коопсуз миграция").at("#status"), "Planned");
  EXPECT_EQ(rows.at("Коопсуз миграция").at("#date+precision"), "month");
  EXPECT_EQ(rows.at("Көргөзмө").at("#status"), "Ongoing");
}

TEST_P(ActivityFeeds, NoFormHoldsWhatOnlyTheCoalitionSeesWhateverTheFilter) {
  auto hidden = world.plain("Жашыруун жолугушуу");
  hidden.is_public = false;
  hidden.texts["ky"].venue = "Жашыруун үй";
  auto const id = world.add(hidden);
  for (auto const state : {State::draft, State::proposed, State::returned}) {
    auto early = world.plain("Жашыруун долбоор");
    early.state = state;
    world.add(early);
  }
  world.add(world.plain("Ачык лекция"));
  for (auto const* query : {"", "place=naryn", "kind=lecture", "status=planned", "from=2018-10-25&until=2018-10-25", "q=Жашыруун"})
    for (auto const* name : {"agenda-en.ics", "agenda-en.atom", "agenda-en.json", "agenda-en.geojson", "agenda-en.csv", "3w-en.csv"})
      EXPECT_THAT(std::regex_replace(feed(name, query), std::regex("\r\n "), ""), Not(HasSubstr("Жашыруун "))) << name << "?" << query;
  EXPECT_EQ(by_title(feed("agenda-en.xlsx"), "Title").size(), 1U);
  EXPECT_THROW(world.get(activity_feed, "", Language::en, {{"file", id_text(id) + "-en.ics"}}), Problem);
  EXPECT_THROW(world.get(api_activity, "", Language::en, {{"id", id_text(id)}}), Problem);
}

TEST_P(ActivityFeeds, NoDayIsGivenForAResultThatIsNeverDue) {
  auto const& facts = world.facts();
  world.database().write([&](db::Tx& tx) { load_pack(tx, world.ids(), PackFiles::embedded("kg"), facts, world.clock().now()); });
  int documented = 0;
  for (auto const* edition : {"edition=2017", "edition=2018"}) {
    auto const list = boost::json::parse(world.get(api_activities, edition).body);
    for (auto const& row : list.at("items").as_array()) {
      ++documented;
      auto const whole = boost::json::parse(world.get(api_activity, "", Language::en, {{"id", std::string(row.at("id").as_string())}}).body);
      EXPECT_TRUE(row.at("due_day").is_null() && whole.at("due_day").is_null()) << whole;
    }
    for (auto const* ending : {"ics", "atom", "json", "geojson", "csv"})
      EXPECT_THAT(feed("agenda-en." + std::string(ending), edition), Not(HasSubstr("2197"))) << ending << " " << edition;
  }
  EXPECT_GT(documented, 5);
  auto const year = boost::json::parse(world.get(api_activities, "edition=2017&kind=forum_theatre&place=chuy").body).at("items").at(0);
  EXPECT_EQ(year.at("day_precision"), "year");
  EXPECT_EQ(year.at("day"), "2017-01-01");
  EXPECT_EQ(year.at("end_day"), "2017-12-31");
  world.add(world.plain("Биздики"));
  auto const ours = boost::json::parse(world.get(api_activities, "edition=2018&q=Биздики").body);
  EXPECT_EQ(ours.at("items").at(0).at("due_day"), "2018-10-30");
}

TEST_P(ActivityFeeds, AFormThatHoldsNotAllSaysSo) {
  std::vector<Activity> const activities{world.find(world.add(world.plain()))};
  feeds::List list{.say = Say::in(Language::en),
                   .facts = world.facts(),
                   .edition = world.edition(),
                   .activities = activities,
                   .title = "2018",
                   .public_address = "https://birge.example",
                   .page_address = "https://birge.example/en/activities",
                   .feed_address = "https://birge.example/feeds/agenda-en.csv",
                   .next_address = {},
                   .now = world.clock().now()};
  http::Message const message;
  Request request(message, world.services(), list.say, {});
  using Header = std::pair<std::string, std::string>;
  auto const says = HasSubstr("Only the first 1 activities are here.");
  auto const has_header = ::testing::Contains(Header("Birge-Cut", "1"));
  EXPECT_THAT(feeds::geojson(list), Not(says));
  EXPECT_THAT(feeds::reply(list, "agenda", "csv", request).headers, Not(has_header));
  list.cut = true;
  EXPECT_THAT(feeds::geojson(list), says);
  for (auto const* stem : {"agenda", "3w"}) {
    auto const reply = feeds::reply(list, stem, "csv", request);
    EXPECT_THAT(reply.headers, has_header) << stem;
    EXPECT_THAT(reply.headers, ::testing::Contains(Header("Access-Control-Expose-Headers", "Birge-Cut"))) << stem;
    EXPECT_THAT(reply.body, Not(HasSubstr("Only the first"))) << stem << ": every row is an activity";
  }
  bool seen = false;
  sheet::open_bytes(feeds::workbook(list))->read(0, [&](sheet::Row const& row) {
    for (auto const& cell : row.cells) seen = seen || cell.text.starts_with("Only the first 1 activities");
    return true;
  });
  EXPECT_TRUE(seen);
  auto const calendar =
      birge::activity::calendar_of(activities, list.say, list.facts, {.name = "2018", .public_address = "", .note = feeds::cut_text(list)}, list.now);
  EXPECT_THAT(std::regex_replace(calendar, std::regex("\r\n "), ""), HasSubstr("Only the first 1 activities are here."));
}

TEST_P(ActivityFeeds, TheThreeWHasARowOfHashtagsUnderItsHeadings) {
  auto made = world.plain();
  made.state = State::reported;
  made.result = Result{.version = 1,
                       .method = "",
                       .attendance = Count{30, 40},
                       .audience = {},
                       .cells = {{Sex::female, "unknown", {20, 25}}, {Sex::male, "unknown", {10, 15}}},
                       .counted_by = {},
                       .reported_day = day("2018-10-19"),
                       .narrative = {}};
  world.add(made);
  std::vector<sheet::Row> rows;
  sheet::open_bytes(feed("3w-en.csv"))->read(0, [&](sheet::Row const& row) {
    rows.push_back(row);
    return true;
  });
  ASSERT_EQ(rows.size(), 3U);
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < rows[1].cells.size(); ++i) {
    EXPECT_TRUE(std::regex_match(rows[1].cells[i].text, std::regex("#[a-z0-9]+(\\+[a-z0-9_]+)*"))) << rows[1].cells[i].text;
    values[rows[1].cells[i].text] = i < rows[2].cells.size() ? rows[2].cells[i].text : "";
  }
  EXPECT_EQ(values["#adm1+code"], world.facts().places->by_code("naryn")->pcode.value());
  EXPECT_EQ(values["#date+start"], "2018-10-25");
  EXPECT_EQ(values["#status"], "Completed");
  EXPECT_EQ(values["#reached+attendances+min"], "30");
  EXPECT_EQ(values["#reached+attendances+max"], "40");
  EXPECT_EQ(values["#reached+attendances+f+min"], "20");
  EXPECT_EQ(values["#reached+attendances+f+max"], "25");
  EXPECT_EQ(values["#reached+attendances+m+min"], "10");
  EXPECT_EQ(values["#reached+attendances+m+max"], "15");
}

TEST_P(ActivityFeeds, ASampleEditionIsCalledSampleInEveryForm) {
  world.database().write([](db::Tx& tx) { tx.run("update edition set sample = 1 where slug = '2018'"); });
  world.database().write([&](db::Tx& tx) { campaign::touch_facts(tx); });
  auto const id = world.add(world.plain());
  auto const calendar = calendar_of(id);
  EXPECT_THAT(std::regex_replace(calendar, std::regex("\r\n "), ""), HasSubstr("(sample data)"));
  EXPECT_THAT(feed("agenda-en.ics"), HasSubstr("sample data"));
  EXPECT_THAT(feed("agenda-en.atom"), HasSubstr("(sample data)"));
  EXPECT_THAT(feed("agenda-en.atom"), HasSubstr("term=\"sample\""));
  EXPECT_EQ(boost::json::parse(feed("agenda-en.json")).at("items").at(0).at("_birge").at("sample"), true);
  EXPECT_EQ(boost::json::parse(feed("agenda-en.geojson")).at("sample"), true);
  EXPECT_THAT(feed("agenda-en.csv"), HasSubstr("Sample data"));
  EXPECT_THAT(feed("3w-en.csv"), HasSubstr("#meta+sample"));
  auto const whole = world.get(api_activity, "", Language::en, {{"id", id_text(id)}}).body;
  EXPECT_EQ(boost::json::parse(whole).at("sample"), true);
}

TEST_P(ActivityFeeds, ALongJsonFeedComesInPagesThatRepeatAndLoseNone) {
  world.database().write([&](db::Tx& tx) {
    Saver saver(tx, world.ids(), world.facts(), world.clock().now());
    auto made = world.plain();
    for (int i = 0; i < 1100; ++i) {
      made.texts["ky"].title = "Лекция " + std::to_string(i);
      made.day = made.end_day = day("2018-09-10").plus(i / 100);
      saver.add(made, "test");
    }
    saver.finish();
  });
  EXPECT_THROW(feed("agenda-en.json", "after=nowhere"), Problem);
  auto const first = boost::json::parse(feed("agenda-en.json", "kind=lecture"));
  auto const next = std::string(first.at("next_url").as_string());
  EXPECT_TRUE(next.starts_with("https://birge.example/feeds/agenda-en.json?")) << next;
  auto const second = boost::json::parse(feed("agenda-en.json", next.substr(next.find('?') + 1)));
  EXPECT_FALSE(second.as_object().contains("next_url"));
  std::set<std::string> ids;
  for (auto const* page : {&first, &second})
    for (auto const& item : page->at("items").as_array()) EXPECT_TRUE(ids.insert(std::string(item.at("id").as_string())).second);
  EXPECT_EQ(ids.size(), 1100U);
}

TEST_P(ActivityFeeds, TheApiPagesThroughAllWithoutRepeating) {
  for (int i = 0; i < 25; ++i) world.add(world.plain("Лекция " + std::to_string(i)));
  std::set<std::string> ids;
  std::string query = "limit=10";
  for (int page = 0; page < 3; ++page) {
    auto const answer = boost::json::parse(world.get(api_activities, query, Language::en).body);
    EXPECT_EQ(answer.at("totals").at("activities"), 25);
    for (auto const& row : answer.at("items").as_array()) EXPECT_TRUE(ids.insert(std::string(row.at("id").as_string())).second);
    if (page == 2) EXPECT_TRUE(answer.at("next").is_null());
    else query = std::string(answer.at("next").as_string()).substr(std::string(answer.at("next").as_string()).find('?') + 1);
  }
  EXPECT_EQ(ids.size(), 25U);
}

}  // namespace
}  // namespace birge::activity
