#include "features/evidence/evidence_view.hpp"

namespace birge::evidence {

std::string counts_text(Say const& say, Counts const& counts) {
  std::string text;
  auto const add = [&](std::string const& part) { text += (text.empty() ? "" : ", ") + part; };
  if (counts.pictures > 0) add(say.plural("{} picture", "{} pictures", counts.pictures));
  if (auto const papers = counts.documents + counts.orders; papers > 0) add(say.plural("{} document", "{} documents", papers));
  if (counts.sheets > 0) add(std::string(say("sign-in sheet handed in")));
  else if (counts.sheet_kept) add(std::string(say("sign-in sheet kept by the organisation")));
  return text;
}

}  // namespace birge::evidence
