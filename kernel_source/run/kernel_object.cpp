// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_object.hpp"

#include "kernel_source/compile/kept_object.hpp"
#include "kernel_source/source_error.hpp"

#include <fmt/format.h>

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>
#include <span>
#include <stdexcept>

namespace stockcheck::kernel_source {

namespace {

kernel_object* loaded = nullptr;

/// Where the segments of an object lie: its code, and what of its data can be written once the
/// dynamic linker is done.
struct segments {
  ElfW(Addr) base = 0;  ///< of the object to look for
  ElfW(Addr) code_begin = 0;
  ElfW(Addr) code_end = 0;
  ElfW(Addr) data_begin = 0;
  ElfW(Addr) data_end = 0;
};

int find_in(dl_phdr_info* info, std::size_t, void* result) {
  auto& found = *static_cast<segments*>(result);
  if (info->dlpi_addr != found.base) return 0;
  const std::span headers{info->dlpi_phdr, info->dlpi_phnum};
  for (const ElfW(Phdr) & header : headers) {
    const ElfW(Addr) begin = info->dlpi_addr + header.p_vaddr;
    if (header.p_type != PT_LOAD) continue;
    if ((header.p_flags & PF_X) != 0) {
      found.code_begin = begin;
      found.code_end = begin + header.p_memsz;
    }
    if ((header.p_flags & PF_W) != 0) {
      found.data_begin = begin;
      found.data_end = begin + header.p_memsz;
    }
  }
  for (const ElfW(Phdr) & header : headers)
    if (header.p_type == PT_GNU_RELRO)
      found.data_begin =
          std::max(found.data_begin, info->dlpi_addr + header.p_vaddr + header.p_memsz);
  return 1;
}

}  // namespace

/// Null if it cannot be loaded.
static void* load(const std::string& path) {
  require_unchanged(path);
  return dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
}

void kernel_object::unload::operator()(void* handle) const noexcept { dlclose(handle); }

template <class Function>
Function* kernel_object::find(const char* name) const {
  return reinterpret_cast<Function*>(dlsym(handle_.get(), name));
}

template <class Function>
Function* kernel_object::look_up(const char* name) const {
  auto* const found = find<Function>(name);
  if (found == nullptr)
    throw source_error(fmt::format("the compiled kernel code has no {}()", name));
  return found;
}

std::string kernel_object::reason(const char* name) const {
  auto* const said = find<const char*()>(name);
  return said == nullptr ? "" : said();
}

kernel_object::kernel_object(const std::string& path, platform& runs_on)
    : runs_on_(runs_on), handle_(load(path)) {
  if (loaded != nullptr) throw std::logic_error("two kernel objects in one process");
  if (!handle_)
    throw source_error(fmt::format("cannot load the compiled kernel code: {}", dlerror()));
  look_up<void(const sc_hook_table*)>("sc_enter")(&runs_on.hooks());
  lacks_counters_ = reason("sc_lacks_counters");
  lacks_memcg_ = reason("sc_lacks_memcg");
  lacks_objects_ = reason("sc_lacks_objects");
  lacks_slabs_ = reason("sc_lacks_slabs");
  if (lacks_counters_.empty())
    page_counter_ = look_up<const sc_page_counter*()>("sc_page_counter")();
  if (auto* const memcg = find<const sc_memcg_stock*()>("sc_memcg_stock"); memcg != nullptr)
    memcg_stock_ = memcg();
  if (auto* const objects = find<const sc_obj_stock*()>("sc_obj_stock"); objects != nullptr)
    obj_stock_ = objects();
  link_map* map = nullptr;
  if (dlinfo(handle_.get(), RTLD_DI_LINKMAP, static_cast<void*>(&map)) != 0)
    throw source_error(fmt::format("cannot inspect the compiled kernel code: {}", dlerror()));
  lines_.emplace(path, map->l_addr);
  find_segments(map->l_addr);
  loaded = this;
}

kernel_object::~kernel_object() { loaded = nullptr; }

kernel_object& kernel_object::current() {
  if (loaded == nullptr) throw std::logic_error("no kernel object is loaded");
  return *loaded;
}

kernel_object* kernel_object::current_or_null() { return loaded; }

void not_in_this_kernel(std::string_view what) {
  kernel_object::current().runs_on().hooks().absent(std::string(what).c_str());
  std::abort();  // outside the kernel's code the hook does not come back
}

void cannot_be_checked(std::string_view why) {
  kernel_object::current().runs_on().hooks().unsupported(std::string(why).c_str(), nullptr);
  std::abort();  // the same
}

const sc_page_counter& kernel_object::page_counter() const {
  if (page_counter_ == nullptr) cannot_be_checked(lacks_counters_);
  return *page_counter_;
}

const sc_memcg_stock& kernel_object::memcg_stock() const {
  if (!lacks_memcg_.empty()) cannot_be_checked(lacks_memcg_);
  if (memcg_stock_ == nullptr) not_in_this_kernel("mm/memcontrol.c");
  return *memcg_stock_;
}

const sc_obj_stock& kernel_object::obj_stock() const {
  static_cast<void>(memcg_stock());
  if (!lacks_objects_.empty()) cannot_be_checked(lacks_objects_);
  if (obj_stock_ == nullptr) not_in_this_kernel("charges of kernel objects");
  return *obj_stock_;
}

const sc_obj_stock& kernel_object::slabs() const {
  const sc_obj_stock& objects = obj_stock();
  if (!lacks_slabs_.empty()) cannot_be_checked(lacks_slabs_);
  if (objects.slab_init == nullptr) not_in_this_kernel("hooks that charge slabs");
  return objects;
}

void kernel_object::find_segments(std::uintptr_t base) {
  segments found{.base = base};
  dl_iterate_phdr(&find_in, &found);
  // NOLINTBEGIN(performance-no-int-to-ptr): the linker's addresses are numbers
  code_begin_ = reinterpret_cast<const char*>(found.code_begin);
  ran_.assign(found.code_end - found.code_begin, 0);
  if (found.data_begin >= found.data_end) return;
  char* const begin = reinterpret_cast<char*>(found.data_begin);
  variables_.push_back({begin, {begin, reinterpret_cast<char*>(found.data_end)}});
  // NOLINTEND(performance-no-int-to-ptr)
}

std::vector<std::string> kernel_object::functions_run() const {
  std::set<std::string> names;
  for (std::size_t offset = 0; offset < ran_.size(); ++offset) {
    const char* const at = code_begin_ + offset;
    if (ran_[offset] != 0 && !is_of_shim(lines_->file_of_function_at(at)))
      names.insert(lines_->function_at(at));
  }
  return {names.begin(), names.end()};
}

file_lines kernel_object::lines_run() const {
  return lines_->lines_run([this](const void* instruction) {
    const auto offset =
        static_cast<std::size_t>(static_cast<const char*>(instruction) - code_begin_);
    return offset < ran_.size() && ran_[offset] != 0;
  });
}

void kernel_object::reset() {
  for (const segment& s : variables_) std::memcpy(s.begin, s.at_load.data(), s.at_load.size());
}

}  // namespace stockcheck::kernel_source
