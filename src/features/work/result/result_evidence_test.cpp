#include "features/work/result/result_evidence_testing.hpp"

#include "features/evidence/evidence_jobs.hpp"

namespace birge::work {
namespace {

using evidence::Item;
using evidence::Kind;
using testing::Fields;
using ::testing::HasSubstr;
using ::testing::Not;

class WorkEvidence : public testing::EvidenceTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkEvidence, db::both_engines(), db::engine_name);

TEST_P(WorkEvidence, OfWhatIsNoPictureIsRefusedInOneSentence) {
  auto const id = reported();
  std::pair<std::string, char const*> const wrong[] = {
      {"", "This file is empty"},
      {"<!doctype html><script>alert(1)</script>", "This is no picture"},
      {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "This is no picture"},
      {files::testing::talkative_pdf(), "This is no picture"},
      {files::testing::jpeg().substr(0, 300), "damaged or incomplete"},
      {files::testing::blank_png(30000, 30000), "too many pixels"},
      {files::testing::jpeg() + std::string(evidence::most_picture_bytes, 'x'), "too large"},
  };
  for (auto const& [content, sentence] : wrong) {
    auto const reply = add(world.focal, id, Kind::picture, content, {{"caption", "Оюн күнү"}});
    EXPECT_EQ(reply.status, Status::unprocessable) << sentence;
    EXPECT_THAT(reply.body, HasSubstr(sentence));
    EXPECT_THAT(reply.body, HasSubstr("Оюн күнү")) << "what was typed stays";
  }
  EXPECT_EQ(ask(world.focal, add_evidence, id, {{"kind", "picture"}, {"post", "x"}}).status, Status::unprocessable) << "no file";
  EXPECT_EQ(ask(world.focal, add_evidence, id, {{"kind", "picture"}, {"post", "x"}}, {}, {files::testing::jpeg(), files::testing::png()}).status,
            Status::unprocessable);
  EXPECT_EQ(add(world.focal, id, Kind::document, files::testing::jpeg()).status, Status::unprocessable);
  EXPECT_TRUE(items(id).empty());
  EXPECT_TRUE(folder_.list().empty());
}

TEST_P(WorkEvidence, IsAddedByThoseWhoWorkOnAnApprovedActivityOnly) {
  auto const draft = world.create_draft(world.focal), id = reported();
  auto const picture = [&](account::Person const& person, ActivityId activity) {
    return status([&] { return add(person, activity, Kind::picture, files::testing::jpeg()); });
  };
  EXPECT_EQ(picture(world.focal, draft), Status::forbidden);
  for (auto const* person : {&world.stranger, &world.elsewhere, &world.observer}) EXPECT_EQ(picture(*person, id), Status::forbidden) << person->name;
  EXPECT_EQ(status([&] { return add(world.focal, id, Kind::order, files::testing::jpeg()); }), Status::forbidden) << "there was no order";
  EXPECT_EQ(picture(world.colleague, id), Status::see_other);
}

TEST_P(WorkEvidence, IsAskedOfAgainInTheWriterWithTheRolesOfThatMoment) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg(), consents()).status, Status::see_other);
  ASSERT_EQ(add(world.colleague, id, Kind::sheet, files::testing::png()).status, Status::see_other);
  auto const picture = items(id).at(0).id, sheet = items(id).at(1).id;
  // Their requests still carry the roles they had when these began.
  for (auto const* person : {&world.colleague, &world.second, &world.focal}) world.end_roles(*person);
  EXPECT_NE(status([&] { return add(world.colleague, id, Kind::picture, files::testing::blank_png(80, 80)); }), Status::see_other);
  for (auto const* what : {"describe", "withdraw", "remove"})
    EXPECT_NE(status([&] {
                return ask(world.colleague, change_evidence, id, {{"do", what}, {"version", "1"}, {"caption", "Башка"}}, picture);
              }),
              Status::see_other)
        << what;
  EXPECT_NE(status([&] { return ask(world.second, change_evidence, id, {{"do", "release"}, {"version", "1"}}, picture); }), Status::see_other);
  EXPECT_EQ(status([&] { return ask(world.second, evidence_file, id, {}, sheet); }), Status::not_found);
  EXPECT_TRUE(audited("sheet_opened").empty());
  ASSERT_EQ(items(id).size(), 2u);
  EXPECT_EQ(items(id).at(0).version, 1);
}

