#include "features/work/plan/plan_overtaken.hpp"

#include <algorithm>

namespace birge::work {

using site::form_values;

namespace {

std::vector<std::string> fields() {
  std::vector<std::string> list;
  for (auto const& name : field_names()) list.emplace_back(name.field);
  return list;
}

bool is_compared(std::string_view field) { return field != "weeks" && field != "text_language"; }

}  // namespace

std::string opened_with(http::Parameters const& stored) { return site::opened_with(stored, fields()); }

http::Parameters with_untouched_renewed(http::Parameters const& typed, http::Parameters const& stored) {
  auto renewed = site::untouched(typed, fields());
  // What goes with a field and is not seen: which of the places of a name was meant.
  if (std::ranges::find(renewed, "place") != renewed.end()) renewed.insert(renewed.end(), {"place_for", "place_choice"});
  return site::with_stored(typed, stored, renewed);
}

std::vector<Difference> differences(http::Parameters const& typed, http::Parameters const& stored) {
  std::vector<Difference> list;
  for (auto const& [field, label] : field_names()) {
    if (!is_compared(field)) continue;
    auto mine = form_values(typed, field), theirs = form_values(stored, field);
    if (mine != theirs) list.push_back({std::string(field), label, std::move(mine), std::move(theirs)});
  }
  return list;
}

std::vector<Difference> taken_over(http::Parameters const& typed, http::Parameters const& stored) {
  auto list = differences(typed, stored);
  auto const kept = site::untouched(typed, fields());
  std::erase_if(list, [&](Difference const& each) { return std::ranges::find(kept, each.field) == kept.end(); });
  return list;
}

}  // namespace birge::work
