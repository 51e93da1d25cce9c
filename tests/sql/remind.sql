-- Reminders: what is owed, once, to whom, and what is not.
select mandate.load_reminder_rules('[{"before":[90,30,7,1,0],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14},
	{"kind":"reporting","milestone":"slot","before":[28,14,7,1,0],"overdue_every":7,"overdue_times":4,"overdue_then":30,"escalate_after":14}]') \g /dev/null
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select api.assignment_write(test.olga(), '{"key":"o","references":["59/157:9"],"owner":"olga"}') \g /dev/null
update mandate.officer set mail = login || '@example.org';
create function test.wanted(ref text, until date, today date) returns text language sql as $$
	select string_agg(w.send_on || ' ' || w.milestone || ' ' || w.step || ' ' || p.login, ', ' order by w.send_on, w.due_on, w.days desc, p.login)
	from mandate.obligation o cross join lateral mandate.reminder_wanted(o, until, today) w join mandate.officer p on p.id = w.officer_id
	where o.reference = ref
$$;
create function test.day(d date) returns text language sql as $$
	select set_config('mandate.clock_offset', (d + time '09:30' - now() at time zone 'utc')::text, true)
$$;
select test.equal('working days go back before a day', array[mandate.working_day('2005-09-10', -1), mandate.working_day('2005-09-11', 1), mandate.working_day('2005-09-13', 1)], array['2005-09-09', '2005-09-12', '2005-09-13']::date[]);
insert into mandate.holiday values ('2005-09-12', 'test');
select test.equal('and over holidays', array[mandate.working_day('2005-09-12', -1), mandate.working_day('2005-09-11', 1)], array['2005-09-09', '2005-09-13']::date[]);
delete from mandate.holiday;
select test.equal('a slot has its own rule, weekends are passed over', (select string_agg(x, ', ') from regexp_split_to_table(test.wanted('A/RES/59/157:9', '2005-07-05', '2005-06-01'), ', ') x where x like '% slot %'),
	'2005-06-07 slot 28 days before olga, 2005-06-21 slot 14 days before olga, 2005-06-28 slot 7 days before olga, 2005-07-04 slot 1 day before olga, 2005-07-05 slot 0 days before olga');
select test.equal('overdue until the next step takes over', (select string_agg(x, ', ') from regexp_split_to_table(test.wanted('A/RES/59/157:9', '2006-02-01', '2005-06-01'), ', ') x where x like '%overdue%'),
	'2005-05-12 forecast 58 days overdue olga, 2005-06-14 forecast_confirmed 7 days overdue olga, 2005-06-28 clearance 7 days overdue olga, 2005-07-12 slot 7 days overdue olga, 2005-07-19 slot 14 days overdue olga, ' ||
	'2005-07-26 slot 21 days overdue olga, 2005-08-09 issuance 7 days overdue olga, 2005-08-16 issuance 14 days overdue olga, 2005-08-23 issuance 21 days overdue olga, ' ||
	'2005-08-30 issuance 28 days overdue olga, 2005-09-29 issuance 58 days overdue olga, 2005-10-31 issuance 88 days overdue olga, 2005-11-28 issuance 118 days overdue olga, ' ||
	'2005-12-28 issuance 148 days overdue olga, 2006-01-09 deadline 7 days overdue olga, 2006-01-16 deadline 14 days overdue olga, 2006-01-23 deadline 21 days overdue olga, 2006-01-30 deadline 28 days overdue olga');
select test.equal('after years off one notice for each milestone and not thirty', (select count(*) from mandate.obligation o cross join lateral mandate.reminder_wanted(o, '2026-01-01', '2026-01-01') w where o.reference = 'A/RES/59/157:9'), 1::bigint);
select test.equal('nobody owns it: the administrators', (select string_agg(distinct p.login, ' ') from mandate.obligation o cross join lateral mandate.reminder_people(o, '2005-06-01', false) w join mandate.officer p on p.id = w.officer_id where o.reference = 'A/RES/59/157:6'), 'ada');
update mandate.officer p set supervisor = (select id from mandate.officer where login = 'clara') where p.login = 'olga';
select test.equal('long overdue the supervisor too', (select string_agg(p.login || ' ' || w.part, ', ' order by p.login) from mandate.obligation o cross join lateral mandate.reminder_people(o, '2005-06-01', true) w join mandate.officer p on p.id = w.officer_id where o.reference = 'A/RES/59/157:9'), 'clara supervisor, olga owner');
select test.day('2005-06-21') \g /dev/null
create function test.tick() returns jsonb language sql as $$ select api.remind_tick('{"service":true}', '{"limit":100}') $$;
create function test.olga_told() returns bigint language plpgsql as $$
declare
	was bigint := (select count(*) from mandate.message m where m.officer_id = test.olga_id());