TEST_P(WorkEvidence, OfAClosedEditionIsTakenAwayButNeitherAddedNorLetThrough) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg(), consents()).status, Status::see_other);
  world.step(world.second, id, Action::confirm);
  auto const item = items(id).at(0).id;
  world.close_edition();
  auto const change = [&](account::Person const& person, std::string const& what) {
    auto const version = std::to_string(items(id).at(0).version);
    return status([&] { return ask(person, change_evidence, id, {{"do", what}, {"version", version}}, item); });
  };
  for (auto const kind : {Kind::picture, Kind::document, Kind::sheet})
    EXPECT_EQ(status([&] { return add(world.focal, id, kind, files::testing::blank_png(80, 80)); }), Status::forbidden);
  EXPECT_EQ(change(world.second, "release"), Status::forbidden);
  EXPECT_FALSE(is_public(id));
  EXPECT_THAT(page_of(world.focal, id).body, HasSubstr("The edition is closed: no evidence is added"));
  EXPECT_EQ(change(world.focal, "withdraw"), Status::see_other);
  EXPECT_FALSE(items(id).at(0).wanted);
  EXPECT_EQ(change(world.focal, "remove"), Status::see_other);
  EXPECT_TRUE(items(id).empty());
}

TEST_P(WorkEvidence, SentTwiceIsStoredOnceAndTheSameFileIsTold) {
  auto const id = reported();
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(ask(world.focal, add_evidence, id, {{"kind", "picture"}, {"post", "once"}}, {}, {files::testing::jpeg()}).status, Status::see_other);
  EXPECT_EQ(items(id).size(), 1u);
  EXPECT_THAT(add(world.focal, id, Kind::picture, files::testing::jpeg()).body, HasSubstr("here already"));
}

TEST_P(WorkEvidence, IsLimitedForEachActivity) {
  auto const id = reported();
  world.database().write([&](db::Tx& tx) {
    for (int i = 0; i < evidence::most_of_activity; ++i) {
      Item item;
      item.id = world.ids().make<evidence::EvidenceTag>();
      item.activity = id;
      item.kind = "picture";
      item.file = files::name_of(std::to_string(i));
      item.width = 1;
      evidence::add(tx, {world.focal.id, {}, {}, world.find(id).lead, world.clock().now()}, item, std::to_string(i));
    }
  });
  EXPECT_THAT(add(world.focal, id, Kind::picture, files::testing::jpeg()).body, HasSubstr("at most 30"));
}

/// The rule and the SQL say the same of every combination.
TEST_P(WorkEvidence, IsPublicInSqlWhereTheRuleSaysSo) {
  auto const confirmed = world.confirmed(12), waiting = reported();
  int shown = 0;
  for (int bits = 0; bits < 256; ++bits) {
    auto const bit = [&](int number) { return (bits >> number & 1) != 0; };
    auto const activity = bit(7) ? confirmed : waiting;
    Item item;
    item.id = world.ids().make<evidence::EvidenceTag>();
    item.activity = activity;
    item.kind = "picture";
    item.file = item.preview = files::name_of(std::to_string(bits));
    item.width = 10;
    item.caption = "Оюн";
    item.looked = bit(0), item.people = bit(1), item.minors = bit(2), item.consent = bit(3), item.guardians = bit(4), item.wanted = bit(5);
    evidence::Scene const scene{world.focal.id, {}, {}, world.find(activity).lead, world.clock().now()};
    world.database().write([&](db::Tx& tx) {
      tx.run("delete from caption_word");
      tx.run("delete from evidence");
      evidence::add(tx, scene, item, std::to_string(bits));
      if (bit(6)) tx.run("update evidence set released_at = 1, released_by = 1");
    });
    auto const stored = items(activity).at(0);
    auto const expected = evidence::is_public(stored, evidence_around(world.find(activity)));
    shown += expected;
    ASSERT_EQ(is_public(activity), expected) << bits;
    world.database().read([&](db::Reader& read) {
      EXPECT_EQ(evidence::Store(read).is_public_file(item.file), expected);
      EXPECT_EQ(evidence::evidence_of(read, {confirmed, waiting})[activity].public_pictures, expected ? 1 : 0);
    });
  }
  EXPECT_EQ(shown, 9) << "nobody on it (4 ways to tick), adults, children, both with what each needs";
}

