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
  friend class UrlPattern;
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
void append_percent_encoded(std::string& out, std::string_view text);

/// Own addresses that differ in one value alone, as the links of a list do: what stands before and behind it is checked once for all of them.
class UrlPattern {
public:
  /// An address of a pattern as it is written into markup; only for an expression in which both the pattern and the value live.
  struct Filled {
    UrlPattern const& pattern;
    std::string_view value;
    operator Url() const { return pattern.url(value); }
  };

  /// Throws std::logic_error when `before` does not begin an own path (see own_path), or when either is not percent-encoded.
  UrlPattern(std::string before, std::string behind);
  Filled with(std::string_view value) const { return {*this, value}; }  ///< the value is percent-encoded when it is written
  Url url(std::string_view value) const;
  std::string_view before() const { return before_; }
  std::string_view behind() const { return behind_; }
  bool as_it_is() const { return as_it_is_; }  ///< no address of it holds a character that markup writes otherwise

private:
  std::string before_, behind_;
  bool as_it_is_ = false;
};

}  // namespace birge
