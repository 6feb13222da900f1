#include "unit/unit.h"

#include "base/diag_print.h"
#include "base/text.h"
#include "packet/engine.h"
#include "support/fail_host.h"
#include "support/memory_host.h"
#include "xieshang/engine.h"

#include <errno.h>
#include <stdlib.h>

#define FACTORY XS_TEST_ROOT "/samples/factory/case.xml"

static const xs_render_options filing = {.date = 20250512};

static xs_diags *diags;
static xs_engine *engine;
static xs_case *kase;

static int set_up(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine) ||
         xs_engine_case(engine, FACTORY, diags, &kase);
}

static int tear_down(void **state)
{
  xs_case_free(kase);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

static void assert_slug(const xs_diags *list, size_t i, const char *slug)
{
  xs_diag_view view;
  assert_true(xs_diags_view(list, i, &view));
  assert_text(view.slug, slug);
}

static void test_engine__needs_the_folder_of_its_data(void **state)
{
  xs_engine *none = NULL;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_open(xs_host_posix(), "/nowhere", diags, &none), XS_EIO);
  assert_null(none);
  assert_slug(diags, 0, "data-folder");
}

static void test_engine__renders_the_same_bytes_twice(void **state)
{
  xs_bytes one, two;
  assert_int_equal(xs_engine_render(engine, "offer-workers", kase, &filing, diags, &one), XS_OK);
  assert_int_equal(xs_engine_render(engine, "offer-workers", kase, &filing, diags, &two), XS_OK);
  assert_true(one.len > 5000);
  assert_memory_equal(one.ptr, "%PDF-", 5);
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.ptr, two.ptr, one.len);
  xs_bytes_free(&one);
  xs_bytes_free(&two);
  xs_bytes_free(&two);
}

static bool is_archival(const xs_bytes *file)
{
  static const char claim[] = "<pdfaid:part>1<";
  const char *bytes = file->ptr;
  for (size_t i = 0; i + sizeof claim <= file->len; i++)
    if (memcmp(bytes + i, claim, sizeof claim - 1) == 0) return true;
  return false;
}

/* How many warnings two papers bring when this is all there is of a color profile. */
static size_t warn_of_profile(const void *profile, size_t len, bool archival)
{
  memory_host m;
  xs_engine *other = NULL;
  xs_diags *list = xs_diags_new(xs_host_posix());
  memory_host_init(&m, "/usr/share/color/icc/sRGB.icc", profile, len);
  assert_int_equal(xs_engine_open(&m.host, XS_TEST_ROOT, list, &other), XS_OK);
  for (int i = 0; i < 2; i++) {
    xs_bytes bytes;
    assert_int_equal(xs_engine_render(other, "offer-workers", kase, &filing, list, &bytes), XS_OK);
    assert_int_equal(is_archival(&bytes), archival);
    xs_bytes_free(&bytes);
  }
  size_t count = xs_diags_count(list, XS_WARNING);
  if (count) assert_slug(list, 0, "profile-missing");
  xs_engine_close(other);
  xs_diags_free(list);
  return count;
}

static void test_engine__without_a_usable_profile_no_file_is_archival(void **state)
{
  char profile[132] = {[8] = 2, [16] = 'R', 'G', 'B', ' ', [36] = 'a', 'c', 's', 'p'};
  assert_int_equal(warn_of_profile(profile, sizeof profile, true), 0);
  assert_int_equal(warn_of_profile(NULL, 0, false), 1);
  assert_int_equal(warn_of_profile(profile, 100, false), 1);
  profile[8] = 4;
  assert_int_equal(warn_of_profile(profile, sizeof profile, false), 1);
  profile[8] = 2;
  profile[16] = 'G';
  assert_int_equal(warn_of_profile(profile, sizeof profile, false), 1);
}

static void test_engine__draws_an_empty_form_without_a_case(void **state)
{
  const xs_render_options blank = {.date = 20250512, .blank = 1};
  xs_bytes bytes;
  assert_int_equal(xs_engine_render(engine, "offer-workers", NULL, &blank, diags, &bytes), XS_OK);
  assert_memory_equal(bytes.ptr, "%PDF-", 5);
  xs_bytes_free(&bytes);
}

