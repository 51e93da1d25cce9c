-- Reports that are sent by themselves: each period once, whatever happens on the way.
select set_config('mandate.clock_offset', (timestamptz '2005-01-03 09:30Z' - now())::text, true), test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"adopt","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
insert into mandate.officer (login, name, role, uid, mail, created_at) values ('hans', 'Hans Head', 'viewer', 5, 'hans@example.org', now());
update mandate.officer set mail = login || '@example.org' where login in ('ada', 'olga', 'clara');

create function test.at(t timestamptz) returns text language sql as $$
	select set_config('mandate.clock_offset', (t - now())::text, true)
$$;
create function test.vera() returns jsonb language sql as $$ select '{"uid":3}'::jsonb $$;
create function test.hans() returns jsonb language sql as $$ select '{"uid":5}'::jsonb $$;
create function test.add(request jsonb) returns jsonb language sql as $$
	select api.report_schedule_add(test.olga(), '{"name":"status","every":"monthly","to":["hans"],"format":"csv"}' || jsonb_build_object('key', gen_random_uuid()) || request)
$$;
create function test.add_sql(request jsonb) returns text language sql as $$ select format('select test.add(%L)', request) $$;
create function test.claim(worker text default 'w') returns jsonb language sql as $$
	select api.report_schedule_claim('{"service":true}', jsonb_build_object('worker', worker))->'schedule'
$$;
create function test.page(id int, worker text default 'w', cursor jsonb default null) returns text language sql as $$
	select api.report_schedule_page('{"service":true}', jsonb_strip_nulls(jsonb_build_object('id', id, 'worker', worker, 'cursor', cursor)))
$$;
create function test.done(id int, more jsonb, worker text default 'w') returns jsonb language sql as $$
	select api.report_schedule_done('{"service":true}', jsonb_build_object('id', id, 'worker', worker) || more)
$$;
create function test.made(id int, worker text default 'w') returns jsonb language sql as $$
	select test.done(id, '{"outcome":"made","file":"status.csv","type":"text/csv; charset=utf-8","base64":"YSxi"}', worker)
$$;
create function test.rows() returns text language sql as $$
	select string_agg(format('%s %s %s', p.login, m.content::jsonb->'letter'->>'subject', coalesce(convert_from(a.bytes, 'UTF8'), '-')), '; ' order by m.id)
	from mandate.message m join mandate.officer p on p.id = m.officer_id left join mandate.attachment a on a.message_id = m.id where m.kind = 'report'
$$;
create function test.next(of_id int) returns text language sql as $$
	select r->>'next_on' from jsonb_array_elements(api.report_schedule_list(test.hans(), '{}')->'rows') r where (r->>'id')::int = of_id
$$;

-- When.
select test.equal('a week begins on Monday', array[mandate.schedule_day('weekly', '2005-06-05'), mandate.schedule_day('weekly', '2005-06-06'), mandate.schedule_day('weekly', '2005-06-12')],
	array['2005-06-06', '2005-06-13', '2005-06-13']::date[]);
select test.equal('a month on its first day', array[mandate.schedule_day('monthly', '2005-12-31'), mandate.schedule_day('monthly', '2005-02-01')], array['2006-01-01', '2005-03-01']::date[]);
select test.equal('a quarter in January, April, July and October', array[mandate.schedule_day('quarterly', '2005-01-01'), mandate.schedule_day('quarterly', '2005-06-30'), mandate.schedule_day('quarterly', '2005-12-31')],
	array['2005-04-01', '2005-07-01', '2006-01-01']::date[]);

