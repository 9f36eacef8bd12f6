#include "platform/db/gathered.hpp"

#include <gmock/gmock.h>

namespace birge::db {
namespace {

using testing::ElementsAre;

struct Sent {
  std::string sql;
  std::vector<std::string> values;
  std::size_t rows;
  bool operator==(Sent const&) const = default;
};

class Gathered : public testing::Test {
protected:
  void add(std::string_view sql, std::vector<Bound> const& arguments) {
    std::vector<Value> values;
    for (auto const& argument : arguments) values.push_back(argument.value());
    rows_.add(sql, values);
  }
  std::vector<Sent> sent() {
    std::vector<Sent> all;
    rows_.send_all([&](std::string_view of_one, std::string_view sql, std::span<Value const> values, std::size_t rows) {
      EXPECT_EQ(of_one == sql, rows == 1) << sql;
      Sent one{std::string(sql), {}, rows};
      for (auto const& value : values) {
        if (value.type == Value::Type::text) one.values.emplace_back(value.text);
        else one.values.push_back(value.type == Value::Type::null ? "null" : std::to_string(value.integer));
      }
      all.push_back(std::move(one));
    });
    return all;
  }
  GatheredRows rows_;
};

constexpr std::string_view note = "insert into note (id, body) values ($1, $2)";

TEST_F(Gathered, RowsOfOneTextTravelTogetherInTheOrderInWhichTheyCame) {
  for (int i = 1; i <= 3; ++i) {
    std::string const gone_afterwards = "a text that is too long to lie inside of a string, number " + std::to_string(i);
    add(note, {i, gone_afterwards});
    if (i > 1) add("insert into line (note) values ($1) on conflict do nothing", {i == 2 ? Bound(std::nullopt) : Bound(i)});
  }
  auto const text = [](int i) { return "a text that is too long to lie inside of a string, number " + std::to_string(i); };
  EXPECT_THAT(sent(), ElementsAre(Sent{"insert into note (id, body) values ($1, $2), ($3, $4)", {"1", text(1), "2", text(2)}, 2},
                                  Sent{std::string(note), {"3", text(3)}, 1},
                                  Sent{"insert into line (note) values ($1), ($2) on conflict do nothing", {"null", "3"}, 2}));
  EXPECT_TRUE(rows_.empty());
  EXPECT_THAT(sent(), ElementsAre());
}

TEST_F(Gathered, ChangesOfRowsTravelTogetherToo) {
  constexpr std::string_view change = "update note set body = $2, title = '$2' where id = $1";
  add(change, {1, "a"});
  add(change, {2, "b"});
  add(change, {3, std::nullopt});
  EXPECT_THAT(sent(),
              ElementsAre(Sent{"update note set body = one.column2, title = '$2' from (values ($1, $2), ($3, $4)) as one where id = one.column1",
                               {"1", "a", "2", "b"},
                               2},
                          Sent{std::string(change), {"3", "null"}, 1}));
}

TEST_F(Gathered, ManyRowsGoInFewSizes) {
  for (int i = 0; i < 150; ++i) add("insert into line (note) values ($1)", {i});
  std::vector<std::size_t> sizes;
  std::vector<std::string> values;
  for (auto const& one : sent()) {
    sizes.push_back(one.rows);
    values.insert(values.end(), one.values.begin(), one.values.end());
  }
  EXPECT_THAT(sizes, ElementsAre(64, 64, 16, 4, 2));
  ASSERT_EQ(values.size(), 150U);
  EXPECT_EQ(values.back(), "149");
}

TEST_F(Gathered, AStatementConcernsThemThatWorksWithTheirTable) {
  EXPECT_FALSE(rows_.concern("select id from note"));
  add(note, {1, "a"});
  for (auto const* sql : {"select id from note", "select n.id from note n", "select 1 from line l join note on true", "select 1 from line, note",
                          "select 1 from line l, note n", "select 1 from (select 1 from line) l, note", "update note set body = 'b'",
                          "delete from note where id = 1", "insert into note values (2, 'c')", "select (select count(*) from note)",
                          "select 1 from (note join line on true)", "delete from line using note where line.note = note.id"})
    EXPECT_TRUE(rows_.concern(sql)) << sql;
  for (auto const* sql :
       {"select id from note_word", "select id from footnote", "select note from line where note = 1", "delete from line where note = 1",
        "insert into line (id, note) values (1, 2)", "insert into line (id, note) select 1, l.id from line l where l.id = 1",
        "select id, note from line", "select 1 from line order by id, note", "update line set id = 1, note = 2"})
    EXPECT_FALSE(rows_.concern(sql)) << sql;
  rows_.clear();
  EXPECT_FALSE(rows_.concern("select id from note"));
}

TEST_F(Gathered, OtherStatementsAreRefused) {
  for (auto const* sql :
       {"insert into note (id, body) values ($1, 'x')", "insert into note select $1, $2", "delete from note where id in (values ($1, $2))",
        "insert into note (body, id) values ($2, $1)", "update note set id = $1, body = $2"})
    EXPECT_THROW(add(sql, {1, "a"}), Error) << sql;
  EXPECT_THROW(add("insert into note values ()", {}), Error);
  EXPECT_THROW(add("update note set body = $2 where id = $1 and id in (select note from line where id = 1)", {1, "a"}), Error);
  add(note, {1, "a"});
  EXPECT_THROW(add(note, {1}), Error);
  EXPECT_THROW(add("insert into note (body, id) values ($1, $2)", {"a", 1}), Error) << "the order of two texts would be lost";
  EXPECT_THAT(sent(), ElementsAre(Sent{std::string(note), {"1", "a"}, 1}));
}

TEST_F(Gathered, NoneWaitsAfterAnErrorInSending) {
  add(note, {1, "a"});
  add("insert into line (note) values ($1)", {1});
  EXPECT_THROW(rows_.send_all([](auto, auto, auto, auto) { throw Error(Error::Kind::constraint, "no"); }), Error);
  EXPECT_TRUE(rows_.empty());
  EXPECT_THAT(sent(), ElementsAre());
}

}  // namespace
}  // namespace birge::db
