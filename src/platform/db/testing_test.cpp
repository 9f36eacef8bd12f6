#include "platform/db/testing.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>

#include "platform/db/engine.hpp"

namespace birge::db {
namespace {

/// A program that keeps something for this process and says in its first line what. It cleans up when the pipe to us closes, which the
/// pipe does however this process dies.
class Keeper {
public:
  explicit Keeper(std::vector<char const*> command) {
    int life[2], words[2];
    if (::pipe2(life, O_CLOEXEC) != 0 || ::pipe2(words, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    command.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::setsid();  // Ctrl-C is for the tests; the keeper ends with them
      ::dup2(life[0], 0);
      ::dup2(words[1], 1);
      ::execv(command[0], const_cast<char* const*>(command.data()));
      ::_exit(127);
    }
    ::close(life[0]);
    ::close(words[1]);
    life_ = life[1];
    for (char c; ::read(words[0], &c, 1) == 1 && c != '\n';) kept_ += c;
    ::close(words[0]);
    if (kept_.empty()) throw std::runtime_error(std::string(command[0]) + " did not do what the tests need; is PostgreSQL installed?");
  }
  Keeper(Keeper const&) = delete;
  Keeper& operator=(Keeper const&) = delete;
  ~Keeper() {
    ::close(life_);
    ::waitpid(child_, nullptr, 0);
  }
  std::string const& kept() const { return kept_; }

private:
  std::string kept_;
  pid_t child_ = -1;
  int life_ = -1;
};

std::string server_address() {
  if (auto const* given = std::getenv("BIRGE_TEST_POSTGRES")) return given;
  static Keeper const server({BIRGE_SOURCE "/tests/with_postgres", "sh", "-c", "echo $BIRGE_TEST_POSTGRES; cat >&2"});
  return server.kept();
}

std::string new_name() {
  static std::atomic<int> made = 0;
  return fmt::format("birge_test_{}_{}", ::getpid(), ++made);
}

void on_server(std::string const& command) {
  static std::mutex mutex;
  static auto const server = open_postgres(test_server("postgres"), {});
  std::scoped_lock const lock(mutex);
  server->script(command);
}

std::string make_template(Engine engine, std::span<Migration const> migrations) {
  auto const name = new_name();
  if (engine == Engine::postgres) on_server("create database " + name);
  auto const address = engine == Engine::sqlite ? "sqlite:" + test_folder() + "/" + name : test_server(name);
  Database::open(address)->migrate(migrations);
  return name;
}

/// The database that was migrated once with these steps.
std::string template_for(Engine engine, std::span<Migration const> migrations) {
  static std::mutex mutex;
  static std::map<std::pair<Engine, std::string>, std::string> made;
  std::string key;
  for (auto const& migration : migrations) key += fmt::format("{} {} {};", migration.number, migration.name, migration.sql);
  std::scoped_lock const lock(mutex);
  auto& name = made[{engine, key}];
  if (name.empty()) name = make_template(engine, migrations);
  return name;
}

std::string copy_of(Engine engine, std::string const& original) {
  auto const name = new_name();
  if (engine == Engine::sqlite) {
    auto const path = test_folder() + "/" + name;
    std::filesystem::copy_file(test_folder() + "/" + original, path);
    return "sqlite:" + path;
  }
  on_server("create database " + name + " template " + original + " strategy file_copy");  // six times faster than through the log
  return test_server(name);
}

}  // namespace

std::string engine_name(testing::TestParamInfo<Engine> const& info) { return info.param == Engine::sqlite ? "Sqlite" : "Postgres"; }

std::string test_folder() {
  static Keeper const folder({"/bin/sh", "-c", "folder=$(mktemp -d ${TMPDIR:-/tmp}/birge-test-XXXXXX); echo $folder; cat >&2; rm -rf $folder"});
  return folder.kept();
}

std::string test_server(std::string const& database) {
  auto const address = server_address();
  auto const path = address.find('/', address.find("://") + 3);
  auto const query = address.find('?');
  return address.substr(0, path + 1) + database + (query == std::string::npos ? "" : address.substr(query));
}

TestDatabase::TestDatabase(Engine engine, Options const& options) : TestDatabase(engine, embedded_migrations(), options) {}

TestDatabase::TestDatabase(Engine engine, std::span<Migration const> migrations, Options const& options)
    : address_(copy_of(engine, template_for(engine, migrations))), database_(Database::open(address_, options)) {}

TestDatabase::~TestDatabase() {
  database_.reset();
  if (address_.starts_with("sqlite:")) {
    for (auto const* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(address_.substr(7) + suffix);
    return;
  }
  try {
    auto const name = address_.substr(address_.rfind("/birge_test_") + 1);
    on_server("drop database " + name.substr(0, name.find('?')) + " with (force)");
  } catch (std::exception const& error) { ADD_FAILURE() << error.what(); }
}

}  // namespace birge::db