-- What is refused is refused now.
select test.at('2005-06-10 09:00Z') \g /dev/null
select test.refused('a report that there is not', test.add_sql('{"name":"gossip"}'), 404, 'no_report');
select test.refused('one of a treaty, without one', test.add_sql('{"name":"ratification"}'), 422, 'bad_subject');
select test.refused('one that is not grouped so', test.add_sql('{"group":"colour"}'), 422, 'bad_group');
select test.refused('an unknown rhythm', test.add_sql('{"every":"daily"}'), 422, 'bad_schedule');
select test.refused('an unknown person', test.add_sql('{"to":["hans","nobody"]}'), 404, 'no_officer');
select test.refused('nobody', test.add_sql('{"to":[]}'), 422, 'bad_officer');
select test.refused('a person without an address', test.add_sql('{"to":["hans","vera"]}'), 422, 'officer_unreachable');
update mandate.officer set channel = 'inbox' where login = 'clara';
select test.refused('an inbox, which takes no files', test.add_sql('{"to":["clara"]}'), 422, 'officer_unreachable');
update mandate.officer set channel = 'mail', active = false where login = 'clara';
select test.refused('who has left', test.add_sql('{"to":["clara"]}'), 422, 'officer_unreachable');
update mandate.officer set active = true where login = 'clara';
select test.refused('a viewer sends nothing to others', $q$select api.report_schedule_add(test.hans(), '{"key":"v","name":"status","every":"weekly","to":["hans"],"format":"csv"}')$q$, 403, 'role_too_small');
select test.refused('nobody but the service claims', $q$select api.report_schedule_claim(test.ada(), '{"worker":"w"}')$q$, 403, 'role_too_small');
select test.refused('nor makes', $q$select api.report_schedule_page(test.ada(), '{"worker":"w","id":1}')$q$, 403, 'role_too_small');
select test.refused('nor tells', $q$select api.report_schedule_done(test.ada(), '{"worker":"w","id":1,"outcome":"made"}')$q$, 403, 'role_too_small');
select test.equal('nothing of it is there', (select count(*) from mandate.report_schedule), 0::bigint);

-- Scheduled, and once with one key.
create temporary table monthly as select api.report_schedule_add(test.olga(), '{"key":"m","name":"status","every":"monthly","to":["hans","me"],"format":"csv","filter":[{"field":"symbol","op":"=","value":"59/157"}],"filter_words":"symbol:59/157"}') as said;
select test.equal('again with its key', api.report_schedule_add(test.olga(), '{"key":"m","name":"status","every":"monthly","to":["hans","me"],"format":"csv","filter":[{"field":"symbol","op":"=","value":"59/157"}],"filter_words":"symbol:59/157"}'), said) from monthly;
select test.equal('one', (select count(*) from mandate.report_schedule), 1::bigint);
create function test.monthly() returns int language sql as $$ select (said->>'id')::int from monthly $$;
select test.equal('to whom', (select said->'to' from monthly), '["hans", "olga"]');
select test.equal('on the first of the month', test.next(test.monthly()), '2005-07-01');
select test.equal('not before', test.claim(), 'null');
select api.holiday_add(test.ada(), '{"key":"h","on":"2005-07-01","name":"a holiday"}') \g /dev/null
select test.equal('a holiday moves it past the week-end', test.next(test.monthly()), '2005-07-04');
select test.at('2005-07-01 09:00Z') \g /dev/null
select test.equal('so it is not due on the holiday', test.claim(), 'null');
select test.at('2005-07-03 09:00Z') \g /dev/null
select test.equal('nor on Sunday', test.claim(), 'null');

-- Made, by one.
select test.at('2005-07-04 00:10Z') \g /dev/null
select test.equal('the round says so', api.remind_tick('{"service":true}', '{"limit":100}')->>'reports', '1');
select test.equal('as of the day before', test.claim()->>'as_of', '2005-07-03');
create temporary table begun as select known_at from mandate.report_schedule;
select test.equal('nobody else has it', test.claim('other'), 'null');
select test.equal('who asks again has it again', (test.claim()->>'id')::int, test.monthly());
select test.refused('a page is for who makes it', format('select test.page(%s, ''other'')', test.monthly()), 409, 'lease_lost');
create temporary table first_page as select split_part(test.page(test.monthly()), E'\n', 1)::jsonb as head;
select test.equal('of that day', (select head->>'as_of' from first_page), '2005-07-03');
select test.equal('at that time', (select head->>'known_at' from first_page), (select mandate.time_text(known_at) from begun));
select test.equal('of what the filter finds', (select head->>'filter' from first_page), 'symbol:59/157');
select test.equal('it is the report that anybody may ask for', (select head from first_page), (select split_part(api.report_page(test.hans(), jsonb_build_object('name', 'status', 'filter', '[{"field":"symbol","op":"=","value":"59/157"}]'::jsonb,
	'filter_words', 'symbol:59/157', 'as_of', '2005-07-03', 'known_at', mandate.time_text(known_at))), E'\n', 1)::jsonb from begun));

