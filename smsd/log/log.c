/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/log/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "parsers/kannel/msisdn.h"
#include "smsd/clock.h"
#include "smsd/log/limit.h"

static const struct {
    const char *name;
    int syslog_priority;
} LEVELS[] = {
    [LEVEL_DEBUG] = {"debug", LOG_DEBUG},
    [LEVEL_INFO] = {"info", LOG_INFO},
    [LEVEL_WARNING] = {"warning", LOG_WARNING},
    [LEVEL_ERROR] = {"error", LOG_ERR},
};

static _Atomic int the_level = LEVEL_INFO;
static _Atomic int the_target = TARGET_STDERR;

static pthread_mutex_t limit_lock = PTHREAD_MUTEX_INITIALIZER;
static struct limit the_limit; /* under limit_lock */

static pthread_once_t seed_once = PTHREAD_ONCE_INIT;
static uint64_t body_seed; /* drawn once: hashes tell texts apart within one run, and cannot be looked up later */

/* A line being written; what does not fit is cut. */
struct line {
    char *at;
    size_t n, room; /* room without the NUL */
};

static void put_char(struct line *line, char c)
{
    if (line->n < line->room)
        line->at[line->n++] = c;
}

static void put(struct line *line, const char *text)
{
    while (*text)
        put_char(line, *text++);
}

static void __attribute__((format(printf, 2, 3))) put_format(struct line *line, const char *format, ...)
{
    char text[64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put(line, text);
}

static bool is_plain(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

/* Quoted unless it is plain; everything but printable ASCII as \n or \xNN, so that neither a terminal nor a program
 * that reads the log can be misled. */
static void put_value(struct line *line, const char *value)
{
    const char *c = value;
    while (is_plain((unsigned char)*c))
        c++;
    if (*c == '\0' && c != value) {
        put(line, value);
        return;
    }
    put_char(line, '"');
    for (c = value; *c; c++) {
        if (*c == '"' || *c == '\\')
            put_format(line, "\\%c", *c);
        else if (*c == '\n')
            put(line, "\\n");
        else if (*c == ' ' || is_plain((unsigned char)*c) || *c == '=')
            put_char(line, *c);
        else
            put_format(line, "\\x%02x", (unsigned char)*c);
    }
    put_char(line, '"');
}

static void put_msisdn(struct line *line, const char *msisdn)
{
    char redacted[MSISDN_MAX] = "?";
    if (strlen(msisdn) < MSISDN_MAX)
        msisdn_redact(msisdn, redacted);
    put_value(line, redacted);
}

static void draw_seed(void)
{
    if (getrandom(&body_seed, sizeof body_seed, GRND_NONBLOCK) != sizeof body_seed)
        body_seed = (uint64_t)time(NULL) ^ (uint64_t)getpid();
}

/* FNV-1a, 64 bits, from a seed of our own. */
static uint64_t body_hash(const char *body)
{
    pthread_once(&seed_once, draw_seed);
    uint64_t hash = body_seed;
    for (; *body; body++)
        hash = (hash ^ (unsigned char)*body) * 1099511628211u;
    return hash;
}

static void put_pair(struct line *line, const struct log_pair *pair)
{
    put_char(line, ' ');
    put(line, pair->key);
    if (pair->kind == PAIR_INT) {
        put_format(line, "=%lld", (long long)pair->number);
        return;
    }
    if (!pair->text) {
        put(line, "=-");
        return;
    }
    if (pair->kind == PAIR_BODY) {
        put_format(line, ".len=%zu ", strlen(pair->text));
        put(line, pair->key);
        put_format(line, ".hash=%016llx", (unsigned long long)body_hash(pair->text));
        return;
    }
    put_char(line, '=');
    if (pair->kind == PAIR_MSISDN)
        put_msisdn(line, pair->text);
    else
        put_value(line, pair->text);
}

/* The event stands alone, the rest as key=value. */
static void put_line(struct line *line, enum log_level level, const struct log_pair *pairs, size_t n)
{
    put(line, LEVELS[level].name);
    put_char(line, ' ');
    put_value(line, pairs[0].text);
    for (size_t i = 1; i < n; i++)
        put_pair(line, &pairs[i]);
}

size_t log_format(char *line, size_t room, enum log_level level, const struct log_pair *pairs, size_t n)
{
    struct line to = {.at = line, .room = room - 1};
    put_line(&to, level, pairs, n);
    line[to.n] = '\0';
    return to.n;
}

static void put_time(struct line *line, int64_t us)
{
    const time_t seconds = (time_t)(us / 1000000);
    struct tm tm;
    char text[32];
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    put_format(line, "%s.%03dZ ", text, (int)(us / 1000 % 1000));
}

static void write_stderr(int64_t us, enum log_level level, const struct log_pair *pairs, size_t n, int64_t dropped)
{
    char text[LOG_LINE_MAX];
    struct line line = {.at = text, .room = sizeof text - 1};
    if (!getenv("JOURNAL_STREAM")) /* systemd's journal keeps the time itself */
        put_time(&line, us);
    put_line(&line, level, pairs, n);
    if (dropped > 0)
        put_pair(&line, &KV_INT("dropped", dropped));
    text[line.n++] = '\n';
    ssize_t written = write(STDERR_FILENO, text, line.n); /* one write: lines of threads do not mix */
    (void)written;                                        /* there is nobody to tell */
}

static void write_syslog(enum log_level level, const struct log_pair *pairs, size_t n, int64_t dropped)
{
    char text[LOG_LINE_MAX];
    log_format(text, sizeof text, level, pairs, n);
    if (dropped > 0)
        syslog(LEVELS[level].syslog_priority, "%s dropped=%lld", text, (long long)dropped);
    else
        syslog(LEVELS[level].syslog_priority, "%s", text);
}

/* Is this line to be written? Warnings and errors that repeat are not. */
static bool may_write(enum log_level level, const char *event, int64_t us, int64_t *dropped_r)
{
    *dropped_r = 0;
    if ((int)level < atomic_load_explicit(&the_level, memory_order_relaxed))
        return false;
    if (level < LEVEL_WARNING)
        return true;
    pthread_mutex_lock(&limit_lock);
    bool allowed = limit_allow(&the_limit, event, us, dropped_r);
    pthread_mutex_unlock(&limit_lock);
    return allowed;
}

void log_open(enum log_target target, enum log_level level)
{
    if (target == TARGET_SYSLOG)
        openlog("smsd", LOG_PID, LOG_DAEMON);
    atomic_store(&the_target, (int)target);
    atomic_store(&the_level, (int)level);
}

void log_write(enum log_level level, const struct log_pair *pairs, size_t n)
{
    const int64_t us = clock_of(CLOCK_REALTIME); /* as everything else on this machine */
    int64_t dropped;
    if (!may_write(level, pairs[0].text, us, &dropped))
        return;
    if (atomic_load_explicit(&the_target, memory_order_relaxed) == TARGET_SYSLOG)
        write_syslog(level, pairs, n, dropped);
    else
        write_stderr(us, level, pairs, n, dropped);
}
