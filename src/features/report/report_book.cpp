#include "features/report/report_book.hpp"

#include <algorithm>
#include <set>

#include "features/insight/insight_stated.hpp"
#include "features/report/report_annex.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_chapters.hpp"

namespace birge::report {

namespace {

using sheet::BookWriter;
using Style = BookWriter::Style;

BookWriter::Column column(std::string_view title, double width = 12) {
  return {.title = std::string(title), .width = width, .choices = {}, .note = {}};
}

/// Writes the tables of one report into a workbook.
class Book {
public:
  Book(db::Reader& read, Report const& report, Say const& say, Reader reader, std::string const& address)
      : read_(read), report_(report), say_(say), pen_(report, say, {}), reader_(reader), address_(address) {
    titles_ = {title(report, say), say("As of {}", say.moment(report.as_of, report.facts->time_zone))};
    if (report.scope.from || report.scope.until)
      titles_.push_back(say("Chosen period: {}", say.date_range(report.scope.from.value_or(report.edition.preparation_from),
                                                                report.scope.until.value_or(report.edition.closing_until))));
    if (report.edition.sample) titles_.emplace_back(say("Sample data: activities and organisations are invented."));
  }

  std::string write() && {
    summary();
    if (!report_.scope.place) places(say_("By region"), "region", report_.figures.counted(report_.facts->places->regions()));
    places(say_("By district"), "district", report_.figures.counted(report_.facts->places->districts()));
    dimension(say_("By week"), "week", say_("Week"), {});
    dimension(say_("By kind"), "kind", say_("Kind"), {});
    dimension(say_("By topic"), "topic", say_("Topic"), say_("Counted under more than one topic"));
    dimension(say_("By audience"), "audience", say_("Audience group"), say_("Counted under more than one audience group"));
    people();
    dimension(say_("By organisation"), "organisation", say_("Organisation"), say_("Held together, counted under each host"));
    coverage();
    comparison();
    texts();
    corrections();
    write_activities(book_, read_, report_, say_, reader_, address_, titles_);
    notes();
    return std::move(book_).take();
  }

private:
  std::vector<BookWriter::Column> number_columns(std::vector<BookWriter::Column> first, bool unreported = true) const {
    auto const add = [&](std::string_view title) { first.push_back(column(title)); };
    add(say_.in_context("activities", "Planned")), add(say_.in_context("activities", "Held")), add(say_.in_context("activities", "Cancelled"));
    add(say_.in_context("activities", "Moved"));
    if (unreported) add(say_.in_context("activities", "Not reported"));
    for (auto const name : {say_("Attendances reported"), say_("Attendances confirmed"), say_("Broadcast audience")}) {
      add(say_("{}, from", name));
      add(say_("{}, to", name));
    }
    return first;
  }

  /// What results tell; `known` where there is one. An empty cell is no 0.
  void told(Count count, bool known, Style style = Style::plain) {
    for (auto const number : {count.low, count.high})
      if (known) book_.number(number, style);
      else book_.text(say_("no data"), style);
  }

  void numbers(Line const& line, Style style = Style::plain, bool unreported = true) { numbers(line, !report_.without_result(), style, unreported); }
  void numbers(Line const& line, bool known, Style style, bool unreported) {
    for (auto const measure : {Measure::planned, Measure::held, Measure::cancelled, Measure::moved}) book_.number(line[measure], style);
    if (unreported) book_.number(line.unreported, style);
    for (auto const count : {line.reported(), line.confirmed(), line.audience()}) told(count, known, style);
    book_.end_row();
  }

  void fact(std::string_view name, std::int64_t low, std::int64_t high) {
    book_.text(name);
    book_.number(low);
    book_.number(high);
    book_.end_row();
  }

