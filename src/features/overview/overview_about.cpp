#include "features/activity/activity_pages.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_store.hpp"
#include "features/overview/overview_view.hpp"

namespace birge::overview {

namespace {

using namespace view;

/// These pages are of no edition; but while a sample is shown they speak of invented data too and have to say so.
site::Head head_of(Scene const& scene, std::string_view title, std::string_view description, Url address) {
  site::Head head;
  if (scene.edition && scene.edition->sample) head.edition = scene.edition;
  head.title = title;
  head.description = description;
  head.canonical = std::move(address);
  return head;
}

/// A cell in the language of the page, or in English where the pack says it so alone.
Html cell(std::string_view label, std::string_view own, std::string_view english) {
  if (!own.empty()) return html("<td data-label=\"{}\">{}</td>", label, own);
  return html("<td data-label=\"{}\" lang=\"en\">{}</td>", label, english);
}

/// What a licence asks stands in its own words; that bare facts were taken over is ours to say.
Html licence_cell(Say const& say, Source const& source) {
  if (source.licence.starts_with("facts") || source.licence.starts_with("Facts"))
    return html("<td data-label=\"{}\">{}</td>", say("Licence"), say("facts only, in our own words"));
  return cell(say("Licence"), source.own_licence, source.licence);
}

Html source_row(Request const& request, Source const& source) {
  auto const& say = request.say;
  auto const address = url(source.address);
  auto const name = source.own_title.empty() ? source_title(request, source.title) : html("{}", source.own_title);
  auto const title = address ? html("<a href=\"{}\">{}</a>", *address, name) : name;
  return html("<tr><th scope=\"row\">{}</th><td data-label=\"{}\">{}</td>{}{}</tr>", title, say("Date"),
              source.dated.empty() ? std::string(say("no date")) : site::dated(say, source.dated), licence_cell(say, source),
              cell(say("Note"), source.own_note, source.note));
}

/// A rule in two parts: what it is about, and the rule.
Html rule(std::string_view what, std::string_view text) { return html("<h2>{}</h2><p>{}</p>", what, text); }

}  // namespace

Reply sources(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  Html rows, maps;
  for (auto const& source : all_sources(request.read(), say.code())) rows += source_row(request, source);
  for (auto const& attribution : attributions(request.read(), say.code())) maps.add("<p>{}</p>", attribution);
  auto const main = html(
      "<h1>{}</h1><p class=\"lead\">{}</p><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>{}</tbody></table><h2>{}</h2>{}",
      say("Where do the facts come from?"),
      say("Places, inhabitants, maps, days off, help numbers and what is known of earlier editions, each with its source and licence."),
      say("Sources"), say("Source"), say("Date"), say("Licence"), say("Note"), rows, say("Maps"), maps);
  return site::page(
      request,
      head_of(scene, say("Sources of the data"), say("Where the facts on these pages come from, and under which licence."), say.path("/sources")),
      main);
}

Reply method(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  Html rules;
  rules += rule(say("Attendances, not people"),
                say("We count who came to each activity. Somebody who comes to three activities is counted three times. Birge does not say how many "
                    "different people came: heads are counted without names, so nobody can tell who came twice. The report says “not estimated”."));
  rules += rule(say("Broadcasts stand apart"),
                say("Listeners, viewers and followers of a programme or a post are a quantity of their own. They are never added to attendances."));
  rules += rule(say("Ranges stay ranges"),
                say("Where somebody wrote “150 to 200”, both ends are kept and added up separately. A sum is then shown as a range too."));
  rules += rule(
      say("Reported and confirmed"),
      say("A total counts results that an organisation reported and those that the coordinator confirmed, and always shows the two parts. Reading in a "
          "spreadsheet never confirms anything."));
  rules += rule(
      say("Held together, counted once"),
      say("An activity of several organisations counts once in the total. In the table by organisation it stands with each of them, and the last "
          "line says by how much, so that the table still adds up."));
  rules +=
      rule(say("Several topics or audience groups"),
           say("The same holds for topics and audience groups: an activity stands under each of its own, and a line takes away what was counted more "
               "than once."));
  rules += rule(
      say("Where it was"),
      say("An activity for which only the region is known has a line of its own; it is never spread over districts. So have activities in several places, nationwide and "
          "online. Every table adds up to the total."));
  rules += rule(
      say("When it was"),
      say("A week begins on Monday, and an activity belongs to the week of its first day. A moved activity is the same activity: it counts once, on its new date."));
  rules += rule(
      say("Per 1,000 inhabitants"),
      say("Rates are by census unit of the 2022 census, which counts some towns together with the district around them: Bishkek with Alamudun, Osh with "
          "Kara-Suu."));
  rules += rule(
      say("Women and men, old and young"),
      say("What the organisations wrote down by sex and age is added up. What they did not say is a group of its own. Where the parts exceed their total, a "
          "line shows the difference."));
  rules += rule(
      say("What we do not show"),
      say("Legal advice, outreach and the like are counted in the totals, but not by sex and age, and they are not listed, so that nobody can be recognised."));
  rules += rule(
      say("Not reported in time"),
      say("A result is due three working days after the activity. From then on it is listed as missing, counted anew every day. An activity whose report was "
          "sent back counts as held without a report yet: it is waited for again."));
  rules += rule(
      say("Stated figures"),
      say("A total that was published without its parts, such as those of 2017, is shown as a stated figure with its source. It is never added to what is counted here."));
  rules += rule(
      say("Every number opens"),
      say("Each number leads to the list of activities behind it, and that list says the same number. Activities that are not listed in public are said with it."));
  auto const main = html("<div class=\"text\"><h1>{}</h1><p class=\"lead\">{}</p>{}</div>", say("How do we count?"),
                         say("The rules that every page, feed and report of this site keeps."), rules);
  return site::page(
      request, head_of(scene, say("How we count"), say("The rules by which activities and attendances are counted."), say.path("/method")), main);
}

Reply open_data(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  Html rows;
  auto const add = [&](std::string_view ending, std::string_view name, std::string_view use) {
    auto const address = activity::agenda_feed_address(say, scene.filter(), *scene.facts, scene.current(), ending);
    rows.add("<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td data-label=\"{}\">{}</td><td data-label=\"{}\"><code>{}</code></td></tr>", address,
             name, say("What for"), use, say("Address"), address.text());
  };
  add("ics", say("Calendar (iCalendar)"), say("Subscribe to it in the calendar of a telephone or an office; it keeps itself up to date."));
  add("atom", say("Feed (Atom)"), say("For news readers and sites that show what is new. The newest {} changes.", activity::feed_changes));
  add("json", say("Feed (JSON)"), say("The same for programs, {} activities at a time; “next_url” leads to the rest.", activity::feed_page));
  add("geojson", say("Map (GeoJSON)"), say("Activities as points, for maps."));
  add("csv", say("Table (CSV)"), say("For spreadsheets and statistics."));
  add("xlsx", say("Workbook (XLSX)"), say("The same, ready to open."));
  add("3w", say("Who does what, where (3W with HXL tags)"), say("For the shared maps of the humanitarian organisations."));
  auto const main = html(
      "<h1>{}</h1><p class=\"lead\">{}</p><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>"
      "<tbody>{}</tbody></table><div class=\"text\"><h2>{}</h2><p>{}</p><h2>{}</h2><p>{} {}</p><p><a href=\"{}\">{}</a></p><h2>{}</h2><p>{}</p><p><a href=\"{}\">{}</a> · <a href=\"{}\">{}</a></p></div>",
      say("Take the data with you"), say("Everything that is public here can be had as a file or a feed, without asking."), say("Formats"),
      say("Format"), say("What for"), say("Address"), rows, say("Only a part of it"),
      say("Choose region, kind, topic, organisation or days in the list of activities: the links on that page then give just that part. The address of the page holds the filter. A file holds up to {} activities.",
          activity::feed_rows),
      say("For programs"), say("The API answers in JSON; lists come in pages, and each answer says where the next one is."),
      say("Where a CSV table does not hold all activities of the list, the header Birge-Cut of the answer says how many it holds."),
      own_path("/api/v1/openapi.json"), say("Description of the API (OpenAPI)"), say("What you may do with it"),
      say("Use it and pass it on, and say where it comes from. The sources of maps and places have licences of their own. Sample data must be called so wherever it appears."),
      say.path("/sources"), say("Sources of the data"), say.path("/method"), say("How we count"));
  return site::page(request, head_of(scene, say("Open data"), say("Feeds, files and the API of this site."), say.path("/open-data")), main);
}

}  // namespace birge::overview
