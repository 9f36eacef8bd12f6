#include "features/account/session.hpp"
#include "features/site/site.hpp"

namespace birge::site {

namespace {

/// Fields that are never sent back to a page.
bool secret(std::string_view name) { return name == "form_token" || name.starts_with("password") || name.starts_with("code"); }

Html hidden_fields(Request const& request) {
  Html out;
  for (auto const& [name, value] : request.form.list())
    if (!secret(name)) out.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
  return out;
}

Html shown_fields(Request const& request) {
  Html out;
  for (auto const& [name, value] : request.form.list())
    if (!secret(name) && !value.empty()) out.add("<li>{}</li>", value);
  return out.empty() ? Html{} : html("<ul class=\"typed\">{}</ul>", out);
}

}  // namespace

Html form(Request& request, Url const& action, Html const& body, bool files) {
  auto const token = account::form_token(request, action.text());
  // What is missing is said by the answer, in the reader's language and with everything typed kept; a browser says it in its own.
  return html("<form method=\"post\" action=\"{}\" novalidate {}><input type=\"hidden\" name=\"form_token\" value=\"{}\">{}</form>", action,
              BIRGE_WHEN(files, "enctype=\"multipart/form-data\""), token, body);
}

Reply send_again_page(Request& request, bool signed_out) {
  auto const& say = request.say;
  Head head;
  head.title = signed_out ? say("You are no longer signed in") : say("This page was open for a long time");
  head.index = false;
  head.canonical = say.path("/");
  Html steps;
  if (signed_out)
    steps = html("<p><a class=\"button\" href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p><p>{}</p>", say.path("/sign-in"),
                 say("Sign in in another window"), say("Then come back to this page: what you entered is still here."));
  auto const again = form(request, own_path(request.message.target),
                          html("{}<p><button class=\"button\">{}</button></p>", hidden_fields(request), say("Send it again")));
  Html lost;
  if (!request.files.empty()) lost = html("<p>{}</p>", say("Files have to be chosen again."));
  auto reply = page(request, head,
                    html("<section class=\"narrow\"><h1>{}</h1><p>{}</p>{}{}{}{}</section>", head.title,
                         say("Nothing was changed yet. Look at what you entered and send it again."), steps, shown_fields(request), lost, again),
                    Status::forbidden);
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::site