  void summary() {
    auto const& total = report_.figures.total;
    book_.sheet(say_("Summary"), {column(say_("Figure"), 50), column(say_("from")), column(say_("to"))}, titles_);
    auto const plain = [&](std::string_view name, std::int64_t value) { fact(name, value, value); };
    auto const count = [&](std::string_view name, Count value) {
      book_.text(name);
      told(value, !report_.without_result());
      book_.end_row();
    };
    plain(say_("Activities planned"), total[Measure::planned]);
    plain(say_("Activities held"), total[Measure::held]);
    plain(say_("Activities cancelled"), total[Measure::cancelled]);
    plain(say_("Activities moved"), total[Measure::moved]);
    plain(say_("Activities not reported in time"), total.unreported);
    plain(say_("Results reported"), total[Measure::reported]);
    plain(say_("Results confirmed"), total[Measure::confirmed]);
    count(say_("Attendances reported"), total.reported());
    count(say_("Attendances confirmed"), total.confirmed());
    count(say_("Broadcast audience"), total.audience());
    plain(say_("Districts and cities reached"), report_.districts_reached());
    plain(say_("Districts and cities in all"), report_.districts_in_scope());
    plain(say_("Organisations that held activities"), report_.organisations_active());
    plain(say_("Activities seen only by the coalition"), total[Measure::hidden]);
  }

  void places(std::string_view name, std::string_view dimension, std::vector<place::Place const*> const& places) {
    book_.sheet(name, number_columns({column(say_("Place"), 36), column(say_("P-code"), 14)}), titles_);
    std::set<std::string> seen;
    for (auto const* place : places) {
      auto const key = std::to_string(place->id.value);
      seen.insert(key);
      auto const* line = report_.figures.line(dimension, key);
      if (!line && report_.scope.place) continue;
      place_row(report_.facts->places->name(place->id, say_.language()).text, place->pcode.value_or(""), line ? *line : Line{});
    }
    for (auto const& line : report_.figures.lines(dimension))
      if (!seen.contains(line.key)) place_row(view::key_name(report_, say_, dimension, line.key), "", line);
    book_.text(say_("In all"), Style::total);
    book_.text("", Style::total);
    numbers(report_.figures.total, Style::total);
  }
  void place_row(std::string_view name, std::string_view pcode, Line const& line) {
    book_.text(name);
    book_.text(pcode);
    numbers(line);
  }

  void dimension(std::string_view name, std::string_view dimension, std::string_view first, std::string_view beyond) {
    bool const late = tells_unreported(dimension);
    book_.sheet(name, number_columns({column(first, 40)}, late), titles_);
    for (auto const& line : report_.figures.lines(dimension)) {
      book_.text(view::key_name(report_, say_, dimension, line.key));
      numbers(line, Style::plain, late);
    }
    if (auto const rest = beyond.empty() ? std::nullopt : beyond_total(report_.figures, dimension)) {
      book_.text(beyond, Style::note);
      numbers(*rest, Style::plain, late);
    }
    book_.text(say_("In all"), Style::total);
    numbers(report_.figures.total, Style::total, late);
  }

  void people() {
    book_.sheet(say_("By sex and age"),
                {column(say_("Sex"), 18), column(say_("Age"), 34), column(say_("{}, from", say_("Attendances reported"))),
                 column(say_("{}, to", say_("Attendances reported"))), column(say_("{}, from", say_("Attendances confirmed"))),
                 column(say_("{}, to", say_("Attendances confirmed")))},
                titles_);
    for (auto const& [key, numbers] : report_.figures.people) {
      auto const& [sex, band] = key;
      book_.text(sex == "female" ? say_("Women and girls") : sex == "male" ? say_("Men and boys") : say_("Sex unknown"));
      book_.text(band_name(report_, say_, band));
      for (auto const number : numbers) book_.number(number);
      book_.end_row();
    }
    book_.text(say_("In all"), Style::total);
    book_.text("", Style::total);
    for (auto const count : {report_.figures.total.reported(), report_.figures.total.confirmed()}) {
      book_.number(count.low, Style::total);
      book_.number(count.high, Style::total);
    }
    book_.end_row();
  }

