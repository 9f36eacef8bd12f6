#pragma once

#include <zip.h>

#include "app/archive.hpp"
#include "platform/files/folder.hpp"

/// The files that people handed in, inside an archive: files/HASH, each proved by its name.
namespace birge::app {

/// Adds the files that the snapshot names and that are whole; they are read once more when the archive is closed. The proof counts these.
TableProof add_files(zip_t* archive, db::Reader& read, files::Folder const& folder, LeftOut& left_out);

/// What the archive has by the names of its files alone, to be compared with its manifest. Throws Problem when a name is none of a file.
TableProof named_files(zip_t* archive);

/// Takes the files that are whole out of an archive. The proof counts these.
TableProof take_files(zip_t* archive, files::Folder const& folder, LeftOut& left_out);

}  // namespace birge::app
