#include "features/account/account_change.hpp"
#include "features/account/joining.hpp"
#include "features/account/role_holders.hpp"
#include "platform/base/text.hpp"

namespace birge::account {

namespace {

struct Row {
  std::int64_t id;
  std::string state, kind, name, language, about, website;
  std::optional<place::PlaceId> region;
  std::string regions, contact_name, contact;
  Instant created;
  std::optional<PersonId> first_by, second_by;
  std::optional<Instant> decided;
  std::string reason;
  std::optional<coalition::OrganisationId> organisation;
  std::int64_t version;
};

JoiningRequest from(Row&& row) {
  JoiningRequest request;
  request.id = row.id;
  request.state = std::move(row.state);
  request.kind = std::move(row.kind);
  request.name = std::move(row.name);
  request.language = std::move(row.language);
  request.about = std::move(row.about);
  request.website = std::move(row.website);
  request.region = row.region;
  for (auto const code : split(row.regions, ' '))
    if (!code.empty()) request.regions.emplace_back(code);
  request.contact_name = std::move(row.contact_name);
  request.contact = std::move(row.contact);
  request.created = row.created;
  request.first_by = row.first_by;
  request.second_by = row.second_by;
  request.decided = row.decided;
  request.reason = std::move(row.reason);
  request.organisation = row.organisation;
  request.version = row.version;
  return request;
}

struct ProfileRow {
  std::string standing, since;
  std::optional<std::string> until;
  std::string languages, phone, email, address;
  bool show_about, show_website, show_contacts, show_languages, show_regions;
  std::int64_t version;
};

JoiningRequest found(db::Tx& tx, std::int64_t id) {
  auto request = Register(tx).request(id);
  if (!request) throw Problem(Failure::not_found, message("There is no such request."));
  return std::move(*request);
}

coalition::OrganisationId make_organisation(db::Tx& tx, IdMaker& ids, JoiningRequest const& request, Day today, Instant now) {
  coalition::Organisation organisation;
  organisation.kind = request.kind;
  organisation.region = request.region;
  organisation.website = request.website;
  organisation.original = request.language;
  organisation.names[request.language] = request.name;
  organisation.about[request.language] = request.about;
  auto const id = coalition::add(tx, ids, organisation, {}, now);
  Profile profile;
  profile.since = today.iso();
  std::vector<place::PlaceId> regions;
  for (auto const& code : request.regions)
    if (auto const place = tx.maybe<place::PlaceId>("select id from place where code = $1 and level = 1", code)) regions.push_back(*place);
  save_profile(tx, id, profile, regions);
  return id;
}

}  // namespace

std::optional<JoiningRequest> Register::request(std::int64_t id) {
  auto row = read_.maybe<Row>(R"(
    select id, state, kind, name, language, about, website, region, regions, contact_name, contact, created, first_by, second_by, decided, reason,
           organisation, version from joining_request where id = $1)",
                              id);
  return row ? std::optional(from(std::move(*row))) : std::nullopt;
}

std::vector<JoiningRequest> Register::waiting() {
  std::vector<JoiningRequest> list;
  read_.each<Row>(R"(
    select id, state, kind, name, language, about, website, region, regions, contact_name, contact, created, first_by, second_by, decided, reason,
           organisation, version from joining_request where state = 'waiting' order by created, id)",
                  [&](Row&& row) { list.push_back(from(std::move(row))); });
  return list;
}

std::vector<JoiningRequest> Register::invited() {
  std::vector<JoiningRequest> list;
  read_.each<Row>(R"(
    select id, state, kind, name, language, about, website, region, regions, contact_name, contact, created, first_by, second_by, decided, reason,
           organisation, version from joining_request where state = 'accepted' and contact <> '' order by decided desc, id desc)",
                  [&](Row&& row) { list.push_back(from(std::move(row))); });
  return list;
}

bool Register::is_national(PersonId person) {
  Store store(read_);
  auto const account = store.find(person);
  return account && may_everywhere(store.as_person(*account), Permission::admit);
}

std::optional<Profile> Register::profile(coalition::OrganisationId organisation) {
  auto row = read_.maybe<ProfileRow>(R"(
    select standing, since, until, languages, phone, email, address, show_about, show_website, show_contacts, show_languages, show_regions, version
      from organisation_profile where organisation = $1)",
                                     organisation);
  if (!row) return {};
  return Profile{row->standing,   row->since,        row->until,         row->languages,      row->phone,        row->email,  row->address,
                 row->show_about, row->show_website, row->show_contacts, row->show_languages, row->show_regions, row->version};
}

std::vector<place::PlaceId> Register::regions(coalition::OrganisationId organisation) {
  return read_.all<place::PlaceId>("select region from organisation_region where organisation = $1 order by region", organisation);
}

