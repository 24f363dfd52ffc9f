// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/code_blocks.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>

#include <memory>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

struct end_elf {
  void operator()(Elf* file) const noexcept { elf_end(file); }
};

/// A relocated number is in the last four bytes of a call, and lies between the call's first byte
/// and what it returns to.
constexpr std::uintptr_t opcode_bytes = 1;
constexpr std::uintptr_t operand_bytes = 4;

std::string_view symbol_of(Elf* file, std::size_t table, std::size_t index) {
  Elf_Scn* const section = elf_getscn(file, table);
  GElf_Shdr header;
  GElf_Sym symbol;
  if (gelf_getshdr(section, &header) == nullptr ||
      gelf_getsym(elf_getdata(section, nullptr), static_cast<int>(index), &symbol) == nullptr)
    return "";
  const char* const name = elf_strptr(file, header.sh_link, symbol.st_name);
  return name == nullptr ? "" : name;
}

}  // namespace

std::map<std::uintptr_t, std::uintptr_t> code_blocks(const std::string& path) {
  elf_version(EV_CURRENT);
  const descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::unique_ptr<Elf, end_elf> file(elf_begin(opened.number(), ELF_C_READ_MMAP, nullptr));
  if (file == nullptr) throw source_error(fmt::format("cannot read {}: {}", path, elf_errmsg(-1)));
  std::map<std::uintptr_t, std::uintptr_t> blocks;
  for (Elf_Scn* section = elf_nextscn(file.get(), nullptr); section != nullptr;
       section = elf_nextscn(file.get(), section)) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || header.sh_type != SHT_RELA) continue;
    Elf_Data* const data = elf_getdata(section, nullptr);
    for (std::size_t i = 0; i < header.sh_size / header.sh_entsize; ++i) {
      GElf_Rela entry;
      if (gelf_getrela(data, static_cast<int>(i), &entry) == nullptr) continue;
      if (symbol_of(file.get(), header.sh_link, GELF_R_SYM(entry.r_info)) == block_hook)
        blocks[entry.r_offset - opcode_bytes] = entry.r_offset + operand_bytes;
    }
  }
  return blocks;
}

}  // namespace stockcheck::kernel_source
