#pragma once

#include <zip.h>

#include "app/archive.hpp"
#include "platform/files/folder.hpp"

/// The files that people handed in, inside an archive: files/HASH, each proved by its name.
namespace birge::app {

/// Adds the files that the snapshot names; they are read when the archive is closed. The proof counts those that are there; names of the others are
/// put into `missing`.
TableProof add_files(zip_t* archive, db::Reader& read, files::Folder const& folder, std::vector<std::string>& missing);

/// Takes the files out of an archive. Throws Problem when one is not what its name says.
TableProof take_files(zip_t* archive, files::Folder const& folder);

}  // namespace birge::app
