#pragma once

#include <span>
#include <string_view>

namespace birge {

/// A file of the source tree that lives in the binary: migrations, catalogues, country packs, what browsers load.
struct EmbeddedFile {
  std::string_view name;  ///< path in the source tree: db/migrations/0001_places.sql
  std::string_view bytes;
  std::string_view brotli;  ///< the same compressed, only for what browsers load; else empty
  std::string_view gzip;
  std::string_view hash;  ///< 16 hexadecimal digits of the content's SHA-256
};

/// All of them, sorted by name.
std::span<EmbeddedFile const> embedded_files();

/// The file of that name; null if there is none.
EmbeddedFile const* embedded_file(std::string_view name);

/// Those whose name begins with `folder`, which ends in / .
std::span<EmbeddedFile const> embedded_folder(std::string_view folder);

}  // namespace birge
