#include "features/account/directory.hpp"
#include "features/account/joining.hpp"
#include "features/account/record.hpp"
#include "features/account/throttle.hpp"
#include "features/notice/notice.hpp"
#include "features/people/joining_pages.hpp"
#include "features/people/people_regions.hpp"
#include "features/people/people_view.hpp"
#include "platform/base/text.hpp"

namespace birge::people {

namespace {

using account::JoiningRequest;

site::Options kind_options(Say const& say) {
  site::Options options{{"", ""}};
  for (auto const* kind : account::organisation_kinds()) options.emplace_back(kind, say(coalition::kind_name(kind)));
  return options;
}

JoiningRequest read(Request& request) {
  auto const& form = request.form;
  auto const facts = site::facts(request);
  JoiningRequest read;
  read.kind = form.get("kind");
  read.name = clean_line(form.get("name"));
  read.language = request.say.code();
  read.about = clean_text(form.get("about"));
  read.website = clean_line(form.get("website"));
  if (auto const* place = facts->places->by_code(form.get("region")); place && place->level == place::Level::region) read.region = place->id;
  for (auto const id : chosen_regions(form, *facts)) read.regions.push_back(facts->places->find(id)->code);
  read.contact_name = clean_line(form.get("contact_name"));
  read.contact = clean_line(form.get("contact"));
  return read;
}

Reply join_form(Request& request, JoiningRequest const& typed, std::vector<Fault> const& faults, Status status) {
  auto const& say = request.say;
  auto const facts = site::facts(request);
  auto const* place = typed.region ? facts->places->find(*typed.region) : nullptr;
  Html fields = site::text_field(
      say, {.name = "name", .label = say("Name of the organisation"), .value = typed.name, .autocomplete = "organization", .required = true}, faults);
  fields += site::select_field(say, {.name = "kind", .label = say("Kind of organisation"), .value = typed.kind, .required = true}, kind_options(say),
                               faults);
  fields += site::text_area(
      say, {.name = "about", .label = say("What does it do?"), .value = typed.about, .hint = say("Two or three sentences."), .required = true},
      faults);
  fields += site::text_field(say,
                             {.name = "website",
                              .label = say("Website or social page"),
                              .value = typed.website,
                              .hint = say("May stay empty."),
                              .autocomplete = "url",
                              .inputmode = "url"},
                             faults);
  fields += site::select_field(
      say, {.name = "region", .label = say("Where does it sit?"), .value = place ? std::string_view(place->code) : std::string_view()},
      region_options(request, say("National")), faults);
  std::vector<place::PlaceId> active;
  for (auto const& code : typed.regions) active.push_back(facts->places->by_code(code)->id);
  fields += region_boxes(request, say("In which regions is it active?"), active);
  fields += site::text_field(say,
                             {.name = "contact_name",
                              .label = say("Whom can we speak to?"),
                              .value = typed.contact_name,
                              .hint = say("A name. Only coordinators see it."),
                              .autocomplete = "name",
                              .required = true},
                             faults);
  fields += site::text_field(say,
                             {.name = "contact",
                              .label = say("Phone number or e-mail"),
                              .value = typed.contact,
                              .hint = say("Such as 0700 123 456. It is deleted from the request once you have an account, or if you are refused."),
                              .autocomplete = "tel",
                              .required = true},
                             faults);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Ask to join"));
  return narrow_page(
      request, say("Join the coalition"),
      html("{}<p class=\"lead\">{}</p><p>{}</p>{}", site::fault_summary(say, faults),
           say("Organisations that work against trafficking in persons plan and run the campaign together."),
           say("Two coordinators look at your request; then we call you. If you need help yourself, call the number at the top of this page."),
           site::form(request, say.path("/join"), fields)),
      status);
}

}  // namespace

Reply join_page(Request& request) { return join_form(request, {}, {}, Status::ok); }

Reply join(Request& request) {
  auto const& say = request.say;
  auto const typed = read(request);
  if (auto const faults = account::check(typed); !faults.empty()) return join_form(request, typed, faults, Status::unprocessable);
  try {
    account::count_form(request, "join");
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    return join_form(request, typed, {{"", problem.shown}}, Status::too_many_requests);
  }
  request.write([&](db::Tx& tx) {
    auto const id = account::add_request(tx, request.services.ids, typed, request.now);
    notice::News news;
    news.event = notice::Event::joining;
    news.subject = id;
    account::Object const object{typed.region, {}, {}};
    std::vector<account::PersonId> deciders;
    for (auto const& person : account::people_who_may(tx, account::Permission::admit, object)) deciders.push_back(person.id);
    notice::tell(tx, request.services.ids, news, deciders, request.now);
    audit::record(tx, {audit::Who::visitor(), "asked_to_join", audit::Object("joining_request"), request.now});
  });
  return narrow_page(
      request, say("Thank you"),
      html("{}<p><a class=\"button second\" href=\"{}\">{}</a></p>",
           site::notice(site::Notice::done,
                        html("<p>{}</p>", say("Your request arrived. Two coordinators decide on it, then we call the person you named."))),
           say.path("/"), say("To the first page")));
}

}  // namespace birge::people
