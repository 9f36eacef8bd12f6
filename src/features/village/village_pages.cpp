#include "features/village/village_pages.hpp"

#include <array>

#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "features/village/village_desk.hpp"
#include "features/village/village_form.hpp"
#include "features/village/village_store.hpp"
#include "features/village/village_view.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

/// What coordinators do with the invitations of their part of the country.
namespace birge::village {

namespace {

constexpr int most_rows = 200;
constexpr std::size_t longest_reason = 500;

Reply work_page(Request& request, std::string_view title, campaign::Edition const* edition, Html const& main, Status status = Status::ok) {
  site::Head head;
  head.title = title;
  head.index = false;
  head.active = "invitations";
  head.edition = edition;
  return site::page(request, head, main, status);
}

Message heading(State state) {
  switch (state) {
    case State::waiting: return message("Waiting for an answer");
    case State::answering: return message("Being answered");
    case State::answered: return message("Answered");
    case State::declined: return message("Declined");
    case State::passed_on: return message("Passed to the hotline");
  }
  return {};
}

/// The invitation that the address names. Throws Problem(not_found) where there is none, or it is none of this person's.
Invitation found(Request& request) {
  auto const id = parse_id_as<InvitationTag>(request.capture("id"));
  auto invitation = id ? Store(request.read()).find(*id) : std::nullopt;
  if (!invitation || !may_see(account::person(request), *invitation)) throw Problem(Failure::not_found, message("There is no such invitation."));
  return std::move(*invitation);
}

std::optional<place::PlaceId> chosen_place(Request& request, campaign::Facts const& facts) {
  auto const* place = facts.places->by_code(request.query.get("place"));
  return place && place->level != place::Level::country ? std::optional(place->id) : std::nullopt;
}

/// A form of one button for each step that may be made.
Html step_button(Request& request, Invitation const& invitation, Step step, std::string_view words, std::string_view look, Html const& before = {}) {
  if (!after(invitation, step)) return {};
  return site::form(
      request, invitation_page(request.say, invitation.id),
      html("{}<input type=\"hidden\" name=\"what\" value=\"{}\"><input type=\"hidden\" name=\"version\" value=\"{}\"><button class=\"button "
           "{}\">{}</button>",
           before, code(step), invitation.version, look, words));
}

/// Who made the latest step, and when; empty where nobody did, or their account is gone.
std::string latest_step(Request& request, campaign::Facts const& facts, Invitation const& invitation) {
  if (!invitation.taken_by) return {};
  auto const names = account::names_of(request.read(), {*invitation.taken_by});
  auto const who = names.find(*invitation.taken_by);
  if (who == names.end() || who->second.empty()) return {};
  return who->second + ", " + request.say.moment(invitation.changed, facts.time_zone);
}

Html facts_of(Request& request, campaign::Facts const& facts, Invitation const& invitation) {
  auto const& say = request.say;
  auto const language = say.language();
  Html items;
  auto const item = [&](std::string_view icon, std::string_view label, Html const& value) {
    items.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
  };
  item("place", say("Where"), html("{}", facts.places->full_name(invitation.place, language)));
  item("info", say("Kind of activity"), html("{}", kind_words(say, facts, invitation)));
  item("calendar", say("When"), html("{}", month_words(say, invitation.month)));
  item("people", say("For whom"),
       html("{}", invitation.audience.empty() ? std::string(say("For everybody")) : facts.codes.name("audience", invitation.audience, language)));
  if (invitation.people) item("people", say("How many"), html("{}", say.plural("about {} person", "about {} people", *invitation.people)));
  item("clock", say("Asked on"), html("{}", say.moment(invitation.created, facts.time_zone)));
  item("info", say("State"), html("{}", say(name(invitation.standing()))));
  if (auto const step = latest_step(request, facts, invitation); !step.empty()) item("person", say("Latest step"), html("{}", step));
  item("document", say("Number of the invitation"), html("{}", invitation.reference));
  return html("<dl class=\"facts\">{}</dl>", items);
}

/// What they wrote and how to reach them, or since when it is gone.
Html written(Request& request, campaign::Facts const& facts, Invitation const& invitation) {
  auto const& say = request.say;
  if (invitation.forgotten)
    return html("<section><h2>{}</h2><p>{}</p></section>", say("What they wrote"),
                say("Text and contact were deleted on {}.", local_time(*invitation.forgotten, facts.time_zone).day));
  std::string digits;
  for (char const c : invitation.contact)
    if ((c >= '0' && c <= '9') || c == '+') digits += c;
  auto const call = invitation.contact.find('@') == std::string::npos ? url("tel:" + digits) : url("mailto:" + invitation.contact);
  Html body = html("<p><b>{}</b> {}</p>", say("Place:"), site::in_language(request, invitation.village, invitation.language));
  if (!invitation.wish.empty())
    body.add("<blockquote class=\"words\">{}</blockquote>", site::in_language(request, invitation.wish, invitation.language));
  auto const who = invitation.contact_name.empty() ? std::string() : invitation.contact_name + ", ";
  body.add("<p>{}<a href=\"{}\">{}</a> <span class=\"soft\">({})</span></p>", who, call.value_or(Url()), invitation.contact,
           own_name(language_of(invitation.language).value_or(Language::ky)));
  if (invitation.standing() != State::passed_on) return html("<section><h2>{}</h2>{}</section>", say("What they wrote"), body);
  return html("<details><summary>{}</summary>{}<p class=\"soft\">{}</p></details>", say("Show what was written"), body,
              say("Only you and the other coordinators of this region and of the country can see it, until {}.",
                  local_time(invitation.changed + kept_when_passed_on, facts.time_zone).day));
}

/// The activity that was planned for it, and how far it is. Its title is for those who may know of the activity.
Html planned(Request& request, Invitation const& invitation) {
  auto const& say = request.say;
  if (!invitation.activity) return {};
  auto const activity = activity::Store(request.read()).find(*invitation.activity);
  if (!activity) return html("<p>{}</p>", say("The activity that was planned for it is no longer there."));
  auto const link = html("<a href=\"{}\">{}</a>", say.path("/work/activities/{}", activity->id), say.date(activity->day));
  if (invitation.standing() == State::waiting)
    return html("<section><h2>{}</h2><p>{} {}</p></section>", say("What was planned for it"), link,
                say("It comes to nothing; the village waits again."));
  return html("<section><h2>{}</h2><p>{} <span class=\"tag\">{} {}</span></p></section>", say("What is planned for it"), link, site::icon("calendar"),
              say(activity::name(activity->state)));
}

/// The form of a new activity with what may be taken over: place, kind, month, for whom and how many, never a text.
Url draft_page(Say const& say, campaign::Facts const& facts, Invitation const& invitation, Day today) {
  auto query = http::Parameters::of({{"invitation", id_text(invitation.id)}, {"place", facts.places->find(invitation.place)->code}});
  if (!invitation.kind.empty()) query.set("kind", invitation.kind);
  if (!invitation.audience.empty()) query.set("audience", invitation.audience);
  if (invitation.people) query.set("expected", std::to_string(*invitation.people));
  if (auto const day = wished_day(invitation, today)) query.set("day", day->iso());
  return own_path(std::string(say.path("/work/activities/new").text()) + "?" + query.encoded());
}

Html accept(Request& request, campaign::Facts const& facts, Invitation const& invitation) {
  auto const& say = request.say;
  bool const open = after(invitation, Step::answer).has_value();
  if (!open || !account::may(account::person(request), account::Permission::plan, {invitation.region, {}, {}})) return {};
  // What was planned may have been put away or cancelled.
  auto const words = invitation.activity ? say("Plan another activity") : say("Accept and plan an activity");
  return html("<a class=\"button\" href=\"{}\">{}</a>", draft_page(say, facts, invitation, facts.today(request.now)), words);
}

/// `reason`: why somebody wanted to decline, where that came to nothing.
Html steps(Request& request, campaign::Facts const& facts, Invitation const& invitation, std::string_view reason) {
  auto const& say = request.say;
  Html out = html("<div class=\"actions\">{}{}{}", accept(request, facts, invitation),
                  step_button(request, invitation, Step::take, say("I answer it"), "second"),
                  step_button(request, invitation, Step::answer, say("It is answered"), "second"));
  if (after(invitation, Step::pass_on))
    out.add("<a class=\"button danger\" href=\"{}\">{}</a>", say.path("/work/invitations/{}/pass", invitation.id), say("Pass to the hotline"));
  out.add("{}</div>", step_button(request, invitation, Step::reopen, say("Take this step back"), "second"));
  if (after(invitation, Step::decline))
    out.add(
        "<details {}><summary>{}</summary>{}</details>", BIRGE_WHEN(!reason.empty(), "open"), say("Decline"),
        step_button(
            request, invitation, Step::decline, say("Decline"), "danger",
            site::text_area(
                say,
                {.name = "reason", .label = say("Reason"), .value = reason, .hint = say("Only coordinators read it. Call them and tell it kindly.")},
                {})));
  return out;
}

/// What a coordinator does when somebody wrote of danger.
Html for_hotline(Say const& say, campaign::Facts const& facts, Invitation const& invitation) {
  auto const place = facts.places->full_name(invitation.place, say.language());
  return html(
      "<section class=\"danger-first\"><h2>{}</h2>{}<p>{}</p><blockquote class=\"words\">{}</blockquote><p>{}</p></section>",
      say("Call the hotline now"), numbers_to_call(say, facts, true), say("Say this:"),
      say("“I coordinate the campaign. Somebody wrote to us through the form for villages and may need help. Place: {}. Number of the message: {}.”",
          place, invitation.reference),
      say("Give the telephone number of the person only when they ask for it, and do not call the person yourself. Tell nobody else. If somebody is "
          "in danger this very moment, call the police as well."));
}

/// A step that was not made, since the invitation is no longer what its page showed.
struct Refused {
  Message why;
  std::string reason;  ///< as it was typed
};

/// What the invitation is by now, by whom, and what was typed, where no form is left to keep it.
Html told(Request& request, campaign::Facts const& facts, Invitation const& invitation, Refused const& refused) {
  auto const& say = request.say;
  auto body = html("<p><b>{}</b> {}</p><p>{}</p>", say(refused.why), say("Nothing was done. Look at it as it is now and decide again."),
                   say("State now: {}.", say(name(invitation.standing()))));
  if (auto const step = latest_step(request, facts, invitation); !step.empty()) body.add("<p>{}</p>", say("Latest step: {}.", step));
  if (!refused.reason.empty() && !after(invitation, Step::decline))
    body.add("<p>{}</p><blockquote class=\"words\">{}</blockquote>", say("What you typed, to copy it from here"), refused.reason);
  return site::notice(site::Notice::danger, body);
}

Reply page_of(Request& request, Invitation const& invitation, Refused const* refused = nullptr) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  Html above, hotline;
  if (refused) above = told(request, *facts, invitation, *refused);
  if (invitation.standing() == State::passed_on) hotline = for_hotline(say, *facts, invitation);
  Html reason;
  if (!invitation.reason.empty())
    reason = site::notice(site::Notice::attention, html("<p>{}</p><p>{}</p>", say("It was declined:"), invitation.reason));
  auto const typed = refused ? std::string_view(refused->reason) : std::string_view();
  return work_page(request, say("Invitation from a village"), facts->edition(invitation.edition),
                   html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>{}{}{}<div class=\"beside\"><div>{}{}{}</div><aside>{}</aside></div>",
                        say.path("/work/invitations"), say("Invitations from villages"), facts->places->full_name(invitation.place, say.language()),
                        above, hotline, reason, written(request, *facts, invitation), planned(request, invitation),
                        steps(request, *facts, invitation, typed), facts_of(request, *facts, invitation)),
                   refused ? Status::conflict : Status::ok);
}

}  // namespace