TEST_P(WorkEvidence, IsPublicOnlyAfterConsentConfirmationAndSomebodyLetItThrough) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg(), consents()).status, Status::see_other);
  auto const item = items(id).at(0).id;
  auto const release = [&](account::Person const& person) {
    return status([&] { return ask(person, change_evidence, id, {{"do", "release"}, {"version", std::to_string(items(id).at(0).version)}}, item); });
  };
  EXPECT_EQ(release(world.colleague), Status::forbidden) << "a member may not publish";
  EXPECT_EQ(release(world.observer), Status::forbidden);
  EXPECT_EQ(release(world.second), Status::see_other);
  EXPECT_FALSE(is_public(id)) << "not confirmed yet";
  world.step(world.second, id, Action::confirm);
  EXPECT_TRUE(is_public(id));
  // Taken back, it is gone at once, and is not let through again without consent.
  EXPECT_EQ(ask(world.focal, change_evidence, id, {{"do", "withdraw"}, {"version", "1"}}, item).status, Status::see_other);
  EXPECT_FALSE(is_public(id));
  EXPECT_EQ(release(world.second), Status::bad_request);
  EXPECT_EQ(audited("evidence_published").size(), 1u);
  EXPECT_EQ(audited("evidence_withdrawn").size(), 1u);
}

TEST_P(WorkEvidence, WithOtherWordsOrPeopleOnItIsLetThroughAnew) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg(), consents()).status, Status::see_other);
  world.step(world.second, id, Action::confirm);
  auto const item = items(id).at(0).id;
  auto const change = [&](account::Person const& person, std::string const& what, Fields fields) {
    fields.emplace_back("do", what);
    fields.emplace_back("version", std::to_string(items(id).at(0).version));
    return ask(person, change_evidence, id, std::move(fields), item).status;
  };
  auto const described = [](std::string const& caption, std::string const& on) {
    return Fields{{"caption", caption}, {"on", on}, {"agreed", "people"}, {"agreed", "guardians"}, {"publish", "yes"}};
  };
  EXPECT_EQ(change(world.second, "release", {}), Status::see_other);
  EXPECT_EQ(change(world.focal, "describe", described("Оюн", "both")), Status::see_other);
  EXPECT_TRUE(is_public(id)) << "nothing is different";
  EXPECT_EQ(change(world.colleague, "describe", described("Башка сөз", "both")), Status::see_other);
  EXPECT_FALSE(is_public(id)) << "nobody let these words through";
  EXPECT_EQ(change(world.second, "release", {}), Status::see_other);
  EXPECT_EQ(change(world.colleague, "describe", described("Башка сөз", "people")), Status::see_other);
  EXPECT_FALSE(is_public(id));
  EXPECT_EQ(change(world.second, "release", {}), Status::see_other);
  EXPECT_EQ(change(world.second, "describe", described("Үчүнчү сөз", "both")), Status::see_other);
  EXPECT_TRUE(is_public(id)) << "whoever lets pictures through has seen what they wrote";
}

TEST_P(WorkEvidence, OfAnotherActivityIsNotReachedByItsId) {
  auto const id = reported(), other = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg());
  auto const item = items(id).at(0).id;
  for (auto const handler : {evidence_item, evidence_file, evidence_preview, change_evidence}) {
    EXPECT_EQ(status([&] { return ask(world.focal, handler, other, {}, item); }), Status::not_found);
    EXPECT_EQ(status([&] { return ask(world.focal, handler, id, {}, evidence::EvidenceId{1}); }), Status::not_found);
  }
}

TEST_P(WorkEvidence, DocumentsAreForThoseWhoMaySeeNames) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::document, files::testing::talkative_pdf(), {{"caption", "Күн тартиби"}}).status, Status::see_other);
  auto const item = items(id).at(0).id;
  auto const reply = ask(world.stranger, evidence_file, id, {}, item);
  EXPECT_EQ(reply.status, Status::ok);
  EXPECT_EQ(reply.content_type, "application/pdf");
  std::map<std::string, std::string> const headers(reply.headers.begin(), reply.headers.end());
  EXPECT_THAT(headers.at("Content-Disposition"), HasSubstr("attachment"));
  EXPECT_THAT(headers.at("Content-Security-Policy"), HasSubstr("default-src 'none'; sandbox"));
  EXPECT_THAT(reply.body, Not(HasSubstr("Secret")));
  EXPECT_EQ(status([&] { return ask(world.observer, evidence_file, id, {}, item); }), Status::not_found);
  EXPECT_THAT(page_of(world.observer, id).body, Not(HasSubstr("/evidence/" + id_text(item) + "\"")));
}

