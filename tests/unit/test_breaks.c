/*
 * Runs LineBreakTest.txt of the Unicode character database through xs_units_allow: where a line may
 * end. What Chinese text wants otherwise stands in tests/spec/linebreak-unicode.md, by rule. Every
 * place in the cases must come out as that page says, or else as Unicode says; and a pattern of
 * the page that makes no difference any more is an error, too.
 *
 * The units are made here, without faces: a character that no face has is no concern of this test.
 */
#include "unit.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "layout/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>

enum { MAX_PATTERNS = 128, MAX_LENGTH = 64, SHOWN = 20 };

#define CASES "/usr/share/unicode/auxiliary/LineBreakTest.txt"
#define PAGE  XS_TEST_ROOT "/tests/spec/linebreak-unicode.md"

typedef struct pattern {
  xs_text line;        /* as it stands on the page */
  xs_text left, right; /* classes and characters, with | between */
  bool space;          /* a space stands between */
  bool parts;
  size_t difference_count;
} pattern;

typedef struct test_case {
  xs_text line;
  uint32_t characters[MAX_LENGTH];
  bool parts[MAX_LENGTH + 1]; /* Unicode's answer before each character */
  size_t length;
} test_case;

typedef struct run {
  xs_arena *a;
  xs_diags *diags;
  xs_text cases, page;
  pattern patterns[MAX_PATTERNS];
  size_t pattern_count, case_count, place_count, failed_count;
} run;

static bool next_line(xs_text text, size_t *at, xs_text *line)
{
  if (*at >= text.len) return false;
  const char *end = memchr(text.ptr + *at, '\n', text.len - *at);
  *line = (xs_text){text.ptr + *at, end ? (size_t)(end - text.ptr) - *at : text.len - *at};
  *at += line->len + 1;
  return true;
}

static bool next_word(xs_text *rest, xs_text *word)
{
  *rest = xs_text_trim(*rest);
  size_t len = 0;
  while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t') len++;
  *word = (xs_text){rest->ptr, len};
  *rest = (xs_text){rest->ptr + len, rest->len - len};
  return len > 0;
}

/* ---- the page ------------------------------------------------------------------------------ */

/* “LEFT [SP] ÷ RIGHT” or with ×. */
static void read_pattern(run *r, xs_text line)
{
  xs_text rest = {line.ptr + 1, line.len - 1}, word;
  assert_true(r->pattern_count < MAX_PATTERNS);
  pattern *p = &r->patterns[r->pattern_count++];
  *p = (pattern){.line = line};
  assert_true(next_word(&rest, &p->left));
  assert_true(next_word(&rest, &word));
  p->space = xs_text_is(word, "SP");
  if (p->space) assert_true(next_word(&rest, &word));
  p->parts = xs_text_is(word, "÷");
  assert_true(p->parts || xs_text_is(word, "×"));
  assert_true(next_word(&rest, &p->right));
}

static void read_page(run *r)
{
  xs_text line;
  for (size_t at = 0; next_line(r->page, &at, &line);)
    if (xs_text_starts(line, "> ")) read_pattern(r, line);
}

/* Whether a list such as “ID|U+2014” names a character, by its class or itself. */
static bool names(xs_text list, uint32_t codepoint)
{
  int32_t value = u_getIntPropertyValue((UChar32)codepoint, UCHAR_LINE_BREAK);
  const char *class = u_getPropertyValueName(UCHAR_LINE_BREAK, value, U_SHORT_PROPERTY_NAME);
  char itself[16];
  snprintf(itself, sizeof itself, "U+%04X", (unsigned)codepoint);
  for (size_t at = 0; at < list.len;) {
    const char *bar = memchr(list.ptr + at, '|', list.len - at);
    xs_text name = {list.ptr + at, bar ? (size_t)(bar - list.ptr) - at : list.len - at};
    if (xs_text_is(name, class) || xs_text_is(name, itself) || xs_text_is(name, "any")) return true;
    at += name.len + 1;
  }
  return false;
}

/* The pattern that speaks of the place before character i: marks that sit on the character before
 * it do not count, nor do further spaces. */
static pattern *pattern_of(run *r, const test_case *t, size_t i)
{
  size_t left = i - 1;
  bool space = t->characters[left] == ' ';
  while (space && left > 0 && t->characters[left] == ' ') left--;
  while (left > 0 && t->characters[left - 1] != ' ' && names(XS_LIT("CM|ZWJ"), t->characters[left]))
    left--;
  for (size_t k = 0; k < r->pattern_count; k++) {
    pattern *p = &r->patterns[k];
    if (p->space == space && names(p->left, t->characters[left]) &&
        names(p->right, t->characters[i]))
      return p;
  }
  return NULL;
}

/* ---- a case -------------------------------------------------------------------------------- */

static bool read_case(xs_text line, test_case *t)
{
  *t = (test_case){.line = line};
  const char *comment = memchr(line.ptr, '#', line.len);
  xs_text rest = {line.ptr, comment ? (size_t)(comment - line.ptr) : line.len}, word;
  while (next_word(&rest, &word)) {
    if (xs_text_is(word, "÷") || xs_text_is(word, "×")) {
      t->parts[t->length] = xs_text_is(word, "÷");
      continue;
    }
    assert_true(t->length < MAX_LENGTH);
    uint32_t c = (uint32_t)strtoul(word.ptr, NULL, 16);
    t->characters[t->length++] = c == 0x2329 ? 0x3008 : c; /* as NFC has it */
  }
  return t->length > 0;
}

static bool starts_line(uint32_t c)
{
  return names(XS_LIT("BK|CR|LF|NL"), c);
}

