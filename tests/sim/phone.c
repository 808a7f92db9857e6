/* SPDX-License-Identifier: Apache-2.0
 *
 * The face for people. Lines are texts or commands; what comes back is printed as it comes. With lines that
 * do not come from a person it sets the pace itself, so that each answer stands under its text.
 */
#include <inttypes.h>
#include <libsmpp34/smpp34.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/face.h"
#include "tests/sim/history.h"
#include "tests/sim/octets.h"

/* Where paced lines stand. */
enum pace_state {
    PACE_UNBOUND,  /* Kannel has not bound yet */
    PACE_READY,    /* for the next line */
    PACE_AWAITING, /* the answer to a text */
    PACE_GAP,      /* it came; another may follow */
    PACE_SETTLING, /* no more lines; late messages may come */
};

struct phone {
    struct face face;
    const struct phone_options *options;
    FILE *out;
    struct arena *arena;       /* for one line */
    struct arena *event_arena; /* for one event; lines cause events */
    struct history *history;
    char from[PDU_ADDRESS_MAX + 1];
    char to[PDU_ADDRESS_MAX + 1];
    unsigned last_id;
    uint8_t last_session; /* of USSD */
    enum pace_state state;
    char awaited[PDU_ADDRESS_MAX + 1];
};

static bool is_live(const struct phone *p)
{
    return p->options->pace == PHONE_LIVE;
}

/* A state that ends by itself after a time, INT64_MAX for never. */
static void enter(struct phone *p, enum pace_state state, int64_t lasts_us)
{
    p->state = state;
    p->face.due = lasts_us == INT64_MAX ? INT64_MAX : monotonic_us() + lasts_us;
}

static void prompt(struct phone *p)
{
    if (is_live(p))
        fprintf(p->out, "%s> ", p->from);
}

/* Begins output that comes by itself: the prompt goes, and comes again after it. */
static void begin_notice(struct phone *p)
{
    if (is_live(p))
        fputs(p->options->escapes ? "\r\033[K" : "\n", p->out);
}

static void notice(struct phone *p, const char *text)
{
    begin_notice(p);
    fprintf(p->out, "* %s\n", text);
    prompt(p);
}

static bool is_address(const char *text, const char *allowed)
{
    size_t n = strlen(text);
    return n > 0 && n <= PDU_ADDRESS_MAX && text[strspn(text, allowed)] == '\0';
}

/* In paced output a number is named only when it is not the usual one. */
static void name_number(struct phone *p, const char *number)
{
    if (strcmp(number, p->options->from) != 0)
        fprintf(p->out, "@%s ", number);
}

static bool send(struct phone *p, struct mo *mo, const char *shown)
{
    char id[16];
    const char *why;
    snprintf(id, sizeof id, "%u", ++p->last_id);
    mo->id = id;
    mo->from = p->from;
    if (!is_live(p)) {
        name_number(p, p->from);
        fprintf(p->out, "> %s\n", shown);
    }
    if (!smsc_send(p->face.smsc, mo, &why)) {
        fprintf(p->out, "! %s\n", why);
        p->face.exit_status = EXIT_FAILURE;
        return false;
    }
    history_add_sent(p->history, p->last_id, p->from, mo->to, shown);
    memcpy(p->awaited, p->from, sizeof p->awaited);
    if (!is_live(p))
        enter(p, PACE_AWAITING, p->options->wait_us);
    return true;
}

static void send_text(struct phone *p, const char *text)
{
    struct mo mo = {.to = p->to};
    if (mo_encode(p->arena, slice_of(text), &mo.coding, &mo.octets))
        send(p, &mo, text);
    else
        fputs("! that is not UTF-8; set the terminal to it\n", p->out);
}

/* Begins a USSD session: service operation 1 (PSSR indication) and a session number. */
static void dial(struct phone *p, const char *code)
{
    uint8_t tlvs[16];
    size_t n = 0;
    const char session[2] = {(char)++p->last_session, 0};
    tlv_put(tlvs, &n, sizeof tlvs, TLVID_ussd_service_op, (struct slice){"\1", 1});
    tlv_put(tlvs, &n, sizeof tlvs, TLVID_its_session_info, (struct slice){session, sizeof session});
    struct mo mo = {.to = code, .service_type = "USSD", .tlvs = {(const char *)tlvs, n}};
    if (gsm7_encode(p->arena, slice_of(code), &mo.octets))
        send(p, &mo, code);
}

static void do_from(struct phone *p, const char *argument)
{
    if (*argument == '+')
        argument++;
    if (is_address(argument, "0123456789"))
        snprintf(p->from, sizeof p->from, "%s", argument);
    else
        fputs("! /from wants a number of up to 20 digits\n", p->out);
}

static void do_to(struct phone *p, const char *argument)
{
    if (is_address(argument, "0123456789"))
        snprintf(p->to, sizeof p->to, "%s", argument);
    else
        fputs("! /to wants a number of up to 20 digits\n", p->out);
}

static void do_numbers(struct phone *p, const char *argument)
{
    (void)argument;
    history_show_numbers(p->history, p->from, p->out);
}

static void do_thread(struct phone *p, const char *argument)
{
    history_show_thread(p->history, *argument ? argument : p->from, p->out);
}

static void do_hex(struct phone *p, const char *argument)
{
    struct mo mo = {.to = p->to, .coding = CODING_BINARY};
    if (*argument && hex_decode(p->arena, slice_of(argument), &mo.octets))
        send(p, &mo, arena_printf(p->arena, "/hex %s", argument));
    else
        fputs("! /hex wants pairs of hexadecimal digits\n", p->out);
}

static void do_quit(struct phone *p, const char *argument)
{
    (void)argument;
    p->face.finished = true;
}

