/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl lexicon`: the words of the database as files, a word more or less, and what is odd about them.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db/lexicon.h"
#include "db/lexicon_edit.h"
#include "parsers/lexicon/phrases.h"
#include "parsers/read/lint.h"
#include "parsers/text/fold.h"
#include "parsers/text/token.h"
#include "smsd/ctl/files.h"
#include "smsd/ctl/print.h"
#include "smsd/ctl/words.h"

static int failed(const char *error)
{
    fprintf(stderr, "smsctl: %s\n", error);
    return CTL_FAILED;
}

/* ---- export ---- */

int ctl_lexicon_export(struct ctl *ctl)
{
    const char *folder = ctl->args[0], *error = "";
    const struct table *files[LEXICON_FILES];
    enum db_status status = lexicon_export(ctl->db, ctl->arena, files);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        return failed(arena_printf(ctl->arena, "%s: %s", folder, strerror(errno)));
    json_t *rows = json_array();
    for (size_t i = 0; i < LEXICON_FILES; i++) {
        if (!lexicon_file_write(ctl->arena, folder, files[i], &error)) {
            json_decref(rows);
            return failed(error);
        }
        json_array_append_new(rows, json_pack("{s:s, s:I}", "table", files[i]->name, "rows", (json_int_t)files[i]->rows));
    }
    return print_rows(ctl, rows);
}

/* ---- findings ---- */

/* What is declared stands beside the words' files: those named, else the program's own, as the folder of the configuration
 * may hold catalogues alone. Without the file nothing is. */
static const struct table *shared_words(const struct ctl *ctl)
{
    const char *error, *folder = lexicon_folder(ctl->arena, ctl->lexicon, ctl->locales);
    const struct table *shared = lexicon_file(ctl->arena, folder, "shared", &error);
    if (!shared && !ctl->lexicon)
        shared = lexicon_file(ctl->arena, lexicon_folder(ctl->arena, NULL, NULL), "shared", &error);
    return shared;
}

static json_t *finding_row(const struct lint_finding *f)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}",
                     "word", f->word,
                     "first", f->first,
                     "second", f->second,
                     "by", lint_name(f->lint),
                     "is", !f->suspect ? "fine" : f->declared ? "declared" : "undeclared");
}

/* ---- lint ---- */

struct findings {
    json_t *undeclared, *others;
};

static void sort_finding(void *context, const struct lint_finding *f)
{
    struct findings *findings = context;
    json_array_append_new(f->suspect && !f->declared ? findings->undeclared : findings->others, finding_row(f));
}

int ctl_lexicon_lint(struct ctl *ctl)
{
    struct words words;
    struct findings findings;
    int code = ctl_words(ctl, &words);
    if (code != CTL_OK)
        return code;
    findings = (struct findings){json_array(), json_array()};
    lint_lexicon(words.lexicon, ctl->arena, NULL, shared_words(ctl), sort_finding, &findings);
    words_free(&words);
    size_t bad = json_array_size(findings.undeclared);
    json_array_extend(findings.others, findings.undeclared); /* last, where a terminal shows them */
    json_decref(findings.undeclared);
    code = print_rows(ctl, findings.others);
    if (!bad || code != CTL_OK)
        return code;
    fprintf(stderr, "smsctl: %zu undeclared: mend them, or put them into shared.tsv with the reason\n", bad);
    for (int i = 0; i < LINT_COUNT; i++)
        fprintf(stderr, "  %-8s %s\n", lint_name((enum lint)i), lint_says((enum lint)i));
    return CTL_FAILED;
}

/* ---- add, remove ---- */

static const char *const list_names[WORD_LISTS_COUNT] = {
#define X(symbol, name) [symbol] = name,
    WORD_LISTS(X)
#undef X
};

static bool find_list(const char *name, enum word_list *list)
{
    for (int i = 0; i < WORD_LISTS_COUNT; i++)
        if (strcmp(list_names[i], name) == 0) {
            *list = (enum word_list)i;
            return true;
        }
    return false;
}

/* What a cell and a list cannot hold, or a phrase cannot. NULL when the word is fit. */
static const char *unfit(struct arena *arena, enum word_list list, const char *word)
{
    size_t n;
    const struct token *tokens = text_tokens(arena, slice_of(word), &n);
    if (n == 0)
        return "a word needs letters";
    if (n > PHRASE_WORDS_MAX)
        return "too many words for one name";
    if (!text_is_utf8(slice_of(word)) || strpbrk(word, ";|\t\r\n"))
        return "a word is UTF-8 without ; and |, tabs and line ends";
    if (list == WORD_UNIT && tokens[0].kind == TOKEN_NUMBER)
        return "a unit's name does not begin with a figure";
    return NULL;
}

/* What is wrong with the number of arguments; NULL when nothing is. */
static const char *miscounted(const struct ctl *ctl, enum word_list list)
{
    if (list == WORD_KEYWORD)
        return ctl->n_args < 4 ? "keyword WORD LANG KIND [MEANING]" : NULL;
    return ctl->n_args != 3 ? arena_printf(ctl->arena, "%s CODE WORD", list_names[list]) : NULL;
}

/* The command line as a word. Names are kept folded, keywords with the marks that a writer who puts any must put. */
static struct lexicon_word word_of(const struct ctl *ctl, enum word_list list)
{
    char **args = ctl->args;
    if (list == WORD_KEYWORD)
        return (struct lexicon_word){list, args[1], "", args[2], args[3], ctl->n_args > 4 ? args[4] : ""};
    return (struct lexicon_word){list, text_fold(ctl->arena, slice_of(args[2]), NULL), args[1], "", "", ""};
}

/* False, and said, when the command line is wrong. */
static bool take_word(const struct ctl *ctl, struct lexicon_word *word)
{
    const char *wrong = "the list is commodity, foreign, place, ambiguous, unit or keyword";
    enum word_list list;
    *word = (struct lexicon_word){WORD_COMMODITY, "", "", "", "", ""};
    if (find_list(ctl->args[0], &list) && !(wrong = miscounted(ctl, list))) {
        wrong = unfit(ctl->arena, list, ctl->args[list == WORD_KEYWORD ? 1 : 2]);
        *word = word_of(ctl, list);
    }
    if (wrong)
        fprintf(stderr, "smsctl: %s\n", wrong);
    return !wrong;
}

static int print_word(const struct ctl *ctl, const char *done, const struct lexicon_word *word)
{
    bool keyword = word->list == WORD_KEYWORD;
    return print_object(ctl, json_pack("{s:s, s:s, s:s}", done, word->word, "list", list_names[word->list],
                                       keyword ? "meaning" : "code", keyword ? word->meaning : word->code));
}

struct approval {
    const struct ctl *ctl;
    const struct lexicon_word *word;
    const struct table *shared;
};

struct objections {
    bool any;
};

static void object(void *context, const struct lint_finding *f)
{
    struct objections *objections = context;
    if (!f->suspect || f->declared)
        return;
    fprintf(stderr, "smsctl: \"%s\": %s%s%s: %s\n", f->word, f->first, *f->second ? ", " : "", f->second,
            lint_says(f->lint));
    objections->any = true;
}

/* Tells what else the word means; with --force it is added all the same. */
static bool approve(void *context, const struct lexicon *lexicon)
{
    const struct approval *approval = context;
    struct objections objections = {false};
    lint_lexicon(lexicon, approval->ctl->arena, approval->word->word, approval->shared, object, &objections);
    if (objections.any && !approval->ctl->force)
        fputs("smsctl: --force adds it all the same\n", stderr);
    return !objections.any || approval->ctl->force;
}

int ctl_lexicon_add(struct ctl *ctl)
{
    struct lexicon_word word;
    if (!take_word(ctl, &word))
        return CTL_USAGE;
    struct approval approval = {ctl, &word, shared_words(ctl)};
    enum db_status status = lexicon_add(ctl->db, &word, approve, &approval);
    return status == DB_OK ? print_word(ctl, "added", &word) : ctl_db_failed(ctl, status);
}

int ctl_lexicon_remove(struct ctl *ctl)
{
    struct lexicon_word word;
    if (!take_word(ctl, &word))
        return CTL_USAGE;
    enum db_status status = lexicon_remove(ctl->db, &word);
    return status == DB_OK ? print_word(ctl, "removed", &word) : ctl_db_failed(ctl, status);
}
