/*
 * Inserts the rows of MeasurementTable.cs through the C interface of the SQLite library it is given, and prints what that cost.
 *
 * insert LIBRARY DATABASE WARM-UP-DATABASE ROWS WARM-UP-ROWS ROWS-PER-TRANSACTION ROWS-PER-STATEMENT IDLE-THREADS PRAGMAS SCHEMA
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

enum { OK = 0, DONE = 101, DISTINCT_NAMES = 1000, NAME_SIZE = 32 };

static int (*open_database)(const char *, sqlite3 **);
static int (*close_database)(sqlite3 *);
static int (*execute)(sqlite3 *, const char *, void *, void *, char **);
static int (*prepare)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
static int (*bind_int64)(sqlite3_stmt *, int, int64_t);
static int (*bind_double)(sqlite3_stmt *, int, double);
static int (*bind_text)(sqlite3_stmt *, int, const char *, int, void (*)(void *));
static int (*step)(sqlite3_stmt *);
static int (*reset)(sqlite3_stmt *);
static int (*finalize)(sqlite3_stmt *);
static const char *(*error_message)(sqlite3 *);
static const char *(*version)(void);

typedef struct {
    int64_t id;
    const char *name;
    int name_length;
    double value;
    int64_t taken;
} row;

static char names[DISTINCT_NAMES][NAME_SIZE];
static sqlite3 *database;

static void check(int result, int expected) {
    if (result != expected) {
        fprintf(stderr, "SQLite error %d: %s\n", result, database ? error_message(database) : "");
        exit(1);
    }
}

static void *function(void *library, const char *name) {
    void *address = dlsym(library, name);
    if (!address) {
        fprintf(stderr, "The library has no %s.\n", name);
        exit(1);
    }
    return address;
}

/* On Linux the library relies on its host for the mathematical functions; where there is no such file it needs none. */
static void load(const char *path) {
    dlopen("libm.so.6", RTLD_NOW | RTLD_GLOBAL);
    void *library = dlopen(path, RTLD_NOW);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    *(void **)&open_database = function(library, "sqlite3_open");
    *(void **)&close_database = function(library, "sqlite3_close");
    *(void **)&execute = function(library, "sqlite3_exec");
    *(void **)&prepare = function(library, "sqlite3_prepare_v2");
    *(void **)&bind_int64 = function(library, "sqlite3_bind_int64");
    *(void **)&bind_double = function(library, "sqlite3_bind_double");
    *(void **)&bind_text = function(library, "sqlite3_bind_text");
    *(void **)&step = function(library, "sqlite3_step");
    *(void **)&reset = function(library, "sqlite3_reset");
    *(void **)&finalize = function(library, "sqlite3_finalize");
    *(void **)&error_message = function(library, "sqlite3_errmsg");
    *(void **)&version = function(library, "sqlite3_libversion");
}

static row *make_rows(int count) {
    for (int n = 0; n < DISTINCT_NAMES; n++)
        snprintf(names[n], NAME_SIZE, "station %04d north", n);
    row *rows = malloc(sizeof(row) * (size_t)count);
    for (int i = 0; i < count; i++) {
        rows[i].id = i + 1;
        rows[i].name = names[i * 7919LL % DISTINCT_NAMES];
        rows[i].name_length = (int)strlen(rows[i].name);
        rows[i].value = i % 10007 / 7.0;
        rows[i].taken = 1700000000LL + i;
    }
    return rows;
}

static sqlite3_stmt *prepare_insert(int rows) {
    static const char head[] = "INSERT INTO Measurement (Id, Name, Value, Taken) VALUES (?,?,?,?)";
    static const char more[] = ",(?,?,?,?)";
    char *sql = malloc(sizeof head + (size_t)rows * sizeof more);
    strcpy(sql, head);
    for (int i = 1; i < rows; i++)
        strcat(sql, more);
    sqlite3_stmt *statement;
    check(prepare(database, sql, -1, &statement, NULL), OK);
    free(sql);
    return statement;
}

