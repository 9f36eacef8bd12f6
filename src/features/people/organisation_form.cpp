#include "features/people/organisation_form.hpp"

#include <algorithm>

#include "features/account/login.hpp"
#include "features/people/people_regions.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::Profile;
using coalition::Organisation;

constexpr std::size_t longest_name = 200, longest_about = 2000;

std::string text_in(std::map<std::string, std::string> const& texts, std::string_view language) {
  auto const found = texts.find(std::string(language));
  return found == texts.end() ? std::string() : found->second;
}

std::string name_field(std::string_view language) { return "name_" + std::string(language); }
std::string short_name_field(std::string_view language) { return "short_name_" + std::string(language); }

std::string chosen_languages(http::Parameters const& form) {
  std::string chosen;
  for (auto const code : form.all("speaks"))
    if (language_of(code) && code != "test") chosen += (chosen.empty() ? "" : " ") + std::string(code);
  return chosen;
}

void set_text(std::map<std::string, std::string>& texts, Language language, std::string text) {
  if (text.empty()) texts.erase(std::string(code(language)));
  else texts[std::string(code(language))] = std::move(text);
}

void read_identity(http::Parameters const& form, campaign::Facts const& facts, Organisation& identity) {
  identity.kind = form.get("kind");
  auto const region = form.get("region");
  auto const* place = facts.places->by_code(region);
  if (region.empty()) identity.region = std::nullopt;
  else if (place && place->level == place::Level::region) identity.region = place->id;
  for (auto const language : languages) {
    set_text(identity.names, language, clean_line(form.get(name_field(code(language)))));
    set_text(identity.short_names, language, clean_line(form.get(short_name_field(code(language)))));
  }
}

void check_identity(Typed const& typed, std::vector<Fault>& faults) {
  auto const& identity = typed.identity;
  if (std::ranges::find(account::organisation_kinds(), identity.kind, [](char const* kind) { return std::string_view(kind); }) ==
      account::organisation_kinds().end())
    faults.push_back({"kind", message("Choose what kind of organisation it is.")});
  for (auto const language : languages) {
    auto const name = text_in(identity.names, code(language)), short_name = text_in(identity.short_names, code(language));
    auto const about = code(language) == typed.about_language ? typed.about : text_in(identity.about, code(language));
    auto const wrong = [&](std::string field, Message message) { faults.push_back({std::move(field), std::move(message)}); };
    if (name.empty() && code(language) == identity.original)
      wrong(name_field(code(language)), message("The name in the language in which the organisation was entered cannot be empty."));
    else if (name.empty() && !about.empty())
      wrong(name_field(code(language)), message("In this language it also says what it does, so it needs its name in it."));
    else if (name.empty() && !short_name.empty())
      wrong(name_field(code(language)), message("Beside a short name, the full name is needed in the same language."));
    if (length(name) > longest_name) wrong(name_field(code(language)), message("The name of the organisation is too long."));
    if (length(short_name) > longest_name) wrong(short_name_field(code(language)), message("The short name is too long."));
  }
}

/// The boxes of what everybody may see: the field, its words, and where it is kept.
struct Shown {
  char const* field;
  Message words;
  bool Profile::*on;
};
std::vector<Shown> const& shown_parts() {
  static std::vector<Shown> const all{{"show_about", message("What the organisation does"), &Profile::show_about},
                                      {"show_website", message("Website"), &Profile::show_website},
                                      {"show_contacts", message("Phone, e-mail and address"), &Profile::show_contacts},
                                      {"show_languages", message("Languages"), &Profile::show_languages},
                                      {"show_regions", message("Regions where it is active"), &Profile::show_regions}};
  return all;
}

bool speaks(Typed const& typed, Language language) { return typed.profile.languages.find(code(language)) != std::string::npos; }

std::string languages_text(Typed const& typed) {
  std::vector<std::string> names;
  for (auto const language : languages)
    if (speaks(typed, language)) names.emplace_back(own_name(language));
  return joined(names, ", ");
}

std::string regions_text(Request& request, std::vector<place::PlaceId> const& regions) {
  auto const facts = site::facts(request);
  std::vector<std::string> names;
  for (auto const* region : facts->places->regions())
    if (std::ranges::find(regions, region->id) != regions.end()) names.emplace_back(facts->places->name(region->id, request.say.language()).text);
  return joined(names, ", ");
}

std::string shown_text(Say const& say, Profile const& profile) {
  std::vector<std::string> names;
  for (auto const& part : shown_parts())
    if (profile.*part.on) names.push_back(say(part.words));
  return joined(names, ", ");
}

