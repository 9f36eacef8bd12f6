#include <algorithm>

#include "features/account/directory.hpp"
#include "features/account/invitation.hpp"
#include "features/account/throttle.hpp"
#include "features/people/people_activity_store.hpp"
#include "features/people/people_pages.hpp"
#include "features/people/people_view.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::Grant;
using account::Person;
using account::Role;

/// What was chosen, as it was sent.
struct Choice {
  std::string role, region, organisation, activity, name, login, language;
  bool without_account = false;  ///< for somebody who does not use computers
};

Choice read_choice(http::Parameters const& from) {
  return {std::string(from.get("role")), std::string(from.get("region")), std::string(from.get("organisation")), std::string(from.get("activity")),
          clean_line(from.get("name")),  std::string(from.get("login")),  std::string(from.get("language")),     from.get("without_account") == "1"};
}

bool wants_region(Role role) { return role == Role::regional_coordinator; }
bool wants_organisation(Role role) { return role == Role::focal_point || role == Role::member; }
bool takes_organisation(Role role) {
  return wants_organisation(role) || role == Role::communications_officer || role == Role::observer || wants_region(role);
}

std::optional<coalition::OrganisationId> organisation_of(campaign::Facts const& facts, std::string_view slug) {
  auto const found = facts.organisation_slugs.find(std::string(slug));
  return found == facts.organisation_slugs.end() ? std::nullopt : std::optional(found->second);
}

/// The grant that was chosen, and what is wrong with it. Fields that do not belong to the role are left out.
std::optional<Grant> read_grant(Request& request, Choice const& choice, std::vector<Fault>& faults) {
  auto const facts = site::facts(request);
  auto const role = account::role_of(choice.role);
  if (!role) {
    faults.push_back({"role", message("Choose a role.")});
    return {};
  }
  Grant grant{*role, {}, {}, {}};
  if (wants_region(*role)) {
    auto const* place = facts->places->by_code(choice.region);
    if (place && place->level == place::Level::region) grant.region = place->id;
    else faults.push_back({"region", message("Choose the region.")});
  }
  if (takes_organisation(*role) && !choice.organisation.empty()) grant.organisation = organisation_of(*facts, choice.organisation);
  if (wants_organisation(*role) && !grant.organisation) faults.push_back({"organisation", message("Choose the organisation.")});
  if (*role == Role::helper) {
    auto const id = parse_id(choice.activity);
    grant.organisation = id ? lead_of_activity(request.read(), *id) : std::nullopt;
    grant.activity = grant.organisation ? id : std::nullopt;
    if (!grant.activity) faults.push_back({"activity", message("Choose the activity.")});
  }
  return faults.empty() ? std::optional(grant) : std::nullopt;
}

bool may_give_somewhere(Request& request, Person const& person, Role role) {
  auto const facts = site::facts(request);
  if (role == Role::helper)
    return account::may_somewhere(person, account::Permission::invite) && account::may_somewhere(person, account::Permission::plan);
  if (wants_region(role))
    return std::ranges::any_of(facts->places->regions(), [&](auto const* region) {
      return account::may_grant(person, {role, region->id, {}, {}}, {});
    });
  if (wants_organisation(role))
    return std::ranges::any_of(facts->organisations, [&](auto const& entry) {
      return account::may_grant(person, {role, {}, entry.second.id, {}}, entry.second.region);
    });
  return account::may_grant(person, {role, {}, {}, {}}, {});
}

/// What a role is for, in a line.
Message role_note(Role role) {
  switch (role) {
    case Role::administrator: return message("Looks after accounts and the machine; sees nothing of the content.");
    case Role::national_coordinator: return message("Approves and confirms in the whole country, looks after editions and the report.");
    case Role::regional_coordinator: return message("Approves and confirms in one region, invites its people.");
    case Role::focal_point: return message("Plans and reports for one organisation, invites its people.");
    case Role::member: return message("Plans and reports for one organisation.");
    case Role::helper: return message("Helps with one activity and enters its result.");
    case Role::communications_officer: return message("Lets texts and pictures through to everybody, writes the report.");
    case Role::observer: return message("Reads what the coalition does, without names of people; changes nothing.");
  }
  return {};
}

struct Offered {
  site::Options roles;
  std::vector<std::string> notes;
};

/// The roles somebody may give. Without an activity ahead nobody can help with one.
Offered offered_roles(Request& request, Person const& person, bool any_activity) {
  Offered offered;
  for (auto const role : account::roles) {
    if (!may_give_somewhere(request, person, role) || (role == Role::helper && !any_activity)) continue;
    offered.roles.emplace_back(std::string(account::role_code(role)), request.say(account::role_name(role)));
    offered.notes.push_back(request.say(role_note(role)));
  }
  return offered;
}

