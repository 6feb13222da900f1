/* xieshang case new, do, revise, undo-last-unsigned: acts upon a case of the store. */
#include "base/diag.h"
#include "cli/office.h"
#include "cli/out_file.h"

#include <stdio.h>

xs_exit xs_cli_case_new(xs_session *s);
xs_exit xs_cli_case_do(xs_session *s);
xs_exit xs_cli_case_revise(xs_session *s);
xs_exit xs_cli_case_undo(xs_session *s);

typedef xs_status act_on(xs_session *s, xs_office *office, const xs_act *act, xs_done *done);

/* Opens the store, acts, tells what was done. */
static xs_exit run(xs_session *s, unsigned flags, act_on *act_on_it)
{
  xs_cli_act who;
  xs_office *office = NULL;
  xs_done done = {0};
  if (!xs_args_act(s->args, &who) || !xs_args_need(s->args, XS_OPTION_AS)) return XS_EXIT_USAGE;
  xs_status st = xs_session_office(s, flags, &office);
  if (!st) st = act_on_it(s, office, &who.act, &done);
  if (!st) xs_office_tell(s, &done);
  xs_exit exit = xs_session_report(s, st);
  xs_office_close(office);
  return exit;
}

/* ---- new ---- */

static xs_status take(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  return xs_office_new(office, s->args->operands[0], xs_args_value(s->args, XS_OPTION_RULES), act,
                       s->diags, done);
}

xs_exit xs_cli_case_new(xs_session *s)
{
  return run(s, XS_OFFICE_CREATE, take);
}

/* ---- do ---- */

/* The paper that the step froze; without one there is nothing to write. */
static xs_status write_paper(xs_session *s, const xs_done *done)
{
  if (!xs_args_given(s->args, XS_OPTION_OUTPUT)) return XS_OK;
  if (!done->paper.len) {
    xs_diag(s->diags, XS_D_PAPER_NONE, XS_NOWHERE,
            _("“%.*s” makes no paper: nothing was written to “%s”"), XS_TEXT(done->step),
            xs_args_value(s->args, XS_OPTION_OUTPUT));
    return XS_OK;
  }
  const xs_bytes pdf = {s->host, (void *)(uintptr_t)done->paper.ptr, done->paper.len};
  return xs_out_file_write(s, &pdf);
}

static xs_status make_step(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  xs_status st = xs_office_do(office, xs_args_value(s->args, XS_OPTION_CASE), s->args->operands[0],
                              xs_args_value(s->args, XS_OPTION_ITEM), act, s->diags, done);
  return st ? st : write_paper(s, done);
}

xs_exit xs_cli_case_do(xs_session *s)
{
  if (!xs_args_need(s->args, XS_OPTION_CASE) || !xs_out_file_check(s)) return XS_EXIT_USAGE;
  return run(s, 0, make_step);
}

/* ---- revise and undo ---- */

static xs_status revise(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  return xs_office_revise(office, s->args->operands[0], act, s->diags, done);
}

xs_exit xs_cli_case_revise(xs_session *s)
{
  return run(s, 0, revise);
}

static xs_status take_back(xs_session *s, xs_office *office, const xs_act *act, xs_done *done)
{
  return xs_office_undo(office, s->args->operands[0], act, s->diags, done);
}

xs_exit xs_cli_case_undo(xs_session *s)
{
  return run(s, 0, take_back);
}
