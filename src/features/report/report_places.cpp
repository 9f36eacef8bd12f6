#include "features/report/report_chapters.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace birge::report {

namespace {

using view::Pen;
using view::Row;
using Status = Filter::Status;

std::string key_of(PlaceId id) { return std::to_string(id.value); }

Line const& line_of(Figures const& figures, std::string_view dimension, std::string_view key) {
  static Line const none;
  auto const* line = figures.line(dimension, key);
  return line ? *line : none;
}

/// Rows of places in the country's order, also those where nothing was planned, and behind them what belongs to no such place.
std::vector<Row> place_rows(Pen const& pen, std::string_view dimension, std::vector<place::Place const*> const& places) {
  std::vector<Row> rows;
  std::set<std::string> seen;
  for (auto const* place : places) {
    auto const key = key_of(place->id);
    seen.insert(key);
    rows.push_back({.kind = Row::Kind::plain,
                    .name = pen.place(place->id),
                    .line = line_of(pen.report.figures, dimension, key),
                    .opens = insight::narrowed(pen.report.scope, dimension, key)});
  }
  for (auto const& line : pen.report.figures.lines(dimension))
    if (!seen.contains(line.key))
      rows.push_back({.kind = Row::Kind::rest,
                      .name = html("{}", view::key_name(pen.report, pen.say, dimension, line.key)),
                      .line = line,
                      .opens = insight::narrowed(pen.report.scope, dimension, line.key)});
  return rows;
}

/// A row for every region with its districts below it, so that each region adds up as the whole does.
std::vector<Row> district_rows(Pen const& pen) {
  auto const& report = pen.report;
  std::vector<Row> rows;
  auto const add = [&](Row::Kind kind, std::string_view dimension, std::string const& key, Html name) {
    rows.push_back({.kind = kind,
                    .name = std::move(name),
                    .line = line_of(report.figures, dimension, key),
                    .opens = insight::narrowed(report.scope, dimension, key)});
  };
  for (auto const* region : report.figures.counted(report.facts->places->regions())) {
    if (report.scope.place && region->id != *report.scope.place) continue;
    add(Row::Kind::sum, "region", key_of(region->id), pen.place(region->id));
    bool districts = false;
    for (auto const* district : report.figures.counted(report.facts->places->districts())) {
      auto const* own = report.facts->places->region_of(district->id);
      if (!own || own->id != region->id) continue;
      districts = true;
      add(Row::Kind::part, "district", key_of(district->id), pen.place(district->id));
    }
    auto const only = activity::region_only_key(region->id);
    if (districts && report.figures.line("district", only)) add(Row::Kind::part_rest, "district", only, html("{}", pen.say("District not said")));
  }
  for (auto const& line : report.figures.lines("region"))
    if (activity::reach_of(line.key)) add(Row::Kind::rest, "region", line.key, html("{}", view::key_name(report, pen.say, "region", line.key)));
  return rows;
}

Html region_bars(Pen& pen) {
  if (pen.report.without_result()) return {};
  auto const& say = pen.say;
  std::vector<chart::Mark> marks;
  for (auto const& region : pen.report.regions) {
    auto const& total = region.figures.total;
    auto const add = [&](Count count, std::string_view group, Status status) {
      marks.push_back({.label = pen.short_place(region.place->id),
                       .value = static_cast<double>(count.low),
                       .high = static_cast<double>(count.high),
                       .shown = pen.text(count),
                       .link = pen.link(region.figures.filter, status),
                       .missing = false,
                       .group = std::string(group)});
    };
    add(total.reported(), say("reported"), Status::reported);
    add(total.confirmed(), say("confirmed"), Status::confirmed);
  }
  return chart::bars({.title = pen.figure(say("Attendances by region")), .description = view::summary(say, marks), .source = pen.source}, marks);
}

Html top_kinds(Pen const& pen, RegionFigures const& region) {
  constexpr std::size_t shown = 4;
  auto const lines = by_size(region.figures.lines("kind"));
  Html rows;
  Line others;
  std::vector<std::string> kinds;
  auto const add = [&](Html const& name, Line const& line, Filter const& opens, Attribute kind) {
    auto const told = [&](Count count, Status status) { return line.without_result() ? html("–") : pen.count(count, opens, status); };
    rows.add("<tr {}><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>", kind, name,
             pen.number(line[Measure::held], opens, Status::held), told(line.reported(), Status::reported),
             told(line.confirmed(), Status::confirmed));
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i >= shown) {
      others.numbers.add(lines[i]->numbers);
      continue;
    }
    add(html("{}", view::key_name(pen.report, pen.say, "kind", lines[i]->key)), *lines[i],
        insight::narrowed(region.figures.filter, "kind", lines[i]->key), {});
    kinds.push_back(lines[i]->key);
  }
  if (lines.size() > shown)
    add(html("{}", pen.say("Other kinds")), others, insight::other_kinds(region.figures.filter, std::move(kinds)), Attribute("class=\"rest\""));
  add(html("{}", pen.say("In all")), region.figures.total, region.figures.filter, Attribute("class=\"sum\""));
  return rows;
}

