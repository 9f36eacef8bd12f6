#include <algorithm>

#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_view.hpp"
#include "platform/base/text.hpp"

/// Names, days and participants of an edition.
namespace birge::edition {

namespace {

using campaign::Dates;
using campaign::EditionTexts;
using campaign::Participant;

/// What the country pack documents is changed there, where its sources stand.
void refuse_documented(Opened const& opened) {
  if (opened.work.documented)
    throw Problem(Failure::conflict,
                  message("This edition is documented: its names, days and participants come from the country pack, with their sources."));
}

Html save_row(Say const& say, Edition const& edition) {
  return html("<div class=\"actions\"><button class=\"button\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>", say("Save"),
              page_of(say, edition), say("Back"));
}

Html notes(Say const& say, std::vector<Fault> const& faults) { return site::fault_summary(say, faults); }

/// The languages in the order of the country.
std::vector<std::string> codes() {
  std::vector<std::string> list;
  for (auto const language : languages)
    if (code(language) != "test") list.emplace_back(code(language));
  return list;
}

std::string text_in(std::map<std::string, std::string> const& texts, std::string const& language) {
  auto const found = texts.find(language);
  return found == texts.end() ? std::string() : found->second;
}

EditionTexts texts_of(Edition const& edition) { return {edition.names, edition.slogans, edition.abouts, edition.due_days}; }

http::Parameters form_of(EditionTexts const& texts) {
  http::Parameters form;
  for (auto const& language : codes()) {
    form.set("name_" + language, text_in(texts.names, language));
    form.set("slogan_" + language, text_in(texts.slogans, language));
    form.set("about_" + language, text_in(texts.abouts, language));
  }
  form.set("due_days", std::to_string(texts.due_days));
  return form;
}

std::vector<FormField> text_fields(Say const& say) {
  std::vector<FormField> fields;
  for (auto const& language : codes()) {
    auto const own = " (" + std::string(own_name(language_of(language).value())) + ")";
    fields.push_back({"name_" + language, std::string(say("Name")) + own});
    fields.push_back({"slogan_" + language, std::string(say("Slogan")) + own});
    fields.push_back({"about_" + language, std::string(say("Announcement")) + own});
  }
  fields.push_back({"due_days", std::string(say("A result is due after so many working days"))});
  return fields;
}

Reply texts_page(Request& request, Opened const& opened, EditionTexts const& texts, std::vector<Fault> const& faults, Html const& above,
                 Status status) {
  auto const& say = request.say;
  Html fields = opened_fields(opened.work.version, form_of(texts_of(opened.edition)), text_fields(say));
  for (auto const& language : codes()) {
    auto const own = std::string(own_name(language_of(language).value()));
    fields.add("<fieldset class=\"field\"><legend>{}</legend>", own);
    fields += site::text_field(say, {.name = "name_" + language, .label = say("Name"), .value = text_in(texts.names, language)}, faults);
    fields += site::text_field(say, {.name = "slogan_" + language, .label = say("Slogan"), .value = text_in(texts.slogans, language)}, faults);
    fields += site::text_area(say,
                              {.name = "about_" + language,
                               .label = say("Announcement"),
                               .value = text_in(texts.abouts, language),
                               .hint = say("What the edition is about, in two or three sentences: it stands on its public page.")},
                              faults);
    fields.add("</fieldset>");
  }
  std::string const typed_days(request.form.get("due_days"));  // stays as it was typed, even where it is no number
  fields += site::text_field(say,
                             {.name = "due_days",
                              .label = say("A result is due after so many working days"),
                              .value = typed_days.empty() ? std::to_string(texts.due_days) : typed_days,
                              .hint = say("For activities that are entered or moved from now on."),
                              .inputmode = "numeric",
                              .is_short = true},
                             faults);
  fields += save_row(say, opened.edition);
  return edition_page(request, opened.edition, say("Names, slogan, announcement"),
                      html("{}{}{}", above, notes(say, faults), site::form(request, page_of(say, opened.edition, "edit"), fields)), status);
}

}  // namespace

Reply texts_form(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  return texts_page(request, opened, texts_of(opened.edition), {}, {}, Status::ok);
}

Reply save_texts(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  auto const meeting = meet(request, opened, form_of(texts_of(opened.edition)), text_fields(request.say));
  std::vector<Fault> faults;
  EditionTexts texts;
  for (auto const& language : codes()) {
    texts.names[language] = clean_line(request.form.get("name_" + language));
    texts.slogans[language] = clean_line(request.form.get("slogan_" + language));
    texts.abouts[language] = clean_text(request.form.get("about_" + language));
  }
  texts.due_days = static_cast<int>(number_of(request.form, "due_days", campaign::most_due_days, faults).value_or(faults.empty() ? 0 : 1));
  for (auto& fault : campaign::check(texts)) faults.push_back(std::move(fault));
  if (!faults.empty()) return texts_page(request, opened, texts, faults, meeting.above, Status::unprocessable);
  if (meeting.overtaken && !meeting.nothing_left) return texts_page(request, opened, texts, {}, meeting.above, Status::conflict);
  if (meeting.overtaken) return http::see_other(page_of(request.say, opened.edition));
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    campaign::save_texts(tx, opened.edition.id, opened.work.version, texts);
    auto told = entry(request, by, "changed", opened.edition.id);
    told.text_changed("texts").changed("due_days", opened.edition.due_days, texts.due_days);
    audit::record(tx, told);
  });
  return http::see_other(page_of(request.say, opened.edition));
}

