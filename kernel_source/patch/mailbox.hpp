// SPDX-License-Identifier: GPL-2.0-only
// Mails, one or a whole mbox file, taken apart by git.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

struct mail {
  std::string subject;  ///< decoded, with its "[PATCH 1/3]"
  std::string author;   ///< "Name <address>"
  std::string diff;     ///< the part from the first diff on; empty if there is none
};

/// The place of a mail in its series, from "[PATCH v2 1/3]"; 0 is a cover letter.
struct series_number {
  unsigned number = 0;
  unsigned total = 0;
};

/// Does the text begin as an mbox or a mail does (which a quilt patch with a header does, too)?
bool is_mail(std::string_view text);

/// The mails in their order. Transfer encodings, character sets and line ends are undone. Throws
/// source_error, which begins with `name`.
std::vector<mail> read_mails(const std::string& text, const std::string& name);

/// None if the subject has no such number.
std::optional<series_number> number_in_series(const std::string& subject);

bool is_reply(const mail& m);

/// The subject without the brackets at its beginning.
std::string plain_subject(const std::string& subject);

}  // namespace stockcheck::kernel_source
