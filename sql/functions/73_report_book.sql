-- Reports of a treaty's and a fund's book, and the dossier of one obligation. They are small: one page holds them.
set role mandate_owner;

drop function if exists mandate.report_part(text, text, text[], text);
create or replace function mandate.report_part(part text, title text, columns text[], layout text default 'table', col text default null) returns text
language sql immutable as $$
	select jsonb_strip_nulls(jsonb_build_object('part', part, 'title', title, 'columns', columns, 'layout', layout, 'group', col))::text || E'\n'
$$;

create or replace function mandate.report_end(lines text) returns text language sql immutable as $$
	select lines || jsonb_build_object('end', jsonb_build_object('rows', (select count(*) from regexp_matches(lines, '^\{"row": ', 'gn'))))::text || E'\n'
$$;

-- Rows in order, with a heading wherever a new group begins; no headings without a column.
create or replace function mandate.report_told(col text, groups jsonb[], rows jsonb[]) returns text language sql immutable as $$
	select coalesce(string_agg(case when col is not null and x.g is distinct from x.before or col is not null and x.n = 1
			then jsonb_build_object('heading', jsonb_build_object('level', 1, 'of', col, 'value', x.g, 'fields', jsonb_build_object(col, x.g)))::text || E'\n' else '' end
		|| jsonb_build_object('row', jsonb_strip_nulls(x.r))::text || E'\n', '' order by x.n), '')
	from (select n, g, r, lag(g) over (order by n) as before from unnest(groups, rows) with ordinality y(g, r, n)) x
$$;

create or replace function mandate.state_group_of(of_party text) returns text language sql stable as $$
	select g.name from mandate.state_group g where g.alpha3 = of_party order by g.name limit 1
$$;

-- Who fits of those who have signed or joined a treaty (in_book) and of the Members that have not joined it (missing).
create or replace function mandate.report_participants(scope mandate.report_scope, t mandate.treaty)
returns table (party text, signed_on date, act text, deposited_on date, in_force_on date, why text, withdrew_on date, joined boolean, counts boolean,
	in_book boolean, missing boolean)
language plpgsql stable as $$
begin
	return query execute '
		select o.* from (
			select coalesce(b.party, m.alpha3) as party, b.signed_on, b.action as act, b.deposited_on, b.in_force_on, b.why, b.withdrew_on,
				b.joined, b.joined and (b.is_state or $6.organizations_count) as counts, b.party is not null as in_book, m.alpha3 is not null as missing
			from mandate.treaty_book($6, $2, $3) b full join mandate.treaty_missing_states($6, null, $2, $3) m on m.alpha3 = b.party) o
		where ($7 is null or greatest(o.signed_on, o.deposited_on, o.withdrew_on) > $7) and ' || mandate.filter_where(scope.filter, 'participant')
	using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, t, scope.since;
end
$$;

-- The figures and the threshold are the treaty's, whatever the filter; those who are named, and the curve, fit it.
create or replace function mandate.report_ratification(scope mandate.report_scope) returns text language plpgsql stable as $$
declare
	t mandate.treaty := mandate.treaty_find(scope.subject);
	figures jsonb := mandate.treaty_figures(t, scope.as_of, scope.known_at);
	whole boolean := scope.filter = '[]' and scope.since is null;
	col text := case scope.group_by when 'group' then 'state_group' when 'act' then 'act' end;
	picture jsonb;
	joined text;
	missing text;
	fit bigint;
	lacking bigint;
