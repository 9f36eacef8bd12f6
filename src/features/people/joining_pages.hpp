#pragma once

#include "platform/http/request.hpp"

/// The register of organisations: asking to join, deciding on it, what an organisation tells of itself.
namespace birge::people {

Reply join_page(Request& request);
Reply join(Request& request);
Reply joining_list(Request& request);
Reply joining_page(Request& request);
Reply decide_joining(Request& request);

Reply organisation_form_page(Request& request);
Reply save_organisation(Request& request);
Reply leave_coalition(Request& request);

}  // namespace birge::people
