#include "features/account/account_secrets.hpp"
#include "features/account/record.hpp"
#include "features/campaign/campaign.hpp"
#include "features/news/news_pages.hpp"
#include "features/notice/notice_letter.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"

/// How letters come, the link in each of them that stops them, and the address of the private calendar.
namespace birge::news {

using notice::Rhythm;

namespace {

site::Head head_of(Request const& request, std::string_view title, std::string_view active) {
  site::Head head;
  head.title = title;
  head.active = active;
  head.index = false;
  // An address may hold a secret: it is never repeated as a link to share.
  head.canonical = request.say.path("/sign-in");
  return head;
}

Reply narrow(Request& request, std::string_view title, Html const& main, std::string_view active = {}) {
  auto reply = site::page(request, head_of(request, title, active), html("<section class=\"narrow\"><h1>{}</h1>{}</section>", title, main));
  reply.cache_control = "no-store";
  return reply;
}

site::Options rhythm_options(Say const& say) {
  site::Options options;
  for (auto const rhythm : notice::rhythms) options.emplace_back(std::string(notice::code(rhythm)), say(notice::name(rhythm)));
  return options;
}

Html letters(Request& request, account::Person const& person) {
  auto const& say = request.say;
  auto const setting = notice::setting(request.read(), person.id);
  Html fields;
  for (auto const part : notice::parts)
    fields += site::select_field(say, {.name = notice::code(part), .label = say(notice::name(part)), .value = notice::code(setting.of(part))},
                                 rhythm_options(say), {});
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button></div>", say("Save"));
  Html none;
  if (!notice::reader(request.read(), person.id))
    none =
        site::notice(site::Notice::information,
                     html("<p>{}</p>", say("You sign in with a phone number, so no letters come. Everything stands under News in the workspace.")));
  return html("<section><h2>{}</h2><p>{}</p>{}{}</section>", say("Letters by e-mail"),
              say("In the workspace you are always told. Letters say what happened and where to read it; they hold no names and no remarks."), none,
              site::form(request, say.path("/account/notifications"), fields));
}

Html calendar_button(Request& request, std::string_view what, std::string_view label, bool danger) {
  return site::form(request, request.say.path("/account/notifications/calendar"),
                    html("<input type=\"hidden\" name=\"what\" value=\"{}\"><button class=\"{}\">{}</button>", what,
                         danger ? "button danger" : "button second", label));
}

Html calendar(Request& request, account::Person const& person) {
  auto const& say = request.say;
  auto const since = notice::calendar_since(request.read(), person.id);
  auto const known = site::facts(request);
  Html body = html("<p>{}</p>", say("Your activities, their state and when results are due, in the calendar of your telephone. Whoever has the "
                                    "address can read them, so give it to nobody."));
  if (since) {
    body.add("<p>{}</p><div class=\"actions\">{}{}</div>",
             say("There is an address since {}. It is not shown again.", say.moment(*since, known->time_zone)),
             calendar_button(request, "renew", say("A new address instead"), false), calendar_button(request, "end", say("End the address"), true));
  } else {
    body.add("<div class=\"actions\">{}</div>", calendar_button(request, "renew", say("Make an address"), false));
  }
  return html("<section><h2>{}</h2>{}</section>", say("Private calendar"), body);
}

}  // namespace

Reply settings_page(Request& request) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  Html done;
  if (request.query.has("saved")) done = site::notice(site::Notice::done, html("<p>{}</p>", say("Saved.")));
  return narrow(
      request, say("Letters and calendar"),
      html("{}{}{}<p><a href=\"{}\">{}</a></p>", done, letters(request, person), calendar(request, person), say.path("/account"), say("My account")),
      "account");
}

Reply save_settings(Request& request) {
  auto const& person = account::person(request);
  auto const kept = notice::setting(request.read(), person.id);
  auto const chosen = [&](notice::Part part) { return notice::rhythm_of(request.form.get(notice::code(part))).value_or(kept.of(part)); };
  notice::Setting const setting{chosen(notice::Part::waits), chosen(notice::Part::mine), chosen(notice::Part::talk)};
  auto const today = site::facts(request)->today(request.now);
  request.write([&](db::Tx& tx) {
    notice::save_setting(tx, person.id, setting, request.now);
    // The first weekly letter comes with the next week, not in the middle of this one.
    notice::begin_period(tx, person.id, Rhythm::weekly, today.week_start(), today.plus(7));
    account::note(tx, account::acting(person), "letters_changed", person.id, request.now);
  });
  return http::see_other(own_path(std::string(request.say.path("/account/notifications").text()) + "?saved=1"));
}

Reply change_calendar(Request& request) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  auto const what = request.form.get("what");
  if (what != "renew" && what != "end") throw Problem(Failure::bad_input, message("This address cannot be used in this way."));
  auto const secret = account::new_secret();
  request.write([&](db::Tx& tx) {
    if (what == "end") {
      notice::end_calendar(tx, person.id);
      account::note(tx, account::acting(person), "calendar_ended", person.id, request.now);
    } else {
      notice::save_calendar(tx, person.id, account::secret_hash(secret), request.now);
      account::note(tx, account::acting(person), "calendar_made", person.id, request.now);
    }
  });
  if (what == "end") return http::see_other(own_path(std::string(say.path("/account/notifications").text()) + "?saved=1"));
  auto const address = request.services.config.text("public_address") + "/feeds/my/" + secret + ".ics";
  return narrow(
      request, say("The address of your calendar"),
      html(
          "<p>{}</p><div class=\"field\"><label for=\"link\">{}</label><input id=\"link\" readonly data-copy=\"{}\" data-copied=\"{}\" value=\"{}\"></div><p>{}</p><p><a "
          "class=\"button\" href=\"{}\">{}</a></p>",
          say("It is shown only now. Copy it and subscribe to it in your calendar; an address from before no longer works."), say("The address"),
          say("Copy"), say("Copied"), address,
          say("In Google Calendar: Other calendars, From URL. On an iPhone: Calendar accounts, Add subscribed calendar."),
          say.path("/account/notifications"), say("Done")),
      "account");
}

namespace {

account::PersonId whose_letters(Request& request) {
  auto const person = notice::stops_whom(request.read(), request.capture("token"));
  if (!person)
    throw Problem(Failure::not_found, message("This link is not complete. Copy the whole of it from the letter, or sign in and choose there."));
  return *person;
}

}  // namespace

Reply stop_page(Request& request) {
  whose_letters(request);
  auto const& say = request.say;
  auto const action = say.path("/stop-letters/{}", request.capture("token"));
  return narrow(request, say("No more letters"),
                html("<p>{}</p>{}", say("Birge will write you no more e-mails about news. In the workspace you still find all of it."),
                     site::form(request, action, html("<button class=\"button\">{}</button>", say("Stop the letters")))));
}

Reply stop_letters(Request& request) {
  auto const person = whose_letters(request);
  auto const& say = request.say;
  notice::Setting const none{Rhythm::none, Rhythm::none, Rhythm::none};
  if (notice::setting(request.read(), person) != none)
    request.write([&](db::Tx& tx) {
      notice::save_setting(tx, person, none, request.now);
      account::note(tx, audit::Who::visitor(), "letters_stopped", person, request.now);
    });
  return narrow(request, say("No more letters"),
                html("{}<p>{}</p>", site::notice(site::Notice::done, html("<p>{}</p>", say("No more letters come."))),
                     say("To have them again, sign in and open Letters and calendar in your account.")));
}

}  // namespace birge::news