-- A worker that is killed: after the lease another makes the same.
select test.at('2005-07-04 00:24Z') \g /dev/null
select test.equal('within the lease nobody else', test.claim('other'), 'null');
select test.at('2005-07-04 00:26Z') \g /dev/null
select test.equal('after it, another', test.claim('other')->>'as_of', '2005-07-03');
select test.equal('the same', (select s.known_at from mandate.report_schedule s), (select known_at from begun));
select test.equal('what comes too late is nothing', test.made(test.monthly()), '{"messages": 0, "recorded": false}');
select test.equal('really', test.rows(), null);
select test.equal('given back, it is free at once', test.done(test.monthly(), '{"outcome":"back"}', 'other')->>'recorded' || coalesce(test.claim()->>'id', ''), 'true' || test.monthly());
select test.equal('and still the same', (select s.known_at from mandate.report_schedule s), (select known_at from begun));
select test.equal('made', test.made(test.monthly()), '{"messages": 2, "recorded": true}');
select test.equal('each has it once', test.rows(), 'olga Status of follow-up, as of 3 July 2005 a,b; hans Status of follow-up, as of 3 July 2005 a,b');
select test.equal('said twice it is there once', test.made(test.monthly())->>'recorded', 'false');
select test.equal('and not claimed again', test.claim(), 'null');
select test.equal('the next is in August', test.next(test.monthly()), '2005-08-01');
select test.equal('the letter says what, when and how to stop it', (select m.content::jsonb->'letter'->'paragraphs' from mandate.message m join mandate.officer p on p.id = m.officer_id where p.login = 'hans'),
	(select jsonb_build_array('Here is the monthly report "Status of follow-up", of what this filter finds: symbol:59/157, as of the end of 3 July 2005, from what was recorded by '
		|| to_char(known_at at time zone 'utc', 'YYYY-MM-DD HH24:MI') || ' UTC. It is in the attached file status.csv.',
		'This makes the same report again:', jsonb_build_object('command', 'mandate report status symbol:59/157 --as-of 2005-07-03 --known-at ' || mandate.time_text(known_at) || ' --format csv'),
		'Olga Officer has scheduled it. To stop it for yourself:', jsonb_build_object('command', 'mandate report unschedule ' || test.monthly())) from begun));
update mandate.officer set mail = 'hans@new.example.org' where login = 'hans';
select test.equal('it goes where the person is now, as it is', (select concat_ws(' ', m.content::jsonb->'person'->>'mail', m.content::jsonb->'letter'->>'subject', m.stale, count(a.*))
	from mandate.message m join mandate.officer p on p.id = m.officer_id and p.login = 'hans' join mandate.attachment a on a.message_id = m.id group by m.id),
	'hans@new.example.org Status of follow-up, as of 3 July 2005 f 1');
update mandate.officer set channel = 'inbox' where login = 'hans';
select test.equal('but not into an inbox, which takes no files', (select m.channel from mandate.message m join mandate.officer p on p.id = m.officer_id where p.login = 'hans'), 'mail');
update mandate.officer set channel = 'mail', mail = 'hans@example.org' where login = 'hans';
select test.equal('an outbox as any other', (select count(*) from jsonb_array_elements(api.outbox_claim('{"service":true}', '{"limit":10,"seconds":60,"worker":"w"}')::jsonb->'rows') c where jsonb_array_length(c->'attachments') = 1), 1::bigint);

-- Off for months: one, as of yesterday; and also where it was begun before.
select test.at('2005-12-05 09:00Z') \g /dev/null
select test.equal('as of yesterday', test.claim()->>'as_of', '2005-12-04');
select test.at('2006-03-06 09:00Z') \g /dev/null
select test.equal('one that was begun long ago is begun anew', test.claim('late')->>'as_of', '2006-03-05');
select test.equal('made', test.made(test.monthly(), 'late')->>'messages', '2');
select test.equal('one', test.claim('late'), 'null');
select test.equal('then the next month', test.next(test.monthly()), '2006-04-03');

-- What changes is told since the one before.
update mandate.report_schedule set asked = asked || '{"name":"changes"}';
select test.at('2006-04-03 09:00Z'), test.claim() \g /dev/null
select test.equal('since the last', split_part(test.page(test.monthly()), E'\n', 1)::jsonb->>'since', '2006-03-05');
select test.equal('the command, too', (select mandate.schedule_command(s) like 'mandate report changes symbol:59/157 --since 2006-03-05 --as-of 2006-04-02 %' from mandate.report_schedule s), true);

