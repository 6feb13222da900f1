/* xieshang verify: a packet archive against its manifest. */
#include "base/diag.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_verify(xs_session *s);

xs_exit xs_cli_verify(xs_session *s)
{
  const char *path = s->args->operands[0];
  xs_status status = xs_packet_verify(s->host, path, s->diags);
  xs_result_text(s, "file", (xs_text){path, strlen(path)});
  xs_exit exit = xs_session_report(s, status);
  json_object_set_new(s->result, "intact", json_boolean(exit <= XS_EXIT_WARNINGS));
  if (!s->json && exit == XS_EXIT_CLEAN) printf(_("%s: every file is as it was sealed\n"), path);
  return exit;
}
