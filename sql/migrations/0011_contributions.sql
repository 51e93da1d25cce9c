-- Funds, currencies and rates of exchange; what donors pledge and pay is in the funds' ledgers.
set role mandate_owner;

create table mandate.fund (
	code text primary key references mandate.ledger,
	name text not null check (name <> ''),
	aliases text[] not null default '{}',
	manager text not null default '',
	created_by text not null default '',
	part_of text references mandate.fund,
	basis text not null default '',
	added_by int references mandate.officer
);
comment on column mandate.fund.manager is 'Who manages it, by entity code.';
comment on column mandate.fund.created_by is 'The resolution or the article that created it.';
comment on column mandate.fund.part_of is 'The fund inside which it is kept; its contributions are counted apart.';
comment on column mandate.fund.added_by is 'Who added it here; reference data never replaces it.';

create table mandate.currency (
	code text primary key check (code ~ '^[A-Z]{3}$'),
	name text not null,
	list text not null check (list in ('current', 'historic'))
);
comment on table mandate.currency is 'The codes of ISO 4217 that an amount may be in.';

create table mandate.rate (
	currency text not null references mandate.currency,
	holds_from date not null,
	n int not null,
	rate numeric not null check (rate > 0),
	reason text not null default '',
	evidence jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array'),
	officer_id int not null references mandate.officer,
	recorded_at timestamptz not null,
	primary key (currency, holds_from, n)
);
comment on table mandate.rate is
	'United Nations operational rates of exchange, never overwritten: of one day the highest n holds.';
comment on column mandate.rate.rate is 'Units of the currency for one United States dollar.';

-- A donor is found by name without regard to case, a pledge by its agreement.
create index entry_party_name on mandate.entry (upper(party));
create index entry_agreement on mandate.entry (ledger, (content->>'agreement')) where content ? 'agreement';
