/* What cmocka needs before it, and short forms that the tests share. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "xieshang/base.h"

/* Shows both texts when they differ. */
#define assert_text(actual, expected) assert_text_at((actual), (expected), __FILE__, __LINE__)
static inline void assert_text_at(xs_text actual, const char *expected, const char *file, int line)
{
  if (actual.len == strlen(expected) &&
      (actual.len == 0 || memcmp(actual.ptr, expected, actual.len) == 0))
    return;
  print_error("expected: “%s”\n  actual: “%.*s”\n", expected, XS_TEXT(actual));
  _fail(file, line);
}

#endif
