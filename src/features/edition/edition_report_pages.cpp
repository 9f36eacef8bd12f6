#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/edition/edition_pages.hpp"
#include "features/edition/edition_view.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_texts_store.hpp"
#include "platform/base/text.hpp"
#include "platform/http/static_files.hpp"

/// What people write for the closing report.
namespace birge::edition {

namespace {

using report::Section;
using report::StoredText;

/// Which text a page is about.
struct Chosen {
  Section section = Section::foreword;
  Language language = Language::ky;
};

Chosen chosen_of(http::Parameters const& from, Language own) {
  Chosen chosen{Section::foreword, own};
  if (auto const section = from.get("section"); !section.empty()) {
    auto const found = std::ranges::find_if(report::sections, [&](Section each) { return report::id(each) == section; });
    if (found == report::sections.end()) throw Problem(Failure::not_found, message("The report has no such section."));
    chosen.section = *found;
  }
  if (auto const code = from.get("in"); !code.empty()) {
    auto const language = language_of(code);
    if (!language || code == "test") throw Problem(Failure::not_found, message("The report is not written in this language."));
    chosen.language = *language;
  }
  return chosen;
}

Url address(Say const& say, Edition const& edition, Chosen const& chosen) {
  return own_path(std::string(page_of(say, edition, "report").text()) + "?section=" + std::string(report::id(chosen.section)) +
                  "&in=" + std::string(code(chosen.language)));
}

Html choice(Request& request, Opened const& opened, Chosen const& chosen) {
  auto const& say = request.say;
  auto const stored = report::stored_list(request.read(), opened.edition.id);
  Html rows;
  for (auto const section : report::sections) {
    Html cells;
    for (auto const language : languages) {
      if (code(language) == "test") continue;
      bool const written = stored.contains({section, std::string(code(language))});
      bool const here = section == chosen.section && language == chosen.language;
      cells.add("<li><a class=\"chip\" href=\"{}\" {}>{}{}</a></li>", address(say, opened.edition, {section, language}),
                BIRGE_WHEN(here, "aria-current=\"true\""), own_name(language),
                written ? html(" {}<span class=\"heard\">{}</span>", site::icon("check"), say("written")) : Html());
    }
    rows.add("<li><b>{}</b><ul class=\"chips\">{}</ul></li>", say(report::name(section)), cells);
  }
  return html("<nav aria-label=\"{}\"><ul class=\"plain\">{}</ul></nav>", say("Texts of the closing report"), rows);
}

Html preview(Request& request, Chosen const& chosen, std::string_view markdown) {
  auto const& say = request.say;
  if (trim(markdown).empty()) return html("<p class=\"soft\">{}</p>", say("Nothing is written yet: the report leaves this section out."));
  return html("<article class=\"report\"><section class=\"chapter\"><h2 lang=\"{}\">{}</h2>{}</section></article>", code(chosen.language),
              Say::in(chosen.language)(report::name(chosen.section)), report::text_of(markdown, chosen.language, say.language()));
}

Html last_change(Request& request, Opened const& opened, StoredText const& stored) {
  if (!stored.changed) return {};
  auto const names = account::names_of(request.read(), {stored.changed_by});
  auto const name = names.find(stored.changed_by);
  return html("<p class=\"soft\">{} {}</p>", request.say("Last changed: {}", request.say.moment(*stored.changed, opened.facts->time_zone)),
              name == names.end() ? std::string() : name->second);
}

Reply shown(Request& request, Opened const& opened, Chosen const& chosen, StoredText const& stored, std::string_view typed,
            std::vector<Fault> const& faults, Html const& above, Status status) {
  auto const& say = request.say;
  auto fields = html("{}<input type=\"hidden\" name=\"section\" value=\"{}\"><input type=\"hidden\" name=\"in\" value=\"{}\">",
                     version_field(stored.version), report::id(chosen.section), code(chosen.language));
  auto const label = say("{}, {}", say(report::name(chosen.section)), own_name(chosen.language));
  fields += site::text_area(say,
                            {.name = "markdown",
                             .label = label,
                             .value = typed,
                             .hint = say("Empty lines make paragraphs; **strong**, *stressed*, - for lists, ### for a heading, > for a quotation.")},
                            faults);
  fields.add(
      "<div class=\"actions\"><button class=\"button\" name=\"do\" value=\"save\">{}</button><button class=\"button second\" name=\"do\" "
      "value=\"preview\">{}</button> <a class=\"button second\" href=\"{}\">{}</a></div>",
      say("Save"), say("Preview"), page_of(say, opened.edition), say("Back"));
  auto const main =
      html("<link rel=\"stylesheet\" href=\"{}\">{}{}<div class=\"beside\"><div class=\"writing\">{}{}</div><aside>{}</aside></div><h2>{}</h2>{}",
           http::static_url("web/report.css"), above, site::fault_summary(say, faults),
           site::form(request, page_of(say, opened.edition, "report"), fields), last_change(request, opened, stored), choice(request, opened, chosen),
           say("As the report shows it"), preview(request, chosen, typed));
  return edition_page(request, opened.edition, say("Texts of the closing report"), main, status);
}

}  // namespace

Reply report_form(Request& request) {
  auto const opened = open(request);
  auto const chosen = chosen_of(request.query, request.say.language());
  auto const stored = report::stored_text(request.read(), opened.edition.id, chosen.section, chosen.language);
  return shown(request, opened, chosen, stored, stored.markdown, {}, {}, Status::ok);
}

Reply save_report(Request& request) {
  auto const opened = open(request);
  auto const chosen = chosen_of(request.form, request.say.language());
  auto const typed = clean_text(request.form.get("markdown"));
  auto stored = report::stored_text(request.read(), opened.edition.id, chosen.section, chosen.language);
  auto const version = version_of(request.form);
  auto const& say = request.say;
  if (length(typed) > report::most_of_a_section)
    return shown(request, opened, chosen, stored, typed,
                 {{"markdown", message("This text is too long: at most {} characters.", static_cast<std::int64_t>(report::most_of_a_section))}}, {},
                 Status::unprocessable);
  if (request.form.get("do") == "preview") {
    stored.version = version;  // the save that follows is still of what the person saw
    return shown(request, opened, chosen, stored, typed, {}, {}, Status::ok);
  }
  if (version != stored.version)
    return shown(
        request, opened, chosen, stored, typed, {},
        overtaken(say, html("<details open><summary>{}</summary>{}</details>", say("What is stored now"), preview(request, chosen, stored.markdown))),
        Status::conflict);
  request.write([&](db::Tx& tx) {
    auto const by = who_still_may(tx, opened.person, Permission::write_report);
    report::save_text(tx, opened.edition.id, chosen.section, chosen.language, version, typed, by.id, request.now);
    auto told = entry(request, by, "changed", opened.edition.id);
    told.text_changed("report_text").with("section", audit::Value::pack_code(report::id(chosen.section)));
    told.with("language", audit::Value::pack_code(code(chosen.language)));
    audit::record(tx, told);
  });
  return http::see_other(address(say, opened.edition, chosen));
}

}  // namespace birge::edition
