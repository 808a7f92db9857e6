/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/worker/batch.h"

#include "smsd/worker/steps.h"

/* Ids and serials a text may need: its inbound row, its answer, a welcome, texts to others, and for each item a listing and a code, of
 * which about every second serial gives one. */
#define IDS_A_TEXT (3 + TURN_ALERTS_MAX + 8 * READ_ITEMS_MAX)

/* Gathers the lookups not yet answered; *owner_r says where each answer goes. */
static size_t gather(struct batch *batch, struct lookup *lookups_r, struct found **owner_r)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->n; i++) {
        struct turn *turn = &batch->turns[i];
        for (size_t k = 0; k < turn->n_lookups && !turn->looked_up; k++, n++) {
            lookups_r[n] = turn->lookups[k];
            owner_r[n] = &turn->found[k];
        }
    }
    return n;
}

static void hand_out(struct found *const *owners, const struct found *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *owners[i] = found[i];
}

struct workspace {
    struct mo *mos;
    struct sender *senders;
    struct lookup *lookups;
    struct found **owners, *found;
    struct effects *effects;
};

static struct workspace workspace_new(struct batch *batch)
{
    size_t n = batch->n, wide = n * READ_ITEMS_MAX;
    batch->turns = arena_calloc(batch->arena, n, sizeof *batch->turns);
    return (struct workspace){
        .mos = arena_calloc(batch->arena, n, sizeof(struct mo)),
        .senders = arena_calloc(batch->arena, n, sizeof(struct sender)),
        .lookups = arena_calloc(batch->arena, wide, sizeof(struct lookup)),
        .owners = arena_calloc(batch->arena, wide, sizeof(struct found *)),
        .found = arena_calloc(batch->arena, wide, sizeof(struct found)),
        .effects = effects_new(batch->arena, n),
    };
}

static enum db_status open_batch(struct batch *batch, struct workspace *w)
{
    for (size_t i = 0; i < batch->n; i++)
        turn_start(batch, i, &w->mos[i], &w->senders[i], w->effects);
    size_t n = gather(batch, w->lookups, w->owners);
    enum db_status status = batch_open(batch->db, batch->arena, batch->policy->province, w->mos, batch->n, w->lookups,
                                       n, w->senders, w->found);
    if (status == DB_OK)
        hand_out(w->owners, w->found, n);
    return status;
}

static enum db_status look_up_the_rest(struct batch *batch, struct workspace *w)
{
    size_t n = gather(batch, w->lookups, w->owners);
    if (n == 0)
        return DB_OK;
    enum db_status status =
        batch_lookup(batch->db, batch->arena, batch->policy->province, w->mos, w->senders, w->lookups, n, w->found);
    if (status == DB_OK)
        hand_out(w->owners, w->found, n);
    return status;
}

static enum db_status commit(struct batch *batch, struct workspace *w, enum db_status status)
{
    if (status == DB_OK)
        status = batch_commit(batch->db, w->mos, w->effects, batch->now_us);
    if (status != DB_OK)
        batch_rollback(batch->db);
    return status;
}

enum db_status batch_run(struct batch *batch)
{
    struct workspace w = workspace_new(batch);
    enum db_status status = open_batch(batch, &w);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++)
        turn_meet(&batch->turns[i]);
    if (status == DB_OK)
        status = look_up_the_rest(batch, &w);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++) {
        status = ids_reserve(batch->db, IDS_A_TEXT); /* seldom a round trip */
        if (status == DB_OK)
            turn_finish(&batch->turns[i]);
    }
    status = commit(batch, &w, status);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++)
        turn_count(&batch->turns[i]);
    return status;
}

/* With a row of the text and of its answer, as for any other. */
static enum db_status bury_as_known(struct batch *batch, const char *reason)
{
    struct workspace w = workspace_new(batch);
    struct turn *turn = &batch->turns[0];
    turn_start(batch, 0, &w.mos[0], &w.senders[0], w.effects);
    enum db_status status =
        batch_open(batch->db, batch->arena, batch->policy->province, w.mos, 1, w.lookups, 0, w.senders, w.found);
    if (status == DB_OK)
        status = ids_reserve(batch->db, IDS_A_TEXT);
    if (status == DB_OK) {
        turn->path = PATH_DEAD;
        turn->lang = turn_lang(turn);
        turn_finish(turn);
        *EFFECT(turn, dead) = (struct dead_row){.person_id = turn->sender->person_id, .reason = reason};
        *EFFECT(turn, desk) = (struct desk_row){turn->sender->person_id, turn->inbound_id, "failed", "", ""};
    }
    return commit(batch, &w, status);
}

/* Where even that fails: nothing but the text itself. */
static enum db_status bury_as_unknown(struct batch *batch, const char *reason)
{
    struct workspace w = workspace_new(batch);
    struct turn *turn = &batch->turns[0];
    turn_start(batch, 0, &w.mos[0], &w.senders[0], w.effects);
    enum db_status status =
        batch_open(batch->db, batch->arena, batch->policy->province, w.mos, 0, w.lookups, 0, w.senders, w.found);
    turn->path = PATH_DEAD;
    turn_say(turn, MSG_FAILED, NO_ARGS);
    turn_reply(turn);
    *EFFECT(turn, dead) = (struct dead_row){.reason = reason};
    return commit(batch, &w, status);
}

enum db_status batch_bury(struct batch *batch, const char *reason)
{
    enum db_status status = bury_as_known(batch, reason);
    if (status == DB_REFUSED)
        status = bury_as_unknown(batch, reason);
    if (status == DB_OK)
        turn_count(&batch->turns[0]);
    return status;
}