TEST_P(WorkEvidence, ASheetIsForWhoeverConfirmsAndEachOpeningIsNoted) {
  auto const id = reported();
  ASSERT_EQ(add(world.focal, id, Kind::sheet, files::testing::png()).status, Status::see_other);
  auto const item = items(id).at(0).id;
  for (auto const* person : {&world.colleague, &world.stranger, &world.elsewhere, &world.observer}) {
    EXPECT_EQ(status([&] { return ask(*person, evidence_file, id, {}, item); }), Status::not_found) << person->name;
    EXPECT_EQ(status([&] { return ask(*person, evidence_item, id, {}, item); }), Status::not_found) << person->name;
    EXPECT_THAT(page_of(*person, id).body, Not(HasSubstr(id_text(item)))) << person->name;
  }
  EXPECT_TRUE(audited("sheet_opened").empty());
  EXPECT_EQ(status([&] { return ask(world.second, evidence_preview, id, {}, item); }), Status::not_found) << "nothing of it is shown by the way";
  EXPECT_EQ(ask(world.second, evidence_file, id, {}, item).status, Status::ok);
  EXPECT_EQ(ask(world.focal, evidence_file, id, {}, item).status, Status::ok);
  EXPECT_EQ(audited("sheet_opened").size(), 2u);
  for (auto const& entry : audited("evidence_added")) EXPECT_THAT(entry, Not(HasSubstr("0555")));
  world.step(world.second, id, Action::confirm);
  EXPECT_EQ(ask(world.second, evidence_file, id, {}, item).status, Status::ok) << "after the confirmation too";
}

TEST_P(WorkEvidence, ASheetIsDeletedNinetyDaysAfterTheConfirmation) {
  auto const id = reported(), never = reported();
  add(world.focal, id, Kind::sheet, files::testing::png());
  add(world.focal, never, Kind::sheet, files::testing::blank_png(90, 90));
  auto const file = items(id).at(0).file;
  world.step(world.second, id, Action::confirm);
  auto const upkeep = [&] { evidence::upkeep(services_).handler({}); };
  auto const start = world.clock().now();
  auto const add_days = [&](int days) { world.clock().set(start + std::chrono::days(days)); };
  add_days(89);
  upkeep();
  EXPECT_EQ(items(id).size(), 1u);
  add_days(91);
  upkeep();
  EXPECT_TRUE(items(id).empty());
  EXPECT_EQ(items(never).size(), 1u);
  EXPECT_EQ(audited("sheet_deleted").size(), 1u);
  // The file was written a moment ago as the disk sees it; a day later it is gone too.
  std::filesystem::last_write_time(folder_.where(file), std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
  upkeep();
  EXPECT_FALSE(folder_.get(file));
  add_days(366);
  upkeep();
  EXPECT_TRUE(items(never).empty()) << "nobody confirmed, and it is not kept for ever";
}

TEST_P(WorkEvidence, ASheetStaysWhereTheConfirmationWasTakenBack) {
  auto const id = reported();
  add(world.focal, id, Kind::sheet, files::testing::png());
  world.step(world.second, id, Action::confirm);
  world.step(world.second, id, Action::undo);
  world.clock().set(world.clock().now() + std::chrono::days(91));
  evidence::upkeep(services_).handler({});
  EXPECT_EQ(items(id).size(), 1u);
}

TEST_P(WorkEvidence, TakenAwayIsGoneFromTheDiskAtOnceUnlessSomethingElseIsTheSame) {
  auto const id = reported(), other = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg());
  add(world.focal, other, Kind::picture, files::testing::jpeg());
  auto const item = items(id).at(0);
  EXPECT_THAT(ask(world.focal, evidence_item, id, {}, item.id, {}, "remove=ask").body, HasSubstr("value=\"remove\""));
  EXPECT_EQ(ask(world.focal, change_evidence, id, {{"do", "remove"}}, item.id).status, Status::see_other);
  EXPECT_TRUE(folder_.get(item.file)) << "the other activity has it";
  EXPECT_EQ(ask(world.focal, change_evidence, other, {{"do", "remove"}}, items(other).at(0).id).status, Status::see_other);
  EXPECT_FALSE(folder_.get(item.file));
  EXPECT_TRUE(folder_.list().empty());
}

