#include <algorithm>
#include <map>

#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/insight/insight_pages_store.hpp"
#include "features/insight/insight_stated.hpp"
#include "features/insight/insight_view.hpp"

namespace birge::insight {

namespace {

using namespace view;
using Status = Filter::Status;

/// One edition as a column of the comparison.
struct Side {
  campaign::Edition edition;
  activity::Totals totals;
  Width width;
  std::map<std::string, campaign::StatedFigure> stated;
  Filter filter;
  bool closed = false;

  bool without_result() const { return totals.reported == 0 && totals.confirmed == 0; }
};

std::vector<Side> read_sides(Request& request, campaign::Facts const& facts, Day today) {
  auto const all = widths(request.read());
  std::vector<Side> sides;
  for (auto const& edition : facts.editions) {
    Side side;
    side.edition = edition;
    side.filter.edition = edition.id;
    side.closed = campaign::closed(request.read(), edition.id).has_value();
    side.totals = totals(request.read(), facts, side.filter, today);
    if (auto const found = all.find(edition.id); found != all.end()) side.width = found->second;
    for (auto& figure : campaign::Store(request.read()).stated_figures(edition.id)) side.stated[figure.measure] = std::move(figure);
    sides.push_back(std::move(side));
  }
  return sides;
}

class Comparison {
public:
  Comparison(Request& request, campaign::Facts const& facts, campaign::EditionId current, std::vector<Side> const& sides)
      : say_(request.say), request_(request), facts_(facts), current_(current), sides_(sides) {}

  Html table() const {
    Html out = html(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"editions\"><table class=\"stack\"><caption id=\"editions\">{}</caption><thead><tr><td></td>",
        say_("Editions side by side"));
    for (auto const& side : sides_)
      out.add("<th scope=\"col\" class=\"n\"><a href=\"{}\">{}</a></th>", say_.path("/editions/{}", side.edition.slug),
              side.edition.name(say_.language()));
    out.add("</tr></thead><tbody>{}{}</tbody></table></div>", counted(), stated());
    out += source_list();
    return out;
  }

private:
  template <class Function>
  Html row(std::string_view name, Function&& cell) const {
    Html out = html("<tr><th scope=\"row\">{}</th>", name);
    for (auto const& side : sides_) out.add("<td class=\"n\" data-label=\"{}\">{}</td>", label(side.edition), cell(side));
    out.add("</tr>");
    return out;
  }

  /// On a telephone the name of every edition would stand at each number.
  std::string label(campaign::Edition const& edition) const {
    return std::to_string(edition.year) + (edition.sample ? ", " + std::string(say_.in_context("edition", "sample")) : "");
  }

  Html group(std::string_view name) const {
    return html("<tr class=\"sum\"><th scope=\"colgroup\" colspan=\"{}\">{}</th></tr>", sides_.size() + 1, name);
  }

  Html no_data() const { return html("<span class=\"soft\">{}</span>", say_("no data")); }

  /// What results tell, which is not 0 where there is none.
  Html told(Side const& side, Count count, Status status) const { return side.without_result() ? no_data() : opened(side, count, status); }

  Html opened(Side const& side, Count count, Status status) const {
    if (count == Count{}) return html("{}", say_.number(0));
    auto filter = side.filter;
    filter.status = status;
    return html("<a href=\"{}\">{}</a>", list_link(say_, filter, facts_, current_, side.closed), count_text(say_, count));
  }

  /// Where and by whom something was held is known without any result; only that there was nothing is not.
  Html width_of(Side const& side, std::int64_t number, Url const& page) const {
    if (number == 0) return side.without_result() ? no_data() : html("{}", say_.number(0));
    auto const query = side.edition.id == current_ ? std::string() : "?edition=" + percent_encoded(side.edition.slug);
    return html("<a href=\"{}\">{}</a>", own_path(std::string(page.text()) + query), say_.number(number));
  }