std::int64_t add_request(db::Tx& tx, IdMaker& ids, JoiningRequest const& request, Instant now) {
  auto const id = ids.next();
  tx.run(
      R"(insert into joining_request (id, state, kind, name, language, about, website, region, regions, contact_name, contact, created, reason, version)
            values ($1, 'waiting', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 1))",
      id, request.kind, request.name, request.language, request.about, request.website, request.region, joined(request.regions, " "),
      request.contact_name, request.contact, now);
  return id;
}

std::optional<coalition::OrganisationId> approve(db::Tx& tx, IdMaker& ids, Person const& by, std::int64_t id, Day today, Instant now) {
  auto const request = found(tx, id);
  switch (approval(by, request, request.first_by && Register(tx).is_national(*request.first_by))) {
    case Approval::refused: throw Problem(Failure::conflict, message("This request was decided already."));
    case Approval::same_person: throw Problem(Failure::forbidden, message("You approved this already. A second coordinator has to agree."));
    case Approval::needs_national: throw Problem(Failure::forbidden, message("One of the two approvals has to come from a national coordinator."));
    case Approval::first:
      tx.run("update joining_request set first_by = $2, first_at = $3, version = version + 1 where id = $1", id, by.id, now);
      return {};
    case Approval::second: break;
  }
  auto const organisation = make_organisation(tx, ids, request, today, now);
  tx.run(R"(update joining_request set state = 'accepted', second_by = $2, decided = $3, organisation = $4, version = version + 1
            where id = $1)",
         id, by.id, now, organisation);
  return organisation;
}

void forget_contact(db::Tx& tx, coalition::OrganisationId organisation) {
  tx.run("update joining_request set contact_name = '', contact = '' where organisation = $1 and contact <> ''", organisation);
}

void revoke_unused(db::Tx& tx, coalition::OrganisationId organisation, std::string_view login, Instant now) {
  tx.run("update ticket set used = $3, outcome = 'revoked', name = '', login = '' where organisation = $1 and login = $2 and used is null",
         organisation, login, now);
}

void refuse(db::Tx& tx, Person const& by, std::int64_t id, std::string_view reason, Instant now) {
  auto const request = found(tx, id);
  if (request.state != "waiting" || !may_decide(by, request)) throw Problem(Failure::conflict, message("This request was decided already."));
  tx.run(
      R"(update joining_request set state = 'refused', second_by = $2, decided = $3, reason = $4, contact_name = '', contact = '', version = version + 1
            where id = $1)",
      id, by.id, now, reason);
}

void save_profile(db::Tx& tx, coalition::OrganisationId organisation, Profile const& profile, std::vector<place::PlaceId> const& regions) {
  auto const stored = Register(tx).profile(organisation);
  if (stored && stored->version != profile.version)
    throw Problem(Failure::conflict, message("Somebody else changed this meanwhile. Open the page again to see what is there now."));
  tx.run("delete from organisation_profile where organisation = $1", organisation);
  tx.run(
      R"(insert into organisation_profile (organisation, standing, since, until, languages, phone, email, address, show_about, show_website, show_contacts,
            show_languages, show_regions, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))",
      organisation, profile.standing, profile.since, profile.until, profile.languages, profile.phone, profile.email, profile.address,
      profile.show_about, profile.show_website, profile.show_contacts, profile.show_languages, profile.show_regions, profile.version + 1);
  tx.run("delete from organisation_region where organisation = $1", organisation);
  for (auto const region : regions)
    tx.run("insert into organisation_region (organisation, region) values ($1, $2) on conflict (organisation, region) do nothing", organisation,
           region);
}

void leave_coalition(db::Tx& tx, coalition::OrganisationId organisation, Day today, Instant now) {
  for (auto const& code : tx.all<std::string>("select distinct role from account_role where organisation = $1 and ended is null", organisation)) {
    auto const role = role_of(code);
    if (role && needs_second_factor({Grant{*role, {}, {}, {}}}))
      throw Problem(Failure::conflict, message("Somebody of this organisation is {}, a role that reaches beyond it. Whoever may end that role under "
                                               "People does so first; then the organisation can leave.",
                                               role_name(*role)));
  }
  auto profile = Register(tx).profile(organisation).value_or(Profile{});
  if (profile.since.empty()) profile.since = today.iso();
  profile.standing = "left";
  profile.until = today.iso();
  save_profile(tx, organisation, profile, Register(tx).regions(organisation));
  tx.run("update account_role set ended = $2 where organisation = $1 and ended is null", organisation, now);
  rights_version.touch(tx);
  tx.run("update ticket set used = $2, outcome = 'revoked', name = '', login = '' where organisation = $1 and used is null", organisation, now);
}

}  // namespace birge::account
