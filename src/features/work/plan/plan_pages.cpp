#include <algorithm>

#include "features/campaign/campaign_editing.hpp"
#include "features/village/village_desk.hpp"
#include "features/work/work_import.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "features/work/work_view.hpp"
#include "platform/base/text.hpp"

/// Entering and changing an activity.
namespace birge::work {

namespace {

std::vector<Fault> const no_faults;
std::vector<place::PlaceId> const no_places;
std::vector<Difference> const no_differences;

/// A device keeps one new form of each kind, and one copy of each activity.
std::string new_form(http::Parameters const& parameters) {
  return "new " + shortened(parameters.get("kind"), 40) + " " + shortened(parameters.get("copy"), 40);
}

/// What the form that was sent says, in the terms in which the stored one says it: a coordinator writes the name of an organisation, of which the
/// stored form has the short name, and would seem to have changed it.
http::Parameters typed_like_stored(Request& request, campaign::Facts const& known) {
  auto typed = request.form;
  auto const lead = std::string(typed.get("lead"));
  if (known.organisation_slugs.contains(lead)) return typed;
  auto const match = coalition::Matcher(request.read()).match(lead);
  if (match.kind != coalition::Matcher::Match::Kind::one) return typed;
  if (auto const* organisation = known.organisation(match.organisation)) typed.set("lead", organisation->slug);
  return typed;
}

/// What the form of a change should say first: what needs more than the form.
std::string note_of(Say const& say, Decision const& decision) { return decision.note.empty() ? std::string() : std::string(say(decision.note)); }

/// What a change lacks that has to be approved anew, of what the form of something approved shows: only a move gives it another day or place.
std::vector<Fault> missing_for_new_approval(db::Reader& read, Opened const& opened, Activity const& next) {
  auto const& stored = opened.activity;
  if (stored.state != State::approved || !needs_new_approval(opened.facts, opened.actor, opened.today)) return {};
  if (!activity::another_plan(next, as_approved(read, stored))) return {};
  auto faults = missing_for_proposal(next);
  std::erase_if(faults, [](Fault const& fault) { return fault.field == "place" || fault.field == "start"; });
  return faults;
}

std::string form_of(ActivityId id) { return "edit " + id_text(id.value); }

campaign::Edition edition_of(http::Parameters const& parameters, campaign::Facts const& known, Instant now) {
  if (auto const* chosen = known.edition(parameters.get("edition"))) return *chosen;
  auto const current = known.current(now);
  if (!current) throw Problem(Failure::not_found, message("There is no edition of the campaign to plan for."));
  return *current;
}

/// First the kind: it brings what else the form begins with.
Reply kinds_page(Request& request, campaign::Facts const& known) {
  auto const& say = request.say;
  Html list;
  auto query = request.query;
  for (auto const& kind : known.codes.list("kind")) {
    query.set("kind", kind.code);  // beside whatever else the address brings: place, day, whom it is for
    list.add("<li class=\"card\"><h2>{} <a href=\"{}\">{}</a></h2></li>", site::icon(kind.icon),
             own_path(std::string(say.path("/work/activities/new").text()) + "?" + query.encoded()), kind.name(say.language()));
  }
  return work_page(request, say("New activity"),
                   html("<h1>{}</h1><p class=\"lead\">{}</p><ul class=\"cards\">{}</ul>", say("New activity"),
                        say("What kind of activity is it? It brings what the form begins with."), list));
}

/// The organisation somebody plans for, or else comes from.
std::optional<OrganisationId> own_organisation(account::Person const& person) {
  auto const own = std::ranges::find_if(person.grants, plans_for_organisation);
  return own == person.grants.end() ? person.organisation() : own->organisation;
}

/// What a new form begins with: a copy, or the defaults of the kind with what the organisation used the last time.
struct Beginning {
  http::Parameters typed;
  bool carried = false;  ///< from the latest activity of the kind
};

Beginning beginning(Request& request, campaign::Facts const& known, account::Person const& person, std::string_view kind) {
  auto const language = request.say.language();
  Store store(request.read());
  activity::Store activities(request.read());
  if (auto const copied = parse_id_as<activity::ActivityTag>(request.query.get("copy"))) {
    auto const found = activities.find(*copied);
    auto const today = known.today(request.now);
    if (found && may_see(person, *found, store.actor(person, *found, known, today))) {
      auto copy = copy_of(*found);
      auto const own = own_organisation(person);
      // Of what others hold the plan is taken over, not who holds it and whom the public asks.
      if (own && !right_to_plan(request.read(), person, copy, known, today).allowed) {
        copy.lead = *own;
        copy.contact.clear();
      }
      return {typed_of(copy, known, language)};
    }
  }
  auto begun = defaults_of(kind, known, language);
  bool carried = false;
  auto const own = own_organisation(person);
  if (own) {
    begun.lead = *own;
    auto const latest = store.latest_of(*own, kind);
    if (auto const last = latest ? activities.find(*latest) : std::nullopt) {
      // Not when it ended: whoever changes the beginning would have an end before it.
      begun.start_minutes = last->start_minutes;
      begun.audiences = last->audiences;
      begun.topics = last->topics;
      begun.contact = last->contact;
      begun.languages = last->languages;
      begun.entry = last->entry;
      carried = true;
    }
  }
  auto typed = typed_of(begun, known, language);
  if (auto const* place = known.places->by_code(request.query.get("place"))) {
    typed.set("place", known.places->full_name(place->id, language));
    typed.set("place_for", typed.get("place"));
    typed.set("place_choice", place->code);
  }
  if (auto const day = Day::parse(request.query.get("day"))) typed.set("day", day->iso());
  for (auto const* list : {"audience", "topic"})
    if (known.codes.find(list, request.query.get(list))) typed.set(list, request.query.get(list));
  if (count_of(request.query.get("expected"))) typed.set("expected", request.query.get("expected"));
  if (parse_id(request.query.get("invitation"))) typed.set("invitation", request.query.get("invitation"));
  return {std::move(typed), carried};
}

Reply after_saving(Request& request, ActivityId id) {
  auto const& say = request.say;
  if (request.form.get("go") == "propose") return http::see_other(step_page(say, id, Action::propose));
  return http::see_other(activity_page(say, id));
}

ReadForm read(Request& request, Activity const& base, campaign::Facts const& known) {
  place::Matcher const places(*known.places, request.read());
  coalition::Matcher const organisations(request.read());
  return read_form(request.form, base, known, {places, organisations});
}

/// Who changed what since the form was opened, and which of it the form holds now.
Html meanwhile(Request& request, Opened const& opened, std::vector<Difference> const& taken) {
  auto const& say = request.say;
  Html rows;
  for (auto const& each : both_values(say, *opened.known, taken))
    rows.add("<div><dt>{}</dt><dd>{}</dd></div>", each.label, each.stored.empty() ? "–" : each.stored);
  auto const held = rows.empty() ? Html() : html("<h3>{}</h3><dl class=\"facts\">{}</dl>", say("Taken over from them into the form"), rows);
  return html("<details open><summary>{}</summary>{}{}</details>", say("Who changed what"), steps_since(request, opened, version_of(request.form)),
              held);
}

}  // namespace

Reply new_activity(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const kind = request.query.get("kind");
  if (!plans_anything(request.read(), person, known->today(request.now))) throw Problem(Failure::forbidden, no_right_to_plan());
  auto const edition = edition_of(request.query, *known, request.now).id;
  if (campaign::closed(request.read(), edition)) throw Problem(Failure::conflict, campaign::closed_message());
  if (!known->codes.find("kind", kind) && request.query.get("copy").empty()) return kinds_page(request, *known);
  auto const begun = beginning(request, *known, person, kind);
  FormPage const page{
      say("New activity"),
      say.path("/work/activities"),
      begun.typed,
      no_faults,
      no_places,
      no_differences,
      new_token(request),
      0,
      State::draft,
      edition,
      new_form(request.query),
      begun.carried ? std::string(say("Hour, people, topics and contact are those of your latest activity of this kind.")) : std::string()};
  return work_page(request, say("New activity"), activity_form(request, *known, person, page), Status::ok, "work", known->edition(page.edition));
}

Reply add_activity(Request& request) {
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const& say = request.say;
  auto const edition = edition_of(request.form, *known, request.now);
  request.form = with_care(std::move(request.form), *known);
  Activity base;
  base.edition = edition.id;
  base.state = State::draft;
  auto form = read(request, base, *known);
  // Told beside the field as long as what was typed can be kept; the transaction that stores it asks again.
  if (form.faults.empty() && !right_to_plan(request.read(), person, form.activity, *known, known->today(request.now)).allowed)
    form.faults.push_back({"lead", no_right_to_plan()});
  bool const together = form.weeks > 0 && request.form.get("go") == "propose";
  // What each of them would lack is asked for here, where it is entered once.
  if (form.faults.empty() && together) form.faults = missing_for_proposal(form.activity);
  if (!form.faults.empty()) {
    FormPage const page{say("New activity"),
                        say.path("/work/activities"),
                        request.form,
                        form.faults,
                        form.places,
                        no_differences,
                        token_of(request.form),
                        0,
                        State::draft,
                        edition.id,
                        new_form(request.form),
                        {},
                        {},
                        form.organisations};
    return work_page(request, say("New activity"), activity_form(request, *known, person, page), Status::unprocessable, "work", &edition);
  }
  auto const token = token_of(request.form);
  std::vector<Ticked> made;
  auto const done = request.write([&](db::Tx& tx) {
    auto const scene = scene_of(request, *known, person);
    auto const first = create(tx, scene, form.activity, token);
    made = {{first.id, 1}};
    if (auto const invitation = parse_id(request.form.get("invitation"))) village::link_activity(tx, person, *invitation, first.id, request.now);
    for (int week = 1; week <= form.weeks && first.outcome == Outcome::done; ++week) {
      auto again = form.activity;
      again.day = again.day.plus(7 * week);
      again.end_day = again.end_day.plus(7 * week);
      made.push_back({create(tx, scene, again, {}).id, 1});
    }
    return first;
  });
  if (!together) return after_saving(request, done.id);
  // Sent a second time, the form says of the first of them only which it is: then all own drafts are shown.
  return http::see_other(done.outcome == Outcome::repeated ? say.path("/work/propose") : proposals_page(say, made));
}

Reply edit_activity(Request& request) {
  auto const opened = open(request);
  auto const& say = request.say;
  auto const decision = opened.may(Action::edit, request.now);
  if (!decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  auto typed = typed_of(opened.activity, *opened.known, say.language());
  auto const opened_as = opened_with(typed);
  if (auto const day = Day::parse(request.query.get("day"))) {  // chosen in the calendar; it is stored with the form
    typed.set("day", day->iso());
    if (auto const length = days_between(opened.activity.day, opened.activity.end_day); length > 0) typed.set("end_day", day->plus(length).iso());
  }
  FormPage const page{say("Change activity"),
                      step_page(say, opened.activity.id, Action::edit),
                      typed,
                      no_faults,
                      no_places,
                      no_differences,
                      new_token(request),
                      opened.activity.version,
                      opened.activity.state,
                      opened.activity.edition,
                      form_of(opened.activity.id),
                      note_of(say, decision),
                      opened_as};
  return work_page(request, opened, say("Change activity"), activity_form(request, *opened.known, opened.person, page));
}

Reply save_activity(Request& request) {
  auto const opened = open(request);
  auto const& say = request.say;
  auto const& stored = opened.activity;
  auto const title = say("Change activity");
  request.form = with_care(std::move(request.form), *opened.known);
  auto const shown = [&](http::Parameters const& typed, ReadForm const& form, std::vector<Difference> const& others, Activity const& now,
                         Status status, Html meanwhile = {}) {
    FormPage const page{title,
                        step_page(say, stored.id, Action::edit),
                        typed,
                        form.faults,
                        form.places,
                        others,
                        new_token(request),
                        now.version,
                        now.state,
                        now.edition,
                        form_of(stored.id),
                        now.state == stored.state ? note_of(say, opened.may(Action::edit, request.now)) : std::string(),
                        opened_with(typed_of(now, *opened.known, say.language())),
                        form.organisations,
                        std::move(meanwhile)};
    return work_page(request, opened, title, activity_form(request, *opened.known, opened.person, page), status);
  };
  auto const refused = [&](Message const& why_not) {
    auto main =
        html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1>", activity_page(say, stored.id), stored.text(say.language()).title, title);
    main += what_was_typed(say, why_not, both_values(say, *opened.known, differences(request.form, {})));
    return work_page(request, opened, title, main, Status::forbidden);
  };
  auto const overtaken = [&](Activity const& now) {
    auto const stored_now = typed_of(now, *opened.known, say.language());
    auto const sent = typed_like_stored(request, *opened.known);
    auto const typed = with_untouched_renewed(sent, stored_now);
    auto const others = differences(typed, stored_now);
    // Nothing is left that would be stored: somebody else has entered the same.
    if (others.empty()) return after_saving(request, stored.id);
    return shown(typed, {}, others, now, Status::conflict, meanwhile(request, opened, taken_over(sent, stored_now)));
  };
  Store store(request.read());
  auto const token = token_of(request.form);
  if (store.posted(opened.person.id, token)) return after_saving(request, stored.id);
  if (auto const decision = opened.may(Action::edit, request.now); !decision.allowed) return refused(decision.why_not);
  if (version_of(request.form) != stored.version) return overtaken(stored);
  auto form = read(request, stored, *opened.known);
  if (form.faults.empty())
    if (auto fault = beyond_the_right(request.read(), opened.person, form.activity, stored, *opened.known, opened.known->today(request.now)))
      form.faults.push_back(std::move(*fault));
  if (form.faults.empty()) form.faults = missing_for_new_approval(request.read(), opened, form.activity);
  if (!form.faults.empty()) return shown(request.form, form, no_differences, stored, Status::unprocessable);

  Step step;
  step.action = Action::edit;
  step.version = stored.version;
  step.token = token;
  step.change = [&](Activity& activity) { activity = form.activity; };
  auto const done = request.write([&](db::Tx& tx) { return make_step(tx, scene_of(request, *opened.known, opened.person), stored.id, step); });
  if (done.outcome == Outcome::stale) return overtaken(activity::Store(request.read()).find(stored.id).value());
  return after_saving(request, stored.id);
}

}  // namespace birge::work
