#include "model/dump.h"

#include "base/text.h"

void xs_dump_indent(xs_buf *out, unsigned depth)
{
  while (depth--) xs_buf_str(out, "  ");
}

/* numerator / denominator with `decimals` digits behind the point. */
static void write_fraction(xs_buf *out, int64_t numerator, int64_t denominator, int decimals)
{
  int64_t scale = decimals == 1 ? 10 : 100;
  int64_t magnitude = numerator < 0 ? -numerator : numerator;
  int64_t scaled = (magnitude * scale + denominator / 2) / denominator;
  xs_buf_printf(out, "%s%lld.%0*lld", numerator < 0 && scaled ? "-" : "",
                (long long)(scaled / scale), decimals, (long long)(scaled % scale));
}

void xs_dump_pt(xs_buf *out, xs_len len)
{
  write_fraction(out, len, 1024, 2);
}

void xs_dump_mm(xs_buf *out, xs_len len)
{
  write_fraction(out, (int64_t)len * 254, (int64_t)1024 * 720, 1);
}

void xs_dump_text(xs_buf *out, xs_text t)
{
  xs_buf_str(out, "“");
  for (size_t off = 0; off < t.len;) {
    size_t start = off;
    uint32_t c = xs_text_next(t, &off);
    if (c < 0x20 || c == 0x7f) {
      xs_buf_printf(out, "<U+%04X>", (unsigned)c);
    } else {
      xs_buf_add(out, t.ptr + start, off - start);
    }
  }
  xs_buf_str(out, "”");
}

void xs_dump_field(xs_buf *out, unsigned depth, const char *key, xs_text t)
{
  if (!t.len) return;
  xs_dump_indent(out, depth);
  xs_buf_printf(out, "%s ", key);
  xs_dump_text(out, t);
  xs_buf_str(out, "\n");
}

void xs_dump_color(xs_buf *out, xs_color color)
{
  if (color != XS_BLACK) xs_buf_printf(out, " #%06X", (unsigned)color);
}

const char *xs_align_name(xs_align align)
{
  switch (align) {
  case XS_ALIGN_JUSTIFY:
    return "justify";
  case XS_ALIGN_LEFT:
    return "left";
  case XS_ALIGN_CENTER:
    return "center";
  case XS_ALIGN_RIGHT:
    return "right";
  case XS_ALIGN_SPREAD:
    return "spread";
  }
  return "";
}

const char *xs_copy_name(xs_copy copy)
{
  switch (copy) {
  case XS_COPY_FILING:
    return "filing";
  case XS_COPY_PUBLIC:
    return "public";
  case XS_COPY_DRAFT:
    return "draft";
  }
  return "";
}
