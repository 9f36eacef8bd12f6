#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "platform/base/day.hpp"
#include "platform/base/id.hpp"
#include "platform/html/url.hpp"

namespace birge {

class Html;

/// An attribute that is either there or not: html("<option value=\"{}\" {}>", value, when(chosen, "selected")).
class Attribute {
public:
  constexpr Attribute() = default;
  consteval explicit Attribute(char const* literal) : text_(literal) {}
  constexpr std::string_view text() const { return text_; }

private:
  std::string_view text_;
};

namespace detail {

enum class Argument { text, html, url, attribute };

template <class T>
consteval Argument kind_of() {
  using Plain = std::remove_cvref_t<T>;
  if constexpr (std::same_as<Plain, Html>) return Argument::html;
  else if constexpr (std::same_as<Plain, Url> || std::same_as<Plain, UrlPattern::Filled>) return Argument::url;
  else if constexpr (std::same_as<Plain, Attribute>) return Argument::attribute;
  else return Argument::text;
}

void append_escaped(std::string& out, std::string_view text);
/// Appends a part of a template in which braces are doubled.
void append_undoubled(std::string& out, std::string_view part);
void append_number(std::string& out, std::int64_t number);

// These are never defined: naming one while a template is checked stops the compilation and shows the rule that was broken.
void a_placeholder_in_a_script_or_style_element_is_refused();
void a_placeholder_in_an_unquoted_attribute_is_refused();
void a_placeholder_in_a_tag_must_be_an_Attribute();
void a_placeholder_in_an_event_or_style_attribute_is_refused();
void only_a_Url_may_stand_at_the_start_of_an_address_attribute();
void markup_is_not_allowed_inside_an_attribute();
void an_address_or_attribute_is_not_text();
void the_template_ends_inside_a_tag_or_comment();
void the_number_of_placeholders_and_arguments_differs();
void a_lone_brace_must_be_doubled();

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

constexpr bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

constexpr bool holds_address(std::string_view attribute) {
  for (std::string_view const name : {"href", "src", "action", "formaction", "poster", "cite", "data", "srcset", "xlink:href", "ping", "background"})
    if (same_word(attribute, name)) return true;
  return false;
}

/// Walks through a template as an HTML tokenizer would and checks the context of each placeholder.
consteval void check_template(std::string_view text, Argument const* arguments, std::size_t count) {
  enum class State { text, tag_name, in_tag, attribute_name, after_equals, quoted, unquoted, comment };
  State state = State::text;
  std::string_view tag, raw_element, attribute;
  char quote = 0;
  std::size_t value_start = 0, name_start = 0, used = 0;
  bool value_began_with_placeholder = false;

  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      ++i;
      continue;
    }
    if (c == '{') {
      if (i + 1 >= text.size() || text[i + 1] != '}') a_lone_brace_must_be_doubled();
      if (used >= count) the_number_of_placeholders_and_arguments_differs();
      Argument const kind = arguments[used++];
      if (!raw_element.empty() && state == State::text) a_placeholder_in_a_script_or_style_element_is_refused();
      switch (state) {
        case State::text:
          if (kind == Argument::url || kind == Argument::attribute) an_address_or_attribute_is_not_text();
          break;
        case State::in_tag:
          if (kind != Argument::attribute) a_placeholder_in_a_tag_must_be_an_Attribute();
          break;
        case State::quoted: {
          if (kind == Argument::html) markup_is_not_allowed_inside_an_attribute();
          if (kind == Argument::attribute) an_address_or_attribute_is_not_text();
          if (same_word(attribute, "style") || (attribute.size() > 2 && same_word(attribute.substr(0, 2), "on")))
            a_placeholder_in_an_event_or_style_attribute_is_refused();
          if (holds_address(attribute)) {
            bool const at_start = i == value_start;
            bool const fragment = !at_start && text[value_start] == '#';
            if (at_start && kind != Argument::url) only_a_Url_may_stand_at_the_start_of_an_address_attribute();
            if (!at_start && !fragment && !value_began_with_placeholder) only_a_Url_may_stand_at_the_start_of_an_address_attribute();
            if (at_start) value_began_with_placeholder = true;
          }
          break;
        }
        case State::after_equals:
        case State::unquoted: a_placeholder_in_an_unquoted_attribute_is_refused(); break;
        default: a_placeholder_in_a_tag_must_be_an_Attribute();
      }
      ++i;
      continue;
    }
    if (c == '}') a_lone_brace_must_be_doubled();

