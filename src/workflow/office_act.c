/*
 * Acts upon a case. Each runs through the same stages within one transaction:
 *
 *   who ─▶ the case as it is ─▶ new facts ─▶ what the act asks ─▶ revision, events ─▶ rows ─▶
 * commit
 *
 * A stage that fails puts everything back.
 */
#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"
#include "data/case_edit.h"
#include "workflow/archive.h"
#include "workflow/case_files.h"
#include "workflow/index.h"
#include "workflow/question.h"
#include "workflow/record.h"
#include "workflow/sign.h"

#include <errno.h>
#include <string.h>

/* One act on one case. */
typedef struct deed {
  xs_office *office;
  const xs_act *act;
  xs_diags *diags;
  xs_arena *a;
  xs_acting acting;
  xs_office_case *before; /* the case as the store has it */
  xs_office_case *now;    /* with new facts; NULL: there are none */
  xs_text bytes;          /* of the new facts: the whole file */
  int64_t revision;       /* after the act */
  xs_text digest;         /* of that revision */
  xs_done *out;
} deed;

static xs_status begin(deed *d, const xs_need *need)
{
  *d->out = (xs_done){0};
  d->a = xs_office_answer(d->office);
  return d->a ? xs_acting_begin(d->office, d->act, need, d->a, d->diags, &d->acting) : XS_ENOMEM;
}

static xs_status end(deed *d, xs_status st)
{
  xs_office_case_free(d->now);
  xs_office_case_free(d->before);
  return xs_acting_end(d->office, st, d->diags);
}

static uint32_t today(const deed *d)
{
  return d->office->host->today(d->office->host->user);
}

static xs_status append(deed *d, xs_text uid, xs_event *event)
{
  xs_status st = xs_store_event_append(d->a, d->office->store, uid, event, d->diags);
  d->out->event = event->seq;
  d->out->hash = event->hash;
  return st;
}

/* The rows beside the case, and what the caller is told. */
static xs_status finish(deed *d, xs_text uid)
{
  xs_office_case *after = NULL;
  xs_status st = xs_office_load(d->office, uid, 0, d->diags, &after);
  bool new_facts = !d->before || d->revision != d->before->row.revision;
  if (!st) st = xs_office_index(after, new_facts, d->diags);
  if (!st) {
    d->out->uid = xs_arena_text(d->a, uid);
    d->out->revision = after->row.revision;
    d->out->date = d->acting.date;
    d->out->role = d->acting.role->id;
  }
  xs_office_case_free(after);
  return st;
}

/* ---- new facts ---- */

static xs_status say_conflict(const deed *d)
{
  const xs_history *h = &d->before->history;
  xs_diag(d->diags, XS_D_REVISION_CONFLICT, XS_NOWHERE,
          _("case “%.*s” is at revision %lld; this was written from revision %lld"),
          XS_TEXT(d->before->row.uid), (long long)d->before->row.revision,
          (long long)d->act->base_revision);
  for (size_t i = 0; i < h->count; i++) {
    const xs_event *e = &h->events[i];
    if (e->revision <= d->act->base_revision || (i && e->revision == h->events[i - 1].revision))
      continue;
    xs_diag_note(d->diags, XS_NOWHERE, _("revision %lld is of %.*s, entry %lld of the log"),
                 (long long)e->revision, XS_TEXT(e->by), (long long)e->seq);
  }
  return XS_ECONFLICT;
}

static xs_status load_before(deed *d, const char *uid)
{
  xs_status st = xs_office_load(d->office, xs_text_of(uid), 0, d->diags, &d->before);
  if (st) return st;
  d->revision = d->before->row.revision;
  d->digest = d->before->row.digest;
  int64_t base = d->act->base_revision;
  return base && base != d->revision ? say_conflict(d) : XS_OK;
}

static xs_status check_same_case(const deed *d)
{
  if (xs_text_equal(d->now->kase->id, d->before->row.uid)) return XS_OK;
  xs_diag(
      d->diags, XS_D_CASE_OTHER, xs_xml_attr_span(xmlDocGetRootElement(d->now->kase->doc), "id"),
      _("this is case “%.*s”, not “%.*s”"), XS_TEXT(d->now->kase->id), XS_TEXT(d->before->row.uid));
  return XS_EINPUT;
}

