/*
 * Writes the seeds of the fuzz targets that begin with fonts and pictures:
 *
 *   seeds FOLDER     FOLDER/font/…, FOLDER/picture/…
 *
 * A font is a few glyphs cut out of one of the system, a picture a few pixels of each form of PNG.
 */
#include "support/small_font.h"
#include "support/small_png.h"
#include "xieshang/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void save(const char *folder, const char *kind, const char *name, const void *bytes,
                 size_t len)
{
  char path[4096];
  const xs_host *host = xs_host_posix();
  snprintf(path, sizeof path, "%s/%s/%s", folder, kind, name);
  if (host->save(host->user, path, bytes, len)) {
    perror(path);
    exit(1);
  }
}

static void make_folder(const char *folder, const char *kind)
{
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, kind);
  (void)mkdir(path, 0777); /* one that cannot be made fails at the first file */
}

static void write_fonts(const char *folder)
{
  char name[64];
  for (size_t i = 0; i < SMALL_SOURCES; i++) {
    small_font one, two;
    if (!small_font_cut(i, &one) || !small_font_collect(&one, 2, &two)) {
      fprintf(stderr, "%s cannot be cut: is it installed?\n", small_font_name(i));
      exit(1);
    }
    save(folder, "font", small_font_name(i), one.bytes, one.len);
    snprintf(name, sizeof name, "%s-twice", small_font_name(i));
    save(folder, "font", name, two.bytes, two.len);
    small_font_free(&two);
    small_font_free(&one);
  }
}

static void write_pictures(const char *folder)
{
  static small_png png;
  char name[64];
  for (size_t i = 0; i < small_png_form_count(); i++) {
    png_form form = small_png_form_at(i);
    small_png_make(&png, &form);
    snprintf(name, sizeof name, "%u-%u%s.png", form.color, form.depth, form.interlaced ? "-i" : "");
    save(folder, "picture", name, png.bytes, png.len);
  }
}

int main(int argc, char **argv)
{
  if (argc != 2) return 2;
  (void)mkdir(argv[1], 0777);
  make_folder(argv[1], "font");
  make_folder(argv[1], "picture");
  write_fonts(argv[1]);
  write_pictures(argv[1]);
  return 0;
}
