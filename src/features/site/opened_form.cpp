#include "features/site/opened_form.hpp"

#include <algorithm>
#include <cstdint>

#include "platform/base/text.hpp"

namespace birge::site {

namespace {

constexpr std::size_t mark_length = 4;

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

}  // namespace

std::vector<std::string> form_values(http::Parameters const& form, std::string_view field) {
  std::vector<std::string> list;
  for (auto const part : form.all(field))
    if (auto text = clean_text(part); !text.empty()) list.push_back(std::move(text));
  std::ranges::sort(list);
  return list;
}

std::string opened_with(http::Parameters const& stored, std::span<std::string const> fields) {
  std::string marks;
  for (auto const& field : fields) marks += mark(form_values(stored, field));
  return marks;
}

std::vector<std::string> untouched(http::Parameters const& typed, std::span<std::string const> fields) {
  std::vector<std::string> list;
  auto const opened = typed.get(opened_field);
  if (opened.size() != fields.size() * mark_length) return list;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (opened.substr(i * mark_length, mark_length) == mark(form_values(typed, fields[i]))) list.push_back(fields[i]);
  return list;
}

http::Parameters with_stored(http::Parameters const& typed, http::Parameters const& stored, std::span<std::string const> fields) {
  auto renewed = typed.list();
  for (auto const& field : fields) {
    std::erase_if(renewed, [&](auto const& each) { return each.first == field; });
    std::ranges::copy_if(stored.list(), std::back_inserter(renewed), [&](auto const& each) { return each.first == field; });
  }
  return http::Parameters::of(std::move(renewed));
}

}  // namespace birge::site
