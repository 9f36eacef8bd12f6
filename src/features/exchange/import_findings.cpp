#include "features/exchange/import_findings.hpp"

#include <utility>

namespace birge::exchange {

void Findings::add(Finding finding) {
  bool const error = finding.severity == Finding::Severity::error;
  bool const first_error = error && (finding.row != error_row_ || finding.sheet != error_sheet_);
  if (error) error_row_ = finding.row, error_sheet_ = finding.sheet;
  if (kept_.size() < most || first_error) kept_.push_back(std::move(finding));
  else ++left_out_;
}

}  // namespace birge::exchange
