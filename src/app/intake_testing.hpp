#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/jobs.hpp"
#include "app/site_testing.hpp"
#include "features/activity/activity_store.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/edition/edition_store.hpp"
#include "features/intake/intake_record.hpp"

/// Only for tests: a site on which spreadsheets are imported, and rows for them.
namespace birge::app::testing {

using activity::Activity;
using ::testing::HasSubstr;
using ::testing::Not;

inline std::string const header_row = "Название\tВид\tДата\tОбласть\tОрганизация\tСтатус\tВсего\n";
inline std::string const good = "Лекция о миграции\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
inline std::string const held = "Встреча в школе\tлекция\t14.09.2018\tНарынская обл.\tМээрим жаштар уюму\tпроведено\t40\n";
inline std::string const wrong = "Парад\tпарад планет\t26.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
inline std::string const far = "Лекция в Таласе\tлекция\t25.10.2018\tТаласская обл.\tМээрим жаштар уюму\tзапланировано\t\n";

class Intake : public ::testing::TestWithParam<db::Engine> {
protected:
  Intake() {
    auto const info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("birge-intake-" + std::to_string(getpid()) + "-" + std::to_string(std::hash<std::string>()(info->name())));
    site.emplace(GetParam(), std::vector<std::pair<std::string, std::string>>{{"data", folder_.string()}});
    naryn = site->region("naryn"), talas = site->region("talas");
    ours = site->organisation("Мээрим жаштар уюму", naryn);
    office = site->organisation("Нарын облустук администрациясы", naryn);
    regional = site->person("Данияр", "regional@example.org", {Role::regional_coordinator, naryn, office, {}});
    elsewhere = site->person("Канат", "talas@example.org", {Role::regional_coordinator, talas, {}, {}});
    national = site->person("Нурлан", "national@example.org", {Role::national_coordinator, {}, {}, {}});
    me.emplace(*site, site->session(regional));
  }
  ~Intake() override { std::filesystem::remove_all(folder_); }

  void work() { worker(site->app().services()).run_due(); }

  /// Pastes a table and lets it be read; the address of its page.
  std::string paste(Browser& browser, std::string const& rows) {
    auto const reply = browser.submit("/en/work/import", {{"edition", "2018"}, {"table", header_row + rows}});
    EXPECT_EQ(reply.status, Status::see_other) << reply.body;
    work();
    return location(reply);
  }
  std::string paste(std::string const& rows) { return paste(*me, rows); }

  Reply act(Browser& browser, std::string const& page, std::string const& action, Fields fields = {}) {
    auto const shown = browser.get(page).body;
    fields.emplace_back("form_token", Browser::token(shown, page));
    fields.emplace_back("step", Browser::between(shown, "name=\"step\" value=\"", "\""));
    fields.emplace_back("do", action);
    auto reply = browser.post(page, fields);
    work();
    return reply;
  }
  Reply act(std::string const& page, std::string const& action, Fields fields = {}) { return act(*me, page, action, std::move(fields)); }
  void undo(Browser& browser, std::string const& page) {
    auto const shown = browser.get(page + "/undo").body;
    browser.post(page + "/undo",
                 {{"form_token", Browser::token(shown, page + "/undo")}, {"step", Browser::between(shown, "name=\"step\" value=\"", "\"")}});
    work();
  }

  void close_edition() {
    site->database().write([&](db::Tx& tx) {
      auto const edition = site->facts().edition("2018")->id;
      audit::Entry const entry{audit::Who::command_line(), "closed", {"edition", edition}, site->clock().now()};
      edition::close(tx, *campaign::facts(tx), edition, entry, national);
    });
  }
  std::vector<std::string> wrong_closings() {
    return site->database().read([](db::Reader& read) { return activity::check_closings(read, *campaign::facts(read)); });
  }
  /// As often as a job is tried.
  void work_for_days() {
    for (int attempt = 0; attempt <= 12; ++attempt) {
      site->wait(std::chrono::hours(6));
      work();
    }
    me.emplace(*site, site->session(regional));
  }
  std::vector<std::string> files_ending(std::string_view ending) {
    std::vector<std::string> paths;
    for (auto const& entry : std::filesystem::directory_iterator(folder_ / "imports"))
      if (entry.path().string().ends_with(ending)) paths.push_back(entry.path().string());
    return paths;
  }

  std::vector<Activity> stored() {
    return site->database().read([&](db::Reader& read) { return activity::whole_edition(read, site->facts().edition("2018")->id); });
  }
  std::optional<Activity> titled(std::string const& title) {
    for (auto& activity : stored())
      if (activity.text(Language::ru).title == title) return activity;
    return std::nullopt;
  }
  std::vector<std::string> wrong_tallies() {
    return site->database().read([](db::Reader& read) { return activity::check_tallies(read, *campaign::facts(read)); });
  }
  /// Everything of every activity but the numbers that only grow.
  std::set<std::string> everything() {
    std::set<std::string> all;
    for (auto activity : stored()) {
      activity.version = activity.sequence = 0;
      activity.changed = {};
      if (activity.result) activity.result->version = 0;
      all.insert(intake::text_of(intake::Before{activity, {}}));
    }
    return all;
  }
  struct Sums {
    std::string dimension, key;
    std::int64_t planned, held, reported, confirmed, reported_low, confirmed_low;
    bool operator==(Sums const&) const = default;
  };
  std::vector<Sums> tallies() {
    return site->database().read([](db::Reader& read) {
      return read.all<Sums>(
          "select dimension, key, planned, held, reported, confirmed, reported_low, confirmed_low from tally order by region, dimension, key");
    });
  }

  std::filesystem::path folder_;
  std::optional<Site> site;
  place::PlaceId naryn, talas;
  coalition::OrganisationId ours, office;
  PersonId regional, elsewhere, national;
  std::optional<Browser> me;
};

}  // namespace birge::app::testing
