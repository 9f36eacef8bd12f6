#pragma once

#include "platform/http/request.hpp"

/// The workspace's pages on the life of activities. All need somebody signed in; what each person may do with an activity is decided by the rules
/// of work_life.hpp, again in the transaction that stores it.
namespace birge::work {

Reply my_page(Request& request);        ///< /work: what waits for me, this week, what is late
Reply weekly_sheet(Request& request);   ///< /work/sheet: the same on one page of paper
Reply timeliness(Request& request);     ///< /work/timeliness: how punctually results come in
Reply questions(Request& request);      ///< /work/questions: what people asked, by topic, region and edition
Reply my_activities(Request& request);  ///< /work/activities: what I and my organisation plan and held

Reply new_activity(Request& request);    ///< /work/activities/new: kinds, then the form
Reply add_activity(Request& request);    ///< POST /work/activities
Reply propose_list(Request& request);    ///< /work/propose: drafts to propose together, those that `row` names or the own ones
Reply propose_chosen(Request& request);  ///< POST of it
Reply activity_work(Request& request);   ///< /work/activities/{id}: the activity, its life and what can be done
Reply edit_activity(Request& request);   ///< /work/activities/{id}/edit
Reply save_activity(Request& request);   ///< POST of it

Reply step_form(Request& request);      ///< /work/activities/{id}/{action}: what a step asks for before it is made
Reply make_step_now(Request& request);  ///< POST of it

Reply result_form(Request& request);  ///< /work/activities/{id}/report and /correct
Reply save_result(Request& request);  ///< POST of them

Reply confirm_list(Request& request);    ///< /work/confirm: results to confirm, the unlikely ones on top
Reply confirm_chosen(Request& request);  ///< POST of it

Reply evidence_list(Request& request);     ///< /work/activities/{id}/evidence: what there is and a form to add to it
Reply add_evidence(Request& request);      ///< POST of it
Reply evidence_item(Request& request);     ///< /work/activities/{id}/evidence/{item}: one piece
Reply change_evidence(Request& request);   ///< POST of it: describe, release, withdraw, remove
Reply evidence_file(Request& request);     ///< .../file: the piece itself; of a sign-in sheet it is noted
Reply evidence_preview(Request& request);  ///< .../preview: a picture, small

Reply tick_item(Request& request);         ///< POST /work/activities/{id}/checklist
Reply add_remark(Request& request);        ///< POST /work/activities/{id}/remarks
Reply take_remark_back(Request& request);  ///< POST /work/activities/{id}/remarks/{remark}

Reply stand_ins(Request& request);   ///< /work/deputies: who acts in my place
Reply add_deputy(Request& request);  ///< POST of it
Reply end_deputy(Request& request);  ///< POST /work/deputies/{id}/end

}  // namespace birge::work
