#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>

#include "platform/files/clean.hpp"

/// The process that cleans one file and ends.
namespace birge::files {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool has_shadow_memory = true;
#else
constexpr bool has_shadow_memory = false;
#endif

void limit(__rlimit_resource resource, rlim_t most) {
  rlimit const both{most, most};
  ::setrlimit(resource, &both);
}

/// The largest picture that is taken needs about 400 MB, when it is one whose lines come interlaced.
void limit_myself() {
  if (!has_shadow_memory) limit(RLIMIT_DATA, 700u << 20);
  limit(RLIMIT_CPU, 25);
  limit(RLIMIT_FSIZE, 0);
  ::signal(SIGXFSZ, SIG_IGN);
  limit(RLIMIT_CORE, 0);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

std::string read_all() {
  std::string content;
  char buffer[1 << 16];
  for (;;) {
    auto const got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
  }
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Cleaned cleaned(std::string_view content, std::string_view format) {
  try {
    if (format == "pdf") return detail::clean_pdf(content);
    auto const known = recognise(content);
    if (!known || !is_picture(*known)) return detail::refused(Refusal::damaged);
    return detail::clean_picture(content, *known);
  } catch (std::bad_alloc const&) { return detail::refused(Refusal::too_heavy); } catch (std::exception const&) {
    return detail::refused(Refusal::damaged);
  }
}

}  // namespace

int clean_main(std::string_view format) {
  limit_myself();
  auto const result = cleaned(read_all(), format);
  char line[120];
  if (result.refused) std::snprintf(line, sizeof line, "no %d\n", static_cast<int>(*result.refused));
  else
    std::snprintf(line, sizeof line, "ok %d %d %d %d %zu %zu\n", result.width, result.height, result.preview_width, result.preview_height,
                  result.file.size(), result.preview.size());
  bool const told = write_all(line) && write_all(result.file) && write_all(result.preview);
  // Nothing of ours is left to be put in order, and what a hostile file broke in memory is not asked to be.
  ::_exit(told ? 0 : 1);
}

}  // namespace birge::files
