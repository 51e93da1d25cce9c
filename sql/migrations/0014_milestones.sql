-- The steps on the way to a report, and how long before its consideration each is due.
set role mandate_owner;

create table mandate.milestone_rule (
	name text primary key check (name ~ '^[a-z_]+$'),
	weeks int not null check (weeks >= 0),
	sentence text not null,
	source text not null
);
comment on table mandate.milestone_rule is 'Steps of a pre-session report; weeks are counted back from its consideration.';
