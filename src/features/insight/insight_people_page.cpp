#include "features/insight/insight_behind.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/insight/insight_people.hpp"

namespace birge::insight {

namespace {

using namespace view;

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
  Cell cell{std::string(page.request.query.get("sex")), std::string(page.request.query.get("band"))};
  bool const apart = cell.sex == "withheld" || cell.sex == "differs";
  bool const sex_known = cell.sex.empty() || activity::sex_of(cell.sex) || apart;
  bool const band_known = cell.band.empty() || cell.band == "under_18" || cell.band == "adult" || cell.band == "unknown" ||
                          (apart && cell.band == cell.sex) || page.facts.codes.find("age_band", cell.band);
  if (!sex_known || !band_known) throw Problem(Failure::not_found, message("There is no such line by sex and age."));
  return cell;
}

/// The counting rules themselves decide what each activity adds to the cell, so that the sum is the number that was opened.
std::optional<Share> share_of(Cell const& cell, activity::Activity const& activity) {
  Count count;
  for (auto const& part : activity::people_parts(activity))
    if (cell.holds(part.sex, part.band)) count += part.count;
  if (count == Count{}) return std::nullopt;
  return Share{count};
}

std::string title_of(Page const& page, Cell const& cell) {
  auto const& say = page.say;
  if (cell.sex == "withheld") return std::string(say("Attendances whose sex and age are not shown"));
  if (cell.sex == "differs") return std::string(say("Results whose parts exceed their total"));
  std::string title = cell.sex.empty() ? std::string() : sex_title(say, cell.sex);
  if (!cell.band.empty()) title += (title.empty() ? "" : ", ") + band_title(say, page.facts, cell.band);
  return title;
}

}  // namespace

Reply people_page(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  // Without a cell the table that all of them stand in is what was asked for.
  if (request.query.get("sex").empty() && request.query.get("band").empty())
    return http::see_other(own_path(std::string(here(page, say.path("/figures"), page.figures.filter.place).text()) + "#people"));
  auto const cell = read_cell(page);
  auto const after = activity::Cursor::parse(request.query.get("after")).value_or(activity::Cursor{});
  auto filter = page.figures.filter;
  filter.status = Filter::Status::counted;
  auto const viewer = viewer_of(request);
  auto const found = behind(page, viewer, {filter}, after, [&](activity::Activity const& activity) { return share_of(cell, activity); });
  auto const title = title_of(page, cell);
  auto const address = people_link(page, cell.sex, cell.band);
  auto const main =
      html("{}<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p><p class=\"screen\"><a href=\"{}\">{}</a></p>{}{}<p class=\"soft\">{}</p>",
           breadcrumbs(page, title), above(page), title,
           say.plural("{} activity is behind this number.", "{} activities are behind this number.", found.activities),
           behind_link(say, filter, page.facts, page.current), say("Who counted, how, and who confirmed it"),
           behind_table(page, viewer, found, say("Attendances of this line by activity")), behind_next(page, found, address), page.source);
  auto about = view::head(page, title, address);
  about.index = false;
  auto reply = site::page(request, about, main);
  if (viewer.person) reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::insight
