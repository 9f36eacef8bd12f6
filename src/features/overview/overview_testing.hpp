#pragma once

#include <string>
#include <utility>
#include <vector>

#include "features/activity/activity_testing.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/sample/sample.hpp"

/// Only for tests: the world of the activities' tests at any moment, with a sample edition on its fortieth day where one is wanted.
namespace birge::overview::testing {

using activity::testing::World;

class Site : public World {
public:
  using World::World;

  /// "2018-09-01" at noon in Bishkek.
  void at(std::string const& day) { clock().set(parse_instant(day + "T06:00:00Z").value()); }

  void add_sample(std::string const& today, int activities = 60) {
    at(today);
    sample::Options options;
    options.today = Day::parse(today).value();
    options.campaign_from = sample::campaign_from(options.today);
    options.activities = activities;
    database().write([&](db::Tx& tx) { sample::load(tx, ids(), options, clock().now()); });
  }

  coalition::OrganisationId add_organisation(std::string const& slug, std::string const& name) {
    return database().write([&](db::Tx& tx) {
      coalition::Organisation organisation;
      organisation.slug = slug;
      organisation.kind = "civil_society";
      organisation.original = "ky";
      organisation.names = {{"ky", name}};
      auto const id = coalition::add(tx, ids(), std::move(organisation), {}, clock().now());
      campaign::touch_facts(tx);
      return id;
    });
  }

  std::string text(Handler handler, std::string const& query = {}, std::vector<std::pair<std::string_view, std::string>> captures = {},
                   Language language = Language::en) {
    return get(handler, query, language, std::move(captures)).body;
  }
};

}  // namespace birge::overview::testing