Html region_block(Pen& pen, RegionFigures const& region) {
  auto const& say = pen.say;
  auto const& total = region.figures.total;
  auto const id = "region-" + region.place->code;
  Html out = html("<section class=\"block\" id=\"{}\"><h3>{}</h3>", id, pen.place(region.place->id));
  bool const documented = pen.report.only_documented();
  if (total[Measure::planned] == 0)
    return out.add("<p>{}</p></section>", documented ? say("No activity here is on record in Birge.") : say("Nothing was planned here."));
  out.add("<p>{}</p>", say("Planned: {}. Held: {}, cancelled: {}, not reported in time: {}. Attendances: {}.", pen.text(total[Measure::planned]),
                           pen.text(total[Measure::held]), pen.text(total[Measure::cancelled]), pen.text(total.unreported),
                           total.without_result() ? std::string(say("no data")) : pen.parts(total.reported(), total.confirmed())));
  if (!documented && !region.figures.never_reached.empty()) {
    std::string names;
    for (auto const place : region.figures.never_reached) names += (names.empty() ? "" : ", ") + pen.short_place(place);
    out.add("<p>{}</p>", say("Nothing was held in: {}", names));
  }
  auto const anchor = "t-kinds-" + region.place->code;
  out.add(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table><caption id=\"{}\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></div></section>",
      anchor, anchor, pen.table(say("The most frequent kinds, {}", pen.short_place(region.place->id))), say("Kind"),
      view::heading(say, view::Column::held), say("Attendances reported"), say("Attendances confirmed"), top_kinds(pen, region));
  return out;
}

chart::Mark place_mark(Pen const& pen, std::string_view dimension, PlaceId id) {
  // The map of districts also shows a city that is a region of its own and has no districts.
  auto const* node = pen.facts.places->find(id);
  if (node && node->level == place::Level::region) dimension = "region";
  auto const& line = line_of(pen.report.figures, dimension, key_of(id));
  auto const held = line[Measure::held];
  auto const count = pen.report.without_result() ? Count{held, held} : line.attendance();
  return {.label = pen.short_place(id),
          .value = static_cast<double>(count.low),
          .high = static_cast<double>(count.high),
          .shown = pen.text(count),
          .link = pen.link(insight::narrowed(pen.report.scope, dimension, key_of(id)), Status::held),
          .missing = held == 0,
          .group = {}};
}

Html map(Pen& pen, place::MapLayer const& layer, std::string_view title, chart::Legend const& legend, int digits,
         std::function<std::optional<chart::Mark>(PlaceId)> const& mark_of) {
  auto map = place::map_of(layer, pen.say.language(), mark_of);
  std::vector<chart::Mark> marks;
  for (auto const& area : map.areas) marks.push_back(area.mark);
  for (auto const& point : map.points) marks.push_back(point.mark);
  // On paper a map is small: the numbers stand in the table, the names stay readable, those of many districts in small letters.
  for (auto& area : map.areas) area.mark.shown.clear();
  if (map.areas.size() > 12) map.letters = 15;
  else map.names_all = true;
  return chart::choropleth({.title = pen.figure(title), .description = view::summary(pen.say, marks), .source = pen.source}, map, legend,
                           [&pen, digits](double number) {
                             return digits == 0 ? pen.say.number(static_cast<std::int64_t>(std::llround(number))) : pen.say.decimal(number, digits);
                           });
}

insight::Coverage const* coverage_of(Report const& report, PlaceId district) {
  auto const* unit = report.facts->places->census_unit(district);
  if (!unit || !whole_unit(report, *unit)) return nullptr;
  auto const found = std::ranges::find(report.figures.coverage, unit, &insight::Coverage::unit);
  return found == report.figures.coverage.end() ? nullptr : &*found;
}

std::string rate_text(Say const& say, insight::Coverage const& coverage) {
  auto const low = say.decimal(coverage.rate_low, 1), high = say.decimal(coverage.rate_high, 1);
  return low == high ? low : low + "–" + high;
}

bool in_scope(Report const& report, PlaceId id) {
  if (!report.scope.place || id == *report.scope.place) return true;
  auto const* region = report.facts->places->region_of(id);
  return region && region->id == *report.scope.place;
}

/// What the colours of attendances mean; without a result the maps show what was held instead.
chart::Legend attendance_legend(Pen const& pen) {
  bool const told = !pen.report.without_result();
  auto legend = insight::view::map_legend(pen.say, told ? pen.say("Attendances") : pen.say("activities held"));
  if (!told && pen.report.only_documented()) legend.none = pen.say("no activity on record in Birge");
  return legend;
}

Html region_map(Pen& pen) {
  if (!pen.report.region_map) return {};
  auto const title = pen.report.without_result() ? pen.say("Activities by region") : pen.say("Where did people come? Attendances by region");
  return map(pen, *pen.report.region_map, title, attendance_legend(pen), 0, [&](PlaceId id) -> std::optional<chart::Mark> {
    if (!pen.report.figures.counts(id)) return std::nullopt;
    return place_mark(pen, "region", id);
  });
}

