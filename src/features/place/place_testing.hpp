#pragma once

#include <string>

#include "features/place/place.hpp"
#include "features/place/place_pack.hpp"
#include "platform/db/testing.hpp"

/// Only for tests: a database with the places of the Kyrgyz Republic.
namespace birge::place {

inline Pack const& kyrgyz_pack() {
  static Pack const pack = read_pack(PackFiles::embedded("kg"));
  return pack;
}

/// A pack in which a place is one on these days alone.
inline Pack with_days(Pack pack, std::string_view code, std::optional<Day> from, std::optional<Day> until) {
  for (auto& place : pack.places)
    if (place.code == code) place.valid_from = from, place.valid_until = until;
  return pack;
}

class PlacesDatabase {
public:
  explicit PlacesDatabase(db::Engine engine) : database_(engine) { load(); }
  void load(Pack const& pack = kyrgyz_pack()) {
    database_->write([&](db::Tx& tx) { load_pack(tx, ids_, pack); });
  }
  db::Database* operator->() { return database_.operator->(); }
  Tree tree() {
    return database_->read([](db::Reader& read) { return Tree::load(read); });
  }

private:
  db::TestDatabase database_;
  std::unique_ptr<Clock> clock_ = system_clock();
  IdMaker ids_{*clock_, 1};
};

}  // namespace birge::place
