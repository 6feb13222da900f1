/* Any bytes as an expression: compiling and evaluating end, and every message has its place. */
#include "base/diag.h"
#include "base/text.h"
#include "template/expression.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *case_schema;
  xs_rules *rules;
  xs_case *kase;
} shared;

static void load_shared(void)
{
  const xs_host *host = xs_host_posix();
  const xs_schema *rules_schema = NULL;
  xs_diags *d = shared.diags = xs_diags_new(host);
  xs_arena *a = shared.arena = xs_arena_new(host);
  if (!a || !d ||
      xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), d,
                     &shared.case_schema) ||
      xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"), d, &rules_schema) ||
      xs_rules_load(host, rules_schema, XS_LIT(XS_TEST_ROOT "/templates/rules"), XS_LIT("national"),
                    d, &shared.rules) ||
      xs_case_load(host, shared.case_schema, XS_LIT(XS_TEST_ROOT "/samples/factory/case.xml"), d,
                   &shared.kase))
    abort();
}

static void expect_places(xs_status status, const xs_diags *diags)
{
  xs_diag_view v;
  if (status == XS_ENOMEM) return;
  if ((status != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
  if (status && (!xs_diags_view(diags, 0, &v) || v.line == 0)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  xs_text source = {(const char *)bytes, len};
  size_t bad;
  if (!shared.kase) load_shared();
  /* An attribute never holds these. */
  if (len == 0 || !xs_text_valid(source, &bad)) return 0;
  for (size_t i = 0; i < len; i++)
    if (bytes[i] < 0x20) return 0;
  const xs_host *host = xs_host_posix();
  const xs_fill_options options = {.copy = XS_COPY_PUBLIC, .date = 20250101};
  xs_arena *a = xs_arena_new(host);
  xs_diags *diags = xs_diags_new(host);
  xs_text value;
  expect_places(xs_template_eval(a, source, shared.kase, shared.rules, &options, diags, &value),
                diags);
  xs_diags_free(diags);

  diags = xs_diags_new(host);
  const xs_expression *e = NULL;
  uint32_t number = xs_diags_source_copy(diags, XS_LIT("expression"), source);
  expect_places(xs_expression_compile(a, source, (xs_span){number, 0, (uint32_t)len},
                                      shared.case_schema, diags, &e),
                diags);
  xs_diags_free(diags);
  xs_arena_free(a);
  return 0;
}
