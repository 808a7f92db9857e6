/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "smsd/conf/conf.h"
#include "smsd/conf/option.h"
#include "smsd/log/log.h"

#define KEY "[privacy]\nkey = 0123456789abcdef0123456789abcdef\n"

/* The least that a file must give. */
#define MINIMAL                           \
    "[database]\nurl = dbname=chonoi\n"   \
    "[http]\nsecret = 0123456789abcdef\n" \
    "[kannel]\nusername = u\npassword = a secret\n" \
    KEY

static struct conf_error error;

static struct conf *parse(const char *text)
{
    error.text[0] = '\0';
    return conf_parse(slice_of(text), "smsd.conf", &error);
}

static void test_defaults(void **state)
{
    (void)state;
    struct conf *conf = parse(MINIMAL);
    assert_non_null(conf);
    assert_string_equal(conf->database.url, "dbname=chonoi");
    assert_string_equal(conf->database.owner_url, "");
    assert_string_equal(conf->http.listen, "127.0.0.1");
    assert_int_equal(conf->http.port, 8055);
    assert_int_equal(conf->service.dedupe_window, 600);
    assert_int_equal(conf->service.question_ttl, 86400);
    assert_false(conf->locales.serve_unreviewed);
    assert_int_equal(conf->log.level, LEVEL_INFO);
    assert_int_equal(conf->log.target, TARGET_STDERR);
    conf_unref(&conf);
    assert_null(conf);
}

static void test_values(void **state)
{
    (void)state;
    struct conf *conf = parse(MINIMAL "[http]\nport = 1\nrequest_timeout = 2m\n"
                                      "[locales]\nserve_unreviewed = yes\n[log]\nlevel = error\ntarget = syslog\n"
                                      "[service]\nquestion_ttl = 7d\n[kannel]\ndlr_base =\n");
    assert_non_null(conf);
    assert_int_equal(conf->http.port, 1);
    assert_int_equal(conf->http.request_timeout, 120);
    assert_true(conf->locales.serve_unreviewed);
    assert_int_equal(conf->log.level, LEVEL_ERROR);
    assert_int_equal(conf->log.target, TARGET_SYSLOG);
    assert_int_equal(conf->service.question_ttl, 604800);
    assert_string_equal(conf->kannel.dlr_base, "");
    conf_unref(&conf);
}

/* Each error names the file, the line and what is allowed. */
static void test_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } cases[] = {
        {MINIMAL "[http]\nport = 65536\n",
         "smsd.conf:11: http.port is 65536: a whole number from 1 to 65535 is allowed"},
        {MINIMAL "[http]\nport = 0\n", "smsd.conf:11: http.port is 0: "},
        {MINIMAL "[http]\nport = 80x\n", "smsd.conf:11: http.port is 80x: "},
        {MINIMAL "[http]\nport = -1\n", "smsd.conf:11: http.port is -1: "},
        {MINIMAL "[http]\nport =\n", "smsd.conf:11: http.port is : "},
        {MINIMAL "[http]\nport = 99999999999999999999\n", "smsd.conf:11: http.port is 99999999999999999999: "},
        {MINIMAL "[http]\nprot = 1\n", "smsd.conf:11: http.prot is not an option: [http] has listen, port, secret, "},
        {MINIMAL "[htpp]\nport = 1\n", "smsd.conf:11: htpp.port is not an option: the sections are database, http, "},
        {MINIMAL "[http]\nport = 1\n[http]\nport = 1\n", "smsd.conf:13: http.port was given before, in line 11: "},
        {MINIMAL "[service]\ndedupe_window = 25h\n",
         "smsd.conf:11: service.dedupe_window is 25h: a duration from 0s to 1d is allowed"},
        {MINIMAL "[service]\ndedupe_window = 5w\n", "smsd.conf:11: service.dedupe_window is 5w: "},
        {MINIMAL "[service]\ndedupe_window = 2147483647d\n", "smsd.conf:11: service.dedupe_window is 2147483647d: "},
        {MINIMAL "[log]\nlevel = loud\n",
         "smsd.conf:11: log.level is loud: one of debug info warning error is allowed"},
        {MINIMAL "[log]\nlevel =\n", "smsd.conf:11: log.level is : "},
        {MINIMAL "[locales]\nserve_unreviewed = true\n",
         "smsd.conf:11: locales.serve_unreviewed is true: yes or no is allowed"},
        {MINIMAL "[kannel]\ntimeout = 120s\n[send]\nlease = 60s\n", "smsd.conf:13: send.lease (60 s) must be longer "},
        {MINIMAL "[send]\nretry_base = 20m\n", "smsd.conf:11: send.retry_base (1200 s) must not be longer "},
        {"[database]\nurl = x\n[kannel]\nusername = u\npassword = p\n", "smsd.conf: http.secret must be given: "},
        {"[http]\nsecret = short\n",
         "smsd.conf:2: http.secret is not as it must be: text of 16 to 128 bytes is allowed"},
        {"[database]\nurl = x\n[kannel]\nusername = u\npassword = p\n[http]\nsecret = 0123456789abcde&\n" KEY,
         "smsd.conf:7: http.secret goes into URLs: "},
        {MINIMAL "[kannel]\ntimeout = 130s\n", "smsd.conf: send.lease (120 s) must be longer "},
        {MINIMAL "[http]\nlisten = localhost\n",
         "smsd.conf:11: http.listen is localhost: a numeric IPv4 or IPv6 address is allowed"},
        {MINIMAL "[http]\nlisten = 127.0.0.1.1\n", "smsd.conf:11: http.listen is 127.0.0.1.1: "},
        {MINIMAL "[kannel]\nsendsms_url = rubbish\n",
         "smsd.conf:11: kannel.sendsms_url is rubbish: http:// or https:// and a host is allowed"},
        {MINIMAL "[kannel]\nsendsms_url = ftp://host/\n", "smsd.conf:11: kannel.sendsms_url is ftp://host/: "},
        {MINIMAL "[kannel]\nsendsms_url = http:///path\n", "smsd.conf:11: kannel.sendsms_url is http:///path: "},
        {MINIMAL "[kannel]\ndlr_base = 127.0.0.1:8055\n", "smsd.conf:11: kannel.dlr_base is 127.0.0.1:8055: "},
        {MINIMAL "[ussd]\ngateways = vnp\n", "smsd.conf:11: ussd.gateways is vnp: it looks like vnp: reference"},
        {MINIMAL "[ussd]\nsecret = short\n", "smsd.conf:11: ussd.secret goes into URLs: at least 16 of letters"},
        {MINIMAL "[ussd]\nsecret = 0123456789abcde/\n", "smsd.conf:11: ussd.secret goes into URLs: "},
        {MINIMAL "[kannel]\nlink = both\n", "smsd.conf:11: kannel.link is both: one of http box is allowed"},
        {MINIMAL "[kannel]\nlink = box\nbox_host = localhost\n",
         "smsd.conf:12: kannel.box_host is localhost: a numeric IPv4 or IPv6 address is allowed"},
        {"[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n" KEY, "smsd.conf: kannel.username must be given "},
        {"[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n[kannel]\nusername = u\n" KEY,
         "smsd.conf: kannel.password must be given "},
        {"", "smsd.conf: database.url must be given: "},
        {MINIMAL "what is this\n", "smsd.conf: "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (parse(cases[i].text) || strncmp(error.text, cases[i].error, strlen(cases[i].error)) != 0)
            fail_msg("wanted '%s', got '%s'", cases[i].error, error.text);
    }
}

