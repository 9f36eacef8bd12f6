#include "features/activity/activity_view.hpp"
#include "features/work/home/home_parts.hpp"
#include "features/work/work_pages.hpp"

/// How punctually results come in: the page of all, and the own lines on My page.
namespace birge::work {

namespace view = activity::view;

namespace {

/// What chooses the activities of a line in the table.
using Choice = std::vector<std::pair<std::string, std::string>>;

std::string region_name(Say const& say, campaign::Facts const& known, std::int64_t id) {
  return id == 0 ? std::string(say("National, online, in several places")) : known.places->name({id}, say.language()).text;
}

Choice of_region(campaign::Facts const& known, std::int64_t id) {
  auto const* region = known.places->find({id});
  return {{"place", region ? region->code : "none"}};
}

/// `part`: the own part of the country, which alone is counted.
Choice of_organisation(campaign::Facts const& known, Where const& part, std::int64_t id) {
  Choice choice{{"organisation", known.organisation(OrganisationId{id})->slug}, {"lead", "1"}};
  if (!part.everywhere) choice.emplace_back("part", "1");
  return choice;
}

/// A number of one line of how punctually results come in, with the table of what it counts; `whose`: what chooses the line there.
Html punctual_number(Say const& say, std::int64_t number, std::string_view result, Choice whose) {
  if (number == 0) return html("0");
  whose.emplace_back("result", result);
  auto const table = std::string(say.path("/work/table").text()) + "?" + http::Parameters::of(std::move(whose)).encoded();
  return html("<a href=\"{}\">{}</a>", own_path(table), say.number(number));
}

/// A table of how punctually results come in.
Html punctual(Say const& say, std::string_view id, std::string_view caption, std::string_view first, std::vector<Timeliness> const& list,
              auto const& name_of, auto const& whose) {
  if (list.empty()) return html("<p>{}</p>", say("No result was due yet."));
  Html rows;
  for (auto const& line : list)
    rows.add(
        "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
        name_of(line.id), punctual_number(say, line.due, "due", whose(line.id)), punctual_number(say, line.in_time, "in-time", whose(line.id)),
        punctual_number(say, line.late, "late", whose(line.id)), punctual_number(say, line.missing, "missing", whose(line.id)),
        say.percent(static_cast<double>(line.in_time) / static_cast<double>(line.due)));
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table><caption id=\"{}\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></div>",
      id, id, caption, first, say("Due"), say("In time"), say("Late"), say("Missing"), say("Share in time"), rows);
}

/// One line where there is little room.
Html short_line(Say const& say, Timeliness const& line, std::string_view name, Choice const& whose) {
  return html("<li>{}<br><span class=\"soft\">{}: {} · {}: {} · {}: {}</span></li>", name, say("In time"),
              punctual_number(say, line.in_time, "in-time", whose), say("Late"), punctual_number(say, line.late, "late", whose), say("Missing"),
              punctual_number(say, line.missing, "missing", whose));
}

}  // namespace

Reply timeliness(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const today = known->today(request.now);
  auto const edition = known->current(request.now);
  std::vector<Timeliness> regions, organisations;
  auto const part = part_of(request.read(), *known, person, today);
  if (edition) {
    Store store(request.read());
    regions = store.timeliness_by_region(edition->id, today);
    organisations = store.timeliness_by_organisation(edition->id, part, today);
  }
  auto const by_region = punctual(
      say, "regions", say("By region"), say("Region"), regions, [&](std::int64_t id) { return region_name(say, *known, id); },
      [&](std::int64_t id) { return of_region(*known, id); });
  auto const by_organisation = punctual(
      say, "organisations", say("By organisation"), say("Organisation"), organisations,
      [&](std::int64_t id) { return view::organisation_name(say, *known, {id}); },
      [&](std::int64_t id) { return of_organisation(*known, part, id); });
  return work_page(request, say("Results in time"),
                   html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1><p class=\"lead\">{}</p>{}{}", say.path("/work"), say("My page"),
                        say("Results in time"), say("Of the activities whose result was due before today."), by_region, by_organisation),
                   Status::ok, "work", edition);
}

Html results_in_time(Request& request, Desk const& desk) {
  auto const& say = request.say;
  auto const& known = *desk.known;
  auto const own = Store(request.read()).own_timeliness(desk.edition->id, desk.part.regions, desk.part.organisations, desk.today);
  Html lines;
  for (auto const& line : own.regions) lines += short_line(say, line, region_name(say, known, line.id), of_region(known, line.id));
  for (auto const& line : own.organisations)
    lines += short_line(say, line, view::organisation_name(say, known, {line.id}), of_organisation(known, desk.part, line.id));
  if (!lines.empty()) lines = html("<ul class=\"plain short\">{}</ul>", lines);
  return html("<section><h2>{}</h2>{}<p><a href=\"{}\">{}</a></p></section>", say("Results in time"), lines, say.path("/work/timeliness"),
              say("By region and organisation"));
}

}  // namespace birge::work
