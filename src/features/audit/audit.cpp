#include "features/audit/audit.hpp"

#include <algorithm>
#include <stdexcept>

namespace birge::audit {

Value Value::pack_code(std::string_view code) {
  constexpr std::size_t longest = 60;
  bool const fits = !code.empty() && code.size() <= longest && code[0] >= 'a' && code[0] <= 'z' && std::ranges::all_of(code, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
  // The log says where it happened; the value itself may be what must not be written anywhere.
  if (!fits) throw std::logic_error("a value of the audit log is no code");
  return Value(std::string(code));
}

std::string Value::number_text(std::int64_t number) {
  constexpr std::int64_t thousand_million = 1'000'000'000;
  if (number <= -thousand_million || number >= thousand_million) throw std::logic_error("a value of the audit log is no count");
  return "=" + std::to_string(number);
}

std::string_view code(Who::Kind kind) {
  switch (kind) {
    case Who::Kind::person: return "person";
    case Who::Kind::command: return "command";
    case Who::Kind::system: return "system";
    case Who::Kind::visitor: return "visitor";
  }
  return "system";
}

namespace {

void add_line(std::string& changes, std::string_view line) {
  if (!changes.empty()) changes += '\n';
  changes += line;
}

}  // namespace

Entry& Entry::changed(Word field, Value const& before, Value const& after) {
  if (before != after) add_line(changes, std::string(field.text()) + '\t' + before.text() + '\t' + after.text());
  return *this;
}

Entry& Entry::changed(Word field, Value const& part, Value const& before, Value const& after) {
  if (before != after) add_line(changes, std::string(field.text()) + '/' + part.text() + '\t' + before.text() + '\t' + after.text());
  return *this;
}

Entry& Entry::text_changed(Word field) {
  add_line(changes, field.text());
  return *this;
}

}  // namespace birge::audit
