#pragma once

#include <unistd.h>

#include <utility>

namespace birge::files {

/// An open file of the operating system, closed at the end; negative: none.
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

}  // namespace birge::files
