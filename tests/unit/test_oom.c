/*
 * Every allocation of one render fails in turn: out of memory is all that may happen, nothing is
 * kept that belongs to nobody, and the engine works on as soon as there is memory again.
 *
 * A checked build makes tens of thousands of allocations (each one of an arena is a block of its
 * own), too many to fail all of them each time. XS_OOM_RUNS states how many are failed, spread
 * evenly; 0 means every single one.
 */
#include "unit/unit.h"

#include "support/fail_host.h"
#include "xieshang/graph.h"

#include <stdlib.h>

enum { DEFAULT_RUNS = 150 };

static const xs_render_options filing = {.copy = XS_COPY_FILING};

static long step_for(size_t allocations)
{
  const char *stated = getenv("XS_OOM_RUNS");
  long runs = stated ? strtol(stated, NULL, 10) : DEFAULT_RUNS;
  long step = runs > 0 ? (long)allocations / runs : 1;
  return step > 0 ? step : 1;
}

/* What else than XS_ENOMEM came out of a failed allocation, and what was said about it. */
static void expect_no_memory(xs_status status, long passes, const xs_diags *diags)
{
  xs_diag_view view;
  if (status == XS_ENOMEM) return;
  print_error("allocation %ld: status %d\n", passes, (int)status);
  for (size_t i = 0; diags && xs_diags_view(diags, i, &view); i++)
    print_error("  %.*s [%.*s]\n", XS_TEXT(view.text), XS_TEXT(view.slug));
  fail();
}

static xs_status render(xs_engine *engine, const xs_case *kase, xs_diags *diags)
{
  xs_bytes pdf = {0};
  xs_status status = xs_engine_render(engine, "offer-workers", kase, &filing, diags, &pdf);
  if (!status) assert_true(pdf.len > 0);
  if (status) assert_null(pdf.ptr);
  xs_bytes_free(&pdf);
  return status;
}

/* The workflow as a picture: tables read, lanes laid out, a page drawn and written. */
static xs_status draw(xs_engine *engine, const xs_case *kase, xs_diags *diags)
{
  xs_bytes svg = {0};
  const xs_graph_options options = {.format = XS_GRAPH_SVG, .as_of = 20250601};
  xs_status status = xs_engine_graph(engine, kase, &options, diags, &svg);
  if (!status) assert_true(svg.len > 0);
  if (status) assert_null(svg.ptr);
  xs_bytes_free(&svg);
  return status;
}

/* Opens all, renders once, closes all. */
static xs_status live_and_die(const xs_host *host, long passes)
{
  xs_engine *engine = NULL;
  xs_case *kase = NULL;
  xs_diags *diags = xs_diags_new(host);
  if (!diags) return XS_ENOMEM;
  xs_status status = xs_engine_open(host, DATA_DIR, diags, &engine);
  if (!status) status = xs_engine_case(engine, FACTORY, diags, &kase);
  if (!status) status = render(engine, kase, diags);
  if (passes >= 0) expect_no_memory(status, passes, diags);
  xs_case_free(kase);
  xs_engine_close(engine);
  xs_diags_free(diags);
  return status;
}

static void test_oom__a_whole_life_survives_failed_allocations(void **state)
{
  fail_host f;
  fail_host_init(&f, -1);
  assert_int_equal(live_and_die(&f.host, -1), XS_OK);
  assert_int_equal(f.live, 0);
  size_t allocations = f.asked;
  for (long passes = 0; passes < (long)allocations; passes += step_for(allocations)) {
    fail_host_init(&f, passes);
    assert_int_equal(live_and_die(&f.host, passes), XS_ENOMEM);
    assert_int_equal(f.live, 0);
  }
}

/* With `reads` the act reads files, whose text the diagnostics keep until they are freed. */
static void survive_warm(xs_status (*act)(xs_engine *, const xs_case *, xs_diags *), bool reads)
{
  fail_host f;
  xs_engine *engine = NULL;
  xs_case *kase = NULL;
  fail_host_init(&f, -1);
  xs_diags *diags = xs_diags_new(&f.host);
  assert_int_equal(xs_engine_open(&f.host, DATA_DIR, diags, &engine), XS_OK);
  assert_int_equal(xs_engine_case(engine, FACTORY, diags, &kase), XS_OK);
  assert_int_equal(act(engine, kase, diags), XS_OK);
  size_t live = f.live, before = f.asked;
  assert_int_equal(act(engine, kase, diags), XS_OK);
  size_t allocations = f.asked - before;
  if (!reads) assert_int_equal(f.live, live);
  for (long passes = 0; passes < (long)allocations; passes += step_for(allocations)) {
    f.passes = passes;
    xs_status status = act(engine, kase, diags);
    f.passes = -1;
    expect_no_memory(status, passes, diags);
  }
  assert_int_equal(act(engine, kase, diags), XS_OK);
  xs_case_free(kase);
  xs_engine_close(engine);
  xs_diags_free(diags);
  assert_int_equal(f.live, 0);
}

static void test_oom__a_warm_engine_survives_failed_allocations(void **state)
{
  survive_warm(render, false);
}

static void test_oom__a_drawing_survives_failed_allocations(void **state)
{
  survive_warm(draw, true);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_oom__a_whole_life_survives_failed_allocations),
      cmocka_unit_test(test_oom__a_warm_engine_survives_failed_allocations),
      cmocka_unit_test(test_oom__a_drawing_survives_failed_allocations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
