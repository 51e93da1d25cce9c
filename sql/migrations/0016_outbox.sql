-- Reminders: rules by name, messages that are taken back before their first try, attachments, and what
-- the scheduler says of itself.
set role mandate_owner;

alter table mandate.reminder_rule drop constraint reminder_rule_pkey;
alter table mandate.reminder_rule add column name text not null default '', add primary key (name, kind, milestone);
comment on column mandate.reminder_rule.name is
	'Rules of one name are given to an obligation or a unit together; those without a name hold for all.';
alter table mandate.obligation add column remind_rule text;
comment on column mandate.obligation.remind_rule is 'The name of the rules by which it is reminded of; null: its unit''s, else those without a name.';
alter table mandate.unit add column remind_rule text;
comment on column mandate.unit.remind_rule is 'The name of the rules for what lies in this unit and below it, where nothing nearer names others.';

alter table mandate.message
	drop constraint message_state_check,
	add constraint message_state_check check (state in ('waiting', 'sent', 'failed', 'withdrawn')),
	add column kind text not null default 'reminders' check (kind in ('reminders', 'report')),
	add column stale boolean not null default false;
comment on column mandate.message.attempts is
	'How often it was given to a channel. Before the first time it can be taken back and made anew; from then on it stays as it is, under its name.';
comment on column mandate.message.stale is
	'What it says has changed before its first try: it is taken back, and what is still owed is told in another.';
comment on column mandate.message.state is 'withdrawn: nobody needs it any more, and no try had arrived as far as we know.';
-- A message is written when it is made, claimed and ended; its content is written once, and given out as it is:
-- turning jsonb into text for each try cost more than all the rest.
alter table mandate.message alter column content type json;
alter table mandate.message set (toast_tuple_target = 256);
alter table mandate.message alter column content set storage external;
create index message_failed on mandate.message (created_at) where state = 'failed';
create index message_sent on mandate.message (sent_at) where state = 'sent';
create index reminder_message on mandate.reminder (message_id);
create index reminder_withdrawn on mandate.reminder (message_id) where state = 'withdrawn' and message_id is not null;

create table mandate.attachment (
	message_id bigint not null references mandate.message on delete cascade,
	n int not null,
	name text not null check (name <> '' and name !~ '[/[:cntrl:]]'),
	media_type text not null check (media_type ~ '^[a-z0-9.+-]+/[a-z0-9.+-]+(; [a-z]+=[A-Za-z0-9_-]+)*$'),
	bytes bytea not null,
	primary key (message_id, n)
);
comment on table mandate.attachment is 'Files that go with a message, such as a report.';

alter table mandate.reminder_due add column fault text;
comment on column mandate.reminder_due.fault is 'Why its reminders could not be planned: told to the administrators, and tried again the next day.';

create table mandate.scheduler (
	one boolean primary key default true check (one),
	round_at timestamptz not null,
	service_at timestamptz not null,
	stood_from timestamptz,
	stood_until timestamptz
);
comment on table mandate.scheduler is
	'When the last round of reminders ended, by the machine''s own clock, and the last time that none ended for long.';
comment on column mandate.scheduler.service_at is 'The same by the service''s clock, which may be moved: it tells that the clock has gone back.';
