#include "features/report/report_request.hpp"

#include <sys/stat.h>

#include "features/report/report_pages.hpp"
#include "features/report/report_texts_store.hpp"
#include "features/site/site.hpp"

namespace birge::report {

namespace {

/// Where the coordinator's texts lie: report-EDITION.md in the data folder.
std::string texts_path(Request const& request, Edition const& edition) {
  return request.services.config.text("data") + "/report-" + edition.slug + ".md";
}

Texts texts_in(std::string const& path) {
  try {
    return read_texts_file(path);
  } catch (Problem const&) { return {}; }
}

/// Tells versions of a file apart.
std::string version_of(std::string const& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return "0";
  return std::to_string(about.st_mtim.tv_sec) + "." + std::to_string(about.st_mtim.tv_nsec) + "." + std::to_string(about.st_size);
}

}  // namespace

Filter scope_in(activity::ReadFilter const& read, campaign::Facts const& facts, campaign::EditionId edition) {
  auto region = read.filter.place;
  if (region) {
    auto const* place = facts.places->region_of(*region);
    region = place ? std::optional(place->id) : std::nullopt;
  }
  return scope_of(edition, region, read.filter.from, read.filter.until);
}

bool of_some_days(Filter const& scope) { return scope.from || scope.until; }

std::string query_of(Filter const& scope, campaign::Facts const& facts) {
  auto query = activity::query_of(scope, facts, scope.edition).encoded();
  return query.empty() ? query : "?" + query;
}

Texts texts_of(Request const& request, Report const& report) {
  return report.texts.empty() ? texts_in(texts_path(request, report.edition)) : report.texts;
}

Texts shown_texts(Request& request, Edition const& edition) {
  auto texts = stored_texts(request.read(), edition.id);
  return texts.empty() ? texts_in(texts_path(request, edition)) : texts;
}

std::string tag_of(Request& request, Edition const& edition) { return site::etag(request) + "-" + version_of(texts_path(request, edition)); }

Reply unchanged(std::string tag) {
  Reply reply;
  reply.etag = std::move(tag);  // the edge turns it into 304 without a body
  return reply;
}

}  // namespace birge::report
