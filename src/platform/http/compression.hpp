#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace birge::http {

enum class Encoding { identity, gzip, brotli };

/// The best encoding an Accept-Encoding header allows (RFC 9110, section 12.5.3).
Encoding preferred_encoding(std::string_view accept_encoding);

/// Whether bytes of a media type get smaller: text, JSON, XML, SVG and the like.
bool compressible(std::string_view content_type);

/// Compressed at the fastest level, for bodies made afresh on each request. Nothing where that did not make them smaller.
std::optional<std::string> compressed(std::string_view bytes, Encoding encoding);

}  // namespace birge::http
