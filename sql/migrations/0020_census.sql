-- User numbers as the kernel has them, and the census: which obligations there are, in the order in which they came.
set role mandate_owner;

alter table mandate.officer alter column uid type bigint;

create table mandate.census (
	n int primary key,
	obligation_id int not null unique,
	first_hash bytea not null,
	hash bytea not null
);
comment on table mandate.census is
	'One row for each obligation, numbered without gaps, so that one that was deleted with its whole record is missed.';
comment on column mandate.census.first_hash is 'The hash of the first entry of its record.';
comment on column mandate.census.hash is 'The hash of this row''s first_hash behind the hash of the row before.';

do $$
declare
	u record;
	last bytea := '\x';
	k int := 0;
begin
	for u in select x.obligation_id, x.hash from mandate.update x where x.n = 1 order by x.obligation_id loop
		k := k + 1;
		last := sha256(last || u.hash);
		insert into mandate.census values (k, u.obligation_id, u.hash, last);
	end loop;
end
$$;
