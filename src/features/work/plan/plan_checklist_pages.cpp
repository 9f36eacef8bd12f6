#include <algorithm>

#include "features/work/plan/plan_checklist.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_parts.hpp"

/// The checklist of one activity.
namespace birge::work {

namespace {

/// Why nobody ticks anything of it any more; nothing where it may be.
std::optional<Message> over(Facts const& facts) {
  if (facts.discarded) return message("This draft was put away.");
  if (facts.state == State::cancelled) return message("It was cancelled.");
  if (facts.state == State::confirmed) return message("Its result is confirmed: the checklist stays as it is.");
  if (facts.closed) return message("The edition is closed: the checklist stays as it is.");
  return std::nullopt;
}

bool holds_or_helps(Actor const& actor) { return actor.plans || actor.helps; }

void refuse_ticks(Opened const& opened) {
  if (!holds_or_helps(opened.actor)) throw Problem(Failure::forbidden, message("Only the organisation that holds it can change it."));
  if (auto const why = over(opened.facts)) throw Problem(Failure::forbidden, *why);
}

}  // namespace

Html checklist_part(Request& request, Opened const& opened) {
  auto const& say = request.say;
  auto const items = checklist(request.read(), opened.known->country, opened.activity.kind);
  if (items.empty()) return {};
  auto const ticks = Store(request.read()).ticks(opened.activity.id);
  bool const may = holds_or_helps(opened.actor) && !over(opened.facts);
  Html list, drawn;
  for (auto const& item : items) {
    auto const ticked = ticks.find(item.code);
    bool const done = ticked != ticks.end();
    if (!may) {
      if (done) list.add("<li>{} {}</li>", site::icon("check"), item.name(say.language()));
      else
        list.add("<li>{} {} <span class=\"soft\">({})</span></li>", html("<span class=\"empty-box\"></span>"), item.name(say.language()),
                 say("not ticked"));
      continue;
    }
    list.add("<li><label class=\"choice\"><input type=\"checkbox\" name=\"item\" value=\"{}\" {}> {}</label></li>", item.code,
             BIRGE_WHEN(done, "checked"), item.name(say.language()));
    // What was ticked when the form was drawn tells what the person changes of it.
    if (done) drawn += fields::hidden("drawn", item.code);
  }
  Html const body = html("<ul class=\"plain\">{}</ul>", list);
  return html("<section><h2>{}</h2><p class=\"soft\">{}</p>{}</section>", say("Have you thought of it?"),
              say("The list comes with the country pack; no office has checked it."),
              may ? site::form(request, say.path("/work/activities/{}/checklist", opened.activity.id),
                               html("{}{}<div class=\"actions\"><button class=\"button second\">{}</button></div>", drawn, body, say("Save ticks")))
                  : body);
}

Reply tick_item(Request& request) {
  auto const opened = open(request);
  refuse_ticks(opened);
  auto const chosen = request.form.all("item"), drawn = request.form.all("drawn");
  auto const among = [](auto const& codes, std::string const& code) { return std::ranges::find(codes, code) != codes.end(); };
  std::vector<TickChange> changes;
  for (auto const& item : checklist(request.read(), opened.known->country, opened.activity.kind))
    if (bool const now = among(chosen, item.code); now != among(drawn, item.code)) changes.push_back({item.code, now});
  request.write([&](db::Tx& tx) {
    OpenedAgain const again(tx, opened, request.now);
    refuse_ticks(again.opened);
    change_ticks(tx, scene_of(request, *opened.known, again.person), again.opened.activity, changes);
  });
  return http::see_other(activity_page(request.say, opened.activity.id));
}

}  // namespace birge::work
