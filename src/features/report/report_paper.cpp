#include "features/report/report_paper.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace birge::report {

namespace {

constexpr std::string_view joiner = "\u2060", no_break_space = "\u00A0";

/// As many rows begin and end a table on one sheet; a table of no more than twice as many and one stays whole.
constexpr std::size_t kept_rows = 3;

constexpr std::string_view sum_row = "<tr class=\"sum\"";

std::string without_joiners(std::string_view text) {
  std::string out;
  for (auto at = text.find(joiner); at != text.npos; at = text.find(joiner)) {
    out += text.substr(0, at);
    text.remove_prefix(at + joiner.size());
  }
  return out += text;
}

/// How many bytes of white space a text begins with.
std::size_t space_before(std::string_view text) {
  if (text.starts_with(no_break_space)) return no_break_space.size();
  return text.starts_with(' ') || text.starts_with('\n') ? 1 : 0;
}

/// The words of a text between two tags; those that a joiner held together stand in an element that does not break.
void add_words(std::string& out, std::string_view text) {
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && space_before(text.substr(end)) == 0) ++end;
    auto const word = text.substr(0, end);
    if (word.find(joiner) == word.npos) out += word;
    else out.append("<span class=\"keep\">").append(without_joiners(word)).append("</span>");
    auto const space = space_before(text.substr(end));
    out += text.substr(end, space);
    text.remove_prefix(end + space);
  }
}

/// The whole of an element that bears text alone, with the tag that ends it; empty where the markup begins with no such element.
std::string_view bare_element(std::string_view markup) {
  for (auto const& [begin, end] : {std::pair{"<svg", "</svg>"}, std::pair{"<title", "</title>"}, std::pair{"<style", "</style>"}}) {
    if (!markup.starts_with(begin)) continue;
    auto const found = markup.find(end);
    return found == markup.npos ? markup : markup.substr(0, found + std::string_view(end).size());
  }
  return {};
}

std::string whole_words(std::string_view markup) {
  std::string out;
  out.reserve(markup.size() + markup.size() / 16);
  while (!markup.empty()) {
    std::size_t size = 0;
    if (auto const bare = bare_element(markup); !bare.empty()) size = bare.size();
    else if (markup.front() == '<') size = std::min(markup.find('>'), markup.size() - 1) + 1;
    if (size > 0) out += without_joiners(markup.substr(0, size));
    else add_words(out, markup.substr(0, size = std::min(markup.find('<'), markup.size())));
    markup.remove_prefix(size);
  }
  return out;
}

std::vector<std::string_view> rows_of(std::string_view body) {
  std::vector<std::string_view> rows;
  while (!body.empty()) {
    auto const size = std::min(body.find("<tr", 1), body.size());
    rows.push_back(body.substr(0, size));
    body.remove_prefix(size);
  }
  return rows;
}

void add_group(std::string& out, std::string_view begin, std::vector<std::string_view> const& rows, std::size_t from, std::size_t until) {
  out += begin;
  for (auto i = from; i < until; ++i) out += rows[i];
  out += "</tbody>";
}

/// Where a group of rows that stay together ends: a sum is the head of the lines below it.
std::size_t end_of_group(std::vector<std::string_view> const& rows, std::size_t from, std::size_t until) {
  if (rows[from].starts_with(sum_row)) return std::min(from + kept_rows, until);
  while (from < until && !rows[from].starts_with(sum_row)) ++from;
  return from;
}

void add_groups(std::string& out, std::string_view body) {
  constexpr std::string_view plain = "<tbody>", kept = "<tbody class=\"whole\">";
  auto const rows = rows_of(body);
  if (rows.size() <= 2 * kept_rows + 1) return add_group(out, kept, rows, 0, rows.size());
  auto const last = rows.size() - kept_rows;
  add_group(out, kept, rows, 0, kept_rows);
  for (auto from = kept_rows; from < last;) {
    auto const until = end_of_group(rows, from, last);
    add_group(out, rows[from].starts_with(sum_row) ? kept : plain, rows, from, until);
    from = until;
  }
  add_group(out, kept, rows, last, rows.size());
}

std::string grouped_rows(std::string_view markup) {
  constexpr std::string_view begin = "<tbody>", end = "</tbody>";
  std::string out;
  out.reserve(markup.size() + markup.size() / 16);
  for (auto at = markup.find(begin); at != markup.npos; at = markup.find(begin)) {
    auto const until = markup.find(end, at);
    if (until == markup.npos) break;
    out += markup.substr(0, at);
    add_groups(out, markup.substr(at + begin.size(), until - at - begin.size()));
    markup.remove_prefix(until + end.size());
  }
  return out += markup;
}

}  // namespace

std::string for_paper(std::string_view markup) { return whole_words(grouped_rows(markup)); }

}  // namespace birge::report
