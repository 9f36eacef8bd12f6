#include "platform/http/message.hpp"

#include <boost/json.hpp>

#include "platform/base/text.hpp"

namespace birge::http {

std::string_view Message::header(std::string_view lower_case_name) const {
  for (auto const& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

bool Message::knows(std::string_view etag) const {
  for (auto element : split(header("if-none-match"), ',')) {
    element = trim(element);
    if (element.starts_with("W/")) element.remove_prefix(2);
    if (element.size() == etag.size() + 2 && element.front() == '"' && element.back() == '"' && element.substr(1, etag.size()) == etag) return true;
  }
  return false;
}

Reply page(Html html, Status status) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(html).release();
  return reply;
}

Reply text(std::string body, std::string content_type) {
  Reply reply;
  reply.content_type = std::move(content_type);
  reply.body = std::move(body);
  return reply;
}

bool is_api(std::string_view path) { return path.starts_with("/api/"); }

Reply problem_json(Status status, std::string_view detail) {
  auto const number = static_cast<int>(status);
  boost::json::object const problem{{"type", "about:blank"}, {"title", reason_of(number)}, {"status", number}, {"detail", detail}};
  auto reply = text(boost::json::serialize(problem), "application/problem+json");
  reply.status = status;
  return reply;
}

Reply short_error(std::string_view path, Status status, std::string_view sentence) {
  if (is_api(path)) return problem_json(status, sentence);
  auto reply = text(std::string(sentence) + "\n");
  reply.status = status;
  return reply;
}

Reply see_other(Url const& where) {
  Reply reply;
  reply.status = Status::see_other;
  reply.content_type = "text/plain; charset=utf-8";
  reply.cache_control = "no-store";
  reply.header("Location", std::string(where.text()));
  return reply;
}

Reply download(std::string body, std::string content_type, std::string_view file_name) {
  // The quoted name is for old browsers: what is not plain ASCII, or would end the quotes, becomes an underscore.
  std::string plain;
  for (char const c : file_name) {
    bool const continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continuation) continue;
    plain += c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%' && c != '/' ? c : '_';
  }
  Reply reply = text(std::move(body), std::move(content_type));
  reply.header("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name));
  return reply;
}

}  // namespace birge::http
