/* SPDX-License-Identifier: Apache-2.0
 *
 * The load: an SMSC with 100,000 phones, as a client of bearerbox's "fake" SMSC. Usage: load OPTION...
 *
 *     --port PORT       of bearerbox's fake SMSC
 *     --texts FILE      what is sent: "KIND\tTEXT" lines (mix.h)
 *     --counts FILE     where to write how often each of these was sent
 *     --first N         which text of the endless mix to begin with (default 0)
 *     --apart N         from one person's number to the next one's (default 1)
 *     --window N        texts under way at once, at most (default 500)
 *     --rate N          texts a second; without it the next goes as soon as the window has room
 *     --warm-up S       seconds before measuring begins (default 2)
 *     --seconds S       seconds of measuring (default 10)
 *
 * Prints "begin" and "end" at the moments between which it measures, and when all answers are there one line of JSON. A
 * text is answered when all parts of its answer have come, which is known by the number: nobody has two texts under
 * way. With a rate, times count from the moment the text was due, so that a stall is not made shorter by sending less.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/fake.h"
#include "tests/bench/mix.h"

#define SHORT_CODE "8055"
#define SECOND_NS 1000000000LL
#define DRAIN_NS (30 * SECOND_NS) /* for answers that are still under way at the end */
#define BUFFER (1 << 18)          /* bytes */
#define LINE_MAX_BYTES 2048       /* room that a text needs in the buffer */

struct options {
    int port, window;
    const char *texts, *counts;
    uint64_t first, apart; /* apart: from one person's number to the next one's */
    double rate, warm_up, seconds; /* rate 0: as fast as answers come */
};

struct phone {
    int64_t since_ns; /* its text was sent, or due; 0 = none under way */
    unsigned parts;   /* of the answer, so far */
};

struct load {
    const struct options *options;
    struct mix *mix;
    struct phone *phones;
    int fd;
    char out[BUFFER], in[BUFFER];
    size_t n_out, n_in;
    int64_t start_ns, begin_ns, end_ns; /* monotonic: first text, measuring from and to */
    uint64_t sent, answered, unexpected;
    int under_way;
    uint32_t *took_us; /* of each text answered while it was measured */
    size_t n_took, took_room;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* ---- the connection ---- */

static int connected(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        err(1, "connecting to bearerbox's fake SMSC");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    return fd;
}

static void flush(struct load *load)
{
    ssize_t n = load->n_out ? send(load->fd, load->out, load->n_out, MSG_DONTWAIT | MSG_NOSIGNAL) : 0;
    if (n < 0 && errno != EAGAIN)
        err(1, "writing to bearerbox");
    if (n > 0) {
        load->n_out -= (size_t)n;
        memmove(load->out, load->out + n, load->n_out);
    }
}

/* ---- texts ---- */

/* When the next one is due. */
static int64_t due_ns(const struct load *load)
{
    double rate = load->options->rate;
    return rate > 0 ? load->start_ns + (int64_t)((double)load->sent / rate * 1e9) : load->start_ns;
}

static bool may_send(const struct load *load, int64_t now)
{
    return now < load->end_ns && load->under_way < load->options->window && due_ns(load) <= now &&
           load->n_out + LINE_MAX_BYTES < BUFFER;
}

/* A phone whose answer never came gets no second text: its answer could not be told from the first one's. */
static void send_next(struct load *load, int64_t now)
{
    struct mix_text next = mix_take(load->mix, load->options->first + load->sent);
    struct phone *phone = &load->phones[next.person];
    if (phone->since_ns)
        errx(1, "a text has had no answer while everybody else sent one");
    *phone = (struct phone){.since_ns = load->options->rate > 0 ? due_ns(load) : now};
    int n = snprintf(load->out + load->n_out, LINE_MAX_BYTES, "%llu " SHORT_CODE " text %s\n",
                     MIX_FIRST_NUMBER + next.person * (unsigned long long)load->options->apart, next.text);
    if (n >= LINE_MAX_BYTES)
        errx(1, "a text is too long");
    load->n_out += (size_t)n;
    load->sent++;
    load->under_way++;
}

/* ---- answers ---- */

static void keep_time(struct load *load, int64_t ns)
{
    if (load->n_took == load->took_room) {
        load->took_room = load->took_room ? 2 * load->took_room : 1 << 16;
        load->took_us = realloc(load->took_us, load->took_room * sizeof *load->took_us);
        if (!load->took_us)
            err(1, "memory");
    }
    load->took_us[load->n_took++] = (uint32_t)(ns / 1000);
}

static void hear_line(struct load *load, const char *line, int64_t now)
{
    struct fake_answer answer;
    if (!fake_answer(line, SHORT_CODE, &answer))
        return; /* a text of several lines goes on */
    uint64_t person = (answer.to - MIX_FIRST_NUMBER) / load->options->apart;
    struct phone *phone = person < MIX_PEOPLE ? &load->phones[person] : NULL;
    if (!phone || !phone->since_ns) {
        load->unexpected++;
        return;
    }
    if (++phone->parts < answer.parts)
        return;
    if (now >= load->begin_ns && now < load->end_ns)
        keep_time(load, now - phone->since_ns);
    phone->since_ns = 0;
    load->answered++;
    load->under_way--;
}

/* TCP_QUICKACK holds for a while only. Without it bearerbox, which does not set TCP_NODELAY, would wait for our delayed
 * acknowledgement, and we would measure that. */
static void hear(struct load *load)
{
    ssize_t n = recv(load->fd, load->in + load->n_in, BUFFER - load->n_in, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN))
        errx(1, "bearerbox hung up");
    if (n < 0)
        return;
    setsockopt(load->fd, IPPROTO_TCP, TCP_QUICKACK, &(int){1}, sizeof(int));
    int64_t now = now_ns();
    load->n_in += (size_t)n;
    char *line = load->in, *end;
    while ((end = memchr(line, '\n', load->n_in - (size_t)(line - load->in)))) {
        *end = '\0';
        hear_line(load, line, now);
        line = end + 1;
    }
    load->n_in -= (size_t)(line - load->in);
    memmove(load->in, line, load->n_in);
    if (load->n_in == BUFFER)
        errx(1, "an answer has no end");
}

