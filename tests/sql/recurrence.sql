-- What comes again: the k-th occurrence, and the obligations of a series.
create function test.occurrences(deadline jsonb, adopted date, ks int[]) returns text language sql as $$
	select string_agg(coalesce(w.due_on::text, '-'), ' ' order by n) from unnest(ks) with ordinality x(k, n), mandate.occurrence_window(deadline, adopted, k) w
$$;
select test.equal('a month''s end comes back after February', test.occurrences('{"type":"recurring","text":"monthly","count":1,"unit":"month","date":"2025-01-31"}', null, '{1,2,3,4}'), '2025-01-31 2025-02-28 2025-03-31 2025-04-30');
select test.equal('a leap day too', test.occurrences('{"type":"recurring","text":"annually","count":1,"unit":"year"}', '2004-02-29', '{1,2,4,8}'), '2005-02-28 2006-02-28 2008-02-29 2012-02-29');
select test.equal('weeks and days', test.occurrences('{"type":"recurring","text":"every 75 days","count":75,"unit":"day"}', '2004-12-20', '{1,2}') || ', ' ||
	test.occurrences('{"type":"recurring","text":"every two weeks","count":2,"unit":"week","date":"2004-12-20"}', null, '{1,2}'), '2005-03-05 2005-05-19, 2004-12-20 2005-01-03');
select test.equal('biennially from a session is every other one', test.occurrences('{"type":"recurring","text":"biennially","count":2,"unit":"year","body":"GA","session":61}', '2004-12-20', '{1,2,3}'), '2006-09-12 2008-09-16 2010-09-14');
select test.equal('and says which', (select w.due_why like 'occurrence 2 of "biennially": sixty-third session of the General Assembly: opens 16 September 2008%' from mandate.occurrence_window(
	'{"type":"recurring","text":"biennially","count":2,"unit":"year","body":"GA","session":61}', '2004-12-20', 2) w), true);
select test.equal('each session of who speaks', test.occurrences('{"type":"recurring","text":"at each session","count":1,"unit":"session","body":"GA"}', '2004-12-20', '{1,2,3}'), '2005-09-13 2006-09-12 2007-09-18');
select test.equal('every second session of a conference', test.occurrences('{"type":"recurring","text":"every second session","count":2,"unit":"session","body":"COP-UNTOC","session":4}', null, '{1,2,3}'), '2008-10-01 2012-10-01 2016-10-01');
select test.equal('a list of sessions ends', test.occurrences('{"type":"session","text":"at its sixtieth and sixty-second sessions","body":"GA","session":60,"further":[62]}', null, '{1,2,3}'), '2005-09-13 2007-09-18 -');
select test.equal('from a year on', test.occurrences('{"type":"recurring","text":"annually","count":1,"unit":"year","body":"X","year":2006}', null, '{1,2,3}'), '2006-12-31 2007-12-31 2008-12-31');
select test.equal('until its last day', test.occurrences('{"type":"recurring","text":"annually","count":1,"unit":"year","date":"2005-06-30","last":"2007-06-30"}', null, '{1,2,3,4}'), '2005-06-30 2006-06-30 2007-06-30 -');
select test.equal('until its last session', test.occurrences('{"type":"recurring","text":"annually","count":1,"unit":"year","body":"GA","session":60,"last":"2007-01-01"}', null, '{1,2,3}'), '2005-09-13 2006-09-12 -');
select test.equal('what is regular without a length comes once, undated', test.occurrences('{"type":"recurring","text":"regularly"}', '2004-12-20', '{1,2}'), '- -');
select test.equal('a session comes once', test.occurrences('{"type":"session","body":"GA","session":60}', '2004-12-20', '{1,2}'), '2005-09-13 -');

-- A resolution of the Assembly with one clause.
create function test.asks(symbol text, adopted date, deadline jsonb) returns jsonb language sql as $$
	select api.resolution_import(test.olga(), jsonb_build_object('key', 'import ' || symbol, 'confirm', true, 'text', symbol, 'reading',
		jsonb_build_object('resolution', jsonb_build_object('symbol', symbol, 'body', 'GA', 'title', 'T', 'adopted_on', adopted, 'language', 'en', 'state', 'adopted'),
			'warnings', '[]'::jsonb, 'paragraphs', jsonb_build_array(test.paragraph('1', 'GA', 0, 'Requests a report', test.clause('Requests', 'request', 'reporting', 'SG', 'to report', deadline))))))
