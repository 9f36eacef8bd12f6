#include "features/report/report_texts_store.hpp"

#include "platform/base/problem.hpp"

namespace birge::report {

namespace {

std::optional<Section> section_of(std::string_view code) {
  for (auto const section : sections)
    if (id(section) == code) return section;
  return std::nullopt;
}

}  // namespace

StoredText stored_text(db::Reader& read, campaign::EditionId edition, Section section, Language language) {
  return read
      .maybe<StoredText>("select version, markdown, changed, changed_by from report_text where edition = $1 and section = $2 and language = $3",
                         edition, id(section), code(language))
      .value_or(StoredText{});
}

std::map<std::pair<Section, std::string>, StoredText> stored_list(db::Reader& read, campaign::EditionId edition) {
  struct Row {
    std::string section, language;
    int version;
    std::string markdown;
    Instant changed;
    account::PersonId changed_by;
  };
  std::map<std::pair<Section, std::string>, StoredText> list;
  read.each<Row>(
      "select section, language, version, markdown, changed, changed_by from report_text where edition = $1 and markdown <> ''",
      [&](Row&& row) {
        if (auto const section = section_of(row.section))
          list[{*section, std::move(row.language)}] = {row.version, std::move(row.markdown), row.changed, row.changed_by};
      },
      edition);
  return list;
}

Texts stored_texts(db::Reader& read, campaign::EditionId edition) {
  Texts texts;
  for (auto& [key, text] : stored_list(read, edition))
    if (auto const language = language_of(key.second)) texts.set(key.first, *language, text.markdown);
  return texts;
}

void save_text(db::Tx& tx, campaign::EditionId edition, Section section, Language language, int version, std::string_view markdown,
               account::PersonId person, Instant now) {
  auto const stored =
      version == 0 ? tx.run(
                         "insert into report_text (edition, section, language, version, markdown, changed, changed_by) values ($1, $2, $3, 1, $4,"
                         " $5, $6) on conflict (edition, section, language) do nothing",
                         edition, id(section), code(language), markdown, now, person)
                   : tx.run(
                         "update report_text set version = version + 1, markdown = $5, changed = $6, changed_by = $7 where edition = $1 and"
                         " section = $2 and language = $3 and version = $4",
                         edition, id(section), code(language), version, markdown, now, person);
  if (stored != 1) throw Problem(Failure::conflict, message("Somebody else changed this text meanwhile."));
}

}  // namespace birge::report
