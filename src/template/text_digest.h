/*
 * The text digest of a paper: does it still say what was voted on, or signed?
 *
 * It is the SHA-256 of the words of the filing copy, worked out from the case without what comes
 * to be after the paper: a template names those facts in its attribute `later`. So the draft of a
 * contract and its final text have the same digest, and so has the contract after it was signed,
 * filed, reviewed and published; one other word gives another digest.
 */
#ifndef XS_TEMPLATE_TEXT_DIGEST_H
#define XS_TEMPLATE_TEXT_DIGEST_H

#include "base/buf.h"
#include "template/template.h"

/* The words themselves. `options` as for a fill, but for the copy. On an error, which is a
 * diagnostic, nothing is appended. */
xs_status xs_template_text(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                           const xs_fill_options *options, xs_diags *diags, xs_buf *out);

/* Their digest, 64 hexadecimal digits. */
xs_status xs_template_text_digest(const xs_template *t, const xs_case *kase, const xs_rules *rules,
                                  const xs_fill_options *options, xs_diags *diags, char out[65]);

#endif
