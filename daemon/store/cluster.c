#include "cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"

#define CLUSTER_AGAIN_SECONDS 40 /* so long a server that ends at once is started again: a statement may go on for 30 */
#define CLUSTER_START_SECONDS 60
#define CLUSTER_STOP_SECONDS 60

struct cluster {
	struct cluster_options options;
	char *programs;
	char *data;   /* the cluster's directory */
	char *socket; /* the directory of its socket */
	char *owner, *service;
	uid_t uid;
	gid_t gid;
	bool drop; /* run the server as uid and gid */
	pid_t pid;
	int64_t started_at;
};

static void cluster_log(const struct cluster *cluster, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void cluster_log(const struct cluster *cluster, int priority, const char *format, ...)
{
	char *line = NULL;
	va_list args;

	va_start(args, format);
	if (cluster->options.log != NULL && vasprintf(&line, format, args) >= 0)
		cluster->options.log(cluster->options.log_arg, priority, line);
	va_end(args);
	free(line);
}

/* "15" in /usr/lib/postgresql/15/bin; the newest wins. */
static int cluster_programs(struct cluster *cluster, struct error *error)
{
	glob_t found = {0};
	uint64_t newest = 0, version;

	if (cluster->options.programs != NULL) {
		cluster->programs = xstrdup(cluster->options.programs);
		return 0;
	}
	if (glob("/usr/lib/postgresql/*/bin/postgres", 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			struct slice path = slice_of(found.gl_pathv[i]);
			struct slice rest = slice_from(path, strlen("/usr/lib/postgresql/"));

			if (!slice_take_number(&rest, 999, &version) || version <= newest)
				continue;
			newest = version;
			free(cluster->programs);
			cluster->programs = xstrndup(path.at, path.len - strlen("/postgres"));
		}
	}
	globfree(&found);
	if (cluster->programs == NULL)
		return error_set(error, E_SYSTEM, "no_postgresql",
		    "no PostgreSQL server under /usr/lib/postgresql; install the package postgresql, set "
		    "postgres_directory, or set database to use a server elsewhere");
	return 0;
}

static int cluster_user(struct cluster *cluster, struct error *error)
{
	struct passwd *user;

	cluster->uid = geteuid();
	cluster->gid = getegid();
	if (cluster->uid != 0)
		return 0;
	user = getpwnam(cluster->options.user);
	if (user == NULL || user->pw_uid == 0)
		return error_set(error, E_SYSTEM, "no_cluster_user",
		    "PostgreSQL does not run as root, and there is no unprivileged user \"%s\"; set cluster_user",
		    cluster->options.user);
	cluster->uid = user->pw_uid;
	cluster->gid = user->pw_gid;
	cluster->drop = true;
	return 0;
}

/* A directory that belongs to the server's user and to nobody else. */
static int cluster_directory(const struct cluster *cluster, const char *path, struct error *error)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return error_set(error, E_SYSTEM, "system", "%s: cannot make the directory: %s", path,
		    strerror(errno));
	if (cluster->drop && chown(path, cluster->uid, cluster->gid) != 0)
		return error_set(error, E_SYSTEM, "system", "%s: cannot give it to user number %u: %s", path,
		    (unsigned)cluster->uid, strerror(errno));
	return 0;
}

/* In the child: become the server's user, leave the daemon's terminal and signals, write
 * into the server's own log. Returns only where that cannot be done. */
static void cluster_exec(const struct cluster *cluster, char *const argv[], const char *log)
{
	sigset_t none;
	int fd;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	if (cluster->drop && (setgroups(1, &cluster->gid) != 0 || setgid(cluster->gid) != 0 ||
	                         setuid(cluster->uid) != 0))
		_exit(126);
	if (chdir("/") != 0)
		_exit(126);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd >= 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	fd = open("/dev/null", O_RDONLY);
	if (fd >= 0)
		dup2(fd, STDIN_FILENO);
	for (int other = 3; other < 1024; other++)
		close(other);
	execv(argv[0], argv);
	_exit(127);
}

