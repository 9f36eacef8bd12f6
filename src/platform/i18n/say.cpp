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

std::string Say::operator()(Message const& message) const { return filled(translated(message.text), message.arguments); }

std::string_view Say::translated(std::string_view text) const { return catalogue_->find({}, text).value_or(text); }

std::string_view Say::translated_in(std::string_view context, std::string_view text) const { return catalogue_->find(context, text).value_or(text); }

std::string_view Say::plural_form(std::string_view one, std::string_view many, std::int64_t number) const {
  return catalogue_->find_plural(one, number).value_or(number == 1 ? one : many);
}

std::string Say::filled(std::string_view text, std::vector<Message::Argument> const& arguments) const {
  struct Spoken {
    Say const& say;
    std::string operator()(std::string const& text) const { return text; }
    std::string operator()(std::int64_t number) const { return say.number(number); }
    std::string operator()(Day day) const { return say.date(day); }
    std::string operator()(Message const& message) const { return say(message); }
  };
  std::string result;
  for_each_placeholder(
      text,
      [&](std::string_view part) {
        // Kyrgyz and Russian dates end in a full stop of their own (2018-ж., 2018 г.), which ends the sentence as well.
        bool const stopped = result.ends_with('.') && part.starts_with('.') && !part.starts_with("..");
        result += stopped ? part.substr(1) : part;
      },
      [&](std::size_t index) {
        if (index < arguments.size()) result += std::visit(Spoken{*this}, arguments[index]);
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
  path += code();
  std::size_t filled = 0;
  for_each_placeholder(
      pattern, [&](std::string_view part) { path += part; },
      [&](std::size_t index) {
        path += percent_encoded(parts[index < parts.size() ? index : throw std::logic_error("an address has more places than values")]);
        ++filled;
      });
  if (filled != parts.size()) throw std::logic_error("an address has more values than places");
  return own_path(std::move(path));
}

}  // namespace birge
