#include "features/activity/activity_map_view.hpp"
#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_result_view.hpp"
#include "features/activity/activity_view.hpp"
#include "features/evidence/evidence_pages.hpp"
#include "platform/base/text.hpp"

/// The page of one activity.
namespace birge::activity {

namespace {

/// The facts of the page, each with its sign.
class FactList {
public:
  void add(std::string_view icon, std::string_view label, Html const& value) {
    if (!value.empty()) out_.add("<div>{}<dt>{}</dt><dd>{}</dd></div>", site::icon(icon), label, value);
  }
  Html take() && { return html("<dl class=\"facts\">{}</dl>", out_); }

private:
  Html out_;
};

Html when(Say const& say, Activity const& activity) {
  Html out;
  out.add("<time datetime=\"{}\">{}</time>", activity.day, view::day_text(say, activity.day, activity.end_day, activity.precision));
  if (activity.precision == Precision::day && activity.end_day == activity.day) out.add(", {}", say.weekday(activity.day));
  if (auto const time = view::hours(say, activity.start_minutes, activity.end_minutes); !time.empty())
    out.add(", <span class=\"keep\">{}</span>", time);
  if (activity.precision == Precision::month) out.add(" <span class=\"soft\">({})</span>", say("only the month is known"));
  if (activity.precision == Precision::year) out.add(" <span class=\"soft\">({})</span>", say("only the year is known"));
  if (activity.moved_from_day) out.add("<br><span class=\"soft\">{}</span>", say("It was planned for {} at first.", *activity.moved_from_day));
  return out;
}

Html where(Request const& request, Activity const& activity, campaign::Facts const& facts) {
  auto const& say = request.say;
  Html out = view::place_html(request, facts, activity.reach, activity.place, activity.village);
  for (auto const place : activity.places) {
    auto const& name = facts.places->name(place, say.language());
    out.add("<br>{}", site::in_language(request, name.text, name.language));
  }
  if (auto const& venue = activity.text(say.language()).venue; !venue.empty())
    out.add("<br>{}", site::in_language(request, venue, activity.text_language(say.language())));
  if (activity.moved_from_place)
    out.add("<br><span class=\"soft\">{}</span>",
            say("It was planned in another place at first: {}.", facts.places->full_name(*activity.moved_from_place, say.language())));
  return out;
}

Html organisations(Request const& request, std::vector<OrganisationId> const& list, campaign::Facts const& facts) {
  Html out;
  for (auto const id : list) {
    auto const* organisation = facts.organisation(id);
    if (!organisation) continue;
    if (!out.empty()) out.add("<br>");
    out.add("<a href=\"{}\">{}</a>", request.say.path("/organisations/{}", organisation->slug), view::organisation_html(request, facts, id));
  }
  return out;
}

/// Codes of a list, each opening the agenda of that code.
Html coded(Request const& request, std::vector<std::string> const& codes, char const* list, std::string Filter::*member, Activity const& activity,
           campaign::Facts const& facts, EditionId current) {
  Html out;
  for (auto const& code : codes) {
    Filter filter;
    filter.edition = activity.edition;
    filter.*member = code;
    if (!out.empty()) out.add(", ");
    out.add("<a href=\"{}\">{}</a>", agenda_link(request.say, filter, facts, current), facts.codes.name(list, code, request.say.language()));
  }
  return out;
}

Html text(std::string_view value) { return value.empty() ? Html() : html("{}", value); }

Html languages_of(Say const& say, Activity const& activity) {
  std::string names;
  for (auto const code : split(activity.languages, ' ')) {
    if (code.empty()) continue;
    auto const language = language_of(code);
    names += (names.empty() ? "" : ", ") + std::string(language ? site::language_name(say, *language) : code);
  }
  return text(names);
}

Html fact_list(Request const& request, Activity const& activity, campaign::Facts const& facts, EditionId current) {
  auto const& say = request.say;
  FactList list;
  list.add("calendar", say("When"), when(say, activity));
  list.add("place", say("Where"), where(request, activity, facts));
  list.add("organisation", say("Who holds it"), organisations(request, {activity.lead}, facts));
  list.add("organisation", say("Together with"), organisations(request, activity.co_hosts, facts));
  list.add("organisation", say("Supported by"), organisations(request, activity.partners, facts));
  list.add("people", say("For whom"), coded(request, activity.audiences, "audience", &Filter::audience, activity, facts, current));
  list.add("info", say("About what"), coded(request, activity.topics, "topic", &Filter::topic, activity, facts, current));
  list.add("language", say("In which language"), languages_of(say, activity));
  bool const nobody_comes = activity.state == State::cancelled;
  list.add("door", say("Who may come"), activity.entry.empty() || nobody_comes ? Html() : html("{}", say(view::entry_name(activity.entry))));
  list.add("money", say("Cost"), text(activity.cost));
  list.add("phone", say("Contact"), text(activity.contact));
  if (activity.expected && !nobody_comes && !view::public_result(activity))
    list.add("people", say("Expected"), html("{}", say.range(activity.expected->low, activity.expected->high)));
  return std::move(list).take();
}

/// What somebody may do who wanted to come to an activity that does not take place.
Html instead(Say const& say, Activity const& activity, campaign::Facts const& facts, EditionId current) {
  Filter filter;
  filter.edition = activity.edition;
  auto const* region = activity.place ? facts.places->region_of(*activity.place) : nullptr;
  if (region) filter.place = region->id;
  return html("<a href=\"{}\">{}</a>", agenda_link(say, filter, facts, current),
              region ? say("Other activities of this region") : say("Other activities"));
}

Html notices(Request const& request, Activity const& activity, campaign::Facts const& facts, EditionId current) {
  auto const& say = request.say;
  Html out;
  if (activity.state == State::cancelled)
    out.add("<div class=\"notice danger\" role=\"note\">{}<div><p>{}</p><p class=\"screen\">{}</p></div></div>", site::icon("cross"),
            say("This activity was cancelled. It does not take place."), instead(say, activity, facts, current));
  if (activity.moved() && activity.state != State::cancelled)
    out.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("moved"),
            activity.moved_from_day ? say("This activity was moved. The old date was {}.", *activity.moved_from_day)
                                    : std::string(say("This activity was moved to another place.")));
  for (auto const& warning : activity.warnings)
    out.add("<div class=\"notice attention\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("warning"), say(warning_text(warning)));
  return out;
}

Html source_note(Request const& request, Activity const& activity, Store& store) {
  if (activity.source.empty()) return {};
  auto const source = store.source(activity.source);
  if (!source) return {};
  auto const address = url(source->address);
  auto const name = site::in_language(request, source->title, campaign::title_language(source->title));
  auto const title = address ? html("<a href=\"{}\">{}</a>", *address, name) : name;
  return html("<div class=\"notice\" role=\"note\">{}<div><p>{}</p></div></div>", site::icon("document"),
              request.say.markup("This is a documented activity of the past. Source: {}", title));
}

Html links(Request const& request, Activity const& activity) {
  auto const& say = request.say;
  auto const id = id_text(activity.id);
  Html out;
  out.add("<ul class=\"links screen\">");
  // Nobody is called to what does not take place; who subscribed hears of it by the feed.
  bool const invites = activity.state != State::cancelled;
  if (invites && activity.precision == Precision::day)
    out.add("<li><a href=\"{}\">{} {}</a></li>", own_path("/feeds/activity/" + id + "-" + std::string(say.code()) + ".ics"), site::icon("calendar"),
            say("Add to calendar"));
  auto const mail = "mailto:?subject=" + percent_encoded(activity.text(say.language()).title) +
                    "&body=" + percent_encoded(request.absolute(view::page_of(say, activity.id)));
  if (invites) out.add("<li><a href=\"{}\">{} {}</a></li>", say.path("/activities/{}/poster", id), site::icon("print"), say("Poster"));
  out.add("<li><a href=\"{}\">{} {}</a></li></ul>", url(mail).value_or(Url()), site::icon("share"), say("Send by e-mail"));
  return out;
}

/// For programs, at the foot: few readers know what it is.
Html as_data(Say const& say, Activity const& activity) {
  return html("<p class=\"small screen\"><a href=\"{}\">{}</a></p>",
              own_path("/api/v1/activities/" + id_text(activity.id) + "?language=" + std::string(say.code())), say("This activity as data (JSON)"));
}

Html crumbs(Request const& request, Activity const& activity, campaign::Facts const& facts, EditionId current) {
  auto const& say = request.say;
  Filter filter;
  filter.edition = activity.edition;
  Html out;
  out.add("<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li>", say("Where you are"),
          agenda_link(say, filter, facts, current), say("Activities"));
  auto const* region = activity.place ? facts.places->region_of(*activity.place) : nullptr;
  if (region) {
    filter.place = region->id;
    auto const& name = facts.places->name(region->id, say.language());
    out.add("<li><a href=\"{}\">{}</a></li>", agenda_link(say, filter, facts, current), site::in_language(request, name.short_text, name.language));
  }
  out.add("</ol></nav>");
  return out;
}

site::Head head_of(Request const& request, Activity const& activity, campaign::Facts const& facts) {
  auto const& say = request.say;
  auto const& words = activity.text(say.language());
  site::Head head;
  head.title = words.title;
  auto const place = view::place_text(say, facts, activity.reach, activity.place, activity.village);
  head.description = view::kind_name(say, facts, activity.kind) + ", " + view::day_text(say, activity.day, activity.end_day, activity.precision) +
                     (place.empty() ? "" : ", " + place) + (words.summary.empty() ? "" : ". " + shortened(clean_line(words.summary), 160));
  if (activity.state == State::cancelled) head.description = say("Cancelled: {}", head.description);
  head.active = "agenda";
  head.canonical = view::page_of(say, activity.id);
  head.edition = facts.edition(activity.edition);
  head.share_picture = own_path("/share/activities/" + id_text(activity.id) + "-" + std::string(say.code()) + ".png");
  if (activity.precision == Precision::day)
    head.feeds = {{"text/calendar", words.title, own_path("/feeds/activity/" + id_text(activity.id) + "-" + std::string(say.code()) + ".ics")}};
  return head;
}

}  // namespace

Reply activity(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const id = parse_id_as<ActivityTag>(request.capture("id"));
  Store store(request.read());
  auto const found = id ? store.find(*id) : std::nullopt;
  if (!found || !counted(found->state)) throw Problem(Failure::not_found, message("There is no activity at this address."));
  if (!found->is_public) return site::problem_page(request, Status::not_found, message("This activity is known to the coalition only."));

  auto const current = facts->current(request.now);
  auto const current_id = current ? current->id : EditionId{};
  auto const today = facts->today(request.now);
  auto const& words = found->text(say.language());
  auto const language = found->text_language(say.language());
  auto const* edition = facts->edition(found->edition);
  Html main;
  main += crumbs(request, *found, *facts, current_id);
  main.add("<p class=\"above\">{} {} · {}</p><h1>{}</h1><p>{}</p>", view::kind_icon(*facts, found->kind), view::kind_name(say, *facts, found->kind),
           edition ? edition->name(say.language()) : std::string(), site::in_language(request, words.title, language),
           view::tags(request, *facts, view::standing(*found), today, false));
  main += notices(request, *found, *facts, current_id);
  main += links(request, *found);
  main += source_note(request, *found, store);
  main.add("<div class=\"beside\"><div>");
  if (!words.summary.empty()) main.add("<div class=\"text\"><p class=\"lead\">{}</p></div>", site::in_language(request, words.summary, language));
  main += fact_list(request, *found, *facts, current_id);
  // Of what was reported once the day is known already.
  auto const came_in = found->result && found->result->version > 1 ? store.result_came_in(found->id) : std::nullopt;
  main += view::what_happened(request, *found, came_in, *facts, today);
  main += evidence::pictures_part(request, found->id);
  main += as_data(say, *found);
  main.add("</div><aside>{}</aside></div>", view::place_map(request, *found, *facts));
  return site::page(request, head_of(request, *found, *facts), main);
}

}  // namespace birge::activity
