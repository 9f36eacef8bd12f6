#include "features/report/report_chapters.hpp"

#include <algorithm>

namespace birge::report {

namespace {

using view::Pen;
using view::Row;
using Status = Filter::Status;

/// Paper bears only so much; the workbook has every line.
constexpr std::size_t most_rows = 40, most_organisations = 30, most_bars = 12, most_weeks = 60;

chart::Mark mark_of(Pen const& pen, std::string_view dimension, Line const& line) {
  auto const count = line.attendance();
  return {.label = view::key_name(pen.report, pen.say, dimension, line.key),
          .value = static_cast<double>(count.low),
          .high = static_cast<double>(count.high),
          .shown = pen.text(count),
          .link = line.key.empty() ? Url() : pen.link(insight::narrowed(pen.report.scope, dimension, line.key), Status::counted),
          .missing = false,
          .group = {}};
}

Html bars(Pen& pen, std::string_view dimension, std::vector<Line const*> const& lines, std::string_view title) {
  if (pen.report.without_result()) return {};
  std::vector<chart::Mark> marks;
  for (auto const* line : lines)
    if (marks.size() < most_bars && !line->attendance().zero()) marks.push_back(mark_of(pen, dimension, *line));
  std::ranges::stable_sort(marks, std::ranges::greater{}, &chart::Mark::value);
  return chart::bars({.title = pen.figure(title), .description = view::summary(pen.say, marks), .source = pen.source}, marks);
}

Html table(Pen& pen, std::string id, std::string_view dimension, std::vector<Line const*> const& lines, std::size_t most, std::string_view title,
           std::string_view first, std::string_view beyond) {
  view::Table table{.id = std::move(id), .caption = pen.table(title), .first = std::string(first), .rows = {}};
  if (!tells_unreported(dimension)) std::erase(table.columns, view::Column::unreported);
  table.rows = view::bounded(pen, dimension, lines, most,
                             [&](Line const& line) { return html("{}", view::key_name(pen.report, pen.say, dimension, line.key)); });
  if (auto rest = beyond_total(pen.report.figures, dimension))
    table.rows.push_back({.kind = Row::Kind::rest,
                          .name = html("{}", beyond),
                          .line = std::move(*rest),
                          .opens = insight::in_several_lines(pen.report.scope, dimension)});
  return view::write(pen, table);
}

}  // namespace

Chapter kinds(Pen& pen) {
  auto const& say = pen.say;
  auto const lines = by_size(pen.report.figures.lines("kind"));
  Chapter chapter{.id = "kinds", .title = std::string(say("What was done")), .body = {}, .parts = {}};
  chapter.body += bars(pen, "kind", lines, say("Attendances by kind of activity"));
  chapter.body += table(pen, "t-kinds", "kind", lines, most_rows, say("Activities by kind"), say("Kind"), say("Not said"));
  return chapter;
}

Chapter topics(Pen& pen) {
  auto const& say = pen.say;
  auto const& figures = pen.report.figures;
  Chapter chapter{.id = "topics", .title = std::string(say("About what and for whom")), .body = {}, .parts = {}};
  chapter.body += table(pen, "t-topics", "topic", by_size(figures.lines("topic")), most_rows, say("Activities by topic"), say("Topic"),
                        say("Counted under more than one topic"));
  chapter.body += table(pen, "t-audiences", "audience", by_size(figures.lines("audience")), most_rows, say("Activities by audience group"),
                        say("Audience group"), say("Counted under more than one audience group"));
  chapter.body.add(
      "<p class=\"note\">{}</p>",
      say("An activity may have several topics and audience groups; the last line takes off what was counted twice, so that the table ends with the total."));
  return chapter;
}

namespace {

/// What the drawing by week leaves out, each number opening.
Html beyond_weeks(Pen const& pen, std::vector<Line const*> const& lines) {
  if (lines.empty()) return {};
  Html numbers;
  for (auto const* line : lines) {
    if (!numbers.empty()) numbers.add(" + ");
    numbers += pen.number((*line)[Measure::held], insight::narrowed(pen.report.scope, "week", line->key), Status::held);
  }
  return html("<p class=\"note\">{}</p>",
              pen.say.markup("Not in the drawing, since only their year or month is known or they lie outside the days of the edition: {}", numbers));
}

}  // namespace

Chapter timeline(Pen& pen) {
  auto const& say = pen.say;
  std::vector<Line const*> lines;
  for (auto const& line : pen.report.figures.lines("week")) lines.push_back(&line);
  std::vector<chart::Mark> marks;
  std::optional<chart::Today> today;
  auto const weeks = insight::weeks_of(pen.report.figures, pen.report.edition);
  for (auto const week : weeks.drawn) {
    if (marks.size() == most_weeks) break;
    if (!today && pen.report.today.week_start() < week) today = {marks.size(), std::string(say("today"))};
    auto const* line = pen.report.figures.line("week", week.iso());
    auto const held = line ? (*line)[Measure::held] : 0;
    if (today && held == 0) continue;  // what lies ahead stands in the table; empty bars would look like weeks without anything
    marks.push_back({.label = say.day_and_month(week),
                     .value = static_cast<double>(held),
                     .high = static_cast<double>(held),
                     .shown = held == 0 && pen.report.only_documented() ? std::string() : pen.text(held),
                     .link = held == 0 ? Url() : pen.link(insight::narrowed(pen.report.scope, "week", week.iso()), Status::held),
                     .missing = false,
                     .group = {}});
  }
  Chapter chapter{.id = "weeks", .title = std::string(say("Week by week")), .body = {}, .parts = {}};
  chapter.body += chart::columns(
      {.title = pen.figure(say("Activities held, by week")), .description = view::summary(say, marks), .source = pen.source}, marks, today);
  chapter.body += beyond_weeks(pen, weeks.beyond);
  chapter.body += table(pen, "t-weeks", "week", lines, most_rows, say("Activities by week"), say("Week"), say("Not said"));
  chapter.body.add("<p class=\"note\">{}</p>",
                   say("An activity stands in the week of its first day; one that is dated only by month or year in the week in which that begins."));
  return chapter;
}

Chapter organisations(Pen& pen) {
  auto const& say = pen.say;
  auto const lines = by_size(pen.report.figures.lines("organisation"));
  Chapter chapter{.id = "organisations", .title = std::string(say("Who held them")), .body = {}, .parts = {}};
  chapter.body += table(pen, "t-organisations", "organisation", lines, most_organisations, say("Activities by organisation"), say("Organisation"),
                        say("Held together, counted under each host"));
  chapter.body.add(
      "<p class=\"note\">{}</p>",
      say("An activity of several hosts stands under each of them and counts once in the total; the line before the total takes off the repetition. Partners who "
          "helped without hosting are not counted here."));
  return chapter;
}

}  // namespace birge::report
