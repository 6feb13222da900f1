/* Runs tests/spec/linebreak.md: a paragraph for each example, its lines compared. */
#include "unit.h"

#include "base/buf.h"
#include "base/text.h"
#include "layout/paragraph.h"
#include "support/page_fixture.h"

#include <stdlib.h>

enum { EM = XS_PT(10) };

typedef struct example {
  xs_text title, text, marked, places;
  int64_t measure_milli, indent_milli, width_milli;
  size_t line; /* that `places` is about, from 1; 0 is the first */
  xs_para_style style;
} example;

typedef struct run {
  page_fixture f;
  xs_text spec;
  size_t example_count, failed_count;
} run;

static bool take(xs_text line, const char *key, xs_text *rest)
{
  size_t len = strlen(key);
  if (!xs_text_starts(line, key)) return false;
  *rest = xs_text_trim((xs_text){line.ptr + len, line.len - len});
  return true;
}

static int64_t milli(xs_text t)
{
  int64_t n = 0;
  assert_true(xs_text_milli(t, &n));
  return n;
}

/* What the layout finds out by itself must not stand in the source. */
static size_t without_hyphens(char *text, size_t len)
{
  size_t kept = 0;
  for (size_t i = 0; i < len; i++)
    if (i + 1 < len && !memcmp(text + i, "\xc2\xad", 2))
      i++;
    else
      text[kept++] = text[i];
  text[kept] = '\0';
  return kept;
}

/* The example without its bars, as inlines: what is marked stands alone. */
static size_t inlines_of(xs_arena *a, const example *e, const xs_para_style *style, xs_inline *out)
{
  char *plain = XS_NEW_ARRAY(a, e->text.len + 1, char);
  size_t len = 0;
  for (size_t i = 0; i < e->text.len; i++)
    if (e->text.ptr[i] != '|') plain[len++] = e->text.ptr[i];
  if (e->style.hyphenate) len = without_hyphens(plain, len);
  const char *mark = e->marked.len ? strstr(plain, xs_arena_text(a, e->marked).ptr) : NULL;
  size_t cuts[] = {0, mark ? (size_t)(mark - plain) : len,
                   mark ? (size_t)(mark - plain) + e->marked.len : len, len};
  size_t count = 0;
  for (size_t i = 0; i < 3; i++) {
    if (cuts[i] == cuts[i + 1]) continue;
    out[count] = (xs_inline){.kind = XS_INLINE_TEXT, .style = style->text, .unbreakable = i == 1};
    out[count].u.text.text = (xs_text){plain + cuts[i], cuts[i + 1] - cuts[i]};
    count++;
  }
  return count;
}

static void complain(run *r, const example *e, const char *what, xs_text got)
{
  r->failed_count++;
  print_error("%.*s\n  %s expected: %.*s\n  %s found:    %.*s\n", XS_TEXT(e->title), what,
              XS_TEXT(strcmp(what, "places") ? e->text : e->places), what, XS_TEXT(got));
}

static void compare_lines(run *r, const example *e, const xs_line *lines, size_t count)
{
  xs_buf got;
  xs_buf_init(&got, xs_host_posix(), 65536);
  for (size_t i = 0; i < count; i++) {
    if (i) xs_buf_char(&got, '|');
    for (size_t k = 0; k < lines[i].item_count; k++)
      xs_buf_text(&got, lines[i].items[k].u.glyphs.text);
  }
  if (!xs_text_equal(xs_buf_view(&got), e->text)) complain(r, e, "lines", xs_buf_view(&got));
  xs_buf_free(&got);
}

/* Places of the glyphs of a line, in hundredths of an em, rounded. */
static void compare_places(run *r, const example *e, const xs_line *line)
{
  xs_buf got;
  xs_buf_init(&got, xs_host_posix(), 65536);
  for (size_t k = 0; k < line->item_count; k++) {
    const xs_item *item = &line->items[k];
    for (size_t i = 0; i < item->u.glyphs.glyph_count; i++) {
      int64_t x = (int64_t)(item->u.glyphs.x + item->u.glyphs.glyphs[i].x) * 200;
      int64_t hundredths = (x + (x < 0 ? -EM : EM)) / (2 * EM);
      if (got.len) xs_buf_char(&got, ' ');
      if (hundredths < 0) xs_buf_char(&got, '-');
      hundredths = hundredths < 0 ? -hundredths : hundredths;
      xs_buf_printf(&got, "%d", (int)(hundredths / 100));
      if (hundredths % 10)
        xs_buf_printf(&got, ".%02d", (int)(hundredths % 100));
      else if (hundredths % 100)
        xs_buf_printf(&got, ".%d", (int)(hundredths % 100 / 10));
    }
  }
  if (!xs_text_equal(xs_buf_view(&got), e->places)) complain(r, e, "places", xs_buf_view(&got));
  xs_buf_free(&got);
}

static xs_para_style style_of(const example *e)
{
  xs_para_style style = e->style;
  style.text.size = style.leading = EM;
  style.first_indent = (xs_len)(e->indent_milli * EM / 1000);
  return style;
}

