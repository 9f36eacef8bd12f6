#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::jobs {

namespace {

constexpr std::string_view kind = "mail";
constexpr auto usually_useful = std::chrono::days(3);

bool one_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos; }

struct Stored {
  std::string recipient, subject, body, headers;
  Instant useful_until{};
};

std::optional<Mail> stored_mail(db::Reader& read, std::int64_t job) {
  auto const row = read.maybe<Stored>("select recipient, subject, body, headers, useful_until from mail where job = $1", job);
  if (!row) return {};
  Mail mail{row->recipient, row->subject, row->body, {}, row->useful_until};
  for (auto const line : split(row->headers, '\n')) {
    auto const colon = line.find(':');
    if (colon != std::string_view::npos) mail.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return mail;
}

/// The part behind the @, without the > of a name before it.
std::string_view host_of(std::string_view from) {
  auto const host = from.substr(from.rfind('@') + 1);
  return host.substr(0, host.find('>'));
}

}  // namespace

std::int64_t mail(db::Tx& tx, IdMaker& ids, Mail const& mail, Instant now) {
  if (!valid_address(mail.to)) throw std::invalid_argument("a mail to an address that is none");
  if (!one_line(mail.subject)) throw std::invalid_argument("the subject of a mail has a line break");
  std::string headers;
  for (auto const& [name, value] : mail.headers) {
    if (!one_line(name) || !one_line(value) || name.find(':') != std::string::npos)
      throw std::invalid_argument("a header of a mail has a line break");
    headers += (headers.empty() ? "" : "\n") + name + ": " + value;
  }
  auto const job = enqueue(tx, ids, kind, "", now, now);
  tx.put("insert into mail (job, recipient, subject, body, headers, useful_until) values ($1, $2, $3, $4, $5, $6)", job, mail.to, mail.subject,
         mail.text, headers, mail.useful_until.value_or(now + usually_useful));
  return job;
}

std::int64_t forget_useless_mail(db::Tx& tx, Instant now) {
  return tx.run("delete from job where id in (select job from mail where useful_until < $1)", now);
}

void forget_mail_to(db::Tx& tx, std::string_view address) {
  tx.run("delete from job where id in (select job from mail where recipient = $1)", address);
}

Kind mail_kind(db::Database& database, Clock const& clock, Relay relay) {
  return {std::string(kind), [&database, &clock, relay = std::move(relay)](Job const& job) -> Finish {
            auto const mail = database.read([&](db::Reader& read) { return stored_mail(read, job.id); });
            if (!mail || clock.now() > *mail->useful_until) return {};
            // The same Message-ID in every attempt: where an answer got lost, the reader's program shows one of the two.
            auto const id = id_text(job.id) + "@" + std::string(host_of(relay.from));
            send(relay, mail->to, mime(*mail, relay.from, id, clock.now()));
            return {};
          }};
}

}  // namespace birge::jobs
