#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <string_view>

#include "platform/http/message.hpp"
#include "platform/http/server.hpp"

namespace birge::http {

/// Reads one request out of the bytes of a connection straight into a Message, whose strings are used again from request to request.
/// The grammar is Beast's; what it leaves open (limits over all headers, Host, Transfer-Encoding, the target) is checked here.
class RequestReader final : public boost::beast::http::basic_parser<true> {
public:
  RequestReader(Message& message, Limits const& limits);

  /// Takes what it can of `bytes` and says how much that was. It stops once at the end of the headers, so that the caller may greet
  /// an Expect header; call again for the rest.
  std::size_t take(std::string_view bytes);

  bool headers_done() const { return headers_done_; }
  bool done() const { return headers_done_ && is_done(); }
  /// The status with which the request is refused, or 0.
  int refused() const { return refused_; }
  void refuse(int status) { refused_ = status; }
  bool wants_continue() const { return wants_continue_; }

private:
  using Error = boost::beast::error_code;
  using View = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb verb, View name, View target, int version, Error& error) override;
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(boost::beast::http::field field, View name, View value, Error& error) override;
  void on_header_impl(Error&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, Error& error) override;
  std::size_t on_body_impl(View bytes, Error& error) override;
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, View bytes, Error& error) override;
  void on_finish_impl(Error&) override {}

  void check_headers();
  int check_target();

  Message& message_;
  Limits const& limits_;
  std::size_t header_bytes_ = 0;
  std::size_t fields_ = 0;
  int refused_ = 0;
  int version_ = 11;
  int hosts_ = 0;
  bool started_ = false;
  bool headers_done_ = false;
  bool wants_continue_ = false;
  bool strange_expectation_ = false;
  bool transfer_encoded_ = false;
  bool strange_transfer_encoding_ = false;
};

}  // namespace birge::http
