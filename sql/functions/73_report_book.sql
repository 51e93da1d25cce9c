-- Reports of a treaty's and a fund's book, and the dossier of one obligation. They are small: one page holds them.
set role mandate_owner;

create or replace function mandate.report_part(part text, title text, columns text[], layout text default 'table') returns text language sql immutable as $$
	select jsonb_build_object('part', part, 'title', title, 'columns', columns, 'layout', layout)::text || E'\n'
$$;

create or replace function mandate.report_end(lines text) returns text language sql immutable as $$
	select lines || jsonb_build_object('end', jsonb_build_object('rows', (select count(*) from regexp_matches(lines, '^\{"row": ', 'gn'))))::text || E'\n'
$$;

create or replace function mandate.report_ratification(scope mandate.report_scope) returns text language plpgsql stable as $$
declare
	t mandate.treaty := mandate.treaty_find(scope.subject);
	figures jsonb := mandate.treaty_figures(t, scope.as_of, scope.known_at);
	lines text;
begin
	lines := mandate.report_picture((
		with day as (
			select b.deposited_on as on_day, count(*) as n from mandate.treaty_book(t, scope.as_of, scope.known_at) b
			where b.joined and (b.is_state or t.organizations_count) group by b.deposited_on)
		select jsonb_build_object('kind', 'curve', 'title', 'Parties over time', 'as_of', scope.as_of,
			'threshold', jsonb_build_object('n', t.threshold, 'label', 'needed for entry into force'),
			'series', jsonb_agg(jsonb_build_object('on', d.on_day, 'n', d.many) order by d.on_day))
		from (select d.on_day, sum(d.n) over (order by d.on_day) as many from day d) d having count(*) > 0));
	lines := coalesce(lines, '') || mandate.report_part('figures', 'Figures', array['figure', 'value']) || (
		select string_agg(jsonb_build_object('row', jsonb_build_object('figure', f.name, 'value', f.value))::text || E'\n', '' order by f.n) from (values
			(1, 'treaty', to_jsonb(t.name)), (2, 'adopted', jsonb_build_object('date', t.adopted_on)), (3, 'signatories', jsonb_build_object('number', figures->'signatories')),
			(4, 'parties', jsonb_build_object('number', figures->'parties')), (5, 'organizations among them', jsonb_build_object('number', figures->'organizations')),
			(6, 'needed for entry into force', jsonb_build_object('number', t.threshold)), (7, 'still lacking', jsonb_build_object('number', figures->'lacking')),
			(8, 'in force since', case when figures->>'in_force_on' is not null then jsonb_build_object('date', figures->'in_force_on') else jsonb_build_object('word', 'not in force') end),
			(9, 'why', figures->'in_force_why')) f(n, name, value));
	lines := lines || mandate.report_part('participants', 'Participants', array['participant', 'signed_on', 'act', 'deposited_on', 'in_force_on', 'in_force_why', 'withdrew_on'])
		|| coalesce((select string_agg(jsonb_build_object('row', jsonb_strip_nulls(jsonb_build_object('participant', mandate.party_names(b.party), 'signed_on', b.signed_on,
				'act', b.action, 'deposited_on', b.deposited_on, 'in_force_on', b.in_force_on, 'in_force_why', b.why, 'withdrew_on', b.withdrew_on)))::text || E'\n', ''
				order by coalesce(b.deposited_on, 'infinity'), b.signed_on, b.party)
			from mandate.treaty_book(t, scope.as_of, scope.known_at) b), '');
	lines := lines || mandate.report_part('missing', 'Members that have not joined', array['participant', 'signed_on'])
		|| coalesce((select string_agg(jsonb_build_object('row', jsonb_strip_nulls(jsonb_build_object('participant', mandate.party_names(m.alpha3), 'signed_on', m.signed_on)))::text || E'\n', ''
				order by mandate.party_name_of(m.alpha3) collate "C")
			from mandate.treaty_missing_states(t, null, scope.as_of, scope.known_at) m), '');
	return mandate.report_end(lines);
end
$$;

create or replace function mandate.usd(amount numeric) returns jsonb language sql immutable as $$
	select case when amount is not null then jsonb_build_object('amount', mandate.money(amount), 'currency', 'USD') end
$$;

create or replace function mandate.report_contributions(scope mandate.report_scope) returns text language plpgsql stable as $$
declare
	lines text;
	years text;
	donors text;
	picture jsonb;
begin
	with book as materialized (select * from mandate.contribution_book(scope.subject, scope.as_of, scope.known_at)),
	year as (
		select b.year, coalesce(sum(b.usd) filter (where b.action = 'pledge'), 0) as pledged, coalesce(sum(b.usd) filter (where b.action = 'receipt'), 0) as received,
			coalesce(sum(b.outstanding_usd), 0) as outstanding
		from book b group by b.year),
	donor as (
		select b.party, min(b.kind) as kind, b.year, b.fund, coalesce(sum(b.usd) filter (where b.action = 'pledge'), 0) as pledged,
			coalesce(sum(b.usd) filter (where b.action = 'receipt'), 0) as received, coalesce(sum(b.outstanding_usd), 0) as outstanding
		from book b group by b.party, b.year, b.fund)
	select (select string_agg(jsonb_build_object('row', jsonb_build_object('year', y.year::text, 'pledged', mandate.usd(y.pledged), 'received', mandate.usd(y.received),
				'outstanding', mandate.usd(y.outstanding)))::text || E'\n', '' order by y.year) from year y),
		(select string_agg(jsonb_build_object('row', jsonb_build_object('donor', case d.kind when 'private' then jsonb_build_object('name', d.party) else mandate.party_names(d.party) end, 'year', d.year::text, 'fund', d.fund, 'pledged', mandate.usd(d.pledged),
				'received', mandate.usd(d.received), 'outstanding', mandate.usd(d.outstanding)))::text || E'\n', '' order by mandate.donor_name(d.party, d.kind) collate "C", d.year, d.fund) from donor d),
		(select jsonb_build_object('kind', 'columns', 'title', 'Contributions by year', 'unit', 'USD', 'series',
				jsonb_agg(jsonb_build_object('label', y.year::text, 'parts', jsonb_build_object('pledged', round(y.pledged, 2), 'received', round(y.received, 2))) order by y.year))
			from year y having count(*) > 0)
	into years, donors, picture;
	lines := mandate.report_picture(picture) || mandate.report_part('years', 'By year', array['year', 'pledged', 'received', 'outstanding']) || coalesce(years, '')
		|| mandate.report_part('donors', 'By donor and year', array['donor', 'year', 'fund', 'pledged', 'received', 'outstanding']) || coalesce(donors, '');
	return mandate.report_end(lines);
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
				'by', mandate.officer_short(f.login), 'recorded_at', mandate.time_text(u.recorded_at), 'hash', encode(u.hash, 'hex'),
				'previous_hash', nullif(encode(u.previous_hash, 'hex'), ''))))::text || E'\n', '' order by u.n)
			from mandate.update u join mandate.officer f on f.id = u.officer_id
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
