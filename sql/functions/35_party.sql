-- States and organizations by any of their names, and the groups of States. All that is known of their names is here.
set role mandate_owner;

create or replace function mandate.load_groups(data jsonb) returns void language sql as $$
	delete from mandate.state_group;
	insert into mandate.state_group (name, alpha3, basis)
	select r->>'group', r->>'alpha3', coalesce(r->>'basis', '') from jsonb_array_elements(data) r
$$;

-- A name without its article and its bracketed tail, its marks and accents: "France (la)", "the Netherlands", "Turkiye".
create or replace function mandate.party_words(given text) returns text language sql immutable as $$
	select regexp_replace(regexp_replace(lower(regexp_replace(normalize(trim(regexp_replace(replace(given, '*', ''), '\s*\([^)]*\)\s*$', '')), NFD),
		U&'[\0300-\036F]', '', 'g')), '[’`´]', '''', 'g'), '^the ', '')
$$;

-- How alike two names are, from 0 to 1: the pairs of letters that both have.
create or replace function mandate.party_likeness(a text, b text) returns numeric language sql immutable as $$
	with x as (select distinct substr(a, i, 2) as pair from generate_series(1, length(a) - 1) i),
		y as (select distinct substr(b, i, 2) as pair from generate_series(1, length(b) - 1) i)
	select 2.0 * (select count(*) from x join y using (pair)) / greatest((select count(*) from x) + (select count(*) from y), 1)
$$;

-- What a State is called: in six languages, formally, and by its codes.
create or replace function mandate.state_names(s mandate.state) returns text[] language sql immutable as $$
	select array_remove(array[s.alpha3, s.details->>'alpha2', s.details->>'m49', s.details->>'name_en', s.details->>'formal_en', s.details->>'name_fr',
		s.details->>'name_es', s.details->>'name_ru', s.details->>'name_zh', s.details->>'name_ar'], '')
$$;

-- A State or an organization, by code or name; of a name that has brackets in it ("Congo (Democratic …)") the whole goes first.
create or replace function mandate.party_known(given text) returns table (code text, name text, kind text) language sql stable as $$
	select x.code, x.name, x.kind from (
		select s.alpha3 as code, regexp_replace(s.name, ' \((the|l''|le|la|les)\)$', '') as name, 'state' as kind,
			lower(trim(given)) = any (array(select lower(n) from unnest(mandate.state_names(s)) n)) as whole
		from mandate.state s
		where mandate.party_words(given) in (select mandate.party_words(n) from unnest(mandate.state_names(s)) n)
		union all
		select e.code, e.name, 'organization', upper(trim(given)) = e.code from mandate.entity e
		where mandate.party_words(given) in (select mandate.party_words(n) from unnest(array[e.code, e.name] || e.aliases) n)) x
	order by x.whole desc, x.kind = 'state' desc, x.code limit 1
$$;

create or replace function mandate.party_missing(given text) returns text language sql stable as $$
	select format('there is no State or organization "%s"%s', given, coalesce('; did you mean ' || (
		select regexp_replace(s.name, ' \(the\)$', '') from mandate.state s
		where mandate.party_likeness(mandate.party_words(given), mandate.party_words(s.name)) >= 0.5
		order by mandate.party_likeness(mandate.party_words(given), mandate.party_words(s.name)) desc, s.name limit 1) || '?', ''))
$$;

-- The same, refusing what is none.
create or replace function mandate.party_find(given text, out code text, out name text, out is_state boolean)
language plpgsql stable as $$
begin
	select p.code, p.name, p.kind = 'state' into code, name, is_state from mandate.party_known(given) p;
	if code is null then
		perform mandate.refuse(404, 'no_party', mandate.party_missing(given));
	end if;
end
$$;

create or replace function mandate.party_name_of(of_code text) returns text language sql stable as $$
	select coalesce((select regexp_replace(s.name, ' \(the\)$', '') from mandate.state s where s.alpha3 = of_code),
		(select e.name from mandate.entity e where e.code = of_code), of_code)
$$;

-- The same in all languages that are known, for reports: {"code", "name", "fr", …}, without the article that tables put behind a name.
create or replace function mandate.party_names(of_code text) returns jsonb language sql stable as $$
	select jsonb_build_object('code', of_code, 'name', mandate.party_name_of(of_code)) || coalesce((
		select jsonb_object_agg(l.lang, regexp_replace(s.details->>('name_' || l.lang), ' \((l''|le|la|les|el|los|las)\)$', ''))
		from mandate.state s, unnest(array['fr', 'es', 'ru', 'zh', 'ar']) l(lang)
		where s.alpha3 = of_code and s.details->>('name_' || l.lang) <> ''), '{}')
$$;

-- The groups of States: the Members of the United Nations on a day, the regional groups, and those that the table of States marks.
create or replace function mandate.group_members(group_name text, on_day date) returns setof text language plpgsql stable as $$
begin
	if group_name in ('MEMBERS', 'LDC', 'LLDC', 'SIDS') then
		return query select s.alpha3 from mandate.state s
		where case group_name when 'MEMBERS' then nullif(s.details->>'un_member_since', '')::date <= on_day
			else s.details->>lower(group_name) = 'x' end;
	elsif exists (select from mandate.state_group g where g.name = group_name) then
		return query select g.alpha3 from mandate.state_group g join mandate.state s on s.alpha3 = g.alpha3
		where g.name = group_name and nullif(s.details->>'un_member_since', '')::date <= on_day;
	else
		perform mandate.refuse(404, 'no_group', format('there is no group %s; there are: MEMBERS, %s, LDC, LLDC, SIDS', group_name,
			(select string_agg(distinct g.name, ', ') from mandate.state_group g)));
	end if;
end
$$;

create or replace function mandate.state_json(s mandate.state) returns jsonb language sql stable as $$
	select s.details || jsonb_build_object('alpha3', s.alpha3, 'name', regexp_replace(s.name, ' \(the\)$', ''),
		'groups', (select coalesce(jsonb_agg(g.g order by g.g), '[]') from (
			select x.name from mandate.state_group x where x.alpha3 = s.alpha3
			union all select upper(k) from unnest(array['ldc', 'lldc', 'sids']) k where s.details->>k = 'x') g(g)))
$$;

create or replace function api.state_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.state_json(s) order by s.name, s.alpha3) from mandate.state s
		where s.alpha3 in (select * from mandate.group_members(coalesce(upper(request->>'group'), 'MEMBERS'), coalesce(mandate.request_date(request, 'as_of'), mandate.today())))), '[]'));
end
$$;

create or replace function api.state_show(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	of_code text;
begin
	perform mandate.caller_require(caller, 'viewer');
	of_code := (mandate.party_find(request->>'name')).code;
	return coalesce((select mandate.state_json(s) from mandate.state s where s.alpha3 = of_code),
		(select jsonb_build_object('code', e.code, 'name', e.name, 'aliases', e.aliases, 'category', e.category) from mandate.entity e where e.code = of_code));
end
$$;
