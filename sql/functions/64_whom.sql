-- Whom a name means: from the tables of entities and States, and from what officers taught here.
set role mandate_owner;

-- "the Office" and "OFFICE" are one name.
create or replace function mandate.name_folded(given text) returns text language sql immutable as $$
	select regexp_replace(lower(btrim(regexp_replace(given, '\s+', ' ', 'g'))), '^((the|la|le|les|el|los|las) |l[''’])', '')
$$;

-- The sets that a lexicon knows: the words of a resolution that mean many.
create or replace function mandate.set_codes() returns text[] language sql immutable as $$
	select array['STATES', 'MEMBER_STATES', 'STATES_PARTIES', 'PARTIES', 'GOVERNMENTS', 'DONORS', 'ORGANIZATIONS',
		'SPECIALIZED_AGENCIES', 'INTERNATIONAL_COMMUNITY', 'FUNDS', 'PROGRAMMES', 'CIVIL_SOCIETY', 'PRIVATE_SECTOR', 'STAKEHOLDERS']
$$;

-- A code's official name, NULL where there is no such code.
create or replace function mandate.code_name(given text) returns text language sql stable as $$
	select coalesce((select e.name from mandate.entity e where e.code = given),
		(select s.name from mandate.state s where s.alpha3 = given),
		(select initcap(replace(c, '_', ' ')) from unnest(mandate.set_codes()) c where c = given))
$$;

-- The code that a name means, NULL where nobody knows.
create or replace function mandate.name_code(given text) returns text language sql stable as $$
	with w as (select mandate.name_folded(given) as folded)
	select x.code from w, lateral (
		select a.code, 1 as rank from mandate.alias a where a.folded = w.folded
		union all
		select e.code, 2 from mandate.entity e where w.folded in (lower(e.code), mandate.name_folded(e.name))
			or exists (select from unnest(e.aliases) a where mandate.name_folded(a) = w.folded)
		union all
		select s.alpha3, 3 from mandate.state s where w.folded in (lower(s.alpha3), mandate.name_folded(s.name))
		union all
		select c, 4 from unnest(mandate.set_codes()) c
		where replace(regexp_replace(w.folded, '^all ', ''), ' ', '_') = lower(c)
	) x order by x.rank limit 1
$$;

-- Addressees as corrections give them, texts or objects, in full: each with text, name, code and role.
create or replace function mandate.addressees_resolved(given jsonb) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_strip_nulls(a.rest) || jsonb_build_object('text', a.text,
			'name', coalesce(a.rest->>'name', mandate.code_name(a.code), a.text), 'code', a.code,
			'role', coalesce(a.rest->>'role', 'lead'), 'set', a.code = any (mandate.set_codes()) is true) order by a.n), '[]')
	from (
		select x.n, x.rest, x.text, coalesce(x.rest->>'code', mandate.name_code(x.text)) as code
		from (
			select n, case jsonb_typeof(e) when 'object' then e else '{}' end as rest,
				case jsonb_typeof(e) when 'object' then coalesce(e->>'text', e->>'name', mandate.code_name(e->>'code')) else e #>> '{}' end as text
			from jsonb_array_elements(given) with ordinality y(e, n)) x) a
$$;

-- A reading's addressees with the codes that the reader left empty and officers have taught here.
create or replace function mandate.addressees_filled(read jsonb) returns jsonb language plpgsql stable as $$
begin
	if not read @> '[{"code": null}]' or not exists (select from mandate.alias) then
		return read;
	end if;
	return (
		select jsonb_agg(case when e->>'code' is null and a.code is not null
			then e || jsonb_build_object('code', a.code, 'name', coalesce(mandate.code_name(a.code), a.name)) else e end order by n)
		from jsonb_array_elements(read) with ordinality x(e, n)
		left join mandate.alias a on a.folded = mandate.name_folded(e->>'text'));
end
$$;

create or replace function mandate.alias_json(a mandate.alias) returns jsonb language sql stable as $$
	select jsonb_build_object('name', a.name, 'code', a.code, 'means', mandate.code_name(a.code),
		'officer', jsonb_build_object('login', o.login, 'name', o.name), 'added_at', mandate.time_text(a.added_at))
	from mandate.officer o where o.id = a.added_by
$$;

create or replace function api.alias_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.alias_json(a) order by a.folded) from mandate.alias a), '[]'));
end
$$;

-- A later word on the same name replaces the earlier one; resolutions that are here already stay as they are.
create or replace function api.alias_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'alias_add', request);
	added mandate.alias;
begin
	if answer is not null then
		return answer;
	end if;
	if mandate.code_name(request->>'code') is null then
		perform mandate.refuse(422, 'no_code', format('no entity, State or set has the code %s; a code looks like UNODC, FRA or MEMBER_STATES',
			request->>'code'));
	elsif mandate.name_folded(request->>'name') = '' then
		perform mandate.refuse(422, 'no_name', 'an alias needs a name, as resolutions write it');
	end if;
	insert into mandate.alias (folded, name, code, added_by, added_at)
	values (mandate.name_folded(request->>'name'), btrim(request->>'name'), request->>'code', officer.id, mandate.now())
	on conflict (folded) do update set name = excluded.name, code = excluded.code, added_by = excluded.added_by,
		added_at = excluded.added_at
	returning * into added;
	return mandate.request_end(officer, request, mandate.alias_json(added));
end
$$;
