#include "features/report/report_chapters.hpp"

#include <algorithm>
#include <set>

namespace birge::report {

namespace {

using view::Pen;

constexpr std::array<std::string_view, 3> sexes{"female", "male", "unknown"};

Count sum(insight::PeopleNumbers const& numbers) { return {numbers[0] + numbers[2], numbers[1] + numbers[3]}; }

Count people_of(Report const& report, std::string_view sex, std::string_view band) {
  auto const found = report.figures.people.find({std::string(sex), std::string(band)});
  return found == report.figures.people.end() ? Count{} : sum(found->second);
}

Count all_of_band(Report const& report, std::string_view band) {
  Count count;
  for (auto const& [key, numbers] : report.figures.people)
    if (key.second == band) count += sum(numbers);
  return count;
}

Html pyramid(Pen& pen, std::vector<std::string> const& bands) {
  auto const& say = pen.say;
  auto const side = [&](std::string_view sex) {
    std::vector<chart::Mark> marks;
    for (auto const& band : bands) {
      auto const count = people_of(pen.report, sex, band);
      marks.push_back({.label = band_name(pen.report, say, band),
                       .value = static_cast<double>(count.low),
                       .high = static_cast<double>(count.high),
                       .shown = pen.text(count),
                       .link = count == Count{} ? Url() : pen.people_link(sex, band),
                       .missing = false,
                       .group = {}});
    }
    return marks;
  };
  auto const women = side("female"), men = side("male");
  auto all = women;
  all.insert(all.end(), men.begin(), men.end());
  return chart::pyramid(
      {.title = pen.figure(say("Who came? Attendances by sex and age")), .description = view::summary(say, all), .source = pen.source},
      std::string(say("Women and girls")), std::string(say("Men and boys")), women, men);
}

Html sum_rows(Pen const& pen) {
  auto const& total = pen.report.figures.total;
  Html rows;
  auto const add = [&](std::string_view name, Count count, Filter::Status status) {
    rows.add("<tr><th scope=\"row\" colspan=\"4\">{}</th><td class=\"n\">{}</td></tr>", name, pen.count(count, pen.report.scope, status));
  };
  add(pen.say("Attendances in all"), total.attendance(), Filter::Status::counted);
  add(pen.say("of them reported"), total.reported(), Filter::Status::reported);
  add(pen.say("of them confirmed"), total.confirmed(), Filter::Status::confirmed);
  return rows;
}

Html table(Pen& pen, std::vector<std::string> const& bands) {
  auto const& say = pen.say;
  Html rows;
  auto const opened = [&](Count count, std::string_view sex, std::string_view band) {
    return pen.opened(pen.text(count), count == Count{} ? Url() : pen.people_link(sex, band));
  };
  for (auto const& band : bands) {
    bool const apart = band == "withheld" || band == "differs";
    rows.add("<tr {}><th scope=\"row\">{}</th>", BIRGE_WHEN(apart, "class=\"rest\""), band_name(pen.report, say, band));
    for (auto const sex : sexes) rows.add("<td class=\"n\">{}</td>", apart ? html("–") : opened(people_of(pen.report, sex, band), sex, band));
    rows.add("<td class=\"n\">{}</td></tr>", opened(all_of_band(pen.report, band), apart ? band : "", band));
  }
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-people\"><table><caption id=\"t-people\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>"
      "<tbody>{}</tbody><tfoot>{}</tfoot></table></div>",
      pen.table(say("Attendances by sex and age")), say("Age"), say("Women and girls"), say("Men and boys"), say("Sex unknown"), say("In all"), rows,
      sum_rows(pen));
}

}  // namespace

std::string band_name(Report const& report, Say const& say, std::string_view band) {
  if (band == "under_18") return std::string(say("Under 18, not closer known"));
  if (band == "adult") return std::string(say("18 and over, not closer known"));
  if (band == "unknown") return std::string(say("Age unknown"));
  if (band == "withheld") return std::string(say("Withheld: consultations and outreach"));
  if (band == "differs") return std::string(say("Difference where parts exceed the total"));
  return report.facts->codes.name("age_band", band, say.language());
}

std::vector<std::string> bands_of(Report const& report) {
  std::set<std::string> present;
  for (auto const& [key, numbers] : report.figures.people) present.insert(key.second);
  std::vector<std::string> order;
  auto const take = [&](std::string const& band) {
    if (present.erase(band) > 0) order.push_back(band);
  };
  for (auto const& band : report.facts->codes.list("age_band")) take(band.code);
  for (auto const* band : {"under_18", "adult", "unknown", "withheld", "differs"}) take(band);
  order.insert(order.end(), present.begin(), present.end());
  return order;
}

Chapter people(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "people", .title = std::string(say("Who came")), .body = {}, .parts = {}};
  if (pen.report.without_result()) {
    chapter.body.add("<p>{}</p>", say("No result is on record: there are no data about who came."));
    return chapter;
  }
  auto bands = bands_of(pen.report);
  auto drawn = bands;
  std::erase_if(drawn,
                [&](std::string const& band) { return people_of(pen.report, "female", band).zero() && people_of(pen.report, "male", band).zero(); });
  chapter.body += pyramid(pen, drawn);
  chapter.body += table(pen, bands);
  chapter.body.add(
      "<p class=\"note\">{}</p>",
      say("Attendances, not people: who came twice is counted twice. How many different people came is not estimated. Where a sheet says only boys and girls they "
          "stand under 18, where it gives only a total they stand as unknown. Of consultations and outreach no sex or age is shown, to protect those who came."));
  return chapter;
}

}  // namespace birge::report
