#include "platform/i18n/say.hpp"

#include <stdexcept>

#include "platform/base/embedded.hpp"
#include "platform/i18n/catalogue.hpp"
#include "platform/i18n/placeholders.hpp"

namespace birge {
namespace {

std::string_view catalogue_bytes(Language language) {
  auto const* file = embedded_file("locale/" + std::string(code(language)) + ".mo");
  return file ? file->bytes : std::string_view{};
}

struct Catalogues {
  Catalogue ky{Language::ky, catalogue_bytes(Language::ky)};
  Catalogue ru{Language::ru, catalogue_bytes(Language::ru)};
  Catalogue en{Language::en, {}};
  Catalogue test{Language::test, catalogue_bytes(Language::test)};
};

}  // namespace

Say const& Say::in(Language language) {
  static Catalogues const catalogues;
  static std::array<Say, 4> const all{catalogues.ky.say(), catalogues.ru.say(), catalogues.en.say(), catalogues.test.say()};
  return all.at(static_cast<std::size_t>(language));
}

Language Say::language() const { return catalogue_->language(); }

int Say::compare(std::string_view a, std::string_view b) const { return catalogue_->collation().compare(a, b); }

std::string Say::operator()(Message const& message) const {
  auto const text = translated(message.text);
  if (message.arguments.empty() && text.find('{') == std::string_view::npos) return std::string(text);
  std::vector<Filling> fillings;
  fillings.reserve(message.arguments.size());
  for (auto const& argument : message.arguments) fillings.push_back(std::visit([](auto const& value) { return filling(value); }, argument));
  return filled(text, fillings);
}

/// A page says some hundred texts. Where a literal stands in memory tells which text it is sooner than its letters do, so each thread notes the
/// translations it looked up last; a place in the table may be taken over by another text, which is then looked up again.
std::string_view Say::translated_literal(std::string_view text) const {
  struct Note {
    char const* literal = nullptr;
    std::uint64_t catalogue = 0;
    std::string_view said;
  };
  thread_local std::vector<Note> notes(1024);
  constexpr int unused_bits = 64 - 10;
  auto const catalogue = catalogue_->number();
  auto const mixed = (reinterpret_cast<std::uintptr_t>(text.data()) + catalogue * 8) * 0x9e37'79b9'7f4a'7c15U;
  auto& note = notes[mixed >> unused_bits];
  if (note.literal != text.data() || note.catalogue != catalogue) note = {text.data(), catalogue, translated(text)};
  return note.said;
}

std::string_view Say::translated(std::string_view text) const { return catalogue_->find({}, text).value_or(text); }

std::string_view Say::translated_in(std::string_view context, std::string_view text) const { return catalogue_->find(context, text).value_or(text); }

std::string_view Say::plural_form(std::string_view one, std::string_view many, std::int64_t number) const {
  return catalogue_->find_plural(one, number).value_or(number == 1 ? one : many);
}

std::string Say::filled(std::string_view text, std::span<Filling const> fillings) const {
  std::string result;
  std::string_view unquoted;  ///< the closing mark to leave out behind a text that brought its own
  struct Spoken {
    Say const& say;
    std::string& result;
    std::string_view& unquoted;
    void operator()(std::string_view text) const {
      // A name with quotation marks of its own gets no second ones of the same kind around it.
      for (auto const& [opening, closing] : {std::pair<std::string_view, std::string_view>{"«", "»"}, {"“", "”"}})
        if (result.ends_with(opening) && text.find(closing) != std::string_view::npos) {
          result.resize(result.size() - opening.size());
          unquoted = closing;
        }
      result += text;
    }
    void operator()(std::int64_t number) const { result += say.number(number); }
    void operator()(Day day) const { result += say.date(day); }
    void operator()(Message const* message) const { result += say(*message); }
  };
  result.reserve(text.size() + 16 * fillings.size());
  for_each_placeholder(
      text,
      [&](std::string_view part) {
        // Kyrgyz and Russian dates end in a full stop of their own (2018-ж., 2018 г.), which ends the sentence as well.
        if (!unquoted.empty() && part.starts_with(unquoted)) part.remove_prefix(unquoted.size());
        unquoted = {};
        bool const stopped = result.ends_with('.') && part.starts_with('.') && !part.starts_with("..");
        result += stopped ? part.substr(1) : part;
      },
      [&](std::size_t index) {
        if (index < fillings.size()) std::visit(Spoken{*this, result, unquoted}, fillings[index]);
      });
  return result;
}

Html Say::markup_of(std::string_view translated, std::span<Html const> parts) const {
  Html result;
  for_each_placeholder(
      translated, [&](std::string_view part) { result.add("{}", part); },
      [&](std::size_t index) {
        if (index < parts.size()) result += parts[index];
      });
  return result;
}

Url Say::path_of(std::string_view pattern, std::span<std::string const> parts) const {
  std::string path = "/";
  std::size_t size = pattern.size() + 8;
  for (auto const& part : parts) size += part.size();
  path.reserve(size);
  path += code();
  std::size_t filled = 0;
  for_each_placeholder(
      pattern, [&](std::string_view part) { path += part; },
      [&](std::size_t index) {
        append_percent_encoded(path, parts[index < parts.size() ? index : throw std::logic_error("an address has more places than values")]);
        ++filled;
      });
  if (filled != parts.size()) throw std::logic_error("an address has more values than places");
  return own_path(std::move(path));
}

}  // namespace birge
