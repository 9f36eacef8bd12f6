#include "features/intake/intake_view.hpp"

namespace birge::intake {

namespace {

Problem no_such_import() { return {Failure::not_found, message("There is no import at this address.")}; }

}  // namespace

Opened open(Request& request) {
  auto known = site::facts(request);
  auto const& person = account::person(request);
  auto const id = parse_id_as<RunTag>(request.capture("id"));
  auto run = id ? Store(request.read()).find(*id) : std::nullopt;
  if (!run) throw no_such_import();
  bool const own = run->person == person.id;
  bool const stored = run->stored.has_value() && account::may_everywhere(person, account::Permission::import);
  if (!own && !stored) throw no_such_import();
  return {std::move(known), person, std::move(*run), own};
}

Opened open_own(Request& request) {
  auto opened = open(request);
  if (!opened.own) throw no_such_import();
  return opened;
}

Url page_of(Say const& say, RunId id) { return say.path("/work/import/{}", id); }

Reply intake_page(Request& request, std::string_view title, Html const& main, Status status, campaign::Edition const* edition) {
  site::Head head;
  head.edition = edition;
  head.title = title;
  head.active = "import";
  head.index = false;
  auto reply = site::page(request, head, main, status);
  reply.cache_control = "no-store";
  return reply;
}

Html crumb(Say const& say) { return html("<p class=\"above\"><a href=\"{}\">{}</a></p>", say.path("/work/import"), say("Import")); }

std::string edition_name(Say const& say, campaign::Facts const& known, activity::EditionId id) {
  auto const* edition = known.edition(id);
  return edition ? edition->name(say.language()) : std::string();
}

}  // namespace birge::intake
