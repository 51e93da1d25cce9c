-- The calendar: milestones, deadlines and reviews between two days.
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
create function test.calendar(more jsonb) returns text language sql as $$
	select coalesce(string_agg((r->>'on') || ' ' || (r->>'event') || ' ' || split_part(r->>'reference', ':', 2) || case when (r->>'done')::boolean then ' done' when (r->>'missed')::boolean then ' missed' else '' end, ', ' order by n), '')
	from jsonb_array_elements(api.calendar(test.olga(), more)->'rows') with ordinality x(r, n)
$$;
select api.obligation_edit(test.olga(), '{"key":"e","ref":"59/157:6","review_on":"2005-09-01"}') \g /dev/null
select test.equal('a season', test.calendar('{"from":"2005-06-01","until":"2005-12-31"}'),
	'2005-06-07 forecast_confirmed 9 missed, 2005-06-21 clearance 9 missed, 2005-07-05 slot 9 missed, 2005-08-02 issuance 9 missed, 2005-09-01 review 6 missed, 2005-09-13 consideration 9 missed, 2005-12-31 deadline 9 missed');
select api.milestone_write(test.olga(), '{"key":"m","ref":"59/157:9","name":"slot","done_on":"2005-07-04"}') \g /dev/null
select test.equal('what was done stands on its day, what it passed is gone', test.calendar('{"from":"2005-06-01","until":"2005-08-31"}'),
	'2005-07-04 slot 9 done, 2005-08-02 issuance 9 missed');
select test.equal('a filter', test.calendar('{"from":"2005-01-01","until":"2005-12-31","filter":[{"field":"kind","op":"=","value":"contribution"}]}'), '2005-09-01 review 6 missed');
select test.update('u', '59/157:9', '{"status":"implemented","evidence":["A/60/131"],"on":"2005-08-26"}') \g /dev/null
select test.equal('an answered one keeps what was done', test.calendar('{"from":"2005-06-01","until":"2005-12-31","filter":[{"field":"kind","op":"=","value":"reporting"}]}'), '2005-07-04 slot 9 done, 2005-08-26 deadline 9 done');
select test.refused('an end before the beginning', $q$select test.calendar('{"from":"2005-06-01","until":"2005-05-31"}')$q$, 422, 'bad_date');
