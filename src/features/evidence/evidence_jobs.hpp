#pragma once

#include "platform/files/folder.hpp"
#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What happens to evidence by itself.
namespace birge::evidence {

/// Every day: deletes sign-in sheets whose time is over, and files that nothing names. The services must outlive the kind.
jobs::Kind upkeep(Services const& services);
jobs::Schedule upkeep_daily();

/// Removes files from the disk at once unless something still names them. What cannot be removed now is left to the daily job.
void remove_files(Services const& services, std::vector<std::string> const& files);

/// How the files on the disk fit what the database names, for `birge doctor`.
struct Inventory {
  std::int64_t whole = 0, unnamed = 0;
  std::vector<std::string> missing, damaged;
};
Inventory inventory(db::Reader& read, files::Folder const& folder);

}  // namespace birge::evidence
