#include "app/routes.hpp"

#include <array>

#include "app/health.hpp"
#include "platform/http/static_files.hpp"

namespace birge::app {

namespace {

constexpr auto all = std::to_array<Route>({
    get_bare("/healthz", Public, healthz),
    get_bare("/readyz", Public, readyz),
    get_bare("/static/{file}", Public, http::static_file),
});

}  // namespace

std::span<Route const> routes() { return all; }

}  // namespace birge::app
