#pragma once

#include <string>
#include <vector>

#include "features/exchange/exchange.hpp"

namespace birge::exchange {

/// What an import has to say, within bounds: in a sheet where everything is wrong the findings would take more memory than the rows, and
/// nobody reads them all. Up to `most` all are kept, behind that only the first error of each row, so that every refused row has a reason.
class Findings {
public:
  static constexpr std::size_t most = 20'000;

  void add(Finding finding);
  int left_out() const { return left_out_; }
  std::vector<Finding> take() && { return std::move(kept_); }

private:
  std::vector<Finding> kept_;
  std::string error_sheet_;  ///< of the latest error
  int error_row_ = 0;
  int left_out_ = 0;
};

}  // namespace birge::exchange
