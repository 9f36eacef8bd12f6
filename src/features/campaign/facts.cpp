#include "features/account/joining.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/version.hpp"

namespace birge::campaign {

namespace {

std::shared_ptr<Facts const> load(db::Reader& read, std::string const& version) {
  Store store(read);
  auto facts = std::make_shared<Facts>();
  facts->places = std::make_shared<place::Tree const>(place::Tree::load(read));
  facts->codes = Codes::load(read);
  facts->editions = store.editions();
  facts->contacts = store.contacts();
  facts->holidays = store.holidays();
  account::Register known(read);
  for (auto& organisation : coalition::Store(read).all()) {
    // Pages, feeds and exports are made from these: what an organisation did not agree to publish is not among them.
    if (auto const profile = known.profile(organisation.id)) {
      if (!profile->show_website) organisation.website.clear();
      if (!profile->show_about) organisation.about.clear();
    }
    facts->organisation_slugs[organisation.slug] = organisation.id;
    facts->organisations.emplace(organisation.id.value, std::move(organisation));
  }
  facts->time_zone = store.time_zone();
  facts->country = store.setting("country");
  for (auto const language : languages) {
    std::string const code(birge::code(language));
    if (auto name = store.setting("country_name_" + code); !name.empty()) facts->country_names[code] = std::move(name);
  }
  facts->version = version;
  return facts;
}

}  // namespace

std::shared_ptr<Facts const> facts(db::Reader& read) {
  static db::Kept<Facts> kept(place::facts_version);
  return kept.get(read, load);
}

}  // namespace birge::campaign
