/* PNG files that lie: each is refused with its place, or drawn within the budgets. */
#include "unit.h"

#include "base/limits.h"
#include "base/text.h"
#include "support/one_picture.h"
#include "support/small_png.h"

#include <stdio.h>
#include <stdlib.h>

static small_png png;

/* The slug of the only message, or "" when the picture was drawn. */
static const char *try_bytes(const void *bytes, size_t len)
{
  static char slug[64];
  one_picture p;
  xs_diag_view v;
  one_picture_try(&p, bytes, len);
  bool refused = xs_diags_view(p.diags, 0, &v);
  assert_int_equal(p.status != XS_OK, refused);
  assert_int_equal(refused, p.pdf.len == 0);
  assert_int_equal(xs_diags_count(p.diags, XS_NOTE), refused);
  if (refused) assert_int_equal(v.line, 1);
  snprintf(slug, sizeof slug, "%.*s", XS_TEXT(refused ? v.slug : XS_LIT("")));
  one_picture_end(&p);
  return slug;
}

static const char *try_png(void)
{
  return try_bytes(png.bytes, png.len);
}

static void test_hostile_picture__every_form_is_drawn(void **state)
{
  for (size_t i = 0; i < small_png_form_count(); i++) {
    png_form form = small_png_form_at(i);
    small_png_make(&png, &form);
    assert_string_equal(try_png(), "");
  }
}

static void test_hostile_picture__cut_off_anywhere_is_refused(void **state)
{
  const png_form form = {13, 7, 16, 6, true};
  small_png_make(&png, &form);
  for (size_t len = 0; len < png.len; len++) {
    unsigned char *cut = malloc(len + 1); /* in a block of its own: a read behind the end is seen */
    memcpy(cut, png.bytes, len);
    assert_string_equal(try_bytes(cut, len), "picture-broken");
    free(cut);
  }
}

static void test_hostile_picture__a_wrong_checksum_is_refused(void **state)
{
  for (size_t i = 0; i < small_png_form_count(); i++) {
    png_form form = small_png_form_at(i);
    small_png_make(&png, &form);
    png.bytes[png.len - 13] ^= 1; /* of the pixels */
    assert_string_equal(try_png(), "picture-broken");
  }
}

/* A small file whose head promises gigabytes. */
static void test_hostile_picture__enormous_ones_are_refused(void **state)
{
  static const png_form forms[] = {
      {65000, 65000, 8, 2, false},
      {65000, 65000, 1, 0, true},
      {0x7fffffff, 0x7fffffff, 8, 6, true},
      {0xffffffff, 1, 8, 0, false},
      {0, 0, 8, 2, false},
      {XS_MAX_PICTURE_SIDE, XS_MAX_PICTURE_SIDE, 8, 6, false},
  };
  for (size_t i = 0; i < XS_COUNT(forms); i++) {
    small_png_begin(&png, &forms[i]);
    small_png_zeros(&png, "IDAT", NULL, 0, 1 << 20);
    small_png_end(&png);
    assert_string_equal(try_png(), "picture-size");
  }
}

static void test_hostile_picture__impossible_forms_are_refused(void **state)
{
  static const png_form forms[] = {{4, 4, 3, 0, false}, {4, 4, 16, 3, false}, {4, 4, 8, 1, false},
                                   {4, 4, 8, 7, true},  {4, 4, 4, 2, false},  {4, 4, 0, 0, false}};
  for (size_t i = 0; i < XS_COUNT(forms); i++) {
    small_png_begin(&png, &forms[i]);
    small_png_zeros(&png, "IDAT", NULL, 0, 1000);
    small_png_end(&png);
    assert_string_equal(try_png(), "picture-broken");
  }
}

static void test_hostile_picture__too_few_pixels_are_refused(void **state)
{
  const png_form form = {100, 100, 8, 2, false};
  for (size_t len = 0; len < 30100; len += 4999) {
    small_png_begin(&png, &form);
    small_png_zeros(&png, "IDAT", NULL, 0, len);
    small_png_end(&png);
    assert_string_equal(try_png(), "picture-broken");
  }
  small_png_begin(&png, &form);
  small_png_chunk(&png, "IDAT", "no pixels", 9);
  small_png_end(&png);
  assert_string_equal(try_png(), "picture-broken");
}

static void test_hostile_picture__a_palette_must_be_there(void **state)
{
  const png_form form = {4, 4, 8, 3, false};
  small_png_begin(&png, &form);
  small_png_zeros(&png, "IDAT", NULL, 0, 20);
  small_png_end(&png);
  assert_string_equal(try_png(), "picture-broken");
}

/* Comments and profiles of which a small file can unpack gigabytes are never unpacked. */
static void test_hostile_picture__comments_are_not_unpacked(void **state)
{
  static const struct {
    const char *type;
    const char *head;
    size_t head_len;
  } chunks[] = {{"zTXt", "k\0", 3}, {"iTXt", "k\0\1\0\0\0", 6}, {"iCCP", "k\0", 3}};
  const png_form form = {4, 4, 8, 2, false};
  for (size_t i = 0; i < XS_COUNT(chunks); i++) {
    small_png_begin(&png, &form);
    for (int k = 0; k < 3; k++)
      small_png_zeros(&png, chunks[i].type, chunks[i].head, chunks[i].head_len, 7000000);
    small_png_pixels(&png, "\0............\0............\0............\0............", 52);
    small_png_end(&png);
    one_picture p;
    one_picture_try(&p, png.bytes, png.len);
    assert_int_equal(p.status, XS_OK);
    xs_buf essence;
    xs_buf_init(&essence, xs_host_posix(), SMALL_PNG_MAX);
    assert_int_equal(xs_picture_essence(&p.picture, &essence), XS_OK);
    assert_true(essence.len < 128);
    xs_buf_free(&essence);
    one_picture_end(&p);
  }
}

static void test_hostile_picture__an_unknown_chunk_that_must_be_known_is_left_out(void **state)
{
  const png_form form = {1, 1, 8, 0, false};
  small_png_begin(&png, &form);
  small_png_chunk(&png, "CgBI", "\x50\0\x20\2", 4);
  small_png_pixels(&png, "\0.", 2);
  small_png_end(&png);
  assert_string_equal(try_png(), "");
}

/* A fixed walk over single bits, checksums mended: whatever is changed, it ends. */
static void test_hostile_picture__any_bit_may_be_wrong(void **state)
{
  uint32_t seed = 1;
  for (size_t i = 0; i < small_png_form_count(); i++) {
    for (int run = 0; run < 40; run++) {
      png_form form = small_png_form_at(i);
      small_png_make(&png, &form);
      for (int k = 0; k < 3; k++) {
        seed = seed * 1664525u + 1013904223u;
        png.bytes[16 + (seed >> 4) % (png.len - 16)] ^= (unsigned char)(1 << (seed >> 29));
      }
      small_png_mend(&png);
      (void)try_png();
    }
  }
}

int main(void)
{
#define T(name) cmocka_unit_test(test_hostile_picture__##name)
  const struct CMUnitTest tests[] = {
      T(every_form_is_drawn),
      T(cut_off_anywhere_is_refused),
      T(a_wrong_checksum_is_refused),
      T(enormous_ones_are_refused),
      T(impossible_forms_are_refused),
      T(too_few_pixels_are_refused),
      T(a_palette_must_be_there),
      T(comments_are_not_unpacked),
      T(an_unknown_chunk_that_must_be_known_is_left_out),
      T(any_bit_may_be_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
