/*
 * Lengths are integers, 1/1024 pt, so that the same case gives the same pages everywhere.
 */
#ifndef XS_BASE_LEN_H
#define XS_BASE_LEN_H

#include <stdint.h>

typedef int32_t xs_len;

#define XS_PT(n)   ((xs_len)((n)*1024))
#define XS_LEN_MAX ((xs_len)0x3fffffff)

/* n/1000 mm, rounded to the nearest 1/1024 pt: 1 mm = 72/25.4 pt. */
static inline xs_len xs_len_of_micron(int64_t micron)
{
  int64_t scaled = micron * 72 * 1024 * 10; /* over 25.4 mm in microns, times ten */
  int64_t unit = 254000;
  return (xs_len)((scaled + (scaled < 0 ? -unit / 2 : unit / 2)) / unit);
}

/* n/1000 pt, rounded. */
static inline xs_len xs_len_of_millipt(int64_t millipt)
{
  int64_t scaled = millipt * 1024;
  return (xs_len)((scaled + (scaled < 0 ? -500 : 500)) / 1000);
}

/* A sum or a product as a length: what is longer than XS_LEN_MAX ends there. Two such lengths
 * still add up without overflow. */
static inline xs_len xs_len_clamp(int64_t length)
{
  if (length > XS_LEN_MAX) return XS_LEN_MAX;
  return length < -XS_LEN_MAX ? -XS_LEN_MAX : (xs_len)length;
}

#endif
