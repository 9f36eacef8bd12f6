#include "platform/http/listener.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/problem.hpp"

namespace birge::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr asio::use_awaitable_t<Executor> awaitable{};
constexpr std::chrono::milliseconds pause_after_error{100};

[[noreturn]] void refuse(std::string const& address, std::uint16_t port, Error const& error) {
  auto const place = (address.find(':') == std::string::npos ? address : "[" + address + "]") + ":" + std::to_string(port);
  auto const log = "cannot listen on " + place + ": " + error.message();
  if (error == asio::error::address_in_use)
    throw Problem(Failure::internal, message("{} is already in use by another program. Choose another port.", place), log);
  if (error == asio::error::access_denied) throw Problem(Failure::internal, message("The system does not allow to listen on {}.", place), log);
  throw Problem(Failure::internal, message("The server cannot listen on {}.", place), log);
}

}  // namespace

Listener::Listener(asio::io_context& context, std::string const& address, std::uint16_t port)
    : acceptor_(context.get_executor()), pause_(context.get_executor()), port_(port) {
  Error error;
  auto const numeric = asio::ip::make_address(address == "localhost" ? "127.0.0.1" : address, error);
  if (error) refuse(address, port, error);
  tcp::endpoint const endpoint(numeric, port);
  acceptor_.open(endpoint.protocol(), error);
  if (error) refuse(address, port, error);
  // A restarted server may take its port back at once; a port where another one listens stays refused.
  acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (numeric.is_v6()) acceptor_.set_option(asio::ip::v6_only(false), error);
  acceptor_.bind(endpoint, error);
  if (error) refuse(address, port, error);
  acceptor_.listen(tcp::acceptor::max_listen_connections, error);
  if (error) refuse(address, port, error);
  port_ = acceptor_.local_endpoint().port();
}

Awaitable<void> Listener::accept_all(std::function<void(Socket)> const& take) {
  Error error;
  auto token = asio::redirect_error(awaitable, error);
  auto const executor = acceptor_.get_executor();
  while (acceptor_.is_open()) {
    Socket socket(executor);
    co_await acceptor_.async_accept(socket, token);
    if (!acceptor_.is_open()) co_return;
    if (!error) {
      take(std::move(socket));
      continue;
    }
    if (error == asio::error::connection_aborted) continue;
    // Most likely out of file descriptors: connections that end will give some back.
    spdlog::error("accept: {}", error.message());
    pause_.expires_after(pause_after_error);
    co_await pause_.async_wait(token);
  }
}

void Listener::close() {
  Error ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

}  // namespace birge::http
