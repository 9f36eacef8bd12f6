#include "features/work/plan/plan_overtaken.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "features/activity/activity_testing.hpp"
#include "features/work/plan/plan_clash.hpp"
#include "features/work/result/result_form.hpp"

namespace birge::work {
namespace {

using activity::Count;
using activity::testing::day;
using activity::testing::World;
using ::testing::Contains;
using ::testing::IsEmpty;

class WorkForm : public ::testing::Test {
protected:
  World world{db::Engine::sqlite};

  Activity base() const {
    Activity activity;
    activity.edition = world.edition().id;
    activity.state = activity::State::draft;
    return activity;
  }
  /// A form that is right in everything.
  http::Parameters typed() const {
    auto activity = world.plain();
    activity.start_minutes = 840;
    activity.end_minutes = 960;
    activity.audiences = {"pupils"};
    activity.topics = {"safe_migration"};
    activity.expected = Count{150, 200};
    return typed_of(activity, world.facts(), Language::ky);
  }
  ReadForm read(http::Parameters const& form) { return read(form, base()); }
  ReadForm read(http::Parameters const& form, Activity const& onto) {
    return world.database().read([&](db::Reader& reader) {
      place::Matcher const places(*world.facts().places, reader);
      coalition::Matcher const organisations(reader);
      return read_form(form, onto, world.facts(), {places, organisations});
    });
  }
  std::vector<std::string> wrong(http::Parameters const& form) {
    std::vector<std::string> fields;
    for (auto const& fault : read(form).faults) fields.push_back(fault.field);
    return fields;
  }
};

TEST_F(WorkForm, TelephoneNumbersAndAddressesAreLookedAtBeforeTheyAreStored) {
  for (auto const* field : {"title", "summary", "venue", "village"}) {
    auto form = typed();
    form.set(field, "Лекция. Айгүл, 0555 123456");
    EXPECT_THAT(wrong(form), ::testing::ElementsAre(field, "seen_private")) << field;
    form.set("seen_private", "1");
    EXPECT_THAT(wrong(form), IsEmpty()) << "somebody looked at it";
  }
  auto form = typed();
  form.set("title", "Жазыңыз: lecture@example.kg");
  form.set("venue", "0555 123456");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("title", "seen_private", "venue")) << "the box is asked for once";
  auto contact = typed();
  contact.set("contact", "0555 123456");
  EXPECT_THAT(wrong(contact), IsEmpty()) << "this one is for everybody";
  auto stored = base();
  stored.texts[stored.original].title = "Лекция. Айгүл, 0555 123456";
  auto again = typed();
  again.set("title", "Лекция. Айгүл, 0555 123456");
  EXPECT_THAT(read(again, stored).faults, IsEmpty()) << "it was looked at when it was stored";
}

TEST_F(WorkForm, ADayMayBeWrittenAsPeopleWriteItAndAsTheFaultSays) {
  auto form = typed();
  form.set("day", "25.10.2018");
  form.set("end_day", "");
  EXPECT_EQ(read(form).activity.day, day("2018-10-25"));
  form.set("day", "октябрь");
  auto const faults = read(form).faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(Say::in(Language::ru)(faults.front().message), "Укажите день, например 25.10.2026.");
}

TEST_F(WorkForm, TextsOfAResultAreLookedAtToo) {
  auto activity = world.plain();
  http::Parameters form;
  form.set("total", "40");
  form.set("method", "head_count");
  form.set("narrative", "Айгүл, 0555 123456");
  auto const fields = [&] {
    std::vector<std::string> fields;
    for (auto const& fault : read_result(form, activity, world.facts(), activity.day).faults) fields.push_back(fault.field);
    return fields;
  };
  EXPECT_THAT(fields(), ::testing::ElementsAre("narrative", "seen_private"));
  form.set("seen_private", "1");
  EXPECT_THAT(fields(), IsEmpty());
}

TEST_F(WorkForm, SaysBesideEachFieldWhatIsWrongWithIt) {
  std::vector<std::pair<char const*, char const*>> const bad{{"kind", "party"},
                                                             {"title", "  "},
                                                             {"title", "Ли 12345678901234 тест"},
                                                             {"day", "2018-13-01"},
                                                             {"day", "2019-06-01"},
                                                             {"end_day", "2018-10-01"},
                                                             {"end_day", "2018-12-09"},
                                                             {"start", "25:00"},
                                                             {"end", "13:00"},
                                                             {"reach", "moon"},
                                                             {"place", "Атлантида"},
                                                             {"place", "Нарын"},
                                                             {"lead", "nobody at all"},
                                                             {"partners", "ОО «Жок уюм»"},
                                                             {"expected", "many"},
                                                             {"expected", "900000"},
                                                             {"weeks", "40"}};
  for (auto const& [field, value] : bad) {
    auto form = typed();
    form.set(field, value);
    EXPECT_THAT(wrong(form), Contains(field)) << field << " = " << value;
  }
}

TEST_F(WorkForm, WhatIsTypedComesBackTheSame) {
  auto const form = typed();
  auto const read_back = read(form);
  ASSERT_THAT(read_back.faults, IsEmpty());
  EXPECT_THAT(differences(form, typed_of(read_back.activity, world.facts(), Language::ky)), IsEmpty());
  EXPECT_EQ(read_back.activity.expected, (Count{150, 200}));
  EXPECT_EQ(read_back.activity.place, world.place("naryn"));
}

TEST_F(WorkForm, AMonthThatNobodyTouchedStaysAMonth) {
  for (auto const& [first, last, precision] :
       {std::tuple{"2018-12-01", "2018-12-31", activity::Precision::month}, std::tuple{"2018-01-01", "2018-12-31", activity::Precision::year}}) {
    auto stored = world.plain();
    stored.day = day(first);
    stored.end_day = day(last);
    stored.precision = precision;
    auto form = typed_of(stored, world.facts(), Language::ky);
    form.set("title", "Башка аталыш");
    auto const renamed = read(form, stored);
    EXPECT_THAT(renamed.faults, IsEmpty());
    EXPECT_EQ(renamed.activity.precision, precision);
    EXPECT_EQ(renamed.activity.end_day, day(last));
    form.set("day", "2018-11-05");
    form.set("end_day", "");
    EXPECT_EQ(read(form, stored).activity.precision, activity::Precision::day);
  }
}

TEST_F(WorkForm, APlaceOfSeveralMeaningsIsChosenFromAList) {
  auto form = typed();
  form.set("place", "Нарын");
  form.remove("place_choice");
  auto const several = read(form);
  ASSERT_GE(several.places.size(), 2U);
  form.set("place_for", "Нарын");
  form.set("place_choice", world.facts().places->find(several.places.back())->code);
  auto const chosen = read(form);
  EXPECT_THAT(chosen.faults, IsEmpty());
  EXPECT_EQ(chosen.activity.place, several.places.back());
  // A choice made for another text does not count.
  form.set("place", "Талас облусу");
  EXPECT_EQ(read(form).activity.place, world.place("talas"));
}

TEST_F(WorkForm, WhatIsNewGoesToNoPlaceThatWasAbolished) {
  world.load(place::with_days(place::kyrgyz_pack(), "dostuk-nooken", {}, day("2018-09-30")));
  std::string const abolished = "Достук айыл аймагы, Ноокен району";
  auto form = typed();
  form.remove("place_choice");
  form.set("place", abolished);
  auto const refused = read(form);
  ASSERT_EQ(refused.faults.size(), 1U);
  EXPECT_EQ(refused.faults.front().field, "place");
  EXPECT_EQ(refused.faults.front().message, message("“{}” was a place until {}. Choose the place it belongs to now.", abolished, day("2018-09-30")));
  EXPECT_EQ(refused.places, std::vector{world.place("dostuk-naryn-rayon")});
  form.set("place_for", abolished);
  form.set("place_choice", "dostuk-nooken");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("place")) << "chosen from a list of before";
  form.remove("place_choice");
  form.set("day", "2018-09-30");
  EXPECT_EQ(read(form).activity.place, world.place("dostuk-nooken"));
  form.set("weeks", "1");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("place")) << "the repetition would be after it";
  form.set("weeks", "");
  form.set("reach", "several");
  form.set("place", abolished + "; Талас облусу");
  EXPECT_THAT(wrong(form), IsEmpty());
  form.set("day", "2018-10-01");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("place"));
}

