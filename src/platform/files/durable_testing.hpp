#pragma once

#include <string>
#include <vector>

/// Only for tests: what the calling thread had put on the disk while this lives, files and folders in their order. The program of the tests has an
/// fsync of its own for it, in durable_test.cpp.
namespace birge::files::testing {

class Synced {
public:
  Synced();
  ~Synced();
  Synced(Synced const&) = delete;
  Synced& operator=(Synced const&) = delete;
  std::vector<std::string> const& paths() const { return paths_; }

private:
  std::vector<std::string> paths_;
};

}  // namespace birge::files::testing
