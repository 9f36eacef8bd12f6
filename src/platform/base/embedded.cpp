#include "platform/base/embedded.hpp"

#include <algorithm>

namespace birge {

EmbeddedFile const* embedded_file(std::string_view name) {
  auto const files = embedded_files();
  auto const found = std::ranges::lower_bound(files, name, {}, &EmbeddedFile::name);
  return found != files.end() && found->name == name ? &*found : nullptr;
}

std::span<EmbeddedFile const> embedded_folder(std::string_view folder) {
  auto const files = embedded_files();
  auto const first = std::ranges::lower_bound(files, folder, {}, &EmbeddedFile::name);
  auto const last = std::find_if(first, files.end(), [&](EmbeddedFile const& file) { return !file.name.starts_with(folder); });
  return {first, last};
}

}  // namespace birge
