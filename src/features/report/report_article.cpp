#include "features/report/report_article.hpp"

#include <algorithm>

#include "features/report/report_chapters.hpp"
#include "features/report/report_paper.hpp"
#include "platform/base/embedded.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"

namespace birge::report {

namespace {

using view::Pen;

/// How many names are written out, and after how many characters no other begins.
struct Room {
  int names;
  std::size_t characters;
};

/// A cover bears so much; the workbook and the tables name everybody.
constexpr Room on_cover{8, 350}, in_note{1, 1};

std::string names_of(Report const& report, Say const& say, std::string_view role, Room room) {
  std::string names;
  int written = 0, others = 0;
  for (auto const& participant : report.participants) {
    auto const* organisation = participant.role == role ? report.facts->organisation(participant.organisation) : nullptr;
    if (!organisation) continue;
    if (others > 0 || written == room.names || length(names) > room.characters) {
      ++others;
      continue;
    }
    names += (names.empty() ? "" : ", ") + organisation->name(say.language());
    ++written;
  }
  return others > 0 ? say("{} and {} more", names, others) : names;
}

/// The days that were chosen, or those of the campaign.
std::string period(Report const& report, Say const& say) {
  auto const& edition = report.edition;
  if (!report.scope.from && !report.scope.until) return say.date_range(edition.campaign_from, edition.campaign_until);
  return say("Chosen period: {}",
             say.date_range(report.scope.from.value_or(edition.preparation_from), report.scope.until.value_or(edition.closing_until)));
}

Html by(Report const& report, Say const& say) {
  Html out = html("<p><b>{}</b></p>", say.date_range(report.edition.campaign_from, report.edition.campaign_until));
  if (report.scope.from || report.scope.until) out.add("<p>{}</p>", period(report, say));
  auto const line = [&](std::string_view label, std::string_view role) {
    if (auto const names = names_of(report, say, role, on_cover); !names.empty()) out.add("<p>{}: {}</p>", label, names);
  };
  line(say("Led by"), "lead");
  line(say("Partners"), "partner");
  line(say("Donors"), "donor");
  out.add("<p class=\"soft\">{}</p>", say("As of {}", say.moment(report.as_of, report.facts->time_zone)));
  return out;
}

Html cover(Report const& report, Say const& say, Frame frame) {
  auto const& edition = report.edition;
  // A page of the site has its own banner at its head.
  Html const banner = frame == Frame::document ? sample_banner(say, edition) : Html{};
  Html out = html("<header class=\"cover\">{}{}<p class=\"above\">{}</p><h1>{}</h1>", shyrdak(frame), banner, kind(report, say),
                  edition.name(say.language()));
  if (report.scope.place) out.add("<p class=\"region\">{}</p>", report.facts->places->name(*report.scope.place, say.language()).text);
  if (auto const& slogan = edition.slogan(say.language()); !slogan.empty()) out.add("<p class=\"lead\">{}</p>", slogan);
  out.add("<div class=\"by\">{}</div></header>", by(report, say));
  return out;
}

Html draft_note(Report const& report, Say const& say, std::vector<Section> const& missing) {
  if (missing.empty()) return {};
  std::string names;
  for (auto const section : missing) names += (names.empty() ? "" : ", ") + say(name(section));
  auto const leads = names_of(report, say, "lead", in_note);
  return html("<div class=\"notice attention draft\" role=\"note\"><div><p><b>{}</b> {}</p></div></div>", say("Draft."),
              leads.empty() ? say("Still to be written by the campaign's coordinator: {}.", names)
                            : say("Still to be written by the campaign's coordinator ({}): {}.", leads, names));
}

/// Where an anchor of a chapter is: empty address, on the same page.
using AddressOf = std::function<Url(Chapter const& chapter, std::string_view anchor)>;

Html contents(Say const& say, std::vector<Chapter> const& chapters, AddressOf const& address) {
  Html items;
  for (auto const& chapter : chapters) {
    items.add("<li><a href=\"{}\">{}</a>", address(chapter, chapter.id), chapter.title);
    if (!chapter.parts.empty()) {
      items.add("<ol>");
      for (auto const& [id, part] : chapter.parts) items.add("<li><a href=\"{}\">{}</a></li>", address(chapter, id), part);
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
  auto const add = [&](Part page, Chapter chapter) {
    chapter.page = page;
    chapters.push_back(std::move(chapter));
  };
  add(Part::reading, summary(pen));
  add_text(chapters, pen, texts, Section::foreword);
  if (pen.report.promised_by) add(Part::reading, promises(pen));
  add(Part::reading, comparison(pen));
  if (!pen.report.scope.place) add(Part::regions, regions(pen));
  add(Part::districts, places(pen));
  add(Part::activities, kinds(pen));
  add(Part::activities, topics(pen));
  add(Part::activities, timeline(pen));
  add(Part::activities, people(pen));
  if (!pen.report.without_result()) add(Part::coverage, coverage(pen));
  add(Part::organisations, organisations(pen));
  add(Part::organisations, unreported(pen));
  add(Part::organisations, changes(pen));
  if (!pen.report.corrections.list.empty()) add(Part::organisations, corrections(pen));
  for (auto const section : {Section::challenges, Section::conclusions, Section::recommendations}) add_text(chapters, pen, texts, section);
  add(Part::reading, method(pen));
  add(Part::reading, sources(pen));
  return chapters;
}

Html written(Chapter const& chapter) {
  return html("<section class=\"chapter\" id=\"{}\"><h2>{}</h2>{}</section>", chapter.id, chapter.title, chapter.body);
}

/// The way to the other pages of the report.
Html way_to_pages(Report const& report, Say const& say, Part shown, std::function<Url(Part, std::string_view)> const& address) {
  Html items;
  for (auto const part : pages_of(report))
    items.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", address(part, {}), BIRGE_WHEN(part == shown, "aria-current=\"page\""),
              say(name(part)));
  return html("<nav class=\"screen\" aria-label=\"{}\"><ul class=\"chips\">{}</ul></nav>", say("Pages of the report"), items);
}

/// What is read next, below a page.
Html next_page(Report const& report, Say const& say, Part shown, std::function<Url(Part, std::string_view)> const& address) {
  auto const list = pages_of(report);
  auto const next = std::ranges::find(list, shown) + 1;
  if (next == list.end())
    return html("<p class=\"screen\"><a class=\"button second\" href=\"{}\">{}</a></p>", address(Part::reading, {}),
                say("Back to the beginning of the report"));
  return html("<p class=\"screen\"><a class=\"button second\" href=\"{}\">{}</a></p>", address(*next, {}), say("Next: {}", say(name(*next))));
}

/// What stands above the chapters of a page after the first.
Html short_cover(Report const& report, Say const& say, Part part) {
  return html("<header><p class=\"above\">{} · {}</p><h1>{}</h1><p class=\"soft\">{}</p></header>", title(report, say), period(report, say),
              say(name(part)), say("As of {}", say.moment(report.as_of, report.facts->time_zone)));
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

std::string_view code(Part part) {
  switch (part) {
    case Part::reading: return "";
    case Part::regions: return "regions";
    case Part::districts: return "districts";
    case Part::activities: return "activities";
    case Part::coverage: return "coverage";
    case Part::organisations: return "organisations";
  }
  return "";
}

std::optional<Part> part_of(std::string_view word) {
  auto const found = std::ranges::find(parts, word, code);
  return found == parts.end() ? std::nullopt : std::optional(*found);
}

Message name(Part part) {
  switch (part) {
    case Part::reading: return message("The report");
    case Part::regions: return message("Regions");
    case Part::districts: return message("Districts and cities");
    case Part::activities: return message("Activities and people");
    case Part::coverage: return message("Coverage");
    case Part::organisations: return message("Organisations");
  }
  return {};
}

std::vector<Part> pages_of(Report const& report) {
  std::vector<Part> list(parts.begin(), parts.end());
  if (report.scope.place) std::erase(list, Part::regions);
  if (report.without_result()) std::erase(list, Part::coverage);
  return list;
}

Html article(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Note note) {
  Pen pen(report, say, links);
  auto const chapters = chapters_of(pen, texts);
  auto missing = note == Note::draft ? texts.missing() : std::vector<Section>();
  if (!report.recommendations.empty()) std::erase(missing, Section::recommendations);
  auto const below = [](Chapter const&, std::string_view anchor) { return own_path("#" + std::string(anchor)); };
  Html out =
      html("<article class=\"report\">{}{}{}", cover(report, say, Frame::document), draft_note(report, say, missing), contents(say, chapters, below));
  for (auto const& chapter : chapters) out += written(chapter);
  out.add("</article>");
  return out;
}

Html article_page(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Part part,
                  std::function<Url(Part, std::string_view anchor)> const& address) {
  Pen pen(report, say, links);
  auto const chapters = chapters_of(pen, texts);
  auto const pages = way_to_pages(report, say, part, address);
  Html out = html("<article class=\"report\">");
  if (part == Part::reading)
    out.add("{}{}{}", cover(report, say, Frame::page), pages,
            contents(say, chapters, [&](Chapter const& chapter, std::string_view anchor) { return address(chapter.page, anchor); }));
  else out.add("{}{}", short_cover(report, say, part), pages);
  for (auto const& chapter : chapters)
    if (chapter.page == part) out += written(chapter);
  out.add("{}</article>", next_page(report, say, part, address));
  return out;
}

std::string document(Say const& say, std::string_view title, Html const& article) {
  // The stylesheets are files of this program; text from outside never gets into them.
  auto const styles = trusted_html("<style>" + std::string(stylesheet("web/style.css")) + std::string(stylesheet("web/report.css")) + "</style>");
  auto page = html(
      "<!doctype html><html lang=\"{}\" data-theme=\"light\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>{}</title>{}</head><body><main id=\"main\" class=\"wide\">{}</main></body></html>\n",
      say.code(), title, styles, article);
  return for_paper(page.text());
}

}  // namespace birge::report
