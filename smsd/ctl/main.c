/* SPDX-License-Identifier: Apache-2.0
 *
 * smsctl: looks into the database and keeps it. Commands are the table below, options that of options.c; help is made
 * from the two.
 */
#include <stdio.h>
#include <string.h>

#include "smsd/ctl/options.h"
#include "smsd/version.h"

/* ---- commands ---- */

#define SHOWN (OPTION(OPT_FULL) | OPTION(OPT_LIMIT))
#define WORDS (OPTION(OPT_FROM_DB) | OPTION(OPT_LEXICON))
#define READ (WORDS | OPTION(OPT_TODAY) | OPTION(OPT_PLACE) | OPTION(OPT_SLOT) | OPTION(OPT_EXPLAIN))

#define BROADCAST \
    (OPTION(OPT_CROPS) | OPTION(OPT_ROLE) | OPTION(OPT_LANGS) | OPTION(OPT_SUBSCRIBERS) | OPTION(OPT_COMMERCIAL) | \
     OPTION(OPT_DISASTER) | OPTION(OPT_KIND) | OPTION(OPT_DAYS) | OPTION(OPT_DRY_RUN))

#define WORD_USAGE "commodity|foreign|place|ambiguous|unit CODE WORD, or keyword WORD LANG KIND [MEANING]"

