/* SPDX-License-Identifier: Apache-2.0
 *
 * What one text about the market takes: from its bytes to its commit, alone in its batch, one client at a time. Where
 * the commit itself is not waited for (synchronous_commit = off in CONNINFO) that is the reading, the round trips and
 * the statements, and no disk.
 *
 *     market CONF CONNINFO count DAYS           counts the groups of the reports of the last DAYS days, as smsd's job
 * does market CONF CONNINFO texts TEXTS LIMIT_MS TEXTS texts of each kind; the exit code is 1 when the 99th percentile
 * of one kind is over the limit
 *
 * Texts name goods and places of the province by turns, each from another person, and are asked without kept answers,
 * which smsd has. Those that it asks back about are in no figure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/array.h"
#include "db/pg.h"
#include "smsd/clock.h"
#include "smsd/conf/conf.h"
#include "smsd/job/alert.h"
#include "smsd/worker/batch.h"
#include "tests/bench/mix.h"

struct bench {
    struct conf *conf;
    struct db *db;
    struct arena *arena; /* of one batch */
    const struct knowledge *knowledge;
    struct policy policy;
    unsigned texts; /* sent so far */
    int backend;    /* the process of the database that serves us */
};

static void die(const char *what)
{
    fprintf(stderr, "market: %s\n", what);
    exit(1);
}

/* ---- counting ---- */

enum { DAYS_AT_ONCE = 30 };

static void count_days(struct bench *bench, const char *commodity, day_t first)
{
    pipe_begin(bench->db);
    struct array commodities = array_begin(db_scratch(bench->db)), days = array_begin(db_scratch(bench->db));
    for (day_t day = first; day < first + DAYS_AT_ONCE; day++) {
        array_text(&commodities, commodity);
        array_day(&days, day);
    }
    PIPE(bench->db, Q_PRICE_GROUPS_COUNT, NULL, NULL, array_end(&commodities), array_end(&days));
    if (pipe_end(bench->db) != DB_OK)
        die(db_error(bench->db)->text);
}

static int count(struct bench *bench, int days)
{
    size_t n;
    const struct commodity *const *goods = lexicon_commodities(bench->knowledge->lexicon, &n);
    const day_t today = day_of_moment(clock_now_us());
    for (size_t i = 0; i < n; i++)
        for (int back = days; back > 0; back -= DAYS_AT_ONCE)
            count_days(bench, goods[i]->code, today - back + 1);
    return 0;
}

/* ---- texts ---- */

/* Goods that people sell by a unit and at a price the lexicon knows, and where they are. */
struct market {
    const struct commodity **goods;
    const struct place **places;
    size_t n_goods, n_places;
};

static struct market market_of(const struct bench *bench)
{
    size_t goods, places;
    const struct lexicon *lexicon = bench->knowledge->lexicon;
    const struct commodity *const *all_goods = lexicon_commodities(lexicon, &goods);
    const struct place *const *all_places = lexicon_places(lexicon, &places);
    const struct place *home = lexicon_place(lexicon, bench->policy.province);
    struct market market = {calloc(goods, sizeof(void *)), calloc(places, sizeof(void *)), 0, 0};
    for (size_t i = 0; market.goods && i < goods; i++)
        if (all_goods[i]->price_max && all_goods[i]->unit)
            market.goods[market.n_goods++] = all_goods[i];
    for (size_t i = 0; market.places && i < places; i++)
        if (all_places[i]->level >= PLACE_DISTRICT && home && place_within(all_places[i], home))
            market.places[market.n_places++] = all_places[i];
    if (!market.n_goods || !market.n_places)
        die("no goods or no places");
    return market;
}

enum kind { KIND_PRICE, KIND_SELL, KIND_BUY, KINDS };

static const struct {
    const char *name, *verb;
    int quantity; /* of the usual unit; 0 = none, and no price */
} kinds[KINDS] = {
    [KIND_PRICE] = {"price", "giá", 0}, [KIND_SELL] = {"sell", "bán", 3}, [KIND_BUY] = {"buy", "mua", 90}};

static const char *text_of(struct bench *bench, const struct market *market, enum kind kind, unsigned n)
{
    const struct commodity *goods = market->goods[n * 7919 % market->n_goods];
    const char *place = market->places[n * 104729 % market->n_places]->name[LANG_VI], *name = goods->name[LANG_VI];
    long long price = (goods->price_min + goods->price_max) / 2 / 100 * 100;
    const char *verb = kinds[kind].verb;
    int quantity = kinds[kind].quantity;
    return quantity ? arena_printf(bench->arena, "%s %s %d %s %lld %s", verb, name, quantity,
                                   goods->unit->name[LANG_VI], price, place)
                    : arena_printf(bench->arena, "%s %s %s", verb, name, place);
}

struct took {
    int64_t database_us, whole_us;
    bool sure; /* smsd did not ask back */
};

/* How long a process has been on a processor, in microseconds: the first number of its schedstat is that in
 * nanoseconds. */
static int64_t on_processor_us(int process)
{
    char path[40];
    long long ns = -1;
    snprintf(path, sizeof path, "/proc/%d/schedstat", process);
    FILE *file = fopen(path, "re");
    if (!file || fscanf(file, "%lld", &ns) != 1)
        die("the database's process cannot be looked at");
    fclose(file);
    return ns / 1000;
}

