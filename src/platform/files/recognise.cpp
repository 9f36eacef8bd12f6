#include <algorithm>
#include <array>

#include "platform/files/clean.hpp"

namespace birge::files {

namespace {

/// A HEIF file names its brands in the first box; those of other formats (AVIF, films) are not taken.
bool is_heic(std::string_view content) {
  static constexpr std::array<std::string_view, 4> brands{"heic", "heix", "heim", "heis"};
  if (content.size() < 24 || content.substr(4, 4) != "ftyp") return false;
  auto const size = static_cast<std::size_t>(static_cast<unsigned char>(content[2])) * 256 + static_cast<unsigned char>(content[3]);
  if (content[0] != 0 || content[1] != 0 || size < 16 || size > 256) return false;
  auto const box = content.substr(0, std::min(size, content.size()));
  for (std::size_t at = 8; at + 4 <= box.size(); at += at == 8 ? 8 : 4)
    if (std::ranges::find(brands, box.substr(at, 4)) != brands.end()) return true;
  return false;
}

}  // namespace

std::optional<Format> recognise(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("\xff\xd8\xff"sv)) return Format::jpeg;
  if (content.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::png;
  if (content.starts_with("RIFF"sv) && content.size() >= 12 && content.substr(8, 4) == "WEBP"sv) return Format::webp;
  if (is_heic(content)) return Format::heic;
  if (content.starts_with("%PDF-"sv)) return Format::pdf;
  return std::nullopt;
}

Message refusal_text(Refusal refusal) {
  switch (refusal) {
    case Refusal::damaged: return message("This file is damaged or incomplete. Open it, save it anew and upload that.");
    case Refusal::too_many_pixels:
      return message("This picture has too many pixels: at most {} million. Make it smaller and upload it again.", most_pixels / 1'000'000);
    case Refusal::too_small: return message("This picture is too small to show anything.");
    case Refusal::locked: return message("This PDF is protected by a password or against changes. Print it into a new PDF and upload that.");
    case Refusal::too_heavy:
      return message("This file is too complicated to be checked. Make it smaller or print it into a new PDF, and upload that.");
  }
  return {};
}

}  // namespace birge::files
