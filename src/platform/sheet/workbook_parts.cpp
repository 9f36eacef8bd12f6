#include "platform/sheet/workbook_parts.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "platform/base/text.hpp"
#include "platform/sheet/xml.hpp"

namespace birge::sheet {
namespace {

struct Relation {
  std::string type, target;
};
using Relations = std::map<std::string, Relation, std::less<>>;

/// A relation's target as a part's name: relative to the folder of the part it belongs to, or from the archive's root.
std::string part_name(std::string_view folder, std::string_view target) {
  std::string full(target.starts_with('/') ? target.substr(1) : target);
  if (!target.starts_with('/')) full = std::string(folder) + full;
  std::replace(full.begin(), full.end(), '\\', '/');
  std::vector<std::string_view> steps;
  for (auto const step : split(full, '/')) {
    if (step == ".." && !steps.empty()) steps.pop_back();
    else if (step != ".." && step != "." && !step.empty()) steps.push_back(step);
  }
  std::string name;
  for (auto const step : steps) name += (name.empty() ? "" : "/") + std::string(step);
  return name;
}

class RelationsHandler final : public XmlHandler {
public:
  explicit RelationsHandler(std::string_view folder) : folder_(folder) {}
  void start(std::string_view name, Attributes const& attributes) override {
    auto const id = attributes.find("Id"), type = attributes.find("Type"), target = attributes.find("Target");
    if (name != "Relationship" || !id || !type || !target) return;
    if (relations.size() >= 10'000) refuse_damaged("too many relations");
    relations[std::string(*id)] = {std::string(type->substr(type->rfind('/') + 1)), part_name(folder_, *target)};
  }
  void end(std::string_view) override {}
  Relations relations;

private:
  std::string_view folder_;
};

Relations relations_of(Archive& archive, std::string const& part) {
  auto const slash = part.rfind('/');
  auto const folder = slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
  auto const relations_part = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  if (!archive.has(relations_part)) return {};
  RelationsHandler handler(folder);
  read_xml(archive, relations_part, handler);
  return std::move(handler.relations);
}

class WorkbookHandler final : public XmlHandler {
public:
  struct Entry {
    Table table;
    std::string relation;
  };
  void start(std::string_view name, Attributes const& attributes) override {
    if (name == "workbookPr") {
      auto const value = attributes.find("date1904").value_or("0");
      from_1904 = value == "1" || value == "true";
    } else if (name == "sheet") {
      if (entries.size() >= 1'000) refuse_damaged("too many worksheets");
      auto const state = attributes.find("state").value_or("visible");
      entries.push_back({{clean_line(attributes.find("name").value_or("")), state == "hidden" || state == "veryHidden"},
                         std::string(attributes.find_prefixed("id").value_or(""))});
    }
  }
  void end(std::string_view) override {}
  std::vector<Entry> entries;
  bool from_1904 = false;
};

int number_of(std::optional<std::string_view> text) {
  int value = -1;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

/// The formats every program knows by number (ECMA-376 part 1, 18.8.30, with those of East Asian systems).
Shown shown_by_number(int format) {
  if ((format >= 14 && format <= 17) || (format >= 27 && format <= 31) || (format >= 34 && format <= 36) || (format >= 50 && format <= 58))
    return Shown::day;
  if (format == 22) return Shown::moment;
  if ((format >= 18 && format <= 21) || format == 32 || format == 33 || format == 45 || format == 47) return Shown::time;
  return format == 46 ? Shown::elapsed : Shown::number;
}

class StylesHandler final : public XmlHandler {
public:
  void start(std::string_view name, Attributes const& attributes) override {
    if (name == "numFmt") {
      formats_[number_of(attributes.find("numFmtId"))] = shown_by(attributes.find("formatCode").value_or(""));
    } else if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "xf" && in_cells_) {
      if (styles.size() >= 70'000) refuse_damaged("too many styles");
      auto const format = number_of(attributes.find("numFmtId"));
      auto const own = formats_.find(format);
      styles.push_back(own != formats_.end() ? own->second : shown_by_number(format));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") done = true;
  }
  std::vector<Shown> styles;

private:
  std::map<int, Shown> formats_;
  bool in_cells_ = false;
};

class StringsHandler final : public XmlHandler {
public:
  StringsHandler(SharedStrings& strings, Limits const& limits) : strings_(strings), limits_(limits) {}
  void start(std::string_view name, Attributes const&) override {
    if (name == "si") text_.clear();
    else if (name == "rPh") ++phonetic_;  // how a Japanese name is read, not what stands in the cell
    else if (name == "t") in_text_ = phonetic_ == 0;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    else if (name == "rPh") --phonetic_;
    else if (name == "si") keep();
  }
  void text(std::string_view text) override {
    if (!in_text_) return;
    text_ += text;
    check_cell_length(text_, limits_);
  }

private:
  void keep() {
    auto const text = unescaped(text_);
    bytes_ += text.size() + sizeof(std::uint32_t);
    if (bytes_ > limits_.text_bytes)
      throw Problem(Failure::too_large,
                    message("This workbook holds more than {} MB of text: split it into several workbooks.", limits_.text_bytes / (1024 * 1024)));
    strings_.add(text);
  }

  SharedStrings& strings_;
  Limits const& limits_;
  std::string text_;
  std::size_t bytes_ = 0;
  int phonetic_ = 0;
  bool in_text_ = false;
};

/// The workbook's main part, wherever the archive keeps it.
std::string main_part(Archive& archive) {
  if (archive.has("_rels/.rels"))
    for (auto const& [id, relation] : relations_of(archive, ""))
      if (relation.type == "officeDocument") return relation.target;
  return "xl/workbook.xml";
}

void refuse_other_archives(Archive& archive, std::string const& main) {
  if (archive.has("mimetype") && archive.beginning("mimetype", 100).find("opendocument") != std::string::npos)
    throw Problem(Failure::unsupported_type,
                  message("This file is of the OpenDocument format (.ods): open it in LibreOffice or Excel, save it as .xlsx and send that."));
  if (main.ends_with(".bin"))
    throw Problem(Failure::unsupported_type, message("This is a binary Excel workbook (.xlsb): open it in Excel, save it as .xlsx and send that."));
  if (!archive.has(main) || main.find("workbook") == std::string::npos)
    throw Problem(Failure::unsupported_type, message("This file is no Excel workbook: copy its table into Excel, save it as .xlsx and send that."),
                  main);
}

/// The part a relation of this type leads to, or the usual place; empty if the archive lacks it.
std::string part_of_type(Archive const& archive, Relations const& relations, std::string_view type, std::string const& usual) {
  for (auto const& [id, relation] : relations)
    if (relation.type == type && archive.has(relation.target)) return relation.target;
  return archive.has(usual) ? usual : std::string();
}

}  // namespace

void SharedStrings::add(std::string_view text) {
  all_ += text;
  ends_.push_back(static_cast<std::uint32_t>(all_.size()));
}

std::string_view SharedStrings::operator[](std::size_t index) const {
  std::size_t const start = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(all_).substr(start, ends_[index] - start);
}

void check_cell_length(std::string_view text, Limits const& limits) {
  if (text.size() <= limits.cell_characters) return;
  auto const characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(characters) <= limits.cell_characters) return;
  throw Problem(Failure::unprocessable,
                message("A cell of this workbook holds more than {} characters: shorten it and send the file again.", limits.cell_characters));
}

WorkbookParts read_workbook_parts(Archive& archive, Limits const& limits) {
  auto const main = main_part(archive);
  refuse_other_archives(archive, main);
  auto const folder = main.substr(0, main.rfind('/') + 1);
  auto const relations = relations_of(archive, main);
  WorkbookHandler workbook;
  read_xml(archive, main, workbook);
  WorkbookParts parts;
  parts.from_1904 = workbook.from_1904;
  for (auto& entry : workbook.entries) {
    auto const relation = relations.find(entry.relation);
    if (relation == relations.end() || relation->second.type != "worksheet") continue;  // a chart sheet holds no table
    parts.worksheets.push_back({std::move(entry.table), relation->second.target});
  }
  if (parts.worksheets.empty()) refuse_damaged("no worksheet");
  if (auto const part = part_of_type(archive, relations, "styles", folder + "styles.xml"); !part.empty()) {
    StylesHandler styles;
    read_xml(archive, part, styles);
    parts.styles = std::move(styles.styles);
  }
  if (auto const part = part_of_type(archive, relations, "sharedStrings", folder + "sharedStrings.xml"); !part.empty()) {
    parts.strings.reserve(std::min(archive.claimed_size(part), limits.text_bytes));
    StringsHandler strings(parts.strings, limits);
    read_xml(archive, part, strings);
  }
  return parts;
}

}  // namespace birge::sheet
