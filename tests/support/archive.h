/*
 * Archives written byte by byte, so that a test can make them lie. Entries are stored; each field
 * that an attacker would touch can be set by itself.
 */
#ifndef TESTS_ARCHIVE_H
#define TESTS_ARCHIVE_H

#include "base/buf.h"
#include "base/limits.h"

#include <zlib.h>

typedef struct archive_entry {
  const char *name;
  const char *bytes;
  size_t len;
  const char *local_name; /* in the head of the entry; NULL: the same */
  uint32_t stated_len;    /* 0: the true one */
  uint32_t stated_packed; /* 0: the true one */
  uint16_t flags;         /* bit 0: encrypted, bit 11: UTF-8 */
  uint16_t method;        /* 0 stored, 8 deflated */
  uint32_t attributes;    /* the mode in the upper half */
  bool wrong_checksum;
} archive_entry;

static void put16(xs_buf *b, uint32_t v)
{
  const unsigned char bytes[] = {(unsigned char)v, (unsigned char)(v >> 8)};
  (void)xs_buf_add(b, bytes, sizeof bytes);
}

static void put32(xs_buf *b, uint32_t v)
{
  put16(b, v & 0xffff);
  put16(b, v >> 16);
}

/* What the head of an entry and the table at the end have in common. */
static void put_common(xs_buf *b, const archive_entry *e)
{
  uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)e->bytes, (uInt)e->len);
  put16(b, 20);
  put16(b, e->flags);
  put16(b, e->method);
  put16(b, 0);
  put16(b, (45 << 9) | (5 << 5) | 9);
  put32(b, e->wrong_checksum ? crc ^ 1 : crc);
  put32(b, e->stated_packed ? e->stated_packed : (uint32_t)e->len);
  put32(b, e->stated_len ? e->stated_len : (uint32_t)e->len);
}

static void put_head(xs_buf *b, const archive_entry *e)
{
  const char *name = e->local_name ? e->local_name : e->name;
  put32(b, 0x04034b50);
  put_common(b, e);
  put16(b, (uint32_t)strlen(name));
  put16(b, 0);
  (void)xs_buf_str(b, name);
  (void)xs_buf_add(b, e->bytes, e->len);
}

static void put_row(xs_buf *b, const archive_entry *e, uint32_t off)
{
  put32(b, 0x02014b50);
  put16(b, (3 << 8) | 20);
  put_common(b, e);
  put16(b, (uint32_t)strlen(e->name));
  put16(b, 0);
  put16(b, 0);
  put16(b, 0);
  put16(b, 0);
  put32(b, e->attributes ? e->attributes : 0100644u << 16);
  put32(b, off);
  (void)xs_buf_str(b, e->name);
}

/* Appends the archive to `b`. */
static inline void archive_write(xs_buf *b, const archive_entry *entries, size_t count)
{
  uint32_t offs[64];
  assert_true(count <= XS_COUNT(offs));
  for (size_t i = 0; i < count; i++) {
    offs[i] = (uint32_t)b->len;
    put_head(b, &entries[i]);
  }
  uint32_t table = (uint32_t)b->len;
  for (size_t i = 0; i < count; i++) put_row(b, &entries[i], offs[i]);
  uint32_t table_len = (uint32_t)b->len - table;
  put32(b, 0x06054b50);
  put32(b, 0);
  put16(b, (uint32_t)count);
  put16(b, (uint32_t)count);
  put32(b, table_len);
  put32(b, table);
  put16(b, 0);
}

#endif
