#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/html/chart.hpp"

/// What the drawings share. Colours stand in the attributes; the class beside each only lets the stylesheet change it in the dark.
namespace birge::chart::detail {

/// One colour of the palette: the class the stylesheet knows it by, its value, and the colour of text upon it.
struct Paint {
  std::string_view name, fill;
  std::string_view text_name = "pale", text_fill = "#21201d";
};

inline constexpr std::string_view accent = "#1f5fbf", light = "#a9c8ef", tint = "#e8f0fb", ink = "#21201d", soft = "#55504a", paper = "#fbfaf7",
                                  hatch_line = "#a39c90";

/// Light to dark for `count` classes (1-5), spread over the whole ramp.
Paint ramp(std::size_t index, std::size_t count);

/// Parts of a whole, told apart by lightness as well; more than five begin again.
Paint category(std::size_t index);

/// An id for this drawing's pattern, title and description, the same on every rendering; differs between drawings of different content.
std::string drawing_id(std::string_view kind, Text const& text, std::vector<Mark> const& marks);

/// The mark with its numbers made safe: not finite or negative becomes missing, a high below the value becomes the value.
Mark tidy(Mark mark);
std::vector<Mark> tidy(std::vector<Mark> marks);
double highest(std::vector<Mark> const& marks);

/// A coordinate or length with at most so many decimals, never an exponent.
std::string coordinate(double value, int digits = 2);
std::string share(double value, double whole, double of);  ///< value / whole of `of` percent, "12.5%"; 0% when the whole is nothing

/// Estimated width of an average letter as a part of the font size; wide enough for DejaVu, the widest of our fonts.
inline constexpr double letter_width = 0.62;
double text_width(std::string_view text, double size);
inline constexpr double bold = 1.13;                                  ///< how much wider bold digits are than that
std::string fitted(std::string_view text, double size, double room);  ///< shortened with an ellipsis where it is wider than the room

/// What a reader hears of a mark and sees when pointing at it: "label: number", with its group.
std::string spoken(Mark const& mark);

/// A small square of a colour for a legend.
Html swatch(Paint const& paint);
Html hatched_swatch();
Html dotted_swatch();
Html hatch_pattern(std::string const& id, double size = 7);  ///< size of its tile in the units of the drawing
Html dot_pattern(std::string const& id, double size);        ///< the same with a dot in each tile

/// Opens a mark's link, if it has one, with its words for those who listen. What is added until close_mark is its drawing.
void open_mark(Html& out, Mark const& mark);
void close_mark(Html& out, Mark const& mark);

struct Frame {
  std::string id;
  std::string width = "100%", height;  ///< of a drawing in pixels and percentages
  std::string view_box;                ///< of one that scales instead
  bool links = false;
};

/// The figure around a drawing: caption, svg with title and description, legend, source.
Html figure(Text const& text, Frame const& frame, Html const& drawing, Html const& legend, std::string const& attribution = {});

/// The figure when there is nothing to draw.
Html empty_figure(Text const& text);

}  // namespace birge::chart::detail
