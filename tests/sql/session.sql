-- Sessions: known, computed, set here; what moves when they do.
select test.equal('what the table has is known', mandate.session_state(mandate.session_find('GA', 60)), 'known');
select test.equal('what the table calls computed is', mandate.session_state(mandate.session_find('GA', 61)), 'computed');
select test.equal('what it has not is computed by rule', (select (s.opens_on, s.closes_on, s.basis)::text from mandate.session_find('GA', 86) s),
	'(2031-09-09,2032-09-06,"computed: rule 1 as amended by 75/325")');
select test.equal('the Human Rights Council meets thrice a year', (select array_agg(s.opens_on order by n) from generate_series(34, 37) n, mandate.session_find('HRC', n) s),
	array['2017-03-01', '2017-06-01', '2017-09-01', '2018-03-01']::date[]);
select test.equal('commissions and conferences', (select string_agg(b || ' ' || s.opens_on, ', ' order by b) from
	(values ('CCPCJ', 31), ('CND', 65), ('CSW', 68), ('CSocD', 62), ('StatCom', 55), ('CPD', 57), ('CSTD', 27), ('UNFF', 19), ('COP-UNTOC', 12), ('COSP-UNCAC', 9)) x(b, n),
	mandate.session_find(b, n) s),
	'CCPCJ 2022-05-01, CND 2022-03-01, COP-UNTOC 2024-10-01, COSP-UNCAC 2021-12-01, CPD 2024-04-01, CSTD 2024-04-01, CSW 2024-03-01, CSocD 2024-02-01, StatCom 2024-03-01, UNFF 2024-05-01');
select test.equal('a rule of which only the month is known says so', (mandate.session_find('CND', 67)).basis, 'computed: each year in March; the days are not known');
select test.equal('before a rule holds nothing is computed', (mandate.session_find('CND', 20)).opens_on::text, null);
select test.equal('a list says of each what it rests on', (select string_agg(r->>'number' || ' ' || (r->>'state'), ', ' order by (r->>'number')::int)
	from jsonb_array_elements(api.session_list(test.olga(), '{"body":"ga"}')->'rows') r where (r->>'number')::int in (59, 60, 61, 62)), '59 known, 60 known, 61 computed, 62 computed');
select test.equal('without a body it shows what is near', (select count(*) > 10 and min(r->>'opens_on')::date >= mandate.today() - 366
	from jsonb_array_elements(api.session_list(test.olga(), '{}')->'rows') r), true);
select test.refused('a body that nobody knows', $q$select api.session_list(test.olga(), '{"body":"GAA"}')$q$, 404, 'no_body');

select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select test.equal('what hangs on a session', api.session_show(test.olga(), '{"body":"GA","number":60}')->'obligations', '["A/RES/59/157:9"]');
select test.refused('setting one needs a reason', $q$select api.session_set(test.olga(), '{"key":"s0","body":"GA","number":60,"opens_on":"2005-09-14"}')$q$, 422, 'needs_reason');
select test.refused('and an end behind its beginning', $q$select api.session_set(test.olga(), '{"key":"s0","body":"GA","number":60,"opens_on":"2005-09-14","closes_on":"2005-09-01","reason":"x"}')$q$, 422, 'bad_date');
select test.equal('a session is set here, why and by whom', api.session_set(test.olga(), '{"key":"s1","body":"ga","number":60,"opens_on":"2005-09-20","reason":"A/60/1"}') - '{name,body,number,override_reason}'::text[],
	'{"opens_on":"2005-09-20","closes_on":"2006-09-11","state":"set here","basis":"set here: A/60/1","override_by":{"login":"olga","name":"Olga Officer"},"moved":1,
	"otherwise":{"opens_on":"2005-09-13","closes_on":"2006-09-11","state":"known","basis":"known"}}');
