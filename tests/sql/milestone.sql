-- Milestones of a report: the 10-4-6 rule from the consideration, what was done, documents, the forecast.
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
create function test.milestone(key text, more jsonb) returns jsonb language sql as $$
	select api.milestone_write(test.olga(), jsonb_build_object('key', key, 'ref', '59/157:9') || more)
$$;
create function test.steps(ref text) returns text language sql as $$
	select string_agg(m->>'name' || ' ' || (m->>'on'), ', ' order by n) from jsonb_array_elements(test.show(ref)->'milestones') with ordinality x(m, n)
$$;
select test.equal('without a day of consideration they count from the opening', test.steps('59/157:9'),
	'planning 2005-09-13, forecast 2005-03-15, forecast_confirmed 2005-06-07, clearance 2005-06-21, slot 2005-07-05, issuance 2005-08-02, consideration 2005-09-13, customary end 2005-12-31, legal end 2006-09-11');
select test.equal('the planning date is the consideration', test.milestone('m1', '{"name":"consideration","on":"2005-10-07","reason":"programme of work"}')->>'due_on', '2005-10-07');
select test.equal('and they move with it', test.steps('59/157:9'),
	'planning 2005-10-07, forecast 2005-04-08, forecast_confirmed 2005-07-01, clearance 2005-07-15, slot 2005-07-29, issuance 2005-08-26, consideration 2005-10-07, customary end 2005-12-31, legal end 2006-09-11');
select test.equal('the derivation says so', test.show('59/157:9')->>'due_why' like '%sixtieth session%the item is taken up on 7 October 2005 (programme of work)', true);
select test.equal('it is in the record', (select u.kind || ' ' || (u.change->>'due_on') from mandate.update u where u.key = 'm1'), 'deadline 2005-10-07');
select test.equal('and moves again', test.milestone('m2', '{"name":"consideration","on":"2005-10-10"}')->'milestones'->4->>'on', '2005-08-01');
select test.equal('a session that moves leaves the day of consideration', api.session_set(test.olga(), '{"key":"s1","body":"GA","number":60,"opens_on":"2005-09-20","reason":"test"}') is not null
	and test.show('59/157:9')->>'due_on' = '2005-10-10', true);
select test.equal('taken back it is the opening again', test.milestone('m3', '{"name":"consideration","on":null}')->>'due_on', '2005-09-20');
select test.equal('next is the first step that was not passed', test.show('59/157:9')->'next_milestone'->>'name', 'forecast');
select test.milestone('m4', '{"name":"slot","done_on":"2005-07-29","evidence":["A/60/131"],"note":"submitted"}') \g /dev/null
select test.equal('a later step passes the earlier ones', test.show('59/157:9')->'next_milestone', '{"name":"issuance","on":"2005-08-09"}');
select test.equal('late is late', (select m->>'late' from jsonb_array_elements(test.show('59/157:9')->'milestones') m where m->>'name' = 'slot'), 'true');
select test.equal('as of a day before it nothing was done', (select m->>'done_on' from jsonb_array_elements(test.show('59/157:9', '{"as_of":"2005-07-28"}')->'milestones') m where m->>'name' = 'slot'), null);
select test.refused('a computed date needs a reason to be another', $q$select test.milestone('m5', '{"name":"slot","on":"2005-07-01"}')$q$, 422, 'needs_reason');
select test.equal('with a reason it is', test.milestone('m6', '{"name":"issuance","on":"2005-08-20","reason":"waiver"}')->'next_milestone'->>'on', '2005-08-20');
select test.refused('what has not happened was not done', $q$select test.milestone('m7', '{"name":"issuance","done_on":"2999-01-01"}')$q$, 422, 'future_date');
select test.refused('a milestone that there is not', $q$select test.milestone('m8', '{"name":"sloth","done_on":"2005-07-29"}')$q$, 422, 'bad_value');
select test.refused('a contribution has none', $q$select api.milestone_write(test.olga(), '{"key":"m9","ref":"59/157:6","name":"slot","done_on":"2005-07-29"}')$q$, 422, 'no_milestone');
select test.refused('something must be said', $q$select test.milestone('m10', '{"name":"slot"}')$q$, 422, 'empty_update');
select test.refused('not before the record begins', $q$select test.milestone('m11', '{"name":"slot","done_on":"1999-01-01"}')$q$, 422, 'before_record');
select test.equal('an open report is in the forecast', (select r - 'obligations' from jsonb_array_elements(api.forecast_list(test.olga(), '{"from":"2005-07-10","until":"2006-01-08"}')->'rows') r),
	'{"title": "to report", "mandate": "A/RES/59/157, para. 9", "words": 8500, "original_language": "English", "languages": "Arabic, Chinese, English, French, Russian, Spanish",
	"submission_on": "2005-07-12", "issuance_on": "2005-08-20", "meeting": "sixtieth session of the General Assembly", "considered_on": "2005-09-20", "consideration_known": false, "owners": null}');
select test.equal('its length can be said', (test.milestone('m12', '{"name":"forecast_confirmed","words":4200,"done_on":"2005-06-07"}') is not null and
	(api.forecast_list(test.olga(), '{"from":"2005-07-10","until":"2006-01-08"}')->'rows'->0->>'words') = '4200'), true);
select test.equal('out of season there is none', api.forecast_list(test.olga(), '{"from":"2006-01-09","until":"2006-07-09"}')->'rows', '[]');
select test.equal('a dry run issues nothing', (api.document_issue(test.olga(), '{"symbol":"A/60/131","references":["59/157:9"],"on":"2005-08-26","dry_run":true}')->>'dry_run'
	|| (test.show('59/157:9')->>'status')), 'truenot_started');
select test.equal('late without a reason is warned about', api.document_issue(test.olga(), '{"key":"d1","symbol":"A/60/131","references":["59/157:9"],"on":"2005-08-26"}')->'warnings'->>0,
	'A/RES/59/157:9: issued 6 days after 20 August 2005; say why with --late-reason, as the first page does');
select test.equal('what it answers is implemented', (select (o->>'status') || ' ' || (o->>'status_since') || ' ' || (o->>'document') from test.show('59/157:9') o), 'implemented 2005-08-26 A/60/131');
select test.equal('on that evidence', test.show('59/157:9')->'last_update'->'evidence', '["A/60/131"]');
select test.equal('the reason can follow', (api.document_issue(test.olga(), '{"key":"d2","symbol":"A/60/131","references":["59/157:9"],"on":"2005-08-26","late_reason":"late data"}') is not null and
	test.show('59/157:9')->>'late_reason' = 'late data'), true);
select test.equal('a document says what it answers', api.document_show(test.olga(), '{"symbol":"a/60/131"}')->'rows'->0->>'reference', 'A/RES/59/157:9');
select test.refused('one that answers nothing', $q$select api.document_show(test.olga(), '{"symbol":"A/60/999"}')$q$, 404, 'no_document');
select test.refused('a document answers reports', $q$select api.document_issue(test.olga(), '{"key":"d3","symbol":"A/60/131","references":["59/157:9","59/157:6"],"on":"2005-08-26"}')$q$, 422, 'no_milestone');
select test.equal('what is answered has no next step', test.show('59/157:9')->'next_milestone', 'null');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
