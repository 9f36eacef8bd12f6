#pragma once

#include "platform/http/request.hpp"

/// How people sign in, and how coordinators look after them.
namespace birge::people {

Reply sign_in_page(Request& request);
Reply sign_in(Request& request);
Reply code_page(Request& request);
Reply send_code(Request& request);
Reply setup_page(Request& request);
Reply set_up(Request& request);
Reply sign_out(Request& request);

Reply invitation_page(Request& request);
Reply accept_invitation(Request& request);
Reply reset_page(Request& request);
Reply reset(Request& request);
Reply forgotten_page(Request& request);
Reply send_reset_mail(Request& request);

Reply my_account(Request& request);
Reply change_my_account(Request& request);
Reply change_my_password(Request& request);
Reply end_my_sessions(Request& request);
Reply factor_page(Request& request);
Reply change_factor(Request& request);
Reply leave_page(Request& request);
Reply leave(Request& request);

Reply people_page(Request& request);
Reply person_page(Request& request);
Reply act_on_person(Request& request);
Reply invite_page(Request& request);
Reply invite(Request& request);
Reply revoke_invitation(Request& request);

}  // namespace birge::people
