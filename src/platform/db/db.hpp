#pragma once

#include <array>
#include <boost/pfr/core.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "platform/db/sql.hpp"

/// The data layer: statements that are literals, rows that are structs, one snapshot for each reading, one writer for all writing.
/// SQLite and PostgreSQL behave the same through it. SQL placeholders are $1, $2, ... on both.
namespace birge::db {

enum class Engine { sqlite, postgres };

/// One row of a result, valid only while its callback runs. Reading a column as another type than it has throws Error.
class Row {
public:
  virtual ~Row() = default;
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  ///< also bytes
};

/// What went wrong in the engine, for the log.
class Error : public std::runtime_error {
public:
  enum class Kind { constraint, overtaken, busy, full, retry, connection, other } kind;
  Error(Kind kind, std::string const& what) : std::runtime_error(what), kind(kind) {}
};

/// A non-owning callback for rows; returns false to stop.
class RowSink {
public:
  template <class Function>
  requires(!std::same_as<std::remove_cvref_t<Function>, RowSink>) RowSink(Function&& function)
      : object_(const_cast<void*>(static_cast<void const*>(std::addressof(function)))),
        call_([](void* object, Row const& row) { return (*static_cast<std::remove_reference_t<Function>*>(object))(row); }) {}
  bool operator()(Row const& row) const { return call_(object_, row); }

private:
  void* object_;
  bool (*call_)(void*, Row const&);
};

/// One connection to an engine; used by one thread at a time. Only sqlite.cpp and postgres.cpp implement it.
class Connection {
public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;

  /// Runs one statement. `columns` is how many columns the rows must have (0: the statement gives none). Returns the number of rows changed.
  virtual std::int64_t execute(std::string_view sql, std::span<Value const> values, int columns, RowSink const& sink) = 0;

  /// Runs a statement without waiting for its answer where the engine can (PostgreSQL's pipeline); an error is thrown by this or a later call.
  virtual void enqueue(std::string_view sql, std::span<Value const> values) = 0;

  /// The same for a statement that must change exactly one row; otherwise Error(overtaken), thrown by this or a later call.
  virtual void enqueue_for_one(std::string_view sql, std::span<Value const> values) = 0;

  /// Like enqueue, or like enqueue_for_one for a statement that begins with update, for a row that may wait for others of its kind (see GatheredRows):
  /// until a statement works with its table, at most until settle().
  virtual void gather(std::string_view sql, std::span<Value const> values) = 0;

  /// Runs several statements of a migration or of transaction control, without values.
  virtual void script(std::string_view sql) = 0;

  /// Waits for what was enqueued and throws its error; throws too when the transaction is lost because an earlier error was caught and ignored.
  virtual void settle() = 0;

  /// A snapshot: everything read until end_reading comes from one moment, that of the first statement.
  virtual void begin_reading() = 0;
  virtual void end_reading() = 0;

  /// Begins a transaction that holds the lock of all writers, whatever their process. Throws Error(busy) when another one keeps it too
  /// long. Returns the name by which was_committed knows the transaction, empty where the engine needs none.
  virtual std::string begin_writing() = 0;
  /// Whether a transaction took place whose commit was never answered because the connection broke.
  virtual bool was_committed(std::string const& transaction) = 0;

