/* xieshang eval: the value of one template expression. */
#include "base/diag.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

xs_exit xs_cli_eval(xs_session *s);

static json_t *json_of_function(const xs_function_info *f)
{
  json_t *object = json_object();
  json_object_set_new(object, "name", json_string(f->name));
  json_object_set_new(object, "arguments", json_string(f->arguments));
  json_object_set_new(object, "example", json_string(f->example));
  json_object_set_new(object, "result", json_string(f->result));
  json_object_set_new(object, "what", json_string(f->what));
  return object;
}

static xs_exit list_functions(xs_session *s)
{
  json_t *all = json_array();
  xs_function_info f;
  for (size_t i = 0; xs_engine_function_at(i, &f); i++) {
    if (s->json)
      json_array_append_new(all, json_of_function(&f));
    else
      printf("%s(%s)\n    %s\n    %s → %s\n", f.name, f.arguments, f.what, f.example, f.result);
  }
  json_object_set_new(s->result, "functions", all);
  return XS_EXIT_CLEAN;
}

xs_exit xs_cli_eval(xs_session *s)
{
  xs_render_options options;
  xs_case *kase = NULL;
  xs_bytes value = {0};
  if (xs_args_given(s->args, XS_OPTION_LIST)) return list_functions(s);
  if (s->args->operand_count == 0) {
    xs_usage_error(s->args->command, "%s", _("an expression is missing"));
    return XS_EXIT_USAGE;
  }
  if (!xs_args_render_options(s->args, &options)) return XS_EXIT_USAGE;
  const char *expression = s->args->operands[0];
  xs_status status = xs_session_case(s, &kase);
  if (!status)
    status = xs_engine_eval(s->engine, (xs_text){expression, strlen(expression)}, kase, &options,
                            s->diags, &value);
  if (!status) xs_result_text(s, "value", (xs_text){value.ptr, value.len});
  if (!status && !s->json) printf("%.*s\n", (int)value.len, (const char *)value.ptr);
  xs_exit exit = xs_session_report(s, status);
  xs_bytes_free(&value);
  xs_case_free(kase);
  return exit;
}