  Html counted() const {
    Html out = group(say_("Counted in Birge, activity by activity"));
    out += row(say_("Campaign days"), [&](Side const& s) { return html("{}", say_.number(s.edition.days_in_campaign())); });
    out += row(say_("Activities planned in all"), [&](Side const& s) { return opened(s, {s.totals.planned, s.totals.planned}, Status::any); });
    out += row(say_("Activities held"), [&](Side const& s) { return opened(s, {s.totals.held, s.totals.held}, Status::held); });
    out += row(say_("Attendances, reported"), [&](Side const& s) { return told(s, s.totals.reported_attendance, Status::reported); });
    out += row(say_("Attendances, confirmed"), [&](Side const& s) { return told(s, s.totals.confirmed_attendance, Status::confirmed); });
    out += row(say_("Broadcast audience"), [&](Side const& s) {
      auto audience = s.totals.reported_audience;
      audience += s.totals.confirmed_audience;
      return told(s, audience, Status::counted);
    });
    out += row(say_("Districts in which activities were held"),
               [&](Side const& s) { return width_of(s, s.width.districts, say_.path("/figures/districts")); });
    out += row(say_("Organisations that held activities"),
               [&](Side const& s) { return width_of(s, s.width.organisations, say_.path("/figures/organisations")); });
    return out;
  }

  /// The number leads to the page that published it; the small digit names that page below the table, for paper.
  Html stated_cell(Side const& side, std::string const& measure) const {
    auto const found = side.stated.find(measure);
    if (found == side.stated.end()) return html("<span class=\"soft\">{}</span>", say_("not published"));
    auto const& figure = found->second;
    auto const text = stated_text(say_, figure);
    auto const source = url(figure.source_address);
    return html("{}<sup>{}</sup>", source ? html("<a href=\"{}\">{}</a>", *source, text) : html("{}", text), place_of(figure));
  }

  /// Which of the sources below the table a figure comes from, counted from 1.
  std::size_t place_of(campaign::StatedFigure const& figure) const {
    std::size_t place = 1;
    for (auto const& [title, address] : sources())
      if (title == figure.source_title && address == figure.source_address) return place;
      else ++place;
    return place;
  }

  std::vector<std::pair<std::string, std::string>> sources() const {
    std::vector<std::pair<std::string, std::string>> sources;
    for (auto const& side : sides_)
      for (auto const& [measure, figure] : side.stated)
        if (std::pair const source(figure.source_title, figure.source_address); std::ranges::find(sources, source) == sources.end())
          sources.push_back(source);
    return sources;
  }

  Html source_list() const {
    Html items;
    for (auto const& [title, address] : sources()) {
      auto const name = site::in_language(request_, title, campaign::title_language(title));
      items.add("<li>{}</li>", url(address) ? html("<a href=\"{}\">{}</a>", *url(address), name) : name);
    }
    return items.empty() ? Html{} : html("<h2>{}</h2><ol>{}</ol>", say_("Sources of the stated figures"), items);
  }

  Html stated() const {
    Html out = group(say_("Stated figures: published elsewhere, never added to what is counted here"));
    for (auto const measure : stated_measures)
      out += row(say_(stated_name(measure)), [&](Side const& s) { return stated_cell(s, std::string(measure)); });
    return out;
  }

  Say const& say_;
  Request& request_;
  campaign::Facts const& facts_;
  campaign::EditionId current_;
  std::vector<Side> const& sides_;
};

}  // namespace

Reply compare_page(Request& request) {
  auto const facts = site::facts(request);
  auto const& say = request.say;
  auto const current = facts->current(request.now);
  auto const sides = read_sides(request, *facts, facts->today(request.now));
  site::Head about;
  about.title = say("Editions compared");
  about.description = say("What each edition of the campaign counted, and what was published about it.");
  about.active = "figures";
  about.canonical = say.path("/figures/compare");
  about.edition = current;
  auto const comparison = Comparison(request, *facts, current ? current->id : campaign::EditionId{}, sides);
  auto const main = html(
      "<nav class=\"crumbs\" aria-label=\"{}\"><ol><li><a href=\"{}\">{}</a></li><li aria-current=\"page\">{}</li></ol></nav><h1>{}</h1><p class=\"lead\">{}</p>{}",
      say("Where you are"), say.path("/figures"), say("Figures"), say("Editions compared"), say("How does this edition compare with earlier ones?"),
      say("Every counted number opens to its activities; every stated one to the page that published it."), comparison.table());
  return site::page(request, about, main);
}

}  // namespace birge::insight