  void coverage() {
    book_.sheet(say_("Coverage"),
                {column(say_("Census unit"), 44), column(say_("Inhabitants")), column(say_("Census")), column(say_.in_context("activities", "Held")),
                 column(say_("{}, from", say_("Attendances"))), column(say_("{}, to", say_("Attendances"))),
                 column(say_("{}, from", say_("Per 1,000 inhabitants"))), column(say_("{}, to", say_("Per 1,000 inhabitants")))},
                titles_);
    for (auto const& coverage : report_.figures.coverage) {
      if (!whole_unit(report_, *coverage.unit)) continue;
      book_.text(unit_name(pen_, *coverage.unit));
      book_.number(coverage.unit->population);
      book_.number(coverage.unit->year);
      book_.number(coverage.held);
      book_.number(coverage.attendance.low);
      book_.number(coverage.attendance.high);
      book_.decimal(coverage.rate_low, 1);
      book_.decimal(coverage.rate_high, 1);
      book_.end_row();
    }
  }

  void comparison() {
    book_.sheet(
        say_("Editions"),
        number_columns({column(say_("Edition"), 44), column(say_("First day of the campaign"), 14), column(say_("Last day of the campaign"), 14)}),
        titles_);
    for (auto const& edition : report_.editions) {
      book_.text(edition.edition->name(say_.language()));
      book_.day(edition.edition->campaign_from);
      book_.day(edition.edition->campaign_until);
      numbers(edition.total, !edition.total.without_result(), Style::plain, true);
    }
    for (auto const& edition : report_.editions)
      for (auto const& figure : edition.stated) {
        book_.text(say_("{}: {} – {} ({}, {})", edition.edition->name(say_.language()), say_(stated_name(figure.measure)),
                        insight::stated_text(say_, figure), figure.source_title, figure.source_address),
                   Style::note);
        book_.end_row();
      }
  }

  /// What people wrote, as they wrote it, and the recommendations one by one.
  void texts() {
    if (report_.texts.empty() && report_.recommendations.empty()) return;
    book_.sheet(say_("Texts"), {column(say_("Section"), 24), column(say_("Text"), 140)}, titles_);
    for (auto const section : sections)
      if (auto const found = report_.texts.find(section, say_.language())) {
        book_.text(say_(name(section)));
        book_.text(found->markdown);
        book_.end_row();
      }
    for (auto const& each : report_.recommendations) {
      auto const own = each.texts.find(std::string(say_.code()));
      book_.text(say_("Recommendation {}", each.number));
      book_.text(own == each.texts.end() ? each.texts.begin()->second : own->second);
      book_.end_row();
    }
  }

  void corrections() {
    if (report_.corrections.list.empty()) return;
    book_.sheet(say_("Corrections after the closing"),
                {column(say_("Activity"), 60), column(say_("{}, from", say_("At the closing"))), column(say_("{}, to", say_("At the closing"))),
                 column(say_("{}, from", say_("Now"))), column(say_("{}, to", say_("Now"))), column(say_("What else changed"), 40)},
                titles_);
    for (auto const& each : report_.corrections.list) {
      bool const shown = each.is_public || reader_ == Reader::coordinator;
      book_.text(shown ? each.title : std::string(say_("Seen only by the coalition")));
      for (auto const count : {each.before, each.after}) {
        book_.number(count.low);
        book_.number(count.high);
      }
      if (shown) book_.text(insight::others_text(say_, each));
      book_.end_row();
    }
  }

  void notes() {
    book_.sheet(say_("How we count"), {column(say_("Rule"), 140)}, titles_);
    for (auto const& note : method_notes(say_)) line(note);
    for (auto const& source : report_.sources)
      line((source.own_title.empty() ? source.title : source.own_title) + ". " + (source.own_licence.empty() ? source.licence : source.own_licence) +
           ". " + source.address);
  }
  void line(std::string_view text) {
    book_.text(text);
    book_.end_row();
  }

  db::Reader& read_;
  Report const& report_;
  Say const& say_;
  view::Pen pen_;
  Reader reader_;
  std::string const& address_;
  std::vector<std::string> titles_;
  BookWriter book_;
};

}  // namespace

std::string workbook(db::Reader& read, Report const& report, Say const& say, Reader reader, std::string const& address) {
  return Book(read, report, say, reader, address).write();
}

}  // namespace birge::report