/* Answers "store/…" with what lies beside the sample. */
static int map_beside(void *user, const char *path, size_t max_bytes, const void **ptr, size_t *len)
{
  xs_arena *a = (xs_arena *)user;
  assert_memory_equal(path, "store/", 6);
  xs_text file = xs_arena_printf(a, XS_TEST_ROOT "/samples/factory/%s", path + 6);
  return xs_host_posix()->map(NULL, file.ptr, max_bytes, ptr, len);
}

static void test_engine__pictures_may_come_from_elsewhere(void **state)
{
  xs_arena *a = xs_arena_new(xs_host_posix());
  xs_host files = *xs_host_posix();
  files.user = a;
  files.map = map_beside;
  const xs_schema *schema = NULL;
  xs_case *kept = NULL;
  xs_bytes one, two;
  assert_int_equal(xs_engine_schema(engine, XS_VOCABULARY_CASE, diags, &schema), XS_OK);
  assert_int_equal(xs_case_parse(xs_host_posix(), schema, XS_LIT("store/case.xml"),
                                 xs_xml_raw(kase->doc), &files, diags, &kept),
                   XS_OK);
  assert_int_equal(xs_engine_render(engine, "contract-wage", kase, &filing, diags, &one), XS_OK);
  assert_int_equal(xs_engine_render(engine, "contract-wage", kept, &filing, diags, &two), XS_OK);
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.ptr, two.ptr, one.len);
  xs_bytes_free(&one);
  xs_bytes_free(&two);
  xs_case_free(kept);
  xs_arena_free(a);
}

static void test_engine__dumps_both_stages(void **state)
{
  const xs_stage stages[] = {XS_STAGE_DOCUMENT, XS_STAGE_PAGES};
  for (size_t i = 0; i < XS_COUNT(stages); i++) {
    xs_bytes text;
    assert_int_equal(
        xs_engine_dump(engine, "offer-workers", kase, &filing, stages[i], diags, &text), XS_OK);
    assert_true(text.len > 1000);
    xs_bytes_free(&text);
  }
}

static void test_engine__day_that_does_not_exist(void **state)
{
  const xs_render_options options = {.date = 20250230};
  xs_bytes bytes;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_render(engine, "offer-workers", kase, &options, diags, &bytes),
                   XS_EINPUT);
  assert_null(bytes.ptr);
  assert_slug(diags, 0, "date-stated");
}

static void test_engine__unknown_template(void **state)
{
  xs_bytes bytes;
  xs_diags_clear(diags);
  assert_int_equal(xs_engine_render(engine, "offer-wokers", kase, &filing, diags, &bytes),
                   XS_EINPUT);
  assert_slug(diags, 0, "template-unknown");
}

/* A call with another list loads anew, so that places point into that list. */
static void test_engine__other_list_of_diagnostics(void **state)
{
  xs_diags *other = xs_diags_new(xs_host_posix());
  xs_case *again = NULL;
  xs_bytes bytes;
  xs_diag_view view;
  assert_int_equal(xs_engine_render(engine, "answer-refuse", kase, &filing, diags, &bytes),
                   XS_EINPUT);
  assert_int_equal(xs_engine_case(engine, FACTORY, other, &again), XS_OK);
  assert_int_equal(xs_engine_render(engine, "answer-refuse", again, &filing, other, &bytes),
                   XS_EINPUT);
  assert_true(xs_diags_view(other, 0, &view));
  assert_true(xs_text_ends(view.file, "answer-refuse.xml"));
  xs_case_free(again);
  xs_engine_close(engine);
  xs_diags_free(other);
  assert_int_equal(xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine), XS_OK);
}

/* ---- writing ---- */

typedef struct full_host {
  xs_host host;
  int error;
  size_t count;
} full_host;

static int refuse_folder(void *user, const char *dir, const xs_host_file *files, size_t count,
                         const xs_text *stale, size_t stale_count)
{
  full_host *f = user;
  f->count = count;
  errno = f->error;
  return -1;
}

