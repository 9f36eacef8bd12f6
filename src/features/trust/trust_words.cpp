#include "features/trust/trust_words.hpp"

#include <algorithm>
#include <vector>

#include "features/account/account.hpp"
#include "features/activity/activity_view.hpp"
#include "features/audit/log.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/evidence/evidence.hpp"
#include "features/village/village.hpp"
#include "features/work/work.hpp"

namespace birge::trust {

namespace {

std::string spaced(std::string_view code) {
  std::string text(code);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string words(Say const& say, std::span<Term const> terms, std::string_view code) {
  auto const found = std::ranges::find(terms, code, &Term::code);
  return found == terms.end() ? spaced(code) : say(found->words);
}

}  // namespace

std::span<Term const> fields() {
  static std::vector<Term> const all{
      {"state", message("state")},
      {"day", message("first day")},
      {"end_day", message("last day")},
      {"place", message("place")},
      {"lead", message("lead organisation")},
      {"kind", message("kind")},
      {"title", message("title")},
      {"name", message("name")},
      {"full_name", message("name of the organisation")},
      {"short_name", message("short name")},
      {"texts", message("texts")},
      {"contact", message("contact")},
      {"profile", message("profile")},
      {"checklist", message("item of the checklist")},
      {"remark", message("remark")},
      {"public", message("public")},
      {"summary", message("summary")},
      {"narrative", message("narrative")},
      {"reason", message("reason")},
      {"attendance", message("attendances")},
      {"audience", message("broadcast audience")},
      {"expected", message("expected attendance")},
      {"code", message("code")},
      {"approves", message("by somebody who may approve it")},
      {"method", message("how it was counted")},
      {"role", message("role")},
      {"region", message("region")},
      {"organisation", message("organisation")},
      {"works", message("works")},
      {"activity", message("activity")},
      {"count", message("how many")},
      {"evidence", message("piece of evidence")},
      {"caption", message("words of a picture")},
      {"people", message("people can be recognised")},
      {"minors", message("children can be recognised")},
      {"consent", message("consent of the people")},
      {"guardians", message("consent of the guardians")},
      {"wanted", message("publication asked for")},
      {"sheet", message("sign-in sheet")},
      {"added", message("added")},
      {"updated", message("changed")},
      {"refused", message("refused")},
      {"new_organisations", message("new organisations")},
      {"year", message("year")},
      {"copied_from", message("copied from")},
      {"due_days", message("working days until a result is due")},
      {"participants", message("organisations that lead, take part or pay")},
      {"target_activities", message("target: activities")},
      {"target_attendances", message("target: attendances")},
      {"preparation_from", message("beginning of the preparation")},
      {"campaign_from", message("beginning of the campaign")},
      {"campaign_until", message("end of the campaign")},
      {"closing_until", message("end of the edition")},
      {"conference_day", message("day of the closing conference")},
      {"report_text", message("text of the report")},
      {"section", message("section")},
      {"language", message("language")},
      {"recommendation", message("recommendation")},
      {"planned", message("activities planned")},
      {"held", message("activities held")},
      {"reported", message("results reported")},
      {"confirmed", message("results confirmed")},
      {"attendances_reported", message("attendances reported")},
      {"attendances_confirmed", message("attendances confirmed")},
      {"import", message("import")},
      {"left", message("left as they were")},
      {"undone", message("undone")},
      {"organisations_gone", message("organisations taken out again")},
      {"substitute", message("who acts in their place")},
      {"from", message("first day")},
      {"until", message("last day")},
      {"starts", message("begins")},
      {"ends", message("ends")},
      {"reach", message("reach")},
      {"places", message("places")},
      {"village", message("village or part of town")},
      {"venue", message("venue")},
      {"co_hosts", message("organisations that host it too")},
      {"partners", message("partners")},
      {"partner", message("partner")},
      {"donor", message("donor")},
      {"topics", message("topics")},
      {"audiences", message("who it is for")},
      {"languages", message("languages")},
      {"entry", message("who may come")},
      {"cost", message("cost")},
      {"expected_low", message("expected attendance, at least")},
      {"attendance_low", message("attendances, at least")},
      {"audience_low", message("broadcast audience, at least")},
      {"cells", message("by sex and age")},
      {"cells_low", message("by sex and age, at least")},
      {"counted_by", message("who counted")},
      {"about", message("what it does")},
      {"website", message("website")},
      {"phone", message("phone")},
      {"email", message("e-mail")},
      {"address", message("address")},
      {"regions", message("regions where it is active")},
      {"show_about", message("shown to everybody: what it does")},
      {"show_website", message("shown to everybody: website")},
      {"show_contacts", message("shown to everybody: phone, e-mail and address")},
      {"show_languages", message("shown to everybody: languages")},
      {"show_regions", message("shown to everybody: regions")},
  };
  return all;
}

std::span<Term const> actions() {
  static std::vector<Term> const all{
      {"created", message("entered")},
      {"changed", message("changed")},
      {"proposed", message("proposed")},
      {"withdrawn", message("withdrawn")},
      {"discarded", message("draft thrown away")},
      {"approved", message("approved")},
      {"approved_on_paper", message("approved on paper")},
      {"returned", message("returned")},
      {"result_returned", message("result returned")},
      {"held", message("marked as held")},
      {"reported", message("result reported")},
      {"confirmed", message("result confirmed")},
      {"corrected", message("corrected")},
      {"cancelled", message("cancelled")},
      {"moved", message("moved")},
      {"undone", message("undone")},
      {"checklist_changed", message("checklist changed")},
      {"remarked", message("wrote a remark")},
      {"remark_taken_back", message("remark taken back")},
      {"stand_in_named", message("deputy named")},
      {"stand_in_ended", message("deputy ended")},
      {"asked_to_join", message("asked to join")},
      {"invited_campaign", message("invited the campaign")},
      {"taken_on", message("took it on")},
      {"answered", message("answered")},
      {"declined", message("invitation of a village declined")},
      {"passed_to_hotline", message("passed to the hotline")},
      {"planned_for_invitation", message("planned an activity for it")},
      {"contacts_deleted", message("deleted texts and contacts")},
      {"refused", message("joining request refused")},
      {"left_coalition", message("left the coalition")},
      {"invited", message("invited")},
      {"left", message("left")},
      {"account_made", message("account made")},
      {"entered", message("entered without an account")},
      {"role_taken", message("took up a role")},
      {"role_ended", message("role ended")},
      {"invitation_revoked", message("invitation taken back")},
      {"signed_in", message("signed in")},
      {"session_ended", message("ended a session of theirs")},
      {"signed_out_everywhere", message("signed out everywhere")},
      {"password_changed", message("password changed")},
      {"password_reset", message("password set anew")},
      {"reset_mail_asked", message("asked for a link to a new password")},
      {"reset_link_made", message("link to a new password made")},
      {"second_step_set", message("second step set up")},
      {"second_step_removed", message("second step removed")},
      {"letters_changed", message("chose when letters come")},
      {"letters_stopped", message("letters stopped by the link in one")},
      {"calendar_made", message("address of the private calendar made")},
      {"calendar_ended", message("address of the private calendar ended")},
      {"locked", message("account locked")},
      {"unlocked", message("account unlocked")},
      {"imported", message("imported")},
      {"uploaded", message("spreadsheet uploaded")},
      {"put_away", message("upload deleted")},
      {"import_undone", message("import taken back")},
      {"checked", message("checked")},
      {"pack_loaded", message("country pack loaded")},
      {"deleted", message("deleted")},
      {"job_revived", message("job tried again")},
      {"removed", message("account removed")},
      {"sums_rebuilt", message("sums made anew")},
      {"announced", message("announced")},
      {"closed", message("closed")},
      {"reopened", message("opened again")},
      {"evidence_added", message("evidence added")},
      {"evidence_described", message("words or consents of evidence changed")},
      {"evidence_published", message("picture let through to everybody")},
      {"evidence_withdrawn", message("consent to a picture taken back")},
      {"evidence_removed", message("evidence taken away")},
      {"sheet_answered", message("said where the sign-in sheet is")},
      {"sheet_opened", message("opened a sign-in sheet")},
      {"sheet_deleted", message("sign-in sheet deleted, its time was over")},
  };
  return all;
}

std::span<Term const> objects() {
  static std::vector<Term> const all{
      {"activity", message("activity")},
      {"edition", message("edition")},
      {"organisation", message("organisation")},
      {"account", message("account")},
      {"person", message("person")},
      {"joining_request", message("joining request")},
      {"village_invitation", message("invitation of a village")},
      {"help_number", message("help number")},
      {"guide_line", message("line of the guide")},
      {"country_pack", message("country pack")},
      {"database", message("database")},
      {"import", message("import")},
      {"saved_view", message("saved view")},
      {"job", message("job")},
  };
  return all;
}

std::string action_words(Say const& say, std::string_view code) { return words(say, actions(), code); }
std::string object_words(Say const& say, std::string_view code) { return words(say, objects(), code); }
std::string field_words(Say const& say, std::string_view code) { return words(say, fields(), code); }

namespace {

std::string state_words(Say const& say, audit::Row const& row, std::string_view value) {
  if (row.object == "village_invitation") {
    auto const state = village::state_of(value);
    return state ? say(village::name(*state)) : std::string();
  }
  if (row.object == "edition") {
    bool const known = std::ranges::find(campaign::recommendation_states, value) != campaign::recommendation_states.end();
    return known ? say(campaign::recommendation_state_name(value)) : std::string();
  }
  auto const state = activity::state_of(value);
  return state ? say(work::state_name(*state)) : std::string();
}

/// A code of a list of the country pack; empty where it has none of that name.
std::string listed(Say const& say, campaign::Facts const& facts, std::string_view list, std::string_view value) {
  return facts.codes.find(list, value) ? facts.codes.name(list, value, say.language()) : std::string();
}

std::string kind_words(Say const& say, campaign::Facts const& facts, audit::Row const& row, std::string_view value) {
  if (row.action.starts_with("evidence")) {
    auto const kind = evidence::kind_of(value);
    return kind ? say(evidence::name(*kind)) : std::string();
  }
  if (row.object == "organisation") return say(coalition::kind_name(value));
  if (value == "deputy") return std::string(say("Deputy during an absence"));
  if (value == "assistant") return std::string(say("Assistant, until it is ended"));
  if (value == "all_kinds") return std::string(say("all kinds"));
  return listed(say, facts, "kind", value);
}

/// "female.18_24": the sex, and the band of ages.
std::string cell_words(Say const& say, campaign::Facts const& facts, std::string_view value) {
  auto const dot = value.find('.');
  auto const sex = activity::sex_of(value.substr(0, dot));
  if (!sex || dot == std::string_view::npos) return {};
  return say(activity::view::sex_name(*sex)) + ", " + activity::view::band_name(say, facts, value.substr(dot + 1));
}

}  // namespace

std::string coded_words(Say const& say, campaign::Facts const& facts, audit::Row const& row, std::string_view field, std::string_view value) {
  static std::vector<Term> const sheets{{"kept", message("kept by the organisation")}, {"uploaded", message("uploaded")}};
  static std::vector<Term> const sections{{"foreword", message("foreword")},
                                          {"challenges", message("challenges")},
                                          {"conclusions", message("conclusions")},
                                          {"recommendations", message("recommendations")}};
  auto const term = [&](std::vector<Term> const& terms) {
    auto const found = std::ranges::find(terms, value, &Term::code);
    return found == terms.end() ? std::string() : say(found->words);
  };
  if (value == "-") return {};
  if (field == "state") return state_words(say, row, value);
  if (field == "role") {
    auto const role = account::role_of(value);
    return role ? say(account::role_name(*role)) : std::string();
  }
  if (field == "kind" || field.starts_with("target_")) return kind_words(say, facts, row, value);
  if (field == "topics") return listed(say, facts, "topic", value);
  if (field == "audiences") return listed(say, facts, "audience", value);
  if (field.starts_with("cells")) return cell_words(say, facts, value);
  if (field == "method") return say(activity::view::method_text(value));
  if (field == "reach") {
    auto const reach = activity::reach_of(value);
    return reach ? say(activity::name(*reach)) : std::string();
  }
  if (field == "entry") {
    auto const name = activity::view::entry_name(value);
    return name.empty() ? std::string() : say(name);
  }
  if (field == "starts" || field == "ends") {
    auto const minutes = audit::number_in(value);
    return minutes ? say.time(static_cast<int>(*minutes)) : std::string();
  }
  if (field == "sheet") return term(sheets);
  if (field == "section") return term(sections);
  if (auto const language = field.starts_with("language") ? language_of(value) : std::nullopt) return std::string(own_name(*language));
  return {};
}

std::string value_words(Say const& say, std::string_view value) {
  if (value == "-") return std::string(say("nothing"));
  if (value == "yes") return std::string(say("yes"));
  if (value == "no") return std::string(say("no"));
  if (value.starts_with('=')) return std::string(value.substr(1));
  if (auto const day = Day::parse(value)) return say.short_date(*day);
  return spaced(value);
}

}  // namespace birge::trust
