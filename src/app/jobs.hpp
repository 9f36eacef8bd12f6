#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::app {

/// A worker that knows every kind of job and every schedule of the program. The services must outlive it.
jobs::Worker worker(Services const& services);

}  // namespace birge::app
