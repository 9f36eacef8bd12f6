#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/html.hpp"

namespace birge::http {

enum class Method { get, head, post, put, patch, del, options, other };

enum class Status : int {
  ok = 200,
  no_content = 204,
  see_other = 303,
  not_modified = 304,
  temporary_redirect = 307,
  permanent_redirect = 308,
  bad_request = 400,
  unauthorized = 401,
  forbidden = 403,
  not_found = 404,
  method_not_allowed = 405,
  request_timeout = 408,
  conflict = 409,
  gone = 410,
  content_too_large = 413,
  uri_too_long = 414,
  unsupported_media_type = 415,
  unprocessable = 422,
  too_many_requests = 429,
  header_fields_too_large = 431,
  internal_error = 500,
  not_implemented = 501,
  service_unavailable = 503,
};

/// Names and values in the order they came, percent-decoded; names may repeat.
class Parameters {
public:
  Parameters() = default;
  /// Reads a query or an urlencoded form. Nothing when it is not valid percent-encoding or UTF-8, or has more than 200 names.
  static std::optional<Parameters> parse(std::string_view encoded);
  /// Of names and values already decoded, as a multipart form has them.
  static Parameters of(std::vector<std::pair<std::string, std::string>> list) {
    Parameters parameters;
    parameters.list_ = std::move(list);
    return parameters;
  }

  std::string_view get(std::string_view name) const;  ///< the first value, empty when there is none
  std::vector<std::string_view> all(std::string_view name) const;
  bool has(std::string_view name) const;
  void set(std::string_view name, std::string_view value);  ///< replaces every value of the name
  void remove(std::string_view name);
  std::string encoded() const;  ///< without a leading ?
  std::vector<std::pair<std::string, std::string>> const& list() const { return list_; }

private:
  std::vector<std::pair<std::string, std::string>> list_;
};

/// A part of a multipart form that carries a file.
struct File {
  std::string field;
  std::string name;          ///< the last part of the name the browser gave, cleaned; never a path
  std::string content_type;  ///< as claimed
  std::string content;
};

/// A request as it came over the wire, within the limits of the server.
struct Message {
  Method method = Method::get;
  std::string target;                                        ///< as sent, path and query
  std::string path;                                          ///< percent-decoded, without query, always beginning with /
  std::string query;                                         ///< undecoded
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::string peer;  ///< the address the connection came from; through trusted proxies the one they name

  std::string_view header(std::string_view lower_case_name) const;
  /// Whether If-None-Match names the tag of a reply, so that its body need not be made: it would not be sent. What only resembles the tag, as a
  /// proxy's own tags do, is another one. The comparison is the weak one of RFC 9110, section 13.1.2.
  bool knows(std::string_view etag) const;
};

struct Reply {
  Status status = Status::ok;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view fixed_body;    ///< instead of body: bytes that live as long as the program
  std::string_view fixed_brotli;  ///< the same bytes compressed beforehand, or empty
  std::string_view fixed_gzip;
  std::string etag;  ///< without quotes; empty: no conditional requests
  std::string cache_control = "no-cache";

  Reply& header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

Reply page(Html html, Status status = Status::ok);
Reply text(std::string body, std::string content_type = "text/plain; charset=utf-8");
Reply see_other(Url const& where);

/// The phrase of a status (RFC 9110): "Not Found"; empty for one that this server never sends.
std::string_view reason_of(int status);
/// Whether programs ask at this path, which want their errors as JSON.
bool is_api(std::string_view path);
/// An error as application/problem+json (RFC 9457): type, title, status, detail.
Reply problem_json(Status status, std::string_view detail);
/// An error where no page can be drawn: problem+json for the API, one plain line for everybody else.
Reply short_error(std::string_view path, Status status, std::string_view sentence);

/// A file to save: Content-Disposition with an ASCII fall-back and the UTF-8 name (RFC 6266).
Reply download(std::string body, std::string content_type, std::string_view file_name);

}  // namespace birge::http
