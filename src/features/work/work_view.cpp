#include "features/work/work_view.hpp"

#include "features/account/role_holders.hpp"
#include "features/activity/activity_view.hpp"
#include "platform/base/number.hpp"

namespace birge::work {

namespace view = activity::view;

Opened open(Request& request) {
  auto const id = parse_id_as<activity::ActivityTag>(request.capture("id"));
  return open(request.read(), site::facts(request), account::person(request), id.value_or(ActivityId{}), request.now);
}

OpenedAgain::OpenedAgain(db::Tx& tx, Opened const& before, Instant now)
    : person(account::fresh(tx, before.person)), opened(open(tx, before.known, person, before.activity.id, now)) {}

Opened open(db::Reader& read, std::shared_ptr<campaign::Facts const> known, account::Person const& person, ActivityId id, Instant now) {
  auto found = id ? activity::Store(read).find(id) : std::nullopt;
  auto const missing = Problem(Failure::not_found, message("There is no activity at this address."));
  if (!found) throw missing;
  Store store(read);
  auto const today = known->today(now);
  auto actor = store.actor(person, *found, *known, today);
  if (!may_see(person, *found, actor)) throw missing;
  auto const facts = store.facts(*found, *known, today);
  auto beside = store.beside(found->id);
  return {std::move(known), person, std::move(*found), std::move(beside), facts, std::move(actor), today};
}

Scene scene_of(Request const& request, campaign::Facts const& known, account::Person const& person) {
  return {request.services.ids, known, person, request.now};
}

Url activity_page(Say const& say, ActivityId id) { return say.path("/work/activities/{}", id); }

Url step_page(Say const& say, ActivityId id, Action action) { return say.path("/work/activities/{}/{}", id, code(action)); }

Reply work_page(Request& request, std::string_view title, Html const& main, Status status, std::string_view active,
                campaign::Edition const* edition) {
  site::Head head;
  head.title = title;
  head.active = active;
  head.edition = edition;
  head.index = false;
  auto reply = site::page(request, head, main, status);
  reply.cache_control = "no-store";
  return reply;
}

Reply work_page(Request& request, Opened const& opened, std::string_view title, Html const& main, Status status) {
  return work_page(request, title, main, status, "work", opened.known->edition(opened.activity.edition));
}

std::string new_token(Request& request) { return id_text(request.services.ids.next()); }

std::string token_of(http::Parameters const& form) {
  auto const token = form.get("post");
  bool const plain =
      token.size() <= 64 && token.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == std::string_view::npos;
  return plain ? std::string(token) : std::string();
}

int version_of(http::Parameters const& form) { return whole_number<int>(form.get("version")).value_or(0); }

std::vector<Ticked> ticked(http::Parameters const& form, std::string_view field) {
  std::vector<Ticked> list;
  for (auto const value : form.all(field)) {
    auto const dot = value.find('.');
    auto const id = parse_id_as<activity::ActivityTag>(value.substr(0, dot));
    auto const version = dot == std::string_view::npos ? 0 : whole_number<int>(value.substr(dot + 1)).value_or(0);
    if (id && version > 0 && std::ranges::find(list, *id, &Ticked::id) == list.end()) list.push_back({*id, version});
  }
  return list;
}

std::string token_of_row(std::string const& token, ActivityId id) { return token.empty() ? token : token + "-" + id_text(id); }

People::People(Request& request, campaign::Facts const& known, bool names) : request_(request), known_(known), names_(names) {}

void People::know(std::vector<PersonId> const& people) {
  if (names_ && !people.empty()) known_names_.merge(account::names_of(request_.read(), people));
}

std::string People::name(PersonId person) const {
  auto const found = known_names_.find(person);
  return found == known_names_.end() ? std::string() : found->second;
}

std::string People::text(std::optional<PersonId> person, std::optional<OrganisationId> organisation, std::string_view role) const {
  auto const& say = request_.say;
  std::string text = person ? name(*person) : std::string();
  auto const add = [&](std::string const& part) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  };
  if (organisation) add(view::organisation_name(say, known_, *organisation));
  if (auto const known = account::role_of(role)) add(say(account::role_name(*known)));
  else if (role == "import") add(std::string(say("Read from a spreadsheet")));
  return text;
}

bool has_page(Action action) {
  switch (action) {
    case Action::approve:
    case Action::hold:
    case Action::withdraw:
    case Action::confirm:
    case Action::undo: return false;
    default: return true;
  }
}

std::string back_of(http::Parameters const& parameters) {
  auto const back = parameters.get("back");
  if (back.size() > 2000 || !back.starts_with("/work/") || !url(back)) return {};
  return std::string(back);
}

Html step_button(Request& request, ActivityId id, int version, Action action, Message const& words, std::string_view look, std::string_view back) {
  auto const& say = request.say;
  auto const address = step_page(say, id, action);
  if (has_page(action)) {
    auto const query = back.empty() ? std::string() : "?back=" + percent_encoded(back);
    return html("<a class=\"{}\" href=\"{}\">{}</a>", look, own_path(std::string(address.text()) + query), say(words));
  }
  Html fields = fields::hidden("post", new_token(request));
  fields += fields::hidden("version", std::to_string(version));
  if (!back.empty()) fields += fields::hidden("back", back);
  return site::form(request, address, html("{}<button class=\"{}\">{}</button>", fields, look, say(words)));
}

Html done_notice(Request& request, std::string_view back) {
  auto const id = parse_id_as<activity::ActivityTag>(request.query.get("done"));
  auto const found = id ? activity::Store(request.read()).find(*id) : std::nullopt;
  if (!found) return {};
  auto const known = site::facts(request);
  auto const& person = account::person(request);
  auto const today = known->today(request.now);
  Store store(request.read());
  auto const actor = store.actor(person, *found, *known, today);
  auto const facts = store.facts(*found, *known, today);
  if (!may_see(person, *found, actor) || facts.latest.person != person.id) return {};
  auto const lines = store.timeline(found->id);
  auto const action = lines.empty() ? std::nullopt : action_of(lines.back().what);
  if (!action) return {};
  auto const& say = request.say;
  Html undo;
  if (decide(facts, actor, Action::undo, today, request.now).allowed)
    undo = step_button(request, found->id, found->version, Action::undo, name(Action::undo), "button second", back);
  return html("<div class=\"notice done\" role=\"status\">{}<div><p><a href=\"{}\">{}</a>: {}.</p>{}</div></div>", site::icon("check"),
              activity_page(say, found->id), site::in_language(request, found->text(say.language()).title, found->text_language(say.language())),
              say(happened(*action)), undo);
}

Html work_row(Request& request, campaign::Facts const& known, Brief const& brief, Html const& more, std::string_view look) {
  auto const& say = request.say;
  return html(
      "<li class=\"{}\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\">{}</a></p><p class=\"dots\"><span>{}</span><span>{}</span>"
      "<span>{}</span></p>{}</div><p class=\"when\"><time datetime=\"{}\">{}</time><small>{}</small></p></li>",
      look, view::kind_icon(known, brief.kind), activity_page(say, brief.id), site::in_language(request, brief.title, brief.language),
      view::kind_name(say, known, brief.kind), view::place_text(say, known, activity::reach_of(brief.reach).value(), brief.place, brief.village),
      view::organisation_html(request, known, brief.lead), more, brief.day, say.day_and_month(brief.day),
      view::hours(say, brief.start_minutes, brief.end_minutes));
}

}  // namespace birge::work
