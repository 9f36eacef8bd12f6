#pragma once

#include <boost/json.hpp>

#include "features/intake/intake_record.hpp"

/// Only for this folder: a page must not wait for Boost.JSON to compile.
namespace birge::intake {

boost::json::value json_of(Message const& message);
Message message_of(boost::json::value const& value);

}  // namespace birge::intake
