#include "app/access_page.hpp"

#include "features/account/access.hpp"
#include "platform/i18n/say.hpp"

namespace birge::app {

namespace {

using account::Extent;
using account::Permission;

std::string_view word(Extent extent) {
  switch (extent) {
    case Extent::never: return "–";
    case Extent::own_scope: return "own";
    case Extent::everywhere: return "all";
  }
  return "";
}

std::string need(Access const& access) {
  switch (access.kind()) {
    case Access::Kind::everyone: return "everybody";
    case Access::Kind::by_link: return "whoever has the link";
    case Access::Kind::signed_in: return "everybody who is signed in";
    case Access::Kind::needing: return "`" + std::string(account::permission_code(static_cast<Permission>(access.need()))) + "`";
  }
  return "";
}

std::string_view method_name(http::Method method) { return method == http::Method::get ? "GET" : "POST"; }

}  // namespace

std::string access_page(std::span<Route const> routes) {
  auto const& say = Say::in(Language::en);
  std::string page =
      "# Who may do what\n\n"
      "Made by `make access` from the one table in `src/features/account/access.cpp` and the routes in `src/app/routes.cpp`; a test fails when this page is out of\n"
      "date, and another walks every route with every role and scope. *own*: in the region (regional coordinator), for the organisation (focal point, member,\n"
      "communications officer) or for the activity (helper) the role is held for; *all*: everywhere; –: never. Roles add up. Beyond the table: nobody decides\n"
      "over what they proposed or reported themselves, nobody gives a role that may more than they may themselves, and administrators, coordinators and\n"
      "communications officers sign in with a second step. Objects that somebody may not know of answer 404, not 403.\n\n"
      "| | ";
  for (auto const role : account::roles) page += say(account::role_name(role)) + " | ";
  page += "\n|---|";
  for (std::size_t i = 0; i < account::roles.size(); ++i) page += "---|";
  for (std::size_t i = 0; i < account::permission_count; ++i) {
    auto const permission = static_cast<Permission>(i);
    page += "\n| " + say(account::permission_name(permission)) + " (`" + std::string(account::permission_code(permission)) + "`) |";
    for (auto const role : account::roles) page += " " + std::string(word(account::extent(role, permission))) + " |";
  }
  page += "\n\n## What every route asks for\n\n| method | route | who |\n|---|---|---|\n";
  for (auto const& route : routes)
    page += "| " + std::string(method_name(route.method)) + " | `" + std::string(route.pattern) + "` | " + need(route.access) + " |\n";
  return page;
}

}  // namespace birge::app
