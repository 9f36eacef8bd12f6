#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/audit/audit.hpp"
#include "features/evidence/evidence.hpp"
#include "features/trust/trust_pages.hpp"
#include "features/trust/trust_words.hpp"
#include "features/work/work_testing.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::trust {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class TrustPages : public ::testing::TestWithParam<db::Engine> {
protected:
  std::string page(account::Person const& person, std::string const& query = {}, Language language = Language::en) {
    auto const path = "/work/log" + (query.empty() ? "" : "?" + query);
    return world.ask_as(person, world.message_to(http::Method::get, path), log_page, {}, {}, language).body;
  }
  void note(account::Person const& who, std::int64_t object, int count = 1) {
    world.database().write([&](db::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        audit::Entry entry(audit::Who::person(who.id, world.organisation(0)), "corrected", {"activity", object}, world.clock().now());
        audit::record(tx, entry.changed("attendance", 40, 41 + i).text_changed("narrative"));
      }
    });
  }
  work::testing::WorkWorld world{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, TrustPages, db::both_engines(), db::engine_name);

}  // namespace

TEST_P(TrustPages, AreRefusedToWhoMayNotReadTheLogOfTheWholeCountry) {
  for (auto const* person : {&world.focal, &world.regional, &world.observer}) EXPECT_THROW(page(*person), Problem);
}

TEST_P(TrustPages, SayInAnEmptyLogThatThereIsNothing) { EXPECT_THAT(page(world.national), HasSubstr("There is no entry")); }

TEST_P(TrustPages, TellWhoDidWhatAndOfTextsOnlyThatTheyChanged) {
  note(world.focal, 33);
  auto const text = page(world.national);
  EXPECT_THAT(text, HasSubstr("Айгүл"));
  EXPECT_THAT(text, HasSubstr("corrected"));
  EXPECT_THAT(text, HasSubstr("attendances: 40 became 41"));
  EXPECT_THAT(text, HasSubstr("narrative: the text was changed"));
}

TEST_P(TrustPages, CallPlacesAndOrganisationsByTheirNames) {
  world.database().write([&](db::Tx& tx) {
    audit::Entry entry(audit::Who::system(), "moved", {"activity", 33}, world.clock().now());
    audit::record(tx, entry.changed("place", world.place("naryn"), world.place("talas")));
  });
  EXPECT_THAT(page(world.national), HasSubstr("Naryn oblast became Talas oblast"));
}

TEST_P(TrustPages, SayCodesInWordsAndNamesInsteadOfIds) {
  auto const id = world.confirmed(40);
  auto secret = world.draft();
  secret.texts["ky"].title = "Жашыруун каралама";
  auto const draft = world.create_draft(world.focal, secret);
  world.database().write([&](db::Tx& tx) {
    audit::Entry taken(audit::Who::person(world.regional.id, world.organisation(0)), "role_taken", {"account", world.regional.id},
                       world.clock().now());
    audit::record(tx, taken.with("role", audit::Value::pack_code("regional_coordinator")));
    audit::Entry sheet(audit::Who::system(), "sheet_answered", {"activity", id}, world.clock().now());
    audit::record(tx, sheet.with("evidence", audit::Value::id(world.ids().next())).with("sheet", audit::Value::pack_code("kept")));
    audit::Entry kind(audit::Who::system(), "evidence_added", {"activity", id}, world.clock().now());
    audit::record(tx, kind.with("kind", audit::Value::pack_code("order")));
  });
  auto const& say = Say::in(Language::ru);
  auto const text = page(world.national, {}, Language::ru);
  EXPECT_THAT(text, HasSubstr(world.find(id).texts.at("ky").title));
  EXPECT_THAT(text, HasSubstr(say(work::state_name(activity::State::approved)) + " → " + say(work::state_name(activity::State::reported))));
  EXPECT_THAT(text, HasSubstr(field_words(say, "role") + ": " + say(account::role_name(account::Role::regional_coordinator))));
  EXPECT_THAT(text, HasSubstr(object_words(say, "account") + ": Данияр"));
  EXPECT_THAT(text, HasSubstr(field_words(say, "kind") + ": " + say(evidence::name(evidence::Kind::order))));
  EXPECT_THAT(text, HasSubstr("№ 1<"));
  for (auto const* bad : {"regional coordinator", "kept", "reported", "#", "Жашыруун"})
    EXPECT_THAT(text.substr(text.find("<tbody>")), Not(HasSubstr(std::string(">") + bad))) << bad;
  EXPECT_THAT(text.substr(text.find("<tbody>")), Not(HasSubstr(": #")));
  EXPECT_THAT(text, Not(HasSubstr(" " + id_text(draft) + "<")));
}

