#include "features/village/village_jobs.hpp"

#include "features/account/role_holders.hpp"
#include "features/campaign/campaign_daily.hpp"
#include "features/village/village_store.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::village {

namespace {

/// Where those read letters who answer for a region; of the whole country where none of the region does.
std::vector<account::Mailbox> mailboxes(db::Reader& read, place::PlaceId region, std::vector<account::Holder> const& holders) {
  std::vector<account::PersonId> regional, national;
  for (auto const& holder : holders) {
    if (holder.role == account::Role::regional_coordinator && holder.region == region) regional.push_back(holder.person);
    if (holder.role == account::Role::national_coordinator) national.push_back(holder.person);
  }
  auto boxes = account::mailboxes_of(read, regional);
  return boxes.empty() ? account::mailboxes_of(read, national) : boxes;
}

struct Reminders {
  std::vector<jobs::Mail> mails;
  std::vector<InvitationId> invitations;
};

jobs::Mail mail_for(Services const& services, campaign::Facts const& facts, Invitation const& invitation, account::Mailbox const& box) {
  auto const& say = Say::in(box.language);
  auto const address = services.config.text("public_address") + std::string(say.path("/work/invitations/{}", invitation.id).text());
  jobs::Mail mail;
  mail.to = box.email;
  mail.subject = say("An invitation waits for an answer");
  mail.text = say("A village invited the campaign on {} and waits for an answer. Please open it here: {}",
                  local_time(invitation.created, facts.time_zone).day, address) +
              "\n";
  return mail;
}

Reminders due(Services const& services) {
  return services.database.read([&](db::Reader& read) {
    Reminders reminders;
    auto const facts = campaign::facts(read);
    auto const now = services.clock.now();
    auto const* edition = facts->current(now);
    if (!edition) return reminders;
    auto const holders = account::role_holders(read);
    for (auto const& invitation : Store(read).to_remind(edition->id, now)) {
      auto const asked = local_time(invitation.created, facts->time_zone).day;
      if (facts->today(now) < campaign::due_day(asked, reminded_after, facts->holidays)) continue;
      for (auto const& box : mailboxes(read, invitation.region, holders))
        if (jobs::valid_address(box.email)) reminders.mails.push_back(mail_for(services, *facts, invitation, box));
      reminders.invitations.push_back(invitation.id);
    }
    return reminders;
  });
}

}  // namespace

jobs::Kind forgetting(Services const& services) {
  return {"forget_invitations", [&services](jobs::Job const&) -> jobs::Finish {
            auto const now = services.clock.now();
            auto const today = services.database.read([](db::Reader& read) { return campaign::facts(read); })->today(now);
            return [now, today](db::Tx& tx) { forget(tx, today, now); };
          }};
}

jobs::Schedule forgetting_daily() { return campaign::daily("forget_invitations", 3 * 60); }

jobs::Kind invitation_reminders(Services const& services) {
  return {"invitation_reminders", [&services](jobs::Job const&) -> jobs::Finish {
            auto list = due(services);
            auto const now = services.clock.now();
            return [&services, list = std::move(list), now](db::Tx& tx) {
              for (auto const& mail : list.mails) jobs::mail(tx, services.ids, mail, now);
              for (auto const id : list.invitations) reminded(tx, id, now);
            };
          }};
}

jobs::Schedule invitation_reminders_daily() { return campaign::daily("invitation_reminders", 8 * 60); }

}  // namespace birge::village
