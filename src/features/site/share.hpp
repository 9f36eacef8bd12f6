#pragma once

#include <string>

/// The picture that stands beside a link when somebody shares it: 1200 x 630, the words large enough to be read on a telephone.
namespace birge::site {

struct ShareCard {
  std::string above;  ///< small, over the title: kind, edition
  std::string title;
  std::string detail;  ///< below: when and where
  std::string foot;    ///< at the bottom: the hotline
  std::string sample;  ///< the warning of a sample, over everything; empty: none
};

/// The drawing, with its text broken into lines that fit; a title that is too long is cut with an ellipsis.
std::string share_svg(ShareCard const& card);

/// The drawing as PNG. Pictures drawn last are kept, because a link that goes round is asked for many times at once.
std::string share_png(std::string const& svg);

/// A name of exactly this drawing, for its ETag.
std::string share_tag(std::string const& svg);

}  // namespace birge::site
