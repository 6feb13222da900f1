/*
 * The samples, all with all: every case is free of problems, every template is used by some
 * case, and every paper of every case can be set without a message.
 */
#define _POSIX_C_SOURCE 200809L

#include "unit/unit.h"

#include "base/text.h"
#include "xieshang/engine.h"

#include <glob.h>
#include <stdio.h>

/* Templates about the whole case, and what a case must have for them. Those of the packet floor
 * need a packet and are tested there. */
static const struct {
  const char *id, *need;
} whole[] = {
    {"delegates-list", "delegates"},
    {"stats-ledger", "offer"},
};

static xs_diags *diags;
static xs_engine *engine;
static glob_t files;

static int set_up(void **state)
{
  diags = xs_diags_new(xs_host_posix());
  return glob(XS_TEST_ROOT "/samples/*/case.xml", 0, NULL, &files) ||
         xs_engine_open(xs_host_posix(), XS_TEST_ROOT, diags, &engine);
}

static int tear_down(void **state)
{
  globfree(&files);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return 0;
}

/* Nothing was said; what was said is shown. */
static bool is_quiet(const char *path, const char *what)
{
  xs_diag_view view;
  size_t i = 0;
  for (; xs_diags_view(diags, i, &view); i++)
    print_error("%s: %s: %.*s\n", path, what, XS_TEXT(view.text));
  xs_diags_clear(diags);
  return i == 0;
}

/* The number of nodes that a path of a template selects in a case. */
static size_t count_nodes(const xs_case *kase, xs_text path)
{
  char expression[1024];
  int length = snprintf(expression, sizeof expression, "count(%.*s)", XS_TEXT(path));
  assert_in_range(length, 1, sizeof expression - 1);
  const xs_render_options options = {.date = 20251231};
  xs_bytes printed;
  assert_int_equal(xs_engine_eval(engine, xs_text_of(expression), kase, &options, diags, &printed),
                   XS_OK);
  size_t count = 0;
  const char *digits = printed.ptr;
  for (size_t i = 0; i < printed.len && digits[i] >= '0' && digits[i] <= '9'; i++)
    count = count * 10 + (size_t)(digits[i] - '0');
  xs_bytes_free(&printed);
  return count;
}

/* A base that others stand on, a leaf of a packet, or a report, which is about what a store knows
 * of a case and is set in tests/reports: no paper of its own. */
static bool is_paper(const xs_paper_view *t)
{
  return !strstr(t->name.ptr, "（底本）") && !strstr(t->path.ptr, "/packet/") &&
         !strstr(t->path.ptr, "/reports/");
}

/* How many papers the template makes of the case. */
static size_t papers_of(const xs_case *kase, const xs_paper_view *t)
{
  if (t->about.len) return count_nodes(kase, t->about);
  for (size_t i = 0; i < XS_COUNT(whole); i++)
    if (xs_text_is(t->id, whole[i].id)) return count_nodes(kase, xs_text_of(whole[i].need)) ? 1 : 0;
  return 0;
}

static xs_case *load(const char *path)
{
  xs_case *kase = NULL;
  xs_status status = xs_engine_case(engine, path, diags, &kase);
  assert_true(is_quiet(path, "case"));
  assert_int_equal(status, XS_OK);
  return kase;
}

static bool next_paper(size_t *i, xs_paper_view *t)
{
  do {
    assert_int_equal(xs_engine_template_at(engine, (*i)++, diags, t), XS_OK);
  } while (t->id.ptr && !is_paper(t));
  return t->id.ptr;
}

static bool render(const xs_case *kase, const char *path, const char *id, size_t item)
{
  const xs_render_options options = {.item = item};
  xs_bytes pdf = {0};
  xs_status status = xs_engine_render(engine, id, kase, &options, diags, &pdf);
  xs_bytes_free(&pdf);
  return is_quiet(path, id) && !status;
}

static void test_samples__have_no_problems(void **state)
{
  assert_true(files.gl_pathc >= 8);
  bool all = true;
  for (size_t i = 0; i < files.gl_pathc; i++) {
    xs_status status = xs_engine_check(engine, files.gl_pathv[i], diags);
    if (!is_quiet(files.gl_pathv[i], "check") || status) all = false;
  }
  assert_true(all);
}

static void test_samples__set_every_paper_in_silence(void **state)
{
  bool all = true;
  for (size_t i = 0; i < files.gl_pathc; i++) {
    xs_case *kase = load(files.gl_pathv[i]);
    xs_paper_view t;
    for (size_t j = 0; next_paper(&j, &t);) {
      size_t count = papers_of(kase, &t);
      for (size_t item = 1; item <= count; item++)
        if (!render(kase, files.gl_pathv[i], t.id.ptr, item)) all = false;
    }
    xs_case_free(kase);
  }
  assert_true(all);
}

static void test_samples__use_every_template(void **state)
{
  bool all = true;
  xs_paper_view t;
  for (size_t j = 0; next_paper(&j, &t);) {
    size_t uses = 0;
    for (size_t i = 0; i < files.gl_pathc && uses == 0; i++) {
      xs_case *kase = load(files.gl_pathv[i]);
      uses = papers_of(kase, &t);
      xs_case_free(kase);
    }
    if (uses == 0) {
      print_error("no sample uses %.*s\n", XS_TEXT(t.id));
      all = false;
    }
  }
  assert_true(all);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_samples__have_no_problems),
      cmocka_unit_test(test_samples__use_every_template),
      cmocka_unit_test(test_samples__set_every_paper_in_silence),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
