#include "data/case.h"

#include "base/text.h"
#include "data/case_names.h"

/* ---- loading ---- */

/* XS_EINPUT with kase->doc set: the file is XML and does not fit the schema. */
static xs_status finish(xs_case *kase, const xs_schema *schema, xs_diags *diags)
{
  xs_status misfit = xs_schema_check(schema, kase->doc, diags);
  if (misfit && misfit != XS_EINPUT) return misfit;
  kase->fits = !misfit;
  xs_xml_strip_namespace(kase->doc);
  kase->id = xs_xml_attr(xmlDocGetRootElement(kase->doc), "id");
  xs_status st = xs_case_names_normalise(xs_arena_host(kase->arena), kase->doc, diags);
  return st ? st : misfit;
}

static xs_status new_case(const xs_host *host, xs_text path, xs_case **out)
{
  xs_arena *a = xs_arena_new(host);
  xs_case *kase = a ? XS_NEW(a, xs_case) : NULL;
  if (!kase) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  kase->arena = a;
  kase->path = xs_arena_text(a, path);
  if (!kase->path.ptr) {
    xs_arena_free(a);
    return XS_ENOMEM;
  }
  *out = kase;
  return XS_OK;
}

/* What came of reading a case: one that is XML is handed out even when it does not fit. */
static xs_status hand_out(xs_case *kase, xs_status st, xs_case **out)
{
  if (st && !(st == XS_EINPUT && kase && kase->doc))
    xs_case_free(kase);
  else
    *out = kase;
  return st;
}

xs_status xs_case_open(const xs_host *host, const xs_schema *schema, xs_text path, xs_diags *diags,
                       xs_case **out)
{
  xs_case *kase = NULL;
  xs_status st = new_case(host, path, &kase);
  if (!st) st = xs_xml_load(kase->arena, path, diags, &kase->doc);
  if (!st) st = finish(kase, schema, diags);
  return hand_out(kase, st, out);
}

xs_status xs_case_parse(const xs_host *host, const xs_schema *schema, xs_text path, xs_text bytes,
                        const xs_host *files, xs_diags *diags, xs_case **out)
{
  xs_case *kase = NULL;
  xs_status st = new_case(host, path, &kase);
  if (!st) {
    kase->files = files;
    st = xs_xml_parse(kase->arena, path, bytes, diags, &kase->doc);
  }
  if (!st) st = finish(kase, schema, diags);
  return hand_out(kase, st, out);
}

xs_status xs_case_load(const xs_host *host, const xs_schema *schema, xs_text path, xs_diags *diags,
                       xs_case **out)
{
  xs_case *kase = NULL;
  xs_status st = xs_case_open(host, schema, path, diags, &kase);
  if (st)
    xs_case_free(kase);
  else
    *out = kase;
  return st;
}

xs_status xs_case_blank(const xs_host *host, xs_diags *diags, xs_case **out)
{
  xs_case *kase = NULL;
  xs_status st = new_case(host, XS_LIT(""), &kase);
  if (!st) {
    kase->id = XS_LIT("blank");
    st = xs_xml_parse(kase->arena, XS_LIT("blank"), XS_LIT("<case id=\"blank\"/>"), diags,
                      &kase->doc);
  }
  if (st)
    xs_case_free(kase);
  else
    *out = kase;
  return st;
}

void xs_case_free(xs_case *kase)
{
  if (kase) xs_arena_free(kase->arena);
}
