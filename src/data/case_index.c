#include "data/case_index.h"

#include "base/text.h"
#include "data/xml.h"

#include <stdlib.h>
#include <string.h>

static int compare_keys(const xs_case_key *a, const xs_case_key *b)
{
  int order = strcmp(a->kind, b->kind);
  if (!order) order = xs_text_compare(a->text, b->text);
  if (!order) order = (a->scope > b->scope) - (a->scope < b->scope);
  return order;
}

static int compare_entries(const void *a, const void *b)
{
  const xs_case_entry *x = a, *y = b;
  int order = compare_keys(&x->key, &y->key);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static xs_status add(xs_arena *a, xs_case_index *index, xs_case_key key, const xmlNode *node)
{
  if (!key.text.ptr) return XS_OK;
  uint32_t order = (uint32_t)index->count;
  xs_case_entry *e = XS_PUSH(a, index->entries, index->count, index->capacity);
  if (!e) return XS_ENOMEM;
  *e = (xs_case_entry){key, order, node};
  return XS_OK;
}

/* Clauses and schedules are told apart by the place of their contract, which nothing else has. */
static uint32_t scope_of(const xmlNode *e)
{
  bool local = xs_xml_is(e, "clause") || xs_xml_is(e, "schedule");
  return local ? xs_xml_any_span(e->parent).off : 0;
}

xs_case_key xs_case_key_of(const xmlNode *e)
{
  return (xs_case_key){(const char *)e->name, xs_xml_attr(e, "id"), scope_of(e)};
}

xs_case_key xs_case_person_key(xs_arena *a, const xmlNode *delegate)
{
  xs_text name = xs_xml_child_content(a, delegate, "name");
  xs_text unit = xs_xml_child_content(a, delegate, "unit");
  if (!name.len) return (xs_case_key){XS_KEY_PERSON, XS_NO_TEXT, 0};
  return (xs_case_key){XS_KEY_PERSON,
                       xs_arena_printf(a, "%.*s\n%.*s", XS_TEXT(name), XS_TEXT(unit)), 0};
}

static xs_status add_delegate(xs_arena *a, xs_case_index *index, const xmlNode *e)
{
  xs_text number = xs_xml_child_content(a, e, "id-number");
  xs_status st = XS_OK;
  if (number.len) st = add(a, index, (xs_case_key){XS_KEY_ID_NUMBER, number, 0}, e);
  return st ? st : add(a, index, xs_case_person_key(a, e), e);
}

xs_status xs_case_index_build(xs_arena *a, const xmlNode *root, xs_case_index *out)
{
  *out = (xs_case_index){0};
  for (const xmlNode *e = xs_xml_walk(root, NULL); e; e = xs_xml_walk(root, e)) {
    xs_status st = e == root ? XS_OK : add(a, out, xs_case_key_of(e), e);
    if (!st && xs_xml_is(e, "delegate")) st = add_delegate(a, out, e);
    if (!st && xs_xml_is(e, "meeting") && e->parent == root)
      st = add(a, out, (xs_case_key){XS_KEY_MEETING, xs_xml_attr(e, "number"), 0}, e);
    if (st) return st;
  }
  if (out->count) qsort(out->entries, out->count, sizeof *out->entries, compare_entries);
  return XS_OK;
}

const xs_case_entry *xs_case_index_find(const xs_case_index *index, xs_case_key key)
{
  size_t from = 0, to = index->count;
  while (from < to) {
    size_t mid = from + (to - from) / 2;
    if (compare_keys(&index->entries[mid].key, &key) < 0)
      from = mid + 1;
    else
      to = mid;
  }
  bool found = from < index->count && compare_keys(&index->entries[from].key, &key) == 0;
  return found ? &index->entries[from] : NULL;
}

const xs_case_entry *xs_case_index_next(const xs_case_index *index, const xs_case_entry *e)
{
  const xs_case_entry *next = e + 1;
  if (next >= index->entries + index->count) return NULL;
  return compare_keys(&next->key, &e->key) == 0 ? next : NULL;
}
