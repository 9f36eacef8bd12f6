#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/terminal.hpp"
#include "features/account/account.hpp"
#include "platform/base/config.hpp"
#include "platform/db/database.hpp"
#include "platform/i18n/say.hpp"

/// What the command line can do. Every command returns its exit code: 0 done, 1 a problem (thrown, and told in one sentence), 3 something was
/// found that needs a person (refused rows, failed checks).
namespace birge::app {

inline constexpr int found_something = 3;

struct Context {
  Config config;
  Say const& say;
  Terminal terminal;
};

struct ServeOptions {
  bool quiet = false;  ///< no address on standard output
};
int serve(Context const& context, ServeOptions const& options);

struct InitOptions {
  std::string country = "kg";
  std::string pack_folder;  ///< a pack on disk instead of the one in the binary
  bool sample = false;      ///< with the sample edition
  int sample_editions = 1;  ///< more than one for measuring
  int sample_size = 400;    ///< activities of each
  bool if_needed = false;   ///< nothing to do is no problem
};
int init(Context const& context, InitOptions const& options);

struct ReportOptions {
  std::string edition;   ///< its slug
  std::string format;    ///< html, pdf or xlsx
  std::string language;  ///< ky, ru or en; empty: the default language
  std::string region;    ///< code or P-code; empty: the whole country
  std::string from, to;  ///< ISO days; empty: no limit
  std::string texts;     ///< Markdown file of foreword, challenges, conclusions, recommendations
  std::string output;    ///< file; empty: a name in this folder; -: standard output
  bool plan = false;     ///< the plan sheet instead of the closing report
};
int report(Context const& context, ReportOptions const& options);

struct RequestOptions {
  std::string path;
  std::vector<std::string> headers;  ///< Name: value
  bool head = false;                 ///< print status and headers too
};
int request(Context const& context, RequestOptions const& options);

struct VerifyOptions {
  std::string contact;
  std::string by, how, note;
  std::string day;    ///< ISO; empty: today
  bool dead = false;  ///< it was found not to work
};
int verify(Context const& context, VerifyOptions const& options);

struct ImportOptions {
  std::string file;
  std::string edition;  ///< slug; empty: the current one
  bool dry_run = false, partial = false, create_organisations = false;
};
int import_activities(Context const& context, ImportOptions const& options);

struct ExportOptions {
  std::string language = "ky";
  std::string output = "birge-template.xlsx";
};
int export_template(Context const& context, ExportOptions const& options);

struct UserOptions {
  std::string name, login, role;
  std::string region;        ///< code or P-code
  std::string organisation;  ///< slug
  bool remove_factor = false;
};
/// The roles that the command line gives: a helper is one of an activity, and made on its page.
std::vector<account::Role> roles_to_give();
int user_add(Context const& context, UserOptions const& options);
int user_list(Context const& context);
/// People of every role for a sample edition, with passwords made and printed each time.
int user_sample(Context const& context);
int user_lock(Context const& context, UserOptions const& options);
int user_unlock(Context const& context, UserOptions const& options);
int user_remove(Context const& context, UserOptions const& options);
int user_reset(Context const& context, UserOptions const& options);

struct BackupOptions {
  std::string file;
  bool with_key = false;  ///< with the key of the authenticator apps' secrets
  bool replace = false;   ///< over a file that is there
};
int backup(Context const& context, BackupOptions const& options);
int restore(Context const& context, std::string const& file);

int migrate(Context const& context);

struct DoctorOptions {
  bool repair = false;
  std::string audit_head;  ///< a head of the audit log that somebody kept; empty: none
};
int doctor(Context const& context, DoctorOptions const& options);

int audit_head(Context const& context);
/// Tells what is wrong with the audit log; `kept` is a head that somebody kept, or empty. True when nothing is.
bool audit_holds(Context const& context, db::Database& database, std::string const& kept);

/// Tells which stored files are missing or damaged. True when none is.
bool files_well(Context const& context, db::Database& database);

int jobs_run(Context const& context);
int jobs_list(Context const& context);
int jobs_retry(Context const& context, std::string const& id);
int jobs_test_mail(Context const& context, std::string const& to);
/// Tells which jobs are late or were given up. True when none is.
bool jobs_well(Context const& context, db::Database& database);

}  // namespace birge::app
