#include "app/jobs.hpp"

#include <gtest/gtest.h>

#include "app/site_testing.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::app::testing {
namespace {

TEST(Workers, ARelayThatTakesNothingKeepsNothingElseWaiting) {
  Site site(db::Engine::sqlite, {{"smtp_address", "smtp://127.0.0.1:1"}});
  auto all = workers(site.services());
  ASSERT_EQ(all.size(), 2U);
  auto const now = site.clock().now();
  site.database().write([&](db::Tx& tx) {
    jobs::Mail letter;
    letter.to = "reader@example.org";
    letter.subject = letter.text = "x";
    jobs::mail(tx, site.ids(), letter, now);
    jobs::enqueue(tx, site.ids(), "forget_letters", "", now, now);
  });
  auto const tried = [&](std::string_view kind) {
    return site.database().read([&](db::Reader& read) { return read.maybe<int>("select attempt from job where kind = $1", kind); });
  };
  all[0].run_due();
  EXPECT_FALSE(tried("forget_letters")) << "done";
  EXPECT_EQ(tried("mail"), 0) << "another's work";
  EXPECT_EQ(all[1].run_due(), (jobs::Worker::Done{0, 1}));
  EXPECT_EQ(tried("mail"), 1);
  site.wait(std::chrono::hours(1));
  worker(site.services()).run_due();
  EXPECT_EQ(tried("mail"), 2) << "birge jobs run does the work of both";
}

TEST(Workers, WithoutARelayLettersWait) { EXPECT_EQ(workers(Site().services()).size(), 1U); }

}  // namespace
}  // namespace birge::app::testing
