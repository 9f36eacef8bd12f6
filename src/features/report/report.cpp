#include "features/report/report.hpp"

#include <algorithm>
#include <cctype>

#include "features/activity/activity_latest.hpp"
#include "features/report/report_store.hpp"
#include "features/report/report_texts_store.hpp"
#include "platform/base/text.hpp"

namespace birge::report {

namespace {

using Status = Filter::Status;

constexpr std::size_t compared = 6;  // editions, this one included: more columns do not fit on a sheet

std::int64_t held_lines(Figures const& figures, std::string_view dimension) {
  // Of the districts only real ones: what has a region only, or several places, stands in a row of another kind of key.
  return std::ranges::count_if(figures.lines(dimension), [](Line const& line) {
    return line[Measure::held] > 0 && !line.key.empty() && std::isdigit(static_cast<unsigned char>(line.key.front()));
  });
}

Listing listing(db::Reader& read, Report const& report, Language language, Status status) {
  auto const& facts = *report.facts;
  auto filter = report.scope;
  filter.status = status;
  activity::Store store(read);
  Listing list;
  auto const totals = store.totals_from_activities(filter, facts, report.today);
  list.total = totals.planned;
  list.hidden = totals.hidden;
  if (list.total > list.hidden) list.rows = store.list(filter, facts, language, report.today, {}, listed);
  return list;
}

void read_figures(db::Reader& read, Report& report) {
  auto const& facts = *report.facts;
  if (report.scope.place) {
    report.figures = insight::figures(read, facts, report.scope, report.today);
    return;
  }
  auto by_region = insight::figures_by_region(read, facts, report.scope, report.today);
  report.figures = std::move(by_region.whole);
  auto const& places = facts.places->regions();
  for (std::size_t i = 0; i < places.size(); ++i) report.regions.push_back({places[i], std::move(by_region.regions[i])});
}

std::optional<campaign::Target> target_of(db::Reader& read, campaign::EditionId edition, std::optional<PlaceId> region) {
  for (auto& target : campaign::Editing(read).targets(edition))
    if (target.region == region.value_or(PlaceId{}) && target.kind.empty()) return std::move(target);
  return std::nullopt;
}

Comparison comparison(db::Reader& read, campaign::Facts const& facts, Edition const& edition, Figures const& figures) {
  return {.edition = facts.edition(edition.id),
          .total = figures.total,
          .districts = held_lines(figures, "district"),
          .organisations = held_lines(figures, "organisation"),
          .stated = campaign::Store(read).stated_figures(edition.id),
          .closed = campaign::closed(read, edition.id).has_value(),
          .target = target_of(read, edition.id, figures.filter.place)};
}

std::vector<Comparison> compare(db::Reader& read, Report const& report) {
  auto const& facts = *report.facts;
  std::vector<Edition const*> earlier;
  for (auto const& edition : facts.editions)
    // Invented editions never stand beside real ones, except where the report itself is about an invented one.
    if (edition.campaign_from < report.edition.campaign_from && (report.edition.sample || !edition.sample)) earlier.push_back(&edition);
  std::ranges::sort(earlier, std::ranges::greater{}, [](auto const* edition) { return edition->campaign_from; });
  if (earlier.size() >= compared) earlier.resize(compared - 1);
  std::vector<Comparison> list{comparison(read, facts, report.edition, report.figures)};
  for (auto const* edition : earlier) {
    Filter filter;
    filter.edition = edition->id;
    filter.place = report.scope.place;
    list.push_back(comparison(read, facts, *edition, insight::figures(read, facts, filter, report.today)));
  }
  return list;
}

/// What people wrote and promised, what was put right, and how punctual the results were.
void read_words(db::Reader& read, Report& report) {
  auto const& facts = *report.facts;
  auto const& edition = report.edition;
  report.texts = stored_texts(read, edition.id);
  campaign::Editing editing(read);
  report.recommendations = editing.recommendations(edition.id);
  if (auto const before = editing.edition_before(edition)) {
    report.promised_by = facts.edition(*before);
    if (report.promised_by) report.promised = editing.recommendations(*before);
  }
  report.corrections = insight::corrections_of(read, facts, edition.id, report.scope.place);
  if (report.scope.from || report.scope.until) return;
  report.by_region = work::punctuality_by_region(read, edition.id, report.today);
  if (report.scope.place) std::erase_if(report.by_region, [&](auto const& line) { return line.id != report.scope.place->value; });
  report.by_organisation = work::punctuality_by_organisation(read, edition.id, report.scope.place, report.today);
}

std::shared_ptr<place::MapLayer const> layer(db::Reader& read, std::string_view name) {
  try {
    return place::map_layer(read, name);
  } catch (Problem const& problem) {
    // A country pack without outlines still has a report; the tables say the same as the maps.
    if (problem.failure == Failure::not_found) return nullptr;
    throw;
  }
}

}  // namespace

Filter scope_of(campaign::EditionId edition, std::optional<PlaceId> region, std::optional<Day> from, std::optional<Day> until) {
  if (from && until && *until < *from) throw Problem(Failure::bad_input, message("The end of the period is before its beginning."));
  Filter scope;
  scope.edition = edition;
  scope.place = region;
  scope.from = from;
  scope.until = until;
  return scope;
}

PlaceId region_named(db::Reader& read, campaign::Facts const& facts, std::string_view name) {
  std::vector<PlaceId> meant;
  if (auto const* place = facts.places->by_code(name)) meant.push_back(place->id);
  else {
    auto const match = place::Matcher(*facts.places, read).match(name);
    if (match.kind == place::Match::Kind::one) meant.push_back(match.place);
    if (match.kind == place::Match::Kind::several) meant = match.candidates;
  }
  if (meant.empty()) throw Problem(Failure::not_found, message("No place is called “{}”.", shortened(clean_line(name), 60)));
  // "Naryn" is an oblast and a town in it: a report means the oblast.
  for (auto const id : meant)
    if (auto const* place = facts.places->find(id); place && place->level == place::Level::region) return id;
  throw Problem(Failure::not_found,
                message("“{}” is no region. A report is about the whole country or one region.", shortened(clean_line(name), 60)));
}

Report gather(db::Reader& read, Filter const& scope, Language language, Instant now) {
  Report report;
  report.facts = campaign::facts(read);
  auto const& facts = *report.facts;
  auto const* edition = facts.edition(scope.edition);
  if (!edition) throw Problem(Failure::not_found, message("No edition of the campaign has been entered yet."));
  report.edition = *edition;
  report.scope = scope;
  report.closed = campaign::closed(read, edition->id);
  report.today = facts.today(report.closed.value_or(now));
  report.as_of = report.closed.value_or(activity::last_change(read, scope.edition).value_or(now));
  read_figures(read, report);
  report.editions = compare(read, report);
  report.participants = campaign::Store(read).participants(scope.edition);
  read_words(read, report);
  report.unreported = listing(read, report, language, Status::unreported);
  report.cancelled = listing(read, report, language, Status::cancelled);
  report.moved = listing(read, report, language, Status::moved);
  std::vector<campaign::EditionId> ids;
  for (auto const& other : report.editions) ids.push_back(other.edition->id);
  report.sources = sources_of(read, ids, language);
  report.region_map = layer(read, "region");
  report.district_map = layer(read, "district");
  return report;
}

std::int64_t Report::districts_reached() const { return held_lines(figures, "district"); }
std::int64_t Report::organisations_active() const { return held_lines(figures, "organisation"); }

std::int64_t Report::districts_in_scope() const {
  return std::ranges::count_if(facts->places->districts(), [&](place::Place const* district) {
    if (!figures.counts(district->id)) return false;
    if (!scope.place) return true;
    auto const* region = facts->places->region_of(district->id);
    return region && region->id == *scope.place;
  });
}

bool tells_unreported(std::string_view dimension) { return dimension != "topic" && dimension != "audience"; }

std::optional<Line> beyond_total(Figures const& figures, std::string_view dimension) {
  Line rest = figures.total;
  if (!tells_unreported(dimension)) rest.unreported = 0;
  for (auto const& line : figures.lines(dimension)) {
    rest.numbers.add(line.numbers, -1);
    if (tells_unreported(dimension)) rest.unreported -= line.unreported;
  }
  if (rest.numbers.zero() && rest.unreported == 0) return std::nullopt;
  return rest;
}

}  // namespace birge::report