bool counted_in_scope(Report const& report, PlaceId id) { return in_scope(report, id) && report.figures.counts(id); }

Html district_map(Pen& pen) {
  if (!pen.report.district_map) return {};
  auto const title = pen.report.without_result() ? pen.say("Activities by district") : pen.say("Where have we not been? Attendances by district");
  return map(pen, *pen.report.district_map, title, attendance_legend(pen), 0, [&](PlaceId id) -> std::optional<chart::Mark> {
    if (!counted_in_scope(pen.report, id)) return std::nullopt;
    return place_mark(pen, "district", id);
  });
}

Html rate_map(Pen& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  if (!report.district_map) return {};
  auto legend = insight::view::map_legend(say, say("Attendances per 1,000 inhabitants"));
  if (report.scope.place) legend.none = say("nothing held, or no rate");
  return map(pen, *report.district_map, say("Attendances per 1,000 inhabitants, by census unit"), legend, 1,
             [&](PlaceId id) -> std::optional<chart::Mark> {
               if (!counted_in_scope(report, id)) return std::nullopt;
               auto const* coverage = coverage_of(report, id);
               bool const missing = !coverage || coverage->held == 0;
               return chart::Mark{.label = pen.short_place(id),
                                  .value = coverage ? insight::printed_rate(coverage->rate_low) : 0,
                                  .high = coverage ? insight::printed_rate(coverage->rate_high) : 0,
                                  .shown = coverage ? rate_text(say, *coverage) : "",
                                  .link = missing ? Url() : pen.unit_link(*coverage->unit),
                                  .missing = missing,
                                  .group = {}};
             });
}

Html coverage_table(Pen& pen) {
  auto const& say = pen.say;
  Html rows;
  std::int64_t left_out = 0;
  int year = 0;
  auto const opened = [&](insight::Coverage const& coverage, std::string const& text) {
    return pen.opened(text, coverage.held == 0 ? Url() : pen.unit_link(*coverage.unit));
  };
  for (auto const& coverage : pen.report.figures.coverage) {
    if (!whole_unit(pen.report, *coverage.unit)) {
      ++left_out;
      continue;
    }
    year = coverage.unit->year;
    rows.add("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
             unit_name(pen, *coverage.unit), pen.text(coverage.unit->population), opened(coverage, pen.text(coverage.held)),
             opened(coverage, pen.text(coverage.attendance)), opened(coverage, rate_text(say, coverage)));
  }
  if (rows.empty()) return {};
  Html out = html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-coverage\"><table><caption id=\"t-coverage\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>"
      "<tbody>{}</tbody></table></div>",
      pen.table(say("Coverage by census unit")), say("Census unit"), say("Inhabitants, census of {}", std::to_string(year)),
      view::heading(say, view::Column::held), say("Attendances"), say("Per 1,000 inhabitants"), rows);
  out.add(
      "<p class=\"note\">{}</p>",
      say("The census counts some cities together with the district around them, so the rate is that of both. Activities without a district are in no unit."));
  if (left_out > 0)
    out.add("<p class=\"note\">{}</p>", say("Left out: census units that reach beyond this region ({}); their rate would not be a rate.", left_out));
  return out;
}

}  // namespace

bool whole_unit(Report const& report, place::CensusUnit const& unit) {
  return std::ranges::all_of(unit.places, [&](PlaceId id) { return in_scope(report, id); });
}

std::string unit_name(Pen const& pen, place::CensusUnit const& unit) {
  std::string name;
  for (auto const id : unit.places) name += (name.empty() ? "" : " + ") + pen.facts.places->name(id, pen.say.language()).text;
  return name;
}

Chapter regions(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "regions", .title = std::string(say("Region by region")), .body = {}, .parts = {}};
  chapter.body += region_map(pen);
  view::Table table{.id = "t-regions", .caption = pen.table(say("Activities by region")), .first = std::string(say("Region")), .rows = {}};
  table.rows = place_rows(pen, "region", pen.report.figures.counted(pen.facts.places->regions()));
  chapter.body += view::write(pen, table);
  chapter.body += region_bars(pen);  // beside the map there is no room for it on a sheet of paper, for the table there is
  for (auto const& region : pen.report.regions) {
    chapter.body += region_block(pen, region);
    chapter.parts.emplace_back("region-" + region.place->code, pen.facts.places->name(region.place->id, say.language()).text);
  }
  return chapter;
}

Chapter places(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "places", .title = std::string(say("Where we have been")), .body = {}, .parts = {}};
  chapter.body += district_map(pen);
  view::Table table{
      .id = "t-districts", .caption = pen.table(say("Activities by district and city")), .first = std::string(say("District or city")), .rows = {}};
  table.rows = district_rows(pen);
  chapter.body += view::write(pen, table);
  return chapter;
}

Chapter coverage(Pen& pen) {
  Chapter chapter{.id = "coverage", .title = std::string(pen.say("Attendances per 1,000 inhabitants")), .body = {}, .parts = {}};
  chapter.body += rate_map(pen);
  chapter.body += coverage_table(pen);
  return chapter;
}

}  // namespace birge::report
