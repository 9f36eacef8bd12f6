#include "features/insight/insight_pages.hpp"
#include "features/insight/insight_people.hpp"
#include "platform/base/text.hpp"

namespace birge::insight {

namespace {

using namespace view;

constexpr std::size_t page_length = 50;

/// Which cell of the table by sex and age the address asks for; an empty part means all.
struct Cell {
  std::string sex, band;

  bool holds(std::string_view of_sex, std::string_view of_band) const {
    // A column does not hold what stands under no sex and age.
    bool const apart = of_sex == "withheld" || of_sex == "differs";
    if (apart) return sex == of_sex;
    return (sex.empty() || sex == of_sex) && (band.empty() || band == of_band);
  }
};

Cell read_cell(Page const& page) {
  Cell const cell{std::string(page.request.query.get("sex")), std::string(page.request.query.get("band"))};
  bool const apart = cell.sex == "withheld" || cell.sex == "differs";
  bool const sex_known = cell.sex.empty() || activity::sex_of(cell.sex) || apart;
  bool const band_known = cell.band.empty() || cell.band == "under_18" || cell.band == "adult" || cell.band == "unknown" ||
                          (apart && cell.band == cell.sex) || page.facts.codes.find("age_band", cell.band);
  if (!sex_known || !band_known || (cell.sex.empty() && cell.band.empty()))
    throw Problem(Failure::not_found, message("There is no such line by sex and age."));
  return cell;
}

struct Found {
  Count all, unlisted;
  std::int64_t activities = 0, unlisted_activities = 0;
  struct Item {
    activity::ActivityId id;
    Day day;
    Count count;
  };
  std::vector<Item> items;  ///< of this page
  bool more = false;
};

/// The counting rules themselves decide what each activity adds to the cell, so that the sum is the number that was opened.
Found find(Page const& page, Cell const& cell, activity::Cursor const& after) {
  Found found;
  auto filter = page.figures.filter;
  filter.status = Filter::Status::counted;
  for (auto const& activity : activity::Store(page.request.read()).all_for_counting(filter, page.facts, page.today)) {
    Count count;
    for (auto const& part : activity::people_parts(activity))
      if (cell.holds(part.sex, part.band)) count += part.count;
    if (count == Count{}) continue;
    found.all += count;
    ++found.activities;
    if (!activity.is_public) {
      found.unlisted += count;
      ++found.unlisted_activities;
      continue;
    }
    if (!after.day.empty() && std::pair(activity.day.iso(), activity.id) <= std::pair(after.day, after.id)) continue;
    if (found.items.size() >= page_length) found.more = true;
    else found.items.push_back({activity.id, activity.day, count});
  }
  return found;
}

std::string title_of(Page const& page, Cell const& cell) {
  auto const& say = page.say;
  if (cell.sex == "withheld") return std::string(say("Attendances whose sex and age are not shown"));
  if (cell.sex == "differs") return std::string(say("Results whose parts exceed their total"));
  std::string title = cell.sex.empty() ? std::string() : sex_title(say, cell.sex);
  if (!cell.band.empty()) title += (title.empty() ? "" : ", ") + band_title(say, page.facts, cell.band);
  return title;
}

Html rows(Page const& page, Found const& found) {
  auto const& say = page.say;
  Html out;
  activity::Store store(page.request.read());
  for (auto const& [id, day, count] : found.items) {
    auto const activity = store.find(id).value();
    out.add("<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td>{}</td><td class=\"n\">{}</td></tr>", say.path("/activities/{}", id),
            site::in_language(page.request, activity.text(say.language()).title, activity.text_language(say.language())), say.date(day),
            count_text(say, count));
  }
  if (found.unlisted_activities > 0)
    out.add(
        "<tr class=\"rest\"><th scope=\"row\">{}</th><td></td><td class=\"n\">{}</td></tr>",
        say.plural("{} activity that only the coalition sees listed", "{} activities that only the coalition sees listed", found.unlisted_activities),
        count_text(say, found.unlisted));
  return out;
}

Html next_link(Page const& page, Cell const& cell, Found const& found) {
  if (!found.more) return {};
  auto const& last = found.items.back();
  auto const address = std::string(people_link(page, cell.sex, cell.band).text()) + "&after=" + activity::Cursor{last.day.iso(), last.id}.text();
  return html("<nav class=\"pages\" aria-label=\"{}\"><a class=\"button second next\" rel=\"next\" href=\"{}\">{} {}</a></nav>",
              page.say("Pages of this list"), own_path(address), page.say("Next"), site::icon("chevron"));
}

}  // namespace

Reply people_page(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  auto const cell = read_cell(page);
  auto const after = activity::Cursor::parse(request.query.get("after")).value_or(activity::Cursor{});
  auto const found = find(page, cell, after);
  auto const title = title_of(page, cell);
  auto const main = html(
      "{}<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"behind\"><table>"
      "<caption id=\"behind\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>"
      "<tbody>{}</tbody><tfoot><tr><th scope=\"row\">{}</th><td></td><td class=\"n\">{}</td></tr></tfoot></table></div>{}<p class=\"soft\">{}</p>",
      breadcrumbs(page, title), above(page), title,
      say.plural("{} activity is behind this number.", "{} activities are behind this number.", found.activities),
      say("Attendances of this line by activity"), say("Activity"), say("Date"), say("Attendances"), rows(page, found), say("In all"),
      count_text(say, found.all), next_link(page, cell, found), page.source);
  auto about = view::head(page, title, people_link(page, cell.sex, cell.band));
  about.index = false;
  return site::page(request, about, main);
}

}  // namespace birge::insight
