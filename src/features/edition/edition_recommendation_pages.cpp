#include <algorithm>

#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_parts.hpp"
#include "features/edition/edition_view.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

/// What a closing conference recommends, and what became of it.
namespace birge::edition {

namespace {

using campaign::Recommendation;

constexpr std::size_t most_text = 1000, most_note = 500, most_recommendations = 60;

/// In the reader's language, otherwise in any it has.
std::pair<std::string, std::string> shown_text(Recommendation const& recommendation, Say const& say) {
  if (auto const found = recommendation.texts.find(std::string(say.code())); found != recommendation.texts.end())
    return {found->second, found->first};
  return recommendation.texts.empty() ? std::pair<std::string, std::string>()
                                      : std::pair(recommendation.texts.begin()->second, recommendation.texts.begin()->first);
}

std::string_view state_class(std::string_view state) {
  return state == "kept" ? "done" : state == "dropped" ? "danger" : state == "partly" ? "attention" : "info";
}
std::string_view state_icon(std::string_view state) {
  return state == "kept" ? "check" : state == "dropped" ? "cross" : state == "partly" ? "warning" : "calendar";
}

Html described(Request& request, Opened const& opened, Recommendation const& each) {
  auto const& say = request.say;
  auto const [text, language] = shown_text(each, say);
  Html out = html("<p><b>{}.</b> {}</p><p><span class=\"tag {}\">{} {}</span></p>", each.number, site::in_language(request, text, language),
                  state_class(each.state), site::icon(state_icon(each.state)), say(campaign::recommendation_state_name(each.state)));
  if (each.organisation)
    if (auto const* organisation = opened.facts->organisation(*each.organisation))
      out.add("<p class=\"soft\">{}</p>", say("Responsible: {}", organisation->name(say.language())));
  if (each.due) out.add("<p class=\"soft\">{}</p>", say("Until {}", *each.due));
  if (!each.note.empty()) out.add("<p>{}</p>", each.note);
  return out;
}

site::Options organisations(Opened const& opened, Say const& say) {
  site::Options options{{"", std::string(say("Nobody named"))}};
  std::vector<coalition::Organisation const*> all;
  for (auto const& [id, organisation] : opened.facts->organisations)
    if (organisation.sample == opened.edition.sample) all.push_back(&organisation);
  std::ranges::sort(all, {}, [&](auto const* organisation) { return std::pair(fold(organisation->name(say.language())), organisation->slug); });
  for (auto const* organisation : all) options.emplace_back(organisation->slug, organisation->name(say.language()));
  return options;
}

Html form_of(Request& request, Opened const& opened, http::Parameters const& typed, std::vector<Fault> const& faults) {
  auto const& say = request.say;
  Html fields =
      html("<input type=\"hidden\" name=\"id\" value=\"{}\"><input type=\"hidden\" name=\"seen\" value=\"{}\">", typed.get("id"), typed.get("seen"));
  for (auto const language : languages)
    if (code(language) != "test") {
      auto const name = "text_" + std::string(code(language));
      auto const label = language == Language::ky   ? say("Recommendation in Kyrgyz")
                         : language == Language::ru ? say("Recommendation in Russian")
                                                    : say("Recommendation in English");
      fields += site::text_area(say, {.name = name, .label = label, .value = typed.get(name)}, faults);
    }
  fields += site::select_field(say, {.name = "organisation", .label = say("Who sees to it"), .value = typed.get("organisation")},
                               organisations(opened, say), faults);
  fields += site::text_field(say, {.name = "due", .label = say("Until when"), .value = typed.get("due"), .type = "date", .is_short = true}, faults);
  site::Options states;
  for (auto const state : campaign::recommendation_states) states.emplace_back(state, say(campaign::recommendation_state_name(state)));
  fields += site::select_field(say, {.name = "state", .label = say("What became of it"), .value = typed.get("state")}, states, faults);
  fields += site::text_field(say, {.name = "note", .label = say("How it stands, in a sentence"), .value = typed.get("note")}, faults);
  if (opened.work.documented) {
    site::Options sources{{"", std::string(say("Choose the source"))}};
    for (auto& source : campaign::Editing(request.read()).sources(opened.edition.id)) sources.push_back(std::move(source));
    fields += site::select_field(say,
                                 {.name = "source",
                                  .label = say("Published in"),
                                  .value = typed.get("source"),
                                  .hint = say("A documented edition holds documented facts only.")},
                                 sources, faults);
  }
  fields.add("<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>", say("Save"),
             page_of(say, opened.edition, "recommendations"), say("Back"));
  return site::form(request, page_of(say, opened.edition, "recommendations"), fields);
}

http::Parameters typed_of(Recommendation const& each, campaign::Facts const& facts) {
  http::Parameters typed;
  typed.set("id", id_text(each.id));
  typed.set("seen", std::to_string(each.version));
  for (auto const& [language, text] : each.texts) typed.set("text_" + language, text);
  if (each.organisation)
    if (auto const* organisation = facts.organisation(*each.organisation)) typed.set("organisation", organisation->slug);
  if (each.due) typed.set("due", each.due->iso());
  typed.set("state", each.state);
  typed.set("note", each.note);
  typed.set("source", each.source);
  return typed;
}

Reply shown(Request& request, Opened const& opened, http::Parameters const& typed, std::vector<Fault> const& faults, Html const& above,
            Status status) {
  auto const& say = request.say;
  auto const id = parse_id(typed.get("id"));
  Html items;
  for (auto const& each : campaign::Editing(request.read()).recommendations(opened.edition.id))
    if (!id || *id != each.id)
      items.add("<li>{}<p><a href=\"{}\">{}</a></p></li>", described(request, opened, each),
                own_path(std::string(page_of(say, opened.edition, "recommendations").text()) + "?id=" + id_text(each.id)), say("Change"));
  return edition_page(request, opened.edition, say("Recommendations"),
                      html("{}{}<p class=\"lead\">{}</p>{}<section><h2>{}</h2>{}</section>", above, site::fault_summary(say, faults),
                           say("They stand in the report one by one, and the next edition opens on them: what was promised, and what became of it."),
                           items.empty() ? Html() : html("<ol class=\"plain promises\">{}</ol>", items),
                           id ? say("Change the recommendation") : say("Add a recommendation"), form_of(request, opened, typed, faults)),
                      status);
}

Recommendation read_form(Request& request, Opened const& opened, std::vector<Fault>& faults) {
  auto const& form = request.form;
  Recommendation given;
  given.id = parse_id(form.get("id")).value_or(0);
  given.version = whole_number<int>(form.get("seen")).value_or(0);
  for (auto const language : languages) {
    if (code(language) == "test") continue;
    auto const name = "text_" + std::string(code(language));
    auto text = clean_line(form.get(name));
    if (length(text) > most_text)
      faults.push_back({name, message("This text is too long: at most {} characters.", static_cast<std::int64_t>(most_text))});
    if (!text.empty()) given.texts[std::string(code(language))] = std::move(text);
  }
  if (given.texts.empty()) faults.push_back({"text_ky", message("Write what is recommended, in one language at least.")});
  if (auto const slug = form.get("organisation"); !slug.empty()) {
    auto const found = opened.facts->organisation_slugs.find(std::string(slug));
    if (found == opened.facts->organisation_slugs.end() || opened.facts->organisation(found->second)->sample != opened.edition.sample)
      faults.push_back({"organisation", message("An organisation that was chosen is not in the register.")});
    else given.organisation = found->second;
  }
  given.due = day_of(form, "due", faults);
  given.state = form.get("state");
  if (std::ranges::find(campaign::recommendation_states, given.state) == campaign::recommendation_states.end()) given.state = "open";
  given.note = clean_line(form.get("note"));
  if (length(given.note) > most_note)
    faults.push_back({"note", message("This text is too long: at most {} characters.", static_cast<std::int64_t>(most_note))});
  if (opened.work.documented) {
    given.source = form.get("source");
    auto const sources = campaign::Editing(request.read()).sources(opened.edition.id);
    if (std::ranges::find(sources, given.source, &std::pair<std::string, std::string>::first) == sources.end())
      faults.push_back({"source", message("Choose where it was published: a documented edition holds documented facts only.")});
  }
  return given;
}

/// Whether a recommendation says the same as one that is there: the form was sent twice.
bool says_the_same(Recommendation const& one, Recommendation const& other) {
  return one.texts == other.texts && one.organisation == other.organisation && one.due == other.due && one.state == other.state &&
         one.note == other.note && one.source == other.source;
}

}  // namespace

Reply recommendations_form(Request& request) {
  auto const opened = open(request);
  http::Parameters typed;
  typed.set("state", "open");
  if (auto const id = parse_id(request.query.get("id"))) {
    auto const all = campaign::Editing(request.read()).recommendations(opened.edition.id);
    auto const found = std::ranges::find(all, *id, &Recommendation::id);
    if (found == all.end()) throw Problem(Failure::not_found, message("There is no such recommendation."));
    typed = typed_of(*found, *opened.facts);
  }
  return shown(request, opened, typed, {}, {}, Status::ok);
}

Reply save_recommendation(Request& request) {
  auto const opened = open(request);
  std::vector<Fault> faults;
  auto const given = read_form(request, opened, faults);
  auto const all = campaign::Editing(request.read()).recommendations(opened.edition.id);
  if (given.id == 0 && all.size() >= most_recommendations)
    faults.push_back(
        {"", message("There are {} recommendations already: more than anybody keeps.", static_cast<std::int64_t>(most_recommendations))});
  if (!faults.empty()) return shown(request, opened, request.form, faults, {}, Status::unprocessable);
  auto const stored = std::ranges::find(all, given.id, &Recommendation::id);
  if (given.id != 0 && stored == all.end()) throw Problem(Failure::not_found, message("There is no such recommendation."));
  if (given.id != 0 && stored->version != given.version) {
    auto typed = request.form;
    typed.set("seen", std::to_string(stored->version));
    return shown(request, opened, typed, {}, overtaken(request.say, described(request, opened, *stored)), Status::conflict);
  }
  auto const page = page_of(request.say, opened.edition, "recommendations");
  if (given.id == 0 && std::ranges::any_of(all, [&](auto const& each) { return says_the_same(given, each); })) return http::see_other(page);
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::write_report);
    campaign::save_recommendation(tx, request.services.ids, opened.edition.id, given);
    auto told = entry(request, by, "changed", opened.edition.id);
    told.text_changed("recommendation");
    if (stored != all.end()) told.changed("state", audit::Value::pack_code(stored->state), audit::Value::pack_code(given.state));
    audit::record(tx, told);
  });
  return http::see_other(page);
}

Html promises(Request& request, Opened const& opened) {
  campaign::Editing editing(request.read());
  auto const before = editing.edition_before(opened.edition);
  if (!before) return {};
  auto const editions = campaign::all_editions(request.read());
  auto const edition = std::ranges::find(editions, *before, &Edition::id);
  auto const& say = request.say;
  Html items;
  for (auto const& each : editing.recommendations(*before)) items.add("<li>{}</li>", described(request, opened, each));
  return html(
      "<section id=\"promised\"><h2>{}</h2><p class=\"soft\">{}</p><ol class=\"plain promises\">{}</ol><p><a href=\"{}\">{}</a></p></section>",
      say("Promised last time"), edition->name(say.language()), items, page_of(say, *edition, "recommendations"), say("Say what became of them"));
}

}  // namespace birge::edition