static pid_t cluster_spawn(const struct cluster *cluster, char *const argv[])
{
	char *log = xasprintf("%s/postgresql.log", cluster->socket);
	pid_t pid = fork();

	if (pid == 0)
		cluster_exec(cluster, argv, log);
	free(log);
	return pid;
}

/* initdb into a name beside the real one, so that a cluster is there whole or not at all. */
static int cluster_make(const struct cluster *cluster, struct error *error)
{
	char *fresh = xasprintf("%s.new", cluster->data);
	char *initdb = xasprintf("%s/initdb", cluster->programs);
	char *argv[] = {initdb, "--pgdata", fresh, "--username=postgres", "--auth=trust", "--encoding=UTF8",
	    "--locale=C.UTF-8", "--data-checksums", "--no-instructions", NULL};
	char *remove[] = {"/bin/rm", "-rf", fresh, NULL};
	int status = -1, code = 0;
	pid_t pid;

	cluster_log(cluster, LOG_NOTICE, "cluster: making a private PostgreSQL in %s", cluster->data);
	pid = cluster_spawn(cluster, remove);
	if (pid > 0)
		waitpid(pid, &status, 0);
	pid = cluster_spawn(cluster, argv);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0 || rename(fresh, cluster->data) != 0)
		code = error_set(error, E_SYSTEM, "system",
		    "cannot make the private PostgreSQL in %s; %s/postgresql.log says why", cluster->data,
		    cluster->socket);
	free(initdb);
	free(fresh);
	return code;
}

/* Whether a process is our postmaster: it runs in our data directory. A pid can have been given
 * to a stranger since, after a reboot for example. */
static bool cluster_is_ours(const struct cluster *cluster, pid_t pid)
{
	char *link = xasprintf("/proc/%d/cwd", (int)pid), place[4096], real[4096];
	ssize_t len = readlink(link, place, sizeof place - 1);

	free(link);
	if (pid <= 1 || len <= 0 || realpath(cluster->data, real) == NULL)
		return false;
	place[len] = '\0';
	return strcmp(place, real) == 0;
}

/* Signals the server, and nobody else: kill(-1) would reach every process. */
static void cluster_signal(const struct cluster *cluster, int number)
{
	if (cluster_is_ours(cluster, cluster->pid))
		kill(cluster->pid, number);
}

/* The server of a daemon that was killed: its pid stands in postmaster.pid. */
static pid_t cluster_running(const struct cluster *cluster)
{
	char *path = xasprintf("%s/postmaster.pid", cluster->data);
	struct buf text;
	struct slice rest;
	uint64_t pid = 0;

	buf_init(&text, BUF_MAX_LINE);
	if (file_read(path, &text, NULL) == 0) {
		rest = buf_slice(&text);
		if (!slice_take_number(&rest, INT32_MAX, &pid) || !cluster_is_ours(cluster, (pid_t)pid))
			pid = 0;
	}
	buf_release(&text);
	free(path);
	return (pid_t)pid;
}

static void cluster_launch(struct cluster *cluster)
{
	char *postgres = xasprintf("%s/postgres", cluster->programs);
	char *sockets = xasprintf("unix_socket_directories=%s", cluster->socket);
	char *argv[] = {postgres, "-D", cluster->data, "-c", "listen_addresses=", "-c", sockets, "-c",
	    "unix_socket_permissions=0700", "-c", "max_connections=100", "-c", "shared_buffers=128MB", "-c", "jit=off", "-c",
	    "log_timezone=UTC", "-c", "timezone=UTC", NULL};

	cluster->pid = cluster_spawn(cluster, argv);
	cluster->started_at = clock_ticks();
	cluster_log(cluster, LOG_NOTICE, "cluster: PostgreSQL started, process %d", (int)cluster->pid);
	free(sockets);
	free(postgres);
}

static bool cluster_alive(const struct cluster *cluster)
{
	return cluster->pid > 0 && waitpid(cluster->pid, NULL, WNOHANG) != cluster->pid &&
	    kill(cluster->pid, 0) == 0;
}