/// The activities ahead that somebody may invite a helper for, with the empty first line.
site::Options activity_options(Request& request, Person const& person, Choice const& choice) {
  constexpr int most = 200;
  auto const& say = request.say;
  auto const facts = site::facts(request);
  Whose whose;
  for (auto const& grant : person.grants) {
    if (wants_organisation(grant.role) && grant.organisation) whose.organisations.push_back(*grant.organisation);
    if (grant.role == Role::regional_coordinator && grant.region) whose.regions.push_back(*grant.region);
    if (grant.role == Role::national_coordinator) whose.everywhere = true;
  }
  site::Options options{{"", std::string(say("Choose"))}};
  if (!may_give_somewhere(request, person, Role::helper)) return options;
  auto const list = coming(request.read(), whose, facts->today(request.now), parse_id(choice.activity).value_or(0), most);
  for (auto const& activity : list) {
    auto const* lead = facts->organisation(activity.lead);
    if (!account::may_grant(person, {Role::helper, {}, activity.lead, activity.id}, lead ? lead->region : std::nullopt)) continue;
    auto text = say.day_and_month(activity.day) + ", " + shortened(activity.title, 80);
    // Whoever works for one organisation knows whose it is.
    if (lead && (whose.everywhere || !whose.regions.empty() || whose.organisations.size() > 1)) text += ", " + lead->short_name(say.language());
    options.emplace_back(id_text(activity.id), text);
  }
  return options;
}

site::Options region_options(Request& request, Person const& person) {
  site::Options options{{"", std::string(request.say("Choose"))}};
  auto const facts = site::facts(request);
  for (auto const* region : facts->places->regions())
    if (account::may_grant(person, {Role::regional_coordinator, region->id, {}, {}}, {}))
      options.emplace_back(region->code, facts->places->name(region->id, request.say.language()).text);
  return options;
}

site::Options organisation_options(Request& request, Person const& person) {
  site::Options options;
  auto const facts = site::facts(request);
  for (auto const& [id, organisation] : facts->organisations)
    if (account::may_grant(person, {Role::member, {}, organisation.id, {}}, organisation.region))
      options.emplace_back(organisation.slug, organisation.name(request.say.language()));
  std::ranges::sort(options, [&](auto const& a, auto const& b) { return request.say.compare(a.second, b.second) < 0; });
  options.insert(options.begin(), {"", std::string(request.say("Choose"))});
  return options;
}

Reply invite_form(Request& request, Choice const& choice, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  auto const activities = activity_options(request, person, choice);
  auto const offered = offered_roles(request, person, activities.size() > 1);
  auto const regions = region_options(request, person);
  auto organisations = organisation_options(request, person);
  // Whoever invites for one organisation has nothing to choose.
  if (organisations.size() == 2 && regions.size() <= 1) organisations.erase(organisations.begin());
  bool const to_choose = organisations.size() > 1 || (organisations.size() == 1 && !organisations.front().first.empty());
  auto const other = account::may_everywhere(person, account::Permission::approve)
                         ? html("<p><a href=\"{}\">{}</a></p>", say.path("/people/invite?role=regional_coordinator&without_account=1"),
                                say("For somebody who does not use computers"))
                         : Html();
  Html fields = site::radio_field(say, {.name = "role", .label = say("Role"), .value = choice.role}, offered.roles, faults, offered.notes);
  if (regions.size() > 1)
    fields += site::select_field(say, {.name = "region", .label = say("Region"), .value = choice.region, .hint = say("For a regional coordinator.")},
                                 regions, faults);
  if (to_choose)
    fields += site::select_field(say,
                                 {.name = "organisation",
                                  .label = say("Organisation"),
                                  .value = choice.organisation,
                                  .hint = say("For a focal point or member; for others where they come from.")},
                                 organisations, faults);
  if (activities.size() > 1)
    fields += site::select_field(
        say, {.name = "activity", .label = say("Activity"), .value = choice.activity, .hint = say("For a helper: which one to help with.")},
        activities, faults);
  fields += site::text_field(say,
                             {.name = "name",
                              .label = say("Name, to tell invitations apart"),
                              .value = choice.name,
                              .hint = say("May stay empty. It is not shown to whoever opens the link.")},
                             faults);
  fields += site::text_field(say,
                             {.name = "login",
                              .label = say("Phone number or e-mail"),
                              .value = choice.login,
                              .hint = say("May stay empty. With it, only this number or address can accept the invitation."),
                              .inputmode = "email"},
                             faults);
  site::Options languages_offered;
  for (auto const language : languages) languages_offered.emplace_back(std::string(code(language)), std::string(own_name(language)));
  fields += site::select_field(say,
                               {.name = "language",
                                .label = say("Language of the invitation"),
                                .value = choice.language.empty() ? say.code() : std::string_view(choice.language),
                                .is_short = true},
                               languages_offered, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a href=\"{}\">{}</a></div>", say("Make the invitation"),
             say.path("/people"), say("Back to all people"));
  return narrow_page(request, say("Invite somebody"),
                     html("<p class=\"lead\">{}</p>{}{}{}", say("You get a link to send with any messenger. It works once, for 7 days."), other,
                          site::fault_summary(say, faults), site::form(request, say.path("/people/invite"), fields)),
                     status, "people");
}

