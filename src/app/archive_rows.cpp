#include "app/archive_rows.hpp"

#include <sodium.h>

#include <boost/json.hpp>
#include <cstdio>

#include "platform/base/encoding.hpp"
#include "platform/base/problem.hpp"

namespace birge::app {

namespace json = boost::json;

namespace {

[[noreturn]] void damaged(std::string const& table) {
  throw Problem(Failure::bad_input, message("The archive is damaged: a row of the table {} cannot be read.", table));
}

std::string read_bytes(json::value const& cell, std::string const& table) {
  auto const* text = cell.is_object() ? cell.get_object().if_contains("b") : nullptr;
  if (!text || !text->is_string()) damaged(table);
  auto bytes = from_base64(text->get_string());
  if (!bytes) damaged(table);
  return std::move(*bytes);
}

void read_value(db::Value& value, std::string& text, json::value const& cell, db::Value::Type type, std::string const& table) {
  if (cell.is_null()) return;
  value.type = type;
  switch (type) {
    case db::Value::Type::integer:
      if (!cell.is_int64()) damaged(table);
      value.integer = cell.get_int64();
      return;
    case db::Value::Type::real:
      if (!cell.is_number()) damaged(table);
      value.real = cell.to_number<double>();
      return;
    case db::Value::Type::bytes: text = read_bytes(cell, table); break;
    default:
      if (!cell.is_string()) damaged(table);
      text = std::string(cell.get_string());
  }
  value.text = text;
}

}  // namespace

std::string row_text(std::span<db::Value const> values) {
  json::array row;
  row.reserve(values.size());
  for (auto const& value : values) {
    switch (value.type) {
      case db::Value::Type::null: row.emplace_back(nullptr); break;
      case db::Value::Type::integer: row.emplace_back(value.integer); break;
      case db::Value::Type::real: row.emplace_back(value.real); break;
      case db::Value::Type::text: row.emplace_back(json::string_view(value.text)); break;
      case db::Value::Type::bytes: row.emplace_back(json::object{{"b", base64(value.text)}}); break;
    }
  }
  return json::serialize(row);
}

ReadRow read_row(db::Table const& table, std::string_view line) {
  json::error_code error;
  auto const parsed = json::parse(line, error);
  if (error || !parsed.is_array() || parsed.get_array().size() != table.columns.size()) damaged(table.name);
  ReadRow row;
  row.values.resize(table.columns.size());
  row.texts.resize(table.columns.size());
  for (std::size_t i = 0; i < row.values.size(); ++i)
    read_value(row.values[i], row.texts[i], parsed.get_array()[i], table.columns[i].type, table.name);
  return row;
}

void Checksum::add(std::string_view row) {
  std::array<std::uint64_t, 2> hash{};
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), sizeof hash, reinterpret_cast<unsigned char const*>(row.data()), row.size(),
                     nullptr, 0);
  sum_[0] += hash[0];
  sum_[1] += hash[1];
  ++rows_;
}

std::string Checksum::text() const {
  char buffer[33];
  std::snprintf(buffer, sizeof buffer, "%016llx%016llx", static_cast<unsigned long long>(sum_[0]), static_cast<unsigned long long>(sum_[1]));
  return buffer;
}

}  // namespace birge::app
