#include "support/manuscript.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

static void *need(void *p)
{
  if (p) return p;
  fprintf(stderr, "out of memory\n");
  exit(2);
}

void manuscript_open(manuscript *m, const xs_host *host, const char *title)
{
  xs_arena *a = need(xs_arena_new(host));
  xs_document *doc = need(XS_NEW(a, xs_document));
  xs_section *section = need(XS_NEW(a, xs_section));
  *section = (xs_section){.width = xs_len_of_micron(210000),
                          .height = xs_len_of_micron(297000),
                          .top = xs_len_of_micron(37000),
                          .right = xs_len_of_micron(26000),
                          .bottom = xs_len_of_micron(35000),
                          .left = xs_len_of_micron(28000)};
  xs_text kept = xs_arena_printf(a, "%s", title);
  need((void *)(uintptr_t)kept.ptr);
  *doc = (xs_document){.arena = a, .title = kept, .sections = section, .section_count = 1};
  *m = (manuscript){.doc = doc};
}

void manuscript_add(manuscript *m, xs_role role, int size_pt, xs_text text)
{
  xs_arena *a = m->doc->arena;
  xs_para_style *style = need(XS_NEW(a, xs_para_style));
  xs_inline *words = need(XS_NEW(a, xs_inline));
  xs_block *block = need(XS_PUSH(a, m->blocks, m->count, m->capacity));
  *style = (xs_para_style){.name = XS_LIT("body"),
                           .text = {.role = role, .size = XS_PT(size_pt)},
                           .align = XS_ALIGN_JUSTIFY,
                           .leading = XS_PT(28),
                           .first_indent = 2 * XS_PT(size_pt)};
  *words = (xs_inline){.kind = XS_INLINE_TEXT, .style = style->text};
  words->u.text.text = xs_arena_text(a, text);
  need((void *)(uintptr_t)words->u.text.text.ptr);
  *block = (xs_block){.kind = XS_BLOCK_PARAGRAPH};
  block->u.paragraph.style = style;
  block->u.paragraph.inlines = words;
  block->u.paragraph.inline_count = 1;
}

const xs_document *manuscript_end(manuscript *m)
{
  xs_section *section = (xs_section *)(uintptr_t)m->doc->sections;
  section->blocks = (xs_blocks){m->blocks, m->count};
  return m->doc;
}

bool manuscript_read_list(const char *path, xs_buf *out)
{
  const xs_host *host = xs_host_posix();
  const void *bytes = NULL;
  size_t len = 0;
  bool comment = false;
  if (host->map(host->user, path, XS_MAX_XML_BYTES, &bytes, &len)) return false;
  const char *list = bytes;
  for (size_t i = 0; i < len; i++) {
    if (i == 0 || list[i - 1] == '\n') comment = list[i] == '#';
    if (!comment && list[i] != '\n') xs_buf_add(out, list + i, 1);
  }
  host->unmap(host->user, bytes, len);
  return out->len && !out->status;
}
