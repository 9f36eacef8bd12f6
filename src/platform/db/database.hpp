#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "platform/db/db.hpp"
#include "platform/db/migrations.hpp"

namespace birge::db {

struct Options {
  int readers = 4;        ///< connections that may read at once; a further reader waits
  int queue = 1024;       ///< writes that may wait; past it a write is refused with Problem(busy)
  int batch = 256;        ///< writes at most in one commit
  int lock_seconds = 30;  ///< how long to wait for another process that writes
  bool create = true;     ///< make an SQLite file that is not there
  int log_pages = 4000;   ///< pages (4 KB) after which SQLite's log is carried over: under many writes the same ones change again and again
};

class Writer;
class ReaderPool;

/// The database of one installation. Opened once; shared between all threads.
class Database {
public:
  /// `address` is sqlite:PATH, sqlite::memory: (gone with this object) or postgres://... Throws Problem with a sentence for the person when it cannot be opened.
  static std::unique_ptr<Database> open(std::string const& address, Options const& options = {});
  ~Database();

  Engine engine() const;

  /// A reading connection inside a snapshot, given back when it goes out of scope.
  class Snapshot {
  public:
    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot();
    Reader& reader() { return reader_; }

  private:
    friend class Database;
    Snapshot(ReaderPool& pool, std::unique_ptr<Connection> connection);
    ReaderPool* pool_;
    std::unique_ptr<Connection> connection_;
    Reader reader_;
  };
  Snapshot snapshot();

  /// Asks questions of a fresh snapshot.
  template <class Function>
  auto read(Function&& function) {
    auto taken = snapshot();
    return function(taken.reader());
  }

  /// Runs `function(Tx&)` in the writer and returns its result once it is durable. It may be run more than once, so it must not change
  /// anything but the database. Whatever it throws undoes it alone and is thrown here. Problem(busy) when too much waits.
  template <class Function>
  auto write(Function&& function) -> std::invoke_result_t<Function&, Tx&> {
    using Result = std::invoke_result_t<Function&, Tx&>;
    if constexpr (std::is_void_v<Result>) {
      apply([&](Tx& tx) { function(tx); });
    } else {
      std::optional<Result> result;
      apply([&](Tx& tx) { result = function(tx); });
      return std::move(*result);
    }
  }

  /// Brings the schema up to date; returns how many steps it took. Throws Problem when the database was made by a newer program or
  /// when a step that landed was changed afterwards.
  int migrate(std::span<Migration const> migrations);
  /// True when nothing is left to do for `migrations`. Same Problems as migrate.
  bool up_to_date(std::span<Migration const> migrations);

  /// A number that grows with every committed batch of writes, by whatever process: what an answer's ETag is made of.
  static std::int64_t revision(Reader& reader);

private:
  Database();
  void apply(std::function<void(Tx&)> const& function);
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace birge::db
