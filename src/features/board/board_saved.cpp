#include <algorithm>

#include "features/audit/audit.hpp"
#include "features/board/board_pages.hpp"
#include "features/board/board_table.hpp"
#include "features/work/plan/plan_fields.hpp"
#include "platform/base/text.hpp"

/// Saved views: filters, columns and order under a name, for oneself or for one's organisation.
namespace birge::board {

namespace fields = work::fields;

namespace {

constexpr std::size_t most_name = 60;

Html share_box(Say const& say, account::Person const& person, bool on) {
  if (!person.organisation()) return {};
  return html("<label class=\"choice\"><input type=\"checkbox\" name=\"share\" value=\"1\" {}> {}</label>", BIRGE_WHEN(on, "checked"),
              say("Colleagues of my organisation see it too"));
}

/// The id of the field for a view's name, by which a fault names it. 0: of a new view.
std::string field_of(std::int64_t view) { return view == 0 ? "v-new" : "v-" + id_text(Id<void>{view}); }

/// A refused form: what was typed into it, and what is wrong with the name.
struct Refused {
  http::Parameters const& form;
  std::vector<Fault> const& faults;

  Fault const* of(std::int64_t view) const {
    auto const found = std::ranges::find(faults, field_of(view), &Fault::field);
    return found == faults.end() ? nullptr : &*found;
  }
};

/// Each view has such a field: it is sent as "name" and known on the page by its id.
Html name_field(Say const& say, std::int64_t view, Html const& hint, std::string_view name, Fault const* fault) {
  auto const id = field_of(view);
  std::string described = hint.empty() ? "" : id + "-hint";
  Html notes;
  if (!hint.empty()) notes.add("<p class=\"hint\" id=\"{}-hint\">{}</p>", id, hint);
  if (fault) {
    notes.add("<p class=\"fault\" id=\"{}-fault\">{} <span>{}</span></p>", id, site::icon("warning"), say(fault->message));
    described += (described.empty() ? "" : " ") + id + "-fault";
  }
  return html(
      "<div class=\"{}\"><label for=\"{}\">{}</label>{}<input id=\"{}\" name=\"name\" maxlength=\"60\" required value=\"{}\" "
      "aria-describedby=\"{}\" {}></div>",
      fault ? "field wrong" : "field", id, say("Name of the view"), notes, id, name, described, BIRGE_WHEN(fault, "aria-invalid=\"true\""));
}

Html own_view(Table const& table, SavedView const& view, Refused const& refused) {
  auto const& say = table.look.say;
  auto const* fault = refused.of(view.id);
  bool const shared = fault ? refused.form.get("share") == "1" : view.organisation.has_value();
  return html("<li>{}</li>",
              site::form(table.look.request, say.path("/work/table/views/{}", id_text(Id<void>{view.id})),
                         html("{}{}{}<div class=\"actions\"><button class=\"button second\" name=\"act\" value=\"change\">{}</button><button "
                              "class=\"button danger\" name=\"act\" value=\"delete\">{}</button></div>",
                              fields::hidden("query", table.query().encoded()),
                              name_field(say, view.id, {}, fault ? refused.form.get("name") : view.name, fault),
                              share_box(say, table.look.person, shared), say("Save"), say("Delete"))));
}

Html new_view(Table const& table, Refused const& refused) {
  auto const& say = table.look.say;
  auto const* fault = refused.of(0);
  auto const typed = [&](std::string_view name) { return fault ? std::string(refused.form.get(name)) : std::string(); };
  return site::form(table.look.request, say.path("/work/table/views"),
                    html("{}{}{}<div class=\"actions\"><button class=\"button\">{}</button></div>", fields::hidden("query", table.query().encoded()),
                         name_field(say, 0, html("{}", say("Filter, columns and order are kept under this name.")), typed("name"), fault),
                         share_box(say, table.look.person, typed("share") == "1"), say("Save this view")));
}

/// What is wrong with a name that was typed.
std::optional<Message> wrong_name(std::string_view name) {
  if (name.empty()) return message("Give the view a name.");
  if (length(name) > most_name) return message("This is too long: at most {} characters.", most_name);
  return std::nullopt;
}

std::optional<OrganisationId> shared_with(http::Parameters const& form, account::Person const& person) {
  return form.get("share") == "1" ? person.organisation() : std::nullopt;
}

/// The table of the query that a form carries. As it writes that query itself it is stored and led to, never as it came.
Table table_behind(Request& request) { return table_of(request, http::Parameters::parse(request.form.get("query")).value_or(http::Parameters())); }

/// The table once more, with what was typed for a view and what is wrong with it. 0: for a new one.
Reply not_saved(Request& request, std::int64_t view, Message const& why) {
  return table_page(table_behind(request), {}, request.form, {{field_of(view), why}}, Status::unprocessable);
}

bool is_own(Request& request, std::int64_t view) {
  auto const& person = account::person(request);
  auto const views = saved_views(request.read(), person.id, std::nullopt);
  return std::ranges::find(views, view, &SavedView::id) != views.end();
}

Url table_with(Say const& say, std::string const& query) {
  return own_path(std::string(say.path("/work/table").text()) + (query.empty() ? "" : "?" + query));
}

}  // namespace

bool of_a_view(Fault const& fault) { return fault.field.starts_with("v-"); }

Html saved_part(Table const& table, http::Parameters const& form, std::vector<Fault> const& faults) {
  auto const& say = table.look.say;
  auto const& person = table.look.person;
  auto const here = table.query().encoded();
  Refused const refused{form, faults};
  auto const views = saved_views(table.look.request.read(), person.id, person.organisation());
  Html chips, own;
  bool saved = false;
  for (auto const& view : views) {
    bool const current = view.address == here;
    saved = saved || current;
    chips.add("<li><a href=\"{}\" {}>{}{}</a></li>", table_with(say, view.address), BIRGE_WHEN(current, "aria-current=\"page\""), view.name,
              view.person == person.id ? Html() : html(" <small>{}</small>", say("shared")));
    if (view.person == person.id) own += own_view(table, view, refused);
  }
  Html out;
  if (!chips.empty()) out.add("<nav class=\"saved\" aria-label=\"{}\"><ul class=\"chips\">{}</ul></nav>", say("Saved views"), chips);
  Html inside;
  if (!saved || refused.of(0)) inside += new_view(table, refused);
  if (!own.empty()) inside.add("<h3>{}</h3><ul class=\"plain own-views\">{}</ul>", say("My saved views"), own);
  if (!inside.empty())
    out.add("<details class=\"selection\" {}><summary>{} {}</summary>{}</details>", BIRGE_WHEN(std::ranges::any_of(faults, of_a_view), "open"),
            site::icon("document"), say("Saved views"), inside);
  return out;
}

Reply save_view_now(Request& request) {
  auto const& person = account::person(request);
  SavedView const view{0, person.id, shared_with(request.form, person), clean_line(request.form.get("name")),
                       table_behind(request).query().encoded()};
  if (auto const why = wrong_name(view.name)) return not_saved(request, 0, *why);
  request.write([&](db::Tx& tx) {
    save_view(tx, request.services.ids, view, request.now);
    audit::record(tx, audit::Entry{audit::Who::person(person.id, person.organisation().value_or(OrganisationId{})), "created",
                                   audit::Object("saved_view"), request.now});
    return true;
  });
  return http::see_other(table_with(request.say, view.address));
}

Reply change_view_now(Request& request) {
  auto const& person = account::person(request);
  auto const id = parse_id(request.capture("id"));
  auto const missing = Problem(Failure::not_found, message("You have no saved view at this address."));
  if (!id) throw missing;
  bool const removes = request.form.get("act") == "delete";
  auto const back = table_behind(request).query().encoded();
  SavedView const view{*id, person.id, shared_with(request.form, person), clean_line(request.form.get("name")), {}};
  if (auto const why = wrong_name(view.name); why && !removes) {
    if (!is_own(request, *id)) throw missing;
    return not_saved(request, *id, *why);
  }
  bool const done = request.write([&](db::Tx& tx) {
    bool const done = removes ? delete_view(tx, person.id, *id) : change_view(tx, view, request.now);
    if (!done) return false;
    audit::Entry entry{audit::Who::person(person.id, person.organisation().value_or(OrganisationId{})),
                       removes ? audit::Word("deleted") : audit::Word("changed"),
                       {"saved_view", *id},
                       request.now};
    if (!removes) entry.text_changed("name");
    audit::record(tx, entry);
    return true;
  });
  if (!done) throw missing;
  return http::see_other(table_with(request.say, back));
}

}  // namespace birge::board
