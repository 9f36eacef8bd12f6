#include "platform/base/config.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "platform/base/problem.hpp"

namespace birge {

namespace {

class ConfigFile : public testing::Test {
protected:
  ConfigFile() : file_(std::filesystem::temp_directory_path() / ("birge-config-" + std::to_string(::getpid()) + ".toml")) {}
  ~ConfigFile() override { std::filesystem::remove(file_); }

  void write(std::string_view text) { std::ofstream(file_) << text; }

  Config load(std::map<std::string, std::string> const& flags = {}) {
    return Config::load(
        file_.string(), false, [this](std::string const& name) { return variable(name); }, flags);
  }

  /// The arguments of the Problem that loading ends with, and its place first.
  std::string problem(std::map<std::string, std::string> const& flags = {}) {
    try {
      load(flags);
      return "no problem";
    } catch (Problem const& problem) {
      std::string text;
      for (auto const& argument : problem.shown.arguments)
        if (auto const* part = std::get_if<std::string>(&argument)) text += *part + "|";
      return text;
    }
  }

  std::map<std::string, std::string> environment_;
  std::filesystem::path file_;

private:
  std::optional<std::string> variable(std::string const& name) const {
    auto const found = environment_.find(name);
    return found == environment_.end() ? std::nullopt : std::optional(found->second);
  }
};

}  // namespace

TEST_F(ConfigFile, AnUnknownSettingIsRefusedWithItsLine) {
  write("port = 80\n\ndatabse = 'x'\n");
  EXPECT_EQ(problem(), file_.string() + ":3|databse|");
  write("[server]\nport = 80\n");
  EXPECT_EQ(problem(), file_.string() + ":1|server|");
}

TEST_F(ConfigFile, WhatIsNoTomlIsRefused) {
  write("port = \n");
  EXPECT_THROW(load(), Problem);
}

TEST_F(ConfigFile, AValueOutOfRangeIsRefusedWhereverItStands) {
  write("port = 65536\n");
  EXPECT_EQ(problem(), file_.string() + ":1|port|0|65535|65536|");
  write("port = [1]\n");
  EXPECT_EQ(problem(), file_.string() + ":1|port|");
  write("");
  environment_["PORT"] = "eighty";
  EXPECT_EQ(problem(), "PORT|port|0|65535|eighty|");
  environment_.clear();
  EXPECT_EQ(problem({{"workers", "-1"}}), "--workers|workers|0|512|-1|");
  EXPECT_EQ(problem({{"now", "yesterday"}}), "--now|now|yesterday|");
  EXPECT_EQ(problem({{"log_level", "loud"}}), "--log-level|log_level|loud|");
  EXPECT_EQ(problem({{"colour", "red"}}), "colour|");
}

TEST_F(ConfigFile, AnAddressThatNoLinkCanBeginWithIsRefused) {
  for (auto const* bad :
       {"birge.example", "https://", "ftp://birge.example", "https://birge.example/", "https://birge.example/sub", "https://bir ge"})
    EXPECT_EQ(problem({{"public_address", bad}}), "--public-address|public_address|" + std::string(bad) + "|");
  for (auto const* good : {"https://birge.example", "http://127.0.0.1:8080", "https://[2001:db8::1]:443", ""})
    EXPECT_EQ(load({{"public_address", good}}).text("public_address"), good);
}

TEST_F(ConfigFile, AProxyRelayKeyOrLanguageThatIsNoneIsRefused) {
  for (auto const* bad : {"nonsense", "127.0.0.1,proxy.example", "10.0.0.0/8"})
    EXPECT_EQ(problem({{"trusted_proxies", bad}}), "--trusted-proxies|trusted_proxies|" + std::string(bad) + "|");
  for (auto const* good : {"127.0.0.1", "127.0.0.1, ::1", ""}) EXPECT_EQ(load({{"trusted_proxies", good}}).text("trusted_proxies"), good);
  EXPECT_EQ(problem({{"smtp_address", "mail.example:587"}}), "--smtp-address|smtp_address|mail.example:587|");
  EXPECT_EQ(problem({{"mail_from", "Birge"}}), "--mail-from|mail_from|Birge|");
  EXPECT_EQ(problem({{"secret_key", "too short"}}), "--secret-key|secret_key|") << "a key is repeated nowhere";
  EXPECT_EQ(problem({{"default_language", "xx"}}), "--default-language|default_language|xx|");
  EXPECT_EQ(load({{"default_language", "ru"}}).text("default_language"), "ru");
}

TEST_F(ConfigFile, AMissingFileIsAProblemOnlyWhenItWasAskedFor) {
  auto const nothing = [](std::string const&) { return std::optional<std::string>(); };
  EXPECT_THROW(Config::load("/nonexistent/birge.toml", true, nothing, {}), Problem);
  EXPECT_EQ(Config::load("/nonexistent/birge.toml", false, nothing, {}).number("port"), 8080);
}

TEST_F(ConfigFile, LaterSourcesWin) {
  write("port = 1\ndata = 'file'\naddress = 'file'\nworkers = '3'\n");
  environment_ = {{"PORT", "2"}, {"DATA", "short"}, {"BIRGE_DATA", "long"}, {"BIRGE_ADDRESS", ""}};
  auto const config = load({{"port", "3"}});
  EXPECT_EQ(config.number("port"), 3);
  EXPECT_EQ(config.text("data"), "long");
  EXPECT_EQ(config.text("address"), "file") << "an empty variable is one that is not set";
  EXPECT_EQ(config.number("workers"), 3);
}

TEST_F(ConfigFile, ANameThatIsNoSettingIsAMistakeInTheProgram) {
  auto const config = load();
  EXPECT_THROW(config.text("colour"), std::logic_error);
  EXPECT_THROW(config.number("data"), std::logic_error);
  EXPECT_THROW(config.flag("data"), std::logic_error);
  EXPECT_FALSE(config.flag("metrics_port"));
}

TEST(Settings, EveryDefaultIsAccepted) {
  std::map<std::string, std::string> defaults;
  for (auto const& setting : settings()) {
    defaults[std::string(setting.name)] = setting.fallback;
    EXPECT_FALSE(setting.explanation.empty());
    EXPECT_EQ(setting.explanation.back(), '.') << setting.name;
  }
  EXPECT_NO_THROW(Config::load(
      "", false, [](std::string const&) { return std::optional<std::string>(); }, defaults));
}

}  // namespace birge
