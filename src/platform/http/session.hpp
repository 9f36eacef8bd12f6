#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/metrics.hpp"
#include "platform/http/request_reader.hpp"
#include "platform/http/server.hpp"
#include "platform/http/workers.hpp"

namespace birge::http {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class Result>
using Awaitable = boost::asio::awaitable<Result, Executor>;
using TimePoint = std::chrono::steady_clock::time_point;

class Completions;

/// What all connections of a server use.
struct Shared {
  ServerOptions const& options;
  Server::Answer const& answer;
  Metrics& metrics;
  Workers& workers;
  Completions& completions;
  std::atomic<bool> stopping = false;
  std::size_t body_bytes = 0;  ///< held by all sessions together; only on the io thread
};

/// One connection: reads a request, has a worker answer it, writes the reply, and again, in order. Everything but work() runs on the one
/// thread of the io_context, so nothing here is locked; while a worker has the request, the session only waits.
class Session final : public Workers::Task, public std::enable_shared_from_this<Session> {
public:
  Session(Shared& shared, Socket socket);
  ~Session();

  /// Serves until the connection ends. The caller keeps the session alive until then.
  Awaitable<void> serve();
  /// Says that the server is full, and ends.
  Awaitable<void> turn_away();

  /// Called now and then: cuts off a connection whose time is over.
  void check_deadline(TimePoint now);
  /// A graceful stop: ends at once when no request has begun, else after its reply.
  void finish_soon();
  /// On the io thread, after work() is done.
  void resume();

  void work() noexcept override;

private:
  enum class Read { complete, refused, closed };

  Awaitable<Read> read_request();
  Awaitable<bool> read_some();
  Awaitable<bool> answer_request();
  Awaitable<bool> write_reply();
  Awaitable<bool> write_all(std::string_view head, std::string_view body);
  Awaitable<void> refuse(int status);
  Awaitable<void> linger();

  void put_reply(Finished finished, bool keep_alive);
  void make_room();
  void extend_for(std::size_t received);
  void count_body(std::size_t bytes);
  void expire_in(std::chrono::milliseconds time) { deadline_ = std::chrono::steady_clock::now() + time; }
  void never_expire() { deadline_ = TimePoint::max(); }

  Shared& shared_;
  Socket socket_;
  Timer answered_;
  std::string address_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of what was received and not yet read, in buffer_
  std::size_t end_ = 0;
  Message message_;
  std::optional<RequestReader> reader_;
  std::size_t counted_body_ = 0;
  Finished finished_;
  std::string head_;
  TimePoint deadline_ = TimePoint::max();
  bool idle_ = false;  ///< between requests: may be closed at any time
  bool expired_ = false;
  bool first_ = true;
  bool keep_alive_ = true;
};

/// Brings sessions whose worker is done back to the io thread, many at a time when many are done.
class Completions {
public:
  explicit Completions(boost::asio::io_context& context) : context_(context) {}
  void push(Session& session);

private:
  void resume_all();

  boost::asio::io_context& context_;
  std::mutex mutex_;
  std::vector<Session*> done_;
  std::vector<Session*> resuming_;
};

}  // namespace birge::http
