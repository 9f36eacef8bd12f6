#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What an import does behind its page: reading the file, storing, taking back, and forgetting what waited too long.
namespace birge::intake {

/// Looks at an upload or stores it, by the state it is in.
jobs::Kind read_upload(Services const& services);
jobs::Kind undo_import(Services const& services);
jobs::Kind forget_uploads(Services const& services);
jobs::Schedule forget_uploads_daily();

}  // namespace birge::intake
