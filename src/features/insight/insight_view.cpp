#include "features/insight/insight_view.hpp"

#include <algorithm>

#include "features/activity/activity_latest.hpp"
#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_pages_store.hpp"
#include "platform/base/text.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

/// The region of ?place=, which may name a place inside it.
std::optional<place::PlaceId> chosen_region(Request const& request, campaign::Facts const& facts) {
  auto const code = request.query.get("place");
  if (code.empty()) return std::nullopt;
  auto const* place = facts.places->by_code(code);
  if (!place) throw Problem(Failure::not_found, message("No place is called “{}”.", shortened(clean_line(code), 60)));
  auto const* region = facts.places->region_of(place->id);
  return region ? std::optional(region->id) : std::nullopt;
}

std::string source_text(Request& request, campaign::Facts const& facts, campaign::Edition const& edition, std::optional<Instant> closed) {
  auto const& say = request.say;
  auto const changed = closed ? closed : activity::last_change(request.read(), edition.id);
  if (!changed) return std::string(say("Source: what the organisations entered in Birge"));
  return say("Source: what the organisations entered in Birge, as of {}", say.moment(*changed, facts.time_zone));
}

}  // namespace

Page read_page(Request& request, Late late) {
  auto const facts = site::facts(request);
  return read_page(request, site::chosen_edition(request, *facts), chosen_region(request, *facts), late);
}

Page read_page(Request& request, std::optional<place::PlaceId> region) {
  return read_page(request, site::chosen_edition(request, *site::facts(request)), region);
}

Page read_page(Request& request, campaign::Edition edition, std::optional<place::PlaceId> region, Late late) {
  auto const facts = site::facts(request);
  Filter filter;
  filter.edition = edition.id;
  filter.place = region;
  auto const closed = campaign::closed(request.read(), edition.id);
  auto const today = facts->today(closed.value_or(request.now));
  auto source = source_text(request, *facts, edition, closed);
  auto const current = facts->current(request.now);
  return {.request = request,
          .say = request.say,
          .facts = *facts,
          .edition = std::move(edition),
          .closed = closed,
          .current = current ? current->id : campaign::EditionId{},
          .figures = figures(request.read(), *facts, filter, today, late),
          .today = today,
          .source = std::move(source),
          .kept = facts};
}

std::string count_text(Say const& say, Count count) {
  if (count.exact()) return say.number(count.low);
  if (count.low >= 0 && count.low < count.high) return say.range(count.low, count.high);
  // What is taken off is a range too: its ends stand the other way round.
  if (count.low <= 0 && count.high < count.low) return activity::view::taken_off(say, {-count.low, -count.high});
  return say.number(count.low) + " / " + say.number(count.high);
}

// The state stands last in the address of a filter, so that these are the addresses list_link would give.
Opener::Opener(Page const& page, Filter const& filter)
    : base_(list_link(page.say, filter, page.facts, page.current, page.closed.has_value())),
      has_query_(base_.text().find('?') != std::string_view::npos) {}

Opener Opener::of_page(Url page) {
  Opener opener;
  opener.base_ = std::move(page);
  opener.one_page_ = true;
  return opener;
}

Url Opener::url(Status status) const {
  if (status == Status::any || one_page_) return base_;
  std::string address;
  address.reserve(base_.text().size() + 24);
  return own_path(std::move(address.append(base_.text()).append(has_query_ ? "&status=" : "?status=").append(activity::code(status))));
}

void Opener::add(Html& out, std::string_view text, Status status) const {
  if (status == Status::any || one_page_) out.add("<a href=\"{}\">{}</a>", base_, text);
  else if (has_query_) out.add("<a href=\"{}&amp;status={}\">{}</a>", base_, activity::code(status), text);
  else out.add("<a href=\"{}?status={}\">{}</a>", base_, activity::code(status), text);
}

void Opener::add_number(Html& out, Say const& say, std::int64_t number, Status status) const {
  if (!opens() || number == 0) out.add("{}", say.number(number));
  else add(out, say.number(number), status);
}

void Opener::add_count(Html& out, Say const& say, Count count, Status status) const {
  if (!opens() || count == Count{}) out.add("{}", count_text(say, count));
  else add(out, count_text(say, count), status);
}

Html Opener::number(Say const& say, std::int64_t number, Status status) const {
  Html out;
  add_number(out, say, number, status);
  return out;
}

Html Opener::count(Say const& say, Count count, Status status) const {
  Html out;
  add_count(out, say, count, status);
  return out;
}

Index::Index(Figures const& figures, std::string_view dimension) {
  auto const& lines = figures.lines(dimension);
  lines_.reserve(lines.size());
  for (auto const& line : lines) lines_.emplace_back(line.key, &line);
  if (!std::ranges::is_sorted(lines_)) std::ranges::sort(lines_);
}

Line const* Index::find(std::string_view key) const {
  auto const found = std::ranges::lower_bound(lines_, key, {}, [](auto const& entry) { return entry.first; });
  return found == lines_.end() || found->first != key ? nullptr : found->second;
}

Line const& Index::at(std::string_view key) const {
  static Line const none;
  auto const* found = find(key);
  return found ? *found : none;
}

