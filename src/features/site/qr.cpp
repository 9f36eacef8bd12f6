#include "features/site/qr.hpp"

#include <qrencode.h>

#include <memory>

#include "platform/base/problem.hpp"

namespace birge::site {

Html qr_code(std::string_view text, std::string_view label) {
  constexpr int quiet = 4;  // modules around the code, as the standard asks
  std::unique_ptr<QRcode, decltype(&QRcode_free)> const code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) throw Problem(Failure::unprocessable, message("This is too long for a QR code."));
  int const size = code->width + 2 * quiet;
  // One path of horizontal runs: small, and without the hairlines that single squares leave in print.
  std::string path;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x) {
      auto const dark = [&](int column) { return column < code->width && (code->data[y * code->width + column] & 1) != 0; };
      if (!dark(x)) continue;
      int const start = x;
      while (dark(x + 1)) ++x;
      int const run = x - start + 1;
      path += "M" + std::to_string(start + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(run) + "v1h-" + std::to_string(run) + "z";
    }
  return html(
      "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" width=\"160\" height=\"160\"><rect width=\"{}\" height=\"{}\" fill=\"#fff\"/><path d=\"{}\" fill=\"#000\"/></svg>",
      label, size, size, size, size, path);
}

}  // namespace birge::site
