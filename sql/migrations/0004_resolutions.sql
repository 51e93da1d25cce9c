-- Resolutions as imported: the text, its reading, and every earlier text.
set role mandate_owner;

create table mandate.resolution (
	id int generated always as identity primary key,
	symbol text not null unique check (symbol <> ''),
	body text,
	title text,
	adopted_on date,
	session text,
	language text,
	state text not null check (state in ('proposed', 'adopted', 'superseded', 'not_adopted')),
	proposes_body text,
	drafted_in int references mandate.resolution,
	text text not null,
	text_hash bytea not null,
	reading jsonb not null,
	version int not null default 1,
	imported_by int not null references mandate.officer,
	imported_at timestamptz not null,
	confirmed_by int references mandate.officer,
	confirmed_at timestamptz
);
comment on column mandate.resolution.proposes_body is
	'The body that a draft quoted inside is put before, where there is one.';
comment on column mandate.resolution.drafted_in is
	'The resolution in which this one was proposed: its lineage.';

create table mandate.resolution_version (
	resolution_id int not null references mandate.resolution,
	version int not null,
	text text not null,
	reading jsonb not null,
	replaced_by int not null references mandate.officer,
	replaced_at timestamptz not null,
	primary key (resolution_id, version)
);
comment on table mandate.resolution_version is 'Texts that a later import replaced.';

create table mandate.paragraph (
	resolution_id int not null references mandate.resolution,
	n int not null,
	part text not null,
	label text,
	speaker text,
	text text not null,
	starts_at int,
	ends_at int,
	nested boolean not null default false,
	primary key (resolution_id, n)
);
comment on column mandate.paragraph.nested is 'Stands in a draft quoted inside the resolution.';

create table mandate.clause (
	resolution_id int not null,
	paragraph_n int not null,
	n int not null,
	reference text,
	verb text not null,
	lemma text not null,
	class text not null,
	force text not null,
	kind text,
	addressees jsonb not null default '[]',
	action text,
	conditions jsonb not null default '[]',
	deadline jsonb,
	vehicle text,
	confidence numeric not null default 1,
	tracked boolean not null,
	dropped_reason text,
	primary key (resolution_id, paragraph_n, n),
	foreign key (resolution_id, paragraph_n) references mandate.paragraph on delete cascade
);
comment on column mandate.clause.reference is 'SYMBOL:LABEL or SYMBOL:LABEL.N for a clause that asks something.';
