/*
 * Makes a report of a record that stands in a file, for those who look at its pages and for the
 * tests:  report DATA TEMPLATE RECORD.xml CASE.xml|- OUT.pdf|-   ("-": no case; the pages as text)
 */
#include "base/text.h"
#include "data/xml.h"
#include "packet/engine.h"

#include <stdio.h>
#include <string.h>

static xs_status make(xs_engine *engine, xs_arena *a, char **argv, xs_diags *diags, xs_bytes *out)
{
  xmlDocPtr record = NULL;
  xs_case *kase = NULL;
  xs_status status = xs_xml_load(a, xs_text_of(argv[3]), diags, &record);
  if (!status && strcmp(argv[4], "-") != 0) status = xs_engine_case(engine, argv[4], diags, &kase);
  if (!status) {
    const xs_paper_order order = {.which = argv[2],
                                  .kase = kase,
                                  .record = xmlDocGetRootElement(record),
                                  .options = {.date = 20250630}};
    status = strcmp(argv[5], "-") != 0
                 ? xs_engine_render_order(engine, &order, diags, out)
                 : xs_engine_dump_order(engine, &order, XS_STAGE_PAGES, diags, out);
  }
  xs_case_free(kase);
  return status;
}

static int write_out(const char *path, const xs_bytes *bytes)
{
  FILE *file = strcmp(path, "-") != 0 ? fopen(path, "wb") : stdout;
  if (!file) return 0;
  size_t written = fwrite(bytes->ptr, 1, bytes->len, file);
  return fclose(file) == 0 && written == bytes->len;
}

int main(int argc, char **argv)
{
  if (argc != 6) return 2;
  const xs_host *host = xs_host_posix();
  xs_diags *diags = xs_diags_new(host);
  xs_arena *a = xs_arena_new(host);
  xs_engine *engine = NULL;
  xs_bytes bytes = {0};
  xs_status status = xs_engine_open(host, argv[1], diags, &engine);
  if (!status) status = make(engine, a, argv, diags, &bytes);
  int done = !status && write_out(argv[5], &bytes);
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    fprintf(stderr, "%.*s:%u: %.*s\n", XS_TEXT(view.file), view.line, XS_TEXT(view.text));
  xs_bytes_free(&bytes);
  xs_engine_close(engine);
  xs_arena_free(a);
  xs_diags_free(diags);
  return done ? 0 : 1;
}
