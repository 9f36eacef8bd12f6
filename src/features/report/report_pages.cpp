#include "features/report/report_pages.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <mutex>

#include "features/account/session.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_pdf.hpp"
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

bool of_some_days(Filter const& scope) { return scope.from || scope.until; }

std::string query_of(Filter const& scope, campaign::Facts const& facts) {
  auto query = activity::query_of(scope, facts, scope.edition).encoded();
  return query.empty() ? query : "?" + query;
}

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

/// A document of a large edition takes seconds of a core: one at a time, so that many who ask cannot stop the pages.
std::unique_lock<std::mutex> only_one() {
  static std::mutex one_at_a_time;
  std::unique_lock only(one_at_a_time, std::try_to_lock);
  if (!only.owns_lock()) throw Problem(Failure::busy, message("Another document is being made. Please try again in a moment."));
  return only;
}

std::string workbook_file(Request& request, Filter const& scope, Language language) {
  auto const only = only_one();
  auto const report = gather(request.read(), scope, language, request.now);
  return workbook(request.read(), report, Say::in(language), Reader::everyone, request.services.config.text("public_address"));
}

/// The last documents that were made, as long as nothing in them changed: each costs seconds, and the same one is asked for by many.
class Shelf {
public:
  std::optional<std::string> find(std::string const& key) {
    std::lock_guard const lock(mutex_);
    auto const found = std::ranges::find(made_, key, &std::pair<std::string, std::string>::first);
    return found == made_.end() ? std::nullopt : std::optional(found->second);
  }
  void put(std::string key, std::string bytes) {
    constexpr std::size_t kept = 6;
    std::lock_guard const lock(mutex_);
    if (made_.size() == kept) made_.erase(made_.begin());
    made_.emplace_back(std::move(key), std::move(bytes));
  }

private:
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::string>> made_;
};

/// `key` names the document with all that it depends on.
std::string pdf_file(Request& request, Edition const& edition, Filter const& scope, Language language, std::string const& key) {
  static Shelf shelf;
  if (auto made = shelf.find(key)) return *std::move(made);
  auto const only = only_one();
  auto const& say = Say::in(language);
  auto const report = gather(request.read(), scope, language, request.now);
  auto const texts = report.texts.empty() ? texts_of(texts_path(request, edition)) : report.texts;
  auto const& address = request.services.config.text("public_address");
  auto pdf = pdf_of(document(say, title(report, say), article(report, say, texts, {.on = !address.empty(), .address = address})));
  shelf.put(key, pdf);
  return pdf;
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
  auto const part = part_of(request.query.get("part"));
  if (!part) throw Problem(Failure::not_found, message("The report has no such page. Begin with its first page."));
  auto const scope = scope_in(read, *facts, edition.id);
  auto const path = texts_path(request, edition);
  auto const tag = site::etag(request) + "-" + version_of(path);
  auto const report = gather(request.read(), scope, request.say.language(), request.now);
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
  auto const main = html("<link rel=\"stylesheet\" href=\"{}\">{}{}", http::static_url("web/report.css"), above,
                         article_page(report, request.say, report.texts.empty() ? texts_of(path) : report.texts,
                                      {.on = true, .address = {}, .workspace = inside}, *part, address));
  auto reply = site::page(request, head, main);
  reply.etag = tag;
  return reply;
}

Reply report_file(Request& request) {
  // "2018-ky.xlsx": what stands before the last hyphen is the edition.
  auto file = request.capture("file");
  bool const pdf = file.ends_with(".pdf");
  auto const not_there = [&] {
    return Problem(Failure::not_found, pdf ? message("There is no such report.") : message("There is no such workbook."));
  };
  if (!pdf && !file.ends_with(".xlsx")) throw not_there();
  file = file.substr(0, file.rfind('.'));
  auto const hyphen = file.rfind('-');
  auto const language = hyphen == std::string_view::npos ? std::nullopt : language_of(file.substr(hyphen + 1));
  if (!language) throw not_there();
  auto const facts = site::facts(request);
  auto const* edition = facts->edition(file.substr(0, hyphen));
  if (!edition) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(file.substr(0, hyphen)), 40)));
  auto const scope = read_scope(request, *facts, edition->id);
  // Each choice of days would be another document; pages and the workbook are there for any.
  if (pdf && of_some_days(scope))
    throw Problem(Failure::bad_input, message("As a PDF there is the report of the whole campaign or of a region, not of some days."));

  auto const name = "report-" + edition->slug + "-" + std::string(code(*language)) + (pdf ? ".pdf" : ".xlsx");
  auto const tag = site::etag(request) + "-" + std::string(code(*language)) + "-" + version_of(texts_path(request, *edition));
  auto bytes = pdf ? pdf_file(request, *edition, scope, *language, name + query_of(scope, *facts) + tag) : workbook_file(request, scope, *language);
  auto reply = http::download(std::move(bytes), pdf ? "application/pdf" : sheet::workbook_type, name);
  reply.etag = tag;
  return reply;
}

}  // namespace birge::report
