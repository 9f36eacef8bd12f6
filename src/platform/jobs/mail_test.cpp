#include "platform/jobs/mail.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <thread>

#include "platform/db/testing.hpp"

namespace birge::jobs {
namespace {

using namespace std::chrono_literals;

Instant const now = parse_instant("2018-09-14T09:00:00Z").value();

/// A relay on 127.0.0.1 that takes connections one after the other and remembers what it is given.
class TestRelay {
public:
  /// `to_recipient` is what it says to RCPT TO.
  explicit TestRelay(std::string to_recipient = "250 fine", char const* host = "127.0.0.1") : to_recipient_(std::move(to_recipient)), host_(host) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::inet_addr(host);
    socklen_t size = sizeof address;
    if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listening_, 8) != 0) throw std::runtime_error("no socket");
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TestRelay() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  TestRelay(TestRelay const&) = delete;
  TestRelay& operator=(TestRelay const&) = delete;

  Relay relay() const { return {fmt::format("smtp://{}:{}", host_, port_), "", "", "Бирге <birge@example.org>"}; }
  std::vector<std::string> commands, messages;  ///< read them only after the mail was sent

private:
  void serve() {
    for (int client; (client = ::accept(listening_, nullptr, nullptr)) >= 0; ::close(client)) talk(client);
  }
  void talk(int client) {
    std::string buffer;
    auto const say = [&](std::string const& line) { return ::send(client, (line + "\r\n").data(), line.size() + 2, MSG_NOSIGNAL) > 0; };
    auto const hear = [&](std::string& line) {
      for (;;) {
        if (auto const end = buffer.find("\r\n"); end != std::string::npos) {
          line = buffer.substr(0, end);
          buffer.erase(0, end + 2);
          return true;
        }
        char some[4096];
        auto const got = ::recv(client, some, sizeof some, 0);
        if (got <= 0) return false;
        buffer.append(some, static_cast<std::size_t>(got));
      }
    };
    say("220 relay");
    for (std::string line; hear(line);) {
      commands.push_back(line);
      if (line.starts_with("EHLO")) say("250-relay\r\n250 AUTH PLAIN");
      else if (line == "AUTH PLAIN") say("334 ") && hear(line) && say("235 welcome");
      else if (line.starts_with("RCPT")) say(to_recipient_);
      else if (line == "DATA") {
        say("354 go on");
        std::string message;
        for (std::string part; hear(part) && part != ".";) message += (part.starts_with(".") ? part.substr(1) : part) + "\n";
        messages.push_back(message);
        say("250 taken");
      } else if (line == "QUIT") {
        say("221 bye");
        return;
      } else say("250 fine");
    }
  }

  std::string to_recipient_, host_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST(MailAddress, ThatCouldCarryACommandIsRefused) {
  for (auto const* address : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "<a@b>", "a@b>", "a@b\r\nRCPT TO:<c@d>", "a@.b", "a@b.", "айбек@b.kg",
                              "a@ъ.kg", "a,b@c", "\"a\"@b"})
    EXPECT_FALSE(valid_address(address)) << address;
  EXPECT_FALSE(valid_address(std::string(65, 'a') + "@b.kg"));
  EXPECT_FALSE(valid_address("a@" + std::string(260, 'b')));
  for (auto const* address : {"a@b", "first.last+tag@mail.example.kg", "o'neil@b-c.kg"}) EXPECT_TRUE(valid_address(address)) << address;
}

TEST(MailText, IsQuotedPrintableInShortLines) {
  Mail const mail{
      "a@b.kg", "Plan", "Кош\n=\n.\ntrailing \n" + std::string(100, 'x') + "\nend", {{"List-Unsubscribe", "<https://birge.example/stop>"}}};
  EXPECT_EQ(mime(mail, "birge@example.org", "1@example.org", now),
            "Date: Fri, 14 Sep 2018 09:00:00 +0000\r\nFrom: birge@example.org\r\nTo: a@b.kg\r\nSubject: Plan\r\nMessage-ID: <1@example.org>\r\n"
            "Auto-Submitted: auto-generated\r\nList-Unsubscribe: <https://birge.example/stop>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            "=D0=9A=D0=BE=D1=88\r\n=3D\r\n.\r\ntrailing=20\r\n" +
                std::string(75, 'x') + "=\r\n" + std::string(25, 'x') + "\r\nend\r\n");
}

