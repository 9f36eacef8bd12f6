#include "features/village/village_view.hpp"

#include "features/activity/activity_view.hpp"

namespace birge::village {

Html numbers_to_call(Say const& say, campaign::Facts const& facts, bool only_hotline) {
  Html items;
  for (auto const& contact : facts.contacts) {
    if (contact.found_dead || (only_hotline && contact.purpose != "hotline")) continue;
    auto const text = contact.texts.find(std::string(say.code()));
    auto const name = text == contact.texts.end() ? std::string() : text->second.first;
    auto const checked = contact.checked ? say("checked on {}", *contact.checked) : say("not checked since {}", contact.source_day.substr(0, 4));
    items.add("<li><a href=\"{}\">{} {}</a> <span>{} <small>{}</small></span></li>", url("tel:" + contact.number).value_or(Url()),
              site::icon("phone"), contact.number, name, checked);
  }
  return items.empty() ? Html{} : html("<ul class=\"to-call\">{}</ul>", items);
}

std::string month_words(Say const& say, std::string_view month) {
  auto const day = Day::parse(std::string(month) + "-01");
  return day ? say.month(day->year(), day->month()) : std::string(say("any time"));
}

std::string kind_words(Say const& say, campaign::Facts const& facts, Invitation const& invitation) {
  if (invitation.kind.empty()) return std::string(say("Any activity that fits"));
  return activity::view::kind_name(say, facts, invitation.kind);
}

Html invitation_row(Request& request, campaign::Facts const& facts, Invitation const& invitation) {
  auto const& say = request.say;
  auto const language = say.language();
  auto const asked = local_time(invitation.created, facts.time_zone).day;
  Html details = html("<span>{}</span><span>{}</span>", kind_words(say, facts, invitation), month_words(say, invitation.month));
  if (!invitation.audience.empty()) details.add("<span>{}</span>", facts.codes.name("audience", invitation.audience, language));
  if (invitation.people) details.add("<span>{}</span>", say.plural("about {} person", "about {} people", *invitation.people));
  Html icon = invitation.kind.empty() ? site::icon("other") : activity::view::kind_icon(facts, invitation.kind);
  return html(
      "<li class=\"row\"><span class=\"kind\">{}</span><div><p class=\"title\"><a href=\"{}\">{}</a></p><p class=\"dots\">{}</p></div>"
      "<p class=\"when\"><time datetime=\"{}\">{}</time></p></li>",
      icon, invitation_page(say, invitation.id), facts.places->full_name(invitation.place, language), details, asked, say.day_and_month(asked));
}

Url invitation_page(Say const& say, InvitationId id) { return say.path("/work/invitations/{}", id); }

}  // namespace birge::village
