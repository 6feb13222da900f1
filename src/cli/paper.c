#include "cli/paper.h"

bool xs_paper_read(const xs_args *args, xs_paper *out)
{
  if (!xs_args_need(args, XS_OPTION_TEMPLATE)) return false;
  if (!xs_args_given(args, XS_OPTION_BLANK) && !xs_args_need(args, XS_OPTION_CASE)) return false;
  out->which = xs_args_value(args, XS_OPTION_TEMPLATE);
  return xs_args_render_options(args, &out->options);
}
