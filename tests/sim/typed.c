/* SPDX-License-Identifier: Apache-2.0 */
#include <libsmpp34/smpp34.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/octets.h"
#include "tests/sim/phone_p.h"

static bool is_address(const char *text, const char *allowed)
{
    size_t n = strlen(text);
    return n > 0 && n <= PDU_ADDRESS_MAX && text[strspn(text, allowed)] == '\0';
}

/* Sends it from the phone in hand; the rest of `mo` is the caller's. */
static void send_mo(struct phone *p, struct mo mo, const char *shown)
{
    char id[16];
    const char *why;
    snprintf(id, sizeof id, "%u", ++p->last_id);
    mo.id = id;
    mo.from = p->from;
    if (!phone_is_live(p)) {
        phone_name_number(p, p->from);
        fputs("> ", p->out);
        show_text(shown, "  ", p->out);
        fputc('\n', p->out);
    }
    if (!smsc_send(p->face.smsc, &mo, &why)) {
        fprintf(p->out, "! %s\n", why);
        p->face.exit_status = EXIT_FAILURE;
        return;
    }
    history_add_sent(p->history, p->last_id, p->from, mo.to, shown);
    memcpy(p->awaited, p->from, sizeof p->awaited);
    if (phone_is_live(p) && !smsc_is_bound(p->face.smsc))
        fputs("* Kannel is not here; the text waits\n", p->out);
    if (!phone_is_live(p))
        phone_enter(p, PACE_AWAITING, p->options->wait_us);
}

static void send_text(struct phone *p, const char *text)
{
    struct mo mo = {.to = p->to};
    if (mo_encode(p->arena, slice_of(text), &mo.coding, &mo.octets))
        send_mo(p, mo, text);
    else
        fputs("! that is not UTF-8; set the terminal to it\n", p->out);
}

/* What a phone says in its USSD session: a service operation, the session and a text; `shown` stands for it. */
static void send_ussd(struct phone *p, char operation, const char *text, const char *shown)
{
    uint8_t tlvs[16];
    size_t n = 0;
    tlv_put(tlvs, &n, sizeof tlvs, TLVID_ussd_service_op, (struct slice){&operation, 1});
    tlv_put(tlvs, &n, sizeof tlvs, TLVID_its_session_info,
            (struct slice){(const char *)p->ussd.info, sizeof p->ussd.info});
    struct mo mo = {.to = p->ussd.code, .service_type = "USSD", .tlvs = {(const char *)tlvs, n}};
    p->ussd.asks = false;
    p->ussd.info[1] += 2; /* bits 7 to 1 are the sequence */
    if (mo_encode(p->arena, slice_of(text), &mo.coding, &mo.octets))
        send_mo(p, mo, shown);
    else
        fputs("! that is not UTF-8; set the terminal to it\n", p->out);
}

/* Begins a session. */
static void dial(struct phone *p, const char *code)
{
    memcpy(p->ussd.by, p->from, sizeof p->ussd.by);
    snprintf(p->ussd.code, sizeof p->ussd.code, "%s", code);
    p->ussd.info[0]++;
    p->ussd.info[1] = 0;
    send_ussd(p, 1, code, code); /* PSSR indication */
}

/* The red key: nothing comes back. */
static void do_hang_up(struct phone *p, const char *argument)
{
    (void)argument;
    if (!phone_is_asked(p)) {
        fputs("! no USSD session is open\n", p->out);
        return;
    }
    send_ussd(p, (char)129, "", "/hangup"); /* of the vendors' range: abort */
    if (!phone_is_live(p))
        phone_enter(p, PACE_READY, INT64_MAX);
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
        send_mo(p, mo, arena_printf(p->arena, "/hex %s", argument));
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
    {"/hangup", "", do_hang_up, "leave the USSD session"},
    {"/hex", "0a0b...", do_hex, "send a binary message"},
    {"/help", "", do_help, "show this"},
    {"/quit", "", do_quit, "leave (as does the end of input)"},
};

static void do_help(struct phone *p, const char *argument)
{
    (void)argument;
    fprintf(p->out, "  What you type is sent from %s to %s and what comes back is shown.\n", p->from, p->to);
    fprintf(p->out, "  %-18s %s\n", "*8055#", "dial USSD; what you type then answers its screens");
    fprintf(p->out, "  %-18s %s\n", "@NUMBER text", "send one text from another phone");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(p->out, "  %-8s %-9s %s\n", commands[i].name, commands[i].argument, commands[i].help);
    if (phone_is_live(p))
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

void phone_typed(struct phone *p, char *line)
{
    if (*line == '/')
        run_command(p, line);
    else if (*line == '@')
        send_as(p, line);
    else if (is_ussd(line))
        dial(p, line);
    else if (!phone_is_live(p) && strncmp(line, "# ", 2) == 0)
        fprintf(p->out, "%s\n", line);
    else if (*line && phone_is_asked(p))
        send_ussd(p, 18, line, line); /* USSR confirm */
    else if (*line)
        send_text(p, line);
}
