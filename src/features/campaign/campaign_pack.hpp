#pragma once

#include <map>
#include <string>
#include <vector>

#include "features/campaign/campaign.hpp"
#include "platform/base/pack_files.hpp"

/// The part of a country pack that is about campaigns, read and checked but not yet stored:
///   country.toml                  what fits no table
///   codes.csv                     code lists; aliases with | between
///   contacts.csv                  the numbers to call, in the order they are shown
///   guide.csv                     signs and advice (campaign_guide.hpp); may be missing
///   organisations.csv             who took part in the documented editions; region is a place's code or P-code
///   editions/NAME.toml            one edition; NAME is its slug
///   editions/sources.csv          where its facts come from
/// editions/documented_activities.csv is read by whoever knows activities.
namespace birge::campaign {

struct PackCode {
  Code code;
  std::vector<std::string> aliases;  ///< folded, each once, names and the code itself included
};

struct PackOrganisation {
  coalition::Organisation organisation;  ///< without id and region
  std::string region;                    ///< code of a place, or empty
  std::vector<std::string> aliases;
};

struct PackSource {
  std::string key, title, address, licence, dated, note;
};

struct PackDates {
  int version = 1;
  Day preparation_from, campaign_from, campaign_until, closing_until;
  std::optional<Day> conference_day;
  std::string reason;
};

struct PackFigure {
  std::string measure;
  std::int64_t low = 0;
  std::optional<std::int64_t> high;
  std::string source;  ///< key
};

struct PackParticipant {
  std::string organisation, role;  ///< slug
};

struct PackEdition {
  std::string slug;
  int year = 0, due_days = 0;
  std::int64_t count_limit = 0, audience_limit = 0;
  std::vector<PackDates> dates;
  std::map<std::string, std::string> names, slogans, abouts;
  std::vector<PackParticipant> participants;
  std::vector<PackFigure> figures;
};

struct Pack {
  std::map<std::string, std::string> settings;
  std::vector<std::string> languages;
  std::vector<PackSource> sources;
  std::vector<PackCode> codes;
  std::vector<Contact> contacts;
  std::vector<PackOrganisation> organisations;
  std::vector<PackEdition> editions;
};

/// Throws Problem naming the file and what is wrong in it.
Pack read_pack(PackFiles const& files);

/// The parts read_pack is made of, by file format.
void read_country(Pack& pack, PackFiles const& files);
void read_tables(Pack& pack, PackFiles const& files);

}  // namespace birge::campaign
