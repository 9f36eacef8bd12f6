#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <future>

#include "platform/http/server.hpp"
#include "platform/http/testing.hpp"
#include "platform/i18n/say.hpp"

namespace birge::http {
namespace {

using namespace std::chrono_literals;
using testing::body_of;
using testing::Client;
using testing::get;
using ::testing::HasSubstr;
using testing::RunningServer;
using ::testing::StartsWith;

Reply echo(Message const& message) { return text(message.path + "|" + message.body); }

ServerOptions quick() {
  ServerOptions options;
  options.limits.header_time = 150ms;
  options.limits.body_time = 150ms;
  options.limits.idle_time = 150ms;
  options.limits.write_time = 150ms;
  options.limits.stop_time = 300ms;
  return options;
}

TEST(Limits, SlowHeadersAreCutOff) {
  RunningServer const server(quick(), echo);
  Client client(server.port());
  std::string dripped;
  auto const begin = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\n");
  // A header every 20 ms keeps the connection busy, yet does not earn more time.
  for (int i = 0; i < 40 && client.silent_for(20ms); ++i) client.send("X: y\r\n");
  EXPECT_THAT(client.until_closed(), StartsWith("HTTP/1.1 408 "));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 700ms);
}

TEST(Limits, AConnectionThatSaysNothingIsClosed) {
  RunningServer const server(quick(), echo);
  Client client(server.port());
  EXPECT_FALSE(client.silent_for(1000ms));
  EXPECT_EQ(client.until_closed(), "");
}

TEST(Limits, AnIdleConnectionIsClosed) {
  RunningServer const server(quick(), echo);
  Client client(server.port());
  client.ask(get("/"));
  EXPECT_FALSE(client.silent_for(1000ms));
  EXPECT_EQ(client.until_closed(), "");
}

TEST(Limits, SlowBodiesAreCutOff) {
  RunningServer const server(quick(), echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 40 && client.silent_for(20ms); ++i) client.send("x");
  EXPECT_THAT(client.until_closed(), StartsWith("HTTP/1.1 408 "));
}

TEST(Limits, ABodyThatStopsIsCutOffHoweverFastItBegan) {
  RunningServer const server(quick(), echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_THAT(client.until_closed(), StartsWith("HTTP/1.1 408 "));
}

TEST(Limits, ASlowButSteadyBodyIsWaitedFor) {
  auto options = quick();
  options.limits.body_time = 500ms;
  RunningServer const server(options, echo);
  Client client(server.port());
  std::string const piece(2000, 'x');
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n");
  for (int i = 0; i < 15; ++i) {
    std::this_thread::sleep_for(40ms);
    client.send(piece);
  }
  EXPECT_EQ(body_of(client.reply()).size(), 30'002U);
}

TEST(Limits, AReaderWhoDoesNotReadIsDropped) {
  std::string const large(20'000'000, 'x');
  RunningServer server(quick(), [&](Message const&) { return text(large, "application/octet-stream"); });
  Client client(server.port());
  client.send(get("/"));
  std::this_thread::sleep_for(400ms);
  EXPECT_LT(client.until_closed().size(), large.size());
}

TEST(Limits, HeadersOverTheLimitAreRefused) {
  ServerOptions options;
  options.limits.header_bytes = 4096;
  RunningServer const server(options, echo);
  Client one(server.port()), many(server.port());
  one.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(8000, 'x'));
  EXPECT_THAT(one.until_closed(), StartsWith("HTTP/1.1 431 "));
  std::string request = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 1000; ++i) request += "X: yyyyyyyy\r\n";
  for (std::size_t i = 0; i < request.size(); i += 500)
    if (!many.send(std::string_view(request).substr(i, 500))) break;
  EXPECT_THAT(many.until_closed(), StartsWith("HTTP/1.1 431 "));
}

TEST(Limits, AnAddressOverTheLimitIsRefused) {
  ServerOptions options;
  options.limits.target_bytes = 1000;
  RunningServer const server(options, echo);
  Client over(server.port()), far_over(server.port()), under(server.port());
  over.send(get("/" + std::string(1000, 'x')));
  EXPECT_THAT(over.until_closed(), StartsWith("HTTP/1.1 414 "));
  far_over.send(get("/" + std::string(100'000, 'x')));
  EXPECT_THAT(far_over.until_closed(), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(under.ask(get("/" + std::string(999, 'x'))), StartsWith("HTTP/1.1 200 "));
}

TEST(Limits, BodyOverTheLimitIsRefusedUnread) {
  ServerOptions options;
  options.limits.body_bytes = 1000;
  std::atomic<int> answered = 0;
  RunningServer const server(options, [&](Message const& message) {
    ++answered;
    return echo(message);
  });
  Client claimed(server.port()), expecting(server.port()), chunked(server.port());
  claimed.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");  // no byte of the body
  EXPECT_THAT(claimed.reply(), StartsWith("HTTP/1.1 413 "));
  expecting.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
  EXPECT_THAT(expecting.reply(), StartsWith("HTTP/1.1 413 "));
  chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2f4\r\n" + std::string(0x2f4, 'x') + "\r\n2f4\r\n");
  EXPECT_THAT(chunked.reply(), StartsWith("HTTP/1.1 413 "));
  EXPECT_EQ(answered, 0);
}

TEST(Limits, AChunkHeadOrTrailersWithoutEndAreRefused) {
  RunningServer const server(echo);
  for (auto const* begin : {"5;", "0\r\nX: "}) {
    Client client(server.port());
    client.send(std::string("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") + begin);
    std::string const piece(10'000, 'x');
    for (int i = 0; i < 10 && client.send(piece); ++i) {}
    EXPECT_THAT(client.until_closed(), StartsWith("HTTP/1.1 400 ")) << begin;
  }
}

TEST(Limits, ManyLargeBodiesTogetherAreToldToComeBack) {
  ServerOptions options;
  options.limits.all_body_bytes = 150'000;
  RunningServer const server(options, echo);
  std::string const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 120000\r\n\r\n";
  Client first(server.port()), second(server.port()), third(server.port());
  first.send(head + std::string(100'000, 'x'));
  std::this_thread::sleep_for(30ms);
  second.send(head + std::string(100'000, 'x'));
  EXPECT_THAT(second.until_closed(), StartsWith("HTTP/1.1 503 "));
  first.send(std::string(20'000, 'x'));
  EXPECT_THAT(first.reply(), StartsWith("HTTP/1.1 200 "));
  third.send(head + std::string(120'000, 'x'));
  EXPECT_THAT(third.reply(), StartsWith("HTTP/1.1 200 ")) << "what the others held was not given back";
}

TEST(Limits, ThreeOfTheLargestBodiesFitAtOnceHoweverLargeTheyMayBe) {
  constexpr std::size_t megabyte = 1024 * 1024;
  Limits small, large;
  small.take_bodies_of(megabyte);
  large.take_bodies_of(1024 * megabyte);
  EXPECT_EQ(small.body_bytes, megabyte);
  EXPECT_EQ(small.all_body_bytes, Limits().all_body_bytes);
  EXPECT_EQ(large.body_bytes, 1024 * megabyte);
  EXPECT_EQ(large.all_body_bytes, 3 * 1024 * megabyte);
}

TEST(Limits, TheRefusalIsReadByAClientThatSendsItsBodyFirst) {
  ServerOptions options;
  options.limits.body_bytes = 1000;
  RunningServer const server(options, echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + std::string(300'000, 'x'));
  auto const reply = client.until_closed();
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(reply, HasSubstr("larger than this server accepts"));
}

TEST(Limits, TheRefusalIsReadByAProxyThatSendsAWholeUploadSomewhatOverTheLimit) {
  ServerOptions options;
  options.limits.body_bytes = 4 * 1024 * 1024;
  RunningServer const server(options, echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7000000\r\n\r\n" + std::string(7'000'000, 'x'));
  EXPECT_THAT(client.until_closed(), StartsWith("HTTP/1.1 413 "));
}

TEST(Limits, WhoeverSendsTooMuchToAPageIsToldInItsLanguage) {
  ServerOptions options;
  options.limits.body_bytes = 10;
  RunningServer const server(options, echo);
  auto const told = [&](std::string const& target) {
    return body_of(Client(server.port()).ask("POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"));
  };
  auto const sentence = [](Language language) {
    return std::string(Say::in(language)("What was sent is larger than this server accepts: please send it in smaller parts.")) + "\n";
  };
  for (auto const language : languages) {
    auto const home = "/" + std::string(code(language));
    for (auto const& target : {home, home + "/", home + "?a=b", home + "/work/import"}) EXPECT_EQ(told(target), sentence(language)) << target;
  }
  for (auto const* target : {"/", "/feeds/ky", "/kyrgyz/"}) EXPECT_EQ(told(target), sentence(Language::en)) << target;
  EXPECT_NE(sentence(Language::ky), sentence(Language::en));
  EXPECT_NE(sentence(Language::ru), sentence(Language::en));
}

TEST(Limits, ABodyOfExactlyTheLimitIsTaken) {
  ServerOptions options;
  options.limits.body_bytes = 200'000;
  RunningServer const server(options, echo);
  Client client(server.port());
  std::string const body(200'000, 'x');
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + body);
  EXPECT_EQ(body_of(client.reply()), "/|" + body);
}

TEST(Limits, ConnectionsOverTheLimitAreToldToComeBack) {
  ServerOptions options;
  options.limits.connections = 2;
  RunningServer const server(options, echo);
  Client first(server.port()), second(server.port());
  first.ask(get("/"));
  second.ask(get("/"));
  Client third(server.port());
  auto const reply = third.until_closed();
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(reply, HasSubstr("Retry-After: "));
  EXPECT_THAT(first.ask(get("/")), StartsWith("HTTP/1.1 200 "));
}

TEST(Limits, TheSystemsLimitOfOpenFilesIsRaisedForTheConnections) {
  rlimit before{}, after{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  if (before.rlim_max < 600) GTEST_SKIP() << "the hard limit is too low to raise anything";
  rlimit low = before;
  low.rlim_cur = 200;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  ServerOptions options;
  options.limits.connections = 300;
  RunningServer const server(options, echo);
  Client client(server.port());
  client.ask(get("/"));
  getrlimit(RLIMIT_NOFILE, &after);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_GE(after.rlim_cur, 300U);
}

TEST(Limits, RequestsOverTheWaitingLimitAreToldToComeBack) {
  ServerOptions options;
  options.workers = 1;
  options.limits.waiting = 1;
  std::promise<void> started, go_on;
  auto wait = go_on.get_future().share();
  std::atomic<bool> first = true;
  RunningServer server(options, [&](Message const& message) {
    if (first.exchange(false)) started.set_value();
    wait.wait();
    return echo(message);
  });
  Client working(server.port()), waiting(server.port()), refused(server.port());
  working.send(get("/working"));
  started.get_future().wait();
  waiting.send(get("/waiting"));
  std::this_thread::sleep_for(30ms);
  auto const reply = refused.ask(get("/refused"));
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(reply, HasSubstr("Retry-After: 1\r\n"));
  go_on.set_value();
  EXPECT_EQ(body_of(working.reply()), "/working|");
  EXPECT_EQ(body_of(waiting.reply()), "/waiting|");
  EXPECT_EQ(body_of(refused.ask(get("/again"))), "/again|");
}

TEST(Limits, ARequestToTheApiIsRefusedInItsOwnForm) {
  ServerOptions options;
  options.limits.body_bytes = 10;
  options.limits.target_bytes = 100;
  RunningServer const server(options, [](Message const& message) -> Reply { throw std::runtime_error(message.path); });
  std::string const type = "\r\nContent-Type: application/problem+json\r\n", host = " HTTP/1.1\r\nHost: a\r\n";
  struct Case {
    std::string request;
    char const* problem;
  };
  Case const cases[] = {
      {"GET /api/v1/codes" + host + "\r\n", R"({"type":"about:blank","title":"Internal Server Error","status":500,)"},
      {"GET /api/v1/%ff" + host + "\r\n", R"({"type":"about:blank","title":"Bad Request","status":400,)"},
      {"GET /api/v1/" + std::string(100, 'a') + host + "\r\n", R"({"type":"about:blank","title":"URI Too Long","status":414,)"},
      {"POST /api/v1/codes" + host + "Content-Length: 11\r\n\r\n", R"({"type":"about:blank","title":"Content Too Large","status":413,)"},
      {"GET /api/v1/codes" + host + "A: " + std::string(20'000, 'a') + "\r\n\r\n", R"("title":"Request Header Fields Too Large","status":431,)"},
  };
  for (auto const& [request, problem] : cases) {
    auto const reply = Client(server.port()).ask(request);
    EXPECT_THAT(reply, HasSubstr(type)) << request;
    EXPECT_THAT(body_of(reply), HasSubstr(problem)) << request;
  }
  // What came before on the same connection says nothing of a line that cannot be read.
  Client client(server.port());
  client.ask(get("/api/v1/codes"));
  EXPECT_THAT(client.ask("nonsense\r\n\r\n"), HasSubstr("\r\nContent-Type: text/plain"));
}

TEST(Limits, AStopDoesNotWaitLongerThanItsTime) {
  auto options = quick();
  options.limits.body_time = 60s;
  RunningServer server(options, echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(100'000, 'x'));
  std::this_thread::sleep_for(30ms);
  auto const begin = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 800ms);
}

}  // namespace
}  // namespace birge::http
