#pragma once

#include "platform/http/request.hpp"

/// The workspace's pages on editions: making one like last year's, what it wants to reach, what is written for its report, and its closing. What a
/// draft says is known here only.
namespace birge::edition {

Reply list(Request& request);      ///< /work/editions
Reply new_form(Request& request);  ///< /work/editions/new: blank, or like an earlier one
Reply add(Request& request);       ///< POST /work/editions
Reply hub(Request& request);       ///< /work/editions/{slug}: how it stands and what can be done

Reply texts_form(Request& request);         ///< .../edit: names, slogan, announcement, settings
Reply save_texts(Request& request);         ///< POST of it
Reply dates_form(Request& request);         ///< .../dates: every version, and a new one
Reply save_dates(Request& request);         ///< POST of it
Reply participants_form(Request& request);  ///< .../participants: who leads, takes part and pays
Reply save_participants(Request& request);  ///< POST of it
Reply announce(Request& request);           ///< POST .../announce

Reply targets_form(Request& request);  ///< .../targets?place=: by kind, for the country or a region
Reply save_targets(Request& request);  ///< POST of it

Reply close_form(Request& request);  ///< .../close: what will stand still, and what is still missing
Reply close(Request& request);       ///< POST of it
Reply reopen(Request& request);      ///< POST .../reopen, with a reason

Reply report_form(Request& request);           ///< .../report?section=&in=: a text of the report with its preview
Reply save_report(Request& request);           ///< POST of it
Reply recommendations_form(Request& request);  ///< .../recommendations
Reply save_recommendation(Request& request);   ///< POST of it

/// /figures/behind?FILTER: the activities behind a number; of each who counted, how, when it was reported, who confirmed it, and its corrections.
Reply behind_page(Request& request);

}  // namespace birge::edition
