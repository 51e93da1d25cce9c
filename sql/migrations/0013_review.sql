-- What an officer corrected in a reading stands beside what the reader said; and names that officers
-- taught the service.
set role mandate_owner;

alter table mandate.clause
	add column as_read jsonb not null default '{}' check (jsonb_typeof(as_read) = 'object'),
	add column origin text not null default 'read' check (origin in ('read', 'split', 'added')),
	add column origin_n int check ((origin_n is not null) = (origin = 'split')),
	add column merged_into int,
	add column owner text,
	add column corrected_by int references mandate.officer,
	add column corrected_at timestamptz,
	add column corrected_why text;
comment on column mandate.clause.as_read is
	'What the reader had said, of the members that were corrected; {} where the reading stands.';
comment on column mandate.clause.origin is 'Whether the reader found it, a correction split it off, or an officer added it.';
comment on column mandate.clause.origin_n is 'The clause that it was split off.';
comment on column mandate.clause.merged_into is 'The clause of the paragraph that says what this one said; no obligation of its own.';
comment on column mandate.clause.owner is 'The login of the officer to whom its obligation goes when it is confirmed.';

create table mandate.alias (
	folded text primary key check (folded <> ''),
	name text not null check (name <> ''),
	code text not null,
	added_by int not null references mandate.officer,
	added_at timestamptz not null
);
comment on table mandate.alias is 'What else resolutions call an entity: the reader''s table, as officers extend it here.';
comment on column mandate.alias.folded is 'The name in small letters and without its article, as it is looked for.';
