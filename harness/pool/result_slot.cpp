// SPDX-License-Identifier: GPL-2.0-only
#include "harness/pool/result_slot.hpp"

#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <new>
#include <system_error>

namespace stockcheck::harness {

namespace {

/// The record is on pages of its own.
constexpr std::size_t head_bytes = std::size_t{64} << 10U;
/// Far more than a record has; pages that nobody writes take no memory.
constexpr std::size_t text_bytes = std::size_t{64} << 20U;

}  // namespace

struct result_slot::header {
  std::atomic<std::uint64_t> executions{0};
  std::atomic<std::uint64_t> estimated{0};
};

struct result_slot::record {
  std::atomic<unsigned> puts{0};
  content kind = content::nothing;
  std::size_t bytes = 0;
};

static constexpr std::size_t text_at = head_bytes + 64;
static constexpr std::size_t slot_bytes = text_at + text_bytes;

result_slot::result_slot()
    : memory_(static_cast<char*>(::mmap(nullptr, slot_bytes, PROT_READ | PROT_WRITE,
                                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))) {
  static_assert(sizeof(header) <= head_bytes && sizeof(record) <= 64);
  if (memory_ == MAP_FAILED)
    throw std::system_error(errno, std::generic_category(), "memory for a result");
  new (memory_) header;
  new (memory_ + head_bytes) record;
}

result_slot::~result_slot() { ::munmap(memory_, slot_bytes); }

result_slot::header& result_slot::head() const { return *reinterpret_cast<header*>(memory_); }

result_slot::record& result_slot::body() const {
  return *reinterpret_cast<record*>(memory_ + head_bytes);
}

void result_slot::close() { ::mprotect(memory_ + head_bytes, slot_bytes - head_bytes, PROT_NONE); }

void result_slot::advance(const progress& to) {
  head().executions = to.executions;
  head().estimated = to.estimated;
}

void result_slot::put(content kind, std::string_view text) {
  ::mprotect(memory_ + head_bytes, slot_bytes - head_bytes, PROT_READ | PROT_WRITE);
  if (text.size() > text_bytes) {
    kind = content::error;
    text = "its result is too large";
  }
  if (body().puts++ > 0) return;
  body().kind = kind;
  body().bytes = text.size();
  std::memcpy(memory_ + text_at, text.data(), text.size());
}

progress result_slot::reached() const { return {head().executions, head().estimated}; }

unsigned result_slot::puts() const { return body().puts; }

std::optional<std::string> result_slot::get(content kind) const {
  if (body().kind != kind || body().bytes > text_bytes) return std::nullopt;
  return std::string(memory_ + text_at, body().bytes);
}

}  // namespace stockcheck::harness
