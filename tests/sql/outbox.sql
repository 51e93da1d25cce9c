-- The outbox: a message that was made and not tried yet says what is so when it goes; one that was tried stays as it is.
select mandate.load_reminder_rules('[{"before":[90,30,7,1,0],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14},
	{"milestone":"review","before":[0],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14}]') \g /dev/null
create function test.at(t timestamptz) returns text language sql as $$
	select set_config('mandate.clock_offset', (t - now())::text, true)
$$;
select test.at('2005-01-03 09:30Z'), test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select api.assignment_write(test.olga(), '{"key":"o","references":["59/157:6","59/157:9"],"owner":"olga"}') \g /dev/null
update mandate.officer set mail = login || '@example.org', daily_cap = 50;
create function test.tick() returns jsonb language sql as $$ select api.remind_tick('{"service":true}', '{"limit":100}') $$;
create function test.claim() returns jsonb language sql as $$
	select api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w"}')::jsonb->'rows'
$$;
create function test.done(outcome text, of_message text) returns text language sql as $$
	select api.outbox_done('{"service":true}', jsonb_build_object('id', m.id, 'worker', 'w', 'outcome', outcome, 'answer', outcome))->>'state'
	from mandate.message m where m.message_id = of_message
$$;
create function test.key() returns text language sql as $$ select gen_random_uuid()::text $$;
create function test.review(ref text, d date) returns jsonb language sql as $$
	select api.obligation_edit(test.olga(), jsonb_build_object('key', test.key(), 'ref', ref, 'review_on', d))
$$;
-- What waits: to whom, about what; "*" after what was tried.
create function test.waiting() returns text language sql as $$
	select coalesce(string_agg(x.said, '; ' order by x.id), '') from (
		select m.id, format('%s%s: %s', p.login, case when m.attempts > 0 then '*' end,
			(select string_agg(i->>'reference', ' ' order by i->>'reference') from jsonb_array_elements(m.content::jsonb->'items') i)) as said
		from mandate.message m join mandate.officer p on p.id = m.officer_id where m.state = 'waiting') x
$$;
create function test.reminders(ref text) returns text language sql as $$
	select string_agg(distinct r.milestone || ' ' || r.state, ', ') from mandate.reminder r join mandate.obligation o on o.id = r.obligation_id where o.reference = ref and r.milestone = 'review' and r.officer_id = test.olga_id()
$$;
create temporary table mark (name text, message_id text);

-- Before the first try.
select test.at('2005-01-10 09:30Z'), test.review('59/157:6', '2005-01-10'), test.tick() \g /dev/null
select test.equal('what is due waits', test.waiting(), 'olga: A/RES/59/157:6 A/RES/59/157:9');
select test.review('59/157:6', '2005-02-10') \g /dev/null
select test.equal('what has changed is not sent', test.claim(), '[]');
insert into mark select 'first', m.message_id from mandate.message m;
select test.tick() \g /dev/null
select test.equal('but made anew without it', test.waiting(), 'olga: A/RES/59/157:9');
select test.equal('as another message: the first was never tried', (select count(*) from mandate.message m join mark k on k.message_id = m.message_id), 0::bigint);
select test.equal('what is no longer owed is withdrawn', test.reminders('A/RES/59/157:6'), 'review withdrawn');
create function test.explained(which text) returns text language sql as $$
	select string_agg(r->>'person' || ' ' || (r->>'milestone') || ' ' || (r->>'due_on'), ', ')
	from jsonb_array_elements(api.remind_explain(test.olga(), '{"ref":"59/157:6"}')->which) r where r->>'milestone' = 'review'