  virtual bool in_transaction() = 0;  ///< as the engine sees it, not as we believe
  virtual bool usable() = 0;          ///< false once the connection to the server is lost
};

namespace detail {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {};

template <class T>
concept Scalar = std::integral<T> || std::floating_point<T> || std::same_as<T, std::string> || std::same_as<T, std::string_view> ||
    std::same_as<T, Day> || std::same_as<T, Instant> || is_id<T>::value || is_optional<T>::value;

/// Whether a row of this type may be kept: none of its members looks into the engine's memory.
template <class T>
constexpr bool lasts() {
  if constexpr (Scalar<T>) return !std::same_as<T, std::string_view> && !std::same_as<T, std::optional<std::string_view>>;
  else {
    return []<std::size_t... I>(std::index_sequence<I...>) { return (lasts<boost::pfr::tuple_element_t<I, T>>() && ...); }
    (std::make_index_sequence<boost::pfr::tuple_size_v<T>>{});
  }
}

template <class T>
T column(Row const& row, int index) {
  if constexpr (is_optional<T>::value) {
    if (row.is_null(index)) return std::nullopt;
    return column<typename T::value_type>(row, index);
  } else if constexpr (std::same_as<T, bool>) return row.integer(index) != 0;
  else if constexpr (std::integral<T>) {
    auto const number = row.integer(index);
    if (!std::in_range<T>(number)) throw Error(Error::Kind::other, "a number does not fit its field");
    return static_cast<T>(number);
  } else if constexpr (std::floating_point<T>) return row.real(index);
  else if constexpr (std::same_as<T, Day>) {
    auto const day = Day::parse(row.text(index));
    if (!day) throw Error(Error::Kind::other, "a column holds no day");
    return *day;
  } else if constexpr (std::same_as<T, Instant>) return Instant(std::chrono::milliseconds(row.integer(index)));
  else if constexpr (is_id<T>::value) return T{row.integer(index)};
  else return T(row.text(index));
}

template <class T>
constexpr int column_count() {
  if constexpr (Scalar<T>) return 1;
  else return static_cast<int>(boost::pfr::tuple_size_v<T>);
}

template <class T>
T read_row(Row const& row) {
  if constexpr (Scalar<T>) return column<T>(row, 0);
  else {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return T{column<boost::pfr::tuple_element_t<I, T>>(row, static_cast<int>(I))...}; }
    (std::make_index_sequence<boost::pfr::tuple_size_v<T>>{});
  }
}

}  // namespace detail

class Tx;

/// What was asked for once and holds on: in a snapshot all of it; in a transaction, from one write to the next, what none of them changed. `key` is the
/// address of something that stands for the question.
class Memory {
public:
  template <class T>
  std::shared_ptr<T const> find(void const* key) const {
    for (auto const& [known, value] : kept_)
      if (known == key) return std::static_pointer_cast<T const>(value);
    return nullptr;
  }
  void keep(void const* key, std::shared_ptr<void const> value) {
    forget(key);
    kept_.emplace_back(key, std::move(value));
  }
  void forget(void const* key) {
    std::erase_if(kept_, [&](auto const& entry) { return entry.first == key; });
  }
  void leave(void const* key, std::function<void(Tx&)> last) {
    std::erase_if(left_, [&](auto const& entry) { return entry.first == key; });
    left_.emplace_back(key, std::move(last));
  }
  /// What was left for the end, which it now has.
  std::vector<std::pair<void const*, std::function<void(Tx&)>>> take_left() { return std::exchange(left_, {}); }
  void clear() {
    kept_.clear();
    left_.clear();
  }

private:
  std::vector<std::pair<void const*, std::shared_ptr<void const>>> kept_;
  std::vector<std::pair<void const*, std::function<void(Tx&)>>> left_;
};

/// Asks questions of one snapshot. A row type is a scalar or a plain struct whose members stand in the order of the columns. Texts may be read as
/// std::string_view by each() alone: they are valid while it calls its function for their row, which must neither keep nor change them, nor write.
class Reader {
public:
  /// `fixed`: what it reads cannot change while it lives, as in a snapshot.
  explicit Reader(Connection& connection, bool fixed = false) : connection_(connection), fixed_(fixed) {}
  Engine engine() const { return connection_.engine(); }
  bool fixed() const { return fixed_; }

  /// What `make()` gives (a shared pointer), asked for once a snapshot. Outside of snapshots it is made each time, because what was written in
  /// between may have changed it.
  template <class T, class Make>
  std::shared_ptr<T const> once(void const* key, Make&& make) {
    if (!fixed_) return make();
    return lasting<T>(key, std::forward<Make>(make));
  }
  /// The same, asked for once a transaction too: whoever changes what it is made of says so with Tx::forget.
  template <class T, class Make>
  std::shared_ptr<T const> lasting(void const* key, Make&& make) {
    auto* const memory = this->memory();
    if (!memory) return make();
    if (auto known = memory->find<T>(key)) return known;
    std::shared_ptr<T const> made = make();
    memory->keep(key, made);
    return made;
  }
  /// Null where nothing holds on.
  Memory* memory() { return fixed_ ? &own_ : shared_; }

