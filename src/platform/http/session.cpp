#include "platform/http/session.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>

#include "platform/http/wire.hpp"

// GCC 12 frees a temporary lambda or aggregate inside a co_await expression twice. Every co_await here names its arguments first.

namespace birge::http {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

constexpr asio::use_awaitable_t<Executor> awaitable{};
constexpr std::size_t first_buffer_bytes = 4096;
constexpr std::size_t body_buffer_bytes = 64 * 1024;
constexpr std::size_t kept_buffer_bytes = 32 * 1024;  // of an idle connection
constexpr std::size_t slowest_body_bytes_a_second = 4096;
constexpr std::size_t least_discarded_bytes = 16 * 1024 * 1024;  // more than the kernel keeps of a connection on both sides
constexpr std::chrono::milliseconds linger_time{1000};

std::string address_of(Socket const& socket) {
  Error error;
  auto address = socket.remote_endpoint(error).address();
  if (error) return {};
  // An IPv4 client of a listener for both is told as the IPv4 address it has.
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

Session::Session(Shared& shared, Socket socket)
    : shared_(shared), socket_(std::move(socket)), answered_(socket_.get_executor(), TimePoint::max()), address_(address_of(socket_)) {
  Error ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Session::~Session() { shared_.body_bytes -= counted_body_; }

Awaitable<void> Session::serve() {
  for (bool again = true; again;) {
    auto const read = co_await read_request();
    if (read == Read::closed) co_return;
    if (read == Read::refused) {
      auto const status = reader_->refused() != 0 ? reader_->refused() : 408;
      co_await refuse(status);
      co_return;
    }
    again = co_await answer_request();
  }
  co_await linger();
}

Awaitable<void> Session::turn_away() {
  put_reply(bare_reply(503, message_), false);
  bool const written = co_await write_reply();
  if (written) co_await linger();
}

Awaitable<Session::Read> Session::read_request() {
  reader_.emplace(message_, shared_.options.limits);
  count_body(0);
  idle_ = begin_ == end_;
  if (idle_ && buffer_.size() > kept_buffer_bytes) buffer_ = {};
  expire_in(idle_ && !first_ ? shared_.options.limits.idle_time : shared_.options.limits.header_time);
  if (idle_ && shared_.stopping) co_return Read::closed;
  for (;;) {
    bool const had_headers = reader_->headers_done();
    if (begin_ < end_) {
      auto const used = reader_->take({buffer_.data() + begin_, end_ - begin_});
      begin_ += used;
      if (had_headers) extend_for(used);
      count_body(message_.body.capacity());
    }
    if (reader_->refused() != 0) co_return Read::refused;
    if (reader_->done()) co_return Read::complete;
    if (reader_->headers_done() && !had_headers) {
      expire_in(shared_.options.limits.body_time);
      if (reader_->wants_continue() && begin_ == end_) {
        bool const greeted = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {});
        if (!greeted) co_return Read::closed;
        expire_in(shared_.options.limits.body_time);
      }
      if (begin_ < end_) continue;
    }
    bool const received = co_await read_some();
    if (received) continue;
    co_return expired_ && !idle_ ? Read::refused : Read::closed;
  }
}

Awaitable<bool> Session::read_some() {
  make_room();
  Error error;
  auto token = asio::redirect_error(awaitable, error);
  auto const room = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
  auto const count = co_await socket_.async_read_some(room, token);
  if (error || expired_) co_return false;
  end_ += count;
  if (idle_) {
    idle_ = false;
    if (!first_) expire_in(shared_.options.limits.header_time);
  }
  first_ = false;
  co_return true;
}

/// Many large bodies at once must not use up the machine's memory: whoever crosses the common limit is told to come back.
void Session::count_body(std::size_t bytes) {
  shared_.body_bytes += bytes - counted_body_;
  counted_body_ = bytes;
  if (bytes > kept_buffer_bytes && shared_.body_bytes > shared_.options.limits.all_body_bytes) reader_->refuse(503);
}

void Session::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ > 0 && end_ == buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Idle connections keep a small buffer; only bodies need a large one, and the headers' limit is refused before it can grow further.
  auto const wanted = reader_->headers_done() ? std::max(body_buffer_bytes, 2 * shared_.options.limits.header_bytes) : first_buffer_bytes;
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
}

/// What came fast earns no long silence later: nobody holds a half-sent body for longer than the time that a whole one has at first.
void Session::extend_for(std::size_t received) {
  auto const earned = deadline_ + std::chrono::milliseconds(received * 1000 / slowest_body_bytes_a_second);
  deadline_ = std::min<TimePoint>(earned, std::chrono::steady_clock::now() + shared_.options.limits.body_time);
}

Awaitable<bool> Session::answer_request() {
  auto const started = std::chrono::steady_clock::now();
  never_expire();
  message_.peer = peer_of(address_, message_.header("x-forwarded-for"), shared_.options.trusted_proxies);
  keep_alive_ = reader_->keep_alive();
  if (shared_.workers.offer(*this)) {
    Error error;
    auto token = asio::redirect_error(awaitable, error);
    co_await answered_.async_wait(token);
  } else {
    put_reply(bare_reply(503, message_), keep_alive_);
  }
  bool const written = co_await write_reply();
  auto const time = std::chrono::steady_clock::now() - started;
  shared_.metrics.answered(message_.method, finished_.status, time);
  if (!written) {
    keep_alive_ = false;
    Error ignored;
    socket_.close(ignored);
  }
  co_return keep_alive_;
}

/// On a worker's thread: the session waits and touches nothing until resume().
void Session::work() noexcept {
  try {
    put_reply(finish(message_, shared_.answer(message_)), keep_alive_);
  } catch (std::exception const& error) {
    // The path says where to look; the query and the peer's address are the reader's own affair.
    spdlog::error("unhandled at {}: {}", message_.path, error.what());
    put_reply(bare_reply(500, message_), keep_alive_);
  } catch (...) {
    spdlog::error("unhandled at {}: not a std::exception", message_.path);
    put_reply(bare_reply(500, message_), keep_alive_);
  }
  shared_.completions.push(*this);
}

void Session::resume() { answered_.cancel(); }

void Session::put_reply(Finished finished, bool keep_alive) {
  keep_alive_ = keep_alive && !shared_.stopping;
  finished_ = std::move(finished);
  compose_head(head_, finished_, keep_alive_);
}

Awaitable<bool> Session::write_reply() {
  std::string_view body = finished_.fixed_body.empty() ? std::string_view(finished_.body) : finished_.fixed_body;
  if (message_.method == Method::head) body = {};
  bool const written = co_await write_all(head_, body);
  finished_.body = {};  // a large page must not stay with an idle connection
  co_return written;
}

Awaitable<bool> Session::write_all(std::string_view head, std::string_view body) {
  Error error;
  auto token = asio::redirect_error(awaitable, error);
  while (!head.empty() || !body.empty()) {
    expire_in(shared_.options.limits.write_time);
    std::array<asio::const_buffer, 2> const parts{asio::buffer(head), asio::buffer(body)};
    auto const count = co_await socket_.async_write_some(parts, token);
    if (error || expired_) co_return false;
    auto const of_head = std::min(count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(count - of_head);
  }
  never_expire();
  co_return true;
}

Awaitable<void> Session::refuse(int status) {
  expired_ = false;
  message_.body = {};
  count_body(0);
  put_reply(bare_reply(status, message_), false);
  shared_.metrics.answered(message_.method, status, std::chrono::steady_clock::duration{});
  bool const written = co_await write_reply();
  if (written) co_await linger();
}

/// Closing with bytes unread makes the kernel reset the connection, and the client loses the reply: so say that it is over, then read on a
/// little. A proxy before us holds a whole upload already, which may be somewhat larger than our limit, and sends it to its end.
Awaitable<void> Session::linger() {
  Error error;
  socket_.shutdown(Socket::shutdown_send, error);
  expire_in(linger_time);
  if (buffer_.size() < first_buffer_bytes) buffer_.resize(first_buffer_bytes);
  auto token = asio::redirect_error(awaitable, error);
  auto const room = asio::buffer(buffer_);
  auto const most = std::max(least_discarded_bytes, 2 * shared_.options.limits.body_bytes);
  for (std::size_t discarded = 0; !error && !expired_ && discarded < most;) {
    auto const count = co_await socket_.async_read_some(room, token);
    discarded += count;
  }
}

void Session::check_deadline(TimePoint now) {
  if (now < deadline_) return;
  never_expire();
  expired_ = true;
  Error ignored;
  socket_.cancel(ignored);
}

void Session::finish_soon() {
  if (!idle_) return;
  Error ignored;
  socket_.close(ignored);
}

void Completions::push(Session& session) {
  bool first = false;
  {
    std::lock_guard const lock(mutex_);
    first = done_.empty();
    done_.push_back(&session);
  }
  if (first) asio::post(context_, [this] { resume_all(); });
}

void Completions::resume_all() {
  {
    std::lock_guard const lock(mutex_);
    resuming_.swap(done_);
  }
  for (auto* session : resuming_) session->resume();
  resuming_.clear();
}

}  // namespace birge::http
