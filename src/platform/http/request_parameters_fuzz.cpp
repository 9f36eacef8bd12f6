#include <cstdlib>

#include "platform/base/text.hpp"
#include "platform/http/message.hpp"

/// Whatever is read as parameters is UTF-8 and reads back the same after it was encoded.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  auto const parameters = birge::http::Parameters::parse({reinterpret_cast<char const*>(data), size});
  if (!parameters) return 0;
  for (auto const& [name, value] : parameters->list())
    if (!birge::valid_utf8(name) || !birge::valid_utf8(value)) std::abort();
  auto const again = birge::http::Parameters::parse(parameters->encoded());
  if (!again || again->list() != parameters->list()) std::abort();
  return 0;
}
