/*
 * Prints what the engine sees on the pages of a PDF, for another program to compare:
 *
 *   survey FILE.pdf
 *   page NUMBER WIDTH HEIGHT
 *   char X Y SIZE CODEPOINT TURNED FONT
 *   rule X1 Y1 X2 Y2 THICKNESS
 *   picture LEFT TOP RIGHT BOTTOM
 *
 * in points from the upper left corner.
 */
#include "survey/survey.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdio.h>

static double pt(xs_len len)
{
  return (double)len / 1024;
}

static void print_page(const xs_seen_page *page, size_t number)
{
  printf("page %zu %.3f %.3f\n", number, pt(page->width), pt(page->height));
  for (size_t i = 0; i < page->char_count; i++) {
    const xs_seen_char *c = &page->chars[i];
    printf("char %.3f %.3f %.3f %04X %d %s\n", pt(c->x), pt(c->origin), pt(c->size),
           (unsigned)c->codepoint, c->turned, c->font);
  }
  for (size_t i = 0; i < page->rule_count; i++) {
    const xs_seen_rule *r = &page->rules[i];
    printf("rule %.3f %.3f %.3f %.3f %.3f\n", pt(r->x1), pt(r->y1), pt(r->x2), pt(r->y2),
           pt(r->thickness));
  }
  for (size_t i = 0; i < page->picture_count; i++) {
    const xs_box *b = &page->pictures[i].box;
    printf("picture %.3f %.3f %.3f %.3f\n", pt(b->left), pt(b->top), pt(b->right), pt(b->bottom));
  }
}

int main(int argc, char **argv)
{
  const xs_host *host = xs_host_posix();
  const void *ptr = NULL;
  size_t len = 0;
  xs_survey *survey = NULL;
  xs_diag_view view;
  if (argc != 2 || host->map(host->user, argv[1], XS_MAX_PDF_BYTES, &ptr, &len)) {
    fprintf(stderr, "usage: survey FILE.pdf\n");
    return 3;
  }
  xs_diags *diags = xs_diags_new(host);
  xs_status status = xs_survey_read(host, xs_text_of(argv[1]), (xs_text){ptr, len}, diags, &survey);
  for (size_t i = 0; xs_diags_view(diags, i, &view); i++)
    fprintf(stderr, "%.*s\n", XS_TEXT(view.text));
  for (size_t i = 0; survey && i < survey->page_count; i++) print_page(&survey->pages[i], i + 1);
  xs_survey_free(survey);
  xs_diags_free(diags);
  host->unmap(host->user, ptr, len);
  return status ? 2 : 0;
}
