#include <gmock/gmock.h>

#include "features/board/board_testing.hpp"

namespace birge::board {
namespace {

using account::Person;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SavedViews : public testing::BoardPages {};
INSTANTIATE_TEST_SUITE_P(BothEngines, SavedViews, db::both_engines(), db::engine_name);

TEST_P(SavedViews, ASavedViewKeepsFilterColumnsAndOrder) {
  http::Parameters form;
  form.set("name", "  Жооп күткөндөр ");
  form.set("query", "state=proposed&sort=-day&column=day&column=kind&evil=1");
  auto const saved = ask(world.focal, save_view_now, http::Method::post, "/work/table/views", form);
  ASSERT_EQ(saved.status, Status::see_other);
  auto const body = get(world.focal, table, "/work/table");
  EXPECT_THAT(body, HasSubstr("Жооп күткөндөр"));
  EXPECT_THAT(body, HasSubstr("/en/work/table?state=proposed&amp;sort=-day&amp;column=day&amp;column=kind\""));
  EXPECT_THAT(get(world.colleague, table, "/work/table"), Not(HasSubstr("Жооп күткөндөр")));
}

TEST_P(SavedViews, AViewWithoutANameIsRefusedInTheFormWithWhatWasTyped) {
  http::Parameters form;
  form.set("query", "state=held");
  for (auto const& [name, sentence] :
       {std::pair(std::string(" "), "Give the view a name."), std::pair(std::string(61, 'a'), "at most 60 characters")}) {
    form.set("name", name);
    auto const refused = ask(world.focal, save_view_now, http::Method::post, "/work/table/views", form);
    EXPECT_EQ(refused.status, Status::unprocessable);
    EXPECT_THAT(refused.body, AllOf(HasSubstr(sentence), HasSubstr("value=\"" + name + "\""), HasSubstr("value=\"state=held\""), HasSubstr("open>")));
  }
  EXPECT_THAT(get(world.focal, table, "/work/table"), Not(HasSubstr("own-views")));
}

TEST_P(SavedViews, AFaultOfAViewsNameStandsInTheFormOfThatViewAlone) {
  auto const save = [&](std::string const& name, std::string const& share) {
    http::Parameters form;
    form.set("name", name);
    form.set("query", "state=held");
    form.set("share", share);
    return ask(world.focal, save_view_now, http::Method::post, "/work/table/views", form);
  };
  ASSERT_EQ(save("Менин көз карашым", "").status, Status::see_other);
  auto const id = id_text(Id<void>{world.database().read([](db::Reader& read) { return read.one<std::int64_t>("select id from saved_view"); })});
  auto const rename = [&](Person const& person, std::string const& query, std::string const& to) {
    http::Parameters form;
    form.set("name", to);
    form.set("query", query);
    form.set("share", "1");
    form.set("act", "change");
    return ask(person, change_view_now, http::Method::post, "/work/table/views/" + id, form, {{"id", id}});
  };
  auto const box = [](std::string const& body, std::string const& field) {
    auto const from = body.find("<input id=\"" + field + "\"");
    return from == std::string::npos ? "no such field" : body.substr(from, body.find('>', from) - from);
  };
  std::string const long_name(61, 'a');
  auto const refused = rename(world.focal, "state=proposed", long_name);
  EXPECT_EQ(refused.status, Status::unprocessable);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("href=\"#v-" + id + "\""), HasSubstr("id=\"v-" + id + "-fault\""), HasSubstr("open>")));
  EXPECT_THAT(refused.body, Not(HasSubstr("v-new-fault")));
  EXPECT_THAT(refused.body, Not(HasSubstr("class=\"many\" open")));
  EXPECT_THAT(box(refused.body, "v-" + id), AllOf(HasSubstr("value=\"" + long_name + "\""), HasSubstr("aria-invalid=\"true\"")));
  EXPECT_THAT(box(refused.body, "v-new"), AllOf(HasSubstr("value=\"\""), Not(HasSubstr("aria-invalid"))));
  auto const shared = [](std::string const& body) {
    auto const from = body.find("name=\"share\"");
    return body.substr(from, body.find('>', from) - from).find("checked") != std::string::npos;
  };
  EXPECT_FALSE(shared(refused.body)) << "the box of the new view comes first, and nobody ticked that one";
  EXPECT_TRUE(shared(refused.body.substr(refused.body.find("own-views"))));

  auto const again = save(long_name, "1").body;
  EXPECT_THAT(again, AllOf(HasSubstr("href=\"#v-new\""), HasSubstr("id=\"v-new-fault\""), Not(HasSubstr("v-" + id + "-fault"))));
  EXPECT_THAT(box(again, "v-new"), HasSubstr("value=\"" + long_name + "\"")) << "also where what is shown is saved already";
  EXPECT_THAT(box(again, "v-" + id), HasSubstr("value=\"Менин көз карашым\""));
  EXPECT_THROW(rename(world.colleague, "", ""), Problem) << "another's view is none of theirs, whatever it is to be called";
}

TEST_P(SavedViews, ASavedViewOfAnotherEditionOpensThatEdition) {
  of_last_edition("Былтыркы");
  http::Parameters form;
  form.set("name", "Былтыр");
  form.set("query", "edition=2017&state=approved");
  auto const saved = ask(world.focal, save_view_now, http::Method::post, "/work/table/views", form);
  EXPECT_THAT(saved.headers, ::testing::Contains(std::pair<std::string, std::string>("Location", "/en/work/table?edition=2017&state=approved")));
  EXPECT_THAT(get(world.focal, table, "/work/table"), HasSubstr("/en/work/table?edition=2017&amp;state=approved\""));
}

}  // namespace
}  // namespace birge::board
