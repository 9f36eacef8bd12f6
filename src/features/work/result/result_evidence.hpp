#pragma once

#include "features/evidence/evidence_store.hpp"
#include "features/evidence/intake.hpp"
#include "features/work/work_view.hpp"

/// Evidence on the pages of the workspace: who may do what with it, and how it is shown.
namespace birge::work {

struct EvidenceRights {
  bool add = false;      ///< pictures, documents, the sign-in sheet
  bool order = false;    ///< the scan of an order that was entered
  bool manage = false;   ///< words, consents, taking away
  bool release = false;  ///< let a picture through to everybody
  evidence::Viewer viewer;
};
/// Asked at the edge, and again in the writer of an activity that was opened there.
EvidenceRights evidence_rights(db::Reader& read, Opened const& opened, Instant now);

/// Why nobody may add evidence to an activity of a closed edition, or let a picture through.
Message closed_to_evidence();

evidence::Scene evidence_scene(Opened const& opened, Instant now);
evidence::Around evidence_around(Activity const& activity);

/// A form that was refused: which one, what was typed and what is wrong with it.
struct RefusedUpload {
  evidence::Kind kind = evidence::Kind::picture;
  http::Parameters const& typed;
  std::vector<Fault> const& faults;
};
/// The list of what there is and the forms to add to it. Nothing where there is nothing to see or do.
Html evidence_part(Request& request, Opened const& opened, std::optional<RefusedUpload> const& refused = {});
/// What is asked of a picture beside the file.
Html picture_fields(fields::Form const& form);
/// Where two versions of these fields differ, in the words of the form.
std::vector<BothValues> picture_differences(Say const& say, http::Parameters const& typed, http::Parameters const& stored);
/// The field for a file: pictures, PDFs or both.
Html file_field(Say const& say, std::string_view label, evidence::Kind kind, std::vector<Fault> const& faults, bool optional = false);

Url evidence_page(Say const& say, ActivityId activity);
Url evidence_page(Say const& say, evidence::Item const& item);

}  // namespace birge::work
