#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/id.hpp"
#include "platform/db/db.hpp"

/// The audit log: who did what to which object, when, and what its coded fields were before and after. An entry is written in the
/// transaction of the change it tells of:
///
///   audit::Entry entry{audit::Who::person(person, organisation), "approved", {"activity", id}, now};
///   entry.in(region, lead).changed("state", before.state, after.state).text_changed("title");
///   audit::record(tx, entry);
///
/// The log outlives the people in it and is never edited, so nothing that somebody wrote may get into it: names, titles, numbers of
/// telephones. Values are codes, numbers, days, moments and ids by their type; of a text it says only that it changed.
namespace birge::audit {

/// A word of the program itself - an action, a kind of object, a field: a literal of small letters, digits and _, checked when compiled.
class Word {
public:
  template <std::size_t N>
  consteval Word(char const (&text)[N]) : text_(text, N - 1) {
    if (text_.empty() || text_.size() > 40 || text_[0] < 'a' || text_[0] > 'z') throw "a word begins with a small letter";
    for (char const c : text_)
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) throw "a word is small letters, digits and _";
  }
  constexpr std::string_view text() const { return text_; }

private:
  std::string_view text_;
};

template <class E>
concept Coded = std::is_enum_v<E> && requires(E e) {
  { code(e) } -> std::convertible_to<std::string_view>;
};

/// What a coded field holds. Anything that is text does not convert to it.
class Value {
public:
  Value(std::nullopt_t) : text_("-") {}
  Value(Word word) : text_(word.text()) {}
  Value(std::same_as<bool> auto truth) : text_(truth ? "yes" : "no") {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) Value(Number number) : Value(number_text(static_cast<std::int64_t>(number))) {}
  Value(Day day) : text_(day.iso()) {}
  Value(Instant instant) : text_(iso(instant)) {}
  template <class Tag>
  Value(Id<Tag> id) : text_(id ? "#" + id_text(id) : "-") {}
  template <Coded E>
  Value(E value) : Value(pack_code(code(value))) {}
  template <class T>
  requires std::is_constructible_v<Value, T const&> Value(std::optional<T> const& value) : Value(value ? Value(*value) : Value(std::nullopt)) {}
  template <class T>
  requires std::convertible_to<T, std::string_view> Value(T const&)
  = delete;

  /// A code of the country pack (forum_theatre): letters of ASCII without capitals, digits, `_`, `-` and `.`, a letter first, at most 60. Throws
  /// std::logic_error for anything else, such as a name, a telephone number or an address.
  static Value pack_code(std::string_view code);
  /// An id that has no type here.
  static Value id(std::int64_t id) { return Value(Id<void>{id}); }

  std::string const& text() const { return text_; }
  bool operator==(Value const&) const = default;

private:
  explicit Value(std::string text) : text_(std::move(text)) {}
  /// Throws std::logic_error from a thousand million on: no count is that large, and a telephone number is.
  static std::string number_text(std::int64_t number);
  std::string text_;
};

/// Who acted.
struct Who {
  enum class Kind {
    person,   ///< somebody signed in
    command,  ///< the command line of whoever runs the machine
    system,   ///< the program by itself: a schedule, a deadline
    visitor,  ///< a public form
  };
  Kind kind = Kind::system;
  std::int64_t person_id = 0;
  std::int64_t organisation_id = 0;
  std::int64_t on_behalf_id = 0;  ///< the person for whom an assistant acted

  template <class Person, class Organisation>
  static Who person(Id<Person> person, Id<Organisation> organisation) {
    return {Kind::person, person.value, organisation.value, 0};
  }
  static Who command_line() { return {Kind::command, 0, 0, 0}; }
  static Who system() { return {Kind::system, 0, 0, 0}; }
  static Who visitor() { return {Kind::visitor, 0, 0, 0}; }
  template <class Person>
  Who on_behalf_of(Id<Person> person) const {
    auto who = *this;
    who.on_behalf_id = person.value;
    return who;
  }
  bool operator==(Who const&) const = default;
};
std::string_view code(Who::Kind kind);

struct Object {
  template <class Tag>
  Object(Word kind, Id<Tag> id) : kind(kind.text()), id(id.value) {}
  Object(Word kind, std::int64_t id) : kind(kind.text()), id(id) {}
  explicit Object(Word kind) : kind(kind.text()) {}  ///< one of its kind, such as the database
  std::string kind;
  std::int64_t id = 0;
};

struct Entry {
  Entry(Who who, Word action, Object object, Instant at) : who(who), action(action), object(std::move(object)), at(at) {}

  /// Where the object belongs, for those who may see a region's or an organisation's entries only; an id that is 0 is none.
  template <class Region, class Organisation>
  Entry& in(Id<Region> region, Id<Organisation> owner) {
    region_id = region.value, owner_id = owner.value;
    return *this;
  }
  /// A coded field, before and after; nothing is noted where they are equal.
  Entry& changed(Word field, Value const& before, Value const& after);
  /// One of several of its kind, such as the count of one sex and age band.
  Entry& changed(Word field, Value const& part, Value const& before, Value const& after);
  /// A fact of the act itself rather than a change: how many rows an import had.
  Entry& with(Word field, Value const& value) { return changed(field, std::nullopt, value); }
  /// A field whose content stays out of the log.
  Entry& text_changed(Word field);

  Who who;
  Word action;
  Object object;
  Instant at;
  std::int64_t region_id = 0, owner_id = 0;
  std::string changes;  ///< a line a field: its name, and before and after unless it is a text, with tabs between
};

/// Adds the entry to the end of the chain. What undoes the transaction undoes the entry with it.
void record(db::Tx& tx, Entry const& entry);

}  // namespace birge::audit
