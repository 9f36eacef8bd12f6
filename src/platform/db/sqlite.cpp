#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>
#include <unordered_map>

#include "platform/base/text.hpp"
#include "platform/db/engine.hpp"
#include "platform/db/sqlite_log.hpp"

namespace birge::db {
namespace {

Error::Kind kind_of(sqlite3* database, int code) {
  // SQLite knows a full disk only; a quota and a limit on the size of files are the same to whoever wants to save something. What the
  // system said is kept for most statements; after a commit that failed it still stands where the system left it.
  auto const no_room = [](int why) { return why == ENOSPC || why == EDQUOT || why == EFBIG; };
  if ((code & 0xff) == SQLITE_IOERR && (no_room(errno) || no_room(sqlite3_system_errno(database)))) return Error::Kind::full;
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return Error::Kind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Error::Kind::busy;
    case SQLITE_FULL: return Error::Kind::full;
    default: return Error::Kind::other;
  }
}

[[noreturn]] void fail(sqlite3* database, int code, std::string_view sql) {
  throw Error(kind_of(database, code), "sqlite " + std::to_string(code) + ": " + sqlite3_errmsg(database) + " in: " + std::string(sql));
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

/// A prepared statement, and which argument each of its parameters takes: SQLite numbers $2 before $1 when it appears first.
struct Statement {
  std::unique_ptr<sqlite3_stmt, Finalize> handle;
  std::vector<int> argument_of;
  bool in_use = false;
};

class StatementRow final : public Row {
public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
  int columns() const override { return sqlite3_column_count(statement_); }
  // The value is fetched once and then asked: each of the functions that take a column instead finds and checks it anew. SQLite allows this
  // where, as here, a connection is used by one thread at a time.
  bool is_null(int column) const override { return sqlite3_value_type(sqlite3_column_value(statement_, column)) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    auto* const value = sqlite3_column_value(statement_, column);
    if (sqlite3_value_type(value) != SQLITE_INTEGER) wrong(column, "a whole number");
    return sqlite3_value_int64(value);
  }
  double real(int column) const override {
    auto* const value = sqlite3_column_value(statement_, column);
    auto const type = sqlite3_value_type(value);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) wrong(column, "a number");
    return sqlite3_value_double(value);
  }
  std::string_view text(int column) const override {
    auto* const value = sqlite3_column_value(statement_, column);
    auto const type = sqlite3_value_type(value);
    if (type != SQLITE_TEXT && type != SQLITE_BLOB) wrong(column, "text");
    auto const* bytes = static_cast<char const*>(sqlite3_value_blob(value));
    return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_value_bytes(value))};
  }

private:
  [[noreturn]] void wrong(int column, char const* wanted) const {
    throw Error(Error::Kind::other, "column " + std::to_string(column + 1) + " is not " + wanted + ": " + sqlite3_sql(statement_));
  }
  sqlite3_stmt* statement_;
};

/// However the reading of rows ends, the statement is reset: half-read it would keep its snapshot and block checkpoints.
class Use {
public:
  explicit Use(Statement& statement) : statement_(statement) { statement_.in_use = true; }
  Use(Use const&) = delete;
  Use& operator=(Use const&) = delete;
  ~Use() {
    sqlite3_reset(statement_.handle.get());
    sqlite3_clear_bindings(statement_.handle.get());
    statement_.in_use = false;
  }

private:
  Statement& statement_;
};

/// A statement is over when only spaces, semicolons and comments follow.
bool empty_tail(std::string_view tail) {
  while (!tail.empty()) {
    if (std::strchr(" \t\r\n;", tail.front())) tail.remove_prefix(1);
    else if (tail.starts_with("--")) tail.remove_prefix(std::min(tail.size(), tail.find('\n')));
    else return false;
  }
  return true;
}

std::vector<int> arguments_of(sqlite3_stmt* statement, std::string_view sql) {
  std::vector<int> argument_of;
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    auto const* name = sqlite3_bind_parameter_name(statement, i);
    int number = 0;
    if (!name || *name != '$' || std::from_chars(name + 1, name + std::strlen(name), number).ec != std::errc() || number < 1)
      throw Error(Error::Kind::other, "a placeholder is not $1, $2, ...: " + std::string(sql));
    argument_of.push_back(number - 1);
  }
  return argument_of;
}

class SqliteConnection final : public Connection {
public:
  SqliteConnection(sqlite3* database, int lock_seconds) : database_(database), patience_(lock_seconds) {
    sqlite3_busy_handler(database, &SqliteConnection::wait, this);
  }

  Engine engine() const override { return Engine::sqlite; }

