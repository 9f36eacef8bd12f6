#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "platform/http/server.hpp"

/// For tests: a server that runs on a free port, and a client that sends exactly the bytes it is told.
namespace birge::http::testing {

class RunningServer {
public:
  RunningServer(ServerOptions options, Server::Answer answer)
      : server_(on_free_port(std::move(options)), std::move(answer)), thread_([this] { server_.run(); }) {}
  explicit RunningServer(Server::Answer answer) : RunningServer(ServerOptions{}, std::move(answer)) {}
  ~RunningServer() { stop(); }

  std::uint16_t port() const { return server_.port(); }
  std::string metrics() const { return server_.metrics(); }
  void ask_to_stop() { server_.stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

private:
  static ServerOptions on_free_port(ServerOptions options) {
    options.port = 0;
    return options;
  }
  Server server_;
  std::thread thread_;
};

class Client {
public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
  }
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;
  ~Client() { ::close(socket_); }

  /// False when the other side has closed or reset the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Everything until the server closes, or until five seconds pass.
  std::string until_closed() {
    while (receive()) {}
    return std::move(received_);
  }

  /// The next whole reply, by its Content-Length. `head`: the reply to a HEAD request, which has no body.
  std::string reply(bool head = false) {
    for (;;) {
      auto const end = received_.find("\r\n\r\n");
      if (end != std::string::npos) {
        auto const whole = end + 4 + (head ? 0 : content_length(received_.substr(0, end)));
        if (received_.size() >= whole) {
          auto const reply = received_.substr(0, whole);
          received_.erase(0, whole);
          return reply;
        }
      }
      if (!receive()) throw std::runtime_error("no whole reply but: " + received_);
    }
  }

  std::string ask(std::string_view request) {
    send(request);
    return reply();
  }

  bool silent_for(std::chrono::milliseconds time) {
    pollfd entry{socket_, POLLIN, 0};
    return received_.empty() && ::poll(&entry, 1, static_cast<int>(time.count())) == 0;
  }

private:
  static std::size_t content_length(std::string const& head) {
    auto const at = head.find("\r\nContent-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 18));
  }

  bool receive() {
    pollfd entry{socket_, POLLIN, 0};
    if (::poll(&entry, 1, 5000) != 1) return false;
    char buffer[16384];
    auto const count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string received_;
};

inline std::string body_of(std::string const& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }
inline std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n"; }

}  // namespace birge::http::testing
