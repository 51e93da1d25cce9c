-- Sessions that were set by hand beside what the table says, events and when they take place, and the
-- officer in whose name the daemon itself writes.
set role mandate_owner;

alter table mandate.session
	add column listed boolean not null default false,
	add column listed_opens_on date,
	add column listed_closes_on date;
comment on column mandate.session.listed is 'Whether the table of sessions has it; what it says is kept when an officer sets other dates.';
update mandate.session s set listed = true, listed_opens_on = s.opens_on, listed_closes_on = s.closes_on
where s.override_reason is null;

create table mandate.event (
	key text primary key check (key <> ''),
	name text not null check (name <> ''),
	happens_on date,
	reason text not null check (reason <> ''),
	officer_id int not null references mandate.officer,
	set_at timestamptz not null
);
comment on table mandate.event is 'What deadlines wait for ("in time for the Congress"), with its date where that is known.';
comment on column mandate.event.key is 'The name in small letters, without articles, blanks made one.';

create index obligation_event on mandate.obligation ((deadline->>'event')) where deadline ? 'event';
create index obligation_body on mandate.obligation ((deadline->>'body')) where deadline ? 'body';

drop index mandate.obligation_series;
create unique index obligation_series on mandate.obligation (series, occurrence);

insert into mandate.officer (login, name, role, active, created_at)
values ('mandated', 'Mandate itself', 'viewer', false, now())
on conflict do nothing;
-- Not valid: where somebody has that login already, that stays until it is next changed.
alter table mandate.officer add constraint officer_mandated_never_logs_in
	check (login <> 'mandated' or (not active and uid is null)) not valid;
