/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/replay.c - runs every file of a corpus folder through a fuzz target, without
 * libFuzzer
 */
#include <dirent.h>
#include <string.h>

#include "base/fdio.h"
#include "test/fuzz/fuzz.h"

#define INPUT_MAX ((size_t)1 << 20)

static int replay(const char *folder, const char *name)
{
	cleanup_free char *data = NULL;
	cleanup_free uint8_t *exact = NULL;
	char path[4096];
	size_t len = 0;
	int error;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	error = fdio_read_file(path, INPUT_MAX, &data, &len);
	if (error) {
		fprintf(stderr, "%s: %s\n", path, strerror(-error));
		return error;
	}
	/* Exactly as long as the input, so that ASan sees an over-read. */
	exact = malloc(len ? len : 1);
	if (!exact)
		return -1;
	memcpy(exact, data, len);
	printf("%s\n", name);
	fflush(stdout);
	return LLVMFuzzerTestOneInput(exact, len);
}

int main(int argc, char **argv)
{
	unsigned count = 0, failed = 0;
	struct dirent *entry;
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;

	if (!folder) {
		fprintf(stderr, "usage: %s CORPUS-FOLDER (that can be read)\n", argv[0]);
		return 2;
	}
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		failed += replay(argv[1], entry->d_name) != 0;
	}
	closedir(folder);
	printf("%u inputs, %u failed\n", count, failed);
	return failed || !count;
}
