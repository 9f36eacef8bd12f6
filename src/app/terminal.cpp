#include "app/terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace birge::app {

namespace {

std::string painted(bool colour, char const* code, std::string_view text) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

/// Whether somebody wants no colour (https://no-color.org): the variable is set, and not to nothing.
bool plain() {
  auto const* wish = std::getenv("NO_COLOR");
  return wish && *wish;
}

}  // namespace

Terminal::Terminal()
    : colour_out_(isatty(STDOUT_FILENO) && !plain()), colour_error_(isatty(STDERR_FILENO) && !plain()), moving_(isatty(STDERR_FILENO)) {}

void Terminal::line(std::string_view text) const { fmt::print("{}\n", text); }
void Terminal::done(std::string_view text) const { fmt::print("{}\n", painted(colour_out_, "32", text)); }
void Terminal::warning(std::string_view text) const { fmt::print(stderr, "{}\n", painted(colour_error_, "33", text)); }
void Terminal::problem(std::string_view text) const { fmt::print(stderr, "{}\n", painted(colour_error_, "31", text)); }
std::string Terminal::strong(std::string_view text) const { return painted(colour_out_, "1", text); }
std::string Terminal::faint(std::string_view text) const { return painted(colour_out_, "2", text); }

void Terminal::progress(std::string_view what, std::int64_t done, std::int64_t total) const {
  if (!moving_) return;
  constexpr int width = 30;
  auto const filled = total > 0 ? static_cast<int>(std::clamp<std::int64_t>(done * width / total, 0, width)) : 0;
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.resize(width, '.');
  fmt::print(stderr, "\r{} [{}] {}/{}", what, bar, done, total);
  std::fflush(stderr);
}

void Terminal::progress(std::string_view what, std::int64_t done) const {
  if (!moving_) return;
  fmt::print(stderr, "\r{} {}", what, done);
  std::fflush(stderr);
}

void Terminal::end_progress() const {
  if (moving_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace birge::app
