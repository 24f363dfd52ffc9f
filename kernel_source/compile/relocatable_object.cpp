// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/relocatable_object.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/debug_session.hpp"

#include <fmt/format.h>
#include <gelf.h>

#include <iterator>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

/// Reads the tables of an ELF file.
class reader {
 public:
  reader(Elf* elf, GElf_Addr bias) : elf_(elf), bias_(bias) {
    elf_getshdrstrndx(elf, &section_names_);
    for (Elf_Scn* section = elf_nextscn(elf, nullptr); section != nullptr;
         section = elf_nextscn(elf, section))
      if (GElf_Shdr header; gelf_getshdr(section, &header) != nullptr) add(section, header);
    for (const auto& [section, header] : relocations_) add_references(section, header);
    add_functions();
  }

  std::vector<code_section> code() && {
    std::vector<code_section> all;
    for (auto& [index, section] : code_) all.push_back(std::move(section));
    return all;
  }
  [[nodiscard]] const std::vector<std::string>& loaded() const { return loaded_; }

 private:
  struct table {
    Elf_Data* data = nullptr;
    int count = 0;
    std::size_t names = 0;
  };

  [[nodiscard]] std::string string_at(std::size_t names, std::size_t at) const {
    const char* const found = elf_strptr(elf_, names, at);
    return found == nullptr ? "" : found;
  }
  [[nodiscard]] std::string name_of_section(std::size_t index) const {
    GElf_Shdr header;
    Elf_Scn* const section = elf_getscn(elf_, index);
    if (section == nullptr || gelf_getshdr(section, &header) == nullptr) return "";
    return string_at(section_names_, header.sh_name);
  }

  void add(Elf_Scn* section, const GElf_Shdr& header) {
    if (header.sh_type == SHT_SYMTAB)
      symbols_ = {elf_getdata(section, nullptr),
                  static_cast<int>(header.sh_size / header.sh_entsize), header.sh_link};
    if (header.sh_type == SHT_RELA) relocations_.emplace_back(section, header);
    if ((header.sh_flags & SHF_ALLOC) == 0) return;
    loaded_.push_back(string_at(section_names_, header.sh_name));
    if ((header.sh_flags & SHF_EXECINSTR) == 0) return;
    const Elf_Data* const data = elf_rawdata(section, nullptr);
    code_section& code = code_[elf_ndxscn(section)];
    code.address = header.sh_addr + bias_;
    if (data == nullptr || data->d_buf == nullptr) return;
    const auto* const bytes = static_cast<const std::uint8_t*>(data->d_buf);
    code.bytes.assign(bytes, bytes + data->d_size);
  }

  void add_references(Elf_Scn* section, const GElf_Shdr& header) {
    const auto code = code_.find(header.sh_info);
    Elf_Data* const data = elf_getdata(section, nullptr);
    if (code == code_.end() || data == nullptr) return;
    GElf_Rela entry;
    for (int i = 0; gelf_getrela(data, i, &entry) != nullptr; ++i) {
      const auto kind = GELF_R_TYPE(entry.r_info);
      code_reference reference{.is_indirect = kind == R_X86_64_GOTPCREL ||
                                              kind == R_X86_64_GOTPCRELX ||
                                              kind == R_X86_64_REX_GOTPCRELX};
      GElf_Sym symbol;
      const auto index = static_cast<int>(GELF_R_SYM(entry.r_info));
      if (symbols_.data != nullptr && gelf_getsym(symbols_.data, index, &symbol) != nullptr) {
        reference.symbol = string_at(symbols_.names, symbol.st_name);
        if (symbol.st_shndx != SHN_UNDEF) reference.section = name_of_section(symbol.st_shndx);
      }
      code->second.references[entry.r_offset] = std::move(reference);
    }
  }

  void add_functions() {
    GElf_Sym symbol;
    for (int i = 0; i < symbols_.count && gelf_getsym(symbols_.data, i, &symbol) != nullptr; ++i)
      if (const auto code = code_.find(symbol.st_shndx);
          code != code_.end() && GELF_ST_TYPE(symbol.st_info) == STT_FUNC)
        code->second.functions[symbol.st_value] = string_at(symbols_.names, symbol.st_name);
  }

  Elf* elf_;
  GElf_Addr bias_;
  std::size_t section_names_ = 0;
  table symbols_;
  std::vector<std::pair<Elf_Scn*, GElf_Shdr>> relocations_;
  std::map<std::size_t, code_section> code_;  ///< by the index of the section
  std::vector<std::string> loaded_;
};

}  // namespace

relocatable_object::relocatable_object(const std::filesystem::path& path) {
  const debug_session session = begin_debug_session();
  dwfl_report_begin(session.get());
  Dwfl_Module* const module = dwfl_report_offline(session.get(), "object", path.c_str(), -1);
  dwfl_report_end(session.get(), nullptr, nullptr);
  GElf_Addr bias = 0;
  Elf* const elf = module == nullptr ? nullptr : dwfl_module_getelf(module, &bias);
  if (elf == nullptr)
    throw machine_error(
        fmt::format("the compiler made no object: {}: {}", path.string(), dwfl_errmsg(-1)));
  GElf_Ehdr header;
  is_x86_64_ = gelf_getehdr(elf, &header) != nullptr && header.e_machine == EM_X86_64;
  reader read(elf, bias);
  loaded_ = read.loaded();
  code_ = std::move(read).code();
  for_each_source_line(module, [this](std::uintptr_t address, const char* file, int line) {
    if (file != nullptr) lines_[address] = fmt::format("{}:{}", file, line);
  });
}

std::string relocatable_object::line_at(std::uint64_t address) const {
  const auto behind = lines_.upper_bound(address);
  return behind == lines_.begin() ? "an unknown line" : std::prev(behind)->second;
}

}  // namespace stockcheck::kernel_source
