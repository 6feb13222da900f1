#include "survey/survey.h"

#include "base/limits.h"
#include "survey/content.h"
#include "survey/pdf_file.h"

#include <string.h>

void xs_box_widen(xs_box *box, const xs_box *by)
{
  if (by->left < box->left) box->left = by->left;
  if (by->top < box->top) box->top = by->top;
  if (by->right > box->right) box->right = by->right;
  if (by->bottom > box->bottom) box->bottom = by->bottom;
}

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

/* ---- baselines ------------------------------------------------------------------------------- */

/*
 * One face sets its Han characters in the middle of the em, another sets them lower, and whoever
 * sets both in one line moves one of them. A person with a ruler sees ink and no origins: so the
 * em of a character is taken to lie where the ink of its face's Han characters has its middle,
 * 0.38 em above the baseline. A face with few of them is believed less.
 */
enum { MIDDLE_MILLI = 380, DOUBTED = 8, MAX_FACES = 64 };

typedef struct face_mean {
  const char *name;
  int64_t sum_milli; /* of how far the middle of the ink lies above the origin, 1/1000 em */
  int64_t count;
} face_mean;

static face_mean *find_mean(face_mean *means, size_t *count, const char *name)
{
  size_t i = 0;
  while (i < *count && strcmp(means[i].name, name) != 0) i++;
  if (i == *count && i < MAX_FACES) means[(*count)++] = (face_mean){.name = name};
  return i < MAX_FACES ? &means[i] : NULL;
}

static void add_to_mean(face_mean *mean, const xs_seen_char *c)
{
  int64_t middle = ((int64_t)c->ink.top + c->ink.bottom) / 2;
  mean->sum_milli += ((int64_t)c->origin - middle) * 1000 / c->size;
  mean->count++;
}

static void set_baseline(face_mean *means, size_t *count, xs_seen_char *c)
{
  const face_mean *mean = find_mean(means, count, c->font);
  if (!mean || !mean->count) return;
  int64_t off = (mean->sum_milli - mean->count * MIDDLE_MILLI) / (mean->count + DOUBTED);
  c->baseline = xs_len_clamp(c->origin - off * c->size / 1000);
}

static void set_baselines(xs_survey *survey)
{
  face_mean means[MAX_FACES];
  size_t count = 0;
  for (size_t i = 0; i < survey->page_count; i++) {
    const xs_seen_page *page = &survey->pages[i];
    for (size_t j = 0; j < page->char_count; j++) {
      const xs_seen_char *c = &page->chars[j];
      bool counts = xs_seen_is_han(c->codepoint) && !c->blank && !c->turned && c->size > 0;
      face_mean *mean = counts ? find_mean(means, &count, c->font) : NULL;
      if (mean) add_to_mean(mean, c);
    }
  }
  for (size_t i = 0; i < survey->page_count; i++)
    for (size_t j = 0; j < survey->pages[i].char_count; j++)
      set_baseline(means, &count, &survey->pages[i].chars[j]);
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
  if (!status) set_baselines(survey);
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