static void do_help(struct phone *p, const char *argument);

static const struct {
    const char *name;
    const char *argument;
    void (*run)(struct phone *p, const char *argument);
    const char *help;
} commands[] = {
    {"/from", "NUMBER", do_from, "take another phone"},
    {"/numbers", "", do_numbers, "list the phones used so far"},
    {"/thread", "[NUMBER]", do_thread, "show the messages of this or another phone"},
    {"/to", "CODE", do_to, "send to another short code"},
    {"/hex", "0a0b...", do_hex, "send a binary message"},
    {"/help", "", do_help, "show this"},
    {"/quit", "", do_quit, "leave (as does the end of input)"},
};

static void do_help(struct phone *p, const char *argument)
{
    (void)argument;
    fprintf(p->out, "  What you type is sent from %s to %s and what comes back is shown.\n", p->from, p->to);
    fprintf(p->out, "  %-18s %s\n", "*8055#", "dial USSD");
    fprintf(p->out, "  %-18s %s\n", "@NUMBER text", "send one text from another phone");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(p->out, "  %-8s %-9s %s\n", commands[i].name, commands[i].argument, commands[i].help);
    if (is_live(p))
        fputs("  Ctrl-R shows what you were typing when a message came in between.\n", p->out);
}

static void run_command(struct phone *p, char *line)
{
    char *argument = line + strcspn(line, " ");
    if (*argument)
        *argument++ = '\0';
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, line) == 0) {
            commands[i].run(p, argument);
            return;
        }
    }
    fprintf(p->out, "! there is no %s; /help lists what there is\n", line);
}

/* "@84987654321 text": one text from another phone. */
static void send_as(struct phone *p, char *line)
{
    char before[sizeof p->from];
    memcpy(before, p->from, sizeof before);
    char *text = line + strcspn(line, " ");
    if (*text)
        *text++ = '\0';
    if (!is_address(line + 1, "0123456789") || !*text) {
        fputs("! it is @NUMBER, a space, and a text\n", p->out);
        return;
    }
    memcpy(p->from, line + 1, strlen(line + 1) + 1);
    send_text(p, text);
    memcpy(p->from, before, sizeof before);
}

static bool is_ussd(const char *line)
{
    size_t n = strlen(line);
    return n >= 3 && n <= PDU_ADDRESS_MAX && line[0] == '*' && line[n - 1] == '#' && is_address(line, "0123456789*#");
}

static void read_line(struct phone *p, char *line)
{
    if (*line == '/')
        run_command(p, line);
    else if (*line == '@')
        send_as(p, line);
    else if (is_ussd(line))
        dial(p, line);
    else if (!is_live(p) && strncmp(line, "# ", 2) == 0)
        fprintf(p->out, "%s\n", line);
    else if (*line)
        send_text(p, line);
}

static void on_line(struct face *face, struct slice line)
{
    struct phone *p = (struct phone *)face;
    read_line(p, arena_copy(p->arena, line));
    arena_reset(p->arena);
    if (!face->finished)
        prompt(p);
}

static void on_line_too_long(struct face *face)
{
    notice((struct phone *)face, "that line was too long and was not sent");
}

static void on_bound(struct phone *p, const struct event *e)
{
    if (is_live(p))
        notice(p, arena_printf(p->event_arena, "Kannel is here (%s)", e->bind_as));
    else if (p->state == PACE_UNBOUND && smsc_is_bound(p->face.smsc))
        enter(p, PACE_READY, INT64_MAX);
}

static void show_mt(struct phone *p, const struct message *m, const char *text, const char *receipt)
{
    struct slice op;
    const char *kind = tlv_get(m->tlvs, TLVID_ussd_service_op, &op) ? "USSD, " : "";
    char *about = arena_printf(p->event_arena, "(%s%s, %u segment%s", kind, coding_title(m->coding), m->segments,
                               m->segments == 1 ? "" : "s");
    if (is_live(p)) {
        begin_notice(p);
        fprintf(p->out, "< %s to %s  %s, %zu characters%s%s)\n  ", m->from, m->to, about, message_units(m),
                receipt ? ", report " : "", receipt ? receipt : "");
        show_text(text, "  ", p->out);
        fputc('\n', p->out);
        prompt(p);
    } else {
        name_number(p, m->to);
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
        enter(p, PACE_GAP, p->options->gap_us);
    else if (p->state == PACE_SETTLING)
        enter(p, PACE_SETTLING, p->options->settle_us);
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
        enter(p, PACE_READY, INT64_MAX);
}

static void on_event(void *me, const struct event *e)
{
    struct phone *p = me;
    if (e->kind == EVENT_LISTENING && p->options->shows_port)
        fprintf(p->out, "* listening for Kannel on 127.0.0.1:%u\n", e->port);
    else if (e->kind == EVENT_BOUND)
        on_bound(p, e);
    else if (e->kind == EVENT_UNBOUND && is_live(p))
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
    return is_live(p) ? smsc_has_room(face->smsc) : p->state == PACE_READY;
}

static void on_end(struct face *face)
{
    struct phone *p = (struct phone *)face;
    if (!is_live(p)) {
        enter(p, PACE_SETTLING, p->options->settle_us);
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
        fprintf(p->out, "! no answer in %" PRId64 " seconds\n", p->options->wait_us / 1000000);
        p->face.exit_status = EXIT_FAILURE;
        enter(p, PACE_READY, INT64_MAX);
        break;
    case PACE_GAP:
        enter(p, PACE_READY, INT64_MAX);
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
    enter(p, PACE_UNBOUND, is_live(p) ? INT64_MAX : options->bind_us);
    return &p->face;
}
