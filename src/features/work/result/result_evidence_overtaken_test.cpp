#include "features/work/result/result_evidence_testing.hpp"

/// Two people who change the same piece of evidence.
namespace birge::work {
namespace {

using evidence::Kind;
using testing::Fields;
using ::testing::HasSubstr;
using ::testing::Not;

class EvidenceOvertaken : public testing::EvidenceTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, EvidenceOvertaken, db::both_engines(), db::engine_name);

TEST_P(EvidenceOvertaken, ThatSomebodyElseChangedIsNotOverwritten) {
  auto const id = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg(), {{"caption", "Эски"}});
  auto const item = items(id).at(0).id;
  EXPECT_EQ(ask(world.colleague, change_evidence, id, {{"do", "describe"}, {"version", "1"}, {"caption", "Жаңы"}, {"on", "nobody"}}, item).status,
            Status::see_other);
  auto const reply = ask(world.focal, change_evidence, id, {{"do", "describe"}, {"version", "1"}, {"caption", "Меники"}}, item);
  EXPECT_EQ(reply.status, Status::conflict);
  EXPECT_THAT(reply.body, HasSubstr("Меники"));
  EXPECT_EQ(items(id).at(0).caption, "Жаңы");
  EXPECT_THAT(audited("evidence_described").at(0), Not(HasSubstr("Жаңы")));
}

TEST_P(EvidenceOvertaken, AConsentTakenBackMeanwhileIsNotTickedAgainAndBothVersionsAreShown) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg(), consents()).status, Status::see_other);
  auto const item = items(id).at(0).id;
  ASSERT_EQ(ask(world.colleague, change_evidence, id, {{"do", "withdraw"}, {"version", "1"}}, item).status, Status::see_other);
  auto const describe = [&](Fields form) {
    form.emplace_back("do", "describe");
    return ask(world.focal, change_evidence, id, std::move(form), item);
  };
  Fields const opened_before{{"version", "1"},     {"caption", "Жаңы сөз"}, {"on", "both"},
                             {"agreed", "people"}, {"agreed", "guardians"}, {"publish", "yes"}};
  auto const reply = describe(opened_before);
  EXPECT_EQ(reply.status, Status::conflict);
  auto const table =
      reply.body.substr(reply.body.find("<table class=\"stack\">"), reply.body.find("</table>") - reply.body.find("<table class=\"stack\">"));
  for (auto const* shown : {"Жаңы сөз", "Оюн", "The people on it, The parents or guardians of the children", "Nobody agreed to it",
                            "Ask to publish it on the page of the activity", "Not asked for"})
    EXPECT_THAT(table, HasSubstr(shown));
  EXPECT_THAT(table, Not(HasSubstr("Grown-ups"))) << "who can be recognised is the same in both";
  EXPECT_THAT(reply.body, HasSubstr("what is not stored now is not ticked there"));
  EXPECT_THAT(reply.body, HasSubstr("value=\"Жаңы сөз\""));
  auto const ticked = [&](std::string const& name, std::string const& value) {
    auto const box = reply.body.find("name=\"" + name + "\" value=\"" + value + "\"");
    return box != std::string::npos && reply.body.substr(box, reply.body.find('>', box) - box).find("checked") != std::string::npos;
  };
  EXPECT_TRUE(ticked("on", "both"));
  EXPECT_FALSE(ticked("agreed", "people") || ticked("agreed", "guardians") || ticked("publish", "yes"));
  EXPECT_FALSE(items(id).at(0).consent || items(id).at(0).guardians || items(id).at(0).wanted);
  // A fault of the same form does not take it past the change of somebody else.
  auto with_number = opened_before;
  with_number[1].second = "12345678901234";
  EXPECT_EQ(describe(with_number).status, Status::conflict);
  EXPECT_EQ(describe({{"version", "2"}, {"caption", "Жаңы сөз"}, {"on", "both"}}).status, Status::see_other) << "saving again";
  auto const stored = items(id).at(0);
  EXPECT_EQ(stored.caption, "Жаңы сөз");
  EXPECT_FALSE(stored.consent || stored.guardians || stored.wanted);
  EXPECT_EQ(describe({{"version", "2"}, {"caption", "Жаңы сөз"}, {"on", "both"}}).status, Status::see_other) << "the same once more changes nothing";
  EXPECT_EQ(items(id).at(0).version, stored.version);
}

TEST_P(EvidenceOvertaken, OfAFormThatSomebodyOvertookWhoCanBeRecognisedStandsInBothVersionsInWords) {
  auto const id = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg(), {{"caption", "Оюн"}});
  auto const item = items(id).at(0).id;
  ASSERT_EQ(ask(world.colleague, change_evidence, id, {{"do", "describe"}, {"version", "1"}, {"caption", "Оюн"}, {"on", "minors"}}, item).status,
            Status::see_other);
  auto const reply = ask(world.focal, change_evidence, id, {{"do", "describe"}, {"version", "1"}, {"caption", "Оюн"}, {"on", "nobody"}}, item);
  EXPECT_EQ(reply.status, Status::conflict);
  EXPECT_THAT(reply.body, HasSubstr("<td data-label=\"You typed\">Nobody</td><td data-label=\"Stored now\">Children under 18</td>"));
  EXPECT_THAT(reply.body, HasSubstr("Below is still what you typed. Take over"));
}

}  // namespace
}  // namespace birge::work
