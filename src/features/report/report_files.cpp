#include <algorithm>
#include <atomic>
#include <mutex>

#include "features/account/allowance.hpp"
#include "features/report/report_article.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_pages.hpp"
#include "features/report/report_pdf.hpp"
#include "features/report/report_request.hpp"
#include "features/site/site.hpp"
#include "platform/base/text.hpp"
#include "platform/base/waiting.hpp"
#include "platform/files/folder.hpp"
#include "platform/sheet/sheet.hpp"

/// The report to keep: as a PDF and as a workbook.
namespace birge::report {

namespace {

/// A document of a large edition takes seconds of a core, so they are made one after the other, and few wait for their turn: many who ask must not stop
/// the pages.
class Turn {
public:
  Turn() {
    constexpr int most_waiting = 3;
    if (++waiting_ <= most_waiting) {
      Waiting const others_work;
      mutex_.lock();
      return;
    }
    --waiting_;
    throw Problem(Failure::busy, message("Other documents are being made. Please try again in a moment."));
  }
  ~Turn() {
    mutex_.unlock();
    --waiting_;
  }
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;

private:
  static inline std::mutex mutex_;
  static inline std::atomic<int> waiting_{0};  ///< whose turn it is included
};

/// PDFs that were made, by the name of what they were made of (files::name_of): each costs seconds, and the same one is asked for by many. The one that
/// was asked for longest ago makes room.
class Shelf {
public:
  std::optional<std::string> find(std::string const& name) {
    std::lock_guard const lock(mutex_);
    auto const found = std::ranges::find(made_, name, &Made::first);
    if (found == made_.end()) return std::nullopt;
    std::rotate(found, found + 1, made_.end());
    return made_.back().second;
  }
  void put(std::string name, std::string bytes) {
    std::lock_guard const lock(mutex_);
    std::size_t sum = bytes.size();
    for (auto const& [each, content] : made_) sum += content.size();
    while (sum > most_bytes && !made_.empty()) {
      sum -= made_.front().second.size();
      made_.erase(made_.begin());
    }
    made_.emplace_back(std::move(name), std::move(bytes));
  }

private:
  using Made = std::pair<std::string, std::string>;
  static constexpr std::size_t most_bytes = 8u << 20;
  std::mutex mutex_;
  std::vector<Made> made_;
};

/// Visitors are told nothing of what is installed; whoever looks after the server reads it in the log.
std::string pdf_for_everybody(std::string const& text) {
  try {
    return pdf_of(text);
  } catch (Problem const& problem) {
    throw Problem(Failure::busy, message("The PDF cannot be made right now. The workbook has the same figures."), problem.what());
  }
}

std::string pdf_file(Request& request, Filter const& scope, Language language) {
  static Shelf shelf;
  static account::Allowance allowance({.at_once = 10, .one_every = std::chrono::seconds(10)});
  auto const& say = Say::in(language);
  auto const& address = request.services.config.text("public_address");
  auto const report = gather(request.read(), scope, language, request.now);
  auto const text =
      document(say, title(report, say), article(report, say, texts_of(request, report), {.on = !address.empty(), .address = address}, Note::none));
  request.give_back();  // whatever is stored meanwhile need not be kept apart for us
  auto const name = files::name_of(text);
  if (auto made = shelf.find(name)) return *std::move(made);
  account::spend(allowance, request, message("There were too many documents at once. Try again in a minute."));
  Turn const turn;
  if (auto made = shelf.find(name)) return *std::move(made);  // by whoever was before us
  auto pdf = pdf_for_everybody(text);
  shelf.put(name, pdf);
  return pdf;
}

std::string workbook_file(Request& request, Filter const& scope, Language language) {
  Turn const turn;
  auto const report = gather(request.read(), scope, language, request.now);
  return workbook(request.read(), report, Say::in(language), Reader::everyone, request.services.config.text("public_address"));
}

Filter read_scope(Request& request, campaign::Facts const& facts, campaign::EditionId edition) {
  auto const read = activity::read_filter(request.query, facts, edition);
  if (!read.faults.empty()) throw Problem(Failure::bad_input, read.faults.front().message);
  return scope_in(read, facts, edition);
}

}  // namespace

Reply report_file(Request& request) {
  // "2018-ky.xlsx": what stands before the last hyphen is the edition.
  auto file = request.capture("file");
  bool const pdf = file.ends_with(".pdf");
  auto const not_there = [&] {
    return Problem(Failure::not_found, pdf ? message("There is no such report.") : message("There is no such workbook."));
  };
  if (!pdf && !file.ends_with(".xlsx")) throw not_there();
  file = file.substr(0, file.rfind('.'));
  auto const hyphen = file.rfind('-');
  auto const language = hyphen == std::string_view::npos ? std::nullopt : language_of(file.substr(hyphen + 1));
  if (!language) throw not_there();
  auto const facts = site::facts(request);
  auto const* edition = facts->edition(file.substr(0, hyphen));
  if (!edition) throw Problem(Failure::not_found, message("There is no edition “{}”.", shortened(clean_line(file.substr(0, hyphen)), 40)));
  auto const scope = read_scope(request, *facts, edition->id);
  // Each choice of days would be another document; pages and the workbook are there for any.
  if (pdf && of_some_days(scope))
    throw Problem(Failure::bad_input, message("As a PDF there is the report of the whole campaign or of a region, not of some days."));

  auto const tag = tag_of(request, *edition) + "-" + std::string(code(*language));
  if (request.message.knows(tag)) return unchanged(tag);
  auto bytes = pdf ? pdf_file(request, scope, *language) : workbook_file(request, scope, *language);
  auto reply = http::download(std::move(bytes), pdf ? "application/pdf" : sheet::workbook_type,
                              "report-" + edition->slug + "-" + std::string(code(*language)) + (pdf ? ".pdf" : ".xlsx"));
  reply.etag = tag;
  return reply;
}

}  // namespace birge::report
