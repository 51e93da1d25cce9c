-- Sessions of bodies, entities and States, as config/data has them.
set role mandate_owner;

create table mandate.session (
	body text not null,
	number int not null check (number > 0),
	opens_on date,
	closes_on date,
	basis text not null,
	override_reason text,
	override_by int references mandate.officer,
	primary key (body, number),
	check (closes_on >= opens_on)
);
comment on column mandate.session.basis is 'Whether the date is known or computed, and from what.';
comment on column mandate.session.override_reason is
	'Why an officer set other dates; reference data never replaces an override.';

create table mandate.entity (
	code text primary key,
	name text not null,
	aliases text[] not null default '{}',
	category text
);

create table mandate.state (
	alpha3 text primary key check (alpha3 ~ '^[A-Z]{3}$'),
	name text not null,
	details jsonb not null
);