std::string home_text(Request& request, Organisation const& identity) {
  return identity.region ? regions_text(request, {*identity.region}) : std::string(request.say("National"));
}

std::string in_language(std::string_view label, Language language) { return std::string(label) + " (" + std::string(own_name(language)) + ")"; }

Html language_boxes(Say const& say, Typed const& typed) {
  Html boxes;
  for (auto const language : languages)
    boxes.add("<label class=\"choice\"><input type=\"checkbox\" name=\"speaks\" value=\"{}\" {}> {}</label>", code(language),
              BIRGE_WHEN(speaks(typed, language), "checked"), own_name(language));
  return html("<fieldset class=\"field boxes\" id=\"speaks\"><legend>{}</legend>{}</fieldset>", say("Languages you work in"), boxes);
}

Html public_boxes(Say const& say, Profile const& profile) {
  Html boxes;
  for (auto const& part : shown_parts()) boxes += site::check_box(part.field, say(part.words), profile.*part.on);
  return html("<fieldset class=\"field\" id=\"shown\"><legend>{}</legend><p class=\"hint\">{}</p>{}</fieldset>", say("What may everybody see?"),
              say("Only what is ticked stands on the public page. Name, kind and region always do."), boxes);
}

Html identity_fields(Request& request, Organisation const& identity, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  site::Options kinds;
  for (auto const* kind : account::organisation_kinds()) kinds.emplace_back(kind, say(coalition::kind_name(kind)));
  auto const facts = site::facts(request);
  auto const* home = identity.region ? facts->places->find(*identity.region) : nullptr;
  Html fields =
      site::select_field(say, {.name = "kind", .label = say("Kind of organisation"), .value = identity.kind, .required = true}, kinds, faults);
  fields += site::select_field(
      say, {.name = "region", .label = say("Where does it sit?"), .value = home ? std::string_view(home->code) : std::string_view()},
      region_options(request, say("National")), faults);
  for (auto const language : languages) {
    auto const name = name_field(code(language)), short_name = short_name_field(code(language));
    auto const label = in_language(say("Name of the organisation"), language), short_label = in_language(say("Short name"), language);
    auto const value = text_in(identity.names, code(language)), short_value = text_in(identity.short_names, code(language));
    fields += site::text_field(say, {.name = name, .label = label, .value = value, .required = code(language) == identity.original}, faults);
    fields += site::text_field(say, {.name = short_name, .label = short_label, .value = short_value}, faults);
  }
  return html("<fieldset class=\"field\"><legend>{}</legend><p class=\"hint\">{}</p>{}</fieldset>", say("Who it is"),
              say("Only national coordinators see these fields. The address of its page stays as it is."), fields);
}

}  // namespace

bool may_correct(account::Person const& person) { return account::may_everywhere(person, account::Permission::manage_organisations); }

Typed stored(Request& request, coalition::OrganisationId id) {
  account::Register known(request.read());
  Typed typed;
  typed.identity = coalition::Store(request.read()).find(id).value();
  typed.profile = known.profile(id).value_or(Profile{});
  typed.regions = known.regions(id);
  typed.website = typed.identity.website;
  // What it says of itself stands beside a name: without one in this language it is changed in the language of the first one.
  typed.about_language = typed.identity.name_language(request.say.language());
  typed.about = text_in(typed.identity.about, typed.about_language);
  typed.corrects = may_correct(account::person(request));
  return typed;
}

Typed read(Request& request, coalition::OrganisationId id) {
  auto typed = stored(request, id);
  auto const& form = request.form;
  auto const facts = site::facts(request);
  auto& profile = typed.profile;
  profile.version = parse_id(form.get("version")).value_or(-1);
  profile.languages = chosen_languages(form);
  profile.phone = clean_line(form.get("phone"));
  profile.email = clean_line(form.get("email"));
  profile.address = shortened(clean_line(form.get("address")), 300);
  for (auto const& part : shown_parts()) profile.*part.on = form.get(part.field) == "1";
  typed.regions = chosen_regions(form, *facts);
  typed.website = clean_line(form.get("website"));
  typed.about = clean_text(form.get("about"));
  // A form that was opened by somebody who had no such fields says nothing of them.
  typed.corrects = typed.corrects && form.has("kind");
  if (typed.corrects) read_identity(form, *facts, typed.identity);
  return typed;
}

