-- Import, confirmation, adoption, lineage, replacement.
select test.equal('an import says what it found', test.import('E/RES/2004/23') - '{title,warnings,body,state,adopted_on,version}'::text[],
	'{"symbol":"E/RES/2004/23","already":false,"confirmed":true,"paragraphs":4,"clauses":3,"obligations":3}');
select test.equal('the same text again is there already',
	api.resolution_import(test.olga(), '{"key":"again","text":"text of E/RES/2004/23"}' || jsonb_build_object('reading', test.reading('E/RES/2004/23')))->>'already', 'true');
select test.refused('another text is refused', $q$select api.resolution_import(test.olga(),
	'{"key":"other","text":"other"}' || jsonb_build_object('reading', test.reading('E/RES/2004/23')))$q$, 409, 'text_differs');
select test.refused('a text without a symbol is refused', $q$select api.resolution_import(test.olga(),
	'{"key":"none","text":"other"}' || jsonb_build_object('reading', test.reading(null)))$q$, 422, 'no_symbol');
select test.refused('a viewer may not import', $q$select api.resolution_import('{"uid":3}', '{"key":"v"}')$q$, 403, 'role_too_small');
select test.equal('a draft''s obligation is not live', test.show('E/RES/2004/23:9')->>'live', 'false');
select test.equal('an update on it warns', jsonb_array_length(test.update('early', 'E/RES/2004/23:9', '{"note":"x"}')->'warnings'), 1);
select test.refused('a draft cannot be adopted before it was proposed', $q$select api.resolution_adopt(test.olga(),
	'{"key":"a0","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-01-01"}')$q$, 422, 'bad_date');
select test.equal('adoption moves the draft''s obligations',
	api.resolution_adopt(test.olga(), '{"key":"a1","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}')->'obligations',
	'[{"was":"E/RES/2004/23:6","is":"A/RES/59/157:6"},{"was":"E/RES/2004/23:9","is":"A/RES/59/157:9"}]');
select test.equal('adopting again changes nothing',
	api.resolution_adopt(test.olga(), '{"key":"a2","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}')->>'already', 'true');
select test.refused('adopting under another symbol is a conflict', $q$select api.resolution_adopt(test.olga(),
	'{"key":"a3","symbol":"E/RES/2004/23","as":"A/RES/59/158","on":"2004-12-20"}')$q$, 409, 'already_adopted');
select test.equal('the old reference still finds it', test.show('E/RES/2004/23:9')->>'reference', 'A/RES/59/157:9');
select test.equal('the lineage is shown', test.show('59/157:9')->'lineage'->0->>'symbol', 'E/RES/2004/23');
select test.equal('the recommendation is answered by the adoption', test.show('2004/23:0')->>'status', 'implemented');
select test.equal('it was live from the adoption on', test.show('59/157:9', '{"as_of":"2004-12-19"}')->>'live', 'false');
select test.equal('a text can be replaced', api.resolution_import(test.olga(), jsonb_build_object('key', 'replace', 'replace', true,
	'symbol', 'E/RES/2004/23', 'text', 'new', 'reading', test.reading('E/RES/2004/23')))->>'version', '2');
select test.equal('the replaced text is kept', (select text from mandate.resolution_version), 'text of E/RES/2004/23');
