#include "platform/http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

namespace birge::http {
namespace {

constexpr std::array<char const*, 8> method_names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
constexpr std::array<char const*, 5> status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};

}  // namespace

struct Metrics::Inside {
  prometheus::Registry registry;
  // Looked up once: the registry takes a lock and compares labels each time.
  std::array<std::array<prometheus::Counter*, status_classes.size()>, method_names.size()> requests{};
  prometheus::Histogram* durations = nullptr;
  prometheus::Gauge* connections = nullptr;
  prometheus::Gauge* waiting = nullptr;
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {
  auto& registry = inside_->registry;
  auto& requests = prometheus::BuildCounter().Name("birge_http_requests_total").Help("Requests answered.").Register(registry);
  for (std::size_t method = 0; method < method_names.size(); ++method)
    for (std::size_t status = 0; status < status_classes.size(); ++status)
      inside_->requests[method][status] = &requests.Add({{"method", method_names[method]}, {"status", status_classes[status]}});
  inside_->durations = &prometheus::BuildHistogram()
                            .Name("birge_http_request_seconds")
                            .Help("Time from the last byte of a request to its whole reply handed to the kernel.")
                            .Register(registry)
                            .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10});
  inside_->connections = &prometheus::BuildGauge().Name("birge_http_connections").Help("Connections open now.").Register(registry).Add({});
  inside_->waiting =
      &prometheus::BuildGauge().Name("birge_http_waiting_requests").Help("Requests that wait for a worker now.").Register(registry).Add({});
}

Metrics::~Metrics() = default;

void Metrics::answered(Method method, int status, std::chrono::steady_clock::duration time) {
  auto const status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
  inside_->requests[static_cast<std::size_t>(method)][status_class]->Increment();
  inside_->durations->Observe(std::chrono::duration<double>(time).count());
}

void Metrics::connection_opened() { inside_->connections->Increment(); }
void Metrics::connection_closed() { inside_->connections->Decrement(); }

std::string Metrics::text(std::size_t waiting) const {
  inside_->waiting->Set(static_cast<double>(waiting));
  return prometheus::TextSerializer().Serialize(inside_->registry.Collect());
}

}  // namespace birge::http
