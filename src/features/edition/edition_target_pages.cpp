#include <algorithm>

#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_view.hpp"
#include "platform/base/text.hpp"

namespace birge::edition {

namespace {

using campaign::Target;

struct Scope {
  place::PlaceId region;  ///< 0: the whole country
  std::string code, name;
};

Scope scope_of(Request& request, campaign::Facts const& facts, std::string_view code) {
  if (code.empty()) return {{}, "", std::string(request.say("The whole country"))};
  auto const* place = facts.places->by_code(code);
  if (!place || place->level != place::Level::region)
    throw Problem(Failure::not_found, message("No place is called “{}”.", shortened(clean_line(code), 60)));
  return {place->id, place->code, facts.places->name(place->id, request.say.language()).text};
}

Url address(Say const& say, Edition const& edition, std::string_view code) {
  auto const path = std::string(page_of(say, edition, "targets").text());
  return own_path(code.empty() ? path : path + "?place=" + percent_encoded(code));
}

/// The two fields of a line: the kind's code stands in their names; all kinds together have none.
std::string field(std::string_view measure, std::string const& kind) { return std::string(measure) + "_" + kind; }

std::string number_text(std::optional<std::int64_t> number) { return number ? std::to_string(*number) : std::string(); }

http::Parameters typed_of(std::vector<Target> const& targets, place::PlaceId region) {
  http::Parameters typed;
  for (auto const& target : targets)
    if (target.region == region) {
      typed.set(field("activities", target.kind), number_text(target.activities));
      typed.set(field("attendances", target.kind), number_text(target.attendances));
    }
  return typed;
}

std::vector<FormField> target_fields(Say const& say, campaign::Facts const& facts) {
  std::vector<FormField> fields;
  auto const add = [&](std::string const& kind, std::string_view name) {
    fields.push_back({field("activities", kind), std::string(name) + ": " + std::string(say("Activities"))});
    fields.push_back({field("attendances", kind), std::string(name) + ": " + std::string(say("Attendances"))});
  };
  add("", say("All kinds together"));
  for (auto const& kind : facts.codes.list("kind")) add(kind.code, kind.name(say.language()));
  return fields;
}

Html cell(Say const& say, http::Parameters const& typed, std::string const& name, std::string_view label, std::string_view row,
          std::vector<Fault> const& faults) {
  auto const fault = std::ranges::find(faults, name, &Fault::field);
  Html wrong;
  if (fault != faults.end()) wrong = html("<p class=\"fault\">{} {}</p>", site::icon("warning"), say(fault->message));
  return html(
      "<td data-label=\"{}\">{}<input class=\"number\" id=\"{}\" name=\"{}\" value=\"{}\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"14\" "
      "aria-label=\"{}: {}\" {}></td>",
      label, wrong, name, name, typed.get(name), row, label, BIRGE_WHEN(fault != faults.end(), "aria-invalid=\"true\""));
}

Html row(Say const& say, http::Parameters const& typed, std::string const& kind, std::string_view name, std::vector<Fault> const& faults) {
  return html("<tr><th scope=\"row\">{}</th>{}{}</tr>", name, cell(say, typed, field("activities", kind), say("Activities"), name, faults),
              cell(say, typed, field("attendances", kind), say("Attendances"), name, faults));
}

/// What the regions add up to, beside the country's own target.
Html of_regions(Say const& say, std::vector<Target> const& targets) {
  std::int64_t activities = 0, attendances = 0;
  for (auto const& target : targets)
    if (target.region && target.kind.empty()) activities += target.activities.value_or(0), attendances += target.attendances.value_or(0);
  if (activities == 0 && attendances == 0) return {};
  return html("<p class=\"soft\">{}</p>", say("The targets of the regions add up to {} activities and {} attendances.", activities, attendances));
}

Html chips(Request& request, Opened const& opened, Scope const& chosen) {
  auto const& say = request.say;
  Html list = html("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", address(say, opened.edition, ""),
                   BIRGE_WHEN(!chosen.region, "aria-current=\"true\""), say("The whole country"));
  for (auto const* region : opened.facts->places->regions())
    list.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", address(say, opened.edition, region->code),
             BIRGE_WHEN(chosen.region == region->id, "aria-current=\"true\""), opened.facts->places->name(region->id, say.language()).text);
  return html("<nav class=\"filters\" aria-label=\"{}\"><ul class=\"chips\">{}</ul></nav>", say("Region"), list);
}

Reply shown(Request& request, Opened const& opened, Scope const& scope, http::Parameters const& typed, std::vector<Fault> const& faults,
            Html const& above, Status status) {
  auto const& say = request.say;
  auto const stored = campaign::Editing(request.read()).targets(opened.edition.id);
  Html rows = row(say, typed, "", say("All kinds together"), faults);
  for (auto const& kind : opened.facts->codes.list("kind")) rows += row(say, typed, kind.code, kind.name(say.language()), faults);
  auto fields = html(
      "{}<input type=\"hidden\" name=\"place\" value=\"{}\"><table class=\"stack filling\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
      opened_fields(opened.work.version, typed_of(stored, scope.region), target_fields(say, *opened.facts)), scope.code,
      say("Targets: {}", scope.name), say("Kind"), say("Activities"), say("Attendances"), rows);
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>", say("Save"),
             page_of(say, opened.edition), say("Back"));
  auto const sums = of_regions(say, stored);
  return edition_page(
      request, opened.edition, say("Targets"),
      html("{}{}<p>{}</p>{}{}{}", above, site::fault_summary(say, faults),
           say("An empty field is no target: nothing is shown for it. What was reached stands beside each target on the page of figures."),
           chips(request, opened, scope), sums, site::form(request, page_of(say, opened.edition, "targets"), fields)),
      status);
}

}  // namespace

