/* Font files that lie: each is refused with its place in fonts.xml, or set without harm. */
#include "unit.h"

#include "support/one_font.h"

#include <stdio.h>
#include <stdlib.h>

static small_font fonts[SMALL_SOURCES];

static int cut_fonts(void **state)
{
  (void)state;
  for (size_t i = 0; i < SMALL_SOURCES; i++) {
    small_font one;
    if (!small_font_cut(i, &one)) return -1;
    bool ok = small_font_collect(&one, 2, &fonts[i]);
    small_font_free(&one);
    if (!ok) return -1;
  }
  return 0;
}

static int free_fonts(void **state)
{
  (void)state;
  for (size_t i = 0; i < SMALL_SOURCES; i++) small_font_free(&fonts[i]);
  return 0;
}

/* The slug of the first error, or "" when the font was set; each error has its place. */
static const char *try_font(const small_font *font)
{
  static char slug[64];
  one_font f;
  xs_diag_view v;
  one_font_try(&f, font->bytes, font->len);
  slug[0] = '\0';
  for (size_t i = 0; xs_diags_view(f.diags, i, &v); i++) {
    if (v.severity != XS_ERROR) continue;
    if (!slug[0]) snprintf(slug, sizeof slug, "%.*s", XS_TEXT(v.slug));
    if (!xs_text_is(v.slug, "font-broken")) continue;
    assert_true(xs_text_ends(v.file, "one_font.xml"));
    assert_true(v.line >= 5);
  }
  assert_int_equal(f.status != XS_OK, slug[0] != '\0');
  assert_int_equal(f.status == XS_OK, f.pdf_len > 0);
  one_font_end(&f);
  return slug;
}

/* The first face of a collection of its own, so that its tables can be found and damaged. */
static small_font cut_again(size_t source)
{
  small_font font;
  assert_true(small_font_cut(source, &font));
  return font;
}

/* ---- sound ones ----------------------------------------------------------------------------- */

static void test_hostile_font__sound_fonts_are_set(void **state)
{
  (void)state;
  for (size_t i = 0; i < SMALL_SOURCES; i++) assert_string_equal(try_font(&fonts[i]), "");
}

