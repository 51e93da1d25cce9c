-- Obligations from a spreadsheet: what rows mean, what is wrong with them, and how they join a text.
create function test.rows(rows text, more jsonb default '{}') returns jsonb language sql as $$
	select api.obligation_import(test.olga(), jsonb_build_object('key', md5(rows || more), 'file', 'tracker.csv', 'rows',
		(select jsonb_agg(r || jsonb_build_object('line', n + 1) order by n) from jsonb_array_elements(rows::jsonb) with ordinality x(r, n))) || more) $$;
create function test.faults(rows text, more jsonb default '{}') returns text language plpgsql as $$
declare detail text;
begin
	perform test.rows(rows, more);
	return 'none';
exception when others then
	get stacked diagnostics detail = pg_exception_detail;
	return (select string_agg(concat(f->>'line', ' ', f->>'column', ': ', f->>'message'), '; ') from jsonb_array_elements(detail::jsonb->'faults') f);
end $$;
insert into mandate.entity (code, name, aliases) values ('SG', 'Secretary-General', '{}'), ('ITU', 'International Telecommunication Union', '{the Union}');
insert into mandate.unit (code, name) values ('OCB', 'Organized Crime Branch');

select test.equal('words of status', array(select mandate.import_status(w) from unnest(array['In Progress', 'COMPLETED', 'not-implemented', 'Closed without implementation', 'Overtaken by events', 'N/A', 'sent', 'not started']) w),
	array['in_progress', 'implemented', 'not_started', 'closed', 'overtaken', 'not_applicable', null, 'not_started']);
select test.equal('verbs', array(select mandate.import_lemma(mandate.import_verb(w)) from unnest(array['Requests the SG to', 'Also calls upon States', 'Decides that', 'Further stresses the', 'to report']) w),
	array['request', 'call upon', 'decide', 'stress', null]);
select test.equal('rows come in', test.rows('[
	{"reference":"A/RES/59/157:9","text":"Requests the Secretary-General to report","kind":"Reporting","addressee":"the Secretary-General; Donors","due_on":"2005-09-13","owner":"Olga Officer","unit":"organized crime branch","status":"Completed","status_since":"2005-10-07","evidence":"A/60/131; A/60/131/Add.1","note":"issued","title":"Crime","adopted_on":"2004-12-20"},
	{"symbol":"a/res/59/157","paragraph":"OP 6","text":"Encourages Member States to give","addressee":"all Member States; THE UNION"},
	{"symbol":"A/RES/59/157","paragraph":"3","text":"Invites the Office to finalize","action":"to finalize the guides"},
	{"symbol":"A/RES/59/157","paragraph":"3","text":"Invites the Office to finalize","action":"to disseminate them"},
	{"symbol":"E/RES/1999/1","paragraph":"2","action":"to study"}]'),
	'{"rows":5,"already":0,"differ":0,"unknown_addressees":["Donors"],"resolutions":2,"created":5,"updated":0}');
select test.equal('each under its name', test.list('[]'), 'A/RES/59/157:9 A/RES/59/157:6 A/RES/59/157:3.1 A/RES/59/157:3.2 E/RES/1999/1:2');
select test.equal('with what the row says', (select jsonb_build_array(o->'status', o->'status_since', o->'force', o->'kind', o->'due_end', o->'owner'->'login', o->'unit', o->'addressees'->0->'code', o->'addressees'->1->'name')
	from test.show('59/157:9') o), '["implemented","2005-10-07","request","reporting","2005-09-13","olga","OCB","SG","Donors"]');
select test.equal('the date says where it is from', test.show('59/157:9')->>'due_why', 'set to 13 September 2005 by tracker.csv, line 2');
select test.equal('the record begins with file and line', (select jsonb_agg(jsonb_build_array(u.kind, u.effective_on, u.note, u.evidence) order by u.n)
	from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'A/RES/59/157:9'),
	'[["created","2004-12-20","from tracker.csv, line 2",[]],["status","2005-10-07","issued",["A/60/131","A/60/131/Add.1"]]]');
select test.equal('so a past date can be asked for', test.show('59/157:9', '{"as_of":"2005-06-30"}')->>'status', 'not_started');
select test.equal('sets of States and other names are known', (select jsonb_agg(a->'code') from jsonb_array_elements(test.show('59/157:6')->'addressees') a), '["MEMBER_STATES","ITU"]');
select test.equal('an encouragement is one', test.show('59/157:6')->>'force', 'encouragement');
select test.equal('what is not given is left open', (select jsonb_build_array(o->'force', o->'kind', o->'due_why', o->'timeliness', o->'owner') from test.show('1999/1:2') o),
	'["request","other","tracker.csv, line 6 gives no date","undated",null]');
