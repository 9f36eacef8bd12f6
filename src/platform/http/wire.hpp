#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/server.hpp"

namespace birge::http {

/// Writes the status line and headers of a reply over `out`.
void compose_head(std::string& out, Finished const& finished, bool keep_alive);

/// A short answer for a request that never reached a route: 400, 408, 413 ... What somebody with a browser may see, as of a file too large, is in
/// the language of the page's address; the rest is English, for whoever wrote the client. For the API it is problem+json, for everybody else plain
/// text. `request` may have been read in part.
Finished bare_reply(int status, Message const& request);

/// The address a request came from: that of the connection, or, when a trusted proxy made the connection, the last one in
/// X-Forwarded-For that is not itself a trusted proxy.
std::string peer_of(std::string_view connection, std::string_view forwarded_for, std::vector<std::string> const& trusted_proxies);

}  // namespace birge::http