TEST_F(WorkForm, ANameMeansThePlaceThatHasItOnTheDay) {
  world.load(place::with_days(place::kyrgyz_pack(), "dostuk-nooken", {}, day("2018-09-30")));
  auto form = typed();
  form.remove("place_choice");
  form.set("place", "Достук");
  EXPECT_EQ(read(form).activity.place, world.place("dostuk-naryn-rayon"));
  form.set("day", "2018-09-30");
  EXPECT_EQ(read(form).places.size(), 2U) << "both had it then";
}

TEST_F(WorkForm, WhatIsStoredInAPlaceThatWasAbolishedMayBeEditedThere) {
  world.load(place::with_days(place::kyrgyz_pack(), "dostuk-nooken", {}, day("2018-09-30")));
  auto stored = world.plain();
  stored.place = world.place("dostuk-nooken");
  auto form = typed_of(stored, world.facts(), Language::ky);
  form.set("title", "Башка аталыш");
  for (auto const* place : {"Достук айыл аймагы, Ноокен району, Жалал-Абад облусу", "Достук"}) {
    form.set("place", place);
    auto const edited = read(form, stored);
    EXPECT_THAT(edited.faults, IsEmpty()) << place;
    EXPECT_EQ(edited.activity.place, stored.place) << place;
  }
  stored.day = stored.end_day = day("2018-09-20");
  auto moved = typed_of(stored, world.facts(), Language::ky);
  moved.set("day", "2018-10-25");
  auto const refused = read(moved, stored);
  ASSERT_EQ(refused.faults.size(), 1U) << "it was moved to a day on which there is no such place";
  EXPECT_EQ(refused.faults.front().field, "place");
}

