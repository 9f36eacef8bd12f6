#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "platform/base/problem.hpp"
#include "platform/http/testing.hpp"

namespace birge::http {
namespace {

using namespace std::chrono_literals;
using testing::body_of;
using testing::Client;
using testing::get;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RunningServer;
using ::testing::StartsWith;

Reply echo(Message const& message) { return text(message.path + "|" + message.query + "|" + message.body); }

TEST(Server, APortInUseIsAProblemThatNamesIt) {
  RunningServer const first(echo);
  ServerOptions options;
  options.port = first.port();
  try {
    Server second(options, echo);
    FAIL() << "bound twice";
  } catch (Problem const& problem) { EXPECT_THAT(problem.what(), HasSubstr("127.0.0.1:" + std::to_string(first.port()))); }
}

TEST(Server, MalformedRequestsAreRefused) {
  struct Case {
    std::string request;
    char const* status;
  };
  std::string const host = "Host: test\r\n\r\n";
  Case const cases[] = {
      {"nonsense\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},  // no Host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
      {"GET /%zz HTTP/1.1\r\n" + host, "400"},
      {"GET /% HTTP/1.1\r\n" + host, "400"},
      {"GET /%ff%fe HTTP/1.1\r\n" + host, "400"},  // not UTF-8
      {"GET /%00 HTTP/1.1\r\n" + host, "400"},
      {"GET /a%0d%0aX HTTP/1.1\r\n" + host, "400"},
      {"GET activities HTTP/1.1\r\n" + host, "400"},
      {"OPTIONS * HTTP/1.1\r\n" + host, "400"},
      {"GET / HTTP/3.0\r\n" + host, "400"},
      {"BREW / HTTP/1.1\r\n" + host, "501"},
      {"TRACE / HTTP/1.1\r\n" + host, "501"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nExpect: gold\r\nContent-Length: 1\r\n\r\na", "417"},
  };
  RunningServer const server(echo);
  for (auto const& [request, status] : cases) {
    Client client(server.port());
    client.send(request);
    auto const reply = client.until_closed();
    EXPECT_THAT(reply, StartsWith(std::string("HTTP/1.1 ") + status)) << request;
    EXPECT_THAT(reply, HasSubstr("Connection: close")) << request;
  }
}

TEST(Server, TwoWaysToFrameABodyAreRefused) {
  char const* const requests[] = {
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  std::atomic<int> answered = 0;
  RunningServer const server([&](Message const& message) {
    ++answered;
    return echo(message);
  });
  for (auto const* request : requests) {
    Client client(server.port());
    client.send(request);
    EXPECT_THAT(client.until_closed(), ::testing::ContainsRegex("^HTTP/1.1 (400|501) ")) << request;
  }
  EXPECT_EQ(answered, 0);
}

TEST(Server, AnEscapedExceptionIsABare500) {
  RunningServer const server([](Message const&) -> Reply { throw std::runtime_error("the secret reason"); });
  Client client(server.port());
  auto const reply = client.ask(get("/"));
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(reply, Not(HasSubstr("secret")));
  EXPECT_THAT(client.ask(get("/")), StartsWith("HTTP/1.1 500 "));
}

TEST(Server, ALineBreakInAReplyHeaderIsNotSent) {
  RunningServer const server([](Message const&) { return text("x").header("Location", "/a\r\nSet-Cookie: b=c"); });
  Client client(server.port());
  auto const reply = client.ask(get("/"));
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(reply, Not(HasSubstr("Set-Cookie")));
}

TEST(Server, ForwardedForIsIgnoredFromAStranger) {
  RunningServer const server([](Message const& message) { return text(message.peer); });
  Client client(server.port());
  EXPECT_EQ(body_of(client.ask("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")), "127.0.0.1");
}

TEST(Server, ForwardedForIsTheLastAddressThatIsNoTrustedProxy) {
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1", "10.0.0.7"};
  RunningServer const server(options, [](Message const& message) { return text(message.peer); });
  Client client(server.port());
  auto const asked = [&](std::string const& value) {
    return body_of(client.ask("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + value + "\r\n\r\n"));
  };
  EXPECT_EQ(asked("203.0.113.9, 192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(asked("203.0.113.9, 192.0.2.1, 10.0.0.7"), "192.0.2.1");
  EXPECT_EQ(asked("192.0.2.1:4711"), "192.0.2.1");
  EXPECT_EQ(asked("[2001:db8::1]:4711"), "2001:db8::1");
  EXPECT_EQ(asked("<script>"), "127.0.0.1");
}

TEST(Server, PathAndQueryAreHandedOver) {
  RunningServer const server(echo);
  Client client(server.port());
  EXPECT_EQ(body_of(client.ask(get("/ky/%D0%9E%D1%88/a%20b?q=%D0%B0&x"))), "/ky/Ош/a b|q=%D0%B0&x|");
  EXPECT_EQ(body_of(client.ask(get("http://elsewhere/ky/?a"))), "/ky/|a|");
}

TEST(Server, PipelinedRequestsAreAnsweredInOrder) {
  RunningServer const server(echo);
  Client client(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i)
    all += i % 5 == 0 ? "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody" : get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(body_of(client.reply()), "/" + std::to_string(i) + "||" + (i % 5 == 0 ? "body" : ""));
}

TEST(Server, HeadersOfOneRequestDoNotReachTheNext) {
  RunningServer const server([](Message const& message) { return text(std::string(message.header("cookie"))); });
  Client client(server.port());
  EXPECT_EQ(body_of(client.ask("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nCookie: a=b\r\n\r\n")), "a=b");
  EXPECT_EQ(body_of(client.ask(get("/"))), "");
}

TEST(Server, ARequestMayArriveByteByByte) {
  RunningServer const server(echo);
  Client client(server.port());
  for (char const c : std::string("POST /a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
    client.send({&c, 1});
  EXPECT_EQ(body_of(client.reply()), "/a||abcde");
}

TEST(Server, AnEmptyChunkedBodyMayArriveByteByByte) {
  RunningServer const server(echo);
  Client client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (char const c : std::string("0\r\n\r\n")) {
    std::this_thread::sleep_for(5ms);
    client.send({&c, 1});
  }
  EXPECT_EQ(body_of(client.reply()), "/a||");
}

TEST(Server, TrailersOfAChunkedBodyAreNoHeaders) {
  RunningServer const server([](Message const& message) { return text(message.body + "|" + std::string(message.header("cookie"))); });
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nCookie: a=b\r\n\r\n");
  EXPECT_EQ(body_of(client.reply()), "x|");
  EXPECT_EQ(body_of(client.ask(get("/"))), "|");
}

TEST(Server, HeadHasNoBody) {
  RunningServer const server([](Message const&) { return text("twelve bytes"); });
  Client client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
  auto const head = client.reply(true);
  EXPECT_THAT(head, HasSubstr("Content-Length: 12\r\n"));
  EXPECT_THAT(head, ::testing::EndsWith("\r\n\r\n"));
  EXPECT_EQ(body_of(client.reply()), "twelve bytes");
}

TEST(Server, AnExpectationIsGreetedBeforeTheBody) {
  RunningServer const server(echo);
  Client client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.reply(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(body_of(client.ask("abc")), "/a||abc");
}

TEST(Server, ConnectionCloseClosesAfterTheReply) {
  RunningServer const server(echo);
  Client client(server.port());
  client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  auto const reply = client.until_closed();
  EXPECT_THAT(reply, HasSubstr("Connection: close\r\n"));
  EXPECT_EQ(body_of(reply), "/a||");
  Client old(server.port());
  old.send("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(body_of(old.until_closed()), "/old||");
}

TEST(Server, ALargeReplyArrivesWhole) {
  std::string const large(5'000'000, 'x');
  RunningServer const server([&](Message const&) { return text(large, "application/octet-stream"); });
  Client client(server.port());
  client.send(get("/"));
  std::this_thread::sleep_for(50ms);  // the kernel's buffers are full by now
  EXPECT_EQ(body_of(client.reply()), large);
}

TEST(Server, InFlightRequestsFinishOnStop) {
  std::promise<void> started, go_on;
  auto wait = go_on.get_future().share();
  RunningServer server([&](Message const&) {
    started.set_value();
    wait.wait();
    return text("finished");
  });
  Client client(server.port());
  client.send(get("/"));
  started.get_future().wait();
  server.ask_to_stop();
  std::this_thread::sleep_for(20ms);
  EXPECT_THROW(Client(server.port()), std::runtime_error) << "still accepts";
  go_on.set_value();
  auto const reply = client.until_closed();
  EXPECT_THAT(reply, HasSubstr("Connection: close"));
  EXPECT_EQ(body_of(reply), "finished");
  server.stop();
}

TEST(Server, IdleConnectionsAreClosedAtOnceOnStop) {
  RunningServer server(echo);
  Client fresh(server.port()), used(server.port());
  used.ask(get("/"));
  auto const begin = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_EQ(fresh.until_closed(), "");
  EXPECT_EQ(used.until_closed(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 500ms);
}

TEST(Server, MetricsCountRequestsWithoutPathsOrAddresses) {
  RunningServer const server(echo);
  Client client(server.port());
  client.ask(get("/hidden"));
  client.ask(get("/hidden"));
  client.send("BREW / HTTP/1.1\r\nHost: a\r\n\r\n");
  client.until_closed();
  auto const metrics = server.metrics();
  EXPECT_THAT(metrics, HasSubstr("birge_http_requests_total{method=\"GET\",status=\"2xx\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("birge_http_requests_total{method=\"other\",status=\"5xx\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("birge_http_request_seconds_count 3\n"));
  EXPECT_THAT(metrics, Not(HasSubstr("hidden")));
  EXPECT_THAT(metrics, Not(HasSubstr("127.0.0.1")));
}

}  // namespace
}  // namespace birge::http
