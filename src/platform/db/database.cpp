#include "platform/db/database.hpp"

#include <filesystem>

#include "platform/db/engine.hpp"
#include "platform/db/pool.hpp"
#include "platform/db/writer.hpp"

namespace birge::db {
namespace {

/// sqlite::memory: is a file in a folder that goes away: a database inside of one process's memory could not be read while it is written.
class TemporaryFolder {
public:
  TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "birge-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw Problem(Failure::internal, message("No temporary folder can be made."), pattern);
    path_ = pattern;
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

private:
  std::filesystem::path path_;
};

}  // namespace

struct Database::Inside {
  std::string address;  ///< the path of the file, or the whole address of the server
  Engine engine = Engine::sqlite;
  Options options;
  std::optional<TemporaryFolder> temporary;
  std::optional<ReaderPool> readers;
  std::optional<Writer> writer;

  std::unique_ptr<Connection> connect(Opening::Role role, bool create) const {
    Opening const opening{role, options.lock_seconds, create, options.log_pages};
    return engine == Engine::sqlite ? open_sqlite(address, opening) : open_postgres(address, opening);
  }
};

Database::Database() : inside_(std::make_unique<Inside>()) {}
Database::~Database() = default;

std::unique_ptr<Database> Database::open(std::string const& address, Options const& options) {
  std::unique_ptr<Database> database(new Database);
  auto* const inside = database->inside_.get();
  inside->options = options;
  inside->address = address;
  if (address == "sqlite::memory:") {
    inside->temporary.emplace();
    inside->address = (inside->temporary->path() / "birge.db").string();
  } else if (address.starts_with("sqlite:") && address.size() > 7) {
    inside->address = address.substr(7);
  } else if (address.starts_with("postgres://") || address.starts_with("postgresql://")) {
    inside->engine = Engine::postgres;
  } else {
    // The address itself may hold a password, so nobody gets to read it.
    throw Problem(Failure::bad_input, message("The address of the database must begin with sqlite: or postgres://."));
  }
  auto first = inside->connect(Opening::Role::writing, options.create);
  inside->readers.emplace([inside] { return inside->connect(Opening::Role::reading, false); }, options.readers);
  inside->writer.emplace(
      std::move(first), [inside] { return inside->connect(Opening::Role::writing, false); }, options);
  return database;
}

Engine Database::engine() const { return inside_->engine; }

Database::Snapshot::Snapshot(ReaderPool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)), reader_(*connection_, true) {}

Database::Snapshot::Snapshot(Snapshot&& other) noexcept = default;

Database::Snapshot::~Snapshot() {
  if (connection_) pool_->give_back(std::move(connection_));
}

Database::Snapshot Database::snapshot() { return {*inside_->readers, inside_->readers->take()}; }

void Database::apply(std::function<void(Tx&)> const& function) { inside_->writer->apply(function); }

int Database::migrate(std::span<Migration const> migrations) { return db::migrate(*inside_->connect(Opening::Role::writing, false), migrations); }

bool Database::up_to_date(std::span<Migration const> migrations) {
  return db::migrated(*inside_->connect(Opening::Role::reading, false), migrations);
}

std::int64_t Database::revision(Reader& reader) { return reader.one<std::int64_t>("select number from revision"); }

}  // namespace birge::db