$$;
create function test.series(symbol text) returns text language sql as $$
	select string_agg(substr(o.reference, length(symbol) + 2) || ' ' || o.status || ' ' || o.due_on, ', ' order by o.occurrence) from mandate.obligation o where o.reference like symbol || ':%'
$$;
select test.asks('A/RES/80/1', mandate.today() - 400, '{"type":"recurring","text":"annually","count":1,"unit":"year"}') \g /dev/null
select test.equal('the clause is the first of its series', (select (o.occurrence, o.series is null)::text from mandate.obligation o where o.reference = 'A/RES/80/1:1'), '(1,t)');
select api.unit_add(test.ada(), '{"key":"un","code":"OPS","name":"Operations"}') \g /dev/null
select api.assignment_write(test.olga(), '{"key":"as","references":["80/1:1"],"owner":"olga","alternate":"clara","unit":"OPS"}') \g /dev/null
select test.update('done1', '80/1:1', jsonb_build_object('status', 'implemented', 'note', 'x', 'on', mandate.today() - 50)) \g /dev/null
select test.equal('answered, it opens the next', (select (o.reference, o.series = f.id, o.occurrence, o.status, o.owner, o.alternate, o.unit, o.clearance, o.live, o.due_on = (f.due_on + interval '1 year')::date)::text
	from mandate.obligation o, mandate.obligation f where o.reference = 'A/RES/80/1:1#2' and f.reference = 'A/RES/80/1:1'), '(A/RES/80/1:1#2,t,2,not_started,olga,clara,OPS,draft,t,t)');
select test.equal('from the day on which its predecessor was answered', (select u.effective_on = mandate.today() - 50 from mandate.update u join mandate.obligation o on o.id = u.obligation_id
	where o.reference = 'A/RES/80/1:1#2'), true);
select test.equal('in the same name', (select (u.officer_id = test.olga_id(), u.note, u.key)::text from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'A/RES/80/1:1#2'), '(t,"opened when A/RES/80/1:1 became implemented",done1)');
select test.equal('once', (select count(*) from mandate.obligation o where o.resolution_id = (select r.id from mandate.resolution r where r.symbol = 'A/RES/80/1')), 2::bigint);
select test.update('again', '80/1:1', '{"status":"in_progress","note":"reopened"}') \g /dev/null
select test.update('done2', '80/1:1', '{"status":"implemented","note":"x"}') \g /dev/null
select test.equal('also when it is reopened and answered again', test.list('[{"field":"symbol","op":"=","value":"80/1"}]'), 'A/RES/80/1:1 A/RES/80/1:1#2');
select test.equal('a repeated key opens nothing more', test.update('done2', '80/1:1', '{"status":"implemented","note":"x"}')->>'updated', '1');
select test.equal('showing one lists all', (select string_agg((x->>'reference') || ' ' || (x->>'status'), ', ' order by n) from jsonb_array_elements(test.show('80/1:1#2')->'occurrences') with ordinality y(x, n)), 'A/RES/80/1:1 implemented, A/RES/80/1:1#2 not_started');
select test.equal('as of a date before there was one', jsonb_array_length(test.show('80/1:1', jsonb_build_object('as_of', mandate.today() - 200))->'occurrences'), 1);
select test.refused('an occurrence is one obligation with one name', $q$select mandate.occurrence_open(o, 2, '2020-01-01', 1, 'x', 'x') is null or test.show('80/1:1#3') is null from mandate.obligation o where o.reference = 'A/RES/80/1:1'$q$, 404, 'no_obligation');
select test.update('over', '80/1:1#2', '{"status":"overtaken","note":"by 81/1"}') \g /dev/null
select test.equal('what a later resolution has overtaken does not come again', mandate.occurrences_open(), 0);