static xs_unit unit_of(uint32_t c, xs_char_class class, const xs_inline *inl)
{
  xs_unit u = {.inl = inl, .codepoint = c, .class = XS_CHAR_HAN, .text_len = 1};
  u.kind = starts_line(c) ? XS_UNIT_BREAK : c == 0xfffc ? XS_UNIT_PICTURE : XS_UNIT_GLYPH;
  if (u.kind != XS_UNIT_GLYPH) return u;
  u.class = (uint8_t) class;
  u.western = class == XS_CHAR_LETTER || !xs_kinsoku_is_wide(c, class);
  return u;
}

static bool is_apostrophe(const test_case *t, size_t i)
{
  return t->characters[i] == 0x2019 && i > 0 && i + 1 < t->length &&
         xs_kinsoku_class(t->characters[i - 1]) == XS_CHAR_LETTER &&
         xs_kinsoku_class(t->characters[i + 1]) == XS_CHAR_LETTER;
}

/* The units as shape.c makes them; unit_at says which one a character went into, or SIZE_MAX when
 * it is no unit of its own. */
static void make_units(xs_composer *c, const test_case *t, const xs_inline *inl, size_t *unit_at)
{
  bool glue = false, loosen = false;
  for (size_t i = 0; i < t->length; i++) {
    uint32_t codepoint = t->characters[i];
    xs_char_class class = xs_kinsoku_class(codepoint);
    unit_at[i] = SIZE_MAX;
    if (codepoint == '\n' && i && t->characters[i - 1] == '\r') continue;
    if (is_apostrophe(t, i)) class = XS_CHAR_LETTER;
    if (class == XS_CHAR_INVISIBLE) {
      loosen |= codepoint == 0x200b;
      glue |= codepoint == 0x2060 || codepoint == 0xad;
      continue;
    }
    unit_at[i] = c->unit_count;
    xs_unit *u = XS_PUSH(c->scratch, c->units, c->unit_count, c->unit_capacity);
    assert_non_null(u);
    *u = unit_of(codepoint, class, inl);
    u->glued = glue || codepoint == 0xa0;
    u->loosened = loosen;
    glue = codepoint == 0xa0;
    loosen = false;
  }
  c->line_unit_count = c->unit_count;
}

static void complain(run *r, const test_case *t, size_t i, bool parts, const pattern *p)
{
  if (r->failed_count++ >= SHOWN) return;
  print_error("before character %zu: %s\n  %.*s\n", i + 1,
              parts ? "a line may end here" : "no line may end here", XS_TEXT(t->line));
  if (p) print_error("  but the page says %.*s\n", XS_TEXT(p->line));
}

static void compare(run *r, const xs_composer *c, const test_case *t, const size_t *unit_at)
{
  for (size_t i = 1; i < t->length; i++) {
    if (unit_at[i] == 0) continue; /* what is before it takes no room: there is no line to end */
    r->place_count++;
    bool parts = unit_at[i] != SIZE_MAX && c->units[unit_at[i]].break_before >= XS_BREAK_POOR;
    pattern *p = pattern_of(r, t, i);
    if (p) p->difference_count += p->parts != t->parts[i];
    if (parts != (p ? p->parts : t->parts[i])) complain(r, t, i, parts, p);
  }
}

static void run_case(run *r, const test_case *t)
{
  xs_composer c;
  size_t unit_at[MAX_LENGTH];
  const xs_inline inl = {.kind = XS_INLINE_TEXT};
  r->case_count++;
  assert_int_equal(xs_composer_open(&c, r->a, NULL, r->diags), XS_OK);
  make_units(&c, t, &inl, unit_at);
  assert_int_equal(xs_units_allow(&c), XS_OK);
  compare(r, &c, t, unit_at);
  xs_composer_close(&c);
}

static void test_breaks__unicode_but_for_what_the_page_names(void **state)
{
  run *r = *state;
  test_case t;
  xs_text line;
  for (size_t at = 0; next_line(r->cases, &at, &line);)
    if (!xs_text_starts(line, "#") && read_case(line, &t)) run_case(r, &t);
  size_t difference_count = 0;
  for (size_t i = 0; i < r->pattern_count; i++) {
    const pattern *p = &r->patterns[i];
    difference_count += p->difference_count;
    if (p->difference_count) continue;
    print_error("makes no difference: %.*s\n", XS_TEXT(p->line));
    r->failed_count++;
  }
  assert_true(r->case_count > 7000);
  print_message("%zu cases, %zu places; %zu patterns change %zu of them\n", r->case_count,
                r->place_count, r->pattern_count, difference_count);
  assert_true(r->place_count > 15000);
  assert_int_equal(r->failed_count, 0);
}

static int open_run(void **state)
{
  static run r;
  *state = &r;
  const xs_host *host = xs_host_posix();
  const void *bytes = NULL;
  r.a = xs_arena_new(host);
  r.diags = xs_diags_new(host);
  if (host->map(host->user, CASES, 1 << 24, &bytes, &r.cases.len)) return 1;
  r.cases.ptr = bytes;
  if (host->map(host->user, PAGE, 1 << 20, &bytes, &r.page.len)) return 1;
  r.page.ptr = bytes;
  read_page(&r);
  return 0;
}

static int close_run(void **state)
{
  run *r = *state;
  const xs_host *host = xs_host_posix();
  host->unmap(host->user, r->cases.ptr, r->cases.len);
  host->unmap(host->user, r->page.ptr, r->page.len);
  xs_diags_free(r->diags);
  xs_arena_free(r->a);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_breaks__unicode_but_for_what_the_page_names, open_run,
                                      close_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
