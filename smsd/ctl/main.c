/* SPDX-License-Identifier: Apache-2.0
 *
 * smsctl: looks into the database and keeps it. Commands and options are the two tables below; help is made from them.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/outbox.h"
#include "smsd/ctl/ctl.h"
#include "smsd/ctl/read.h"
#include "smsd/version.h"

/* ---- options ---- */

enum option_id {
    OPT_HELP,
    OPT_VERSION,
    OPT_CONFIG,
    OPT_DB,
    OPT_JSON,
    OPT_FULL,
    OPT_LIMIT,
    OPT_NUMBER,
    OPT_CODE,
    OPT_STATE
};

#define BIT(id) (1u << (id))
#define EVERYWHERE (BIT(OPT_HELP) | BIT(OPT_VERSION) | BIT(OPT_CONFIG) | BIT(OPT_DB) | BIT(OPT_JSON))

static const struct ctl_option {
    enum option_id id;
    const char *name;
    char letter;
    const char *value; /* what follows; NULL = nothing */
    const char *help;
} options[] = {
    {OPT_HELP, "help", 'h', NULL, "this, or the help of a command"},
    {OPT_VERSION, "version", 'V', NULL, "the version"},
    {OPT_CONFIG, "config", 'c', "FILE", "the daemon's configuration (default /etc/chonoi/smsd.conf)"},
    {OPT_DB, "db", 'd', "CONNINFO", "the database, instead of the configuration's"},
    {OPT_JSON, "json", 'j', NULL, "JSON instead of a table"},
    {OPT_FULL, "full", 'f', NULL, "telephone numbers and texts whole"},
    {OPT_LIMIT, "limit", 'l', "N", "at most N rows, the newest (default 20)"},
    {OPT_NUMBER, "number", 'n', "MSISDN", "only this person's: 84912345678"},
    {OPT_CODE, "code", 0, "CODE", "only the listing of this code"},
    {OPT_STATE, "state", 's', "STATE", "only texts in this state: queued, sent, failed, ..."},
};
enum { N_OPTIONS = sizeof options / sizeof *options, LONG_BASE = 256 };

/* ---- commands ---- */

static const struct ctl_command {
    const char *name, *usage, *help;
    int (*run)(struct ctl *ctl);
    enum ctl_role role;
    unsigned options; /* besides those that hold everywhere */
    size_t max_args;
    int (*alone)(int argc, char **argv); /* instead of `run`: reads its own options and needs no database */
} commands[] = {
    {"status", "", "figures of the whole: people, listings, texts, queues", ctl_status, ROLE_DAEMON, 0, 0, NULL},
    {"messages", "", "texts in and out", ctl_messages, ROLE_DAEMON, BIT(OPT_FULL) | BIT(OPT_LIMIT) | BIT(OPT_NUMBER), 0,
     NULL},
    {"listings", "", "offers and bids", ctl_listings, ROLE_DAEMON, BIT(OPT_FULL) | BIT(OPT_LIMIT) | BIT(OPT_CODE), 0,
     NULL},
    {"outbox", "", "texts to send and what became of them", ctl_outbox, ROLE_DAEMON,
     BIT(OPT_FULL) | BIT(OPT_LIMIT) | BIT(OPT_STATE), 0, NULL},
    {"dead", "", "texts that could not be worked on, with the reason", ctl_dead, ROLE_DAEMON,
     BIT(OPT_FULL) | BIT(OPT_LIMIT), 0, NULL},
    {"desk", "", "texts that wait for an officer, with the reason", ctl_desk, ROLE_DAEMON,
     BIT(OPT_FULL) | BIT(OPT_LIMIT), 0, NULL},
    {"seed", "[DIR]", "merge the province's TSV files into the database; what the desk changed stays", ctl_seed,
     ROLE_OWNER, 0, 1, NULL},
    {"migrate", "", "bring the schema up to date, and make the months' partitions", ctl_migrate, ROLE_OWNER, 0, 0,
     NULL},
    {"maintain", "", "make the partitions of the months to come", ctl_maintain, ROLE_OWNER, 0, 0, NULL},
    {"read", "", "read texts from standard input and print what was understood, as JSON", NULL, ROLE_DAEMON, 0, 0,
     ctl_read},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static const struct ctl_command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* ---- help ---- */

static void print_options(FILE *out, unsigned set)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct ctl_option *option = &options[i];
        char words[40];
        if (!(set & BIT(option->id)))
            continue;
        snprintf(words, sizeof words, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        if (option->letter)
            fprintf(out, "  -%c, %-18s %s\n", option->letter, words, option->help);
        else
            fprintf(out, "      %-18s %s\n", words, option->help);
    }
}

static int print_help(FILE *out, const struct ctl_command *command)
{
    if (command) {
        fprintf(out, "usage: smsctl %s [options] %s\n\n%s.\n\n", command->name, command->usage, command->help);
        print_options(out, EVERYWHERE | command->options);
        return CTL_OK;
    }
    fputs("usage: smsctl [options] COMMAND [options]\n\n", out);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-10s %-7s %s\n", commands[i].name, commands[i].usage, commands[i].help);
    fputs("\n", out);
    print_options(out, EVERYWHERE);
    fputs("\nThe database is that of --db, else of CHONOI_DB, else of the configuration's [database] url;\n"
          "seed, migrate and maintain take CHONOI_OWNER_DB and owner_url instead.\n"
          "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 the database is away.\n",
          out);
    return CTL_OK;
}

static int print_version(void)
{
    return printf("smsctl %s\n", SMSD_VERSION) < 0 ? CTL_FAILED : CTL_OK;
}

/* ---- the command line ---- */

struct line {
    struct ctl *ctl;
    unsigned given; /* bits of the options that were */
};