static void insert_together(sqlite3_stmt *statement, const row *rows, int count) {
    int parameter = 0;
    for (int i = 0; i < count; i++) {
        check(bind_int64(statement, ++parameter, rows[i].id), OK);
        check(bind_text(statement, ++parameter, rows[i].name, rows[i].name_length, NULL), OK);
        check(bind_double(statement, ++parameter, rows[i].value), OK);
        check(bind_int64(statement, ++parameter, rows[i].taken), OK);
    }
    check(step(statement), DONE);
    check(reset(statement), OK);
}

static void insert(const row *rows, int count, int per_transaction, int per_statement) {
    sqlite3_stmt *one = prepare_insert(1);
    sqlite3_stmt *many = prepare_insert(per_statement);
    for (int start = 0; start < count; start += per_transaction) {
        int end = start + per_transaction < count ? start + per_transaction : count;
        check(execute(database, "BEGIN IMMEDIATE", NULL, NULL, NULL), OK);
        int i = start;
        for (; i + per_statement <= end; i += per_statement)
            insert_together(many, rows + i, per_statement);
        for (; i < end; i++)
            insert_together(one, rows + i, 1);
        check(execute(database, "COMMIT", NULL, NULL, NULL), OK);
    }
    check(finalize(one), OK);
    check(finalize(many), OK);
}

static void open_with_table(const char *path, const char *pragmas, const char *schema) {
    check(open_database(path, &database), OK);
    check(execute(database, pragmas, NULL, NULL, NULL), OK);
    check(execute(database, schema, NULL, NULL, NULL), OK);
}

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

static double wall_seconds(void) {
    struct timeval now;
    gettimeofday(&now, NULL);
    return seconds(now);
}

/* Linux counts in getrusage what the process was before exec as well: so its own account, in KiB. On macOS ru_maxrss is in bytes. */
static long long peak_bytes(void) {
    char line[256];
    long long peak = 0;
    FILE *status = fopen("/proc/self/status", "r");
    if (!status) {
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    }
    while (fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %lld kB", &peak) == 1)
            break;
    fclose(status);
    return 1024 * peak;
}

static long long wal_bytes(const char *path) {
    char wal[4096];
    struct stat status;
    snprintf(wal, sizeof wal, "%s-wal", path);
    return stat(wal, &status) == 0 ? (long long)status.st_size : 0;
}

static void *sleep_for_ever(void *unused) {
    for (;;)
        pause();
    return unused;
}

int main(int count, char **arguments) {
    if (count != 11) {
        fprintf(stderr, "There must be 10 arguments.\n");
        return 2;
    }
    const char *path = arguments[2];
    int rows = atoi(arguments[4]), warm_up_rows = atoi(arguments[5]);
    int per_transaction = atoi(arguments[6]), per_statement = atoi(arguments[7]);
    int idle_threads = atoi(arguments[8]);
    const char *pragmas = arguments[9], *schema = arguments[10];
    for (int i = 0; i < idle_threads; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, sleep_for_ever, NULL)) {
            fprintf(stderr, "No thread could be started.\n");
            return 1;
        }
    }
    load(arguments[1]);
    row *all = make_rows(rows > warm_up_rows ? rows : warm_up_rows);

    open_with_table(arguments[3], pragmas, schema);
    insert(all, warm_up_rows, per_transaction, per_statement);
    check(close_database(database), OK);

    open_with_table(path, pragmas, schema);
    double wall = wall_seconds(), cpu = cpu_seconds();
    insert(all, rows, per_transaction, per_statement);
    cpu = cpu_seconds() - cpu;
    wall = wall_seconds() - wall;
    printf("{\"Rows\":%d,\"CpuSeconds\":%.6f,\"WallSeconds\":%.6f,\"AllocatedBytes\":0,\"PeakBytes\":%lld,\"WalBytes\":%lld,\"Engine\":\"%s\"}\n",
           rows, cpu, wall, peak_bytes(), wal_bytes(path), version());
    check(close_database(database), OK);
    free(all);
    return 0;
}
