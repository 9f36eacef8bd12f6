#include <vips/vips.h>

#include <cstring>
#include <memory>

#include "platform/files/clean.hpp"
#include "platform/files/jpeg_segments.hpp"

/// Pictures: the only file that knows libvips.
namespace birge::files::detail {

namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

void ignore_log(char const*, GLogLevelFlags, char const*, void*) {}

/// Four readers are left of the many that libvips has.
bool start() {
  if (VIPS_INIT("birge") != 0) return false;
  g_log_set_handler("VIPS", static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION), ignore_log, nullptr);
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (auto const* reader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"})
    vips_operation_block_set(reader, FALSE);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  return true;
}

char const* reader_of(Format format) {
  switch (format) {
    case Format::jpeg: return "jpegload_buffer";
    case Format::png: return "pngload_buffer";
    case Format::webp: return "webpload_buffer";
    case Format::heic: return "heifload_buffer";
    case Format::pdf: break;
  }
  return "";
}

/// What the header says, before a pixel is decoded.
std::optional<Refusal> look_at_header(std::string_view content, Format format) {
  Image const header(vips_image_new_from_buffer(content.data(), content.size(), "", "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!header) return Refusal::damaged;
  char const* reader = nullptr;
  if (vips_image_get_string(header.get(), VIPS_META_LOADER, &reader) != 0 || std::strcmp(reader, reader_of(format)) != 0) return Refusal::damaged;
  auto const width = vips_image_get_width(header.get()), height = vips_image_get_height(header.get());
  if (static_cast<long>(width) * height > most_pixels) return Refusal::too_many_pixels;
  if (width < 16 || height < 16) return Refusal::too_small;
  return std::nullopt;
}

/// Scaled down to fit a square, turned upright, in sRGB, on white where it is transparent. What is cut short is told to the reader, since the option
/// fail_on of vips_thumbnail_buffer itself does nothing in 8.14.
Image scaled(std::string_view content, int side) {
  VipsImage* out = nullptr;
  if (vips_thumbnail_buffer(const_cast<char*>(content.data()), content.size(), &out, side, "height", side, "size", VIPS_SIZE_DOWN, "export_profile",
                            "srgb", "option_string", "[fail_on=truncated]", nullptr) != 0)
    return nullptr;
  Image image(out);
  if (vips_image_hasalpha(image.get())) {
    double const channels[] = {255, 255, 255};
    auto* const white = vips_array_double_new(channels, vips_image_get_bands(image.get()) < 3 ? 1 : 3);
    auto const failed = vips_flatten(image.get(), &out, "background", white, nullptr);
    vips_area_unref(VIPS_AREA(white));
    if (failed != 0) return nullptr;
    image.reset(out);
  }
  if (vips_image_get_interpretation(image.get()) != VIPS_INTERPRETATION_B_W) {
    if (vips_colourspace(image.get(), &out, VIPS_INTERPRETATION_sRGB, nullptr) != 0) return nullptr;
    image.reset(out);
  }
  return image;
}

std::string jpeg(VipsImage* image, int quality) {
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_jpegsave_buffer(image, &bytes, &size, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, nullptr) != 0) return {};
  std::string copy(static_cast<char const*>(bytes), size);
  g_free(bytes);
  return copy;
}

}  // namespace

Cleaned clean_picture(std::string_view content, Format format) {
  if (!start()) return refused(Refusal::too_heavy);
  if (auto const refusal = look_at_header(content, format)) return refused(*refusal);
  // libjpeg fills up with grey what is missing at the end.
  if (format == Format::jpeg)
    if (auto const plain = without_segments(content); !plain || !plain->ends_with("\xff\xd9")) return refused(Refusal::damaged);
  auto const full = scaled(content, picture_side);
  if (!full) return refused(Refusal::damaged);
  Cleaned cleaned;
  cleaned.file = jpeg(full.get(), 82);
  if (cleaned.file.empty()) return refused(Refusal::damaged);
  auto const preview = scaled(cleaned.file, preview_side);
  if (!preview) return refused(Refusal::damaged);
  cleaned.preview = jpeg(preview.get(), 68);
  if (cleaned.preview.empty()) return refused(Refusal::damaged);
  cleaned.width = vips_image_get_width(full.get());
  cleaned.height = vips_image_get_height(full.get());
  cleaned.preview_width = vips_image_get_width(preview.get());
  cleaned.preview_height = vips_image_get_height(preview.get());
  return cleaned;
}

}  // namespace birge::files::detail