/* Backends of a server that was killed take a moment to notice; until then a new one refuses to start. */
static int cluster_wait(struct cluster *cluster, struct error *error)
{
	int64_t began = clock_ticks();

	while (PQping(cluster->owner) != PQPING_OK) {
		int64_t waited = clock_ticks() - began;
		bool alive = cluster_alive(cluster);

		if ((!alive && waited > CLUSTER_AGAIN_SECONDS * 1000) || waited > CLUSTER_START_SECONDS * 1000)
			return error_set(error, E_SYSTEM, "system",
			    "the private PostgreSQL does not start; %s/postgresql.log says why", cluster->socket);
		usleep(alive ? 50000 : 300000);
		if (!alive)
			cluster_launch(cluster);
	}
	return 0;
}

static void cluster_free(struct cluster *cluster)
{
	free(cluster->programs);
	free(cluster->data);
	free(cluster->socket);
	free(cluster->owner);
	free(cluster->service);
	free(cluster);
}

static int cluster_prepare(struct cluster *cluster, struct error *error)
{
	char *version = xasprintf("%s/PG_VERSION", cluster->data);
	int code = cluster_programs(cluster, error);

	if (code == 0)
		code = cluster_user(cluster, error);
	if (code == 0)
		code = cluster_directory(cluster, cluster->socket, error);
	if (code == 0 && access(version, F_OK) != 0)
		code = cluster_make(cluster, error);
	free(version);
	return code;
}

struct cluster *cluster_start(const struct cluster_options *options, struct error *error)
{
	struct cluster *cluster = xcalloc(1, sizeof *cluster);

	cluster->options = *options;
	cluster->socket = xasprintf("%s/postgresql", options->directory);
	cluster->data = xasprintf("%s/data", cluster->socket);
	cluster->owner = xasprintf("host='%s' dbname=postgres user=postgres connect_timeout=5", cluster->socket);
	cluster->service =
	    xasprintf("host='%s' dbname=postgres user=mandate_service connect_timeout=5", cluster->socket);
	if (cluster_prepare(cluster, error) != 0)
		goto failed;
	cluster->pid = cluster_running(cluster);
	if (cluster->pid > 0)
		cluster_log(cluster, LOG_NOTICE, "cluster: took over the running PostgreSQL, process %d",
		    (int)cluster->pid);
	else
		cluster_launch(cluster);
	if (cluster_wait(cluster, error) != 0) {
		cluster_signal(cluster, SIGQUIT);
		goto failed;
	}
	return cluster;
failed:
	cluster_free(cluster);
	return NULL;
}

const char *cluster_owner_database(const struct cluster *cluster)
{
	return cluster->owner;
}

const char *cluster_service_database(const struct cluster *cluster)
{
	return cluster->service;
}

/* Backends of a server that was killed take a moment to notice; until then a new one
 * refuses, and the next look starts it again. */
void cluster_watch(struct cluster *cluster)
{
	if (cluster_alive(cluster) || clock_ticks() - cluster->started_at < 500)
		return;
	cluster_log(cluster, LOG_ERR, "cluster: PostgreSQL is gone, starting it again");
	cluster_launch(cluster);
}

void cluster_stop(struct cluster *cluster)
{
	int64_t patience = clock_ticks() + CLUSTER_STOP_SECONDS * 1000;

	if (cluster == NULL)
		return;
	cluster_signal(cluster, SIGINT);
	while (cluster_alive(cluster) && clock_ticks() < patience)
		usleep(20000);
	if (cluster_alive(cluster)) {
		cluster_log(cluster, LOG_ERR, "cluster: PostgreSQL did not stop in %d seconds, stopping it hard",
		    CLUSTER_STOP_SECONDS);
		cluster_signal(cluster, SIGQUIT);
	} else {
		cluster_log(cluster, LOG_NOTICE, "cluster: PostgreSQL stopped");
	}
	cluster_free(cluster);
}
