/*
 * The values that every other header speaks in: status, text, places, diagnostics, and the
 * host, which is the only way the library reaches the world outside.
 */
#ifndef XIESHANG_BASE_H
#define XIESHANG_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__ || defined __clang__
#define XS_API            __attribute__((visibility("default")))
#define XS_MUST_CHECK     __attribute__((warn_unused_result))
#define XS_PRINTF(fmt, a) __attribute__((format(printf, fmt, a)))
#define XS_FORMAT_ARG(n)  __attribute__((format_arg(n)))
#else
#define XS_API
#define XS_MUST_CHECK
#define XS_PRINTF(fmt, a)
#define XS_FORMAT_ARG(n)
#endif

/* What a call tells the program. What it tells the person stands in the diagnostics. */
typedef enum xs_status {
  XS_OK = 0,
  XS_EINPUT,    /* the input is wrong; the diagnostics say where and why */
  XS_ELIMIT,    /* the input exceeds a budget of base/limits.h; a diagnostic says which */
  XS_ENOMEM,    /* an allocation failed */
  XS_EIO,       /* the file system said no; a diagnostic names the file */
  XS_ECONFLICT, /* something changed meanwhile, or belongs to someone else */
} xs_status;

/* UTF-8 text, not terminated. Borrowed unless a comment says otherwise. */
typedef struct xs_text {
  const char *ptr;
  size_t len; /* bytes */
} xs_text;

/* Arguments for "%.*s". */
#define XS_TEXT(t) (int)(t).len, (t).ptr
#define XS_LIT(s)  ((xs_text){(s), sizeof(s) - 1})
#define XS_LIT_INIT(s)                                                                             \
  {                                                                                                \
    (s), sizeof(s) - 1                                                                             \
  } /* in static tables */
#define XS_NO_TEXT    ((xs_text){NULL, 0})
#define XS_COUNT(arr) (sizeof(arr) / sizeof *(arr))

/*
 * A place in a source: `source` counts from 1 in the order of loading, 0 means nowhere.
 * Offsets are bytes into the UTF-8 form of the source. Line and column are worked out only
 * when a place is printed.
 */
typedef struct xs_span {
  uint32_t source;
  uint32_t off;
  uint32_t len;
} xs_span;

#define XS_NOWHERE ((xs_span){0, 0, 0})

typedef enum xs_severity { XS_NOTE, XS_WARNING, XS_ERROR } xs_severity;

/* The list of what a person must be told. Opaque; made and dropped by xs_diags_new/free. */
typedef struct xs_diags xs_diags;

/* Memory that lives and dies together. Opaque to users of the library. */
typedef struct xs_arena xs_arena;

/*
 * The outside world. Every member is called from the thread that called the library. Paths are
 * UTF-8. The library never opens a file, reads a clock or an environment variable on its own.
 * Functions that fail set errno; the library reports it.
 */
struct xs_host_file;

typedef struct xs_host {
  void *user;

  /* realloc semantics; n == 0 frees. NULL with n > 0 means out of memory. */
  void *(*resize)(void *user, void *ptr, size_t n);

  /*
   * The bytes of a regular file, read-only, until `unmap`. A file above `max_bytes` fails with
   * EFBIG before it is read. 0 on success, -1 with errno otherwise.
   */
  int (*map)(void *user, const char *path, size_t max_bytes, const void **ptr, size_t *len);
  void (*unmap)(void *user, const void *ptr, size_t len);

  /*
   * Replaces the file in one step that survives a power cut: temporary file beside it, fsync,
   * rename, fsync of the folder. On failure the old file is untouched and no temporary is left;
   * only when the last fsync fails does the new file stand already. A symbolic link is
   * followed; what is not a regular file is refused with EINVAL.
   */
  int (*save)(void *user, const char *path, const void *ptr, size_t len);

  /*
   * Replaces a whole folder in one step: `count` files with plain names are written to a new
   * folder beside `dir`, which then takes its place. Files of the old folder that are not named
   * in `stale` are carried over; a folder within it fails with ENOTEMPTY. On failure the old
   * folder is untouched and nothing is left beside it.
   */
  int (*save_dir)(void *user, const char *dir, const struct xs_host_file *files, size_t count,
                  const xs_text *stale, size_t stale_count);

  /*
   * The names of the entries of a folder but `.` and `..`, sorted by byte; 0, or -1 with errno.
   * A non-zero answer of `entry` ends the walk, which is no failure.
   */
  int (*list)(void *user, const char *dir, int (*entry)(void *arg, const char *name), void *arg);

  /* Today in the user's time zone as YYYYMMDD. */
  uint32_t (*today)(void *user);

  /* Seconds since 1970-01-01 00:00 UTC. */
  int64_t (*now)(void *user);
} xs_host;

/* One file of a folder that is written as a whole. */
typedef struct xs_host_file {
  xs_text name;
  const void *ptr;
  size_t len;
} xs_host_file;

/* The host that talks to a POSIX system. Static; needs no closing. */
XS_API const xs_host *xs_host_posix(void);

/*
 * A new, empty list of diagnostics that also keeps the sources they point into. NULL when out
 * of memory. The list must outlive every case, template and product that was made with it.
 */
XS_API xs_diags *xs_diags_new(const xs_host *host);
XS_API void xs_diags_free(xs_diags *diags);

/* Forgets the diagnostics and keeps the sources. */
XS_API void xs_diags_clear(xs_diags *diags);

/* How many diagnostics of at least this severity there are, notes of other diagnostics aside. */
XS_API size_t xs_diags_count(const xs_diags *diags, xs_severity at_least);

/* One diagnostic as a program reads it. The texts live as long as the list. */
typedef struct xs_diag_view {
  xs_severity severity;
  xs_text slug; /* stable name, such as "field-missing" */
  xs_text text; /* in the language of the process */
  xs_text file;
  uint32_t line;         /* from 1; 0 when there is no place */
  uint32_t column;       /* in characters, from 1 */
  uint32_t column_count; /* characters on that line that are meant */
  xs_text source_line;   /* without its line end */
} xs_diag_view;

/* The i-th entry, notes included, in order. False when there is none. */
XS_API int xs_diags_view(const xs_diags *diags, size_t i, xs_diag_view *out);

/* The engine's version, such as "0.1.0". */
XS_API const char *xs_version(void);

#ifdef __cplusplus
}
#endif

#endif
