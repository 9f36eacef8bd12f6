#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace birge {

/// One setting, as the README's table lists it. It can be given in the configuration file (birge.toml), the environment
/// (BIRGE_ + name in capitals, besides the short name where one is set) or a flag (--name); later ones win.
struct Setting {
  std::string_view name;         ///< public_address
  std::string_view short_name;   ///< a bare environment variable such as PORT, or empty
  std::string_view fallback;     ///< the default, as text
  std::string_view explanation;  ///< one sentence, English
};

std::span<Setting const> settings();

/// The configuration of one run.
class Config {
public:
  using Environment = std::function<std::optional<std::string>(std::string const& name)>;

  /// Reads `file` (if it exists, or if `file_required`), then the environment, then `flags`. Throws Problem naming the setting
  /// and the place where it is unknown or unreadable.
  static Config load(std::string const& file, bool file_required, Environment const& environment, std::map<std::string, std::string> const& flags);

  std::string const& text(std::string_view name) const;  ///< throws std::logic_error for a name not in settings()
  std::int64_t number(std::string_view name) const;
  bool flag(std::string_view name) const;

  /// Sets what only the running program knows, such as the port it was given.
  void set(std::string const& name, std::string value) { values_.insert_or_assign(name, std::move(value)); }

private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace birge