static bool take_limit(struct ctl *ctl, const char *value)
{
    char *end;
    errno = 0;
    long limit = strtol(value, &end, 10);
    if (errno || end == value || *end || limit < 1 || limit > 1000000) {
        fprintf(stderr, "smsctl: --limit is a whole number from 1 to 1000000\n");
        return false;
    }
    ctl->limit = (int)limit;
    return true;
}

static bool take_state(struct ctl *ctl, const char *value)
{
    ctl->state = value;
    for (const char *const *known = outbox_states; *known; known++)
        if (strcmp(*known, value) == 0)
            return true;
    fputs("smsctl: --state is one of", stderr);
    for (const char *const *known = outbox_states; *known; known++)
        fprintf(stderr, " %s", *known);
    fputs("\n", stderr);
    return false;
}

static bool take_option(struct line *line, enum option_id id, const char *value)
{
    struct ctl *ctl = line->ctl;
    const char **const texts[] = {[OPT_CONFIG] = &ctl->config,
                                  [OPT_DB] = &ctl->conninfo,
                                  [OPT_NUMBER] = &ctl->number,
                                  [OPT_CODE] = &ctl->code};
    line->given |= BIT(id);
    if (id == OPT_LIMIT)
        return take_limit(ctl, value);
    if (id == OPT_STATE)
        return take_state(ctl, value);
    if (id == OPT_JSON)
        ctl->json = true;
    else if (id == OPT_FULL)
        ctl->full = true;
    else if (value)
        *texts[id] = value;
    return true;
}

/* The two forms getopt_long wants of the table. */
static void getopt_tables(char *letters, struct option *names)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const struct ctl_option *option = &options[i];
        names[i] = (struct option){option->name, option->value ? required_argument : no_argument, NULL,
                                   LONG_BASE + (int)option->id};
        if (!option->letter)
            continue;
        *letters++ = option->letter;
        if (option->value)
            *letters++ = ':';
    }
    *letters = '\0';
}

static enum option_id option_of(int found)
{
    if (found >= LONG_BASE)
        return (enum option_id)(found - LONG_BASE);
    size_t i = 0;
    while (options[i].letter != found)
        i++; /* getopt returns only letters of the table */
    return options[i].id;
}

enum words { WORDS_END_IT, WORDS_ANYWHERE }; /* what is no option: ends the options, or may stand among them */

/* Takes the options; args are then the words that are none. */
static bool read_options(struct line *line, int argc, char **argv, enum words words)
{
    char letters[2 * N_OPTIONS + 2] = "+";
    struct option names[N_OPTIONS + 1] = {0};
    getopt_tables(letters + (words == WORDS_END_IT), names);
    optind = 0; /* begin anew */
    for (int found; (found = getopt_long(argc, argv, letters, names, NULL)) != -1;)
        if (found == '?' || !take_option(line, option_of(found), optarg))
            return false;
    line->ctl->n_args = (size_t)(argc - optind);
    line->ctl->args = argv + optind;
    return true;
}

/* What the command does not know is an error, not a wish. */
static bool fits(const struct line *line, const struct ctl_command *command)
{
    unsigned alien = line->given & ~(EVERYWHERE | command->options);
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (alien & BIT(options[i].id)) {
            fprintf(stderr, "smsctl: %s does not take --%s\n", command->name, options[i].name);
            return false;
        }
    if (line->ctl->n_args > command->max_args) {
        fprintf(stderr, "smsctl: %s: what is \"%s\"?\n", command->name, line->ctl->args[command->max_args]);
        return false;
    }
    return true;
}

static int run(struct ctl *ctl, const struct ctl_command *command)
{
    int code = ctl_connect(ctl, command->role);
    if (code == CTL_OK)
        code = command->run(ctl);
    db_close(&ctl->db);
    return code;
}

/* A command that needs no database reads its own options, but for those that stood before it. */
static int run_alone(const struct line *line, const struct ctl_command *command)
{
    static char help[] = "--help";
    char **args = line->ctl->args;
    if (line->given & BIT(OPT_HELP))
        return command->alone(2, (char *[]){args[0], help, NULL});
    return command->alone((int)line->ctl->n_args, args);
}

static int run_command(struct line *line, const struct ctl_command *command)
{
    struct ctl *ctl = line->ctl;
    if (command->alone)
        return run_alone(line, command);
    if (!read_options(line, (int)ctl->n_args, ctl->args, WORDS_ANYWHERE))
        return CTL_USAGE;
    if (line->given & BIT(OPT_VERSION))
        return print_version();
    if (line->given & BIT(OPT_HELP))
        return print_help(stdout, command);
    return fits(line, command) ? run(ctl, command) : CTL_USAGE;
}

static int run_line(struct line *line)
{
    const char *name = line->ctl->n_args ? line->ctl->args[0] : NULL;
    const struct ctl_command *command = name ? find_command(name) : NULL;
    if (line->given & BIT(OPT_VERSION))
        return print_version();
    if (name && !command) {
        fprintf(stderr, "smsctl: there is no command \"%s\"; smsctl --help lists them\n", name);
        return CTL_USAGE;
    }
    if (command)
        return run_command(line, command);
    bool asked = line->given & BIT(OPT_HELP);
    print_help(asked ? stdout : stderr, NULL);
    return asked ? CTL_OK : CTL_USAGE;
}

int main(int argc, char **argv)
{
    struct ctl ctl = {.number = "", .code = "", .state = "", .limit = 20};
    struct line line = {&ctl, 0};
    ctl.arena = arena_new(64 * 1024);
    int code = read_options(&line, argc, argv, WORDS_END_IT) ? run_line(&line) : CTL_USAGE;
    arena_free(&ctl.arena);
    return code;
}
