#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/site_testing.hpp"
#include "features/account/access.hpp"
#include "features/activity/activity_store.hpp"

/// Only for tests: people of every role around an organisation of ours and one of theirs, each in a region of its own, on one site for a whole suite.
namespace birge::app::testing {

class Walkers : public ::testing::Test {
protected:
  struct Somebody {
    std::string name;
    PersonId id;
    account::Person person;
  };
  using Rule = std::function<bool(account::Person const&)>;

  /// The organisation and the region that something belongs to, with two of its activities.
  struct Home {
    coalition::OrganisationId organisation;
    place::PlaceId region;
    activity::ActivityId approved, draft;
    account::Object object() const { return {region, {organisation}, approved.value}; }
  };

  static Rule nobody() {
    return [](account::Person const&) { return false; };
  }
  static Rule only(PersonId id) {
    return [=](account::Person const& viewer) { return viewer.id == id; };
  }
  static Rule who_may(account::Permission permission, account::Object const& object) {
    return [=](account::Person const& viewer) { return account::may(viewer, permission, object); };
  }
  static Rule either(Rule const& one, Rule const& other) {
    return [=](account::Person const& viewer) { return one(viewer) || other(viewer); };
  }

  /// Plans and reports for the organisation of a home.
  static bool plans_for(account::Person const& viewer, Home const& home) {
    auto const& grant = viewer.grants.front();
    return grant.organisation == home.organisation &&
           (grant.role == Role::focal_point || grant.role == Role::member || grant.role == Role::communications_officer);
  }

  /// A consultation that only the coalition sees, of the day it is told of in these tests.
  static activity::Activity consultation(Home const& home, activity::State state) {
    activity::Activity made;
    made.edition = site->facts().edition("2018")->id;
    made.kind = "legal_consultation";
    made.state = state;
    made.sensitive = true;
    made.is_public = false;
    made.day = made.end_day = Day::parse("2018-10-15").value();
    made.place = home.region;
    made.lead = home.organisation;
    made.texts["ky"] = {"Кеңеш", "", ""};
    return made;
  }
  static activity::ActivityId stored(activity::Activity const& made) {
    return site->database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site->ids(), site->facts(), site->clock().now());
      auto const id = saver.add(made, "test");
      saver.finish();
      return id;
    });
  }

  static Somebody& called(std::string_view name) { return *std::ranges::find(people, name, &Somebody::name); }
  static PersonId person_called(std::string_view name) { return called(name).id; }

  static void add_person(std::string name, Grant const& grant) {
    auto const id = site->person(name, "walker" + std::to_string(people.size() + 1) + "@example.org", grant);
    account::Person person;
    person.id = id;
    person.grants = {grant};
    people.push_back({std::move(name), id, std::move(person)});
  }

  static void open_site() {
    folder = std::filesystem::temp_directory_path() / ("birge-walk-" + std::to_string(getpid()));
    site = new Site(db::Engine::sqlite, {{"data", folder.string()}});
    ours.region = site->region("naryn"), theirs.region = site->region("talas");
    ours.organisation = site->organisation("Мээрим", ours.region), theirs.organisation = site->organisation("Үмүт", theirs.region);
    for (auto* home : {&ours, &theirs}) {
      home->approved = stored(consultation(*home, activity::State::approved));
      home->draft = stored(consultation(*home, activity::State::draft));
    }
    add_person("administrator", {Role::administrator, {}, {}, {}});
    add_person("national coordinator", {Role::national_coordinator, {}, {}, {}});
    add_person("coordinator of Naryn", {Role::regional_coordinator, ours.region, {}, {}});
    add_person("coordinator of Talas", {Role::regional_coordinator, theirs.region, {}, {}});
    add_person("focal point of ours", {Role::focal_point, {}, ours.organisation, {}});
    add_person("focal point of theirs", {Role::focal_point, {}, theirs.organisation, {}});
    add_person("member of ours", {Role::member, {}, ours.organisation, {}});
    add_person("member of theirs", {Role::member, {}, theirs.organisation, {}});
    add_person("helper", {Role::helper, {}, ours.organisation, ours.approved.value});
    add_person("communications officer", {Role::communications_officer, {}, ours.organisation, {}});
    add_person("observer", {Role::observer, {}, {}, {}});
  }
  static void close_site() {
    delete site;
    site = nullptr;
    std::filesystem::remove_all(folder);
    people.clear();
  }

  static inline std::filesystem::path folder;
  static inline Site* site = nullptr;
  static inline Home ours, theirs;
  static inline std::vector<Somebody> people;
};

}  // namespace birge::app::testing
