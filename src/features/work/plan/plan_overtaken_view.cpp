#include "features/work/work_view.hpp"

/// What somebody else stored meanwhile, beside what was typed.
namespace birge::work {

Html both_versions(Say const& say, std::string_view sentence, std::vector<BothValues> const& values) {
  // On a telephone each field is a card: the two values must be seen together.
  auto const value = [](std::string const& text) { return text.empty() ? html("<span class=\"soft\">–</span>") : html("{}", text); };
  Html rows;
  for (auto const& each : values)
    rows.add("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td data-label=\"{}\">{}</td><td data-label=\"{}\">{}</td></tr>", each.field,
             each.label, say("You typed"), value(each.typed), say("Stored now"), value(each.stored));
  Html table;
  if (!rows.empty())
    table = html(
        "<table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr>"
        "</thead><tbody>{}</tbody></table>",
        say("Both versions"), say("Field"), say("You typed"), say("Stored now"), rows);
  return html("<div class=\"notice attention\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p>{}</div></div>", site::icon("warning"),
              say("Somebody else changed this meanwhile"), sentence, table);
}

Html what_was_typed(Say const& say, Message const& why_not, std::vector<BothValues> const& values) {
  Html rows;
  for (auto const& each : values)
    if (!each.typed.empty()) rows.add("<div><dt>{}</dt><dd>{}</dd></div>", each.label, each.typed);
  return html("<div class=\"notice danger\" role=\"alert\">{}<div><h2>{}</h2><p>{}</p></div></div><h2>{}</h2><dl class=\"facts\">{}</dl>",
              site::icon("warning"), say("It was not stored"), say(why_not), say("What you typed, to copy it from here"), rows);
}

}  // namespace birge::work
