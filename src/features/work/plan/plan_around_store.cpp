#include <algorithm>
#include <set>

#include "features/work/plan/plan_clash.hpp"
#include "features/work/work_store.hpp"
#include "platform/db/in_list.hpp"

/// What is planned around an activity: what may stand in its way, and what takes place nearby.
namespace birge::work {

using db::Sql;

namespace {

constexpr int at_most = 60;  ///< of one reason
constexpr int week = 7;
constexpr std::size_t few = 8;  ///< places, mostly

/// Days that something else may touch.
struct Days {
  Day from, until;
};

/// Something else begins within some days, or began before them and lasts into them; each is found through an index of its own.
enum class Touches { begins, lasts };

constexpr db::Literal planned = " and a.state in ('proposed', 'approved', 'held', 'reported', 'confirmed') and a.day_precision = 'day'";

Sql others(Activity const& plan, Days const& days, Touches touches) {
  Sql sql("select a.id from activity a where a.edition = ? and a.id <> ?", plan.edition, plan.id);
  sql.add(planned);
  if (touches == Touches::begins) sql.add(" and a.day >= ? and a.day <= ?", days.from, days.until);
  else sql.add(" and a.end_day > a.day and a.end_day >= ? and a.day < ?", days.from, days.from);
  return sql;
}

void add_audiences(Sql& sql, std::vector<std::string> const& audiences) {
  sql.add("exists (select 1 from activity_audience u where u.activity = a.id and u.audience in (''");
  for (auto const& audience : audiences) sql.add(", ?", audience);
  sql.add("))");
}

/// Those of the very days stand first, so that no number of others hides them.
void add_order(Sql& sql, Activity const& plan) {
  sql.add(" order by case when a.day <= ? and a.end_day >= ? then 0 else 1 end, a.day, a.id limit ?", plan.end_day, plan.day, at_most);
}

/// Where a plan is known to be: its places with a district, the districts, the regions it names without one, and the regions of all.
struct Spots {
  std::set<activity::PlaceId> places, districts, whole_regions, regions;
};

Spots spots_of(Activity const& plan, campaign::Facts const& facts) {
  Spots spots;
  for (auto const place : work::spots(plan, facts)) {
    auto const region = facts.places->region_of(place)->id;
    spots.regions.insert(region);
    if (auto const* district = facts.places->district_of(place)) {
      spots.places.insert(place);
      spots.districts.insert(district->id);
    } else spots.whole_regions.insert(region);
  }
  return spots;
}

class Search {
public:
  Search(db::Reader& read, Activity const& plan, campaign::Facts const& facts)
      : read_(read), plan_(plan), facts_(facts), spots_(spots_of(plan, facts)) {}

  std::vector<ActivityId> in_the_way() {
    Days const near{plan_.day.plus(-near_days), plan_.end_day.plus(near_days)}, same{plan_.day, plan_.end_day};
    for (auto const touches : {Touches::begins, Touches::lasts}) {
      if (!spots_.places.empty()) take(in_one_place(near, touches));
      if (!spots_.regions.empty()) {
        take(in_several_places(near, touches));
        take(of_a_region(same, touches));
      }
      if (!spots_.whole_regions.empty()) take(in_a_venue(same, touches));
      take(of_the_same_people(same, touches));
    }
    return std::move(found_);
  }

private:
  void take(Sql const& sql) {
    for (auto const id : read_.all<ActivityId>(sql))
      if (std::ranges::find(found_, id) == found_.end()) found_.push_back(id);
  }

  /// In the same place, or for the same audience in the same district.
  Sql in_one_place(Days const& days, Touches touches) const {
    auto sql = others(plan_, days, touches);
    sql.add(" and a.district");
    db::add_in(sql, spots_.districts, few);
    sql.add(" and (a.place");
    db::add_in(sql, spots_.places, few);
    sql.add(" or ");
    add_audiences(sql, plan_.audiences);
    sql.add(")");
    add_order(sql, plan_);
    return sql;
  }

