#pragma once

#include <string_view>
#include <vector>

#include "features/account/account_store.hpp"
#include "platform/http/request.hpp"

/// Setting up the second factor: at the first sign-in, and again from one's own account.
namespace birge::people {

struct Setup {
  Url action;
  std::string_view next;
  bool ask_password = false;  ///< who is in already shows that it is them
};

Reply setup_form(Request& request, account::Session const& session, Setup const& setup, std::vector<Fault> const& faults, Status status);
/// Reads what was chosen (an app with its first code, or a card) and shows the paper codes, once.
Reply set_up_factor(Request& request, account::Session const& session, Setup const& setup);

}  // namespace birge::people
