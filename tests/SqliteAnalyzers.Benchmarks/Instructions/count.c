/*
 * Starts a program that inserts rows through a SQLite library, executes its first thread step by step from one call of a function of that library to a later
 * one, and prints how many instructions that were: what else the machine does cannot touch the number.
 *
 * count WAL LIBRARY BOUNDARY CALLS ROW PROGRAM [ARGUMENT]...
 *
 * WAL is the file that tells by its length that rows are being inserted. BOUNDARY and ROW are the offsets in LIBRARY, in hexadecimal, of the function whose
 * calls are counted and of one that is called once for each row.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_MICROSECONDS = 10000, UNTIL_BUSY_MICROSECONDS = 300000 };

static pid_t child;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    if (child > 0)
        kill(child, SIGKILL);
    exit(1);
}

static void start(char **program) {
    child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        dup2(nothing, STDOUT_FILENO);
        execvp(program[0], program);
        _exit(127);
    }
}

static void wait_for_rows(const char *wal) {
    struct stat status;
    while (stat(wal, &status) != 0 || status.st_size == 0) {
        if (waitpid(child, NULL, WNOHANG) != 0) {
            child = 0;
            errno = ECHILD;
            fail("the program ended too early");
        }
        usleep(POLL_MICROSECONDS);
    }
    usleep(UNTIL_BUSY_MICROSECONDS);
}

static void find_library(const char *library, uint64_t *first, uint64_t *last) {
    char path[64], line[4096];
    snprintf(path, sizeof path, "/proc/%d/maps", child);
    FILE *maps = fopen(path, "r");
    if (!maps)
        fail(path);
    *first = 0;
    while (fgets(line, sizeof line, maps)) {
        unsigned long start, end;
        if (strstr(line, library) && sscanf(line, "%lx-%lx", &start, &end) == 2) {
            if (!*first)
                *first = start;
            *last = end;
        }
    }
    fclose(maps);
    if (!*first) {
        errno = ENOENT;
        fail(library);
    }
}

int main(int count, char **arguments) {
    if (count < 7) {
        fprintf(stderr, "There must be 6 arguments or more.\n");
        return 2;
    }
    start(arguments + 6);
    wait_for_rows(arguments[1]);
    uint64_t first, last;
    find_library(arguments[2], &first, &last);
    uint64_t boundary = first + strtoull(arguments[3], NULL, 16), row = first + strtoull(arguments[5], NULL, 16);
    long calls = atol(arguments[4]), seen = -1;
    long long instructions = 0, in_library = 0, rows = 0;

    int status, signal = 0;
    if (ptrace(PTRACE_SEIZE, child, 0, 0) || ptrace(PTRACE_INTERRUPT, child, 0, 0) || waitpid(child, &status, __WALL) < 0)
        fail("ptrace");
    for (uint64_t before = 0;;) {
        if (ptrace(PTRACE_SINGLESTEP, child, 0, signal) || waitpid(child, &status, __WALL) < 0)
            fail("ptrace");
        if (!WIFSTOPPED(status)) {
            child = 0;
            errno = ECHILD;
            fail("the program ended too early");
        }
        signal = WSTOPSIG(status) != SIGTRAP && status >> 16 == 0 ? WSTOPSIG(status) : 0;

        struct user_regs_struct registers;
        if (ptrace(PTRACE_GETREGS, child, 0, &registers))
            fail("ptrace");
        uint64_t at = registers.rip;
        if (at == before)
            continue; /* A repeated string instruction stops each time around, and is one. */
        before = at;
        if (at == boundary && ++seen == calls)
            break;
        if (seen < 0)
            continue;
        instructions++;
        in_library += at >= first && at < last;
        rows += at == row;
    }
    kill(child, SIGKILL);
    printf("{\"Rows\":%lld,\"Instructions\":%lld,\"InSqlite\":%lld}\n", rows, instructions, in_library);
    return 0;
}
