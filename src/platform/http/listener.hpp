#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "platform/http/session.hpp"

namespace birge::http {

/// The socket that listens, and the loop that accepts.
class Listener {
public:
  /// Binds at once; throws Problem naming the address when that fails.
  Listener(boost::asio::io_context& context, std::string const& address, std::uint16_t port);

  /// Also after close(), and from any thread.
  std::uint16_t port() const { return port_; }

  /// Hands over connections until close().
  Awaitable<void> accept_all(std::function<void(Socket)> const& take);
  void close();

private:
  Acceptor acceptor_;
  Timer pause_;
  std::uint16_t port_;
};

}  // namespace birge::http
