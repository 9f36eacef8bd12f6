#include "features/exchange/exchange.hpp"

namespace birge::exchange {

namespace {

using Column = sheet::BookWriter::Column;

std::vector<std::string> names(campaign::Facts const& facts, std::string_view list, Language language) {
  std::vector<std::string> names;
  for (auto const& code : facts.codes.list(list)) names.push_back(code.name(language));
  return names;
}

std::vector<std::string> texts(std::initializer_list<std::string_view> list) { return {list.begin(), list.end()}; }

std::vector<std::string> names(campaign::Facts const& facts, std::vector<place::Place const*> const& places, Language language, Day today) {
  std::vector<std::string> names;
  for (auto const* place : places)
    if (place->valid_on(today)) names.push_back(facts.places->name(place->id, language).text);
  return names;
}

std::vector<std::string> regions(campaign::Facts const& facts, Say const& say, Day today) {
  auto names = exchange::names(facts, facts.places->regions(), say.language(), today);
  names.emplace_back(say("whole country"));
  names.emplace_back(say("online"));
  return names;
}

/// In the order somebody fills them in; every title is one that an import reads.
std::vector<Column> plan_columns(campaign::Facts const& facts, Say const& say, Day today) {
  auto const language = say.language();
  return {
      {std::string(say("Id")),
       8,
       {},
       std::string(say("Your own number of the activity. With it a later file corrects this row instead of adding one."))},
      {std::string(say("Title")), 40, {}, std::string(say("What the activity is called. At most 300 characters.")), true},
      {std::string(say("Kind")), 24, names(facts, "kind", language), {}, true},
      {std::string(say("Topic")), 24, names(facts, "topic", language), {}},
      {std::string(say("Topic 2")), 24, names(facts, "topic", language), {}},
      {std::string(say("Date")), 14, {}, std::string(say("The first day: 14.09.2018. Or from first to last: 10-12.10.2018.")), true},
      {std::string(say("Time")), 12, {}, std::string(say("10:00 or 10:00-12:00"))},
      {std::string(say("Region")), 24, regions(facts, say, today), {}, true},
      {std::string(say("District")), 24, names(facts, facts.places->districts(), language, today), {}},
      {std::string(say("Community")), 20, {}, {}},
      {std::string(say("Village")), 20, {}, {}},
      {std::string(say("Venue")), 24, {}, {}},
      {std::string(say("Lead organisation")), 30, {}, {}, true},
      {std::string(say("Co-hosts")), 24, {}, std::string(say("Several names with ; between them."))},
      {std::string(say("Partners")), 24, {}, std::string(say("Several names with ; between them."))},
      {std::string(say("Target group")), 24, names(facts, "audience", language), {}},
      {std::string(say("Language of the event")), 16, {}, {}},
      {std::string(say("Entry")), 16, texts({say("open to all"), say("by invitation")}), {}},
      {std::string(say("Cost")), 12, {}, {}},
      {std::string(say("Public contact")), 20, {}, std::string(say("Everybody will see it."))},
      {std::string(say("Visibility")), 16, texts({say("public"), say("coalition only")}), {}},
      {std::string(say("Expected participants")), 12, {}, {}},
      {std::string(say("Description")),
       40,
       {},
       std::string(say("Everybody will see it. No names, phone numbers or stories of people who were helped."))},
  };
}

std::vector<Column> result_columns(Say const& say) {
  auto const heads = std::string(say("A number, or a range: 150-200."));
  return {
      {std::string(say("Status")), 16, texts({say("planned"), say("held"), say("cancelled"), say("moved")}), {}},
      {std::string(say("New date")), 14, {}, std::string(say("Of a moved activity. The old date stays in its column."))},
      {std::string(say("Reason")), 20, {}, std::string(say("Of a cancellation or a move."))},
      {std::string(say("Women")), 10, {}, heads},
      {std::string(say("Men")), 10, {}, heads},
      {std::string(say("Girls")), 10, {}, heads},
      {std::string(say("Boys")), 10, {}, heads},
      {std::string(say("Total participants")), 12, {}, heads},
      {std::string(say("Broadcast audience")), 12, {}, std::string(say("Listeners, viewers or readers. It is never added to participants."))},
      {std::string(say("Method of counting")), 18, texts({say("sign-in sheet"), say("head count"), say("estimate"), say("ticket")}), {}},
      {std::string(say("Comment")), 40, {}, std::string(say("Only the coalition sees it."))},
  };
}

std::string help(Column const& column, Say const& say) {
  std::string text(column.required ? say("Must be filled in.") : std::string_view());
  auto const more = !column.note.empty()      ? std::string_view(column.note)
                    : !column.choices.empty() ? say("Choose from the list.")
                                              : std::string_view();
  if (!text.empty() && !more.empty()) text += " ";
  text += more;
  return text.empty() ? std::string(say("May stay empty.")) : text;
}

void write_help(sheet::BookWriter& writer, std::vector<Column> const& columns, Say const& say) {
  writer.sheet(say("How to fill it in"), {{std::string(say("Column name")), 28, {}, {}}, {std::string(say("What belongs there")), 90, {}, {}}});
  for (auto const& column : columns) {
    writer.text(column.title, column.required ? sheet::BookWriter::Style::required : sheet::BookWriter::Style::plain);
    writer.text(help(column, say));
    writer.end_row();
  }
}

}  // namespace

std::string import_template(campaign::Facts const& facts, Language language, Day today) {
  auto const& say = Say::in(language);
  auto columns = plan_columns(facts, say, today);
  for (auto& column : result_columns(say)) columns.push_back(std::move(column));
  sheet::BookWriter writer;
  writer.sheet(say("Activities"), columns);
  write_help(writer, columns, say);
  return std::move(writer).take();
}

}  // namespace birge::exchange
