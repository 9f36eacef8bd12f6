#pragma once

#include <optional>
#include <string_view>

#include "platform/base/embedded.hpp"
#include "platform/http/request.hpp"

namespace birge::http {

/// The address of a file that browsers load, with its hash in the name: static_url("web/style.css") is /static/style-0123456789abcdef.css.
/// Throws std::logic_error when no such file is embedded.
Url static_url(std::string_view name);

/// The file at /static/`hashed_name`, to be kept for a year; nothing for a name or hash that is not (or no longer) there.
std::optional<Reply> static_reply(std::string_view hashed_name);

/// An embedded file at an address of its own (/favicon.ico, /sw.js), asked for again each time and mostly answered with 304.
Reply embedded_reply(EmbeddedFile const& file);

/// Handler of get_bare("/static/{file}", ...). Throws Problem(not_found).
Reply static_file(Request& request);

}  // namespace birge::http