  std::int64_t execute(std::string_view sql, std::span<Value const> values, int columns, RowSink const& sink) override {
    auto const found = statements_.find(sql);
    if (found != statements_.end() && !found->second.in_use) return run(found->second, sql, values, columns, sink);
    if (found == statements_.end()) return run(remember(sql), sql, values, columns, sink);
    // The same statement asked again while its rows are being read: one of its own.
    auto another = prepare(sql);
    return run(another, sql, values, columns, sink);
  }

  void enqueue(std::string_view sql, std::span<Value const> values) override { execute(sql, values, 0, RowSink(no_rows)); }

  void enqueue_for_one(std::string_view sql, std::span<Value const> values) override {
    if (execute(sql, values, 0, RowSink(no_rows)) == 1) return;
    failed_ = true;
    throw overtaken(sql);
  }

  /// Here a statement for each row is the quickest.
  void gather(std::string_view sql, std::span<Value const> values) override {
    if (sql.starts_with("update ")) enqueue_for_one(sql, values);
    else enqueue(sql, values);
  }

  void script(std::string_view sql) override {
    std::string const text(sql);
    auto const code = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(database_.get(), code, sql);
  }

  void settle() override {
    // SQLite would let a write go on after an error; PostgreSQL does not, and a write must not depend on the engine.
    if (failed_ || !in_transaction()) throw Error(Error::Kind::other, "an error was ignored inside of a transaction");
  }
  void begin_reading() override { enqueue("begin", {}); }
  void end_reading() override {
    if (in_transaction()) enqueue("commit", {});  // some errors ended it already
  }
  std::string begin_writing() override {
    enqueue("begin immediate", {});
    failed_ = false;
    return {};
  }
  bool was_committed(std::string const&) override { return false; }
  bool in_transaction() override { return sqlite3_get_autocommit(database_.get()) == 0; }
  bool usable() override { return true; }

  /// From now on the log of what is written is carried over beside the writes.
  void carry_log(std::string path, int pages) { carrier_.emplace(database_.get(), std::move(path), pages); }

private:
  static constexpr std::size_t remembered = 400;

