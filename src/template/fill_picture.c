/* Pictures: seals, signatures, emblems. Read once each, from the folder of their file only. */
#include "base/limits.h"
#include "base/text.h"
#include "model/picture.h"
#include "template/fill.h"

#include <errno.h>
#include <string.h>

/* No segment may be `..`, and the path starts in the folder. */
static bool stays_in_folder(xs_text path)
{
  if (path.len == 0 || path.ptr[0] == '/') return false;
  for (size_t from = 0; from <= path.len;) {
    size_t end = from;
    while (end < path.len && path.ptr[end] != '/') end++;
    xs_text segment = {path.ptr + from, end - from};
    if (xs_text_is(segment, "..")) return false;
    if (memchr(segment.ptr, '\\', segment.len) || memchr(segment.ptr, ':', segment.len))
      return false;
    from = end + 1;
  }
  return true;
}

static xs_text folder_of(xs_text path)
{
  size_t len = path.len;
  while (len > 0 && path.ptr[len - 1] != '/') len--;
  return (xs_text){path.ptr, len};
}

static xs_status read_picture(xs_fill *f, const xs_host *host, xs_picture *picture, xs_span at)
{
  const void *bytes = NULL;
  size_t len = 0;
  int failed = host->map(host->user, picture->name.ptr, XS_MAX_PICTURE_BYTES, &bytes, &len);
  if (failed && errno == EFBIG) {
    xs_diag(f->diags, XS_D_PICTURE_SIZE, at, _("picture “%.*s” has more than %u bytes"),
            XS_TEXT(picture->name), XS_MAX_PICTURE_BYTES);
    return XS_EINPUT;
  }
  if (failed) {
    xs_diag(f->diags, XS_D_FILE_READ, at, _("picture “%.*s” cannot be read: %s"),
            XS_TEXT(picture->name), strerror(errno));
    return XS_EINPUT;
  }
  picture->bytes = xs_arena_text(f->a, (xs_text){(const char *)bytes, len});
  host->unmap(host->user, bytes, len);
  if (!picture->bytes.ptr) return XS_ENOMEM;
  return xs_picture_measure(picture, at, f->diags);
}

static xs_status find_picture(xs_fill *f, const xs_host *host, xs_text folder, xs_text path,
                              xs_span at, const xs_picture **out)
{
  if (!stays_in_folder(path)) {
    xs_diag(f->diags, XS_D_PICTURE_PATH, at, _("“%.*s” leaves the folder of the file"),
            XS_TEXT(path));
    return XS_EINPUT;
  }
  xs_text name = xs_arena_printf(f->a, "%.*s%.*s", XS_TEXT(folder), XS_TEXT(path));
  if (!name.ptr) return XS_ENOMEM;
  for (size_t i = 0; i < f->picture_count; i++) {
    *out = f->pictures[i];
    if (xs_text_equal((*out)->name, name)) return XS_OK;
  }
  xs_picture *picture = XS_NEW(f->a, xs_picture);
  if (!picture) return XS_ENOMEM;
  picture->name = name;
  xs_status st = read_picture(f, host, picture, at);
  if (st) return st;
  f->pixels += (size_t)picture->width_px * picture->height_px;
  if (f->pixels > XS_MAX_PIXELS) {
    xs_diag(f->diags, XS_D_LIMIT, at,
            _("the pictures of the document have more than %u pixels together: save them smaller"),
            XS_MAX_PIXELS);
    return XS_ELIMIT;
  }
  xs_picture **slot = XS_PUSH(f->a, f->pictures, f->picture_count, f->picture_capacity);
  if (!slot) return XS_ENOMEM;
  *slot = picture;
  *out = picture;
  return XS_OK;
}

/* The picture an element means; NULL on a blank form, or after a diagnostic. */
static xs_status picture_of(xs_fill *f, const xs_node *n, const xmlNode *context,
                            const xs_picture **out, xs_span *from)
{
  *from = XS_NOWHERE;
  const xs_attr *src = xs_node_attr(n, XS_A_SRC);
  if (src) return find_picture(f, f->host, folder_of(n->path), src->text, src->span, out);
  const xs_expression *of = xs_node_expression(n, XS_A_OF);
  if (!of || xs_evaluation_is_blank(&f->ev, of, context)) return XS_EINPUT;
  xs_value v;
  xs_status st = xs_evaluate_value(&f->ev, of, context, &v);
  if (st) return st;
  if (v.is_missing) {
    xs_evaluation_report_missing(&f->ev, of, context);
    return XS_EINPUT;
  }
  *from = v.from;
  const xs_case *kase = f->ev.kase;
  const xs_host *host = kase && kase->files ? kase->files : f->host;
  xs_text folder = kase ? folder_of(kase->path) : XS_NO_TEXT;
  return find_picture(f, host, folder, v.text, v.from.source ? v.from : of->span, out);
}

xs_status xs_fill_picture(xs_fill *f, const xs_node *n, const xmlNode *context, xs_words *words)
{
  const xs_picture *picture = NULL;
  xs_span from;
  xs_status st = picture_of(f, n, context, &picture, &from);
  if (st || !picture) return xs_fill_go_on(st);
  xs_inline *slot = xs_words_push(f, words, XS_INLINE_PICTURE, n->span, from);
  if (!slot) return XS_ENOMEM;
  xs_len em = words->style.size;
  xs_len width = xs_node_length(n, XS_A_WIDTH, em, em);
  if (width < 1) width = 1;
  xs_len natural = xs_len_clamp((int64_t)width * picture->height_px / picture->width_px);
  if (natural < 1) natural = 1;
  slot->u.picture.picture = picture;
  slot->u.picture.width = width;
  slot->u.picture.height = xs_node_length(n, XS_A_HEIGHT, em, natural);
  slot->u.picture.place = xs_node_is(n, XS_A_PLACE, "over") ? XS_PICTURE_OVER : XS_PICTURE_INLINE;
  slot->u.picture.dx = xs_node_length(n, XS_A_DX, em, 0);
  slot->u.picture.dy = xs_node_length(n, XS_A_DY, em, 0);
  return XS_OK;
}
