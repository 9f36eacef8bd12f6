#pragma once

#include <optional>

#include "features/evidence/evidence.hpp"
#include "platform/files/folder.hpp"
#include "platform/http/request.hpp"

/// How a file comes in: looked at, cleaned and stored before the transaction that names it.
namespace birge::evidence {

struct Intake {
  Message fault;                    ///< one sentence when it was refused; then nothing was stored
  Item item;                        ///< what is known of the file: kind, file, bytes, pixels, preview
  std::optional<files::Hold> hold;  ///< to be kept until the transaction that names the file is durable
};

/// Takes the one file of a form. Each person may send so many files an hour; throws Problem(too_many) past that, and Problem(busy) when many
/// wait for the same.
Intake take_in(Request& request, Kind kind);
/// Whether the form came with a file at all.
bool has_file(Request const& request);

}  // namespace birge::evidence