static void test_addresses(void **state)
{
    (void)state;
    struct conf *conf = parse(MINIMAL "[http]\nlisten = ::1\n"
                                      "[kannel]\nsendsms_url = https://sms.example.vn:13013/\ndlr_base =\n");
    assert_non_null(conf);
    conf_unref(&conf);
}

static void test_secrets_stay_out_of_errors(void **state)
{
    (void)state;
    assert_null(parse("[http]\nsecret = hunter2\n"));
    assert_null(strstr(error.text, "hunter2"));
}

static char *printed(void (*print)(FILE *, const struct conf *), const struct conf *conf)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    print(out, conf);
    fclose(out);
    return text;
}

/* What is printed shows the values and hides the secrets; eight stars are too short to be one, so such a file does not
 * start a daemon by mistake. */
static void test_print(void **state)
{
    (void)state;
    struct conf *conf = parse(MINIMAL "[http]\nport = 1\n[locales]\nserve_unreviewed = yes\n[log]\nlevel = error\n"
                                      "[service]\nquestion_ttl = 90s\n");
    static const char *const shown[] = {
        "\nport = 1\n",          "\nserve_unreviewed = yes\n", "\nlevel = error\n", "\nquestion_ttl = 90s\n",
        "\nsecret = ********\n", "\npassword = ********\n",    "\nowner_url =\n"};
    static const char *const hidden[] = {"0123456789abcdef", "a secret", "dbname"};
    char *text = printed(conf_print, conf);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        assert_non_null(strstr(text, shown[i]));
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        assert_null(strstr(text, hidden[i]));
    assert_null(parse(text));
    assert_non_null(strstr(error.text, "http.secret"));
    free(text);
    conf_unref(&conf);
}

static void test_every_default_is_allowed(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    struct conf conf;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (!option_required(&OPTIONS[i]) && !option_set(&OPTIONS[i], &conf, arena, OPTIONS[i].fallback))
            fail_msg("%s.%s", OPTIONS[i].section, OPTIONS[i].name);
    arena_free(&arena);
}

static char *file_text(const char *path)
{
    char *text = calloc(1, 65536);
    FILE *in = fopen(path, "r");
    if (!in)
        fail_msg("%s is missing", path);
    size_t n = fread(text, 1, 65535, in);
    assert_true(n < 65535);
    fclose(in);
    return text;
}

