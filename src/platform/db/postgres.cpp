#include <libpq-fe.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <thread>
#include <unordered_map>

#include "platform/base/text.hpp"
#include "platform/db/engine.hpp"
#include "platform/db/gathered.hpp"
#include "platform/db/placeholders.hpp"
#include "platform/db/postgres_wire.hpp"

namespace birge::db {
namespace {

/// The lock that one writer at a time holds, whichever program it is in: "birge" as a number.
constexpr std::int64_t writers_lock = 0x6269726765;

struct Finish {
  void operator()(PGconn* server) const { PQfinish(server); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

/// https://www.postgresql.org/docs/15/errcodes-appendix.html
Error::Kind kind_of(std::string_view state) {
  if (state.starts_with("23")) return Error::Kind::constraint;
  if (state == "40001" || state == "40P01" || state == "0A000") return Error::Kind::retry;  // 0A000: a plan outlived a migration
  if (state == "55P03" || state == "53300") return Error::Kind::busy;
  if (state == "53100") return Error::Kind::full;
  if (state.starts_with("08") || state.starts_with("57P")) return Error::Kind::connection;
  return Error::Kind::other;
}

/// Without the server's detail line, which quotes what people entered.
Error error_of(PGresult const* result, std::string_view sql) {
  auto const field = [&](int code) {
    auto const* text = PQresultErrorField(result, code);
    return std::string(text ? text : "");
  };
  auto const state = field(PG_DIAG_SQLSTATE);
  auto what = state.empty() ? std::string(PQresultErrorMessage(result)) : field(PG_DIAG_MESSAGE_PRIMARY);
  if (PQresultStatus(result) == PGRES_EMPTY_QUERY) what = "there is no statement";
  return {kind_of(state), "postgres " + state + ": " + what + " in: " + std::string(sql)};
}

struct Statement {
  std::string name;
  int columns = 0;
  std::vector<Oid> types;  ///< of its parameters, as the server understood them
};

class ResultRow final : public Row {
public:
  ResultRow(PGresult const* result, std::string_view sql) : result_(result), sql_(sql) {}
  void set(int row) { row_ = row; }
  int columns() const override { return PQnfields(result_); }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    if (!is_null(column))
      if (auto const value = wire::to_integer(PQftype(result_, column), bytes(column))) return *value;
    wrong(column, "a whole number");
  }
  double real(int column) const override {
    if (!is_null(column))
      if (auto const value = wire::to_real(PQftype(result_, column), bytes(column))) return *value;
    wrong(column, "a number");
  }
  std::string_view text(int column) const override {
    if (is_null(column) || !wire::is_text(PQftype(result_, column))) wrong(column, "text");
    return bytes(column);
  }

private:
  std::string_view bytes(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  [[noreturn]] void wrong(int column, char const* wanted) const {
    throw Error(Error::Kind::other, "column " + std::to_string(column + 1) + " is not " + wanted + ": " + std::string(sql_));
  }
  PGresult const* result_;
  std::string_view sql_;
  int row_ = 0;
};

/// The values of one call in the form libpq wants, kept so that a call allocates nothing.
class Parameters {
public:
  void set(std::span<Value const> values) {
    pointers_.clear(), lengths_.clear(), formats_.clear(), numbers_.resize(values.size());
    std::size_t size = 0;
    for (auto const& value : values) size += value.text.size() + 1;
    texts_.resize(size);
    auto* free = texts_.data();
    for (std::size_t i = 0; i < values.size(); ++i) add(values[i], numbers_[i], free);
  }
  int count() const { return static_cast<int>(pointers_.size()); }
  char const* const* pointers() const { return pointers_.data(); }
  int const* lengths() const { return lengths_.data(); }
  int const* formats() const { return formats_.data(); }

private:
  void add(Value const& value, std::array<char, 8>& number, char*& free) {
    bool const binary = value.type != Value::Type::text;
    char const* pointer = nullptr;
    std::size_t length = 8;
    if (value.type == Value::Type::integer) number = wire::from_integer(value.integer), pointer = number.data();
    else if (value.type == Value::Type::real) number = wire::from_real(value.real), pointer = number.data();
    else if (value.type == Value::Type::bytes) pointer = value.text.data() ? value.text.data() : "", length = value.text.size();
    else if (value.type == Value::Type::text) {
      // In the text form, which the server reads as whatever type the place in the statement wants; it ends with a zero byte.
      if (value.text.find('\0') != std::string_view::npos) throw Error(Error::Kind::other, "a text holds a zero byte");
      pointer = free, length = value.text.size();
      free = std::copy(value.text.begin(), value.text.end(), free);
      *free++ = '\0';
    }
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(binary ? 1 : 0);
  }
  std::vector<char const*> pointers_;
  std::vector<int> lengths_, formats_;
  std::vector<std::array<char, 8>> numbers_;
  std::string texts_;
};

/// The type a value insists on. A text does not: so $1 may stand for a day, a name or, cast, a number. Nor does null.
Oid type_of(Value const& value) {
  switch (value.type) {
    case Value::Type::integer: return wire::int64;
    case Value::Type::real: return wire::float64;
    case Value::Type::bytes: return wire::bytes;
    case Value::Type::null:
    case Value::Type::text: break;
  }
  return wire::unspecified;
}

/// Talks in libpq's pipeline mode throughout: what is enqueued travels with the next statement that waits for its answer.
class PostgresConnection final : public Connection {
public:
  explicit PostgresConnection(PGconn* server) : server_(server) {}

  Engine engine() const override { return Engine::postgres; }

  std::int64_t execute(std::string_view sql, std::span<Value const> values, int columns, RowSink const& sink) override {
    send_rows_before(sql);
    send(sql, values, columns);
    auto const result = answers();
    if (sql.starts_with("rollback")) overtaken_ = false;
    ResultRow row(result.get(), sql);
    for (int i = 0, count = PQntuples(result.get()); i < count; ++i) {
      row.set(i);
      if (!sink(row)) break;
    }
    if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
    return std::atoll(PQcmdTuples(result.get()));
  }

  void enqueue(std::string_view sql, std::span<Value const> values) override {
    send_rows_before(sql);
    send(sql, values, 0);
    read_if_many();
  }

  void enqueue_for_one(std::string_view sql, std::span<Value const> values) override {
    send_rows_before(sql);
    send(sql, values, 0);
    steps_.back() = 1;
    read_if_many();
  }

  void gather(std::string_view sql, std::span<Value const> values) override { rows_.add(sql, values); }

  void script(std::string_view sql) override {
    send_rows();
    answers();
    PQexitPipelineMode(server_.get());
    Result const result(PQexec(server_.get(), std::string(sql).c_str()));
    PQenterPipelineMode(server_.get());
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get(), sql);
  }

  void settle() override {
    send_rows();
    answers();
    if (overtaken_ || PQtransactionStatus(server_.get()) != PQTRANS_INTRANS)
      throw Error(Error::Kind::other, "an error was ignored inside of a transaction");
  }

  void begin_reading() override {
    forget_if_many();
    enqueue("begin isolation level repeatable read read only", {});
  }
  void end_reading() override {
    enqueue("commit", {});
    synchronize();  // sent, but nobody waits for the answer: the next user of the connection reads it
  }

  std::string begin_writing() override {
    rows_.clear();
    overtaken_ = false;
    forget_if_many();
    enqueue("begin", {});
    Value key;
    key.type = Value::Type::integer;
    key.integer = writers_lock;
    std::string transaction;
    auto const read = [&](Row const& row) {
      transaction = row.text(1);
      return true;
    };
    execute("select pg_advisory_xact_lock($1), cast(pg_current_xact_id() as text)", {&key, 1}, 2, RowSink(read));
    return transaction;
  }

  bool was_committed(std::string const& transaction) override {
    for (;;) {
      Value name;
      name.type = Value::Type::text;
      name.text = transaction;
      std::string status;
      auto const read = [&](Row const& row) {
        if (!row.is_null(0)) status = row.text(0);
        return true;
      };
      execute("select pg_xact_status(cast($1 as xid8))", {&name, 1}, 1, RowSink(read));
      if (status != "in progress") return status == "committed";
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  bool in_transaction() override {
    try {
      answers();
    } catch (Error const&) {
      // What failed was part of a transaction that is given up anyway; only its state matters here.
    }
    auto const status = PQtransactionStatus(server_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }

  bool usable() override {
    // Twice: the first may find the server's last words, the second that there is nobody any more.
    return PQconsumeInput(server_.get()) == 1 && PQconsumeInput(server_.get()) == 1 && PQstatus(server_.get()) == CONNECTION_OK;
  }

private:
  /// What was sent: how many rows a statement must change, or one of these.
  using Step = int;
  static constexpr Step changes_any = -1, synchronization = -2;
  static constexpr std::size_t unread_at_most = 256;
  static constexpr std::size_t remembered = 400;

  [[noreturn]] void fail(PGresult const* result, std::string_view sql) {
    if (PQstatus(server_.get()) != CONNECTION_OK) lost(PQerrorMessage(server_.get()));
    auto const error = error_of(result, sql);
    if (error.kind == Error::Kind::retry) stale_ = true;
    throw error;
  }
  [[noreturn]] void lost(std::string const& why) {
    steps_.clear();
    throw Error(Error::Kind::connection, "the connection to the server is lost: " + why);
  }

  void sent(int success) {
    if (success != 1) lost(PQerrorMessage(server_.get()));
    steps_.push_back(changes_any);
  }
  void synchronize() {
    if (PQpipelineSync(server_.get()) != 1) lost(PQerrorMessage(server_.get()));
    steps_.push_back(synchronization);
  }

  void send_rows() {
    auto const send_some = [this](std::string_view of_one, std::string_view sql, std::span<Value const> values, std::size_t rows) {
      // In a list of rows the server takes a null or a text for a text, whatever column it is for.
      auto const types = prepared(of_one, values.first(values.size() / rows)).types;
      send(sql, values, 0, types);
      if (sql.starts_with("update ")) steps_.back() = static_cast<Step>(rows);
      read_if_many();
    };
    if (!rows_.empty()) rows_.send_all(send_some);
  }
  void send_rows_before(std::string_view sql) {
    if (rows_.concern(sql)) send_rows();
  }

  /// The answers not yet read must fit the buffers between us and the server, or both would wait for each other.
  void read_if_many() {
    if (steps_.size() >= unread_at_most) answers();
  }

  void send(std::string_view sql, std::span<Value const> values, int columns, std::span<Oid const> types = {}) {
    auto const& statement = prepared(sql, values, types);
    if (statement.columns != columns)
      throw Error(Error::Kind::other, "the statement has " + std::to_string(statement.columns) + " columns, " + std::to_string(columns) +
                                          " are wanted: " + std::string(sql));
    parameters_.set(values);
    last_sql_ = sql;
    sent(PQsendQueryPrepared(server_.get(), statement.name.c_str(), parameters_.count(), parameters_.pointers(), parameters_.lengths(),
                             parameters_.formats(), 1));
  }

  /// Reads every answer there is to come; the last one, or throws the first error.
  Result answers() {
    if (steps_.empty()) return nullptr;
    if (steps_.back() != synchronization) synchronize();
    Result last, failed;
    bool all_as_expected = true;
    for (auto const step : steps_) {
      if (step == synchronization) {
        Result const mark(PQgetResult(server_.get()));
        if (PQresultStatus(mark.get()) != PGRES_PIPELINE_SYNC) lost(PQerrorMessage(server_.get()));
        continue;
      }
      while (Result result{PQgetResult(server_.get())}) {
        auto const status = PQresultStatus(result.get());
        if (step != changes_any && status == PGRES_COMMAND_OK && std::atoi(PQcmdTuples(result.get())) != step) all_as_expected = false;
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) last = std::move(result);
        else if (!failed && status != PGRES_PIPELINE_ABORTED) failed = std::move(result);
        if (PQstatus(server_.get()) != CONNECTION_OK) lost(PQerrorMessage(server_.get()));
      }
    }
    steps_.clear();
    if (!all_as_expected) {  // before an error, which may come of it
      overtaken_ = true;
      throw overtaken("one of the statements up to " + last_sql_);
    }
    if (failed) fail(failed.get(), last_sql_);
    return last;
  }

  /// `types`: those of the values that do not insist on one, over and over again; the server's guess where there are none.
  Statement const& prepared(std::string_view sql, std::span<Value const> values, std::span<Oid const> types = {}) {
    auto found = statements_.find(sql);
    if (found != statements_.end())
      for (auto const& statement : found->second)
        if (takes(statement, values)) return statement;
    auto statement = prepare(sql, values, types);
    auto& variants = statements_[std::string(sql)];
    return variants.emplace_back(std::move(statement));
  }

  /// One statement may be prepared more than once, for instance with a null and later with a number where the server guessed a text.
  static bool takes(Statement const& statement, std::span<Value const> values) {
    if (statement.types.size() != values.size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto const type = type_of(values[i]);
      if (type != wire::unspecified && type != statement.types[i]) return false;
    }
    return true;
  }

  Statement prepare(std::string_view sql, std::span<Value const> values, std::span<Oid const> types) {
    if (placeholder_count(sql) != values.size()) throw Error(Error::Kind::other, "the arguments do not fit the placeholders of: " + std::string(sql));
    answers();  // so that an error of what came before is not taken for one of this statement
    Statement statement;
    statement.name = "s" + std::to_string(++named_);
    for (auto const& value : values) {
      auto const type = type_of(value);
      statement.types.push_back(type != wire::unspecified || types.empty() ? type : types[statement.types.size() % types.size()]);
    }
    last_sql_ = sql;
    sent(PQsendPrepare(server_.get(), statement.name.c_str(), last_sql_.c_str(), static_cast<int>(values.size()), statement.types.data()));
    sent(PQsendDescribePrepared(server_.get(), statement.name.c_str()));
    auto const described = answers();
    statement.columns = PQnfields(described.get());
    for (std::size_t i = 0; i < values.size(); ++i) statement.types[i] = PQparamtype(described.get(), static_cast<int>(i));
    return statement;
  }

  void forget_if_many() {
    if (!stale_ && statements_.size() < remembered) return;
    script("deallocate all");
    statements_.clear();
    stale_ = false;
  }

  std::unique_ptr<PGconn, Finish> server_;
  std::unordered_map<std::string, std::vector<Statement>, TextHash, std::equal_to<>> statements_;
  std::vector<Step> steps_;  ///< sent, their answers not yet read
  Parameters parameters_;
  GatheredRows rows_;
  std::string last_sql_;
  std::uint64_t named_ = 0;
  bool overtaken_ = false;  ///< since the transaction or savepoint began
  bool stale_ = false;
};

Problem cannot_connect(PGconn const* server, PGPing answer) {
  std::string const log = PQerrorMessage(server);
  switch (answer) {
    case PQPING_OK: return {Failure::forbidden, message("The database server refuses the user, the password or the name of the database."), log};
    case PQPING_REJECT: return {Failure::busy, message("The database server is just starting or stopping."), log};
    case PQPING_NO_RESPONSE: return {Failure::busy, message("The database server cannot be reached."), log};
    case PQPING_NO_ATTEMPT: break;
  }
  return {Failure::bad_input, message("The address of the database server cannot be read."), log};
}

}  // namespace

std::unique_ptr<Connection> open_postgres(std::string const& address, Opening const& opening) {
  char const* const keys[] = {"connect_timeout", "dbname", "client_encoding", "fallback_application_name", nullptr};
  char const* const values[] = {"10", address.c_str(), "UTF8", "birge", nullptr};
  auto* const server = PQconnectdbParams(keys, values, 1);
  auto connection = std::make_unique<PostgresConnection>(server);
  if (PQstatus(server) != CONNECTION_OK) {
    auto const answer = PQpingParams(keys, values, 1);
    // A server that was just starting may be ready by the time it is asked: only whom it refuses once more has a wrong user, password or name.
    if (answer == PQPING_OK) PQreset(server);
    if (PQstatus(server) != CONNECTION_OK) throw cannot_connect(server, answer);
  }
  if (PQserverVersion(server) < 130000)
    throw Problem(Failure::unprocessable, message("The database server is too old; Birge needs PostgreSQL 13 or later."));
  if (std::string_view(PQparameterStatus(server, "server_encoding")) != "UTF8")
    throw Problem(Failure::unprocessable, message("The database must have been made with the encoding UTF8."));
  auto const ignore_notice = [](void*, char const* text) { spdlog::debug("postgres: {}", text); };
  PQsetNoticeProcessor(server, ignore_notice, nullptr);
  PQenterPipelineMode(server);
  // The usual price of a page read out of order is that of a turning disk: for a few rows by their keys whole tables would be read, which lie in memory.
  connection->script("set timezone = 'UTC'; set synchronous_commit = on; set random_page_cost = 1.1; set lock_timeout = '" +
                     std::to_string(opening.lock_seconds) + "s'");
  if (opening.role == Opening::Role::reading)
    connection->script("set default_transaction_isolation = 'repeatable read'; set default_transaction_read_only = on");
  return connection;
}

}  // namespace birge::db
