#pragma once

#include <boost/json/fwd.hpp>

#include <string_view>

#include "platform/http/request.hpp"

/// What every list of the API has in common; for the .cpp files of this folder only.
namespace birge::activity::api {

/// How many rows an answer has.
struct Pages {
  int usual, most;
};

/// The parameter "limit". Throws Problem where it is no such number.
int limit(Request const& request, Pages const& pages);
/// The parameter "after" names nothing that the list can go on from.
[[noreturn]] void no_such_place(std::string_view after);
/// The address of the rows that follow the one with this key.
boost::json::value next(Request const& request, std::string_view key);
Reply reply(boost::json::value const& value);

}  // namespace birge::activity::api
