#include "survey/survey.h"

#include "base/limits.h"
#include "survey/content.h"
#include "survey/pdf_file.h"

static xs_status read_page(xs_content_reader *r, size_t i, xs_seen_page *page)
{
  xs_pdf_page raw;
  xs_status status = xs_pdf_file_page(r->file, r->a, i, &raw);
  if (status) return status;
  page->width = raw.width;
  page->height = raw.height;
  return xs_content_read(r, i, raw.content, page);
}

static xs_status read_pages(xs_survey *survey, xs_pdf_file *file)
{
  xs_content_reader r = {.a = survey->arena, .file = file};
  size_t count = xs_pdf_file_page_count(file);
  survey->pages = XS_NEW_ARRAY(survey->arena, count, xs_seen_page);
  if (!survey->pages) return XS_ENOMEM;
  survey->page_count = count;
  xs_status status = XS_OK;
  for (size_t i = 0; !status && i < count; i++) status = read_page(&r, i, &survey->pages[i]);
  return status;
}

xs_status xs_survey_read(const xs_host *host, xs_text name, xs_text bytes, xs_diags *diags,
                         xs_survey **out)
{
  *out = NULL;
  xs_pdf_file *file = NULL;
  xs_arena *a = xs_arena_new(host);
  xs_survey *survey = a ? XS_NEW(a, xs_survey) : NULL;
  xs_status status = XS_ENOMEM;
  if (!survey) goto done;
  survey->arena = a;
  status = xs_pdf_file_open(a, name, bytes, diags, &file);
  if (!status) status = read_pages(survey, file);
  status = xs_diags_arena(diags, a, status);
done:
  xs_pdf_file_close(file);
  if (status)
    xs_arena_free(a);
  else
    *out = survey;
  return status;
}

void xs_survey_free(xs_survey *survey)
{
  if (survey) xs_arena_free(survey->arena);
}
