#include "platform/http/server.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <unordered_map>

#include "platform/base/turns.hpp"
#include "platform/http/listener.hpp"
#include "platform/http/session.hpp"

namespace birge::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr asio::use_awaitable_t<Executor> awaitable{};
constexpr std::size_t most_turned_away = 64;  // connections past the limit that are told so; further ones are closed without a word

/// How often deadlines are looked at: one timer for all connections costs less than one for each, and a deadline need not be exact.
std::chrono::milliseconds look_every(Limits const& limits) {
  auto const shortest = std::min({limits.header_time, limits.body_time, limits.idle_time, limits.write_time});
  return std::clamp<std::chrono::milliseconds>(shortest / 4, 10ms, 250ms);
}

/// Systems let a program open 1,024 files unless it asks for more, which it may up to a hard limit.
void allow_open_files(std::size_t connections) {
  constexpr rlim_t besides = 256;  // database, logs, files being read
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= connections + besides) return;
  limit.rlim_cur = std::min<rlim_t>(connections + besides, limit.rlim_max);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < connections + besides)
    spdlog::warn("the system allows {} open files, fewer than {} connections need", limit.rlim_cur, connections);
}

}  // namespace

struct Server::Inside {
  Inside(ServerOptions given, Answer function)
      : options(std::move(given)),
        answer(std::move(function)),
        listener(context, options.address, options.port),
        look(context.get_executor()),
        completions(context),
        workers(options.workers, options.limits.waiting),
        shared{options, answer, metrics, workers, completions} {}

  void take(Socket socket);
  void begin_stop();
  void end_if_done();
  Awaitable<void> watch();
  void start(Awaitable<void> coroutine, std::shared_ptr<Session> const& session);

  ServerOptions options;
  Answer answer;
  // Members go in reverse order: the workers are joined before the sessions they may hold, and the context ends last.
  asio::io_context context{1};
  Listener listener;
  Timer look;
  Metrics metrics;
  Completions completions;
  std::unordered_map<Session*, std::shared_ptr<Session>> sessions;
  Workers workers;
  Shared shared;
  std::function<void(Socket)> const taker = [this](Socket socket) { take(std::move(socket)); };
  std::atomic<bool> stop_asked = false;
  TimePoint stop_deadline = TimePoint::max();
};

void Server::Inside::take(Socket socket) {
  auto const open = sessions.size();
  auto const most = options.limits.connections;
  if (open >= most + most_turned_away) return;
  auto const session = std::make_shared<Session>(shared, std::move(socket));
  start(open < most ? session->serve() : session->turn_away(), session);
}

void Server::Inside::start(Awaitable<void> coroutine, std::shared_ptr<Session> const& session) {
  sessions.emplace(session.get(), session);
  metrics.connection_opened();
  asio::co_spawn(context.get_executor(), std::move(coroutine), [this, session](std::exception_ptr error) {
    try {
      if (error) std::rethrow_exception(error);
    } catch (std::exception const& problem) { spdlog::error("a connection was given up: {}", problem.what()); }
    sessions.erase(session.get());
    metrics.connection_closed();
    end_if_done();
  });
}

Awaitable<void> Server::Inside::watch() {
  boost::system::error_code error;
  auto token = asio::redirect_error(awaitable, error);
  auto const pause = look_every(options.limits);
  for (;;) {
    look.expires_after(pause);
    co_await look.async_wait(token);
    auto const now = std::chrono::steady_clock::now();
    for (auto const& [key, session] : sessions) session->check_deadline(now);
    if (now >= stop_deadline) {
      spdlog::warn("stopping with {} connections unfinished", sessions.size());
      context.stop();
    }
  }
}

void Server::Inside::begin_stop() {
  if (shared.stopping.exchange(true)) return;
  listener.close();
  stop_deadline = std::chrono::steady_clock::now() + options.limits.stop_time;
  for (auto const& [key, session] : sessions) session->finish_soon();
  end_if_done();
}

void Server::Inside::end_if_done() {
  if (shared.stopping && sessions.empty()) context.stop();
}

Server::Server(ServerOptions options, Answer answer) : inside_(std::make_unique<Inside>(std::move(options), std::move(answer))) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return inside_->listener.port(); }

void Server::run() {
  auto& inside = *inside_;
  allow_open_files(inside.options.limits.connections);
  auto const report = [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  };
  asio::co_spawn(inside.context.get_executor(), inside.listener.accept_all(inside.taker), report);
  asio::co_spawn(inside.context.get_executor(), inside.watch(), report);
  // A reply that is ready, or a request that came, wakes this thread. Where every core is busy it would take one away from a worker in the middle of
  // a page, twice for each request; so it has its turn when that page is done or took long, and then does all that has gathered meanwhile. Where the
  // kernel grants no short turns it would wait too long.
  if (length_of_turn() == short_turn) wait_for_turns();
  inside.context.run();
}

void Server::stop() {
  asio::post(inside_->context, [this] { inside_->begin_stop(); });
}

std::string Server::metrics() const { return inside_->metrics.text(inside_->workers.waiting()); }

}  // namespace birge::http
