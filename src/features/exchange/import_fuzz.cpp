#include <cstdint>
#include <cstdlib>
#include <string>

#include "features/exchange/exchange.hpp"
#include "features/place/place_pack.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/text.hpp"

/// Any table of text is either imported or refused with a Problem: no row is lost, every finding is text in each language, and the file of
/// refused rows can be read again. The first byte chooses whether the rows that follow stand under a usual header or bring their own.
namespace {

using namespace birge;
using exchange::Outcome;

constexpr std::string_view header =
    "ID;Название;Вид;Дата;Время;Область;Район;Село;Организация;Партнёры;Тема;Статус;М;Ж;Ж 18-28;Всего;Способ подсчёта;Язык;Видимость\n";

/// The country pack in memory with its editions; nothing is ever stored in it.
class Installation {
public:
  Installation() : database_(db::Database::open("sqlite::memory:")) {
    database_->migrate(db::embedded_migrations());
    auto const files = PackFiles::embedded("kg");
    database_->write([&](db::Tx& tx) { place::load_pack(tx, ids_, files); });
    database_->write([&](db::Tx& tx) { campaign::load_pack(tx, ids_, files, clock_.now()); });
    options_.edition = database_->read([](db::Reader& read) { return campaign::facts(read)->edition("2018")->id; });
    options_.dry_run = options_.partial = options_.create_organisations = true;
  }

  Outcome import(sheet::Book& book) { return exchange::import_activities(book, *database_, ids_, clock_, options_); }

private:
  std::unique_ptr<db::Database> database_;
  FixedClock clock_{*parse_instant("2018-10-20T06:00:00Z")};
  IdMaker ids_{clock_, 1};
  exchange::Options options_;
};

void check(Outcome const& outcome) {
  if (outcome.rows_read != outcome.added + outcome.updated + outcome.unchanged + outcome.skipped + outcome.blocked) std::abort();
  for (auto const language : languages)
    if (!valid_utf8(exchange::describe(outcome, Say::in(language)))) std::abort();
  if ((outcome.blocked > 0) != outcome.rejected_file.has_value()) std::abort();
  if (!outcome.rejected_file) return;
  int rows = 0;
  sheet::open_bytes(*outcome.rejected_file)->read(0, [&](sheet::Row const&) { return ++rows > 0; });
  if (rows == 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Installation installation;
  if (size == 0) return 0;
  std::string table(data[0] % 2 == 0 ? header : std::string_view());
  table.append(reinterpret_cast<char const*>(data) + 1, size - 1);
  Outcome outcome;
  try {
    outcome = installation.import(*sheet::open_bytes(std::move(table)));
  } catch (Problem const&) { return 0; }
  check(outcome);
  return 0;
}
