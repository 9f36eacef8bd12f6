#include "features/exchange/import_rows.hpp"

#include <algorithm>

#include "platform/base/private_data.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

struct TextLimits {
  static constexpr std::size_t title = 300, summary = 4000, venue = 300, id = 100;
};

/// 14.09.2018, which is never read in another way.
std::vector<std::string> written(std::vector<Day> const& days) {
  std::vector<std::string> list;
  for (auto const day : days) {
    auto const iso = day.iso();
    list.push_back(iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4));
  }
  return list;
}

bool uncomputed(sheet::Cell const& cell) { return cell.formula && cell.type == sheet::Cell::Type::empty; }

Message days(std::vector<Day> const& days) {
  if (days.size() == 2) return message("{} or {}", days[0], days[1]);
  if (days.size() == 1) return message("{}", days[0]);
  return {};
}

}  // namespace

ImportRow RowReader::read(Layout const& layout, std::size_t index, sheet::Row const& row) {
  layout_ = &layout;
  source_ = &row;
  row_ = {};
  row_.layout = index;
  row_.number = row.number;
  row_.activity.edition = context_.edition.id;
  report_formulas();
  read_id();
  read_texts();
  read_status();
  read_days();
  read_place();
  read_organisations();
  read_kind();
  read_codes(Column::topic, "topic", row_.activity.topics);
  read_codes(Column::audience_group, "audience", row_.activity.audiences);
  read_words();
  read_counts();
  return std::move(row_);
}

/// Programs that write workbooks without a spreadsheet leave formulas without their values; taken for empty, a count would be lost unseen.
void RowReader::report_formulas() {
  for (std::size_t i = 0; i < layout_->columns.size(); ++i) {
    auto const column = layout_->columns[i].heading.column;
    if (column == Column::unknown || column == Column::ignored || !uncomputed(cell(i))) continue;
    error("formula_without_value", i, message("There is a formula here whose value is not in the file."),
          message("Open the file in a spreadsheet program and save it there, or write the value itself."));
  }
}

std::string RowReader::name(OrganisationId id) const {
  if (id.value < 0) return new_organisations_[static_cast<std::size_t>(-1 - id.value)].name;
  return context_.organisations.name(id);
}

std::optional<std::size_t> RowReader::index_of(Column column) const {
  for (std::size_t i = 0; i < layout_->columns.size(); ++i)
    if (layout_->columns[i].heading.column == column) return i;
  return std::nullopt;
}

sheet::Cell const& RowReader::cell(std::size_t index) const {
  static sheet::Cell const empty;
  auto const& own = index < source_->cells.size() ? source_->cells[index] : empty;
  if (own.type != sheet::Cell::Type::empty || own.formula || index >= layout_->columns.size()) return own;
  auto const& named = layout_->columns[index].named;
  return named.has_value() && *named < source_->cells.size() ? source_->cells[*named] : own;
}

std::string RowReader::text(Column column) const {
  std::string joined;
  for (std::size_t i = 0; i < layout_->columns.size(); ++i) {
    if (layout_->columns[i].heading.column != column) continue;
    auto const part = cell_text(cell(i));
    if (part.empty()) continue;
    if (!joined.empty()) joined += "; ";
    joined += part;
    if (!repeatable(column)) break;
  }
  return joined;
}

void RowReader::add_finding(Finding::Severity severity, std::string_view code, std::optional<std::size_t> column, Message expected,
                            Message suggestion, std::vector<std::string> choices, std::string_view name) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.sheet = layout_->sheet;
  finding.row = row_.number;
  if (column) {
    finding.column = column_name(*layout_, *column);
    if (code != "personal_number") finding.read = shortened(cell_text(cell(*column)), 100);  // that is repeated nowhere
  }
  finding.expected = std::move(expected);
  finding.suggestion = std::move(suggestion);
  finding.choices = std::move(choices);
  finding.name = name;
  findings_.add(std::move(finding));
}

void RowReader::error(std::string_view code, std::optional<std::size_t> column, Message expected, Message suggestion,
                      std::vector<std::string> choices, std::string_view name) {
  row_.fate = Fate::block;
  // That the whole sheet has no such column is said once, and a formula without a value was told already.
  if (code.ends_with("_missing") && (!column || uncomputed(cell(*column)))) return;
  add_finding(Finding::Severity::error, code, column, std::move(expected), std::move(suggestion), std::move(choices), name);
}

void RowReader::note(std::string_view code, std::optional<std::size_t> column, Message expected, Message suggestion) {
  add_finding(Finding::Severity::note, code, column, std::move(expected), std::move(suggestion));
}