select test.equal('its deadline moves, in the record', (select (u.kind, u.note, u.change->>'due_on')::text from mandate.update u where u.key = 's1'), '(deadline,"the session moved: A/60/1",2005-09-20)');
select test.equal('the session before closes later', (mandate.session_find('GA', 59)).closes_on, '2005-09-19'::date);
select test.equal('the table does not undo what was set here', mandate.load_sessions('[{"body":"GA","number":"60","opens_on":"2005-09-13","closes_on":"2006-09-11","basis":"known"}]'), 0);
select test.equal('it stays', (mandate.session_find('GA', 60)).opens_on, '2005-09-20'::date);
select test.refused('taking it back needs a reason', $q$select api.session_unset(test.olga(), '{"key":"u0","body":"GA","number":60}')$q$, 422, 'needs_reason');
select test.equal('taken back, the table holds again', api.session_unset(test.olga(), '{"key":"u1","body":"GA","number":60,"reason":"a slip"}') - '{name,body,number,override_reason,override_by,otherwise}'::text[],
	'{"opens_on":"2005-09-13","closes_on":"2006-09-11","state":"known","basis":"known","moved":1}');
select test.refused('what was not set here is not taken back', $q$select api.session_unset(test.olga(), '{"key":"u2","body":"GA","number":60,"reason":"x"}')$q$, 409, 'not_set_here');
select test.refused('a session does not open after the next', $q$select api.session_set(test.olga(), '{"key":"s2","body":"GA","number":60,"opens_on":"2015-09-13","reason":"x"}')$q$, 422, 'bad_date');
select test.refused('nor before the last', $q$select api.session_set(test.olga(), '{"key":"s2","body":"GA","number":60,"opens_on":"2004-09-14","reason":"x"}')$q$, 422, 'bad_date');
select test.refused('a viewer sets nothing', $q$select api.session_set('{"uid":3}', '{"key":"s2","body":"GA","number":60,"opens_on":"2005-09-14","reason":"x"}')$q$, 403, 'role_too_small');

select test.equal('a session of the next moves the end in law', api.session_set(test.olga(), '{"key":"s3","body":"GA","number":61,"opens_on":"2006-09-19","reason":"x"}')->>'moved', '1');
select test.equal('to the day before', test.show('59/157:9')->>'legal_end', '2006-09-18');
select test.equal('when the table changes the deadline moves', mandate.load_sessions('[{"body":"GA","number":"60","opens_on":"2005-09-12","closes_on":"","basis":"known"}]'), 1);
select test.equal('in the name of the daemon', (select (o.login, u.note, u.change->>'due_on')::text from mandate.update u join mandate.officer o on o.id = u.officer_id
	order by u.recorded_at desc, u.n desc limit 1), '(mandated,"the session moved: the table of sessions has changed",2005-09-12)');
select test.equal('the same table again moves nothing', mandate.load_sessions('[{"body":"GA","number":"60","opens_on":"2005-09-12","closes_on":"","basis":"known"}]'), 0);
select test.equal('what only stood here goes with its override', (select array[a->>'state', b->>'state', b->>'opens_on'] from
	api.session_set(test.olga(), '{"key":"s4","body":"CND","number":67,"opens_on":"2024-03-14","closes_on":"2024-03-22","reason":"x"}') a,
	api.session_unset(test.olga(), '{"key":"u4","body":"CND","number":67,"reason":"x"}') b), array['set here', 'computed', '2024-03-01']);
select test.equal('one whose days are known keeps its length', (select r->>'closes_on' from api.session_set(test.olga(), '{"key":"s6","body":"HRC","number":1,"opens_on":"2006-06-20","reason":"x"}') r), null);
select mandate.load_sessions('[{"body":"HRC","number":"34","opens_on":"2017-02-27","closes_on":"2017-03-24","basis":"known"}]') \g /dev/null
select test.equal('which the table has', (select r->>'closes_on' from api.session_set(test.olga(), '{"key":"s7","body":"HRC","number":34,"opens_on":"2017-02-28","reason":"x"}') r), '2017-03-25');
select test.refused('nobody is mandated', $q$select api.officer_edit(test.ada(), '{"key":"o","login":"mandated","active":true}')$q$, 422, 'bad_officer');
select test.refused('nor has its user number', $q$select api.officer_edit(test.ada(), '{"key":"o","login":"mandated","uid":77}')$q$, 422, 'bad_officer');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
