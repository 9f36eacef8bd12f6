#include "app/log.hpp"

#include <fmt/core.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unicode/uchar.h>

#include <utility>

#include "platform/base/code_point.hpp"

namespace birge::app {

namespace {

bool harmless(UChar32 c) {
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
    case U_UNASSIGNED: return false;
    default: return true;
  }
}

class HarmlessMessage final : public spdlog::custom_flag_formatter {
public:
  void format(spdlog::details::log_msg const& message, std::tm const&, spdlog::memory_buf_t& out) override {
    auto const text = for_log({message.payload.data(), message.payload.size()});
    out.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return spdlog::details::make_unique<HarmlessMessage>(); }
};

}  // namespace

std::string for_log(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const begin = at;
    auto const c = next_code_point(text, at);
    if (c >= 0 && harmless(c)) out.append(text.substr(begin, at - begin));
    else if (c > 0xff) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else if (c >= 0) out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    else
      for (auto const byte : text.substr(begin, at - begin)) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  }
  return out;
}

std::unique_ptr<spdlog::formatter> log_formatter() {
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<HarmlessMessage>('*').set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %*");
  return formatter;
}

void start_log(std::string const& level) {
  auto logger = spdlog::stderr_logger_mt("birge");
  logger->set_level(spdlog::level::from_str(level));
  logger->set_formatter(log_formatter());
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace birge::app
