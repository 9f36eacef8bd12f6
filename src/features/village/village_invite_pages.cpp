#include <algorithm>
#include <array>

#include "features/account/account_secrets.hpp"
#include "features/account/throttle.hpp"
#include "features/village/village_form.hpp"
#include "features/village/village_pages.hpp"
#include "features/village/village_store.hpp"
#include "features/village/village_view.hpp"
#include "platform/base/text.hpp"

/// The public form. People in danger will find it too, so the numbers to call stand before everything else.
namespace birge::village {

namespace {

using site::Options;

/// From one network. A whole village may share the address of its mobile network, so much is free and the delay stays short; pace_of_all is what
/// keeps a flood from the coordinators.
constexpr account::Pace pace_of_network{30, std::chrono::seconds(10), std::chrono::minutes(2), std::chrono::hours(2)};
/// Of the form as a whole, wherever it is sent from: a flood of senders cannot bury the coordinators.
constexpr account::Pace pace_of_all{60, std::chrono::seconds(10), std::chrono::minutes(1), std::chrono::minutes(15)};

Html in_danger(Say const& say, campaign::Facts const& facts) {
  return html("<section class=\"danger-first\" aria-labelledby=\"danger\"><h2 id=\"danger\">{}</h2>{}</section>",
              say("If you or someone else is in danger now, do not write here: call."), numbers_to_call(say, facts));
}

Reply public_page(Request& request, std::string_view title, Html const& main, Status status = Status::ok) {
  site::Head head;
  head.title = title;
  head.description = request.say("Ask the campaign against trafficking in persons to come to your village or community.");
  head.canonical = request.say.path("/invite");
  auto reply = site::page(request, head, html("<div class=\"narrow\"><h1>{}</h1>{}</div>", title, main), status);
  // What somebody typed here is not to be found in the browser by whoever uses the telephone next.
  reply.cache_control = "no-store";
  return reply;
}

Options coded(Say const& say, campaign::Facts const& facts, char const* list, std::string_view none) {
  Options options{{"", std::string(none)}};
  for (auto const& code : facts.codes.list(list)) options.emplace_back(code.code, code.name(say.language()));
  return options;
}

Options districts(Say const& say, campaign::Facts const& facts, Day today) {
  Options options{{"", std::string(say("Choose the district"))}};
  auto const add = [&](place::Place const& place) {
    if (place.valid_on(today)) options.emplace_back(place.code, facts.places->full_name(place.id, say.language()));
  };
  for (auto const* region : facts.places->regions()) {
    if (small_enough(*facts.places, region->id)) add(*region);
    else
      for (auto const* district : facts.places->children(region->id)) add(*district);
  }
  return options;
}

/// Where the place is not clear yet: what it may mean, or the district.
Html clearer_place(Say const& say, campaign::Facts const& facts, http::Parameters const& typed, ReadForm const& read, Day today) {
  Html out;
  if (!read.candidates.empty()) {
    Html list;
    for (auto const id : read.candidates)
      list.add("<label class=\"choice\"><input type=\"radio\" name=\"place_choice\" value=\"{}\"> {}</label>", facts.places->find(id)->code,
               facts.places->full_name(id, say.language()));
    out.add("<fieldset class=\"field\"><legend>{}</legend>{}</fieldset><input type=\"hidden\" name=\"place_for\" value=\"{}\">",
            say("Which place is it?"), list, read.invitation.village);
  } else if (!typed.get("place_choice").empty()) {
    out.add("<input type=\"hidden\" name=\"place_for\" value=\"{}\"><input type=\"hidden\" name=\"place_choice\" value=\"{}\">",
            clean_line(typed.get("place_for")), typed.get("place_choice"));
  }
  if (read.ask_district || !typed.get("district").empty())
    out += site::select_field(say, {.name = "district", .label = say("District"), .value = typed.get("district")}, districts(say, facts, today),
                              read.faults);
  return out;
}

Html fields(Request& request, campaign::Facts const& facts, campaign::Edition const& edition, http::Parameters const& typed, ReadForm const& read) {
  auto const& say = request.say;
  auto const& faults = read.faults;
  Html out = site::text_field(say,
                              {.name = "place",
                               .label = say("Your village or community"),
                               .value = typed.get("place"),
                               .hint = say("In any spelling. With the district, if there are several of this name."),
                               .autocomplete = "address-level2",
                               .required = true},
                              faults);
  out += clearer_place(say, facts, typed, read, facts.today(request.now));
  out += site::select_field(say, {.name = "kind", .label = say("What would you like?"), .value = typed.get("kind")},
                            coded(say, facts, "kind", say("I do not know")), faults);
  out += site::text_area(say,
                         {.name = "wish",
                          .label = say("In your own words, if you like"),
                          .value = typed.get("wish"),
                          .hint = say("What people ask about, where you could meet. Please write no names and nothing about what happened to "
                                      "somebody: for that there is the telephone above.")},
                         faults);
  Options month_options{{"", std::string(say("Any time"))}};
  for (auto const& month : months(edition, facts.today(request.now))) month_options.emplace_back(month, month_words(say, month));
  out += site::select_field(say, {.name = "month", .label = say("When?"), .value = typed.get("month"), .is_short = true}, month_options, faults);
  out += site::select_field(say, {.name = "audience", .label = say("For whom?"), .value = typed.get("audience")},
                            coded(say, facts, "audience", say("For everybody")), faults);
  out += site::text_field(say,
                          {.name = "people",
                           .label = say("Roughly how many people would come?"),
                           .value = typed.get("people"),
                           .hint = say("May stay empty."),
                           .inputmode = "numeric",
                           .is_short = true},
                          faults);
  out += site::text_field(say,
                          {.name = "contact_name",
                           .label = say("How may we call you?"),
                           .value = typed.get("contact_name"),
                           .hint = say("May stay empty."),
                           .autocomplete = "name"},
                          faults);
  out += site::text_field(
      say,
      {.name = "contact",
       .label = say("Your phone number or e-mail"),
       .value = typed.get("contact"),
       .hint = say("Only the coordinators of your region and of the country see it. It is deleted at the end of the campaign at the latest."),
       .autocomplete = "tel",
       .required = true},
      faults);
  return out;
}

Reply form_page(Request& request, campaign::Facts const& facts, campaign::Edition const& edition, ReadForm const& read, std::string_view post,
                Status status) {
  auto const& say = request.say;
  Html body = fields(request, facts, edition, request.form, read);
  body.add(
      "<p class=\"off-screen\" aria-hidden=\"true\"><label for=\"more\">{}</label><input id=\"more\" name=\"more\" tabindex=\"-1\" "
      "autocomplete=\"off\"></p><input type=\"hidden\" name=\"post\" value=\"{}\"><div class=\"actions\"><button class=\"button\">{}</button></div>",
      say("Leave this field empty"), post, say("Send the invitation"));
  auto const lead = say("Tell us where and when. We come with people who explain, listen and answer questions. It costs you nothing.");
  return public_page(request, say("Invite the campaign to your village"),
                     html("{}{}<p class=\"lead\">{}</p>{}", site::fault_summary(say, read.faults), in_danger(say, facts), lead,
                          site::form(request, say.path("/invite"), body)),
                     status);
}

Reply closed_page(Request& request, campaign::Facts const& facts) {
  auto const& say = request.say;
  return public_page(request, say("Invite the campaign to your village"),
                     html("{}<p class=\"lead\">{}</p><p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p>", in_danger(say, facts),
                          say("This campaign is over. You can invite us again when the next one is announced."),
                          say("The numbers above answer all year round."), say.path("/"), say("To the first page")));
}

Reply thanks_page(Request& request, campaign::Facts const& facts, Invitation const& invitation, std::string_view reference) {
  auto const& say = request.say;
  auto const by = campaign::due_day(facts.today(request.now), answered_within, facts.holidays);
  auto const region = facts.places->name(invitation.region, say.language()).text;
  return public_page(
      request, say("Thank you, your invitation arrived"),
      html("{}{}<h2>{}</h2><ol><li>{}</li><li>{}</li><li>{}</li></ol><p><a class=\"button second\" href=\"{}\">{}</a></p>",
           site::notice(site::Notice::done, html("<p>{} <b class=\"reference\">{}</b></p>", say("The number of your invitation:"), reference)),
           in_danger(say, facts), say("What happens next"), say("A coordinator reads it. Your region: {}.", region),
           say("You get a call or a letter by {} at the latest, and together you choose what fits and when.", by),
           say("Once all is agreed, a meeting appears in the list of activities. Your name, your number and your words do not."),
           say.path("/activities"), say("List of activities")));
}

/// The same form sent twice has the same hash; a new one, also with the same text, another.
std::string once_of(http::Parameters const& form) {
  std::string text;
  for (auto const& [name, value] : form.list())
    if (name != "form_token") text.append(name).append("=").append(value).append("\n");
  return account::secret_hash(text);
}

}  // namespace

Reply invite_page(Request& request) {
  auto const facts = site::facts(request);
  auto const* edition = facts->current(request.now);
  if (!edition || !takes_invitations(*edition, facts->today(request.now))) return closed_page(request, *facts);
  // A page of a region leads here with its place filled in.
  if (auto const* place = facts->places->by_code(request.query.get("place")); place && small_enough(*facts->places, place->id))
    request.form.set("district", place->code);
  return form_page(request, *facts, *edition, {}, account::new_secret(), Status::ok);
}

Reply invite(Request& request) {
  auto const facts = site::facts(request);
  auto const today = facts->today(request.now);
  auto const* edition = facts->current(request.now);
  if (!edition || !takes_invitations(*edition, today)) return closed_page(request, *facts);
  auto read = read_form(request.form, *facts, place::Matcher(*facts->places, request.read()), *edition, today);
  auto const post = shortened(clean_line(request.form.get("post")), 60);
  if (!read.faults.empty()) return form_page(request, *facts, *edition, read, post, Status::unprocessable);
  try {
    account::attempt(request, {{"form invite " + account::network_of(request.message.peer), pace_of_network}, {"form invite", pace_of_all}});
  } catch (Problem const& problem) {
    if (problem.failure != Failure::too_many) throw;
    read.faults.push_back({"", problem.shown});
    return form_page(request, *facts, *edition, read, post, Status::too_many_requests);
  }
  read.invitation.language = request.say.code();
  auto const once = once_of(request.form);
  auto const reference = request.write([&](db::Tx& tx) { return add(tx, request.services.ids, read.invitation, once, request.now); });
  return thanks_page(request, *facts, read.invitation, reference);
}

}  // namespace birge::village