TEST_F(WorkForm, AnOrganisationIsOfferedByTheBeginningOfItsNameAndChosen) {
  auto const& slugs = world.facts().organisation_slugs;
  auto const hall = slugs.at("osh-city-hall"), government = slugs.at("government");
  auto form = typed();
  form.set("lead", "Ош мэр");
  form.set("partners", "Ош мэр; Өкмөт");
  auto const unknown = read(form);
  ASSERT_EQ(unknown.organisations.size(), 2U);
  EXPECT_EQ(unknown.organisations[0].field, "lead");
  EXPECT_EQ(unknown.organisations[1].field, "partners");
  EXPECT_THAT(unknown.organisations[1].candidates, Contains(hall));
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("lead", "partners"));
  form.set(choice_field("lead"), choice_of(world.facts(), hall, "Ош мэр"));
  form.set(choice_field("partners"), choice_of(world.facts(), hall, "Ош мэр"));
  auto const chosen = read(form);
  EXPECT_THAT(chosen.faults, IsEmpty());
  EXPECT_EQ(chosen.activity.lead, hall);
  EXPECT_EQ(chosen.activity.partners, (std::vector{hall, government}));
  // A choice made for another text does not count.
  form.set("lead", "Ош мэрия");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("lead"));
}

TEST_F(WorkForm, NothingButItsOwnFieldsIsRead) {
  auto form = typed();
  for (auto const* name : {"state", "version", "id", "edition", "due_day", "sensitive"}) form.set(name, "confirmed");
  auto const stored = base();
  auto const result = read(form, stored).activity;
  EXPECT_EQ(result.state, activity::State::draft);
  EXPECT_EQ(result.edition, stored.edition);
  EXPECT_EQ(result.version, stored.version);
}

