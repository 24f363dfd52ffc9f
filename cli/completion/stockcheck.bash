# SPDX-License-Identifier: GPL-2.0-only
# Completion for bash: the command knows its own words.
_stockcheck() {
  local line=("${COMP_WORDS[@]:1:COMP_CWORD}")
  # shellcheck disable=SC2207  # no word has a space
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" complete -- "${line[@]}" 2>/dev/null)" \
    -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _stockcheck stockcheck
