#include <algorithm>

#include "features/account/invitation.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/account/session.hpp"
#include "features/notice/notice.hpp"
#include "features/people/people_leave.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_scope.hpp"
#include "features/people/people_view.hpp"

namespace birge::people {

namespace {

using account::Grant;
using account::Person;

struct Known {
  account::Account account;
  std::vector<account::HeldRole> held;
  std::vector<Grant> grants;  ///< those of `held` that did not end
};

Known find(db::Reader& read, Person const& viewer, std::string_view text) {
  auto const id = parse_id_as<account::PersonTag>(text);
  account::Store store(read);
  auto account = id ? store.find(*id) : std::nullopt;
  // Whom a viewer does not look after, and who left, is told apart from nobody by nothing.
  if (!account || account->state == "left" || !in_scope(read, viewer, store.grants(*id)))
    throw Problem(Failure::not_found, message("There is nobody at this address."));
  Known known{std::move(*account), store.roles_of(*id), store.grants(*id)};
  return known;
}

/// Or acts through an assistant alone.
bool signs_in(db::Reader& read, Known const& known) { return !account::Store(read).logins(known.account.id).empty(); }

bool may_manage(db::Reader& read, Person const& viewer, Known const& known) {
  return known.account.id != viewer.id && account::may_manage(viewer, known.grants, account::homes_of(read, known.grants));
}
bool may_reset(db::Reader& read, Person const& viewer, Known const& known) {
  return known.account.id != viewer.id && account::may_reset(viewer, known.grants, account::homes_of(read, known.grants));
}

Html button(Request& request, Known const& known, std::string_view what, std::string_view label, bool danger, std::string_view role = {}) {
  return site::form(
      request, request.say.path("/people/{}", known.account.id),
      html("<input type=\"hidden\" name=\"what\" value=\"{}\"><input type=\"hidden\" name=\"role\" value=\"{}\"><button class=\"{}\">{}</button>",
           what, role, danger ? "button danger" : "button second", label));
}

Html roles(Request& request, Person const& viewer, Known const& known) {
  auto const& say = request.say;
  bool const manages = may_manage(request.read(), viewer, known);
  Html list;
  for (auto const& role : known.held) {
    auto const name = grant_name(request, role.grant);
    if (role.ended) list.add("<li class=\"soft\">{} · {}</li>", name, say("until {}", moment(request, *role.ended)));
    else if (manages) list.add("<li>{} {}</li>", name, button(request, known, "end_role", say("End this role"), true, id_text(role.id)));
    else list.add("<li>{}</li>", name);
  }
  return html("<section><h2>{}</h2><ul class=\"plain roles\">{}</ul></section>", say("Roles"), list);
}

Html actions(Request& request, Person const& viewer, Known const& known) {
  auto const& say = request.say;
  auto& read = request.read();
  Html out, hint;
  if (may_reset(read, viewer, known) && signs_in(read, known)) {
    hint = html("<p class=\"soft\">{}</p>",
                say("Give a link only to somebody whose voice or face you know. Whoever has it can sign in as this person."));
    out += button(request, known, "link", say("Link to a new password"), false);
    if (account::Store(read).factor(known.account.id)) out += button(request, known, "remove_factor", say("Remove the second step"), true);
  }
  if (may_manage(read, viewer, known)) {
    if (known.account.state == "locked") out += button(request, known, "unlock", say("Unlock"), false);
    else out += button(request, known, "lock", signs_in(read, known) ? say("Lock and sign out everywhere") : say("Lock"), true);
  }
  // Nobody can take it back: it needs the right to every role that goes with the account.
  if (may_reset(read, viewer, known)) out += button(request, known, "remove", say("Remove this account"), true);
  if (out.empty()) return {};
  return html("<section><h2>{}</h2><div class=\"actions\">{}</div>{}</section>", say("Help and protect"), out, hint);
}

Reply person_view(Request& request, Known const& known, Html const& notice) {
  auto const& say = request.say;
  auto const& viewer = account::person(request);
  Html logins;
  for (auto const& login : account::Store(request.read()).logins(known.account.id)) {
    auto const read = account::login_of(login);
    auto const address = url((read->kind == account::LoginKind::phone ? "tel:" : "mailto:") + login);
    logins.add("<li><a href=\"{}\">{}</a></li>", address.value_or(Url()), account::shown(*read));
  }
  if (logins.empty()) {
    logins.add("<li>{}</li>", say("Does not use computers and has nothing to sign in with."));
    bool const coordinates = std::ranges::any_of(known.grants, [](Grant const& grant) { return account::acts_through_others(grant.role); });
    if (coordinates && known.account.state == "active" && account::may_everywhere(viewer, account::Permission::approve))
      logins.add("<li><a href=\"{}\">{}</a></li>", say.path("/work/deputies?for={}", id_text(known.account.id)), say("Who acts in this place"));
  }
  auto const locked =
      known.account.state == "locked" ? html("<p><span class=\"tag danger\">{} {}</span></p>", site::icon("lock"), say("locked")) : Html();
  return narrow_page(request, known.account.name,
                     html("{}{}<ul class=\"plain\">{}</ul>{}{}<p><a href=\"{}\">{}</a></p>", notice, locked, logins, roles(request, viewer, known),
                          actions(request, viewer, known), say.path("/people"), say("Back to all people")),
                     Status::ok, "people");
}

/// What was done a moment ago; nothing where no step led here.
Html done_notice(Request& request, Known const& known) {
  auto const& say = request.say;
  auto const done = request.query.get("done");
  auto const told = [](std::string_view text) { return site::notice(site::Notice::done, html("<p>{}</p>", text)); };
  if ((done == "lock" || done == "unlock") && !signs_in(request.read(), known))
    return told(known.account.state == "locked" ? say("Locked: nobody acts in this place.")
                                                : say("Unlocked: an assistant can act in this place again."));
  if (done == "lock" && known.account.state == "locked") return told(say("Locked, and signed out everywhere."));
  if (done == "unlock" && known.account.state != "locked") return told(say("Unlocked: this person can sign in again."));
  if (done == "remove_factor") return told(say("The second step was removed, and this person signed out everywhere."));
  return {};
}

/// What cannot simply be pressed once more is asked once more: what it does, to whom.
Reply asked_again(Request& request, Known const& known, std::string_view what, std::optional<std::int64_t> role) {
  auto const& say = request.say;
  auto const& name = known.account.name;
  std::string_view title = say("Lock and sign out everywhere");
  std::string question = say("{} is signed out everywhere and cannot sign in until somebody unlocks the account.", name);
  if (what == "lock" && !signs_in(request.read(), known)) {
    title = say("Lock");
    question = say("Nobody acts in the place of {} until somebody unlocks it.", name);
  }
  if (what == "remove_factor") {
    title = say("Remove the second step");
    question = say("{} is signed out everywhere and signs in with the password alone, until a second step is set up anew.", name);
  }
  if (what == "remove") {
    title = say("Remove this account");
    question =
        say("For somebody who is gone. The name {}, phone number, address and password are deleted at once, and nobody can bring them back. "
            "What this person planned, counted and confirmed stays with the organisation, without the name.",
            name);
  }
  if (what == "end_role") {
    auto const held = std::ranges::find_if(known.held, [&](account::HeldRole const& each) { return role && each.id == *role && !each.ended; });
    if (held == known.held.end()) throw Problem(Failure::not_found, message("There is no such role."));
    title = say("End this role");
    question = say("{}: {}. Everything that this role allows ends at once. It cannot be taken back, only given anew.", name,
                   grant_name(request, held->grant));
  }
  auto const back = say.path("/people/{}", known.account.id);
  auto const fields = html(
      "<input type=\"hidden\" name=\"what\" value=\"{}\"><input type=\"hidden\" name=\"role\" value=\"{}\"><input type=\"hidden\" name=\"sure\" value=\"1\">"
      "<div class=\"actions\"><button class=\"button danger\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
      what, role ? id_text(*role) : std::string(), say("Yes, do it"), back, say("Back"));
  return narrow_page(request, title, html("<p class=\"lead\">{}</p>{}", question, site::form(request, back, fields)), Status::ok, "people");
}

[[noreturn]] void not_yours() {
  throw Problem(Failure::forbidden,
                message("This person has roles that you cannot give. Ask a coordinator with the same roles, or the administrator."));
}

notice::News about(notice::Event event, Person const& by, std::string_view role = {}) {
  notice::News news;
  news.event = event;
  news.actor = by.id;
  news.detail = role;
  return news;
}

Reply hand_over_link(Request& request, Person const& viewer, Known const& known) {
  auto const& say = request.say;
  auto const secret = account::reset_link(request, viewer, known.account.id);
  auto const& theirs = Say::in(known.account.language);
  return narrow_page(request, say("Link to a new password"),
                     html("<p>{}</p>{}<p><a href=\"{}\">{}</a></p>",
                          say("Give it to {} yourself. It works once, for 7 days, and is shown only now.", known.account.name),
                          link_to_hand_over(request, theirs.path("/reset/{}", secret),
                                            theirs("Here you choose a new password for Birge. The link works once, for 7 days.")),
                          say.path("/people/{}", known.account.id), say("Done")),
                     Status::ok, "people");
}

}  // namespace

Reply person_page(Request& request) {
  auto const known = find(request.read(), account::person(request), request.capture("id"));
  return person_view(request, known, done_notice(request, known));
}

Reply act_on_person(Request& request) {
  auto const& viewer = account::person(request);
  auto const what = request.form.get("what");
  if (what == "link") {
    auto const known = find(request.read(), viewer, request.capture("id"));
    if (!may_reset(request.read(), viewer, known)) not_yours();
    return hand_over_link(request, viewer, known);
  }
  auto const role = parse_id(request.form.get("role"));
  auto const id = std::string(request.capture("id"));
  if ((what == "lock" || what == "end_role" || what == "remove_factor" || what == "remove") && request.form.get("sure") != "1") {
    auto const known = find(request.read(), viewer, id);
    bool const may =
        what == "remove_factor" || what == "remove" ? may_reset(request.read(), viewer, known) : may_manage(request.read(), viewer, known);
    if (!may) not_yours();
    return asked_again(request, known, what, role);
  }
  request.write([&](db::Tx& tx) {
    auto const now = account::fresh(tx, viewer);
    auto const known = find(tx, now, id);
    auto const person = known.account.id;
    bool const resets = what == "remove_factor" || what == "remove";
    if (resets ? !may_reset(tx, now, known) : !may_manage(tx, now, known)) not_yours();
    auto const by = account::acting(now);
    if (what == "lock" || what == "unlock") {
      account::set_locked(tx, person, what == "lock", request.now);
      if (what == "lock") account::note(tx, by, "locked", person, request.now);
      else account::note(tx, by, "unlocked", person, request.now);
    } else if (what == "remove") {
      forget(tx, person, request.now);
      account::note(tx, by, "removed", person, request.now);
    } else if (what == "end_role" && role) {
      auto const held = std::ranges::find(known.held, *role, &account::HeldRole::id);
      if (held == known.held.end()) throw Problem(Failure::not_found, message("There is no such role."));
      account::end_role(tx, person, *role, request.now);
      account::note(tx, by, "role_ended", person, held->grant, request.now);
      notice::tell(tx, request.services.ids, about(notice::Event::role_ended, viewer, account::role_code(held->grant.role)), {person}, request.now);
    } else if (resets) {
      account::remove_factor(tx, person);
      account::end_sessions(tx, person);
      account::note(tx, by, "second_step_removed", person, request.now);
      notice::tell(tx, request.services.ids, about(notice::Event::factor_removed, viewer), {person}, request.now);
    } else {
      throw Problem(Failure::bad_input, message("This address cannot be used in this way."));
    }
  });
  // Without a role somebody may be out of sight now, and whoever was removed is.
  auto const page = what == "end_role" || what == "remove" ? request.say.path("/people") : request.say.path("/people/{}", id);
  return http::see_other(own_path(std::string(page.text()) + "?done=" + std::string(what)));
}

}  // namespace birge::people
