/* SPDX-License-Identifier: Apache-2.0
 *
 * Gives a fuzzer the inputs it is named, without libFuzzer: what once made it fail must not do so again.
 * Usage: NAME INPUT...
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak)); /* not every fuzzer has one */

int main(int argc, char **argv)
{
    char *text = NULL;
    size_t room = 0;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        ssize_t n = file ? getdelim(&text, &room, EOF, file) : -1;
        if (n < 0 && !(file && feof(file))) {
            perror(argv[i]);
            return 1;
        }
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput((const uint8_t *)text, n < 0 ? 0 : (size_t)n);
        fclose(file);
    }
    free(text);
    return 0;
}
