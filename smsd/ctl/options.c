/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "db/outbox.h"

static const struct ctl_option {
    enum option_id id;
    const char *name;
    char letter;
    const char *value; /* what follows; NULL = nothing; in brackets, it may be left out */
    const char *help;
} options[] = {
    {OPT_HELP, "help", 'h', NULL, "this, or the help of a command"},
    {OPT_VERSION, "version", 'V', NULL, "the version"},
    {OPT_CONFIG, "config", 'c', "FILE", "the daemon's configuration (default /etc/chonoi/smsd.conf)"},
    {OPT_DB, "db", 'd', "CONNINFO", "the database, instead of the configuration's"},
    {OPT_FROM_DB, "db", 'd', "[CONNINFO]", "the words of the database instead of the files'"},
    {OPT_JSON, "json", 'j', NULL, "JSON instead of a table"},
    {OPT_FULL, "full", 'f', NULL, "telephone numbers and texts whole"},
    {OPT_LIMIT, "limit", 'l', "N", "at most N rows, the newest (default 20)"},
    {OPT_NUMBER, "number", 'n', "MSISDN", "only this person's: 84912345678"},
    {OPT_CODE, "code", 0, "CODE", "only the listing of this code"},
    {OPT_STATE, "state", 's', "STATE", "only texts in this state: queued, sent, failed, ..."},
    {OPT_LEXICON, "lexicon", 0, "DIR", "the folder of the words' files"},
    {OPT_TODAY, "today", 0, "DATE", "the day the texts came on: 2026-11-22 (default today)"},
    {OPT_PLACE, "place", 0, "CODE", "the place of who sent them"},
    {OPT_SLOT, "slot", 0, "SLOT", "read each line as an answer about: price, quantity, date"},
    {OPT_EXPLAIN, "explain", 0, NULL, "how each text was read, instead of JSON"},
    {OPT_FORCE, "force", 0, NULL,
     "do it although it looks wrong: a word that means something else too, an unlikely price"},
    {OPT_KEEP_MONTHS, "keep-months", 0, "N", "keep the texts of N full months and the present one, delete older ones"},
    {OPT_KEEP, "keep", 0, "LIST", "days to keep of other things: dead=90,desk=800,listings=730"},
    {OPT_ROLE, "role", 0, "ROLE",
     "officer (default) or coordinator, whom is asked what officers leave; of a broadcast's people farmer or buyer too"},
    {OPT_AREAS, "areas", 0, "CODES", "of places, with blanks between (default everywhere)"},
    {OPT_CROPS, "crops", 0, "CODES", "of goods, their kinds included (default all)"},
    {OPT_HOURS, "hours", 0, "HOURS", "of duty, as in desk.hours of the configuration (default: those)"},
    {OPT_DAYS, "days", 0, "N", "it is told for N days (default: weather 2, salinity 7, forecast 14); a broadcast is sent within them (2)"},
    {OPT_DRY_RUN, "dry-run", 0, NULL, "say what would change, and change nothing"},
    {OPT_SOURCE, "source", 0, "NAME", "who published it, where the file does not say (default bulletin)"},
    {OPT_LANGS, "langs", 0, "LIST", "only to people of these languages: vi vi-dau km zh en, with blanks between"},
    {OPT_SUBSCRIBERS, "subscribers", 0, NULL, "only to who subscribed to these goods"},
    {OPT_COMMERCIAL, "commercial", 0, NULL, "it is an advertisement: labelled [QC], and only to who agreed"},
    {OPT_KIND, "kind", 0, "KINDS",
     "what it answers until it ends: forecast (default), salinity, weather, with blanks between, or none"},
    {OPT_DISASTER, "disaster", 0, "REASON", "it may go out at night; the audit keeps the reason"},
};
enum { N_OPTIONS = sizeof options / sizeof *options, LONG_BASE = 256 };

/* ---- values ---- */

