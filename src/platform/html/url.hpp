#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace birge {

/// An address that may stand in href, src or action: an own path, a fragment or query, http, https, mailto or tel. Nothing else can be one.
class Url {
public:
  Url() = default;  ///< the page itself
  std::string_view text() const { return text_; }
  bool as_it_is() const { return as_it_is_; }  ///< it is known to hold no character that markup writes otherwise
  bool operator==(Url const& other) const { return text_ == other.text_; }

private:
  friend std::optional<Url> url(std::string_view);
  friend Url own_path(std::string path);
  std::string text_;
  bool as_it_is_ = false;
};

/// Checks an address from outside (data, Markdown). Nothing for any scheme but http, https, mailto and tel, for control
/// characters, white space or backslashes, and for addresses that begin with // .
std::optional<Url> url(std::string_view text);

/// An address on this site; `path` must begin with / (not //) or be a query or fragment, already percent-encoded. Throws std::logic_error otherwise.
Url own_path(std::string path);

/// Percent-encodes everything but unreserved characters (RFC 3986), for one path segment or one query value.
std::string percent_encoded(std::string_view text);

}  // namespace birge
