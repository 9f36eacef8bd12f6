#include <algorithm>
#include <charconv>

#include "features/account/directory.hpp"
#include "features/activity/activity_view.hpp"
#include "features/work/talk/talk_mention.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "platform/base/text.hpp"

/// The discussion under one activity, and the people it can be brought to.
namespace birge::work {

namespace view = activity::view;

namespace {

using account::Role;

constexpr int shown_remarks = 20;
constexpr std::size_t longest_remark = 2000;
constexpr std::size_t offered_people = 24;

/// Everybody who may see the activity and signs in, but the person who writes: only they can be mentioned.
std::vector<account::Person> mentionable(Request& request, Opened const& opened) {
  auto const& a = opened.activity;
  auto people = account::people_who_may(request.read(), account::Permission::see_coalition, object_of(a, *opened.known));
  Store store(request.read());
  std::erase_if(people, [&](account::Person const& person) {
    if (person.id == opened.person.id || !account::signs_in(request.read(), person.id)) return true;
    // A draft is known to those who plan it only.
    return a.state == State::draft && !may_see(person, a, store.actor(person, a, *opened.known, opened.today));
  });
  return people;
}

/// Those of them who have to do with the activity: they are offered in a list, the others are found by their name.
std::vector<account::Person> near(Opened const& opened, std::vector<account::Person> people, std::vector<PersonId> const& remarkers) {
  if (people.size() <= offered_people / 2) return people;
  auto const object = object_of(opened.activity, *opened.known);
  std::erase_if(people, [&](account::Person const& person) {
    if (std::ranges::find(remarkers, person.id) != remarkers.end()) return false;
    return std::ranges::none_of(person.grants, [&](account::Grant const& grant) {
      if (grant.role == Role::national_coordinator) return true;
      if (grant.role == Role::regional_coordinator) return object.region == grant.region;
      if (grant.role == Role::helper) return grant.activity == opened.activity.id.value;
      return grant.organisation && std::ranges::find(object.organisations, *grant.organisation) != object.organisations.end();
    });
  });
  if (people.size() > offered_people) people.resize(offered_people);
  return people;
}

/// How somebody stands in a discussion: by name to those who may know names, otherwise by organisation and role.
class Speakers {
public:
  Speakers(Request& request, Opened const& opened, std::vector<PersonId> const& people)
      : request_(request),
        opened_(opened),
        names_(account::may(opened.person, account::Permission::see_names, object_of(opened.activity, *opened.known))) {
    known_ = account::who(request.read(), people);
  }
  std::string operator()(PersonId id) const {
    auto const& say = request_.say;
    auto const found = known_.find(id.value);
    if (found == known_.end()) return std::string(say("A member of the coalition"));
    auto const& who = found->second;
    if (names_ && !who.name.empty()) return who.name;
    auto text = who.organisation ? view::organisation_name(say, *opened_.known, *who.organisation) : std::string();
    if (who.role) text += (text.empty() ? "" : ", ") + say(account::role_name(*who.role));
    return text.empty() ? std::string(say("A member of the coalition")) : text;
  }

private:
  Request& request_;
  Opened const& opened_;
  bool names_;
  std::map<std::int64_t, account::Who> known_;
};

Html one_remark(Request& request, Opened const& opened, Remark const& remark, std::vector<PersonId> const& mentioned, Speakers const& speaker) {
  auto const& say = request.say;
  Html out = html("<li id=\"remark-{}\"><b>{}</b> <time class=\"soft\" datetime=\"{}\">{}</time>", id_text(remark.id), speaker(remark.person),
                  iso(remark.at), say.moment(remark.at, opened.known->time_zone));
  if (remark.taken_back) return html("{}<p class=\"soft\">{}</p></li>", out, say("Taken back"));
  out.add("<p class=\"remark\">{}</p>", remark_text(remark.text, mentioned, speaker));
  std::string also;
  for (auto const person : mentioned)
    if (remark.text.find("@[" + id_text(person) + "]") == std::string::npos) also += (also.empty() ? "" : "; ") + speaker(person);
  if (!also.empty()) out.add("<p class=\"soft\">{}</p>", say("Told too: {}", also));
  if (remark.person == opened.person.id && request.now - remark.at < remark_time)
    out += site::form(request, say.path("/work/activities/{}/remarks/{}", opened.activity.id, id_text(remark.id)),
                      html("<button class=\"quiet\">{}</button>", say("Take back")));
  return html("{}</li>", out);
}

Html remark_form(Request& request, Opened const& opened, std::vector<PersonId> const& remarkers) {
  auto const& say = request.say;
  static std::vector<Fault> const none;
  fields::Form const form{say, request.form, none};
  auto const people = near(opened, mentionable(request, opened), remarkers);
  Html tell;
  if (!people.empty()) {
    auto const ticked = request.form.all("tell");
    for (auto const& person : people)
      tell.add("<label class=\"choice\"><input type=\"checkbox\" name=\"tell\" value=\"{}\" {}> <span data-name=\"{}\">{}</span></label>", person.id,
               BIRGE_WHEN(std::ranges::find(ticked, id_text(person.id)) != ticked.end(), "checked"), person.name,
               person.grants.empty() ? person.name : person.name + ", " + say(account::role_name(person.grants.front().role)));
    tell = html("<details {}><summary>{}</summary><div class=\"choices\">{}</div></details>", BIRGE_WHEN(!ticked.empty(), "open"), say("Tell also"),
                tell);
  }
  return site::form(
      request, say.path("/work/activities/{}/remarks", opened.activity.id),
      html("{}{}{}<div class=\"actions\"><button class=\"button second\">{}</button></div>", fields::hidden("post", new_token(request)),
           fields::area(form, "remark", say("Write to the others"),
                        {.hint = say("Only the coalition reads it. No names of people who were helped. With @ and a name you mention somebody."),
                         .extra = Attribute("maxlength=\"2000\"")}),
           tell, say("Send")));
}

std::int64_t earlier_than(Request const& request) { return parse_id(request.query.get("before")).value_or(0); }

std::vector<Fault> faults_of(std::string_view text) {
  if (text.empty()) return {{"remark", message("Write something first.")}};
  if (length(text) > longest_remark) return {{"remark", message("This is too long: at most {} characters.", longest_remark)}};
  if (holds_personal_number(text)) return {{"remark", message("This seems to hold a personal number of 14 digits. Take it out.")}};
  return {};
}

}  // namespace

Html remarks_part(Request& request, Opened const& opened) {
  auto const& say = request.say;
  Store store(request.read());
  auto remarks = store.remarks(opened.activity.id, earlier_than(request), shown_remarks + 1);
  bool const more = remarks.size() > static_cast<std::size_t>(shown_remarks);
  if (more) remarks.erase(remarks.begin());
  std::vector<PersonId> people;
  std::vector<std::vector<PersonId>> mentioned;
  for (auto const& remark : remarks) {
    people.push_back(remark.person);
    mentioned.push_back(store.mentioned(remark.id));
    people.insert(people.end(), mentioned.back().begin(), mentioned.back().end());
  }
  Speakers const speaker(request, opened, people);
  Html out;
  for (std::size_t i = 0; i < remarks.size(); ++i) out += one_remark(request, opened, remarks[i], mentioned[i], speaker);
  Html const form =
      may_discuss(opened.person, opened.activity, *opened.known) ? remark_form(request, opened, store.remarkers(opened.activity.id)) : Html();
  if (out.empty() && form.empty()) return {};
  Html earlier;
  if (more)
    earlier = html("<p><a href=\"{}\">{}</a></p>",
                   own_path(std::string(activity_page(say, opened.activity.id).text()) + "?before=" + id_text(remarks.front().id) + "#discussion"),
                   say("Earlier remarks"));
  return html("<section class=\"text\" id=\"discussion\"><h2>{}</h2>{}<ol class=\"plain remarks\">{}</ol>{}</section>", say("Discussion"), earlier,
              out, form);
}

Reply add_remark(Request& request) {
  auto const opened = open(request);
  if (!may_discuss(opened.person, opened.activity, *opened.known))
    throw Problem(Failure::forbidden, message("Your role does not take part in discussions."));
  auto const page = activity_page(request.say, opened.activity.id);
  auto const text = clean_text(request.form.get("remark"));
  if (auto const faults = faults_of(text); !faults.empty())
    return activity_work_page(request, opened, fields::faults_above({request.say, request.form, faults}), Status::unprocessable);
  auto const people = mentionable(request, opened);
  std::vector<Named> named;
  for (auto const& person : people) named.push_back({person.id, person.name});
  auto mentions = find_mentions(text, named);
  for (auto const ticked : request.form.all("tell"))
    if (auto const id = parse_id_as<account::PersonTag>(ticked))
      if (std::ranges::find(people, *id, &account::Person::id) != people.end()) mentions.people.push_back(*id);
  request.write([&](db::Tx& tx) {
    remark(tx, scene_of(request, *opened.known, opened.person), opened.activity, mentions.text, mentions.people, token_of(request.form));
  });
  return http::see_other(own_path(std::string(page.text()) + "#discussion"));
}

Reply take_remark_back(Request& request) {
  auto const opened = open(request);
  auto const remark = parse_id(request.capture("remark")).value_or(0);
  request.write([&](db::Tx& tx) { take_back_remark(tx, scene_of(request, *opened.known, opened.person), opened.activity.id, remark); });
  return http::see_other(own_path(std::string(activity_page(request.say, opened.activity.id).text()) + "#discussion"));
}

}  // namespace birge::work
