#pragma once

#include <string_view>

namespace birge {

/// What tells this program from any other build of it: eight hexadecimal digits over the executable's own build id. Part of every ETag.
std::string_view build_id();

}  // namespace birge
