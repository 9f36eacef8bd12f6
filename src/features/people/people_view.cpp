#include "features/people/people_view.hpp"

#include "features/account/session.hpp"
#include "features/site/qr.hpp"

namespace birge::people {

Reply narrow_page(Request& request, std::string_view title, Html const& main, Status status, std::string_view active) {
  site::Head head;
  head.title = title;
  head.index = false;
  head.active = active;
  // An address may hold a secret: it is never repeated as a link to share.
  head.canonical = request.say.path("/sign-in");
  auto reply = site::page(request, head, html("<section class=\"narrow\"><h1>{}</h1>{}</section>", title, main), status);
  reply.cache_control = "no-store";
  return reply;
}

std::string grant_name(Request& request, account::Grant const& grant) {
  auto const facts = site::facts(request);
  auto const language = request.say.language();
  auto name = request.say(account::role_name(grant.role));
  if (grant.region) name += ", " + facts->places->name(*grant.region, language).text;
  if (grant.organisation)
    if (auto const* organisation = facts->organisation(*grant.organisation)) name += ", " + organisation->short_name(language);
  return name;
}

Html link_to_hand_over(Request& request, Url const& path, std::string_view message_text) {
  auto const& say = request.say;
  auto const address = request.absolute(path);
  auto const text = std::string(message_text) + "\n" + address;
  return html(
      "<div class=\"handover\"><div class=\"code\">{}</div><div><label for=\"link\"><b>{}</b></label><input id=\"link\" readonly value=\"{}\">"
      "<details><summary>{}</summary><textarea readonly aria-label=\"{}\">{}</textarea></details></div></div>",
      site::qr_code(address, say("The link as a code")), say("The link"), address, say("As a message ready to be sent"),
      say("As a message ready to be sent"), text);
}

std::string moment(Request& request, Instant instant) { return request.say.moment(instant, site::facts(request)->time_zone); }

Url with_next(Url const& path, std::string_view next) {
  if (next.empty()) return path;
  return own_path(std::string(path.text()) + "?next=" + percent_encoded(next));
}

Reply with_session(Reply reply, std::string_view secret) { return std::move(reply.header("Set-Cookie", account::cookie_header(secret))); }

}  // namespace birge::people
