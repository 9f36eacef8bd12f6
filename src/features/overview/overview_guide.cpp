#include "features/overview/overview_guide.hpp"

#include <algorithm>

#include "features/campaign/campaign_guide.hpp"
#include "features/overview/overview_pages.hpp"

namespace birge::overview {

namespace view {

namespace {

using campaign::GuideEntry;
using Entries = std::vector<GuideEntry const*>;

/// They live as long as the guide of the request's snapshot, which keeps it.
Entries of_part(Scene const& scene, std::string_view part) {
  Entries entries;
  auto const all = campaign::guide(scene.request.read());
  for (auto const& entry : *all)
    if (entry.line.part == part) entries.push_back(&entry);
  return entries;
}

Html sentence(Scene const& scene, GuideEntry const& entry) {
  auto const& texts = entry.line.texts;
  auto const own = texts.find(std::string(scene.say.code()));
  auto const& [language, text] = own == texts.end() ? *texts.begin() : *own;
  return site::in_language(scene.request, text, language);
}

/// Where it comes from, of when that is, and whether somebody looked at it since.
Html origin(Scene const& scene, GuideEntry const& entry) {
  auto const& say = scene.say;
  auto const own = entry.titles.find(std::string(say.code()));
  auto const title = own == entry.titles.end() ? source_title(scene.request, entry.title) : html("{}", own->second);
  auto const address = url(entry.address);
  auto const source = address ? html("<a href=\"{}\">{}</a>", *address, title) : title;
  auto const checked = entry.checked ? say("checked on {} by {}", *entry.checked, entry.checked_by) : std::string(say("not checked yet"));
  return html("{} · {}", say.markup("Source: {}, {}", source, html("{}", site::dated(say, entry.dated))), checked);
}

bool of_one_origin(Entries const& entries) {
  return std::ranges::all_of(entries, [&](auto const* entry) {
    auto const& first = *entries.front();
    return entry->line.source == first.line.source && entry->checked == first.checked && entry->checked_by == first.checked_by;
  });
}

/// What all lines have in common is said once below them.
Html list(Scene const& scene, Entries const& entries) {
  bool const together = of_one_origin(entries);
  Html items;
  for (auto const* entry : entries) {
    Html const below = together ? Html{} : html("<br><small class=\"soft\">{}</small>", origin(scene, *entry));
    items.add("<li>{}{}</li>", sentence(scene, *entry), below);
  }
  Html const below = together ? html("<p class=\"soft\"><small>{}</small></p>", origin(scene, *entries.front())) : Html{};
  return html("<ul>{}</ul>{}", items, below);
}

Html signs(Scene const& scene) {
  auto const& say = scene.say;
  auto const entries = of_part(scene, "sign");
  if (entries.empty()) return {};
  return html("<section id=\"signs\" class=\"text\"><h2>{}</h2><p>{}</p>{}</section>", say("How to recognise it"),
              say("You need not see all of these signs, and you need not be sure: one of them is reason enough to ask for help."),
              list(scene, entries));
}

Html advice(Scene const& scene) {
  auto const entries = of_part(scene, "advice");
  if (entries.empty()) return {};
  return html("<section id=\"advice\" class=\"text\"><h2>{}</h2>{}</section>", scene.say("Before you go to work abroad"), list(scene, entries));
}

Html if_something_is_wrong(Scene const& scene) {
  auto const& say = scene.say;
  return html("<section class=\"text\"><h2>{}</h2><p>{} {}</p></section>", say("If something is wrong"),
              say.markup("Tell somebody you trust, or call one of the {}.", html("<a href=\"#help\">{}</a>", say("numbers on this page"))),
              say("You are not to blame, whatever you agreed to or signed."));
}

}  // namespace

Html guide_sections(Scene const& scene) {
  auto const recognise = signs(scene), before = advice(scene);
  if (recognise.empty() && before.empty()) return {};
  if (recognise.empty() || before.empty()) return html("{}{}{}", recognise, before, if_something_is_wrong(scene));
  return html("<div class=\"beside even\">{}{}</div>{}", recognise, before, if_something_is_wrong(scene));
}

Html guide_door(Scene const& scene) {
  auto const& say = scene.say;
  if (campaign::guide(scene.request.read())->empty()) return {};
  return html("<p><a class=\"door\" href=\"{}\"><b>{}</b><span>{}</span></a></p>", say.path("/guide"), say("Signs and advice"),
              say("How to recognise forced labour, and what to know before you go to work abroad."));
}

Html what_it_is(Scene const& scene) {
  auto const& say = scene.say;
  return html(
      "<section class=\"text\"><h2>{}</h2><p>{}</p><p>{}</p></section>", say("What is trafficking in persons?"),
      say("Somebody is recruited, taken or held by force, deceit or abuse of a hard situation, so that others profit: forced work, sexual exploitation, begging, "
          "forced marriage. It happens abroad and at home."),
      say("Whoever it happens to is not to blame and has a right to help."));
}

Html help(Scene const& scene) { return html("<section id=\"help\"><h2>{}</h2>{}</section>", scene.say("Where is help?"), contacts(scene)); }

}  // namespace view

Reply guide(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  site::Head head;
  head.title = say("Signs and advice");
  head.description = say("How to recognise forced labour, and what to know before you go to work abroad.");
  head.canonical = say.path("/guide");
  // The guide is of no edition; but while a sample is shown its page says so, as every other does.
  if (scene.edition && scene.edition->sample) head.edition = scene.edition;
  auto sections = view::guide_sections(scene);
  if (sections.empty()) sections = html("<p class=\"soft\">{}</p>", say("Signs and advice for this country have not been entered yet."));
  return site::page(
      request, head,
      html("<h1>{}</h1><p class=\"lead\">{}</p>{}{}{}", head.title, head.description, view::help(scene), view::what_it_is(scene), sections));
}

}  // namespace birge::overview
