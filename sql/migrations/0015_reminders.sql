-- What is owed to whom when, and the outbox through which it goes.
set role mandate_owner;

alter table mandate.officer
	add column supervisor int references mandate.officer,
	add column time_zone text not null default 'UTC',
	add column digest text not null default 'daily' check (digest in ('daily', 'weekly')),
	add column work_from time not null default '08:00',
	add column work_until time not null default '18:00',
	add column channel text not null default 'mail' check (channel in ('mail', 'webhook', 'inbox')),
	add column webhook_url text check (webhook_url ~ '^https?://[^[:space:]]+$'),
	add column daily_cap int not null default 2 check (daily_cap > 0),
	add check (work_from < work_until),
	add check (supervisor <> id);
comment on column mandate.officer.supervisor is 'To whom what is long overdue goes up.';
comment on column mandate.officer.daily_cap is 'How many messages a day at the most; what is held back stands in the next.';
comment on column mandate.officer.digest is 'Whether what is due is told every working day or once a week, on Monday.';

create table mandate.holiday (
	on_day date primary key,
	name text not null check (name <> '')
);
comment on table mandate.holiday is 'Official holidays, on which nobody is reminded.';

create table mandate.reminder_rule (
	kind text not null,
	milestone text not null,
	before int[] not null,
	overdue_every int not null check (overdue_every > 0),
	overdue_times int not null check (overdue_times >= 0),
	overdue_then int not null check (overdue_then > 0),
	escalate_after int not null check (escalate_after >= 0),
	primary key (kind, milestone)
);
comment on table mandate.reminder_rule is
	'When to remind of a milestone of a kind ("" means any): so many days before, then every so many days overdue, '
	'after so many times less often, and from when on the supervisor too.';

create table mandate.reminder_due (
	obligation_id int primary key references mandate.obligation,
	next_on date not null
);
comment on table mandate.reminder_due is
	'The next day on which an obligation owes somebody a reminder; -infinity: it has changed and is to be planned anew.';
create index reminder_due_next on mandate.reminder_due (next_on);

create table mandate.message (
	id bigint generated always as identity primary key,
	officer_id int not null references mandate.officer,
	channel text not null,
	message_id text not null unique,
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
	content jsonb not null,
	attempts int not null default 0,
	next_try_at timestamptz not null,
	lease_until timestamptz,
	lease text,
	created_at timestamptz not null,
	sent_at timestamptz,
	answer text
);
comment on table mandate.message is 'The outbox. A message is tried again under the same message_id until it is sent or given up.';
comment on column mandate.message.answer is 'What the mail server or the receiver said last.';
create index message_waiting on mandate.message (next_try_at) where state = 'waiting';
create index message_officer on mandate.message (officer_id, created_at);

create table mandate.reminder (
	id bigint generated always as identity primary key,
	obligation_id int not null references mandate.obligation,
	milestone text not null,
	due_on date not null,
	step text not null,
	officer_id int not null references mandate.officer,
	send_on date not null,
	state text not null default 'due' check (state in ('due', 'told', 'withdrawn')),
	why text not null,
	created_at timestamptz not null,
	message_id bigint references mandate.message,
	unique (obligation_id, milestone, due_on, step, officer_id)
);
comment on table mandate.reminder is
	'One notice owed to one person about one step before or after one milestone, once; told in a message, or withdrawn because it is no longer needed.';
create index reminder_open on mandate.reminder (officer_id) where state = 'due';

create table mandate.reminder_quiet (
	id bigint generated always as identity primary key,
	obligation_id int not null references mandate.obligation,
	officer_id int not null references mandate.officer,
	kind text not null check (kind in ('ack', 'snooze', 'mute', 'wake')),
	milestone text,
	due_on date,
	check ((kind = 'ack') = (milestone is not null)),
	until date,
	reason text not null default '',
	recorded_at timestamptz not null,
	key text
);
comment on table mandate.reminder_quiet is
	'What a person answered to reminders of an obligation; the last entry counts. Never changed. An ack is of one milestone on one day.';
create index reminder_quiet_last on mandate.reminder_quiet (obligation_id, officer_id, id desc);
