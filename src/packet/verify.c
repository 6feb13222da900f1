/*
 * Is a packet's archive still what was written? Nothing is unpacked to the disk; entries go
 * piece by piece through the digest and are forgotten.
 *
 * The archive is not trusted: what could harm whoever unpacks it is named first, and an entry
 * whose head is a lie or a danger is not read.
 */
#include "packet/verify.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "packet/manifest.h"
#include "packet/name.h"
#include "packet/zip.h"

#include <errno.h>
#include <string.h>

typedef struct entry {
  xs_zip_entry zip;
  xs_text key;
  bool readable; /* may be unpacked within our budgets */
  bool listed;
} entry;

typedef struct verifier {
  const xs_host *host;
  xs_arena *a;
  xs_diags *diags;
  xs_text shown; /* the archive, for messages */
  xs_text bytes;
  xs_zip *zip;
  entry *entries;
  size_t count;
  xs_buf manifest_bytes;
  xs_manifest manifest;
} verifier;

/* ---- the table of the archive ---- */

static bool check_size(verifier *v, entry *e)
{
  uint64_t packed = e->zip.packed_len ? e->zip.packed_len : 1;
  bool fits = e->zip.len <= XS_MAX_ZIP_BYTES && e->zip.len / packed <= XS_MAX_ZIP_RATIO;
  if (!fits)
    xs_diag(v->diags, XS_D_ZIP_BOMB, XS_NOWHERE,
            _("“%.*s” unpacks from %llu to %llu bytes, which is more than a paper can"),
            XS_TEXT(e->zip.name), (unsigned long long)e->zip.packed_len,
            (unsigned long long)e->zip.len);
  return fits;
}

static void check_entry(verifier *v, entry *e)
{
  xs_text name = e->zip.name;
  const char *danger = xs_name_danger(name);
  if (danger)
    xs_diag(v->diags, XS_D_ZIP_PATH, XS_NOWHERE, _("the entry “%.*s” must not be unpacked: %s"),
            XS_TEXT(name), _(danger));
  if (e->zip.encrypted)
    xs_diag(v->diags, XS_D_ZIP_ENCRYPTED, XS_NOWHERE, _("the entry “%.*s” is encrypted"),
            XS_TEXT(name));
  if (!e->zip.is_regular)
    xs_diag(v->diags, XS_D_ZIP_LINK, XS_NOWHERE, _("the entry “%.*s” is not a regular file"),
            XS_TEXT(name));
  e->readable = check_size(v, e) && !e->zip.encrypted && e->zip.is_regular;
}

static void check_duplicate(verifier *v, size_t i)
{
  for (size_t k = 0; k < i; k++) {
    if (!xs_text_equal(v->entries[k].key, v->entries[i].key)) continue;
    xs_diag(v->diags, XS_D_ZIP_DUPLICATE, XS_NOWHERE,
            _("the entries “%.*s” and “%.*s” are one file on some systems"),
            XS_TEXT(v->entries[k].zip.name), XS_TEXT(v->entries[i].zip.name));
    return;
  }
}

/* Entries that lie over one another unpack to more than there is: their packed lengths then add
 * up to more than the archive has. */
static xs_status check_total(verifier *v)
{
  uint64_t len = 0, packed_len = 0;
  for (size_t i = 0; i < v->count; i++) {
    const xs_zip_entry *e = &v->entries[i].zip;
    len = e->len > UINT64_MAX - len ? UINT64_MAX : len + e->len;
    packed_len = e->packed_len > UINT64_MAX - packed_len ? UINT64_MAX : packed_len + e->packed_len;
  }
  if (len <= XS_MAX_ZIP_BYTES && packed_len <= v->bytes.len) return XS_OK;
  xs_diag(v->diags, XS_D_ZIP_BOMB, XS_NOWHERE,
          _("“%.*s” would unpack to %llu bytes from entries of %llu bytes in all"),
          XS_TEXT(v->shown), (unsigned long long)len, (unsigned long long)packed_len);
  return XS_EINPUT;
}

static xs_status read_table(verifier *v)
{
  v->count = xs_zip_count(v->zip);
  if (v->count > XS_MAX_PACKET_FILES) {
    xs_diag(v->diags, XS_D_ZIP_BOMB, XS_NOWHERE, _("“%.*s” has %zu entries, %u at most are read"),
            XS_TEXT(v->shown), v->count, XS_MAX_PACKET_FILES);
    return XS_EINPUT;
  }
  v->entries = XS_NEW_ARRAY(v->a, v->count, entry);
  if (v->count && !v->entries) return XS_ENOMEM;
  for (size_t i = 0; i < v->count; i++) {
    entry *e = &v->entries[i];
    xs_status status = xs_zip_entry_at(v->zip, i, &e->zip);
    if (status == XS_EINPUT)
      xs_diag(v->diags, XS_D_ZIP_BROKEN, XS_NOWHERE, _("entry %zu of “%.*s” cannot be read"), i + 1,
              XS_TEXT(v->shown));
    if (status) return status;
    e->key = xs_name_key(v->a, e->zip.name);
    if (!e->key.ptr) return XS_ENOMEM;
    check_entry(v, e);
    check_duplicate(v, i);
  }
  return check_total(v);
}

