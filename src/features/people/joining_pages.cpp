#include "features/people/joining_pages.hpp"

#include "features/account/account_secrets.hpp"
#include "features/account/directory.hpp"
#include "features/account/invitation.hpp"
#include "features/account/joining.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/people/people_view.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::JoiningRequest;
using account::Person;

JoiningRequest find(db::Reader& read, Person const& person, std::string_view text) {
  auto const id = parse_id(text);
  auto request = id ? account::Register(read).request(*id) : std::nullopt;
  if (!request || !account::may_decide(person, *request)) throw Problem(Failure::not_found, message("There is no such request."));
  return std::move(*request);
}

std::string region_name(Request& request, std::optional<place::PlaceId> region) {
  return region ? site::facts(request)->places->name(*region, request.say.language()).text : std::string(request.say("National"));
}

/// Who approved first, by name: coordinators see one another.
std::string name_of(Request& request, account::PersonId person) {
  auto const known = account::who(request.read(), std::array{person});
  auto const found = known.find(person.value);
  return found == known.end() ? std::string() : account::shown(request.say, found->second, "", account::maybe_person(request));
}

Html facts_of(Request& request, JoiningRequest const& joining) {
  auto const& say = request.say;
  auto const facts = site::facts(request);
  std::string regions;
  for (auto const& code : joining.regions)
    if (auto const* place = facts->places->by_code(code))
      regions += (regions.empty() ? "" : ", ") + facts->places->name(place->id, say.language()).text;
  Html items;
  auto const item = [&](std::string_view icon, std::string_view label, Html const& value) {
    items.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
  };
  item("organisation", say("Kind of organisation"), html("{}", say(coalition::kind_name(joining.kind))));
  item("place", say("Region"), html("{}", region_name(request, joining.region)));
  if (!regions.empty()) item("globe", say("Active in"), html("{}", regions));
  if (auto const address = url(joining.website); address && !joining.website.empty())
    item("globe", say("Website"), html("<a href=\"{}\">{}</a>", *address, joining.website));
  if (!joining.contact_name.empty()) item("phone", say("Contact"), html("{}, {}", joining.contact_name, joining.contact));
  item("calendar", say("Asked on"), html("{}", moment(request, joining.created)));
  return html("<dl class=\"facts\">{}</dl>", items);
}

/// It joined; as long as nobody of it came in, its contact is here, and the link can be made anew.
Html joined(Request& request, JoiningRequest const& joining) {
  auto const& say = request.say;
  auto const done = site::notice(site::Notice::done, html("<p>{}</p>", say("This organisation joined.")));
  if (joining.contact.empty()) return done;
  auto const hint = say("The link was shown once, when it joined. A new one takes the place of the one before, which then no longer works.");
  return html("{}<section><h2>{}</h2><p>{}</p>{}</section>", done, say("Its invitation was not used yet"), hint,
              site::form(request, say.path("/joining/{}", id_text(joining.id)),
                         html("<div class=\"actions\"><button class=\"button second\" name=\"what\" value=\"link\">{}</button></div>",
                              say("Make a new link"))));
}

Html decision(Request& request, JoiningRequest const& joining) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  if (joining.state == "refused")
    return site::notice(site::Notice::attention, html("<p>{}</p><p>{}</p>", say("This request was refused."), joining.reason));
  if (joining.state == "accepted") return joined(request, joining);
  bool const national_first = joining.first_by && account::Register(request.read()).is_national(*joining.first_by);
  Html state;
  if (joining.first_by)
    state = html("<p>{}</p>",
                 say("{} approved it. A second coordinator has to agree; one of the two is a national one.", name_of(request, *joining.first_by)));
  else state = html("<p>{}</p>", say("Nobody approved it yet. Two coordinators have to agree; one of the two is a national one."));
  Html buttons;
  auto const can = account::approval(person, joining, national_first);
  if (can == account::Approval::first || can == account::Approval::second)
    buttons.add("<button class=\"button\" name=\"what\" value=\"approve\">{}</button>",
                can == account::Approval::first ? say("Approve") : say("Approve and let it join"));
  else if (can == account::Approval::needs_national) state.add("<p>{}</p>", say("One of the two approvals has to come from a national coordinator."));
  auto const reason = site::text_area(say, {.name = "reason", .label = say("Reason, if you refuse"), .hint = say("Only coordinators read it.")}, {});
  return html("<section><h2>{}</h2>{}{}</section>", say("Decision"), state,
              site::form(request, say.path("/joining/{}", id_text(joining.id)),
                         html("{}<div class=\"actions\">{}<button class=\"button danger\" name=\"what\" value=\"refuse\">{}</button></div>", reason,
                              buttons, say("Refuse"))));
}

/// For the person who asked: it makes them the focal point of the organisation.
account::Invitation invitation_of(JoiningRequest const& joining, coalition::OrganisationId organisation) {
  account::Invitation invitation;
  invitation.name = joining.contact_name;
  if (auto const login = account::login_of(joining.contact)) invitation.login = login->text;
  invitation.language = joining.language;
  invitation.grant = {account::Role::focal_point, {}, organisation, {}};
  return invitation;
}

/// Whether somebody did just this already: a form that was sent twice, or a page that was loaded again. It changes nothing then.
bool done_before(JoiningRequest const& joining, std::string_view what, account::PersonId by) {
  if (what == "refuse") return joining.state == "refused" && joining.second_by == by;
  if (joining.state == "accepted") return joining.first_by == by || joining.second_by == by;
  return joining.state == "waiting" && joining.first_by == by;
}