$$;
select test.equal('and is not among what was told', test.explained('told'), null);
select test.equal('but among what was withdrawn', test.explained('withdrawn'), 'olga review 2005-01-10');
select test.review('59/157:6', '2005-01-10') \g /dev/null
select test.tick() \g /dev/null
select test.equal('what is owed again is told again', test.waiting(), 'olga: A/RES/59/157:6 A/RES/59/157:9');
select test.equal('and is withdrawn no longer', test.explained('withdrawn'), null);
select test.equal('but told', test.explained('told'), 'olga review 2005-01-10');
select test.update('n', '59/157:6', '{"note":"half of it is done"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('what was last said is what is said last', (select i->'last_update'->>'note' from mandate.message m, jsonb_array_elements(m.content::jsonb->'items') i where m.state = 'waiting' and i->>'reference' = 'A/RES/59/157:6' limit 1), 'half of it is done');
select api.remind_answer(test.olga(), '{"key":"mute","ref":"59/157:6","answer":"mute","reason":"x"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('what a person asked not to hear is taken out', test.waiting(), 'olga: A/RES/59/157:9');
select api.remind_answer(test.olga(), '{"key":"wake","ref":"59/157:6","answer":"wake"}') \g /dev/null
select api.officer_edit(test.ada(), '{"key":"mail","login":"olga","mail":"new@example.org"}') \g /dev/null
select test.equal('nor does it go to an old address', test.claim(), '[]');
select test.tick() \g /dev/null
select test.equal('but to the new one', (select string_agg(m.content::jsonb->'person'->>'mail', ' ') from mandate.message m where m.state = 'waiting'), 'new@example.org');
select api.assignment_write(test.olga(), '{"key":"to clara","references":["59/157:6"],"owner":"clara"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('what was given to somebody else is told there', test.waiting(), 'olga: A/RES/59/157:9; clara: A/RES/59/157:6');
select api.assignment_write(test.olga(), '{"key":"to olga","references":["59/157:6"],"owner":"olga"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('and back', test.waiting(), 'olga: A/RES/59/157:6 A/RES/59/157:9');
select api.session_set(test.ada(), '{"key":"s","body":"GA","number":60,"opens_on":"2006-03-01","reason":"put off"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('a session that moved takes its reminders with it', test.waiting(), 'olga: A/RES/59/157:6');

-- After the first try.
insert into mark select 'tried', m.message_id from mandate.message m where m.state = 'waiting';
create temporary table claimed as select test.claim() as rows;
select test.equal('a try begins', test.waiting(), 'olga*: A/RES/59/157:6');
select test.equal('it is put off', test.done('retry', k.message_id), 'waiting') from mark k where k.name = 'tried';
select test.update('n2', '59/157:6', '{"note":"nearly all of it"}') \g /dev/null
select test.tick() \g /dev/null
select test.at('2005-01-10 09:40Z') \g /dev/null
select test.equal('its next try has the same name and the same words', (select jsonb_agg(c - '{attempt}'::text[]) from jsonb_array_elements(test.claim()) c), (select jsonb_agg(c - '{attempt}'::text[]) from claimed, jsonb_array_elements(rows) c));
select test.update('d', '59/157:6', '{"status":"not_applicable","note":"all of it"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('a try under way is not taken back', (select m.state || ' ' || (m.lease is not null) from mandate.message m join mark k using (message_id) where k.name = 'tried'), 'waiting true');
select test.equal('what did not arrive and nobody needs is not tried again', test.done('retry', k.message_id), 'withdrawn') from mark k where k.name = 'tried';
select test.equal('it is accounted for', test.reminders('A/RES/59/157:6'), 'review withdrawn');
select test.update('r', '59/157:6', '{"status":"continuing","note":"not all"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('reopened, it is told in a new message', test.waiting(), 'olga: A/RES/59/157:6');
insert into mark select 'second', m.message_id from mandate.message m where m.state = 'waiting';
select test.claim() \g /dev/null
select test.equal('a second one is put off', test.done('retry', k.message_id), 'waiting') from mark k where k.name = 'second';
select test.update('d2', '59/157:6', '{"status":"not_applicable","note":"really"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('between two tries it is withdrawn at once', (select m.state from mandate.message m join mark k using (message_id) where k.name = 'second'), 'withdrawn');
select test.update('r3', '59/157:6', '{"status":"continuing","note":"no"}') \g /dev/null
select test.tick() \g /dev/null
select test.claim() \g /dev/null
select test.update('d3', '59/157:6', '{"status":"not_applicable","note":"yes"}') \g /dev/null
select test.tick() \g /dev/null
select test.equal('what arrives all the same', (select test.done('sent', m.message_id) from mandate.message m where m.state = 'waiting'), 'sent');
select test.equal('was told', test.reminders('A/RES/59/157:6'), 'review told');
select test.update('r4', '59/157:6', '{"status":"continuing","note":"no"}') \g /dev/null
select test.equal('and is not told again', test.tick()->>'messages', '0');

-- A clock that goes back: what the later one put off is not lost, what was told is not told again.
select test.review('59/157:6', '2006-03-01') \g /dev/null
select test.at('2006-01-25 09:30Z'), test.tick(), test.claim() \g /dev/null
select test.equal('a year on, a message is put off', (select string_agg(test.done('retry', m.message_id), ' ') from mandate.message m where m.state = 'waiting'), 'waiting');
select test.equal('and the next day noted', (select min(d.next_on) > '2006-01-25' from mandate.reminder_due d), true);
select test.at('2005-01-20 09:30Z'), test.review('59/157:9', '2005-01-20'), test.tick() \g /dev/null
select test.equal('a year back, everything is planned anew', (select min(d.next_on) between '2005-01-20' and '2005-12-31' from mandate.reminder_due d), true);
select test.equal('what only the later one owed is withdrawn', test.waiting(), 'olga: A/RES/59/157:9');
update mandate.message set next_try_at = '2006-01-25', lease = 'x', lease_until = '2006-01-25' where state = 'waiting';
update mandate.scheduler set service_at = '2006-01-25';
select test.tick(), test.at('2005-01-20 09:55Z') \g /dev/null
select test.equal('what it put off is tried now', (select count(*) from jsonb_array_elements(test.claim())), 1::bigint);

-- What cannot be planned is said, and keeps nobody else from being told.
select test.at('2005-02-01 09:30Z') \g /dev/null
select test.review('59/157:9', '2005-02-01') \g /dev/null
create function test.spoil() returns trigger language plpgsql as $$ begin raise exception 'spoilt'; end $$;
create trigger spoil before insert on mandate.reminder for each row
	when (new.milestone = 'review' and new.due_on = '2005-02-02') execute function test.spoil();
select test.review('59/157:6', '2005-02-02'), test.at('2005-02-02 09:30Z') \g /dev/null
select test.equal('the others are told', (test.tick()->>'messages')::int > 0, true);
select test.equal('and the administrators hear of it', mandate.reminder_alarms()->>0, 'the reminders of A/RES/59/157:6 could not be planned: spoilt');
select test.equal('as the doctor does', (select c->>'message' from jsonb_array_elements(api.doctor(test.ada(), '{}')->'checks') c where c->>'name' = 'reminders'), 'the reminders of A/RES/59/157:6 could not be planned: spoilt');
drop trigger spoil on mandate.reminder;
select test.at('2005-02-03 09:30Z') \g /dev/null
select test.equal('the next day it is planned', (select (test.tick()->'outbox'->>'faults')), '0');

-- A scheduler that stood still, a channel that fails.
update mandate.scheduler set round_at = clock_timestamp() - interval '3 hours';
select test.tick() \g /dev/null
select test.equal('a round after a long pause is told to the administrators', mandate.reminder_alarms()->>0 like 'no round of reminders ended between % and %; what came due then is told now', true);
update mandate.scheduler set stood_from = null, stood_until = null;
update mandate.message set state = 'sent', sent_at = '2005-01-01' where state = 'waiting';
select test.review('59/157:6', '2005-02-04'), test.at('2005-02-04 09:30Z'), test.tick(), test.claim() \g /dev/null
select test.done('retry', m.message_id) from mandate.message m where m.state = 'waiting' \g /dev/null
select test.equal('a try that failed is no alarm', mandate.reminder_alarms(), '[]');
select test.at('2005-02-04 11:30Z') \g /dev/null
select test.equal('after an hour it is', mandate.reminder_alarms(), '["mail delivers nothing since 2005-02-04 09:30 UTC: 1 message is tried again; the last answer: retry"]');
select test.equal('told elsewhere', mandate.reminder_alarms('mail'), '[]');
select test.equal('and counted', mandate.outbox_state(mandate.now())->'failing', '["mail"]');

-- A report with a file.
select mandate.message_attach(mandate.message_put(p, 'report', '{"on":"2005-02-04","items":[],"alarms":[],"letter":{"subject":"Monthly report","paragraphs":["Here it is."]}}'),
	'report.csv', 'text/csv; charset=utf-8', convert_to('a,b', 'UTF8')) from mandate.officer p where p.login = 'olga' \g /dev/null
select test.equal('goes with its file', (select c->'attachments' from jsonb_array_elements(test.claim()) c where c->'content' ? 'letter'), '[{"name": "report.csv", "type": "text/csv; charset=utf-8", "base64": "YSxi"}]');

-- Rules with a name.
select mandate.load_reminder_rules('[{"before":[30],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14},
	{"name":"close","before":[3,2],"overdue_every":1,"overdue_times":4,"overdue_then":30,"escalate_after":14},
	{"name":"unit","milestone":"deadline","before":[20],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14}]') \g /dev/null
select test.equal('new rules plan everything anew', (select bool_and(d.next_on = '-infinity') from mandate.reminder_due d join mandate.obligation o on o.id = d.obligation_id where o.live), true);
create function test.rule(ref text, milestone text) returns text language sql as $$
	select r.name || ' ' || array_to_string(r.before, ',') from mandate.obligation o cross join lateral mandate.reminder_rule_of(mandate.reminder_rule_names(o), o.kind, milestone) r where o.reference = ref
$$;
select test.equal('without a name, for all', test.rule('A/RES/59/157:9', 'deadline'), ' 30');
select api.unit_add(test.ada(), '{"key":"u1","code":"TOP","name":"Top"}'), api.unit_add(test.ada(), '{"key":"u2","code":"LOW","name":"Low","parent":"TOP"}') \g /dev/null
select api.unit_edit(test.ada(), '{"key":"u3","code":"TOP","remind_rule":"unit"}') \g /dev/null
select api.officer_edit(test.ada(), '{"key":"u4","login":"olga","unit":"LOW"}') \g /dev/null
select test.equal('of a unit above the owner''s', test.rule('A/RES/59/157:9', 'deadline'), 'unit 20');
select test.equal('for what it has a rule for', test.rule('A/RES/59/157:9', 'review'), ' 30');
select api.obligation_edit(test.olga(), '{"key":"u5","ref":"59/157:9","remind_rule":"close"}') \g /dev/null
select test.equal('its own before that', test.rule('A/RES/59/157:9', 'deadline'), 'close 3,2');
select test.equal('it stands in the record', (select u.change from mandate.update u where u.key = 'u5'), '{"remind_rule": "close"}');
select test.equal('and in the plan', (select r->>'rule' from jsonb_array_elements(api.remind_plan(test.olga(), '{"until":"2007-12-31"}')->'rows') r where r->>'milestone' = 'deadline' and r->>'reference' = 'A/RES/59/157:9' limit 1), 'close');
select test.refused('a name that is nowhere', $q$select api.obligation_edit(test.olga(), '{"key":"u6","ref":"59/157:9","remind_rule":"far"}')$q$, 404, 'no_rule');
select test.refused('nor for a unit', $q$select api.unit_edit(test.ada(), '{"key":"u7","code":"LOW","remind_rule":"far"}')$q$, 404, 'no_rule');
select mandate.load_reminder_rules('[{"before":[30],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14}]') \g /dev/null
select test.equal('a name that left the configuration: those for all hold, and the doctor says so', test.rule('A/RES/59/157:9', 'deadline') || (select c->>'message' from jsonb_array_elements(mandate.check_reminders()) c where c->>'name' = 'reminder rules'),
	' 302 obligations and units name rules that the configuration does not have: close, unit; they follow the others');
select api.obligation_edit(test.olga(), '{"key":"u8","ref":"59/157:9","remind_rule":null}') \g /dev/null
select test.equal('taken back', (select o.remind_rule from mandate.obligation o where o.reference = 'A/RES/59/157:9'), null);