static xs_status edit(deed *d, xs_text hint)
{
  xmlDocPtr doc = NULL;
  const xs_schema *schema = NULL;
  xs_status st = xs_engine_schema(d->office->engine, XS_VOCABULARY_CASE, d->diags, &schema);
  if (!st) st = xs_xml_load(d->a, xs_text_of(d->act->with), d->diags, &doc);
  if (st) return st;
  const xs_case_edit edit = {.kase = d->before->kase,
                             .schema = schema,
                             .facts = doc,
                             .into = xs_text_of(d->act->into),
                             .hint = hint};
  st = xs_case_edit_make(d->a, &edit, d->diags, &d->bytes);
  if (!st) st = xs_office_reload(d->before, d->bytes, d->diags, &d->now);
  return st ? st : check_same_case(d);
}

/* Keeps the new facts, when they are new, and the files that they name. */
static xs_status keep_facts(deed *d)
{
  xs_text uid = d->before->row.uid;
  xs_text old = xs_xml_raw(d->before->kase->doc);
  if (!d->now || xs_text_equal(old, d->bytes)) return XS_OK;
  xs_status st = xs_store_revision_put(d->office->store, uid, d->before->row.revision, d->bytes,
                                       d->acting.user, d->diags, &d->revision);
  d->digest = xs_arena_text(d->a, xs_text_of(xs_xml_digest(d->now->kase->doc)));
  if (!st && !d->digest.ptr) st = XS_ENOMEM;
  return st ? st
            : xs_case_files_take(d->office, d->now->kase, xs_text_of(d->act->with), d->acting.user,
                                 d->diags);
}

/* ---- papers ---- */

static xs_sign_act sign_act(const deed *d, const xs_office_case *c)
{
  return (xs_sign_act){.office = d->office,
                       .c = c,
                       .revision = d->revision,
                       .acting = &d->acting,
                       .a = d->a,
                       .diags = d->diags};
}

/* What was frozen and says something else by now is void, and what was signed on it. */
static xs_status void_changed(const deed *d)
{
  if (!d->now || d->revision == d->before->row.revision) return XS_OK;
  const xs_sign_act act = sign_act(d, d->now);
  return xs_sign_void_changed(&act);
}

/* The paper of a step goes to be signed as it is now. */
static xs_status freeze_paper(deed *d, const xs_move *move)
{
  if (!move->paper.len) return XS_OK;
  const xs_office_case *c = d->now ? d->now : d->before;
  const xs_sign_act act = sign_act(d, c);
  const xs_paper_wish wish = {
      .template_id = move->paper, .copy = move->copy, .near = {move->fact, move->node}};
  xs_kept_paper kept;
  xs_status st = xs_sign_freeze(&act, &wish, move->before.kind, move->before.key, &kept);
  if (st) return st;
  d->out->document = kept.document;
  d->out->template_id = kept.template_id;
  d->out->paper = kept.bytes;
  return XS_OK;
}

/* ---- a new case ---- */

static xs_status keep_pack(deed *d, const xs_case *kase, const char *pack, xs_text *digest)
{
  const xs_rules *rules = NULL;
  xs_buf bytes;
  char hex[65];
  xs_buf_init(&bytes, d->office->host, XS_MAX_XML_BYTES);
  xs_status st = pack ? xs_engine_rules_named(d->office->engine, xs_text_of(pack), d->diags, &rules)
                      : xs_engine_rules(d->office->engine, kase, d->diags, &rules);
  if (!st) st = xs_rules_bytes(rules, &bytes);
  if (!st) {
    const xs_store_pack row = {
        .id = rules->id,
        .version = xs_xml_attr(xmlDocGetRootElement(rules->doc), "version"),
        .bytes = xs_buf_view(&bytes),
    };
    st = xs_store_pack_put(d->office->store, &row, d->diags, hex);
  }
  xs_buf_free(&bytes);
  if (st) return st;
  *digest = xs_arena_text(d->a, xs_text_of(hex));
  return digest->ptr ? XS_OK : XS_ENOMEM;
}

static xs_status add_case(deed *d, const xs_case *kase, const char *path, const char *pack)
{
  const xmlNode *root = xmlDocGetRootElement(kase->doc);
  xs_store_case row = {
      .uid = kase->id,
      .title = xs_xml_child_content(d->a, root, "title"),
      .kind = xs_xml_attr(root, "kind"),
      .year = xs_xml_attr(root, "year"),
      .state = XS_LIT(""),
  };
  xs_store *store = d->office->store;
  xs_status st = keep_pack(d, kase, pack, &row.pack);
  if (!st) st = xs_store_case_add(store, &row, d->diags);
  if (!st)
    st = xs_store_revision_put(store, kase->id, 0, xs_xml_raw(kase->doc), d->acting.user, d->diags,
                               &d->revision);
  if (!st) st = xs_case_files_take(d->office, kase, xs_text_of(path), d->acting.user, d->diags);
  if (!st) st = xs_acting_evidence(d->office, kase->id, d->act, d->a, d->diags, &d->acting);
  if (st) return st;
  if (!d->acting.date) d->acting.date = today(d);
  xs_event event = xs_acting_event(&d->acting, XS_EVENT_NEW);
  event.revision = d->revision;
  event.digest = xs_text_of(xs_xml_digest(kase->doc));
  event.pack = row.pack;
  return append(d, kase->id, &event);
}

