-- Reports that are sent by themselves: what is asked for, how often, to whom, and the one that is being made.
set role mandate_owner;

create table mandate.report_schedule (
	id int generated always as identity primary key,
	asked jsonb not null,
	format text not null,
	lang text,
	every text not null check (every in ('weekly', 'monthly', 'quarterly')),
	next_on date not null,
	officers int[] not null check (cardinality(officers) > 0),
	created_by int not null references mandate.officer,
	created_at timestamptz not null,
	made_as_of date,
	as_of date,
	known_at timestamptz,
	lease text,
	lease_until timestamptz,
	fault text
);
comment on table mandate.report_schedule is 'Reports that are sent by themselves, as files that go with a message.';
comment on column mandate.report_schedule.asked is 'What the report is asked for: its name, and the subject, filter and group where it has them.';
comment on column mandate.report_schedule.next_on is 'The day from which the next one is due: it is made on the first working day from then on.';
comment on column mandate.report_schedule.made_as_of is 'Of which day the last one was.';
comment on column mandate.report_schedule.as_of is
	'Of which day the one is that is being made, from what was recorded by known_at. Kept until it is sent, so that a service that is killed makes the same one again.';
comment on column mandate.report_schedule.lease_until is 'Until then it belongs to the worker that makes it; without one, it is not tried before.';
comment on column mandate.report_schedule.fault is 'Why the last one could not be made, or not be sent to everybody.';
