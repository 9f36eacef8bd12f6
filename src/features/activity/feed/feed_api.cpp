#include <boost/json.hpp>

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_view.hpp"
#include "features/activity/feed/feed_api.hpp"
#include "features/activity/feed/feed_json.hpp"
#include "features/site/site.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

/// Activities as JSON.
namespace birge::activity {

namespace {

constexpr api::Pages pages{50, 100};

/// The request speaks the language of its parameter already, where that is one of the site.
void refuse_unknown_language(Request const& request) {
  auto const wanted = request.query.get("language");
  if (!wanted.empty() && !language_of(wanted))
    throw Problem(Failure::bad_input, message("“{}” is no language of this site. Choose ky, ru or en.", shortened(clean_line(wanted), 20)));
}

Cursor cursor_of(Request& request) {
  auto const text = request.query.get("after");
  if (text.empty()) return {};
  auto cursor = Cursor::parse(text);
  if (!cursor) api::no_such_place(text);
  return *cursor;
}

boost::json::object counts_of(Totals const& totals) {
  return {{"activities", totals.planned},
          {"listed", totals.planned - totals.hidden},
          {"coalition_only", totals.hidden},
          {"held", totals.held},
          {"cancelled", totals.cancelled},
          {"moved", totals.moved},
          {"reported_attendances", json::object_of(totals.reported_attendance)},
          {"confirmed_attendances", json::object_of(totals.confirmed_attendance)},
          {"reported_broadcast_audience", json::object_of(totals.reported_audience)},
          {"confirmed_broadcast_audience", json::object_of(totals.confirmed_audience)}};
}

}  // namespace

namespace api {

int limit(Request const& request, Pages const& pages) {
  auto const text = request.query.get("limit");
  if (text.empty()) return pages.usual;
  auto const limit = whole_number<int>(text);
  if (!limit || *limit < 1 || *limit > pages.most) throw Problem(Failure::bad_input, message("“limit” must be a number from 1 to {}.", pages.most));
  return *limit;
}

void no_such_place(std::string_view after) {
  throw Problem(Failure::bad_input, message("“{}” is no place in the list.", shortened(clean_line(after), 60)));
}

boost::json::value next(Request const& request, std::string_view key) {
  auto query = request.query;
  query.set("after", key);
  return boost::json::value(request.absolute(own_path(request.message.path + "?" + query.encoded())));
}

Reply reply(boost::json::value const& value) {
  auto reply = http::text(boost::json::serialize(value), "application/json; charset=utf-8");
  reply.header("Access-Control-Allow-Origin", "*");
  return reply;
}

}  // namespace api

Reply api_activities(Request& request) {
  refuse_unknown_language(request);
  auto const& say = request.say;
  auto const limit = api::limit(request, pages);
  auto const after = cursor_of(request);
  auto const facts = site::facts(request);
  auto const edition = site::chosen_edition(request, *facts);
  auto const today = facts->today(request.now);
  auto const [filter, faults] = read_filter(request.query, *facts, edition.id);
  if (!faults.empty()) throw Problem(Failure::bad_input, faults.front().message);

  Store store(request.read());
  auto cards = store.list(filter, *facts, say.language(), today, after, limit + 1);
  bool const more = cards.size() > static_cast<std::size_t>(limit);
  if (more) cards.pop_back();
  json::Context const context{say, *facts, today, request.services.config.text("public_address")};
  boost::json::array rows;
  for (auto const& card : cards) rows.push_back(json::object_of(card, context));
  boost::json::object answer{
      {"edition", edition.slug}, {"sample", edition.sample}, {"totals", counts_of(store.totals(filter, *facts, today))}, {"items", std::move(rows)}};
  answer["next"] = nullptr;
  if (more) answer["next"] = api::next(request, Cursor{cards.back().day.iso(), cards.back().id}.text());
  return api::reply(answer);
}

Reply api_activity(Request& request) {
  refuse_unknown_language(request);
  auto const& say = request.say;
  auto const facts = site::facts(request);
  auto const id = parse_id_as<ActivityTag>(request.capture("id"));
  auto const found = id ? Store(request.read()).find(*id) : std::nullopt;
  if (!found || !view::listed(*found)) throw Problem(Failure::not_found, message("There is no activity at this address."));
  return api::reply(json::object_of(*found, {say, *facts, facts->today(request.now), request.services.config.text("public_address")}));
}

}  // namespace birge::activity