/* When this fails: build/smsd --print-config > smsd/etc/smsd.conf */
static void test_example_is_up_to_date(void **state)
{
    (void)state;
    char *example = file_text("smsd/etc/smsd.conf");
    char *expected = printed(conf_print, NULL);
    assert_string_equal(example, expected);
    free(example);
    free(expected);
}

static void print_table(FILE *out, const struct conf *conf)
{
    (void)conf;
    conf_print_table(out);
}

/* When this fails: build/smsd --print-options > smsd/etc/options.md */
static void test_table_is_up_to_date(void **state)
{
    (void)state;
    char *table = file_text("smsd/etc/options.md");
    char *expected = printed(print_table, NULL);
    assert_string_equal(table, expected);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        char cell[100];
        snprintf(cell, sizeof cell, "| `%s.%s` |", OPTIONS[i].section, OPTIONS[i].name);
        assert_non_null(strstr(table, cell));
    }
    free(table);
    free(expected);
}

/* ---- files and reload ---- */

static int file;      /* in memory */
static char path[40]; /* by which it can be opened */

static void write_file(const char *text)
{
    assert_int_equal(ftruncate(file, 0), 0);
    assert_int_equal(pwrite(file, text, strlen(text), 0), strlen(text));
}

static void test_reload(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    const char *kept = NULL;
    write_file(MINIMAL);
    struct conf *running = conf_load(path, &error);
    assert_non_null(running);
    write_file(MINIMAL "[http]\nport = 9\n[service]\nreply_limit = 7\nshort_code = 8066\n");
    struct conf *fresh = conf_reload(running, path, arena, &kept, &error);
    assert_non_null(fresh);
    assert_string_equal(kept, "http.port service.short_code");
    assert_int_equal(fresh->http.port, 8055);
    assert_string_equal(fresh->service.short_code, "8055");
    assert_int_equal(fresh->service.reply_limit, 7);
    conf_unref(&running);
    assert_string_equal(fresh->service.short_code, "8055"); /* its own copy */
    write_file("[http]\nport = x\n");
    assert_null(conf_reload(fresh, path, arena, &kept, &error));
    assert_non_null(strstr(error.text, ":2: http.port is x"));
    write_file(MINIMAL);
    struct conf *same = conf_reload(fresh, path, arena, &kept, &error);
    assert_string_equal(kept, "");
    conf_unref(&same);
    conf_unref(&fresh);
    arena_free(&arena);
}

/* What is kept and what is new are each allowed, and together they are not. */
static void test_reload_checks_what_it_keeps(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    const char *kept = NULL;
    write_file(MINIMAL "[kannel]\ntimeout = 100s\n");
    struct conf *running = conf_load(path, &error);
    assert_non_null(running);
    write_file(MINIMAL "[kannel]\ntimeout = 10s\n[send]\nlease = 30s\n");
    assert_null(conf_reload(running, path, arena, &kept, &error));
    assert_non_null(strstr(error.text, ": send.lease (30 s) must be longer than kannel.timeout (100 s)"));
    conf_unref(&running);
    arena_free(&arena);
}

static void test_files(void **state)
{
    (void)state;
    const char *build = getenv("BUILD");
    char text[500];
    struct conf *conf = parse(MINIMAL "[locales]\ndir = /nonexistent\n");
    assert_false(conf_check_files(conf, &error));
    assert_string_equal(error.text, "locales.dir is /nonexistent: /nonexistent/vi.mo: No such file or directory");
    conf_unref(&conf);
    snprintf(text, sizeof text, MINIMAL "[locales]\ndir = %s/locales\n", build ? build : "build");
    conf = parse(text);
    assert_true(conf_check_files(conf, &error));
    conf_unref(&conf);
}

static void test_secrets_are_not_for_everyone(void **state)
{
    (void)state;
    write_file(MINIMAL);
    chmod(path, 0644);
    assert_false(conf_is_private(path, &error));
    assert_non_null(strstr(error.text, "chmod o="));
    chmod(path, 0640);
    assert_true(conf_is_private(path, &error));
    assert_false(conf_is_private("/nonexistent/smsd.conf", &error));
}

static void test_references(void **state)
{
    (void)state;
    struct conf *conf = parse(MINIMAL);
    struct conf *other = conf_ref(conf);
    conf_unref(&conf);
    assert_string_equal(other->http.listen, "127.0.0.1");
    conf_unref(&other);
    conf_unref(&other);
}

static void test_no_file(void **state)
{
    (void)state;
    assert_null(conf_load("/nonexistent/smsd.conf", &error));
    assert_string_equal(error.text, "/nonexistent/smsd.conf: No such file or directory");
    assert_null(conf_load("/", &error));
    assert_non_null(strstr(error.text, "/: "));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_reload_checks_what_it_keeps),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_secrets_are_not_for_everyone),
        cmocka_unit_test(test_secrets_stay_out_of_errors),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_every_default_is_allowed),
        cmocka_unit_test(test_example_is_up_to_date),
        cmocka_unit_test(test_table_is_up_to_date),
        cmocka_unit_test(test_reload),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_no_file),
    };
    file = memfd_create("smsd.conf", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    close(file);
    return failed;
}
