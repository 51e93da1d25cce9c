-- Treaties: the facts by which it is computed who is a party to what since when.
set role mandate_owner;

create table mandate.treaty (
	code text primary key references mandate.ledger,
	name text not null check (name <> ''),
	aliases text[] not null default '{}',
	adopted_on date,
	adopted_by text not null default '',
	open_from date,
	open_until date,
	parent text references mandate.treaty,
	threshold int not null check (threshold > 0),
	force_days int not null check (force_days >= 0),
	later_days int not null check (later_days >= 0),
	withdrawal_months int not null check (withdrawal_months >= 0),
	organizations_count boolean not null default false,
	basis text not null default '',
	added_by int references mandate.officer
);
comment on column mandate.treaty.open_from is 'The first day of the signature period; open_until is the last.';
comment on column mandate.treaty.parent is 'The convention that a protocol supplements: it binds nobody before that does.';
comment on column mandate.treaty.force_days is 'It enters into force so many days after the deposit that reaches the threshold.';
comment on column mandate.treaty.later_days is 'For whoever joins later, so many days after that deposit.';
comment on column mandate.treaty.organizations_count is 'Whether the instrument of an organization counts towards the threshold.';

create table mandate.state_group (
	name text not null,
	alpha3 text not null,
	basis text not null default '',
	primary key (name, alpha3)
);
comment on table mandate.state_group is 'The regional groups, as config/data/groups.csv has them; informal, for elections and lists.';
