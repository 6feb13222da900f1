#include "packet/kind.h"

#include <string.h>

static const char *const namespaces[XS_VOCABULARY_COUNT] = {
    [XS_VOCABULARY_CASE] = "urn:xieshang:case:1",
    [XS_VOCABULARY_TEMPLATE] = "urn:xieshang:template:1",
    [XS_VOCABULARY_PLAN] = "urn:xieshang:plan:1",
    [XS_VOCABULARY_RULES] = "urn:xieshang:rules:1",
    [XS_VOCABULARY_FORMAT] = "urn:xieshang:format:1",
    [XS_VOCABULARY_ROLES] = "urn:xieshang:roles:1",
    [XS_VOCABULARY_CALENDAR] = "urn:xieshang:calendar:1",
    [XS_VOCABULARY_WORKFLOW] = "urn:xieshang:workflow:1",
    [XS_VOCABULARY_DEADLINES] = "urn:xieshang:deadlines:1",
};

static xs_vocabulary vocabulary_of(const xmlNode *root)
{
  unsigned i = 0;
  if (!root->ns) return XS_VOCABULARY_COUNT;
  while (i < XS_VOCABULARY_COUNT && strcmp((const char *)root->ns->href, namespaces[i]) != 0) i++;
  return (xs_vocabulary)i;
}

xs_status xs_kind_find(xs_arena *a, xs_text path, xs_kind *out)
{
  *out = (xs_kind){.vocabulary = XS_VOCABULARY_COUNT};
  xmlDocPtr doc = NULL;
  xs_diags *unheard = xs_diags_new(xs_arena_host(a));
  xs_status status = unheard ? xs_xml_load(a, path, unheard, &doc) : XS_ENOMEM;
  if (!status) {
    const xmlNode *root = xmlDocGetRootElement(doc);
    out->vocabulary = vocabulary_of(root);
    out->template_whole = xs_xml_is(root, "template");
    out->calendar_over = xs_xml_attr(root, "base").ptr != NULL;
    out->about = xs_xml_attr(root, "for");
  }
  xs_diags_free(unheard);
  return status == XS_ENOMEM ? XS_ENOMEM : XS_OK;
}
