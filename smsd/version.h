/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SMSD_VERSION_H
#define SMSD_VERSION_H

#define SMSD_VERSION "0.1.0"

#endif
