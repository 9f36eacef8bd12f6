#pragma once

#include "platform/http/request.hpp"

/// "Invite the campaign to our village": the public form, and what coordinators do with what comes in.
namespace birge::village {

Reply invite_page(Request& request);  ///< /invite
Reply invite(Request& request);       ///< POST of it

Reply invitations(Request& request);  ///< /work/invitations: the list, of the own part of the country
Reply invitation(Request& request);   ///< /work/invitations/{id}
Reply step(Request& request);         ///< POST of it
Reply pass_page(Request& request);    ///< /work/invitations/{id}/pass: what it means to pass one to the hotline, before it is done

}  // namespace birge::village
