/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/history.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HISTORY_MAX = 500 };

struct said {
    enum said_state state;
    unsigned id; /* of a text that was sent */
    time_t at;
    char number[PDU_ADDRESS_MAX + 1];
    char other[PDU_ADDRESS_MAX + 1];
    char *text; /* NULL when the slot is free */
};

struct history {
    size_t next; /* slot to write, which holds the oldest */
    struct said said[HISTORY_MAX];
};

struct history *history_new(void)
{
    struct history *history = calloc(1, sizeof *history);
    if (!history)
        abort();
    return history;
}

void history_free(struct history **history)
{
    if (!*history)
        return;
    for (size_t i = 0; i < HISTORY_MAX; i++)
        free((*history)->said[i].text);
    free(*history);
    *history = NULL;
}

static void add(struct history *history, enum said_state state, unsigned id, const char *number, const char *other,
                const char *text)
{
    struct said *said = &history->said[history->next];
    history->next = (history->next + 1) % HISTORY_MAX;
    free(said->text);
    *said = (struct said){.state = state, .id = id, .at = time(NULL), .text = strdup(text)};
    if (!said->text)
        abort();
    snprintf(said->number, sizeof said->number, "%s", number);
    snprintf(said->other, sizeof said->other, "%s", other);
}

void history_add_sent(struct history *history, unsigned id, const char *number, const char *other, const char *text)
{
    add(history, SAID_WAITING, id, number, other, text);
}

void history_add_received(struct history *history, const char *number, const char *other, const char *text)
{
    add(history, SAID_RECEIVED, 0, number, other, text);
}

void history_settle(struct history *history, unsigned id, enum said_state state)
{
    for (size_t i = 0; i < HISTORY_MAX; i++)
        if (history->said[i].text && history->said[i].state == SAID_WAITING && history->said[i].id == id)
            history->said[i].state = state;
}

void show_text(const char *text, const char *indent, FILE *out)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '\n') {
            fprintf(out, "\n%s", indent);
        } else if (*at < 0x20 || *at == 0x7F) {
            fputs("·", out);
        } else if (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) { /* U+0080 to U+009F */
            fputs("·", out);
            at++;
        } else {
            fputc(*at, out);
        }
    }
}

static void show_said(const struct said *said, FILE *out)
{
    static const struct {
        const char *arrow;
        const char *remark;
    } looks[] = {
        [SAID_WAITING] = {">", "  (waits for Kannel)"},
        [SAID_TAKEN] = {">", ""},
        [SAID_REFUSED] = {">", "  (refused by Kannel)"},
        [SAID_RECEIVED] = {"<", ""},
    };
    char when[16];
    struct tm tm;
    strftime(when, sizeof when, "%H:%M:%S", localtime_r(&said->at, &tm));
    fprintf(out, "  %s %s %s  ", when, looks[said->state].arrow, said->other);
    show_text(said->text, "             ", out);
    fprintf(out, "%s\n", looks[said->state].remark);
}

void history_show_thread(const struct history *history, const char *number, FILE *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < HISTORY_MAX; i++) {
        const struct said *said = &history->said[(history->next + i) % HISTORY_MAX];
        if (said->text && strcmp(said->number, number) == 0) {
            show_said(said, out);
            shown++;
        }
    }
    if (shown == 0)
        fputs("  nothing yet\n", out);
}

/* Is this the first message of its number? */
static bool is_first(const struct history *history, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (history->said[i].text && strcmp(history->said[i].number, history->said[index].number) == 0)
            return false;
    return true;
}

static void show_number(const struct history *history, const char *number, const char *current, FILE *out)
{
    unsigned sent = 0, received = 0;
    for (size_t i = 0; i < HISTORY_MAX; i++) {
        const struct said *said = &history->said[i];
        if (said->text && strcmp(said->number, number) == 0) {
            received += said->state == SAID_RECEIVED;
            sent += said->state != SAID_RECEIVED;
        }
    }
    fprintf(out, "%s %s  %u sent, %u received\n", strcmp(number, current) == 0 ? "*" : " ", number, sent, received);
}

void history_show_numbers(const struct history *history, const char *current, FILE *out)
{
    bool seen_current = false;
    for (size_t i = 0; i < HISTORY_MAX; i++) {
        if (history->said[i].text && is_first(history, i)) {
            show_number(history, history->said[i].number, current, out);
            seen_current = seen_current || strcmp(history->said[i].number, current) == 0;
        }
    }
    if (!seen_current)
        show_number(history, current, current, out);
}
