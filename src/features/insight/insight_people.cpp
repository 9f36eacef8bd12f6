#include <array>

#include "features/insight/insight_people.hpp"

namespace birge::insight::view {

Count heads(PeopleNumbers const& numbers) { return {numbers[0] + numbers[2], numbers[1] + numbers[3]}; }

std::string sex_title(Say const& say, std::string_view sex) {
  if (sex == "female") return std::string(say("Women and girls"));
  if (sex == "male") return std::string(say("Men and boys"));
  return std::string(say("Sex not said"));
}

std::string band_title(Say const& say, campaign::Facts const& facts, std::string_view band) {
  if (facts.codes.find("age_band", band)) return facts.codes.name("age_band", band, say.language());
  if (band == "under_18") return std::string(say("Under 18, no closer age said"));
  if (band == "adult") return std::string(say("Adults, no closer age said"));
  return std::string(say("Age not said"));
}

namespace {

constexpr auto sexes = std::to_array<std::string_view>({"female", "male", "unknown"});

std::vector<std::string> bands(Page const& page) {
  std::vector<std::string> all;
  for (auto const& band : page.facts.codes.list("age_band")) all.push_back(band.code);
  for (auto const* coarse : {"under_18", "adult", "unknown"}) all.emplace_back(coarse);
  return all;
}

Count at(Page const& page, std::string_view sex, std::string_view band) {
  auto const found = page.figures.people.find({std::string(sex), std::string(band)});
  return found == page.figures.people.end() ? Count{} : heads(found->second);
}

Count column_sum(Page const& page, std::string_view sex) {
  Count sum;
  for (auto const& [key, numbers] : page.figures.people)
    if (key.first == sex) sum += heads(numbers);
  return sum;
}

void add_cell(Html& out, Page const& page, std::string_view sex, std::string_view band, Count count) {
  if (count == Count{}) out.add("<td class=\"n\">{}</td>", page.say.number(0));
  else out.add("<td class=\"n\"><a href=\"{}\">{}</a></td>", people_link(page, sex, band), count_text(page.say, count));
}

void add_band_row(Html& out, Page const& page, std::string const& band) {
  std::array<Count, sexes.size()> counts;
  Count all;
  for (std::size_t i = 0; i < sexes.size(); ++i) all += counts[i] = at(page, sexes[i], band);
  if (all == Count{}) return;
  out.add("<tr><th scope=\"row\">{}</th>", band_title(page.say, page.facts, band));
  for (std::size_t i = 0; i < sexes.size(); ++i) add_cell(out, page, sexes[i], band, counts[i]);
  add_cell(out, page, "", band, all);
  out.add("</tr>");
}

/// A line of what cannot stand under any sex and age: it is part of the total all the same.
void add_whole_row(Html& out, Page const& page, std::string_view key, std::string_view name) {
  auto const count = at(page, key, key);
  if (count == Count{}) return;
  out.add("<tr class=\"rest\"><th scope=\"row\">{}</th><td></td><td></td><td></td>", name);
  add_cell(out, page, key, key, count);
  out.add("</tr>");
}

Html people_table(Page const& page) {
  auto const& say = page.say;
  Html rows, totals;
  rows.reserve(8192);
  for (auto const& band : bands(page)) add_band_row(rows, page, band);
  add_whole_row(rows, page, "withheld", say("Not shown: legal advice, outreach and the like"));
  add_whole_row(rows, page, "differs", say("Parts that exceed their total"));
  for (auto const sex : sexes) add_cell(totals, page, sex, "", column_sum(page, sex));
  auto const all = Opener(page, page.figures.filter).count(say, page.figures.total.attendance(), Filter::Status::counted);
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"people\"><table><caption id=\"people\">{}</caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody><tfoot><tr><th scope=\"row\">{}</th>{}<td class=\"n\">{}</td></tr></tfoot>"
      "</table></div>",
      say("Attendances by sex and age"), say("Age"), sex_title(say, "female"), sex_title(say, "male"), sex_title(say, "unknown"), say("Attendances"),
      rows, say("In all"), totals, all);
}

chart::Mark mark(Page const& page, std::string_view sex, campaign::Code const& band) {
  auto const count = at(page, sex, band.code);
  chart::Mark mark;
  mark.label = band.name(page.say.language());
  mark.value = static_cast<double>(count.low);
  mark.high = static_cast<double>(count.high);
  mark.shown = count_text(page.say, count);
  if (count != Count{}) mark.link = people_link(page, sex, band.code);
  return mark;
}

/// What the drawing finds: how many of those whose sex is known are women.
std::string finding(Page const& page) {
  auto const women = column_sum(page, "female").low, men = column_sum(page, "male").low;
  if (women + men <= 0) return std::string(page.say("Who came, by sex and age?"));
  auto const share = static_cast<double>(women) / static_cast<double>(women + men);
  return page.say("Who came? Women and girls: {} of those whose sex was said", page.say.percent(share));
}

}  // namespace

Url people_link(Page const& page, std::string_view sex, std::string_view band) {
  std::string address(here(page, page.say.path("/figures/people"), page.figures.filter.place).text());
  auto const add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    address += address.find('?') == std::string::npos ? '?' : '&';
    address.append(name).append("=").append(percent_encoded(value));
  };
  add("sex", sex);
  add("band", band);
  return own_path(std::move(address));
}

Html people(Page const& page) {
  if (page.figures.total.without_result()) return html("<p>{}</p>", page.say("No result is on record: there are no data about who came."));
  std::vector<chart::Mark> women, men;
  bool any = false;
  for (auto const& band : page.facts.codes.list("age_band")) {
    women.push_back(mark(page, "female", band));
    men.push_back(mark(page, "male", band));
    any = any || women.back().high > 0 || men.back().high > 0;
  }
  if (!any) women.clear(), men.clear();
  auto const& say = page.say;
  std::string const description = any ? say("Two rows of bars by age band, women on the left, men on the right. {}", summary(say, women))
                                      : std::string(say("No result says sex and age yet."));
  auto drawing = chart::pyramid({.title = finding(page), .description = description, .source = page.source}, sex_title(say, "female"),
                                sex_title(say, "male"), std::move(women), std::move(men));
  return html("<div class=\"beside even\"><div>{}</div><div>{}</div></div>", drawing, people_table(page));
}

}  // namespace birge::insight::view
