#include <algorithm>

#include "features/account/session.hpp"
#include "features/site/site.hpp"
#include "platform/base/text.hpp"

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

/// Codes and marks that a form carries along are of plain letters and digits, without spaces; what people write hardly ever is.
bool written(std::string_view value) {
  return std::ranges::any_of(value, [](char c) { return c == ' ' || c == '\n' || c == '@' || c == '+' || static_cast<unsigned char>(c) >= 0x80; });
}

Html written_fields(Request const& request) {
  Html out;
  for (auto const& [name, value] : request.form.list())
    if (!secret(name) && written(trim(value))) out.add("<li>{}</li>", value);
  return out.empty() ? Html{} : html("<ul class=\"typed\">{}</ul>", out);
}

bool has_secrets(Request const& request) {
  return std::ranges::any_of(request.form.list(), [](auto const& field) { return field.first != "form_token" && secret(field.first); });
}

bool may_help_again(Status status) {
  return status == Status::internal_error || status == Status::service_unavailable || status == Status::too_many_requests;
}

}  // namespace

Html what_was_sent(Request& request, Status status) {
  if (request.form.list().empty() || account::trust(request) != account::FormTrust::good) return {};
  auto out = written_fields(request);
  if (!out.empty()) out = html("<h2>{}</h2>{}", request.say("What you typed, to copy it from here"), out);
  if (may_help_again(status) && request.files.empty() && !has_secrets(request))
    out += form(request, own_path(request.message.target),
                html("{}<p><button class=\"button\">{}</button></p>", hidden_fields(request), request.say("Send it again")));
  return out;
}

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
                         say("Nothing was changed yet. Look at what you entered and send it again."), steps, written_fields(request), lost, again),
                    Status::forbidden);
  reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::site
