#include "features/work/work_checklist.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"
#include "platform/base/text.hpp"

/// Checklist and discussion of one activity.
namespace birge::work {

Html checklist_part(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const items = checklist(opened.known->country, opened.activity.kind);
  bool const open = opened.activity.state != State::confirmed && opened.activity.state != State::cancelled;
  if (items.empty()) return {};
  auto const ticks = Store(request.read()).ticks(opened.activity.id);
  bool const may = open && (opened.actor.plans || opened.actor.helps);
  Html list;
  for (auto const& item : items) {
    auto const ticked = ticks.find(item.code);
    bool const done = ticked != ticks.end();
    if (!may) {
      if (done) list.add("<li>{} {}</li>", site::icon("check"), item.name(say.language()));
      else list.add("<li class=\"soft\">{} <span class=\"heard\">({})</span></li>", item.name(say.language()), say("open"));
      continue;
    }
    list.add("<li><label class=\"choice\"><input type=\"checkbox\" name=\"item\" value=\"{}\" {}> {}</label></li>", item.code,
             BIRGE_WHEN(done, "checked"), item.name(say.language()));
  }
  Html const body = html("<ul class=\"plain\">{}</ul>", list);
  return html("<section><h2>{}</h2><p class=\"soft\">{}</p>{}</section>", say("Have you thought of it?"),
              say("The list comes with the country pack; no office has checked it."),
              may ? site::form(request, say.path("/work/activities/{}/checklist", opened.activity.id),
                               html("{}<div class=\"actions\"><button class=\"button second\">{}</button></div>", body, say("Save ticks")))
                  : body);
}

Html remarks_part(Request& request, Opened const& opened, People& people) {
  auto const& say = request.say;
  auto const remarks = Store(request.read()).remarks(opened.activity.id);
  std::vector<PersonId> who;
  for (auto const& remark : remarks) who.push_back(remark.person);
  people.know(who);
  Html out;
  for (auto const& remark : remarks) {
    auto const name = people.name(remark.person);
    out.add("<li><b>{}</b> <time class=\"soft\" datetime=\"{}\">{}</time><br>{}</li>",
            name.empty() ? std::string(say("A member of the coalition")) : name, iso(remark.at), say.moment(remark.at, opened.known->time_zone),
            remark.text);
  }
  Html form;
  if (account::may(opened.person, account::Permission::discuss, object_of(opened.activity, *opened.known))) {
    static std::vector<Fault> const none;
    static http::Parameters const nothing;
    form = site::form(request, say.path("/work/activities/{}/remarks", opened.activity.id),
                      html("{}{}<div class=\"actions\"><button class=\"button second\">{}</button></div>", fields::hidden("post", new_token(request)),
                           fields::area({say, nothing, none}, "remark", say("Write to the others"),
                                        {.hint = say("Only the coalition reads it. No names of people who were helped.")}),
                           say("Send")));
  }
  if (out.empty() && form.empty()) return {};
  return html("<section class=\"text\"><h2>{}</h2><ol class=\"plain\">{}</ol>{}</section>", say("Discussion"), out, form);
}

Reply tick_item(Request& request) {
  auto const opened = open(request);
  if (!opened.actor.plans && !opened.actor.helps) throw Problem(Failure::forbidden, message("Only the organisation that holds it can change it."));
  auto const chosen = request.form.all("item");
  request.write([&](db::Tx& tx) {
    for (auto const& item : checklist(opened.known->country, opened.activity.kind))
      tick(tx, scene_of(request, *opened.known, opened.person), opened.activity.id, item.code,
           std::find(chosen.begin(), chosen.end(), item.code) != chosen.end());
  });
  return http::see_other(activity_page(request.say, opened.activity.id));
}

Reply add_remark(Request& request) {
  auto const opened = open(request);
  if (!account::may(opened.person, account::Permission::discuss, object_of(opened.activity, *opened.known)))
    throw Problem(Failure::forbidden, message("Your role does not take part in discussions."));
  auto const text = clean_text(request.form.get("remark"));
  if (length(text) > 2000) throw Problem(Failure::unprocessable, message("This is too long: at most {} characters.", 2000));
  if (holds_personal_number(text)) throw Problem(Failure::unprocessable, message("This seems to hold a personal number of 14 digits. Take it out."));
  if (!text.empty())
    request.write([&](db::Tx& tx) { remark(tx, scene_of(request, *opened.known, opened.person), opened.activity.id, text, token_of(request.form)); });
  return http::see_other(activity_page(request.say, opened.activity.id));
}

}  // namespace birge::work
