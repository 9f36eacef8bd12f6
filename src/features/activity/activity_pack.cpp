#include "features/activity/activity_pack.hpp"

#include <charconv>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_words.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/records.hpp"

namespace birge::activity {

namespace {

struct KnownDay {
  Day day;
  Precision precision = Precision::day;
  std::optional<int> minutes;
};

[[noreturn]] void refuse(std::string_view id, std::string_view what) {
  throw Problem(Failure::bad_input, message("The country pack's documented activity “{}” cannot be read: {}.", id, what));
}

/// 2017, 2017-09, 2017-07-31 or 2017-07-31T15:00.
KnownDay known_day(std::string_view id, std::string_view text) {
  KnownDay known;
  auto iso = std::string(text.substr(0, 10));
  if (iso.size() == 4) known.precision = Precision::year, iso += "-01-01";
  else if (iso.size() == 7) known.precision = Precision::month, iso += "-01";
  auto const day = Day::parse(iso);
  if (!day) refuse(id, text);
  known.day = *day;
  if (text.size() == 16 && text[10] == 'T') {
    int hours = 0, minutes = 0;
    std::from_chars(text.data() + 11, text.data() + 13, hours);
    std::from_chars(text.data() + 14, text.data() + 16, minutes);
    known.minutes = hours * 60 + minutes;
  }
  return known;
}

/// Of a month or year its last day, as an import has it: until then it may take place.
Day last_day(KnownDay const& known, std::string_view end) {
  if (known.precision == Precision::day) return Day::parse(end).value_or(known.day);
  int const year = known.day.year(), month = known.day.month();
  auto const next = known.precision == Precision::year || month == 12 ? Day::of(year + 1, 1, 1) : Day::of(year, month + 1, 1);
  return next.value().plus(-1);
}

OrganisationId organisation(std::string_view id, std::string_view slug, campaign::Facts const& facts) {
  auto const found = facts.organisation_slugs.find(std::string(trim(slug)));
  if (found == facts.organisation_slugs.end()) refuse(id, slug);
  return found->second;
}

Activity activity_of(sheet::Record const& row, campaign::Facts const& facts, campaign::Edition const& edition) {
  Activity activity;
  auto const& id = row["external_id"];
  activity.edition = edition.id;
  activity.external_id = id;
  activity.kind = row["kind"];
  if (!facts.codes.find("kind", activity.kind)) refuse(id, activity.kind);
  activity.state = State::held;
  auto const known = known_day(id, row["day_as_known"]);
  activity.day = known.day;
  activity.precision = known.precision;
  activity.start_minutes = known.minutes;
  activity.end_day = last_day(known, row["end"]);
  activity.due_day = never_due;
  auto const* place = facts.places->by_code(row["place_code"]);
  if (!place) refuse(id, row["place_code"]);
  if (place->level == place::Level::country) activity.reach = Reach::national;
  else activity.place = place->id;
  bool first = true;
  for (auto const slug : split(row["organisations"], ';')) {
    if (trim(slug).empty()) continue;
    auto const host = organisation(id, slug, facts);
    if (first) activity.lead = host;
    else activity.co_hosts.push_back(host);
    first = false;
  }
  activity.topics = {"trafficking"};
  activity.source = row["source_key"];
  activity.original = "en";
  activity.texts["en"] = {row["title_en"], row["stated_reach"], ""};
  activity.texts["ru"] = {row["title_ru"], "", ""};
  activity.texts["ky"] = {row["title_ky"], "", ""};
  return activity;
}

}  // namespace

int load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& pack, campaign::Facts const& facts, Instant now) {
  search_all_again(tx);
  Saver saver(tx, ids, facts, now);
  Store store(tx);
  int added = 0;
  sheet::Records const rows("documented_activities.csv", pack.require("editions/documented_activities.csv"));
  for (auto const& row : rows) {
    auto const* edition = facts.edition(row["edition"]);
    if (!edition) refuse(row["external_id"], row["edition"]);
    if (campaign::closed(tx, edition->id) || store.by_external_id(edition->id, row["external_id"])) continue;
    saver.add(activity_of(row, facts, *edition), "pack");
    ++added;
  }
  saver.finish();
  return added;
}

}  // namespace birge::activity
