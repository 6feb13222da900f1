#include "model/picture.h"

#include "base/limits.h"

#include <string.h>
#include <zlib.h>

/*
 * A PNG is a signature and chunks: length, type, data, CRC. The first chunk is IHDR with the
 * size, the last one IEND. Walking over the chunks finds a file that was cut off, and the CRC
 * one that was damaged, without unpacking a pixel.
 */
enum { SIGNATURE_LEN = 8, CHUNK_HEAD_LEN = 8, CRC_LEN = 4, IHDR_LEN = 13 };

static const unsigned char signature[SIGNATURE_LEN] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static uint32_t read_u32(const unsigned char *p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The length of the sound chunk at `off`, or -1. */
static int64_t chunk_length(const unsigned char *bytes, size_t len, size_t off)
{
  if (off > len || len - off < CHUNK_HEAD_LEN + CRC_LEN) return -1;
  uint32_t data = read_u32(bytes + off);
  if (data > len - off - CHUNK_HEAD_LEN - CRC_LEN) return -1;
  uLong crc = crc32(0, bytes + off + 4, (uInt)(data + 4));
  return crc == read_u32(bytes + off + CHUNK_HEAD_LEN + data) ? (int64_t)data : -1;
}

static bool is_whole(const unsigned char *bytes, size_t len)
{
  if (len < SIGNATURE_LEN || memcmp(bytes, signature, SIGNATURE_LEN) != 0) return false;
  bool has_data = false;
  for (size_t off = SIGNATURE_LEN; off < len;) {
    int64_t data = chunk_length(bytes, len, off);
    if (data < 0) return false;
    const unsigned char *type = bytes + off + 4;
    bool is_first = off == SIGNATURE_LEN;
    if (is_first != (memcmp(type, "IHDR", 4) == 0)) return false;
    if (is_first && data != IHDR_LEN) return false;
    if (memcmp(type, "IDAT", 4) == 0) has_data = true;
    if (memcmp(type, "IEND", 4) == 0) return has_data;
    off += CHUNK_HEAD_LEN + (size_t)data + CRC_LEN;
  }
  return false;
}

xs_status xs_picture_measure(xs_picture *picture, xs_span at, xs_diags *diags)
{
  const unsigned char *bytes = (const unsigned char *)picture->bytes.ptr;
  if (picture->bytes.len > XS_MAX_PICTURE_BYTES) {
    xs_diag(diags, XS_D_PICTURE_SIZE, at, _("picture “%.*s” has more than %u bytes"),
            XS_TEXT(picture->name), XS_MAX_PICTURE_BYTES);
    return XS_EINPUT;
  }
  if (!is_whole(bytes, picture->bytes.len)) {
    xs_diag(diags, XS_D_PICTURE_BROKEN, at, _("“%.*s” is not a whole PNG picture; save it anew"),
            XS_TEXT(picture->name));
    return XS_EINPUT;
  }
  uint32_t width = read_u32(bytes + SIGNATURE_LEN + CHUNK_HEAD_LEN);
  uint32_t height = read_u32(bytes + SIGNATURE_LEN + CHUNK_HEAD_LEN + 4);
  if (width == 0 || height == 0 || width > XS_MAX_PICTURE_SIDE || height > XS_MAX_PICTURE_SIDE ||
      width * height > XS_MAX_PICTURE_PIXELS) {
    xs_diag(diags, XS_D_PICTURE_SIZE, at,
            _("picture “%.*s” has %u × %u pixels; it must have some, at most %u a side and %u in "
              "all: save it smaller"),
            XS_TEXT(picture->name), width, height, XS_MAX_PICTURE_SIDE, XS_MAX_PICTURE_PIXELS);
    return XS_EINPUT;
  }
  picture->width_px = width;
  picture->height_px = height;
  return XS_OK;
}

/* The chunks that the colours of the pixels depend on. */
static bool is_essential(const unsigned char *type)
{
  static const char *const essential[] = {"IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"};
  for (size_t i = 0; i < XS_COUNT(essential); i++)
    if (!memcmp(type, essential[i], 4)) return true;
  return false;
}

xs_status xs_picture_essence(const xs_picture *picture, xs_buf *out)
{
  const unsigned char *bytes = (const unsigned char *)picture->bytes.ptr;
  size_t len = picture->bytes.len, off = SIGNATURE_LEN;
  bool ended = false;
  if (len < SIGNATURE_LEN) return XS_EINPUT;
  xs_buf_add(out, bytes, SIGNATURE_LEN);
  while (!ended) {
    int64_t data = chunk_length(bytes, len, off);
    if (data < 0) return XS_EINPUT;
    size_t whole = CHUNK_HEAD_LEN + (size_t)data + CRC_LEN;
    const unsigned char *type = bytes + off + 4;
    if (is_essential(type)) xs_buf_add(out, bytes + off, whole);
    ended = !memcmp(type, "IEND", 4);
    off += whole;
  }
  return out->status;
}
