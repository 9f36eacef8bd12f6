#include "features/report/report_chapters.hpp"
#include "features/site/site.hpp"

namespace birge::report {

using view::Pen;

std::vector<std::string> method_notes(Say const& say) {
  return {
      std::string(say(
          "An attendance is one person at one activity. Attendances, different people and the audience of broadcasts are three quantities and are never added to each other.")),
      std::string(
          say("A count that is known only roughly is a range. Sums add the lower and the upper ends, and are shown as a range where these differ.")),
      std::string(
          say("Totals are made of reported and confirmed results and are shown as these two parts. Loading a spreadsheet never confirms a result.")),
      std::string(say("Planned means every activity that was approved, also those held or cancelled later. Held means held, reported or confirmed.")),
      std::string(say(
          "An activity of several organisations counts once. Tables by organisation, topic or audience end with a line that takes off what stands in them more than once.")),
      std::string(say("A week is that of the first day, from Monday to Sunday.")),
      std::string(say(
          "An activity without a district stands in a line “district not said” of its region and is never spread over districts. National, online and several-place "
          "activities have lines of their own, so that each table by place adds up to the total.")),
      std::string(
          say("Rates are attendances per 1,000 inhabitants by unit of the census; some cities are counted there with the district around them.")),
      std::string(say("Unknown sex or age is a category of its own. Where only boys and girls were counted they stand under 18.")),
      std::string(say("Of free consultations and outreach meetings no number by sex or age is shown; all of them stand in one line.")),
      std::string(say("A published total whose parts are unknown is a stated figure: it stands beside its source and is never added to counts.")),
      std::string(say(
          "A moved activity counts once, on its new day. A cancelled one counts as planned and as cancelled. One without a result in time counts as not reported.")),
  };
}

Chapter method(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "method", .title = std::string(say("How we count")), .body = {}, .parts = {}};
  Html items;
  for (auto const& note : method_notes(say)) items.add("<li>{}</li>", note);
  chapter.body.add("<ul>{}</ul>", items);
  auto const hidden = pen.report.figures.total[Measure::hidden];
  if (hidden > 0)
    chapter.body.add(
        "<p>{}</p>",
        say.plural("Counted in every number but listed only for the coalition: {} activity.",
                   "Counted in every number but listed only for the coalition: {} activities, most of them consultations and outreach.", hidden));
  return chapter;
}

namespace {

/// A text of the pack in the language of the report, or as it stands in another.
Html in_own_words(Pen const& pen, std::string_view own, std::string_view text, std::string_view language) {
  return own.empty() ? pen.words(text, language) : html("{}", own);
}

}  // namespace

Chapter sources(Pen& pen) {
  auto const& say = pen.say;
  Chapter chapter{.id = "sources", .title = std::string(say("Sources of the data")), .body = {}, .parts = {}};
  Html items = html("<li>{}</li>", say("Activities and results: what the organisations of the coalition entered in Birge, as of {}.",
                                       say.moment(pen.report.as_of, pen.report.facts->time_zone)));
  for (auto const& source : pen.report.sources) {
    items.add("<li>{}", in_own_words(pen, source.own_title, source.title, campaign::title_language(source.title)));
    auto const dated = source.dated.empty() ? std::string() : site::dated(say, source.dated);
    if (!dated.empty()) items.add(", {}", dated);
    std::string_view stop = view::end_behind(dated);
    // That facts were taken over is no licence; what a licence asks is printed.
    if (!source.licence.empty() && !source.licence.starts_with("Facts")) {
      items.add("{}{}", stop, in_own_words(pen, source.own_licence, source.licence, "en"));
      stop = ". ";
    }
    if (auto const address = url(source.address); address && !source.address.empty())
      items.add("{}<a href=\"{}\">{}</a>", stop, *address, source.address);
    items.add("</li>");
  }
  chapter.body.add("<ul class=\"cited\">{}</ul>", items);
  return chapter;
}

}  // namespace birge::report
