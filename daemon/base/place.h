#ifndef MANDATE_PLACE_H
#define MANDATE_PLACE_H

/*
 * Where things are on this machine; the daemon and the command agree by asking
 * here. All return fresh memory that the caller frees.
 */

/* Lexicons and tables: $MANDATE_DATA_DIR, or share/mandate beside the directory of the
 * running program (bin/mandate -> share/mandate). */
char *place_data(void);
/* The daemon's state: $STATE_DIRECTORY (systemd), /var/lib/mandate as root,
 * else $XDG_STATE_HOME/mandate or ~/.local/state/mandate. */
char *place_state(void);
/* The daemon's socket: $MANDATE_SOCKET, /run/mandate/mandated.sock as root,
 * else mandate/mandated.sock under $XDG_RUNTIME_DIR or, without one, in the state directory. */
char *place_socket(void);
/* The socket of a system-wide service, asked second by the command. */
const char *place_system_socket(void);

#endif
