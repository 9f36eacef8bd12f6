#pragma once

#include <memory>
#include <string_view>

#include "features/intake/intake_pages.hpp"
#include "features/intake/intake_preview.hpp"
#include "features/intake/intake_store.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"

/// What the pages of this folder share.
namespace birge::intake {

/// The import a page's address names. Throws Problem(not_found) where there is none or it is none of the person's business: an upload is its
/// owner's alone; what is stored may also be seen by those who import for the whole country.
struct Opened {
  std::shared_ptr<campaign::Facts const> known;
  Person const& person;
  Run run;
  bool own = false;
};
Opened open(Request& request);
/// The same for its owner only.
Opened open_own(Request& request);

Url page_of(Say const& say, RunId id);
/// `edition`: the one it goes into.
Reply intake_page(Request& request, std::string_view title, Html const& main, Status status = Status::ok, campaign::Edition const* edition = nullptr);
Html crumb(Say const& say);
std::string edition_name(Say const& say, campaign::Facts const& known, activity::EditionId id);

Html preview_part(Request& request, Opened const& opened, std::vector<Fault> const& faults);
Html result_part(Request& request, Opened const& opened);

/// Rows of a preview by what a page shows of them.
enum class Show { all, problems, added, changed, unchanged, skipped, blocked };
std::string_view code(Show show);
/// The rows one page of a preview shows, and where it stands among the others.
struct Section {
  Show show = Show::all;
  std::size_t from = 0, until = 0, all = 0;  ///< ordinals among the rows that are shown
  std::vector<Mark> marks;
};
Section section_of(http::Parameters const& parameters, Preview const& preview);

/// Names of the fields that correct a cell or answer a question.
std::string fix_field(CellName const& cell);

}  // namespace birge::intake