TEST(MailSubject, InKyrgyzIsEncodedInWordsThatCutNoCharacter) {
  Mail const mail{"a@b.kg", "Жыйынтыктар үч жумушчу күндүн ичинде күтүлөт", "x"};
  // As Python reads it: str(email.header.make_header(email.header.decode_header(...))) gives the subject back.
  auto const text = mime(mail, "Бирге <birge@example.org>", "1@b", now);
  EXPECT_NE(text.find("\r\nFrom: =?UTF-8?B?0JHQuNGA0LPQtQ==?= <birge@example.org>\r\n"), std::string::npos);
  EXPECT_NE(text.find("\r\nSubject: =?UTF-8?B?0JbRi9C50YvQvdGC0YvQutGC0LDRgCDSr9GHINC20YPQvNGD0YjRh9GDINC6?=\r\n "
                      "=?UTF-8?B?0q/QvdC00q/QvSDQuNGH0LjQvdC00LUg0LrSr9GC0q/Qu9Op0YI=?=\r\n"),
            std::string::npos)
      << text;
}

class Outbox : public testing::TestWithParam<db::Engine> {
protected:
  std::int64_t put(Mail const& letter) {
    return database_->write([&](db::Tx& tx) { return mail(tx, ids_, letter, clock_.now()); });
  }
  Worker::Done send_with(Relay const& relay) { return Worker(*database_, clock_, ids_, {mail_kind(*database_, clock_, relay)}, {}).run_due(); }
  std::int64_t kept() {
    return database_->read([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from mail"); });
  }
  db::TestDatabase database_{GetParam()};
  FixedClock clock_{now};
  IdMaker ids_{clock_, 0};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Outbox, db::both_engines(), db::engine_name);

TEST_P(Outbox, RefusesLineBreaksWhereTheyWouldBecomeHeaders) {
  EXPECT_THROW(put({"a@b.kg\r\nBcc: c@d.kg", "x", "x"}), std::invalid_argument);
  EXPECT_THROW(put({"a@b.kg", "x\r\nBcc: c@d.kg", "x"}), std::invalid_argument);
  EXPECT_THROW(put({"a@b.kg", "x", "x", {{"X-A", "1\nBcc: c@d.kg"}}}), std::invalid_argument);
  EXPECT_EQ(kept(), 0);
}

TEST_P(Outbox, IsSentAndForgotten) {
  put({"aibek@example.kg", "Кош келиңиз", ".\nЖыйынтык\n", {{"List-Unsubscribe", "<https://birge.example/stop>"}}});
  TestRelay relay;
  EXPECT_EQ(send_with(relay.relay()), (Worker::Done{1, 0}));
  ASSERT_EQ(relay.messages.size(), 1U);
  EXPECT_NE(std::ranges::find(relay.commands, "MAIL FROM:<birge@example.org>"), relay.commands.end());
  EXPECT_NE(std::ranges::find(relay.commands, "RCPT TO:<aibek@example.kg>"), relay.commands.end());
  EXPECT_NE(relay.messages[0].find("\n\n.\n=D0=96=D1=8B=D0=B9=D1=8B=D0=BD=D1=82=D1=8B=D0=BA\n"), std::string::npos) << relay.messages[0];
  EXPECT_NE(relay.messages[0].find("List-Unsubscribe: <https://birge.example/stop>\n"), std::string::npos);
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(send_with(relay.relay()), (Worker::Done{0, 0}));
}

TEST_P(Outbox, KeepsAMailWhileTheRelayCannotBeReached) {
  put({"aibek@example.kg", "x", "x"});
  EXPECT_EQ(send_with({"smtp://127.0.0.1:1", "", "", "birge@example.org"}), (Worker::Done{0, 1}));
  EXPECT_EQ(kept(), 1);
  clock_.set(now + 1min);
  TestRelay relay;
  EXPECT_EQ(send_with(relay.relay()), (Worker::Done{1, 0}));
}

TEST_P(Outbox, TriesAgainWhenTheRelaySaysLaterAndGivesUpWhenItSaysNever) {
  put({"aibek@example.kg", "x", "x"});
  {
    TestRelay later("451 later");
    EXPECT_EQ(send_with(later.relay()), (Worker::Done{0, 1}));
  }
  EXPECT_TRUE(database_->read([](db::Reader& read) { return state(read, now); }).dead.empty());
  clock_.set(now + 1min);
  TestRelay never("550 nobody of that name");
  EXPECT_EQ(send_with(never.relay()), (Worker::Done{0, 1}));
  EXPECT_EQ(database_->read([](db::Reader& read) { return state(read, now); }).dead.size(), 1U);
}

TEST_P(Outbox, DropsWhatNobodyWantsAnyMore) {
  put({"aibek@example.kg", "Reset", "x", {}, now + 1h});
  clock_.set(now + 1h + 1ms);
  TestRelay relay;
  EXPECT_EQ(send_with(relay.relay()), (Worker::Done{1, 0}));
  EXPECT_TRUE(relay.messages.empty());
  EXPECT_EQ(kept(), 0);
}

TEST_P(Outbox, ForgetsWithoutARelayWhatNobodyWantsAnyMore) {
  put({"aibek@example.kg", "Reset", "x", {}, now + 1h});
  put({"aibek@example.kg", "Digest", "x"});
  database_->write([](db::Tx& tx) { EXPECT_EQ(forget_useless_mail(tx, now + 1h), 0); });
  database_->write([](db::Tx& tx) { EXPECT_EQ(forget_useless_mail(tx, now + 1h + 1ms), 1); });
  EXPECT_EQ(kept(), 1);
}

TEST_P(Outbox, WritesNeitherAddressNorContentIntoTheLog) {
  std::ostringstream written;
  auto const before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(written)));
  put({"aibek@example.kg", "secret subject", "secret text"});
  {
    TestRelay never("550 no aibek@example.kg here");
    send_with(never.relay());
  }
  spdlog::set_default_logger(before);
  EXPECT_NE(written.str().find("550"), std::string::npos) << written.str();
  EXPECT_EQ(written.str().find("aibek"), std::string::npos);
  EXPECT_EQ(written.str().find("secret"), std::string::npos);
  EXPECT_EQ(database_->read([](db::Reader& read) { return state(read, now); }).dead.at(0).failure.find("aibek"), std::string::npos);
}

TEST_P(Outbox, APasswordIsNotSentInTheClearToAnotherMachine) {
  auto const spoke_of_it = [](TestRelay const& relay) {
    return std::ranges::any_of(relay.commands, [](std::string const& command) { return command.starts_with("AUTH"); });
  };
  auto const with_password = [](Relay relay) {
    relay.user = "birge";
    relay.password = "secret";
    return relay;
  };
  put({"aibek@example.kg", "x", "x"});
  TestRelay far("250 fine", "127.0.0.2");  // this machine too, but not by a name that everybody knows to be
  EXPECT_EQ(send_with(with_password(far.relay())), (Worker::Done{0, 1}));
  EXPECT_FALSE(spoke_of_it(far));
  EXPECT_TRUE(far.messages.empty());
  clock_.set(now + 1min);
  TestRelay near;
  EXPECT_EQ(send_with(with_password(near.relay())), (Worker::Done{1, 0}));
  EXPECT_TRUE(spoke_of_it(near));
}

}  // namespace birge::jobs