std::vector<Fault> check(Typed const& typed) {
  std::vector<Fault> faults;
  if (typed.corrects) check_identity(typed, faults);
  auto const read_as = [](std::string const& text, account::LoginKind kind) {
    auto const login = account::login_of(text);
    return text.empty() || (login && login->kind == kind);
  };
  if (!read_as(typed.profile.phone, account::LoginKind::phone))
    faults.push_back({"phone", message("This is no phone number. Write it like 0700 123 456.")});
  if (!read_as(typed.profile.email, account::LoginKind::email)) faults.push_back({"email", message("This is no e-mail address.")});
  if (!typed.website.empty() && (!typed.website.starts_with("http") || !url(typed.website)))
    faults.push_back({"website", message("Write the address as the browser shows it, beginning with https://")});
  if (length(typed.about) > longest_about) faults.push_back({"about", message("This text is too long. Two or three sentences are enough.")});
  return faults;
}

void tell_changes(audit::Entry& entry, Typed const& before, Typed const& now) {
  auto const text = [&](audit::Word field, auto const& was, auto const& is) {
    if (was != is) entry.text_changed(field);
  };
  entry.changed("kind", audit::Value::pack_code(before.identity.kind), audit::Value::pack_code(now.identity.kind));
  entry.changed("region", before.identity.region, now.identity.region);
  text("full_name", before.identity.names, now.identity.names);
  text("short_name", before.identity.short_names, now.identity.short_names);
  text("about", before.about, now.about);
  text("website", before.website, now.website);
  text("phone", before.profile.phone, now.profile.phone);
  text("email", before.profile.email, now.profile.email);
  text("address", before.profile.address, now.profile.address);
  for (auto const language : languages)
    entry.changed("languages", audit::Value::pack_code(code(language)), speaks(before, language), speaks(now, language));
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

std::vector<work::BothValues> differing(Request& request, Typed const& typed, Typed const& now) {
  auto const& say = request.say;
  std::vector<work::BothValues> list;
  auto const add = [&](std::string_view field, std::string_view label, std::string mine, std::string theirs) {
    if (mine != theirs) list.push_back({std::string(field), std::string(label), std::move(mine), std::move(theirs)});
  };
  if (typed.corrects) {
    auto const &mine = typed.identity, &theirs = now.identity;
    add("kind", say("Kind of organisation"), say(coalition::kind_name(mine.kind)), say(coalition::kind_name(theirs.kind)));
    add("region", say("Where does it sit?"), home_text(request, mine), home_text(request, theirs));
    for (auto const language : languages) {
      add(name_field(code(language)), in_language(say("Name of the organisation"), language), text_in(mine.names, code(language)),
          text_in(theirs.names, code(language)));
      add(short_name_field(code(language)), in_language(say("Short name"), language), text_in(mine.short_names, code(language)),
          text_in(theirs.short_names, code(language)));
    }
  }
  add("about", say("What does it do?"), typed.about, now.about);
  add("website", say("Website or social page"), typed.website, now.website);
  add("phone", say("Phone"), typed.profile.phone, now.profile.phone);
  add("email", say("E-mail"), typed.profile.email, now.profile.email);
  add("address", say.in_context("post", "Address"), typed.profile.address, now.profile.address);
  add("speaks", say("Languages you work in"), languages_text(typed), languages_text(now));
  add("active", say("In which regions is it active?"), regions_text(request, typed.regions), regions_text(request, now.regions));
  add("shown", say("What may everybody see?"), shown_text(say, typed.profile), shown_text(say, now.profile));
  return list;
}

Html form_fields(Request& request, Typed const& typed, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  auto const& profile = typed.profile;
  Html fields = html("<input type=\"hidden\" name=\"version\" value=\"{}\">", id_text(profile.version));
  if (typed.corrects) fields += identity_fields(request, typed.identity, faults);
  fields += site::text_area(
      say,
      {.name = "about", .label = say("What does it do?"), .value = typed.about, .hint = say("In the language of this page; two or three sentences.")},
      faults);
  fields += site::text_field(say, {.name = "website", .label = say("Website or social page"), .value = typed.website, .inputmode = "url"}, faults);
  fields += site::text_field(
      say, {.name = "phone", .label = say("Phone"), .value = profile.phone, .hint = say("Of the office, not of a person."), .inputmode = "tel"},
      faults);
  fields += site::text_field(say, {.name = "email", .label = say("E-mail"), .value = profile.email, .inputmode = "email"}, faults);
  fields += site::text_field(say, {.name = "address", .label = say.in_context("post", "Address"), .value = profile.address}, faults);
  fields += language_boxes(say, typed);
  fields += region_boxes(request, say("In which regions is it active?"), typed.regions);
  fields += public_boxes(say, profile);
  return fields;
}

}  // namespace birge::people
