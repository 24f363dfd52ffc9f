// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/object_audit.hpp"

#include "kernel_source/source_error.hpp"

#include <capstone/capstone.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

constexpr std::array known_sections{".text",     ".data",     ".bss",  ".rodata",    ".data.rel",
                                    "sc_percpu", ".eh_frame", ".note", ".init_array"};

/// Is set before anything is checked.
constexpr std::string_view constant_of_shim = "sc_page_shift";

/// Functions of the C library that the shim's own are for.
constexpr std::array uninstrumented{"memcpy", "memmove", "memset", "memcmp", "strlen", "strcmp"};

constexpr std::array system_instructions{
    X86_INS_SYSCALL,  X86_INS_SYSENTER, X86_INS_CPUID, X86_INS_RDTSC,    X86_INS_RDTSCP,
    X86_INS_RDRAND,   X86_INS_RDSEED,   X86_INS_RDPMC, X86_INS_XGETBV,   X86_INS_IN,
    X86_INS_OUT,      X86_INS_HLT,      X86_INS_INT,   X86_INS_RDFSBASE, X86_INS_RDGSBASE,
    X86_INS_WRFSBASE, X86_INS_WRGSBASE};

/// Registers whose parts have names of their own, widest first.
constexpr std::array<std::array<x86_reg, 4>, 16> general_registers{
    {{X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL},
     {X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL},
     {X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL},
     {X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL},
     {X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL},
     {X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL},
     {X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL},
     {X86_REG_RSP, X86_REG_ESP, X86_REG_SP, X86_REG_SPL},
     {X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B},
     {X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B},
     {X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B},
     {X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B},
     {X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B},
     {X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B},
     {X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B},
     {X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B}}};

constexpr std::array changed_by_calls{X86_REG_RAX, X86_REG_RCX, X86_REG_RDX,
                                      X86_REG_RSI, X86_REG_RDI, X86_REG_R8,
                                      X86_REG_R9,  X86_REG_R10, X86_REG_R11};

unsigned whole(unsigned part) {
  for (const auto& names : general_registers)
    if (std::ranges::find(names, part) != names.end()) return names[0];
  return part;
}

enum class access : std::uint8_t { read, write };

/// Bytes that the checker was told of.
struct announcement {
  access kind;
  std::size_t left;  ///< of them; 0: a range, of which any part may be accessed
  std::size_t width;
  bool is_on_stack = false;  ///< by its address
};

/// Returns what __tsan_[unaligned_][volatile_](read|write)(bytes|_range) announces; else none.
std::optional<announcement> announced_by(std::string_view call) {
  const auto take = [&call](std::string_view word) {
    const bool has = call.starts_with(word);
    if (has) call.remove_prefix(word.size());
    return has;
  };
  if (!take("__tsan_")) return std::nullopt;
  take("unaligned_");
  take("volatile_");
  const bool reads = take("read");
  if (!reads && !take("write")) return std::nullopt;
  const access kind = reads ? access::read : access::write;
  if (call == "_range") return announcement{kind, 0, 0};
  std::size_t bytes = 0;
  const auto [end, error] = std::from_chars(call.data(), call.data() + call.size(), bytes);
  if (error != std::errc{} || end != call.data() + call.size()) return std::nullopt;
  return announcement{kind, bytes, bytes};
}

/// What the compiler adds beside accesses.
bool is_no_event(std::string_view call) {
  return call == "__sanitizer_cov_trace_pc" || call.starts_with("__tsan_func_") ||
         call == "__tsan_init";
}

bool is_read_only(std::string_view section) {
  return section.starts_with(".rodata") || section.starts_with(".data.rel.ro");
}

class disassembler {
 public:
  disassembler() {
    if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle_) != CS_ERR_OK ||
        cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK)
      throw source_error("libcapstone does not know x86-64");
    instruction_ = cs_malloc(handle_);
  }
  disassembler(const disassembler&) = delete;
  disassembler& operator=(const disassembler&) = delete;
  ~disassembler() {
    cs_free(instruction_, 1);
    cs_close(&handle_);
  }

  /// The one at an offset; null where there is none.
  const cs_insn* at(std::span<const std::uint8_t> bytes, std::size_t offset) {
    const std::uint8_t* from = bytes.data() + offset;
    std::size_t left = bytes.size() - offset;
    std::uint64_t address = offset;
    return cs_disasm_iter(handle_, &from, &left, &address, instruction_) ? instruction_ : nullptr;
  }
  [[nodiscard]] bool is_in(const cs_insn& one, unsigned group) const {
    return cs_insn_group(handle_, &one, group);
  }
  /// The registers that it changes.
  [[nodiscard]] std::set<unsigned> changed_by(const cs_insn& one) const {
    cs_regs read;
    cs_regs written;
    std::uint8_t reads = 0;
    std::uint8_t writes = 0;
    std::set<unsigned> result;
    if (cs_regs_access(handle_, &one, read, &reads, written, &writes) == CS_ERR_OK)
      for (const std::uint16_t part : std::span(written, writes)) result.insert(whole(part));
    return result;
  }

 private:
  csh handle_ = 0;
  cs_insn* instruction_ = nullptr;
};

