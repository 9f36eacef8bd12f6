#include "app/log.hpp"

#include <gmock/gmock.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "platform/http/testing.hpp"

namespace birge::app {
namespace {

using testing::EndsWith;

/// What is logged while it lives, written as the program writes it.
class Listening {
public:
  Listening() : before_(spdlog::default_logger()) {
    auto const sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(written_);
    auto logger = std::make_shared<spdlog::logger>("listening", sink);
    logger->set_formatter(log_formatter());
    spdlog::set_default_logger(std::move(logger));
  }
  ~Listening() { spdlog::set_default_logger(before_); }
  Listening(Listening const&) = delete;
  Listening& operator=(Listening const&) = delete;
  std::string text() const { return written_.str(); }

private:
  std::shared_ptr<spdlog::logger> before_;
  std::ostringstream written_;
};

TEST(Log, ShowsWhatCannotBeSeenOrCommandsATerminal) {
  EXPECT_EQ(for_log("/ky/Ош/ң ө ү „“ 日本"), "/ky/Ош/ң ө ү „“ 日本");
  EXPECT_EQ(for_log("a\x1b[31mb\x7f"), "a\\x1b[31mb\\x7f");
  EXPECT_EQ(for_log("one\nERROR two\r\t"), "one\\x0aERROR two\\x0d\\x09");
  EXPECT_EQ(for_log("\u009b2J\u0085"), "\\x9b2J\\x85");
  EXPECT_EQ(for_log("a\u202eb\u2066c\u200f\u2028\ufeff"), "a\\u202eb\\u2066c\\u200f\\u2028\\ufeff");
  EXPECT_EQ(for_log("a\xff\xc3"), "a\\xff\\xc3");
}

TEST(Log, OfAPathWithHostileBytesIsOneHarmlessLine) {
  Listening const log;
  http::testing::RunningServer server([](http::Message const&) -> http::Reply { throw std::runtime_error("first\nsecond"); });
  http::testing::Client(server.port()).ask(http::testing::get("/a%C2%9B31m%E2%80%AEb"));
  server.stop();
  EXPECT_THAT(log.text(), EndsWith(" error unhandled at /a\\x9b31m\\u202eb: first\\x0asecond\n"));
}

}  // namespace
}  // namespace birge::app
