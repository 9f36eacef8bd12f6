#include "app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <functional>

#include "app/app.hpp"
#include "app/commands.hpp"
#include "app/completion.hpp"
#include "app/log.hpp"
#include "app/usage.hpp"
#include "platform/base/problem.hpp"

namespace birge::app {

namespace {

constexpr auto languages = "ky|ru|en";

/// The value of --speak, looked for before the command line is read, since what is wrong with that is told in this language.
std::string spoken(int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    std::string_view const word(arguments[i]);
    if (word == "--speak" && i + 1 < count) return arguments[i + 1];
    if (word.starts_with("--speak=")) return std::string(word.substr(word.find('=') + 1));
  }
  return {};
}

/// The language a person's terminal asks for.
Say const& terminal_language(std::string const& chosen) {
  if (auto const language = language_of(chosen)) return Say::in(*language);
  for (auto const* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (auto const* value = std::getenv(name); value && *value)
      if (auto const language = language_of(std::string_view(value).substr(0, 2))) return Say::in(*language);
  return Say::in(Language::en);
}

std::optional<std::string> environment(std::string const& name) {
  auto const* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

/// The flags every command takes besides its own: one for each setting.
struct Common {
  std::string config_file, speak;
  std::map<std::string, std::string> flags;
};

/// What a setting may be, where the completion can help.
char const* type_of(std::string_view setting) {
  if (setting == "data") return folder_type;
  if (setting == "default_language") return languages;
  if (setting == "log_level") return "trace|debug|info|warn|error|off";
  return "TEXT";
}

void add_settings(CLI::App& command, Common& common) {
  command.add_option("--config", common.config_file, "Configuration file (default: birge.toml, if it is there)")->type_name(file_type);
  command.add_option("--speak", common.speak, "Language of messages (default: the terminal's)")->type_name(languages);
  for (auto const& setting : settings()) {
    std::string flag = "--" + std::string(setting.name);
    for (auto& c : flag)
      if (c == '_') c = '-';
    command
        .add_option_function<std::string>(
            flag, [&common, name = std::string(setting.name)](std::string const& value) { common.flags[name] = value; },
            std::string(setting.explanation))
        ->type_name(type_of(setting.name))
        ->group("Settings");
  }
}

using Run = std::function<int(Context const&)>;

/// A command with its own options, and what it runs.
struct Commands {
  CLI::App& top;
  Common& common;
  Run chosen;

  CLI::App& add(std::string const& name, std::string const& description, Run run) { return add_below(top, name, description, std::move(run)); }

  CLI::App& add_below(CLI::App& parent, std::string const& name, std::string const& description, Run run) {
    auto* command = parent.add_subcommand(name, description);
    add_settings(*command, common);
    command->callback([this, run = std::move(run)] { chosen = run; });
    return *command;
  }
};

void add_serve(Commands& commands, ServeOptions& options) {
  commands
      .add("serve", "Serve the site until it is stopped (SIGTERM finishes what is in flight)",
           [&](Context const& context) { return serve(context, options); })
      .add_flag("--quiet", options.quiet, "Do not print the address");
}

void add_init(Commands& commands, InitOptions& options) {
  auto& command = commands.add("init", "Make the database and load a country pack", [&](Context const& context) { return init(context, options); });
  command.add_option("--country", options.country, "Country pack in the program")->capture_default_str();
  command.add_option("--pack", options.pack_folder, "A country pack in a folder instead")->type_name(folder_type);
  command.add_flag("--sample", options.sample, "Load the sample edition too: invented organisations, for trying things out");
  command.add_option("--sample-editions", options.sample_editions, "How many sample editions, a year apart; more than one for measuring")
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  command.add_option("--sample-size", options.sample_size, "Activities of each sample edition")->check(CLI::Range(1, 50000))->capture_default_str();
  command.add_flag("--if-needed", options.if_needed, "Do nothing where a country pack is loaded already");
}

void add_request(Commands& commands, RequestOptions& options) {
  auto& command = commands.add("request", "Answer one request without a server and print the answer",
                               [&](Context const& context) { return request(context, options); });
  command.add_option("path", options.path, "Path and query, such as /ky/activities?kind=forum_theatre")->required();
  command.add_option("--header", options.headers, "A request header, Name: value");
  command.add_flag("--head", options.head, "Print status and headers too");
}

void add_report(Commands& commands, ReportOptions& options) {
  auto& command = commands.add("report", "Make the closing report of an edition, or the plan sheet that an authority signs",
                               [&](Context const& context) { return report(context, options); });
  command.add_option("edition", options.edition, "The edition, such as 2018")->required();
  command.add_option("--format", options.format, "What to make of it")->type_name("html|pdf|xlsx")->required();
  command.add_option("--language", options.language, "Its language (default: the setting default_language)")->type_name(languages);
  command.add_option("--region", options.region, "Only this region: its name, code or P-code, such as Нарын, naryn or KG04");
  command.add_option("--from", options.from, "Only activities from this day on, YYYY-MM-DD");
  command.add_option("--to", options.to, "Only activities up to this day, YYYY-MM-DD");
  command
      .add_option(
          "--texts", options.texts,
          "Markdown file with the headings Foreword, Challenges, Conclusions, Recommendations (default: report-EDITION.md in the data folder)")
      ->type_name(file_type);
  command.add_option("--output", options.output, "The file to write; - for standard output (default: report-EDITION-LANGUAGE.FORMAT here)")
      ->type_name(file_type);
  command.add_flag("--plan", options.plan, "The plan of activities with the head БЕКИТЕМ / УТВЕРЖДАЮ instead of the report");
}

void add_verify(Commands& commands, VerifyOptions& options) {
  auto& command = commands.add("verify", "Record that somebody checked a help number or a line of the guide",
                               [&](Context const& context) { return verify(context, options); });
  command
      .add_option("contact", options.contact,
                  "The number's code, such as 1899, or that of a line of the guide, such as passport; sign and advice: all of them")
      ->required();
  command.add_option("--by", options.by, "Who checked it: an office or role")->required();
  command.add_option("--how", options.how, "How: called it, asked the ministry ...")->required();
  command.add_option("--day", options.day, "The day it was checked, YYYY-MM-DD (default: today)");
  command.add_option("--note", options.note, "What else is worth knowing");
  command.add_flag("--dead", options.dead, "It was found not to work, or wrong; it is shown to nobody until a later check");
}

void add_doctor(Commands& commands, DoctorOptions& options) {
  auto& command =
      commands.add("doctor", "Check the database: schema, sums and the audit log", [&](Context const& context) { return doctor(context, options); });
  command.add_flag("--repair", options.repair, "Make wrong sums anew");
  command.add_option("--audit-head", options.audit_head, "A head of the audit log that was kept, SEQUENCE:HASH: nothing up to it may have changed");
  auto* log = commands.top.add_subcommand("audit", "The log of who did what")->require_subcommand(1);
  commands.add_below(*log, "head", "Print where the log ends, SEQUENCE:HASH and time, to be kept elsewhere", audit_head);
}

void add_jobs(Commands& commands, std::string& job, std::string& mail_to) {
  auto* jobs = commands.top.add_subcommand("jobs", "Work that is done in the background: e-mails, what happens every night")->require_subcommand(1);
  commands.add_below(*jobs, "run", "Do what is due, once; a server that runs does it by itself", jobs_run);
  commands.add_below(*jobs, "list", "How many wait, and which were given up", jobs_list);
  commands.add_below(*jobs, "retry", "Try a job again that was given up", [&](Context const& context) { return jobs_retry(context, job); })
      .add_option("job", job, "Its name, as birge jobs list shows it")
      ->required();
  commands
      .add_below(*jobs, "test-mail", "Send a test mail through the relay of the settings",
                 [&](Context const& context) { return jobs_test_mail(context, mail_to); })
      .add_option("to", mail_to, "An e-mail address")
      ->required();
}

void add_exchange(Commands& commands, ImportOptions& import_options, ExportOptions& export_options) {
  auto* import = commands.top.add_subcommand("import", "Read activities from a spreadsheet")->require_subcommand(1);
  auto& activities = commands.add_below(*import, "activities", "Read activities from a CSV file or an Excel workbook",
                                        [&](Context const& context) { return import_activities(context, import_options); });
  activities.add_option("file", import_options.file, "The file")->type_name(file_type)->required();
  activities.add_option("--edition", import_options.edition, "The edition they belong to (default: the current one)");
  activities.add_flag("--dry-run", import_options.dry_run, "Read and check everything, store nothing");
  activities.add_flag("--partial", import_options.partial, "Store the good rows and write the others, with reasons, to a new file");
  activities.add_flag("--create-organisations", import_options.create_organisations, "Enter organisations that nobody knows yet");
  auto* exporting = commands.top.add_subcommand("export", "Write files for others to fill in")->require_subcommand(1);
  auto& sheet = commands.add_below(*exporting, "template", "A workbook with drop-downs that imports cleanly",
                                   [&](Context const& context) { return export_template(context, export_options); });
  sheet.add_option("--language", export_options.language, "Language of its headers")->type_name(languages)->capture_default_str();
  sheet.add_option("--output", export_options.output, "The file to write")->type_name(file_type)->capture_default_str();
}

std::string role_codes() {
  std::string codes;
  for (auto const role : roles_to_give()) codes += (codes.empty() ? "" : "|") + std::string(account::role_code(role));
  return codes;
}

void add_users(Commands& commands, UserOptions& options) {
  auto* user = commands.top.add_subcommand("user", "Bring people in, and help them when they are locked out")->require_subcommand(1);
  auto& add = commands.add_below(*user, "add", "Print a link with which somebody makes their account",
                                 [&](Context const& context) { return user_add(context, options); });
  add.add_option("--role", options.role, "What they may do")->type_name(role_codes())->required();
  add.add_option("--name", options.name, "Who it is for, to tell invitations apart");
  add.add_option("--login", options.login, "Only this phone number or e-mail address can use the link");
  add.add_option("--region", options.region, "Of a regional coordinator: its code or P-code, such as naryn or KG04");
  add.add_option("--organisation", options.organisation, "Of a focal point or member: the last part of the address of its page");
  commands.add_below(*user, "list", "Everybody who has an account, with their roles", [](Context const& context) { return user_list(context); });
  commands.add_below(*user, "sample", "People of every role for the sample edition, with new passwords",
                     [](Context const& context) { return user_sample(context); });
  auto const with_login = [&](char const* name, char const* description, int (*run)(Context const&, UserOptions const&)) -> CLI::App& {
    auto& command = commands.add_below(*user, name, description, [&options, run](Context const& context) { return run(context, options); });
    command.add_option("login", options.login, "The phone number or e-mail address somebody signs in with")->required();
    return command;
  };
  with_login("lock", "Lock an account and sign it out everywhere", user_lock);
  with_login("unlock", "Unlock an account", user_unlock);
  with_login("remove", "Delete the name, numbers and password of somebody who is gone; what they did stays", user_remove);
  with_login("reset", "Print a link with which somebody chooses a new password", user_reset)
      .add_flag("--remove-second-step", options.remove_factor, "Also forget app or card; it is set up anew at the next sign-in");
}

void add_archive(Commands& commands, BackupOptions& options, std::string& restored) {
  auto& backup_command = commands.add("backup", "Write everything into one archive, also while the site serves",
                                      [&](Context const& context) { return backup(context, options); });
  backup_command.add_option("file", options.file, "The archive to write")->type_name(file_type)->required();
  backup_command.add_flag("--with-key", options.with_key, "Put the key of the authenticator apps' secrets into it as well");
  backup_command.add_flag("--replace", options.replace, "Write over a file that is there");
  commands
      .add("restore", "Fill an empty database (of either engine) from an archive, and prove it",
           [&](Context const& context) { return restore(context, restored); })
      .add_option("file", restored, "The archive to read")
      ->type_name(file_type)
      ->required();
}

}  // namespace

int run(int count, char** arguments) {
  CLI::App top("Birge: plans, runs and accounts for a coalition's campaign", "birge");
  top.set_version_flag("--version", std::string(version()));
  top.require_subcommand(1);
  Common common;
  Commands commands{top, common, {}};
  ServeOptions serve_options;
  InitOptions init_options;
  RequestOptions request_options;
  ReportOptions report_options;
  VerifyOptions verify_options;
  DoctorOptions doctor_options;
  BackupOptions backup_options;
  std::string archive_file, job, mail_to;
  ImportOptions import_options;
  ExportOptions export_options;
  UserOptions user_options;
  add_exchange(commands, import_options, export_options);
  add_users(commands, user_options);
  add_archive(commands, backup_options, archive_file);
  add_serve(commands, serve_options);
  add_init(commands, init_options);
  add_request(commands, request_options);
  add_report(commands, report_options);
  add_verify(commands, verify_options);
  commands.add("migrate", "Bring the database up to date with this program", migrate);
  add_doctor(commands, doctor_options);
  add_jobs(commands, job, mail_to);
  commands.add("completion", "Print the completion script for bash: source <(birge completion)", [&](Context const& context) {
    context.terminal.line(bash_completion(top));
    return 0;
  });
  std::vector<std::string> explained;
  auto* help = top.add_subcommand("help", "Show what a command takes: birge help import activities");
  help->add_option("command", explained, "The command; without one, all there are");
  auto const& say = terminal_language(spoken(count, arguments));
  Terminal const terminal;
  try {
    top.parse(count, arguments);
  } catch (CLI::ParseError const& error) {
    if (error.get_exit_code() == 0) return top.exit(error);  // help or the version was asked for
    terminal.problem(usage_fault(say, top, error));
    return 2;
  }
  if (*help) return show_help(say, top, explained);
  try {
    if (!common.speak.empty() && !language_of(common.speak))
      throw Problem(Failure::bad_input, message("“{}” is no language of Birge. Choose ky, ru or en.", common.speak));
    auto const file = common.config_file.empty() ? std::string("birge.toml") : common.config_file;
    Context const context{Config::load(file, !common.config_file.empty(), environment, common.flags), say, terminal};
    start_log(context.config.text("log_level"));
    auto const code = commands.chosen(context);
    // Only now is it sure that a pipe or file took what was printed: half of it must not pass for all.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      throw Problem(Failure::internal, message("The file {} cannot be written. Is the disk full?", "/dev/stdout"));
    return code;
  } catch (Problem const& problem) { terminal.problem(say(problem.shown)); } catch (std::exception const& error) {
    terminal.problem(say("Something went wrong: {}", std::string_view(error.what())));
  }
  return 1;
}

}  // namespace birge::app