TEST_F(WorkForm, AProposalLacksWhatADraftMayLack) {
  std::vector<std::string> fields;
  for (auto const& fault : missing_for_proposal(base())) fields.push_back(fault.field);
  EXPECT_THAT(fields, ::testing::ElementsAre("place", "start", "audience", "expected"));
  EXPECT_THAT(missing_for_proposal(read(typed()).activity), IsEmpty());
}

TEST_F(WorkForm, ACopyHasNoDayAndNoResult) {
  auto activity = world.plain();
  activity.result = activity::Result{};
  activity.external_id = "17";
  auto const copy = copy_of(activity);
  EXPECT_EQ(copy.day, Day{});
  EXPECT_FALSE(copy.result);
  EXPECT_FALSE(copy.external_id);
  EXPECT_EQ(copy.kind, activity.kind);
}

TEST(WorkCounts, AreReadAsANumberOrARange) {
  EXPECT_EQ(count_of("150"), (Count{150, 150}));
  EXPECT_EQ(count_of("1 200"), (Count{1200, 1200}));
  EXPECT_EQ(count_of("150-200"), (Count{150, 200}));
  EXPECT_EQ(count_of("150–200"), (Count{150, 200}));
  for (auto const* bad : {"", "-5", "200-150", "many", "12.5", "99999999999999999999"}) EXPECT_FALSE(count_of(bad)) << bad;
}

TEST_F(WorkForm, TotalsThatDoNotAddUpAreShownAndSavedOnlyWhenSaidSo) {
  http::Parameters form;
  form.set("n-female-14_17", "20");
  form.set("n-male-14_17", "15");
  form.set("total", "40");
  form.set("method", "head_count");
  auto const activity = world.plain();
  auto const refused = read_result(form, activity, world.facts(), world.today());
  ASSERT_EQ(refused.faults.size(), 1U);
  EXPECT_EQ(refused.faults[0].field, "total");
  EXPECT_TRUE(refused.differs);
  form.set("differs", "yes");
  auto const saved = read_result(form, activity, world.facts(), world.today());
  EXPECT_THAT(saved.faults, IsEmpty());
  EXPECT_TRUE(saved.words.sum_differs);
  EXPECT_EQ(saved.result.attendance, (Count{40, 40})) << "the total stays what was said";
  EXPECT_EQ(saved.cells, (Count{35, 35}));
  // And when it adds up, saying otherwise changes nothing.
  form.set("total", "35");
  EXPECT_FALSE(read_result(form, activity, world.facts(), world.today()).words.sum_differs);
}

TEST_F(WorkForm, AResultNeedsANumberAndAWayOfCounting) {
  auto const activity = world.plain();
  std::vector<std::string> fields;
  for (auto const& fault : read_result({}, activity, world.facts(), world.today()).faults) fields.push_back(fault.field);
  EXPECT_THAT(fields, ::testing::ElementsAre("total", "method"));
  http::Parameters form;
  form.set("n-female-14_17", "7");
  form.set("method", "sign_in_sheet");
  form.set("question1", "Чет өлкөгө кантип коопсуз барабыз?");
  form.set("question_topic1", "safe_migration");
  form.set("n-robot-14_17", "5");
  auto const result = read_result(form, activity, world.facts(), world.today());
  EXPECT_THAT(result.faults, IsEmpty());
  EXPECT_EQ(result.result.attendance, (Count{7, 7})) << "no total: the sum";
  EXPECT_EQ(result.words.questions, (std::vector<Question>{{"safe_migration", "Чет өлкөгө кантип коопсуз барабыз?"}}));
  form.set("question1", "Анын номери 12345678901234");
  EXPECT_FALSE(read_result(form, activity, world.facts(), world.today()).faults.empty());
}

