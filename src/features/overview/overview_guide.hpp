#pragma once

#include "features/overview/overview_view.hpp"

/// The guide of the country pack, as the pages of this folder show it. All of it is empty where the pack has none.
namespace birge::overview::view {

/// How to recognise it, what to know before leaving, and what to do if something is wrong, which leads to the numbers in `help` of the same page.
Html guide_sections(Scene const& scene);
/// The way to the page of the guide.
Html guide_door(Scene const& scene);

/// What trafficking in persons is, in two sentences.
Html what_it_is(Scene const& scene);
/// The numbers to call.
Html help(Scene const& scene);

}  // namespace birge::overview::view
