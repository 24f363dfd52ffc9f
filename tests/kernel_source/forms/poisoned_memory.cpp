// SPDX-License-Identifier: GPL-2.0-only
#include "tests/kernel_source/forms/poisoned_memory.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

constexpr char poison = '\xa5';

struct range {
  std::size_t offset;
  std::size_t size;
};

struct watched_memory {
  std::span<char> real{};
  std::vector<char> values{};
  std::vector<range> readable{};
  std::vector<range> written{};
  seen_accesses seen{};
};
watched_memory watched;

bool is_watched(const void* address) {
  const auto* const byte = static_cast<const char*>(address);
  return byte >= watched.real.data() && byte < watched.real.data() + watched.real.size();
}
std::size_t offset_of(const void* address) {
  return static_cast<std::size_t>(static_cast<const char*>(address) - watched.real.data());
}

void poison_again(const range& of) {
  std::memset(watched.real.data() + of.offset, poison, of.size);
}
void settle() {
  for (const range& w : std::exchange(watched.written, {})) {
    std::memcpy(watched.values.data() + w.offset, watched.real.data() + w.offset, w.size);
    poison_again(w);
  }
  for (const range& r : std::exchange(watched.readable, {})) poison_again(r);
}

void note(char kind, const void* address, std::size_t size) {
  watched.seen.accesses.push_back({kind, offset_of(address), size});
}
void note_caller(const void* pc) {
  Dl_info info{};
  const bool is_known = dladdr(static_cast<const char*>(pc) - 1, &info) != 0;
  watched.seen.lines_of.emplace(is_known && info.dli_sname != nullptr ? info.dli_sname : "?");
}

/// GCC announces the two of a copy of a structure the other way round.
bool is_read_of_copy(const range& of) {
  if (watched.written.size() != 1 || watched.written.front().size != of.size) return false;
  const char* const to = watched.real.data() + watched.written.front().offset;
  return std::all_of(to, to + of.size, [](char byte) { return byte == poison; });
}

void plain_read(void* address, std::size_t size, const void* pc) {
  if (!is_watched(address)) return;
  note_caller(pc);
  const range of{offset_of(address), size};
  const bool is_copied = is_read_of_copy(of);
  if (!is_copied) settle();
  note('R', address, size);
  if (is_copied) std::iter_swap(watched.seen.accesses.end() - 1, watched.seen.accesses.end() - 2);
  std::memcpy(address, watched.values.data() + of.offset, size);
  watched.readable.push_back(of);
}
void plain_write(void* address, std::size_t size, const void* pc) {
  if (!is_watched(address)) return;
  note_caller(pc);
  settle();
  note('W', address, size);
  watched.written.push_back({offset_of(address), size});
}

void ran(const void*) {}

}  // namespace

const sc_hook_table& poisoning_hooks() {
  static const sc_hook_table table = [] {
    sc_hook_table hooks{};
    hooks.plain_read = plain_read;
    hooks.plain_write = plain_write;
    hooks.ran = ran;
    return hooks;
  }();
  return table;
}

void begin_poison(std::span<char> memory) {
  watched = {};
  watched.real = memory;
  watched.values.assign(memory.begin(), memory.end());
  std::ranges::fill(memory, poison);
}

seen_accesses end_poison() {
  settle();
  std::ranges::copy(watched.values, watched.real.begin());
  return std::move(watched.seen);
}

}  // namespace stockcheck::kernel_source
