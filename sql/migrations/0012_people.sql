-- Units as a tree, and who is away when and who stands in.
set role mandate_owner;

create table mandate.unit (
	code text primary key check (length(code) between 1 and 200),
	name text not null check (name <> ''),
	parent text references mandate.unit,
	check (parent <> code)
);
comment on table mandate.unit is 'Where officers sit and obligations lie; officer.unit and obligation.unit name a code.';
create index unit_parent on mandate.unit (parent);

-- What was written as free text until now, in the present and in the record, stays valid: each text is a unit.
update mandate.officer set unit = null where unit = '';
insert into mandate.unit (code, name)
select given, given from (
	select o.unit as given from mandate.officer o
	union
	select u.change->>'unit' from mandate.update u where u.change ? 'unit') x
where given <> '';
alter table mandate.officer add foreign key (unit) references mandate.unit;

create table mandate.absence (
	id int generated always as identity primary key,
	officer_id int not null references mandate.officer,
	from_on date not null,
	until_on date not null default 'infinity' check (until_on >= from_on),
	away boolean not null,
	delegate_id int references mandate.officer check (delegate_id <> officer_id),
	note text not null default '',
	recorded_at timestamptz not null,
	recorded_by int not null references mandate.officer,
	key text
);
comment on table mandate.absence is
	'Who is away between two dates, and who stands in. Never changed and never deleted: about each day the last entry that covers it stands, so a later one ends or corrects an earlier one.';
comment on column mandate.absence.away is 'False: the officer is here in those days, whatever was said before.';
create index absence_officer on mandate.absence (officer_id, id);
create index absence_delegate on mandate.absence (delegate_id);