/* {00AD} is the character U+00AD. */
static xs_text expanded(xs_arena *a, xs_text text)
{
  char *out = XS_NEW_ARRAY(a, text.len + 1, char);
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++) {
    bool code = text.ptr[i] == '{' && i + 5 < text.len && text.ptr[i + 5] == '}';
    if (!code) {
      out[len++] = text.ptr[i];
      continue;
    }
    len += xs_text_encode((uint32_t)strtoul(text.ptr + i + 1, NULL, 16), out + len);
    i += 5;
  }
  return (xs_text){out, len};
}

static void run_example(run *r, const example *e)
{
  r->example_count++;
  xs_composer c;
  assert_int_equal(xs_composer_open(&c, r->f.a, r->f.fonts, r->f.diags), XS_OK);

  xs_para_style style = style_of(e);
  xs_inline inlines[3];
  size_t count = inlines_of(r->f.a, e, &style, inlines);
  xs_paragraph par = {.style = &style, .inlines = inlines, .inline_count = count};
  const xs_line *lines = NULL;
  size_t line_count = 0;
  xs_len measure = (xs_len)(e->measure_milli * EM / 1000), width = 0;
  assert_int_equal(xs_paragraph_set(&c, &par, measure, &lines, &line_count), XS_OK);
  compare_lines(r, e, lines, line_count);
  if (e->places.len) {
    assert_true(e->line <= line_count);
    compare_places(r, e, &lines[e->line ? e->line - 1 : 0]);
  }
  assert_int_equal(xs_paragraph_width(&c, &par, &width), XS_OK);
  xs_text shown = xs_arena_printf(r->f.a, "%d/1000 em", (int)((int64_t)width * 1000 / EM));
  int64_t off = e->width_milli - (int64_t)width * 1000 / EM;
  if (e->width_milli && (off > 40 || off < -40)) complain(r, e, "width", shown);
  xs_composer_close(&c);
}

static xs_kinsoku_set set_named(xs_text name)
{
  for (unsigned i = 0; i < XS_KINSOKU_SET_COUNT; i++)
    if (xs_text_is(name, xs_kinsoku_set_name(i))) return i;
  fail_msg("no set %.*s", XS_TEXT(name));
  return XS_KINSOKU_BASIC;
}

static xs_marks marks_named(xs_text name)
{
  for (unsigned i = 0; i < XS_MARKS_COUNT; i++)
    if (xs_text_is(name, xs_marks_name(i))) return i;
  fail_msg("no marks %.*s", XS_TEXT(name));
  return XS_MARKS_SQUEEZE;
}

static void read_setting(xs_text line, example *e)
{
  xs_text rest;
  if (take(line, "measure ", &rest))
    e->measure_milli = milli(rest);
  else if (take(line, "indent ", &rest))
    e->indent_milli = milli(rest);
  else if (take(line, "width ", &rest))
    e->width_milli = milli(rest);
  else if (take(line, "marked ", &rest))
    e->marked = rest;
  else if (take(line, "places ", &rest))
    e->places = rest;
  else if (take(line, "line ", &rest))
    e->line = (size_t)(milli(rest) / 1000);
  else if (take(line, "role ", &rest))
    assert_true(xs_role_find(rest, &e->style.text.role));
  else if (take(line, "align ", &rest))
    e->style.align = xs_text_is(rest, "left")     ? XS_ALIGN_LEFT
                     : xs_text_is(rest, "center") ? XS_ALIGN_CENTER
                                                  : XS_ALIGN_JUSTIFY;
  else if (take(line, "set ", &rest))
    e->style.kinsoku = set_named(rest);
  else if (take(line, "marks ", &rest))
    e->style.marks = marks_named(rest);
  else if (take(line, "grid ", &rest))
    e->style.grid = xs_text_is(rest, "yes");
  else if (take(line, "hyphenate ", &rest))
    e->style.hyphenate = xs_text_is(rest, "yes");
  else if (line.len)
    fail_msg("%.*s: what is this? %.*s", XS_TEXT(e->title), XS_TEXT(line));
}

static void test_linebreak__the_examples_of_the_spec(void **state)
{
  run *r = *state;
  example e = {0};
  for (size_t at = 0; at < r->spec.len;) {
    const char *end = memchr(r->spec.ptr + at, '\n', r->spec.len - at);
    xs_text line = {r->spec.ptr + at, end ? (size_t)(end - r->spec.ptr) - at : r->spec.len - at};
    at += line.len + 1;
    xs_text rest;
    if (xs_text_starts(line, " ") || xs_text_starts(line, "# ")) continue;
    if (take(line, "## ", &rest))
      e = (example){.title = rest};
    else if (e.title.len && take(line, "> ", &rest)) {
      e.text = expanded(r->f.a, rest);
      run_example(r, &e);
    } else if (e.title.len)
      read_setting(line, &e);
  }
  assert_true(r->example_count > 40);
  assert_int_equal(r->failed_count, 0);
}

static int open_run(void **state)
{
  static run r;
  *state = &r;
  const void *bytes = NULL;
  const xs_host *host = xs_host_posix();
  if (page_fixture_open(&r.f) ||
      host->map(host->user, XS_TEST_ROOT "/tests/spec/linebreak.md", 1 << 20, &bytes, &r.spec.len))
    return 1;
  r.spec.ptr = bytes;
  return 0;
}

static int close_run(void **state)
{
  run *r = *state;
  const xs_host *host = xs_host_posix();
  host->unmap(host->user, r->spec.ptr, r->spec.len);
  page_fixture_close(&r->f);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_linebreak__the_examples_of_the_spec, open_run,
                                      close_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
