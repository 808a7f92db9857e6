/* SPDX-License-Identifier: Apache-2.0
 *
 * The log: one line an event, key=value, what happened first.
 *
 *     log_info("mo.accepted", KV("id", id), KV_MSISDN("from", msisdn), KV_BODY("text", text), KV_INT("waiting", n));
 *     2026-11-22T06:10:00.123Z info mo.accepted id=4f1c from=849****678 text.len=23 text.hash=9ae1 waiting=3
 *
 * A number may only come in through KV_MSISDN and a text only through KV_BODY: neither is ever written whole. Other
 * values are escaped, so that nothing a stranger sends can end a line or forge a key. Any thread; a line is one write.
 * Never fails: a line that is too long is cut (LOG_LINE_MAX), one that cannot be written is lost. Warnings and errors
 * that repeat are thinned out (smsd/log/limit.h).
 */
#ifndef SMSD_LOG_LOG_H
#define SMSD_LOG_LOG_H

#include <stddef.h>
#include <stdint.h>

#define LOG_LINE_MAX 2048

/* The order of both is that of the words in options.def. */
enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };
enum log_target { TARGET_STDERR, TARGET_SYSLOG };

enum log_kind { PAIR_TEXT, PAIR_INT, PAIR_MSISDN, PAIR_BODY };

struct log_pair {
    enum log_kind kind;
    const char *key;
    const char *text; /* NULL is written as "-" */
    int64_t number;
};

#define KV(name, value) ((struct log_pair){.kind = PAIR_TEXT, .key = (name), .text = (value)})
#define KV_INT(name, value) ((struct log_pair){.kind = PAIR_INT, .key = (name), .number = (int64_t)(value)})
#define KV_MSISDN(name, value) ((struct log_pair){.kind = PAIR_MSISDN, .key = (name), .text = (value)})
#define KV_BODY(name, value) ((struct log_pair){.kind = PAIR_BODY, .key = (name), .text = (value)})

/* Before log_open: stderr, info. May be called again (reload). */
void log_open(enum log_target target, enum log_level level);

/* The first pair is the event; the macros below are how to call this. */
void log_write(enum log_level level, const struct log_pair *pairs, size_t n);

/* The line without its time and newline, as it would be written: NUL-terminated, its length returned. */
size_t log_format(char *line, size_t room, enum log_level level, const struct log_pair *pairs, size_t n);

#define LOG_PAIRS(...) ((const struct log_pair[]){__VA_ARGS__})
#define LOG_EVENT(level, ...) \
    log_write((level), LOG_PAIRS(__VA_ARGS__), sizeof(LOG_PAIRS(__VA_ARGS__)) / sizeof(struct log_pair))

#define log_debug(event, ...) LOG_EVENT(LEVEL_DEBUG, KV("event", event), ##__VA_ARGS__)
#define log_info(event, ...) LOG_EVENT(LEVEL_INFO, KV("event", event), ##__VA_ARGS__)
#define log_warning(event, ...) LOG_EVENT(LEVEL_WARNING, KV("event", event), ##__VA_ARGS__)
#define log_error(event, ...) LOG_EVENT(LEVEL_ERROR, KV("event", event), ##__VA_ARGS__)

#endif
