#pragma once

#include <zip.h>

#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "platform/sheet/sheet.hpp"

/// For tests and fuzzing only: workbooks made by hand, one odd feature at a time.
namespace birge::sheet::testing {

using Parts = std::vector<std::pair<std::string, std::string>>;

/// The bytes of a ZIP archive of these parts; `password` encrypts them, `method` is ZIP_CM_DEFLATE or ZIP_CM_STORE.
inline std::string zipped(Parts const& parts, char const* password = nullptr, int method = ZIP_CM_DEFLATE) {
  zip_error_t error;
  zip_error_init(&error);
  auto* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  auto* const zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (zip == nullptr) throw std::runtime_error("no archive");
  zip_source_keep(target);
  for (auto const& [name, content] : parts) {
    auto const at = zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), ZIP_FL_OVERWRITE);
    if (at < 0) throw std::runtime_error("no part " + name);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), method, 1);
    if (password != nullptr) zip_file_set_encryption(zip, static_cast<zip_uint64_t>(at), ZIP_EM_AES_256, password);
  }
  if (zip_close(zip) != 0) throw std::runtime_error(zip_strerror(zip));
  zip_stat_t about;
  zip_source_stat(target, &about);
  std::string bytes(about.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

/// The parts of a workbook with one worksheet whose sheetData is given.
struct Workbook {
  std::string rows;        ///< inside sheetData
  std::string merged;      ///< the mergeCell elements
  std::string strings;     ///< the si elements
  std::string styles;      ///< inside styleSheet
  std::string properties;  ///< attributes of workbookPr
  std::string sheets = R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)";

  Parts parts() const {
    static std::string const head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    static std::string const space = R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
    static std::string const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    static std::string const relations = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    auto const relation = [&](char const* id, char const* kind, char const* target) {
      return std::string("<Relationship Id=\"") + id + "\" Type=\"" + type + kind + "\" Target=\"" + target + "\"/>";
    };
    Parts all{{"_rels/.rels", head + relations + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
              {"xl/workbook.xml",
               head + "<workbook" + space + " xmlns:r=\"" + type + "\"><workbookPr " + properties + "/><sheets>" + sheets + "</sheets></workbook>"},
              {"xl/_rels/workbook.xml.rels", head + relations + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                                 relation("rId2", "worksheet", "/xl/worksheets/sheet1.xml") + "</Relationships>"},
              {"xl/worksheets/sheet1.xml", head + "<worksheet" + space + "><sheetData>" + rows + "</sheetData>" +
                                               (merged.empty() ? "" : "<mergeCells>" + merged + "</mergeCells>") + "</worksheet>"}};
    if (!strings.empty()) all.emplace_back("xl/sharedStrings.xml", head + "<sst" + space + ">" + strings + "</sst>");
    if (!styles.empty()) all.emplace_back("xl/styles.xml", head + "<styleSheet" + space + ">" + styles + "</styleSheet>");
    return all;
  }
  std::string bytes() const { return zipped(parts()); }
};

inline std::vector<Row> rows_of(std::string bytes, std::size_t table = 0, Limits const& limits = {}) {
  std::vector<Row> rows;
  open_bytes(std::move(bytes), limits)->read(table, [&](Row const& row) {
    rows.push_back(row);
    return true;
  });
  return rows;
}

/// Only what is seen in the cells.
inline std::vector<std::vector<std::string>> texts_of(std::string bytes, std::size_t table = 0, Limits const& limits = {}) {
  std::vector<std::vector<std::string>> texts;
  for (auto const& row : rows_of(std::move(bytes), table, limits)) {
    texts.emplace_back();
    for (auto const& cell : row.cells) texts.back().push_back(cell.text);
  }
  return texts;
}

/// The sentence of the Problem with which reading all tables of these bytes ends; empty if there is none.
inline std::string refusal(std::string bytes, Limits const& limits = {}) {
  try {
    auto const book = open_bytes(std::move(bytes), limits);
    for (std::size_t table = 0; table < book->tables().size(); ++table) book->read(table, [](Row const&) { return true; });
  } catch (Problem const& problem) { return problem.shown.text; }
  return {};
}

}  // namespace birge::sheet::testing