xs_status xs_office_new(xs_office *office, const char *path, const char *pack, const xs_act *act,
                        xs_diags *diags, xs_done *out)
{
  deed d = {.office = office, .act = act, .diags = diags, .out = out};
  const xs_need need = {.right = XS_LIT("new"), .what = xs_text_of(_("open a case"))};
  xs_case *kase = NULL;
  xs_status st = begin(&d, &need);
  if (st) return st;
  st = xs_engine_case(office->engine, path, diags, &kase);
  if (!st) st = add_case(&d, kase, path, pack);
  if (!st) st = finish(&d, kase->id);
  xs_case_free(kase);
  return end(&d, st);
}

/* ---- a step ---- */

static xs_status try_step(deed *d, const char *step, xs_text key, xs_move *move)
{
  xs_office_case *c = d->now ? d->now : d->before;
  xs_status st = xs_record_set_acting(c, &d->acting);
  if (!st) st = xs_record_add_texts(c, d->diags);
  if (st) return st;
  xs_date date = {0};
  if (d->acting.date) (void)xs_date_of_number(d->acting.date, &date);
  const xs_attempt attempt = {
      .workflow = d->office->workflow,
      .kase = c->kase,
      .rules = c->rules,
      .record = xs_office_record_of(c),
      .position = &c->history.position,
      .step = xs_text_of(step),
      .key = key,
      .date = date,
      .reason = d->acting.reason,
      .evidence_count = d->acting.file_count,
      .role = d->acting.role->id,
  };
  st = xs_workflow_try(d->a, &attempt, d->diags, move);
  if (!st && move->date.year) d->acting.date = xs_date_number(move->date);
  return st;
}

static xs_status append_step(deed *d, const xs_move *move)
{
  xs_text uid = d->before->row.uid;
  xs_event event = xs_acting_event(&d->acting, XS_EVENT_STEP);
  event.step = move->step;
  event.track = move->before.kind;
  event.key = move->before.key;
  event.from = move->before.state;
  event.to = move->after.state;
  event.revision = d->revision;
  event.digest = d->digest;
  xs_status st = append(d, uid, &event);
  xs_done done = *d->out;
  for (size_t i = 0; !st && i < move->opened_count; i++) {
    xs_acting plain = d->acting;
    plain.reason = XS_NO_TEXT;
    plain.file_count = 0;
    xs_event open = xs_acting_event(&plain, XS_EVENT_OPEN);
    open.step = move->step;
    open.track = move->opened[i].kind;
    open.key = move->opened[i].key;
    open.to = move->opened[i].state;
    open.revision = d->revision;
    open.digest = d->digest;
    st = append(d, uid, &open);
  }
  d->out->event = done.event;
  return st;
}

static xs_text state_name(const xs_office *office, const xs_track *track)
{
  const xs_track_rule *rule = xs_workflow_track(office->workflow, track->kind);
  size_t i = rule ? xs_track_state(rule, track->state) : XS_NO_STATE;
  if (i == XS_NO_STATE) return track->state;
  return xs_workflow_in_chinese() ? rule->states[i].name : rule->states[i].name_en;
}

static xs_status tell_step(deed *d, const xs_move *move)
{
  xs_done *out = d->out;
  out->step = xs_arena_text(d->a, move->name);
  out->track = xs_arena_text(d->a, move->before.kind);
  out->key = xs_arena_text(d->a, move->before.key);
  out->from = xs_arena_text(d->a, state_name(d->office, &move->before));
  out->to = xs_arena_text(d->a, state_name(d->office, &move->after));
  return out->step.ptr && out->track.ptr && out->key.ptr && out->from.ptr && out->to.ptr
             ? XS_OK
             : XS_ENOMEM;
}

/* A step that the case has no fact of is of the day that was stated, or of today. */
static void set_day(deed *d, const xs_step_rule *rule)
{
  if (rule && !rule->date && !d->acting.date) d->acting.date = today(d);
}

