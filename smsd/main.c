/* SPDX-License-Identifier: Apache-2.0
 *
 * smsd: the daemon. Reads its options, starts the service, and then only waits for signals:
 * SIGHUP loads the configuration, catalogues and lexicon again; SIGTERM or SIGINT drains and stops; a second one stops
 * at once.
 */
#include <curl/curl.h>
#include <getopt.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "smsd/conf/conf.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"
#include "smsd/service.h"
#include "smsd/version.h"

#define DEFAULT_CONF "/etc/chonoi/smsd.conf"
#define RETRY_MS 1000 /* between attempts at reaching the database before the service starts */

enum mode { MODE_SERVE, MODE_CHECK, MODE_PRINT, MODE_TABLE, MODE_VERSION, MODE_HELP, MODE_WRONG };

struct options {
    const char *conf_path;
    enum mode mode;
};

static const char usage[] =
    "usage: smsd [-c FILE] [--check-config | --print-config | --print-options | --version | --help]\n"
    "\n"
    "  -c, --config FILE   the configuration (default " DEFAULT_CONF ")\n"
    "  --check-config      check it, say what is wrong, and exit\n"
    "  --print-config      print it whole, with help, ranges and defaults; without -c, the defaults\n"
    "  --print-options     print the table of options (Markdown)\n"
    "  --version, --help\n"
    "\n"
    "Signals: HUP reloads, TERM drains and stops, a second TERM stops at once.\n"
    "Exit: 0 stopped as asked, 1 cannot start or wrong configuration, 2 usage.\n";

static struct options parse_options(int argc, char **argv)
{
    static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
                                          {"check-config", no_argument, NULL, MODE_CHECK},
                                          {"print-config", no_argument, NULL, MODE_PRINT},
                                          {"print-options", no_argument, NULL, MODE_TABLE},
                                          {"version", no_argument, NULL, MODE_VERSION},
                                          {"help", no_argument, NULL, MODE_HELP},
                                          {0}};
    struct options options = {NULL, MODE_SERVE};
    for (int c; (c = getopt_long(argc, argv, "c:", longs, NULL)) != -1;) {
        if (c == 'c')
            options.conf_path = optarg;
        else
            options.mode = c == '?' ? MODE_WRONG : (enum mode)c;
    }
    if (optind < argc)
        options.mode = MODE_WRONG;
    return options;
}

static const char *conf_path(const struct options *options)
{
    return options->conf_path ? options->conf_path : DEFAULT_CONF;
}

static struct conf *load_conf(const struct options *options)
{
    struct conf_error error;
    struct conf *conf = conf_load(conf_path(options), &error);
    if (!conf)
        fprintf(stderr, "smsd: %s\n", error.text);
    return conf;
}

static int check_conf(const struct options *options)
{
    struct conf_error error;
    struct conf *conf = load_conf(options);
    if (!conf)
        return EXIT_FAILURE;
    bool good = conf_check_files(conf, &error) && conf_is_private(conf_path(options), &error);
    if (good)
        puts("smsd: the configuration is good");
    else
        fprintf(stderr, "smsd: %s\n", error.text);
    conf_unref(&conf);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int print_conf(const struct options *options)
{
    struct conf *conf = options->conf_path ? load_conf(options) : NULL;
    if (options->conf_path && !conf)
        return EXIT_FAILURE;
    conf_print(stdout, conf);
    conf_unref(&conf);
    return EXIT_SUCCESS;
}

/* ---- serving ---- */

/* All threads inherit the mask: signals come out of the descriptor only. */
static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

/* The next signal, or 0 after timeout_ms (-1: waits for ever). */
static int next_signal(int fd, int timeout_ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    struct signalfd_siginfo info;
    if (poll(&poll_fd, 1, timeout_ms) <= 0 || read(fd, &info, sizeof info) != (ssize_t)sizeof info)
        return 0;
    return (int)info.ssi_signo;
}

static bool is_stop_signal(int signal_number)
{
    return signal_number == SIGTERM || signal_number == SIGINT;
}

/* The database may come up after us. False: asked to stop, or it will never do. */
static bool learn_with_patience(const struct conf *conf, int signals)
{
    enum db_status status;
    while ((status = service_learn(conf)) != DB_OK && status != DB_REFUSED)
        if (is_stop_signal(next_signal(signals, RETRY_MS)))
            return false;
    return status == DB_OK;
}

static struct conf *reload(struct service *service, struct conf *conf, const struct options *options)
{
    struct conf_error error;
    const char *kept = "";
    struct arena *arena = arena_new(1024);
    struct conf *next = conf_reload(conf, conf_path(options), arena, &kept, &error);
    metric_add(next ? METRIC_RELOAD_OK : METRIC_RELOAD_FAILED, 1);
    if (next) {
        log_open((enum log_target)next->log.target, (enum log_level)next->log.level);
        log_info("conf.loaded", KV("needs_restart", kept));
        service_reconfigure(service, next);
        conf_unref(&conf);
    } else {
        log_error("conf.kept", KV("error", error.text));
        next = conf;
    }
    arena_free(&arena);
    return next;
}

static void stop_at_once(int signal_number)
{
    (void)signal_number;
    _exit(EXIT_FAILURE);
}

/* While the service drains, the next signal must not wait for it. */
static void arm_second_signal(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    signal(SIGTERM, stop_at_once);
    signal(SIGINT, stop_at_once);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static int serve_until_stopped(struct conf **conf, int signals, const struct options *options)
{
    struct service *service = service_start(*conf);
    if (!service)
        return EXIT_FAILURE;
    log_info("smsd.ready", KV("version", SMSD_VERSION));
    sd_notify(0, "READY=1");
    for (int signal_number = 0; !is_stop_signal(signal_number);) {
        signal_number = next_signal(signals, -1);
        if (signal_number == SIGHUP)
            *conf = reload(service, *conf, options);
    }
    log_info("smsd.draining");
    sd_notify(0, "STOPPING=1");
    arm_second_signal();
    service_stop(&service);
    log_info("smsd.stopped");
    return EXIT_SUCCESS;
}

static int serve(const struct options *options)
{
    struct conf *conf = load_conf(options);
    if (!conf)
        return EXIT_FAILURE;
    log_open((enum log_target)conf->log.target, (enum log_level)conf->log.level);
    struct conf_error error;
    if (!conf_is_private(conf_path(options), &error))
        log_warning("conf.not_private", KV("error", error.text));
    int signals = open_signals();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    metric_set(METRIC_BUILD_INFO, 1);
    int status = EXIT_FAILURE;
    if (learn_with_patience(conf, signals))
        status = serve_until_stopped(&conf, signals, options);
    knowledge_unload();
    conf_unref(&conf);
    curl_global_cleanup();
    close(signals);
    return status;
}

/* A heap for each of a dozen threads, each with what it once needed at most, is megabytes that nobody uses: two heaps, and
 * what is large goes back when it is freed. */
static void save_memory(void)
{
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 128 * 1024);
}

int main(int argc, char **argv)
{
    save_memory();
    struct options options = parse_options(argc, argv);
    switch (options.mode) {
    case MODE_SERVE:
        return serve(&options);
    case MODE_CHECK:
        return check_conf(&options);
    case MODE_PRINT:
        return print_conf(&options);
    case MODE_TABLE:
        conf_print_table(stdout);
        return EXIT_SUCCESS;
    case MODE_VERSION:
        puts("smsd " SMSD_VERSION);
        return EXIT_SUCCESS;
    case MODE_HELP:
        fputs(usage, stdout);
        return EXIT_SUCCESS;
    default:
        fputs(usage, stderr);
        return 2;
    }
}
