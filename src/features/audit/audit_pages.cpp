#include "features/audit/audit_pages.hpp"

#include "features/audit/chain.hpp"

namespace birge::audit {

Reply head_page(Request& request) {
  auto const last = head(request.read());
  auto reply = http::text(head_text(last) + (last.sequence == 0 ? "" : " " + iso(last.at)) + "\n");
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::audit