begin
	perform test.tick();
	return (select count(*) from mandate.message m where m.officer_id = test.olga_id()) - was;
end
$$;
select test.refused('only the service may', $q$select api.remind_tick(test.ada(), '{}')$q$, 403, 'role_too_small');
select test.equal('what is due becomes one message', (test.tick() - 'outbox' - 'planned'), '{"owed": 3, "messages": 1, "more": false, "reports": 0}');
select test.equal('once', (test.tick() - 'outbox') || jsonb_build_object('waiting', test.tick()->'outbox'->'waiting'), '{"planned": 0, "owed": 0, "messages": 0, "more": false, "reports": 0, "waiting": 1}');
select test.equal('it says what, when, why', (select (i->>'milestone') || ' ' || (i->>'days') || ' ' || (i->>'step') from mandate.message m, jsonb_array_elements(m.content::jsonb->'items') i where i->>'milestone' = 'clearance'), 'clearance 0 0 days before');
create temporary table claimed as select api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w1"}')::jsonb as j;
select test.equal('a claim leases it', jsonb_array_length((select j->'rows' from claimed)), 1);
select test.equal('to one worker', api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w2"}')::jsonb->'rows', '[]');
select test.equal('another cannot end it', api.outbox_done('{"service":true}', jsonb_build_object('id', (select j->'rows'->0->'id' from claimed), 'worker', 'w2', 'outcome', 'sent', 'answer', 'no'))->>'state', null);
select test.equal('a failed try waits', api.outbox_done('{"service":true}', jsonb_build_object('id', (select j->'rows'->0->'id' from claimed), 'worker', 'w1', 'outcome', 'retry', 'answer', '451 later'))->>'state', 'waiting');
select test.equal('and is not tried at once', api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w1"}')::jsonb->'rows', '[]');
select set_config('mandate.clock_offset', (current_setting('mandate.clock_offset')::interval + interval '2 minutes')::text, true) \g /dev/null
select test.equal('later it is, under the same name', (select r->>'message_id' from jsonb_array_elements(api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w3"}')::jsonb->'rows') r), (select j->'rows'->0->>'message_id' from claimed));
select test.equal('and is sent', api.outbox_done('{"service":true}', jsonb_build_object('id', (select j->'rows'->0->'id' from claimed), 'worker', 'w3', 'outcome', 'sent', 'answer', '250 ok'))->>'state', 'sent');
select test.day('2005-06-28') \g /dev/null
select api.milestone_write(test.olga(), '{"key":"m","ref":"59/157:9","name":"slot","done_on":"2005-06-28"}') \g /dev/null
select test.equal('what was answered is not owed', (test.tick()->>'messages'), '0');
select test.day('2005-06-27') \g /dev/null
select test.equal('a clock that goes back tells nothing twice', (test.tick()->>'messages'), '0');
select test.day('2005-07-26') \g /dev/null
select test.equal('the next step', (test.tick()->>'messages'), '1');
select test.equal('is issuance', (select string_agg((i->>'milestone') || ' ' || (i->>'step'), ', ') from mandate.message m, jsonb_array_elements(m.content::jsonb->'items') i where m.id = (select max(id) from mandate.message)), 'issuance 7 days before');
select api.remind_answer(test.olga(), '{"key":"q1","ref":"59/157:9","answer":"snooze","until":"2005-08-02"}') \g /dev/null
select test.day('2005-08-01') \g /dev/null
select test.equal('snoozed, nothing is told', (test.tick()->>'messages'), '0');
select test.day('2005-08-02') \g /dev/null
select test.equal('until its day', (test.tick()->>'messages'), '1');
select api.remind_answer(test.olga(), '{"key":"q2","ref":"59/157:9","answer":"ack"}') \g /dev/null
select test.day('2005-08-09') \g /dev/null
select test.equal('acknowledged, that step is not repeated', (test.tick()->>'messages'), '0');
select test.refused('muting needs a reason', $q$select api.remind_answer(test.olga(), '{"key":"q3","ref":"59/157:9","answer":"mute"}')$q$, 422, 'needs_reason');
select test.refused('putting off needs a day to come', $q$select api.remind_answer(test.olga(), '{"key":"q4","ref":"59/157:9","answer":"snooze","until":"2005-08-01"}')$q$, 422, 'bad_date');
select test.refused('what was not told is not acknowledged', $q$select api.remind_answer(test.olga(), '{"key":"q5","ref":"59/157:6","answer":"ack"}')$q$, 422, 'nothing_told');
select test.day('2005-12-30') \g /dev/null
update mandate.officer set work_from = '10:00' where login = 'olga';
select test.equal('not before working hours', test.olga_told(), 0::bigint);
update mandate.officer set work_from = '08:00', time_zone = 'Pacific/Auckland' where login = 'olga';
select test.equal('nor when it is night where the person is', test.olga_told(), 0::bigint);
update mandate.officer set time_zone = 'UTC', digest = 'weekly' where login = 'olga';
select test.equal('a weekly digest comes once a week', (select array_agg(test.olga_told()) from generate_series(1, 2)), array[1, 0]::bigint[]);
-- What was tried stays as it is, whatever becomes of the person's address.
select api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w5"}') \g /dev/null
update mandate.officer set mail = null where login = 'olga';
select test.day('2006-01-31') \g /dev/null
select test.equal('without an address nothing is sent', test.olga_told(), 0::bigint);
select test.equal('and that is said', mandate.reminder_alarms()->>0, 'Olga Officer has 1 reminder waiting and no address');
-- What the daemon asks for, what administrators set.
update mandate.officer set mail = login || '@example.org', digest = 'daily' where login = 'olga';
select test.equal('what is due on a channel that does not work here stays due, and is counted', api.remind_tick('{"service":true}', '{"channels":["inbox"]}') - '{outbox,planned}'::text[],
	'{"owed": 0, "messages": 0, "more": false, "reports": 0, "unserved": {"mail": 1}}');
select test.equal('until it does', test.olga_told(), 1::bigint);
select test.equal('its messages are not claimed either', api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w","channels":["webhook"]}')::jsonb->'rows', '[]');
select test.equal('an item says why and to whom in parts', (select (i->>'part') || ': ' || (i->>'because') || ', to the ' || (i->>'to') from mandate.message m, jsonb_array_elements(m.content::jsonb->'items') i order by m.id desc limit 1),
	'owner: sixtieth session of the General Assembly: opens 13 September 2005 (known); customary end of the main part 31 December 2005; the session ends in law on 11 September 2006, to the General Assembly');
select api.outbox_claim('{"service":true}', '{"limit":100,"seconds":60,"worker":"w9"}')::jsonb \g /dev/null
select api.outbox_done('{"service":true}', jsonb_build_object('id', m.id, 'worker', 'w9', 'outcome', 'failed', 'answer', '550 gone')) from mandate.message m where m.lease = 'w9' \g /dev/null
select test.day('2006-02-01') \g /dev/null
select test.equal('that messages failed is told to the administrators, though nothing is owed to them', test.tick()->>'messages', '1');
select test.equal('once a day', test.tick()->>'messages', '0');
select test.equal('in words', (select m.content::jsonb->'items' || (m.content::jsonb->'alarms') from mandate.message m order by m.id desc limit 1), '["3 messages of the last week could not be delivered; the last, to Olga Officer: 550 gone"]');
select test.equal('an administrator sets how a person is told', api.officer_edit(test.ada(), '{"key":"r1","login":"olga","time_zone":"Europe/Vienna","digest":"weekly","work_from":"9:00","work_until":"17:30","channel":"webhook","webhook_url":"https://example.org/x","supervisor":"clara","daily_cap":1}') - '{login,name,role,mail,uid,unit,active,away}'::text[],
	'{"time_zone":"Europe/Vienna","digest":"weekly","work_from":"09:00","work_until":"17:30","channel":"webhook","supervisor":"clara","daily_cap":1}');
select test.refused('no such time zone', $q$select api.officer_edit(test.ada(), '{"key":"r2","login":"olga","time_zone":"Mars/Olympus"}')$q$, 422, 'bad_officer');
select test.refused('no time to be told', $q$select api.officer_edit(test.ada(), '{"key":"r3","login":"olga","work_from":"18:00"}')$q$, 422, 'bad_officer');
select test.refused('no hour', $q$select api.officer_edit(test.ada(), '{"key":"r4","login":"olga","work_from":"morning"}')$q$, 422, 'bad_officer');
select test.refused('nobody is the own supervisor', $q$select api.officer_edit(test.ada(), '{"key":"r5","login":"olga","supervisor":"olga"}')$q$, 422, 'bad_officer');
select test.refused('a supervisor is an officer', $q$select api.officer_edit(test.ada(), '{"key":"r6","login":"olga","supervisor":"zeus"}')$q$, 404, 'no_officer');
select test.refused('a webhook is an address', $q$select api.officer_edit(test.ada(), '{"key":"r7","login":"olga","webhook_url":"ftp://x"}')$q$, 422, 'bad_officer');
select test.refused('who is told by webhook has one', $q$select api.officer_edit(test.ada(), '{"key":"r8","login":"olga","webhook_url":null}')$q$, 422, 'bad_officer');
select test.tick() \g /dev/null
select test.equal('nothing waits to be planned anew', (select count(*) from mandate.reminder_due where next_on = '-infinity'), 0::bigint);
select api.officer_edit(test.ada(), '{"key":"r9","login":"clara","active":false}') \g /dev/null
select test.equal('a person who follows nothing leaves, and nothing changes', (select count(*) from mandate.reminder_due where next_on = '-infinity'), 0::bigint);
update mandate.officer set active = false where login = 'olga';
select test.equal('the owner leaves: what was followed is planned anew', (select string_agg(o.reference, ' ') from mandate.reminder_due d join mandate.obligation o on o.id = d.obligation_id where d.next_on = '-infinity'), 'A/RES/59/157:9');
select api.holiday_add(test.ada(), '{"key":"h1","on":"2006-02-03","name":"Rest"}') \g /dev/null
select test.equal('a holiday is planned around', (select count(*) from mandate.reminder_due where next_on > '-infinity'), 0::bigint);
select test.equal('it stands in the list', api.holiday_list(test.olga() - 'uid' || '{"uid":3}', '{}')->'rows', '[{"on": "2006-02-03", "name": "Rest"}]');
select test.refused('only an administrator adds one', $q$select api.holiday_add('{"uid":3}', '{"key":"h2","on":"2006-02-04","name":"x"}')$q$, 403, 'role_too_small');
select test.equal('it is taken away', api.holiday_remove(test.ada(), '{"key":"h3","on":"2006-02-03"}')->>'removed', 'true');
select test.refused('once', $q$select api.holiday_remove(test.ada(), '{"key":"h4","on":"2006-02-03"}')$q$, 404, 'no_holiday');
-- What comes due together is told together, however many rounds its planning takes.
update mandate.officer set mail = login || '@example.org', digest = 'daily', time_zone = 'UTC', channel = 'mail', work_from = '08:00', active = true where login = 'olga';
select test.day('2006-02-27') \g /dev/null
update mandate.reminder_due set next_on = '-infinity';
select test.equal('a round that has more to plan tells nothing', (select (j->>'messages') || ' ' || (j->>'more') from (select api.remind_tick('{"service":true}', '{"limit":1}') as j) x), '0 true');
select test.equal('the last one tells all', (select sum((api.remind_tick('{"service":true}', '{"limit":1}')->>'messages')::int) > 0 from generate_series(1, (select count(*) from mandate.reminder_due))), true);
-- Who acts for an owner is asked for each step, and not of every officer of the house: with 250 of them a round took half a minute.
create temp table crowd as select i from generate_series(1, 60) i;
insert into mandate.officer (login, name, role, created_at) select 'crowd' || i, 'Crowd ' || i, 'officer', now() from crowd;
set track_functions = 'all';
select mandate.reminders_plan(array(select d.obligation_id from mandate.reminder_due d order by 1 limit 5), mandate.today()) \g /dev/null
select test.equal('a crowd of officers costs nothing', (select coalesce(sum(f.calls), 0) < 300 from pg_stat_xact_user_functions f where f.funcname = 'acting_owner'), true);
