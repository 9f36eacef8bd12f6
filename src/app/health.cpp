#include "app/health.hpp"

#include <spdlog/spdlog.h>

namespace birge::app {

namespace {

Reply state(Status status, std::string text) {
  auto reply = http::text(std::move(text));
  reply.status = status;
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace

Reply healthz(Request&) { return state(Status::ok, "ok\n"); }

Reply readyz(Request& request) {
  try {
    db::Database::revision(request.read());
    return state(Status::ok, "ready\n");
  } catch (std::exception const& error) {
    spdlog::warn("not ready: {}", error.what());
    return state(Status::service_unavailable, "the database does not answer\n");
  }
}

}  // namespace birge::app