TEST_F(WorkForm, ACellOfAResultIsLimitedAsItsTotalIs) {
  auto const activity = world.plain();
  auto const most = world.edition().count_limit;
  auto const wrong = [&](std::vector<std::pair<std::string, std::string>> const& counts) {
    http::Parameters form;
    form.set("method", "head_count");
    for (auto const& [field, value] : counts) form.set(field, value);
    std::vector<std::string> fields;
    for (auto const& fault : read_result(form, activity, world.facts(), world.today()).faults) fields.push_back(fault.field);
    return fields;
  };
  ASSERT_GT(most, 0);
  EXPECT_THAT(wrong({{"n-female-14_17", std::to_string(most)}}), IsEmpty());
  EXPECT_THAT(wrong({{"n-female-14_17", std::to_string(most + 1)}}), Contains("n-female-14_17"));
  EXPECT_THAT(wrong({{"n-female-14_17", std::to_string(most)}, {"n-male-14_17", "1"}}), Contains("total")) << "their sum is limited too";
  EXPECT_THAT(wrong({{"n-female-14_17", "9223372036854775807"}, {"n-male-14_17", "9223372036854775807"}}), Contains("n-male-14_17"));
  EXPECT_EQ(largest_count(0), 999'999'999) << "a country without a limit still has one";
  auto const audience = world.edition().audience_limit;
  EXPECT_THAT(wrong({{"audience", std::to_string(audience)}}), IsEmpty()) << "a broadcast needs no heads";
  EXPECT_THAT(wrong({{"audience", std::to_string(audience + 1)}}), Contains("audience"));
}

TEST_F(WorkForm, ABroadcastFarAboveWhatWasExpectedIsUnlikely) {
  auto activity = world.plain();
  activity.expected = Count{5000, 5000};
  activity.result = activity::Result{};
  activity.result->audience = Count{40000, 40000};
  EXPECT_THAT(unlikely(activity, {}), IsEmpty()) << "round numbers are what there is of listeners";
  activity.result->audience = Count{500000, 500000};
  EXPECT_THAT(unlikely(activity, {}),
              Contains(message("Far more than expected: {} listeners, viewers or readers, {} were expected.", "500000", "5000")));
}

TEST_F(WorkForm, AKindThatBecameSensitiveIsForTheCoalitionUnlessSomebodyChose) {
  http::Parameters form;
  form.set("kind_before", "lecture");
  form.set("visibility_before", "public");
  form.set("visibility", "public");
  form.set("kind", "legal_consultation");
  ASSERT_TRUE(world.facts().codes.find("kind", "legal_consultation")->sensitive);
  EXPECT_EQ(with_care(form, world.facts()).get("visibility"), "coalition");
  form.set("kind", "round_table");
  EXPECT_EQ(with_care(form, world.facts()).get("visibility"), "public");
  form.set("kind", "legal_consultation");
  form.set("kind_before", "legal_consultation");
  form.set("visibility_before", "coalition");
  EXPECT_EQ(with_care(form, world.facts()).get("visibility"), "public") << "it was chosen";
}

TEST_F(WorkForm, EveryKindBringsItsDefaults) {
  auto const of = [&](char const* kind) { return defaults_of(kind, world.facts(), Language::ky); };
  EXPECT_EQ(of("lecture").entry, "open");
  EXPECT_TRUE(of("lecture").is_public);
  EXPECT_EQ(of("round_table").entry, "invitation");
  EXPECT_FALSE(of("legal_consultation").is_public);
  EXPECT_EQ(of("lecture").topics, std::vector<std::string>{"trafficking"});
  EXPECT_EQ(of("lecture").languages, "ky");
  for (auto const& kind : world.facts().codes.list("kind"))
    EXPECT_EQ(of(kind.code.c_str()).reach == activity::Reach::national, kind.broadcast) << kind.code;
}

TEST_F(WorkForm, RepeatingItBeyondTheEndOfTheCampaignIsRefusedNotDropped) {
  auto form = typed();
  form.set("day", world.edition().closing_until.plus(-15).iso());
  form.set("weeks", "2");
  EXPECT_THAT(wrong(form), IsEmpty());
  form.set("weeks", "3");
  EXPECT_THAT(wrong(form), ::testing::ElementsAre("weeks"));
}

