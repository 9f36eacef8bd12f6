#include "features/work/plan/plan_overtaken.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "platform/base/text.hpp"

namespace birge::work {

namespace {

constexpr std::size_t mark_length = 4;

/// What a field says, however its lines were broken and in whatever order its boxes came.
std::vector<std::string> values(http::Parameters const& form, std::string_view field) {
  std::vector<std::string> list;
  for (auto const part : form.all(field))
    if (auto text = clean_text(part); !text.empty()) list.push_back(std::move(text));
  std::ranges::sort(list);
  return list;
}

/// 24 bits of FNV-1a in four characters.
std::string mark(std::vector<std::string> const& list) {
  static constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  std::uint64_t hash = 14695981039346656037U;
  auto const take = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211U; };
  for (auto const& text : list) {
    for (char const c : text) take(static_cast<unsigned char>(c));
    take(0);
  }
  hash ^= hash >> 24 ^ hash >> 48;
  std::string text;
  for (std::size_t i = 0; i < mark_length; ++i) text += digits[hash >> 6 * i & 63U];
  return text;
}

/// What goes with a field and is not seen: which of the places of a name was meant.
std::vector<std::string_view> fields_with(std::string_view field) {
  if (field == "place") return {"place", "place_for", "place_choice"};
  return {field};
}

}  // namespace

std::string opened_with(http::Parameters const& stored) {
  std::string marks;
  for (auto const& name : field_names()) marks += mark(values(stored, name.field));
  return marks;
}

http::Parameters with_untouched_renewed(http::Parameters const& typed, http::Parameters const& stored) {
  auto const names = field_names();
  auto const opened = typed.get(opened_field);
  if (opened.size() != names.size() * mark_length) return typed;
  auto renewed = typed.list();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (opened.substr(i * mark_length, mark_length) != mark(values(typed, names[i].field))) continue;
    for (auto const field : fields_with(names[i].field)) {
      std::erase_if(renewed, [&](auto const& each) { return each.first == field; });
      std::ranges::copy_if(stored.list(), std::back_inserter(renewed), [&](auto const& each) { return each.first == field; });
    }
  }
  return http::Parameters::of(std::move(renewed));
}

std::vector<Difference> differences(http::Parameters const& typed, http::Parameters const& stored) {
  std::vector<Difference> list;
  for (auto const& [field, label] : field_names()) {
    if (field == "weeks" || field == "text_language") continue;
    auto mine = values(typed, field), theirs = values(stored, field);
    if (mine != theirs) list.push_back({std::string(field), label, std::move(mine), std::move(theirs)});
  }
  return list;
}

}  // namespace birge::work
