/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts: one text to many people, each of them once. A broadcast is a row; its recipients are rows that are made
 * once, in slices of people's ids, and go into the outbox in slices as that empties (smsd/broadcast/run.h does both).
 * Whoever dies in between, and however many do it at once: a recipient's row and its text in the outbox are written by
 * one statement.
 *
 *   draft -> running -> done            by smsctl: new, approve
 *   awaiting_approval -> running        by SMS, above a number of people; below it begins as running
 *   running <-> paused                  what has not been claimed waits
 *   ... -> cancelled, expired           what has not been claimed is not sent
 *
 * Each change of state, and who made it, stands in the audit, which the table itself writes (migration 0021).
 */
#ifndef DB_BROADCASTS_H
#define DB_BROADCASTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/base/lang.h"

/* ---- to make one, and to move it by hand ---- */

/* How many people an audience has, by language. `json` is a draft's (smsd/broadcast/draft.h). */
enum db_status broadcast_count(struct db *db, const char *json, int64_t people_r[LANG_COUNT]);

/* From the office. *id_r is its number. */
enum db_status broadcast_add(struct db *db, const char *json, int64_t now_us, int64_t *id_r);

/* Puts it into the state `to` when it is in one of `from` ("running paused"); *done_r false: it was in none of them. */
enum db_status broadcast_move(struct db *db, int64_t id, const char *from, const char *to, int64_t now_us,
                              bool *done_r);

/* ---- while they run ---- */

struct broadcast_running {
    int64_t id;
    bool disaster; /* passes the hours and the day's number */
    bool planned;  /* all its recipients are known */
    int64_t expires_us;
};

#define BROADCASTS_RUNNING_MAX 32

/* Ends those past their time; takes back from the outbox what may not go out any more (paused, cancelled, out of its
 * hours, or the person said stop); begins those that are new and publishes what they say as bulletins, those for
 * everywhere for the place `home`. Then those that run, warnings of a disaster first. */
enum db_status broadcasts_turn(struct db *db, const char *home, int64_t now_us,
                               struct broadcast_running rows_r[BROADCASTS_RUNNING_MAX], size_t *n_r,
                               size_t *withdrawn_r);

/* Finds the recipients among the next `slice` ids of people. *more_r: there are people left. */
enum db_status broadcast_plan(struct db *db, int64_t id, int slice, int64_t now_us, bool *more_r);

#define BROADCAST_FEED_MAX 512

struct broadcast_feed {
    int64_t id;
    int n;              /* at most so many, BROADCAST_FEED_MAX of them */
    const char *sender; /* the short code */
    int64_t until_us;   /* not to be claimed later */
    int per_day;        /* most broadcasts that one person gets within 24 h */
};

/* Puts the next recipients into the outbox. *looked_r is of how many recipients it decided, *fed_r how many went. */
enum db_status broadcast_feed(struct db *db, const struct broadcast_feed *feed, int64_t now_us, size_t *looked_r,
                              size_t *fed_r);

/* Texts of broadcasts in the outbox that nobody has claimed. */
enum db_status broadcasts_queued(struct db *db, int64_t *queued_r);

/* Those that are over become done. */
enum db_status broadcasts_end(struct db *db, int64_t now_us);

/* A coordinator who is to be asked to approve one. */
struct broadcast_unasked {
    int64_t id, person_id;
    enum lang lang;
    const char *area, *commodity, *words;
    int64_t people;
};

/* Takes at most `limit` broadcasts nobody has been asked about, with all coordinators of each, and leaves the
 * transaction open for the alerts; broadcasts_asked ends it. */
enum db_status broadcasts_unasked(struct db *db, struct arena *arena, int limit, int64_t now_us,
                                  struct broadcast_unasked **rows_r, size_t *n_r);
enum db_status broadcasts_asked(struct db *db);

/* ---- to be looked at ---- */

struct broadcast {
    int64_t id;
    const char *state, *source, *area, *commodity, *role, *langs;
    bool subscribers, commercial;
    const char *disaster, *words, *bulletins;
    int64_t people, segments, recipients;
    bool planned;
    int64_t created_us, expires_us, started_us, ended_us; /* 0 = not yet */
};

/* The newest first; id 0 = all. */
enum db_status broadcasts_list(struct db *db, struct arena *arena, int64_t id, int limit, struct broadcast **rows_r,
                               size_t *n_r);

struct broadcast_progress {
    int64_t waiting, queued, sent, delivered, failed, uncertain, stopped; /* recipients */
    int64_t segments_left;
};

enum db_status broadcast_progress(struct db *db, int64_t id, struct broadcast_progress *progress_r);

struct audit_row {
    int64_t id, at_us;
    int64_t actor; /* the person's id; 0 = nobody by SMS */
    const char *role, *act;
    int64_t subject;
    const char *details; /* JSON */
};

/* The newest first. */
enum db_status audit_list(struct db *db, struct arena *arena, int limit, struct audit_row **rows_r, size_t *n_r);

#endif