select test.equal('the resolution holds the rows'' text', (select r.text from mandate.resolution r where r.symbol = 'A/RES/59/157'),
	E'9. Requests the Secretary-General to report\n\n6. Encourages Member States to give\n\n3. Invites the Office to finalize');
select test.equal('and is not confirmed', (select (r.confirmed_at is null, r.body, r.adopted_on)::text from mandate.resolution r where r.symbol = 'A/RES/59/157'), '(t,GA,2004-12-20)');
select test.equal('a report finds all', (select count(*) from test.report('{"name":"status"}') r where r ? 'row'), 5::bigint);

-- Again, and otherwise.
select test.equal('what is here is left as it is', test.rows('[{"reference":"A/RES/59/157:9","status":"in progress","note":"again"},{"symbol":"A/RES/59/157","paragraph":"6","text":"Encourages Member States to give"}]'),
	'{"rows":2,"already":2,"differ":1,"unknown_addressees":[],"resolutions":0,"created":0,"updated":0}');
select test.equal('or updated', test.rows('[{"reference":"A/RES/59/157:9","status":"in progress","note":"reopened","due_on":"2006-01-31","alternate":"clara"},
	{"symbol":"A/RES/59/157","paragraph":"6","text":"Encourages Member States to give","note":"two gave"},{"symbol":"A/RES/59/157","paragraph":"5","text":"Urges all States"}]', '{"update":true}') - 'unknown_addressees',
	'{"rows":3,"already":2,"differ":2,"resolutions":0,"created":1,"updated":2}');
select test.equal('each difference in the record', (select string_agg(u.kind, ' ' order by u.n) from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'A/RES/59/157:9'),
	'created status deadline status');
