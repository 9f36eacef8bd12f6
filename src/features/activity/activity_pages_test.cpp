#include "features/activity/activity_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "features/activity/activity_testing.hpp"

namespace birge::activity {
namespace {

using testing::day;
using ::testing::HasSubstr;
using testing::made_world;
using ::testing::Not;
using testing::World;

std::vector<std::pair<std::string_view, std::string>> with_id(ActivityId id) { return {{"id", id_text(id)}}; }
std::vector<std::pair<std::string_view, std::string>> file(std::string name) { return {{"file", std::move(name)}}; }

int rows_in(std::string const& body) {
  std::regex const row("<li class=\"row[ \"]");
  return static_cast<int>(std::distance(std::sregex_iterator(body.begin(), body.end(), row), std::sregex_iterator()));
}

class ActivityPages : public ::testing::TestWithParam<db::Engine> {
protected:
  World world{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityPages, db::both_engines(), db::engine_name);

TEST_P(ActivityPages, AnUnknownActivityIsNotFound) {
  EXPECT_THROW(world.get(activity, "", Language::ky, {{"id", "zzz"}}), Problem);
  EXPECT_THROW(world.get(activity, "", Language::ky, {{"id", "../etc"}}), Problem);
  EXPECT_THROW(world.get(poster, "", Language::ky, {{"id", "0"}}), Problem);
}

TEST_P(ActivityPages, ASharedLinkShowsThePictureAndTheTitleOfItsActivity) {
  auto const id = world.add(world.plain("Коопсуз миграция"));
  auto const body = world.get(activity, "", Language::ru, with_id(id)).body;
  EXPECT_THAT(body, HasSubstr("<meta property=\"og:title\" content=\"Коопсуз миграция\">"));
  EXPECT_THAT(body, HasSubstr("<meta property=\"og:image\" content=\"https://birge.example/share/activities/" + id_text(id) + "-ru.png\">"));
  EXPECT_THAT(body, HasSubstr("<meta property=\"og:url\" content=\"https://birge.example/ru/activities/" + id_text(id) + "\">"));
}

TEST_P(ActivityPages, TheHeadOfAPageHoldsNoInvisibleCharacters) {
  auto const id = world.add(world.plain());
  for (auto const& body : {world.get(activity, "", Language::ky, with_id(id)).body, world.get(agenda, "week=2018-10-22", Language::ky).body}) {
    auto const head = body.substr(0, body.find("</head>"));
    EXPECT_THAT(head, ::testing::AnyOf(HasSubstr("25-октябрь"), HasSubstr("22–28-октябрь")));
    EXPECT_THAT(head, Not(HasSubstr("\u2060")));
  }
}

TEST_P(ActivityPages, APageNamesItselfOnceAndItsOtherLanguages) {
  auto const id = world.add(world.plain());
  auto const body = world.get(activity, "from=poster", Language::ky, with_id(id)).body;
  EXPECT_THAT(body, HasSubstr("<link rel=\"canonical\" href=\"https://birge.example/ky/activities/" + id_text(id) + "\">"));
  for (std::string const language : {"ky", "ru", "en"})
    EXPECT_THAT(body, ::testing::ContainsRegex("hreflang=\"" + language + "\" href=\"https://birge.example/" + language + "/[^\"]*[?]from=poster\""));
}

TEST_P(ActivityPages, OrganisationsCanBeChosenWhateverElseIs) {
  for (int i = 0; i < 17; ++i) {
    auto made = world.plain();
    made.lead = world.organisation(static_cast<std::size_t>(i));
    world.add(made);
  }
  auto const& facts = world.facts();
  auto const slug = [&](std::size_t number) { return facts.organisation(world.organisation(number))->slug; };
  auto const count = [&](std::string const& body) {
    std::regex const choice("href=\"[?][^\"]*organisation=");
    return std::distance(std::sregex_iterator(body.begin(), body.end(), choice), std::sregex_iterator());
  };
  auto const body = world.get(agenda, "kind=lecture", Language::en).body;
  EXPECT_GE(count(body), 15);
  EXPECT_THAT(body, HasSubstr("<li><a href=\"/en/organisations\">All organisations</a></li>"));
  for (std::size_t i = 0; i < 17; ++i)
    EXPECT_THAT(world.get(agenda, "organisation=" + slug(i), Language::en).body,
                ::testing::ContainsRegex("organisation=" + slug(i) + "\"[^>]*aria-current=\"true\""))
        << "the chosen one is always among the choices";
}

TEST_P(ActivityPages, TheMapOfAnEditionThatIsOverPromisesNothingMore) {
  auto past = world.plain();
  past.edition = world.facts().edition("2017")->id;
  past.day = past.end_day = day("2017-09-10");
  past.state = State::held;
  world.add(past);
  world.add(world.plain());
  EXPECT_THAT(world.get(agenda, "edition=2018", Language::en).body, HasSubstr("none yet"));
  auto const over = world.get(agenda, "edition=2017", Language::en).body;
  EXPECT_THAT(over, Not(HasSubstr("none yet")));
  EXPECT_THAT(over, HasSubstr("none</"));
}

TEST_P(ActivityPages, AnAbolishedDistrictIsAChoiceWhereActivitiesAreStoredInIt) {
  world.load(place::with_days(place::kyrgyz_pack(), "kochkor", {}, day("2018-09-30")));
  auto const offered = ::testing::ContainsRegex("href=\"[?][^\"]*place=kochkor\"");
  EXPECT_THAT(world.get(agenda, "place=naryn").body, Not(offered));
  auto held = world.plain();
  held.day = held.end_day = day("2018-09-20");
  held.place = world.place("kochkor");
  world.add(held);
  EXPECT_THAT(world.get(agenda, "place=naryn").body, offered);
}

TEST_P(ActivityPages, AProposalIsNotFound) {
  auto proposal = world.plain("Сунуш");
  proposal.state = State::proposed;
  auto const id = world.add(proposal);
  EXPECT_THROW(world.get(activity, "", Language::ky, with_id(id)), Problem);
  EXPECT_THROW(world.get(api_activity, "", Language::ky, with_id(id)), Problem);
  EXPECT_THROW(world.get(activity_feed, "", Language::ky, file(id_text(id) + "-ky.ics")), Problem);
}

TEST_P(ActivityPages, TheListBeginsWithWhatBeganBeforeAndLasts) {
  auto const today = world.facts().today(world.clock().now());
  auto lasting = world.plain("Көргөзмө уланууда");
  lasting.day = today.plus(-2);
  lasting.end_day = today.plus(1);
  world.add(lasting);
  auto over = lasting;
  over.texts["ky"].title = "Көргөзмө бүттү";
  over.end_day = today.plus(-1);
  world.add(over);
  auto next = world.plain("Эртеңки лекция");
  next.day = next.end_day = today.plus(1);
  world.add(next);
  auto const page = world.get(agenda).body;
  EXPECT_LT(page.find("Көргөзмө уланууда"), page.find("Эртеңки лекция"));
  EXPECT_THAT(page, Not(HasSubstr("Көргөзмө бүттү")));
  EXPECT_EQ(rows_in(page), 2);
}

TEST_P(ActivityPages, WhatLastsStandsOnceWhereNothingComesAfterIt) {
  auto const today = world.facts().today(world.clock().now());
  auto lasting = world.plain("Көргөзмө уланууда");
  lasting.day = today.plus(-2);
  lasting.end_day = today.plus(1);
  world.add(lasting);
  auto const page = world.get(agenda).body;
  EXPECT_EQ(rows_in(page), 1);
  EXPECT_THAT(page, HasSubstr("Көргөзмө уланууда"));
}

TEST_P(ActivityPages, WhatOnlyTheCoalitionSeesIsCountedAndNeverNamed) {
  auto hidden = world.plain("ЖАШЫРЫН");
  hidden.is_public = false;
  hidden.kind = "legal_consultation";
  hidden.sensitive = true;
  hidden.village = "ЖАШЫРЫН";
  auto const id = world.add(hidden);
  auto const page = world.get(activity, "", Language::ky, with_id(id));
  EXPECT_EQ(page.status, Status::not_found);
  EXPECT_THAT(page.body, Not(HasSubstr("ЖАШЫРЫН")));
  EXPECT_THROW(world.get(poster, "", Language::ky, with_id(id)), Problem);
  EXPECT_THROW(world.get(api_activity, "", Language::ky, with_id(id)), Problem);
  EXPECT_THROW(world.get(activity_feed, "", Language::ky, file(id_text(id) + "-ky.ics")), Problem);
  for (auto const handler : {agenda, sheet, api_activities}) EXPECT_THAT(world.get(handler, "", Language::en).body, Not(HasSubstr("ЖАШЫРЫН")));
  for (auto const* name : {"agenda-en.ics", "agenda-en.atom", "agenda-en.json", "agenda-en.geojson", "agenda-en.csv", "3w-en.csv"})
    EXPECT_THAT(world.get(agenda_feed, "", Language::en, file(name)).body, Not(HasSubstr("ЖАШЫРЫН"))) << name;
  auto const agenda_page = world.get(agenda, "", Language::en).body;
  EXPECT_THAT(agenda_page, HasSubstr("1 activity"));
  EXPECT_THAT(agenda_page, HasSubstr("And 1 activity that only the coalition sees listed"));
}

TEST_P(ActivityPages, ASearchCountsNothingThatOnlyTheCoalitionSees) {
  auto hidden = world.plain("Жашыруун");
  hidden.is_public = false;
  hidden.village = "Backroom Qwertz";
  world.add(hidden);
  world.add(world.plain("Backrooms"));
  for (auto const* query : {"q=qwertz", "q=qwe", "q=qwertz+backroom", "q=qwe&status=held", "q=qwertz&kind=", "q=%D0%B6%D0%B0%D1%88"}) {
    EXPECT_THAT(world.get(agenda, query, Language::en).body, Not(HasSubstr("only the coalition"))) << query;
    EXPECT_THAT(world.get(sheet, query, Language::en).body, Not(HasSubstr("only the coalition"))) << query;
    EXPECT_THAT(world.get(api_activities, query).body, Not(HasSubstr("\"coalition_only\":1"))) << query;
  }
  // Nor does a word of it decide how others are searched for.
  EXPECT_THAT(world.get(agenda, "q=backroom", Language::en).body, HasSubstr("Backrooms"));
}

TEST_P(ActivityPages, AFilterThatNamesNothingIsTold) {
  world.add(world.plain());
  auto const body = world.get(agenda, "kind=dragon&place=atlantis&week=someday&status=odd&organisation=nobody&after=x", Language::en).body;
  for (auto const* word : {"dragon", "atlantis", "someday", "odd", "nobody", "“x”"}) EXPECT_THAT(body, HasSubstr(word));
  EXPECT_THAT(body, HasSubstr("This part of the address was left out"));
  EXPECT_THROW(world.get(api_activities, "kind=dragon"), Problem);
  EXPECT_THROW(world.get(api_activities, "limit=0"), Problem);
  EXPECT_THROW(world.get(api_activities, "limit=101"), Problem);
  EXPECT_THROW(world.get(api_activities, "after=x"), Problem);
  EXPECT_THROW(world.get(api_activities, "language=xx"), Problem);
  EXPECT_THROW(world.get(agenda_feed, "place=atlantis", Language::en, file("agenda-en.ics")), Problem);
  for (auto const* name : {"agenda-xx.ics", "agenda-en.exe", "agenda", "other-en.ics", "3w-en.xlsx"})
    EXPECT_THROW(world.get(agenda_feed, "", Language::en, file(name)), Problem) << name;
}

TEST_P(ActivityPages, MarkupInAnyTextStaysText) {
  std::string const bad = "<script>alert(1)</script>\"'><img src=x onerror=y>&amp;";
  auto made = world.plain(bad);
  made.state = State::reported;
  made.texts["ky"] = {bad, bad, bad};
  made.village = made.cost = made.contact = made.reason = bad;
  made.languages = "ky <b>x";
  made.warnings = {{"outside_edition", "day", bad}};
  made.result = Result{.version = 1,
                       .method = "",
                       .attendance = Count{5, 5},
                       .audience = {},
                       .cells = {{Sex::female, "<b>", {5, 5}}},
                       .counted_by = {},
                       .reported_day = day("2018-10-19"),
                       .narrative = bad};
  auto const id = world.add(made);
  auto const q = "q=" + percent_encoded(bad);
  std::vector<std::string> const bodies{world.get(agenda, "after=2018-01-01.0").body,
                                        world.get(agenda, q).body,
                                        world.get(activity, "", Language::ky, with_id(id)).body,
                                        world.get(poster, "", Language::ky, with_id(id)).body,
                                        world.get(sheet).body,
                                        world.get(agenda_feed, "", Language::ky, file("agenda-ky.atom")).body};
  for (auto const& body : bodies) {
    EXPECT_THAT(body, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(body, Not(HasSubstr("<img")));
    EXPECT_THAT(body, Not(HasSubstr("<b>x")));
  }
  EXPECT_THAT(bodies[2], HasSubstr("&lt;script&gt;alert(1)"));
}

TEST_P(ActivityPages, ANarrativeIsNeverPublic) {
  auto made = world.plain();
  made.state = State::confirmed;
  made.result = Result{.version = 1,
                       .method = "",
                       .attendance = Count{5, 5},
                       .audience = {},
                       .cells = {},
                       .counted_by = {},
                       .reported_day = day("2018-10-19"),
                       .narrative = "КУПУЯ"};
  auto const id = world.add(made);
  EXPECT_THAT(world.get(activity, "", Language::ky, with_id(id)).body, Not(HasSubstr("КУПУЯ")));
  EXPECT_THAT(world.get(api_activity, "", Language::ky, with_id(id)).body, Not(HasSubstr("КУПУЯ")));
  for (auto const* name : {"agenda-ky.json", "agenda-ky.csv", "3w-ky.csv", "agenda-ky.geojson"})
    EXPECT_THAT(world.get(agenda_feed, "", Language::ky, file(name)).body, Not(HasSubstr("КУПУЯ")));
}

TEST_P(ActivityPages, ACorrectionMakesNobodyLate) {
  auto made = world.plain();
  made.state = State::confirmed;
  made.day = made.end_day = day("2018-09-20");
  made.result.emplace();
  made.result->attendance = Count{40, 40};
  made.result->reported_day = day("2018-09-21");
  auto const stored = world.find(world.add(made));
  auto const page = [&] { return world.get(activity, "", Language::en, with_id(stored.id)).body; };
  EXPECT_THAT(page(), Not(HasSubstr("Corrected on")));
  auto corrected = stored;
  corrected.result->attendance = Count{45, 45};
  corrected.result->reported_day = day("2018-10-18");
  world.replace(corrected, stored, "corrected");
  EXPECT_THAT(page(),
              ::testing::AllOf(HasSubstr("Reported on</dt><dd>21\u00a0September 2018<"), HasSubstr("Corrected on</dt><dd>18\u00a0October 2018<")));
  auto late = world.plain();
  late.state = State::reported;
  late.day = late.end_day = day("2018-09-20");
  late.result = corrected.result;
  auto const id = world.add(late);
  EXPECT_THAT(world.get(activity, "", Language::en, with_id(id)).body,
              HasSubstr("Reported on</dt><dd>18\u00a0October 2018 <span class=\"tag attention\">"));
}

TEST_P(ActivityPages, ASensitiveKindShowsOnlyItsTotal) {
  auto made = world.plain();
  made.kind = "outreach_meeting";
  made.sensitive = true;
  made.state = State::confirmed;
  made.result = Result{.version = 1,
                       .method = "",
                       .attendance = Count{777, 777},
                       .audience = {},
                       .cells = {{Sex::female, "adult", {771, 771}}, {Sex::male, "adult", {6, 6}}},
                       .counted_by = {},
                       .reported_day = day("2018-10-19"),
                       .narrative = {}};
  auto const id = world.add(made);
  std::vector<std::string> bodies{world.get(activity, "", Language::en, with_id(id)).body,
                                  world.get(api_activity, "", Language::en, with_id(id)).body};
  for (auto const* name : {"agenda-en.json", "agenda-en.csv", "3w-en.csv", "agenda-en.geojson"})
    bodies.push_back(world.get(agenda_feed, "", Language::en, file(name)).body);
  for (auto const& body : bodies) {
    EXPECT_THAT(body, HasSubstr("777"));
    EXPECT_THAT(body, Not(HasSubstr("771")));
  }
  EXPECT_THAT(bodies[0], HasSubstr("only the total is public"));
  EXPECT_THAT(bodies[1], HasSubstr("\"by_sex_and_age_withheld\":true"));
}

TEST_P(ActivityPages, CancelledAndMovedStayVisibleAsSuch) {
  auto cancelled = world.plain("Токтотулган");
  cancelled.state = State::cancelled;
  auto moved = world.plain("Жылдырылган");
  moved.moved_from_day = day("2018-10-22");
  auto const first = world.add(cancelled), second = world.add(moved);
  auto const list = world.get(agenda, "", Language::en).body;
  EXPECT_THAT(list, HasSubstr("class=\"row off\""));
  EXPECT_THAT(list, HasSubstr("Moved from 22\u00A0October"));
  EXPECT_THAT(world.get(activity, "", Language::en, with_id(first)).body, HasSubstr("This activity was cancelled"));
  EXPECT_THAT(world.get(activity, "", Language::en, with_id(second)).body, HasSubstr("The old date was 22\u00A0October 2018"));
}

TEST_P(ActivityPages, NobodyIsCalledToWhatWasCancelled) {
  auto cancelled = world.plain("Токтотулган");
  cancelled.state = State::cancelled;
  cancelled.entry = "open";
  auto planned = world.plain("Болот");
  planned.entry = "open";
  auto const id = world.add(cancelled), other = world.add(planned);
  auto const page = world.get(activity, "", Language::en, with_id(id)).body, main = page.substr(page.find("<main"));
  for (auto const* call : {"Open to all", "/poster\"", "Add to calendar"}) {
    EXPECT_THAT(main, Not(HasSubstr(call)));
    EXPECT_THAT(world.get(activity, "", Language::en, with_id(other)).body, HasSubstr(call));
  }
  EXPECT_THAT(main, HasSubstr("<a href=\"/en/activities?place=naryn\">Other activities of this region</a>"));
  EXPECT_LT(main.find("This activity was cancelled"), main.find("class=\"links")) << "before everything else there is to do";
  auto const sheet = world.get(poster, "", Language::ru, with_id(id)).body;
  EXPECT_LT(sheet.find("<p class=\"called-off\">Отменено</p>"), sheet.find("<h1>"));
  EXPECT_THAT(sheet, Not(HasSubstr("Вход свободный")));
}

TEST_P(ActivityPages, TheSheetOfARegionIsForThoseWhoMayStillCome) {
  auto past = world.plain("Мурунку");
  past.state = State::held;
  past.day = past.end_day = day("2018-09-20");
  world.add(past);
  world.add(world.plain("Кийинки"));
  auto const body = world.get(sheet, "place=naryn", Language::ru).body, main = body.substr(body.find("<main"));
  EXPECT_THAT(main, HasSubstr("Кийинки"));
  EXPECT_THAT(main, Not(HasSubstr("Мурунку")));
  EXPECT_THAT(main, HasSubstr("<b>1899</b>")) << "it hangs where no page is read";
  auto const asked = world.get(sheet, "place=naryn&from=2018-09-01", Language::en).body;
  EXPECT_THAT(asked, HasSubstr("Мурунку"));
  EXPECT_THAT(asked, Not(HasSubstr("Not reported"))) << "which reports are due is no matter of a wall";
  world.clock().set(parse_instant("2019-02-01T06:00:00Z").value());
  EXPECT_THAT(world.get(sheet, "place=naryn&edition=2018", Language::en).body, HasSubstr("Мурунку")) << "of a campaign that is over all are shown";
}

TEST_P(ActivityPages, LanguagesAndPlacesAreNamedInTheLanguageOfThePage) {
  auto made = world.plain();
  made.languages = "ky ru";
  made.place = world.place("alay");
  auto const id = world.add(made);
  EXPECT_THAT(world.get(activity, "", Language::ky, with_id(id)).body, HasSubstr("<dd>кыргызча, орусча</dd>"));
  auto const russian = world.get(activity, "", Language::ru, with_id(id)).body;
  EXPECT_THAT(russian, HasSubstr("<dd>кыргызский, русский</dd>"));
  EXPECT_THAT(russian, HasSubstr("Ош, Алайский\u00A0р\u2011н"));
}

TEST_P(ActivityPages, ADayOfAnotherYearIsWrittenWithItsYear) {
  world.clock().set(parse_instant("2019-01-05T06:00:00Z").value());
  world.add(world.plain());
  EXPECT_THAT(world.get(agenda, "edition=2018&from=2018-10-01", Language::ru).body,
              HasSubstr("<b>25</b>\u00A0октября 2018\u00A0г.,</time> <span class=\"soft\">четверг</span>"));
}

TEST(ActivityWarning, NamesNoStateByItsCode) {
  for (auto const* state : {"approved", "cancelled"})
    for (auto const language : {Language::ky, Language::ru, Language::en}) {
      auto const text = Say::in(language)(warning_text({"count_before_held", "counts", state}));
      EXPECT_THAT(text, Not(HasSubstr("approved"))) << text;
      EXPECT_THAT(text, Not(HasSubstr("("))) << text;
    }
}

TEST_P(ActivityPages, AMissingResultIsSaidAndCountsNobody) {
  auto late = world.plain();
  late.state = State::held;
  late.day = late.end_day = day("2018-09-20");
  auto const id = world.add(late);
  EXPECT_THAT(world.get(activity, "", Language::en, with_id(id)).body, HasSubstr("Nothing was reported about this activity"));
  EXPECT_THAT(world.get(agenda, "status=unreported", Language::en).body, HasSubstr("1 activity"));
  EXPECT_THAT(world.get(api_activity, "", Language::en, with_id(id)).body, HasSubstr("\"unreported\":true"));
}

TEST_P(ActivityPages, MonthsAndYearsStandUnderTheirOwnHeading) {
  auto month = world.plain("Айдын ичинде");
  month.precision = Precision::month;
  month.day = day("2018-10-01");
  month.end_day = day("2018-10-31");
  auto first = world.plain("Биринчи күнү");
  first.day = first.end_day = day("2018-10-01");
  world.add(first);
  world.add(month);
  auto const body = world.get(agenda, "from=2018-10-01", Language::en).body;
  EXPECT_THAT(body, HasSubstr("only the month is known"));
  EXPECT_LT(body.find("Айдын ичинде"), body.find("Биринчи күнү")) << "the month comes before its first day";
}

TEST_P(ActivityPages, AWholeCampaignOpensWithToday) {
  auto past = world.plain("Мурунку");
  past.day = past.end_day = day("2018-10-01");
  world.add(past);
  world.add(world.plain("Кийинки"));
  auto const body = world.get(agenda, "", Language::en).body;
  EXPECT_THAT(body, Not(HasSubstr("Мурунку")));
  EXPECT_THAT(body, HasSubstr("Кийинки"));
  EXPECT_THAT(body, HasSubstr("2 activities")) << "the number counts all of them";
  std::smatch earlier;
  ASSERT_TRUE(std::regex_search(body, earlier, std::regex("rel=\"prev\" href=\"[^\"?]*\\?([^\"]*)\"")));
  EXPECT_THAT(world.get(agenda, earlier[1].str(), Language::en).body, HasSubstr("Мурунку"));
}

TEST_P(ActivityPages, APosterCarriesTheAddressAsAQrCode) {
  auto const id = world.add(world.plain());
  auto const body = world.get(poster, "", Language::ru, with_id(id)).body;
  EXPECT_THAT(body, HasSubstr("https://birge.example/ru/activities/" + id_text(id)));
  EXPECT_THAT(body, HasSubstr("<svg role=\"img\""));
  EXPECT_THAT(body, HasSubstr("1899"));
}

class ActivityAgenda : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityAgenda, db::both_engines(), db::engine_name);

TEST_P(ActivityAgenda, TheNumberAtItsHeadIsItsRowsAndTheHiddenOnes) {
  auto& world = made_world(GetParam());
  for (std::string const query : {"from=2018-01-01", "kind=lecture", "place=naryn", "status=held", "topic=forced_labour", "place=national",
                                  "week=2018-10-01", "status=cancelled", "place=jalal-abad&only=region", "audience=students&status=counted"}) {
    SCOPED_TRACE(query);
    auto body = world.get(agenda, query, Language::en).body;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(body, found, std::regex("<p class=\"lead\">([0-9,]+) activit")));
    auto const told = std::stoi(found[1]);
    int hidden = 0;
    if (std::regex_search(body, found, std::regex("And ([0-9]+) activit"))) hidden = std::stoi(found[1]);
    int rows = rows_in(body);
    while (std::regex_search(body, found, std::regex("rel=\"next\" href=\"[^\"?]*\\?([^\"]*)\""))) {
      auto next = found[1].str();
      next = std::regex_replace(next, std::regex("&amp;"), "&");
      body = world.get(agenda, next, Language::en).body;
      ASSERT_GT(rows_in(body), 0);
      rows += rows_in(body);
    }
    EXPECT_EQ(rows + hidden, told);
  }
}

}  // namespace
}  // namespace birge::activity