void RowReader::warn(std::string_view code, std::string_view field, std::optional<std::size_t> column, std::string detail, Message suggestion) {
  activity::Warning warning{std::string(code), std::string(field), std::move(detail)};
  add_finding(Finding::Severity::warning, code, column, activity::warning_text(warning), std::move(suggestion));
  row_.activity.warnings.push_back(std::move(warning));
}

/// A text of one line or more within its limit; a longer one is an error, never cut.
std::string RowReader::limited(Column column, std::size_t limit, std::string_view field) {
  auto const index = index_of(column);
  if (!index) return {};
  auto value = cell_text(cell(*index));
  if (value.size() > limit && length(value) > limit)
    error("text_too_long", index, message("At most {} characters.", limit), message("Shorten the text."));
  look_for_private_data(value, field, *index);
  return value;
}

void RowReader::look_for_private_data(std::string_view text, std::string_view field, std::size_t column) {
  if (text.empty()) return;
  for (auto const& code : private_data_in(text)) {
    if (field == "contact" && code != "personal_number") continue;
    warn(code, field, column, {});
  }
}

void RowReader::read_id() {
  auto const id = limited(Column::id, TextLimits::id, "id");
  if (!id.empty()) row_.activity.external_id = id;
}

void RowReader::read_texts() {
  auto& activity = row_.activity;
  struct Text {
    std::size_t column;
    std::string value;
  };
  std::map<std::string, std::map<Column, Text>> by_language;  // "" where the header names none
  for (std::size_t i = 0; i < layout_->columns.size(); ++i) {
    auto const& heading = layout_->columns[i].heading;
    auto const limit = heading.column == Column::title     ? TextLimits::title
                       : heading.column == Column::summary ? TextLimits::summary
                       : heading.column == Column::venue   ? TextLimits::venue
                                                           : 0;
    if (limit == 0) continue;
    auto value = heading.column == Column::summary && cell(i).type == sheet::Cell::Type::text ? clean_text(cell(i).text) : cell_text(cell(i));
    if (value.empty()) continue;
    if (value.size() > limit && length(value) > limit)
      error("text_too_long", i, message("At most {} characters.", limit), message("Shorten the text."));
    look_for_private_data(value, heading.column == Column::title ? "title" : heading.column == Column::summary ? "summary" : "venue", i);
    by_language[heading.language].emplace(heading.column, Text{i, std::move(value)});
  }
  if (auto const untagged = by_language.find(""); untagged != by_language.end()) {
    std::string all;
    for (auto const& [column, text] : untagged->second) all += text.value + " ";
    bool const titled = untagged->second.contains(Column::title);
    // A venue or summary without a language goes with the only title there is.
    auto const tagged_title =
        std::ranges::find_if(by_language, [](auto const& entry) { return !entry.first.empty() && entry.second.contains(Column::title); });
    row_.untagged_language =
        !titled && tagged_title != by_language.end() ? tagged_title->first : std::string(code(language_of_text(all, context_.options.language)));
    auto texts = std::move(untagged->second);
    by_language.erase(untagged);
    for (auto& [column, text] : texts) by_language[row_.untagged_language].try_emplace(column, std::move(text));
    if (titled) activity.original = row_.untagged_language;
  }
  bool titled = false;
  for (auto& [language, texts] : by_language) {
    activity::Text text;
    for (auto& [column, value] : texts) (column == Column::title ? text.title : column == Column::summary ? text.summary : text.venue) = value.value;
    if (text.title.empty()) continue;
    if (!titled && row_.untagged_language.empty()) activity.original = language;
    titled = true;
    activity.texts[language] = std::move(text);
  }
  if (!titled) error("title_missing", index_of(Column::title), message("A title: what the activity is called."));
  else if (!activity.texts.contains(activity.original)) activity.original = activity.texts.begin()->first;
}

void RowReader::read_status() {
  auto const index = index_of(Column::status);
  if (!index) return;
  auto const text = cell_text(cell(*index));
  if (text.empty()) return;
  auto const status = status_of(text);
  if (!status)
    return error("unknown_status", index, message("One of: planned, held, cancelled, moved to (a date)."),
                 message("Write one of these words or leave the cell empty."));
  row_.status = status->word;
}

