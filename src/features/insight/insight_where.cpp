#include <algorithm>

#include "features/insight/insight_parts.hpp"
#include "features/place/place_map.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

void add_reaches(std::vector<Row>& rows, Page const& page, std::string_view dimension, Index const& lines) {
  for (auto const reach : {activity::Reach::several, activity::Reach::national, activity::Reach::online}) {
    auto const key = activity::code(reach);
    if (!lines.has(key)) continue;
    rows.push_back(row(page, dimension, lines.at(key), html("{}", page.say(activity::name(reach)))));
    rows.back().kind = Row::Kind::rest;
  }
}

Line line_at(Index const& lines, std::string const& key) {
  auto line = lines.at(key);
  line.key = key;
  return line;
}

void add_districts(std::vector<Row>& rows, Page const& page, place::PlaceId region, Index const& lines) {
  for (auto const* district : page.figures.counted(page.facts.places->children(region))) {
    rows.push_back(row(page, "district", line_at(lines, key_of(district->id)), place_name(page, district->id)));
    rows.back().kind = Row::Kind::part;
  }
  auto const rest = activity::region_only_key(region);
  if (!lines.has(rest)) return;
  rows.push_back(row(page, "district", lines.at(rest), html("{}", page.say("No district said"))));
  rows.back().kind = Row::Kind::rest;
}

/// What the maps of places show: attendances, or what was held where no result tells how many came.
Count drawn_count(Page const& page, Line const& line) {
  if (page.figures.total.without_result()) return {line[Measure::held], line[Measure::held]};
  return line.attendance();
}

chart::Mark mark_of(Page const& page, std::string_view dimension, place::PlaceId place, Line const& line) {
  auto const count = drawn_count(page, line);
  Opener const opens(page, narrowed(page.figures.filter, dimension, key_of(place)));
  chart::Mark mark;
  mark.label = short_name(page, place);
  mark.value = static_cast<double>(count.low);
  mark.high = static_cast<double>(count.high);
  mark.shown = count_text(page.say, count);
  mark.missing = line[Measure::held] == 0;
  if (mark.missing && only_documented(page)) mark.shown.clear();
  mark.link = opens.url(mark.missing ? Status::any : count.zero() || page.figures.total.without_result() ? Status::held : Status::counted);
  return mark;
}

/// Districts are too small for letters; each tells its name and number when it is pointed at, and the table says it all.
void without_letters(chart::Map& map) {
  for (auto& area : map.areas) area.label_x = area.label_y = 0;
}

/// The same signs on every map of places, here and in the report.
chart::Legend legend_of(Page const& page) {
  auto const& say = page.say;
  if (page.figures.total.without_result())
    return {.unit = std::string(say("activities held")),
            .none = std::string(only_documented(page) ? say("no activity on record in Birge") : say("nothing held"))};
  return map_legend(say, say("attendances"));
}

Html map(Page const& page, std::string_view layer_name, std::string_view dimension, std::string title) {
  auto const layer = place::map_layer(page.request.read(), layer_name);
  Index const lines(page.figures, dimension), regions(page.figures, "region");
  std::vector<chart::Mark> marks;
  auto drawn = place::map_of(
      *layer, page.say.language(),
      [&](place::PlaceId place) -> std::optional<chart::Mark> {
        if (!page.figures.counts(place)) return std::nullopt;
        // The map of districts also shows a city that is a region of its own and has no districts.
        auto const* node = page.facts.places->find(place);
        bool const whole_region = node && node->level == place::Level::region;
        marks.push_back(mark_of(page, dimension, place, (whole_region ? regions : lines).at(key_of(place))));
        return marks.back();
      },
      place::Outlines::beside);
  if (layer_name == "district") without_letters(drawn);
  else drawn.names_all = true;
  auto const& say = page.say;
  return chart::choropleth({.title = std::move(title), .description = summary(say, marks), .source = page.source}, drawn, legend_of(page),
                           [&](double value) { return say.number(static_cast<std::int64_t>(value)); });
}

std::size_t regions_reached(Page const& page, Index const& lines) {
  return static_cast<std::size_t>(
      std::ranges::count_if(page.facts.places->regions(), [&](auto const* region) { return lines.at(key_of(region->id))[Measure::held] > 0; }));
}

}  // namespace

chart::Legend map_legend(Say const& say, std::string_view unit) {
  return {.unit = std::string(unit),
          .none = std::string(say("nothing held")),
          .zero = std::string(say("no attendance reported")),
          .lower = std::string(say("Coloured by the lower end of a range."))};
}

std::vector<Row> region_rows(Page const& page) {
  std::vector<Row> rows;
  if (page.figures.filter.place) {
    Index const lines(page.figures, "district");
    add_districts(rows, page, *page.figures.filter.place, lines);
    for (auto& row : rows)
      if (row.kind == Row::Kind::part) row.kind = Row::Kind::plain;
    return rows;
  }
  Index const lines(page.figures, "region");
  for (auto const* region : page.figures.counted(page.facts.places->regions()))
    rows.push_back(row(page, "region", line_at(lines, key_of(region->id)), place_link(page, region->id)));
  add_reaches(rows, page, "region", lines);
  return rows;
}