static const struct ctl_command {
    const char *name, *usage, *help;
    int (*run)(struct ctl *ctl);
    enum ctl_role role;
    unsigned options; /* besides those that hold everywhere */
    size_t min_args, max_args;
} commands[] = {
    {"status", "", "figures of the whole: people, listings, texts, queues", ctl_status, ROLE_DAEMON, 0, 0, 0},
    {"messages", "", "texts in and out", ctl_messages, ROLE_DAEMON, SHOWN | OPTION(OPT_NUMBER), 0, 0},
    {"listings", "", "offers and bids", ctl_listings, ROLE_DAEMON, SHOWN | OPTION(OPT_CODE), 0, 0},
    {"outbox", "", "texts to send and what became of them", ctl_outbox, ROLE_DAEMON, SHOWN | OPTION(OPT_STATE), 0, 0},
    {"dead", "", "texts that could not be worked on, with the reason", ctl_dead, ROLE_DAEMON, SHOWN, 0, 0},
    {"again", "ID", "put one of them in again; who wrote it gets the answer", ctl_again, ROLE_DAEMON, 0, 1, 1},
    {"desk list", "", "texts that wait for an officer, with the reason", ctl_desk_list, ROLE_DAEMON, SHOWN, 0, 0},
    {"desk show", "ID", "one of them, who was asked, what was answered", ctl_desk_show, ROLE_DAEMON, OPTION(OPT_FULL),
     1, 1},
    {"desk answer", "ID WORDS", "answer it: the words go to who wrote", ctl_desk_answer, ROLE_DAEMON, 0, 2, 2},
    {"desk close", "ID", "end it without a word", ctl_desk_close, ROLE_DAEMON, 0, 1, 1},
    {"desk alias", "ID WORD CODE", "teach a word of it: a name of goods, a place, a unit", ctl_desk_alias, ROLE_OWNER,
     OPTION(OPT_FORCE) | OPTION(OPT_LEXICON), 3, 3},
    {"desk prices", "", "prices that do not count before somebody has looked at them", ctl_desk_prices, ROLE_DAEMON,
     OPTION(OPT_LIMIT), 0, 0},
    {"desk price", "ID right|wrong", "whether one of them counts", ctl_desk_price, ROLE_DAEMON, 0, 2, 2},
    {"officer add", "NUMBER", "make somebody an officer, or change what one is", ctl_officer_add, ROLE_OWNER,
     OPTION(OPT_ROLE) | OPTION(OPT_AREAS) | OPTION(OPT_CROPS) | OPTION(OPT_HOURS), 1, 1},
    {"officer list", "", "officers and coordinators", ctl_officer_list, ROLE_DAEMON, OPTION(OPT_FULL), 0, 0},
    {"officer remove", "NUMBER", "what one was asked goes to another", ctl_officer_remove, ROLE_OWNER, 0, 1, 1},
    {"person export", "NUMBER", "all that is stored about a person, as JSON; NUMBER - reads it from standard input",
     ctl_person_export, ROLE_OWNER, 0, 1, 1},
    {"person erase", "NUMBER", "erase a person at once and for good; NUMBER likewise", ctl_person_erase, ROLE_OWNER, 0,
     1, 1},
    {"bulletin add", "KIND PLACE WORDS", "publish weather, salinity or a forecast for a place", ctl_bulletin_add,
     ROLE_OWNER, OPTION(OPT_CROPS) | OPTION(OPT_DAYS), 3, 3},
    {"bulletin list", "", "what was published", ctl_bulletin_list, ROLE_DAEMON, OPTION(OPT_LIMIT), 0, 0},
    {"broadcast new", "PLACE WORDS [LANG=WORDS ...]",
     "draft a text to many people: how many, what it costs, when it is done; PLACE all is everywhere", ctl_broadcast_new,
     ROLE_OWNER, BROADCAST, 2, 5},
    {"broadcast approve", "ID", "let it begin", ctl_broadcast_approve, ROLE_OWNER, 0, 1, 1},
    {"broadcast pause", "ID", "send no more of it for now", ctl_broadcast_pause, ROLE_OWNER, 0, 1, 1},
    {"broadcast resume", "ID", "go on", ctl_broadcast_resume, ROLE_OWNER, 0, 1, 1},
    {"broadcast cancel", "ID", "send no more of it", ctl_broadcast_cancel, ROLE_OWNER, 0, 1, 1},
    {"broadcast list", "", "broadcasts", ctl_broadcast_list, ROLE_DAEMON, SHOWN, 0, 0},
    {"broadcast show", "ID", "one of them, and what became of its texts", ctl_broadcast_show, ROLE_DAEMON, OPTION(OPT_FULL),
     1, 1},
    {"broadcast watch", "ID", "the same as it goes on, until it is over", ctl_broadcast_watch, ROLE_DAEMON, 0, 1, 1},
    {"donotcall import", "FILE", "numbers that want no advertisements, one a line, in place of those before",
     ctl_do_not_call_import, ROLE_OWNER, 0, 1, 1},
    {"audit", "", "who did what in the province's name, and when", ctl_audit, ROLE_DAEMON, OPTION(OPT_LIMIT), 0, 0},
    {"seed", "[DIR]", "merge the province's TSV files into the database; what the desk changed stays", ctl_seed,
     ROLE_OWNER, 0, 0, 1},
    {"prices import", "FILE", "take a bulletin of prices (CSV or TSV), whole or not at all", ctl_prices_import,
     ROLE_OWNER, OPTION(OPT_DRY_RUN) | OPTION(OPT_SOURCE) | OPTION(OPT_FORCE), 1, 1},
    {"migrate", "", "bring the schema up to date, and make the months' partitions", ctl_migrate, ROLE_OWNER, 0, 0, 0},
    {"maintain", "", "make the partitions of the months to come, finish erasing people, and drop what is old",
     ctl_maintain, ROLE_OWNER, OPTION(OPT_KEEP_MONTHS) | OPTION(OPT_KEEP), 0, 0},
    {"lexicon export", "DIR", "write the words of the database as TSV files", ctl_lexicon_export, ROLE_DAEMON, 0, 1, 1},
    {"lexicon add", "LIST ...", "add a word: " WORD_USAGE, ctl_lexicon_add, ROLE_OWNER,
     OPTION(OPT_FORCE) | OPTION(OPT_LEXICON), 1, 5},
    {"lexicon remove", "LIST ...", "take out a word that was added so", ctl_lexicon_remove, ROLE_OWNER, 0, 1, 5},
    {"lexicon lint", "", "words that mean several things: which wins, and why", ctl_lexicon_lint, ROLE_FILES, WORDS, 0,
     0},
    {"ussd diagram", "[text|dot]", "the screens of USSD as a tree, or as a graph for Graphviz", ctl_ussd_diagram,
     ROLE_FILES, 0, 0, 1},
    {"read", "", "read texts from standard input and print what was understood, as JSON", ctl_read, ROLE_FILES, READ, 0,
     0},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

/* How many of the arguments are the command's name: `seed` one, `lexicon add` two; 0 = none is. */
static size_t named(const struct ctl_command *command, const struct ctl *ctl)
{
    const char *rest = command->name;
    for (size_t i = 0; i < ctl->n_args; i++) {
        size_t n = strcspn(rest, " ");
        if (strlen(ctl->args[i]) != n || strncmp(rest, ctl->args[i], n) != 0)
            return 0;
        if (!rest[n])
            return i + 1;
        rest += n + 1;
    }
    return 0;
}

/* The command that is named; its words but for the last are taken off the arguments, which then begin with its name as
 * getopt expects. */
static const struct ctl_command *take_command(struct ctl *ctl)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        size_t words = named(&commands[i], ctl);
        if (!words)
            continue;
        ctl->args += words - 1;
        ctl->n_args -= words - 1;
        return &commands[i];
    }
    return NULL;
}

