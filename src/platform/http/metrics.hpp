#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "platform/http/message.hpp"

namespace birge::http {

/// What the server counts, in the names Prometheus expects. No label holds a path or an address. Safe to share between threads.
class Metrics {
public:
  Metrics();
  ~Metrics();

  void answered(Method method, int status, std::chrono::steady_clock::duration time);
  void connection_opened();
  void connection_closed();

  /// The Prometheus text format; `waiting` is the number of requests that wait for a worker at this moment.
  std::string text(std::size_t waiting) const;

private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace birge::http