begin
	with fits as materialized (
		select f.*, case col when 'state_group' then mandate.state_group_of(f.party) when 'act' then f.act end as g,
			mandate.party_names(f.party) as names, mandate.party_name_of(f.party) collate "C" as name
		from mandate.report_participants(scope, t) f),
	ordered as (
		select f.*, coalesce(to_jsonb(f.g), 'null') as head,
			row_number() over (order by f.g, case scope.sort when 'deposited' then coalesce(f.deposited_on, 'infinity') when 'signed' then coalesce(f.signed_on, 'infinity') end,
				case when scope.sort = 'deposited' then f.signed_on end, f.name, f.party) as place,
			row_number() over (order by f.g, case scope.sort when 'signed' then coalesce(f.signed_on, 'infinity') end, f.name, f.party) as missing_place
		from fits f),
	day as (select f.deposited_on as on_day, count(*) as n from fits f where f.counts group by f.deposited_on)
	select (select jsonb_build_object('kind', 'curve', 'title', 'Parties over time', 'as_of', scope.as_of,
				'series', jsonb_agg(jsonb_build_object('on', d.on_day, 'n', d.many) order by d.on_day))
			from (select d.on_day, sum(d.n) over (order by d.on_day) as many from day d) d having count(*) > 0),
		mandate.report_told(col, array_agg(o.head order by o.place) filter (where o.in_book), array_agg(jsonb_build_object('participant', o.names,
			'signed_on', o.signed_on, 'act', o.act, 'deposited_on', o.deposited_on, 'in_force_on', o.in_force_on, 'in_force_why', o.why,
			'withdrew_on', o.withdrew_on) order by o.place) filter (where o.in_book)),
		mandate.report_told(case when col <> 'act' then col end, array_agg(o.head order by o.missing_place) filter (where o.missing),
			array_agg(jsonb_build_object('participant', o.names, 'signed_on', o.signed_on) order by o.missing_place) filter (where o.missing)),
		count(*) filter (where o.joined), count(*) filter (where o.missing)
	into picture, joined, missing, fit, lacking from ordered o;
	if whole then
		picture := picture || jsonb_build_object('threshold', jsonb_build_object('n', t.threshold, 'label', 'needed for entry into force'));
	end if;
	return mandate.report_end(mandate.report_picture(picture) || mandate.report_part('figures', 'Figures', array['figure', 'value']) || (
			select string_agg(jsonb_build_object('row', jsonb_build_object('figure', f.name, 'value', f.value))::text || E'\n', '' order by f.n) from (values
				(1, 'treaty', to_jsonb(t.name)), (2, 'adopted', jsonb_build_object('date', t.adopted_on)), (3, 'signatories', jsonb_build_object('number', figures->'signatories')),
				(4, 'parties', jsonb_build_object('number', figures->'parties')), (5, 'organizations among them', jsonb_build_object('number', figures->'organizations')),
				(6, 'needed for entry into force', jsonb_build_object('number', t.threshold)), (7, 'still lacking', jsonb_build_object('number', figures->'lacking')),
				(8, 'in force since', case when figures->>'in_force_on' is not null then jsonb_build_object('date', figures->'in_force_on') else jsonb_build_object('word', 'not in force') end),
				(9, 'why', figures->'in_force_why'), (10, 'parties that fit the filter', jsonb_build_object('number', fit)),
				(11, 'members that have not joined', jsonb_build_object('number', lacking))) f(n, name, value)
			where f.name <> 'parties that fit the filter' or not whole)
		|| mandate.report_part('participants', 'Participants', array['participant', 'signed_on', 'act', 'deposited_on', 'in_force_on', 'in_force_why', 'withdrew_on'], 'table', col) || joined
		|| mandate.report_part('missing', 'Members that have not joined', array['participant', 'signed_on'], 'table', nullif(col, 'act')) || missing);
end
$$;

create or replace function mandate.usd(amount numeric) returns jsonb language sql immutable as $$
	select case when amount is not null then jsonb_build_object('amount', mandate.money(amount), 'currency', 'USD') end
$$;

-- The dollars of some entries: {"pledged", "received", "outstanding"}.
create or replace function mandate.report_dollars(pledged numeric, received numeric, outstanding numeric) returns jsonb language sql immutable as $$
	select jsonb_build_object('pledged', mandate.usd(coalesce(pledged, 0)), 'received', mandate.usd(coalesce(received, 0)), 'outstanding', mandate.usd(coalesce(outstanding, 0)))
$$;

-- The entries of contributions that fit.
create or replace function mandate.report_entries(scope mandate.report_scope)
returns table (fund text, party text, kind text, year int, pledged numeric, received numeric, outstanding numeric) language plpgsql stable as $$
begin
	return query execute '
		select o.fund, o.party, o.kind, o.year, case when o.action = ''pledge'' then o.usd end, case when o.action = ''receipt'' then o.usd end, o.outstanding_usd
		from mandate.contribution_book($6, $2, $3) o
		where ($7 is null or o.day > $7) and ' || mandate.filter_where(scope.filter, 'contribution')
	using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, scope.subject, scope.since;
end
$$;

create or replace function mandate.report_contributions(scope mandate.report_scope) returns text language plpgsql stable as $$
declare
	col text := nullif(scope.group_by, 'none');
	years text;
	donors text;
	picture jsonb;
begin
	with fits as materialized (select * from mandate.report_entries(scope)),
	year as (
		select f.year, coalesce(sum(f.pledged), 0) as pledged, coalesce(sum(f.received), 0) as received, sum(f.outstanding) as outstanding
		from fits f group by f.year),
	donor as (
		select f.party, min(f.kind) as kind, f.year, f.fund, coalesce(sum(f.pledged), 0) as pledged, coalesce(sum(f.received), 0) as received,
			coalesce(sum(f.outstanding), 0) as outstanding
		from fits f group by f.party, f.year, f.fund),
	named as (
		select d.*, mandate.donor_name(d.party, d.kind) collate "C" as name,
			case d.kind when 'private' then jsonb_build_object('name', d.party) else mandate.party_names(d.party) end as names
		from donor d),
	ordered as (
		select n.*, row_number() over (order by case col when 'donor' then n.name when 'fund' then n.fund when 'year' then n.year::text end,
			case scope.sort when 'year' then n.year when 'received' then -n.received when 'pledged' then -n.pledged when 'outstanding' then -n.outstanding end,
			n.name, n.year, n.fund) as place
		from named n)
	select (select mandate.report_told(null, array_agg('null'::jsonb), array_agg(jsonb_build_object('year', y.year::text)
			|| mandate.report_dollars(y.pledged, y.received, y.outstanding) order by y.year)) from year y),
		(select mandate.report_told(col, array_agg(case col when 'donor' then o.names when 'fund' then to_jsonb(o.fund) else to_jsonb(o.year::text) end order by o.place),
			array_agg(jsonb_build_object('donor', o.names, 'year', o.year::text, 'fund', o.fund) || mandate.report_dollars(o.pledged, o.received, o.outstanding)
			order by o.place)) from ordered o),
		(select jsonb_build_object('kind', 'columns', 'title', 'Contributions by year', 'unit', 'USD', 'series', jsonb_agg(jsonb_build_object('label', y.year::text,
			'parts', jsonb_build_object('pledged', round(y.pledged, 2), 'received', round(y.received, 2))) order by y.year)) from year y having count(*) > 0)
	into years, donors, picture;
	return mandate.report_end(mandate.report_picture(picture) || mandate.report_part('years', 'By year', array['year', 'pledged', 'received', 'outstanding']) || years
		|| mandate.report_part('donors', 'By donor and year', array['donor', 'year', 'fund', 'pledged', 'received', 'outstanding'], 'table', col) || donors);
