#include "features/report/report_pages.hpp"

#include <sys/stat.h>

#include <mutex>

#include "features/account/session.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_texts_store.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"
#include "platform/base/text.hpp"
#include "platform/http/static_files.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::report {

namespace {

/// Of a query without faults.
Filter scope_in(activity::ReadFilter const& read, campaign::Facts const& facts, campaign::EditionId edition) {
  auto region = read.filter.place;
  if (region) {
    auto const* place = facts.places->region_of(*region);
    region = place ? std::optional(place->id) : std::nullopt;
  }
  return scope_of(edition, region, read.filter.from, read.filter.until);
}

Filter read_scope(Request& request, campaign::Facts const& facts, campaign::EditionId edition) {
  auto const read = activity::read_filter(request.query, facts, edition);
  if (!read.faults.empty()) throw Problem(Failure::bad_input, read.faults.front().message);
  return scope_in(read, facts, edition);
}

/// Where the coordinator's texts lie: report-EDITION.md in the data folder.
std::string texts_path(Request const& request, Edition const& edition) {
  return request.services.config.text("data") + "/report-" + edition.slug + ".md";
}

/// Texts that cannot be read are left out of the public page; the command line says what is wrong with them.
Texts texts_of(std::string const& path) {
  try {
    return read_texts_file(path);
  } catch (Problem const&) { return {}; }
}

/// Tells versions of a file apart for the ETag.
std::string version_of(std::string const& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return "0";
  return std::to_string(about.st_mtim.tv_sec) + "." + std::to_string(about.st_mtim.tv_nsec) + "." + std::to_string(about.st_size);
}

std::string query_of(Filter const& scope, campaign::Facts const& facts) {
  auto query = activity::query_of(scope, facts, scope.edition).encoded();
  return query.empty() ? query : "?" + query;
}

Html head_line(Report const& report, Say const& say) {
  auto const address = own_path("/feeds/report/" + percent_encoded(report.edition.slug) + "-" + std::string(say.code()) + ".xlsx" +
                                query_of(report.scope, *report.facts));
  return html("<ul class=\"links\"><li><a href=\"{}\">{} {}</a></li></ul>", address, site::icon("download"), say("Download the workbook (XLSX)"));
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

Texts shown_texts(Request& request, Edition const& edition) {
  auto texts = stored_texts(request.read(), edition.id);
  return texts.empty() ? texts_of(texts_path(request, edition)) : texts;
}

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
  auto const path = texts_path(request, edition);
  auto const tag = site::etag(request) + "-" + version_of(path);
  auto const report = gather(request.read(), scope, request.say.language(), request.now);
  site::Head head;
  head.title = title(report, request.say);
  head.description = request.say("What was planned, what was held, who came and what is missing: {}.", edition.name(request.say.language()));
  head.active = "figures";
  head.edition = &edition;
  auto query = activity::query_of(scope, *facts, {}).encoded();
  head.canonical = own_path(std::string(request.say.path("/report").text()) + "?" + query);
  auto const* person = account::maybe_person(request);
  bool const inside = person && account::may_everywhere(*person, account::Permission::see_coalition);
  auto const main = html("<link rel=\"stylesheet\" href=\"{}\">{}{}{}", http::static_url("web/report.css"), head_line(report, request.say),
                         narrower(request.say, *facts, edition, activity::query_of(scope, *facts, edition.id), {}),
                         article(report, request.say, report.texts.empty() ? texts_of(path) : report.texts,
                                 {.on = true, .address = {}, .workspace = inside}, Frame::page));
  auto reply = site::page(request, head, main);
  reply.etag = tag;
  return reply;
}

Reply report_workbook(Request& request) {
  // "2018-ky.xlsx": what stands before the last hyphen is the edition.
  auto file = request.capture("file");
  auto const not_there = [&] { return Problem(Failure::not_found, message("There is no such workbook.")); };
  if (!file.ends_with(".xlsx")) throw not_there();
  file.remove_suffix(5);
  auto const hyphen = file.rfind('-');
  auto const language = hyphen == std::string_view::npos ? std::nullopt : language_of(file.substr(hyphen + 1));
  if (!language) throw not_there();
  auto const facts = site::facts(request);
  auto const* edition = facts->edition(file.substr(0, hyphen));
  if (!edition) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(file.substr(0, hyphen)), 40)));

  // A workbook of a large edition takes seconds of a core: one at a time, so that many who ask cannot stop the pages.
  static std::mutex one_at_a_time;
  std::unique_lock const only(one_at_a_time, std::try_to_lock);
  if (!only.owns_lock()) throw Problem(Failure::busy, message("Another workbook is being made. Please try again in a moment."));
  auto const& say = Say::in(*language);
  auto const report = gather(request.read(), read_scope(request, *facts, edition->id), *language, request.now);
  auto book = workbook(request.read(), report, say, Reader::everyone, request.services.config.text("public_address"));
  auto reply = http::download(std::move(book), sheet::workbook_type, "report-" + edition->slug + "-" + std::string(code(*language)) + ".xlsx");
  reply.etag = site::etag(request) + "-" + std::string(code(*language));
  return reply;
}

}  // namespace birge::report
