#include "unit/unit.h"

#include "base/arena.h"
#include "base/limits.h"
#include "support/fail_host.h"

static void test_arena__memory_is_zeroed_and_aligned(void **state)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  for (size_t len = 0; len < 3000; len += 7) {
    unsigned char *p = xs_arena_alloc(a, len);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
    for (size_t i = 0; i < len; i++) assert_int_equal(p[i], 0);
    memset(p, 0xAA, len);
  }
  xs_arena_free(a);
}

static void test_arena__things_do_not_overlap(void **state)
{
  enum { COUNT = 500 };
  unsigned char *things[COUNT];
  xs_arena *a = xs_arena_new(xs_host_posix());
  for (size_t i = 0; i < COUNT; i++) {
    things[i] = xs_arena_alloc(a, i * 13 % 2500 + 1);
    memset(things[i], (int)(i & 0xFF), i * 13 % 2500 + 1);
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j <= i * 13 % 2500; j++) assert_int_equal(things[i][j], i & 0xFF);
  xs_arena_free(a);
}

static void test_arena__above_the_ceiling_asks_nobody(void **state)
{
  fail_host f;
  fail_host_init(&f, -1);
  xs_arena *a = xs_arena_new(&f.host);
  assert_non_null(xs_arena_alloc(a, 1));
  size_t asked = f.asked;
  assert_false(xs_arena_is_full(a));
  assert_null(xs_arena_alloc(a, XS_MAX_ARENA_BYTES));
  assert_true(xs_arena_is_full(a));
  assert_null(xs_arena_alloc(a, XS_MAX_ARENA_BYTES + 1));
  assert_null(xs_arena_alloc(a, SIZE_MAX));
  assert_int_equal(f.asked, asked);
  assert_non_null(xs_arena_alloc(a, 1));
  xs_arena_free(a);
}

static void test_arena__array_refuses_a_product_that_overflows(void **state)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  assert_null(xs_arena_array(a, SIZE_MAX / 2, 3));
  assert_null(xs_arena_array(a, (size_t)1 << 33, (size_t)1 << 33));
  assert_non_null(xs_arena_array(a, 0, 8));
  assert_non_null(xs_arena_array(a, 8, 0));
  xs_arena_free(a);
}

static void test_arena__text_is_a_copy_with_a_nul(void **state)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  char source[] = "协商";
  xs_text t = xs_arena_text(a, (xs_text){source, 6});
  source[0] = '?';
  assert_text(t, "协商");
  assert_int_equal(t.ptr[t.len], '\0');
  xs_text empty = xs_arena_text(a, XS_NO_TEXT);
  assert_non_null(empty.ptr);
  assert_int_equal(empty.len, 0);
  assert_text(xs_arena_printf(a, "第%d章 %s", 3, "工资"), "第3章 工资");
  xs_arena_free(a);
}

static void test_arena__push_keeps_what_was_there(void **state)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  int *items = NULL;
  size_t count = 0, capacity = 0;
  for (int i = 0; i < 1000; i++) {
    int *slot = XS_PUSH(a, items, count, capacity);
    assert_non_null(slot);
    *slot = i;
  }
  assert_int_equal(count, 1000);
  for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
  xs_arena_free(a);
}

static char closed[8];

static void note_closing(void *thing)
{
  strcat(closed, thing);
}

static void test_arena__defer_runs_the_last_first(void **state)
{
  closed[0] = '\0';
  xs_arena *a = xs_arena_new(xs_host_posix());
  char first[] = "1", second[] = "2", third[] = "3";
  assert_true(xs_arena_defer(a, note_closing, first));
  assert_true(xs_arena_defer(a, note_closing, second));
  assert_true(xs_arena_defer(a, note_closing, third));
  assert_string_equal(closed, "");
  xs_arena_free(a);
  assert_string_equal(closed, "321");
}

static void test_arena__defer_closes_at_once_when_out_of_memory(void **state)
{
  closed[0] = '\0';
  fail_host f;
  fail_host_init(&f, 1);
  xs_arena *a = xs_arena_new(&f.host);
  char thing[] = "x";
  assert_false(xs_arena_defer(a, note_closing, thing));
  assert_string_equal(closed, "x");
  xs_arena_free(a);
  assert_string_equal(closed, "x");
}

static void test_arena__every_failure_is_null_and_leaks_nothing(void **state)
{
  for (long n = 0;; n++) {
    fail_host f;
    fail_host_init(&f, n);
    xs_arena *a = xs_arena_new(&f.host);
    bool passed = a != NULL;
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; passed && i < 100; i++) {
      size_t before = count;
      int *slot = XS_PUSH(a, items, count, capacity);
      passed = slot && xs_arena_text(a, XS_LIT("甲方")).ptr;
      if (!slot) assert_int_equal(count, before);
    }
    xs_arena_free(a);
    assert_int_equal(f.live, 0);
    if (passed) return;
    assert_true(n < 10000);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_arena__memory_is_zeroed_and_aligned),
      cmocka_unit_test(test_arena__things_do_not_overlap),
      cmocka_unit_test(test_arena__above_the_ceiling_asks_nobody),
      cmocka_unit_test(test_arena__array_refuses_a_product_that_overflows),
      cmocka_unit_test(test_arena__text_is_a_copy_with_a_nul),
      cmocka_unit_test(test_arena__push_keeps_what_was_there),
      cmocka_unit_test(test_arena__defer_runs_the_last_first),
      cmocka_unit_test(test_arena__defer_closes_at_once_when_out_of_memory),
      cmocka_unit_test(test_arena__every_failure_is_null_and_leaks_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