end
$$;

-- One obligation in full: as it stands, its milestones, and every entry of its record by then.
create or replace function mandate.report_dossier(scope mandate.report_scope) returns text language plpgsql stable as $$
declare
	it int := mandate.reference_resolve(scope.subject);
	columns text[] := (select k.columns from mandate.report_kinds() k where k.name = 'dossier');
	o mandate.obligation;
	lines text;
begin
	select x.* into o from mandate.obligation_at(array[it], scope.as_of, scope.known_at) x;
	lines := mandate.report_part('obligation', 'The obligation', columns, 'records')
		|| coalesce((select jsonb_build_object('row', r.row)::text || E'\n' from mandate.report_rows(scope, columns, array[it]) r), '')
		|| mandate.report_part('milestones', 'Milestones', array['milestone', 'planned_on', 'done_on', 'why']);
	if o.due_on is not null then
		lines := lines || coalesce((select string_agg(jsonb_build_object('row', jsonb_strip_nulls(jsonb_build_object('milestone', m->>'name', 'planned_on', m->>'on',
				'done_on', m->>'done_on', 'why', m->>'why')))::text || E'\n', '' order by n)
			from jsonb_array_elements(mandate.milestone_list(o, scope.as_of)) with ordinality x(m, n)), '');
	end if;
	lines := lines || mandate.report_part('record', 'The record', array['entry', 'changed_on', 'what', 'changes', 'note', 'evidence', 'by', 'recorded_at', 'hash', 'previous_hash'], 'records')
		|| coalesce((select string_agg(jsonb_build_object('row', jsonb_strip_nulls(jsonb_build_object('entry', u.n, 'changed_on', u.effective_on, 'what', u.kind,
				'changes', nullif(mandate.change_words(u.change), '[]'), 'note', nullif(u.note, ''), 'evidence', nullif(u.evidence, '[]'),
				'by', jsonb_build_object('login', f.login, 'name', f.name), 'recorded_at', mandate.time_text(u.recorded_at), 'hash', encode(u.hash, 'hex'),
				'previous_hash', nullif(encode(u.previous_hash, 'hex'), ''))))::text || E'\n', '' order by u.n)
			from mandate.update u join mandate.officer_known(scope.known_at) f on f.id = u.officer_id
			where u.obligation_id = it and u.effective_on <= scope.as_of and u.recorded_at <= scope.known_at), '');
	return mandate.report_end(lines);
end
$$;

-- Unit by unit, how many slots were kept. Shares are of those whose day has come.
create or replace function mandate.report_slots(scope mandate.report_scope, condition text) returns text language plpgsql stable as $$
declare
	rows text;
begin
	execute 'with one as (select coalesce(o.unit, ''none'') as unit, (mandate.report_slot(o.row, $4)).result ' || mandate.report_from(scope, condition) || '),
	unit as (
		select one.unit, count(*) as slots, count(*) filter (where one.result <> ''awaited'') as due, count(*) filter (where one.result = ''on_time'') as on_time,
			count(*) filter (where one.result = ''late'') as late, count(*) filter (where one.result = ''outstanding'') as outstanding
		from one group by one.unit)
	select string_agg(jsonb_build_object(''row'', jsonb_build_object(''unit'', u.unit, ''slots'', u.slots, ''slots_due'', u.due,
			''slots_on_time'', jsonb_build_object(''n'', u.on_time, ''of'', u.due), ''slots_late'', jsonb_build_object(''n'', u.late, ''of'', u.due),
			''slots_outstanding'', u.outstanding))::text || chr(10), '''' order by u.unit collate "C") from unit u'
	into rows using scope.filter, scope.as_of, scope.known_at, scope.as_of, scope.login, scope.since;
	return mandate.report_part('units', 'By unit', array['unit', 'slots', 'slots_due', 'slots_on_time', 'slots_late', 'slots_outstanding']) || coalesce(rows, '');
end
$$;