Reply invitations(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const part = part_of(account::person(request));
  auto const place = chosen_place(request, *facts);
  auto const* edition = facts->current(request.now);
  Html lists;
  Store store(request.read());
  if (edition)
    for (auto const state : all_states) {
      auto const rows = store.list(edition->id, part, state, place, most_rows);
      if (rows.empty()) continue;
      Html list;
      for (auto const& row : rows) list += invitation_row(request, *facts, row);
      lists.add("<section id=\"{}\"><h2>{} <span class=\"soft\">{}</span></h2><ol class=\"rows\">{}</ol></section>", code(state), say(heading(state)),
                say.number(store.count(edition->id, part, state, place)), list);
    }
  if (lists.empty())
    lists = html("<section class=\"empty\"><h2>{}</h2><p>{}</p><p><a class=\"button second\" href=\"{}\">{}</a></p></section>", say("No invitations"),
                 say("Here you see the villages that ask the campaign to come."), say.path("/invite"), say("The form they fill in"));
  Html narrowed;
  if (place)
    narrowed = html("<ul class=\"chips\" aria-label=\"{}\"><li><a class=\"chip on\" href=\"{}\">{} {}<span class=\"heard\">{}</span></a></li></ul>",
                    say("Chosen filters"), say.path("/work/invitations"), facts->places->full_name(*place, say.language()), site::icon("cross"),
                    say("(remove)"));
  auto const title = say("Invitations from villages");
  return work_page(request, title, edition,
                   html("<p class=\"above\">{}</p><h1>{}</h1>{}{}", edition ? edition->name(say.language()) : std::string(), title, narrowed, lists));
}

