-- Reports: the stream of records and what each report counts.
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"adopt","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null

create function test.head(request jsonb) returns jsonb language sql as $$ select r from test.report(request) r where r ? 'report' $$;

select test.equal('encouragements are counted apart', (select array[s->>'obligations', s->>'measured', s->>'implemented', s->>'hortatory']
	from (select test.head('{"name":"status","filter":[{"field":"symbol","op":"=","value":"59/157"}]}')->'summary' as s) x), array['2', '1', '0', '1']);
select test.equal('every paragraph is there, in order, also one that asks nothing', (select string_agg(r->'heading'->>'value', ' ')
	from test.report('{"name":"status"}') r where r->'heading'->>'level' = '2'), '0 1 6 9');
select test.equal('but not where a filter was given', (select string_agg(r->'heading'->>'value', ' ')
	from test.report('{"name":"status","filter":[{"field":"symbol","op":"=","value":"59/157"}]}') r where r->'heading'->>'level' = '2'), '6 9');
select test.equal('the same report twice is the same', (select string_agg(r::text, '') from test.report('{"name":"status","as_of":"2005-06-30"}') r),
	(select string_agg(r::text, '') from test.report('{"name":"status","as_of":"2005-06-30"}') r));
select test.equal('it ends with the number of its rows', (select r->'end'->>'rows' from test.report('{"name":"status"}') r where r ? 'end'), '3');
select test.refused('an unknown report', $q$select api.report_page(test.olga(), '{"name":"gossip"}')$q$, 404, 'no_report');
select test.refused('an unknown group', $q$select api.report_page(test.olga(), '{"name":"status","group":"colour"}')$q$, 422, 'bad_group');
select test.refused('an unknown order', $q$select * from test.report('{"name":"status","sort":"colour"}')$q$, 422, 'bad_sort');
select test.refused('a field of participants', $q$select * from test.report('{"name":"status","filter":[{"field":"act","op":"=","value":"accession"}]}')$q$, 422, 'unknown_field');
select test.refused('a dossier is whole', $q$select * from test.report('{"name":"dossier","subject":"59/157:9","since":"2005-01-01"}')$q$, 422, 'bad_filter');

-- As of a day: what was adopted later stood in the draft.
select test.equal('before adoption', test.report_column('{"name":"status","as_of":"2004-08-01"}', 'reference'), 'E/RES/2004/23:0 E/RES/2004/23:6 E/RES/2004/23:9');
select test.equal('after it', test.report_column('{"name":"status","as_of":"2005-01-01"}', 'reference'), 'E/RES/2004/23:0 A/RES/59/157:6 A/RES/59/157:9');
select test.equal('both ways of adding up give the same', (select jsonb_agg(to_jsonb(a) - 'head' order by a.id) from mandate.obligation_as_of('2005-01-01', 'infinity') a),
	(select jsonb_agg(to_jsonb(a) - 'head' order by a.id) from mandate.obligation_at(array(select o.id from mandate.obligation o), '2005-01-01', 'infinity') a));

-- Groups and orders.
select test.equal('by addressee', (select string_agg(r->'heading'->>'value', ' ') from test.report('{"name":"matrix"}') r where r ? 'heading'), 'GA MS SG');
select test.equal('an open deadline falls due', test.report_column('{"name":"due","as_of":"2005-06-30"}', 'reference'), 'A/RES/59/157:9');
select test.equal('in its month', (select string_agg(r->'heading'->>'value', ' ') from test.report('{"name":"due","as_of":"2005-06-30"}') r where r ? 'heading'), '2005-09');
select test.equal('and is overdue when its time is over', test.report_column('{"name":"overdue","as_of":"2006-02-01"}', 'days_overdue'), '32');
select test.equal('for how long', (select string_agg(r->'heading'->>'value', ' ') from test.report('{"name":"overdue","as_of":"2006-02-01"}') r where r ? 'heading'), '31-90 days');
select test.equal('encouragements and what is undated never are', test.report_column('{"name":"overdue","as_of":"2100-01-01"}', 'reference'), 'A/RES/59/157:9');

select test.equal('entries have their hash for a name', (select string_agg(r->'row'->>'hash', ' ' order by r->'row'->>'hash') from test.report('{"name":"changes","since":"2000-01-01"}') r where r ? 'row'),
	(select string_agg(encode(u.hash, 'hex'), ' ' order by encode(u.hash, 'hex')) from mandate.update u));

-- Windows of one row each: what has no value to be sorted by comes last, and comes.
create function test.windows(request jsonb) returns text language plpgsql as $$
declare
	scope mandate.report_scope := mandate.report_scope('{"known_at":"2100-01-01T00:00:00Z"}' || request, 'olga');
	told text[] := '{}';
	after text;
	w record;
begin
	for turn in 1..100 loop
		select x.* into w from mandate.report_window(scope, 'true', after, 1) x;
		told := told || w.codes;
		after := w.last;
		exit when after is null;
	end loop;
	return (select string_agg(o.reference, ' ' order by x.n) from unnest(told) with ordinality x(code, n) join mandate.obligation o on o.id::text = x.code);
end
$$;
select test.equal(format('all of them, by %s', sort), (select string_agg(x, ' ' order by x) from string_to_table(test.windows(jsonb_build_object('name', 'matrix', 'group', 'none', 'sort', sort)), ' ') x),
	'A/RES/59/157:6 A/RES/59/157:9 E/RES/2004/23:0') from unnest(mandate.report_sorts('reference')) sort;
select test.equal('the longest overdue first', split_part(test.windows('{"name":"matrix","group":"none","sort":"overdue"}'), ' ', 1), 'A/RES/59/157:9');

-- What is known at a time is known for ever: who writes now is not known yet.
select test.equal('a writer at work hides its own time', mandate.known_now() < mandate.record_time(), true);
select test.equal('and all that it writes has one time', mandate.record_time() = mandate.record_time(), true);
