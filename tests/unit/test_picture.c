#include "unit.h"

#include "base/limits.h"
#include "model/picture.h"

#include <stdio.h>
#include <zlib.h>

/* A PNG in the making. */
static unsigned char file[256];
static size_t file_len;

static void add(const void *bytes, size_t len)
{
  memcpy(file + file_len, bytes, len);
  file_len += len;
}

static void add_u32(uint32_t n)
{
  const unsigned char bytes[] = {(unsigned char)(n >> 24), (unsigned char)(n >> 16),
                                 (unsigned char)(n >> 8), (unsigned char)n};
  add(bytes, sizeof bytes);
}

static void add_chunk(const char *type, const void *data, uint32_t len)
{
  add_u32(len);
  size_t from = file_len;
  add(type, 4);
  add(data, len);
  add_u32((uint32_t)crc32(0, file + from, (uInt)(len + 4)));
}

static void make(uint32_t width, uint32_t height)
{
  unsigned char head[13] = {0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0};
  for (size_t i = 0; i < 4; i++) head[i] = (unsigned char)(width >> (24 - 8 * i));
  for (size_t i = 0; i < 4; i++) head[4 + i] = (unsigned char)(height >> (24 - 8 * i));
  file_len = 0;
  add("\x89PNG\r\n\x1a\n", 8);
  add_chunk("IHDR", head, sizeof head);
  add_chunk("IDAT", "x", 1);
  add_chunk("IEND", "", 0);
}

/* The slug of the message, or NULL; the size goes to *out. */
static const char *measure(size_t len, xs_picture *out)
{
  static char slug[64];
  xs_diags *diags = xs_diags_new(xs_host_posix());
  uint32_t source = xs_diags_source(diags, XS_LIT("t.xml"), XS_LIT("<picture/>"));
  *out = (xs_picture){.name = XS_LIT("seal.png"), .bytes = {(const char *)file, len}};
  xs_status st = xs_picture_measure(out, (xs_span){source, 0, 10}, diags);
  xs_diag_view v;
  bool has_message = xs_diags_view(diags, 0, &v);
  assert_int_equal(st != XS_OK, has_message);
  if (has_message) assert_int_equal(v.line, 1);
  if (has_message) snprintf(slug, sizeof slug, "%.*s", XS_TEXT(v.slug));
  xs_diags_free(diags);
  return has_message ? slug : NULL;
}

static void test_picture__size_of_a_whole_file(void **state)
{
  xs_picture p;
  make(300, 200);
  assert_null(measure(file_len, &p));
  assert_int_equal(p.width_px, 300);
  assert_int_equal(p.height_px, 200);
}

static void test_picture__cut_off_anywhere_is_broken(void **state)
{
  xs_picture p;
  make(3, 2);
  for (size_t len = 0; len < file_len; len++)
    assert_string_equal(measure(len, &p), "picture-broken");
  assert_int_equal(p.width_px, 0);
}

static void test_picture__a_damaged_byte_is_broken(void **state)
{
  xs_picture p;
  make(3, 2);
  for (size_t i = 0; i < file_len; i++) {
    make(3, 2);
    file[i] ^= 0x10;
    assert_string_equal(measure(file_len, &p), "picture-broken");
  }
}

static void test_picture__enormous_or_empty_is_refused(void **state)
{
  xs_picture p;
  make(XS_MAX_PICTURE_SIDE, 1);
  assert_null(measure(file_len, &p));
  make(XS_MAX_PICTURE_SIDE + 1, 1);
  assert_string_equal(measure(file_len, &p), "picture-size");
  make(1, 0x80000000u);
  assert_string_equal(measure(file_len, &p), "picture-size");
  make(0, 1);
  assert_string_equal(measure(file_len, &p), "picture-size");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_picture__size_of_a_whole_file),
      cmocka_unit_test(test_picture__cut_off_anywhere_is_broken),
      cmocka_unit_test(test_picture__a_damaged_byte_is_broken),
      cmocka_unit_test(test_picture__enormous_or_empty_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
