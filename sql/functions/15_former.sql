-- What was known of officers, units, resolutions and their texts at a time: the row as it is where it has not changed
-- since, else as it was. The record of obligations has its own times; this is for what their reports name besides.
set role mandate_owner;

create or replace function mandate.columns_of(given jsonb, columns text[]) returns jsonb language sql immutable as $$
	select jsonb_object_agg(c.name, given->c.name) from unnest(columns) c(name)
$$;

-- Keeps what a row was, of the columns that the trigger names, once others can have seen it.
create or replace function mandate.former_keep() returns trigger language plpgsql as $$
declare
	was jsonb := case when tg_op <> 'INSERT' then mandate.columns_of(to_jsonb(old), tg_argv) end;
begin
	if tg_op = 'UPDATE' then
		new.known_from := old.known_from;
		if was = mandate.columns_of(to_jsonb(new), tg_argv) then
			return new;
		end if;
	end if;
	if tg_op <> 'INSERT' and old.known_from < mandate.record_time() then
		insert into mandate.former values (tg_table_name, was, old.known_from, mandate.record_time());
	end if;
	if tg_op = 'DELETE' then
		return old;
	end if;
	new.known_from := mandate.record_time();
	return new;
end
$$;

drop trigger if exists former_keep on mandate.officer;
create trigger former_keep before insert or update or delete on mandate.officer
	for each row execute function mandate.former_keep('id', 'login', 'name');
drop trigger if exists former_keep on mandate.unit;
create trigger former_keep before insert or update or delete on mandate.unit
	for each row execute function mandate.former_keep('code', 'parent');
drop trigger if exists former_keep on mandate.resolution;
create trigger former_keep before insert or update or delete on mandate.resolution
	for each row execute function mandate.former_keep('id', 'symbol', 'body', 'title', 'adopted_on', 'state', 'drafted_in');
drop trigger if exists former_keep on mandate.paragraph;
create trigger former_keep before insert or update or delete on mandate.paragraph
	for each row execute function mandate.former_keep('resolution_id', 'n', 'part', 'label', 'nested', 'text');
drop trigger if exists former_keep on mandate.clause;
create trigger former_keep before insert or update or delete on mandate.clause
	for each row execute function mandate.former_keep('resolution_id', 'paragraph_n', 'n', 'reference', 'tracked');

create or replace function mandate.former_rows(of_relation text, known_at timestamptz) returns setof jsonb language sql stable rows 10 as $$
	select f.was from mandate.former f where f.relation = of_relation and f.known_from <= known_at and f.known_until > known_at
$$;

create or replace function mandate.officer_known(known_at timestamptz) returns table (id int, login text, name text) language sql stable as $$
	select o.id, o.login, o.name from mandate.officer o where o.known_from <= known_at
	union all
	select (f.was->>'id')::int, f.was->>'login', f.was->>'name' from mandate.former_rows('officer', known_at) f(was)
$$;

create or replace function mandate.unit_known(known_at timestamptz) returns table (code text, parent text) language sql stable as $$
	select u.code, u.parent from mandate.unit u where u.known_from <= known_at
	union all
	select f.was->>'code', f.was->>'parent' from mandate.former_rows('unit', known_at) f(was)
$$;

create or replace function mandate.resolution_known(known_at timestamptz)
returns table (id int, symbol text, body text, title text, adopted_on date, state text, drafted_in int) language sql stable as $$
	select r.id, r.symbol, r.body, r.title, r.adopted_on, r.state, r.drafted_in from mandate.resolution r where r.known_from <= known_at
	union all
	select (f.was->>'id')::int, f.was->>'symbol', f.was->>'body', f.was->>'title', (f.was->>'adopted_on')::date, f.was->>'state', (f.was->>'drafted_in')::int
	from mandate.former_rows('resolution', known_at) f(was)
$$;

create or replace function mandate.paragraph_known(known_at timestamptz)
returns table (resolution_id int, n int, part text, label text, nested boolean, text text) language sql stable as $$
	select p.resolution_id, p.n, p.part, p.label, p.nested, p.text from mandate.paragraph p where p.known_from <= known_at
	union all
	select (f.was->>'resolution_id')::int, (f.was->>'n')::int, f.was->>'part', f.was->>'label', (f.was->>'nested')::boolean, f.was->>'text'
	from mandate.former_rows('paragraph', known_at) f(was)
$$;

create or replace function mandate.clause_known(known_at timestamptz)
returns table (resolution_id int, paragraph_n int, n int, reference text, tracked boolean) language sql stable as $$
	select c.resolution_id, c.paragraph_n, c.n, c.reference, c.tracked from mandate.clause c where c.known_from <= known_at
	union all
	select (f.was->>'resolution_id')::int, (f.was->>'paragraph_n')::int, (f.was->>'n')::int, f.was->>'reference', (f.was->>'tracked')::boolean
	from mandate.former_rows('clause', known_at) f(was)
$$;