-- What cannot be made, or not be sent, is said.
select test.done(test.monthly(), '{"outcome":"failed","why":"no paper"}') \g /dev/null
select test.equal('not at once again', test.claim(), 'null');
create function test.doctor() returns jsonb language sql as $$ select c from jsonb_array_elements(api.doctor(test.ada(), '{}')->'checks') c where c->>'name' = 'scheduled reports' $$;
select test.equal('the doctor says why', test.doctor()->>'message', format('report %s (changes): no paper', test.monthly()));
select test.at('2006-04-03 10:01Z') \g /dev/null
select test.equal('after an hour again', test.claim()->>'as_of', '2006-04-02');
update mandate.officer set mail = null where login = 'hans';
select test.equal('to who has an address', test.made(test.monthly())->>'messages', '1');
select test.equal('who has none is named', test.doctor()->>'message', format('report %s (changes): the last one could not be sent to hans, without an address', test.monthly()));
update mandate.officer set mail = 'hans@example.org' where login = 'hans';
select test.at('2006-05-02 09:00Z'), test.claim() \g /dev/null
update mandate.officer set active = false where login = 'olga';
select test.refused('nothing is made in the name of who has left', format('select test.page(%s)', test.monthly()), 422, 'officer_unreachable');
update mandate.officer set active = true where login = 'olga';
select test.equal('too large a one goes as words', test.done(test.monthly(), '{"outcome":"too_big","file":"status.csv"}')->>'messages', '2');
select test.equal('with the command that makes it', (select m.content::jsonb->'letter'->'paragraphs'->>1 || (m.content::jsonb->'letter'->'paragraphs'->2->>'command') like 'It is too large to be sent by mail. This makes it:mandate report changes % --output status.csv' from mandate.message m order by m.id desc limit 1), true);
select test.equal('without a file', (select count(*) from mandate.attachment a where a.message_id = (select max(m.id) from mandate.message m)), 0::bigint);
select test.equal('and the doctor is content', test.doctor(), '{"ok": true, "name": "scheduled reports", "message": "1 report is sent by the service"}');

-- A clock that goes back.
update mandate.scheduler set service_at = '2006-05-02';
select test.at('2005-09-07 09:00Z'), api.remind_tick('{"service":true}', '{"limit":100}') \g /dev/null
select test.equal('its next day is near again', test.next(test.monthly()), '2005-10-03');

-- The end.
select test.refused('who neither sent nor gets it', format($q$select api.report_schedule_remove('{"uid":4}', '{"key":"c","id":%s}')$q$, test.monthly()), 403, 'role_too_small');
select test.equal('who gets it ends it for himself', api.report_schedule_remove(test.hans(), jsonb_build_object('key', 'r', 'id', test.monthly()))->'to', '["olga"]');
select test.equal('who sent it, for all', api.report_schedule_remove(test.olga(), jsonb_build_object('key', 'r', 'id', test.monthly()))->>'ended', 'true');
select test.equal('it is gone', (select count(*) from mandate.report_schedule), 0::bigint);
select test.refused('twice', format($q$select api.report_schedule_remove(test.olga(), '{"key":"r2","id":%s}')$q$, test.monthly()), 404, 'no_schedule');
select test.equal('the last of those who get it ends it', (select api.report_schedule_remove(test.hans(), jsonb_build_object('key', 'r3', 'id', test.add('{}')->'id'))->>'ended'), 'true');
select test.equal('an administrator may', (select api.report_schedule_remove(test.ada(), jsonb_build_object('key', 'r4', 'id', test.add('{"subject":null}')->'id'))->>'ended'), 'true');
select test.equal('words as a shell takes them', mandate.shell_word('kind:reporting ("it''s so")'), '''kind:reporting ("it''\''''s so")''');
select test.equal('a reference with a blank is one word', mandate.shell_word('59/157:3 bis'), '''59/157:3 bis''');
select test.equal('a filter is as many as were typed', mandate.shell_words('crime due:<2006-01-01 "it''s so"'), 'crime ''due:<2006-01-01'' ''"it''\''''s'' ''so"''');
select test.add('{"name":"dossier","subject":"59/157:9","filter":[],"filter_words":"","group":null}') \g /dev/null
update mandate.report_schedule s set as_of = '2006-01-01', known_at = '2006-01-01 00:00Z', asked = s.asked || '{"subject":"A/RES/59/157:9 bis"}' where s.asked->>'name' = 'dossier';
select test.equal('so the command finds it', (select mandate.schedule_command(s) like 'mandate report dossier ''A/RES/59/157:9 bis'' --as-of %' from mandate.report_schedule s where s.asked->>'name' = 'dossier'), true);