TEST_P(WorkEvidence, OfOneCoalitionIsNobodysByTheHashOfItsContent) {
  auto const id = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg(), consents());
  auto const picture = items(id).at(0);
  auto const get = [&](std::string const& file) {
    return status([&] {
      http::Message message;
      Request request(message, services_, Say::in(Language::ky), {});
      request.captures = {{"file", file}};
      return evidence::public_picture(request);
    });
  };
  for (auto const& file : {picture.file + ".jpg", picture.preview + ".jpg", std::string("../../etc/passwd.jpg"), std::string(".jpg")})
    EXPECT_EQ(get(file), Status::not_found);
  ask(world.second, change_evidence, id, {{"do", "release"}, {"version", "1"}}, picture.id);
  world.step(world.second, id, Action::confirm);
  EXPECT_EQ(get(picture.file + ".jpg"), Status::ok);
  EXPECT_EQ(get(picture.preview + ".jpg"), Status::ok);
  EXPECT_EQ(get(picture.file), Status::not_found);
}

TEST_P(WorkEvidence, IsCountedForThoseWhoLookAtAFigure) {
  auto const id = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg(), consents());
  add(world.focal, id, Kind::picture, files::testing::blank_png(90, 90));
  add(world.focal, id, Kind::document, files::testing::talkative_pdf());
  auto const counts = world.database().read([&](db::Reader& read) { return evidence::evidence_of(read, {id, ActivityId{5}}); });
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(evidence::counts_text(Say::in(Language::en), counts.at(id)), "2 pictures, 1 document");
}

TEST_P(WorkEvidence, IsSlowedDownForWhoSendsTooMuch) {
  auto const id = reported();
  std::string answer;
  int sent = 0;
  for (; sent < 100 && answer.find("too many attempts") == std::string::npos; ++sent)
    answer = add(world.focal, id, Kind::picture, "\xff\xd8\xff no picture", {{"caption", "Оюн"}}).body;
  EXPECT_EQ(sent, 62) << "sixty, one that starts the waiting, and the one that is told";
  EXPECT_THAT(answer, HasSubstr("Оюн"));
}

TEST_P(WorkEvidence, IsSlowedDownForWhoSendsWhatIsNeitherAPictureNorAPdfTooOften) {
  auto const id = reported();
  auto const send = [&](Kind kind, std::string const& content) { return add(world.focal, id, kind, content, {{"caption", "Оюн"}}); };
  for (int sent = 0; sent < 30; ++sent) {
    EXPECT_THAT(send(Kind::picture, "<!doctype html>").body, HasSubstr("This is no picture"));
    EXPECT_THAT(send(Kind::document, "MZ").body, HasSubstr("This is no PDF"));
  }
  send(Kind::picture, "");
  auto const refused = send(Kind::picture, "<!doctype html>");
  EXPECT_EQ(refused.status, Status::too_many_requests);
  EXPECT_THAT(refused.body, HasSubstr("Оюн")) << "what was typed stays";
  EXPECT_EQ(send(Kind::picture, files::testing::jpeg()).status, Status::too_many_requests) << "and a picture has to wait as well";
}

TEST_P(WorkEvidence, AFormWithoutAFileIsNoUpload) {
  auto const id = reported();
  for (int sent = 0; sent < 70; ++sent)
    EXPECT_EQ(ask(world.focal, add_evidence, id, {{"kind", "picture"}, {"post", "x" + std::to_string(sent)}}).status, Status::unprocessable);
  EXPECT_EQ(add(world.focal, id, Kind::picture, files::testing::jpeg()).status, Status::see_other);
}

TEST_P(WorkEvidence, InventoryTellsWhatIsMissingDamagedOrUnnamed) {
  auto const id = reported();
  add(world.focal, id, Kind::picture, files::testing::jpeg());
  folder_.put("nobody's");
  auto const item = items(id).at(0);
  auto const look = [&] { return world.database().read([&](db::Reader& read) { return evidence::inventory(read, folder_); }); };
  EXPECT_EQ(look().whole, 2);
  EXPECT_EQ(look().unnamed, 1);
  std::filesystem::remove(folder_.where(item.preview));
  std::filesystem::resize_file(folder_.where(item.file), 10);
  EXPECT_EQ(look().missing, std::vector{item.preview});
  EXPECT_EQ(look().damaged, std::vector{item.file});
}

}  // namespace
}  // namespace birge::work
