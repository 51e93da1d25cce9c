-- Obligations and their records. The record is the truth; the state columns of
-- mandate.obligation are its fold, written by a trigger alone.
set role mandate_owner;

create table mandate.transition (
	from_status text not null,
	to_status text not null,
	needs text not null check (needs in ('nothing', 'note', 'evidence_or_note')),
	sentence text not null,
	primary key (from_status, to_status)
);
comment on table mandate.transition is
	'Which status can follow which, and what it needs; checks, help and diagram come from here.';

create table mandate.obligation (
	id int generated always as identity primary key,
	version int not null default 0,
	head bytea not null default '\x',
	last_effective date,
	-- The state: what the updates' changes add up to.
	reference text,
	resolution_id int references mandate.resolution,
	position int,
	live boolean,
	paragraph text,
	clause int,
	speaker text,
	text text,
	verb text,
	lemma text,
	class text,
	force text,
	kind text,
	addressees jsonb,
	action text,
	conditions jsonb,
	vehicle text,
	deadline jsonb,
	confidence numeric,
	status text,
	status_since date,
	clearance text,
	owner text,
	alternate text,
	unit text,
	due_on date,
	due_end date,
	legal_end date,
	due_why text,
	due_override text,
	review_on date
);
comment on column mandate.obligation.version is 'How many updates the record holds.';
comment on column mandate.obligation.head is 'The hash of the last update.';
comment on column mandate.obligation.due_on is 'The planning date.';
comment on column mandate.obligation.due_end is 'The customary end; overdue begins the day after.';
comment on column mandate.obligation.legal_end is 'The last day on which the deadline could still be met in law.';

create index obligation_resolution on mandate.obligation (resolution_id, position);
create index obligation_due on mandate.obligation (due_on);
create index obligation_owner on mandate.obligation (owner);
create index obligation_status on mandate.obligation (status);

create table mandate.reference (
	reference text primary key,
	obligation_id int not null references mandate.obligation
);
comment on table mandate.reference is 'Every name that an obligation has had; old ones keep resolving.';
create index reference_ending on mandate.reference (reverse(upper(reference)) text_pattern_ops);
create index reference_obligation on mandate.reference (obligation_id);

create table mandate.update (
	obligation_id int not null references mandate.obligation,
	n int not null,
	kind text not null check (kind in ('created', 'status', 'note', 'assignment', 'edit', 'deadline', 'adopted')),
	change jsonb not null default '{}' check (jsonb_typeof(change) = 'object'),
	note text not null default '',
	evidence jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array'),
	effective_on date not null,
	recorded_at timestamptz not null,
	officer_id int not null references mandate.officer,
	key text,
	previous_hash bytea not null,
	hash bytea not null,
	primary key (obligation_id, n)
);
comment on table mandate.update is
	'The record: dated, signed entries, never changed and never deleted. Each holds the hash of its own content and of the entry before.';
comment on column mandate.update.change is 'The members of the state that this update sets.';
comment on column mandate.update.effective_on is 'When the fact took effect; recorded_at is when it was entered.';
create index update_recorded on mandate.update (recorded_at);
