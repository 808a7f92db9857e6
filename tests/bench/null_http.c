/* SPDX-License-Identifier: Apache-2.0
 *
 * An application that does nothing: any request gets 200 and the same short text. One thread, epoll. Usage: null_http
 * PORT; SIGTERM ends it, and it prints how many requests it has answered.
 */
#include <arpa/inet.h>
#include <err.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

struct counter {
    struct MHD_Response *response;
    unsigned long long answered; /* the daemon's thread's own until it has stopped */
};

/* Called once with the head, with the body in pieces, and once after it. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_size, void **state)
{
    struct counter *counter = context;
    (void)url, (void)method, (void)version, (void)body;
    if (!*state || *body_size) {
        *state = counter;
        *body_size = 0;
        return MHD_YES;
    }
    counter->answered++;
    return MHD_queue_response(connection, MHD_HTTP_OK, counter->response);
}

int main(int argc, char **argv)
{
    static char text[] = "OK";
    struct counter counter = {.response =
                                  MHD_create_response_from_buffer(sizeof text - 1, text, MHD_RESPMEM_PERSISTENT)};
    struct sockaddr_in address = {.sin_family = AF_INET};
    sigset_t set;
    int number;
    if (argc != 2)
        errx(2, "usage: null_http PORT");
    address.sin_port = htons((uint16_t)atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MHD_add_response_header(counter.response, "Content-Type", "text/plain; charset=UTF-8");
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL); /* before the daemon's thread is made, which inherits it */
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, &counter,
                         MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_END);
    if (!daemon)
        errx(1, "cannot listen on port %s", argv[1]);
    sigwait(&set, &number);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(counter.response);
    printf("%llu\n", counter.answered);
    return 0;
}
