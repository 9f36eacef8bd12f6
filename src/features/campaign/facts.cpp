#include <deque>
#include <mutex>

#include "features/account/joining.hpp"
#include "features/campaign/campaign.hpp"

namespace birge::campaign {

namespace {

std::shared_ptr<Facts const> load(db::Reader& read, std::string version) {
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
  facts->time_zone = store.setting("time_zone");
  if (facts->time_zone.empty()) facts->time_zone = "Etc/UTC";  // before the country pack is loaded
  facts->country = store.setting("country");
  for (auto const language : languages) {
    std::string const code(birge::code(language));
    if (auto name = store.setting("country_name_" + code); !name.empty()) facts->country_names[code] = std::move(name);
  }
  facts->version = std::move(version);
  return facts;
}

/// The facts read last, by their version. A version names one content for ever, in whatever database it stands (see touch_facts), so what is
/// kept can never be wrong. Several, because the snapshots of a moment may be of different versions.
class Kept {
public:
  std::shared_ptr<Facts const> find(std::string_view version) {
    std::scoped_lock const lock(mutex_);
    for (auto const& facts : kept_)
      if (facts->version == version) return facts;
    return nullptr;
  }
  void keep(std::shared_ptr<Facts const> facts) {
    std::scoped_lock const lock(mutex_);
    kept_.push_front(std::move(facts));
    if (kept_.size() > 4) kept_.pop_back();
  }

private:
  std::mutex mutex_;
  std::deque<std::shared_ptr<Facts const>> kept_;
};

}  // namespace

std::shared_ptr<Facts const> facts(db::Reader& read) {
  static Kept kept;
  return read.once<Facts>(&kept, [&] {
    auto version = Store(read).setting("facts_version");
    if (version.empty()) return load(read, {});  // nothing was ever touched: a database that is just being made
    if (auto known = kept.find(version)) return known;
    auto loaded = load(read, std::move(version));
    kept.keep(loaded);
    return loaded;
  });
}

}  // namespace birge::campaign
