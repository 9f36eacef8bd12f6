// The CSV files of a country pack that are about campaigns.

#include <algorithm>
#include <array>
#include <set>

#include "features/campaign/campaign_pack.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/sheet/records.hpp"

namespace birge::campaign {

namespace {

using sheet::Record;
using sheet::Records;

[[noreturn]] void refuse(Records const& table, Record const& row, std::string_view what) {
  throw Problem(Failure::unprocessable, message("{}, row {}: “{}” cannot stand there.", table.name(), row.row(), what));
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> allowed) { return std::ranges::find(allowed, text) != allowed.end(); }

std::vector<std::string> aliases_in(std::string const& cell) {
  std::vector<std::string> aliases;
  for (auto const alias : split(cell, '|'))
    if (!trim(alias).empty()) aliases.emplace_back(trim(alias));
  return aliases;
}

PackCode read_code(Records const& table, Record const& row, std::vector<std::string> const& languages) {
  PackCode result;
  auto& code = result.code;
  code.list = row["list"];
  code.code = row["code"];
  code.icon = row["icon"];
  if (!one_of(code.list, {"kind", "topic", "audience", "age_band"})) refuse(table, row, code.list);
  bool const plain = std::ranges::none_of(code.code, [](unsigned char c) { return c < 0x20 || c == 0x7f; });  // it stands in lines of text
  if (code.code.empty() || !plain || code.icon.empty()) refuse(table, row, code.code);
  code.sensitive = row.flag("sensitive");
  code.broadcast = row.flag("broadcast");
  if (auto const age = row.maybe_integer("low_age")) code.low_age = static_cast<int>(*age);
  if (auto const age = row.maybe_integer("high_age")) code.high_age = static_cast<int>(*age);
  if ((code.list == "age_band") != code.low_age.has_value()) refuse(table, row, row["low_age"]);
  std::set<std::string> folded{fold(code.code)};
  for (auto const& language : languages) {
    auto const& name = row["name_" + language];
    if (name.empty()) refuse(table, row, name);
    code.names[language] = name;
    folded.insert(fold(name));
  }
  for (auto const& alias : aliases_in(row["aliases"])) folded.insert(fold(alias));
  folded.erase("");
  result.aliases.assign(folded.begin(), folded.end());
  return result;
}

void read_codes(Pack& pack, PackFiles const& files) {
  Records const table("codes.csv", files.require("codes.csv"));
  std::set<std::pair<std::string, std::string>> taken, codes;
  std::map<std::string, int> positions;
  for (auto const& row : table) {
    auto read = read_code(table, row, pack.languages);
    read.code.position = ++positions[read.code.list];
    if (!codes.emplace(read.code.list, read.code.code).second) refuse(table, row, read.code.code);
    // A spelling that means two codes would let the order of the rows decide.
    for (auto const& alias : read.aliases)
      if (!taken.emplace(read.code.list, alias).second) refuse(table, row, alias);
    pack.codes.push_back(std::move(read));
  }
}

void read_contacts(Pack& pack, PackFiles const& files) {
  Records const table("contacts.csv", files.require("contacts.csv"));
  for (auto const& row : table) {
    Contact contact;
    contact.code = row["code"];
    contact.number = row["number"];
    contact.purpose = row["purpose"];
    contact.source = row["source"];
    contact.source_day = row["source_day"];
    contact.confidence = row["confidence"];
    if (contact.code.empty() || contact.number.empty()) refuse(table, row, contact.code);
    if (!one_of(contact.purpose, {"hotline", "emergency", "helpline"})) refuse(table, row, contact.purpose);
    // A number nobody is sure of does harm: it is not shown, so it does not belong in a pack.
    if (!one_of(contact.confidence, {"high", "medium"})) refuse(table, row, contact.confidence);
    if (contact.source.empty() || contact.source_day.empty()) refuse(table, row, contact.source);
    for (auto const& language : pack.languages) {
      auto const& name = row["name_" + language];
      if (name.empty()) refuse(table, row, name);
      contact.texts[language] = {name, row["note_" + language]};
    }
    pack.contacts.push_back(std::move(contact));
  }
}

void read_organisations(Pack& pack, PackFiles const& files) {
  Records const table("organisations.csv", files.require("organisations.csv"));
  for (auto const& row : table) {
    PackOrganisation read;
    auto& organisation = read.organisation;
    organisation.slug = row["slug"];
    organisation.kind = row["kind"];
    organisation.website = row["website"];
    organisation.original = row["original"];
    for (auto const& language : pack.languages) {
      if (auto const name = row.maybe("name_" + language)) organisation.names[language] = *name;
      if (auto const name = row.maybe("short_" + language)) organisation.short_names[language] = *name;
    }
    if (organisation.slug.empty() || organisation.slug != slug(organisation.slug)) refuse(table, row, organisation.slug);
    if (!organisation.names.contains(organisation.original)) refuse(table, row, organisation.original);
    read.region = row["region"];
    read.aliases = aliases_in(row["aliases"]);
    pack.organisations.push_back(std::move(read));
  }
}

void read_sources(Pack& pack, PackFiles const& files) {
  Records const table("editions/sources.csv", files.require("editions/sources.csv"));
  for (auto const& row : table) {
    if (row["key"].empty() || row["title"].empty()) refuse(table, row, row["key"]);
    pack.sources.push_back({row["key"], row["title"], row["address"], row["licence"], row["dated"], row["note"]});
  }
}

/// What editions name must be in the tables.
void check_references(Pack const& pack) {
  std::set<std::string> organisations, sources;
  for (auto const& read : pack.organisations) organisations.insert(read.organisation.slug);
  for (auto const& source : pack.sources) sources.insert(source.key);
  auto const refuse = [](PackEdition const& edition, std::string const& what) {
    throw Problem(Failure::unprocessable, message("editions/{}.toml names “{}”, which the pack does not have.", edition.slug, what));
  };
  for (auto const& edition : pack.editions) {
    for (auto const& participant : edition.participants)
      if (!organisations.contains(participant.organisation)) refuse(edition, participant.organisation);
    for (auto const& figure : edition.figures)
      if (!sources.contains(figure.source)) refuse(edition, figure.source);
  }
}

}  // namespace

void read_tables(Pack& pack, PackFiles const& files) {
  read_codes(pack, files);
  read_contacts(pack, files);
  if (pack.editions.empty()) return;  // a pack for a country whose campaigns are not documented
  read_organisations(pack, files);
  read_sources(pack, files);
  check_references(pack);
}

Pack read_pack(PackFiles const& files) {
  Pack pack;
  read_country(pack, files);
  read_tables(pack, files);
  return pack;
}

}  // namespace birge::campaign
