#include "platform/http/compression.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "platform/base/text.hpp"

namespace birge::http {
namespace {

// Level 0 takes 58 microseconds for a page of 51 KB where level 1 takes 93 and level 11 takes 100 milliseconds, and its result is but three
// in a hundred larger than that of level 1. A window of 256 KB holds any such page. A report of 330 KB is asked for rarely and takes long over the
// network of a village: level 5 takes a few milliseconds for it and saves a third of its bytes.
struct BrotliEffort {
  int quality, window_bits;
};
constexpr BrotliEffort usual{0, 18}, for_large{5, 20};
constexpr std::size_t large_bytes = 200'000;
constexpr std::size_t kept_room_bytes = 1024 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

/// Whether the parameters of an element of Accept-Encoding forbid it: ;q=0, ;q=0.0 ...
bool weighs_nothing(std::string_view parameters) {
  auto const equals = parameters.find('=');
  if (equals == std::string_view::npos) return false;
  auto const weight = trim(parameters.substr(equals + 1));
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

/// Memory for brotli's encoder, kept from page to page. Its hash tables are so large that malloc fetches them from the kernel and gives
/// them back each time, which costs more than the compression itself.
class KeptMemory {
public:
  static void* take(void* memory, std::size_t size) { return static_cast<KeptMemory*>(memory)->take(size); }
  static void give_back(void* memory, void* address) { static_cast<KeptMemory*>(memory)->give_back(address); }

private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
    bool used;
  };

  void* take(std::size_t size) {
    for (auto& block : blocks_)
      if (!block.used && block.size >= size && block.size / 2 <= size) {
        block.used = true;
        return block.bytes.get();
      }
    try {
      blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size, true});  // left uninitialised, as malloc does
      return blocks_.back().bytes.get();
    } catch (std::bad_alloc const&) {
      return nullptr;  // the encoder is C and expects malloc's manners
    }
  }

  void give_back(void* address) {
    auto const block = std::ranges::find_if(blocks_, [&](Block const& block) { return block.bytes.get() == address; });
    if (block == blocks_.end()) return;
    block->used = false;
    if (blocks_.size() > most_blocks) blocks_.erase(block);
  }

  static constexpr std::size_t most_blocks = 12;  // an encoder uses five
  std::vector<Block> blocks_;
};

std::optional<std::string> brotli(std::string_view bytes) {
  thread_local KeptMemory memory;
  thread_local std::vector<std::uint8_t> room;  // kept between requests: a fresh string would be zeroed each time
  using Encoder = std::unique_ptr<BrotliEncoderState, decltype(&BrotliEncoderDestroyInstance)>;
  Encoder const encoder(BrotliEncoderCreateInstance(KeptMemory::take, KeptMemory::give_back, &memory), BrotliEncoderDestroyInstance);
  if (!encoder) return std::nullopt;
  auto const [quality, window_bits] = bytes.size() < large_bytes ? usual : for_large;
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_QUALITY, static_cast<std::uint32_t>(quality));
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_LGWIN, static_cast<std::uint32_t>(window_bits));
  if (room.size() < bytes.size()) room.resize(bytes.size());
  std::size_t in_left = bytes.size(), out_left = bytes.size();  // what does not get smaller is not wanted
  auto const* in = reinterpret_cast<std::uint8_t const*>(bytes.data());
  auto* out = room.data();
  bool const done = BrotliEncoderCompressStream(encoder.get(), BROTLI_OPERATION_FINISH, &in_left, &in, &out_left, &out, nullptr) == BROTLI_TRUE;
  bool const whole = done && BrotliEncoderIsFinished(encoder.get()) == BROTLI_TRUE;
  std::string result;
  if (whole) result.assign(reinterpret_cast<char const*>(room.data()), bytes.size() - out_left);
  if (room.size() > kept_room_bytes) room = {};
  return whole ? std::optional(std::move(result)) : std::nullopt;
}

/// zlib's state of 256 KB, made once a thread.
class Gzip {
public:
  Gzip() {
    constexpr int gzip_header = 16;
    ready_ = deflateInit2(&stream_, 1, Z_DEFLATED, MAX_WBITS + gzip_header, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  Gzip(Gzip const&) = delete;
  Gzip& operator=(Gzip const&) = delete;
  ~Gzip() {
    if (ready_) deflateEnd(&stream_);
  }

  std::optional<std::string> compress(std::string_view bytes) {
    if (!ready_ || bytes.size() > UINT32_MAX || deflateReset(&stream_) != Z_OK) return std::nullopt;
    std::string out(deflateBound(&stream_, bytes.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib's interface is older than const
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END || stream_.total_out >= bytes.size()) return std::nullopt;
    out.resize(stream_.total_out);
    return out;
  }

private:
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Encoding preferred_encoding(std::string_view accept_encoding) {
  Encoding best = Encoding::identity;
  while (!accept_encoding.empty()) {
    auto const end = std::min(accept_encoding.find(','), accept_encoding.size());
    auto const element = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    auto const semicolon = std::min(element.find(';'), element.size());
    if (weighs_nothing(element.substr(semicolon))) continue;
    auto const name = trim(element.substr(0, semicolon));
    if (same_word(name, "br")) best = Encoding::brotli;
    if (same_word(name, "gzip") || same_word(name, "x-gzip")) best = std::max(best, Encoding::gzip);
  }
  return best;
}

bool compressible(std::string_view content_type) {
  auto const type = trim(content_type.substr(0, content_type.find(';')));
  if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
  return type == "application/json" || type == "application/javascript" || type == "application/xml";
}

std::optional<std::string> compressed(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::brotli) return brotli(bytes);
  if (encoding == Encoding::identity) return std::nullopt;
  thread_local Gzip gzip;
  return gzip.compress(bytes);
}

}  // namespace birge::http
