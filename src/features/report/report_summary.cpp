#include "features/insight/insight_stated.hpp"
#include "features/report/report_chapters.hpp"

namespace birge::report {

namespace {

using view::Pen;
using Status = Filter::Status;

Html tile(Html const& number, std::string_view name, Html const& small) {
  return html("<li><div class=\"number\"><b>{}</b><span>{}</span><small>{}</small></div></li>", number, name, small);
}

Html of_planned(Pen const& pen) {
  return pen.say.markup("of {} planned", pen.number(pen.report.figures.total[Measure::planned], pen.report.scope, Status::any));
}

/// The page of figures by district says how many were reached in the whole country only.
Html districts_reached(Pen const& pen) {
  auto const number = pen.report.districts_reached();
  bool const told = number > 0 && !pen.report.scope.place;
  return pen.opened(pen.text(number), !told ? Url() : pen.figures_link(pen.say.path("/figures/districts").text(), pen.report.scope));
}

Html organisations_active(Pen const& pen) {
  auto const number = pen.report.organisations_active();
  return pen.opened(pen.text(number), number == 0 ? Url() : pen.figures_link(pen.say.path("/figures/organisations").text(), pen.report.scope));
}

/// What was published comes first where Birge has no result of its own.
Html tiles_without_result(Pen const& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  Html published;
  // What was published is of the whole country.
  if (!report.scope.place) published = insight::stated_tiles(say, report.editions.front().stated);
  auto const held = report.figures.total[Measure::held];
  auto const note = report.only_documented() ? html("{}", say("on record in Birge")) : of_planned(pen);
  return html("{}<ul class=\"numbers\">{}{}</ul>", published,
              tile(pen.number(held, report.scope, Status::held), say.plural("activity held", "activities held", held), note),
              insight::unknown_attendances_tile(say));
}

Html tiles(Pen const& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  auto const& total = report.figures.total;
  if (report.without_result()) return tiles_without_result(pen);
  Html out = html("<ul class=\"numbers\">");
  out += tile(pen.number(total[Measure::held], report.scope, Status::held), say.plural("activity held", "activities held", total[Measure::held]),
              of_planned(pen));
  out += tile(pen.count(total.attendance(), report.scope, Status::counted), say.plural("attendance", "attendances", total.attendance().high),
              pen.parts(total, report.scope));
  out += tile(pen.count(total.audience(), report.scope, Status::counted), say("broadcast audience"),
              html("{}", say("another quantity, never added to attendances")));
  out += tile(districts_reached(pen), say.plural("district or city reached", "districts and cities reached", report.districts_reached()),
              html("{}", say("of {}", report.districts_in_scope())));
  out += tile(organisations_active(pen), say.plural("organisation held activities", "organisations held activities", report.organisations_active()),
              say.markup("of the planned activities, {} have several hosts",
                         pen.number(total[Measure::co_hosted], insight::in_several_lines(report.scope, "organisation").value(), Status::any)));
  out += tile(pen.number(total.unreported, report.scope, Status::unreported),
              say.plural("activity not reported in time", "activities not reported in time", total.unreported),
              html("{}", say("their result is missing")));
  out.add("</ul>");
  return out;
}

Html what_changed(Pen const& pen) {
  auto const& say = pen.say;
  Html items;
  constexpr std::size_t shown = 3;  // the others stand in the chapter of comparison
  for (std::size_t i = 1; i < pen.report.editions.size() && i <= shown; ++i) {
    auto const& earlier = pen.report.editions[i];
    auto const held = pen.text(earlier.total[Measure::held]);
    std::string stated;
    for (auto const& figure : earlier.stated) stated += (stated.empty() ? "" : ", ") + stated_item(say, figure);
    Html item = html("<b>{}</b>: ", earlier.edition->name(say.language()));
    if (!stated.empty()) item.add("{} ", say("published: {}.", stated));
    item.add("{}", earlier.total.without_result()
                       ? say("On record in Birge – activities held: {}; attendances: no data.", held)
                       : say("On record in Birge – activities held: {}; attendances: {}.", held, pen.text(earlier.total.attendance())));
    items.add("<li>{}</li>", item);
  }
  if (items.empty()) return html("<p>{}</p>", say("No earlier edition is on record."));
  return html("<ul>{}</ul><p class=\"note\">{}</p>", items,
              say("Stated figures were published without their parts; the next chapter names their sources."));
}

std::string names_of_never_reached(Pen const& pen) {
  constexpr std::size_t shown = 12;
  std::string names;
  auto const& never = pen.report.figures.never_reached;
  for (std::size_t i = 0; i < never.size() && i < shown; ++i) names += (i == 0 ? "" : ", ") + pen.short_place(never[i]);
  return never.size() > shown ? names + " …" : names;
}

Count unknown_people(Report const& report) {
  auto const found = report.figures.people.find({"unknown", "unknown"});
  if (found == report.figures.people.end()) return {};
  return {found->second[0] + found->second[2], found->second[1] + found->second[3]};
}

Html what_is_missing(Pen const& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  auto const& total = report.figures.total;
  Html items;
  if (total.unreported > 0)
    items.add("<li>{}</li>", say.markup("Activities whose result is overdue: {}.", pen.number(total.unreported, report.scope, Status::unreported)));
  if (total[Measure::reported] > 0)
    items.add("<li>{}</li>", say.markup("Results still to be confirmed: {}.", pen.number(total[Measure::reported], report.scope, Status::reported)));
  auto const never = static_cast<std::int64_t>(report.figures.never_reached.size());
  if (never > 0)
    items.add("<li>{}</li>", report.only_documented()
                                 ? html("{}", say("Districts and cities without an activity on record in Birge: {}", never))
                                 : say.markup("Districts and cities where nothing was held: {} of {} ({}).",
                                              pen.opened(pen.text(never), pen.figures_link(say.path("/figures/districts").text(), report.scope)),
                                              html("{}", pen.text(report.districts_in_scope())), html("{}", names_of_never_reached(pen))));
  if (auto const unknown = unknown_people(report); !unknown.zero())
    items.add("<li>{}</li>",
              say.markup("Attendances of unknown sex and age: {} of {}.", pen.opened(pen.text(unknown), pen.people_link("unknown", "unknown")),
                         pen.count(total.attendance(), report.scope, Status::counted)));
  items.add("<li>{}</li>", say("How many different people came: not estimated."));
  return html("<ul>{}</ul>", items);
}

}  // namespace

Chapter summary(Pen& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  auto const& total = report.figures.total;
  Chapter chapter{.id = "summary", .title = std::string(say("Summary")), .body = {}, .parts = {}};
  if (report.only_documented())
    chapter.body.add("<p class=\"lead\">{}</p>",
                     say.markup("Activities of this edition on record in Birge: {}. There are no data about their attendances.",
                                pen.number(total[Measure::planned], report.scope, Status::any)));
  else
    chapter.body.add("<p class=\"lead\">{}</p>", say.markup("Activities planned: {}. Held: {}, cancelled: {}, moved: {}. Attendances: {}. As of {}.",
                                                            pen.number(total[Measure::planned], report.scope, Status::any),
                                                            pen.number(total[Measure::held], report.scope, Status::held),
                                                            pen.number(total[Measure::cancelled], report.scope, Status::cancelled),
                                                            pen.number(total[Measure::moved], report.scope, Status::moved),
                                                            report.without_result() ? html("{}", say("no data")) : pen.parts(total, report.scope),
                                                            html("{}", say.moment(report.as_of, report.facts->time_zone))));
  chapter.body += tiles(pen);
  chapter.body.add("<h3>{}</h3>{}", say("Compared with earlier editions"), what_changed(pen));
  chapter.body.add("<h3>{}</h3>{}", say("What is missing"), what_is_missing(pen));
  chapter.body.add(
      "<p class=\"note\">{}</p>",
      say("One person may attend several activities and is then counted at each of them. Reported numbers come from the organisations; confirmed ones were "
          "checked by a coordinator."));
  return chapter;
}

}  // namespace birge::report