select test.equal('and in the state', (select jsonb_build_array(o->'status', o->'due_on', o->'alternate'->'login', o->'owner'->'login', o->'updates') from test.show('59/157:9') o), '["in_progress","2006-01-31","clara","olga",4]');
select test.equal('the same file twice is no news', test.rows('[{"reference":"A/RES/59/157:9","status":"In Progress","note":"reopened","due_on":"2006-01-31","alternate":"Clara Clearer"},
	{"symbol":"A/RES/59/157","paragraph":"6","note":"two gave"}]', '{"update":true}')->'differ', '0');
select test.equal('the text grew and the old one is kept', (select array_agg(v.version || ': ' || (v.text like '%Urges%')) from mandate.resolution_version v join mandate.resolution r on r.id = v.resolution_id where r.symbol = 'A/RES/59/157'), array['1: false']);
select test.equal('a dry run changes nothing', test.rows('[{"symbol":"A/RES/60/1","paragraph":"1","text":"Requests a report"}]', '{"dry_run":true}')->>'created' = '1'
	and not exists (select from mandate.resolution r where r.symbol = 'A/RES/60/1'), true);

-- Faults: all of them, with line and column, and nothing is written.
select test.equal('every fault is named', test.faults('[{"text":"x"},{"reference":"59-157"},{"symbol":"A/RES/1/1"},
	{"symbol":"A/RES/1/1","paragraph":"1","text":"x","owner":"nobody","due_on":"13.9.2005","unit":"XYZ","force":"strong","status":"Sent"},
	{"symbol":"A/RES/1/1","paragraph":"2","title":"One","adopted_on":"2004-01-01"},
	{"symbol":"A/RES/1/1","paragraph":"3","text":"x","title":"Two","status":"closed","status_since":"2003-01-01"}]'),
	'2 reference: which obligation is it? give its reference (A/RES/59/157:9), or symbol and paragraph; '
	'3 reference: a reference is a symbol and a paragraph, such as A/RES/59/157:9; 3 text: what is asked? give the text or the action; '
	'4 paragraph: give the paragraph''s number; 4 text: what is asked? give the text or the action; '
	'5 force: "strong" is not one of binding, request, decision, urging, encouragement, none; 5 owner: "nobody" is no active officer''s login, name or address, or that of several: mandate officer list; '
	'5 unit: there is no unit "XYZ"; an administrator adds it with: mandate unit add CODE --name NAME; 5 due_on: "13.9.2005" is not a date; write it as 2005-09-13; '
	'5 status: "Sent" is not one of not_started, in_progress, continuing, implemented, closed, overtaken, not_applicable; say which it is with: --map "Sent=STATUS"; '
	'6 text: what is asked? give the text or the action; 7 title: A/RES/1/1 has "One" in line 6; 7 status_since: is before the adoption on 2004-01-01; 7 evidence: closed needs evidence or a note');
select test.refused('all or nothing', $q$select test.rows('[{"symbol":"A/RES/2/2","paragraph":"1","text":"x"},{"text":"y"}]')$q$, 422, 'bad_rows');
select test.equal('one line for each obligation', test.faults('[{"reference":"A/RES/2/2:1","text":"x"},{"reference":"A/RES/2/2:1","text":"x"}]'),
	'2 reference: A/RES/2/2:1 stands in several lines of this file; give each line a reference of its own; 3 reference: A/RES/2/2:1 stands in several lines of this file; give each line a reference of its own');
select test.equal('a paragraph of several asks which', test.faults('[{"symbol":"A/RES/59/157","paragraph":"3","text":"x"}]'),
	'2 paragraph: the paragraph is here with other obligations: A/RES/59/157:3.1, A/RES/59/157:3.2; say by its reference which one is meant');
select test.equal('a status must be able to follow', test.faults('[{"reference":"A/RES/59/157:9","status":"implemented"},{"reference":"A/RES/59/157:6","status":"implemented","note":"x","status_since":"2000-01-01"}]', '{"update":true}')
	like '2 evidence: from in_progress to implemented needs evidence or a note; 3 status_since: A/RES/59/157:6 has an entry of %', true);
select test.equal('an unheard-of note needs no status', test.faults('[{"reference":"A/RES/59/157:6","note":"news","status_since":"2000-01-01"}]', '{"update":true}'), 'none');
select test.refused('a viewer brings nothing in', $q$select api.obligation_import('{"uid":3}', '{"key":"v","file":"x","rows":[{"line":2}]}')$q$, 403, 'role_too_small');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');

-- The text comes later: the obligations stay what they are, and are joined to it.
select test.rows('[{"reference":"E/RES/2004/23:9","text":"asks for a report","owner":"olga","status":"in progress","note":"drafting"},
	{"reference":"E/RES/2004/23:6.1","action":"to give money","kind":"contribution","verb":"Invites"},
	{"reference":"E/RES/2004/23:6.2","action":"to give people"},{"reference":"E/RES/2004/23:77","text":"Requests the impossible"}]') \g /dev/null
select test.refused('not without --replace', $q$select test.import('E/RES/2004/23')$q$, 409, 'text_differs');
select api.resolution_import(test.olga(), jsonb_build_object('key', 'text', 'replace', true, 'confirm', true, 'text', 'the text', 'reading', test.reading('E/RES/2004/23'))) \g /dev/null
select test.equal('nothing twice, and what was not followed is new', test.list('[{"field":"symbol","op":"=","value":"E/RES/2004/23"}]'), 'E/RES/2004/23:0 E/RES/2004/23:77 E/RES/2004/23:6.1 E/RES/2004/23:6.2 E/RES/2004/23:9');
select test.equal('the obligation has the text''s words and its own record', (select jsonb_build_array(o->'text', o->'status', o->'owner'->'login', o->'due_on', o->'live', o->'force', o->'addressees'->0->'code', o->'speaker')
	from test.show('2004/23:9') o), '["Requests a report","in_progress","olga","2005-09-13",false,"request","SG","GA"]');
select test.equal('what the row gave stands', (select jsonb_build_array(o->'verb', o->'action', o->'kind', o->'text') from test.show('2004/23:6.1') o), '["Invites","to give money","contribution","Encourages gifts"]');
select test.equal('what the reader found there instead is not followed twice', (select string_agg(c.dropped_reason, '') from mandate.clause c join mandate.resolution r on r.id = c.resolution_id where r.symbol = 'E/RES/2004/23'),
	'followed as E/RES/2004/23:6.1, E/RES/2004/23:6.2');
select test.equal('what has no paragraph says so and stays', (select jsonb_build_array(o->'status', o->'last_update'->'note') from test.show('2004/23:77') o),
	'["not_started","the text of E/RES/2004/23 came in the place of its rows and has no operative paragraph 77"]');
select test.equal('then the draft is adopted with its obligations', (select string_agg(x->>'is', ' ') from jsonb_array_elements(
	api.resolution_adopt(test.olga(), '{"key":"ad","symbol":"E/RES/2004/23","as":"A/RES/99/1","on":"2004-12-20"}')->'obligations') x), 'A/RES/99/1:6.1 A/RES/99/1:6.2 A/RES/99/1:9');
select test.equal('a row for a text that is here', test.rows('[{"symbol":"E/RES/2004/23","paragraph":"1","action":"to take note"}]')->>'created', '1');
select test.equal('has a paragraph of it', test.show('E/RES/2004/23:1')->>'text', 'Takes note');
select test.equal('or is refused', test.faults('[{"symbol":"E/RES/2004/23","paragraph":"12","text":"x"}]'),
	'2 paragraph: E/RES/2004/23 is here with its text, which has no operative paragraph 12: mandate resolution show E/RES/2004/23');
select test.equal('the record is whole still', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
