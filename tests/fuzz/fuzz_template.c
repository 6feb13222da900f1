/*
 * Any bytes as a template: loading, filling, the blank form and all later stages end. A failure
 * has a message, a success has none of errors.
 */
#include "base/diag.h"
#include "layout/layout.h"
#include "output/pdf.h"
#include "support/memory_host.h"
#include "template/template.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What every run needs; loaded once. */
static struct {
  xs_arena *arena;
  xs_diags *diags;
  const xs_schema *schema, *case_schema;
  xs_rules *rules;
  xs_case *kase, *blank;
  xs_fontset *fonts;
} shared;

static void load_shared(void)
{
  const xs_host *host = xs_host_posix();
  const xs_schema *rules_schema = NULL;
  const xs_text fonts = XS_LIT(XS_TEST_ROOT "/fonts");
  xs_diags *d = shared.diags = xs_diags_new(host);
  xs_arena *a = shared.arena = xs_arena_new(host);
  if (!a || !d ||
      xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/template.rng"), d, &shared.schema) ||
      xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/case.rng"), d,
                     &shared.case_schema) ||
      xs_schema_load(a, XS_LIT(XS_TEST_ROOT "/templates/schema/rules.rng"), d, &rules_schema) ||
      xs_rules_load(host, rules_schema, XS_LIT(XS_TEST_ROOT "/templates/rules"), XS_LIT("national"),
                    d, &shared.rules) ||
      xs_case_load(host, shared.case_schema, XS_LIT(XS_TEST_ROOT "/samples/factory/case.xml"), d,
                   &shared.kase) ||
      xs_case_blank(host, d, &shared.blank) ||
      xs_fontset_open(host, XS_LIT(XS_TEST_ROOT "/fonts/fonts.xml"), &fonts, 1, d, &shared.fonts))
    abort();
}

static void expect_agreement(xs_status status, const xs_diags *diags)
{
  if (status == XS_ENOMEM) return;
  if ((status != XS_OK) != (xs_diags_count(diags, XS_ERROR) > 0)) abort();
}

static void set(const xs_document *doc, const xs_host *host, xs_diags *diags)
{
  xs_pagelist *pages = NULL;
  xs_buf pdf;
  xs_buf_init(&pdf, host, 1u << 26);
  const xs_pdf_options options = {.date = 20250101, .producer = XS_LIT("fuzz")};
  xs_status status = xs_layout(doc, shared.fonts, diags, &pages);
  if (!status) status = xs_pdf_write(pages, &options, diags, &pdf);
  expect_agreement(status, diags);
  xs_buf_free(&pdf);
  xs_pagelist_free(pages);
}

static void fill(const xs_template *t, bool blank, const xs_host *host)
{
  xs_diags *diags = xs_diags_new(host);
  if (!diags) return;
  const xs_fill_options options = {.copy = XS_COPY_DRAFT, .date = 20250101, .blank = blank};
  xs_document *doc = NULL;
  xs_status status =
      xs_template_fill(t, blank ? shared.blank : shared.kase, shared.rules, &options, diags, &doc);
  expect_agreement(status, diags);
  if (doc) set(doc, host, diags);
  xs_document_free(doc);
  xs_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
  if (!shared.fonts) load_shared();
  memory_host m;
  memory_host_init(&m, "fuzz.xml", len ? bytes : (const uint8_t *)"", len);
  xs_diags *diags = xs_diags_new(&m.host);
  if (!diags) return 0;
  const xs_template_place place = {.host = &m.host,
                                   .dir = XS_LIT(XS_TEST_ROOT "/templates"),
                                   .schema = shared.schema,
                                   .case_schema = shared.case_schema};
  xs_template *t = NULL;
  xs_status status = xs_template_load(&place, XS_LIT("fuzz.xml"), diags, &t);
  expect_agreement(status, diags);
  if (t) fill(t, false, &m.host);
  if (t) fill(t, true, &m.host);
  xs_template_free(t);
  xs_diags_free(diags);
  return 0;
}