/* ---- against the manifest ---- */

static entry *find(verifier *v, xs_text name)
{
  for (size_t i = 0; i < v->count; i++)
    if (xs_text_equal(v->entries[i].zip.name, name)) return &v->entries[i];
  return NULL;
}

static xs_status append(void *buf, const void *bytes, size_t len)
{
  return xs_buf_add(buf, bytes, len);
}

static xs_status digest(void *d, const void *bytes, size_t len)
{
  xs_digest_add(d, bytes, len);
  return XS_OK;
}

/* Says why an entry cannot be read; any other failure is passed on. */
static xs_status read_entry(verifier *v, const entry *e,
                            xs_status (*piece)(void *, const void *, size_t), void *arg)
{
  xs_text reason = XS_NO_TEXT;
  xs_status status = xs_zip_read(v->zip, (size_t)(e - v->entries), piece, arg, &reason);
  if (status == XS_ELIMIT)
    xs_diag(v->diags, XS_D_ZIP_BOMB, XS_NOWHERE, _("“%.*s” unpacks to more than it says"),
            XS_TEXT(e->zip.name));
  if (status == XS_EINPUT)
    xs_diag(v->diags, XS_D_ENTRY_CHANGED, XS_NOWHERE, _("“%.*s” cannot be unpacked: %.*s"),
            XS_TEXT(e->zip.name), XS_TEXT(reason));
  return status;
}

static xs_status read_whole(verifier *v, const entry *e, xs_buf *out)
{
  if (e->readable && e->zip.len <= XS_MAX_MANIFEST_BYTES) return read_entry(v, e, append, out);
  xs_diag(v->diags, XS_D_MANIFEST, XS_NOWHERE, _("“%.*s” cannot be used as it is"),
          XS_TEXT(e->zip.name));
  return XS_EINPUT;
}

static void report_missing(verifier *v, xs_text name)
{
  xs_diag(v->diags, XS_D_ENTRY_MISSING, XS_NOWHERE, _("“%.*s” is missing from “%.*s”"),
          XS_TEXT(name), XS_TEXT(v->shown));
}

static xs_status compare_digest(verifier *v, const entry *e, const xs_manifest_file *file)
{
  char hex[65] = "";
  xs_digest *d = xs_digest_new(v->host);
  if (!d) return XS_ENOMEM;
  xs_status status = read_entry(v, e, digest, d);
  if (!status) status = xs_digest_end(d, hex);
  xs_digest_free(d);
  if (status || xs_text_is(file->sha256, hex)) return status;
  xs_diag(v->diags, XS_D_ENTRY_CHANGED, XS_NOWHERE, _("“%.*s” is not the file that was filed"),
          XS_TEXT(file->name));
  xs_diag_note(v->diags, XS_NOWHERE, _("SHA-256 was %.*s, is %s"), XS_TEXT(file->sha256), hex);
  return XS_EINPUT;
}

static xs_status check_file(verifier *v, const xs_manifest_file *file)
{
  entry *e = find(v, file->name);
  if (!e) {
    report_missing(v, file->name);
    return XS_EINPUT;
  }
  e->listed = true;
  if (e->zip.len != file->len) {
    xs_diag(v->diags, XS_D_ENTRY_CHANGED, XS_NOWHERE, _("“%.*s” had %llu bytes and has %llu now"),
            XS_TEXT(file->name), (unsigned long long)file->len, (unsigned long long)e->zip.len);
    return XS_EINPUT;
  }
  return e->readable ? compare_digest(v, e, file) : XS_EINPUT;
}

static xs_status check_files(verifier *v)
{
  for (size_t i = 0; i < v->manifest.count; i++) {
    xs_status status = check_file(v, &v->manifest.files[i]);
    if (status && status != XS_EINPUT && status != XS_ELIMIT) return status;
  }
  for (size_t i = 0; i < v->count; i++) {
    const entry *e = &v->entries[i];
    if (!e->listed)
      xs_diag(v->diags, XS_D_ENTRY_UNLISTED, XS_NOWHERE,
              _("“%.*s” is in “%.*s”, but not in its manifest"), XS_TEXT(e->zip.name),
              XS_TEXT(v->shown));
  }
  return XS_OK;
}

