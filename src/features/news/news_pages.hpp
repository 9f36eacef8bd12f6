#pragma once

#include "platform/http/request.hpp"

/// What somebody is told: the list in the workspace, how letters come and stop, the week as a text, the private calendar.
namespace birge::news {

Reply news_list(Request& request);  ///< /work/news
Reply mark_read(Request& request);  ///< POST of it
Reply open_news(Request& request);  ///< /work/news/{id}: on to what it is about
Reply week_text(Request& request);  ///< /work/news/week: the week as a text for a chat group

Reply settings_page(Request& request);    ///< /account/notifications
Reply save_settings(Request& request);    ///< POST of it
Reply change_calendar(Request& request);  ///< POST /account/notifications/calendar: a new address, or none

Reply stop_page(Request& request);     ///< /stop-letters/{token}: one button, whoever has the letter
Reply stop_letters(Request& request);  ///< POST of it, also by a mail program (RFC 8058)

Reply my_calendar(Request& request);  ///< /feeds/my/{file}

}  // namespace birge::news
