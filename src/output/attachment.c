#include "output/attachment.h"

#include "base/text.h"
#include "output/metadata.h"

#include <stdlib.h>

/* Order of UTF-16: what lies above U+FFFF begins with D800 to DBFF, before U+E000. */
static int compare_characters(uint32_t c, uint32_t d)
{
  bool c_first = (c > 0xffff) == (d > 0xffff) ? c < d : c > 0xffff ? d >= 0xe000 : c < 0xe000;
  return c_first ? -1 : 1;
}

/* A name tree is sorted by the bytes of its keys, which are UTF-16. */
static int compare_names(const void *a, const void *b)
{
  const xs_pdf_attachment *const *x = a, *const *y = b;
  size_t at_x = 0, at_y = 0;
  for (;;) {
    uint32_t c = xs_text_next((*x)->name, &at_x), d = xs_text_next((*y)->name, &at_y);
    if (c != d) return compare_characters(c, d);
    if (!c) return 0;
  }
}

static HPDF_Dict make_file(xs_haru *h, xs_deflater *deflater, const xs_pdf_options *options,
                           const xs_pdf_attachment *attachment)
{
  char mime[HPDF_LIMIT_MAX_NAME_LEN + 1];
  xs_text packed = XS_NO_TEXT;
  xs_haru_fail(h, xs_deflate(deflater, h->arena, attachment->bytes, &packed));
  if (xs_haru_status(h)) return NULL;

  HPDF_Dict file = xs_haru_stream(h, packed, "FlateDecode");
  HPDF_Dict params = xs_haru_dict(h);
  /* PDF/A-3 wants to know the kind of each. */
  xs_text kind = attachment->mime.len ? attachment->mime : XS_LIT("application/octet-stream");
  size_t len = kind.len < sizeof mime ? kind.len : sizeof mime - 1;
  for (size_t i = 0; i < len; i++) mime[i] = kind.ptr[i];
  mime[len] = 0;
  xs_haru_set_name(file, "Type", "EmbeddedFile");
  xs_haru_set_name(file, "Subtype", mime);
  xs_haru_set_number(params, "Size", (int64_t)attachment->bytes.len);
  xs_metadata_set_dates(h, params, options->date, "CreationDate", "ModDate");
  xs_haru_set(file, "Params", params);
  return file;
}

static HPDF_Dict make_specification(xs_haru *h, xs_deflater *deflater,
                                    const xs_pdf_options *options,
                                    const xs_pdf_attachment *attachment)
{
  HPDF_Dict specification = xs_haru_indirect_dict(h);
  HPDF_Dict files = xs_haru_dict(h);
  HPDF_Dict file = make_file(h, deflater, options, attachment);
  xs_haru_set(files, "F", file);
  xs_haru_set(files, "UF", file);
  xs_haru_set_name(specification, "Type", "Filespec");
  xs_haru_set(specification, "F", xs_haru_text(h, attachment->name));
  xs_haru_set(specification, "UF", xs_haru_text(h, attachment->name));
  if (attachment->description.len) {
    xs_haru_set(specification, "Desc", xs_haru_text(h, attachment->description));
  }
  xs_haru_set(specification, "EF", files);
  xs_haru_set_name(specification, "AFRelationship", "Source");
  return specification;
}

xs_status xs_attachments_write(xs_haru *h, xs_deflater *deflater, const xs_pdf_options *options,
                               xs_digest *digest)
{
  size_t count = options->attachment_count;
  if (!count) return XS_OK;
  const xs_pdf_attachment **sorted = XS_NEW_ARRAY(h->arena, count, const xs_pdf_attachment *);
  if (!sorted) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) sorted[i] = &options->attachments[i];
  qsort(sorted, count, sizeof *sorted, compare_names);

  HPDF_Array names = xs_haru_array(h), all = xs_haru_array(h);
  for (size_t i = 0; i < count; i++) {
    HPDF_Dict specification = make_specification(h, deflater, options, sorted[i]);
    xs_haru_push(names, xs_haru_utf16(h, sorted[i]->name));
    xs_haru_push(names, specification);
    xs_haru_push(all, specification);
    xs_digest_add(digest, sorted[i]->name.ptr, sorted[i]->name.len);
    xs_digest_add(digest, sorted[i]->bytes.ptr, sorted[i]->bytes.len);
  }
  HPDF_Dict tree = xs_haru_dict(h), name_trees = xs_haru_dict(h);
  xs_haru_set(tree, "Names", names);
  xs_haru_set(name_trees, "EmbeddedFiles", tree);
  xs_haru_set(h->doc->catalog, "Names", name_trees);
  xs_haru_set(h->doc->catalog, "AF", all);
  return xs_haru_status(h);
}