TEST_P(TrustPages, TellWhoStandsInForWhomInTheLanguageOfTheReader) {
  auto const day = Day::parse("2018-11-01").value();
  world.database().write([&](db::Tx& tx) {
    work::Scene const scene{world.ids(), world.facts(), world.regional, world.clock().now()};
    work::add_stand_in(tx, scene, {0, world.regional.id, world.second.id, "deputy", day, day.plus(7)});
    auto const id = tx.one<std::int64_t>("select id from stand_in");
    work::end_stand_in(tx, scene, world.regional.id, id, day.plus(2));
  });
  for (auto const language : {Language::ky, Language::ru}) {
    auto const& say = Say::in(language);
    auto const text = page(world.national, {}, language);
    auto const who = field_words(say, "substitute") + ": Жамиля";
    EXPECT_THAT(text, HasSubstr(who));
    EXPECT_NE(text.find(who, text.find(who) + 1), std::string::npos) << "named and ended";
    EXPECT_THAT(text, HasSubstr(field_words(say, "from") + ": " + say.short_date(day)));
    for (auto const* english : {"until:", "from:", "stand in", "deputy"}) EXPECT_THAT(text.substr(text.find("<tbody>")), Not(HasSubstr(english)));
  }
}

TEST_P(TrustPages, AreFilteredByEveryKindOfObject) {
  auto const text = page(world.national, "object=saved_view");
  EXPECT_THAT(text, HasSubstr("<option value=\"saved_view\" selected"));
}

TEST_P(TrustPages, TellWhoLooksAfterTheSystemWhatWasGivenUpAndTryItAgain) {
  auto const administrator = world.person("Админ", {{account::Role::administrator, {}, {}, {}}});
  http::Message message;
  message.path = message.target = "/work/system";
  auto const system = [&] { return world.ask_as(administrator, message, system_page, {}, {}, Language::en).body; };
  EXPECT_THAT(system(), AllOf(HasSubstr("No job is late or was given up."), HasSubstr("No relay is set")));
  auto const now = world.clock().now();
  auto const id = world.database().write([&](db::Tx& tx) {
    auto const job = jobs::enqueue(tx, world.ids(), "thumbnail", "", now, now);
    tx.run("update job set state = 'dead', failure = 'the disk is full' where id = $1", job);
    return job;
  });
  EXPECT_THAT(system(), AllOf(HasSubstr("thumbnail"), HasSubstr("the disk is full"), Not(HasSubstr("No job is late"))));
  http::Parameters form;
  form.set("job", id_text(id));
  message.method = http::Method::post;
  EXPECT_EQ(world.ask_as(administrator, message, try_job_again, form, {}, Language::en).status, http::Status::see_other);
  EXPECT_THROW(world.ask_as(administrator, message, try_job_again, form, {}, Language::en), Problem) << "it is no dead letter any more";
  EXPECT_THAT(page(world.national), HasSubstr("job tried again"));
  message.method = http::Method::get;
  EXPECT_THAT(system(), AllOf(HasSubstr("1 job waits."), Not(HasSubstr("the disk is full"))));
}

