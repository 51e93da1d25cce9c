-- A draft and the text that was adopted: whichever came first.
create function test.adopted(symbol text, more jsonb default '[]') returns jsonb language sql as $$
	select jsonb_build_object('resolution', jsonb_build_object('symbol', symbol, 'body', 'GA', 'title', 'A title',
			'adopted_on', '2004-12-20', 'language', 'en', 'state', 'adopted'), 'warnings', '[]'::jsonb, 'paragraphs', jsonb_build_array(
			test.paragraph('6', 'GA', 0, 'Encourages great gifts', test.clause('Encourages', 'encouragement', 'contribution', 'MS', 'to give much', null)),
			test.paragraph('7', 'GA', 0, 'Requests more', test.clause('Requests', 'request', 'other', 'SG', 'to do more', null))) || more)
$$;
create function test.import_adopted(symbol text, confirm boolean) returns jsonb language sql as $$
	select api.resolution_import(test.olga(), jsonb_build_object('key', 'own ' || symbol, 'confirm', confirm, 'text', 'text of ' || symbol,
		'reading', test.adopted(symbol, jsonb_build_array(test.paragraph('9', 'GA', 0, 'Requests a report', test.clause('Requests', 'request', 'reporting', 'SG', 'to report',
			'{"text":"at its sixtieth session","type":"session","body":"GA","session":60}'))))))
$$;

-- The adopted text was imported and confirmed by itself.
select test.import('E/RES/2004/23') \g /dev/null
select test.import_adopted('A/RES/59/157', true) \g /dev/null
select test.refused('the day of adoption is the one that the text says', $q$select api.resolution_adopt(test.olga(),
	'{"key":"l0","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-21"}')$q$, 409, 'bad_date');
select test.equal('a draft is linked to the text that was imported by itself', api.resolution_adopt(test.olga(),
	'{"key":"l1","symbol":"E/RES/2004/23","as":"a/res/59/157","on":"2004-12-20"}')->'obligations',
	'[{"was":"E/RES/2004/23:6","is":"A/RES/59/157:6"},{"was":"E/RES/2004/23:9","is":"A/RES/59/157:9"}]');
select test.equal('with its lineage', test.show('59/157:9')->'lineage'->0->>'symbol', 'E/RES/2004/23');
select test.equal('what is followed there is not followed twice', test.show('E/RES/2004/23:9')->>'status', 'overtaken');
select test.equal('and the record says where', test.show('E/RES/2004/23:9')->'last_update'->>'note', 'adopted as A/RES/59/157 on 20 December 2004; it is followed as A/RES/59/157:9');
select test.equal('the request to adopt is answered', test.show('2004/23:0')->>'status', 'implemented');
select test.equal('again is already', api.resolution_adopt(test.olga(), '{"key":"l2","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}')->>'already', 'true');

-- It was imported, and nobody has confirmed it: the draft's obligations move there and take its words.
select test.import('E/RES/2005/23') \g /dev/null
select test.import_adopted('A/RES/60/157', false) \g /dev/null
update mandate.resolution set adopted_on = null where symbol = 'A/RES/60/157' \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"l3","symbol":"E/RES/2005/23","as":"A/RES/60/157","on":"2005-12-16"}') \g /dev/null
select test.equal('what the draft asked moves', test.show('E/RES/2005/23:9')->>'reference', 'A/RES/60/157:9');
select test.equal('and takes the words that were adopted', test.show('60/157:6')->>'action', 'to give much');
select test.equal('it is live', test.show('60/157:6')->>'live', 'true');
select test.equal('the day is known now', (select adopted_on from mandate.resolution where symbol = 'A/RES/60/157'), date '2005-12-16');
select test.equal('what the adopted text asks besides waits for its confirmation', test.list('[{"field":"symbol","op":"=","value":"A/RES/60/157"}]'), 'A/RES/60/157:6 A/RES/60/157:9');

-- What is another resolution is not what the draft became.
select test.import('E/RES/2006/23') \g /dev/null
select test.refused('a symbol of another draft', $q$select api.resolution_adopt(test.olga(),
	'{"key":"l4","symbol":"E/RES/2006/23","as":"A/RES/60/157","on":"2006-12-20"}')$q$, 409, 'symbol_taken');
select test.refused('a text of another body', $q$select api.resolution_adopt(test.olga(),
	'{"key":"l5","symbol":"E/RES/2006/23","as":"E/RES/2005/23","on":"2006-12-20"}')$q$, 409, 'symbol_taken');

-- A new text of a draft that was adopted.
select api.resolution_import(test.olga(), jsonb_build_object('key', 'r1', 'replace', true, 'text', 'other', 'reading',
	jsonb_set(test.reading('E/RES/2005/23'), '{paragraphs,4}', test.paragraph('10', 'GA', 1, 'Requests more', test.clause('Requests', 'request', 'other', 'SG', 'to do more', null))))) as answer \gset
select test.equal('says that the adopted text is followed', :'answer'::jsonb->'warnings'->>0,
	'its draft was adopted as A/RES/60/157: what it asks is followed there, by that text; a new one comes in its place with: mandate import FILE --symbol A/RES/60/157 --replace');
select test.equal('and makes no obligation of the draft any more', (select count(*) from mandate.obligation o join mandate.resolution r on r.id = o.resolution_id
	where r.symbol = 'E/RES/2005/23' and not o.live), 0::bigint);

-- A dropped clause stays dropped when the text is replaced, in the same words and in others.
select api.resolution_import(test.olga(), jsonb_build_object('key', 'd1', 'text', 'one', 'reading', test.adopted('A/RES/61/1'))) \g /dev/null
select api.resolution_confirm(test.olga(), '{"key":"d2","symbol":"A/RES/61/1","corrections":[{"paragraph":"6","clause":1,"drop":"not for us"},{"paragraph":"7","clause":1,"drop":"nor this"}]}') \g /dev/null
select api.resolution_import(test.olga(), jsonb_build_object('key', 'd3', 'text', 'two', 'replace', true,
	'reading', jsonb_set(test.adopted('A/RES/61/1'), '{paragraphs,1,text}', '"Requests more, with a comma"'))) \g /dev/null
select test.equal('dropped clauses stay dropped', test.list('[{"field":"symbol","op":"=","value":"A/RES/61/1"}]'), '');
select api.resolution_import(test.olga(), jsonb_build_object('key', 'd4', 'text', 'three', 'replace', true,
	'reading', jsonb_set(jsonb_set(test.adopted('A/RES/61/1'), '{paragraphs,1,text}', '"Requests otherwise"'), '{paragraphs,1,clauses,0,action}', '"to do otherwise"'))) \g /dev/null
select test.equal('one that asks something else is read anew', test.list('[{"field":"symbol","op":"=","value":"A/RES/61/1"}]'), 'A/RES/61/1:7');
