/* SPDX-License-Identifier: Apache-2.0
 *
 * What can be chosen on a screen, best first. For smsd/ussd only.
 */
#ifndef SMSD_USSD_CHOICES_H
#define SMSD_USSD_CHOICES_H

#include "smsd/ussd/screens.h"

/* Where a session stands. */
struct stand {
    enum screen_id id;
    const struct screen *screen;
    const char *within; /* what of a list of goods was opened: "*" its groups, "*fruit" one of them, "LUA" its kinds; ""
                           = nothing */
    bool known;         /* false: no screen has that name any more */
};

struct stand session_stand(const struct ussd_session *session);

/* On to a screen, by its name; `0` leads back from it. */
void session_enter(struct ussd_session *session, const char *name);

/* A choice: the code that a digit stands for, and its words. */
struct choice {
    const char *code, *label;
};

struct choices {
    size_t n;
    struct choice *rows;
};

/* The lookup that the choices or the first line of a screen want; false when there is none. */
bool choices_want(const struct turn *turn, const struct ussd_session *session, const struct stand *stand,
                  struct lookup *lookup_r);

/* All choices of a screen, with what was looked up. */
struct choices choices_of(const struct turn *turn, const struct ussd_session *session, const struct stand *stand);

/* Are there kinds of these goods? */
bool choices_has_kinds(const struct turn *turn, const char *goods);

/* The listing that a screen is about, which is the person's own; NULL when there is none. */
const struct listing_facts *choices_listing(const struct turn *turn, const struct ussd_session *session);

#endif
