-- Who may do what here, and what was asked under which idempotency key.
set role mandate_owner;

create table mandate.officer (
	id int generated always as identity primary key,
	login text not null unique check (login ~ '^[A-Za-z0-9._@-]{1,64}$'),
	name text not null check (name <> ''),
	role text not null check (role in ('viewer', 'officer', 'clearer', 'admin')),
	mail text check (mail ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
	uid int unique,
	unit text,
	active boolean not null default true,
	created_at timestamptz not null
);
comment on column mandate.officer.uid is 'The user number by which the Unix socket knows this officer.';

create table mandate.token (
	id int generated always as identity primary key,
	officer_id int not null references mandate.officer,
	hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
	label text not null,
	created_at timestamptz not null,
	expires_on date,
	revoked_at timestamptz
);
comment on column mandate.token.hash is 'SHA-256 of the secret, which is shown once and kept nowhere.';

create table mandate.request (
	officer_id int not null references mandate.officer,
	key text not null check (length(key) between 1 and 128),
	function text not null,
	digest bytea not null,
	answer jsonb,
	recorded_at timestamptz not null,
	primary key (officer_id, key)
);
comment on table mandate.request is
	'Each write once: a repeated key is answered with the first answer.';
