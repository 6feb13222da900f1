#include "packet/shelf.h"

#include "base/text.h"
#include "packet/engine.h"
#include "packet/kind.h"
#include "packet/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FOLDER_DEPTH = 8 };

/* One walk over the folders. */
typedef struct walk {
  xs_engine *engine;
  xs_diags *diags;
  xs_shelf *shelf;
  const char *folder; /* that is being listed */
  unsigned depth;
  xs_status (*take)(struct walk *w, xs_text path);
  xs_status status;
} walk;

static xs_paper_view *add_view(walk *w)
{
  xs_shelf *shelf = w->shelf;
  return XS_PUSH(w->engine->arena, shelf->views, shelf->count, shelf->capacity);
}

static bool keep(xs_arena *a, xs_text text, xs_text *out)
{
  *out = xs_arena_text(a, text.ptr ? text : XS_LIT(""));
  return out->ptr != NULL;
}

/* ---- templates ---- */

/* Puts a template that compiled on the shelf. */
static xs_status keep_template(walk *w, xs_text path, xs_text about, const xs_template *t)
{
  xs_arena *a = w->engine->arena;
  xs_paper_view *view = add_view(w);
  if (!view || !keep(a, xs_template_id(t), &view->id) ||
      !keep(a, xs_template_name(t), &view->name) ||
      !keep(a, xs_template_version(t), &view->version) ||
      !keep(a, xs_template_paper(t), &view->kind) || !keep(a, about, &view->about) ||
      !keep(a, path, &view->path) || !keep(a, xs_text_of(xs_template_digest(t)), &view->digest))
    return XS_ENOMEM;
  return XS_OK;
}

static xs_status take_template(walk *w, xs_text path)
{
  xs_kind kind = {0};
  const xs_template *t = NULL;
  xs_arena *a = xs_arena_new(w->engine->host);
  xs_status status = a ? xs_kind_find(a, path, &kind) : XS_ENOMEM;
  bool library = kind.vocabulary == XS_VOCABULARY_TEMPLATE && !kind.template_whole;
  if (!status && !library) {
    status = xs_engine_template(w->engine, path, w->diags, &t);
    if (!status) status = keep_template(w, path, kind.about, t);
  }
  xs_arena_free(a);
  return status;
}

/* ---- plans ---- */

static xs_status take_plan(walk *w, xs_text path)
{
  const xs_plan *plan = NULL;
  xs_arena *a = w->engine->arena;
  xs_status status = xs_engine_plan(w->engine, path, w->diags, &plan);
  if (status) return status;
  xs_paper_view *view = add_view(w);
  if (!view || !keep(a, plan->id, &view->id) || !keep(a, plan->name, &view->name) ||
      !keep(a, plan->version, &view->version) || !keep(a, XS_NO_TEXT, &view->kind) ||
      !keep(a, XS_NO_TEXT, &view->about) || !keep(a, path, &view->path) ||
      !keep(a, xs_text_of(plan->digest), &view->digest))
    return XS_ENOMEM;
  return XS_OK;
}

/* ---- the walk ---- */

static xs_status walk_folder(walk *w, const char *folder);

/* Folders whose files are neither templates nor plans. */
static bool is_aside(const char *name)
{
  static const char *const others[] = {"calendar", "formats", "plans",
                                       "rules",    "schema",  "workflow"};
  for (size_t i = 0; i < XS_COUNT(others); i++)
    if (strcmp(name, others[i]) == 0) return true;
  return false;
}

static int visit(void *arg, const char *name)
{
  walk *w = arg;
  bool is_file = xs_text_ends(xs_text_of(name), ".xml");
  if (!is_file && (strchr(name, '.') || is_aside(name))) return 0;
  xs_arena *a = xs_arena_new(w->engine->host);
  xs_text path = a ? xs_arena_printf(a, "%s/%s", w->folder, name) : XS_NO_TEXT;
  xs_status status = XS_ENOMEM;
  if (path.ptr) status = is_file ? w->take(w, path) : walk_folder(w, path.ptr);
  xs_arena_free(a);
  /* What is wrong with one file is in the diagnostics, and the others are still listed. */
  if (status == XS_ENOMEM) w->status = status;
  return w->status != XS_OK;
}

static xs_status walk_folder(walk *w, const char *folder)
{
  const xs_host *host = w->engine->host;
  const char *above = w->folder;
  if (w->depth == MAX_FOLDER_DEPTH) return XS_OK;
  w->folder = folder;
  w->depth++;
  int failed = host->list(host->user, folder, visit, w);
  w->depth--;
  w->folder = above;
  if (failed && errno != ENOENT && errno != ENOTDIR) {
    xs_diag(w->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s cannot be read: %s"), folder,
            strerror(errno));
    return XS_EIO;
  }
  return w->status;
}

static int by_id(const void *a, const void *b)
{
  const xs_paper_view *left = a;
  const xs_paper_view *right = b;
  return xs_text_compare(left->id, right->id);
}

static xs_status view_at(walk *w, const char *folder, size_t i, xs_paper_view *out)
{
  xs_shelf *shelf = w->shelf;
  *out = (xs_paper_view){0};
  if (!shelf->read) {
    shelf->count = 0;
    xs_status status = walk_folder(w, folder);
    if (status) return status;
    if (shelf->count) qsort(shelf->views, shelf->count, sizeof *shelf->views, by_id);
    shelf->read = true;
  }
  if (i < shelf->count) *out = shelf->views[i];
  return XS_OK;
}

xs_status xs_engine_template_at(xs_engine *engine, size_t i, xs_diags *diags, xs_paper_view *out)
{
  walk w = {.engine = engine, .diags = diags, .shelf = &engine->shelf, .take = take_template};
  return view_at(&w, engine->template_dir.ptr, i, out);
}

xs_status xs_engine_plan_at(xs_engine *engine, size_t i, xs_diags *diags, xs_paper_view *out)
{
  walk w = {.engine = engine, .diags = diags, .shelf = &engine->plan_shelf, .take = take_plan};
  xs_text folder = xs_arena_printf(engine->arena, "%s/plans", engine->template_dir.ptr);
  if (!folder.ptr) return XS_ENOMEM;
  return view_at(&w, folder.ptr, i, out);
}
