#include <fmt/core.h>

#include <cstdio>
#include <filesystem>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/output.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_pdf.hpp"
#include "features/report/report_plan.hpp"
#include "platform/base/text.hpp"

namespace birge::app {

namespace {

enum class Format { html, pdf, xlsx };

Format format_of(std::string const& name) {
  if (name == "html") return Format::html;
  if (name == "pdf") return Format::pdf;
  if (name == "xlsx") return Format::xlsx;
  throw Problem(Failure::bad_input, message("“{}” is no format of a report. Choose html, pdf or xlsx.", name));
}

std::optional<Day> day_of(std::string const& text) {
  if (text.empty()) return std::nullopt;
  auto const day = Day::parse(text);
  if (!day) throw Problem(Failure::bad_input, message("“{}” is not a date. Write it like 2018-09-14.", text));
  return day;
}

Say const& language_of_report(Context const& context, ReportOptions const& options) {
  auto const& name = options.language.empty() ? context.config.text("default_language") : options.language;
  auto const language = language_of(name);
  if (!language) throw Problem(Failure::bad_input, message("“{}” is no language of Birge. Choose ky, ru or en.", name));
  return Say::in(*language);
}

activity::Filter scope_of(db::Reader& read, campaign::Facts const& facts, ReportOptions const& options) {
  auto const* edition = facts.edition(options.edition);
  if (!edition) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(options.edition), 40)));
  auto const region = options.region.empty() ? std::nullopt : std::optional(report::region_named(read, facts, options.region));
  return report::scope_of(edition->id, region, day_of(options.from), day_of(options.to));
}

/// The texts of --texts; otherwise those that were written on the pages of the edition; otherwise those of report-EDITION.md in the data folder.
report::Texts texts_of(Context const& context, ReportOptions const& options, report::Texts const& written) {
  auto path = options.texts;
  if (path.empty()) {
    if (!written.empty()) return written;
    path = context.config.text("data") + "/report-" + options.edition + ".md";
    if (!std::filesystem::exists(path)) return {};
  }
  auto texts = report::read_texts_file(path);
  for (auto const& heading : texts.unknown)
    context.terminal.warning(context.say("Left out, its heading names no section of the report: {}", heading));
  return texts;
}

std::string made(Context const& context, ReportOptions const& options, db::Reader& read, Instant now, Format format) {
  auto const& say = language_of_report(context, options);
  auto const scope = scope_of(read, *campaign::facts(read), options);
  auto const& address = context.config.text("public_address");
  context.terminal.progress(context.say("Report"), 0, 3);
  if (options.plan) {
    auto const plan = report::gather_plan(read, scope, now);
    if (format == Format::xlsx) return report::plan_workbook(plan, say);
    return report::document(say, report::plan_title(plan, say), report::plan_article(plan, say));
  }
  auto gathered = report::gather(read, scope, say.language(), now);
  auto const texts = texts_of(context, options, gathered.texts);
  gathered.texts = texts;  // the workbook has them too
  context.terminal.progress(context.say("Report"), 1, 3);
  if (format == Format::xlsx) return report::workbook(read, gathered, say, report::Reader::coordinator, address);
  return report::document(say, report::title(gathered, say),
                          report::article(gathered, say, texts, {.on = !address.empty(), .address = address}, report::Note::draft));
}

}  // namespace

int report(Context const& context, ReportOptions const& options) {
  auto const format = format_of(options.format);
  auto const clock = make_clock(context.config);
  auto const database = open_database(context.config, false);
  auto bytes = database->read([&](db::Reader& read) { return made(context, options, read, clock->now(), format); });
  if (format == Format::pdf) {
    context.terminal.progress(context.say("Report"), 2, 3);
    bytes = report::pdf_of(bytes);
  }
  context.terminal.end_progress();
  if (options.output == "-") {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    return 0;
  }
  auto const path = options.output.empty() ? fmt::format("{}-{}-{}.{}", options.plan ? "plan" : "report", options.edition,
                                                         language_of_report(context, options).code(), options.format)
                                           : options.output;
  write_file(path, bytes);
  context.terminal.done(context.say("The report is in {}", path));
  return 0;
}

}  // namespace birge::app
