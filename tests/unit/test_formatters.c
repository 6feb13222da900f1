/* Runs the example of every function in formatters.def, and tests/spec/formatters.md. */
#include "unit.h"

#include "support/paper.h"

static paper p;

static int open_paper(void **state)
{
  paper_open(&p);
  xs_status st = paper_load_rules(&p);
  if (!st)
    st = xs_case_load(&p.host, p.case_schema, XS_LIT(XS_TEST_ROOT "/tests/unit/formatters.xml"),
                      p.diags, &p.kase);
  return st;
}

static int close_paper(void **state)
{
  paper_close(&p);
  return 0;
}

/* The value as text, or the slug of the first message. */
static xs_text value_of(xs_text expression)
{
  xs_text out = XS_NO_TEXT;
  xs_diags_clear(p.diags);
  if (!xs_template_eval(p.a, expression, p.kase, p.rules, &p.options, p.diags, &out)) return out;
  xs_diag_view v;
  assert_true(xs_diags_view(p.diags, 0, &v));
  assert_true(v.line > 0);
  return xs_arena_printf(p.a, "[%.*s]", XS_TEXT(v.slug));
}

static void test_formatters__examples_of_the_table(void **state)
{
  xs_function_view f;
  size_t i = 0;
  for (; xs_function_at(i, &f); i++) {
    xs_text value = value_of(xs_text_of(f.example));
    if (!xs_text_is(value, f.result)) print_error("%s\n", f.example);
    assert_text(value, f.result);
    assert_non_null(strstr(f.example, f.name));
  }
  assert_true(i > 20);
}

/* “> expression → value” of each line; the number of lines that are wrong. */
static int run_spec_line(xs_text line, size_t number)
{
  static const char arrow[] = " → ";
  size_t off = 2;
  while (off < line.len && !xs_text_starts((xs_text){line.ptr + off, line.len - off}, arrow)) off++;
  assert_true(off < line.len);
  xs_text expression = {line.ptr + 2, off - 2};
  xs_text wanted = {line.ptr + off + strlen(arrow), line.len - off - strlen(arrow)};
  xs_text value = value_of(expression);
  if (xs_text_equal(value, wanted)) return 0;
  print_error("formatters.md:%zu: %.*s\n  expected: %.*s\n  actual:   %.*s\n", number,
              XS_TEXT(expression), XS_TEXT(wanted), XS_TEXT(value));
  return 1;
}

static void test_formatters__spec(void **state)
{
  const void *bytes = NULL;
  size_t len = 0, runs = 0, number = 0;
  int wrong = 0;
  assert_int_equal(
      xs_host_posix()->map(NULL, XS_TEST_ROOT "/tests/spec/formatters.md", 1 << 20, &bytes, &len),
      0);
  xs_text spec = {(const char *)bytes, len};
  for (size_t from = 0; from < spec.len;) {
    size_t end = from;
    while (end < spec.len && spec.ptr[end] != '\n') end++;
    xs_text line = {spec.ptr + from, end - from};
    number++;
    if (xs_text_starts(line, "> ")) {
      wrong += run_spec_line(line, number);
      runs++;
    }
    from = end + 1;
  }
  xs_host_posix()->unmap(NULL, bytes, len);
  assert_int_equal(wrong, 0);
  assert_true(runs > 80);
}

static void test_formatters__public_copy_masks(void **state)
{
  p.options.copy = XS_COPY_PUBLIC;
  assert_text(value_of(XS_LIT("id-number('11010519491231002X')")), "1****************X");
  assert_text(value_of(XS_LIT("phone('13800000000')")), "138****0000");
  assert_text(value_of(XS_LIT("phone('12')")), "**");
  p.options.copy = XS_COPY_FILING;
}

static void test_formatters__error_has_both_places(void **state)
{
  xs_text out;
  xs_diags_clear(p.diags);
  assert_int_equal(xs_template_eval(p.a, XS_LIT("date-zh($case/title)"), p.kase, p.rules,
                                    &p.options, p.diags, &out),
                   XS_EINPUT);
  xs_diag_view v;
  assert_true(xs_diags_view(p.diags, 0, &v));
  assert_text(v.slug, "function-value");
  assert_text(v.file, "expression");
  assert_true(xs_diags_view(p.diags, 1, &v));
  assert_true(xs_text_ends(v.file, "formatters.xml"));
  assert_int_equal(v.line, 4);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_formatters__examples_of_the_table),
      cmocka_unit_test(test_formatters__spec),
      cmocka_unit_test(test_formatters__public_copy_masks),
      cmocka_unit_test(test_formatters__error_has_both_places),
  };
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
