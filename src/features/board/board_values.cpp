#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "features/board/board_table.hpp"

/// What the table shows of a row.
namespace birge::board {

namespace view = activity::view;

namespace {

Value text(std::string value) { return value.empty() ? Value() : Value(std::move(value)); }

Value place_name(Table const& table, std::optional<PlaceId> place) {
  return place ? text(table.look.known->places->name(*place, table.look.say.language()).text) : Value();
}

Value count(Say const& say, std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
  if (!low) return {};
  if (!high || *high == *low) return *low;
  return say.range(*low, *high);
}

Value person_name(Names const& names, std::optional<work::PersonId> person) {
  if (!person) return {};
  auto const found = names.find(*person);
  return found == names.end() ? Value() : text(found->second);
}

}  // namespace

Names names_for(Table const& table, std::vector<Row> const& rows) {
  std::vector<work::PersonId> people;
  for (auto const column : table.columns)
    for (auto const& row : rows) {
      auto const person = column == Column::proposed_by ? row.proposed_by : column == Column::reported_by ? row.reported_by : std::nullopt;
      if (person) people.push_back(*person);
    }
  if (people.empty() || !table.look.names) return {};
  return account::names_of(table.look.request.read(), people);
}

Value value_of(Table const& table, Row const& row, Column column, Names const& names) {
  auto const& look = table.look;
  auto const& say = look.say;
  switch (column) {
    case Column::day:
      return row.precision == "day" ? Value(row.day) : text(view::day_text(say, row.day, row.end_day, activity::precision_of(row.precision).value()));
    case Column::time: return text(view::hours(say, row.start_minutes, row.end_minutes));
    case Column::state: return say(work::state_name(row.the_state()));
    case Column::late: return text(late_text(look, row));
    case Column::region: return row.region ? place_name(table, row.region) : Value(say(activity::name(activity::reach_of(row.reach).value())));
    case Column::district: return place_name(table, row.district);
    case Column::village: return text(row.village);
    case Column::venue: return text(row.venue);
    case Column::kind: return text(view::kind_name(say, *look.known, row.kind));
    case Column::lead: return text(view::organisation_name(say, *look.known, row.lead));
    case Column::expected: return count(say, row.expected_low, row.expected_high);
    case Column::attendance: return count(say, row.attendance_low, row.attendance_high);
    case Column::due: {
      auto const due = activity::due(row.due_day);
      return due && (activity::happened(row.the_state()) || row.the_state() == State::approved) ? Value(*due) : Value();
    }
    case Column::moved_from: return row.moved_from_day ? Value(*row.moved_from_day) : Value();
    case Column::visibility: return say(work::seen_by(row.the_state(), row.visibility == "public"));
    case Column::proposed_by: return person_name(names, row.proposed_by);
    case Column::reported_by: return person_name(names, row.reported_by);
  }
  return {};
}

}  // namespace birge::board
