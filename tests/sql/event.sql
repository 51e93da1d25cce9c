-- Events that deadlines wait for.
create function test.asks(symbol text, text text, deadline jsonb) returns jsonb language sql as $$
	select api.resolution_import(test.olga(), jsonb_build_object('key', 'import ' || symbol, 'confirm', true, 'text', symbol, 'reading',
		jsonb_build_object('resolution', jsonb_build_object('symbol', symbol, 'body', 'GA', 'title', 'T', 'adopted_on', '2004-12-20', 'language', 'en', 'state', 'adopted'),
			'warnings', '[]'::jsonb, 'paragraphs', jsonb_build_array(test.paragraph('1', 'GA', 0, text, test.clause('Requests', 'request', 'reporting', 'SG', 'to report', deadline))))))
$$;
select mandate.load_entities('[{"code":"GA","name":"General Assembly"},{"code":"COP-UNTOC","name":"Conference of the Parties to the United Nations Convention against Transnational Organized Crime","aliases":"Conference of the Parties"}]') \g /dev/null
select mandate.load_sessions('[{"body":"COP-UNTOC","number":"3","opens_on":"2006-10-09","closes_on":"2006-10-18","basis":"known"}]') \g /dev/null
select test.asks('A/RES/59/1', 'report in time for the Congress', '{"type":"event","text":"in time for the Congress","event":"the Congress"}') \g /dev/null
select test.asks('A/RES/59/2', 'report within thirty days after the  congress', '{"type":"interval","text":"within thirty days after the congress","event":"the  congress","count":30,"unit":"day"}') \g /dev/null
select test.asks('A/RES/59/3', 'report before the third session of the Conference of the Parties', '{"type":"event","text":"before the third session","event":"the third session"}') \g /dev/null
select test.equal('names agree without case, articles and blanks', (select array_agg(distinct mandate.event_key(x)) from unnest(array['the Congress', 'Congress', ' The  CONGRESS ', 'a congress', 'le congress']) x), array['congress']);
select test.equal('a letter that names something stays', mandate.event_key('the meeting of group A'), 'meeting of group a');
select test.equal('undated it waits, and says what to do', test.show('59/1:1')->>'due_why', '"in time for the Congress": waits for an event without a date yet; when it is known: mandate event set "the Congress" --on DATE --reason TEXT');
select test.equal('the list has what is waited for', (select string_agg((r->>'name') || ' ' || (r->>'waiting'), ', ' order by n) from jsonb_array_elements(api.event_list(test.olga(), '{}')->'rows') with ordinality x(r, n)), 'the  congress 2, the third session 1');
select test.equal('a session that is known is suggested', (select (r->'suggestion') - 'name' from jsonb_array_elements(api.event_list(test.olga(), '{}')->'rows') r where r->>'name' = 'the third session'), '{"body":"COP-UNTOC","number":3,"opens_on":"2006-10-09","basis":"known"}');
select test.equal('numbers may be figures', mandate.event_suggest('the 60th session of the General Assembly')->>'opens_on', '2005-09-13');
select test.equal('where no session is named nothing is', mandate.event_suggest('the Congress')::text, null);
select test.refused('a date needs its reason', $q$select api.event_set(test.olga(), '{"key":"e0","name":"Congress","on":"2005-04-18"}')$q$, 422, 'needs_reason');
select test.refused('what nobody waits for is not dated', $q$select api.event_set(test.olga(), '{"key":"e0","name":"Olympics","on":"2005-04-18","reason":"x"}')$q$, 404, 'no_event');
select test.refused('a part of two names is not enough', $q$select api.event_set(test.olga(), '{"key":"e0","name":"s","on":"2005-04-18","reason":"x"}')$q$, 409, 'ambiguous_reference');
select test.refused('a viewer dates nothing', $q$select api.event_set('{"uid":3}', '{"key":"e0","name":"Congress","on":"2005-04-18","reason":"x"}')$q$, 403, 'role_too_small');
select test.equal('a date gives dates', api.event_set(test.olga(), '{"key":"e1","name":"Congress","on":"2005-04-18","reason":"A/RES/56/119"}')->'rows',
	'[{"reference":"A/RES/59/1:1","was":null,"due_on":"2005-04-18"},{"reference":"A/RES/59/2:1","was":null,"due_on":"2005-05-18"}]');
select test.equal('the same key is once', api.event_set(test.olga(), '{"key":"e1","name":"Congress","on":"2005-04-18","reason":"A/RES/56/119"}')->>'moved', '2');
select test.equal('with the reason', test.show('59/1:1')->>'due_why', '"in time for the Congress": takes place on 18 April 2005 (A/RES/56/119)');
select test.equal('an interval counts from it', test.show('59/2:1')->>'due_why', '"within thirty days after the congress", counted from "the  congress" on 18 April 2005 (A/RES/56/119)');
select test.equal('each in its record', (select string_agg(u.kind || ' ' || u.note, ', ') from mandate.update u where u.key = 'e1'), 'deadline the event is on 18 April 2005: A/RES/56/119, deadline the event is on 18 April 2005: A/RES/56/119');
select test.equal('another date moves them', api.event_set(test.olga(), '{"key":"e2","name":"the congress","on":"2005-04-25","reason":"moved"}')->>'moved', '2');
select test.equal('what was confirmed later has its date at once', test.asks('A/RES/59/4', 'x', '{"type":"event","text":"before the Congress","event":"Congress"}')->>'confirmed' || ' ' || (test.show('59/4:1')->>'due_on'), 'true 2005-04-25');
select api.obligation_edit(test.olga(), '{"key":"ed","ref":"59/1:1","due_on":"2005-04-01","reason":"asked by the Chair"}') \g /dev/null
select test.equal('what was set by hand stays', api.event_set(test.olga(), '{"key":"e3","name":"congress","on":"2005-05-02","reason":"x"}')->>'moved', '2');
select test.equal('a date can be taken back', (select r->>'moved' from api.event_set(test.olga(), '{"key":"e4","name":"congress","on":null,"reason":"postponed"}') r), '2');
select test.equal('then they wait again', test.show('59/2:1')->>'due_on', null);
create function test.waiting() returns int language sql as $$
	select (r->>'waiting')::int from jsonb_array_elements(api.event_list(test.olga(), '{}')->'rows') r where r->>'name' like '%congress'
$$;
select test.equal('two wait, since one is dated by hand', test.waiting(), 2);
select test.update('done', '59/4:1', '{"status":"implemented","note":"x"}') \g /dev/null
select test.equal('what is done waits no more', test.waiting(), 1);
select test.equal('taking a date back says so in the record', (select count(*) from mandate.update u where u.key = 'e4' and u.note = 'the event has no date any more: postponed'), 2::bigint);
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->'faults', '[]');