    switch (state) {
      case State::text:
        if (c != '<') break;
        if (text.substr(i, 4) == "<!--") {
          state = State::comment;
          break;
        }
        if (i + 1 < text.size() && (text[i + 1] == '!' || text[i + 1] == '?')) {
          state = State::in_tag;
          tag = {};
          break;
        }
        if (!raw_element.empty()) {
          if (!(i + 1 < text.size() && text[i + 1] == '/' && same_word(text.substr(i + 2, raw_element.size()), raw_element))) break;
        }
        state = State::tag_name;
        name_start = i + 1;
        break;
      case State::tag_name:
        if (is_space(c) || c == '>' || (c == '/' && i > name_start)) {
          tag = text.substr(name_start, i - name_start);
          state = State::in_tag;
          if (c == '>') {
            state = State::text;
            raw_element = same_word(tag, "script") || same_word(tag, "style") ? tag : std::string_view{};
          }
        }
        break;
      case State::in_tag:
        if (c == '>') {
          state = State::text;
          raw_element = same_word(tag, "script") || same_word(tag, "style") ? tag : std::string_view{};
        } else if (!is_space(c) && c != '/') {
          state = State::attribute_name;
          name_start = i;
        }
        break;
      case State::attribute_name:
        if (c == '=') {
          attribute = text.substr(name_start, i - name_start);
          state = State::after_equals;
        } else if (is_space(c)) state = State::in_tag;
        else if (c == '>') {
          state = State::text;
          raw_element = same_word(tag, "script") || same_word(tag, "style") ? tag : std::string_view{};
        }
        break;
      case State::after_equals:
        if (c == '"' || c == '\'') {
          quote = c;
          state = State::quoted;
          value_start = i + 1;
          value_began_with_placeholder = false;
        } else if (!is_space(c)) state = State::unquoted;
        break;
      case State::quoted:
        if (c == quote) state = State::in_tag;
        break;
      case State::unquoted:
        if (is_space(c)) state = State::in_tag;
        else if (c == '>') {
          state = State::text;
          raw_element = same_word(tag, "script") || same_word(tag, "style") ? tag : std::string_view{};
        }
        break;
      case State::comment:
        if (c == '>' && i >= 2 && text.substr(i - 2, 3) == "-->") state = State::text;
        break;
    }
  }
  if (state != State::text) the_template_ends_inside_a_tag_or_comment();
  if (used != count) the_number_of_placeholders_and_arguments_differs();
}

template <class... Arguments>
class Template {
public:
  template <std::size_t N>
  consteval Template(char const (&literal)[N]) : text_(literal, N - 1) {
    Argument const kinds[sizeof...(Arguments) + 1] = {kind_of<Arguments>()..., Argument::text};
    check_template(text_, kinds, sizeof...(Arguments));
    static_assert(N <= 0x10000, "the ends of the parts are kept in two bytes");
    cut();
  }
  constexpr std::size_t size() const { return text_.size(); }

  /// Appends what stands before the placeholder of this number, or behind the last one.
  void append_part(std::string& out, std::size_t number) const {
    std::size_t const begin = number == 0 ? 0 : ends_[number - 1] + 2u;
    auto const part = std::string_view(text_.data() + begin, ends_[number] - begin);
    if (doubled_) append_undoubled(out, part);
    else out += part;
  }

private:
  consteval void cut() {
    std::size_t number = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] != '{' && text_[i] != '}') continue;
      // The template was checked before: what is no doubled brace is a placeholder.
      if (text_[i + 1] == text_[i]) doubled_ = true;
      else ends_[number++] = static_cast<std::uint16_t>(i);
      ++i;
    }
    ends_[number] = static_cast<std::uint16_t>(text_.size());
  }

  std::string_view text_;
  std::uint16_t ends_[sizeof...(Arguments) + 1] = {};  ///< where each placeholder begins, and the end: found once, when it is compiled
  bool doubled_ = false;
};

}  // namespace detail

