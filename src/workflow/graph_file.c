#include "workflow/graph_file.h"

#include "base/limits.h"
#include "base/text.h"
#include "layout/diagram.h"
#include "output/svg.h"
#include "workflow/office.h"
#include "workflow/standing.h"

static xs_status write_pages(xs_engine *engine, const xs_graph_order *order, xs_graph_format format,
                             const xs_pagelist *pages, xs_diags *diags, xs_buf *out)
{
  if (format == XS_GRAPH_SVG) return xs_svg_write(pages, diags, out);
  xs_pdf_options how = xs_engine_pdf_options(engine, 0, true, diags);
  how.origin = (xs_pdf_origin){.id = order->workflow->id,
                               .version = order->workflow->version,
                               .digest = xs_text_of(order->workflow->digest)};
  return xs_pdf_write(pages, &how, diags, out);
}

xs_status xs_graph_write(xs_engine *engine, const xs_graph_order *order, xs_graph_format format,
                         xs_diags *diags, xs_bytes *out)
{
  *out = (xs_bytes){engine->host, NULL, 0};
  xs_fontset *fonts = NULL;
  xs_pagelist *pages = NULL;
  xs_diagram diagram;
  xs_buf buf;
  xs_arena *a = xs_arena_new(engine->host);
  xs_buf_init(&buf, engine->host, XS_MAX_BUF_BYTES);
  xs_status st = a ? xs_engine_fonts(engine, diags, &fonts) : XS_ENOMEM;
  if (!st) st = xs_graph_make(a, order, diags, &diagram);
  if (!st) st = xs_diagram_draw(engine->host, &diagram, fonts, diags, &pages);
  if (!st) st = write_pages(engine, order, format, pages, diags, &buf);
  xs_pagelist_free(pages);
  xs_arena_free(a);
  if (st)
    xs_buf_free(&buf);
  else
    *out = (xs_bytes){buf.host, buf.ptr, buf.len};
  return st;
}

/* ---- a case file ----------------------------------------------------------------------------- */

static xs_status find_position(xs_engine *engine, xs_arena *a, const xs_graph_options *options,
                               const xs_case *kase, const xs_graph_order *order, xs_diags *diags,
                               xs_position *out)
{
  uint32_t number = 0;
  xs_date day;
  xs_status st = xs_engine_date(engine, NULL, options->as_of, diags, &number);
  if (st || !xs_date_of_number(number, &day)) return st;
  return xs_position_of_facts(a, order->workflow, kase, order->rules, day, diags, out);
}

static xs_status draw_case(xs_engine *engine, xs_arena *a, const xs_case *kase,
                           const xs_case *blank, const xs_graph_options *options,
                           xs_graph_order *order, xs_diags *diags, xs_bytes *out)
{
  xs_position position = {0};
  xs_status st = xs_engine_rules(engine, kase, diags, &order->rules);
  order->kase = kase ? kase : blank;
  order->track = xs_text_of(options->track);
  if (!st && kase) st = find_position(engine, a, options, kase, order, diags, &position);
  if (!st && kase) {
    order->position = &position;
    order->kind = xs_rules_kind_of(order->rules, xmlDocGetRootElement(kase->doc));
  }
  return st ? st : xs_graph_write(engine, order, options->format, diags, out);
}

static xs_status load_roles(xs_engine *engine, xs_arena *a, xs_diags *diags, const xs_roles **out)
{
  const xs_schema *schema = NULL;
  xs_status st = xs_engine_schema(engine, XS_VOCABULARY_ROLES, diags, &schema);
  xs_text path = xs_arena_printf(a, "%s/workflow/roles.xml", engine->template_dir.ptr);
  if (!st && !path.ptr) st = XS_ENOMEM;
  return st ? st : xs_roles_load(a, schema, path, diags, out);
}

xs_status xs_engine_graph(xs_engine *engine, const xs_case *kase, const xs_graph_options *options,
                          xs_diags *diags, xs_bytes *out)
{
  *out = (xs_bytes){engine->host, NULL, 0};
  xs_workflow *workflow = NULL;
  xs_clock *clock = NULL;
  xs_case *blank = NULL;
  xs_arena *a = xs_arena_new(engine->host);
  xs_status st = a ? xs_workflow_load(engine, diags, &workflow) : XS_ENOMEM;
  if (!st) st = xs_clock_load(engine, NULL, diags, &clock);
  if (!st && !kase) st = xs_case_blank(engine->host, diags, &blank);
  xs_graph_order order = {.workflow = workflow, .clock = clock};
  if (!st) st = load_roles(engine, a, diags, &order.roles);
  if (!st) st = draw_case(engine, a, kase, blank, options, &order, diags, out);
  xs_case_free(blank);
  xs_clock_free(clock);
  xs_workflow_free(workflow);
  xs_arena_free(a);
  return st;
}

/* ---- a case of the store --------------------------------------------------------------------- */

xs_status xs_office_graph(xs_office *office, const char *uid, const xs_graph_options *options,
                          xs_diags *diags, xs_bytes *out)
{
  *out = (xs_bytes){office->host, NULL, 0};
  xs_office_case *c = NULL;
  xs_clock *clock = NULL;
  xs_status st = xs_office_load(office, xs_text_of(uid), options->as_of, diags, &c);
  if (!st) st = xs_clock_load(office->engine, NULL, diags, &clock);
  if (!st) {
    const xs_graph_order order = {
        .workflow = office->workflow,
        .clock = clock,
        .roles = office->roles,
        .rules = c->rules,
        .kind = xs_rules_kind_of(c->rules, xmlDocGetRootElement(c->kase->doc)),
        .track = xs_text_of(options->track),
        .kase = c->kase,
        .position = &c->history.position};
    st = xs_graph_write(office->engine, &order, options->format, diags, out);
  }
  xs_clock_free(clock);
  xs_office_case_free(c);
  return st;
}
