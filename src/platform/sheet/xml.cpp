#include "platform/sheet/xml.hpp"

#include <expat.h>

#include <exception>
#include <memory>

namespace birge::sheet {
namespace {

constexpr int deepest = 64;
constexpr std::size_t longest_tag = 1024 * 1024;

std::string_view without_prefix(std::string_view name) { return name.substr(name.find(':') + 1); }

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// What the callbacks of the parser, which is C and knows no exceptions, share.
struct Reading {
  XML_Parser parser;
  XmlHandler& handler;
  int depth = 0;
  std::exception_ptr thrown;

  template <class Step>
  void guard(Step const& step) {
    if (thrown || handler.done) return;
    try {
      step();
    } catch (...) { thrown = std::current_exception(); }
    if (thrown || handler.done) XML_StopParser(parser, XML_FALSE);
  }
};

void XMLCALL on_start(void* data, XML_Char const* name, XML_Char const** attributes) {
  auto& reading = *static_cast<Reading*>(data);
  reading.guard([&] {
    if (++reading.depth > deepest) refuse_damaged("elements nested too deep");
    reading.handler.start(without_prefix(name), Attributes(attributes));
  });
}

void XMLCALL on_end(void* data, XML_Char const* name) {
  auto& reading = *static_cast<Reading*>(data);
  reading.guard([&] {
    --reading.depth;
    reading.handler.end(without_prefix(name));
  });
}

void XMLCALL on_text(void* data, XML_Char const* text, int length) {
  auto& reading = *static_cast<Reading*>(data);
  reading.guard([&] { reading.handler.text({text, static_cast<std::size_t>(length)}); });
}

void XMLCALL on_doctype(void* data, XML_Char const*, XML_Char const*, XML_Char const*, int) {
  static_cast<Reading*>(data)->guard([] { refuse_damaged("document type declaration"); });
}

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view name) const {
  for (auto pair = pairs_; *pair != nullptr; pair += 2)
    if (name == pair[0] || name == without_prefix(pair[0])) return pair[1];
  return std::nullopt;
}

std::optional<std::string_view> Attributes::find_prefixed(std::string_view name) const {
  for (auto pair = pairs_; *pair != nullptr; pair += 2)
    if (std::string_view const full = pair[0]; full.find(':') != std::string_view::npos && without_prefix(full) == name) return pair[1];
  return std::nullopt;
}

void read_xml(Archive& archive, std::string const& part, XmlHandler& handler) {
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> const parser(XML_ParserCreate(nullptr));
  if (!parser) throw std::bad_alloc();
  Reading reading{parser.get(), handler, 0, nullptr};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  std::size_t fed = 0;
  auto const feed = [&](std::string_view piece, bool last) {
    auto const status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last);
    if (reading.thrown) std::rethrow_exception(reading.thrown);
    if (handler.done) return false;
    if (status != XML_STATUS_OK) refuse_damaged(part + ": " + XML_ErrorString(XML_GetErrorCode(parser.get())));
    fed += piece.size();
    auto const parsed = XML_GetCurrentByteIndex(parser.get());
    if (!last && parsed >= 0 && fed - static_cast<std::size_t>(parsed) > longest_tag) refuse_damaged(part + ": a tag without end");
    return true;
  };
  bool wanted = true;
  archive.unpack(part, [&](std::string_view piece) { return wanted = feed(piece, false); });
  if (wanted) feed({}, true);
}

}  // namespace birge::sheet
