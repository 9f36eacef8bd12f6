#include "platform/files/jpeg_segments.hpp"

namespace birge::files {

namespace {

constexpr int start_of_image = 0xd8, end_of_image = 0xd9, start_of_scan = 0xda, comment = 0xfe;

bool is_kept(int marker, std::string_view body) {
  if (marker == comment) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  return marker == 0xe0 || (marker == 0xe2 && body.starts_with("ICC_PROFILE")) || (marker == 0xee && body.starts_with("Adobe"));
}

bool stands_alone(int marker) { return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7); }

int byte(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// Where coded data that begins at `at` ends: at the next marker that is no restart and no stuffed zero.
std::size_t end_of_scan(std::string_view jpeg, std::size_t at) {
  for (; at + 1 < jpeg.size(); ++at) {
    if (byte(jpeg, at) != 0xff) continue;
    auto const next = byte(jpeg, at + 1);
    if (next != 0 && next != 0xff && !stands_alone(next)) return at;
  }
  return jpeg.size();
}

}  // namespace

std::optional<std::string> without_segments(std::string_view jpeg) {
  if (jpeg.size() < 4 || byte(jpeg, 0) != 0xff || byte(jpeg, 1) != start_of_image) return std::nullopt;
  std::string out(jpeg.substr(0, 2));
  out.reserve(jpeg.size());
  for (std::size_t at = 2; at < jpeg.size();) {
    if (byte(jpeg, at) != 0xff) return std::nullopt;
    if (at + 1 >= jpeg.size()) break;
    auto const marker = byte(jpeg, at + 1);
    if (marker == 0xff) {  // a fill byte
      ++at;
      continue;
    }
    if (marker == end_of_image) {
      out += jpeg.substr(at, 2);
      break;
    }
    if (stands_alone(marker)) {
      out += jpeg.substr(at, 2);
      at += 2;
      continue;
    }
    if (at + 4 > jpeg.size()) return std::nullopt;
    auto const length = static_cast<std::size_t>(byte(jpeg, at + 2) * 256 + byte(jpeg, at + 3));
    if (length < 2 || at + 2 + length > jpeg.size()) return std::nullopt;
    if (is_kept(marker, jpeg.substr(at + 4, length - 2))) out += jpeg.substr(at, length + 2);
    at += length + 2;
    if (marker != start_of_scan) continue;
    auto const end = end_of_scan(jpeg, at);
    out += jpeg.substr(at, end - at);
    at = end;
  }
  return out;
}

}  // namespace birge::files