static xs_status do_step(deed *d, const char *uid, const char *step, xs_text key)
{
  xs_move move = {0};
  xs_status st = load_before(d, uid);
  if (!st && d->act->with) st = edit(d, key);
  if (!st)
    st = xs_acting_evidence(d->office, d->before->row.uid, d->act, d->a, d->diags, &d->acting);
  if (!st) st = try_step(d, step, key, &move);
  if (!st)
    st = xs_acting_apart(d->office, &d->acting, &d->before->history, move.before.kind,
                         move.before.key, XS_NO_TEXT, d->diags);
  if (!st) st = keep_facts(d);
  if (!st) st = append_step(d, &move);
  if (!st) st = void_changed(d);
  if (!st) st = freeze_paper(d, &move);
  if (!st) st = tell_step(d, &move);
  return st ? st : finish(d, d->before->row.uid);
}

xs_status xs_office_do(xs_office *office, const char *uid, const char *step, const char *key,
                       const xs_act *act, xs_diags *diags, xs_done *out)
{
  deed d = {.office = office, .act = act, .diags = diags, .out = out};
  const xs_track_rule *track = NULL;
  const xs_step_rule *rule = xs_workflow_step(office->workflow, xs_text_of(step), &track);
  const xs_need need = {.right = XS_LIT("step"),
                        .roles = rule ? rule->roles : NULL,
                        .role_count = rule ? rule->role_count : 0,
                        .what = xs_text_of(step)};
  xs_status st = begin(&d, &need);
  if (st) return st;
  set_day(&d, rule);
  return end(&d, do_step(&d, uid, step, xs_text_of(key)));
}

/* ---- a revision ---- */

static xs_status revise(deed *d, const char *uid)
{
  xs_status st = load_before(d, uid);
  if (!st) st = edit(d, XS_NO_TEXT);
  if (!st)
    st = xs_acting_evidence(d->office, d->before->row.uid, d->act, d->a, d->diags, &d->acting);
  if (!st) st = keep_facts(d);
  if (st) return st;
  if (d->revision == d->before->row.revision) {
    xs_diag(d->diags, XS_D_REVISION_SAME, XS_NOWHERE,
            _("nothing is new in it: case “%.*s” stays at revision %lld"),
            XS_TEXT(d->before->row.uid), (long long)d->revision);
    return XS_EINPUT;
  }
  if (!d->acting.date) d->acting.date = today(d);
  xs_event event = xs_acting_event(&d->acting, XS_EVENT_REVISE);
  event.revision = d->revision;
  event.digest = d->digest;
  st = append(d, d->before->row.uid, &event);
  if (!st) st = void_changed(d);
  return st ? st : finish(d, d->before->row.uid);
}

xs_status xs_office_revise(xs_office *office, const char *uid, const xs_act *act, xs_diags *diags,
                           xs_done *out)
{
  deed d = {.office = office, .act = act, .diags = diags, .out = out};
  const xs_need need = {.right = XS_LIT("revise"), .what = xs_text_of(_("revise a case"))};
  xs_status st = begin(&d, &need);
  if (st) return st;
  if (act->with && act->base_revision) return end(&d, revise(&d, uid));
  xs_diag(diags, XS_D_BASE_MISSING, XS_NOWHERE, "%s",
          _("a revision needs its new facts (--with FILE) and the revision that they were written "
            "from (--base N)"));
  return end(&d, XS_EINPUT);
}

/* ---- taking back ---- */

static xs_status check_unsigned(const deed *d)
{
  const xs_event *signature = xs_history_signature(&d->before->history);
  if (!signature) return XS_OK;
  const xs_event *act = &d->before->history.events[d->before->history.last];
  xs_diag(d->diags, XS_D_UNDO_SIGNED, XS_NOWHERE,
          _("“%.*s” cannot be taken back: %.*s signed a paper since (entry %lld of the log)"),
          XS_TEXT(act->step.len ? act->step : act->kind),
          XS_TEXT(signature->person.len ? signature->person : signature->by),
          (long long)signature->seq);
  return XS_EINPUT;
}

