/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/conf/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/base/work_hours.h"
#include "parsers/kannel/ussd.h"

/* Of a secret that may be left out. */
#define SECRET_MIN 16

bool conf_fail(struct conf_error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}

/* conf_fail after "smsd.conf:12: "; without the line where the option was not given. */
static bool __attribute__((format(printf, 4, 5)))
fail_at(const char *file, int line, struct conf_error *error, const char *format, ...)
{
    va_list args;
    int n = line > 0 ? snprintf(error->text, sizeof error->text, "%s:%d: ", file, line)
                     : snprintf(error->text, sizeof error->text, "%s: ", file);
    if (n < 0 || (size_t)n >= sizeof error->text)
        return false;
    va_start(args, format);
    vsnprintf(error->text + n, sizeof error->text - (size_t)n, format, args);
    va_end(args);
    return false;
}

static bool is_address(const char *text)
{
    unsigned char address[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

static bool is_url(const char *text)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        const size_t n = strlen(schemes[i]);
        if (strncmp(text, schemes[i], n) == 0)
            return strcspn(text + n, ":/?# ") > 0 && !strchr(text, ' ');
    }
    return false;
}

static bool is_url_or_empty(const char *text)
{
    return !*text || is_url(text);
}

static bool check_addresses(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                            struct conf_error *error)
{
    static const char url[] = "http:// or https:// and a host";
    const struct {
        int option;
        const char *value;
        bool (*is_good)(const char *);
        const char *allowed;
    } checks[] = {{OPTION_http_listen, conf->http.listen, is_address, "a numeric IPv4 or IPv6 address"},
                  {OPTION_kannel_box_host, conf->kannel.box_host, is_address, "a numeric IPv4 or IPv6 address"},
                  {OPTION_kannel_sendsms_url, conf->kannel.sendsms_url, is_url, url},
                  {OPTION_kannel_dlr_base, conf->kannel.dlr_base, is_url_or_empty, url}};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        const struct option *option = &OPTIONS[checks[i].option];
        if (!checks[i].is_good(checks[i].value))
            return fail_at(file, lines[checks[i].option], error, "%s.%s is %s: %s is allowed", option->section,
                           option->name, checks[i].value, checks[i].allowed);
    }
    return true;
}

/* What only one of the links needs. */
static bool check_link(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                       struct conf_error *error)
{
    const bool sendsms = conf->kannel.link == KANNEL_LINK_HTTP;
    if (sendsms && !*conf->kannel.username)
        return fail_at(file, lines[OPTION_kannel_username], error,
                       "kannel.username must be given with kannel.link = http: of Kannel's sendsms-user group");
    if (sendsms && !*conf->kannel.password)
        return fail_at(file, lines[OPTION_kannel_password], error,
                       "kannel.password must be given with kannel.link = http: of Kannel's sendsms-user group");
    return true;
}

static bool check_together(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                           struct conf_error *error)
{
    if (conf->send.lease <= conf->kannel.timeout)
        return fail_at(file, lines[OPTION_send_lease], error,
                       "send.lease (%d s) must be longer than kannel.timeout (%d s)", conf->send.lease,
                       conf->kannel.timeout);
    if (conf->send.retry_base > conf->send.retry_max)
        return fail_at(file, lines[OPTION_send_retry_base], error,
                       "send.retry_base (%d s) must not be longer than send.retry_max (%d s)", conf->send.retry_base,
                       conf->send.retry_max);
    return true;
}

static bool check_desk(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                       struct conf_error *error)
{
    struct work_hours hours;
    return work_hours_read(slice_of(conf->desk.hours), &hours) ||
           fail_at(file, lines[OPTION_desk_hours], error,
                   "desk.hours is %s: hours look like mon-fri 07:30-11:30 "
                   "13:30-17:00, sat 07:30-11:30",
                   conf->desk.hours);
}

static bool is_unreserved(const char *text)
{
    return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")] == '\0';
}

static bool check_ussd(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                       struct conf_error *error)
{
    const char *secret = conf->ussd.secret;
    if (*secret && (strlen(secret) < SECRET_MIN || !is_unreserved(secret)))
        return fail_at(file, lines[OPTION_ussd_secret], error,
                       "ussd.secret goes into URLs: at least %d of letters, digits, - . _ ~ are allowed", SECRET_MIN);
    return ussd_profiles_are_sound(slice_of(conf->ussd.gateways)) ||
           fail_at(file, lines[OPTION_ussd_gateways], error,
                   "ussd.gateways is %s: it looks like vnp: reference, mobi: unnamed, *: number end-flag",
                   conf->ussd.gateways);
}

bool conf_check(const struct conf *conf, const int lines[OPTION_COUNT], const char *file, struct conf_error *error)
{
    if (!is_unreserved(conf->http.secret))
        return fail_at(file, lines[OPTION_http_secret], error,
                       "http.secret goes into URLs: only letters, digits, - . _ ~ are allowed");
    return check_addresses(conf, lines, file, error) && check_link(conf, lines, file, error) &&
           check_desk(conf, lines, file, error) && check_ussd(conf, lines, file, error) &&
           check_together(conf, lines, file, error);
}

bool conf_is_private(const char *path, struct conf_error *error)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return conf_fail(error, "%s: %s", path, strerror(errno));
    if (found.st_mode & S_IRWXO)
        return conf_fail(error, "%s: everyone may read the secrets in it: chmod o= %s", path, path);
    return true;
}

bool conf_check_files(const struct conf *conf, struct conf_error *error)
{
    char catalogue[300]; /* the Vietnamese one, without which nothing can be said */
    snprintf(catalogue, sizeof catalogue, "%s/vi.mo", conf->locales.dir);
    if (access(catalogue, R_OK) == 0)
        return true;
    return conf_fail(error, "locales.dir is %s: %s: %s", conf->locales.dir, catalogue, strerror(errno));
}