/// Goes through a section from its beginning, as compilers write what they do not optimise: what is
/// announced is accessed before the next call.
class section_audit {
 public:
  section_audit(const relocatable_object& object, const code_section& code,
                std::set<std::string>& lines)
      : object_(object), code_(code), lines_(lines) {}

  void run() {
    for (std::size_t at = 0; at < code_.bytes.size();) {
      if (const auto begins = code_.functions.find(at); begins != code_.functions.end()) {
        function_ = begins->second;
        forget();
      }
      const cs_insn* const one = machine_.at(code_.bytes, at);
      offset_ = at;
      if (one == nullptr) {
        refuse("has bytes that are no instruction");
        return;
      }
      look_at(*one);
      at += one->size;
    }
  }

 private:
  void refuse(const std::string& what) {
    lines_.insert(
        fmt::format("{}: {}() {}", object_.line_at(code_.address + offset_), function_, what));
  }

  void look_at(const cs_insn& one) {
    const cs_x86& detail = one.detail->x86;
    if (detail.prefix[0] == X86_PREFIX_LOCK)
      return refuse("has a locked instruction, which is not seen");
    if (std::ranges::find(system_instructions, static_cast<x86_insn>(one.id)) !=
        system_instructions.end())
      return refuse(fmt::format("has the instruction {}, which no kernel code under test can have",
                                one.mnemonic));
    const code_reference* const reference = reference_of(one);
    if (!names_no_memory(one))
      for (const cs_x86_op& operand : std::span(detail.operands, detail.op_count))
        if (operand.type == X86_OP_MEM) look_at(one, operand, reference);
    follow(one, reference);
    if (machine_.is_in(one, CS_GRP_CALL)) return called(reference);
    if (machine_.is_in(one, CS_GRP_JUMP) || machine_.is_in(one, CS_GRP_RET)) {
      require_made();
      on_stack_.clear();
      constants_.clear();
    }
  }

  [[nodiscard]] const code_reference* reference_of(const cs_insn& one) const {
    const auto found = code_.references.lower_bound(offset_);
    if (found == code_.references.end() || found->first >= offset_ + one.size) return nullptr;
    return &found->second;
  }

  /// It only computes with the address, or looks like an access and does nothing.
  static bool names_no_memory(const cs_insn& one) {
    return one.id == X86_INS_LEA || one.id == X86_INS_NOP || one.id == X86_INS_PREFETCH ||
           one.id == X86_INS_PREFETCHNTA || one.id == X86_INS_PREFETCHT0 ||
           one.id == X86_INS_PREFETCHT1 || one.id == X86_INS_PREFETCHT2 ||
           one.id == X86_INS_PREFETCHW;
  }

  void look_at(const cs_insn& one, const cs_x86_op& operand, const code_reference* reference) {
    const unsigned base = operand.mem.base;
    const bool is_constant = base == X86_REG_RIP && reference != nullptr &&
                             (reference->is_indirect || is_read_only(reference->section));
    if (is_constant || constants_.contains(base)) return;
    const bool is_thread = operand.mem.segment == X86_REG_FS || operand.mem.segment == X86_REG_GS;
    const bool is_stack = !is_thread && is_on_stack(base);
    const unsigned how = how_accessed(one, operand);
    for (const access kind : {access::read, access::write}) {
      if ((how & (kind == access::read ? CS_AC_READ : CS_AC_WRITE)) == 0) continue;
      if (use(kind, operand.size, is_stack) || is_stack) continue;
      refuse(fmt::format("{} {} byte{} of memory in a way that is not seen",
                         kind == access::read ? "reads" : "writes", operand.size,
                         operand.size == 1 ? "" : "s"));
    }
  }