/* The revision before the act is written anew as the next one. */
static xs_status restore_revision(deed *d, size_t act)
{
  const xs_history *h = &d->before->history;
  xs_text uid = d->before->row.uid, bytes = XS_NO_TEXT;
  int64_t wanted = 0;
  for (size_t i = 0; i < act; i++)
    if (!h->undone[i] && h->events[i].revision) wanted = h->events[i].revision;
  if (!wanted || wanted == h->events[act].revision) return XS_OK;
  xs_store *store = d->office->store;
  xs_status st = xs_store_revision_get(d->a, store, uid, wanted, d->diags, &bytes);
  if (!st)
    st = xs_store_revision_put(store, uid, d->revision, bytes, d->acting.user, d->diags,
                               &d->revision);
  char hex[65];
  if (!st) st = xs_digest_hex(bytes.ptr, bytes.len, hex);
  if (!st) st = xs_office_reload(d->before, bytes, d->diags, &d->now);
  if (st) return st;
  d->digest = xs_arena_text(d->a, xs_text_of(hex));
  return d->digest.ptr ? XS_OK : XS_ENOMEM;
}

static xs_status append_undo(deed *d, const xs_event *undone)
{
  xs_event event = xs_acting_event(&d->acting, XS_EVENT_UNDO);
  event.step = undone->step;
  event.track = undone->track;
  event.key = undone->key;
  event.from = undone->to;
  event.to = undone->from;
  event.revision = d->revision;
  event.digest = d->digest;
  return append(d, d->before->row.uid, &event);
}

static xs_status take_back(deed *d, const char *uid)
{
  xs_status st = load_before(d, uid);
  if (st) return st;
  const xs_history *h = &d->before->history;
  if (h->last == XS_NO_EVENT) {
    xs_diag(d->diags, XS_D_UNDO_NOTHING, XS_NOWHERE,
            _("nothing was done to case “%.*s” that could be taken back"),
            XS_TEXT(d->before->row.uid));
    return XS_EINPUT;
  }
  st = check_unsigned(d);
  if (!st) st = restore_revision(d, h->last);
  if (!d->acting.date) d->acting.date = today(d);
  if (!st) st = append_undo(d, &h->events[h->last]);
  if (!st) {
    const xs_sign_act act = sign_act(d, d->before);
    st = xs_sign_void_since(&act, h->events[h->last].seq);
  }
  if (!st) st = void_changed(d);
  return st ? st : finish(d, d->before->row.uid);
}

xs_status xs_office_undo(xs_office *office, const char *uid, const xs_act *act, xs_diags *diags,
                         xs_done *out)
{
  deed d = {.office = office, .act = act, .diags = diags, .out = out};
  const xs_need need = {.right = XS_LIT("undo"), .what = xs_text_of(_("take an act back"))};
  xs_status st = begin(&d, &need);
  if (st) return st;
  if (d.acting.reason.len) return end(&d, take_back(&d, uid));
  xs_diag(diags, XS_D_REASON_MISSING, XS_NOWHERE, "%s",
          _("taking an act back needs a reason: say it with --reason TEXT"));
  return end(&d, XS_EINPUT);
}

/* ---- from another store ---- */

/* The log of the case stays as it was; that it came here stands in the log of the store. */
static xs_status append_import(deed *d, xs_text uid, xs_text bytes)
{
  char hex[65];
  xs_status st = xs_digest_hex(bytes.ptr, bytes.len, hex);
  if (st) return st;
  d->acting.date = today(d);
  xs_event event = xs_acting_event(&d->acting, XS_EVENT_IMPORT);
  event.key = uid;
  event.digest = xs_text_of(hex);
  return xs_store_event_append(d->a, d->office->store, XS_NO_TEXT, &event, d->diags);
}

static xs_status import(deed *d, const char *path)
{
  const xs_host *host = d->office->host;
  const void *ptr = NULL;
  size_t len = 0;
  xs_text uid = XS_NO_TEXT;
  errno = 0;
  if (host->map(host->user, path, XS_MAX_ZIP_BYTES, &ptr, &len) != 0) {
    xs_diag(d->diags, XS_D_FILE_READ, XS_NOWHERE, _("%s: the file cannot be read: %s"), path,
            strerror(errno));
    return errno == ENOMEM ? XS_ENOMEM : XS_EIO;
  }
  const xs_text bytes = {ptr, len};
  xs_status st = xs_archive_read(d->a, d->office, bytes, xs_text_of(path), d->diags, &uid);
  if (!st) st = append_import(d, uid, bytes);
  if (!st) st = finish(d, uid);
  host->unmap(host->user, ptr, len);
  return st;
}

xs_status xs_office_import(xs_office *office, const char *path, const xs_act *act, xs_diags *diags,
                           xs_done *out)
{
  deed d = {.office = office, .act = act, .diags = diags, .out = out};
  const xs_need need = {.right = XS_LIT("import"), .what = xs_text_of(_("take a case in"))};
  xs_status st = begin(&d, &need);
  return st ? st : end(&d, import(&d, path));
}