namespace {

struct TypedDates {
  std::string preparation_from, campaign_from, campaign_until, closing_until, conference_day, reason;
};

TypedDates typed(Dates const& dates) {
  return {dates.preparation_from.iso(),
          dates.campaign_from.iso(),
          dates.campaign_until.iso(),
          dates.closing_until.iso(),
          dates.conference_day ? dates.conference_day->iso() : "",
          ""};
}
TypedDates typed(http::Parameters const& form) {
  auto const line = [&](std::string_view field) { return clean_line(form.get(field)); };
  return {line("preparation_from"), line("campaign_from"), line("campaign_until"), line("closing_until"), line("conference_day"), line("reason")};
}

Html dates_history(Say const& say, std::vector<Dates> const& all) {
  Html rows;
  for (auto const& dates : all) {
    auto const label = [&](std::string_view text) { return text; };
    rows.add(
        "<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr>",
        say("Version {}", dates.version), label(say("Campaign")), say.date_range(dates.campaign_from, dates.campaign_until), label(say("Edition")),
        say.date_range(dates.preparation_from, dates.closing_until), label(say("Closing conference")),
        dates.conference_day ? say.date(*dates.conference_day) : std::string("–"), label(say("Reason")), dates.reason);
  }
  return html(
      "<table class=\"stack\"><caption>{}</caption><thead><tr><td></td><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table>",
      say("Days, version by version; the last one counts"), say("Campaign"), say("Edition"), say("Closing conference"), say("Reason"), rows);
}

http::Parameters form_of(Dates const& dates) {
  auto const text = typed(dates);
  return http::Parameters::of({{"preparation_from", text.preparation_from},
                               {"campaign_from", text.campaign_from},
                               {"campaign_until", text.campaign_until},
                               {"conference_day", text.conference_day},
                               {"closing_until", text.closing_until}});
}

std::vector<FormField> date_fields(Say const& say) {
  return {{"preparation_from", std::string(say("Preparation begins"))},
          {"campaign_from", std::string(say("The campaign begins"))},
          {"campaign_until", std::string(say("Last day of the campaign"))},
          {"conference_day", std::string(say("Closing conference"))},
          {"closing_until", std::string(say("Closing of the edition"))}};
}

Dates stored_dates(Request& request, Opened const& opened) { return campaign::Editing(request.read()).dates(opened.edition.id).back(); }

Reply dates_page(Request& request, Opened const& opened, TypedDates const& dates, std::vector<Fault> const& faults, Html const& above,
                 Status status) {
  auto const& say = request.say;
  Html fields = opened_fields(opened.work.version, form_of(stored_dates(request, opened)), date_fields(say));
  auto const day = [&](std::string_view name, std::string_view label, std::string_view value) {
    fields += site::text_field(say, {.name = name, .label = label, .value = value, .type = "date", .is_short = true}, faults);
  };
  day("preparation_from", say("Preparation begins"), dates.preparation_from);
  day("campaign_from", say("The campaign begins"), dates.campaign_from);
  day("campaign_until", say("Last day of the campaign"), dates.campaign_until);
  day("conference_day", say("Closing conference"), dates.conference_day);
  day("closing_until", say("Closing of the edition"), dates.closing_until);
  if (!opened.work.draft)
    fields += site::text_field(say,
                               {.name = "reason",
                                .label = say("Reason"),
                                .value = dates.reason,
                                .hint = say("The old days stay on record beside the new ones, with this reason.")},
                               faults);
  fields += save_row(say, opened.edition);
  return edition_page(request, opened.edition, say("Days"),
                      html("{}{}{}{}", above, notes(say, faults), site::form(request, page_of(say, opened.edition, "dates"), fields),
                           dates_history(say, campaign::Editing(request.read()).dates(opened.edition.id))),
                      status);
}

}  // namespace