Reply targets_form(Request& request) {
  auto const opened = open_to_change(request);
  auto const scope = scope_of(request, *opened.facts, request.query.get("place"));
  auto const targets = campaign::Editing(request.read()).targets(opened.edition.id);
  return shown(request, opened, scope, typed_of(targets, scope.region), {}, {}, Status::ok);
}

Reply save_targets(Request& request) {
  auto const opened = open_to_change(request);
  auto const scope = scope_of(request, *opened.facts, request.form.get("place"));
  auto const stored = campaign::Editing(request.read()).targets(opened.edition.id);
  auto const meeting = meet(request, opened, typed_of(stored, scope.region), target_fields(request.say, *opened.facts));
  std::vector<Fault> faults;
  std::vector<Target> targets;
  std::vector<std::string> kinds{""};
  for (auto const& kind : opened.facts->codes.list("kind")) kinds.push_back(kind.code);
  for (auto const& kind : kinds) {
    Target target{scope.region, kind, number_of(request.form, field("activities", kind), campaign::most_of_a_target, faults),
                  number_of(request.form, field("attendances", kind), campaign::most_of_a_target, faults)};
    if (target.activities || target.attendances) targets.push_back(std::move(target));
  }
  if (!faults.empty()) return shown(request, opened, scope, request.form, faults, meeting.above, Status::unprocessable);
  if (meeting.overtaken && !meeting.nothing_left) return shown(request, opened, scope, request.form, {}, meeting.above, Status::conflict);
  if (meeting.overtaken) return http::see_other(address(request.say, opened.edition, scope.code));
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    campaign::save_targets(tx, opened.edition.id, opened.work.version, scope.region, targets);
    auto told = entry(request, by, "changed", opened.edition.id);
    told.in(scope.region, coalition::OrganisationId{});
    for (auto const& kind : kinds) {
      auto const of_kind = [&](std::vector<Target> const& list) {
        auto const found = std::ranges::find_if(list, [&](Target const& each) { return each.region == scope.region && each.kind == kind; });
        return found == list.end() ? Target{} : *found;
      };
      auto const before = of_kind(stored), after = of_kind(targets);
      auto const part = kind.empty() ? audit::Value(audit::Word("all_kinds")) : audit::Value::pack_code(kind);
      told.changed("target_activities", part, before.activities, after.activities);
      told.changed("target_attendances", part, before.attendances, after.attendances);
    }
    audit::record(tx, told);
  });
  return http::see_other(address(request.say, opened.edition, scope.code));
}

}  // namespace birge::edition