Reply invitation(Request& request) { return page_of(request, found(request)); }

Reply pass_page(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const invitation = found(request);
  auto const back = invitation_page(say, invitation.id);
  if (!after(invitation, Step::pass_on)) return http::see_other(back);
  return work_page(
      request, say("Pass to the hotline"), facts->edition(invitation.edition),
      html(
          "<div class=\"narrow\"><p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1><p class=\"lead\">{}</p><ul><li>{}</li><li>{}</li><li>{}</li></ul>"
          "<div class=\"actions\">{}<a class=\"button second\" href=\"{}\">{}</a></div></div>",
          back, say("Invitation from a village"), say("Pass to the hotline"),
          say("For a message in which somebody asks for help, or tells what happened to a person."),
          say("The text is hidden, and deleted after 7 days. No activity is planned for it."),
          say("You see the number of the hotline and what to say there. Nothing is sent by itself: you call."),
          say("You can take it back as long as the text is there."),
          step_button(request, invitation, Step::pass_on, say("Yes, pass to the hotline"), "danger"), back, say("Back")));
}

Reply step(Request& request) {
  auto const& person = account::person(request);
  auto const before = found(request);
  auto const step = step_of(request.form.get("what"));
  if (!step) throw Problem(Failure::bad_input, message("This address cannot be used in this way."));
  auto const version = whole_number<std::int64_t>(request.form.get("version")).value_or(0);
  auto const reason = shortened(clean_text(request.form.get("reason")), longest_reason);
  try {
    request.write([&](db::Tx& tx) { make_step(tx, person, before.id, version, *step, reason, request.now); });
  } catch (Problem const& problem) {
    if (problem.failure != Failure::conflict) throw;
    auto const now = found(request);
    Refused const refused{now.version == version ? problem.shown : message("Somebody else changed this meanwhile."), reason};
    return page_of(request, now, &refused);
  }
  return http::see_other(invitation_page(request.say, before.id));
}

