#include "features/intake/intake_preview.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "features/intake/intake_json.hpp"
#include "platform/base/text.hpp"

namespace birge::intake {

namespace json = boost::json;
using exchange::Fate;
using exchange::Finding;

namespace {

constexpr std::size_t shown_characters = 160;  // of a cell nobody has to correct

/// "C Дата" is column 2.
std::optional<std::size_t> column_of(std::string_view name) {
  std::size_t column = 0, letters = 0;
  for (; letters < name.size() && name[letters] >= 'A' && name[letters] <= 'Z'; ++letters)
    column = column * 26 + static_cast<std::size_t>(name[letters] - 'A' + 1);
  return letters == 0 ? std::nullopt : std::optional(column - 1);
}

bool about_people(std::string_view code) { return code == "phone_number" || code == "personal_number" || code == "email"; }

Remark remark_of(Finding const& finding) {
  return {finding.severity,   finding.code,    finding.sheet, finding.row, column_of(finding.column), finding.read, finding.expected,
          finding.suggestion, finding.choices, finding.name,  finding.near};
}

json::array strings(std::vector<std::string> const& list) { return json::array(list.begin(), list.end()); }

std::vector<std::string> strings_of(json::value const& value) {
  std::vector<std::string> list;
  for (auto const& each : value.as_array()) list.emplace_back(each.as_string());
  return list;
}

json::object json_of(Remark const& remark) {
  json::object object{{"s", static_cast<int>(remark.severity)}, {"c", remark.code}, {"e", intake::json_of(remark.expected)}};
  if (!remark.sheet.empty()) object["t"] = remark.sheet;
  if (remark.row != 0) object["n"] = remark.row;
  if (remark.column) object["k"] = static_cast<std::int64_t>(*remark.column);
  if (!remark.read.empty()) object["r"] = remark.read;
  if (!remark.suggestion.empty()) object["g"] = intake::json_of(remark.suggestion);
  if (!remark.choices.empty()) object["o"] = strings(remark.choices);
  if (!remark.name.empty()) object["m"] = remark.name;
  if (remark.near) object["a"] = remark.near.value;
  return object;
}

Remark remark_of(json::object const& object) {
  Remark remark;
  remark.severity = static_cast<Finding::Severity>(object.at("s").as_int64());
  remark.code = object.at("c").as_string();
  remark.expected = message_of(object.at("e"));
  if (auto const* sheet = object.if_contains("t")) remark.sheet = sheet->as_string();
  if (auto const* row = object.if_contains("n")) remark.row = static_cast<int>(row->as_int64());
  if (auto const* column = object.if_contains("k")) remark.column = static_cast<std::size_t>(column->as_int64());
  if (auto const* read = object.if_contains("r")) remark.read = read->as_string();
  if (auto const* suggestion = object.if_contains("g")) remark.suggestion = message_of(*suggestion);
  if (auto const* choices = object.if_contains("o")) remark.choices = strings_of(*choices);
  if (auto const* name = object.if_contains("m")) remark.name = name->as_string();
  if (auto const* near = object.if_contains("a")) remark.near = {near->as_int64()};
  return remark;
}

json::object json_of(exchange::SeenTable const& table) {
  json::array understood;
  for (bool const column : table.understood) understood.emplace_back(column);
  return json::object{{"table", static_cast<std::int64_t>(table.table)},
                      {"sheet", table.sheet},
                      {"header_row", table.header_row},
                      {"headers", strings(table.headers)},
                      {"understood", std::move(understood)}};
}

exchange::SeenTable table_of(json::object const& object) {
  exchange::SeenTable table;
  table.table = static_cast<std::size_t>(object.at("table").as_int64());
  table.sheet = object.at("sheet").as_string();
  table.header_row = static_cast<int>(object.at("header_row").as_int64());
  table.headers = strings_of(object.at("headers"));
  for (auto const& column : object.at("understood").as_array()) table.understood.push_back(column.as_bool());
  return table;
}

std::string text_of(Preview const& preview) {
  json::array tables, unknown, of_file, marks;
  for (auto const& table : preview.tables) tables.emplace_back(json_of(table));
  for (auto const& each : preview.unknown)
    unknown.emplace_back(json::object{{"name", each.name}, {"choices", strings(each.choices)}, {"rows", each.rows}});
  for (auto const& remark : preview.of_file) of_file.emplace_back(json_of(remark));
  for (auto const& mark : preview.marks) {
    marks.emplace_back(mark.offset);
    marks.emplace_back(static_cast<int>(mark.fate) * 2 + (mark.problem ? 1 : 0));
  }
  return json::serialize(json::object{{"read_as", intake::json_of(preview.understood)},
                                      {"tables", std::move(tables)},
                                      {"unknown_columns", strings(preview.unknown_columns)},
                                      {"new_organisations", strings(preview.new_organisations)},
                                      {"unknown", std::move(unknown)},
                                      {"of_file", std::move(of_file)},
                                      {"marks", std::move(marks)},
                                      {"private_rows", preview.private_rows},
                                      {"left_out", preview.left_out},
                                      {"said", preview.said}});
}

/// The organisations nobody knows, of all findings.
std::vector<Unknown> unknown_in(std::vector<Finding> const& findings) {
  std::vector<Unknown> list;
  std::unordered_map<std::string, std::size_t> known;
  for (auto const& finding : findings) {
    if (finding.name.empty()) continue;
    auto const [found, is_new] = known.emplace(finding.name, list.size());
    if (is_new) list.push_back({finding.name, finding.choices, 0});
    ++list[found->second].rows;
  }
  std::ranges::stable_sort(list, std::greater(), &Unknown::rows);
  return list;
}

}  // namespace

exchange::SeenTable const* Preview::table(std::size_t index) const {
  auto const found = std::ranges::find(tables, index, &exchange::SeenTable::table);
  return found == tables.end() ? nullptr : &*found;
}

PreviewWriter::PreviewWriter(Files const& files, RunId run) : files_(files), run_(run), rows_path_(files.path(run, Files::What::rows)) {
  files_.save(run_, Files::What::rows, {});  // with its folder and its permissions
}

exchange::Watcher PreviewWriter::watcher() {
  exchange::Watcher watcher;
  watcher.table = [this](exchange::SeenTable const& table) {
    if (std::exchange(fresh_, false)) {  // the first one of an attempt
      rows_.close();
      rows_.open(rows_path_, std::ios::binary | std::ios::trunc);
      offset_ = 0;
      preview_ = {};
    }
    preview_.tables.push_back(table);
  };
  watcher.decided = [this](exchange::Outcome const&) { fresh_ = true; };
  watcher.row = [this](exchange::SeenRow const& row, std::vector<Finding const*> const& findings) { add(row, findings); };
  return watcher;
}

void PreviewWriter::add(exchange::SeenRow const& row, std::vector<Finding const*> const& findings) {
  Mark mark{offset_, row.fate, false};
  json::array remarks, cells;
  std::set<std::size_t> whole;
  bool personal = false;
  for (auto const* finding : findings) {
    auto const remark = remark_of(*finding);
    remarks.emplace_back(json_of(remark));
    mark.problem |= remark.severity != Finding::Severity::note;
    personal |= about_people(remark.code);
    if (remark.column) whole.insert(*remark.column);
  }
  // A number of a person is repeated nowhere but in the file, which its owner has; what they type over it comes from them.
  for (std::size_t i = 0; i < row.cells.size(); ++i) cells.emplace_back(whole.contains(i) ? row.cells[i] : shortened(row.cells[i], shown_characters));
  auto const line = json::serialize(json::object{{"t", static_cast<std::int64_t>(row.table)},
                                                 {"n", row.number},
                                                 {"f", static_cast<int>(row.fate)},
                                                 {"c", std::move(cells)},
                                                 {"r", std::move(remarks)}}) +
                    "\n";
  rows_ << line;
  offset_ += static_cast<std::int64_t>(line.size());
  preview_.marks.push_back(mark);
  preview_.private_rows += personal;
}

Preview const& PreviewWriter::finish(exchange::Outcome const& outcome, std::string said) {
  rows_.close();
  if (!rows_)
    throw Problem(Failure::internal,
                  message("The file could not be kept: the disk of the server is full or cannot be written to. Nothing was changed."),
                  "cannot write a preview");
  preview_.understood = outcome.understood;
  preview_.unknown_columns = outcome.unknown_columns;
  preview_.new_organisations = outcome.new_organisations;
  preview_.unknown = unknown_in(outcome.findings);
  preview_.left_out = outcome.findings_left_out;
  preview_.said = std::move(said);
  std::set<std::pair<std::string, int>> headers;
  for (auto const& table : preview_.tables) headers.emplace(table.sheet, table.header_row);
  for (auto const& finding : outcome.findings)
    // That the edition is closed the page says of itself, as it is when somebody looks.
    if (bool const of_edition = finding.row == 0 && finding.code == exchange::closed_edition;
        !of_edition && (finding.row == 0 || headers.contains({finding.sheet, finding.row})))
      preview_.of_file.push_back(remark_of(finding));
  files_.save(run_, Files::What::head, text_of(preview_));
  return preview_;
}

std::optional<Preview> read_preview(Files const& files, RunId run) {
  auto const text = files.read(run, Files::What::head);
  if (!text) return std::nullopt;
  auto const value = json::parse(json::string_view(*text));
  auto const& object = value.as_object();
  Preview preview;
  if (auto const* read_as = object.if_contains("read_as")) preview.understood = message_of(*read_as);
  for (auto const& table : object.at("tables").as_array()) preview.tables.push_back(table_of(table.as_object()));
  preview.unknown_columns = strings_of(object.at("unknown_columns"));
  preview.new_organisations = strings_of(object.at("new_organisations"));
  for (auto const& each : object.at("unknown").as_array()) {
    auto const& unknown = each.as_object();
    preview.unknown.push_back(
        {std::string(unknown.at("name").as_string()), strings_of(unknown.at("choices")), static_cast<int>(unknown.at("rows").as_int64())});
  }
  for (auto const& each : object.at("of_file").as_array()) preview.of_file.push_back(remark_of(each.as_object()));
  auto const& marks = object.at("marks").as_array();
  for (std::size_t i = 0; i + 1 < marks.size(); i += 2) {
    auto const bits = marks[i + 1].as_int64();
    preview.marks.push_back({marks[i].as_int64(), static_cast<Fate>(bits / 2), bits % 2 == 1});
  }
  preview.private_rows = static_cast<int>(object.at("private_rows").as_int64());
  preview.left_out = static_cast<int>(object.at("left_out").as_int64());
  if (auto const* said = object.if_contains("said")) preview.said = said->as_string();
  return preview;
}

std::vector<PreviewRow> read_rows(Files const& files, RunId run, std::vector<Mark> const& marks) {
  std::vector<PreviewRow> rows;
  std::ifstream file(files.path(run, Files::What::rows), std::ios::binary);
  std::string line;
  for (auto const& mark : marks) {
    file.seekg(mark.offset);
    if (!std::getline(file, line)) break;
    auto const value = json::parse(json::string_view(line));
    auto const& object = value.as_object();
    PreviewRow row;
    row.table = static_cast<std::size_t>(object.at("t").as_int64());
    row.number = static_cast<int>(object.at("n").as_int64());
    row.fate = static_cast<Fate>(object.at("f").as_int64());
    row.cells = strings_of(object.at("c"));
    for (auto const& remark : object.at("r").as_array()) row.remarks.push_back(remark_of(remark.as_object()));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace birge::intake
