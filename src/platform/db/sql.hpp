#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "platform/base/day.hpp"
#include "platform/base/id.hpp"

/// Statements that are literals, and what their placeholders are bound to.
namespace birge::db {

/// A statement given as a literal. Text made at run time is not convertible, so it cannot become SQL.
class Literal {
public:
  template <std::size_t N>
  consteval Literal(char const (&text)[N]) : text_(text, N - 1) {}
  constexpr std::string_view text() const { return text_; }

private:
  std::string_view text_;
};

/// What a placeholder is bound to. Text is borrowed: it must outlive the call.
struct Value {
  enum class Type { null, integer, real, text, bytes } type = Type::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;
};

/// A value and, for days, the text it is bound as.
class Bound {
public:
  Bound(std::nullopt_t) {}
  Bound(std::integral auto number) {
    value_.type = Value::Type::integer;
    value_.integer = static_cast<std::int64_t>(number);
  }
  Bound(std::floating_point auto number) {
    value_.type = Value::Type::real;
    value_.real = number;
  }
  Bound(std::string_view text) {
    value_.type = Value::Type::text;
    value_.text = text;
  }
  Bound(std::string const& text) : Bound(std::string_view(text)) {}
  Bound(char const* text) : Bound(std::string_view(text)) {}
  Bound(Day day) : own_(day.iso()) {
    value_.type = Value::Type::text;
    owned_ = true;
  }
  Bound(Instant instant) : Bound(static_cast<std::int64_t>(instant.time_since_epoch().count())) {}
  Bound(std::span<std::byte const> bytes) {
    value_.type = Value::Type::bytes;
    value_.text = {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
  }
  template <class Tag>
  Bound(Id<Tag> id) : Bound(id.value) {}
  template <class T>
  Bound(std::optional<T> const& value) {
    if (value) *this = Bound(*value);
  }

  Value value() const {
    Value copy = value_;
    if (owned_) copy.text = own_;
    return copy;
  }

private:
  Value value_;
  std::string own_;
  bool owned_ = false;
};

/// Clauses joined while the program runs, each a literal; `?` in a clause takes its next argument. Arguments are copied.
class Sql {
public:
  Sql() = default;
  template <class... Arguments>
  explicit Sql(Literal clause, Arguments const&... arguments) {
    add(clause, arguments...);
  }

  template <class... Arguments>
  Sql& add(Literal clause, Arguments const&... arguments) {
    add_clause(clause.text(), {Owned(arguments)...});
    return *this;
  }

  std::string const& text() const { return text_; }
  std::vector<Value> values() const;

private:
  struct Owned {
    template <class T>
    explicit Owned(T const& argument) {
      Bound const bound(argument);
      value = bound.value();
      text = std::string(value.text);
    }
    Value value;
    std::string text;
  };
  void add_clause(std::string_view clause, std::vector<Owned> arguments);  ///< throws std::logic_error when the count differs

  std::string text_;
  std::vector<Owned> arguments_;
};

}  // namespace birge::db
