-- What officers, units, resolutions and their paragraphs and clauses were before they changed, so that a report of what
-- was known at a time can be made again to the letter. What stood here before this migration is taken as known for ever.
set role mandate_owner;

alter table mandate.officer add column known_from timestamptz not null default '-infinity';
alter table mandate.unit add column known_from timestamptz not null default '-infinity';
alter table mandate.resolution add column known_from timestamptz not null default '-infinity';
alter table mandate.paragraph add column known_from timestamptz not null default '-infinity';
alter table mandate.clause add column known_from timestamptz not null default '-infinity';

create table mandate.former (
	relation text not null,
	was jsonb not null,
	known_from timestamptz not null,
	known_until timestamptz not null,
	check (known_from < known_until)
);
comment on table mandate.former is 'Rows as they were from known_from until they were changed or deleted; of each the columns that reports tell.';
create index former_known on mandate.former (relation, known_until);
