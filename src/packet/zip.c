#include "packet/zip.h"

#include "base/date.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <zip.h>

enum {
  PIECE_BYTES = 1 << 16,
  HEADS_BYTES = 30 + 46, /* before an entry and in the table, beside the name */
  FIRST_DOS_YEAR = 1980,
  MODE_SHIFT = 16, /* external attributes: the mode of the file stands in the upper half */
  MODE_KIND = 0170000,
  MODE_REGULAR = 0100000,
  MODE_WRITTEN = 0100644,
};

/* ---- writing ---- */

/* Bits 15–9 years since 1980, 8–5 month, 4–0 day. */
static zip_uint16_t dos_date(uint32_t number)
{
  xs_date d;
  if (!xs_date_of_number(number, &d) || d.year < FIRST_DOS_YEAR)
    d = (xs_date){FIRST_DOS_YEAR, 1, 1};
  return (zip_uint16_t)((d.year - FIRST_DOS_YEAR) << 9 | d.month << 5 | d.day);
}

static bool add_file(zip_t *archive, xs_arena *a, const xs_host_file *file, zip_uint16_t day)
{
  xs_text name = xs_arena_text(a, file->name);
  if (!name.ptr) return false;
  zip_source_t *source = zip_source_buffer(archive, file->ptr, file->len, 0);
  if (!source) return false;
  zip_int64_t at = zip_file_add(archive, name.ptr, source, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    zip_source_free(source);
    return false;
  }
  zip_uint64_t i = (zip_uint64_t)at;
  zip_uint32_t attributes = (zip_uint32_t)MODE_WRITTEN << MODE_SHIFT;
  return zip_set_file_compression(archive, i, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, i, 0, day, 0) == 0 &&
         zip_file_set_external_attributes(archive, i, 0, ZIP_OPSYS_UNIX, attributes) == 0;
}

static xs_status copy_out(zip_source_t *source, xs_buf *out)
{
  zip_stat_t info;
  if (zip_source_stat(source, &info) != 0 || zip_source_open(source) != 0) return XS_ENOMEM;
  char *room = xs_buf_room(out, (size_t)info.size);
  xs_status status = room ? XS_OK : out->status;
  if (room && zip_source_read(source, room, info.size) != (zip_int64_t)info.size)
    status = XS_ENOMEM;
  zip_source_close(source);
  return status;
}

static xs_status write_archive(xs_arena *a, zip_source_t *source, const xs_host_file *files,
                               size_t count, uint32_t date, xs_buf *out)
{
  zip_t *archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  if (!archive) return XS_ENOMEM;
  zip_source_keep(source); /* the archive drops one reference when it is closed */
  for (size_t i = 0; i < count; i++) {
    if (add_file(archive, a, &files[i], dos_date(date))) continue;
    zip_discard(archive);
    return XS_ENOMEM;
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    return XS_ENOMEM;
  }
  return copy_out(source, out);
}

static xs_status check_budget(const xs_host_file *files, size_t count, const xs_buf *out,
                              xs_diags *diags)
{
  if (count > XS_MAX_PACKET_FILES) {
    xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("a packet of more than %u files"),
            XS_MAX_PACKET_FILES);
    return XS_ELIMIT;
  }
  size_t left = out->max - out->len;
  for (size_t i = 0; i < count; i++) {
    size_t needed = files[i].len + 2 * files[i].name.len + HEADS_BYTES;
    if (needed > left) {
      xs_diag(diags, XS_D_LIMIT, XS_NOWHERE, _("an archive of more than %zu bytes"), out->max);
      return XS_ELIMIT;
    }
    left -= needed;
  }
  return XS_OK;
}

/* Everything is in memory and the names have been checked: only memory can run out. */
xs_status xs_zip_write(const xs_host *host, const xs_host_file *files, size_t count, uint32_t date,
                       xs_diags *diags, xs_buf *out)
{
  xs_status status = check_budget(files, count, out, diags);
  if (status) return status;
  status = XS_ENOMEM;
  xs_arena *a = xs_arena_new(host);
  zip_source_t *source = a ? zip_source_buffer_create(NULL, 0, 0, NULL) : NULL;
  if (source) status = write_archive(a, source, files, count, date, out);
  if (source) zip_source_free(source);
  xs_arena_free(a);
  return status;
}

/* ---- reading ---- */

struct xs_zip {
  xs_arena *arena;
  xs_text bytes;
  zip_t *archive;
};

/* To libzip a file of no bytes is an archive of no entries. */
static zip_t *open_bytes(xs_text bytes, int flags, zip_error_t *error)
{
  if (bytes.len == 0) {
    if (error) zip_error_set(error, ZIP_ER_NOZIP, 0);
    return NULL;
  }
  zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, error);
  if (!source) return NULL;
  zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | flags, error);
  if (!archive) zip_source_free(source);
  return archive;
}

static void close_archive(void *archive)
{
  zip_discard(archive);
}

