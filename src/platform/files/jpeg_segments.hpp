#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace birge::files {

/// A JPEG file without what is not the picture: of the application segments only JFIF (APP0), the colour profile (APP2) and Adobe's colour transform
/// (APP14) stay, comments and whatever follows the end of the picture go. Nothing when its segments cannot be read. ITU-T T.81, annex B.
std::optional<std::string> without_segments(std::string_view jpeg);

}  // namespace birge::files
