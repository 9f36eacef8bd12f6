#include "features/report/report_chapters.hpp"
#include "features/report/report_pages.hpp"
#include "features/site/site.hpp"

namespace birge::report {

namespace {

using view::Pen;

constexpr std::size_t organisations_shown = 20;

/// What chooses the activities of a line in the workspace's table; nothing where the table cannot.
using Choice = std::vector<std::pair<std::string, std::string>>;

Html share(Pen const& pen, work::Punctuality const& line, Html const& name, Choice const& whose) {
  auto const cell = [&](std::int64_t value, char const* result) {
    if (value == 0 || whose.empty()) return html("<td class=\"n\">{}</td>", pen.text(value));
    auto choice = whose;
    choice.emplace_back("result", result);
    return html("<td class=\"n\">{}</td>", pen.opened(pen.text(value), pen.results_link(std::move(choice))));
  };
  return html("<tr><th scope=\"row\">{}</th>{}{}{}{}<td class=\"n\">{}</td></tr>", name, cell(line.due, "due"), cell(line.in_time, "in-time"),
              cell(line.late, "late"), cell(line.missing, "missing"),
              pen.say.percent(static_cast<double>(line.in_time) / static_cast<double>(line.due)));
}

Choice of_region(Pen const& pen, std::int64_t id) {
  auto const* region = pen.facts.places->find(PlaceId{id});
  return {{"place", region ? region->code : "none"}};
}

/// Of a report on one region the table has no filter for what an organisation led there.
Choice of_organisation(Pen const& pen, std::int64_t id) {
  auto const* organisation = pen.facts.organisation(coalition::OrganisationId{id});
  if (!organisation || pen.report.scope.place) return {};
  return {{"organisation", organisation->slug}, {"lead", "1"}};
}

Html punctual(Pen& pen, std::string const& id, std::string_view title, std::string_view first, Html const& rows) {
  auto const& say = pen.say;
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\"><table><caption id=\"{}\">{}</caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></div>",
      id, id, pen.table(title), first, say("Due"), say("In time"), say("Late"), say("Missing"), say("Share in time"), rows);
}

}  // namespace

Html timeliness(Pen& pen) {
  auto const& say = pen.say;
  auto const& report = pen.report;
  if (report.by_region.empty() && report.by_organisation.empty()) return {};
  Html regions, organisations;
  for (auto const& line : report.by_region)
    regions += share(pen, line, line.id == 0 ? html("{}", say("National, online, in several places")) : pen.place(PlaceId{line.id}),
                     of_region(pen, line.id));
  for (std::size_t i = 0; i < report.by_organisation.size() && i < organisations_shown; ++i) {
    auto const& line = report.by_organisation[i];
    organisations += share(pen, line, pen.organisation(coalition::OrganisationId{line.id}), of_organisation(pen, line.id));
  }
  Html out = html("<h3>{}</h3><p>{}</p>", say("Results in time"),
                  say("Of the results that were due before {}: how many came in time, late, or not at all.", say.date(report.today)));
  if (!regions.empty()) out += punctual(pen, "t-punctual-regions", say("Results in time by region"), say("Region"), regions);
  if (!organisations.empty())
    out += punctual(pen, "t-punctual-organisations", say("Results in time by organisation, those with the most missing first"), say("Organisation"),
                    organisations);
  return out;
}

Html recommendations(Pen& pen, std::vector<campaign::Recommendation> const& list, bool with_state) {
  auto const& say = pen.say;
  Html items;
  for (auto const& each : list) {
    auto const own = each.texts.find(std::string(say.code()));
    auto const& text = own == each.texts.end() ? *each.texts.begin() : *own;
    // What an earlier conference recommended stands in the same report, with the same numbers.
    if (with_state) items.add("<li value=\"{}\">", each.number);
    else items.add("<li id=\"{}\" value=\"{}\">", recommendation_anchor(each.number), each.number);
    items += pen.words(text.second, text.first);
    if (each.organisation) items.add(" <small>{} {}</small>", say("Responsible:"), pen.organisation(*each.organisation));
    if (each.due) items.add(" <small>{}</small>", say("Until {}", *each.due));
    if (with_state) items.add("<br><b>{}</b> {}", say(campaign::recommendation_state_name(each.state)), each.note);
    items.add("</li>");
  }
  return html("<ol>{}</ol>", items);
}

Chapter promises(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "promised", .title = std::string(say("Promised last time")), .body = {}, .parts = {}};
  chapter.body.add("<p>{}</p>{}", say("What the closing conference recommended: {}", pen.report.promised_by->name(say.language())),
                   recommendations(pen, pen.report.promised, true));
  return chapter;
}

Chapter corrections(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "corrections", .title = std::string(say("Corrections after the closing")), .body = {}, .parts = {}};
  chapter.body.add("<p>{}</p>{}",
                   say("The edition was closed on {}. These values were changed later and are not part of the figures of this report.",
                       say.moment(*pen.report.closed, pen.facts.time_zone)),
                   insight::corrections_table(say, pen.facts, pen.report.corrections, pen.table(say("Corrections after the closing")), false));
  return chapter;
}

}  // namespace birge::report
