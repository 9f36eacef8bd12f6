#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace birge::app {

/// Where a command speaks: answers on standard output; progress, warnings and problems on standard error. Colour (not where NO_COLOR is set) and a
/// moving progress line only on a terminal; in a pipe plain lines.
class Terminal {
public:
  Terminal();

  void line(std::string_view text) const;  ///< standard output
  void done(std::string_view text) const;  ///< a success, green on a terminal
  void warning(std::string_view text) const;
  void problem(std::string_view text) const;
  std::string strong(std::string_view text) const;
  std::string faint(std::string_view text) const;

  /// Shows how far long work is; a pipe sees nothing until it ends.
  void progress(std::string_view what, std::int64_t done, std::int64_t total) const;
  void progress(std::string_view what, std::int64_t done) const;  ///< where nobody knows yet how much there is
  void end_progress() const;

private:
  bool colour_out_, colour_error_, moving_;
};

}  // namespace birge::app
