#pragma once

#include <string>

#include "features/report/report_texts.hpp"
#include "features/report/report_view.hpp"

/// The report as markup.
namespace birge::report {

/// Cover, contents and chapters, to be put on a page of the site or in a document of its own.
enum class Frame { page, document };
Html article(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Frame frame);

/// A text that somebody wrote, as it stands in a report; `page` is the language of the report.
Html text_of(std::string_view markdown, Language language, Language page);

/// A whole HTML document that needs nothing else: the stylesheets are inside, nothing is loaded. What browsers open and the PDF is made of.
std::string document(Say const& say, std::string_view title, Html const& article);

/// The thin ornament, with its pattern; where the page has the pattern already only the line.
Html shyrdak(Frame frame);
/// The banner of a sample edition, repeated at the head of every sheet of paper.
Html sample_banner(Say const& say, Edition const& edition);
/// "Closing report"; of an edition that is not over "Interim report: day 40 of 100".
std::string kind(Report const& report, Say const& say);
/// "Closing report: 100 Days against Trafficking in Persons 2018".
std::string title(Report const& report, Say const& say);

}  // namespace birge::report
