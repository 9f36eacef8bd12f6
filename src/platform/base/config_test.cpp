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
  EXPECT_EQ(problem({{"log_level", "loud"}}), "--log_level|log_level|loud|");
  EXPECT_EQ(problem({{"colour", "red"}}), "colour|");
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
