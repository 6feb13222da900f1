/*
 * One paper as PDF, through the public headers of libxieshang only.
 *
 *   cc render.c $(pkg-config --cflags --libs xieshang) -o render
 *   ./render /usr/local/share/xieshang offer-workers case.xml offer.pdf
 */
#include <xieshang/base.h>
#include <xieshang/engine.h>

#include <stdio.h>

/* Prints what the engine has to say; a real program would show it beside the source. */
static void print_diags(const xs_diags *diags)
{
  xs_diag_view view;
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    fprintf(stderr, "%.*s:%u:%u: %.*s\n", XS_TEXT(view.file), (unsigned)view.line,
            (unsigned)view.column, XS_TEXT(view.text));
}

static xs_status render(const char *const *args, xs_diags *diags)
{
  const xs_host *host = xs_host_posix();
  const xs_render_options options = {.copy = XS_COPY_FILING};
  xs_engine *engine = NULL;
  xs_case *kase = NULL;
  xs_bytes pdf = {0};

  xs_status status = xs_engine_open(host, args[1], diags, &engine);
  if (!status) status = xs_engine_case(engine, args[3], diags, &kase);
  if (!status) status = xs_engine_render(engine, args[2], kase, &options, diags, &pdf);
  if (!status && host->save(host->user, args[4], pdf.ptr, pdf.len) != 0) status = XS_EIO;

  xs_bytes_free(&pdf);
  xs_case_free(kase);
  xs_engine_close(engine);
  return status;
}

int main(int argc, char **argv)
{
  if (argc != 5) {
    fprintf(stderr, "usage: render DATA-FOLDER TEMPLATE CASE.xml OUT.pdf\n");
    return 3;
  }
  xs_diags *diags = xs_diags_new(xs_host_posix());
  if (!diags) return 4;
  xs_status status = render((const char *const *)argv, diags);
  print_diags(diags);
  xs_diags_free(diags);
  return status ? 2 : 0;
}