static struct took answer_to(struct bench *bench, const struct market *market, enum kind kind, unsigned n)
{
    arena_reset(bench->arena);
    const char *id = arena_printf(bench->arena, "market-%lld-%u", (long long)clock_now_us(), bench->texts);
    struct envelope envelope = {
        .kind = ENVELOPE_MO,
        .mo = {.kannel_id = id,
               .msisdn = arena_printf(bench->arena, "%llu", MIX_FIRST_NUMBER + bench->texts * 37 % MIX_PEOPLE),
               .short_code = "8055",
               .text = text_of(bench, market, kind, n),
               .received_us = clock_now_us(),
               .text_hash = (uint64_t)clock_now_us() + bench->texts}};
    struct envelope *envelopes[] = {&envelope};
    struct batch batch = {.db = bench->db,
                          .arena = bench->arena,
                          .knowledge = bench->knowledge,
                          .policy = &bench->policy,
                          .now_us = clock_now_us(),
                          .n = 1,
                          .envelopes = envelopes};
    bench->texts++;
    const int64_t worked = on_processor_us(bench->backend), before = clock_monotonic_us();
    if (batch_run(&batch) != DB_OK)
        die(db_error(bench->db)->text);
    const int64_t after = clock_monotonic_us();
    return (struct took){on_processor_us(bench->backend) - worked, after - before,
                         batch.turns[0].outcome && strcmp(batch.turns[0].outcome, "sure") == 0};
}

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Prints median, 99th percentile and greatest in milliseconds; the 99th percentile. */
static double print_times(int64_t *us, size_t n)
{
    qsort(us, n, sizeof *us, compare);
    double p99 = (double)us[n * 99 / 100] / 1000;
    printf(" %8.2f %8.2f %8.2f", (double)us[n / 2] / 1000, p99, (double)us[n - 1] / 1000);
    return p99;
}

/* The 99th percentile in the database. */
static double measure(struct bench *bench, const struct market *market, enum kind kind, unsigned texts)
{
    int64_t *database = calloc(texts, sizeof *database), *whole = calloc(texts, sizeof *whole);
    size_t n = 0;
    for (unsigned i = 0; database && whole && i < texts; i++) {
        struct took took = answer_to(bench, market, kind, i);
        database[n] = took.database_us;
        whole[n] = took.whole_us;
        n += took.sure;
    }
    if (!n)
        die("no text was understood");
    printf("%-6s %8zu", kinds[kind].name, n);
    double p99 = print_times(database, n);
    print_times(whole, n);
    printf("\n");
    free(database);
    free(whole);
    return p99;
}

static int texts(struct bench *bench, unsigned n, double limit_ms)
{
    struct market market = market_of(bench);
    double worst = 0;
    for (enum kind kind = 0; kind < KINDS;
         kind++) /* statements are prepared, and what is asked for most is in memory */
        for (unsigned i = 0; i < n; i++)
            answer_to(bench, &market, kind, i);
    printf("%-6s %8s %26s %26s\n%-6s %8s %8s %8s %8s %8s %8s %8s\n", "", "", "in the database", "whole", "", "texts",
           "p50 ms", "p99 ms", "max ms", "p50 ms", "p99 ms", "max ms");
    for (enum kind kind = 0; kind < KINDS; kind++) {
        double p99 = measure(bench, &market, kind, n);
        worst = p99 > worst ? p99 : worst;
    }
    free(market.goods);
    free(market.places);
    if (worst > limit_ms)
        fprintf(stderr, "market: %.2f ms are over %.2f\n", worst, limit_ms);
    return worst > limit_ms;
}

/* ---- the whole ---- */

/* The process behind our only connection of that name. */
static int backend_of(const char *conninfo)
{
    PGconn *conn = PQconnectdb(conninfo);
    PGresult *result = PQexec(conn, "SELECT pid FROM pg_stat_activity WHERE application_name = 'market'");
    int backend = PQntuples(result) == 1 ? atoi(PQgetvalue(result, 0, 0)) : 0;
    PQclear(result);
    PQfinish(conn);
    if (!backend)
        die("which process of the database is ours?");
    return backend;
}

static struct bench begin(const char *path, const char *conninfo)
{
    struct bench bench = {.arena = arena_new(1024 * 1024)};
    struct conf_error wrong;
    struct db_error away;
    const char *error = "";
    if (!(bench.conf = conf_load(path, &wrong)))
        die(wrong.text);
    if (!(bench.db = db_open(conninfo, "market", DB_PLANS_KEPT, &away)))
        die(away.text);
    if (knowledge_load(bench.db, bench.conf->locales.dir, true, bench.arena, &error) != DB_OK)
        die(error);
    bench.backend = backend_of(conninfo);
    bench.knowledge = knowledge_acquire();
    bench.policy = (struct policy){.short_code = "8055",
                                   .province = bench.conf->service.province,
                                   .dedupe_window_us = 600 * SECOND_US,
                                   .question_ttl_us = 86400 * SECOND_US,
                                   .listing_days = 14,
                                   .reply_limit = 1000,
                                   .same_limit = 1000,
                                   .key = "bench",
                                   .old_key = "",
                                   .alerts = alert_rules(bench.conf)};
    return bench;
}

int main(int argc, char **argv)
{
    bool counting = argc == 5 && strcmp(argv[3], "count") == 0;
    if (!counting && (argc != 6 || strcmp(argv[3], "texts") != 0))
        die("CONF CONNINFO count DAYS, or CONF CONNINFO texts TEXTS LIMIT_MS");
    struct bench bench = begin(argv[1], argv[2]);
    int code = counting ? count(&bench, atoi(argv[4])) : texts(&bench, (unsigned)atoi(argv[4]), atof(argv[5]));
    knowledge_release(bench.knowledge);
    knowledge_unload();
    db_close(&bench.db);
    conf_unref(&bench.conf);
    arena_free(&bench.arena);
    return code;
}