static bool take_number(const char *option, const char *value, int min, int max, int *number_r)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno || end == value || *end || number < min || number > max) {
        fprintf(stderr, "smsctl: --%s is a whole number from %d to %d\n", option, min, max);
        return false;
    }
    *number_r = (int)number;
    return true;
}

static bool is_one_of(const char *option, const char *value, const char *const *known)
{
    for (const char *const *word = known; *word; word++)
        if (strcmp(*word, value) == 0)
            return true;
    fprintf(stderr, "smsctl: --%s is one of", option);
    for (const char *const *word = known; *word; word++)
        fprintf(stderr, " %s", *word);
    fputs("\n", stderr);
    return false;
}

static bool take_state(struct ctl *ctl, const char *value)
{
    ctl->state = value;
    return is_one_of("state", value, outbox_states);
}

static bool take_slot(struct ctl *ctl, const char *value)
{
    static const char *const slots[] = {"price", "quantity", "date", NULL};
    ctl->slot = value;
    return is_one_of("slot", value, slots);
}

static bool take_role(struct ctl *ctl, const char *value)
{
    static const char *const roles[] = {"officer", "coordinator", "farmer", "buyer", NULL};
    ctl->role = value;
    return is_one_of("role", value, roles);
}

/* "dead=90,words=30" */
static bool take_keep(struct ctl *ctl, const char *value)
{
    while (*value) {
        size_t n = strcspn(value, "="), thing = 0;
        while (thing < KEPT_THINGS &&
               !(strlen(kept_things[thing].name) == n && !strncmp(kept_things[thing].name, value, n)))
            thing++;
        char days[12];
        value += n + (value[n] == '=');
        snprintf(days, sizeof days, "%.*s", (int)strcspn(value, ","), value);
        value += strcspn(value, ",");
        value += *value == ',';
        if (thing == KEPT_THINGS) {
            fputs("smsctl: --keep is like", stderr);
            for (size_t i = 0; i < KEPT_THINGS; i++)
                fprintf(stderr, "%s%s=%d", i ? "," : " ", kept_things[i].name, kept_things[i].least);
            fputs(", each in days, and no less\n", stderr);
            return false;
        }
        if (!take_number("keep", days, kept_things[thing].least, 36500, &ctl->keep[thing]))
            return false;
    }
    return true;
}

static bool take_option(struct line *line, enum option_id id, const char *value)
{
    struct ctl *ctl = line->ctl;
    bool *const flags[] = {[OPT_JSON] = &ctl->json,
                           [OPT_FULL] = &ctl->full,
                           [OPT_EXPLAIN] = &ctl->explain,
                           [OPT_FORCE] = &ctl->force,
                           [OPT_DRY_RUN] = &ctl->dry_run,
                           [OPT_SUBSCRIBERS] = &ctl->subscribers,
                           [OPT_COMMERCIAL] = &ctl->commercial};
    const char **const texts[] = {
        [OPT_CONFIG] = &ctl->config, [OPT_DB] = &ctl->conninfo, [OPT_FROM_DB] = &ctl->conninfo,
        [OPT_NUMBER] = &ctl->number, [OPT_CODE] = &ctl->code,   [OPT_LEXICON] = &ctl->lexicon,
        [OPT_TODAY] = &ctl->today,   [OPT_PLACE] = &ctl->place, [OPT_SOURCE] = &ctl->source,
        [OPT_AREAS] = &ctl->areas,   [OPT_CROPS] = &ctl->crops, [OPT_HOURS] = &ctl->hours,
        [OPT_LANGS] = &ctl->langs,   [OPT_KIND] = &ctl->kind,   [OPT_DISASTER] = &ctl->disaster};
    line->given |= OPTION(id);
    if (id == OPT_LIMIT)
        return take_number("limit", value, 1, 1000000, &ctl->limit);
    if (id == OPT_KEEP_MONTHS) /* a text that comes late may be put into the last month (inbound_add) */
        return take_number("keep-months", value, 2, 1200, &ctl->keep_months);
    if (id == OPT_KEEP)
        return take_keep(ctl, value);
    if (id == OPT_DAYS)
        return take_number("days", value, 1, 60, &ctl->days);
    if (id == OPT_STATE)
        return take_state(ctl, value);
    if (id == OPT_SLOT)
        return take_slot(ctl, value);
    if (id == OPT_ROLE)
        return take_role(ctl, value);
    if (value)
        *texts[id] = value;
    else if (id < sizeof flags / sizeof *flags && flags[id])
        *flags[id] = true;
    return true;
}