static xs_status read_manifest(verifier *v)
{
  entry *e = find(v, XS_LIT(XS_MANIFEST_NAME));
  if (!e) {
    report_missing(v, XS_LIT(XS_MANIFEST_NAME));
    return XS_EINPUT;
  }
  e->listed = true;
  xs_status status = read_whole(v, e, &v->manifest_bytes);
  if (status) return status;
  return xs_manifest_read(v->a, xs_buf_view(&v->manifest_bytes), v->shown, v->diags, &v->manifest);
}

/* What SHA256SUMS must be, given the manifest. */
static xs_status expect_sums(verifier *v, xs_buf *out)
{
  char hex[65];
  xs_status status = xs_digest_hex(v->manifest_bytes.ptr, v->manifest_bytes.len, hex);
  for (size_t i = 0; i < v->manifest.count && !status; i++)
    status = xs_sums_line(out, v->manifest.files[i].sha256, v->manifest.files[i].name);
  if (!status) status = xs_sums_line(out, xs_text_of(hex), XS_LIT(XS_MANIFEST_NAME));
  return status;
}

/* The one place that tells when the manifest itself was changed. */
static xs_status check_sums(verifier *v)
{
  entry *e = find(v, XS_LIT(XS_SUMS_NAME));
  if (!e) {
    report_missing(v, XS_LIT(XS_SUMS_NAME));
    return XS_EINPUT;
  }
  e->listed = true;
  xs_buf found, expected;
  xs_buf_init(&found, v->host, XS_MAX_MANIFEST_BYTES);
  xs_buf_init(&expected, v->host, XS_MAX_MANIFEST_BYTES);
  xs_status status = read_whole(v, e, &found);
  if (!status) status = expect_sums(v, &expected);
  if (!status && !xs_text_equal(xs_buf_view(&found), xs_buf_view(&expected))) {
    xs_diag(v->diags, XS_D_ENTRY_CHANGED, XS_NOWHERE,
            _("“%s” and the manifest do not agree: one of them was changed"), XS_SUMS_NAME);
    status = XS_EINPUT;
  }
  xs_buf_free(&found);
  xs_buf_free(&expected);
  return status;
}

/* ---- from start to end ---- */

static xs_status verify(verifier *v)
{
  xs_status status = xs_zip_open(v->a, v->bytes, v->shown, v->diags, &v->zip);
  if (!status) status = read_table(v);
  if (status) return status;
  if (xs_zip_contradicts_itself(v->zip))
    xs_diag(v->diags, XS_D_ZIP_BROKEN, XS_NOWHERE, _("“%.*s” contradicts itself about its entries"),
            XS_TEXT(v->shown));
  status = read_manifest(v);
  if (!status) {
    xs_status sums = check_sums(v);
    status = sums == XS_EINPUT || sums == XS_ELIMIT ? XS_OK : sums;
  }
  if (!status) status = check_files(v);
  return status;
}

static xs_status report_unreadable(const char *path, xs_diags *diags)
{
  int error = errno;
  xs_diag(diags, XS_D_FILE_READ, XS_NOWHERE, _("“%s” cannot be read: %s"), path, strerror(error));
  return error == EFBIG ? XS_ELIMIT : XS_EIO;
}

static xs_status copy_log(xs_arena *a, const xs_manifest *manifest, xs_packet_log *out)
{
  if (!manifest->case_id.ptr) return XS_OK;
  out->case_id = xs_arena_text(a, manifest->case_id);
  out->head = xs_arena_text(a, manifest->log_head);
  return out->case_id.ptr && out->head.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_packet_verify_log(xs_arena *a, const xs_host *host, const char *path, xs_diags *diags,
                               xs_packet_log *out)
{
  const void *ptr = NULL;
  size_t len = 0;
  size_t before = xs_diags_count(diags, XS_ERROR);
  *out = (xs_packet_log){XS_LIT(""), XS_LIT("")};
  if (host->map(host->user, path, XS_MAX_ZIP_BYTES, &ptr, &len) != 0)
    return report_unreadable(path, diags);

  verifier v = {
      .host = host,
      .a = xs_arena_new(host),
      .diags = diags,
      .shown = xs_text_of(path),
      .bytes = {ptr, len},
  };
  xs_buf_init(&v.manifest_bytes, host, XS_MAX_MANIFEST_BYTES);
  xs_status status = v.a ? verify(&v) : XS_ENOMEM;
  xs_status copied = copy_log(a, &v.manifest, out);
  xs_buf_free(&v.manifest_bytes);
  xs_arena_free(v.a);
  host->unmap(host->user, ptr, len);
  if (!status) status = copied;
  return status ? status : xs_diags_since(diags, before);
}

xs_status xs_packet_verify(const xs_host *host, const char *path, xs_diags *diags)
{
  xs_packet_log log;
  xs_arena *a = xs_arena_new(host);
  xs_status status = a ? xs_packet_verify_log(a, host, path, diags, &log) : XS_ENOMEM;
  xs_arena_free(a);
  return status;
}