std::vector<Row> district_rows(Page const& page) {
  std::vector<Row> rows;
  Index const regions(page.figures, "region"), districts(page.figures, "district");
  for (auto const* region : page.figures.counted(page.facts.places->regions())) {
    if (page.figures.filter.place && region->id != *page.figures.filter.place) continue;
    rows.push_back(row(page, "region", line_at(regions, key_of(region->id)), place_link(page, region->id)));
    rows.back().kind = Row::Kind::sum;
    // A city without districts is its own row; a line below it would say the same again.
    if (!page.facts.places->children(region->id).empty() && page.facts.places->children(region->id).front()->level == place::Level::district)
      add_districts(rows, page, region->id, districts);
  }
  add_reaches(rows, page, "region", regions);
  return rows;
}

Html region_map(Page const& page) {
  Index const lines(page.figures, "region");
  return map(
      page, "region", "region",
      page.say("Activities were held in {} of {} regions", regions_reached(page, lines), page.figures.counted(page.facts.places->regions()).size()));
}

Html district_map(Page const& page) {
  auto const all = page.figures.counted(page.facts.places->districts()).size();
  return map(page, "district", "district", page.say("Activities were held in {} of {} districts", all - page.figures.never_reached.size(), all));
}

Html rate_map(Page const& page) {
  auto const& say = page.say;
  auto const layer = place::map_layer(page.request.read(), "district");
  std::unordered_map<std::int64_t, Coverage const*> units;
  for (auto const& coverage : page.figures.coverage) units[coverage.unit->id] = &coverage;
  std::vector<chart::Mark> marks;
  auto drawn = place::map_of(
      *layer, page.say.language(),
      [&](place::PlaceId place) -> std::optional<chart::Mark> {
        auto const* unit = page.facts.places->census_unit(place);
        if (!unit || !page.figures.counts(place)) return std::nullopt;
        auto const found = units.find(unit->id);
        if (found == units.end()) return std::nullopt;
        chart::Mark mark;
        mark.label = unit_name(page, *unit);
        mark.value = printed_rate(found->second->rate_low);
        mark.high = printed_rate(found->second->rate_high);
        mark.shown = rate_text(say, *found->second);
        mark.missing = found->second->held == 0;
        if (!mark.missing) mark.link = unit_link(say, *unit, page.edition.id == page.current ? std::string_view() : page.edition.slug, {});
        marks.push_back(mark);
        return mark;
      },
      place::Outlines::beside);
  without_letters(drawn);
  return chart::choropleth(
      {.title = std::string(say("How many attendances per 1,000 inhabitants?")), .description = summary(say, marks), .source = page.source}, drawn,
      map_legend(say, say("attendances per 1,000 inhabitants, census of 2022")), [&](double value) { return say.decimal(value, 1); });
}

namespace {

/// What the drawing by week leaves out, each number a link.
Html beyond_weeks(Page const& page, std::vector<Line const*> const& lines) {
  if (lines.empty()) return {};
  Html numbers;
  for (auto const* line : lines) {
    if (!numbers.empty()) numbers.add(" + ");
    numbers += Opener(page, narrowed(page.figures.filter, "week", line->key)).number(page.say, (*line)[Measure::held], Status::held);
  }
  return html(
      "<p class=\"soft\">{}</p>",
      page.say.markup("Not in the drawing, since only their year or month is known or they lie outside the days of the edition: {}", numbers));
}

/// What was held in a week that is over, what is planned for one that is not.
chart::Mark week_mark(Page const& page, Day week, Line const& line) {
  bool const ahead = week.plus(6) >= page.today;
  auto const number = ahead ? line[Measure::planned] : line[Measure::held];
  chart::Mark mark;
  mark.label = page.say.day_and_month(week);
  mark.value = mark.high = static_cast<double>(number);
  if (number > 0 || !only_documented(page)) mark.shown = page.say.number(number);
  if (number > 0) mark.link = Opener(page, narrowed(page.figures.filter, "week", week.iso())).url(ahead ? Status::any : Status::held);
  return mark;
}

}  // namespace

Html weeks(Page const& page) {
  auto const& say = page.say;
  Index const lines(page.figures, "week");
  std::vector<chart::Mark> marks;
  std::optional<chart::Today> today;
  Table table{.id = "weeks",
              .caption = std::string(say("Activities by week")),
              .first = std::string(say("Week")),
              .columns = {Column::planned, Column::held, Column::unreported, Column::attendance},
              .rows = {}};
  auto const shown = weeks_of(page.figures, page.edition);
  for (auto const week : shown.drawn) {
    auto const& line = lines.at(week.iso());
    bool const now = week == page.today.week_start();
    if (now || (week > page.today && !today && !marks.empty()))
      today = chart::Today{marks.size(), std::string(say("today")), now ? static_cast<double>(line[Measure::held]) : 0,
                           now ? days_between(week, page.today) / 7.0 : 0};
    marks.push_back(week_mark(page, week, line));
  }
  for (auto const& line : page.figures.lines("week"))
    if (auto const week = Day::parse(line.key)) table.rows.push_back(row(page, "week", line, html("{}", say.date_range(*week, week->plus(6)))));
  auto const title = today ? say("When was it held, and what is still to come?") : say("When was it held?");
  auto description = summary(say, marks);
  auto out = chart::columns({.title = std::string(title), .description = std::move(description), .source = page.source}, std::move(marks), today);
  out += beyond_weeks(page, shown.beyond);
  add_folded_table(out, page, std::move(table));
  return out;
}

}  // namespace birge::insight::view