xs_status xs_zip_open(xs_arena *a, xs_text bytes, xs_text shown, xs_diags *diags, xs_zip **out)
{
  *out = NULL;
  zip_error_t error;
  zip_error_init(&error);
  xs_status status = XS_ENOMEM;
  zip_t *archive = open_bytes(bytes, 0, &error);
  xs_zip *zip = archive ? XS_NEW(a, xs_zip) : NULL;
  if (!archive && zip_error_code_zip(&error) != ZIP_ER_MEMORY) {
    xs_diag(diags, XS_D_ZIP_BROKEN, XS_NOWHERE,
            _("“%.*s” is not a ZIP archive that can be read: %s"), XS_TEXT(shown),
            zip_error_strerror(&error));
    status = XS_EINPUT;
  }
  zip_error_fini(&error);
  if (archive && !zip) zip_discard(archive);
  if (!zip) return status;
  if (!xs_arena_defer(a, close_archive, archive)) return XS_ENOMEM;
  *zip = (xs_zip){a, bytes, archive};
  *out = zip;
  return XS_OK;
}

bool xs_zip_contradicts_itself(const xs_zip *zip)
{
  zip_t *strict = open_bytes(zip->bytes, ZIP_CHECKCONS, NULL);
  if (!strict) return true;
  zip_discard(strict);
  return false;
}

size_t xs_zip_count(const xs_zip *zip)
{
  zip_int64_t count = zip_get_num_entries(zip->archive, 0);
  return count < 0 ? 0 : (size_t)count;
}

/* Old Chinese tools write GBK and do not say so. */
static xs_text decode_gb18030(xs_arena *a, const char *raw)
{
  size_t raw_len = strlen(raw);
  size_t room = raw_len * 3 + 1;
  char *text = xs_arena_alloc(a, room);
  if (!text || room > INT32_MAX) return XS_NO_TEXT;
  UErrorCode error = U_ZERO_ERROR;
  int32_t len =
      ucnv_convert("UTF-8", "gb18030", text, (int32_t)room, raw, (int32_t)raw_len, &error);
  return U_SUCCESS(error) ? (xs_text){text, (size_t)len} : XS_NO_TEXT;
}

static bool has_regular_mode(zip_t *archive, zip_uint64_t i)
{
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, i, 0, &system, &attributes) != 0) return false;
  if (system != ZIP_OPSYS_UNIX && system != ZIP_OPSYS_OS_X) return true;
  zip_uint32_t kind = (attributes >> MODE_SHIFT) & MODE_KIND;
  return kind == 0 || kind == MODE_REGULAR;
}

xs_status xs_zip_entry_at(xs_zip *zip, size_t i, xs_zip_entry *out)
{
  zip_stat_t info;
  const char *raw = zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW);
  if (!raw || zip_stat_index(zip->archive, i, 0, &info) != 0) return XS_EINPUT;

  size_t bad = 0;
  xs_text name = xs_text_of(raw);
  if (!xs_text_valid(name, &bad)) name = decode_gb18030(zip->arena, raw);
  if (!name.ptr) return XS_ENOMEM;
  *out = (xs_zip_entry){
      .name = name,
      .len = info.size,
      .packed_len = info.comp_size,
      .encrypted = info.encryption_method != ZIP_EM_NONE,
      .is_regular = !xs_text_ends(name, "/") && has_regular_mode(zip->archive, i),
  };
  return XS_OK;
}

static xs_status read_pieces(zip_file_t *file, uint64_t stated_len,
                             xs_status (*piece)(void *, const void *, size_t), void *arg)
{
  char bytes[PIECE_BYTES];
  uint64_t done = 0;
  for (;;) {
    zip_int64_t n = zip_fread(file, bytes, sizeof bytes);
    if (n < 0) return XS_EINPUT;
    if (n == 0) return done == stated_len ? XS_OK : XS_EINPUT;
    done += (uint64_t)n;
    if (done > stated_len) return XS_ELIMIT;
    xs_status status = piece(arg, bytes, (size_t)n);
    if (status) return status;
  }
}

xs_status xs_zip_read(xs_zip *zip, size_t i, xs_status (*piece)(void *arg, const void *, size_t),
                      void *arg, xs_text *reason)
{
  zip_stat_t info;
  zip_file_t *file = zip_fopen_index(zip->archive, i, 0);
  *reason = XS_NO_TEXT;
  if (!file || zip_stat_index(zip->archive, i, 0, &info) != 0) {
    *reason = xs_arena_text(zip->arena, xs_text_of(zip_strerror(zip->archive)));
    if (file) zip_fclose(file);
    return XS_EINPUT;
  }
  xs_status status = read_pieces(file, info.size, piece, arg);
  if (status == XS_EINPUT) *reason = xs_arena_text(zip->arena, xs_text_of(zip_file_strerror(file)));
  zip_fclose(file);
  return status;
}

static xs_status append(void *arg, const void *bytes, size_t len)
{
  return xs_buf_add(arg, bytes, len);
}

xs_status xs_zip_find(xs_zip *zip, const char *name, size_t max_bytes, xs_buf *out)
{
  zip_stat_t info;
  xs_text reason;
  zip_int64_t at = zip_name_locate(zip->archive, name, ZIP_FL_ENC_RAW);
  if (at < 0 || zip_stat_index(zip->archive, (zip_uint64_t)at, 0, &info) != 0) return XS_EINPUT;
  if (info.size > max_bytes) return XS_EINPUT;
  return xs_zip_read(zip, (size_t)at, append, out, &reason);
}