/// Markup that is known to be safe. Made only by html() from literals and escaped values, or by trusted_html().
class Html {
public:
  Html() = default;

  std::string_view text() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::string release() && { return std::move(text_); }

  Html& operator+=(Html const& other) {
    text_ += other.text_;
    return *this;
  }

  /// Appends a filled template; see html().
  template <class... Arguments>
  Html& add(detail::Template<std::type_identity_t<Arguments>...> const& markup, Arguments const&... arguments);

  void reserve(std::size_t bytes) { text_.reserve(bytes); }

private:
  friend Html trusted_html(std::string text);
  std::string text_;
};

/// Takes text for markup unseen. Only for markup another checked part made (Markdown, drawings); every call is read in review.
Html trusted_html(std::string text);

namespace detail {

inline void append(std::string& out, Html const& value) { out += value.text(); }
inline void append(std::string& out, Url const& value) {
  if (value.as_it_is()) out += value.text();
  else append_escaped(out, value.text());
}
inline void append(std::string& out, UrlPattern::Filled const& value) {
  auto const& pattern = value.pattern;
  if (!pattern.as_it_is()) return append_escaped(out, pattern.url(value.value).text());
  out += pattern.before();
  append_percent_encoded(out, value.value);  // of what it writes markup writes nothing otherwise
  out += pattern.behind();
}
inline void append(std::string& out, Attribute value) { out += value.text(); }
inline void append(std::string& out, std::string_view value) { append_escaped(out, value); }
inline void append(std::string& out, Day value) { out += value.iso(); }
template <class Tag>
void append(std::string& out, Id<Tag> value) {
  out += id_text(value);
}
template <std::integral Number>
requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) void append(std::string& out, Number value) {
  append_number(out, static_cast<std::int64_t>(value));
}

/// How many bytes a value takes at least: exact for most, so that a filled template is one piece of memory from the start.
inline std::size_t room_for(Html const& value) { return value.text().size(); }
inline std::size_t room_for(Url const& value) { return value.text().size(); }
inline std::size_t room_for(UrlPattern::Filled const& value) {
  return value.pattern.before().size() + value.value.size() + value.pattern.behind().size();
}
inline std::size_t room_for(Attribute value) { return value.text().size(); }
inline std::size_t room_for(std::string_view value) { return value.size(); }
template <class Other>
requires(!std::convertible_to<Other const&, std::string_view>) std::size_t room_for(Other const&) { return 8; }

}  // namespace detail

template <class... Arguments>
Html& Html::add(detail::Template<std::type_identity_t<Arguments>...> const& markup, Arguments const&... arguments) {
  std::size_t number = 0;
  ((markup.append_part(text_, number++), detail::append(text_, arguments)), ...);
  markup.append_part(text_, number);
  return *this;
}

/// Fills the {} of a literal template. Values are escaped for where they stand; only Html goes in as it is. What could let text
/// become markup (an unquoted attribute, a script, an address that is no Url) does not compile. Braces are doubled: {{ }}.
template <class... Arguments>
Html html(detail::Template<std::type_identity_t<Arguments>...> const& markup, Arguments const&... arguments) {
  Html result;
  result.reserve((markup.size() + ... + detail::room_for(arguments)));
  result.add(markup, arguments...);
  return result;
}

/// The attribute if the condition holds, nothing otherwise. The name is a literal.
#define BIRGE_WHEN(condition, literal) ((condition) ? ::birge::Attribute(literal) : ::birge::Attribute())

}  // namespace birge
