#include "features/report/report_pdf.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "platform/base/problem.hpp"
#include "platform/base/waiting.hpp"

namespace birge::report {

namespace {

constexpr std::chrono::seconds longest_run{120};

[[noreturn]] void refuse_temporary(std::string const& why) {
  throw Problem(Failure::internal, message("A temporary file for the PDF cannot be written; the disk may be full."), why);
}

/// A folder that only we may read and that is gone at the end.
class Folder {
public:
  Folder() {
    auto const* const place = std::getenv("TMPDIR");
    path_ = (place != nullptr && *place != '\0' ? std::string(place) : std::string("/tmp")) + "/birge-report-XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) refuse_temporary(path_ + ": " + std::strerror(errno));
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  std::string file(char const* name) const { return path_ + "/" + name; }

private:
  std::string path_;
};

std::string content_of(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Where programs, fonts and temporary files are, and nothing else of our environment, in which secrets may stand.
std::vector<std::string> own_environment() {
  std::vector<std::string> variables;
  for (auto const* name : {"PATH", "HOME", "TMPDIR", "LANG", "XDG_CACHE_HOME"})
    if (auto const* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
  return variables;
}

/// Starts WeasyPrint with nothing on its input and its words in a file.
pid_t start(std::string const& from, std::string const& to, std::string const& words) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, words.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, words.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);  // the sockets of a server would stay open in it
  // A server holds back the signals that stop it; this one may be stopped.
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::string program = "weasyprint", quiet = "--quiet", encoding = "--encoding", utf8 = "utf-8", in = from, out = to;
  char* arguments[] = {program.data(), quiet.data(), encoding.data(), utf8.data(), in.data(), out.data(), nullptr};
  auto environment = own_environment();
  std::vector<char*> variables;
  for (auto& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);
  pid_t child = 0;
  auto const error = ::posix_spawnp(&child, "weasyprint", &actions, &attributes, arguments, variables.data());
  posix_spawnattr_destroy(&attributes);
  // It takes seconds: the pages that a server draws meanwhile go first. Where that is refused it runs like any other.
  if (error == 0) static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(child), 10));
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT)
    throw Problem(
        Failure::internal,
        message("A PDF needs WeasyPrint, which is not installed. Install it (apt install weasyprint), or make the report as html or xlsx."));
  if (error != 0) throw Problem(Failure::internal, message("WeasyPrint, which makes the PDF, cannot be started."), std::strerror(error));
  return child;
}

/// Its exit status; stops it when it takes too long.
int wait_for(pid_t child) {
  auto const until = std::chrono::steady_clock::now() + longest_run;
  int status = 0;
  for (;;) {
    auto const done = ::waitpid(child, &status, WNOHANG);
    if (done == child) return status;
    if (done < 0 && errno != EINTR) return -1;
    if (std::chrono::steady_clock::now() > until) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      throw Problem(Failure::internal, message("WeasyPrint took longer than two minutes for the PDF and was stopped."));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

std::string pdf_of(std::string_view document) {
  Folder const folder;
  auto const from = folder.file("report.html"), to = folder.file("report.pdf"), words = folder.file("weasyprint.log");
  {
    std::ofstream file(from, std::ios::binary);
    file.write(document.data(), static_cast<std::streamsize>(document.size()));
    if (!file.flush()) refuse_temporary(from + ": " + std::strerror(errno));
  }
  Waiting const others_work;
  auto const status = wait_for(start(from, to, words));
  auto pdf = content_of(to);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
    throw Problem(
        Failure::internal,
        message("A PDF needs WeasyPrint, which is not installed. Install it (apt install weasyprint), or make the report as html or xlsx."));
  if (status != 0 || !pdf.starts_with("%PDF"))
    throw Problem(Failure::internal, message("WeasyPrint could not make the PDF."), "weasyprint: " + content_of(words));
  return pdf;
}

}  // namespace birge::report
