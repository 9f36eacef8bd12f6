#include <algorithm>

#include "features/insight/insight_parts.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

std::string code_name(Page const& page, std::string_view list, std::string const& code) {
  return code.empty() ? std::string(page.say("Not said")) : page.facts.codes.name(list, code, page.say.language());
}

/// Longer lists stand whole in their table.
constexpr std::size_t most_bars = 10;

/// What the drawing leaves to its table. Only kinds add up: an activity has one kind and may have several topics.
Html beyond_bars(Page const& page, std::string_view list, std::vector<std::string> drawn, std::int64_t lines, std::int64_t held) {
  if (lines == 0) return {};
  auto const& say = page.say;
  if (list != "kind") return html("<p class=\"soft screen\">{}</p>", say("{} more in the table", lines));
  return html("<p class=\"soft\"><a href=\"{}\">{}</a></p>", Opener(page, other_kinds(page.figures.filter, std::move(drawn))).url(Status::held),
              say.plural("and {} more kind: {}", "and {} more kinds: {}", lines, held));
}

/// Bars of what was held, by a code list, with the table behind them.
void add_coded(Html& out, Page const& page, std::string_view list, chart::Text text, Table table) {
  auto const lines = by_size(page.figures.lines(list));
  std::vector<chart::Mark> marks;
  marks.reserve(most_bars);
  std::vector<std::string> drawn;
  std::int64_t lines_beyond = 0, held_beyond = 0;
  table.rows.reserve(lines.size() + 1);
  for (auto const* line : lines) {
    auto const name = code_name(page, list, line->key);
    table.rows.push_back(row(page, list, *line, html("{}", name)));
    if ((*line)[Measure::held] == 0) continue;
    if (marks.size() >= most_bars) {
      ++lines_beyond;
      held_beyond += (*line)[Measure::held];
      continue;
    }
    chart::Mark mark;
    mark.label = name;
    mark.value = mark.high = static_cast<double>((*line)[Measure::held]);
    mark.shown = page.say.number((*line)[Measure::held]);
    mark.link = table.rows.back().opens.url(Status::held);
    marks.push_back(std::move(mark));
    drawn.push_back(line->key);
  }
  if (auto rest = reconciling(page, list, html("{}", page.say("Counted in several lines")))) table.rows.push_back(std::move(*rest));
  text.description = summary(page.say, marks);
  text.source = page.source;
  out += chart::bars(text, std::move(marks));
  out += beyond_bars(page, list, std::move(drawn), lines_beyond, held_beyond);
  add_folded_table(out, page, std::move(table));
}

}  // namespace

void add_kinds(Html& out, Page const& page) {
  auto const& say = page.say;
  add_coded(out, page, "kind", {.title = std::string(say("What was held? Activities by kind")), .description = {}, .source = {}},
            {.id = "kinds",
             .caption = std::string(say("Activities by kind")),
             .first = std::string(say("Kind")),
             .columns = {Column::planned, Column::held, Column::attendance, Column::audience},
             .rows = {}});
}

void add_topics(Html& out, Page const& page) {
  auto const& say = page.say;
  add_coded(out, page, "topic", {.title = std::string(say("What was it about? Activities by topic")), .description = {}, .source = {}},
            {.id = "topics",
             .caption = std::string(say("Activities by topic")),
             .first = std::string(say("Topic")),
             .columns = {Column::planned, Column::held, Column::attendance},
             .rows = {}});
}

void add_audiences(Html& out, Page const& page) {
  auto const& say = page.say;
  add_coded(out, page, "audience", {.title = std::string(say("Whom was it for? Activities by audience group")), .description = {}, .source = {}},
            {.id = "audiences",
             .caption = std::string(say("Activities by audience group")),
             .first = std::string(say("Audience group")),
             .columns = {Column::planned, Column::held, Column::attendance},
             .rows = {}});
}

namespace {

Html organisation_link(Page const& page, std::string const& key) {
  std::int64_t const id = std::stoll(key);
  auto const* organisation = page.facts.organisation(coalition::OrganisationId{id});
  if (!organisation) return html("{}", key);
  auto const language = page.say.language();
  return html("<a href=\"{}\">{}</a>", page.say.path("/organisations/{}", organisation->slug),
              site::in_language(page.request, organisation->name(language), organisation->name_language(language)));
}

}  // namespace

namespace {

Table organisations_table(Page const& page, std::vector<Column> columns) {
  auto const& say = page.say;
  return {.id = "organisations",
          .caption = std::string(say("Who held them? Activities by organisation")),
          .first = std::string(say("Organisation")),
          .columns = std::move(columns),
          .rows = {}};
}

/// Where the sum of a longer table is opened: what stands behind its first lines.
Url behind_the_first(Page const& page, std::size_t most) {
  auto const all = here(page, page.say.path("/figures/organisations"), page.figures.filter.place);
  auto const text = std::string(all.text());
  return own_path(text + (text.find('?') == std::string::npos ? "?" : "&") + "without=" + std::to_string(most));
}

std::string others_text(Say const& say, std::size_t count) {
  return say.plural("{} other organisation", "{} other organisations", static_cast<std::int64_t>(count));
}

Html organisation_name(Page const& page, Line const& line) { return organisation_link(page, line.key); }

void add(Line& sum, Line const& line) {
  sum.numbers.add(line.numbers);
  sum.unreported += line.unreported;
}

void add_reconciling(Page const& page, Table& table) {
  if (auto rest = reconciling(page, "organisation", html("{}", page.say("Held by several together, counted once"))))
    table.rows.push_back(std::move(*rest));
}

}  // namespace

std::int64_t organisations_that_held(Page const& page) {
  return std::ranges::count_if(page.figures.lines("organisation"), [](Line const& line) { return line[Measure::held] > 0; });
}

Html organisations(Page const& page, std::size_t most, std::vector<Column> columns) {
  auto table = organisations_table(page, std::move(columns));
  Line others;
  std::size_t count = 0;
  for (auto const* line : by_size(page.figures.lines("organisation"))) {
    if (table.rows.size() < most) {
      table.rows.push_back(row(page, "organisation", *line, organisation_name(page, *line)));
      continue;
    }
    add(others, *line);
    ++count;
  }
  if (count > 0) {
    auto const opens = behind_the_first(page, most);
    table.rows.push_back({.kind = Row::Kind::rest,
                          .name = html("<a href=\"{}\">{}</a>", opens, others_text(page.say, count)),
                          .line = others,
                          .opens = Opener::of_page(opens)});
  }
  add_reconciling(page, table);
  return view::table(page, table);
}

Html organisations_whole(Page const& page, std::size_t without, std::vector<Column> columns) {
  auto table = organisations_table(page, std::move(columns));
  auto const lines = by_size(page.figures.lines("organisation"));
  if (without >= lines.size()) without = 0;
  Line sum;
  for (auto i = without; i < lines.size(); ++i) {
    table.rows.push_back(row(page, "organisation", *lines[i], organisation_name(page, *lines[i])));
    add(sum, *lines[i]);
  }
  if (without > 0) {
    table.has_total = false;
    table.rows.push_back({.kind = Row::Kind::sum, .name = html("{}", others_text(page.say, lines.size() - without)), .line = sum, .opens = {}});
  } else {
    add_reconciling(page, table);
  }
  return view::table(page, table);
}

}  // namespace birge::insight::view
