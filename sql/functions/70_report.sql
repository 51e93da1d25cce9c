-- The status report as a model; the daemon puts it into a format.
set role mandate_owner;

-- The head of all chains together, as known at a time: from which data a report was made.
create or replace function mandate.audit_head(known_at timestamptz) returns text language sql stable as $$
	with head as (
		(select distinct on (u.obligation_id) u.obligation_id as id, '' as ledger, u.hash from mandate.update u
			where u.recorded_at <= coalesce(known_at, 'infinity') order by u.obligation_id, u.n desc)
		union all
		(select distinct on (e.ledger) null, e.ledger, e.hash from mandate.entry e
			where e.recorded_at <= coalesce(known_at, 'infinity') order by e.ledger, e.n desc))
	select encode(sha256(coalesce(convert_to(string_agg(coalesce(h.id::text, h.ledger) || ':' || encode(h.hash, 'hex'), ','
		order by h.id, h.ledger collate "C"), 'UTF8'), '')), 'hex') from head h
$$;

create or replace function mandate.tally(rows jsonb, member text) returns jsonb language sql immutable as $$
	select coalesce(jsonb_object_agg(k, n), '{}') from (
		select coalesce(r->>member, 'none') as k, count(*) as n from jsonb_array_elements(rows) r group by 1) x
$$;

-- Encouragements are counted apart: nobody has failed who did not take one up.
create or replace function mandate.report_summary(rows jsonb) returns jsonb language sql immutable as $$
	select jsonb_build_object('obligations', count(*), 'by_status', mandate.tally(rows, 'status'),
		'by_timeliness', mandate.tally(rows, 'timeliness'), 'by_kind', mandate.tally(rows, 'kind'),
		'hortatory', count(*) filter (where r->>'force' = 'encouragement'),
		'continuing', count(*) filter (where r->>'status' = 'continuing' and r->>'force' <> 'encouragement'),
		'measured', count(*) filter (where r->>'force' <> 'encouragement' and r->>'status' not in ('continuing', 'not_applicable', 'overtaken')),
		'implemented_of_measured', jsonb_build_array(
			count(*) filter (where r->>'force' <> 'encouragement' and r->>'status' = 'implemented'),
			count(*) filter (where r->>'force' <> 'encouragement' and r->>'status' not in ('continuing', 'not_applicable', 'overtaken'))))
	from jsonb_array_elements(rows) r
$$;

-- One resolution of a report: every operative paragraph that speaks in it, with its obligations.
create or replace function mandate.report_resolution(r mandate.resolution, rows jsonb, whole boolean) returns jsonb
language sql stable as $$
	select jsonb_build_object('symbol', r.symbol, 'title', r.title, 'body', r.body, 'adopted_on', r.adopted_on,
		'state', r.state, 'lineage', mandate.lineage(r.id), 'paragraphs', coalesce(jsonb_agg(x.j order by x.n), '[]'))
	from (
		select p.n, jsonb_build_object('label', p.label, 'text', p.text, 'asks_nothing',
				not exists (select from mandate.clause c where c.resolution_id = p.resolution_id and c.paragraph_n = p.n and c.tracked),
				'obligations', coalesce(o.list, '[]')) as j, o.list,
			-- What an adopted draft asked stands under the symbol that it was adopted as.
			p.nested and exists (select from mandate.resolution a where a.drafted_in = r.id) as moved
		from mandate.paragraph p
		left join lateral (
			select jsonb_agg(w order by (w->>'clause')::int, (w->>'occurrence')::int) as list from jsonb_array_elements(rows) w
			where w->'resolution'->>'symbol' = r.symbol and (w->>'at_paragraph')::int = p.n) o on true
		where p.resolution_id = r.id and p.part = 'operative') x
	where x.list is not null or (whole and not x.moved)
$$;

create or replace function api.report_status(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	as_of date := coalesce(mandate.request_date(request, 'as_of'), mandate.today());
	known_at timestamptz := coalesce(mandate.request_known_at(request), mandate.now());
	filter jsonb := coalesce(request->'filter', '[]');
	rows jsonb;
begin
	-- A clause keeps its number when its paragraph moves to the adopted resolution; the
	-- paragraph is found there by the clause's reference.
	select coalesce(jsonb_agg(mandate.obligation_json(o, as_of, as_of, known_at)
		|| jsonb_build_object('at_paragraph', (select c.paragraph_n from mandate.clause c
			where c.resolution_id = o.resolution_id and c.reference = split_part(o.reference, '#', 1) limit 1))
		order by o.resolution_id, o.position, o.occurrence), '[]')
	into rows from mandate.obligation_select(filter, as_of, known_at, officer.login) o;
	return jsonb_build_object('report', 'status', 'title', 'Status of follow-up', 'as_of', as_of,
		'known_at', mandate.time_text(known_at), 'filter', coalesce(request->>'filter_words', ''),
		'head', mandate.audit_head(known_at), 'records', (select count(*) from mandate.update u where u.recorded_at <= known_at),
		'summary', mandate.report_summary(rows),
		'resolutions', coalesce((
			select jsonb_agg(mandate.report_resolution(r, rows, filter = '[]') order by r.adopted_on, r.symbol)
			from mandate.resolution r
			where r.symbol in (select w->'resolution'->>'symbol' from jsonb_array_elements(rows) w)), '[]'));
end
$$;
