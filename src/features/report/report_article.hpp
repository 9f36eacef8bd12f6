#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "features/report/report_texts.hpp"
#include "features/report/report_view.hpp"

/// The report as markup.
namespace birge::report {

/// Whether a document says what is still to be written in it: to whoever makes it, never to the public.
enum class Note { none, draft };
/// Cover, contents and all chapters, for a document of its own.
Html article(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Note note);

/// The pages that the site cuts the report into: as a whole it is too heavy for the first visit of a cheap phone.
enum class Part { reading, regions, districts, activities, coverage, organisations };
inline constexpr std::array<Part, 6> parts{Part::reading, Part::regions, Part::districts, Part::activities, Part::coverage, Part::organisations};
/// As addresses write it; empty for the first, on which a reader begins.
std::string_view code(Part part);
std::optional<Part> part_of(std::string_view code);
Message name(Part part);
/// Those that there are of a report, in the order of reading: of a region no page of regions, without results nothing about inhabitants.
std::vector<Part> pages_of(Report const& report);

/// One page of the report: of the first the cover and the contents of all. `address` is that of another page of the same report.
Html article_page(Report const& report, Say const& say, Texts const& texts, view::Links const& links, Part part,
                  std::function<Url(Part, std::string_view anchor)> const& address);

/// Whether an ornament stands on a page of the site, which has its pattern already, or in a document of its own.
enum class Frame { page, document };

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