-- Years off.
select test.asks('A/RES/70/1', (mandate.today() - interval '4 years 6 months')::date, '{"type":"recurring","text":"annually","count":1,"unit":"year"}') \g /dev/null
select test.equal('importing opens none but the first', test.list('[{"field":"symbol","op":"=","value":"70/1"}]'), 'A/RES/70/1:1');
select test.equal('what lapsed opens, up to the current one', mandate.occurrences_open(), 4);
select test.equal('each is visible', test.list('[{"field":"symbol","op":"=","value":"70/1"}]'), 'A/RES/70/1:1 A/RES/70/1:1#2 A/RES/70/1:1#3 A/RES/70/1:1#4 A/RES/70/1:1#5');
select test.equal('the old ones overdue', test.list('[{"field":"symbol","op":"=","value":"70/1"},{"field":"timeliness","op":"=","value":"overdue"},"and"]'), 'A/RES/70/1:1 A/RES/70/1:1#2 A/RES/70/1:1#3 A/RES/70/1:1#4');
select test.equal('and each says why it is there', (select (o.login, u.note = 'opened: the end of occurrence 1, ' || mandate.date_text(f.due_end) || ', has passed', u.effective_on = f.due_end + 1)::text
	from mandate.update u join mandate.obligation x on x.id = u.obligation_id join mandate.officer o on o.id = u.officer_id, mandate.obligation f where x.reference = 'A/RES/70/1:1#2' and f.reference = 'A/RES/70/1:1'), '(mandated,t,t)');
select test.equal('nothing twice', mandate.occurrences_open(), 0);
select test.asks('A/RES/70/2', mandate.today() - 1000, '{"type":"recurring","text":"daily","count":1,"unit":"day"}') \g /dev/null
select test.equal('never more than a hundred at once', mandate.occurrences_open(), 100);
select test.equal('the last is the current one', (select max(o.due_on) from mandate.obligation o where o.reference like 'A/RES/70/2:1#%'), mandate.today());
select test.equal('the note says which were skipped', (select u.note from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'A/RES/70/2:1#901'),
	'opened; occurrences 2 to 900 were skipped, since nobody looked from ' || mandate.date_text(mandate.today() - 999) || ' on');
select test.equal('and nothing more', mandate.occurrences_open(), 0);

-- A list, an end, a draft, a replaced text.
select test.asks('A/RES/59/9', '2004-12-20', '{"type":"session","text":"at its sixtieth and sixty-second sessions","body":"GA","session":60,"further":[62]}') \g /dev/null
select test.equal('a list of sessions is a series', mandate.occurrences_open(), 1);
select test.equal('with an end', test.series('A/RES/59/9'), '1 not_started 2005-09-13, 1#2 not_started 2007-09-18');
select test.update('l2', '59/9:1#2', '{"status":"implemented","note":"x"}') \g /dev/null
select test.equal('after which nothing comes', test.series('A/RES/59/9'), '1 not_started 2005-09-13, 1#2 implemented 2007-09-18');
select test.equal('a moved session moves its occurrence', (select (api.session_set(test.olga(), '{"key":"s1","body":"GA","number":62,"opens_on":"2007-09-19","reason":"x"}')->>'moved') || ' ' || o.due_on
	from mandate.obligation o where o.reference = 'A/RES/59/9:1#2'), '1 2007-09-18');
select test.equal('that one', test.series('A/RES/59/9'), '1 not_started 2005-09-13, 1#2 implemented 2007-09-19');
select api.resolution_import(test.olga(), jsonb_build_object('key', 'replace', 'replace', true, 'symbol', 'A/RES/59/9', 'text', 'new', 'reading',
	jsonb_set(r.reading, '{paragraphs,0,text}', '"Requests an oral report"'))) from mandate.resolution r where r.symbol = 'A/RES/59/9' \g /dev/null
select test.equal('a replaced text is every occurrence''s', (select string_agg(o.status || ' ' || o.text, ', ' order by o.occurrence) from mandate.obligation o where o.reference like 'A/RES/59/9:%'),
	'not_started Requests an oral report, implemented Requests an oral report');
select test.equal('the report has them all', (select count(*) from test.report('{"name":"status","filter":[{"field":"symbol","op":"=","value":"59/9"}]}') r where r ? 'row'), 2::bigint);
select test.equal('the item''s day goes before the session''s', (select w.due_on from mandate.obligation o, mandate.obligation_window(jsonb_populate_record(o, '{"milestones":{"consideration":{"on":"2007-10-20","why":"item 1"}}}')) w
	where o.reference = 'A/RES/59/9:1#2'), '2007-10-20'::date);

