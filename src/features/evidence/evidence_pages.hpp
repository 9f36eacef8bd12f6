#pragma once

#include "features/evidence/evidence.hpp"
#include "platform/http/request.hpp"

/// What everybody sees of evidence, and how a stored file is sent.
namespace birge::evidence {

/// The pictures of an activity that are public, for its page. Nothing where there are none.
Html pictures_part(Request& request, ActivityId activity);

/// /pictures/{file}: a public picture by the hash of its content. Throws Problem(not_found) for every other file, stored or not.
Reply public_picture(Request& request);

/// A stored file as an answer that can do nothing in a browser: pictures are shown, documents are saved under a name of our own. Throws
/// Problem(gone) when it is missing on the disk.
Reply file_reply(Request& request, Item const& item);
Reply preview_reply(Request& request, Item const& item);

}  // namespace birge::evidence
