#include "platform/base/build.hpp"

#include <elf.h>
#include <link.h>

#include <bit>
#include <cstring>
#include <string>

#include "platform/base/encoding.hpp"

namespace birge {

namespace {

/// Looks through the notes of the executable (the first object) for the one the linker wrote (NT_GNU_BUILD_ID).
int find_build_id(dl_phdr_info* info, std::size_t, void* into) {
  auto& text = *static_cast<std::string*>(into);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    auto const& part = info->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    auto const* at = std::bit_cast<unsigned char const*>(info->dlpi_addr + part.p_vaddr);
    auto const* const end = at + part.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      auto const* name = at + sizeof note;
      auto const* value = name + ((note.n_namesz + 3U) & ~3U);
      if (note.n_type == NT_GNU_BUILD_ID && note.n_descsz >= 4 && std::memcmp(name, "GNU", 4) == 0) {
        text = hex({reinterpret_cast<char const*>(value), 4});
        return 1;
      }
      at = value + ((note.n_descsz + 3U) & ~3U);
    }
  }
  return 1;
}

}  // namespace

std::string_view build_id() {
  static std::string const id = [] {
    std::string text;
    dl_iterate_phdr(find_build_id, &text);
    return text.empty() ? std::string("00000000") : text;
  }();
  return id;
}

}  // namespace birge
