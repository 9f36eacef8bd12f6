#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/base/message.hpp"

/// What comes from outside is made anew before it is kept: pictures are decoded and encoded again without anything but the picture, PDFs lose what
/// is not a page. It is done in a process of its own with limits on memory and time, so that a hostile file ends that process and nothing else.
namespace birge::files {

enum class Format { jpeg, png, webp, heic, pdf };
/// By the first bytes, never by a name or by what the browser claims. Nothing for everything else.
std::optional<Format> recognise(std::string_view content);
inline bool is_picture(Format format) { return format != Format::pdf; }

enum class Refusal {
  damaged,          ///< cut short, or it cannot be decoded
  too_many_pixels,  ///< more than most_pixels
  too_small,        ///< a picture of a few pixels
  locked,           ///< a PDF with a password or with limited rights
  too_heavy,        ///< it wanted more memory or time than there is
};
Message refusal_text(Refusal refusal);  ///< one sentence: what is wrong and what to do

inline constexpr long most_pixels = 50'000'000;  ///< of a picture that comes in
inline constexpr int picture_side = 2000;        ///< pixels of the longer side of what is kept, at most
inline constexpr int preview_side = 480;

struct Cleaned {
  std::string file;  ///< JPEG or PDF
  int width = 0;     ///< pixels; 0 for a PDF
  int height = 0;
  std::string preview;  ///< JPEG; empty for a PDF
  int preview_width = 0;
  int preview_height = 0;
  std::optional<Refusal> refused;  ///< then the rest is empty
};

/// Waits for the process; one works at a time. Throws Problem(busy) when several wait already.
Cleaned clean(std::string_view content, Format format);

/// The first argument with which the program is started to clean one file, and what it does then: the second argument is the format, the file comes
/// on standard input. Returns the exit code.
inline constexpr std::string_view clean_command = "clean-file";
int clean_main(std::string_view format);

namespace detail {
/// In this process. Only for clean_main.
Cleaned clean_picture(std::string_view content, Format format);
Cleaned clean_pdf(std::string_view content);
inline Cleaned refused(Refusal refusal) {
  Cleaned cleaned;
  cleaned.refused = refusal;
  return cleaned;
}
}  // namespace detail

}  // namespace birge::files
