// The TOML files of a country pack: country.toml and the editions.

#include <toml++/toml.h>

#include "features/campaign/campaign_pack.hpp"
#include "platform/base/problem.hpp"

namespace birge::campaign {

namespace {

/// One TOML file; everything missing or of another type in it is a Problem that names it.
class File {
public:
  File(std::string name, std::string const& text) : name_(std::move(name)) {
    try {
      table_ = toml::parse(text);
    } catch (toml::parse_error const& error) {
      throw Problem(Failure::unprocessable, message("{}, line {}: this is no TOML.", name_, error.source().begin.line),
                    name_ + ": " + std::string(error.description()));
    }
  }

  toml::table const& table() const { return table_; }
  [[noreturn]] void refuse(std::string_view key) const {
    throw Problem(Failure::unprocessable, message("{}: “{}” is missing or not what belongs there.", name_, key));
  }

  template <class Type>
  Type value(toml::table const& in, std::string_view key) const {
    auto const value = in[key].value<Type>();
    if (!value) refuse(key);
    return *value;
  }
  std::int64_t positive(toml::table const& in, std::string_view key) const {
    auto const number = value<std::int64_t>(in, key);
    if (number < 0) refuse(key);
    return number;
  }
  std::optional<Day> maybe_day(toml::table const& in, std::string_view key) const {
    if (!in.contains(key)) return {};
    auto const date = in[key].value<toml::date>();
    auto const day = date ? Day::of(date->year, date->month, date->day) : std::nullopt;
    if (!day) refuse(key);
    return day;
  }
  Day day(toml::table const& in, std::string_view key) const {
    auto const day = maybe_day(in, key);
    if (!day) refuse(key);
    return *day;
  }
  std::vector<std::string> strings(std::string_view key) const {
    std::vector<std::string> list;
    auto const* const array = table_[key].as_array();
    if (!array) refuse(key);
    for (auto const& item : *array) {
      auto const text = item.value<std::string>();
      if (!text || text->empty()) refuse(key);
      list.push_back(*text);
    }
    return list;
  }
  /// A table of texts by language; empty where the file has none.
  std::map<std::string, std::string> texts(std::string_view key) const {
    std::map<std::string, std::string> texts;
    if (auto const* const in = table_[key].as_table())
      for (auto const& [language, text] : *in) texts[std::string(language.str())] = value<std::string>(*in, language.str());
    return texts;
  }
  template <class Take>
  void each(std::string_view key, Take&& take) const {
    if (!table_.contains(key)) return;
    auto const* const array = table_[key].as_array();
    if (!array) refuse(key);
    for (auto const& item : *array) {
      auto const* const in = item.as_table();
      if (!in) refuse(key);
      take(*in);
    }
  }

private:
  std::string name_;
  toml::table table_;
};

PackDates read_dates(File const& file, toml::table const& in) {
  PackDates dates;
  dates.version = static_cast<int>(file.positive(in, "version"));
  dates.preparation_from = file.day(in, "preparation_from");
  dates.campaign_from = file.day(in, "campaign_from");
  dates.campaign_until = file.day(in, "campaign_until");
  dates.closing_until = file.day(in, "closing_until");
  dates.conference_day = file.maybe_day(in, "conference_day");
  dates.reason = in["reason"].value_or(std::string());
  if (dates.campaign_from < dates.preparation_from) file.refuse("campaign_from");
  if (dates.campaign_until < dates.campaign_from) file.refuse("campaign_until");
  if (dates.closing_until < dates.campaign_until) file.refuse("closing_until");
  return dates;
}

PackFigure read_figure(File const& file, toml::table const& in) {
  PackFigure figure{file.value<std::string>(in, "measure"), file.positive(in, "low"), {}, file.value<std::string>(in, "source")};
  if (in.contains("high")) figure.high = file.positive(in, "high");
  if (figure.high && *figure.high < figure.low) file.refuse("high");
  return figure;
}

PackEdition read_edition(std::string slug, File const& file, std::map<std::string, std::string> const& settings) {
  PackEdition edition;
  edition.slug = std::move(slug);
  auto const& table = file.table();
  edition.year = static_cast<int>(file.positive(table, "year"));
  auto const number = [&](char const* key) { return table.contains(key) ? file.positive(table, key) : std::stoll(settings.at(key)); };
  edition.due_days = static_cast<int>(number("due_days"));
  edition.count_limit = number("count_limit");
  edition.audience_limit = number("audience_limit");
  file.each("dates", [&](toml::table const& in) { edition.dates.push_back(read_dates(file, in)); });
  if (edition.dates.empty()) file.refuse("dates");
  edition.names = file.texts("names");
  if (edition.names.empty()) file.refuse("names");
  edition.slogans = file.texts("slogan");
  edition.abouts = file.texts("about");
  for (auto const& [key, role] : {std::pair("leads", "lead"), {"partners", "partner"}, {"donors", "donor"}})
    if (table.contains(key))
      for (auto& organisation : file.strings(key)) edition.participants.push_back({std::move(organisation), role});
  file.each("stated", [&](toml::table const& in) { edition.figures.push_back(read_figure(file, in)); });
  return edition;
}

}  // namespace

void read_country(Pack& pack, PackFiles const& files) {
  File const country("country.toml", files.require("country.toml"));
  auto const& table = country.table();
  auto& settings = pack.settings;
  settings["country"] = country.value<std::string>(table, "code");
  for (auto const* const key : {"time_zone", "default_language"}) settings[key] = country.value<std::string>(table, key);
  for (auto const* const key : {"due_days", "count_limit", "audience_limit"}) settings[key] = std::to_string(country.positive(table, key));
  pack.languages = country.strings("languages");
  for (auto const& language : pack.languages) settings["languages"] += (settings["languages"].empty() ? "" : " ") + language;
  auto const names = country.texts("names");
  for (auto const& language : pack.languages) {
    if (!names.contains(language)) country.refuse("names");
    settings["country_name_" + language] = names.at(language);
  }
  if (!table.contains("editions")) return;
  for (auto const& slug : country.strings("editions")) {
    auto const name = "editions/" + slug + ".toml";
    pack.editions.push_back(read_edition(slug, File(name, files.require(name)), settings));
  }
}

}  // namespace birge::campaign
