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
select test.equal('pages', api.obligation_list(test.olga(), '{"limit":2,"after":"2"}')->>'next', '4');
select test.refused('a deadline by hand needs a reason', $q$select api.obligation_edit(test.olga(), '{"key":"e1","ref":"59/157:9","due_on":"2005-10-07"}')$q$, 422, 'needs_reason');
select test.equal('with a reason it is explained', api.obligation_edit(test.olga(), '{"key":"e2","ref":"59/157:9","due_on":"2005-10-07","reason":"item 106"}')->>'due_why', 'set to 7 October 2005 by Olga Officer: item 106');
select test.equal('an override stays when the session moves', api.session_set(test.olga(), '{"key":"s","body":"GA","number":60,"opens_on":"2005-09-14","reason":"x"}')->>'moved', '1');
