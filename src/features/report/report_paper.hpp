#pragma once

#include <string>
#include <string_view>

/// What a document needs to become sheets of paper, done on its finished markup, so that no chapter has to know of it.
namespace birge::report {

/// Markup of ours for paper. Dates hold together without the invisible word joiners of the site: a PDF ties its letters to the first text they were
/// drawn for, so one joiner would stand inside many words and nobody could search or copy them. And the rows of each table stand in groups, of which
/// the first and the last are not torn (class "whole"): WeasyPrint heeds "avoid" between groups of rows, but not between rows.
std::string for_paper(std::string_view markup);

}  // namespace birge::report