  /// What the library says of an operand, but for where it is wrong, as of movups, or does not
  /// know: the first operand is what most instructions change.
  static unsigned how_accessed(const cs_insn& one, const cs_x86_op& operand) {
    const bool is_first = &operand == one.detail->x86.operands;
    if (one.id == X86_INS_TEST || one.id == X86_INS_CMP) return CS_AC_READ;
    if (operand.access == 0 || std::string_view(one.mnemonic).starts_with("mov"))
      return is_first ? CS_AC_WRITE : CS_AC_READ;
    return operand.access;
  }

  /// Whether such an access was announced, and no other one was made of it.
  bool use(access kind, std::size_t size, bool is_on_stack) {
    const auto is_part = [&](const announcement& one) {
      return one.kind == kind && one.is_on_stack == is_on_stack &&
             (one.width == size || (one.width == 16 && one.left >= size));
    };
    const auto is_range = [&](const announcement& one) {
      return one.kind == kind && one.is_on_stack == is_on_stack && one.width == 0;
    };
    const auto found = std::ranges::find_if(announced_, is_part);
    if (found == announced_.end()) return std::ranges::any_of(announced_, is_range);
    found->left -= size;
    if (found->left == 0) announced_.erase(found);
    return true;
  }

  /// Which registers hold addresses on the stack, or of constants.
  void follow(const cs_insn& one, const code_reference* reference) {
    const cs_x86& detail = one.detail->x86;
    bool is_of_stack = false;
    bool is_of_constant = false;
    if (detail.op_count == 2 && detail.operands[0].type == X86_OP_REG) {
      const cs_x86_op& from = detail.operands[1];
      is_of_stack = (one.id == X86_INS_LEA && from.mem.index == X86_REG_INVALID &&
                     is_on_stack(from.mem.base)) ||
                    (one.id == X86_INS_MOV && from.type == X86_OP_REG && is_on_stack(from.reg)) ||
                    ((one.id == X86_INS_ADD || one.id == X86_INS_SUB) && from.type == X86_OP_IMM &&
                     is_on_stack(detail.operands[0].reg));
      is_of_constant = one.id == X86_INS_MOV && from.type == X86_OP_MEM && reference != nullptr &&
                       reference->is_indirect && reference->symbol == constant_of_shim;
    }
    for (const unsigned changed : machine_.changed_by(one)) {
      on_stack_.erase(changed);
      constants_.erase(changed);
    }
    if (is_of_stack) on_stack_.insert(detail.operands[0].reg);
    if (is_of_constant) constants_.insert(detail.operands[0].reg);
  }

  [[nodiscard]] bool is_on_stack(unsigned base) const {
    return base == X86_REG_RBP || base == X86_REG_RSP || on_stack_.contains(base);
  }

  void called(const code_reference* callee) {
    const bool is_of_stack = on_stack_.contains(X86_REG_RDI);
    for (const unsigned changed : changed_by_calls) on_stack_.erase(changed);
    constants_.clear();
    const std::string_view name = callee == nullptr ? "" : std::string_view(callee->symbol);
    if (is_no_event(name)) return;
    if (auto announces = announced_by(name)) {
      announces->is_on_stack = is_of_stack;
      announced_.push_back(*announces);
      return;
    }
    if (std::ranges::find(uninstrumented, name) != uninstrumented.end())
      refuse(fmt::format("calls {}(), whose accesses are not seen", name));
    require_made();
    announced_.clear();
  }

  /// Writes that were announced are made by now: others run behind a call.
  void require_made() {
    for (const announcement& one : announced_)
      if (one.kind == access::write && one.width != 0)
        refuse("does not write what it announces to the checker where it does");
    std::erase_if(announced_, [](const announcement& one) { return one.kind == access::write; });
  }

  void forget() {
    announced_.clear();
    on_stack_.clear();
    constants_.clear();
  }

  const relocatable_object& object_;
  const code_section& code_;
  std::set<std::string>& lines_;
  disassembler machine_;
  std::size_t offset_ = 0;
  std::string function_ = "code without a name";
  std::vector<announcement> announced_;
  std::set<unsigned> on_stack_;
  std::set<unsigned> constants_;
};

}  // namespace

std::vector<std::string> unseen_in(const relocatable_object& object) {
  std::set<std::string> lines;
  for (const std::string& section : object.loaded_sections())
    if (std::ranges::none_of(known_sections,
                             [&](const char* known) { return section.starts_with(known); }))
      lines.insert(
          fmt::format("the compiled code has a section {}, which is not the kernel's", section));
  if (object.is_x86_64())
    for (const code_section& code : object.code()) section_audit(object, code, lines).run();
  return {lines.begin(), lines.end()};
}

}  // namespace stockcheck::kernel_source
