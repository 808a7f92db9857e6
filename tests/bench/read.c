/* SPDX-License-Identifier: Apache-2.0
 *
 * How fast texts are read: those of the corpus in rounds on one thread, then texts made to be slow. Usage: read
 * [SECONDS], in the project's folder; 0 is the rounds alone, once through in each, for `make profile-read`. The exit
 * code is 1 when reading asks the heap for memory once its arena has grown, or when 1,600 characters take over a
 * millisecond.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/read/reading.h"
#include "tests/bench/slow.h"
#include "tests/unit/parsers/tables.h"

#define SECONDS 4 /* the rounds, when not said */
#define ROUNDS 9
#define TRIES 15         /* the least of so many is a text's time: the rest is what else the machine did */
#define SLOW_CHARS 1600  /* ten joined parts of a GSM text */
#define LIMIT_NS 1000000 /* and what they may take */
#define TODAY 20779      /* 2026-11-22, as in `make corpus` */

/* ---- the heap, counted: these stand before glibc's own, for PCRE2 and utf8proc too ---- */

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *at, size_t n);

static size_t heap_calls;

void *malloc(size_t n)
{
    heap_calls++;
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    heap_calls++;
    return __libc_calloc(n, size);
}

void *realloc(void *at, size_t n)
{
    heap_calls++;
    return __libc_realloc(at, n);
}

/* ---- measuring ---- */

struct bench {
    const struct reader *reader;
    struct arena *arena;
};

struct cost {
    int64_t ns;        /* the least of TRIES */
    size_t bytes;      /* of the arena */
    size_t heap_calls; /* after the first try, which may make the arena grow */
};

static int64_t now_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void read_one(const struct bench *b, struct slice text)
{
    static const struct read_context context = {.today = TODAY, .place_optional = true};
    struct reading reading;
    arena_reset(b->arena);
    read_text(b->reader, &context, b->arena, text, &reading);
}

static struct cost cost_of(const struct bench *b, struct slice text)
{
    struct cost cost = {.ns = INT64_MAX};
    read_one(b, text);
    size_t before = heap_calls;
    for (int i = 0; i < TRIES; i++) {
        int64_t start = now_ns(CLOCK_MONOTONIC);
        read_one(b, text);
        int64_t ns = now_ns(CLOCK_MONOTONIC) - start;
        cost.ns = ns < cost.ns ? ns : cost.ns;
    }
    cost.heap_calls = heap_calls - before;
    cost.bytes = arena_used(b->arena);
    return cost;
}

/* Texts a second in one round of so many nanoseconds, at the least once through: of the thread's time on its core, not
 * of what others take. pass_r: the least time that once through took, of this round and those before. Not inlined, so
 * that callgrind can collect here and nowhere else. */
static double __attribute__((noinline))
round_speed(const struct bench *b, const struct slice *texts, size_t n, int64_t length, int64_t *pass_r)
{
    int64_t start = now_ns(CLOCK_THREAD_CPUTIME_ID), now = start, before;
    size_t done = 0;
    do {
        before = now;
        for (size_t i = 0; i < n; i++)
            read_one(b, texts[i]);
        done += n;
        now = now_ns(CLOCK_THREAD_CPUTIME_ID);
        *pass_r = now - before < *pass_r ? now - before : *pass_r;
    } while (now - start < length);
    return (double)done * 1e9 / (double)(now - start);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* ---- the corpus ---- */

/* What all texts cost one by one; how often they asked the heap. */
static size_t print_costs(const struct bench *b, const struct slice *texts, size_t n, double *us)
{
    size_t bytes = 0, most = 0, calls = 0;
    int64_t ns = 0;
    for (size_t i = 0; i < n; i++) {
        struct cost cost = cost_of(b, texts[i]);
        us[i] = (double)cost.ns / 1000;
        ns += cost.ns;
        bytes += cost.bytes;
        most = cost.bytes > most ? cost.bytes : most;
        calls += cost.heap_calls;
    }
    qsort(us, n, sizeof *us, by_number);
    printf("          %.0f by the sum of single texts' least times, each read %d times on end\n",
           (double)n * 1e9 / (double)ns, TRIES);
    printf("one text  %.1f us p50, %.1f us p99, %.1f us max\n", us[n / 2], us[n * 99 / 100], us[n - 1]);
    printf("memory    %zu bytes of the arena a text, %zu max; %.2f heap allocations a text\n", bytes / n, most,
           (double)calls / (double)(n * TRIES));
    return calls;
}

static size_t bench_corpus(const struct bench *b, const struct table *corpus, double seconds)
{
    size_t column = table_column(corpus, "text"), n = corpus->rows;
    struct slice *texts = calloc(n, sizeof *texts);
    double *us = calloc(n, sizeof *us), speed[ROUNDS];
    int64_t pass = INT64_MAX;
    if (!texts || !us || n == 0)
        exit(1);
    for (size_t i = 0; i < n; i++)
        texts[i] = slice_of(table_cell(corpus, i, column));
    for (size_t i = 0; i < ROUNDS; i++)
        speed[i] = round_speed(b, texts, n, (int64_t)(seconds * 1e9 / ROUNDS), &pass);
    qsort(speed, ROUNDS, sizeof *speed, by_number);
    printf("speed     %.0f texts/s a core: the median of %d rounds from %.0f to %.0f\n", speed[ROUNDS / 2], ROUNDS,
           speed[0], speed[ROUNDS - 1]);
    printf("          %.0f in the best pass over the corpus\n", (double)n * 1e9 / (double)pass);
    size_t calls = seconds > 0 ? print_costs(b, texts, n, us) : 0;
    free(texts);
    free(us);
    return calls;
}

/* ---- texts made to be slow ---- */

/* How many of them break a promise. */
static size_t bench_slow(const struct bench *b)
{
    static char text[SLOW_CHARS * 4 + 1];
    size_t broken = 0;
    puts("slow      us and bytes of the arena for 1600 characters");
    for (size_t i = 0; i < SLOW_TEXTS; i++) {
        struct cost cost = cost_of(b, (struct slice){text, slow_text(&slow_texts[i], SLOW_CHARS, text)});
        bool bad = cost.ns > LIMIT_NS || cost.heap_calls;
        printf("  %6.0f %8zu  %s%s\n", (double)cost.ns / 1000, cost.bytes, slow_texts[i].name,
               cost.ns > LIMIT_NS ? "  OVER A MILLISECOND"
               : cost.heap_calls  ? "  ASKS THE HEAP"
                                  : "");
        broken += bad;
    }
    return broken;
}

int main(int argc, char **argv)
{
    const char *error = NULL;
    double seconds = argc > 1 ? strtod(argv[1], NULL) : SECONDS;
    struct arena *tables = arena_new(1 << 20);
    struct lexicon *lexicon = lexicon_of_files();
    struct reader *reader = reader_new(lexicon, &error);
    if (!reader) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    struct bench b = {.reader = reader, .arena = arena_new(1 << 16)};
    size_t calls = bench_corpus(&b, table_of_file(tables, "tests/corpus/sms.tsv", "sms"), seconds);
    size_t broken = seconds > 0 ? bench_slow(&b) : 0;
    arena_free(&b.arena);
    arena_free(&tables);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return calls || broken;
}
