/* SPDX-License-Identifier: Apache-2.0
 *
 * The face for people. Lines are texts or commands; what comes back is printed as it comes. With lines that
 * do not come from a person it sets the pace itself, so that each answer stands under its text.
 */
#include <inttypes.h>
#include <libsmpp34/smpp34.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/phone_p.h"

void phone_enter(struct phone *p, enum pace_state state, int64_t lasts_us)
{
    p->state = state;
    p->face.due = lasts_us == INT64_MAX ? INT64_MAX : monotonic_us() + lasts_us;
}

static void prompt(struct phone *p)
{
    if (phone_is_live(p))
        fprintf(p->out, "%s%s> ", p->from, phone_is_asked(p) ? " USSD" : "");
}

/* Begins output that comes by itself: the prompt goes, and comes again after it. */
static void begin_notice(struct phone *p)
{
    if (phone_is_live(p))
        fputs(p->options->escapes ? "\r\033[K" : "\n", p->out);
}

static void notice(struct phone *p, const char *text)
{
    begin_notice(p);
    fprintf(p->out, "* %s\n", text);
    prompt(p);
}

void phone_name_number(struct phone *p, const char *number)
{
    if (strcmp(number, p->options->from) != 0)
        fprintf(p->out, "@%s ", number);
}

static void on_line(struct face *face, struct slice line)
{
    struct phone *p = (struct phone *)face;
    phone_typed(p, arena_copy(p->arena, line));
    arena_reset(p->arena);
    if (!face->finished)
        prompt(p);
}

static void on_line_too_long(struct face *face)
{
    notice((struct phone *)face, "that line was too long and was not sent");
}

static void on_listening(struct phone *p, const struct event *e)
{
    fprintf(p->out, "* listening for Kannel on 127.0.0.1:%u\n", e->port);
    prompt(p);
}

static void on_bound(struct phone *p, const struct event *e)
{
    if (phone_is_live(p))
        notice(p, arena_printf(p->event_arena, "Kannel is here (%s)", e->bind_as));
    else if (p->state == PACE_UNBOUND && smsc_is_bound(p->face.smsc))
        phone_enter(p, PACE_READY, INT64_MAX);
}

static void show_mt(struct phone *p, const struct message *m, const char *text, const char *receipt)
{
    struct slice op;
    bool ussd = tlv_get(m->tlvs, TLVID_ussd_service_op, &op);
    const char *kind = !ussd ? "" : slice_is(op, "\2") ? "USSD, " : "USSD, the end, ";
    if (ussd && strcmp(m->to, p->ussd.by) == 0)
        p->ussd.asks = slice_is(op, "\2"); /* USSR request */
    char *about = arena_printf(p->event_arena, "(%s%s, %u segment%s", kind, coding_title(m->coding), m->segments,
                               m->segments == 1 ? "" : "s");
    if (phone_is_live(p)) {
        begin_notice(p);
        fprintf(p->out, "< %s to %s  %s, length %zu%s%s)\n  ", m->from, m->to, about, message_units(m),
                receipt ? ", report " : "", receipt ? receipt : "");
        show_text(text, "  ", p->out);
        fputc('\n', p->out);
        prompt(p);
    } else {
        phone_name_number(p, m->to);
        fputs("< ", p->out);
        show_text(text, "  ", p->out);
        fprintf(p->out, "  %s)\n", about);
    }
}

static void on_mt(struct phone *p, const struct event *e)
{
    const struct message *m = e->message;
    const char *text = charset_decode(p->event_arena, m->coding, m->octets);
    history_add_received(p->history, m->to, m->from, text);
    show_mt(p, m, text, e->receipt);
    bool is_answer = p->state == PACE_AWAITING && strcmp(m->to, p->awaited) == 0;
    if (is_answer || p->state == PACE_GAP)
        phone_enter(p, PACE_GAP, p->options->gap_us);
    else if (p->state == PACE_SETTLING)
        phone_enter(p, PACE_SETTLING, p->options->settle_us);
}

static void on_mo_acked(struct phone *p, const struct event *e)
{
    bool taken = e->status == ESME_ROK;
    history_settle(p->history, (unsigned)strtoul(e->id, NULL, 10), taken ? SAID_TAKEN : SAID_REFUSED);
    if (taken)
        return;
    notice(p, arena_printf(p->event_arena, "Kannel refused the text (SMPP status 0x%02" PRIx32 ")", e->status));
    p->face.exit_status = EXIT_FAILURE;
    if (p->state == PACE_AWAITING)
        phone_enter(p, PACE_READY, INT64_MAX);
}

static void on_event(void *me, const struct event *e)
{
    struct phone *p = me;
    if (e->kind == EVENT_LISTENING && p->options->shows_port)
        on_listening(p, e);
    else if (e->kind == EVENT_BOUND)
        on_bound(p, e);
    else if (e->kind == EVENT_UNBOUND && phone_is_live(p))
        notice(p, "Kannel has gone; texts wait until it is back");
    else if (e->kind == EVENT_MT)
        on_mt(p, e);
    else if (e->kind == EVENT_MO_ACKED)
        on_mo_acked(p, e);
    arena_reset(p->event_arena);
}

static bool wants_line(struct face *face)
{
    const struct phone *p = (const struct phone *)face;
    return phone_is_live(p) ? smsc_has_room(face->smsc) : p->state == PACE_READY;
}

static void on_end(struct face *face)
{
    struct phone *p = (struct phone *)face;
    if (!phone_is_live(p)) {
        phone_enter(p, PACE_SETTLING, p->options->settle_us);
        return;
    }
    fputc('\n', p->out);
    face->finished = true;
}

/* The state's time is over. */
static void on_due(struct face *face)
{
    struct phone *p = (struct phone *)face;
    switch (p->state) {
    case PACE_UNBOUND:
        fputs("! Kannel did not bind\n", p->out);
        p->face.exit_status = EXIT_FAILURE;
        p->face.finished = true;
        break;
    case PACE_AWAITING:
        fprintf(p->out, "! no answer within %" PRId64 " s\n", p->options->wait_us / 1000000);
        p->face.exit_status = EXIT_FAILURE;
        phone_enter(p, PACE_READY, INT64_MAX);
        break;
    case PACE_GAP:
        phone_enter(p, PACE_READY, INT64_MAX);
        break;
    case PACE_SETTLING:
        p->face.finished = true;
        break;
    case PACE_READY:
        break;
    }
}

static void phone_free(struct face *face)
{
    struct phone *p = (struct phone *)face;
    history_free(&p->history);
    arena_free(&p->arena);
    arena_free(&p->event_arena);
    free(p);
}

struct face *phone_new(const struct phone_options *options, FILE *out)
{
    struct phone *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->face = (struct face){
        .event = on_event,
        .wants_line = wants_line,
        .line = on_line,
        .line_too_long = on_line_too_long,
        .end = on_end,
        .on_due = on_due,
        .free = phone_free,
    };
    p->options = options;
    p->out = out;
    p->arena = arena_new(4096);
    p->event_arena = arena_new(4096);
    p->history = history_new();
    snprintf(p->from, sizeof p->from, "%s", options->from);
    snprintf(p->to, sizeof p->to, "%s", options->to);
    phone_enter(p, PACE_UNBOUND, phone_is_live(p) ? INT64_MAX : options->bind_us);
    return &p->face;
}