/// With the second approval, or later: the link to hand over, and to whom.
Reply joined_page(Request& request, JoiningRequest const& joining, std::string_view secret) {
  auto const& say = request.say;
  auto const& theirs = Say::in(language_of(joining.language).value_or(say.language()));
  return narrow_page(
      request, say("{} joined", joining.name),
      html("<p>{}</p>{}<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></div>",
           say("Send this link to {} ({}): it makes them the focal point. It works once, for 7 days, and is shown only now.", joining.contact_name,
               joining.contact),
           link_to_hand_over(
               request, theirs.path("/invitation/{}", secret),
               theirs(
                   "You are invited to work with the coalition against trafficking in persons. Open the link within 7 days and choose a password.")),
           say.path("/joining"), say("Done")),
      Status::ok, "joining");
}

/// Another link for who asked to join, in place of the one that got lost.
Reply new_link(Request& request, Person const& person) {
  auto const secret = account::new_secret();
  auto const joining = request.write([&](db::Tx& tx) {
    auto const by = account::fresh(tx, person);
    auto found = find(tx, by, request.capture("id"));
    if (found.contact.empty() || !found.organisation)
      throw Problem(Failure::conflict, message("Somebody of this organisation is here already. Invite others under People."));
    auto const invitation = invitation_of(found, *found.organisation);
    account::revoke_unused(tx, *found.organisation, invitation.login, request.now);
    account::invite(tx, request.services.ids, by, invitation, secret, request.now);
    return found;
  });
  return joined_page(request, joining, secret);
}

Html cards(Request& request, std::vector<JoiningRequest> const& list) {
  auto const& say = request.say;
  auto const state = [&](JoiningRequest const& joining) {
    if (joining.state == "accepted") return say("invitation not used yet");
    return joining.first_by ? say("approved once") : say("new");
  };
  Html rows;
  for (auto const& joining : list)
    if (account::may_decide(account::person(request), joining))
      rows.add("<li class=\"card\"><h2><a href=\"{}\">{}</a></h2><p class=\"dots\"><span>{}</span><span>{}</span><span>{}</span></p></li>",
               say.path("/joining/{}", id_text(joining.id)), joining.name, say(coalition::kind_name(joining.kind)),
               region_name(request, joining.region), state(joining));
  return rows;
}

}  // namespace

Reply joining_list(Request& request) {
  auto const& say = request.say;
  account::Register store(request.read());
  auto const rows = cards(request, store.waiting());
  auto const invited = cards(request, store.invited());
  site::Head head;
  head.title = say("Joining requests");
  head.index = false;
  head.active = "joining";
  auto const empty = rows.empty() ? html("<p>{} <a href=\"{}\">{}</a></p>", say("Nobody waits for a decision. Organisations ask to join here:"),
                                         say.path("/join"), say("Join the coalition"))
                                  : Html();
  auto const joined_lately =
      invited.empty() ? Html() : html("<section><h2>{}</h2><ul class=\"cards\">{}</ul></section>", say("Joined lately"), invited);
  return site::page(request, head, html("<h1>{}</h1>{}<ul class=\"cards\">{}</ul>{}", say("Joining requests"), empty, rows, joined_lately));
}

Reply joining_page(Request& request) {
  auto const& say = request.say;
  auto const joining = find(request.read(), account::person(request), request.capture("id"));
  return narrow_page(request, joining.name,
                     html("<p>{}</p>{}{}<p><a href=\"{}\">{}</a></p>", site::in_language(request, joining.about, joining.language),
                          facts_of(request, joining), decision(request, joining), say.path("/joining"), say("Back to all requests")),
                     Status::ok, "joining");
}

Reply decide_joining(Request& request) {
  auto const& person = account::person(request);
  auto const before = find(request.read(), person, request.capture("id"));
  auto const today = site::facts(request)->today(request.now);
  auto const what = request.form.get("what");
  auto const back = request.say.path("/joining/{}", id_text(before.id));
  if (what == "link") return new_link(request, person);
  if (done_before(before, what, person.id)) return http::see_other(back);
  if (what == "refuse") {
    auto const reason = shortened(clean_text(request.form.get("reason")), 1000);
    request.write([&](db::Tx& tx) {
      auto const by = account::fresh(tx, person);
      auto const joining = find(tx, by, request.capture("id"));
      account::refuse(tx, by, joining.id, reason, request.now);
      audit::Entry entry{account::acting(by), "refused", {"joining_request", joining.id}, request.now};
      audit::record(tx, entry.text_changed("reason"));
    });
    return http::see_other(request.say.path("/joining"));
  }
  if (what != "approve") throw Problem(Failure::bad_input, message("This address cannot be used in this way."));
  // The organisation and the invitation of who asked are stored in one change: there are both or neither.
  auto const secret = account::new_secret();
  bool const joins = request.write([&](db::Tx& tx) {
    auto const by = account::fresh(tx, person);
    auto const joining = find(tx, by, request.capture("id"));
    auto const made = account::approve(tx, request.services.ids, by, joining.id, today, request.now);
    audit::Entry entry{account::acting(by), "approved", {"joining_request", joining.id}, request.now};
    audit::record(tx, made ? entry.with("organisation", *made) : entry);
    if (!made) return false;
    campaign::touch_facts(tx);
    account::invite(tx, request.services.ids, by, invitation_of(joining, *made), secret, request.now);
    return true;
  });
  if (!joins) return http::see_other(back);
  return joined_page(request, before, secret);
}

}  // namespace birge::people
