#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/account.hpp"
#include "platform/html/html.hpp"

/// People named in a remark: typed as @ and the name, kept by their id, shown as whatever the reader may know of them. Pure.
namespace birge::work {

using account::PersonId;

struct Named {
  PersonId id;
  std::string name;
};

struct Mentions {
  std::string text;              ///< with @[id] in place of each name that was found
  std::vector<PersonId> people;  ///< in order of appearance, each once
};

/// Finds @Name in a text: the longest whole name that fits, or a first name that only one of them has; capitals do not matter.
Mentions find_mentions(std::string_view text, std::span<Named const> people);

/// The text of a remark. Only the ids in `people` become names; whatever else was typed stays text.
Html remark_text(std::string_view text, std::span<PersonId const> people, std::function<std::string(PersonId)> const& name_of);

/// The same without anybody: "@…" in place of each id.
std::string without_mentions(std::string_view text);

}  // namespace birge::work
