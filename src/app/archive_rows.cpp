#include "app/archive_rows.hpp"

#include <sodium.h>

#include <boost/json.hpp>
#include <cstdio>

#include "platform/base/problem.hpp"

namespace birge::app {

namespace json = boost::json;

namespace {

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

[[noreturn]] void damaged(std::string const& table) {
  throw Problem(Failure::bad_input, message("The archive is damaged: a row of the table {} cannot be read.", table));
}

std::string from_base64(std::string_view text, std::string const& table) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    damaged(table);
  bytes.resize(length);
  return bytes;
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
    case db::Value::Type::bytes:
      if (!cell.is_object() || !cell.get_object().contains("b")) damaged(table);
      text = from_base64(cell.get_object().at("b").as_string(), table);
      break;
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
