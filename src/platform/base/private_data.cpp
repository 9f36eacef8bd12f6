#include "platform/base/private_data.hpp"

#include <algorithm>

namespace birge {

std::vector<std::string> private_data_in(std::string_view text) {
  bool personal = false, phone = false, email = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      auto const at = i++;
      if (text[at] != '@' || at == 0 || i >= text.size()) continue;
      auto const word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
      auto const dot = text.find('.', i);
      email |= word(text[at - 1]) && word(text[i]) && dot != std::string_view::npos && text.substr(i, dot - i).find(' ') == std::string_view::npos;
      continue;
    }
    std::size_t digits = 0, run = 0, longest = 0, gap = 0;
    auto const start = i;
    for (; i < text.size() && gap < 3; ++i) {
      if (text[i] >= '0' && text[i] <= '9') ++digits, ++run, gap = 0;
      else if (text[i] == ' ' || text[i] == '-' || text[i] == '(' || text[i] == ')') longest = std::max(longest, run), run = 0, ++gap;
      else break;
    }
    longest = std::max(longest, run);
    bool const signed_number = start > 0 && text[start - 1] == '+';
    bool const zero = text[start] == '0' || text.substr(start).starts_with("996");
    if (longest == 14) personal = true;
    else if ((digits >= 9 && digits <= 13 && (zero || signed_number))) phone = true;
  }
  std::vector<std::string> found;
  if (personal) found.emplace_back("personal_number");
  if (phone) found.emplace_back("phone_number");
  if (email) found.emplace_back("email");
  return found;
}

}  // namespace birge
