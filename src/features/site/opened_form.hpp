#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

/// What a form was opened with, so that of one that somebody else overtook the fields that were touched are told from those that were not. Pure.
namespace birge::site {

/// The name of the hidden field that tells what the form was opened with.
inline constexpr std::string_view opened_field = "opened";

/// What a field says, however its lines were broken and in whatever order its boxes came.
std::vector<std::string> form_values(http::Parameters const& form, std::string_view field);
/// What each field held when a form was opened, a few characters for each: enough to tell later whether it was touched. Nobody's rights hang on it.
std::string opened_with(http::Parameters const& stored, std::span<std::string const> fields);
/// The fields that hold what they held when the form was opened. Of a form that does not tell what it was opened with, every field counts as touched.
std::vector<std::string> untouched(http::Parameters const& typed, std::span<std::string const> fields);
/// What was typed, with what is stored in the fields that are named.
http::Parameters with_stored(http::Parameters const& typed, http::Parameters const& stored, std::span<std::string const> fields);

}  // namespace birge::site