TEST_F(WorkForm, UnlikelyResultsSayWhy) {
  auto activity = world.plain();
  activity.expected = Count{30, 40};
  activity.result = activity::Result{};
  activity.result->attendance = Count{43, 43};
  EXPECT_THAT(unlikely(activity, {}), IsEmpty());
  activity.result->attendance = Count{403, 403};
  EXPECT_THAT(unlikely(activity, {}), Contains(message("Far more than expected: {} came, {} were expected.", "403", "30–40")));
  activity.result->attendance = Count{100, 100};
  EXPECT_THAT(unlikely(activity, {}), Contains(message("Round numbers only.")));
  auto before = activity;
  before.id = activity::ActivityId{5};
  before.day = activity.day.plus(-7);
  EXPECT_THAT(unlikely(activity, {before}), Contains(message("The same numbers as on {}.", before.day)));
  before.lead = world.organisation(3);
  EXPECT_THAT(unlikely(activity, {before}), ::testing::Not(Contains(message("The same numbers as on {}.", before.day))));
  activity.result->cells = {{activity::Sex::male, "14_17", {90, 90}}};
  EXPECT_THAT(unlikely(activity, {}), Contains(message("The counts by sex and age add up to {}, the total says {}.", "90", "100")));
}

TEST_F(WorkForm, ClashesAreSeenBeforeAPlanIsProposed) {
  auto plan = world.plain();
  plan.id = activity::ActivityId{1};
  auto const district = world.facts().places->children(world.place("naryn")).front()->id;
  plan.place = district;
  plan.start_minutes = 600;
  plan.audiences = {"pupils"};
  plan.texts["ky"].venue = "№ 2 мектеп";
  auto other = plan;
  other.id = activity::ActivityId{2};
  other.lead = world.organisation(4);
  auto const found = [&](Activity const& against) { return clashes(plan, {against}, {}, world.facts()); };
  auto const says = [&](Activity const& against, char const* text) {
    auto const list = found(against);
    return std::any_of(list.begin(), list.end(), [&](Clash const& clash) { return clash.what.text == text; });
  };
  EXPECT_TRUE(says(other, "In the same venue at the same hour."));
  other.start_minutes = 900;
  EXPECT_FALSE(says(other, "In the same venue at the same hour."));
  // Nobody says where in the district: the two may be far from each other.
  EXPECT_TRUE(says(other, "In the same district within three days."));
  EXPECT_FALSE(says(other, "In the same community within three days."));
  plan.village = other.village = "Кочкор";
  EXPECT_TRUE(says(other, "In the same community within three days."));
  plan.village.clear();
  other.village.clear();
  other.day = other.end_day = plan.day.plus(4);
  EXPECT_THAT(found(other), IsEmpty());
  other.day = other.end_day = plan.day.plus(3);
  other.village = "Кара-Суу";
  EXPECT_TRUE(says(other, "For the same people in the same district within three days."));
  other.audiences = {"parents"};
  EXPECT_THAT(found(other), IsEmpty());
  other = plan;
  other.id = activity::ActivityId{2};
  other.place = world.place("talas");
  EXPECT_TRUE(says(other, "An organisation takes part in both at the same time."));
  other.start_minutes = 900;
  EXPECT_THAT(found(other), IsEmpty());
  EXPECT_EQ(clashes(plan, {}, {{plan.day, plan.day, "holiday", "Майрам"}}, world.facts()).size(), 1U);
  EXPECT_EQ(clashes(plan, {}, {{plan.day.plus(-3), plan.day, "exam", "Экзамендер"}}, world.facts()).size(), 1U);
  EXPECT_TRUE(clashes(plan, {}, {{plan.day.plus(1), plan.day.plus(9), "exam", "Экзамендер"}}, world.facts()).empty());
}

}  // namespace
}  // namespace birge::work