void RowReader::report_days(Dates const& dates, std::size_t column) {
  using Problem = Dates::Problem;
  auto const example = message("For instance {}.", "14.09.2018");
  switch (dates.problem) {
    case Problem::none:
    case Problem::empty: return;
    case Problem::unreadable:
      return error("unreadable_date", column, message("A date or a range of days; several separate days need a row each."), example);
    case Problem::impossible: return error("impossible_date", column, message("There is no such day."), example);
    case Problem::ambiguous:
      return error("ambiguous_date", column, message("This date can be read in two ways."),
                   message("Write it with dots, day first, with the year: {}.", days(dates.candidates)), written(dates.candidates));
    case Problem::no_year:
      return error("year_missing", column, message("The year is missing and the dates of the edition do not tell which one it is."), example);
    case Problem::no_day: return error("day_missing", column, message("The day is missing."), example);
    case Problem::backwards: return error("end_before_start", column, message("The end is before the start."));
  }
}

void RowReader::read_days() {
  auto& activity = row_.activity;
  auto const index = index_of(Column::day);
  Span const span{context_.edition.preparation_from, context_.edition.closing_until};
  if (!index) return error("date_missing", {}, message("The date is missing."));
  auto dates = read_dates(cell(*index), span);
  if (dates.problem == Dates::Problem::empty) return error("date_missing", index, message("The date is missing."));
  if (dates.problem != Dates::Problem::none) return report_days(dates, *index);
  if (auto const end = index_of(Column::end_day); end && !cell_text(cell(*end)).empty()) {
    auto const last = read_dates(cell(*end), {dates.day, span.until});
    report_days(last, *end);
    if (last.problem == Dates::Problem::none && last.end < dates.day) error("end_before_start", end, message("The end is before the start."));
    if (last.problem == Dates::Problem::none && last.precision == activity::Precision::day) dates.end = last.end;
  }
  activity.day = dates.day;
  activity.end_day = dates.end;
  activity.precision = dates.precision;
  read_moved(dates);
  if (activity.precision == activity::Precision::month) warn("only_month", "day", index, activity.day.iso().substr(0, 7));
  if (activity.day < span.from || activity.day > span.until) warn("outside_edition", "day", index, activity.day.iso());
  read_clock(dates);
}

/// The new day stands in a column of its own or behind the word in the status.
void RowReader::read_moved(Dates const& dates) {
  auto& activity = row_.activity;
  auto index = index_of(Column::moved_to);
  Span const span{context_.edition.preparation_from, context_.edition.closing_until};
  Dates moved;
  moved.problem = Dates::Problem::empty;
  if (index) moved = read_dates(cell(*index), span);
  if (moved.problem == Dates::Problem::empty && row_.status == Status::Word::moved) {
    auto const status_index = index_of(Column::status);
    auto const status = status_of(cell_text(cell(*status_index)));
    if (status && !status->rest.empty()) moved = read_dates(status->rest, span), index = status_index;
    if (moved.problem == Dates::Problem::empty) {
      auto const own = index_of(Column::moved_to);
      return error("moved_without_day", own ? own : status_index, message("The day it is moved to is missing."),
                   own ? message("Fill in the column “{}”.", layout_->columns[*own].header) : message("Write “moved to” and the new date."));
    }
  }
  if (moved.problem == Dates::Problem::empty) return;
  if (moved.problem != Dates::Problem::none) return report_days(moved, *index);
  if (!row_.status) row_.status = Status::Word::moved;
  if (moved.day == dates.day) return;
  row_.old_day = dates.day;
  activity.moved_from_day = dates.day;
  activity.day = moved.day;
  activity.end_day = moved.end > moved.day ? moved.end : moved.day.plus(days_between(dates.day, dates.end));
  activity.precision = moved.precision;
}

void RowReader::read_clock(Dates const& dates) {
  auto& activity = row_.activity;
  activity.start_minutes = dates.start_minutes;
  activity.end_minutes = dates.end_minutes;
  for (auto const column : {Column::time, Column::start_time, Column::end_time}) {
    auto const index = index_of(column);
    if (!index) continue;
    auto const times = read_times(cell(*index));
    using Problem = Times::Problem;
    if (times.problem == Problem::unreadable)
      error("unreadable_time", index, message("A time of day, or from when to when."), message("For instance {}.", "10:00-12:00"));
    if (times.problem == Problem::ambiguous)
      error("ambiguous_time", index, message("This time can be read in two ways."), message("For instance {}.", "10:00-12:00"));
    if (times.problem == Problem::backwards) error("end_before_start", index, message("The end is before the start."));
    if (times.problem != Problem::none) continue;
    if (column == Column::end_time) activity.end_minutes = times.start;
    else activity.start_minutes = times.start;
    if (times.end) activity.end_minutes = times.end;
  }
  if (activity.day == activity.end_day && activity.start_minutes && activity.end_minutes && *activity.end_minutes < *activity.start_minutes)
    error("end_before_start", index_of(Column::end_time), message("The end is before the start."));
}

}  // namespace birge::exchange