/// The same for somebody who gets no link.
Reply enter_form(Request& request, Choice const& choice, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  if (!account::may_everywhere(person, account::Permission::approve))
    throw Problem(Failure::forbidden, message("Only a national coordinator enters somebody without an account."));
  site::Options roles;
  std::vector<std::string> notes;
  for (auto const role : account::roles) {
    if (!account::acts_through_others(role) || !may_give_somewhere(request, person, role)) continue;
    roles.emplace_back(std::string(account::role_code(role)), say(account::role_name(role)));
    notes.push_back(say(role_note(role)));
  }
  Html fields = html("<input type=\"hidden\" name=\"without_account\" value=\"1\">");
  fields += site::text_field(say,
                             {.name = "name",
                              .label = say("Name of this person"),
                              .value = choice.name,
                              .hint = say("As colleagues know this person; they read it."),
                              .required = true},
                             faults);
  fields += site::radio_field(say, {.name = "role", .label = say("Role"), .value = choice.role}, roles, faults, notes);
  fields += site::select_field(say, {.name = "region", .label = say("Region"), .value = choice.region, .hint = say("For a regional coordinator.")},
                               region_options(request, person), faults);
  fields += site::select_field(say,
                               {.name = "organisation",
                                .label = say("Organisation"),
                                .value = choice.organisation,
                                .hint = say("Where this person comes from. May stay empty.")},
                               organisation_options(request, person), faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a href=\"{}\">{}</a></div>", say("Go on and name the assistant"),
             say.path("/work/deputies"), say("Deputies"));
  return narrow_page(request, say("Somebody who does not use computers"),
                     html("<p class=\"lead\">{}</p>{}{}",
                          say("For a coordinator who does not sign in: there is no link, no number and no password. An assistant, who signs in under "
                              "the own name, acts in this place, and it is recorded."),
                          site::fault_summary(say, faults), site::form(request, say.path("/people/invite"), fields)),
                     status, "people");
}

/// The form that belongs to a choice.
Reply form_for(Request& request, Choice const& choice, std::vector<Fault> const& faults, Status status) {
  return (choice.without_account ? enter_form : invite_form)(request, choice, faults, status);
}

Reply hand_over(Request& request, account::Invitation const& invitation, std::string_view secret) {
  auto const& say = request.say;
  auto const& theirs = Say::in(language_of(invitation.language).value_or(say.language()));
  return narrow_page(
      request, say("The invitation is ready"),
      html("<p>{}</p>{}<div class=\"actions\"><a class=\"button\" href=\"{}\">{}</a> <a class=\"button second\" href=\"{}\">{}</a></div>",
           say("For: {}. The link is shown only now; it works once, for 7 days.", grant_name(request, invitation.grant)),
           link_to_hand_over(
               request, theirs.path("/invitation/{}", secret),
               theirs(
                   "You are invited to work with the coalition against trafficking in persons. Open the link within 7 days and choose a password.")),
           say.path("/people"), say("Done"), say.path("/people/invite"), say("Invite somebody else")),
      Status::ok, "people");
}

}  // namespace

Reply invite_page(Request& request) { return form_for(request, read_choice(request.query), {}, Status::ok); }

Reply invite(Request& request) {
  auto const choice = read_choice(request.form);
  std::vector<Fault> faults;
  account::Invitation invitation;
  if (choice.without_account && choice.name.empty()) faults.push_back({"name", message("Enter the name as colleagues know it.")});
  auto const grant = read_grant(request, choice, faults);
  if (choice.without_account) {
    if (grant && !account::acts_through_others(grant->role)) faults.push_back({"role", message("Only a coordinator acts through an assistant.")});
  } else if (!choice.login.empty()) {
    auto const login = account::login_of(choice.login);
    if (login) invitation.login = login->text;
    else faults.push_back({"login", message("Enter a phone number such as 0700 123 456, or an e-mail address.")});
  }
  if (!grant || !faults.empty()) return form_for(request, choice, faults, Status::unprocessable);
  invitation.grant = *grant;
  invitation.name = shortened(choice.name, 100);
  invitation.language = language_of(choice.language) && choice.language != "test" ? choice.language : std::string(request.say.code());
  try {
    account::attempt(request, {{"invitations of " + id_text(account::person(request).id), account::pace_of_work}});
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return form_for(request, choice, {{"", problem.shown}}, Status::too_many_requests);
  }
  if (choice.without_account) {
    auto const entered = account::enter(request, account::person(request), invitation.name, *grant);
    return http::see_other(request.say.path("/work/deputies?for={}&entered=1", id_text(entered)));
  }
  return hand_over(request, invitation, account::invite(request, account::person(request), invitation));
}

}  // namespace birge::people
