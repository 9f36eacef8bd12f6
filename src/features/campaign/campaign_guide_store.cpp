#include <algorithm>

#include "features/campaign/campaign_guide.hpp"
#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"
#include "platform/db/version.hpp"

namespace birge::campaign {

namespace {

/// In their order.
std::vector<GuideLine> stored(db::Reader& read) {
  struct Row {
    std::string part, code, source;
  };
  struct Text {
    std::string line, language, text;
  };
  std::vector<GuideLine> lines;
  read.each<Row>("select part, code, source from guide_line order by position", [&](Row&& row) {
    lines.push_back({std::move(row.part), std::move(row.code), std::move(row.source), {}});
  });
  read.each<Text>("select line, language, text from guide_line_text", [&](Text&& row) {
    auto const line = std::ranges::find(lines, row.line, &GuideLine::code);
    if (line != lines.end()) line->texts[row.language] = std::move(row.text);
  });
  return lines;
}

void remove(db::Tx& tx, std::string const& line) {
  tx.run("delete from guide_check where line = $1", line);
  tx.run("delete from guide_line_text where line = $1", line);
  tx.run("delete from guide_line where code = $1", line);
}

void add(db::Tx& tx, GuideLine const& line, int position) {
  tx.put("insert into guide_line (code, part, position, source) values ($1, $2, $3, $4)", line.code, line.part, position, line.source);
  for (auto const& [language, text] : line.texts)
    tx.put("insert into guide_line_text (line, language, text) values ($1, $2, $3)", line.code, language, text);
}

void add_sources(db::Reader& read, std::vector<GuideEntry>& entries) {
  struct Source {
    std::string key, title, address, dated;
  };
  struct Text {
    std::string source, language, title;
  };
  auto const of = [&](std::string const& key, auto&& change) {
    for (auto& entry : entries)
      if (entry.line.source == key) change(entry);
  };
  read.each<Source>("select key, title, address, dated from source where key in (select source from guide_line)", [&](Source&& row) {
    of(row.key, [&](GuideEntry& entry) {
      entry.title = row.title;
      entry.address = row.address;
      entry.dated = row.dated;
    });
  });
  read.each<Text>("select source, language, title from source_text where title <> '' and source in (select source from guide_line)",
                  [&](Text&& row) { of(row.source, [&](GuideEntry& entry) { entry.titles[row.language] = row.title; }); });
}

void add_checks(db::Reader& read, std::vector<GuideEntry>& entries) {
  struct Check {
    std::string line;
    Day day;
    std::string by_whom;
    bool right;
  };
  std::map<std::string, bool> right;
  // In the order they were made, so that the last one of each kind stays.
  read.each<Check>("select line, day, by_whom, works from guide_check order by day, id", [&](Check&& check) {
    right[check.line] = check.right;
    auto const entry = std::ranges::find(
        entries, check.line, [](GuideEntry const& each) -> auto const& { return each.line.code; });
    if (!check.right || entry == entries.end()) return;
    entry->checked = check.day;
    entry->checked_by = std::move(check.by_whom);
  });
  std::erase_if(entries, [&](GuideEntry const& entry) {
    auto const found = right.find(entry.line.code);
    return found != right.end() && !found->second;
  });
}

std::shared_ptr<std::vector<GuideEntry> const> load(db::Reader& read, std::string const&) {
  auto entries = std::make_shared<std::vector<GuideEntry>>();
  for (auto& line : stored(read)) entries->push_back({std::move(line), {}, {}, {}, {}, {}, {}});
  add_sources(read, *entries);
  add_checks(read, *entries);
  return entries;
}

}  // namespace

bool save_guide(db::Tx& tx, std::vector<GuideLine> const& lines) {
  auto const before = stored(tx);
  if (before == lines) return false;
  for (auto const& line : before)
    if (std::ranges::find(lines, line) == lines.end()) remove(tx, line.code);
  int position = 0;
  for (auto const& line : lines) {
    ++position;
    if (std::ranges::find(before, line) == before.end()) add(tx, line, position);
    else tx.put("update guide_line set position = $2 where code = $1", line.code, position);
  }
  return true;
}

std::shared_ptr<std::vector<GuideEntry> const> guide(db::Reader& read) {
  static db::Kept<std::vector<GuideEntry>> kept(place::facts_version);
  return kept.get(read, load);
}

bool in_guide(db::Reader& read, std::string_view what) {
  return read.one<int>("select count(*) from guide_line where code = $1 or part = $1", what) > 0;
}

void record_guide_check(db::Tx& tx, IdMaker& ids, GuideCheck const& check, Day today) {
  auto const lines = tx.all<std::string>("select code from guide_line where code = $1 or part = $1 order by position", check.what);
  if (lines.empty()) throw Problem(Failure::not_found, message("The guide has no line “{}”.", check.what));
  if (check.day > today) throw Problem(Failure::unprocessable, message("The guide cannot have been checked on {}, a day still to come.", check.day));
  auto const who = clean_line(check.by_whom);
  auto const in_which_way = clean_line(check.how);
  if (who.empty()) throw Problem(Failure::unprocessable, message("Say which office or role checked the guide."));
  if (in_which_way.empty()) throw Problem(Failure::unprocessable, message("Say how the guide was checked: read it over, asked the ministry."));
  for (auto const& line : lines)
    tx.put("insert into guide_check (id, line, day, by_whom, how, works, note) values ($1, $2, $3, $4, $5, $6, $7)", ids.next(), line, check.day, who,
           in_which_way, check.right, clean_text(check.note));
  touch_facts(tx);
}

}  // namespace birge::campaign
