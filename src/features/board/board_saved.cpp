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

Html own_view(Table const& table, SavedView const& view) {
  auto const& say = table.look.say;
  auto const id = id_text(Id<void>{view.id});
  return html(
      "<li>{}</li>",
      site::form(
          table.look.request, say.path("/work/table/views/{}", id),
          html(
              "{}<div class=\"field\"><label for=\"v-{}\">{}</label><input id=\"v-{}\" name=\"name\" maxlength=\"60\" required value=\"{}\"></div>{}<div "
              "class=\"actions\"><button class=\"button second\" name=\"act\" value=\"change\">{}</button><button class=\"button danger\" "
              "name=\"act\" value=\"delete\">{}</button></div>",
              fields::hidden("query", table.query().encoded()), id, say("Name of the view"), id, view.name,
              share_box(say, table.look.person, view.organisation.has_value()), say("Save"), say("Delete"))));
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

/// The table once more, with what was typed and what is wrong with it.
Reply not_saved(Request& request, Message const& why) {
  return table_page(table_behind(request), {}, request.form, {{"", why}}, Status::unprocessable);
}

Url table_with(Say const& say, std::string const& query) {
  return own_path(std::string(say.path("/work/table").text()) + (query.empty() ? "" : "?" + query));
}

}  // namespace

Html saved_part(Table const& table, http::Parameters const& form) {
  auto const& say = table.look.say;
  auto const& person = table.look.person;
  auto const here = table.query().encoded();
  auto const views = saved_views(table.look.request.read(), person.id, person.organisation());
  Html chips, own;
  bool saved = false;
  for (auto const& view : views) {
    bool const current = view.address == here;
    saved = saved || current;
    chips.add("<li><a href=\"{}\" {}>{}{}</a></li>", table_with(say, view.address), BIRGE_WHEN(current, "aria-current=\"page\""), view.name,
              view.person == person.id ? Html() : html(" <small>{}</small>", say("shared")));
    if (view.person == person.id) own += own_view(table, view);
  }
  Html out;
  if (!chips.empty()) out.add("<nav class=\"saved\" aria-label=\"{}\"><ul class=\"chips\">{}</ul></nav>", say("Saved views"), chips);
  Html inside;
  if (!saved)
    inside += site::form(
        table.look.request, say.path("/work/table/views"),
        html(
            "{}<div class=\"field\"><label for=\"v-new\">{}</label><p class=\"hint\" id=\"v-new-hint\">{}</p><input id=\"v-new\" name=\"name\" "
            "maxlength=\"60\" required aria-describedby=\"v-new-hint\" value=\"{}\"></div>{}<div class=\"actions\"><button class=\"button\">{}</button></div>",
            fields::hidden("query", here), say("Name of the view"), say("Filter, columns and order are kept under this name."), form.get("name"),
            share_box(say, person, form.get("share") == "1"), say("Save this view")));
  if (!own.empty()) inside.add("<h3>{}</h3><ul class=\"plain own-views\">{}</ul>", say("My saved views"), own);
  if (!inside.empty())
    out.add("<details class=\"selection\" {}><summary>{} {}</summary>{}</details>", BIRGE_WHEN(form.has("name"), "open"), site::icon("document"),
            say("Saved views"), inside);
  return out;
}

Reply save_view_now(Request& request) {
  auto const& person = account::person(request);
  SavedView const view{0, person.id, shared_with(request.form, person), clean_line(request.form.get("name")),
                       table_behind(request).query().encoded()};
  if (auto const why = wrong_name(view.name)) return not_saved(request, *why);
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
  if (auto const why = wrong_name(view.name); why && !removes) return not_saved(request, *why);
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