  /// One of several places is there; these activities have no district of their own, nor a region.
  Sql in_several_places(Days const& days, Touches touches) const {
    auto sql = others(plan_, days, touches);
    sql.add(
        " and a.region is null and a.reach = 'several' and exists (select 1 from activity_place s join place p on p.id = s.place"
        " where s.activity = a.id and (1 = 0");
    for (auto const& ids : {spots_.districts, spots_.whole_regions})
      for (auto const id : ids) {
        auto const* place = facts_.places->find(id);
        sql.add(" or (p.path >= ? and p.path < ?)", place->path, place->path_end);
      }
    sql.add(" or p.id");
    db::add_in(sql, spots_.regions, few);
    sql.add("))");
    add_order(sql, plan_);
    return sql;
  }

  /// In a region as a whole.
  Sql of_a_region(Days const& days, Touches touches) const {
    auto sql = others(plan_, days, touches);
    sql.add(" and a.district is null and a.region");
    db::add_in(sql, spots_.regions, few);
    add_order(sql, plan_);
    return sql;
  }

  /// Somewhere in the regions that the plan names without a district, in a venue that may be its own.
  Sql in_a_venue(Days const& days, Touches touches) const {
    auto sql = others(plan_, days, touches);
    sql.add(" and a.district is not null and a.region");
    db::add_in(sql, spots_.whole_regions, few);
    sql.add(" and exists (select 1 from activity_text t where t.activity = a.id and t.venue <> '')");
    add_order(sql, plan_);
    return sql;
  }

  Sql of_the_same_people(Days const& days, Touches touches) const {
    auto sql = others(plan_, days, touches);
    // What begins is found by the organisation, what lasts by its days: there is little of it.
    if (touches == Touches::begins)
      sql.add(" and a.id in (select o.activity from activity_organisation o where o.edition = ? and o.day >= ? and o.day <= ?", plan_.edition,
              days.from, days.until);
    else sql.add(" and exists (select 1 from activity_organisation o where o.activity = a.id");
    sql.add(" and o.organisation");
    db::add_in(sql, everybody(plan_));
    sql.add(")");
    add_order(sql, plan_);
    return sql;
  }

  db::Reader& read_;
  Activity const& plan_;
  campaign::Facts const& facts_;
  Spots spots_;
  std::vector<ActivityId> found_;
};

}  // namespace

std::vector<ActivityId> Store::around(Activity const& activity, campaign::Facts const& facts) { return Search(read_, activity, facts).in_the_way(); }

std::vector<ActivityId> Store::nearby(Activity const& activity, campaign::Facts const& facts, int limit) {
  auto const spots = spots_of(activity, facts);
  if (spots.regions.empty()) return {};
  bool const in_districts = !spots.districts.empty();
  struct Row {
    ActivityId id;
    Day day, end_day;
  };
  std::vector<Row> rows;
  enum class Side { before, within, after };
  for (auto const side : {Side::before, Side::within, Side::after}) {
    Sql sql("select a.id, a.day, a.end_day from activity a where a.edition = ? and a.id <> ?", activity.edition, activity.id);
    sql.add(planned);
    if (in_districts) sql.add(" and a.district");
    else sql.add(" and a.region");
    db::add_in(sql, in_districts ? spots.districts : spots.regions, few);
    switch (side) {
      case Side::before:
        sql.add(" and a.day >= ? and a.day < ? and a.end_day < ? order by a.day desc, a.id desc", activity.day.plus(-week), activity.day,
                activity.day);
        break;
      case Side::within: sql.add(" and a.day <= ? and a.end_day >= ? order by a.day, a.id", activity.end_day, activity.day); break;
      case Side::after: sql.add(" and a.day > ? and a.day <= ? order by a.day, a.id", activity.end_day, activity.end_day.plus(week)); break;
    }
    auto const found = read_.all<Row>(sql.add(" limit ?", limit));
    rows.insert(rows.end(), found.begin(), found.end());
  }
  // The nearest, in the order of their days.
  auto const days_away = [&](Row const& row) {
    return row.day > activity.end_day   ? days_between(activity.end_day, row.day)
           : row.end_day < activity.day ? days_between(row.end_day, activity.day)
                                        : 0;
  };
  std::ranges::stable_sort(rows, {}, days_away);
  if (rows.size() > static_cast<std::size_t>(limit)) rows.resize(static_cast<std::size_t>(limit));
  std::ranges::sort(rows, {}, [](Row const& row) { return std::pair(row.day, row.id); });
  std::vector<ActivityId> ids;
  for (auto const& row : rows) ids.push_back(row.id);
  return ids;
}

}  // namespace birge::work
