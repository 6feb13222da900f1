#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "unit/unit.h"

#include "base/text.h"
#include "cli/progress.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAST_MS = 2000 };

/* What a bar of this width and age draws for 3 of 12. The caller frees nothing. */
static xs_text drawn(size_t width, int64_t age_ms, const char *title)
{
  static char bytes[4096];
  char *memory = NULL;
  size_t len = 0;
  FILE *old = stderr;
  xs_progress p;
  xs_progress_begin(&p);
  p.width = width;
  p.begun_ms -= age_ms;
  stderr = open_memstream(&memory, &len);
  xs_progress_step(&p, 3, 12, xs_text_of(title));
  xs_progress_end(&p);
  fclose(stderr);
  stderr = old;
  assert_true(len < sizeof bytes);
  memcpy(bytes, memory, len);
  free(memory);
  return (xs_text){bytes, len};
}

static void test_progress__draws_and_wipes_a_bar(void **state)
{
  assert_text(drawn(80, PAST_MS, "要约书"),
              "\r[######..................] 3/12 要约书\033[K\r\033[K");
}

static void test_progress__waits_a_second(void **state)
{
  assert_text(drawn(80, 0, "要约书"), "");
}

static void test_progress__needs_a_terminal(void **state)
{
  assert_text(drawn(0, PAST_MS, "要约书"), "");
}

static void test_progress__cuts_the_title_to_the_width(void **state)
{
  xs_text t = drawn(54, PAST_MS, "集体协商会议记录");
  assert_text(t, "\r[######..................] 3/12 集体协\033[K\r\033[K");
}

static void test_progress__counts_wide_characters_twice(void **state)
{
  assert_int_equal(xs_terminal_cells(XS_LIT("a集体1")), 6);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_progress__draws_and_wipes_a_bar),
      cmocka_unit_test(test_progress__waits_a_second),
      cmocka_unit_test(test_progress__needs_a_terminal),
      cmocka_unit_test(test_progress__cuts_the_title_to_the_width),
      cmocka_unit_test(test_progress__counts_wide_characters_twice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