Html waiting_for(Request& request) {
  auto const& say = request.say;
  auto const part = part_of(account::person(request));
  auto const facts = site::facts(request);
  auto const* edition = facts->current(request.now);
  if (part.empty() || !edition) return {};
  Store store(request.read());
  constexpr int shown = 5;
  auto const rows = store.list(edition->id, part, State::waiting, std::nullopt, shown);
  if (rows.empty()) return {};
  Html list;
  for (auto const& row : rows) list += invitation_row(request, *facts, row);
  return html(
      "<section><h2>{} <span class=\"soft\">{}</span></h2><ol class=\"rows\">{}</ol><p><a class=\"button second\" href=\"{}\">{}</a></p></section>",
      say("Invitations from villages"), say.number(store.count(edition->id, part, State::waiting, std::nullopt)), list, say.path("/work/invitations"),
      say("All invitations"));
}

std::vector<Findable> findable(Request& request) {
  constexpr int most = 500;
  auto const& person = account::person(request);
  auto const part = part_of(person);
  std::vector<Findable> list;
  if (part.empty()) return list;
  auto const facts = site::facts(request);
  auto const& say = request.say;
  for (auto const& invitation : Store(request.read()).latest(part, most)) {
    if (!may_see(person, invitation)) continue;
    Findable found;
    found.id = invitation.id.value;
    found.page = invitation_page(say, invitation.id);
    found.reference = invitation.reference;
    found.state = invitation.standing();
    found.language = invitation.language;
    found.place = facts->places->full_name(invitation.place, say.language());
    found.kind = kind_words(say, *facts, invitation);
    found.month = month_words(say, invitation.month);
    if (!invitation.month.empty()) found.names.push_back(found.month);
    for (auto const language : languages) found.names.push_back(facts->places->full_name(invitation.place, language));
    if (auto const* kind = facts->codes.find("kind", invitation.kind))
      for (auto const& [language, name] : kind->names) found.names.push_back(name);
    // Somebody in danger may have written it: it is read on its own page only, where it is hidden at first.
    if (found.state != State::passed_on) {
      found.village = invitation.village;
      found.wish = invitation.wish;
    }
    list.push_back(std::move(found));
  }
  return list;
}

std::map<place::PlaceId, std::int64_t> waiting_by_place(db::Reader& read, campaign::EditionId edition) {
  return Store(read).waiting_by_place(edition);
}

bool may_open(account::Person const& person, std::optional<place::PlaceId> region) {
  return account::may(person, account::Permission::see_requests, {region, {}, {}});
}

Url waiting_list(Say const& say, place::Place const& place) {
  return own_path(std::string(say.path("/work/invitations").text()) + "?place=" + percent_encoded(place.code) + "#waiting");
}

}  // namespace birge::village
