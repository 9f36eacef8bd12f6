#include "features/work/talk/talk_mention.hpp"

#include <gtest/gtest.h>

#include <array>

namespace birge::work {
namespace {

constexpr PersonId aigul{1001}, aigul_two{1002}, daniyar{1003};
std::array<Named, 3> const people{{{aigul, "Айгүл Сатыбалдиева"}, {aigul_two, "Айгүл Осмонова"}, {daniyar, "Данияр"}}};

std::string shown(std::string_view text, std::vector<PersonId> const& allowed) {
  return std::string(remark_text(text, allowed, [](PersonId) { return "Ысым <b>"; }).text());
}

TEST(Mention, AWordThatOnlyBeginsLikeANameFindsNobody) {
  EXPECT_TRUE(find_mentions("@Даниярдын ою", people).people.empty());
  EXPECT_TRUE(find_mentions("кат жаз: x@Данияр", people).people.empty()) << "an address of e-mail is no mention";
  EXPECT_TRUE(find_mentions("@", people).people.empty());
  EXPECT_TRUE(find_mentions("@ Данияр", people).people.empty());
}

TEST(Mention, AFirstNameThatTwoHaveFindsNeither) {
  auto const found = find_mentions("@Айгүл, кара", people);
  EXPECT_TRUE(found.people.empty());
  EXPECT_EQ(found.text, "@Айгүл, кара");
}

TEST(Mention, AWholeNameOrTheOnlyFirstNameIsFoundWhateverItsCapitals) {
  auto const found = find_mentions("@айгүл осмонова жана @ДАНИЯР, @Данияр!", people);
  EXPECT_EQ(found.people, (std::vector{aigul_two, daniyar}));
  EXPECT_EQ(found.text, "@[" + id_text(aigul_two) + "] жана @[" + id_text(daniyar) + "], @[" + id_text(daniyar) + "]!");
}

TEST(Mention, ATypedIdBecomesANameOnlyForThoseWhoWereMentioned) {
  auto const typed = "@[" + id_text(aigul) + "] @[x] @[<script>";
  EXPECT_EQ(shown(typed, {daniyar}), "@[" + id_text(aigul) + "] @[x] @[&lt;script&gt;");
}

TEST(Mention, NameAndTextAreEscaped) {
  EXPECT_EQ(shown("<i>@[" + id_text(daniyar) + "]</i>", {daniyar}), "&lt;i&gt;<b class=\"mention\">@Ысым &lt;b&gt;</b>&lt;/i&gt;");
}

TEST(WorkMention, WithoutMentionsNobodyIsNamed) {
  EXPECT_EQ(without_mentions("@[17], качан? @[18]"), "@…, качан? @…");
  EXPECT_EQ(without_mentions("бааны @[сурагыла] @[17"), "бааны @[сурагыла] @[17");
  EXPECT_EQ(without_mentions(""), "");
}

}  // namespace
}  // namespace birge::work
