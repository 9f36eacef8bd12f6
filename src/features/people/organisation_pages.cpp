#include <algorithm>

#include "features/account/joining.hpp"
#include "features/account/login.hpp"
#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/people/joining_pages.hpp"
#include "features/people/people_regions.hpp"
#include "features/people/people_view.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::Permission;
using account::Profile;
using coalition::Organisation;

void refuse_without_right(account::Person const& person, Organisation const* organisation) {
  if (!organisation || !account::may(person, Permission::manage_organisations, {organisation->region, {organisation->id}, {}}))
    throw Problem(Failure::not_found, message("There is no such organisation among those you look after."));
}

Organisation const& find(Request& request, campaign::Facts const& facts) {
  auto const known = facts.organisation_slugs.find(std::string(request.capture("slug")));
  auto const* organisation = known == facts.organisation_slugs.end() ? nullptr : facts.organisation(known->second);
  refuse_without_right(account::person(request), organisation);
  return *organisation;
}

/// What was typed over what is stored.
struct Typed {
  Profile profile;
  std::vector<place::PlaceId> regions;
  std::string website, about;
};

/// What is stored, also what the facts of the public pages leave out.
Typed stored(Request& request, coalition::OrganisationId id) {
  auto const organisation = coalition::Store(request.read()).find(id).value();
  account::Register known(request.read());
  Typed typed{known.profile(organisation.id).value_or(Profile{}), known.regions(organisation.id), organisation.website, {}};
  if (auto const about = organisation.about.find(std::string(request.say.code())); about != organisation.about.end()) typed.about = about->second;
  return typed;
}

std::string chosen_languages(http::Parameters const& form) {
  std::string chosen;
  for (auto const code : form.all("speaks"))
    if (language_of(code) && code != "test") chosen += (chosen.empty() ? "" : " ") + std::string(code);
  return chosen;
}

Typed read(Request& request, Organisation const& organisation) {
  auto typed = stored(request, organisation.id);
  auto const& form = request.form;
  auto const ticked = [&](std::string_view name) { return form.get(name) == "1"; };
  auto& profile = typed.profile;
  profile.version = parse_id(form.get("version")).value_or(-1);
  profile.languages = chosen_languages(form);
  profile.phone = clean_line(form.get("phone"));
  profile.email = clean_line(form.get("email"));
  profile.address = shortened(clean_line(form.get("address")), 300);
  profile.show_about = ticked("show_about");
  profile.show_website = ticked("show_website");
  profile.show_contacts = ticked("show_contacts");
  profile.show_languages = ticked("show_languages");
  profile.show_regions = ticked("show_regions");
  typed.regions = chosen_regions(form, *site::facts(request));
  typed.website = clean_line(form.get("website"));
  typed.about = clean_text(form.get("about"));
  return typed;
}

/// What of an organisation's data differs: of what somebody wrote only the field.
void tell_changes(audit::Entry& entry, Typed const& before, Typed const& now) {
  auto const text = [&](audit::Word field, std::string const& was, std::string const& is) {
    if (was != is) entry.text_changed(field);
  };
  text("about", before.about, now.about);
  text("website", before.website, now.website);
  text("phone", before.profile.phone, now.profile.phone);
  text("email", before.profile.email, now.profile.email);
  text("address", before.profile.address, now.profile.address);
  for (auto const language : languages) {
    auto const speaks = [&](Typed const& typed) { return typed.profile.languages.find(code(language)) != std::string::npos; };
    entry.changed("languages", audit::Value::pack_code(code(language)), speaks(before), speaks(now));
  }
  auto const missing = [&](Typed const& these, Typed const& others, bool came) {
    for (auto const region : these.regions)
      if (std::ranges::find(others.regions, region) == others.regions.end()) entry.changed("regions", region, !came, came);
  };
  missing(before, now, false);
  missing(now, before, true);
  entry.changed("show_about", before.profile.show_about, now.profile.show_about);
  entry.changed("show_website", before.profile.show_website, now.profile.show_website);
  entry.changed("show_contacts", before.profile.show_contacts, now.profile.show_contacts);
  entry.changed("show_languages", before.profile.show_languages, now.profile.show_languages);
  entry.changed("show_regions", before.profile.show_regions, now.profile.show_regions);
}

std::vector<Fault> check(Typed const& typed) {
  std::vector<Fault> faults;
  auto const read_as = [](std::string const& text, account::LoginKind kind) {
    auto const login = account::login_of(text);
    return text.empty() || (login && login->kind == kind);
  };
  if (!read_as(typed.profile.phone, account::LoginKind::phone))
    faults.push_back({"phone", message("This is no phone number. Write it like 0700 123 456.")});
  if (!read_as(typed.profile.email, account::LoginKind::email)) faults.push_back({"email", message("This is no e-mail address.")});
  if (!typed.website.empty() && (!typed.website.starts_with("http") || !url(typed.website)))
    faults.push_back({"website", message("Write the address as the browser shows it, beginning with https://")});
  if (length(typed.about) > 2000) faults.push_back({"about", message("This text is too long. Two or three sentences are enough.")});
  return faults;
}

