#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "platform/base/problem.hpp"
#include "platform/base/waiting.hpp"
#include "platform/files/clean.hpp"

/// The side of the program that wants a file cleaned: it starts a process for it, feeds it, and takes what comes back.
namespace birge::files {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds longest_run{30};
constexpr std::size_t largest_answer = 32u << 20;
/// Each that waits keeps a file in memory and somebody looking at a page that does not move.
constexpr int most_waiting = 3;

[[noreturn]] void cannot_start(char const* what) {
  throw Problem(Failure::internal, message("The file could not be stored. Nothing was changed; please try again later."),
                std::string(what) + ": " + std::strerror(errno));
}

/// A program with this one's file, talking over a socket; stopped when it is no longer wanted.
class Process {
public:
  explicit Process(std::string format) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) cannot_start("socketpair");
    socket_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    // Nothing of our environment, in which secrets may stand. Large pictures stay in memory, within the limit on it, and no machine code is made
    // while it runs.
    std::string program = "birge", command(clean_command), threads = "VIPS_CONCURRENCY=1", disc = "VIPS_DISC_THRESHOLD=4g",
                arenas = "MALLOC_ARENA_MAX=1", novector = "VIPS_NOVECTOR=1", leaks = "ASAN_OPTIONS=detect_leaks=0";
    char* arguments[] = {program.data(), command.data(), format.data(), nullptr};
    char* environment[] = {threads.data(), disc.data(), arenas.data(), novector.data(), leaks.data(), nullptr};
    auto const error = ::posix_spawn(&child_, "/proc/self/exe", &actions, nullptr, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error == 0) return;
    ::close(socket_);
    errno = error;
    cannot_start("starting the process that cleans files");
  }
  ~Process() {
    ::close(socket_);
    ::kill(child_, SIGKILL);
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {}
  }
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;

  /// What it answers to the content; empty when it ended or took too long without an answer.
  std::string ask(std::string_view content) {
    auto const until = Clock::now() + longest_run;
    std::string answer;
    bool sending = true;
    for (;;) {
      auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      pollfd wanted{socket_, static_cast<short>(POLLIN | (sending ? POLLOUT : 0)), 0};
      if (left <= 0) return {};
      if (::poll(&wanted, 1, static_cast<int>(left)) < 0 && errno != EINTR) return {};
      if (sending && (wanted.revents & POLLOUT)) {
        auto const sent = ::send(socket_, content.data(), content.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) sending = false;
        if (sent > 0) content.remove_prefix(static_cast<std::size_t>(sent));
        if (content.empty()) ::shutdown(socket_, SHUT_WR), sending = false;
      }
      if (!(wanted.revents & (POLLIN | POLLHUP | POLLERR))) continue;
      char buffer[1 << 16];
      auto const got = ::recv(socket_, buffer, sizeof buffer, MSG_DONTWAIT);
      if (got > 0) answer.append(buffer, static_cast<std::size_t>(got));
      if (answer.size() > largest_answer) return {};
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return answer;
    }
  }

private:
  int socket_ = -1;
  pid_t child_ = 0;
};

/// The first line says what follows: numbers of pixels, then of bytes.
Cleaned read_answer(std::string const& answer) {
  int refusal = 0;
  if (std::sscanf(answer.c_str(), "no %d\n", &refusal) == 1 && refusal >= 0 && refusal <= static_cast<int>(Refusal::too_heavy))
    return detail::refused(static_cast<Refusal>(refusal));
  Cleaned cleaned;
  std::size_t file = 0, preview = 0;
  auto const line = answer.find('\n');
  if (line == std::string::npos || std::sscanf(answer.c_str(), "ok %d %d %d %d %zu %zu\n", &cleaned.width, &cleaned.height, &cleaned.preview_width,
                                               &cleaned.preview_height, &file, &preview) != 6)
    return detail::refused(Refusal::too_heavy);
  if (file == 0 || file > largest_answer || answer.size() != line + 1 + file + preview) return detail::refused(Refusal::too_heavy);
  cleaned.file = answer.substr(line + 1, file);
  cleaned.preview = answer.substr(line + 1 + file, preview);
  return cleaned;
}

std::string format_word(Format format) {
  switch (format) {
    case Format::jpeg: return "jpeg";
    case Format::png: return "png";
    case Format::webp: return "webp";
    case Format::heic: return "heic";
    case Format::pdf: return "pdf";
  }
  return {};
}

}  // namespace

Cleaned clean(std::string_view content, Format format) {
  static std::mutex one_at_a_time;
  static std::atomic<int> waiting{0};
  struct InLine {
    InLine() {
      if (++waiting > most_waiting) {
        --waiting;
        throw Problem(Failure::busy, message("Many files are being looked at right now. Please send yours again in a minute."));
      }
    }
    ~InLine() { --waiting; }
  } const in_line;
  Waiting const others_work;  // the thread of the server that brought the file would otherwise be missing for half a minute
  std::lock_guard const turn(one_at_a_time);
  return read_answer(Process(format_word(format)).ask(content));
}

}  // namespace birge::files
