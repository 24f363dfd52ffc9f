// SPDX-License-Identifier: GPL-2.0-only
#include "explore/hooks.h"

#include "explore/operations.hpp"
#include "explore/runtime.hpp"

namespace stockcheck::explore {

namespace {

static_assert(static_cast<int>(memory_order::full) == EXPLORE_FULL);
static_assert(static_cast<int>(operation::exchange) == EXPLORE_EXCHANGE);
static_assert(static_cast<int>(operation::fetch_xor) == EXPLORE_FETCH_XOR);

memory_order order_of(explore_order order) { return static_cast<memory_order>(order); }

site site_of(const explore_site* at) {
  return at == nullptr ? site{} : site{at->file, at->function, at->line};
}

location_id locate(const void* address, std::size_t size, const explore_site* at) {
  return runtime::current().locate(address, size, site_of(at));
}

constexpr std::size_t mutex_bytes = 4;

}  // namespace

extern "C" {

uint64_t explore_load(const void* address, size_t size, explore_order order,
                      const explore_site* at) {
  return load(locate(address, size, at), order_of(order), site_of(at));
}

void explore_store(void* address, size_t size, uint64_t value, explore_order order,
                   const explore_site* at) {
  store(locate(address, size, at), value, order_of(order), site_of(at));
}

uint64_t explore_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                     explore_order order, const explore_site* at) {
  return read_modify_write(static_cast<operation>(op), locate(address, size, at), operand,
                           order_of(order), site_of(at));
}

bool explore_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
                 explore_order success, explore_order failure, const explore_site* at) {
  return compare_exchange(locate(address, size, at), *expected, desired, order_of(success),
                          order_of(failure), site_of(at));
}

void explore_fence(explore_order order, const explore_site* at) {
  fence(order_of(order), site_of(at));
}

uint64_t explore_plain_read(const void* address, size_t size, const explore_site* at) {
  return explore_load(address, size, EXPLORE_PLAIN, at);
}

void explore_plain_write(void* address, size_t size, uint64_t value, const explore_site* at) {
  explore_store(address, size, value, EXPLORE_PLAIN, at);
}

void* explore_alloc(size_t size, size_t alignment, bool zeroed, const explore_site* at) {
  return runtime::current().allocate(
      size, alignment, zeroed ? fresh_memory::zeroed : fresh_memory::uninitialised, site_of(at));
}

void explore_free(void* memory, const explore_site* at) { release(memory, site_of(at)); }

uint32_t explore_choose(uint32_t n, const explore_site* at) { return choose(n, site_of(at)); }

void explore_block(bool (*holds)(void*), void* argument, const explore_site* at) {
  const auto asked = [holds, argument] { return holds(argument); };
  await(predicate(asked), site_of(at));
}

void explore_lock(void* mutex, const explore_site* at) {
  lock(locate(mutex, mutex_bytes, at), site_of(at));
}

bool explore_try_lock(void* mutex, const explore_site* at) {
  return try_lock(locate(mutex, mutex_bytes, at), site_of(at));
}

void explore_unlock(void* mutex, const explore_site* at) {
  unlock(locate(mutex, mutex_bytes, at), site_of(at));
}

bool explore_on_stack(const void* address) { return runtime::current().is_on_stack(address); }

void explore_fail(const char* what, const explore_site* at) { fail(what, site_of(at)); }

void explore_absent(const char* what, const explore_site* at) {
  runtime::current().fail(
      {.kind = finding_kind::absent, .what = what, .at = site_of(at), .events = {}});
}

void explore_unsupported(const char* what, const explore_site* at) {
  runtime::current().fail(
      {.kind = finding_kind::unsupported, .what = what, .at = site_of(at), .events = {}});
}

void explore_name(const void* object, size_t size, const char* owner, const char* name) {
  explore::name(object, size, owner, name);
}

}  // extern "C"

}  // namespace stockcheck::explore
