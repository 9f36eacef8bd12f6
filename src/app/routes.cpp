#include "app/routes.hpp"

#include <array>

#include "app/health.hpp"
#include "app/openapi.hpp"
#include "features/account/access.hpp"
#include "features/activity/activity_pages.hpp"
#include "features/audit/audit_pages.hpp"
#include "features/board/board_pages.hpp"
#include "features/edition/edition_pages.hpp"
#include "features/evidence/evidence_pages.hpp"
#include "features/gap/gap_pages.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/intake/intake_pages.hpp"
#include "features/news/news_pages.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/people/joining_pages.hpp"
#include "features/people/people_pages.hpp"
#include "features/report/report_pages.hpp"
#include "features/search/search_pages.hpp"
#include "features/site/site.hpp"
#include "features/trust/trust_pages.hpp"
#include "features/village/village_pages.hpp"
#include "features/work/work_pages.hpp"
#include "platform/http/static_files.hpp"

namespace birge::app {

namespace {

using account::Needs;
using account::Permission;

constexpr auto all = std::to_array<Route>({
    get("/activities", Public, activity::agenda),
    get("/activities/sheet", Public, activity::sheet),
    get("/activities/{id}", Public, activity::activity),
    get("/activities/{id}/poster", Public, activity::poster),
    get_bare("/feeds/{file}", Public, activity::agenda_feed),
    get_bare("/feeds/activity/{file}", Public, activity::activity_feed),
    get_bare("/api/v1/activities", Public, activity::api_activities),
    get_bare("/api/v1/activities/{id}", Public, activity::api_activity),
    get_bare("/api/v1/editions", Public, activity::api_editions),
    get_bare("/api/v1/places", Public, activity::api_places),
    get_bare("/api/v1/organisations", Public, activity::api_organisations),
    get_bare("/api/v1/codes", Public, activity::api_codes),
    get_bare("/api/v1/openapi.json", Public, openapi),
    get_bare("/audit/head", Public, audit::head_page),
    get_bare("/healthz", Public, healthz),
    get_bare("/readyz", Public, readyz),
    get_bare("/static/{file}", Public, http::static_file),
    get_bare("/maps/{file}", Public, site::map_file),
    get_bare("/pictures/{file}", Public, evidence::public_picture),

    get("/figures", Public, insight::figures_page),
    get("/figures/districts", Public, insight::districts_page),
    get("/figures/organisations", Public, insight::organisations_page),
    get("/figures/people", Public, insight::people_page),
    get("/figures/units", Public, insight::units_page),
    get("/figures/compare", Public, insight::compare_page),
    get("/figures/behind", Public, edition::behind_page),

    get("/", Public, overview::home),
    get("/search", Public, search::search_page),
    get("/regions", Public, overview::regions),
    get("/regions/{code}", Public, overview::region),
    get("/organisations", Public, overview::organisations),
    get("/organisations/{slug}", Public, overview::organisation),
    get("/editions", Public, overview::editions),
    get("/editions/{slug}", Public, overview::edition),
    get("/guide", Public, overview::guide),
    get("/sources", Public, overview::sources),
    get("/method", Public, overview::method),
    get("/open-data", Public, overview::open_data),
    get_bare("/share/editions/{file}", Public, overview::share_edition),
    get_bare("/share/activities/{file}", Public, overview::share_activity),
    get("/report", Public, report::report_page),
    get_bare("/feeds/report/{file}", Public, report::report_file),

    get("/invite", Public, village::invite_page),
    post("/invite", Public, village::invite),
    get("/work/invitations", Needs(Permission::see_requests), village::invitations),
    get("/work/invitations/{id}", Needs(Permission::see_requests), village::invitation),
    post("/work/invitations/{id}", Needs(Permission::see_requests), village::step),
    get("/work/invitations/{id}/pass", Needs(Permission::see_requests), village::pass_page),

    get("/work/gaps", Needs(Permission::see_coalition), gap::planner),
    get("/work/gaps/{code}", Needs(Permission::see_coalition), gap::place_page),
    get("/work/gap-table", Needs(Permission::see_coalition), gap::sheet),

    // The life of activities. Deputies and assistants use the rights of others, so what somebody may do is decided by the rules of each step.
    get("/work", Needs(Permission::work), work::my_page),
    get("/work/news", Needs(Permission::work), news::news_list),
    post("/work/news", Needs(Permission::work), news::mark_read),
    get("/work/news/week", Needs(Permission::work), news::week_text),
    get("/work/news/{id}", Needs(Permission::work), news::open_news),
    get("/stop-letters/{token}", ByLink, news::stop_page),
    post("/stop-letters/{token}", ByLink, news::stop_letters),
    get_bare("/feeds/my/{file}", ByLink, news::my_calendar),
    get("/work/log", Needs(Permission::see_audit), trust::log_page),
    get("/work/system", Needs(Permission::manage_system), trust::system_page),
    post("/work/system", Needs(Permission::manage_system), trust::try_job_again),
    get("/work/sheet", Needs(Permission::work), work::weekly_sheet),
    get("/work/timeliness", Needs(Permission::see_coalition), work::timeliness),
    get("/work/questions", Needs(Permission::see_coalition), work::questions),
    get("/work/confirm", Needs(Permission::work), work::confirm_list),
    post("/work/confirm", Needs(Permission::work), work::confirm_chosen),
    get("/work/deputies", Needs(Permission::approve), work::stand_ins),
    post("/work/deputies", Needs(Permission::approve), work::add_deputy),
    post("/work/deputies/{id}/end", Needs(Permission::approve), work::end_deputy),
    get("/work/activities", Needs(Permission::work), work::my_activities),
    post("/work/activities", Needs(Permission::plan), work::add_activity),
    get("/work/activities/new", Needs(Permission::plan), work::new_activity),
    get("/work/propose", Needs(Permission::work), work::propose_list),
    post("/work/propose", Needs(Permission::work), work::propose_chosen),
    get("/work/activities/{id}", Needs(Permission::work), work::activity_work),
    get("/work/activities/{id}/edit", Needs(Permission::work), work::edit_activity),
    post("/work/activities/{id}/edit", Needs(Permission::work), work::save_activity),
    get("/work/activities/{id}/report", Needs(Permission::work), work::result_form),
    post("/work/activities/{id}/report", Needs(Permission::work), work::save_result),
    get("/work/activities/{id}/correct", Needs(Permission::work), work::result_form),
    post("/work/activities/{id}/correct", Needs(Permission::work), work::save_result),
    post("/work/activities/{id}/checklist", Needs(Permission::work), work::tick_item),
    post("/work/activities/{id}/remarks", Needs(Permission::work), work::add_remark),
    get("/work/activities/{id}/evidence", Needs(Permission::work), work::evidence_list),
    post("/work/activities/{id}/evidence", Needs(Permission::work), work::add_evidence),
    get("/work/activities/{id}/evidence/{item}", Needs(Permission::work), work::evidence_item),
    post("/work/activities/{id}/evidence/{item}", Needs(Permission::work), work::change_evidence),
    get("/work/activities/{id}/evidence/{item}/file", Needs(Permission::work), work::evidence_file),
    get("/work/activities/{id}/evidence/{item}/preview", Needs(Permission::work), work::evidence_preview),
    post("/work/activities/{id}/remarks/{remark}", Needs(Permission::work), work::take_remark_back),
    get("/work/activities/{id}/{action}", Needs(Permission::work), work::step_form),
    post("/work/activities/{id}/{action}", Needs(Permission::work), work::make_step_now),

    get("/work/editions", Needs(Permission::write_report), edition::list),
    post("/work/editions", Needs(Permission::manage_editions), edition::add),
    get("/work/editions/new", Needs(Permission::manage_editions), edition::new_form),
    get("/work/editions/{slug}", Needs(Permission::write_report), edition::hub),
    get("/work/editions/{slug}/edit", Needs(Permission::manage_editions), edition::texts_form),
    post("/work/editions/{slug}/edit", Needs(Permission::manage_editions), edition::save_texts),
    get("/work/editions/{slug}/dates", Needs(Permission::manage_editions), edition::dates_form),
    post("/work/editions/{slug}/dates", Needs(Permission::manage_editions), edition::save_dates),
    get("/work/editions/{slug}/participants", Needs(Permission::manage_editions), edition::participants_form),
    post("/work/editions/{slug}/participants", Needs(Permission::manage_editions), edition::save_participants),
    get("/work/editions/{slug}/targets", Needs(Permission::manage_editions), edition::targets_form),
    post("/work/editions/{slug}/targets", Needs(Permission::manage_editions), edition::save_targets),
    post("/work/editions/{slug}/announce", Needs(Permission::manage_editions), edition::announce),
    get("/work/editions/{slug}/close", Needs(Permission::manage_editions), edition::close_form),
    post("/work/editions/{slug}/close", Needs(Permission::manage_editions), edition::close),
    post("/work/editions/{slug}/reopen", Needs(Permission::manage_editions), edition::reopen),
    get("/work/editions/{slug}/report", Needs(Permission::write_report), edition::report_form),
    post("/work/editions/{slug}/report", Needs(Permission::write_report), edition::save_report),
    get("/work/editions/{slug}/recommendations", Needs(Permission::write_report), edition::recommendations_form),
    post("/work/editions/{slug}/recommendations", Needs(Permission::write_report), edition::save_recommendation),
    // Seeing together: each view shows what its reader may see.
    get("/work/calendar", Needs(Permission::see_coalition), board::calendar),
    get("/work/board", Needs(Permission::see_coalition), board::columns),
    get("/work/table", Needs(Permission::see_coalition), board::table),
    get("/work/table/export", Needs(Permission::see_coalition), board::table_file),
    post("/work/table/steps", Needs(Permission::see_coalition), board::many_steps),
    post("/work/table/views", Needs(Permission::see_coalition), board::save_view_now),
    post("/work/table/views/{id}", Needs(Permission::see_coalition), board::change_view_now),
    get("/work/import", Needs(Permission::import), intake::imports),
    post("/work/import", Needs(Permission::import), intake::upload),
    get("/work/import/template", Needs(Permission::import), intake::template_file),
    get("/work/import/{id}", Needs(Permission::import), intake::import_page),
    post("/work/import/{id}", Needs(Permission::import), intake::change_import),
    get("/work/import/{id}/refused", Needs(Permission::import), intake::refused_rows),
    get("/work/import/{id}/undo", Needs(Permission::import), intake::undo_page),
    post("/work/import/{id}/undo", Needs(Permission::import), intake::undo_now),

    get("/sign-in", Public, people::sign_in_page),
    post("/sign-in", Public, people::sign_in),
    get("/sign-in/code", Public, people::code_page),
    post("/sign-in/code", Public, people::send_code),
    get("/sign-in/setup", Public, people::setup_page),
    post("/sign-in/setup", Public, people::set_up),
    post("/sign-out", Public, people::sign_out),
    get("/forgotten", Public, people::forgotten_page),
    post("/forgotten", Public, people::send_reset_mail),
    get("/invitation/{secret}", Public, people::invitation_page),
    post("/invitation/{secret}", Public, people::accept_invitation),
    get("/reset/{secret}", Public, people::reset_page),
    post("/reset/{secret}", Public, people::reset),

    get("/account", SignedIn, people::my_account),
    post("/account", SignedIn, people::change_my_account),
    post("/account/password", SignedIn, people::change_my_password),
    post("/account/sessions", SignedIn, people::end_my_sessions),
    get("/account/factor", SignedIn, people::factor_page),
    post("/account/factor", SignedIn, people::change_factor),
    get("/account/notifications", SignedIn, news::settings_page),
    post("/account/notifications", SignedIn, news::save_settings),
    post("/account/notifications/calendar", SignedIn, news::change_calendar),
    get("/account/leave", SignedIn, people::leave_page),
    post("/account/leave", SignedIn, people::leave),

    get("/people", Needs(Permission::manage_accounts), people::people_page),
    get("/people/invite", Needs(Permission::invite), people::invite_page),
    post("/people/invite", Needs(Permission::invite), people::invite),
    post("/people/invitations/{id}", Needs(Permission::invite), people::revoke_invitation),
    get("/people/{id}", Needs(Permission::manage_accounts), people::person_page),
    post("/people/{id}", Needs(Permission::manage_accounts), people::act_on_person),

    get("/join", Public, people::join_page),
    post("/join", Public, people::join),
    get("/joining", Needs(Permission::admit), people::joining_list),
    get("/joining/{id}", Needs(Permission::admit), people::joining_page),
    post("/joining/{id}", Needs(Permission::admit), people::decide_joining),
    get("/organisations/{slug}/edit", Needs(Permission::manage_organisations), people::organisation_form_page),
    post("/organisations/{slug}/edit", Needs(Permission::manage_organisations), people::save_organisation),
    post("/organisations/{slug}/leave", Needs(Permission::manage_organisations), people::leave_coalition),
});

}  // namespace

std::span<Route const> routes() { return all; }

}  // namespace birge::app