select test.update('answered', '59/9:1', '{"status":"implemented","note":"x"}') \g /dev/null
select api.resolution_import(test.olga(), jsonb_build_object('key', 'replace2', 'replace', true, 'symbol', 'A/RES/59/9', 'text', 'newer', 'reading',
	jsonb_set(r.reading, '{paragraphs,0,clauses,0,deadline}', '{"type":"session","text":"t","body":"GA","session":61,"further":[63]}'))) from mandate.resolution r where r.symbol = 'A/RES/59/9' \g /dev/null
select test.equal('a deadline that reads otherwise moves', test.series('A/RES/59/9'), '1 implemented 2006-09-12, 1#2 implemented 2008-09-16');
select api.resolution_import(test.olga(), jsonb_build_object('key', 'draft', 'confirm', true, 'text', 'draft', 'reading',
	jsonb_set(test.reading('E/RES/2004/24'), '{paragraphs,3,clauses,0,deadline}', '{"type":"recurring","text":"annually","count":1,"unit":"year"}'))) \g /dev/null
select test.update('early', 'E/RES/2004/24:9', '{"status":"implemented","note":"x"}') \g /dev/null
select test.equal('what is not adopted does not come again', mandate.occurrences_open() || ' ' || test.series('E/RES/2004/24'), '0 9 implemented 2005-07-21');
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/24","as":"A/RES/59/158","on":"2004-12-20"}') \g /dev/null
select test.equal('it counts from the adoption by the Assembly', test.series('A/RES/59/158'), '9 implemented 2005-12-20');
select test.equal('and comes again from there', (select mandate.occurrences_open() > 1), true);
select test.equal('on the same day of the year', test.show('59/158:9#2')->>'due_on', '2006-12-20');

-- What was taken over before occurrences were kept.
insert into mandate.obligation default values;
select mandate.append(max(o.id), 'created', jsonb_build_object('reference', 'OLD:1', 'live', true, 'status', 'not_started', 'force', 'request', 'due_on', '2005-09-13', 'due_end', '2005-12-31', 'legal_end', '2006-09-11',
	'deadline', '{"type":"session","text":"t","body":"GA","session":60,"further":[61]}'::jsonb), '', '[]', '2004-12-20', test.olga_id(), 'old') from mandate.obligation o \g /dev/null
select test.equal('becomes the first of its series', mandate.occurrences_open(), 1);
select test.equal('and goes on', test.series('OLD'), '1 not_started 2005-09-13, 1#2 not_started 2006-09-12');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->'faults', '[]');

-- The first round of a day opens what lapsed the day before; the others of that day do not look.
create function test.round(days int) returns jsonb language plpgsql as $$
begin
	perform set_config('mandate.clock_offset', make_interval(days => days)::text, true);
	return api.remind_tick('{"service":true}', '{}');
end
$$;
create function test.of(symbol text) returns text language sql as $$
	select string_agg(o.reference, ' ' order by o.occurrence) from mandate.obligation o where o.reference like symbol || ':%'
$$;
select test.round(0) \g /dev/null
select test.asks('A/RES/71/3', (mandate.today() - interval '1 year')::date, '{"type":"recurring","text":"annually","count":1,"unit":"year"}'), test.round(0) \g /dev/null
select test.equal('what is due today has not lapsed', test.of('A/RES/71/3'), 'A/RES/71/3:1');
select test.round(1) \g /dev/null
select test.equal('what lapsed comes again on the next day, without a start', test.of('A/RES/71/3'), 'A/RES/71/3:1 A/RES/71/3:1#2');
select test.asks('A/RES/71/4', (mandate.today() - interval '1 year 1 day')::date, '{"type":"recurring","text":"annually","count":1,"unit":"year"}'), test.round(1) \g /dev/null
select test.equal('once a day', test.of('A/RES/71/4'), 'A/RES/71/4:1');
select test.round(2) \g /dev/null
select test.equal('each day', test.of('A/RES/71/4'), 'A/RES/71/4:1 A/RES/71/4:1#2');
select test.equal('and nothing twice', test.of('A/RES/71/3'), 'A/RES/71/3:1 A/RES/71/3:1#2');