/* ---- the line ---- */

static int argument_of(const struct ctl_option *option)
{
    return !option->value ? no_argument : *option->value == '[' ? optional_argument : required_argument;
}

/* The two forms getopt_long wants of the table. */
static void getopt_tables(unsigned known, char *letters, struct option *names)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct ctl_option *option = &options[i];
        int argument = argument_of(option);
        if (!(known & OPTION(option->id)))
            continue;
        *names++ = (struct option){option->name, argument, NULL, LONG_BASE + (int)option->id};
        if (!option->letter)
            continue;
        *letters++ = option->letter;
        for (int colons = 0; colons < argument; colons++) /* as getopt numbers them: none, one, two */
            *letters++ = ':';
    }
    *letters = '\0';
    *names = (struct option){NULL, 0, NULL, 0};
}

static enum option_id option_of(int found, unsigned known)
{
    if (found >= LONG_BASE)
        return (enum option_id)(found - LONG_BASE);
    size_t i = 0;
    while (options[i].letter != found || !(known & OPTION(options[i].id)))
        i++; /* getopt returns only letters of the table */
    return options[i].id;
}

/* getopt wants an optional value joined to its option; a connection string is known by its shape. */
static const char *value_apart(enum option_id id, int argc, char **argv)
{
    bool there = id == OPT_FROM_DB && !optarg && optind < argc && *argv[optind] != '-' &&
                 (strchr(argv[optind], '=') || strstr(argv[optind], "://"));
    return there ? argv[optind++] : optarg;
}

bool options_read(struct line *line, int argc, char **argv, enum words words, unsigned known)
{
    char letters[3 * N_OPTIONS + 2] = "+";
    struct option names[N_OPTIONS + 1];
    getopt_tables(known, letters + (words == WORDS_END_IT), names);
    optind = 0; /* begin anew */
    for (int found; (found = getopt_long(argc, argv, letters, names, NULL)) != -1;) {
        if (found == '?')
            return false;
        enum option_id id = option_of(found, known);
        if (!take_option(line, id, value_apart(id, argc, argv)))
            return false;
    }
    line->ctl->n_args = (size_t)(argc - optind);
    line->ctl->args = argv + optind;
    return true;
}

unsigned options_all(enum option_id db)
{
    unsigned all = 0;
    for (size_t i = 0; i < N_OPTIONS; i++)
        all |= OPTION(options[i].id);
    return (all & ~(OPTION(OPT_DB) | OPTION(OPT_FROM_DB))) | OPTION(db);
}

/* What a command does not know is an error, not a wish. */
bool options_fit(const struct line *line, const char *command, unsigned taken)
{
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (line->given & ~taken & OPTION(options[i].id)) {
            fprintf(stderr, "smsctl: %s does not take --%s\n", command, options[i].name);
            return false;
        }
    return true;
}

void options_print(FILE *out, unsigned set)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct ctl_option *option = &options[i];
        char words[40];
        if (!(set & OPTION(option->id)))
            continue;
        snprintf(words, sizeof words, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        if (option->letter)
            fprintf(out, "  -%c, %-18s %s\n", option->letter, words, option->help);
        else
            fprintf(out, "      %-18s %s\n", words, option->help);
    }
}
