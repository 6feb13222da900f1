/* Runs tests/spec/numbering.md: a template for each example, its numbers compared. */
#include "unit.h"

#include "support/paper.h"
#include "template/numbering.h"

enum { MAX_EXPECTED = 64 };

typedef struct example {
  xs_buf head, body;
  xs_text expected[MAX_EXPECTED];
  size_t lines[MAX_EXPECTED];
  size_t count;
} example;

static paper p;
static int wrong;
static size_t examples;

static int open_paper(void **state)
{
  paper_open(&p);
  return 0;
}

static int close_paper(void **state)
{
  paper_close(&p);
  return 0;
}

/* The next word of a line, cut off its front. */
static xs_text word(xs_text *line)
{
  *line = xs_text_trim(*line);
  size_t i = 0;
  while (i < line->len && line->ptr[i] != ' ') i++;
  xs_text w = {line->ptr, i};
  *line = xs_text_trim((xs_text){line->ptr + i, line->len - i});
  return w;
}

static void read_numbering(example *e, xs_text line)
{
  word(&line);
  xs_text name = word(&line), form = word(&line);
  xs_buf_printf(&e->head, "<numbering name='%.*s' form='%.*s'", XS_TEXT(name), XS_TEXT(form));
  if (line.len) {
    word(&line);
    xs_buf_printf(&e->head, " within='%.*s'", XS_TEXT(line));
  }
  xs_buf_str(&e->head, "/>");
}

static void expect(example *e, xs_text line, size_t number)
{
  assert_true(e->count < MAX_EXPECTED);
  assert_text(word(&line), "|");
  e->lines[e->count] = number;
  e->expected[e->count++] = line;
}

static void read_paragraph(example *e, xs_text line, size_t number)
{
  word(&line);
  xs_text name = word(&line), id = XS_NO_TEXT;
  bool falls = xs_text_is(name, "-");
  if (falls) name = word(&line);
  if (xs_text_is(name, "refer")) {
    id = word(&line);
    xs_buf_printf(&e->body, "<p><ref to='%.*s'/></p>\n", XS_TEXT(id));
    expect(e, line, number);
    return;
  }
  if (xs_text_starts(line, "##")) id = word(&line);
  if (id.len) id = (xs_text){id.ptr + 2, id.len - 2};
  if (falls) xs_buf_str(&e->body, "<if test='false()'>");
  xs_buf_printf(&e->body, "<p number='%.*s'", XS_TEXT(name));
  if (id.len) xs_buf_printf(&e->body, " id='%.*s'", XS_TEXT(id));
  xs_buf_str(&e->body, "/>\n");
  if (falls) xs_buf_str(&e->body, "</if>");
  if (!falls) expect(e, line, number);
}

static void compare(size_t number, xs_text actual, xs_text expected)
{
  if (xs_text_equal(actual, expected)) return;
  print_error("numbering.md:%zu:\n  expected: %.*s\n  actual:   %.*s\n", number, XS_TEXT(expected),
              XS_TEXT(actual));
  wrong++;
}

static xs_text number_of(size_t i)
{
  const xs_section *s = &p.doc->sections[0];
  if (i >= s->blocks.count) return XS_LIT("nothing");
  const xs_paragraph *paragraph = &s->blocks.items[i].u.paragraph;
  return paragraph->inline_count ? paragraph->inlines[0].u.text.text : XS_LIT("");
}

static void run(example *e)
{
  if (e->count == 0) return;
  examples++;
  xs_buf_add(&e->head, "", 1);
  xs_buf_add(&e->body, "", 1);
  p.head = e->head.ptr;
  xs_status st = paper_fill(&p, e->body.ptr);
  const xs_text last = e->expected[e->count - 1];
  if (last.ptr[0] == '[') {
    xs_diag_view v;
    assert_int_equal(st, XS_EINPUT);
    assert_true(xs_diags_view(p.diags, 0, &v) && v.line > 0);
    compare(e->lines[e->count - 1], v.slug, (xs_text){last.ptr + 1, last.len - 2});
  } else {
    if (st) print_error("numbering.md:%zu: %s", e->lines[0], paper_messages(&p));
    assert_int_equal(st, XS_OK);
    for (size_t i = 0; i < e->count; i++) compare(e->lines[i], number_of(i), e->expected[i]);
  }
}

static void begin(example *e)
{
  e->count = 0;
  xs_buf_free(&e->head);
  xs_buf_free(&e->body);
  xs_buf_init(&e->head, &p.host, 1 << 16);
  xs_buf_init(&e->body, &p.host, 1 << 16);
}

static void test_numbering__spec(void **state)
{
  const void *bytes = NULL;
  size_t len = 0, number = 0;
  assert_int_equal(
      xs_host_posix()->map(NULL, XS_TEST_ROOT "/tests/spec/numbering.md", 1 << 20, &bytes, &len),
      0);
  xs_text spec = {(const char *)bytes, len};
  example e = {0};
  begin(&e);
  for (size_t from = 0; from < spec.len;) {
    size_t end = from;
    while (end < spec.len && spec.ptr[end] != '\n') end++;
    xs_text line = {spec.ptr + from, end - from};
    number++;
    if (xs_text_starts(line, "## ")) {
      run(&e);
      begin(&e);
    } else if (xs_text_starts(line, "numbering ")) {
      read_numbering(&e, line);
    } else if (xs_text_starts(line, "> ")) {
      read_paragraph(&e, line, number);
    }
    from = end + 1;
  }
  run(&e);
  begin(&e);
  xs_buf_free(&e.head);
  xs_buf_free(&e.body);
  xs_host_posix()->unmap(NULL, bytes, len);
  assert_int_equal(wrong, 0);
  assert_true(examples > 10);
}

static void test_numbering__circles_end_at_fifty(void **state)
{
  assert_text(xs_number_write(p.a, XS_LIT("{①}"), 20), "⑳");
  assert_text(xs_number_write(p.a, XS_LIT("{①}"), 21), "㉑");
  assert_text(xs_number_write(p.a, XS_LIT("{①}"), 36), "㊱");
  assert_text(xs_number_write(p.a, XS_LIT("{①}"), 50), "㊿");
  assert_null(xs_number_write(p.a, XS_LIT("{①}"), 51).ptr);
  assert_null(xs_number_write(p.a, XS_LIT("{一"), 1).ptr);
}

static void test_numbering__gap_and_role_stand_behind_and_on_the_number(void **state)
{
  p.head = "<numbering name='a' form='第{一}条' gap='　' role='黑'/>";
  assert_int_equal(paper_fill(&p, "<p number='a'>总则</p>"), XS_OK);
  assert_string_equal(paper_lines(&p), "paragraph : {黑}“第一条” “　” “总则”\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbering__spec),
      cmocka_unit_test(test_numbering__circles_end_at_fifty),
      cmocka_unit_test(test_numbering__gap_and_role_stand_behind_and_on_the_number),
  };
  return cmocka_run_group_tests(tests, open_paper, close_paper);
}
