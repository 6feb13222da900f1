#include "unit/unit.h"

#include "base/text.h"
#include "packet/zip.h"
#include "support/archive.h"
#include "support/fail_host.h"

static const xs_host_file files[] = {
    {{"01_要约书.pdf", sizeof "01_要约书.pdf" - 1}, "%PDF-1.4 one", 12},
    {{"case.xml", 8}, "<case/>", 7},
    {{"empty", 5}, "", 0},
};

static xs_arena *a;
static xs_diags *diags;

static int set_up(void **state)
{
  a = xs_arena_new(xs_host_posix());
  diags = xs_diags_new(xs_host_posix());
  return a && diags ? 0 : -1;
}

static int tear_down(void **state)
{
  xs_arena_free(a);
  xs_diags_free(diags);
  return 0;
}

static void write_files(xs_buf *out)
{
  xs_buf_init(out, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_zip_write(xs_host_posix(), files, XS_COUNT(files), 20250509, diags, out),
                   XS_OK);
}

static void test_zip__what_was_written_is_read_in_order(void **state)
{
  xs_buf bytes, content;
  write_files(&bytes);
  xs_zip *zip = NULL;
  assert_int_equal(xs_zip_open(a, xs_buf_view(&bytes), XS_LIT("x"), diags, &zip), XS_OK);
  assert_int_equal(xs_zip_count(zip), XS_COUNT(files));
  assert_false(xs_zip_contradicts_itself(zip));
  for (size_t i = 0; i < XS_COUNT(files); i++) {
    xs_zip_entry e;
    assert_int_equal(xs_zip_entry_at(zip, i, &e), XS_OK);
    assert_true(xs_text_equal(e.name, files[i].name));
    assert_int_equal(e.len, files[i].len);
    assert_int_equal(e.packed_len, files[i].len);
    assert_true(e.is_regular && !e.encrypted);
  }
  xs_buf_init(&content, xs_host_posix(), 100);
  assert_int_equal(xs_zip_find(zip, "case.xml", 100, &content), XS_OK);
  assert_text(xs_buf_view(&content), "<case/>");
  assert_int_equal(xs_zip_find(zip, "case.xml", 6, &content), XS_EINPUT);
  assert_int_equal(xs_zip_find(zip, "other", 100, &content), XS_EINPUT);
  xs_buf_free(&content);
  xs_arena_free(a);
  a = xs_arena_new(xs_host_posix());
  xs_buf_free(&bytes);
}

static void test_zip__same_files_give_same_bytes(void **state)
{
  xs_buf one, two;
  write_files(&one);
  write_files(&two);
  assert_true(xs_text_equal(xs_buf_view(&one), xs_buf_view(&two)));
  xs_buf_free(&one);
  xs_buf_free(&two);
}

static uint32_t get16(const char *p)
{
  return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8;
}

/* The bytes themselves: bit 11, method, time, date and extra field of the first head. */
static void test_zip__head_of_an_entry(void **state)
{
  xs_buf bytes;
  write_files(&bytes);
  assert_memory_equal(bytes.ptr, "PK\3\4", 4);
  assert_int_equal(get16(bytes.ptr + 6) & 0x0800, 0x0800);
  assert_int_equal(get16(bytes.ptr + 8), 0);
  assert_int_equal(get16(bytes.ptr + 10), 0);
  assert_int_equal(get16(bytes.ptr + 12), (45 << 9) | (5 << 5) | 9);
  assert_int_equal(get16(bytes.ptr + 28), 0);
  /* Nothing but heads, contents, table and end: no extra fields, no comments. */
  size_t expected = 22;
  for (size_t i = 0; i < XS_COUNT(files); i++)
    expected += 30 + 46 + 2 * files[i].name.len + files[i].len;
  assert_int_equal(bytes.len, expected);
  xs_buf_free(&bytes);
}

static void test_zip__day_before_1980_is_the_first_that_the_format_knows(void **state)
{
  xs_buf bytes;
  xs_buf_init(&bytes, xs_host_posix(), XS_MAX_BUF_BYTES);
  assert_int_equal(xs_zip_write(xs_host_posix(), files, 1, 19790101, diags, &bytes), XS_OK);
  assert_int_equal(get16(bytes.ptr + 12), (1 << 5) | 1);
  xs_buf_free(&bytes);
}

static void test_zip__name_in_gbk_is_read(void **state)
{
  /* 要约书.pdf as an old Chinese tool writes it: GBK, bit 11 not set. */
  const archive_entry e = {.name = "\xd2\xaa\xd4\xbc\xca\xe9.pdf", .bytes = "x", .len = 1};
  xs_buf bytes;
  xs_buf_init(&bytes, xs_host_posix(), 1000);
  archive_write(&bytes, &e, 1);
  xs_zip *zip = NULL;
  xs_zip_entry entry;
  assert_int_equal(xs_zip_open(a, xs_buf_view(&bytes), XS_LIT("x"), diags, &zip), XS_OK);
  assert_int_equal(xs_zip_entry_at(zip, 0, &entry), XS_OK);
  assert_text(entry.name, "要约书.pdf");
  xs_arena_free(a);
  a = xs_arena_new(xs_host_posix());
  xs_buf_free(&bytes);
}

static void test_zip__no_archive_is_reported(void **state)
{
  xs_zip *zip = NULL;
  xs_diags_clear(diags);
  assert_int_equal(xs_zip_open(a, XS_LIT("not an archive"), XS_LIT("x.zip"), diags, &zip),
                   XS_EINPUT);
  xs_diag_view view;
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "zip-broken");
}

static void test_zip__archive_above_its_budget_is_refused(void **state)
{
  xs_buf out;
  xs_diags_clear(diags);
  xs_buf_init(&out, xs_host_posix(), 300);
  assert_int_equal(xs_zip_write(xs_host_posix(), files, XS_COUNT(files), 20250509, diags, &out),
                   XS_ELIMIT);
  xs_diag_view view;
  assert_true(xs_diags_view(diags, 0, &view));
  assert_text(view.slug, "limit");
  xs_buf_free(&out);
}

static void test_zip__out_of_memory_leaves_nothing(void **state)
{
  for (long n = 0;; n++) {
    fail_host f;
    fail_host_init(&f, n);
    xs_buf out;
    xs_buf_init(&out, &f.host, XS_MAX_BUF_BYTES);
    xs_status status = xs_zip_write(&f.host, files, XS_COUNT(files), 20250509, diags, &out);
    xs_buf_free(&out);
    assert_int_equal(f.live, 0);
    if (!status) break;
    assert_int_equal(status, XS_ENOMEM);
    assert_true(n < 100);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_zip__what_was_written_is_read_in_order),
      cmocka_unit_test(test_zip__same_files_give_same_bytes),
      cmocka_unit_test(test_zip__head_of_an_entry),
      cmocka_unit_test(test_zip__day_before_1980_is_the_first_that_the_format_knows),
      cmocka_unit_test(test_zip__name_in_gbk_is_read),
      cmocka_unit_test(test_zip__no_archive_is_reported),
      cmocka_unit_test(test_zip__archive_above_its_budget_is_refused),
      cmocka_unit_test(test_zip__out_of_memory_leaves_nothing),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
