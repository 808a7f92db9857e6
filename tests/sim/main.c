/* SPDX-License-Identifier: Apache-2.0
 *
 * phone: an SMSC simulator that Kannel binds to, and a phone on its network.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/face.h"
#include "tests/sim/lines.h"
#include "tests/sim/options.h"

struct phone {
    struct options options;
    struct face *face;
    struct smsc *smsc;
    struct lines lines;
    FILE *log;           /* NULL for none */
    struct arena *arena; /* for one event */
};

static volatile sig_atomic_t interrupted; /* the signal's number */

static void on_signal(int number)
{
    interrupted = number;
}

static void on_event(void *me, const struct event *event)
{
    struct phone *p = me;
    p->face->event(p->face, event);
    if (!p->log)
        return;
    char *line = event_json(p->arena, event);
    fprintf(p->log, "%s\n", line);
    free(line);
    arena_reset(p->arena);
}

static void feed_lines(struct phone *p)
{
    struct slice line;
    while (!p->face->finished && p->face->wants_line(p->face)) {
        switch (lines_next(&p->lines, &line)) {
        case LINES_LINE:
            p->face->line(p->face, line);
            break;
        case LINES_TOO_LONG:
            p->face->line_too_long(p->face);
            break;
        case LINES_END:
            p->face->end(p->face);
            return;
        case LINES_NONE:
            return;
        }
    }
}

static int timeout_ms(int64_t due, int64_t now)
{
    enum { AN_HOUR_MS = 3600 * 1000 };
    if (due <= now)
        return 0;
    int64_t ms = due == INT64_MAX ? AN_HOUR_MS : (due - now + 999) / 1000;
    return (int)(ms < AN_HOUR_MS ? ms : AN_HOUR_MS);
}

/* Waits until something can be done, and serves the input and the connections: what was commanded before a PDU came
 * holds for it, however long we waited for the processor. */
static void wait_and_serve(struct phone *p)
{
    struct pollfd fds[SMSC_POLL_MAX + 1];
    nfds_t n = smsc_poll(p->smsc, fds);
    int64_t due = p->face->due < smsc_due(p->smsc) ? p->face->due : smsc_due(p->smsc);
    bool reads = !p->lines.ended && p->face->wants_line(p->face);
    fds[n] = (struct pollfd){.fd = reads ? p->lines.fd : -1, .events = POLLIN};
    if (poll(fds, n + 1, timeout_ms(due, monotonic_us())) <= 0)
        return;
    if (fds[n].revents) {
        lines_read(&p->lines);
        feed_lines(p);
    }
    smsc_serve(p->smsc, fds, n);
}

static void flush(struct phone *p)
{
    fflush(stdout);
    if (p->log)
        fflush(p->log);
}

static void run(struct phone *p)
{
    while (!p->face->finished && !interrupted) {
        if (monotonic_us() >= p->face->due)
            p->face->on_due(p->face);
        feed_lines(p);
        flush(p);
        if (!p->face->finished)
            wait_and_serve(p);
    }
    flush(p);
}

static int fail(const char *what)
{
    fprintf(stderr, "phone: %s: %s\n", what, strerror(errno));
    return EXIT_FAILURE;
}

static int open_files(struct phone *p)
{
    const struct options *o = &p->options;
    int fd = o->demo ? open(o->demo, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (fd < 0)
        return fail(o->demo);
    lines_init(&p->lines, fd);
    p->log = o->log ? fopen(o->log, "ae") : NULL;
    if (o->log && !p->log)
        return fail(o->log);
    return EXIT_SUCCESS;
}

static int start(struct phone *p)
{
    if (open_files(p) != EXIT_SUCCESS)
        return EXIT_FAILURE;
    p->arena = arena_new(1024);
    p->face = p->options.script ? script_new(stdout) : phone_new(&p->options.phone, stdout);
    p->smsc = smsc_new((uint16_t)p->options.port, (unsigned)p->options.window, on_event, p);
    if (!p->smsc)
        return fail("cannot listen");
    p->face->smsc = p->smsc;
    return EXIT_SUCCESS;
}

static void stop(struct phone *p)
{
    smsc_free(&p->smsc);
    if (p->face)
        p->face->free(p->face);
    arena_free(&p->arena);
    if (p->log)
        fclose(p->log);
    if (p->options.demo && p->lines.fd > STDERR_FILENO)
        close(p->lines.fd);
}

/* What the shell makes of a program that a signal ended. */
enum { SIGNALLED = 128 };

int main(int argc, char **argv)
{
    static struct phone p;
    int status = EXIT_SUCCESS;
    if (options_read(argc, argv, &p.options, &status) == OPTIONS_LEAVE)
        return status;
    signal(SIGPIPE, SIG_IGN);
    sigaction(SIGINT, &(struct sigaction){.sa_handler = on_signal}, NULL);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_signal}, NULL);
    status = start(&p);
    if (status == EXIT_SUCCESS) {
        run(&p);
        status = interrupted ? SIGNALLED + interrupted : p.face->exit_status;
    }
    stop(&p);
    return status;
}
