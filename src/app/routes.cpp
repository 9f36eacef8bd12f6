#include "app/routes.hpp"

#include <array>

#include "app/health.hpp"
#include "features/insight/insight_pages.hpp"
#include "platform/http/static_files.hpp"

namespace birge::app {

namespace {

constexpr auto all = std::to_array<Route>({
    get_bare("/healthz", Public, healthz),
    get_bare("/readyz", Public, readyz),
    get_bare("/static/{file}", Public, http::static_file),

    get("/figures", Public, insight::figures_page),
    get("/figures/districts", Public, insight::districts_page),
    get("/figures/organisations", Public, insight::organisations_page),
    get("/figures/people", Public, insight::people_page),
    get("/figures/compare", Public, insight::compare_page),
});

}  // namespace

std::span<Route const> routes() { return all; }

}  // namespace birge::app
