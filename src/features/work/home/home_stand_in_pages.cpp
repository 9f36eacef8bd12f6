#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>

#include "features/site/fields.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_view.hpp"

/// Who acts in whose place: a deputy during an absence, an assistant for one who does not use computers.
namespace birge::work {

using account::Permission;

namespace {

Message kind_name(std::string_view kind) {
  return kind == "assistant" ? message("Assistant, until it is ended") : message("Deputy during an absence");
}

/// In whose place somebody is named: the own one, or for a national coordinator that of a coordinator who does not use computers.
struct Principal {
  PersonId id;
  std::string name;
  bool own = true;
  bool former = false;  ///< no coordinator any more
};

bool names_for_others(account::Person const& person) { return account::may_everywhere(person, Permission::approve); }

[[noreturn]] void not_for_them() {
  throw Problem(Failure::forbidden, message("You may name somebody for yourself only, a national coordinator an assistant for another coordinator."));
}

/// The other coordinators, each once.
std::vector<Principal> others(Request& request, account::Person const& person) {
  std::vector<Principal> list;
  std::set<PersonId> seen{person.id};
  for (auto const& holder : account::role_holders(request.read())) {
    if (holder.role != account::Role::regional_coordinator && holder.role != account::Role::national_coordinator) continue;
    if (seen.insert(holder.person).second) list.push_back({holder.person, holder.name, false});
  }
  return list;
}

/// Those in whose place somebody still acts although they coordinate nothing any more: it can be ended, and nobody else be named.
std::vector<Principal> former(Request& request, std::vector<Principal> const& present) {
  auto const known = site::facts(request);
  std::vector<PersonId> people;
  for (auto const& stand_in : Store(request.read()).running_stand_ins(known->today(request.now))) {
    bool const there = std::ranges::find(present, stand_in.principal, &Principal::id) != present.end();
    if (!there && std::ranges::find(people, stand_in.principal) == people.end()) people.push_back(stand_in.principal);
  }
  std::vector<Principal> list;
  for (auto const& [person, name] : account::names_of(request.read(), people)) list.push_back({person, name, false, true});
  return list;
}

/// The one that `parameters` name in the field `for`. Throws Problem(forbidden) where the person may not name anybody for them.
Principal principal_of(Request& request, account::Person const& person, http::Parameters const& parameters) {
  auto const asked = parameters.get("for");
  if (asked.empty() || asked == id_text(person.id)) return {person.id, person.name};
  if (names_for_others(person)) {
    auto list = others(request, person);
    std::ranges::move(former(request, list), std::back_inserter(list));
    for (auto& other : list)
      if (id_text(other.id) == asked) return std::move(other);
  }
  not_for_them();
}

/// Everybody who could act in somebody's place: with an account, and working for the coalition itself; those who coordinate something first.
std::vector<fields::Choice> colleagues(Request& request, campaign::Facts const& known, PersonId except) {
  std::vector<fields::Choice> choices{{"", std::string(request.say("Choose"))}};
  std::set<PersonId> seen{except};
  auto holders = account::role_holders(request.read());
  std::ranges::stable_partition(holders, [](account::Holder const& holder) {
    return holder.role == account::Role::regional_coordinator || holder.role == account::Role::national_coordinator;
  });
  for (auto const& holder : holders) {
    if (holder.role == account::Role::observer || holder.role == account::Role::administrator || holder.role == account::Role::helper) continue;
    if (!account::signs_in(request.read(), holder.person) || !seen.insert(holder.person).second) continue;
    auto text = holder.name + ", " + request.say(account::role_name(holder.role));
    if (holder.organisation)
      if (auto const* organisation = known.organisation(*holder.organisation)) text += ", " + organisation->name(request.say.language());
    choices.push_back({id_text(holder.person), std::move(text)});
  }
  return choices;
}

Html running(Request& request, Principal const& principal, Day today) {
  auto const& say = request.say;
  Store store(request.read());
  auto const mine = store.stand_ins_of(principal.id);
  std::vector<PersonId> who;
  for (auto const& stand_in : mine) who.push_back(stand_in.substitute);
  auto const names = account::names_of(request.read(), who);
  Html list;
  for (auto const& stand_in : mine) {
    if (stand_in.until && *stand_in.until < today) continue;
    auto const name = names.find(stand_in.substitute);
    if (name == names.end() || name->second.empty()) continue;  // who left acts no more
    Html unguarded;
    if (!account::has_second_step(request.read(), stand_in.substitute))
      unguarded = html("<p>{} {}</p>", site::icon("warning"),
                       say("They have no second step for signing in yet. Until they set it up, they cannot act in this place."));
    list.add("<li class=\"card\"><h3>{}</h3><p>{}</p><p>{}</p>{}{}</li>", name->second, say(kind_name(stand_in.kind)),
             stand_in.until ? say.date_range(stand_in.from, *stand_in.until) : say("from {}", stand_in.from), unguarded,
             site::form(request, say.path("/work/deputies/{}/end", id_text(stand_in.id)),
                        html("{}<button class=\"button second\">{}</button>", fields::hidden("for", id_text(principal.id)), say("End it today"))));
  }
  return list.empty() ? html("<p>{}</p>", principal.own ? say("Nobody acts in your place.") : say("Nobody acts in this place."))
                      : html("<ul class=\"cards\">{}</ul>", list);
}

/// A national coordinator names an assistant for somebody who does not sign in.
Html for_others(Request& request, account::Person const& person) {
  if (!names_for_others(person)) return {};
  auto const& say = request.say;
  Html list;
  auto all = others(request, person);
  std::ranges::move(former(request, all), std::back_inserter(all));
  for (auto const& other : all)
    if (other.id != person.id) list.add("<li><a href=\"{}\">{}</a></li>", say.path("/work/deputies?for={}", id_text(other.id)), other.name);
  auto const names = list.empty() ? Html() : html("<ul class=\"links\">{}</ul>", list);
  return html("<h2>{}</h2><p>{}</p>{}<div class=\"actions\"><a class=\"button second\" href=\"{}\">{}</a></div>", say("For another coordinator"),
              say("Somebody who does not use computers needs an assistant, who signs in under the own name."), names,
              say.path("/people/invite?role=regional_coordinator&without_account=1"), say("Enter somebody who is not in the list"));
}

Reply shown(Request& request, Principal const& principal, http::Parameters const& typed, std::vector<Fault> const& faults, Status status) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  fields::Form const form{say, typed, faults};
  Html body = fields::hidden("for", id_text(principal.id));
  body += fields::select(form, "substitute", principal.own ? say("Who acts in your place") : say("Who acts in this place"),
                         colleagues(request, *known, principal.id));
  if (principal.own)
    body += fields::radios(form, "kind", say("How"), {{"deputy", say(kind_name("deputy"))}, {"assistant", say(kind_name("assistant"))}});
  body.add(
      "<div class=\"pair\">{}{}</div>", fields::input(form, "from", say("First day"), {.type = "date", .narrow = true}),
      fields::input(form, "until", say("Last day"), {.hint = say("An assistant needs none."), .type = "date", .optional = true, .narrow = true}));
  body.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Name them"));
  auto const naming =
      html("<h2>{}</h2>{}{}", say("Name somebody"), fields::faults_above(form), site::form(request, say.path("/work/deputies"), body));
  auto const entered = request.query.get("entered").empty() || principal.own
                           ? Html()
                           : site::notice(site::Notice::done, html("<p>{}</p>", say("Entered. Now name who acts in this place.")));
  return work_page(
      request, say("Deputies"),
      html(
          "<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}<p class=\"lead\">{}</p>{}{}{}",
          principal.own ? say.path("/work") : say.path("/work/deputies"), principal.own ? say("My page") : say("Deputies"),
          principal.own ? std::string(say("Deputies")) : say("Assistant of {}", principal.name), entered,
          principal.own
              ? say("They decide and confirm with your rights, and it is recorded that they did so in your place. Nobody decides on an own proposal, or on yours with your rights.")
              : say("They decide and confirm with the rights of this person, and it is recorded that they did so in this place. Nobody decides on an own proposal, or on one of this person with these rights."),
          running(request, principal, known->today(request.now)), principal.former ? Html() : naming,
          principal.own ? for_others(request, person) : Html()),
      status);
}

Url page_of(Request const& request, Principal const& principal) {
  auto const& say = request.say;
  return principal.own ? say.path("/work/deputies") : say.path("/work/deputies?for={}", id_text(principal.id));
}

void need_coordinator(account::Person const& person) {
  if (!account::may_somewhere(person, Permission::approve)) throw Problem(Failure::forbidden, message("Only a coordinator names deputies."));
}

}  // namespace

