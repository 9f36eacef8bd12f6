#include "platform/http/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include "platform/http/percent.hpp"

namespace birge::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t kept_body_bytes = 64 * 1024;  // a larger body's memory is given back after its request

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::del;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

void assign_lower(std::string& out, std::string_view text) {
  out.assign(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

bool printable(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

RequestReader::RequestReader(Message& message, Limits const& limits) : message_(message), limits_(limits) {
  if (message_.body.capacity() > kept_body_bytes) message_.body = {};
  message_.body.clear();
  message_.method = Method::other;
  message_.target.clear();  // of the request before, which says nothing of this one
  header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(limits.header_bytes, UINT32_MAX)));
  body_limit(limits.body_bytes);
}

std::size_t RequestReader::take(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !done() && refused_ == 0) {
    // Beast 1.81 asserts five bytes when it comes back to a last chunk. Less never ends a chunked body, so waiting for them costs nothing.
    if (headers_done_ && chunked() && bytes.size() - used < 5) break;
    Error error;
    auto const count = put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += count;
    if (!headers_done_) header_bytes_ += count;
    bool const more = error == beast::http::error::need_more;
    // What is left over and needs more to be understood is a header, or in a body the head of a chunk or trailers: all bounded alike.
    auto const seen = (headers_done_ ? 0 : header_bytes_) + (more ? bytes.size() - used : 0);
    bool const too_long = seen >= limits_.header_bytes || error == beast::http::error::header_limit;
    if (too_long) refused_ = headers_done_ ? 400 : started_ ? 431 : 414;
    else if (error == beast::http::error::body_limit) refused_ = 413;
    else if (error && !more) refused_ = 400;
    if (more || refused_ != 0) break;
    if (!headers_done_ && is_header_done()) {
      headers_done_ = true;
      check_headers();
      eager(true);
      break;
    }
  }
  return used;
}

void RequestReader::on_request_impl(beast::http::verb verb, View, View target, int version, Error&) {
  started_ = true;
  version_ = version;
  message_.method = method_of(verb);
  message_.target.assign(target.data(), target.size());
}

void RequestReader::on_field_impl(beast::http::field field, View name, View value, Error&) {
  if (headers_done_) return;  // trailers of a chunked body: nobody asks for them
  if (fields_ == message_.headers.size()) message_.headers.emplace_back();
  auto& header = message_.headers[fields_++];
  assign_lower(header.first, {name.data(), name.size()});
  header.second.assign(value.data(), value.size());
  if (field == beast::http::field::host) ++hosts_;
  if (field == beast::http::field::expect) {
    wants_continue_ = beast::iequals(value, "100-continue");
    strange_expectation_ = !wants_continue_;
  }
  if (field == beast::http::field::transfer_encoding) {
    transfer_encoded_ = true;
    strange_transfer_encoding_ = strange_transfer_encoding_ || !beast::iequals(value, "chunked");
  }
}

void RequestReader::on_body_init_impl(boost::optional<std::uint64_t> const& length, Error&) {
  // No more is reserved than a claim alone should cost; the rest grows as it really arrives.
  constexpr std::uint64_t largest_reserve = 64 * 1024;
  if (length) message_.body.reserve(static_cast<std::size_t>(std::min(*length, largest_reserve)));
}

std::size_t RequestReader::on_body_impl(View bytes, Error&) {
  message_.body.append(bytes.data(), bytes.size());
  return bytes.size();
}

std::size_t RequestReader::on_chunk_body_impl(std::uint64_t, View bytes, Error&) {
  message_.body.append(bytes.data(), bytes.size());
  return bytes.size();
}

void RequestReader::check_headers() {
  message_.headers.resize(fields_);
  // Two ways to frame a body are how requests are smuggled past a proxy: only a plain "chunked" in HTTP/1.1 is taken (RFC 9112,
  // section 6.1).
  if (transfer_encoded_ && version_ < 11) refused_ = 400;
  else if (strange_transfer_encoding_) refused_ = 501;
  else if (version_ >= 11 && hosts_ != 1) refused_ = 400;
  else if (strange_expectation_) refused_ = 417;
  else if (message_.method == Method::other) refused_ = 501;
  else refused_ = check_target();
}

int RequestReader::check_target() {
  std::string_view target = message_.target;
  if (target.size() > limits_.target_bytes) return 414;
  // A proxy may send the whole address; its host counts for nothing here.
  if (target.starts_with("http://") || target.starts_with("https://")) {
    auto const slash = target.find('/', target.find("//") + 2);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!target.starts_with('/')) return 400;
  auto const question = std::min(target.find('?'), target.size());
  auto path = percent_decoded(target.substr(0, question), false);
  if (!path || !printable(*path)) return 400;
  message_.path = std::move(*path);
  message_.query.assign(target.substr(std::min(question + 1, target.size())));
  return 0;
}

}  // namespace birge::http
