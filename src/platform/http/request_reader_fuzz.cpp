#include <cstdlib>

#include "platform/base/text.hpp"
#include "platform/http/request_reader.hpp"

/// Requests read in pieces mean the same as those read whole, and what is accepted has a clean path. The first byte is the size of a piece.
namespace {

struct Outcome {
  birge::http::Message message;
  int refused = 0;
  bool done = false;
};

Outcome read(std::string_view bytes, std::size_t piece) {
  static birge::http::Limits const limits = [] {
    birge::http::Limits limits;
    limits.header_bytes = 512;
    limits.target_bytes = 100;
    limits.body_bytes = 300;
    return limits;
  }();
  Outcome outcome;
  birge::http::RequestReader reader(outcome.message, limits);
  for (std::size_t begin = 0, end = 0; !reader.done() && reader.refused() == 0;) {
    begin += reader.take(bytes.substr(begin, end - begin));
    bool const again = reader.headers_done() && begin < end && !reader.done() && reader.refused() == 0;
    if (again) begin += reader.take(bytes.substr(begin, end - begin));
    if (end == bytes.size()) break;
    end = std::min(end + piece, bytes.size());
  }
  outcome.refused = reader.refused();
  outcome.done = reader.done() && outcome.refused == 0;
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  auto const pieces = read(bytes, std::size_t{data[0]} + 1);
  auto const whole = read(bytes, bytes.size() + 1);
  if (pieces.done && whole.done) {
    if (pieces.message.path != whole.message.path || pieces.message.body != whole.message.body) std::abort();
    if (pieces.message.headers != whole.message.headers) std::abort();
  }
  if (!pieces.done) return 0;
  auto const& message = pieces.message;
  if (!message.path.starts_with('/') || !birge::valid_utf8(message.path) || message.body.size() > 300 || message.target.size() > 100) std::abort();
  return 0;
}
