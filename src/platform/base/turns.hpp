#pragma once

#include <chrono>

/// How the kernel shares the processor between threads that all have something to do.
namespace birge {

/// A turn of this length is asked for. Answering a request takes a tenth of it to all of it.
inline constexpr std::chrono::microseconds short_turn{500};

/// Asks for short turns for the calling thread and those it begins from now on. With more busy threads than processors a request that is begun
/// waits for the turns of others; with the kernel's own 3 ms it does so ten times as long as it works. Linux grants the wish from 6.12 on (its
/// scheduler's documentation, sched-eevdf); older kernels do not know it, and nothing happens there.
void take_short_turns() noexcept;

/// When the calling thread is woken and every processor is busy, it waits for its turn instead of ending that of another at once (SCHED_BATCH of
/// sched(7)); where one is free nothing changes. Threads that it begins are the same until they say otherwise.
void wait_for_turns() noexcept;

/// The usual way again, for the calling thread.
void take_usual_turns() noexcept;

/// The turn that the calling thread gets; 0 where the kernel does not say.
std::chrono::nanoseconds length_of_turn() noexcept;

}  // namespace birge
