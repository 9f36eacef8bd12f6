#include "platform/files/folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "platform/base/problem.hpp"

namespace birge::files {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void cannot_store(std::string const& what) {
  throw Problem(Failure::internal, message("The file could not be stored. Nothing was changed; please try again later."),
                what + ": " + std::strerror(errno));
}

class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

private:
  int number_;
};

void write_durably(fs::path const& path, std::string_view content) {
  Descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (file.number() < 0) cannot_store("opening a new file");
  while (!content.empty()) {
    auto const written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) cannot_store("writing a new file");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) cannot_store("fsync of a new file");
}

/// So that the name survives a power failure as the content does.
void sync_folder(fs::path const& folder) {
  Descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0 || ::fsync(opened.number()) != 0) cannot_store("fsync of a folder");
}

void make_folder(fs::path const& folder) {
  std::error_code error;
  if (fs::create_directories(folder, error)) {
    fs::permissions(folder, fs::perms::owner_all, error);
    sync_folder(folder.parent_path());
  }
  errno = error.value();
  if (error) cannot_store("making a folder");
}

}  // namespace

std::string name_of(std::string_view content) {
  std::array<unsigned char, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<unsigned char const*>(content.data()), content.size(), nullptr, 0);
  std::string name(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(name.data(), name.size(), hash.data(), hash.size());
  name.pop_back();
  return name;
}

bool is_name(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

Hold::~Hold() {
  if (descriptor_ >= 0) ::close(descriptor_);  // gives the lock back too
}

fs::path Folder::where(std::string_view name) const { return path_ / name.substr(0, 2) / name; }

std::string Folder::put(std::string_view content) const {
  static std::atomic<unsigned> counter{0};
  auto name = name_of(content);
  auto const to = where(name);
  make_folder(to.parent_path());
  auto const unfinished = to.parent_path() / ("." + name + "." + std::to_string(::getpid()) + "." + std::to_string(++counter));
  try {
    write_durably(unfinished, content);
  } catch (...) {
    ::unlink(unfinished.c_str());
    throw;
  }
  if (::rename(unfinished.c_str(), to.c_str()) != 0) cannot_store("renaming a new file");
  sync_folder(to.parent_path());
  return name;
}

std::optional<std::string> Folder::get(std::string_view name) const {
  if (!is_name(name)) return std::nullopt;
  std::ifstream file(where(name), std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Folder::Health Folder::check(std::string const& name) const {
  auto const content = get(name);
  if (!content) return Health::missing;
  return name_of(*content) == name ? Health::whole : Health::damaged;
}

std::vector<Stored> Folder::list() const {
  std::vector<Stored> list;
  std::error_code error;
  auto const now = fs::file_time_type::clock::now();
  for (auto const& entry : fs::recursive_directory_iterator(path_, error)) {
    auto name = entry.path().filename().string();
    if (!entry.is_regular_file(error) || !(is_name(name) || (name.size() > 65 && name[0] == '.'))) continue;
    auto const written = entry.last_write_time(error);
    if (error) continue;  // removed meanwhile
    auto const age = std::chrono::duration_cast<std::chrono::seconds>(now - written);
    list.push_back({std::move(name), static_cast<std::int64_t>(entry.file_size(error)), age});
  }
  std::ranges::sort(list, {}, &Stored::name);
  return list;
}

Hold Folder::hold() const {
  make_folder(path_);
  Descriptor lock(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.number() < 0) cannot_store("opening the lock");
  while (::flock(lock.number(), LOCK_SH) != 0)
    if (errno != EINTR) cannot_store("waiting for the lock");
  return Hold(lock.release());
}

bool Folder::remove_unless(std::vector<std::string> const& names, std::function<Names()> const& named) const {
  if (names.empty()) return true;
  Descriptor const lock(::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.number() < 0) return false;
  // Whoever takes a picture away does not wait for a backup; what stays is found by the daily job.
  for (int attempt = 0; ::flock(lock.number(), LOCK_EX | LOCK_NB) != 0; ++attempt) {
    if (attempt == 20) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  auto const kept = named();
  std::error_code ignored;
  for (auto const& name : names)
    if (!kept.contains(name)) fs::remove(name.starts_with('.') ? path_ / name.substr(1, 2) / name : where(name), ignored);
  return true;
}

}  // namespace birge::files
