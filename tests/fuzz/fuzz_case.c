/*
 * Any bytes as a case: loading, the schema and the checks end, and each place that is named lies
 * within the file.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "data/case.h"
#include "data/rules.h"
#include "support/memory_host.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What every run needs; loaded once. */
static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema;
  xs_rules *rules;
} shared;

static void load_shared(void)
{
  const xs_host *host = xs_host_posix();
  const xs_schema *rules_schema = NULL;
  shared.arena = xs_arena_new(host);
  shared.diags = xs_diags_new(host);
  if (xs_schema_load(shared.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), shared.diags,
                     &shared.schema) ||
      xs_schema_load(shared.arena, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"), shared.diags,
                     &rules_schema) ||
      xs_rules_load(host, rules_schema, XS_LIT(XS_TEST_ROOT "/templates/rules"),
                    XS_LIT("chongqing"), shared.diags, &shared.rules))
    abort();
}

static void look_at_places(const xs_diags *diags)
{
  xs_diag_view v;
  for (size_t i = 0; xs_diags_view(diags, i, &v); i++)
    if (v.line && v.column_count > v.source_line.len + 1) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  if (!shared.rules) load_shared();
  memory_host m;
  memory_host_init(&m, "case.xml", len ? bytes : (const uint8_t *)"", len);
  xs_diags *diags = xs_diags_new(&m.host);
  if (!diags) return 0;
  xs_case *kase = NULL;
  xs_status status = xs_case_open(&m.host, shared.schema, XS_LIT("case.xml"), diags, &kase);
  if (kase) {
    xs_status rest = xs_case_check(kase, shared.rules, diags);
    if (!status) status = rest;
    (void)xs_case_latest_date(kase);
  }
  if ((status != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
  look_at_places(diags);
  xs_case_free(kase);
  xs_diags_free(diags);
  return 0;
}
