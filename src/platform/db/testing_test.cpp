#include "platform/db/testing.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
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

/// Starts a server, says so, and stops it when its standard input ends: that happens however the test process dies.
constexpr char const* server_script = R"sh(
trap '' INT TERM HUP
exec 3<&0 </dev/null
folder=$1 port=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /none)")
as=""
if [ "$(id -u)" = 0 ]; then as="runuser -u postgres --"; chown postgres "$folder"; fi
cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U postgres --auth-local=trust --auth-host=scram-sha-256 --no-sync --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=ru >"$folder/log" 2>&1 &&
$as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" -o "-c listen_addresses=127.0.0.1 -p $port -k $folder -c fsync=off \
    -c full_page_writes=off -c autovacuum=off -c max_connections=200 -c shared_buffers=64MB" start >>"$folder/log" 2>&1 &&
echo ready || { cat "$folder/log" "$folder/server.log" >&2; echo failed; }
cat <&3
$as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1
cd /
rm -rf "$folder"
)sh";

std::string new_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "birge-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  return pattern;
}

int free_port() {
  int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

class Server {
public:
  Server() : folder_(new_folder()), port_(free_port()) {
    int life[2], words[2];
    if (::pipe2(life, O_CLOEXEC) != 0 || ::pipe2(words, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    auto const port = std::to_string(port_);
    child_ = ::fork();
    if (child_ == 0) {
      ::setsid();  // Ctrl-C is for the tests; the server is stopped by their end
      ::dup2(words[1], 1);
      ::dup2(life[0], 0);
      ::execl("/bin/sh", "sh", "-c", server_script, "sh", folder_.c_str(), port.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(life[0]);
    ::close(words[1]);
    life_ = life[1];
    char answer[16] = {};
    auto const size = ::read(words[0], answer, sizeof answer - 1);
    ::close(words[0]);
    if (size < 5 || std::string_view(answer, 5) != "ready") throw std::runtime_error("PostgreSQL did not start; is it installed?");
  }
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;
  ~Server() {
    ::close(life_);
    ::waitpid(child_, nullptr, 0);
  }
  std::string address() const { return fmt::format("postgres:///postgres?host={}&port={}&user=postgres", folder_, port_); }

private:
  std::string folder_;
  int port_;
  pid_t child_ = -1;
  int life_ = -1;
};

std::string server_address() {
  if (auto const* given = std::getenv("BIRGE_TEST_POSTGRES")) return given;
  static Server const server;
  return server.address();
}

class Folder {
public:
  Folder() : path(new_folder()) {}
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string path;
};

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
  on_server("create database " + name + " template " + original);  // the default strategy: copying files waits for a checkpoint
  return test_server(name);
}

}  // namespace

std::string engine_name(testing::TestParamInfo<Engine> const& info) { return info.param == Engine::sqlite ? "Sqlite" : "Postgres"; }

std::string test_folder() {
  static Folder const folder;
  return folder.path;
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
  } catch (std::exception const& error) {
    ADD_FAILURE() << error.what();
  }
}

}  // namespace birge::db
