#include "features/report/report_view.hpp"

#include <algorithm>

#include "features/insight/insight_closing.hpp"
#include "platform/base/number.hpp"

namespace birge::report::view {

using Status = Filter::Status;

Pen::Pen(Report const& given, Say const& speak, Links links)
    : report(given),
      say(speak),
      facts(*given.facts),
      source(speak("Source: what the organisations entered in Birge, as of {}", speak.moment(given.as_of, given.facts->time_zone))),
      links_(std::move(links)) {}

std::string Pen::figure(std::string_view title) { return say("Figure {}. {}", ++figures_, title); }
std::string Pen::table(std::string_view title) { return say("Table {}. {}", ++tables_, title); }

std::string Pen::text(Count count) const { return insight::view::count_text(say, count); }

std::string Pen::parts(Count reported, Count confirmed) const { return say("{} reported + {} confirmed", text(reported), text(confirmed)); }

Url Pen::path(Url const& path) const {
  if (!links_.on) return {};
  return links_.address.empty() ? path : url(links_.address + std::string(path.text())).value_or(Url());
}

Url Pen::link(Filter const& filter, Status status) const {
  if (!links_.on) return {};
  auto narrowed = filter;
  narrowed.status = status;
  // No edition counts as the current one: a report still opens to its own edition years later.
  bool const closed =
      std::ranges::any_of(report.editions, [&](Comparison const& each) { return each.closed && each.edition->id == narrowed.edition; });
  return path(insight::list_link(say, narrowed, facts, {}, closed));
}

Url Pen::unit_link(place::CensusUnit const& unit) const { return path(insight::view::unit_link(say, unit, report.edition.slug, report.scope)); }

Url Pen::figures_link(std::string_view page, Filter const& scope, std::size_t without) const {
  if (scope.from || scope.until) return {};
  auto query = activity::query_of(scope, facts, {});
  if (without > 0) query.set("without", std::to_string(without));
  return path(own_path(std::string(page) + "?" + query.encoded()));
}

Url Pen::people_link(std::string_view sex, std::string_view band) const {
  if (report.scope.from || report.scope.until) return {};
  auto query = activity::query_of(report.scope, facts, {});
  if (!sex.empty()) query.set("sex", sex);
  if (!band.empty()) query.set("band", band);
  return path(own_path(std::string(say.path("/figures/people").text()) + "?" + query.encoded()));
}

Url Pen::results_link(std::vector<std::pair<std::string, std::string>> whose) const {
  if (!links_.workspace || report.closed) return {};
  whose.emplace(whose.begin(), "edition", report.edition.slug);
  return path(own_path(std::string(say.path("/work/table").text()) + "?" + http::Parameters::of(std::move(whose)).encoded()));
}

Html Pen::opened(std::string_view text, Url const& page) const {
  return page.text().empty() ? html("{}", text) : html("<a href=\"{}\">{}</a>", page, text);
}

Html Pen::number(std::int64_t number, Filter const& filter, Status status) const {
  return opened(text(number), number == 0 ? Url() : link(filter, status));
}

Html Pen::count(Count count, Filter const& filter, Status status) const {
  return opened(text(count), count == Count{} ? Url() : link(filter, status));
}

Html Pen::parts(Line const& line, Filter const& filter) const {
  return say.markup("{} reported + {} confirmed", count(line.reported(), filter, Status::reported),
                    count(line.confirmed(), filter, Status::confirmed));
}

Html Pen::words(std::string_view text, std::string_view language) const {
  if (language.empty() || language == say.code()) return html("{}", text);
  return html("<span lang=\"{}\">{}</span>", language, text);
}

Html Pen::place(PlaceId id) const {
  auto const& name = facts.places->name(id, say.language());
  return words(name.text, name.language);
}

Html Pen::full_place(PlaceId id) const { return words(facts.places->full_name(id, say.language()), facts.places->name(id, say.language()).language); }

std::string Pen::short_place(PlaceId id) const {
  auto const& name = facts.places->name(id, say.language());
  return name.short_text.empty() ? name.text : name.short_text;
}

Html Pen::organisation(coalition::OrganisationId id) const {
  auto const* organisation = facts.organisation(id);
  if (!organisation) return html("{}", say("Unknown organisation"));
  return words(organisation->name(say.language()), organisation->name_language(say.language()));
}

std::string heading(Say const& say, Column column) {
  switch (column) {
    case Column::planned: return std::string(say.in_context("activities", "Planned"));
    case Column::held: return std::string(say.in_context("activities", "Held"));
    case Column::cancelled: return std::string(say.in_context("activities", "Cancelled"));
    case Column::unreported: return std::string(say.in_context("activities", "Not reported"));
    case Column::reported: return std::string(say("Attendances reported"));
    case Column::confirmed: return std::string(say("Attendances confirmed"));
    case Column::audience: return std::string(say("Broadcast audience"));
  }
  return {};
}

namespace {

Html cell(Pen const& pen, Row const& row, Column column) {
  auto const& line = row.line;
  if (line[Measure::planned] == 0 && pen.report.only_documented()) return html("–");
  auto const number = [&](std::int64_t value, Status status) {
    return row.opens ? pen.number(value, *row.opens, status) : pen.opened(pen.text(value), value == 0 ? Url() : row.page);
  };
  auto const count = [&](Count value, Status status) {
    return row.opens ? pen.count(value, *row.opens, status) : pen.opened(pen.text(value), value == Count{} ? Url() : row.page);
  };
  switch (column) {
    case Column::planned: return number(line[Measure::planned], Status::any);
    case Column::held: return number(line[Measure::held], Status::held);
    case Column::cancelled: return number(line[Measure::cancelled], Status::cancelled);
    case Column::unreported: return number(line.unreported, Status::unreported);
    case Column::reported: return count(line.reported(), Status::reported);
    case Column::confirmed: return count(line.confirmed(), Status::confirmed);
    case Column::audience: return count(line.audience(), Status::counted);
  }
  return {};
}

Attribute class_of(Row::Kind kind) {
  switch (kind) {
    case Row::Kind::plain: return {};
    case Row::Kind::part: return Attribute("class=\"part\"");
    case Row::Kind::part_rest: return Attribute("class=\"part rest\"");
    case Row::Kind::sum: return Attribute("class=\"sum\"");
    case Row::Kind::rest: return Attribute("class=\"rest\"");
  }
  return {};
}

void add_row(Html& out, Pen const& pen, Table const& table, Row const& row) {
  out.add("<tr {}><th scope=\"row\">{}</th>", class_of(row.kind), row.name);
  for (auto const column : table.columns) out.add("<td class=\"n\">{}</td>", cell(pen, row, column));
  out.add("</tr>");
}

std::string place_key_name(Report const& report, Say const& say, std::string_view key) {
  constexpr std::string_view region_only = "region ";
  if (auto const reach = activity::reach_of(key))
    return *reach == activity::Reach::place ? std::string(say("Place not known")) : say(activity::name(*reach));
  auto const& places = *report.facts->places;
  bool const only = key.starts_with(region_only);
  auto const id = whole_number<std::int64_t>(only ? key.substr(region_only.size()) : key);
  if (!id || !places.find(PlaceId{*id})) return std::string(key);
  auto const& name = places.name(PlaceId{*id}, say.language()).text;
  // A region without districts (the city of Osh) has everything in this line; nobody left anything out.
  return only && !places.children(PlaceId{*id}).empty() ? say("{}, district not said", name) : name;
}

}  // namespace

namespace {

/// The two parts of the attendances share one heading, so that each column stays narrow.
Html head(Pen const& pen, Table const& table) {
  auto const& say = pen.say;
  if (std::ranges::find(table.columns, Column::reported) == table.columns.end()) {
    Html only = html("<th scope=\"col\">{}</th>", table.first);
    for (auto const column : table.columns) only.add("<th scope=\"col\" class=\"n\">{}</th>", heading(say, column));
    return html("<thead><tr>{}</tr></thead>", only);
  }
  Html upper = html("<th scope=\"col\" rowspan=\"2\">{}</th>", table.first), lower;
  for (auto const column : table.columns) {
    if (column == Column::reported) upper.add("<th scope=\"colgroup\" colspan=\"2\" class=\"n\">{}</th>", say("Attendances"));
    if (column == Column::reported || column == Column::confirmed)
      lower.add("<th scope=\"col\" class=\"n\">{}</th>", column == Column::reported ? say("reported") : say("confirmed"));
    else upper.add("<th scope=\"col\" rowspan=\"2\" class=\"n\">{}</th>", heading(say, column));
  }
  return html("<thead><tr>{}</tr><tr>{}</tr></thead>", upper, lower);
}

}  // namespace

Html write(Pen const& pen, Table table) {
  if (pen.report.without_result())
    std::erase_if(table.columns,
                  [](Column column) { return column == Column::reported || column == Column::confirmed || column == Column::audience; });
  Html out;
  out.add(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table class=\"counts\"><caption id=\"{}\">{}</caption>{}<tbody>",
      table.id, table.id, table.caption, head(pen, table));
  for (auto const& row : table.rows) add_row(out, pen, table, row);
  out.add("</tbody><tfoot>");
  add_row(out, pen, table,
          {.kind = Row::Kind::plain, .name = html("{}", pen.say("In all")), .line = pen.report.figures.total, .opens = pen.report.scope});
  out.add("</tfoot></table></div>");
  return out;
}

std::vector<Row> bounded(Pen const& pen, std::string_view dimension, std::vector<Line const*> const& lines, std::size_t most,
                         std::function<Html(Line const&)> const& name) {
  std::vector<Row> rows;
  std::vector<std::string> keys;
  Line others;
  // One line more than allowed is not worth a line "1 other".
  auto const shown = lines.size() <= most + 1 ? lines.size() : most;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i < shown) {
      rows.push_back({.kind = Row::Kind::plain,
                      .name = name(*lines[i]),
                      .line = *lines[i],
                      .opens = insight::narrowed(pen.report.scope, dimension, lines[i]->key)});
      if (lines[i]->key.empty()) rows.back().kind = Row::Kind::rest;  // what nobody said
      keys.push_back(lines[i]->key);
      continue;
    }
    others.numbers.add(lines[i]->numbers);
    others.unreported += lines[i]->unreported;
  }
  if (shown == lines.size()) return rows;
  rows.push_back(
      {.kind = Row::Kind::rest, .name = html("{}", pen.say("{} others, each in the workbook", lines.size() - shown)), .line = std::move(others)});
  if (dimension == "kind") rows.back().opens = insight::other_kinds(pen.report.scope, std::move(keys));
  if (dimension == "organisation") rows.back().page = pen.figures_link(pen.say.path("/figures/organisations").text(), pen.report.scope, shown);
  return rows;
}

std::string key_name(Report const& report, Say const& say, std::string_view dimension, std::string_view key) {
  auto const& codes = report.facts->codes;
  if (dimension == "kind") return codes.name("kind", key, say.language());
  if (dimension == "topic") return key.empty() ? std::string(say("Topic not said")) : codes.name("topic", key, say.language());
  if (dimension == "audience") return key.empty() ? std::string(say("Audience not said")) : codes.name("audience", key, say.language());
  if (dimension == "week") {
    auto const day = Day::parse(key);
    return day ? say.date_range(*day, day->plus(6)) : std::string(key);
  }
  if (dimension == "organisation") {
    auto const id = whole_number<std::int64_t>(key);
    auto const* organisation = id ? report.facts->organisation(coalition::OrganisationId{*id}) : nullptr;
    return organisation ? organisation->name(say.language()) : std::string(key);
  }
  return place_key_name(report, say, key);
}

}  // namespace birge::report::view
