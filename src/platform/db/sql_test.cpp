#include <gtest/gtest.h>

#include <algorithm>

#include "platform/db/db.hpp"
#include "platform/db/in_list.hpp"
#include "platform/db/placeholders.hpp"

namespace birge::db {

TEST(Sql, AClauseWithTooFewArgumentsIsRefused) {
  Sql sql("select id from place");
  EXPECT_THROW(sql.add("where id > ? and id < ?", 1), std::logic_error);
}

TEST(Sql, AClauseWithTooManyArgumentsIsRefused) { EXPECT_THROW(Sql("select id from place", 1), std::logic_error); }

TEST(Sql, ANumberedPlaceholderInAClauseIsRefused) { EXPECT_THROW(Sql("select id from place where id = $1", 1), std::logic_error); }

TEST(Sql, ALeftOutPlaceholderIsRefused) { EXPECT_THROW(placeholder_count("select $1, $3"), Error); }

TEST(Sql, ClausesAreJoinedAndTheirArgumentsNumbered) {
  Sql sql("select id from place where 1 = 1");
  sql.add("and id > ?", 7).add("and name in (?, ?)", std::string("a"), "b").add("limit ?", 20);
  EXPECT_EQ(sql.text(), "select id from place where 1 = 1 and id > $1 and name in ($2, $3) limit $4");
  auto const values = sql.values();
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(values[0].integer, 7);
  EXPECT_EQ(values[1].text, "a");
  EXPECT_EQ(values[2].text, "b");
  EXPECT_EQ(values[3].integer, 20);
}

TEST(Sql, ListsOfSimilarLengthAreAskedByTheSameStatement) {
  auto const of = [](std::vector<int> const& ids) {
    Sql sql("select id from place where id");
    return add_in(sql, ids, 4);
  };
  EXPECT_EQ(placeholder_count(of({7, 8, 9, 10}).text()), 4U);
  EXPECT_EQ(placeholder_count(of({}).text()), 0U) << "a list of nothing finds nothing";
  auto const two = of({7, 8});
  EXPECT_EQ(two.text(), of({1, 2, 3}).text());
  EXPECT_NE(two.text(), of({1, 2, 3, 4, 5}).text());
  EXPECT_EQ(two.values()[1].integer, 8);
  EXPECT_EQ(two.values()[2].integer, 0) << "which no id is";
}

TEST(Sql, ACopyKeepsTextsOfItsOwn) {
  Sql copy;
  {
    std::string const gone = "a text long enough to live on the heap, not inside of the string";
    Sql sql("select ?", gone);
    copy = sql;
  }
  EXPECT_EQ(copy.values()[0].text, "a text long enough to live on the heap, not inside of the string");
}

TEST(Sql, QuestionMarksInQuotesAndCommentsStay) {
  Sql const sql("select '?', \"a?\" /* ? */ from t -- ?\n where a = ?", 1);
  EXPECT_EQ(sql.text(), "select '?', \"a?\" /* ? */ from t -- ?\n where a = $1");
}

TEST(Sql, PlaceholdersAreCountedOutsideOfQuotes) {
  EXPECT_EQ(placeholder_count("select $2, '$7', $1 -- $9"), 2U);
  EXPECT_EQ(placeholder_count("select 'it''s $3'"), 0U);
}

}  // namespace birge::db
