#include "features/audit/audit.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <future>

#include "features/audit/chain.hpp"
#include "features/audit/log.hpp"
#include "platform/db/testing.hpp"
#include "platform/db/writer_testing.hpp"

namespace birge::audit {
namespace {

enum class Light { red, green };
std::string_view code(Light light) { return light == Light::red ? "red" : "green"; }

struct PlaceTag;
struct OrganisationTag;
struct PersonTag;

Instant const now = parse_instant("2018-09-14T09:00:00Z").value();

Entry entry(std::int64_t number) {
  Entry made(Who::person(Id<PersonTag>{number % 3 + 1}, Id<OrganisationTag>{7}), "approved", {"activity", number},
             now + std::chrono::seconds(number));
  return std::move(made.changed("state", Light::red, Light::green).changed("expected", 10, number).text_changed("title"));
}

void add(db::Database& database, int count) {
  database.write([&](db::Tx& tx) {
    for (int i = 1; i <= count; ++i) record(tx, entry(i));
  });
}

Verdict verdict(db::Database& database, std::optional<Head> const& known = std::nullopt) {
  return database.read([&](db::Reader& read) { return check_chain(read, known); });
}

Head head_of(db::Database& database) {
  return database.read([](db::Reader& read) { return head(read); });
}

}  // namespace

// What may not become a value does not compile.
static_assert(!std::is_constructible_v<Value, std::string>);
static_assert(!std::is_constructible_v<Value, std::string_view>);
static_assert(!std::is_constructible_v<Value, char const*>);
static_assert(!std::is_constructible_v<Value, char>);
static_assert(!std::is_constructible_v<Value, std::optional<std::string>>);
static_assert(!std::is_constructible_v<Value, double>);
static_assert(!std::is_constructible_v<Word, std::string>);
static_assert(!std::is_constructible_v<Word, char const*>);

TEST(AuditValue, OfTextThatSomebodyWroteIsRefused) {
  for (auto const* text : {"", "Aibek", "aibek uulu", "+996555123456", "996555123456", "a@b.kg", "Айбек", "a\tb", "a\nb", "-", "#a"})
    EXPECT_THROW(Value::pack_code(text), std::logic_error) << text;
  EXPECT_THROW(Value::pack_code(std::string(61, 'a')), std::logic_error);
  EXPECT_EQ(Value::pack_code("forum_theatre").text(), "forum_theatre");
}

TEST(AuditValue, OfATelephoneNumberIsNoCount) {
  EXPECT_THROW(Value(996555123456), std::logic_error);
  EXPECT_THROW(Value(-1'000'000'000), std::logic_error);
  EXPECT_EQ(Value(999'999'999).text(), "=999999999");
}

TEST(AuditValue, TellsCodesNumbersDaysMomentsAndIdsApart) {
  EXPECT_EQ(Value(Light::green).text(), "green");
  EXPECT_EQ(Value(true).text(), "yes");
  EXPECT_EQ(Value(-3).text(), "=-3");
  EXPECT_EQ(Value(Day::parse("2018-09-14").value()).text(), "2018-09-14");
  EXPECT_EQ(Value(now).text(), "2018-09-14T09:00:00Z");
  EXPECT_EQ(Value(Id<PlaceTag>{33}).text(), "#11");
  EXPECT_EQ(Value(Id<PlaceTag>{}).text(), "-");
  EXPECT_EQ(Value(std::optional<int>()).text(), "-");
}

TEST(AuditEntry, NotesOnlyWhatChanged) {
  Entry noted(Who::system(), "corrected", {"activity", 5}, now);
  noted.changed("state", Light::red, Light::red).changed("people", Value::pack_code("women.18_24"), 3, 4).text_changed("title").with("rows", 2);
  EXPECT_EQ(noted.changes, "people/women.18_24\t=3\t=4\ntitle\nrows\t-\t=2");
}

TEST(AuditChain, IsHashedInTheFormThatIsDescribed) {
  Row const row{2, now, "person", 3, 4, 0, "approved", "activity", 5, 6, 4, "state\tred\tgreen\ntitle", {}};
  // printf 'birge audit 1\n%s\n2\n1536915600000\nperson\n3\n4\n0\napproved\nactivity\n5\n6\n4\nstate\tred\tgreen\ntitle' "$(printf 'ab%.0s' $(seq 32))" | sha256sum
  EXPECT_EQ(head_text({2, hash_of(row, std::string(32, '\xab')), now}), "2:cdb5b9ff2d4d37ce06a6890e2d45db26bf76db1a1e9baa2815c4b63500768f72");
}

TEST(AuditHead, IsReadAsItIsPrinted) {
  Head const some{12, std::string(32, '\x5a'), now};
  auto const read = parse_head(head_text(some));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sequence, 12);
  EXPECT_EQ(read->hash, some.hash);
  for (auto const* text : {"", "12", "12:", "12:5a", "x:5a", ":", "-1:5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"})
    EXPECT_FALSE(parse_head(text)) << text;
  EXPECT_FALSE(parse_head(head_text(some) + "00"));
  EXPECT_FALSE(parse_head(" " + head_text(some)));
}

class Audit : public testing::TestWithParam<db::Engine> {
protected:
  db::TestDatabase database_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Audit, db::both_engines(), db::engine_name);

TEST_P(Audit, ThatIsEmptyIsWhole) {
  EXPECT_EQ(verdict(*database_).faults_in_all, 0);
  EXPECT_EQ(head_of(*database_).sequence, 0);
}

TEST_P(Audit, IsWholeAfterManyEntries) {
  add(*database_, 7);
  add(*database_, 5);
  auto const found = verdict(*database_);
  EXPECT_EQ(found.entries, 12);
  EXPECT_EQ(found.faults_in_all, 0);
  EXPECT_EQ(head_of(*database_).sequence, 12);
}

TEST_P(Audit, AnUndoneWriteLeavesNoEntryAndNoGapInItsBatch) {
  std::vector<std::function<void(db::Tx&)>> adds;
  for (int i = 1; i <= 6; ++i)
    adds.emplace_back([i](db::Tx& tx) {
      record(tx, entry(i));
      if (i % 2 == 0) throw std::runtime_error("no");
    });
  auto writes = db::together(*database_, adds);
  int undone = 0;
  for (auto& write : writes) {
    try {
      write.get();
    } catch (std::runtime_error const&) { ++undone; }
  }
  EXPECT_EQ(undone, 3);
  auto const found = verdict(*database_);
  EXPECT_EQ(found.entries, 3);
  EXPECT_EQ(found.faults_in_all, 0);
}

TEST_P(Audit, OfTwoProgramsIsOneChain) {
  auto const other = db::Database::open(database_.address());
  auto const fill = [](db::Database& database) {
    for (int i = 1; i <= 30; ++i) database.write([&](db::Tx& tx) { record(tx, entry(i)); });
  };
  auto mine = std::async(std::launch::async, [&] { fill(*database_); });
  fill(*other);
  mine.get();
  auto const found = verdict(*database_);
  EXPECT_EQ(found.entries, 60);
  EXPECT_EQ(found.faults_in_all, 0);
}

TEST_P(Audit, CutTogetherWithItsHeadIsFoundByWhoKeptTheHead) {
  add(*database_, 9);
  auto const kept = head_of(*database_);
  database_->write([](db::Tx& tx) {
    tx.run("delete from audit where sequence > 5");
    tx.run("update audit_head set sequence = 5, hash = (select hash from audit where sequence = 5)");
  });
  EXPECT_EQ(verdict(*database_).faults_in_all, 0) << "nothing in the database itself tells";
  EXPECT_EQ(verdict(*database_, kept).faults_in_all, 1);
  add(*database_, 20);
  EXPECT_GE(verdict(*database_, kept).faults_in_all, 1) << "nor do later entries cover it up";
}

TEST_P(Audit, AKeptHeadThatIsStillPartOfTheChainIsFine) {
  add(*database_, 4);
  auto const kept = head_of(*database_);
  add(*database_, 4);
  EXPECT_EQ(verdict(*database_, kept).faults_in_all, 0);
}

TEST_P(Audit, RewrittenFromAnEntryOnIsFoundByWhoKeptTheHead) {
  add(*database_, 6);
  auto const kept = head_of(*database_);
  database_->write([](db::Tx& tx) {
    tx.run("delete from audit");
    tx.run("delete from audit_head");
    for (int i = 1; i <= 6; ++i) record(tx, entry(i == 3 ? 33 : i));
  });
  EXPECT_EQ(verdict(*database_).faults_in_all, 0);
  EXPECT_GE(verdict(*database_, kept).faults_in_all, 1);
}

namespace {

constexpr int how_many = 12;

/// Changes one column of one entry to another value.
void edit(db::Tx& tx, int column, std::int64_t sequence) {
  switch (column) {
    case 0: tx.run("update audit set at = at + 1 where sequence = $1", sequence); break;
    case 1: tx.run("update audit set actor = 'visitor' where sequence = $1", sequence); break;
    case 2: tx.run("update audit set person = person + 1 where sequence = $1", sequence); break;
    case 3: tx.run("update audit set organisation = organisation + 1 where sequence = $1", sequence); break;
    case 4: tx.run("update audit set on_behalf = on_behalf + 1 where sequence = $1", sequence); break;
    case 5: tx.run("update audit set action = 'returned' where sequence = $1", sequence); break;
    case 6: tx.run("update audit set object = 'edition' where sequence = $1", sequence); break;
    case 7: tx.run("update audit set object_id = object_id + 1 where sequence = $1", sequence); break;
    case 8: tx.run("update audit set region = region + 1 where sequence = $1", sequence); break;
    case 9: tx.run("update audit set owner = owner + 1 where sequence = $1", sequence); break;
    case 10: tx.run("update audit set changes = changes || 'x' where sequence = $1", sequence); break;
    case 11:
      tx.run("update audit set hash = (select hash from audit where sequence = $2) where sequence = $1", sequence, sequence % how_many + 1);
      break;
    default: tx.run("update audit set sequence = sequence + 100 where sequence = $1", sequence);
  }
}

/// Puts two entries in each other's places.
void swap_entries(db::Tx& tx, std::int64_t one, std::int64_t other) {
  tx.run("update audit set sequence = -1 where sequence = $1", one);
  tx.run("update audit set sequence = $2 where sequence = $1", other, one);
  tx.run("update audit set sequence = $1 where sequence = -1", other);
}

}  // namespace

TEST_P(Audit, AnyEditDeletionSwapCutOrAdditionIsFound) {
  add(*database_, how_many);
  ASSERT_EQ(verdict(*database_).faults_in_all, 0);
  EXPECT_TRUE(rc::check("tampering is found", [&] {
    auto const way = *rc::gen::inRange(0, 5);
    auto const sequence = *rc::gen::inRange<std::int64_t>(1, how_many + 1);
    auto const column = *rc::gen::inRange(0, 13);
    auto const step = *rc::gen::inRange<std::int64_t>(1, how_many);
    struct Undo {};
    bool found = false;
    try {
      database_->write([&](db::Tx& tx) {
        switch (way) {
          case 0: edit(tx, column, sequence); break;
          case 1: tx.run("delete from audit where sequence = $1", sequence); break;
          case 2: swap_entries(tx, sequence, (sequence + step - 1) % how_many + 1); break;
          case 3: tx.run("delete from audit where sequence >= $1", sequence); break;
          default:
            tx.run(
                "insert into audit select sequence + 12, at, actor, person, organisation, on_behalf, action, object, object_id, region, owner, changes,"
                " hash from audit where sequence = $1",
                sequence);
        }
        found = check_chain(tx).faults_in_all > 0;
        throw Undo{};
      });
    } catch (Undo const&) {}
    RC_ASSERT(found);
  }));
  EXPECT_EQ(verdict(*database_).faults_in_all, 0);
}

TEST_P(Audit, IsReadByObjectPersonActionAndTimeNewestFirst) {
  add(*database_, 9);
  database_->write([](db::Tx& tx) {
    record(tx, Entry(Who::person(Id<PersonTag>{2}, Id<OrganisationTag>{7}).on_behalf_of(Id<PersonTag>{9}), "returned", {"edition", 4}, now));
  });
  auto const sequences = [&](LogFilter const& filter, std::int64_t before = 1000, int limit = 100) {
    std::vector<std::int64_t> found;
    database_->read([&](db::Reader& read) {
      for (auto const& row : entries(read, filter, before, limit)) found.push_back(row.sequence);
    });
    return found;
  };
  using Sequences = std::vector<std::int64_t>;
  EXPECT_EQ(sequences({}, 1000, 3), (Sequences{10, 9, 8}));
  EXPECT_EQ(sequences({}, 8, 3), (Sequences{7, 6, 5}));
  EXPECT_EQ(sequences({.object = "activity", .object_id = 4}), Sequences{4});
  EXPECT_EQ(sequences({.person = 2}), (Sequences{10, 7, 4, 1}));
  EXPECT_EQ(sequences({.person = 9}), Sequences{10});
  EXPECT_EQ(sequences({.action = "returned"}), Sequences{10});
  EXPECT_EQ(sequences({.from = now + std::chrono::seconds(2), .until = now + std::chrono::seconds(4)}), (Sequences{3, 2}));
}

TEST(AuditChanges, AreReadAsTheyWereNoted) {
  Entry noted(Who::system(), "corrected", {"activity", 5}, now);
  noted.changed("people", Value::pack_code("women.18_24"), 3, 4).text_changed("title");
  Row row;
  EXPECT_TRUE(changes_of(row).empty());
  row.changes = noted.changes;
  auto const read = changes_of(row);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].field, "people");
  EXPECT_EQ(read[0].part, "women.18_24");
  EXPECT_EQ(read[0].before, "=3");
  EXPECT_EQ(read[0].after, "=4");
  EXPECT_FALSE(read[0].is_text);
  EXPECT_EQ(read[1].field, "title");
  EXPECT_TRUE(read[1].is_text);
}

}  // namespace birge::audit
