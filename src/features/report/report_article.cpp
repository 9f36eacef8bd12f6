#include "features/report/report_article.hpp"

#include "features/report/report_chapters.hpp"
#include "platform/base/embedded.hpp"
#include "platform/html/markdown.hpp"

namespace birge::report {

namespace {

using view::Pen;

/// A cover bears so many names; the workbook and the tables name everybody.
constexpr int named = 8;

std::string names_of(Report const& report, Say const& say, std::string_view role) {
  std::string names;
  int others = -named;
  for (auto const& participant : report.participants) {
    auto const* organisation = participant.role == role ? report.facts->organisation(participant.organisation) : nullptr;
    if (organisation && ++others <= 0) names += (names.empty() ? "" : ", ") + organisation->name(say.language());
  }
  return others > 0 ? say("{} and {} more", names, others) : names;
}

Html by(Report const& report, Say const& say) {
  Html out = html("<p><b>{}</b></p>", say.date_range(report.edition.campaign_from, report.edition.campaign_until));
  if (report.scope.from || report.scope.until)
    out.add("<p>{}</p>", say("Chosen period: {}", say.date_range(report.scope.from.value_or(report.edition.preparation_from),
                                                                 report.scope.until.value_or(report.edition.closing_until))));
  auto const line = [&](std::string_view label, std::string_view role) {
    if (auto const names = names_of(report, say, role); !names.empty()) out.add("<p>{}: {}</p>", label, names);
  };
  line(say("Led by"), "lead");
  line(say("Partners"), "partner");
  line(say("Donors"), "donor");
  out.add("<p class=\"soft\">{}</p>", say("As of {}", say.moment(report.as_of, report.facts->time_zone)));
  return out;
}

Html cover(Report const& report, Say const& say, Frame frame) {
  auto const& edition = report.edition;
  Html out = html("<header class=\"cover\">{}{}<p class=\"above\">{}</p><h1>{}</h1>", shyrdak(frame), sample_banner(say, edition), kind(report, say),
                  edition.name(say.language()));
  if (report.scope.place) out.add("<p class=\"region\">{}</p>", report.facts->places->name(*report.scope.place, say.language()).text);
  if (auto const& slogan = edition.slogan(say.language()); !slogan.empty()) out.add("<p class=\"lead\">{}</p>", slogan);
  out.add("<div class=\"by\">{}</div></header>", by(report, say));
  return out;
}

/// Said only where a document is made: a page of the public site never shows what is not written yet.
Html draft_note(Report const& report, Say const& say, std::vector<Section> const& missing) {
  if (missing.empty()) return {};
  std::string names;
  for (auto const section : missing) names += (names.empty() ? "" : ", ") + say(name(section));
  auto const leads = names_of(report, say, "lead");
  return html("<div class=\"notice attention draft\" role=\"note\"><div><p><b>{}</b> {}</p></div></div>", say("Draft."),
              leads.empty() ? say("Still to be written by the campaign's coordinator: {}.", names)
                            : say("Still to be written by the campaign's coordinator ({}): {}.", leads, names));
}

Html contents(Say const& say, std::vector<Chapter> const& chapters) {
  Html items;
  for (auto const& chapter : chapters) {
    items.add("<li><a href=\"#{}\">{}</a>", chapter.id, chapter.title);
    if (!chapter.parts.empty()) {
      items.add("<ol>");
      for (auto const& [id, part] : chapter.parts) items.add("<li><a href=\"#{}\">{}</a></li>", id, part);
      items.add("</ol>");
    }
    items.add("</li>");
  }
  return html("<nav class=\"contents\" aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2><ol>{}</ol></nav>", say("Contents"), items);
}

void add_text(std::vector<Chapter>& chapters, Pen& pen, Texts const& texts, Section section) {
  auto const found = texts.find(section, pen.say.language());
  bool const listed = section == Section::recommendations && !pen.report.recommendations.empty();
  if (!found && !listed) return;
  Html body;
  if (found) body = text_of(found->markdown, found->language, pen.say.language());
  if (listed) body += recommendations(pen, pen.report.recommendations, false);
  chapters.push_back({.id = std::string(id(section)), .title = pen.say(name(section)), .body = std::move(body), .parts = {}});
}

/// In the order of reading. Figures and tables are numbered as they are written, so this order is theirs.
std::vector<Chapter> chapters_of(Pen& pen, Texts const& texts) {
  std::vector<Chapter> chapters;
  chapters.push_back(summary(pen));
  add_text(chapters, pen, texts, Section::foreword);
  if (pen.report.promised_by) chapters.push_back(promises(pen));
  chapters.push_back(comparison(pen));
  if (!pen.report.scope.place) chapters.push_back(regions(pen));
  chapters.push_back(places(pen));
  chapters.push_back(kinds(pen));
  chapters.push_back(topics(pen));
  chapters.push_back(timeline(pen));
  chapters.push_back(people(pen));
  chapters.push_back(organisations(pen));
  chapters.push_back(unreported(pen));
  chapters.push_back(changes(pen));
  if (!pen.report.corrections.list.empty()) chapters.push_back(corrections(pen));
  for (auto const section : {Section::challenges, Section::conclusions, Section::recommendations}) add_text(chapters, pen, texts, section);
  chapters.push_back(method(pen));
  chapters.push_back(sources(pen));
  return chapters;
}

std::string_view stylesheet(std::string_view name) {
  auto const* file = embedded_file(name);
  return file ? file->bytes : std::string_view{};
}

}  // namespace

Html text_of(std::string_view text, Language language, Language page) {
  auto const body = markdown(text, 3);
  return language == page ? html("<div class=\"text\">{}</div>", body) : html("<div class=\"text\" lang=\"{}\">{}</div>", code(language), body);
}

Html shyrdak(Frame frame) {
  if (frame == Frame::page)
    return html(
        "<svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><rect width=\"100%\" height=\"12\" fill=\"url(#horns)\"/></svg>");
  return html(
      "<svg class=\"shyrdak\" aria-hidden=\"true\" width=\"100%\" height=\"12\"><pattern id=\"horns\" width=\"36\" height=\"12\" patternUnits=\"userSpaceOnUse\">"
      "<path class=\"horn\" d=\"M-6 12 0 4.5 6 12zM30 12l6-7.5 6 7.5z\" fill=\"#1f5fbf\"/><path class=\"curl\" d=\"M18 12V6.5c0-5-8-5.5-8-1.3 0 2.8 3.8 3 3.8.4M18 6.5c0-5 "
      "8-5.5 8-1.3 0 2.8-3.8 3-3.8.4\" fill=\"none\" stroke=\"#1f5fbf\" stroke-width=\"1.7\" stroke-linecap=\"round\"/></pattern><rect width=\"100%\" height=\"12\" "
      "fill=\"url(#horns)\"/></svg>");
}

Html sample_banner(Say const& say, Edition const& edition) {
  if (!edition.sample) return {};
  return html("<div class=\"sample\" role=\"note\"><div class=\"wide\"><span>{}</span></div></div>",
              say("Sample data: activities and organisations are invented."));
}

std::string kind(Report const& report, Say const& say) {
  if (report.final()) return std::string(say("Closing report"));
  auto const day = report.edition.day_number(report.today);
  return day ? say("Interim report: day {} of {}", *day, report.edition.days_in_campaign()) : std::string(say("Interim report"));
}

std::string title(Report const& report, Say const& say) {
  auto const& name = report.edition.name(say.language());
  auto text = report.final() ? say("Closing report: {}", name) : kind(report, say) + " · " + name;
  if (report.scope.place) text += ", " + report.facts->places->name(*report.scope.place, say.language()).text;
  return text;
}

Html article(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Frame frame) {
  Pen pen(report, say, links);
  auto const chapters = chapters_of(pen, texts);
  Html out = html("<article class=\"report\">{}", cover(report, say, frame));
  if (frame == Frame::document) {
    auto missing = texts.missing();
    if (!report.recommendations.empty()) std::erase(missing, Section::recommendations);
    out += draft_note(report, say, missing);
  }
  out += contents(say, chapters);
  for (auto const& chapter : chapters)
    out.add("<section class=\"chapter\" id=\"{}\"><h2>{}</h2>{}</section>", chapter.id, chapter.title, chapter.body);
  out.add("</article>");
  return out;
}

std::string document(Say const& say, std::string_view title, Html const& article) {
  // The stylesheets are files of this program; text from outside never gets into them.
  auto const styles = trusted_html("<style>" + std::string(stylesheet("web/style.css")) + std::string(stylesheet("web/report.css")) + "</style>");
  auto page = html(
      "<!doctype html><html lang=\"{}\" data-theme=\"light\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>{}</title>{}</head><body><main id=\"main\" class=\"wide\">{}</main></body></html>\n",
      say.code(), title, styles, article);
  return std::move(page).release();
}

}  // namespace birge::report
