/* xieshang case export, import: a case as a file, to and from a store. */
#include "base/diag.h"
#include "base/text.h"
#include "cli/office.h"
#include "cli/out_file.h"

xs_exit xs_cli_case_export(xs_session *s);
xs_exit xs_cli_case_import(xs_session *s);

static xs_exit end(xs_session *s, xs_status st, xs_office *office)
{
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}

/* The name of the file says what is wanted. */
xs_exit xs_cli_case_export(xs_session *s)
{
  xs_office *office = NULL;
  xs_bytes bytes = {0};
  const char *uid = s->args->operands[0];
  if (!xs_args_need(s->args, XS_OPTION_OUTPUT) || !xs_out_file_check(s)) return XS_EXIT_USAGE;
  bool whole = xs_text_ends(xs_text_of(xs_args_value(s->args, XS_OPTION_OUTPUT)), ".zip");
  xs_status st = xs_session_office(s, XS_OFFICE_READ_ONLY, &office);
  if (!st && whole) st = xs_office_export(office, uid, s->diags, &bytes);
  if (!st && !whole) st = xs_office_case_file(office, uid, 0, s->diags, &bytes);
  if (!st) st = xs_out_file_write(s, &bytes);
  xs_bytes_free(&bytes);
  return end(s, st, office);
}

xs_exit xs_cli_case_import(xs_session *s)
{
  xs_cli_act who;
  xs_office *office = NULL;
  xs_done done = {0};
  if (!xs_args_act(s->args, &who) || !xs_args_need(s->args, XS_OPTION_AS)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, XS_OFFICE_CREATE, &office);
  if (!st) st = xs_office_import(office, s->args->operands[0], &who.act, s->diags, &done);
  if (!st) xs_office_tell(s, &done);
  return end(s, st, office);
}
