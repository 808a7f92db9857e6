/* SPDX-License-Identifier: Apache-2.0
 *
 * Bulletins: what officers publish for an area, told to whoever asks while it holds.
 */
#ifndef DB_BULLETINS_H
#define DB_BULLETINS_H

#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"

/* Characters of a bulletin at most: with its place and date it is one text in GSM-7, or little more. */
#define BULLETIN_MAX 140

struct bulletin_row {
    int64_t id, at_us;      /* when it was published; both are bulletin_publish's to set */
    const char *kind;       /* "weather", "salinity", "forecast" */
    const char *area;       /* code of a place */
    const char *commodity;  /* code, of a forecast; "" = of all goods */
    const char *body;       /* UTF-8, as it is to be read */
    const char *until;      /* last day it is told: "2026-11-24"; of the list only */
    const char *by;         /* who published it */
};

/* Holds for so many days, today among them. The id stays 0 when the place or the goods are not known; DB_REFUSED when the
 * body is too long or holds what aggregators bar. */
enum db_status bulletin_publish(struct db *db, struct bulletin_row *row, int days, int64_t now_us);

/* The newest first, in the arena. */
enum db_status bulletins_list(struct db *db, struct arena *arena, int limit, struct bulletin_row **rows_r, size_t *n_r);

#endif
