#include "features/site/share.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "platform/base/text.hpp"
#include "platform/html/html.hpp"

namespace birge::site {

namespace {

constexpr int width = 1200, height = 630, margin = 80;
constexpr char const* font = "DejaVu Sans";

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;
using Context = std::unique_ptr<cairo_t, FreeContext>;

/// Measures text in the font of the picture.
class Ruler {
public:
  explicit Ruler(double size, bool bold) : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)), context_(cairo_create(surface_.get())) {
    cairo_select_font_face(context_.get(), font, CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context_.get(), size);
  }
  double width_of(std::string const& text) const {
    cairo_text_extents_t extents;
    cairo_text_extents(context_.get(), text.c_str(), &extents);
    return extents.x_advance;
  }

private:
  Surface surface_;
  Context context_;
};

/// Words into lines of the picture's width; a single word that is too long is cut.
std::vector<std::string> lines_of(std::string const& text, double size, bool bold) {
  Ruler const ruler(size, bold);
  constexpr double room = width - 2 * margin;
  std::vector<std::string> lines;
  for (auto const word : split(text, ' ')) {
    if (word.empty()) continue;
    std::string piece(word);
    for (auto characters = length(piece); ruler.width_of(piece) > room && characters > 1;) piece = shortened(word, --characters);
    auto const joined = lines.empty() ? piece : lines.back() + " " + piece;
    if (lines.empty() || ruler.width_of(joined) > room) lines.push_back(piece);
    else lines.back() = joined;
  }
  return lines;
}

struct Fitted {
  std::vector<std::string> lines;
  int size = 0;
};

/// The largest size at which the text takes at most `most` lines; at the smallest one the rest is cut off.
Fitted fitted(std::string const& text, std::initializer_list<int> sizes, std::size_t most, bool bold) {
  Fitted fitted;
  for (auto const size : sizes) {
    fitted = {lines_of(text, size, bold), size};
    if (fitted.lines.size() <= most) return fitted;
  }
  fitted.lines.resize(most);
  fitted.lines.back() = shortened(fitted.lines.back() + " …", length(fitted.lines.back()));
  return fitted;
}

int add_lines(Html& svg, Fitted const& text, int top, std::string_view colour, std::string_view weight) {
  for (auto const& line : text.lines) {
    top += text.size * 5 / 4;
    svg.add(R"(<text x="{}" y="{}" font-family="DejaVu Sans" font-size="{}" font-weight="{}" fill="{}">{}</text>)", margin, top - text.size / 4,
            text.size, weight, colour, line);
  }
  return top;
}

cairo_status_t append(void* out, unsigned char const* bytes, unsigned int count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<char const*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

std::string draw(std::string const& svg) {
  GError* error = nullptr;
  std::unique_ptr<RsvgHandle, FreeObject> const drawing(rsvg_handle_new_from_data(reinterpret_cast<guint8 const*>(svg.data()), svg.size(), &error));
  if (!drawing) {
    std::string const why = error ? error->message : "unknown";
    g_clear_error(&error);
    throw std::runtime_error("the share picture cannot be read: " + why);
  }
  Surface const surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  Context const context(cairo_create(surface.get()));
  RsvgRectangle const whole{0, 0, width, height};
  if (!rsvg_handle_render_document(drawing.get(), context.get(), &whole, nullptr)) throw std::runtime_error("the share picture cannot be drawn");
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("the share picture cannot be written");
  return png;
}

}  // namespace

std::string share_svg(ShareCard const& card) {
  Html svg;
  svg.add(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#123a78"/>)"
      R"(<pattern id="horns" width="72" height="24" patternUnits="userSpaceOnUse" patternTransform='translate(0 606)'><path d="M-12 24 0 9 12 24zM60 24l12-15 12 15z" fill="#4c8ad9"/>)"
      R"(<path d="M36 24V13c0-10-16-11-16-2.6 0 5.6 7.6 6 7.6.8M36 13c0-10 16-11 16-2.6 0 5.6-7.6 6-7.6.8" fill="none" stroke="#4c8ad9" stroke-width="3.4"/></pattern>)"
      R"(<rect y="606" width="1200" height="24" fill='url(#horns)'/>)");
  int top = 56;
  if (!card.sample.empty()) {
    svg.add(R"(<rect width="1200" height="64" fill="#fbe7bd"/>)");
    add_lines(svg, fitted(card.sample, {30, 24}, 1, true), 12, "#5c3d00", "bold");
    top = 92;
  }
  top = add_lines(svg, fitted(card.above, {34, 28}, 1, false), top, "#b0cdf0", "normal") + 12;
  top = add_lines(svg, fitted(card.title, {68, 58, 48, 42}, 4, true), top, "#ffffff", "bold") + 20;
  add_lines(svg, fitted(card.detail, {36, 32}, 2, false), top, "#ffffff", "normal");
  add_lines(svg, fitted(card.foot, {34, 28}, 1, true), 535, "#ffffff", "bold");
  svg.add("</svg>");
  return std::move(svg).release();
}

std::string share_png(std::string const& svg) {
  constexpr std::size_t kept = 16;
  static std::mutex mutex;
  static std::deque<std::pair<std::string, std::string>> pictures;
  auto const tag = share_tag(svg);
  {
    std::scoped_lock const lock(mutex);
    for (auto const& [known, png] : pictures)
      if (known == tag) return png;
  }
  auto png = draw(svg);
  std::scoped_lock const lock(mutex);
  pictures.emplace_front(tag, png);
  if (pictures.size() > kept) pictures.pop_back();
  return png;
}

std::string share_tag(std::string const& svg) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
  for (unsigned char const c : svg) hash = (hash ^ c) * 0x100000001b3u;
  return fmt::format("p{:016x}", hash);
}

}  // namespace birge::site
