-- What an obligation's kind adds to its state, and the ledgers in which parties act one by one.
set role mandate_owner;

alter table mandate.obligation
	add column milestones jsonb not null default '{}',
	add column team jsonb not null default '{}',
	add column treaty text,
	add column fund text,
	add column series int references mandate.obligation,
	add column occurrence int,
	add column document text,
	add column late_reason text;
comment on column mandate.obligation.milestones is
	'What was said about each milestone by name: {"slot": {"done_on": …}, "consideration": {"on": …}}.';
comment on column mandate.obligation.team is 'Who else follows it, by login: lead, supporting or focal_point.';
comment on column mandate.obligation.treaty is 'The treaty that it asks States to join.';
comment on column mandate.obligation.fund is 'The fund that it asks to contribute to.';
comment on column mandate.obligation.series is 'The first occurrence of what comes again.';
comment on column mandate.obligation.occurrence is 'Which occurrence this is, from 1.';
comment on column mandate.obligation.document is 'The symbol of the report in which it was answered.';
comment on column mandate.obligation.late_reason is 'Why that report was late, as its first page says.';
create index obligation_series on mandate.obligation (series, occurrence);

alter table mandate.update drop constraint update_kind_check;
alter table mandate.update add constraint update_kind_check check
	(kind in ('created', 'status', 'note', 'assignment', 'edit', 'deadline', 'adopted', 'milestone', 'report'));

create table mandate.ledger (
	code text primary key check (code ~ '^[A-Z][A-Z0-9_-]{0,31}$'),
	kind text not null check (kind in ('treaty', 'fund')),
	entries int not null default 0,
	head bytea not null default '\x'
);
comment on table mandate.ledger is 'The book of a treaty or a fund: what parties did, entry by entry.';
comment on column mandate.ledger.entries is 'How many entries the book holds.';
comment on column mandate.ledger.head is 'The hash of the last entry.';

create table mandate.entry (
	ledger text not null references mandate.ledger,
	n int not null,
	action text not null check (action <> ''),
	party text not null check (party <> ''),
	content jsonb not null default '{}' check (jsonb_typeof(content) = 'object'),
	note text not null default '',
	evidence jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array'),
	effective_on date not null,
	recorded_at timestamptz not null,
	officer_id int not null references mandate.officer,
	key text,
	corrects int,
	previous_hash bytea not null,
	hash bytea not null,
	primary key (ledger, n),
	foreign key (ledger, corrects) references mandate.entry,
	check (corrects < n)
);
comment on table mandate.entry is
	'One dated, signed fact about a party, never changed and never deleted: a mistake is corrected by a later entry. '
	'Each holds the hash of its own content and of the entry before.';
comment on column mandate.entry.action is 'What the party did; "void" takes back the entry that it corrects.';
comment on column mandate.entry.party is 'A State''s alpha-3 code, an entity''s code, or another donor''s name.';
comment on column mandate.entry.corrects is 'The entry in whose place this one stands.';
create index entry_party on mandate.entry (party, ledger);
create index entry_recorded on mandate.entry (recorded_at);
create unique index entry_corrected on mandate.entry (ledger, corrects);