/* ---- the run ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Waits for the socket, for `until` at most. */
static void await(struct load *load, int64_t until_ns)
{
    struct pollfd fd = {.fd = load->fd, .events = load->n_out ? POLLIN | POLLOUT : POLLIN};
    int64_t left = until_ns - now_ns();
    struct timespec timeout = {left > 0 ? left / SECOND_NS : 0, left > 0 ? left % SECOND_NS : 0};
    if (ppoll(&fd, 1, &timeout, NULL) < 0)
        err(1, "ppoll");
    if (fd.revents & (POLLIN | POLLHUP | POLLERR))
        hear(load);
}

/* Until that moment, or, with `drains`, until nothing is under way any more. */
static void run_until(struct load *load, int64_t until_ns, bool drains)
{
    int64_t now;
    while ((now = now_ns()) < until_ns && !(drains && load->under_way == 0)) {
        while (may_send(load, now))
            send_next(load, now);
        flush(load);
        int64_t due = due_ns(load);
        await(load, due > now ? earlier(due, until_ns) : until_ns);
    }
}

static void say(const char *word)
{
    puts(word);
    fflush(stdout);
}

static void run(struct load *load)
{
    load->start_ns = now_ns();
    load->begin_ns = load->start_ns + (int64_t)(load->options->warm_up * 1e9);
    load->end_ns = load->begin_ns + (int64_t)(load->options->seconds * 1e9);
    run_until(load, load->begin_ns, false);
    say("begin");
    run_until(load, load->end_ns, false);
    say("end");
    run_until(load, load->end_ns + DRAIN_NS, true);
}

/* ---- what came of it ---- */

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double percentile_ms(const struct load *load, double share)
{
    size_t at = (size_t)((double)load->n_took * share);
    return load->n_took ? load->took_us[at < load->n_took ? at : load->n_took - 1] / 1000.0 : 0;
}

static void report(struct load *load)
{
    qsort(load->took_us, load->n_took, sizeof *load->took_us, by_size);
    printf("{\"next\": %" PRIu64 ", \"sent\": %" PRIu64 ", \"answered\": %" PRIu64 ", \"unexpected\": %" PRIu64 ", ",
           load->options->first + load->sent, load->sent, load->answered, load->unexpected);
    printf("\"measured\": %zu, \"rate\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f}\n", load->n_took,
           (double)load->n_took / load->options->seconds, percentile_ms(load, 0.5), percentile_ms(load, 0.99),
           percentile_ms(load, 1));
}

static struct options options_of(int argc, char **argv)
{
    static const struct option names[] = {{"port", required_argument, NULL, 'p'},
                                          {"texts", required_argument, NULL, 't'},
                                          {"counts", required_argument, NULL, 'c'},
                                          {"first", required_argument, NULL, 'f'},
                                          {"apart", required_argument, NULL, 'a'},
                                          {"window", required_argument, NULL, 'w'},
                                          {"rate", required_argument, NULL, 'r'},
                                          {"warm-up", required_argument, NULL, 'u'},
                                          {"seconds", required_argument, NULL, 's'},
                                          {0}};
    struct options options = {.window = 500, .apart = 1, .warm_up = 2, .seconds = 10};
    for (int name; (name = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (name) {
        case 'p':
            options.port = atoi(optarg);
            break;
        case 't':
            options.texts = optarg;
            break;
        case 'c':
            options.counts = optarg;
            break;
        case 'f':
            options.first = strtoull(optarg, NULL, 10);
            break;
        case 'a':
            options.apart = strtoull(optarg, NULL, 10);
            break;
        case 'w':
            options.window = atoi(optarg);
            break;
        case 'r':
            options.rate = atof(optarg);
            break;
        case 'u':
            options.warm_up = atof(optarg);
            break;
        case 's':
            options.seconds = atof(optarg);
            break;
        default:
            exit(2);
        }
    }
    if (!options.port || !options.texts || !options.counts || !options.apart || optind != argc)
        errx(2, "usage: load --port PORT --texts FILE --counts FILE [--first N] [--apart N] [--window N] [--rate N] "
                "[--warm-up S] [--seconds S]");
    return options;
}

int main(int argc, char **argv)
{
    static struct load load;
    struct options options = options_of(argc, argv);
    load.options = &options;
    load.mix = mix_read(options.texts);
    load.phones = calloc(MIX_PEOPLE, sizeof *load.phones);
    if (!load.phones)
        err(1, "memory");
    load.fd = connected(options.port);
    run(&load);
    report(&load);
    mix_write_counts(load.mix, options.counts);
    mix_free(&load.mix);
    free(load.phones);
    free(load.took_us);
    close(load.fd);
    return 0;
}
