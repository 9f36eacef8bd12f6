#include <algorithm>

#include "features/gap/gap_view.hpp"

/// The planner as districts by one more list: weeks, audience groups, kinds or topics. A page has some hundred cells, so each is as short as can be.
namespace birge::gap {

using activity::Filter;

namespace {

struct Column {
  std::string code;  ///< as in Store::Cell
  Html head;
  std::optional<Day> week;
};

std::vector<Column> weeks_of(Page const& page, std::vector<Store::Cell> const& cells) {
  auto all = weeks(page.edition.campaign_from, page.edition.campaign_until);
  for (auto const& cell : cells)
    if (auto const week = Day::parse(cell.column); week && std::ranges::find(all, *week) == all.end()) all.push_back(*week);
  std::ranges::sort(all);
  std::vector<Column> columns;
  for (auto const week : all) columns.push_back({week.iso(), html("<time datetime=\"{}\">{}</time>", week, page.say.day_and_month(week)), week});
  return columns;
}

/// The codes of a list, or the one that the plan is narrowed to; at the end what has none, where there is such.
std::vector<Column> codes_of(Page const& page, char const* list, std::string const& chosen, std::string_view none,
                             std::vector<Store::Cell> const& cells) {
  std::vector<Column> columns;
  for (auto const& code : page.facts->codes.list(list))
    if (chosen.empty() || chosen == code.code) columns.push_back({code.code, html("<span>{}</span>", code.name(page.say.language())), {}});
  if (std::ranges::find(cells, activity::not_said, &Store::Cell::column) != cells.end())
    columns.push_back({std::string(activity::not_said), html("<span>{}</span>", none), {}});
  return columns;
}

std::vector<Column> columns_of(Page const& page, By by, std::vector<Store::Cell> const& cells) {
  auto const& say = page.say;
  switch (by) {
    case By::week: return weeks_of(page, cells);
    case By::audience: return codes_of(page, "audience", page.narrow.audience, say("Audience group not said"), cells);
    case By::kind: return codes_of(page, "kind", page.narrow.kind, {}, cells);
    case By::topic: return codes_of(page, "topic", page.narrow.topic, say("Topic not said"), cells);
  }
  return {};
}

std::string_view caption(Say const& say, By by) {
  switch (by) {
    case By::week: return say("Districts by week, those that need it most first");
    case By::audience: return say("Districts by audience group, those that need it most first");
    case By::kind: return say("Districts by kind of activity, those that need it most first");
    case By::topic: return say("Districts by topic, those that need it most first");
  }
  return {};
}

/// Why the cells of a row may be more than its activities; empty where they are not.
std::string_view counted_twice(Say const& say, By by) {
  if (by == By::audience) return say("An activity for several groups counts in each of them.");
  if (by == By::topic) return say("An activity on several topics counts in each of them.");
  return {};
}

class Grid {
public:
  Grid(Page const& page, By by) : page_(page), by_(by) {
    cells_ = Store(page.request.read()).cells(page.edition.id, page.region ? page.region->id : PlaceId{}, page.narrow, by);
    columns_ = columns_of(page, by, cells_);
    for (auto const& cell : cells_) by_place_[{cell.key, cell.column}] = &cell;
  }

  Html drawn() {
    auto const& say = page_.say;
    Html heads, body;
    for (std::size_t i = 0; i < columns_.size(); ++i) heads.add("<th scope=\"col\" id=\"c{}\">{}</th>", i, columns_[i].head);
    std::size_t number = 0;
    for (auto const& row : page_.rows)
      if (page_.shows(row)) add_row(body, row, number++);
    for (auto const& rest : rest_of(page_)) {
      body.add("<tr class=\"rest\"><th scope=\"row\">{}</th>", rest.name);
      for (auto const& column : columns_) add_cell(body, rest.key, column, {}, {});
      body.add("</tr>");
    }
    return html(
        "<p class=\"soft\" id=\"how\">{} {} {}</p><span id=\"p\" hidden>{}</span><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"grid\">"
        "<table class=\"{}\" aria-describedby=\"how\"><caption id=\"grid\">{}</caption><thead><tr><th scope=\"col\">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>",
        say("In each cell: held / planned."), plus_ ? say("A plus begins a draft for it.") : std::string_view(), counted_twice(say, by_),
        say("Plan an activity"), by_ == By::week ? "weeks" : "weeks named", caption(say, by_), say("District"), heads, body);
  }

private:
  void add_row(Html& out, Row const& row, std::size_t number) {
    out.add("<tr><th scope=\"row\" id=\"r{}\"><a href=\"{}\">{}</a></th>", number,
            here(page_, "/work/gaps/" + page_.facts->places->find(row.spot.place)->code, {}), place_name(page_, row.spot.place));
    for (std::size_t i = 0; i < columns_.size(); ++i)
      add_cell(out, row.spot.key, columns_[i], row.spot.place, "p r" + std::to_string(number) + " c" + std::to_string(i));
    out.add("</tr>");
  }

  /// Held and planned, or a way to fill the gap. The plus is read as what `names` names: the heads of its row and column would be the same words again
  /// in each cell.
  void add_cell(Html& out, std::string const& key, Column const& column, std::optional<PlaceId> place, std::string const& names) {
    auto const found = by_place_.find({key, column.code});
    if (found != by_place_.end()) {
      auto const planned = found->second->planned, held = found->second->held;
      out.add("<td class=\"{}\"><a href=\"{}\">{} / {}</a></td>", held > 0 ? "reached" : "ahead",
              list_of_filter(page_, narrowed_to(column, filter_of_key(page_, key))), page_.say.number(held), page_.say.number(planned));
      return;
    }
    auto const plan = place && plans() ? plan_of(column, *place) : std::nullopt;
    if (!plan) {
      out.add("<td></td>");
      return;
    }
    plus_ = true;
    out.add("<td><a href=\"{}\" aria-labelledby=\"{}\">+</a></td>", *plan, names);
  }

  /// Not every district needs every kind of activity: there an empty cell is no gap.
  bool plans() const { return by_ != By::kind; }

  Filter narrowed_to(Column const& column, Filter filter) const {
    switch (by_) {
      case By::week: filter.week = column.week; break;
      case By::audience: filter.audience = column.code; break;
      case By::kind: filter.kind = column.code; break;
      case By::topic: filter.topic = column.code; break;
    }
    return filter;
  }

  std::optional<Url> plan_of(Column const& column, PlaceId place) const {
    if (column.code == activity::not_said) return std::nullopt;  // nobody plans for nobody
    auto narrow = page_.narrow;
    if (by_ == By::audience) narrow.audience = column.code;
    if (by_ == By::topic) narrow.topic = column.code;
    return plan_address(page_, place, column.week, narrow);
  }

  Page const& page_;
  By by_;
  std::vector<Store::Cell> cells_;
  std::vector<Column> columns_;
  std::map<std::pair<std::string, std::string>, Store::Cell const*> by_place_;
  bool plus_ = false;  ///< at least one stands in a cell
};

}  // namespace

Html grid(Page const& page, By by) { return Grid(page, by).drawn(); }

}  // namespace birge::gap