Reply dates_form(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  return dates_page(request, opened, typed(stored_dates(request, opened)), {}, {}, Status::ok);
}

Reply save_dates(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  auto const in_words = [&](std::string const& value) {
    auto const day = Day::parse(value);
    return day ? request.say.date(*day) : value;
  };
  auto const meeting = meet(request, opened, form_of(stored_dates(request, opened)), date_fields(request.say), in_words);
  auto const given = typed(request.form);
  std::vector<Fault> faults;
  Dates dates;
  auto const needed = [&](std::string const& field, Day& day) {
    auto const read = day_of(request.form, field, faults);
    if (read) day = *read;
    else if (std::ranges::find(faults, field, &Fault::field) == faults.end()) faults.push_back({field, message("Choose a day.")});
  };
  needed("preparation_from", dates.preparation_from);
  needed("campaign_from", dates.campaign_from);
  needed("campaign_until", dates.campaign_until);
  needed("closing_until", dates.closing_until);
  dates.conference_day = day_of(request.form, "conference_day", faults);
  dates.reason = opened.work.draft ? std::string() : given.reason;
  if (faults.empty()) faults = campaign::check(dates);
  if (!opened.work.draft && dates.reason.empty()) faults.push_back({"reason", message("Give a reason.")});
  if (length(dates.reason) > 300) faults.push_back({"reason", message("This text is too long. Two or three sentences are enough.")});
  if (!faults.empty()) return dates_page(request, opened, given, faults, meeting.above, Status::unprocessable);
  if (meeting.overtaken && !meeting.nothing_left) return dates_page(request, opened, given, {}, meeting.above, Status::conflict);
  if (meeting.overtaken) return http::see_other(page_of(request.say, opened.edition, "dates"));
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    campaign::save_dates(tx, opened.edition.id, opened.work.version, dates);
    auto const& before = opened.edition;
    auto told = entry(request, by, "changed", before.id);
    told.changed("preparation_from", before.preparation_from, dates.preparation_from)
        .changed("campaign_from", before.campaign_from, dates.campaign_from);
    told.changed("campaign_until", before.campaign_until, dates.campaign_until).changed("closing_until", before.closing_until, dates.closing_until);
    told.changed("conference_day", before.conference_day, dates.conference_day);
    if (!dates.reason.empty()) told.text_changed("reason");
    audit::record(tx, told);
  });
  return http::see_other(page_of(request.say, opened.edition, "dates"));
}

namespace {

constexpr std::array<std::string_view, 3> roles{"lead", "partner", "donor"};
constexpr std::size_t most_participants = 150;

std::string_view role_title(Say const& say, std::string_view role) {
  return role == "lead" ? say("Led by") : role == "partner" ? say("Partners") : say("Paid for by");
}

/// A box for each organisation of the edition's kind: invented ones belong to sample editions, real ones to all others.
Html boxes(Say const& say, Opened const& opened, std::vector<Participant> const& chosen, std::string_view role) {
  std::vector<coalition::Organisation const*> all;
  for (auto const& [id, organisation] : opened.facts->organisations)
    if (organisation.sample == opened.edition.sample) all.push_back(&organisation);
  auto const language = say.language();
  std::ranges::sort(all, {}, [&](auto const* organisation) { return std::pair(fold(organisation->name(language)), organisation->slug); });
  Html list;
  std::size_t ticked = 0;
  for (auto const* organisation : all) {
    bool const on = std::ranges::any_of(chosen, [&](auto const& each) { return each.role == role && each.organisation == organisation->id; });
    ticked += on;
    list.add("<label class=\"choice\"><input type=\"checkbox\" name=\"{}\" value=\"{}\" {}> <span lang=\"{}\">{}</span></label>", role,
             organisation->slug, BIRGE_WHEN(on, "checked"), organisation->name_language(language), organisation->name(language));
  }
  return html(
      "<details {}><summary>{} <span class=\"chosen\">{}</span></summary><fieldset class=\"field\"><legend class=\"heard\">{}</legend>{}</fieldset></details>",
      BIRGE_WHEN(role == "lead", "open"), role_title(say, role), say("Chosen: {}", ticked), role_title(say, role), list);
}

http::Parameters form_of(Opened const& opened, std::vector<Participant> const& participants) {
  std::vector<std::pair<std::string, std::string>> list;
  for (auto const& each : participants)
    if (auto const* organisation = opened.facts->organisation(each.organisation)) list.emplace_back(each.role, organisation->slug);
  return http::Parameters::of(std::move(list));
}

std::vector<FormField> participant_fields(Say const& say) {
  std::vector<FormField> fields;
  for (auto const role : roles) fields.push_back({std::string(role), std::string(role_title(say, role))});
  return fields;
}

Reply participants_page(Request& request, Opened const& opened, std::vector<Participant> const& chosen, std::vector<Fault> const& faults,
                        Html const& above, Status status) {
  auto const& say = request.say;
  auto const stored = campaign::Store(request.read()).participants(opened.edition.id);
  Html fields = opened_fields(opened.work.version, form_of(opened, stored), participant_fields(say));
  for (auto const role : roles) fields += boxes(say, opened, chosen, role);
  fields += save_row(say, opened.edition);
  return edition_page(request, opened.edition, say("Who leads, takes part and pays"),
                      html("{}{}{}", above, notes(say, faults), site::form(request, page_of(say, opened.edition, "participants"), fields)), status);
}

/// The field of the log for what somebody takes part as.
audit::Word audit_word(std::string_view role) {
  if (role == "lead") return "lead";
  if (role == "donor") return "donor";
  return "partner";
}

}  // namespace

