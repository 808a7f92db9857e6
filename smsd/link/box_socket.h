/* SPDX-License-Identifier: Apache-2.0
 *
 * A TCP socket that connects while we do something else.
 */
#ifndef SMSD_LINK_BOX_SOCKET_H
#define SMSD_LINK_BOX_SOCKET_H

#include <stdbool.h>

/* A non-blocking socket on its way to a numeric address: writable once it has arrived or failed. -1 when it cannot even
 * set out. The caller closes it. */
int box_socket_connect(const char *host, int port);

/* Has it arrived? */
bool box_socket_is_connected(int fd);

#endif