  /// For the data layer itself (dumps); features ask through the functions below.
  Connection& connection() { return connection_; }

  template <class T, class... Arguments>
  std::vector<T> all(Literal sql, Arguments const&... arguments) {
    static_assert(detail::lasts<T>());
    std::vector<T> rows;
    each<T>(
        sql, [&](T&& row) { rows.push_back(std::move(row)); }, arguments...);
    return rows;
  }
  template <class T>
  std::vector<T> all(Sql const& sql) {
    static_assert(detail::lasts<T>());
    std::vector<T> rows;
    each<T>(sql, [&](T&& row) { rows.push_back(std::move(row)); });
    return rows;
  }

  /// The first row, if there is one.
  template <class T, class... Arguments>
  std::optional<T> maybe(Literal sql, Arguments const&... arguments) {
    static_assert(detail::lasts<T>());
    std::optional<T> found;
    Bound const bound[] = {Bound(arguments)..., Bound(std::nullopt)};
    run_query<T>(sql.text(), bound, sizeof...(Arguments), [&](T&& row) {
      found = std::move(row);
      return false;
    });
    return found;
  }
  template <class T>
  std::optional<T> maybe(Sql const& sql) {
    static_assert(detail::lasts<T>());
    std::optional<T> found;
    run_values<T>(sql.text(), sql.values(), [&](T&& row) {
      found = std::move(row);
      return false;
    });
    return found;
  }

  /// The one row there must be; throws Error otherwise.
  template <class T, class... Arguments>
  T one(Literal sql, Arguments const&... arguments) {
    auto row = maybe<T>(sql, arguments...);
    if (!row) throw Error(Error::Kind::other, "a row is missing: " + std::string(sql.text()));
    return std::move(*row);
  }
  template <class T>
  T one(Sql const& sql) {
    auto row = maybe<T>(sql);
    if (!row) throw Error(Error::Kind::other, "a row is missing: " + sql.text());
    return std::move(*row);
  }

  template <class T, class Function, class... Arguments>
  void each(Literal sql, Function&& function, Arguments const&... arguments) {
    Bound const bound[] = {Bound(arguments)..., Bound(std::nullopt)};
    run_query<T>(sql.text(), bound, sizeof...(Arguments), [&](T&& row) {
      if constexpr (detail::lasts<T>()) function(std::move(row));
      else function(std::as_const(row));
      return true;
    });
  }
  template <class T, class Function>
  void each(Sql const& sql, Function&& function) {
    run_values<T>(sql.text(), sql.values(), [&](T&& row) {
      if constexpr (detail::lasts<T>()) function(std::move(row));
      else function(std::as_const(row));
      return true;
    });
  }

protected:
  Reader(Connection& connection, Memory* shared) : connection_(connection), fixed_(false), shared_(shared) {}
  Connection& connection_;

private:
  bool fixed_;
  Memory own_;
  Memory* shared_ = nullptr;

  template <class T, class Take>
  void run_values(std::string_view sql, std::vector<Value> const& values, Take&& take) {
    auto const sink = [&](Row const& row) { return take(detail::read_row<T>(row)); };
    connection_.execute(sql, values, detail::column_count<T>(), RowSink(sink));
  }
  template <class T, class Take>
  void run_query(std::string_view sql, Bound const* bound, std::size_t count, Take&& take) {
    std::vector<Value> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = bound[i].value();
    run_values<T>(sql, values, std::forward<Take>(take));
  }
};

/// A transaction that changes things. Only the Writer makes one.
class Tx : public Reader {
public:
  /// `memory`: what holds on from one write of a transaction to the next; null where there is only this one.
  explicit Tx(Connection& connection, Memory* memory = nullptr, bool tentative = false) : Reader(connection, memory), tentative_(tentative) {}

  /// Whether this write is carried out again, and then for good, if a statement of it fails or it throws after it changed something: so it may take for
  /// true what a page has read, without asking again, where a constraint or put_for_one would not let anything else pass. What it refuses before it changed
  /// anything is final, so that must not rest on it.
  bool tentative() const { return tentative_; }