Html language_boxes(Say const& say, std::string const& spoken) {
  Html boxes;
  for (auto const language : languages)
    boxes.add("<label class=\"choice\"><input type=\"checkbox\" name=\"speaks\" value=\"{}\" {}> {}</label>", code(language),
              BIRGE_WHEN(spoken.find(code(language)) != std::string::npos, "checked"), own_name(language));
  return html("<fieldset class=\"field boxes\"><legend>{}</legend>{}</fieldset>", say("Languages you work in"), boxes);
}

Html public_boxes(Say const& say, Profile const& profile) {
  return html("<fieldset class=\"field\"><legend>{}</legend><p class=\"hint\">{}</p>{}{}{}{}{}</fieldset>", say("What may everybody see?"),
              say("Only what is ticked stands on the public page. Name, kind and region always do."),
              site::check_box("show_about", say("What the organisation does"), profile.show_about),
              site::check_box("show_website", say("Website"), profile.show_website),
              site::check_box("show_contacts", say("Phone, e-mail and address"), profile.show_contacts),
              site::check_box("show_languages", say("Languages"), profile.show_languages),
              site::check_box("show_regions", say("Regions where it is active"), profile.show_regions));
}

Reply form_page(Request& request, Organisation const& organisation, Typed const& typed, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const& profile = typed.profile;
  Html fields = html("<input type=\"hidden\" name=\"version\" value=\"{}\">", id_text(profile.version));
  fields += site::text_area(
      say,
      {.name = "about", .label = say("What does it do?"), .value = typed.about, .hint = say("In the language of this page; two or three sentences.")},
      faults);
  fields += site::text_field(say, {.name = "website", .label = say("Website or social page"), .value = typed.website, .inputmode = "url"}, faults);
  fields += site::text_field(
      say, {.name = "phone", .label = say("Phone"), .value = profile.phone, .hint = say("Of the office, not of a person."), .inputmode = "tel"},
      faults);
  fields += site::text_field(say, {.name = "email", .label = say("E-mail"), .value = profile.email, .inputmode = "email"}, faults);
  fields += site::text_field(say, {.name = "address", .label = say("Address"), .value = profile.address}, faults);
  fields += language_boxes(say, profile.languages);
  fields += region_boxes(request, say("In which regions is it active?"), typed.regions);
  fields += public_boxes(say, profile);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a href=\"{}\">{}</a></div>", say("Save"),
             say.path("/organisations/{}", organisation.slug), say("Its public page"));
  auto const leaving =
      profile.standing == "left"
          ? html("<p class=\"soft\">{}</p>", say("This organisation left the coalition. Saving its data brings nobody's account back."))
          : html("<section><h2>{}</h2><p>{}</p>{}</section>", say("Leaving the coalition"),
                 say("Its people lose their roles at once. What it planned and reported stays under its name."),
                 site::form(request, say.path("/organisations/{}/leave", organisation.slug),
                            html("{}<button class=\"button danger\">{}</button>", site::check_box("sure", say("I am sure"), false),
                                 say("It leaves the coalition"))));
  return narrow_page(
      request, organisation.short_name(say.language()),
      html("{}{}{}", site::fault_summary(say, faults), site::form(request, say.path("/organisations/{}/edit", organisation.slug), fields), leaving),
      status, "organisations");
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
  auto typed = read(request, organisation);
  if (auto const faults = check(typed); !faults.empty()) return form_page(request, organisation, typed, faults, Status::unprocessable);
  auto const before = stored(request, organisation.id);
  if (typed.profile.since.empty()) typed.profile.since = facts->today(request.now).iso();
  try {
    request.write([&](db::Tx& tx) {
      auto const by = account::fresh(tx, account::person(request));
      refuse_without_right(by, &organisation);
      account::save_profile(tx, organisation.id, typed.profile, typed.regions);
      coalition::describe(tx, organisation.id, typed.website, typed.about, request.say.code());
      audit::Entry entry{account::acting(by), "changed", {"organisation", organisation.id}, request.now};
      tell_changes(entry, before, typed);
      if (!entry.changes.empty()) audit::record(tx, entry.in(organisation.region.value_or(place::PlaceId{}), organisation.id));
      campaign::touch_facts(tx);
    });
  } catch (Problem const& problem) {
    if (problem.failure != Failure::conflict) throw;
    // What is stored now comes with its number, so that sending again is a choice.
    typed.profile.version = account::Register(request.read()).profile(organisation.id).value_or(Profile{}).version;
    return form_page(
        request, organisation, typed,
        {{"", message("Somebody else changed this meanwhile. What you entered is still here: compare it with the public page, then save again.")}},
        Status::conflict);
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
      refuse_without_right(by, &organisation);
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
