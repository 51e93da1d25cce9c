-- References, filters, due, next, the report.
select test.import('E/RES/2004/23') \g /dev/null
select test.import('E/RES/2005/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select test.refused('an ending that fits two is ambiguous', $q$select test.show('23:6')$q$, 409, 'ambiguous_reference');
select test.refused('an unknown one is not found', $q$select test.show('nothing:1')$q$, 404, 'no_obligation');
select test.refused('an ending begins at a word of the symbol', $q$select test.show('4/23:9')$q$, 404, 'no_obligation');
select test.equal('no filter finds all', array_length(string_to_array(test.list('[]'), ' '), 1), 6);
select test.equal('kind', test.list('[{"field":"kind","op":"=","value":"reporting"}]'), 'E/RES/2005/23:9 A/RES/59/157:9');
select test.equal('and, not', test.list('[{"field":"kind","op":"=","value":"reporting"},{"field":"live","op":"=","value":"yes"},"and",{"field":"symbol","op":"=","value":"2005/23"},"not","and"]'), 'A/RES/59/157:9');
select test.equal('or', test.list('[{"field":"ref","op":"=","value":"59/157:9"},{"field":"ref","op":"=","value":"59/157:6"},"or"]'), 'A/RES/59/157:6 A/RES/59/157:9');
select test.equal('a range of dates', test.list('[{"field":"due","op":"..","value":"2005-09-01","to":"2005-09-30"},{"field":"live","op":"=","value":"yes"},"and"]'), 'A/RES/59/157:9');
select test.equal('relative to the date of the list', test.list('[{"field":"due","op":"<","value":{"relative":"+30d"}},{"field":"live","op":"=","value":"yes"},"and"]', '{"as_of":"2005-08-20"}'), 'A/RES/59/157:9');
select test.equal('undated', test.list('[{"field":"due","op":"=","value":"none"},{"field":"symbol","op":"=","value":"59/157"},"and"]'), 'A/RES/59/157:6');
select test.equal('addressee by code', test.list('[{"field":"addressee","op":":","value":"sg"},{"field":"live","op":"=","value":"yes"},"and"]'), 'A/RES/59/157:9');
select test.equal('text', test.list('[{"field":"text","op":":","value":"GIFTS"},{"field":"live","op":"=","value":"yes"},"and"]'), 'A/RES/59/157:6');
select test.equal('a percent sign is only itself', test.list('[{"field":"text","op":":","value":"%"}]'), '');
select test.equal('nor an underscore in a reference', test.list('[{"field":"ref","op":"=","value":"%"},{"field":"symbol","op":"=","value":"A/RES/__/157"},"or"]'), '');
select test.equal('a value is never SQL', test.list('[{"field":"verb","op":"=","value":"x'' or true --"}]'), '');
select test.refused('an unknown field is refused', $q$select test.list('[{"field":"nonsense","op":"=","value":"x"}]')$q$, 422, 'unknown_field');
select test.equal('nobody owns it', test.list('[{"field":"owner","op":"=","value":"none"},{"field":"ref","op":"=","value":"59/157:9"},"and"]'), 'A/RES/59/157:9');
select api.assignment_write(test.olga(), '{"key":"as","references":["59/157:9"],"owner":"olga"}') \g /dev/null
select test.equal('mine', test.list('[{"field":"owner","op":"=","value":"me"}]'), 'A/RES/59/157:9');
select test.refused('an unknown officer', $q$select api.assignment_write(test.olga(), '{"key":"as2","references":["59/157:9"],"owner":"nobody"}')$q$, 404, 'no_officer');
select test.equal('overdue today', api.due_list(test.olga(), '{}')->'rows'->0->>'timeliness', 'overdue');
select test.equal('what is first says why', (api.next_list(test.olga(), '{}')->'rows'->0->'urgency'->'why'->0->>'because') like 'overdue by % days', true);
select test.equal('an encouragement is never overdue', mandate.timeliness('not_started', '2004-01-01', 'encouragement', true, '2004-06-01', '2004-06-01', '2005-01-01'), 'on_track');
select test.equal('implemented late is done late', mandate.timeliness('implemented', '2005-02-01', 'request', true, '2004-06-01', '2004-06-01', '2005-03-01'), 'done_late');
-- Pages: every sort goes on after the last obligation of the page before, whatever has changed since.
create function test.pages(sort text, size int) returns text language plpgsql as $$
declare
	page jsonb := '{"next": ""}';
	seen text := '';
begin
	while page->>'next' is not null loop
		page := api.obligation_list(test.olga(), jsonb_build_object('sort', sort, 'limit', size, 'after', page->>'next'));
		seen := seen || ' ' || (select string_agg(r->>'reference', ' ') from jsonb_array_elements(page->'rows') r);
	end loop;
	return ltrim(seen);
end
$$;
select test.equal('pages of two are the whole list, by ' || s, test.pages(s, 2), test.pages(s, 1000)) from unnest('{reference,due,urgency,updated}'::text[]) s;
select test.equal('each obligation once, by ' || s, (select count(distinct r) || ' of ' || count(*) from unnest(string_to_array(test.pages(s, 1), ' ')) r), '6 of 6') from unnest('{reference,due,urgency,updated}'::text[]) s;
select test.equal('the last page has no next, though it is full', api.obligation_list(test.olga(), '{"limit":6}')->>'next', null);
select test.equal('a page says how many there are in all', api.obligation_list(test.olga(), '{"limit":2}')->>'total', '6');
create temp table page as select api.obligation_list(test.olga(), '{"limit":2,"sort":"updated"}') as first;
select api.update_write(test.olga(), '{"key":"p1","references":["2005/23:9"],"note":"word","on":"2006-01-02"}') \g /dev/null
select test.equal('what moved to the front meanwhile pushes nothing onto the next page', (select count(*) from jsonb_array_elements((select first->'rows' from page)) a
	join jsonb_array_elements(api.obligation_list(test.olga(), jsonb_build_object('limit', 4, 'sort', 'updated', 'after', (select first->>'next' from page)))->'rows') b
	on a->>'reference' = b->>'reference'), 0::bigint);
select test.refused('a place in a list is what a page gave', $q$select api.obligation_list(test.olga(), '{"after":"abc"}')$q$, 422, 'bad_page');
select test.refused('no number is too big for it', $q$select api.obligation_list(test.olga(), '{"after":"99999999999999999999.1.1.1"}')$q$, 422, 'bad_page');
select test.equal('a day to come has what is overdue by then', (select string_agg(r->>'reference' || ' ' || (r->>'timeliness'), ' ') from jsonb_array_elements(
	api.obligation_list(test.olga(), '{"as_of":"2199-01-01","filter":[{"field":"timeliness","op":"=","value":"overdue"},{"field":"ref","op":"=","value":"59/157:9"},"and"]}')->'rows') r), 'A/RES/59/157:9 overdue');
select test.equal('and that is its date', api.obligation_list(test.olga(), '{"as_of":"2199-01-01"}')->>'as_of', '2199-01-01');
-- The quick way to a past state (what has not changed since is as it is) gives what folding gives.
select test.equal('as of ' || d || ', known at ' || coalesce(k::text, 'any time'), (select count(*) from mandate.obligation_as_of(d, k) a
		full join (select p.* from mandate.obligation o, lateral (select mandate.fold(o.id, coalesce(d, 'infinity'), coalesce(k, 'infinity')) as f) f,
			lateral jsonb_populate_record(null::mandate.obligation, f.f || jsonb_build_object('id', o.id)) p where f.f->>'reference' is not null) b on a.id = b.id
		where to_jsonb(a) - '{version,head,last_effective}'::text[] is distinct from to_jsonb(b) - '{version,head,last_effective}'::text[]), 0::bigint)
from unnest('{2003-01-01,2004-12-19,2004-12-20,2005-06-01,2006-01-02,2100-01-01,null}'::date[]) d, unnest('{2001-01-01,null}'::timestamptz[] || now()) k;
select test.refused('a deadline by hand needs a reason', $q$select api.obligation_edit(test.olga(), '{"key":"e1","ref":"59/157:9","due_on":"2005-10-07"}')$q$, 422, 'needs_reason');
select test.equal('with a reason it is explained', api.obligation_edit(test.olga(), '{"key":"e2","ref":"59/157:9","due_on":"2005-10-07","reason":"item 106"}')->>'due_why', 'set to 7 October 2005 by Olga Officer: item 106');
select test.equal('an override stays when the session moves', api.session_set(test.olga(), '{"key":"s","body":"GA","number":60,"opens_on":"2005-09-14","reason":"x"}')->>'moved', '1');
