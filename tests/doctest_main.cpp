// SPDX-License-Identifier: GPL-2.0-only
// The main() of every doctest executable.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
