#pragma once

#include <vector>

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::app {

/// A worker that knows every kind of job and every schedule of the program. The services must outlive it.
jobs::Worker worker(Services const& services);

/// The same work shared out for a server, each to run in a thread of its own: e-mails have one for themselves, so that a relay that does not answer keeps
/// nothing else waiting.
std::vector<jobs::Worker> workers(Services const& services);

}  // namespace birge::app
