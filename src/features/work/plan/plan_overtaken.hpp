#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/site/opened_form.hpp"
#include "features/work/plan/plan_form.hpp"

/// A form of an activity that somebody else overtook: what its person changed is kept, everything else is as it is stored by now. Pure.
namespace birge::work {

using site::opened_field;
/// What each field held when a form was opened, a few characters for each: enough to tell later whether it was touched. Nobody's rights hang on it.
std::string opened_with(http::Parameters const& stored);
/// What was typed, with what is stored by now in every field that was not touched since the form was opened. Of a form that does not tell what it was
/// opened with, every field counts as touched.
http::Parameters with_untouched_renewed(http::Parameters const& typed, http::Parameters const& stored);

/// Where two versions of the form differ: what was typed, and what is stored by now. Of a field of several choices each value.
struct Difference {
  std::string field;
  Message label;
  std::vector<std::string> typed, stored;
};
std::vector<Difference> differences(http::Parameters const& typed, http::Parameters const& stored);
/// What others changed since the form was opened in fields that were not touched in it: as it was sent, and as it is stored by now.
std::vector<Difference> taken_over(http::Parameters const& typed, http::Parameters const& stored);

}  // namespace birge::work
