#pragma once

#include "platform/http/request.hpp"

/// Seeing together: pages for everybody who may see what the coalition does, each as far as they may see it.
namespace birge::board {

Reply calendar(Request& request);         ///< /work/calendar: month, week or list
Reply columns(Request& request);          ///< /work/board: a column for each state
Reply table(Request& request);            ///< /work/table: filtered, sorted, with the columns one chose
Reply table_file(Request& request);       ///< /work/table/export: what the table shows, as CSV or workbook
Reply many_steps(Request& request);       ///< POST /work/table/steps: one step for many rows
Reply save_view_now(Request& request);    ///< POST /work/table/views
Reply change_view_now(Request& request);  ///< POST /work/table/views/{id}: rename, share, delete

}  // namespace birge::board
