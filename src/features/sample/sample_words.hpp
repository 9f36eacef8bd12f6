#pragma once

#include <array>
#include <span>
#include <string_view>

/// The words of the sample edition in three languages.
namespace birge::sample {

struct Words {
  std::string_view ky, ru, en;
};

/// What an activity was about, by topic of the country pack.
struct Subject {
  std::string_view topic;
  Words words;
};

/// An invented organisation. Every name says that it is a sample.
struct Invented {
  std::string_view slug, kind;
  std::string_view region;  ///< code of the region it sits in; empty: national
  Words words;
};

std::span<Subject const> subjects();
Subject const& launch_subject();   ///< of the first day in a region
Subject const& closing_subject();  ///< of the closing conference
std::span<Invented const> organisations();
std::span<Words const> venues();

}  // namespace birge::sample
