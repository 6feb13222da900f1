#include "packet/manifest.h"

#include "base/digest.h"
#include "base/limits.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

/* sha256sum reads the name to the end of the line; our names hold neither \ nor a line end. */
xs_status xs_sums_line(xs_buf *out, xs_text sha256, xs_text name)
{
  return xs_buf_printf(out, "%.*s  %.*s\n", XS_TEXT(sha256), XS_TEXT(name));
}

static xs_status broken(xs_diags *diags, xs_text shown, const char *why)
{
  xs_diag(diags, XS_D_MANIFEST, XS_NOWHERE, _("the manifest of “%.*s” cannot be used: %s"),
          XS_TEXT(shown), why);
  return XS_EINPUT;
}

static bool is_digest(const char *s)
{
  if (!s || strlen(s) != XS_DIGEST_HEX_LEN) return false;
  return strspn(s, "0123456789abcdef") == XS_DIGEST_HEX_LEN;
}

static xs_text copy_string(xs_arena *a, const json_t *string)
{
  return xs_arena_text(a, (xs_text){json_string_value(string), json_string_length(string)});
}

static xs_status read_file(xs_arena *a, const json_t *item, xs_manifest_file *out)
{
  const json_t *name = json_object_get(item, "name");
  const json_t *size = json_object_get(item, "size");
  const json_t *digest = json_object_get(item, "sha256");
  if (!json_is_string(name) || !json_is_integer(size) || json_integer_value(size) < 0 ||
      !is_digest(json_string_value(digest)))
    return XS_EINPUT;
  *out = (xs_manifest_file){
      .name = copy_string(a, name),
      .sha256 = copy_string(a, digest),
      .len = (uint64_t)json_integer_value(size),
  };
  return out->name.ptr && out->sha256.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status read_files(xs_arena *a, const json_t *root, xs_text shown, xs_diags *diags,
                            xs_manifest *out)
{
  const char *format = json_string_value(json_object_get(root, "format"));
  const json_t *list = json_object_get(root, "files");
  if (!format || strcmp(format, XS_MANIFEST_FORMAT) != 0)
    return broken(diags, shown, _("its format is not " XS_MANIFEST_FORMAT));
  size_t count = json_array_size(list);
  if (!json_is_array(list) || count > XS_MAX_PACKET_FILES)
    return broken(diags, shown, _("it has no list of files"));
  xs_manifest_file *files = XS_NEW_ARRAY(a, count, xs_manifest_file);
  if (count && !files) return XS_ENOMEM;
  for (size_t i = 0; i < count; i++) {
    xs_status status = read_file(a, json_array_get(list, i), &files[i]);
    if (status == XS_EINPUT) return broken(diags, shown, _("a file without name, size or digest"));
    if (status) return status;
  }
  *out = (xs_manifest){.files = files, .count = count};
  return XS_OK;
}

/* The log that the packet speaks of; one without is of a case that came from a file. */
static xs_status read_log(xs_arena *a, const json_t *root, xs_manifest *out)
{
  const json_t *id = json_object_get(json_object_get(root, "case"), "id");
  const json_t *head = json_object_get(json_object_get(root, "log"), "head");
  out->case_id = json_is_string(id) ? copy_string(a, id) : XS_LIT("");
  out->log_head = is_digest(json_string_value(head)) ? copy_string(a, head) : XS_LIT("");
  return out->case_id.ptr && out->log_head.ptr ? XS_OK : XS_ENOMEM;
}

xs_status xs_manifest_read(xs_arena *a, xs_text bytes, xs_text shown, xs_diags *diags,
                           xs_manifest *out)
{
  json_error_t error;
  json_t *root = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
  if (!root) {
    if (json_error_code(&error) == json_error_out_of_memory) return XS_ENOMEM;
    return broken(diags, shown, error.text);
  }
  xs_status status = read_files(a, root, shown, diags, out);
  if (!status) status = read_log(a, root, out);
  json_decref(root);
  return status;
}
