#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/people/joining_pages.hpp"
#include "features/people/organisation_form.hpp"
#include "features/people/people_view.hpp"

namespace birge::people {

namespace {

using account::Permission;
using coalition::Organisation;

void refuse_without_right(account::Person const& person, Organisation const* organisation) {
  if (!organisation || !account::may(person, Permission::manage_organisations, {organisation->region, {organisation->id}, {}}))
    throw Problem(Failure::not_found, message("There is no such organisation among those you look after."));
}

/// As it is at this moment: its region may be another one by now, and with it who looks after it.
void refuse_without_right(db::Tx& tx, account::Person const& person, coalition::OrganisationId id) {
  auto const organisation = coalition::Store(tx).find(id);
  refuse_without_right(person, organisation ? &*organisation : nullptr);
}

Organisation const& find(Request& request, campaign::Facts const& facts) {
  auto const known = facts.organisation_slugs.find(std::string(request.capture("slug")));
  auto const* organisation = known == facts.organisation_slugs.end() ? nullptr : facts.organisation(known->second);
  refuse_without_right(account::person(request), organisation);
  return *organisation;
}

Reply form_page(Request& request, Organisation const& organisation, Typed const& typed, std::vector<Fault> const& faults, Status status,
                Html const& above = {}) {
  auto const& say = request.say;
  auto fields = form_fields(request, typed, faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a href=\"{}\">{}</a></div>", say("Save"),
             say.path("/organisations/{}", organisation.slug), say("Its public page"));
  auto const leaving =
      typed.profile.standing == "left"
          ? html("<p class=\"soft\">{}</p>", say("This organisation left the coalition. Saving its data brings nobody's account back."))
          : html("<section><h2>{}</h2><p>{}</p>{}</section>", say("Leaving the coalition"),
                 say("Its people lose their roles at once. What it planned and reported stays under its name."),
                 site::form(request, say.path("/organisations/{}/leave", organisation.slug),
                            html("{}<button class=\"button danger\">{}</button>", site::check_box("sure", say("I am sure"), false),
                                 say("It leaves the coalition"))));
  return narrow_page(request, organisation.short_name(say.language()),
                     html("{}{}{}{}", site::fault_summary(say, faults), above,
                          site::form(request, say.path("/organisations/{}/edit", organisation.slug), fields), leaving),
                     status, "organisations");
}

/// Somebody else saved meanwhile: both versions above the form, which keeps what was typed. What is stored now comes with its number, so that sending
/// again is a choice.
Reply overtaken(Request& request, Organisation const& organisation, Typed typed) {
  auto const& say = request.say;
  auto const now = stored(request, organisation.id);
  typed.profile.version = now.profile.version;
  typed.profile.standing = now.profile.standing;
  auto const both =
      work::both_versions(say, say("Below is still what you typed. Take over what should stay, and save again."), differing(request, typed, now));
  return form_page(request, organisation, typed, {}, Status::conflict, both);
}

void refuse_correction(account::Person const& by, Typed const& typed) {
  if (typed.corrects && !may_correct(by))
    throw Problem(Failure::forbidden, message("Your role does not include this page. Ask your coordinator if it should."));
}

}  // namespace

Reply organisation_form_page(Request& request) {
  auto const facts = site::facts(request);
  auto const& organisation = find(request, *facts);
  return form_page(request, organisation, stored(request, organisation.id), {}, Status::ok);
}

Reply save_organisation(Request& request) {
  auto const facts = site::facts(request);
  auto const& organisation = find(request, *facts);
  auto typed = read(request, organisation.id);
  if (auto const faults = check(typed); !faults.empty()) return form_page(request, organisation, typed, faults, Status::unprocessable);
  auto const before = stored(request, organisation.id);
  if (typed.profile.since.empty()) typed.profile.since = facts->today(request.now).iso();
  try {
    request.write([&](db::Tx& tx) {
      auto const by = account::fresh(tx, account::person(request));
      refuse_without_right(tx, by, organisation.id);
      refuse_correction(by, typed);
      account::save_profile(tx, organisation.id, typed.profile, typed.regions);
      // Before the names: a language whose name goes takes its text along, and must have none by then.
      coalition::describe(tx, organisation.id, typed.website, typed.about, typed.about_language);
      if (typed.corrects) coalition::correct(tx, typed.identity);
      audit::Entry entry{account::acting(by), "changed", {"organisation", organisation.id}, request.now};
      tell_changes(entry, before, typed);
      if (!entry.changes.empty()) audit::record(tx, entry.in(organisation.region.value_or(place::PlaceId{}), organisation.id));
      campaign::touch_facts(tx);
    });
  } catch (Problem const& problem) {
    if (problem.failure != Failure::conflict) throw;
    return overtaken(request, organisation, typed);
  }
  return http::see_other(request.say.path("/organisations/{}", organisation.slug));
}

Reply leave_coalition(Request& request) {
  auto const facts = site::facts(request);
  auto const& organisation = find(request, *facts);
  if (request.form.get("sure") != "1")
    return form_page(request, organisation, stored(request, organisation.id), {{"", message("Tick “I am sure” first.")}}, Status::unprocessable);
  auto const today = facts->today(request.now);
  try {
    request.write([&](db::Tx& tx) {
      auto const by = account::fresh(tx, account::person(request));
      refuse_without_right(tx, by, organisation.id);
      account::leave_coalition(tx, organisation.id, today, request.now);
      audit::Entry entry{account::acting(by), "left_coalition", {"organisation", organisation.id}, request.now};
      audit::record(tx, entry.in(organisation.region.value_or(place::PlaceId{}), organisation.id));
      campaign::touch_facts(tx);
    });
  } catch (Problem const& problem) {
    if (problem.failure != Failure::conflict) throw;
    return form_page(request, organisation, stored(request, organisation.id), {{"", problem.shown}}, Status::conflict);
  }
  return http::see_other(request.say.path("/organisations/{}", organisation.slug));
}

}  // namespace birge::people