  /// SQLite's own waiting sleeps up to 100 ms; against a program that commits all the time short naps find a gap sooner.
  static int wait(void* object, int tries) {
    auto& self = *static_cast<SqliteConnection*>(object);
    auto const now = std::chrono::steady_clock::now();
    if (tries == 0) self.waiting_since_ = now;
    if (now - self.waiting_since_ >= self.patience_) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(std::min(500 * (tries + 1), 5000)));
    return 1;
  }

  Statement prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    char const* tail = nullptr;
    auto const code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    Statement statement{std::unique_ptr<sqlite3_stmt, Finalize>(handle), {}, false};
    if (code != SQLITE_OK) fail(database_.get(), code, sql);
    if (!handle) throw Error(Error::Kind::other, "there is no statement in: " + std::string(sql));
    if (!empty_tail(sql.substr(static_cast<std::size_t>(tail - sql.data()))))
      throw Error(Error::Kind::other, "more than one statement in: " + std::string(sql));
    statement.argument_of = arguments_of(handle, sql);
    return statement;
  }

  Statement& remember(std::string_view sql) {
    if (statements_.size() >= remembered) std::erase_if(statements_, [](auto const& entry) { return !entry.second.in_use; });
    return statements_.emplace(std::string(sql), prepare(sql)).first->second;
  }

  void bind(Statement& statement, std::string_view sql, std::span<Value const> values) {
    if (statement.argument_of.size() != values.size())
      throw Error(Error::Kind::other, "the arguments do not fit the placeholders of: " + std::string(sql));
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto const argument = static_cast<std::size_t>(statement.argument_of[i]);
      if (argument >= values.size()) throw Error(Error::Kind::other, "a placeholder is left out: " + std::string(sql));
      auto const code = bind_one(statement.handle.get(), static_cast<int>(i) + 1, values[argument]);
      if (code != SQLITE_OK) fail(database_.get(), code, sql);
    }
  }

  static int bind_one(sqlite3_stmt* statement, int index, Value const& value) {
    auto const* bytes = value.text.data() ? value.text.data() : "";  // a null pointer would become null
    switch (value.type) {
      case Value::Type::null: return sqlite3_bind_null(statement, index);
      case Value::Type::integer: return sqlite3_bind_int64(statement, index, value.integer);
      case Value::Type::real: return sqlite3_bind_double(statement, index, value.real);
      case Value::Type::text:
        if (value.text.find('\0') != std::string_view::npos) throw Error(Error::Kind::other, "a text holds a zero byte");
        return sqlite3_bind_text64(statement, index, bytes, value.text.size(), SQLITE_STATIC, SQLITE_UTF8);
      case Value::Type::bytes: return sqlite3_bind_blob64(statement, index, bytes, value.text.size(), SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
  }

  std::int64_t run(Statement& statement, std::string_view sql, std::span<Value const> values, int columns, RowSink const& sink) {
    auto* const handle = statement.handle.get();
    if (sqlite3_column_count(handle) != columns)
      throw Error(Error::Kind::other, "the statement has " + std::to_string(sqlite3_column_count(handle)) + " columns, " + std::to_string(columns) +
                                          " are wanted: " + std::string(sql));
    Use const use(statement);
    bind(statement, sql, values);
    auto const before = sqlite3_total_changes64(database_.get());
    // A statement that changes something runs to its end even when no more rows are wanted.
    bool const reads = sqlite3_stmt_readonly(handle) != 0;
    StatementRow const row(handle);
    bool wanted = true;
    int code;
    while ((code = sqlite3_step(handle)) == SQLITE_ROW) {
      if (wanted) wanted = sink(row);
      if (!wanted && reads) return 0;
    }
    if (code != SQLITE_DONE) {
      failed_ = true;
      fail(database_.get(), code, sql);
    }
    if (sql.starts_with("rollback")) failed_ = false;
    return reads || sqlite3_total_changes64(database_.get()) == before ? 0 : sqlite3_changes64(database_.get());
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::optional<LogCarrier> carrier_;
  std::chrono::seconds patience_;
  std::chrono::steady_clock::time_point waiting_since_;
  bool failed_ = false;  ///< a statement failed since the transaction or savepoint began
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

Problem cannot_open(std::string const& path, int code, std::string const& detail) {
  auto const log = "sqlite " + std::to_string(code) + " at " + path + ": " + detail;
  switch (code & 0xff) {
    case SQLITE_NOTADB: return {Failure::unprocessable, message("The file {} is not a database.", path), log};
    case SQLITE_CORRUPT: return {Failure::internal, message("The database {} is damaged; restore a backup.", path), log};
    case SQLITE_READONLY: return {Failure::forbidden, message("The database {} may not be written by this user.", path), log};
    case SQLITE_FULL: return {Failure::busy, message("The disk is full, so the database {} cannot be opened.", path), log};
    case SQLITE_BUSY: return {Failure::busy, message("Another program keeps the database {} locked.", path), log};
    default: return {Failure::unprocessable, message("The database {} cannot be opened.", path), log};
  }
}

/// The file is made by us, so that only its owner reads what people trusted us with; SQLite gives its side files the same rights.
void make_file(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    auto const log = path + ": " + std::strerror(errno);
    if (errno == ENOENT || errno == ENOTDIR)
      throw Problem(Failure::unprocessable, message("The folder of the database {} does not exist.", path), log);
    if (errno == EISDIR) throw Problem(Failure::unprocessable, message("{} is a folder, not a database.", path), log);
    throw Problem(Failure::forbidden, message("The database {} cannot be made: this user may not write there.", path), log);
  }
  ::close(file);
}

void set_up(Connection& connection, sqlite3* database, Opening::Role role) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // "word" is a name and never a text, as on PostgreSQL.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  connection.script(
      "pragma foreign_keys = on; pragma trusted_schema = off; pragma secure_delete = on; "
      "pragma temp_store = memory; pragma cache_size = -16000");
  if (role == Opening::Role::reading) return connection.script("pragma query_only = on");
  connection.script("pragma synchronous = full; pragma wal_autocheckpoint = 0; pragma journal_size_limit = 67108864");
  std::string mode;
  auto const read_mode = [&](Row const& row) {
    mode = row.text(0);
    return true;
  };
  connection.execute("pragma journal_mode = wal", {}, 1, RowSink(read_mode));
  if (mode != "wal") throw Error(Error::Kind::other, "the file system of the database does not allow a write-ahead log");
}

}  // namespace

std::unique_ptr<Connection> open_sqlite(std::string const& given, Opening const& opening) {
  // SQLite's statistics of memory, which we do not read, take a lock of the whole process at each piece of memory.
  [[maybe_unused]] static bool const without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  auto const path = std::filesystem::absolute(given).string();  // never taken for one of SQLite's file: addresses
  std::error_code hidden;  // in a folder that this user may not look into: then it cannot be opened either, which is told below
  if (opening.create) make_file(path);
  else if (!std::filesystem::exists(path, hidden) && !hidden) throw Problem(Failure::not_found, message("There is no database at {}.", path));
  sqlite3* database = nullptr;
  auto const code = sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  auto connection = std::make_unique<SqliteConnection>(database, opening.lock_seconds);
  if (code != SQLITE_OK) throw cannot_open(path, code, sqlite3_errmsg(database));
  try {
    set_up(*connection, database, opening.role);
    if (opening.role == Opening::Role::writing) connection->carry_log(path, opening.log_pages);
  } catch (Error const& error) {
    auto const reason = error.kind == Error::Kind::full ? SQLITE_FULL : sqlite3_extended_errcode(database);
    throw cannot_open(path, reason, error.what());
  }
  return connection;
}

}  // namespace birge::db
