#include "features/work/home/home_timeliness.hpp"

#include "features/work/home/home_desk.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

namespace {

std::vector<Punctuality> of(std::vector<Timeliness> const& list) {
  std::vector<Punctuality> lines;
  for (auto const& each : list) lines.push_back({each.id, each.due, each.in_time, each.late, each.missing});
  return lines;
}

}  // namespace

std::vector<Punctuality> punctuality_by_region(db::Reader& read, activity::EditionId edition, Day day) {
  return of(Store(read).timeliness_by_region(edition, day));
}

std::vector<Punctuality> punctuality_by_organisation(db::Reader& read, activity::EditionId edition, std::optional<activity::PlaceId> region,
                                                     Day day) {
  Where where;
  if (region) where.regions = {*region};
  else where.everywhere = true;
  return of(Store(read).timeliness_by_organisation(edition, where, day));
}

void add_part(db::Sql& sql, db::Reader& read, campaign::Facts const& known, account::Person const& person, Day today, activity::EditionId edition) {
  add_where(sql, edition, part_of(read, known, person, today));
}

}  // namespace birge::work
