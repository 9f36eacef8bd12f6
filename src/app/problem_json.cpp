#include "app/problem_json.hpp"

#include <boost/json.hpp>

namespace birge::app {

namespace {

std::string_view title(Status status) {
  switch (status) {
    case Status::bad_request: return "Bad request";
    case Status::forbidden: return "Forbidden";
    case Status::not_found: return "Not found";
    case Status::method_not_allowed: return "Method not allowed";
    case Status::unprocessable: return "Unprocessable content";
    case Status::too_many_requests: return "Too many requests";
    case Status::service_unavailable: return "Service unavailable";
    case Status::internal_error: return "Internal error";
    default: return "Error";
  }
}

}  // namespace

Reply problem_json(Request const& request, Status status, Message const& what) {
  boost::json::object const problem{
      {"type", "about:blank"}, {"title", title(status)}, {"status", static_cast<int>(status)}, {"detail", request.say(what)}};
  auto reply = http::text(boost::json::serialize(problem), "application/problem+json");
  reply.status = status;
  return reply;
}

}  // namespace birge::app
