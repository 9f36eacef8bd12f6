#include <benchmark/benchmark.h>

#include "platform/base/text.hpp"
#include "platform/db/database.hpp"
#include "platform/html/html.hpp"
#include "platform/http/compression.hpp"
#include "platform/i18n/say.hpp"

/// The small steps of which a page is made, each alone: where to look when a page has become slower.
namespace birge {

namespace {

constexpr char title[] = "Форум-театр «Жоопкерчилик» Нарын шаарындагы № 1 мектептин окуучулары менен";

Html card(Say const& say, Day day) {
  return html(R"(<li class="card"><a href="{}">{}</a> <time datetime="{}">{}</time> <span class="tag done">{}</span> {}</li>)",
              say.path("/activities/{}", "sa4f551g0001"), title, day, say.date(day), say("Held"), say.number(12'345));
}

void fill_a_card(benchmark::State& state) {
  auto const& say = Say::in(Language::ky);
  auto const day = Day::parse("2026-10-20").value();
  for (auto _ : state) benchmark::DoNotOptimize(card(say, day));
}
BENCHMARK(fill_a_card);

void escape_a_text(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(html("{}", title));
}
BENCHMARK(escape_a_text);

void fold_a_title(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(fold(title));
}
BENCHMARK(fold_a_title);

void look_up_a_text(benchmark::State& state) {
  auto const& say = Say::in(Language::ky);
  for (auto _ : state) benchmark::DoNotOptimize(say("Activities"));
}
BENCHMARK(look_up_a_text);

void say_a_date(benchmark::State& state) {
  auto const& say = Say::in(Language::ky);
  auto const day = Day::parse("2026-10-20").value();
  for (auto _ : state) benchmark::DoNotOptimize(say.date(day));
}
BENCHMARK(say_a_date);

struct Line {
  std::int64_t id;
  std::string title;
  Day day;
  std::optional<std::int64_t> count;
};

/// Twenty rows from SQLite into structs.
void map_rows(benchmark::State& state) {
  auto const database = db::Database::open("sqlite::memory:", {});
  auto snapshot = database->snapshot();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        snapshot.reader().all<Line>("with recursive n (i) as (select 1 union all select i + 1 from n where i < 20)"
                                    " select i, 'a title of some length, as they are', '2026-10-20', null from n"));
}
BENCHMARK(map_rows);

void compress_a_page(benchmark::State& state) {
  auto const& say = Say::in(Language::ky);
  std::string page;
  for (auto day = Day::parse("2026-09-10").value(); page.size() < 36'000; day = day.plus(1)) page += card(say, day).text();
  for (auto _ : state) benchmark::DoNotOptimize(http::compressed(page, http::Encoding::brotli));
}
BENCHMARK(compress_a_page)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace birge

BENCHMARK_MAIN();
