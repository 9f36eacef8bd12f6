#include "features/account/joining.hpp"
#include "features/search/search_groups.hpp"
#include "features/village/village_desk.hpp"

/// What waits for coordinators among what was found: invitations of villages and organisations that want to join. Some hundred at most, so they are
/// compared one by one; nobody is found by a name or telephone number that was left as a contact.
namespace birge::search {

namespace {

constexpr std::size_t most_requests = 500;

Html row(Scene const& scene, Url const& link, std::string_view title, std::string_view text, std::string_view language, Html const& dots) {
  Html told;
  if (!text.empty()) told = html("<p lang=\"{}\">{}</p>", language, marked_excerpt(scene.wanted, text));
  return html("<li class=\"row\"><div><p class=\"title\"><a href=\"{}\">{}</a></p>{}<p class=\"dots\">{}</p></div></li>", link,
              marked(scene.wanted, title), told, dots);
}

}  // namespace

Group invitations(Scene const& scene) {
  auto const& say = scene.say;
  Group group{"invitations", std::string(say("Invitations from villages")), {}};
  if (!scene.person || !account::may_somewhere(*scene.person, account::Permission::see_requests)) return group;
  for (auto const& invitation : village::findable(scene.request)) {
    std::vector<std::string_view> texts{invitation.village, invitation.wish, invitation.reference};
    texts.insert(texts.end(), invitation.names.begin(), invitation.names.end());
    if (!fits(scene.wanted, texts)) continue;
    auto const written =
        invitation.village.empty() || invitation.wish.empty() ? invitation.village + invitation.wish : invitation.village + ": " + invitation.wish;
    auto const dots = html("<span>{}</span><span>{}</span><span>{}</span><span>{}</span>", marked(scene.wanted, invitation.kind),
                           marked(scene.wanted, invitation.month), say(village::name(invitation.state)), marked(scene.wanted, invitation.reference));
    group.items.push_back({id_text(invitation.id), row(scene, invitation.page, invitation.place, written, invitation.language, dots)});
  }
  return group;
}

Group joining_requests(Scene const& scene) {
  auto const& say = scene.say;
  Group group{"joining", std::string(say("Joining requests")), {}};
  if (!scene.person || !account::may_somewhere(*scene.person, account::Permission::admit)) return group;
  for (auto const& joining : account::Register(scene.request.read()).waiting()) {
    if (group.items.size() == most_requests) break;
    if (!account::may_decide(*scene.person, joining)) continue;
    auto const kind = say(coalition::kind_name(joining.kind));
    auto const region = joining.region ? scene.facts->places->name(*joining.region, say.language()).text : std::string(say("National"));
    if (!fits(scene.wanted, {joining.name, joining.about, joining.website, kind, region})) continue;
    group.items.push_back(
        {id_text(joining.id), row(scene, say.path("/joining/{}", id_text(joining.id)), joining.name, joining.about, joining.language,
                                  html("<span>{}</span><span>{}</span>", marked(scene.wanted, kind), marked(scene.wanted, region)))});
  }
  return group;
}

}  // namespace birge::search
