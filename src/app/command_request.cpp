#include <fmt/core.h>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "platform/base/text.hpp"
#include "platform/http/percent.hpp"
#include "platform/http/server.hpp"

namespace birge::app {

namespace {

/// A path as it would come over the wire: letters that people type at a terminal (ң, spaces) encoded, the rest as it is.
std::string as_sent(std::string_view typed) {
  std::string sent;
  for (unsigned char const c : typed)
    if (c <= ' ' || c >= 0x7f) sent += fmt::format("%{:02X}", c);
    else sent += static_cast<char>(c);
  return sent;
}

http::Message message_of(RequestOptions const& options) {
  http::Message message;
  message.target = as_sent(options.path);
  auto const question = message.target.find('?');
  message.path = http::percent_decoded(message.target.substr(0, question), false).value_or("");
  if (message.path.empty() || message.path.front() != '/')
    throw Problem(Failure::bad_input, birge::message("“{}” is no path. Write it like /ky/activities.", options.path));
  if (question != std::string::npos) message.query = message.target.substr(question + 1);
  for (auto const& header : options.headers) {
    auto const colon = header.find(':');
    if (colon == std::string::npos) throw Problem(Failure::bad_input, birge::message("“{}” is no header. Write it like Name: value.", header));
    auto name = header.substr(0, colon);
    for (auto& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    message.headers.emplace_back(std::move(name), trim(std::string_view(header).substr(colon + 1)));
  }
  return message;
}

}  // namespace

int request(Context const& context, RequestOptions const& options) {
  auto config = context.config;
  if (config.text("public_address").empty()) config.set("public_address", fmt::format("http://{}:{}", config.text("address"), config.text("port")));
  App app(std::move(config), make_clock(context.config), open_database(context.config, false));
  auto const message = message_of(options);
  auto const finished = http::finish(message, app.answer(message));
  if (options.head) {
    fmt::print("HTTP/1.1 {}\n", finished.status);
    for (auto const& [name, value] : finished.headers) fmt::print("{}: {}\n", name, value);
    fmt::print("\n");
  }
  auto const body = finished.fixed_body.empty() ? std::string_view(finished.body) : finished.fixed_body;
  std::fwrite(body.data(), 1, body.size(), stdout);
  return finished.status < 400 ? 0 : 1;
}

}  // namespace birge::app
