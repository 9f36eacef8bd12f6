#include "features/board/board.hpp"

#include <algorithm>

#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

namespace birge::board {

namespace {

struct Named {
  Column column;
  std::string_view code;
};

constexpr std::array column_codes{Named{Column::day, "day"},
                                  Named{Column::time, "time"},
                                  Named{Column::state, "state"},
                                  Named{Column::late, "late"},
                                  Named{Column::region, "region"},
                                  Named{Column::district, "district"},
                                  Named{Column::village, "village"},
                                  Named{Column::venue, "venue"},
                                  Named{Column::kind, "kind"},
                                  Named{Column::lead, "lead"},
                                  Named{Column::expected, "expected"},
                                  Named{Column::attendance, "attendance"},
                                  Named{Column::due, "due"},
                                  Named{Column::moved_from, "moved"},
                                  Named{Column::visibility, "visibility"},
                                  Named{Column::proposed_by, "proposer"},
                                  Named{Column::reported_by, "reporter"}};

struct NamedPunctual {
  work::Punctual which;
  std::string_view code;
};

constexpr std::array punctual_codes{NamedPunctual{work::Punctual::due, "due"}, NamedPunctual{work::Punctual::in_time, "in-time"},
                                    NamedPunctual{work::Punctual::late, "late"}, NamedPunctual{work::Punctual::missing, "missing"}};

constexpr std::array usual{Column::day,      Column::time, Column::state, Column::late,      Column::region,
                           Column::district, Column::kind, Column::lead,  Column::attendance};

}  // namespace

std::string_view code(work::Punctual which) { return std::ranges::find(punctual_codes, which, &NamedPunctual::which)->code; }

std::optional<work::Punctual> punctual_of(std::string_view code) {
  auto const found = std::ranges::find(punctual_codes, code, &NamedPunctual::code);
  return found == punctual_codes.end() ? std::nullopt : std::optional(found->which);
}

Message name(work::Punctual which) {
  switch (which) {
    case work::Punctual::due: return message("Result was due before today");
    case work::Punctual::in_time: return message("Result came in time");
    case work::Punctual::late: return message("Result came late");
    case work::Punctual::missing: return message("Result is missing");
  }
  return {};
}

ReadSelection read_selection(http::Parameters const& query, campaign::Facts const& facts, activity::EditionId edition) {
  auto plain = query;
  plain.remove("status");  // of the agenda; here states are chosen one by one
  bool const nowhere = query.get("place") == no_region;
  if (nowhere) plain.remove("place");
  auto const on = [&](char const* name) { return query.get(name) == "1"; };
  auto read = activity::read_filter(plain, facts, edition);
  bool const led = on("lead") && read.filter.organisation;
  ReadSelection out{{std::move(read.filter), {}, on("late"), on("unapproved"), on("own"), on("part"), led, nowhere, {}}, std::move(read.faults)};
  if (auto const result = query.get("result"); !result.empty()) {
    out.selection.punctual = punctual_of(result);
    if (!out.selection.punctual) out.faults.push_back({"result", message("“{}” is not known here.", shortened(clean_line(result), 60))});
  }
  for (auto const value : query.all("state"))
    if (!value.empty() && !activity::state_of(value))
      out.faults.push_back({"state", message("“{}” is not known here.", shortened(clean_line(value), 60))});
  auto const asked = query.all("state");
  for (auto const state : life)
    if (std::ranges::find(asked, activity::code(state)) != asked.end()) out.selection.states.push_back(state);
  return out;
}

http::Parameters query_of(Selection const& selection, campaign::Facts const& facts, activity::EditionId current) {
  auto list = activity::query_of(selection.filter, facts, current).list();
  if (selection.nowhere) list.emplace_back("place", no_region);
  for (auto const state : selection.states) list.emplace_back("state", activity::code(state));
  if (selection.late) list.emplace_back("late", "1");
  if (selection.unapproved) list.emplace_back("unapproved", "1");
  if (selection.own) list.emplace_back("own", "1");
  if (selection.part) list.emplace_back("part", "1");
  if (selection.led) list.emplace_back("lead", "1");
  if (selection.punctual) list.emplace_back("result", code(*selection.punctual));
  return http::Parameters::of(std::move(list));
}

std::optional<Sort> sort_of(std::string_view text) {
  bool const down = text.starts_with('-');
  if (down) text.remove_prefix(1);
  if (text == "day") return Sort{Order::day, down};
  if (text == "state") return Sort{Order::state, down};
  if (text == "place") return Sort{Order::place, down};
  return std::nullopt;
}

std::string text_of(Sort sort) {
  auto const* by = sort.by == Order::day ? "day" : sort.by == Order::state ? "state" : "place";
  return (sort.down ? "-" : "") + std::string(by);
}

std::string Cursor::text() const { return std::to_string(group) + "." + day.iso() + "." + id_text(id); }

std::optional<Cursor> Cursor::parse(std::string_view text) {
  Cursor cursor;
  auto const first = text.find('.');
  auto const second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  auto const group = whole_number<int>(text.substr(0, first));
  auto const day = Day::parse(text.substr(first + 1, second - first - 1));
  auto const id = parse_id_as<activity::ActivityTag>(text.substr(second + 1));
  if (!group || *group < 0 || !day || !id) return std::nullopt;
  cursor.group = *group;
  cursor.day = *day;
  cursor.id = *id;
  return cursor;
}

std::string_view code(Column column) {
  for (auto const& [each, code] : column_codes)
    if (each == column) return code;
  return {};
}

std::optional<Column> column_of(std::string_view code) {
  for (auto const& [column, each] : column_codes)
    if (each == code) return column;
  return std::nullopt;
}

Message name(Column column) {
  switch (column) {
    case Column::day: return message("Day");
    case Column::time: return message("Time");
    case Column::state: return message("State");
    case Column::late: return message("Late");
    case Column::region: return message("Region");
    case Column::district: return message("District");
    case Column::village: return message("Village");
    case Column::venue: return message("Venue");
    case Column::kind: return message("Kind of activity");
    case Column::lead: return message("Lead organisation");
    case Column::expected: return message("Expected");
    case Column::attendance: return message("Attendances");
    case Column::due: return message("Result due");
    case Column::moved_from: return message("Moved from");
    case Column::visibility: return message("Who may see it");
    case Column::proposed_by: return message("Proposed by");
    case Column::reported_by: return message("Reported by");
  }
  return {};
}

bool names_people(Column column) { return column == Column::proposed_by || column == Column::reported_by; }

std::vector<Column> columns_of(http::Parameters const& query, bool may_know_names) {
  auto const asked = query.all("column");
  std::vector<Column> columns;
  for (auto const column : all_columns)
    if (std::ranges::find(asked, code(column)) != asked.end() && (may_know_names || !names_people(column))) columns.push_back(column);
  if (columns.empty()) columns.assign(usual.begin(), usual.end());
  return columns;
}

work::Seen seen(Row const& row, std::vector<OrganisationId> co_hosts) {
  return {row.id,         row.edition,     row.the_state(),  row.day,       row.end_day,     row.region,      row.lead, std::move(co_hosts),
          row.created_by, row.proposed_by, row.proposed_for, row.escalates, row.reported_by, row.reported_for};
}

Day first_of_month(Day day) { return day.plus(1 - day.day_of_month()); }

Day next_month(Day day) { return first_of_month(first_of_month(day).plus(31)); }

Span month_grid(Day day) {
  auto const last = next_month(day).plus(-1);
  return {first_of_month(day).week_start(), last.week_start().plus(6)};
}

}  // namespace birge::board
