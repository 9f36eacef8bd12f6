#include "platform/base/turns.hpp"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <optional>

namespace birge {

namespace {

/// What sched_setattr(2) takes, in its first version: the kernel's own header and the C library's cannot be included together.
struct Attributes {
  std::uint32_t size, policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime, deadline, period;  // nanoseconds
};
static_assert(sizeof(Attributes) == 48);

std::optional<Attributes> attributes() {
  Attributes known{};
  if (::syscall(SYS_sched_getattr, 0, &known, sizeof known, 0) != 0) return {};
  return known;
}

template <class Change>
void change_attributes(Change const& change) {
  auto wish = attributes();
  if (!wish) return;
  change(*wish);
  ::syscall(SYS_sched_setattr, 0, &*wish, 0);  // what it says changes nothing for us: we go on with the turns that there are
}

}  // namespace

void take_short_turns() noexcept {
  change_attributes([](Attributes& wish) { wish.runtime = static_cast<std::uint64_t>(std::chrono::nanoseconds(short_turn).count()); });
}

void wait_for_turns() noexcept {
  change_attributes([](Attributes& wish) { wish.policy = SCHED_BATCH; });
}

void take_usual_turns() noexcept {
  change_attributes([](Attributes& wish) { wish.policy = SCHED_OTHER; });
}

std::chrono::nanoseconds length_of_turn() noexcept {
  auto const known = attributes();
  return std::chrono::nanoseconds(known ? known->runtime : 0);
}

}  // namespace birge
