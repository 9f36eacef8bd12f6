#include <algorithm>
#include <boost/json.hpp>

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/feed/feed.hpp"
#include "features/activity/feed/feed_json.hpp"
#include "features/activity/feed/feed_words.hpp"
#include "platform/base/text.hpp"

/// Lists as Atom, JSON Feed and GeoJSON.
namespace birge::activity::feeds {

namespace {

std::string address_of(List const& list, Activity const& activity) {
  return list.public_address + std::string(view::page_of(list.say, activity.id).text());
}

/// One line that says what a reader needs: state, when, where, who.
std::string line_of(List const& list, Activity const& activity) {
  auto const& say = list.say;
  auto const standing = view::standing(activity);
  std::string line = view::state_text(say, standing, list.facts.today(list.now));
  if (auto const moved = view::moved_text(say, list.facts, standing); !moved.empty()) line += ". " + moved;
  line += ". " + view::day_text(say, activity.day, activity.end_day, activity.precision);
  if (auto const time = view::hours(say, activity.start_minutes, activity.end_minutes); !time.empty()) line += ", " + time;
  if (auto const place = where(say, list.facts, activity); !place.empty()) line += ". " + place;
  line += ". " + view::organisation_name(say, list.facts, activity.lead) + ".";
  if (auto const& summary = activity.text(say.language()).summary; !summary.empty()) line += " " + summary;
  return plain_spaces(line);
}

/// XML 1.0 holds no control characters but tab and line breaks, not even escaped.
std::string clean(std::string_view text) {
  std::string out;
  for (char const c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
  return out;
}

std::string title_of(List const& list, Activity const& activity) {
  auto const& title = activity.text(list.say.language()).title;
  return activity.state == State::cancelled ? list.say("Cancelled: {}", title) : title;
}

json::Context context_of(List const& list) { return {list.say, list.facts, list.facts.today(list.now), list.public_address}; }

}  // namespace

std::string atom(List const& list) {
  std::vector<Activity const*> latest;
  for (auto const& activity : list.activities) latest.push_back(&activity);
  std::ranges::sort(latest, [](Activity const* a, Activity const* b) { return std::pair(b->changed, b->id) < std::pair(a->changed, a->id); });
  // What a feed reader fetches again and again stays small.
  if (latest.size() > feed_changes) latest.resize(feed_changes);
  Html out;
  out.add(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><title>{}</title><id>{}</id><updated>{}</updated>"
      "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/><link rel=\"alternate\" type=\"text/html\" href=\"{}\"/><generator>Birge</generator>",
      list.say.code(), clean(list.title), list.feed_address, iso(latest.empty() ? list.now : latest.front()->changed),
      url(list.feed_address).value_or(Url()), url(list.page_address).value_or(Url()));
  for (auto const* activity : latest) {
    auto const address = address_of(list, *activity);
    out.add(
        "\n<entry><id>{}</id><title>{}</title><link rel=\"alternate\" type=\"text/html\" href=\"{}\"/><published>{}</published><updated>{}</updated>"
        "<author><name>{}</name></author><category term=\"{}\" label=\"{}\"/>",
        address, clean(title_of(list, *activity)), url(address).value_or(Url()), iso(activity->created), iso(activity->changed),
        clean(view::organisation_name(list.say, list.facts, activity->lead)), activity->kind, view::kind_name(list.say, list.facts, activity->kind));
    if (list.edition.sample) out.add("<category term=\"sample\" label=\"{}\"/>", list.say("Sample data"));
    out.add("<summary>{}</summary></entry>", clean(line_of(list, *activity)));
  }
  out.add("</feed>\n");
  return std::move(out).release();
}

namespace {

/// An object with a long list as its last member, written one by one: the tree of all of them would take ten times the memory of the text.
class LongList {
public:
  LongList(boost::json::object const& head, char const* name) : text_(boost::json::serialize(head)) {
    text_.back() = ',';
    text_ += '"';
    text_ += name;
    text_ += "\":[";
  }
  void add(boost::json::object const& item) {
    if (!first_) text_ += ',';
    first_ = false;
    text_ += boost::json::serialize(item);
  }
  std::string take() && { return std::move(text_) + "]}"; }

private:
  std::string text_;
  bool first_ = true;
};

}  // namespace

std::string json(List const& list) {
  using namespace boost::json;
  object head{{"version", "https://jsonfeed.org/version/1.1"},
              {"title", list.title},
              {"home_page_url", list.page_address},
              {"feed_url", list.feed_address},
              {"language", list.say.code()},
              {"_birge", object{{"edition", list.edition.slug}, {"sample", list.edition.sample}, {"as_of", iso(list.now)}}}};
  if (!list.next_address.empty()) head["next_url"] = list.next_address;
  LongList out(head, "items");
  for (auto const& activity : list.activities) {
    auto const address = address_of(list, activity);
    out.add({{"id", address},
             {"url", address},
             {"title", title_of(list, activity)},
             {"content_text", line_of(list, activity)},
             {"date_published", iso(activity.created)},
             {"date_modified", iso(activity.changed)},
             {"language", activity.text_language(list.say.language())},
             {"tags", array{value(view::kind_name(list.say, list.facts, activity.kind))}},
             {"_birge", activity::json::object_of(activity, context_of(list))}});
  }
  return std::move(out).take();
}

std::string geojson(List const& list) {
  boost::json::object head{
      {"type", "FeatureCollection"}, {"name", list.title}, {"edition", list.edition.slug}, {"sample", list.edition.sample}, {"as_of", iso(list.now)}};
  if (list.cut) head["note"] = cut_text(list);
  LongList out(head, "features");
  for (auto const& activity : list.activities) out.add(activity::json::feature_of(activity, context_of(list)));
  return std::move(out).take();
}

}  // namespace birge::activity::feeds
