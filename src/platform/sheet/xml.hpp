#pragma once

#include <optional>
#include <string_view>

#include "platform/sheet/archive.hpp"

/// Inside the sheet room: a part of a workbook as a stream of XML events.
namespace birge::sheet {

/// The attributes of an element, found by their name without a namespace prefix (programs choose different ones).
class Attributes {
public:
  explicit Attributes(char const** pairs) : pairs_(pairs) {}
  std::optional<std::string_view> find(std::string_view name) const;
  /// As find, but only with a prefix: the id of r:id, where an id without one means something else.
  std::optional<std::string_view> find_prefixed(std::string_view name) const;

private:
  char const** pairs_;
};

/// Told of elements by their name without prefix, in the order of the document.
class XmlHandler {
public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, Attributes const& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view) {}
  bool done = false;  ///< set to stop reading
};

/// Reads a part. A document type declaration (which no program writes into workbooks, and XML bombs need) is refused,
/// as are elements nested absurdly deep and tags of more than a megabyte.
void read_xml(Archive& archive, std::string const& part, XmlHandler& handler);

}  // namespace birge::sheet