/* Fonts in good use have wrong checksums. */
static void test_hostile_font__wrong_checksums_do_no_harm(void **state)
{
  (void)state;
  small_font font;
  assert_true(small_font_copy(&fonts[SMALL_WENKAI], &font));
  size_t face = small_font_get(font.bytes + 12, 4);
  for (uint32_t i = 0; i < small_font_get(font.bytes + face + 4, 2); i++)
    small_font_put(font.bytes + face + 12 + 16 * i + 4, 4, 0xdeadbeef);
  assert_string_equal(try_font(&font), "");
  small_font_free(&font);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void test_hostile_font__a_file_cut_anywhere_is_refused(void **state)
{
  (void)state;
  for (size_t i = 0; i < SMALL_SOURCES; i++) {
    small_font whole = fonts[i];
    for (size_t k = 0; k < 60; k++) {
      /* In a block of its own, so that a read behind the end is seen. */
      small_font cut = {malloc(whole.len * k / 60 + 1), whole.len * k / 60};
      memcpy(cut.bytes, whole.bytes, cut.len);
      assert_string_equal(try_font(&cut), "font-broken");
      small_font_free(&cut);
    }
  }
}

static void test_hostile_font__an_index_beyond_the_collection_is_refused(void **state)
{
  (void)state;
  small_font one = cut_again(SMALL_LIBERATION); /* the list asks for a second face, too */
  assert_string_equal(try_font(&one), "font-broken");
  small_font_free(&one);
}

static void test_hostile_font__a_lying_collection_is_refused(void **state)
{
  (void)state;
  static const struct {
    size_t at;
    uint32_t value;
  } lies[] = {{8, 0},           {8, 1},  {8, 0xffffffff}, {12, 0xffffffff},
              {12, 0x7fffffff}, {16, 3}, {16, 0xfffffff4}};
  for (size_t i = 0; i < XS_COUNT(lies); i++) {
    small_font font;
    assert_true(small_font_copy(&fonts[SMALL_FANDOL], &font));
    small_font_put(font.bytes + lies[i].at, 4, lies[i].value);
    assert_string_equal(try_font(&font), "font-broken");
    small_font_free(&font);
  }
}

/* ---- tables --------------------------------------------------------------------------------- */

static void test_hostile_font__tables_beyond_the_file_are_refused(void **state)
{
  (void)state;
  static const uint32_t lies[] = {0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0};
  for (size_t i = 0; i < SMALL_SOURCES; i++) {
    small_font font;
    assert_true(small_font_copy(&fonts[i], &font));
    unsigned char *face = font.bytes + small_font_get(font.bytes + 12, 4);
    for (uint32_t k = 0; k < small_font_get(face + 4, 2); k++) {
      for (size_t lie = 0; lie < 2 * XS_COUNT(lies); lie++) {
        unsigned char *field = face + 12 + 16 * k + (lie % 2 ? 8 : 12);
        uint32_t sound = small_font_get(field, 4);
        small_font_put(field, 4, lies[lie / 2]);
        assert_string_equal(try_font(&font), "font-broken");
        small_font_put(field, 4, sound);
      }
    }
    small_font_free(&font);
  }
}

/* A change to one table of a font: makes a collection of it again and tries that. */
typedef struct change {
  size_t source;
  const char *table;
  size_t at;
  unsigned bytes;
  uint32_t value;
  const char *slug;
} change;

static void test_hostile_font__impossible_figures_are_refused(void **state)
{
  (void)state;
  static const change changes[] = {
      {SMALL_LIBERATION, "head", 18, 2, 0, "font-broken"}, /* units in an em */
      {SMALL_NOTO, "head", 18, 2, 15, "font-broken"},
      {SMALL_NOTO, "head", 18, 2, 0xffff, "font-broken"},
      {SMALL_WENKAI, "maxp", 4, 2, 0, "font-broken"}, /* glyphs */
      {SMALL_WENKAI, "maxp", 4, 2, 0xffff, "font-broken"},
      {SMALL_LIBERATION, "loca", 2, 2, 0xffff, "font-broken"}, /* begins behind the next */
      {SMALL_LIBERATION, "head", 50, 2, 1, "font-broken"},     /* offsets of four bytes, it says */
  };
  for (size_t i = 0; i < XS_COUNT(changes); i++) {
    const change *c = &changes[i];
    small_font font = cut_again(c->source), two;
    size_t len = 0;
    unsigned char *table = small_font_table(&font, c->table, &len);
    assert_true(table && c->at + c->bytes <= len);
    small_font_put(table + c->at, c->bytes, c->value);
    assert_true(small_font_collect(&font, 2, &two));
    assert_string_equal(try_font(&two), c->slug);
    small_font_free(&two);
    small_font_free(&font);
  }
}

static void test_hostile_font__a_needed_table_may_not_lack(void **state)
{
  (void)state;
  static const char *const needed[] = {"cmap", "head", "hhea", "hmtx", "maxp", "glyf", "loca"};
  for (size_t i = 0; i < XS_COUNT(needed); i++) {
    small_font font = cut_again(SMALL_WENKAI), two;
    memcpy(small_font_entry(&font, needed[i]), "none", 4);
    assert_true(small_font_collect(&font, 2, &two));
    assert_string_equal(try_font(&two), "font-broken");
    small_font_free(&two);
    small_font_free(&font);
  }
}

/* Every character of a subtable of format 4 gets another glyph. */
static void shift_segments(unsigned char *sub, uint32_t by)
{
  uint32_t twice = small_font_get(sub + 6, 2);
  unsigned char *delta = sub + 16 + 2 * twice;
  for (uint32_t k = 0; k < twice / 2; k++)
    small_font_put(delta + 2 * k, 2, small_font_get(delta + 2 * k, 2) + by);
}

static void shift_groups(unsigned char *sub, uint32_t by)
{
  for (uint32_t k = 0; k < small_font_get(sub + 12, 4); k++) {
    unsigned char *glyph = sub + 16 + 12 * k + 8;
    small_font_put(glyph, 4, small_font_get(glyph, 4) + by);
  }
}

/* Does `what` to the subtables of a format, and tries the font. */
static const char *try_map(size_t source, uint32_t format, void (*what)(unsigned char *, uint32_t),
                           uint32_t by)
{
  small_font font = cut_again(source), two;
  size_t len = 0;
  unsigned char *map = small_font_table(&font, "cmap", &len);
  for (uint32_t k = 0; k < small_font_get(map + 2, 2); k++) {
    unsigned char *sub = map + small_font_get(map + 4 + 8 * k + 4, 4);
    if (small_font_get(sub, 2) == format) what(sub, by);
  }
  assert_true(small_font_collect(&font, 2, &two));
  const char *slug = try_font(&two);
  small_font_free(&two);
  small_font_free(&font);
  return slug;
}

static void put_count(unsigned char *sub, uint32_t count)
{
  small_font_put(sub + 12, 4, count);
}

static void put_segments(unsigned char *sub, uint32_t count)
{
  small_font_put(sub + 6, 2, count);
}

static void test_hostile_font__glyphs_that_are_not_there_are_refused(void **state)
{
  (void)state;
  assert_string_equal(try_map(SMALL_LIBERATION, 4, shift_segments, 0x4000), "font-broken");
  assert_string_equal(try_map(SMALL_FANDOL, 4, shift_segments, 0x4000), "font-broken");
  assert_string_equal(try_map(SMALL_NOTO, 12, shift_groups, 0x4000), "font-broken");
  assert_string_equal(try_map(SMALL_WENKAI, 12, shift_groups, 0x4000), "font-broken");
  assert_string_equal(try_map(SMALL_WENKAI, 12, shift_groups, 0xfffffff0), "font-broken");
}

/* A table that holds less than it says counts as none: the face then has no character at all. */
static void test_hostile_font__a_lying_character_map_is_left_out(void **state)
{
  (void)state;
  assert_string_equal(try_map(SMALL_WENKAI, 12, put_count, 0xffffffff), "");
  assert_string_equal(try_map(SMALL_WENKAI, 12, put_count, 0x15555556), "");
  for (size_t source = 0; source < SMALL_SOURCES; source++)
    assert_string_equal(try_map(source, 4, put_segments, 0xffff), "");
}

/* ---- CFF ------------------------------------------------------------------------------------ */

/* Steps over an INDEX; *data is its first object when it has one. */
static unsigned char *skip_index(unsigned char *p, unsigned char **data)
{
  uint32_t count = small_font_get(p, 2);
  *data = NULL;
  if (!count) return p + 2;
  unsigned width = p[2];
  unsigned char *objects = p + 3 + (count + 1) * width - 1;
  *data = objects + 1;
  return objects + small_font_get(p + 3 + count * width, width);
}

/* The first global subroutine calls itself, and every glyph that calls it never ends. */
static void test_hostile_font__endless_subroutines_are_refused(void **state)
{
  (void)state;
  enum { CALL_FIRST = 32, CALL_GLOBAL = 29 };
  small_font font = cut_again(SMALL_NOTO), two;
  size_t len = 0;
  unsigned char *cff = small_font_table(&font, "CFF ", &len), *data = NULL;
  assert_non_null(cff);
  unsigned char *p = skip_index(cff + cff[2], &data); /* names */
  p = skip_index(p, &data);                           /* Top DICT */
  p = skip_index(p, &data);                           /* strings */
  p = skip_index(p, &data);                           /* global subroutines */
  unsigned char *first = data ? data : p;
  /* From here on everything that is drawn begins with this call. */
  for (unsigned char *at = first; at + 2 <= cff + len; at += 2) {
    at[0] = CALL_FIRST;
    at[1] = CALL_GLOBAL;
  }
  assert_true(small_font_collect(&font, 2, &two));
  assert_string_equal(try_font(&two), "font-broken");
  small_font_free(&two);
  small_font_free(&font);
}

/* ---- any byte ------------------------------------------------------------------------------- */

/* A fixed walk over single bytes: whatever is changed, it ends, and each failure has a message. */
static void test_hostile_font__any_byte_may_be_wrong(void **state)
{
  (void)state;
  uint32_t seed = 1;
  for (size_t i = 0; i < SMALL_SOURCES; i++) {
    for (int run = 0; run < 120; run++) {
      small_font font;
      assert_true(small_font_copy(&fonts[i], &font));
      for (int k = 0; k < 4; k++) {
        seed = seed * 1664525u + 1013904223u;
        font.bytes[(seed >> 4) % (font.len / 2)] ^= (unsigned char)(1 << (seed >> 29));
      }
      (void)try_font(&font);
      small_font_free(&font);
    }
  }
}

int main(void)
{
#define T(name) cmocka_unit_test(test_hostile_font__##name)
  const struct CMUnitTest tests[] = {
      T(sound_fonts_are_set),
      T(wrong_checksums_do_no_harm),
      T(a_file_cut_anywhere_is_refused),
      T(an_index_beyond_the_collection_is_refused),
      T(a_lying_collection_is_refused),
      T(tables_beyond_the_file_are_refused),
      T(impossible_figures_are_refused),
      T(a_needed_table_may_not_lack),
      T(glyphs_that_are_not_there_are_refused),
      T(a_lying_character_map_is_left_out),
      T(endless_subroutines_are_refused),
      T(any_byte_may_be_wrong),
  };
  return cmocka_run_group_tests(tests, cut_fonts, free_fonts);
}
