#include "features/report/report_texts.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::report {

namespace {

struct Heading {
  Section section;
  Language language;
  std::string_view words;
};

constexpr auto headings = std::to_array<Heading>({
    {Section::foreword, Language::en, "Foreword"},
    {Section::foreword, Language::en, "Preface"},
    {Section::foreword, Language::ru, "Предисловие"},
    {Section::foreword, Language::ru, "Вступительное слово"},
    {Section::foreword, Language::ky, "Баш сөз"},
    {Section::foreword, Language::ky, "Кириш сөз"},
    {Section::foreword, Language::ky, "Алгы сөз"},
    {Section::challenges, Language::en, "Challenges"},
    {Section::challenges, Language::en, "Difficulties"},
    {Section::challenges, Language::ru, "Трудности"},
    {Section::challenges, Language::ru, "Сложности"},
    {Section::challenges, Language::ru, "Проблемы"},
    {Section::challenges, Language::ru, "Вызовы"},
    {Section::challenges, Language::ky, "Кыйынчылыктар"},
    {Section::challenges, Language::ky, "Көйгөйлөр"},
    {Section::conclusions, Language::en, "Conclusions"},
    {Section::conclusions, Language::en, "Conclusion"},
    {Section::conclusions, Language::ru, "Выводы"},
    {Section::conclusions, Language::ru, "Заключение"},
    {Section::conclusions, Language::ky, "Корутунду"},
    {Section::conclusions, Language::ky, "Корутундулар"},
    {Section::conclusions, Language::ky, "Тыянактар"},
    {Section::recommendations, Language::en, "Recommendations"},
    {Section::recommendations, Language::ru, "Рекомендации"},
    {Section::recommendations, Language::ky, "Сунуштар"},
    {Section::recommendations, Language::ky, "Сунуш-көрсөтмөлөр"},
});

Heading const* known(std::string_view words) {
  auto const key = fold(words);
  auto const found = std::ranges::find_if(headings, [&](Heading const& heading) { return fold(heading.words) == key; });
  return found == headings.end() ? nullptr : &*found;
}

/// The words of a heading of the first or second level; nothing for any other line.
std::optional<std::string_view> heading_of(std::string_view line) {
  auto const start = line.find_first_not_of(' ');
  if (start == std::string_view::npos || start > 3 || line[start] != '#') return std::nullopt;
  line.remove_prefix(start);
  auto const depth = std::min(line.find_first_not_of('#'), line.size());
  if (depth > 2 || (depth < line.size() && line[depth] != ' ' && line[depth] != '\t')) return std::nullopt;
  auto words = trim(line.substr(depth));
  while (!words.empty() && words.back() == '#') words.remove_suffix(1);
  return trim(words);
}

bool fence(std::string_view line) {
  auto const text = trim(line);
  return text.starts_with("```") || text.starts_with("~~~");
}

}  // namespace

Message name(Section section) {
  switch (section) {
    case Section::foreword: return message("Foreword");
    case Section::challenges: return message("Challenges");
    case Section::conclusions: return message("Conclusions");
    case Section::recommendations: return message("Recommendations");
  }
  return {};
}

std::string_view id(Section section) {
  switch (section) {
    case Section::foreword: return "foreword";
    case Section::challenges: return "challenges";
    case Section::conclusions: return "conclusions";
    case Section::recommendations: return "recommendations";
  }
  return {};
}

std::optional<Texts::Found> Texts::find(Section section, Language language) const {
  std::vector<Language> order{language};
  order.insert(order.end(), languages.begin(), languages.end());
  for (auto const wanted : order)
    if (auto const found = texts_.find({section, wanted}); found != texts_.end()) return Found{found->second, wanted};
  return std::nullopt;
}

std::vector<Section> Texts::missing() const {
  std::vector<Section> list;
  for (auto const section : sections)
    if (!find(section, Language::ky)) list.push_back(section);
  return list;
}

void Texts::set(Section section, Language language, std::string_view markdown) {
  auto text = without_controls(markdown);
  if (trim(text).empty()) texts_.erase({section, language});
  else texts_[{section, language}] = std::move(text);
}

Texts read_texts(std::string_view markdown) {
  if (markdown.size() > most_text)
    throw Problem(Failure::too_large, message("The texts of a report may have at most {} bytes.", static_cast<std::int64_t>(most_text)));
  if (!valid_utf8(markdown)) throw Problem(Failure::unprocessable, message("The texts of the report are not UTF-8. Save the file as UTF-8."));
  if (markdown.starts_with("\xEF\xBB\xBF")) markdown.remove_prefix(3);
  Texts texts;
  std::map<std::pair<Section, Language>, std::string> written;
  std::string* into = nullptr;
  bool in_fence = false;
  for (auto line : split(markdown, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (fence(line)) in_fence = !in_fence;
    if (auto const words = in_fence ? std::nullopt : heading_of(line)) {
      if (auto const* heading = known(*words)) {
        into = &written[{heading->section, heading->language}];
        continue;
      }
      if (!into) texts.unknown.push_back(shortened(clean_line(*words), 80));
    }
    if (into) into->append(line).push_back('\n');
  }
  for (auto& [key, text] : written) {
    while (text.ends_with("\n\n")) text.pop_back();
    texts.set(key.first, key.second, text);
  }
  return texts;
}

Texts read_texts_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Problem(Failure::not_found, message("The file {} cannot be read: check its name and that you may open it.", path));
  // One byte more than allowed tells a file that is too large without reading all of it.
  std::string content(most_text + 1, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(file.gcount()));
  return read_texts(content);
}

}  // namespace birge::report
