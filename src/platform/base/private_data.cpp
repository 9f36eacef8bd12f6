#include "platform/base/private_data.hpp"

#include <algorithm>

namespace birge {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool has_email(std::string_view text) {
  auto const word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c); };
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at == 0 || at + 1 == text.size() || !word(text[at - 1]) || !word(text[at + 1])) continue;
    auto const dot = text.find('.', at + 1);
    if (dot != std::string_view::npos && text.substr(at + 1, dot - at - 1).find(' ') == std::string_view::npos) return true;
  }
  return false;
}

/// Digits without anything between them, and what stands between them and the group before where that may be within one number.
struct Group {
  std::string_view digits;
  bool signed_number = false;  ///< + before it
  bool follows = false;        ///< only spaces, hyphens, points and brackets, two at most, since the group before
  bool point = false;          ///< one of them is a point
};

std::vector<Group> groups_in(std::string_view text) {
  std::vector<Group> groups;
  std::size_t before = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (!digit(text[i])) {
      ++i;
      continue;
    }
    auto const start = i;
    while (i < text.size() && digit(text[i])) ++i;
    auto const gap = text.substr(before, start - before);
    groups.push_back({text.substr(start, i - start), gap.ends_with('+'),
                      !groups.empty() && gap.size() <= 2 && gap.find_first_not_of(" -.()") == std::string_view::npos,
                      gap.find('.') != std::string_view::npos});
    before = i;
  }
  return groups;
}

/// How many digits a number has that begins with this group; nothing where none begins so. Days, times and ages begin with one or two
/// digits, numbers of telephones with 0 and a code of three or more, with 996 or with +.
struct Lengths {
  std::size_t least = 0, most = 0;
};
Lengths lengths_from(std::vector<Group> const& groups, std::size_t first) {
  auto const digits = groups[first].digits;
  if (groups[first].signed_number) return {9, 13};
  if (digits.starts_with("996")) return {11, 13};
  if (!digits.starts_with('0')) return {};
  bool const thousands = digits.size() == 3 && groups[first].follows;  // 5 000 000 000
  if (digits.size() >= 3) return thousands ? Lengths{} : Lengths{9, 11};
  bool const code_apart = digits.size() == 1 && first + 1 < groups.size() && groups[first + 1].follows && !groups[first + 1].point &&
                          groups[first + 1].digits.size() >= 3;
  return code_apart ? Lengths{9, 11} : Lengths{};
}

bool has_phone(std::vector<Group> const& groups) {
  for (std::size_t first = 0; first < groups.size(); ++first) {
    auto const lengths = lengths_from(groups, first);
    if (lengths.most == 0) continue;
    std::size_t digits = 0;
    for (auto group = first; group < groups.size() && (group == first || groups[group].follows) && digits <= lengths.most; ++group) {
      digits += groups[group].digits.size();
      if (digits >= lengths.least && digits <= lengths.most) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> private_data_in(std::string_view text) {
  auto const groups = groups_in(text);
  std::vector<std::string> found;
  if (std::ranges::any_of(groups, [](Group const& group) { return group.digits.size() == 14; })) found.emplace_back("personal_number");
  if (has_phone(groups)) found.emplace_back("phone_number");
  if (has_email(text)) found.emplace_back("email");
  return found;
}

}  // namespace birge
