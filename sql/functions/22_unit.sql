-- Units: a tree of codes and names.
set role mandate_owner;

-- The code of a unit as it is written here, by its code (in any case) or its name; refuses an unknown one with the way to add it.
create or replace function mandate.unit_require(given text) returns text language plpgsql stable as $$
declare
	hit text := mandate.unit_find(given);
begin
	if hit is null and given is not null then
		perform mandate.refuse(404, 'no_unit', format('there is no unit %s; mandate unit list shows them, and an administrator adds one with: mandate unit add %s --name NAME',
			given, case when given ~ '[[:space:]]' then quote_ident(given) else given end));
	end if;
	return hit;
end
$$;

create or replace function mandate.unit_find(given text) returns text language sql stable as $$
	select u.code from mandate.unit u where upper(u.code) = upper(btrim(given)) or upper(u.name) = upper(btrim(given))
	order by u.code = given desc, upper(u.code) = upper(btrim(given)) desc, u.code limit 1
$$;

-- The unit and all below it; what is no unit stands for nothing.
drop function if exists mandate.unit_below(text);
create or replace function mandate.unit_below(given text, known_at timestamptz default null) returns text[] language sql stable as $$
	with recursive tree as (select * from mandate.unit_known(coalesce(known_at, 'infinity'))),
	below as (
		select t.code from tree t where t.code = mandate.unit_find(given)
		union
		select t.code from tree t join below b on t.parent = b.code)
	select array(select code from below)
$$;

create or replace function mandate.unit_json(u mandate.unit) returns jsonb language plpgsql stable as $$
begin
	return jsonb_build_object('code', u.code, 'name', u.name, 'parent', u.parent)
		|| case when u.remind_rule is null then '{}' else jsonb_build_object('remind_rule', u.remind_rule) end;
end
$$;

-- The tree in the order in which it is drawn, with what each unit holds itself and with all below it.
create or replace function api.unit_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((
		with recursive tree as (
			select u as unit, array[u.code] as path from mandate.unit u where u.parent is null
			union all
			select u, t.path || u.code from mandate.unit u join tree t on u.parent = t.path[cardinality(t.path)]),
		held as (
			select (t.unit).code, t.path, mandate.unit_json(t.unit) as shown,
				(select count(*) from mandate.officer f where f.unit = (t.unit).code and f.active) as officers,
				coalesce(o.open, 0) as open
			from tree t left join (select x.unit, count(*) as open from mandate.obligation x
				where x.live and not mandate.status_is_done(x.status) group by x.unit) o on o.unit = (t.unit).code)
		select jsonb_agg(h.shown || jsonb_build_object('depth', cardinality(h.path) - 1, 'officers', h.officers, 'open', h.open)
			|| (select jsonb_build_object('officers_below', sum(b.officers), 'open_below', sum(b.open))
				from held b where b.path[cardinality(h.path)] = h.code) order by h.path)
		from held h), '[]'));
end
$$;

create or replace function api.unit_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'unit_add', request);
	added mandate.unit;
	given text := btrim(request->>'code');
	there text;
begin
	if answer is not null then
		return answer;
	end if;
	there := mandate.unit_find(given);
	if there is not null then
		perform mandate.refuse(409, 'unit_exists', format('there is a unit %s already; change it with: mandate unit edit %s', there, there));
	elsif given = '' or coalesce(btrim(request->>'name'), '') = '' or lower(given) = 'none' then
		perform mandate.refuse(422, 'bad_unit', 'a unit needs a code, which is not "none", and a name: mandate unit add CODE --name NAME');
	end if;
	insert into mandate.unit (code, name, parent)
	values (given, btrim(request->>'name'), mandate.unit_require(request->>'parent')) returning * into added;
	return mandate.request_end(admin, request, mandate.unit_json(added));
end
$$;

create or replace function api.unit_edit(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'unit_edit', request);
	changed mandate.unit;
	of_code text := mandate.unit_require(request->>'code');
	to_parent text := mandate.unit_require(request->>'parent');
begin
	if answer is not null then
		return answer;
	elsif not request ?| '{name,parent,remind_rule}' then
		perform mandate.refuse(422, 'empty_update', 'nothing to change: give --name, --parent or --remind');
	end if;
	-- Two moves at once could make a circle that neither sees.
	perform pg_advisory_xact_lock(hashtext('mandate units'));
	if to_parent = any (mandate.unit_below(of_code)) then
		perform mandate.refuse(422, 'unit_circle', format('%s lies in %s itself; a unit cannot be below what is below it', to_parent, of_code));
	end if;
	update mandate.unit u set name = coalesce(nullif(btrim(request->>'name'), ''), u.name),
		parent = case when request ? 'parent' then to_parent else u.parent end,
		remind_rule = case when request ? 'remind_rule' then mandate.reminder_rule_require(request->>'remind_rule') else u.remind_rule end
	where u.code = of_code returning * into changed;
	return mandate.request_end(admin, request, mandate.unit_json(changed));
end
$$;
