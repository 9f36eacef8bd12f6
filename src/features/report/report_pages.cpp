#include "features/report/report_pages.hpp"

#include <algorithm>

#include "features/account/session.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_request.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"
#include "platform/base/text.hpp"
#include "platform/http/static_files.hpp"

namespace birge::report {

namespace {

/// The whole report to keep: what pages cut into parts is one document here.
Html downloads(Report const& report, Say const& say) {
  auto const address = [&](std::string_view ending, Filter const& scope) {
    return own_path("/feeds/report/" + percent_encoded(report.edition.slug) + "-" + std::string(say.code()) + std::string(ending) +
                    query_of(scope, *report.facts));
  };
  Html items;
  if (!of_some_days(report.scope))
    items.add("<li><a href=\"{}\">{} {}</a></li>", address(".pdf", report.scope), site::icon("download"), say("Download the report (PDF)"));
  items.add("<li><a href=\"{}\">{} {}</a></li>", address(".xlsx", report.scope), site::icon("download"), say("Download the workbook (XLSX)"));
  return html("<ul class=\"links\">{}</ul>", items);
}

/// The same report for a region or for some days, with what was chosen; open where something was, or where it cannot be read.
Html narrower(Say const& say, campaign::Facts const& facts, Edition const& edition, http::Parameters const& typed, std::vector<Fault> const& faults) {
  site::Options regions{{"", std::string(say("The whole country"))}};
  for (auto const* region : facts.places->regions()) regions.emplace_back(region->code, facts.places->name(region->id, say.language()).text);
  auto fields = html("<input type=\"hidden\" name=\"edition\" value=\"{}\">", edition.slug);
  fields += site::select_field(say, {.name = "place", .label = say("Region"), .value = typed.get("place"), .is_short = true}, regions, faults);
  auto const day = [&](char const* name, std::string_view label) {
    return site::text_field(say, {.name = name, .label = label, .value = typed.get(name), .type = "date", .is_short = true}, faults);
  };
  fields.add("<div class=\"pair\">{}{}</div>", day("from", say("First day")), day("until", say("Last day")));
  bool const chosen = !typed.get("place").empty() || !typed.get("from").empty() || !typed.get("until").empty();
  return html(
      "<details class=\"screen\" {}><summary>{}</summary><form method=\"get\" action=\"{}\">{}<p><button class=\"button second\">{}</button></p></form></details>",
      BIRGE_WHEN(chosen || !faults.empty(), "open"), say("Of one region or of some days"), say.path("/report"), fields, say("Show"));
}

/// A choice that cannot be read: the form with what was typed, and what is wrong with it.
Reply not_understood(Request& request, campaign::Facts const& facts, Edition const& edition, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  site::Head head;
  head.title = say("Report");
  head.active = "figures";
  head.edition = &edition;
  head.index = false;
  return site::page(request, head,
                    html("<h1>{}</h1>{}{}", say("Report"), site::fault_summary(say, faults), narrower(say, facts, edition, request.query, faults)),
                    Status::bad_request);
}

}  // namespace

std::string recommendation_anchor(int number) { return "recommendation-" + std::to_string(number); }

Url report_address(Say const& say, Edition const& edition, std::string_view anchor) {
  return own_path(std::string(say.path("/report").text()) + "?edition=" + percent_encoded(edition.slug) + "#" + std::string(anchor));
}

Reply report_page(Request& request) {
  auto const facts = site::facts(request);
  auto const& edition = site::chosen_edition(request, *facts);
  auto const read = activity::read_filter(request.query, *facts, edition.id);
  if (!read.faults.empty()) return not_understood(request, *facts, edition, read.faults);
  auto const scope = scope_in(read, *facts, edition.id);
  auto const part = part_of(request.query.get("part"));
  auto const tag = tag_of(request, edition);
  if (request.message.knows(tag)) return unchanged(tag);
  auto const report = gather(request.read(), scope, request.say.language(), request.now);
  auto const pages = pages_of(report);
  if (!part || std::ranges::find(pages, *part) == pages.end())
    throw Problem(Failure::not_found, message("The report has no such page. Begin with its first page."));
  site::Head head;
  head.title = title(report, request.say);
  if (*part != Part::reading) head.title = std::string(request.say(name(*part))) + " · " + head.title;
  head.description = request.say("What was planned, what was held, who came and what is missing: {}.", edition.name(request.say.language()));
  head.active = "figures";
  head.edition = &edition;
  auto const address = [&](Part each, std::string_view anchor) {
    auto query = activity::query_of(scope, *facts, {});
    if (each != Part::reading) query.set("part", code(each));
    return own_path(std::string(request.say.path("/report").text()) + "?" + query.encoded() + (anchor.empty() ? "" : "#" + std::string(anchor)));
  };
  head.canonical = address(*part, {});
  auto const* person = account::maybe_person(request);
  bool const inside = person && account::may_everywhere(*person, account::Permission::see_coalition);
  Html above;
  if (*part == Part::reading)
    above.add("{}{}", downloads(report, request.say), narrower(request.say, *facts, edition, activity::query_of(scope, *facts, edition.id), {}));
  auto const main =
      html("<link rel=\"stylesheet\" href=\"{}\">{}{}", http::static_url("web/report.css"), above,
           article_page(report, request.say, texts_of(request, report), {.on = true, .address = {}, .workspace = inside}, *part, address));
  auto reply = site::page(request, head, main);
  reply.etag = tag;
  return reply;
}

}  // namespace birge::report