TEST_P(TrustPages, NameImportsInvitationsAndRequestsToThoseWhoMayOpenThem) {
  auto const now = world.clock().now();
  world.database().write([&](db::Tx& tx) {
    tx.run(
        "insert into joining_request (id, state, kind, name, language, about, website, region, regions, contact_name, contact, created, reason, version)"
        " values (71, 'waiting', 'csso', 'Жаңы уюм', 'ky', '', '', null, '', 'Айзада', '0555', $1, '', 1)",
        now);
    tx.run(
        "insert into village_invitation (id, edition, reference, once, state, language, place, region, village, kind, wish, month, audience, contact_name,"
        " contact, reason, created, changed, version) values (72, $1, 'Ч-417', 'x', 'waiting', 'ky', $2, $2, '', '', '', '', '', 'Айзада', '0555', '', $3,"
        " $3, 1)",
        world.edition().id, world.place("naryn"), now);
    tx.run(
        "insert into import_run (id, person, edition, language, state, pasted, workbook, bytes, step, partial, progress, rows_read, added, updated,"
        " unchanged, skipped, blocked, private_rows, failure, refused, created, untouched) values (73, $1, $2, 'ky', 'put_away', 0, 1, 9, 1, 0, 0, 0, 0, 0, 0,"
        " 0, 0, 0, '', 0, $3, 0)",
        world.national.id, world.edition().id, now);
    for (auto const& object : {audit::Object("joining_request", 71), audit::Object("village_invitation", 72), audit::Object("import", 73)})
      audit::record(tx, audit::Entry(audit::Who::system(), "changed", object, now));
  });
  auto const text = page(world.national);
  EXPECT_THAT(text, HasSubstr("Жаңы уюм"));
  EXPECT_THAT(text, HasSubstr("Naryn oblast, Ч-417"));
  EXPECT_THAT(text, HasSubstr("/en/joining/" + id_text(71)));
  EXPECT_THAT(text, HasSubstr("/en/work/invitations/" + id_text(72)));
  EXPECT_THAT(text, HasSubstr("/en/work/import/" + id_text(73)));
  EXPECT_THAT(text, Not(HasSubstr("Айзада")));
  auto const another = world.person("Асел", {{account::Role::national_coordinator, {}, {}, {}}});
  EXPECT_THAT(page(another), Not(HasSubstr("/en/work/import/" + id_text(73)))) << "what was never stored is opened by its owner only";
  auto const administrator = world.person("Админ", {{account::Role::administrator, {}, {}, {}}});
  auto const less = page(administrator);
  EXPECT_THAT(less, HasSubstr("joining request"));
  for (auto const* what : {"Жаңы уюм", "Ч-417", "/en/joining/", "/en/work/invitations/", "/en/work/import/"}) EXPECT_THAT(less, Not(HasSubstr(what)));
}

TEST_P(TrustPages, NameSomebodyWhoLeftNoMore) {
  note(world.focal, 33);
  world.database().write([&](db::Tx& tx) { tx.run("update account set name = '' where id = $1", world.focal.id); });
  world.end_roles(world.focal);
  EXPECT_THAT(page(world.national), Not(HasSubstr("Айгүл")));
}

TEST_P(TrustPages, ShowOneObjectOrPersonWhenAsked) {
  note(world.focal, 33);
  note(world.regional, 34);
  EXPECT_THAT(page(world.national, "object=activity&id=" + id_text(33)), Not(HasSubstr("Данияр")));
  EXPECT_THAT(page(world.national, "person=" + id_text(world.regional.id)), Not(HasSubstr("Айгүл")));
  EXPECT_THAT(page(world.national, "action=approved"), HasSubstr("There is no entry"));
  EXPECT_THAT(page(world.national, "until=2018-10-19"), HasSubstr("There is no entry"));
  EXPECT_THAT(page(world.national, "from=2018-10-20&until=2018-10-20"), HasSubstr("Айгүл"));
}

TEST_P(TrustPages, TellWhatInTheAddressCannotBeRead) {
  auto const text = page(world.national, "from=yesterday&id=%3Cscript%3E&before=x");
  EXPECT_THAT(text, HasSubstr("is not a date"));
  EXPECT_THAT(text, HasSubstr("is no id"));
  EXPECT_THAT(text, HasSubstr("is no number of an entry"));
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
}

TEST_P(TrustPages, TellThatANumberWithMoreBehindItIsNone) {
  EXPECT_THAT(page(world.national, "before=11x"), HasSubstr("“11x” is no number of an entry."));
}

TEST_P(TrustPages, GoOnWithOlderEntriesInTheSameFilter) {
  note(world.focal, 33, 60);
  auto const first = page(world.national, "object=activity");
  EXPECT_THAT(first, HasSubstr("40 became 100"));
  EXPECT_THAT(first, Not(HasSubstr("40 became 50<")));
  EXPECT_THAT(first, HasSubstr("/en/work/log?object=activity&amp;before=11"));
  auto const second = page(world.national, "object=activity&before=11");
  EXPECT_THAT(second, HasSubstr("40 became 50"));
  EXPECT_THAT(second, Not(HasSubstr("before=1\"")));
}

}  // namespace birge::trust
