// SPDX-License-Identifier: GPL-2.0-only
// Random programs that wait for each other.
#include "tests/explore/reference/flavours.hpp"
#include "tests/explore/reference/random_instructions.hpp"

namespace stockcheck::explore::reference {
namespace {

/// Writes the threads of one program.
class blocking_writer {
 public:
  blocking_writer(dice& random, bool locks, bool awaits)
      : random_{random},
        locations_{random.between(1, 2)},
        mutexes_{locks ? random.between(1, 2) : 0},
        awaits_{awaits} {}

  litmus_program write() {
    litmus_program program{.locations = locations_ + mutexes_};
    const std::uint32_t threads = random_.pick({2U, 2U, 3U});
    for (std::uint32_t thread = 0; thread < threads; ++thread) {
      auto& code = program.threads.emplace_back();
      const std::uint32_t parts = threads == 2 ? random_.between(1, 2) : 1;
      for (std::uint32_t part = 0; part < parts; ++part) add_part(code);
    }
    return program;
  }

 private:
  using code_type = std::vector<instruction>;

  void add_part(code_type& code) {
    const bool waits = mutexes_ == 0 || (awaits_ && random_.percent(50));
    if (!waits) {
      add_critical_section(code, locations_ + random_.below(mutexes_));
      // Two nested sections leave no room for more in a thread.
      if (code.size() < 4 && random_.percent(30)) add_access(code);
      return;
    }
    const std::uint32_t accesses = random_.between(1, 2);
    for (std::uint32_t access = 0; access < accesses; ++access) add_access(code);
    if (random_.percent(60)) add_await(code);
    if (random_.percent(40)) add_access(code);
  }

  void add_access(code_type& code) {
    const std::uint32_t location = random_.below(locations_);
    switch (random_.below(6)) {
      case 0:
      case 1: code.push_back(load(location, load_order(random_))); break;
      case 2: {
        const memory_order order = update_order(random_);
        code.push_back(random_update(random_, location, order, load_order(random_)));
        break;
      }
      default: {
        const value_type value = random_.below(3);
        code.push_back(store(location, value, store_order(random_)));
      }
    }
  }

  /// One that the mutex may be needed for; not where awaits might read the location.
  void add_protected_access(code_type& code) {
    if (awaits_ || random_.percent(50)) return add_access(code);
    const std::uint32_t location = random_.below(locations_);
    code.push_back(random_.percent(50) ? load(location, memory_order::plain)
                                       : store(location, 1, memory_order::plain));
  }

  void add_await(code_type& code) {
    const std::uint32_t location = random_.below(locations_);
    const value_type value = random_.below(3);
    const memory_order order =
        random_.pick({memory_order::acquire, memory_order::acquire, memory_order::relaxed});
    code.push_back(random_.percent(50) ? await_equal(location, value, order)
                                       : await_not_equal(location, value, order));
  }

  void add_critical_section(code_type& code, std::uint32_t mutex) {
    if (random_.percent(25)) {
      // What a try_lock reads is 0 where it got the mutex.
      code.push_back(try_lock(mutex));
      if (random_.percent(85)) code.push_back(only_if(0, unlock(mutex)));
      return;
    }
    code.push_back(lock(mutex));
    if (mutexes_ == 2 && random_.percent(30)) {
      const std::uint32_t other = 2 * locations_ + 1 - mutex;
      code.push_back(lock(other));
      if (random_.percent(90)) code.push_back(unlock(other));
    } else if (awaits_ && random_.percent(25)) {
      add_await(code);
    } else if (random_.percent(70)) {
      add_protected_access(code);
    }
    if (random_.percent(85)) code.push_back(unlock(mutex));
  }

  dice& random_;
  std::uint32_t locations_;
  std::uint32_t mutexes_;
  bool awaits_;
};

}  // namespace

litmus_program blocking_program(dice& random, bool locks, bool awaits) {
  return blocking_writer{random, locks, awaits}.write();
}

}  // namespace stockcheck::explore::reference
