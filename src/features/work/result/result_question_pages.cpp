#include "features/activity/activity_view.hpp"
#include "features/work/result/result_question.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_view.hpp"

/// What people asked, so that it becomes the next message: all results of an edition read together, with what was difficult and recommended beside.
namespace birge::work {

namespace view = activity::view;
using fields::Choice;

namespace {

constexpr int rows_a_page = 30;

/// How a topic stands in an address; “another” has no code.
constexpr std::string_view another = "another";

std::string topic_name(Say const& say, campaign::Facts const& known, std::string_view topic) {
  return topic.empty() ? std::string(say("Another topic")) : known.codes.name("topic", topic, say.language());
}

Url address(Request const& request, std::string_view topic, std::string_view before) {
  auto query = request.query;
  for (auto const& [name, value] : {std::pair("topic", topic), std::pair("before", before)}) query.set(name, std::string(value));
  std::vector<std::pair<std::string, std::string>> kept;
  for (auto const& [name, value] : query.list())
    if (!value.empty()) kept.emplace_back(name, value);
  auto const text = http::Parameters::of(std::move(kept)).encoded();
  return own_path(std::string(request.say.path("/work/questions").text()) + (text.empty() ? "" : "?" + text));
}

Html filters(Request& request, campaign::Facts const& known, campaign::Edition const& edition) {
  auto const& say = request.say;
  static std::vector<Fault> const none;
  auto typed = request.query;
  typed.set("edition", edition.slug);
  fields::Form const form{say, typed, none};
  std::vector<Choice> editions, regions{{"", std::string(say("Everywhere"))}};
  for (auto const& each : known.editions) editions.push_back({each.slug, each.name(say.language())});
  for (auto const* region : known.places->regions()) regions.push_back({region->code, known.places->name(region->id, say.language()).text});
  auto body = fields::select(form, "edition", say("Edition"), editions);
  body += fields::select(form, "place", say("Where"), regions);
  body += fields::hidden("topic", request.query.get("topic"));
  return html("<form class=\"choose\" method=\"get\" action=\"{}\">{}<button class=\"button second\">{}</button></form>", say.path("/work/questions"),
              body, say("Show"));
}

Html topics(Request& request, campaign::Facts const& known, Told const& told) {
  auto const& say = request.say;
  Html rows;
  for (auto const& each : topics_asked(request.read(), told)) {
    bool const chosen = told.topic == each.topic;
    auto const opens = address(request, each.topic.empty() ? another : std::string_view(each.topic), "");
    rows.add("<tr><th scope=\"row\"><a href=\"{}\" {}>{}</a></th><td class=\"n\"><a href=\"{}\">{}</a></td></tr>", opens,
             BIRGE_WHEN(chosen, "aria-current=\"true\""), topic_name(say, known, each.topic), opens, say.number(each.questions));
  }
  if (rows.empty()) return {};
  Html all;
  if (told.topic) all = html("<p><a href=\"{}\">{}</a></p>", address(request, "", ""), say("Every topic"));
  return html(
      "<table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table>{}",
      say("How often was asked about what"), say("Topic"), say("Questions"), rows, all);
}

Html said(std::string_view heading, std::string_view text) { return text.empty() ? Html() : html("<p><b>{}</b>: {}</p>", heading, text); }

/// One activity: the questions of the topic that is looked at, or all of them with what else was said.
Html row(Request& request, campaign::Facts const& known, Told const& told, ToldBy const& by, ResultWords const& words) {
  auto const& say = request.say;
  Html questions;
  for (auto const& question : words.questions)
    if (!told.topic || *told.topic == question.topic)
      questions.add("<li>{} <span class=\"soft\">({})</span></li>", question.text, topic_name(say, known, question.topic));
  if (!questions.empty()) questions = html("<ul>{}</ul>", questions);
  Html beside;
  if (!told.topic) {
    beside += said(say("What was difficult"), words.challenges);
    beside += said(say("What we recommend"), words.recommendation);
  }
  auto const where = by.region ? known.places->name(*by.region, say.language()).text : std::string(say("National, online, in several places"));
  return html("<li class=\"card\"><h2><a href=\"{}\">{}</a></h2><p class=\"soft\"><time datetime=\"{}\">{}</time> · {} · {}</p>{}{}</li>",
              activity_page(say, by.id), site::in_language(request, by.title, by.language), by.day, say.date(by.day), where,
              view::organisation_html(request, known, by.lead), questions, beside);
}

std::optional<std::pair<Day, ActivityId>> behind(http::Parameters const& query) {
  auto const cursor = activity::Cursor::parse(query.get("before"));
  if (!cursor) return std::nullopt;
  return std::pair(Day::parse(cursor->day).value(), cursor->id);
}

}  // namespace

Reply questions(Request& request) {
  auto const& say = request.say;
  auto const& person = account::person(request);
  // Who helps with one activity reads what was said on its own page.
  if (!account::may_everywhere(person, account::Permission::see_coalition)) throw Problem(Failure::forbidden, message("You may not do this."));
  auto const known = site::facts(request);
  auto const& edition = site::chosen_edition(request, *known);
  Told told{edition.id, std::nullopt, std::nullopt};
  if (auto const* place = known->places->by_code(request.query.get("place")))
    if (auto const* region = known->places->region_of(place->id)) told.region = region->id;
  auto const topic = request.query.get("topic");
  if (topic == another) told.topic = "";
  else if (known->codes.find("topic", topic)) told.topic = std::string(topic);
  auto list = told_by(request.read(), told, behind(request.query), rows_a_page + 1);
  bool const more = list.size() > static_cast<std::size_t>(rows_a_page);
  if (more) list.pop_back();
  Store store(request.read());
  Html rows;
  for (auto const& by : list) rows += row(request, *known, told, by, store.words(by.id, by.result_version));
  auto main = html("<p class=\"above\"><a href=\"{}\">{}</a></p><h1>{}</h1><p class=\"lead\">{}</p>", say.path("/work"), say("My page"),
                   say("What people asked"),
                   say("What is asked most often becomes the next message. With it stands what was difficult and what is recommended."));
  main += filters(request, *known, edition);
  main += topics(request, *known, told);
  if (rows.empty()) main.add("<p>{}</p>", say("No result says anything of it."));
  else main.add("<ol class=\"cards\">{}</ol>", rows);
  if (more)
    main.add("<nav class=\"pages\" aria-label=\"{}\">{}</nav>", say("Pages"),
             site::later_link(address(request, topic, activity::Cursor{list.back().day.iso(), list.back().id}.text()), say("Rows after")));
  return work_page(request, say("What people asked"), main, Status::ok, "work", &edition);
}

}  // namespace birge::work