std::string summary(Say const& say, std::vector<chart::Mark> const& marks) {
  std::vector<chart::Mark const*> order;
  for (auto const& mark : marks)
    if (!mark.missing && mark.value > 0) order.push_back(&mark);
  if (order.empty()) return std::string(say("There is nothing to show yet."));
  std::ranges::stable_sort(order, std::ranges::greater{}, [](auto const* mark) { return mark->value; });
  std::string most;
  for (std::size_t i = 0; i < order.size() && i < 3; ++i)
    most.append(most.empty() ? "" : ", ").append(order[i]->label).append(" (").append(order[i]->shown).append(")");
  std::string text = say("Most: {}.", most);
  auto const none = marks.size() - order.size();
  if (none > 0) text += " " + say("With nothing: {} of {}.", none, marks.size());
  return text;
}

std::string key_of(place::PlaceId id) { return std::to_string(id.value); }

std::string short_name(Page const& page, place::PlaceId id) {
  auto const& name = page.facts.places->name(id, page.say.language());
  return name.short_text.empty() ? name.text : name.short_text;
}

Html place_name(Page const& page, place::PlaceId id) {
  auto const& name = page.facts.places->name(id, page.say.language());
  return site::in_language(page.request, name.text, name.language);
}

Html place_link(Page const& page, place::PlaceId id) {
  auto const* place = page.facts.places->find(id);
  if (!place || place->level != place::Level::region) return place_name(page, id);
  return html("<a href=\"{}\">{}</a>", page.say.path("/regions/{}", place->code), place_name(page, id));
}

Html line_name(Page const& page, std::string_view key) {
  if (auto const reach = activity::reach_of(key)) return html("{}", page.say(activity::name(*reach)));
  auto const filter = narrowed({}, "district", key);
  if (filter.region_only) return html("{}", page.say("No district said"));
  return filter.place ? place_name(page, *filter.place) : Html{};
}

Url here(Page const& page, Url const& path, std::optional<place::PlaceId> region) {
  http::Parameters query;
  if (page.edition.id != page.current) query.set("edition", page.edition.slug);
  if (region)
    if (auto const* place = page.facts.places->find(*region)) query.set("place", place->code);
  auto const encoded = query.encoded();
  return encoded.empty() ? path : own_path(std::string(path.text()) + "?" + encoded);
}

Url unit_link(Say const& say, place::CensusUnit const& unit, std::string_view edition, Filter const& days) {
  http::Parameters query;
  if (!edition.empty()) query.set("edition", edition);
  query.set("unit", unit.code);
  if (days.from) query.set("from", days.from->iso());
  if (days.until) query.set("until", days.until->iso());
  return own_path(std::string(say.path("/figures/units").text()) + "?" + query.encoded());
}

namespace {

Html edition_chips(Page const& page, Url const& path) {
  Html chips;
  for (auto const& edition : page.facts.editions) {
    auto other = http::Parameters();
    if (edition.id != page.current) other.set("edition", edition.slug);
    auto const query = other.encoded();
    chips.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", query.empty() ? path : own_path(std::string(path.text()) + "?" + query),
              BIRGE_WHEN(edition.id == page.edition.id, "aria-current=\"true\""), edition.name(page.say.language()));
  }
  return chips;
}

Html region_chips(Page const& page, Url const& path) {
  auto const chosen = page.figures.filter.place;
  Html chips = html("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", here(page, path, std::nullopt), BIRGE_WHEN(!chosen, "aria-current=\"true\""),
                    page.say("The whole country"));
  for (auto const* region : page.facts.places->regions())
    chips.add("<li><a class=\"chip\" href=\"{}\" {}>{}</a></li>", here(page, path, region->id),
              BIRGE_WHEN(chosen == region->id, "aria-current=\"true\""), place_name(page, region->id));
  return chips;
}

}  // namespace

Html filters(Page const& page, Url const& path) {
  auto const& say = page.say;
  auto const chosen = page.figures.filter.place;
  Html out = html("<nav class=\"filters\" aria-label=\"{}\">", say("Choose what the figures are about"));
  if (page.facts.editions.size() > 1)
    out.add("<details><summary>{} <span class=\"chosen\">{}</span></summary><ul class=\"chips\">{}</ul></details>", say("Edition"),
            page.edition.name(say.language()), edition_chips(page, path));
  out.add("<details><summary>{} <span class=\"chosen\">{}</span></summary><ul class=\"chips\">{}</ul></details></nav>", say("Region"),
          chosen ? place_name(page, *chosen) : html("{}", say("The whole country")), region_chips(page, path));
  return out;
}

std::string above(Page const& page) {
  auto text = page.edition.name(page.say.language()) + " · " + page.say.date_range(page.edition.campaign_from, page.edition.campaign_until);
  if (page.figures.filter.place) text += " · " + page.facts.places->name(*page.figures.filter.place, page.say.language()).text;
  return text;
}

site::Head head(Page const& page, std::string title, Url canonical) {
  site::Head head;
  head.title = std::move(title);
  head.description = page.say("{}: activities, attendances and coverage. Every number opens.", page.edition.name(page.say.language()));
  head.active = "figures";
  head.canonical = std::move(canonical);
  head.edition = &page.edition;
  return head;
}

Html breadcrumbs(Page const& page, std::string_view title) {
  auto const& say = page.say;
  return html("<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li><li aria-current=\"page\">{}</li></ol></nav>",
              say("Where you are"), here(page, say.path("/figures"), page.figures.filter.place), say("Figures"), title);
}

}  // namespace birge::insight::view
