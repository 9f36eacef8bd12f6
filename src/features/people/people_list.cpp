#include <algorithm>

#include "features/account/access.hpp"
#include "features/account/directory.hpp"
#include "features/account/invitation.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_scope.hpp"
#include "features/people/people_view.hpp"

namespace birge::people {

namespace {

constexpr int page_length = 100;

Html role_list(Request& request, std::vector<account::Grant> const& grants) {
  Html list;
  for (auto const& grant : grants) list.add("<span>{}</span>", grant_name(request, grant));
  return list;
}

Html row(Request& request, account::Account const& account, std::vector<account::Grant> const& grants) {
  auto const& say = request.say;
  bool const signs_in = !account::Store(request.read()).logins(account.id).empty();
  auto const assisted = signs_in ? Html() : html(" <span class=\"tag info\">{}</span>", say("does not sign in"));
  auto const locked = account.state == "locked" ? html(" <span class=\"tag danger\">{} {}</span>", site::icon("lock"), say("locked")) : Html();
  return html("<li class=\"card\"><h2><a href=\"{}\">{}</a>{}{}</h2><p class=\"dots\">{}</p></li>", say.path("/people/{}", account.id), account.name,
              locked, assisted, role_list(request, grants));
}

Html invitations(Request& request, account::Person const& viewer) {
  auto const& say = request.say;
  Html rows;
  for (auto const& ticket : account::Store(request.read()).open_invitations(request.now)) {
    if (!ticket.grant || !in_scope(request.read(), viewer, {*ticket.grant})) continue;
    auto const revoke =
        site::form(request, say.path("/people/invitations/{}", id_text(ticket.id)), html("<button class=\"quiet\">{}</button>", say("Take it back")));
    rows.add("<tr><th scope=\"row\">{}</th><td>{}</td><td data-label=\"{}\">{}</td><td>{}</td></tr>",
             ticket.name.empty() ? say("Without a name") : std::string_view(ticket.name), grant_name(request, *ticket.grant), say("Good until"),
             moment(request, ticket.expires), revoke);
  }
  if (rows.empty()) return {};
  return html("<section><h2>{}</h2><table class=\"stack\"><caption class=\"heard\">{}</caption><tbody>{}</tbody></table></section>",
              say("Invitations not used yet"), say("Invitations not used yet"), rows);
}

}  // namespace

Reply people_page(Request& request) {
  auto const& say = request.say;
  auto const& viewer = account::person(request);
  account::Store store(request.read());
  auto after_name = std::string(request.query.get("after"));
  auto after = parse_id_as<account::PersonTag>(request.query.get("id")).value_or(account::PersonId{});
  Html rows;
  int shown = 0;
  bool more = false;
  for (bool last = false; !last && !more;) {
    auto const list = store.accounts(after_name, after, page_length);
    last = static_cast<int>(list.size()) < page_length;
    for (auto const& account : list) {
      if (shown == page_length) {
        more = true;
        break;
      }
      after_name = account.name;
      after = account.id;
      auto const grants = store.grants(account.id);
      if (!in_scope(request.read(), viewer, grants)) continue;
      rows += row(request, account, grants);
      ++shown;
    }
  }
  Html next;
  if (more)
    next =
        site::next_page(say, own_path(std::string(say.path("/people").text()) + "?after=" + percent_encoded(after_name) + "&id=" + id_text(after)));
  site::Head head;
  head.title = say("People");
  head.index = false;
  head.active = "people";
  auto const step = request.query.get("done");
  auto const told = step == "end_role" ? say("The role was ended.") : step == "remove" ? say("The account was removed.") : std::string_view();
  auto const done = told.empty() ? Html() : site::notice(site::Notice::done, html("<p>{}</p>", told));
  auto const empty = rows.empty() ? html("<p>{}</p>", say("Nobody is here yet. Invite the first person.")) : Html();
  auto reply =
      site::page(request, head,
                 html("<h1>{}</h1>{}<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></div>{}<ul class=\"cards\">{}</ul>{}{}",
                      say("People"), done, say.path("/people/invite"), say("Invite somebody"), empty, rows, next, invitations(request, viewer)));
  return reply;
}

Reply revoke_invitation(Request& request) {
  auto const& viewer = account::person(request);
  auto const id = parse_id(request.capture("id"));
  request.write([&](db::Tx& tx) {
    auto const by = account::fresh(tx, viewer);
    auto const open = account::Store(tx).open_invitations(request.now);
    auto const found = std::ranges::find_if(open, [&](auto const& ticket) { return id && ticket.id == *id; });
    if (found == open.end() || !found->grant || !in_scope(tx, by, {*found->grant}))
      throw Problem(Failure::not_found, message("There is no such invitation."));
    account::revoke_ticket(tx, found->id, request.now);
    account::note(tx, account::acting(by), "invitation_revoked", account::PersonId{}, *found->grant, request.now);
  });
  return http::see_other(request.say.path("/people"));
}

}  // namespace birge::people
