#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "app/site_testing.hpp"
#include "features/activity/activity_jobs.hpp"
#include "features/activity/activity_store.hpp"
#include "features/work/work_step.hpp"

/// Only for tests: a site with two organisations, and what browsers are answered there when they search.
namespace birge::app::testing {

class Searching : public ::testing::TestWithParam<db::Engine> {
protected:
  Searching() : site_(GetParam()) {
    own_ = site_.organisation("Мээрим фонду", site_.region("naryn"));
    other_ = site_.organisation("Толкун уюму", site_.region("talas"));
  }

  activity::ActivityId add(char const* title, activity::State state, bool is_public, coalition::OrganisationId lead) {
    activity::Activity activity;
    activity.edition = site_.facts().edition("2018")->id;
    activity.kind = "lecture";
    activity.state = state;
    activity.is_public = is_public;
    activity.day = activity.end_day = Day::parse("2018-10-25").value();
    activity.place = site_.region("naryn");
    activity.lead = lead;
    activity.texts["ky"] = {title, "", ""};
    return site_.database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site_.ids(), site_.facts(), site_.clock().now());
      auto const id = saver.add(activity, "test");
      saver.finish();
      return id;
    });
  }

  activity::ActivityId add_in_kochkor(bool is_public) { return add_in("kochkor", is_public); }

  /// In a district, held together with one organisation and supported by another.
  activity::ActivityId add_in(char const* district, bool is_public) {
    auto const id = add("Ачык сабак", activity::State::approved, is_public, own_);
    auto const partner = site_.organisation("Шоола тобу", site_.region("talas"));
    site_.database().write([&](db::Tx& tx) {
      auto const stored = activity::Store(tx).find(id).value();
      auto next = stored;
      next.place = site_.facts().places->by_code(district)->id;
      next.co_hosts = {other_};
      next.partners = {partner};
      activity::Saver saver(tx, site_.ids(), *campaign::facts(tx), site_.clock().now());
      saver.replace(next, stored, "updated", "test");
      saver.finish();
    });
    return id;
  }

  std::string search(std::string const& text, std::string const& cookie = {}, std::string const& more = {}) {
    Browser browser(site_, cookie);
    static int network = 0;  // so that no test is slowed down by another
    browser.peer = "2001:db8:0:" + std::to_string(++network) + "::1";
    auto const reply = browser.get("/ky/search?q=" + percent_encoded(text) + more);
    EXPECT_EQ(reply.status, http::Status::ok) << text;
    return Browser::between(reply.body, "<main", "</main>");
  }
  bool unsearched() {
    return site_.database().read([](db::Reader& read) { return activity::activities_indexed_often().wanted(read); });
  }
  void index_some() {
    auto const finish = activity::activities_indexed(site_.services()).handler({});
    site_.database().write([&](db::Tx& tx) { finish(tx); });
  }
  int index_jobs() {
    return site_.database().read([](db::Reader& read) { return read.one<int>("select count(*) from job where kind = 'index_activities'"); });
  }
  std::string session(std::string const& login, Grant const& grant) { return site_.session(site_.person("Айгүл", login, grant)); }

  Site site_;
  coalition::OrganisationId own_, other_;
};

/// The same with people of every role, once the day of the activities is over.
class SearchingWithPeople : public Searching {
protected:
  SearchingWithPeople() { site_.wait(std::chrono::days(6)); }

  account::Person person(char const* login, Grant const& grant) {
    account::Person person;
    person.id = site_.person("Айгүл", login, grant);
    person.grants = {grant};
    return person;
  }
  std::string found_by(account::Person const& person, std::string const& text, std::string const& more = {}) {
    return search(text, site_.session(person.id), more);
  }
  void step(account::Person const& person, activity::ActivityId id, work::Step step) {
    site_.database().write([&](db::Tx& tx) {
      step.version = activity::Store(tx).find(id)->version;
      return work::make_step(tx, {site_.ids(), *campaign::facts(tx), person, site_.clock().now()}, id, step);
    });
  }

  void step(account::Person const& person, activity::ActivityId id, work::Action action, std::string const& reason = {},
            std::function<void(activity::Activity&)> change = {}) {
    work::Step asked;
    asked.action = action;
    asked.reason = reason;
    asked.change = std::move(change);
    step(person, id, asked);
  }

  account::Person focal_ = person("focal@example.org", {Role::focal_point, {}, own_, {}});
  account::Person stranger_ = person("stranger@example.org", {Role::focal_point, {}, other_, {}});
  account::Person regional_ = person("naryn@example.org", {Role::regional_coordinator, site_.region("naryn"), {}, {}});
  account::Person elsewhere_ = person("talas@example.org", {Role::regional_coordinator, site_.region("talas"), {}, {}});
  account::Person national_ = person("national@example.org", {Role::national_coordinator, {}, {}, {}});
  account::Person observer_ = person("observer@example.org", {Role::observer, {}, {}, {}});
  account::Person administrator_ = person("admin@example.org", {Role::administrator, {}, {}, {}});
};

}  // namespace birge::app::testing
