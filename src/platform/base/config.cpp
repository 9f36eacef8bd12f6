#include "platform/base/config.hpp"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/base/day.hpp"
#include "platform/base/number.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge {

namespace {

constexpr auto all_settings = std::to_array<Setting>({
    {"data", "DATA", "var", "The folder that holds the database (when it is SQLite), uploaded files and reports."},
    {"database", "DATABASE", "", "Where the data lives: postgres://user@host/name, or sqlite:PATH; empty is birge.db in the data folder."},
    {"address", "", "127.0.0.1", "The address to listen on; 0.0.0.0 for every network interface."},
    {"port", "PORT", "8080", "The port to listen on; 0 takes a free one."},
    {"public_address", "", "",
     "How the world reaches this site (https://birge.example); it begins every link in feeds, reports and pictures. Empty is http://ADDRESS:PORT."},
    {"trusted_proxies", "", "", "Addresses of reverse proxies whose X-Forwarded-For header is believed, separated by commas."},
    {"workers", "", "0", "Threads that answer requests; 0 is as many as there are processor cores, two at least."},
    {"metrics_port", "", "0", "Port of the metrics for Prometheus, on the loopback interface only; 0 turns them off."},
    {"log_level", "", "info", "The least serious lines that are logged: trace, debug, info, warn, error or off."},
    {"default_language", "", "ky", "The language of readers whose browser asks for none that we have."},
    {"body_limit_mb", "", "32", "The largest request body that is accepted, in megabytes."},
    {"smtp_address", "", "", "The relay that takes e-mail: smtp://host:587 (TLS where it is offered) or smtps://host:465; empty sends none."},
    {"smtp_user", "", "", "The name to sign in to the relay with; empty signs in to none."},
    {"smtp_password", "", "", "The password for the relay; better in the environment (BIRGE_SMTP_PASSWORD) than on a command line."},
    {"mail_from", "", "birge@localhost", "The sender of e-mails: name@host, or Name <name@host>."},
    {"audit_head_to", "", "", "E-mail addresses that get the head of the audit log every night, separated by commas."},
    {"secret_key", "", "",
     "The key under which secrets of authenticator apps are kept, 32 characters or more; empty is the file secret.key of the data folder, which is "
     "made when needed. Several servers on one database need the same one."},
    {"now", "", "", "The moment at which the clock starts (2018-09-14T09:00:00Z), for demonstrations and tests; empty is the real time."},
});

/// The numbers that a setting may hold; settings that are not here are text.
struct Range {
  std::string_view name;
  std::int64_t least, most;
};
constexpr auto ranges = std::to_array<Range>({{"port", 0, 65535}, {"metrics_port", 0, 65535}, {"workers", 0, 512}, {"body_limit_mb", 1, 1024}});

constexpr auto log_levels = std::to_array<std::string_view>({"trace", "debug", "info", "warn", "error", "off"});
constexpr auto languages = std::to_array<std::string_view>({"ky", "ru", "en", "test"});  // the last one shows what was never translated

/// The beginning of every link: a scheme, a host and maybe a port. Behind it come the program's own paths, so none may stand there already.
bool begins_links(std::string_view address) {
  for (std::string_view const scheme : {"https://", "http://"})
    if (address.starts_with(scheme)) return address.size() > scheme.size() && address.find_first_of("/?#\\ \t", scheme.size()) == address.npos;
  return false;
}

constexpr std::size_t shortest_key = 32;

bool is_address(std::string const& text) {
  in6_addr room;  // large enough for one of either kind
  return inet_pton(AF_INET, text.c_str(), &room) == 1 || inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

bool are_addresses(std::string_view list) {
  return std::ranges::all_of(split(list, ','), [](auto const& each) { return trim(each).empty() || is_address(std::string(trim(each))); });
}

Setting const* find(std::string_view name) {
  auto const found = std::ranges::find(all_settings, name, &Setting::name);
  return found == all_settings.end() ? nullptr : &*found;
}

/// What a setting that is text must be, where this is not so.
Message fault_of(std::string_view name, std::string const& value, std::string const& place) {
  if (name == "now" && !value.empty() && !parse_instant(value))
    return message("{}: {} must be a moment such as 2018-09-14T09:00:00Z, not “{}”.", place, name, value);
  if (name == "log_level" && std::ranges::find(log_levels, value) == log_levels.end())
    return message("{}: {} must be one of trace, debug, info, warn, error and off, not “{}”.", place, name, value);
  if (name == "default_language" && std::ranges::find(languages, value) == languages.end())
    return message("{}: {} must be one of ky, ru and en, not “{}”.", place, name, value);
  if (name == "public_address" && !value.empty() && !begins_links(value))
    return message("{}: {} must be like https://birge.example, with nothing behind the name, not “{}”.", place, name, value);
  if (name == "smtp_address" && !value.empty() && !value.starts_with("smtp://") && !value.starts_with("smtps://"))
    return message("{}: {} must be like smtp://host:587 or smtps://host:465, not “{}”.", place, name, value);
  if (name == "mail_from" && value.find('@') == value.npos)
    return message("{}: {} must be like name@host or Name <name@host>, not “{}”.", place, name, value);
  // What may be a good key with a typing error is repeated nowhere.
  if (name == "secret_key" && !value.empty() && value.size() < shortest_key)
    return message("{}: {} must have {} characters or more.", place, name, static_cast<std::int64_t>(shortest_key));
  if (name == "trusted_proxies" && !are_addresses(value))
    return message("{}: {} must be addresses such as 127.0.0.1 with commas between them, not “{}”.", place, name, value);
  return {};
}

/// `place` says where the value was read: a line of the file, a variable, a flag.
void check(Setting const& setting, std::string const& value, std::string const& place) {
  if (auto const range = std::ranges::find(ranges, setting.name, &Range::name); range != ranges.end()) {
    auto const number = whole_number<std::int64_t>(value);
    if (!number || *number < range->least || *number > range->most)
      throw Problem(Failure::bad_input,
                    message("{}: {} must be a whole number from {} to {}, not “{}”.", place, setting.name, std::to_string(range->least),
                            std::to_string(range->most), value),
                    place + ": bad value of " + std::string(setting.name));
  }
  if (auto const fault = fault_of(setting.name, value, place); !fault.empty())
    throw Problem(Failure::bad_input, fault, place + ": bad value of " + std::string(setting.name));
}

/// A value of the file as text; whole numbers and true/false may stand there without quotation marks.
std::optional<std::string> as_text(toml::node const& node) {
  if (auto const* text = node.as_string()) return text->get();
  if (auto const* number = node.as_integer()) return std::to_string(number->get());
  if (auto const* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  return {};
}

using Values = std::map<std::string, std::string, std::less<>>;

void read_file(Values& values, std::string const& file, bool required) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    if (required) throw Problem(Failure::not_found, message("The configuration file {} cannot be read.", file), "cannot read " + file);
    return;
  }
  std::stringstream content;
  content << stream.rdbuf();
  toml::table table;
  try {
    table = toml::parse(content.str());
  } catch (toml::parse_error const& error) {
    throw Problem(Failure::bad_input, message("{}, line {} is not valid TOML: {}", file, error.source().begin.line, error.description()),
                  file + ": " + std::string(error.description()));
  }
  for (auto const& [key, node] : table) {
    auto const place = file + ":" + std::to_string(node.source().begin.line);
    auto const* const setting = find(key.str());
    if (setting == nullptr)
      throw Problem(Failure::bad_input, message("{}: there is no setting called {}.", place, key.str()), place + ": unknown setting");
    auto const value = as_text(node);
    if (!value)
      throw Problem(Failure::bad_input, message("{}: {} must be text, a whole number, or true or false.", place, setting->name),
                    place + ": bad value of " + std::string(setting->name));
    check(*setting, *value, place);
    values[std::string(setting->name)] = *value;
  }
}

std::string environment_name(std::string_view name) {
  std::string result = "BIRGE_";
  for (char const c : name) result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

/// An empty variable is one that is not set, so that `PORT= ./run` means what it looks like.
void read_environment(Values& values, Config::Environment const& environment) {
  for (auto const& setting : all_settings)
    for (auto const& name : {std::string(setting.short_name), environment_name(setting.name)}) {
      if (name.empty()) continue;
      auto const value = environment(name);
      if (!value || value->empty()) continue;
      check(setting, *value, name);
      values[std::string(setting.name)] = *value;
    }
}

}  // namespace

std::span<Setting const> settings() { return all_settings; }

Config Config::load(std::string const& file, bool file_required, Environment const& environment, std::map<std::string, std::string> const& flags) {
  Config config;
  for (auto const& setting : all_settings) config.values_[std::string(setting.name)] = setting.fallback;
  read_file(config.values_, file, file_required);
  read_environment(config.values_, environment);
  for (auto const& [name, value] : flags) {
    auto const* const setting = find(name);
    if (setting == nullptr) throw Problem(Failure::bad_input, message("There is no setting called {}.", name), "unknown setting --" + name);
    auto flag = "--" + name;
    std::ranges::replace(flag, '_', '-');
    check(*setting, value, flag);
    config.values_[name] = value;
  }
  return config;
}

std::string const& Config::text(std::string_view name) const {
  auto const found = values_.find(name);
  if (found == values_.end()) throw std::logic_error("no such setting: " + std::string(name));
  return found->second;
}

std::int64_t Config::number(std::string_view name) const {
  auto const value = whole_number<std::int64_t>(text(name));
  if (!value) throw std::logic_error("not a number setting: " + std::string(name));
  return *value;
}

bool Config::flag(std::string_view name) const {
  auto const& value = text(name);
  for (std::string_view const yes : {"1", "true", "yes", "on"})
    if (value == yes) return true;
  for (std::string_view const no : {"", "0", "false", "no", "off"})
    if (value == no) return false;
  throw std::logic_error("not a yes-or-no setting: " + std::string(name));
}

}  // namespace birge
