#include "features/site/workspace.hpp"

#include <array>

#include "features/account/access.hpp"
#include "features/site/site.hpp"

namespace birge::site {

namespace {

using account::Permission;

struct Entry {
  std::string_view name;  ///< as in Head::active
  std::string_view path;  ///< without its language
  Message (*label)();
  Permission need;
};

// The places of the workspace, in the order of the bar. A feature adds its line here when its route is there.
constexpr std::array entries{
    Entry{"work", "/work", [] { return message("My page"); }, Permission::work},
    Entry{"work_activities", "/work/activities", [] { return message("Activities I work on"); }, Permission::plan},
    Entry{"people", "/people", [] { return message("People"); }, Permission::invite},
    Entry{"joining", "/joining", [] { return message("Joining requests"); }, Permission::admit},
};

}  // namespace

Html workspace_bar(Request& request, std::string_view active) {
  auto const* person = account::maybe_person(request);
  if (!person) return {};
  auto const& say = request.say;
  Html list;
  for (auto const& entry : entries)
    if (account::may_somewhere(*person, entry.need))
      list.add("<li><a href=\"{}\" {}>{}</a></li>", own_path("/" + std::string(say.code()) + std::string(entry.path)),
               BIRGE_WHEN(entry.name == active, "aria-current=\"page\""), say(entry.label()));
  return html(
      "<nav class=\"workspace\" aria-label=\"{}\"><div class=\"wide\"><ul>{}</ul><div class=\"me\"><a href=\"{}\" {}>{} <span>{}</span></a>{}</div></div></nav>",
      say("Workspace"), list, say.path("/account"), BIRGE_WHEN(active == "account", "aria-current=\"page\""), icon("person"), person->name,
      form(request, say.path("/sign-out"), html("<button class=\"quiet\">{}</button>", say("Sign out"))));
}

}  // namespace birge::site
