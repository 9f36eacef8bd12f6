#include <cstdlib>

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/http/server.hpp"

/// Whatever is read as a form is UTF-8, and no file's name is a path. The first line of the input is the content type.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::string_view const input(reinterpret_cast<char const*>(data), size);
  auto const line = std::min(input.find('\n'), input.size());
  birge::http::Message message;
  message.headers = {{"content-type", std::string(input.substr(0, line))}};
  message.body = std::string(input.substr(std::min(line + 1, input.size())));
  birge::http::Parameters fields;
  std::vector<birge::http::File> files;
  try {
    birge::http::read_form(message, fields, files);
  } catch (birge::Problem const&) { return 0; }
  for (auto const& [name, value] : fields.list())
    if (!birge::valid_utf8(name) || !birge::valid_utf8(value)) std::abort();
  for (auto const& file : files)
    if (!birge::valid_utf8(file.name) || file.name.empty() || file.name.find_first_of("/\\") != std::string::npos || file.name.starts_with('.'))
      std::abort();
  return 0;
}
