#pragma once

#include "platform/http/request.hpp"

/// The workspace's pages for spreadsheets of those who still send them. An upload is its owner's alone; what was stored is also seen, and can be
/// taken back, by those who import for the whole country.
namespace birge::intake {

Reply imports(Request& request);        ///< /work/import: upload or paste, and the earlier imports
Reply upload(Request& request);         ///< POST of it
Reply template_file(Request& request);  ///< /work/import/template: the workbook to fill in, in the page's language
Reply import_page(Request& request);    ///< /work/import/{id}: how far it is, the preview, or what was stored
Reply change_import(Request& request);  ///< POST of it: corrections and answers, then check, store or delete
Reply refused_rows(Request& request);   ///< /work/import/{id}/refused: the file of the rows that were left out
Reply undo_page(Request& request);      ///< /work/import/{id}/undo: what taking it back means
Reply undo_now(Request& request);       ///< POST of it

}  // namespace birge::intake