Reply participants_form(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  return participants_page(request, opened, campaign::Store(request.read()).participants(opened.edition.id), {}, {}, Status::ok);
}

Reply save_participants(Request& request) {
  auto const opened = open_to_change(request);
  refuse_documented(opened);
  auto const stored = campaign::Store(request.read()).participants(opened.edition.id);
  auto const name = [&](std::string const& slug) {
    auto const found = opened.facts->organisation_slugs.find(slug);
    auto const* organisation = found == opened.facts->organisation_slugs.end() ? nullptr : opened.facts->organisation(found->second);
    return organisation ? organisation->name(request.say.language()) : slug;
  };
  auto const meeting = meet(request, opened, form_of(opened, stored), participant_fields(request.say), name);
  std::vector<Participant> chosen;
  std::vector<Fault> faults;
  for (auto const role : roles) {
    // Those who were there keep their order; new ones come behind them.
    std::vector<Participant> ticked;
    for (auto const slug : request.form.all(role)) {
      auto const found = opened.facts->organisation_slugs.find(std::string(slug));
      auto const* organisation = found == opened.facts->organisation_slugs.end() ? nullptr : opened.facts->organisation(found->second);
      if (organisation && organisation->sample == opened.edition.sample) ticked.push_back({organisation->id, std::string(role)});
      else faults.push_back({"", message("An organisation that was chosen is not in the register.")});
    }
    std::ranges::stable_sort(ticked, {}, [&](Participant const& each) {
      auto const before =
          std::ranges::find_if(stored, [&](auto const& other) { return other.role == each.role && other.organisation == each.organisation; });
      return before - stored.begin();
    });
    chosen.insert(chosen.end(), ticked.begin(), ticked.end());
  }
  if (chosen.size() > most_participants) faults.push_back({"", message("At most {} organisations can be named.", most_participants)});
  if (!faults.empty()) return participants_page(request, opened, chosen, faults, meeting.above, Status::unprocessable);
  if (meeting.overtaken && !meeting.nothing_left) return participants_page(request, opened, chosen, {}, meeting.above, Status::conflict);
  if (meeting.overtaken) return http::see_other(page_of(request.say, opened.edition));
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::manage_editions);
    campaign::save_participants(tx, opened.edition.id, opened.work.version, chosen);
    auto told = entry(request, by, "changed", opened.edition.id);
    told.changed("participants", stored.size(), chosen.size());
    auto const missing = [&](std::vector<Participant> const& these, std::vector<Participant> const& others, bool came) {
      for (auto const& each : these)
        if (std::ranges::find_if(others, [&](auto const& other) { return other.role == each.role && other.organisation == each.organisation; }) ==
            others.end())
          told.changed(audit_word(each.role), each.organisation, !came, came);
    };
    missing(stored, chosen, false);
    missing(chosen, stored, true);
    audit::record(tx, told);
  });
  return http::see_other(page_of(request.say, opened.edition));
}

}  // namespace birge::edition
