#include <algorithm>
#include <array>

#include "features/activity/activity_view.hpp"
#include "features/work/work_view.hpp"
#include "platform/base/text.hpp"

/// The form of an activity: at most eight things must be said; the rest has defaults.
namespace birge::work {

namespace view = activity::view;
using fields::Choice;
using fields::Form;
using fields::Look;

namespace {

std::vector<Choice> coded(Say const& say, campaign::Facts const& known, char const* list) {
  std::vector<Choice> choices;
  for (auto const& code : known.codes.list(list)) choices.push_back({code.code, code.name(say.language())});
  return choices;
}

std::vector<Choice> spoken() {
  std::vector<Choice> choices;
  for (auto const language : languages) choices.push_back({std::string(code(language)), std::string(own_name(language))});
  return choices;
}

Html what(Form const& form, campaign::Facts const& known) {
  auto const& say = form.say;
  Html out = fields::select(form, "kind", say("Kind"), coded(say, known, "kind"));
  out += fields::input(form, "title", say("Title"), {.extra = Attribute("maxlength=\"200\"")});
  return out;
}

Html when(Form const& form, bool fixed, bool is_new) {
  auto const& say = form.say;
  if (fixed) {
    // After an approval only a move changes these; they come back as they are, so that the form reads the same.
    Html out;
    for (auto const* name : {"day", "end_day", "start", "end"}) out += fields::hidden(name, form.typed.get(name));
    return out;
  }
  Html out;
  out.add("<div class=\"pair\">{}{}{}</div>", fields::input(form, "day", say("Day"), {.type = "date", .narrow = true}),
          fields::input(form, "start", say("Begins"), {.type = "time", .narrow = true}),
          fields::input(form, "end", say("Ends"), {.type = "time", .optional = true, .narrow = true}));
  Html more = fields::input(form, "end_day", say("Last day"),
                            {.hint = say("Only if it lasts several days."), .type = "date", .optional = true, .narrow = true});
  if (is_new)
    more += fields::input(
        form, "weeks", say("Repeat weekly"),
        {.hint = say("How many more times, week after week. Each becomes a draft of its own; what stands in its way is shown when it is proposed."),
         .extra = Attribute("inputmode=\"numeric\""),
         .optional = true,
         .narrow = true});
  bool const used = !form.typed.get("end_day").empty() || !form.typed.get("weeks").empty();
  out.add("<details {}><summary>{}</summary>{}</details>", BIRGE_WHEN(used, "open"),
          is_new ? say("Several days, or every week") : say("Several days"), more);
  return out;
}

Html where(Form const& form, campaign::Facts const& known, std::vector<place::PlaceId> const& places, bool fixed) {
  auto const& say = form.say;
  if (fixed) {
    Html out;
    for (auto const* name : {"reach", "place", "place_for", "place_choice", "village"}) out += fields::hidden(name, form.typed.get(name));
    out += fields::input(form, "venue", say("Venue"), {.hint = say("A hall, a school, a square."), .optional = true});
    return out;
  }
  std::vector<Choice> reaches;
  for (auto const reach : {activity::Reach::place, activity::Reach::several, activity::Reach::national, activity::Reach::online})
    reaches.push_back({std::string(activity::code(reach)), say(activity::name(reach))});
  Html out = fields::select(form, "reach", say("Where"), reaches);
  out += fields::input(form, "place", say("Region, district or community"),
                       {.hint = say("Any spelling will do. Several places: write ; between them. National or online: leave it empty.")});
  out += place_choices(form, known, places);
  if (places.empty() && !form.typed.get("place_choice").empty())
    out += html("{}{}", fields::hidden("place_for", form.typed.get("place_for")), fields::hidden("place_choice", form.typed.get("place_choice")));
  out.add("<div class=\"pair\">{}{}</div>", fields::input(form, "village", say("Village or part of town"), {.optional = true}),
          fields::input(form, "venue", say("Venue"), {.hint = say("A hall, a school, a square."), .optional = true}));
  return out;
}

/// The choices among organisations that a name may mean, and with the field those that were made before.
Html organisation_choices(Form const& form, campaign::Facts const& known, FormPage const& page, std::string_view field) {
  auto const& say = form.say;
  auto const name = choice_field(field);
  Html out;
  for (auto const made : form.typed.all(name)) out += fields::hidden(name, made);
  for (auto const& [of, typed, candidates] : page.organisations) {
    if (of != field) continue;
    Html list;
    for (auto const id : candidates) {
      auto const* organisation = known.organisation(id);
      if (!organisation) continue;
      list.add("<label class=\"choice\"><input type=\"radio\" name=\"{}\" value=\"{}\"> {}", name, choice_of(known, id, typed),
               organisation->name(say.language()));
      if (organisation->region) list.add(" <span class=\"soft\">({})</span>", known.places->name(*organisation->region, say.language()).short_text);
      list.add("</label>");
    }
    out.add("<fieldset class=\"field\"><legend>{}</legend>{}</fieldset>", say("Which organisation is “{}”?", typed), list);
  }
  return out;
}

/// Those who work for organisations choose among them; a coordinator writes any.
Html lead(Form const& form, campaign::Facts const& known, account::Person const& person, FormPage const& page) {
  auto const& say = form.say;
  std::vector<Choice> own;
  for (auto const& grant : person.grants)
    if (plans_for_organisation(grant))
      if (auto const* organisation = known.organisation(*grant.organisation);
          organisation && std::ranges::none_of(own, [&](Choice const& choice) { return choice.value == organisation->slug; }))
        own.push_back({organisation->slug, organisation->name(say.language())});
  auto const typed = form.typed.get("lead");
  bool const other = !typed.empty() && std::ranges::none_of(own, [&](Choice const& choice) { return choice.value == typed; });
  if (own.empty() || other || person.is_coordinator()) {
    auto shown = form.typed;
    if (auto const found = known.organisation_slugs.find(std::string(typed)); found != known.organisation_slugs.end()) {
      auto const& name = known.organisation(found->second)->name(say.language());
      shown.set("lead", name);
      shown.set(choice_field("lead"), choice_of(known, found->second, clean_line(name)));
    }
    Form const named{form.say, shown, form.faults};
    return html("{}{}", fields::input(named, "lead", say("Who holds it"), {.hint = say("The beginning of the organisation's name is enough.")}),
                organisation_choices(named, known, page, "lead"));
  }
  if (own.size() == 1)
    return html("{}<p class=\"field\"><b>{}</b><br>{}</p>", fields::hidden("lead", own.front().value), say("Who holds it"), own.front().text);
  return fields::select(form, "lead", say("Who holds it"), own);
}

Html details(Form const& form, campaign::Facts const& known, FormPage const& page, bool open) {
  auto const& say = form.say;
  Html out = fields::area(form, "summary", say("What happens there"), {.hint = say("Two or three sentences for the public."), .optional = true});
  Look const names{.hint = say("Names of organisations, with ; between them."), .optional = true};
  out += fields::input(form, "co_hosts", say("Together with"), names);
  out += organisation_choices(form, known, page, "co_hosts");
  out += fields::input(form, "partners", say("Supported by"), names);
  out += organisation_choices(form, known, page, "partners");
  out += fields::boxes(form, "language", say("In which language"), spoken());
  out += fields::radios(form, "entry", say("Who may come"),
                        {{"open", say(view::entry_name("open"))}, {"invitation", say(view::entry_name("invitation"))}});
  out += fields::input(form, "cost", say("Cost"), {.hint = say("Empty: free of charge."), .optional = true});
  out +=
      fields::input(form, "contact", say("Contact for the public"), {.hint = say("A number or address that everybody may read."), .optional = true});
  out += fields::radios(form, "visibility", say("Who may see it"),
                        {{"public", std::string(say("Everybody"))}, {"coalition", std::string(say("The coalition only"))}});
  out += fields::select(form, "text_language", say("Language of title and text"), spoken());
  return html("<details {}><summary>{}</summary>{}</details>", BIRGE_WHEN(open, "open"), say("More: text, partners, language, who may come, contact"),
              out);
}

/// A value of a field as the form shows it.
std::string shown_value(Say const& say, campaign::Facts const& known, std::string const& field, std::string const& value) {
  if (field == "kind" || field == "audience" || field == "topic") return known.codes.name(field, value, say.language());
  if (field == "reach")
    if (auto const reach = activity::reach_of(value)) return say(activity::name(*reach));
  if (field == "lead")
    if (auto const found = known.organisation_slugs.find(value); found != known.organisation_slugs.end())
      return known.organisation(found->second)->name(say.language());
  if (field == "language")
    if (auto const language = language_of(value)) return std::string(own_name(*language));
  if (field == "entry") return say(view::entry_name(value));
  if (field == "visibility") return std::string(value == "public" ? say("Everybody") : say("The coalition only"));
  if (field == "day" || field == "end_day")
    if (auto const day = Day::parse(value)) return say.date(*day);
  return value;
}

std::string shown_values(Say const& say, campaign::Facts const& known, std::string const& field, std::vector<std::string> const& values) {
  std::string all;
  for (auto const& value : values) all += (all.empty() ? "" : ", ") + shown_value(say, known, field, value);
  return all;
}

bool among_details(std::vector<Fault> const& faults) {
  static constexpr std::array names{"summary", "co_hosts", "partners", "language", "entry", "cost", "contact", "visibility"};
  return std::ranges::any_of(faults, [&](Fault const& fault) { return std::ranges::find(names, fault.field) != names.end(); });
}

Html buttons(Say const& say, FormPage const& page) {
  if (page.state != State::draft && page.state != State::returned)
    return html("<div class=\"actions\"><button class=\"button\" name=\"go\" value=\"save\">{}</button></div>", say("Save"));
  return html(
      "<div class=\"actions\"><button class=\"button\" name=\"go\" value=\"propose\">{}</button>"
      "<button class=\"button second\" name=\"go\" value=\"save\">{}</button></div>",
      say("Save and propose"), say("Save draft"));
}

}  // namespace

Html place_choices(Form const& form, campaign::Facts const& known, std::vector<place::PlaceId> const& places) {
  if (places.empty()) return {};
  auto const& say = form.say;
  Html list;
  for (auto const id : places)
    list.add("<label class=\"choice\"><input type=\"radio\" name=\"place_choice\" value=\"{}\"> {}</label>", known.places->find(id)->code,
             known.places->full_name(id, say.language()));
  return html("<fieldset class=\"field\"><legend>{}</legend>{}</fieldset>{}", say("Which place is it?"), list,
              fields::hidden("place_for", form.typed.get("place")));
}

std::vector<BothValues> both_values(Say const& say, campaign::Facts const& known, std::vector<Difference> const& differences) {
  std::vector<BothValues> values;
  for (auto const& difference : differences)
    values.push_back({difference.field, say(difference.label), shown_values(say, known, difference.field, difference.typed),
                      shown_values(say, known, difference.field, difference.stored)});
  return values;
}

Html activity_form(Request& request, campaign::Facts const& known, account::Person const& person, FormPage const& page) {
  auto const& say = request.say;
  Form const form{say, page.typed, page.faults};
  bool const is_new = page.version == 0;
  bool const fixed = page.state == State::approved;
  Html body;
  body += fields::hidden("post", page.token);
  body += fields::hidden("version", std::to_string(page.version));
  if (!page.opened.empty()) body += fields::hidden(opened_field, page.opened);
  if (auto const* edition = known.edition(page.edition)) body += fields::hidden("edition", edition->slug);
  if (auto const invitation = page.typed.get("invitation"); is_new && !invitation.empty()) body += fields::hidden("invitation", invitation);
  body += fields::hidden(kind_before, page.typed.get("kind"));
  body += fields::hidden(visibility_before, page.typed.get("visibility"));
  body += what(form, known);
  body += when(form, fixed, is_new);
  body += where(form, known, page.places, fixed);
  body += lead(form, known, person, page);
  body += fields::boxes(form, "audience", say("For whom"), coded(say, known, "audience"));
  body += fields::input(form, "expected", say("How many people you expect"),
                        {.hint = say("A number, or a range like 150-200."), .extra = Attribute("inputmode=\"numeric\""), .narrow = true});
  body += fields::boxes(form, "topic", say("About what"), coded(say, known, "topic"), {.optional = true});
  body += details(form, known, page, among_details(page.faults));
  body += fields::looked_at_box(form);
  body += buttons(say, page);
  auto const note = page.note.empty() ? Html() : html("<p class=\"soft\">{}</p>", page.note);
  Html overtaken;
  if (!page.differences.empty()) {
    overtaken = both_versions(
        say,
        say("What you did not touch is below as it is stored now. Of what you changed the form still holds yours: look at both, and save again."),
        both_values(say, known, page.differences));
    overtaken += page.meanwhile;
  }
  return html("<div class=\"work-form\" data-keep=\"{}\"><h1>{}</h1>{}{}{}{}</div>", page.keep, page.title, note, fields::faults_above(form),
              overtaken, site::form(request, page.action, body));
}

}  // namespace birge::work
