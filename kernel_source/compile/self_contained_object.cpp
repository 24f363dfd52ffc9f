// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/self_contained_object.hpp"

#include "kernel_source/compile/refused_constructs.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/descriptor.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <gelf.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

namespace {

struct end_elf {
  void operator()(Elf* elf) const noexcept { elf_end(elf); }
};

/// Entries of the dynamic section that make the loader run code or load others.
const std::map<Elf64_Sxword, const char*> loader_entries{
    {DT_INIT, "runs code when it is loaded (_init)"},
    {DT_INIT_ARRAY, "runs code when it is loaded (.init_array)"},
    {DT_PREINIT_ARRAY, "runs code when it is loaded (.preinit_array)"},
    {DT_FINI, "runs code when it is unloaded (_fini)"},
    {DT_FINI_ARRAY, "runs code when it is unloaded (.fini_array)"},
    {DT_NEEDED, "needs another library"}};

constexpr const char* indirect =
    "the compiled code runs code when it is loaded (an indirect function)";

class reader {
 public:
  explicit reader(Elf* elf) : elf_(elf) {}

  std::vector<std::string> run() && {
    for (Elf_Scn* section = elf_nextscn(elf_, nullptr); section != nullptr;
         section = elf_nextscn(elf_, section)) {
      GElf_Shdr header;
      Elf_Data* const data = elf_getdata(section, nullptr);
      if (gelf_getshdr(section, &header) == nullptr || data == nullptr || header.sh_entsize == 0)
        continue;
      const int count = static_cast<int>(header.sh_size / header.sh_entsize);
      if (header.sh_type == SHT_DYNAMIC) read_dynamic(data, count);
      if (header.sh_type == SHT_DYNSYM) read_symbols(data, count, header.sh_link);
      if (header.sh_type == SHT_RELA) read_relocations(data, count);
    }
    return std::move(lines_);
  }

 private:
  void read_dynamic(Elf_Data* data, int count) {
    GElf_Dyn entry;
    for (int i = 0; i < count && gelf_getdyn(data, i, &entry) != nullptr; ++i)
      if (const auto found = loader_entries.find(entry.d_tag); found != loader_entries.end())
        lines_.push_back(fmt::format("the compiled code {}", found->second));
  }
  void read_symbols(Elf_Data* data, int count, std::size_t names) {
    GElf_Sym symbol;
    for (int i = 1; i < count && gelf_getsym(data, i, &symbol) != nullptr; ++i)
      if (symbol.st_shndx == SHN_UNDEF)
        lines_.push_back(fmt::format("the compiled code uses {}, which it does not have itself",
                                     elf_strptr(elf_, names, symbol.st_name)));
      else if (GELF_ST_TYPE(symbol.st_info) == STT_GNU_IFUNC)
        lines_.emplace_back(indirect);
  }
  void read_relocations(Elf_Data* data, int count) {
    GElf_Rela relocation;
    for (int i = 0; i < count && gelf_getrela(data, i, &relocation) != nullptr; ++i)
      if (const auto kind = GELF_R_TYPE(relocation.r_info);
          kind == R_X86_64_IRELATIVE || kind == R_AARCH64_IRELATIVE)
        lines_.emplace_back(indirect);
  }

  Elf* elf_;
  std::vector<std::string> lines_;
};

}  // namespace

void require_self_contained(const std::filesystem::path& object) {
  elf_version(EV_CURRENT);
  const descriptor file(::open(object.c_str(), O_RDONLY | O_CLOEXEC));
  const std::unique_ptr<Elf, end_elf> elf(
      elf_begin(file.number(), ELF_C_READ, static_cast<Elf*>(nullptr)));
  if (elf == nullptr || elf_kind(elf.get()) != ELF_K_ELF)
    throw machine_error(fmt::format("the linker made no object: {}", object.string()));
  refuse(reader(elf.get()).run());
}

}  // namespace stockcheck::kernel_source
