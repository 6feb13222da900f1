#include "support/walk.h"

typedef enum act_kind { NEW, STEP, SIGN } act_kind;

typedef struct script_act {
  act_kind kind;
  const char *what; /* step, or slot that is signed */
  const char *as;
  uint32_t date;        /* 0: that of the fact */
  const char *document; /* that is signed, in the order they are frozen */
  const char *means;
} script_act;

static const char approver[] = "叶知远", drafter[] = "林若溪", reviewer[] = "苏荷",
                  keeper[] = "何青";

static const script_act script[] = {
    {NEW, "new", drafter, 0, NULL, NULL},
    {STEP, "offer", drafter, 0, NULL, NULL},
    {STEP, "receive", drafter, 0, NULL, NULL},
    {STEP, "accept", drafter, 0, NULL, NULL},
    {STEP, "meet", drafter, 0, NULL, NULL},
    {STEP, "meet", drafter, 0, NULL, NULL},
    {STEP, "agree", drafter, 0, NULL, NULL},
    {STEP, "sign-draft", drafter, 0, NULL, NULL},
    {SIGN, "workers-chief", keeper, 20250410, "d5", "wet-ink"},
    {SIGN, "employer-chief", keeper, 20250410, "d5", "wet-ink"},
    {STEP, "submit", drafter, 0, NULL, NULL},
    {STEP, "adopt", drafter, 0, NULL, NULL},
    {STEP, "settle", reviewer, 20250418, NULL, NULL},
    {SIGN, "workers-chief", keeper, 20250421, "d7", "wet-ink"},
    {SIGN, "employer-chief", keeper, 20250421, "d7", "wet-ink"},
    {SIGN, "employer-seal", keeper, 20250421, "d7", "seal-picture"},
    {SIGN, "workers-seal", keeper, 20250421, "d7", "seal-picture"},
    {STEP, "sign", keeper, 0, NULL, NULL},
    {STEP, "file", drafter, 0, NULL, NULL},
    {STEP, "accept-filing", drafter, 0, NULL, NULL},
    {STEP, "no-objection", drafter, 0, NULL, NULL},
    {STEP, "publish", drafter, 0, NULL, NULL},
};

size_t xs_walk_count(void)
{
  return XS_COUNT(script);
}

const char *xs_walk_name(size_t i)
{
  return script[i].what;
}

xs_status xs_walk_hire(xs_office *office, xs_diags *diags)
{
  static const struct {
    const char *name, *role;
  } users[] = {{approver, "approver"},
               {drafter, "drafter"},
               {reviewer, "reviewer"},
               {keeper, "seal-keeper"}};
  const xs_act act = {.as = approver};
  xs_status st = XS_OK;
  for (size_t i = 0; i < XS_COUNT(users) && !st; i++)
    st = xs_office_user_add(office, users[i].name, &users[i].role, 1, &act, diags);
  return st;
}

xs_status xs_walk_act(xs_office *office, const char *uid, const char *path, const char *picture,
                      size_t i, xs_diags *diags)
{
  const script_act *now = &script[i];
  const xs_act act = {.as = now->as, .date = now->date};
  const xs_sign_order order = {
      .document = now->document, .slot = now->what, .means = now->means, .file = picture};
  xs_done done;
  switch (now->kind) {
  case NEW:
    return xs_office_new(office, path, NULL, &act, diags, &done);
  case STEP:
    return xs_office_do(office, uid, now->what, NULL, &act, diags, &done);
  case SIGN:
    return xs_office_sign(office, uid, &order, &act, diags, &done);
  }
  return XS_EINPUT;
}
