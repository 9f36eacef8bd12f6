#pragma once

#include <exception>
#include <string>

#include "platform/base/message.hpp"

namespace birge {

/// Why a request was given up. Each is one HTTP status at the edge and one exit code on the command line.
enum class Failure {
  bad_input,           ///< 400: the request cannot be read
  forbidden,           ///< 403
  not_found,           ///< 404
  method_not_allowed,  ///< 405
  timed_out,           ///< 408
  conflict,            ///< 409: somebody else changed it meanwhile
  gone,                ///< 410
  too_large,           ///< 413
  unsupported_type,    ///< 415
  unprocessable,       ///< 422: read, but what it says cannot be done
  too_many,            ///< 429
  internal,            ///< 500: our fault
  busy,                ///< 503: try again in a moment
};

/// Thrown only to abandon a request or a command. `what()` is for the log; `shown` is for the person.
class Problem : public std::exception {
public:
  Problem(Failure failure, Message shown, std::string log = {}) : failure(failure), shown(std::move(shown)), log_(std::move(log)) {
    if (log_.empty()) log_ = this->shown.text;
  }
  char const* what() const noexcept override { return log_.c_str(); }

  Failure failure;
  Message shown;

private:
  std::string log_;
};

/// One thing wrong with what somebody entered: the field's name (empty for the whole form) and the sentence shown beside it.
struct Fault {
  std::string field;
  Message message;
};

}  // namespace birge