Reply stand_ins(Request& request) {
  auto const& person = account::person(request);
  need_coordinator(person);
  http::Parameters typed;
  typed.set("kind", "deputy");
  typed.set("from", site::facts(request)->today(request.now).iso());
  return shown(request, principal_of(request, person, request.query), typed, {}, Status::ok);
}

Reply add_deputy(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  need_coordinator(person);
  auto const& form = request.form;
  auto const principal = principal_of(request, person, form);
  if (principal.former) not_for_them();
  auto const today = known->today(request.now);
  std::vector<Fault> faults;
  auto const substitute = parse_id_as<account::PersonTag>(form.get("substitute"));
  bool possible = false;
  for (auto const& choice : colleagues(request, *known, principal.id))
    possible = possible || (!choice.value.empty() && choice.value == form.get("substitute"));
  if (!substitute || !possible) faults.push_back({"substitute", message("Choose somebody.")});
  StandIn stand_in;
  stand_in.kind = !principal.own || form.get("kind") == "assistant" ? "assistant" : "deputy";
  auto const from = Day::parse(form.get("from")), until = Day::parse(form.get("until"));
  if (!from || *from < today) faults.push_back({"from", message("Give the first day, today or later.")});
  if (stand_in.kind == "deputy" && !until) faults.push_back({"until", message("Give the last day of the absence.")});
  if (from && until && *until < *from) faults.push_back({"until", message("The last day is before the first one.")});
  if (!faults.empty()) return shown(request, principal, form, faults, Status::unprocessable);
  stand_in.principal = principal.id;
  stand_in.substitute = *substitute;
  stand_in.from = *from;
  stand_in.until = until;
  request.write([&](db::Tx& tx) { add_stand_in(tx, scene_of(request, *known, person), stand_in); });
  return http::see_other(page_of(request, principal));
}

Reply end_deputy(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  need_coordinator(person);
  auto const principal = principal_of(request, person, request.form);
  auto const id = parse_id(request.capture("id"));
  if (!id) throw Problem(Failure::not_found, message("There is no such deputy."));
  // Ended today means that it no longer counts today.
  request.write([&](db::Tx& tx) { end_stand_in(tx, scene_of(request, *known, person), principal.id, *id, known->today(request.now).plus(-1)); });
  return http::see_other(page_of(request, principal));
}

}  // namespace birge::work