  /// Whether it may have changed something already. What changes rows and gives them (update ... returning) is asked like a question and not counted:
  /// whoever does that refuses nothing afterwards.
  bool wrote() const { return wrote_; }
  Connection& connection() {
    wrote_ = true;
    return Reader::connection();
  }

  /// What is kept of a key (see Reader::lasting) is now this.
  void keep(void const* key, std::shared_ptr<void const> value) {
    if (auto* const memory = this->memory()) memory->keep(key, std::move(value));
  }
  /// Has something done once at the end for all writes that share the commit: the last row that many of them would write over. `key` as above; what
  /// was left for it before is replaced.
  void at_the_end(void const* key, std::function<void(Tx&)> last) {
    if (auto* const memory = this->memory()) memory->leave(key, std::move(last));
    else last(*this);
  }
  /// What all writes that share the commit add to, for at_the_end.
  template <class T>
  std::shared_ptr<T> shared(void const* key) {
    return *lasting<std::shared_ptr<T>>(key, [] { return std::make_shared<std::shared_ptr<T> const>(std::make_shared<T>()); });
  }
  /// Does at once what was left for the end: for whoever reads what it writes.
  void end_now() {
    if (auto* const memory = this->memory())
      for (auto const& [key, last] : memory->take_left()) {
        wrote_ = true;
        last(*this);
      }
  }
  /// What is kept of a key is not true any more.
  void forget(void const* key) {
    if (auto* const memory = this->memory()) memory->forget(key);
  }

  /// Runs a statement that gives no rows; the number of rows it changed.
  template <class... Arguments>
  std::int64_t run(Literal sql, Arguments const&... arguments) {
    auto const none = [](Row const&) { return true; };
    return with_values([&](std::span<Value const> values) { return connection_.execute(sql.text(), values, 0, RowSink(none)); }, arguments...);
  }
  std::int64_t run(Sql const& sql) {
    auto const none = [](Row const&) { return true; };
    wrote_ = true;
    return connection_.execute(sql.text(), sql.values(), 0, RowSink(none));
  }

  /// Like run, without waiting for the answer: for many rows in a row. An error shows at this call, a later one, or the commit.
  template <class... Arguments>
  void put(Literal sql, Arguments const&... arguments) {
    with_values([&](std::span<Value const> values) { connection_.enqueue(sql.text(), values); }, arguments...);
  }
  void put(Sql const& sql) {
    wrote_ = true;
    connection_.enqueue(sql.text(), sql.values());
  }

  /// Like put, for a statement that changes one row unless another write has changed it before: then Error(overtaken), which people read as a conflict.
  template <class... Arguments>
  void put_for_one(Literal sql, Arguments const&... arguments) {
    with_values([&](std::span<Value const> values) { connection_.enqueue_for_one(sql.text(), values); }, arguments...);
  }

  /// Like put, for one row: "insert into TABLE (...) values ($1, $2, ...)" and perhaps what to do on a conflict. While a write is tentative the rows of all
  /// that share its commit may travel together, after statements that were put later; but before one that works with their table. So no other table's rows
  /// may refer to them, but those that are put the same way after them.
  template <class... Arguments>
  void put_row(Literal sql, Arguments const&... arguments) {
    auto const put = [&](std::span<Value const> values) {
      if (tentative_) connection_.gather(sql.text(), values);
      else connection_.enqueue(sql.text(), values);
    };
    with_values(put, arguments...);
  }

  /// Like put_for_one, in the same company as put_row: "update TABLE set column = $2, ... where id = $1 and ...".
  template <class... Arguments>
  void put_row_change(Literal sql, Arguments const&... arguments) {
    auto const put = [&](std::span<Value const> values) {
      if (tentative_) connection_.gather(sql.text(), values);
      else connection_.enqueue_for_one(sql.text(), values);
    };
    with_values(put, arguments...);
  }

private:
  template <class Use, class... Arguments>
  auto with_values(Use&& use, Arguments const&... arguments) {
    Bound const bound[] = {Bound(arguments)..., Bound(std::nullopt)};
    std::array<Value, sizeof...(Arguments)> values;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = bound[i].value();
    wrote_ = true;
    return use(std::span<Value const>(values));
  }

  bool tentative_;
  bool wrote_ = false;
};

}  // namespace birge::db