static void test_engine__packet_that_cannot_be_written(void **state)
{
  static const int errors[] = {ENOSPC, EROFS, EACCES, EIO};
  const xs_packet_options options = {.date = 20250512};
  for (size_t i = 0; i < XS_COUNT(errors); i++) {
    full_host f = {.host = *xs_host_posix(), .error = errors[i]};
    f.host.user = &f;
    f.host.save_dir = refuse_folder;
    xs_diags *list = xs_diags_new(&f.host);
    xs_engine *full = NULL;
    xs_case *same = NULL;
    assert_int_equal(xs_engine_open(&f.host, XS_TEST_ROOT, list, &full), XS_OK);
    assert_int_equal(xs_engine_case(full, FACTORY, list, &same), XS_OK);
    assert_int_equal(xs_engine_packet(full, "offer", same, &options, "nowhere/dir", list), XS_EIO);
    assert_true(f.count > 3);
    assert_slug(list, 0, "file-write");
    xs_case_free(same);
    xs_engine_close(full);
    xs_diags_free(list);
  }
}

/* ---- memory ---- */

static void show(const xs_diags *list)
{
  xs_buf text;
  xs_buf_init(&text, xs_host_posix(), 1 << 20);
  (void)xs_diags_print(list, &text);
  print_error("%.*s", XS_TEXT(xs_buf_view(&text)));
  xs_buf_free(&text);
}

static xs_status render_paper(xs_engine *own, const xs_case *mine, xs_diags *list)
{
  xs_bytes bytes;
  xs_status status = xs_engine_render(own, "offer-workers", mine, &filing, list, &bytes);
  if (status) assert_null(bytes.ptr);
  xs_bytes_free(&bytes);
  return status;
}

static bool folder_was_written;

static int accept_folder(void *user, const char *dir, const xs_host_file *files, size_t count,
                         const xs_text *stale, size_t stale_count)
{
  folder_was_written = true;
  return 0;
}

static xs_status make_packet(xs_engine *own, const xs_case *mine, xs_diags *list)
{
  const xs_packet_options options = {.date = 20250512, .attach_case = 1};
  folder_was_written = false;
  xs_status status = xs_engine_packet(own, "offer", mine, &options, "nowhere/dir", list);
  assert_int_equal(folder_was_written, status == XS_OK);
  return status;
}

typedef xs_status work(xs_engine *own, const xs_case *mine, xs_diags *list);

/* From an engine that is not open yet to the end of the work. */
static xs_status do_all(fail_host *f, work *wanted)
{
  xs_diags *list = xs_diags_new(&f->host);
  if (!list) return XS_ENOMEM;
  xs_engine *own = NULL;
  xs_case *mine = NULL;
  xs_status status = xs_engine_open(&f->host, XS_TEST_ROOT, list, &own);
  if (!status) status = xs_engine_case(own, FACTORY, list, &mine);
  if (!status) status = wanted(own, mine, list);
  if (status && status != XS_ENOMEM) show(list);
  xs_case_free(mine);
  xs_engine_close(own);
  xs_diags_free(list);
  return status;
}

/* The further on, the larger the steps: each run costs as much as all before the failure. */
static void fail_in_turn(work *wanted, long step)
{
  size_t tried = 0;
  for (long n = 0;; n += 1 + n / step) {
    fail_host f;
    fail_host_init(&f, n);
    f.host.save_dir = accept_folder;
    xs_status status = do_all(&f, wanted);
    assert_int_equal(f.live, 0);
    tried++;
    if (status == XS_OK && (size_t)n >= f.asked) break;
    if (status != XS_ENOMEM) fail_msg("allocation %ld failed and the status is %d", n, status);
  }
  assert_true(tried > 50);
}

static void test_engine__out_of_memory_in_a_paper(void **state)
{
  fail_in_turn(render_paper, 100);
}

static void test_engine__out_of_memory_in_a_packet(void **state)
{
  fail_in_turn(make_packet, 12);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_engine__needs_the_folder_of_its_data),
      cmocka_unit_test(test_engine__renders_the_same_bytes_twice),
      cmocka_unit_test(test_engine__without_a_usable_profile_no_file_is_archival),
      cmocka_unit_test(test_engine__draws_an_empty_form_without_a_case),
      cmocka_unit_test(test_engine__pictures_may_come_from_elsewhere),
      cmocka_unit_test(test_engine__dumps_both_stages),
      cmocka_unit_test(test_engine__day_that_does_not_exist),
      cmocka_unit_test(test_engine__unknown_template),
      cmocka_unit_test(test_engine__other_list_of_diagnostics),
      cmocka_unit_test(test_engine__packet_that_cannot_be_written),
      cmocka_unit_test(test_engine__out_of_memory_in_a_paper),
      cmocka_unit_test(test_engine__out_of_memory_in_a_packet),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
