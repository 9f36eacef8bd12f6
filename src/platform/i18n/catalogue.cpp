#include "platform/i18n/catalogue.hpp"

#include <atomic>
#include <boost/locale/gnu_gettext.hpp>
#include <string>
#include <vector>

namespace birge {
namespace {

using Messages = boost::locale::message_format<char>;

std::locale loaded(Language language, std::string_view mo) {
  if (mo.empty()) return std::locale::classic();
  boost::locale::gnu_gettext::messages_info info;
  info.language = code(language);
  info.encoding = "UTF-8";
  info.domains.emplace_back("birge");
  // Boost looks for files in folders; the callback answers the first name it asks for with the bytes in the binary.
  info.paths.emplace_back("locale");
  info.callback = [mo](std::string const&, std::string const&) { return std::vector<char>(mo.begin(), mo.end()); };
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

/// Plural rules see an int, and only what a number is modulo a million tells its form apart in the languages we speak.
int plural_number(std::int64_t number) {
  std::uint64_t const size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  constexpr std::uint64_t million = 1'000'000;
  return static_cast<int>(size < million ? size : million + size % million);
}

std::optional<std::string_view> view(char const* found) { return found ? std::optional<std::string_view>(found) : std::nullopt; }

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

}  // namespace

Catalogue::Catalogue(Language language, std::string_view mo)
    : language_(language),
      number_(next_number()),
      messages_(loaded(language, mo)),
      empty_(mo.empty()),
      collation_(language == Language::test ? "en" : code(language)) {}

std::optional<std::string_view> Catalogue::find(std::string_view context, std::string_view text) const {
  // The empty text is the key of the catalogue's own header.
  if (empty_ || text.empty()) return std::nullopt;
  return view(std::use_facet<Messages>(messages_).get(0, context.empty() ? nullptr : context.data(), text.data()));
}

std::optional<std::string_view> Catalogue::find_plural(std::string_view one, std::int64_t number) const {
  if (empty_ || one.empty()) return std::nullopt;
  return view(std::use_facet<Messages>(messages_).get(0, nullptr, one.data(), plural_number(number)));
}

}  // namespace birge
