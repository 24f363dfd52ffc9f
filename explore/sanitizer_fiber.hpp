// SPDX-License-Identifier: GPL-2.0-only
// Tells AddressSanitizer and ThreadSanitizer about fiber switches; empty in builds without them.
#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#if __has_feature(thread_sanitizer) && !defined(__SANITIZE_THREAD__)
#define __SANITIZE_THREAD__ 1
#endif
#endif

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#elif defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace stockcheck::explore {

#if defined(__SANITIZE_ADDRESS__)

/// Bounds of a fiber's stack, and ASan's fake stack while the fiber is switched out.
class sanitizer_fiber {
 public:
  void created(const void* bottom, std::size_t bytes) {
    bottom_ = bottom, bytes_ = bytes;
    // A fiber dropped in the middle left the red zones of its frames behind.
    __asan_unpoison_memory_region(bottom, bytes);
  }
  void dropped() {}
  void leave(const sanitizer_fiber& to) {
    __sanitizer_start_switch_fiber(&fake_stack_, to.bottom_, to.bytes_);
  }
  /// `from` learns its bounds here: those of a thread's own stack are not known before.
  void arrive(sanitizer_fiber& from) const {
    __sanitizer_finish_switch_fiber(fake_stack_, &from.bottom_, &from.bytes_);
  }

 private:
  const void* bottom_ = nullptr;
  std::size_t bytes_ = 0;
  void* fake_stack_ = nullptr;
};

#elif defined(__SANITIZE_THREAD__)

/// TSan's own notion of a fiber.
class sanitizer_fiber {
 public:
  void created(const void*, std::size_t) { handle_ = __tsan_create_fiber(0); }
  void dropped() { __tsan_destroy_fiber(handle_); }
  void leave(const sanitizer_fiber& to) {
    if (handle_ == nullptr) handle_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to.handle_, 0);
  }
  void arrive(sanitizer_fiber&) const {}

 private:
  void* handle_ = nullptr;
};

#else

class sanitizer_fiber {
 public:
  void created(const void*, std::size_t) {}
  void dropped() {}
  void leave(const sanitizer_fiber&) {}
  void arrive(sanitizer_fiber&) const {}
};

#endif

}  // namespace stockcheck::explore
