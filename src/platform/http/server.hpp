#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace birge::http {

struct Limits {
  std::size_t header_bytes = 16 * 1024;  ///< of the request line and the headers together; past it 431
  std::size_t target_bytes = 8 * 1024;   ///< of path and query as sent; past it 414
  std::size_t body_bytes = 32 * 1024 * 1024;
  std::size_t all_body_bytes = 96 * 1024 * 1024;  ///< held for the bodies of all requests together; past it large ones get 503
  std::size_t connections = 4096;
  std::size_t waiting = 1024;                     ///< requests that may wait for a worker; past it 503 with Retry-After
  std::chrono::milliseconds header_time{10'000};  ///< from the first byte of a request, or the opening of a connection, to its last header
  /// For a body; every 4 KB that arrive earn another second, for slow telephones, but the end is never further ahead than this.
  std::chrono::milliseconds body_time{60'000};
  std::chrono::milliseconds idle_time{60'000};   ///< between two requests of a connection
  std::chrono::milliseconds write_time{60'000};  ///< without any progress of a reply
  std::chrono::milliseconds stop_time{10'000};   ///< how long a graceful stop waits for what is in flight

  /// Takes bodies up to that size, and holds three of them at once where the usual limit would hold fewer.
  void take_bodies_of(std::size_t bytes) {
    body_bytes = bytes;
    all_body_bytes = std::max(all_body_bytes, 3 * bytes);
  }
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0 takes a free one
  int workers = 4;
  Limits limits;
  std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For is believed
};

/// The HTTP/1.1 server: accepts, reads within limits and deadlines, hands each request to a worker thread that runs `answer`, compresses,
/// answers conditional requests, writes. Knows nothing of routes. Counts what it does in metrics().
class Server {
public:
  using Answer = std::function<Reply(Message const&)>;

  /// Binds at once: throws Problem naming the address when the port is taken or not allowed.
  Server(ServerOptions options, Answer answer);
  ~Server();

  std::uint16_t port() const;
  /// Serves until stop(); returns when the last request in flight was answered or the stop's time is over.
  void run();
  /// Safe from any thread and from a signal handler's thread.
  void stop();

  /// Requests by method and status, durations, connections, in the Prometheus text format.
  std::string metrics() const;

private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// Turns what `answer` returned into what is sent for this request: ETag and 304, compression for what the client accepts (brotli 0, gzip
/// 1), the headers of every reply (Content-Security-Policy, Referrer-Policy, X-Content-Type-Options, Permissions-Policy...). Also used by
/// `birge request`.
struct Finished {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view fixed_body;  ///< instead of body
};
Finished finish(Message const& request, Reply reply);

/// Reads the fields and files of a form body by its Content-Type; throws Problem for what is no form, or too much of one.
void read_form(Message const& message, Parameters& fields, std::vector<File>& files);

}  // namespace birge::http
