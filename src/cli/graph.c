/* xieshang workflow graph: the states and steps of a case as a picture. */
#include "xieshang/graph.h"

#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/out_file.h"
#include <string.h>

xs_exit xs_cli_workflow_graph(xs_session *s);

/* The format is that of the name; standard output is SVG. */
static bool read_format(const xs_session *s, xs_graph_format *out)
{
  xs_text path = xs_text_of(xs_args_value(s->args, XS_OPTION_OUTPUT));
  *out = XS_GRAPH_SVG;
  if (xs_text_is(path, "-") || xs_text_ends(path, ".svg")) return true;
  *out = XS_GRAPH_PDF;
  if (xs_text_ends(path, ".pdf")) return true;
  xs_usage_error(s->args->command, _("“%.*s” ends neither in .svg nor in .pdf"), XS_TEXT(path));
  return false;
}

static bool read_options(const xs_session *s, xs_graph_options *out)
{
  *out = (xs_graph_options){.track = xs_args_value(s->args, XS_OPTION_TRACK)};
  return xs_args_need(s->args, XS_OPTION_OUTPUT) && read_format(s, &out->format) &&
         xs_args_day(s->args, XS_OPTION_AS_OF, &out->as_of) && xs_out_file_check(s);
}

static xs_status draw_file(xs_session *s, const xs_graph_options *options, xs_bytes *out)
{
  xs_case *kase = NULL;
  xs_status status = xs_session_engine(s);
  if (!status) status = xs_session_case(s, &kase);
  if (!status) status = xs_engine_graph(s->engine, kase, options, s->diags, out);
  xs_case_free(kase);
  return status;
}

static xs_status draw_of_store(xs_session *s, const char *uid, const xs_graph_options *options,
                               xs_bytes *out)
{
  xs_office *office = NULL;
  xs_status status = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!status) status = xs_office_graph(office, uid, options, s->diags, out);
  xs_office_close(office);
  return status;
}

/* A case is a file when its name says so, else one of the store. */
static bool is_file(const char *name)
{
  return !name || strchr(name, '/') || xs_text_ends(xs_text_of(name), ".xml");
}

xs_exit xs_cli_workflow_graph(xs_session *s)
{
  xs_graph_options options;
  xs_bytes picture = {0};
  const char *kase = xs_args_value(s->args, XS_OPTION_CASE);
  if (!read_options(s, &options)) return XS_EXIT_USAGE;
  xs_status status =
      is_file(kase) ? draw_file(s, &options, &picture) : draw_of_store(s, kase, &options, &picture);
  if (!status) status = xs_out_file_write(s, &picture);
  xs_exit exit = xs_session_report(s, status);
  xs_bytes_free(&picture);
  return exit;
}