/* Which of the two options called --db it takes. */
static enum option_id db_option(const struct ctl_command *command)
{
    return command->options & OPTION(OPT_FROM_DB) ? OPT_FROM_DB : OPT_DB;
}

/* ---- help ---- */

static int print_help(FILE *out, const struct ctl_command *command)
{
    if (command) {
        fprintf(out, "usage: smsctl %s [options] %s\n\n%s.\n\n", command->name, command->usage, command->help);
        options_print(out, (OPTIONS_EVERYWHERE | command->options) & options_all(db_option(command)));
        return CTL_OK;
    }
    fputs("usage: smsctl [options] COMMAND [options]\n\n", out);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-14s  %-7s %s\n", commands[i].name, commands[i].usage, commands[i].help);
    fputs("\n", out);
    options_print(out, OPTIONS_EVERYWHERE);
    fputs("\nThe database is that of --db, else of CHONOI_DB, else of the configuration's [database] url;\n"
          "what changes it (seed, migrate, maintain, prices import, person, desk alias, lexicon and officer add and\n"
          "remove, bulletin add, broadcast, donotcall) takes CHONOI_OWNER_DB and owner_url instead.\n"
          "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 the database is away.\n",
          out);
    return CTL_OK;
}

static int print_version(void)
{
    return printf("smsctl %s\n", SMSD_VERSION) < 0 ? CTL_FAILED : CTL_OK;
}

/* ---- the command line ---- */

static bool fits(const struct line *line, const struct ctl_command *command)
{
    const struct ctl *ctl = line->ctl;
    if (!options_fit(line, command->name, OPTIONS_EVERYWHERE | command->options))
        return false;
    if (ctl->n_args > command->max_args) {
        fprintf(stderr, "smsctl: %s: what is \"%s\"?\n", command->name, ctl->args[command->max_args]);
        return false;
    }
    if (ctl->n_args < command->min_args) {
        fprintf(stderr, "usage: smsctl %s [options] %s\n", command->name, command->usage);
        return false;
    }
    return true;
}

static int run(const struct line *line, const struct ctl_command *command)
{
    struct ctl *ctl = line->ctl;
    bool files = command->role == ROLE_FILES && !(line->given & OPTION(OPT_FROM_DB));
    int code = files ? CTL_OK : ctl_connect(ctl, command->role);
    if (code == CTL_OK)
        code = command->run(ctl);
    db_close(&ctl->db);
    return code;
}

static int run_command(struct line *line, const struct ctl_command *command)
{
    struct ctl *ctl = line->ctl;
    if (!options_read(line, (int)ctl->n_args, ctl->args, WORDS_ANYWHERE, options_all(db_option(command))))
        return CTL_USAGE;
    if (line->given & OPTION(OPT_VERSION))
        return print_version();
    if (line->given & OPTION(OPT_HELP))
        return print_help(stdout, command);
    return fits(line, command) ? run(line, command) : CTL_USAGE;
}

static int run_line(struct line *line)
{
    const char *name = line->ctl->n_args ? line->ctl->args[0] : NULL;
    const struct ctl_command *command = take_command(line->ctl);
    if (line->given & OPTION(OPT_VERSION))
        return print_version();
    if (command)
        return run_command(line, command);
    if (name) {
        fprintf(stderr, "smsctl: there is no command \"%s\"; smsctl --help lists them\n", name);
        return CTL_USAGE;
    }
    bool asked = line->given & OPTION(OPT_HELP);
    print_help(asked ? stdout : stderr, NULL);
    return asked ? CTL_OK : CTL_USAGE;
}

int main(int argc, char **argv)
{
    struct ctl ctl = {.number = "", .code = "", .state = "", .limit = 20};
    struct line line = {&ctl, 0};
    ctl.arena = arena_new(64 * 1024);
    bool good = options_read(&line, argc, argv, WORDS_END_IT, options_all(OPT_DB));
    int code = good ? run_line(&line) : CTL_USAGE;
    conf_unref(&ctl.conf);
    arena_free(&ctl.arena);
    return code;
}
