-- Confirming a reading with corrections: all of them are checked, all or none applied, and what was read stays.
select mandate.load_entities('[{"code":"UNODC","name":"United Nations Office on Drugs and Crime","aliases":"the Office"},
	{"code":"SG","name":"Secretary-General"},{"code":"GA","name":"General Assembly"}]') \g /dev/null
create function test.clauses(variadic parts jsonb[]) returns jsonb language sql as $$
	select jsonb_agg(c || jsonb_build_object('n', n) order by n) from unnest(parts) with ordinality x(p, n), jsonb_array_elements(p) c
$$;
create function test.unsure() returns jsonb language sql as $$
	select jsonb_build_object('resolution', jsonb_build_object('symbol', 'A/RES/1/1', 'body', 'GA', 'title', 'A title', 'adopted_on', '2004-12-20',
			'language', 'en', 'state', 'adopted'),
		'warnings', '[{"start":2,"end":4,"message":"a number is missing"}]'::jsonb, 'paragraphs', jsonb_build_array(
			test.paragraph('1', 'GA', 0, 'Welcomes the work of the Office', '[{"n":1,"verb":"Welcomes","lemma":"welcome","class":"evaluative","force":"none","obligation":false,"confidence":0.98}]'),
			test.paragraph('2', 'GA', 0, 'Requests guides', test.clause('Requests', 'request', 'other', 'UNODC', 'to finalize and to disseminate guides', null)),
			test.paragraph('3', 'GA', 0, 'Invites and urges', test.clauses(test.clause('Invites', 'encouragement', 'other', 'UNODC', 'to finalize', null),
				test.clause('urges', 'urging', 'other', 'SG', 'to disseminate', '{"text":"at its sixtieth session","type":"session","body":"GA","session":60}'))),
			test.paragraph('4', 'GA', 0, 'Decides', test.clause('Decides', 'decision', 'agenda', 'GA', 'to return to it', null)),
			test.paragraph('5', 'GA', 0, 'Requests a report', test.clause('Requests', 'request', 'reporting', 'SG', 'to report',
				'{"text":"at its sixtieth session","type":"session","body":"GA","session":60}'))))
$$;
create function test.bring(symbol text, source text default 'text') returns jsonb language sql as $$
	select api.resolution_import(test.olga(), jsonb_build_object('key', 'bring ' || symbol || source, 'symbol', symbol, 'text', source,
		'reading', test.unsure(), 'replace', source <> 'text'))
$$;
create function test.confirm(symbol text, corrections jsonb, more jsonb default '{}') returns jsonb language sql as $$
	select api.resolution_confirm(test.olga(), jsonb_build_object('symbol', symbol, 'corrections', corrections, 'key', md5(symbol || corrections::text)) || more)
$$;
-- The faults of corrections, as "member: message".
create function test.faults(corrections jsonb) returns text language plpgsql as $$
declare
	detail text;
	was bigint := (select count(*) from mandate.update);
begin
	perform test.confirm('A/RES/1/1', corrections);
	return 'none';
exception when others then
	get stacked diagnostics detail = pg_exception_detail;
	if detail = '' or (detail::jsonb)->>'code' <> 'bad_corrections' then
		return sqlerrm;
	end if;
	return (select string_agg((f->>'member') || ': ' || (f->>'message'), ' | ' order by n)
		from jsonb_array_elements((detail::jsonb)->'faults') with ordinality x(f, n));
end
$$;
create function test.read_clause(symbol text, label text, of_n int) returns mandate.clause language sql as $$
	select c from mandate.clause c join mandate.resolution r on r.id = c.resolution_id join mandate.paragraph p on p.resolution_id = r.id and p.n = c.paragraph_n
	where r.symbol = read_clause.symbol and p.label = read_clause.label and c.n = of_n
$$;
select test.bring('A/RES/1/1') \g /dev/null

-- Faults: each is named with its place, and nothing is done.
select test.equal('words of a closed list', test.faults('[{"paragraph":"2","clause":1,"kind":"gift"},{"paragraph":"9","clause":1},{"paragraph":"3","clause":7}]'),
	'corrections[0].kind: it is one of adoption, ratification, contribution, reporting, assistance, cooperation, dissemination, resources, legislation, convening, appointment, agenda, other'
	' | corrections[1].paragraph: there is no such operative paragraph; A/RES/1/1 has 1, 2, 3, 4, 5 | corrections[2].clause: paragraph 3 has no such clause; it has 1, 2');
select test.equal('a member that is none', test.faults('[{"paragraph":"2","clause":1,"knid":"other"}]'),
	'corrections[0].knid: there is no such member; there are paragraph, clause, drop, split, merge_into, add, reason, verb, lemma, force, class, kind, addressees, action, deadline, vehicle, conditions, owner');
select test.equal('one clause, two corrections', test.faults('[{"paragraph":"2","clause":1,"kind":"other"},{"paragraph":"2","clause":1,"force":"urging"}]'),
	'corrections[1].clause: the same clause as corrections[0]; one correction says all');
select test.equal('what asks nothing is not corrected in passing', test.faults('[{"paragraph":"1","clause":1,"kind":"reporting"}]'),
	'corrections[0].clause: it asks nothing as it was read ("Welcomes"); with "class": "directive" it does');
select test.equal('a class that asks nothing', test.faults('[{"paragraph":"2","clause":1,"class":"observing"}]'),
	'corrections[0].class: it is directive or deciding; a clause that asks nothing is dropped, with the reason');
select test.equal('an owner who is not here', test.faults('[{"paragraph":"2","clause":1,"owner":"nobody"}]'),
	'corrections[0].owner: there is no active officer with this login; mandate officer list shows them');
select test.equal('addressees', test.faults('[{"paragraph":"2","clause":1,"addressees":[{"text":"them","role":"boss"},{"text":"x","code":"NOCODE"},7,""]}]'),
	'corrections[0].addressees[0].role: it is one of lead, contributing, consulted | corrections[0].addressees[1].code: no entity, State or set has this code; leave it out and give the text'
	' | corrections[0].addressees[2]: it is a text or an object with text, code and role | corrections[0].addressees[3]: it is a text that says something');
select test.equal('two things at once', test.faults('[{"paragraph":"2","clause":1,"drop":"x","merge_into":2}]'),
	'corrections[0]: a correction does one of these, not several');
select test.equal('dropping without a reason', test.faults('[{"paragraph":"2","clause":1,"drop":""}]'), 'corrections[0].drop: dropping needs its reason');
select test.equal('a split into one', test.faults('[{"paragraph":"2","clause":1,"split":[{"action":"x"}]}]'), 'corrections[0].split: it is a list of two or more parts');
select test.equal('parts that ask nothing, or wrongly', test.faults('[{"paragraph":"2","clause":1,"split":[{"action":"x","kind":"y"},{}]}]') like
	'corrections[0].split[0].kind: it is one of % | corrections[0].split[1].action: each part says what it asks', true);
select test.equal('a merger into itself', test.faults('[{"paragraph":"3","clause":1,"merge_into":1}]'),
	'corrections[0].merge_into: it is the number of another clause of the same paragraph that asks something');
select test.equal('a merger into what is dropped', test.faults('[{"paragraph":"3","clause":1,"drop":"x"},{"paragraph":"3","clause":2,"merge_into":1}]'),
	'corrections[1].merge_into: it is the number of another clause of the same paragraph that asks something');
select test.equal('a new clause without words', test.faults('[{"paragraph":"1","add":{"kind":"other"}}]'),
	'corrections[0].add: a new clause needs its verb and its action, in the words of the text');
select test.equal('no object', test.faults('["x"]'), 'corrections[0]: it is an object with paragraph and clause');
-- Deadlines.
create function test.deadline(deadline jsonb) returns text language sql as $$
	select test.faults(jsonb_build_array(jsonb_build_object('paragraph', '2', 'clause', 1, 'deadline', deadline)))
$$;
select test.equal('a type that is none', test.deadline('{"type":"someday"}'), 'corrections[0].deadline.type: it is one of date, session, period, interval, recurring, event, soft, none');
select test.equal('a day that is none', test.deadline('{"type":"date","date":"2005-02-30"}'), 'corrections[0].deadline.date: it is a date that exists, written as 2005-09-13');
select test.equal('a session without a number', test.deadline('{"type":"session","body":"GA"}'), 'corrections[0].deadline: a deadline of type session needs body and session, or body and year');
select test.equal('a body that is none', test.deadline('{"type":"session","body":"XX","session":60}'), 'corrections[0].deadline.body: no such body is known; those with sessions are GA');
select test.equal('a member of another type', test.deadline('{"type":"soft","text":"soon","date":"2005-01-01"}'),
	'corrections[0].deadline.date: a deadline of type soft has no such member; it may have text');
select test.equal('an interval of parsecs', test.deadline('{"type":"interval","count":3,"unit":"parsec"}'), 'corrections[0].deadline.unit: it is one of day, week, month, year');
select test.equal('a count that is none', test.deadline('{"type":"interval","count":0,"unit":"day"}'), 'corrections[0].deadline.count: it is a number from 1 to 999');
select test.equal('a soft one without words', test.deadline('{"type":"soft"}'), 'corrections[0].deadline: a deadline of type soft needs text');
select test.equal('no object, no deadline', test.deadline('"soon"') like 'corrections[0].deadline: it is an object such as%', true);
select test.equal('nothing was written', (select count(*) from mandate.update), 0::bigint);
select test.equal('and nothing corrected', (select count(*) from mandate.clause where corrected_at is not null), 0::bigint);
select test.refused('one fault refuses all', $q$select test.confirm('A/RES/1/1', '[{"paragraph":"2","clause":1,"kind":"dissemination"},{"paragraph":"4","clause":9}]')$q$, 422, 'bad_corrections');
select test.refused('another text than was seen', $q$select test.confirm('A/RES/1/1', '[]', '{"version":7}')$q$, 409, 'version_conflict');
select test.refused('a viewer may not confirm', $q$select api.resolution_confirm('{"uid":3}', '{"key":"k","symbol":"A/RES/1/1"}')$q$, 403, 'role_too_small');

-- A dry run says what would stand there, and leaves nothing.
select test.equal('a dry run has the date', test.confirm('A/RES/1/1', '[{"paragraph":"2","clause":1,"deadline":{"type":"session","body":"GA","session":61}}]',
	'{"dry_run":true}') #>> '{paragraphs,0,clauses,0,due_on}', '2006-09-12');
select test.equal('and leaves nothing', (select confirmed_at is null and (select count(*) from mandate.obligation) = 0 from mandate.resolution), true);

-- What is unsure is shown with its reason and the warnings about its place.
select test.equal('a paragraph has its warnings', api.resolution_show(test.olga(), '{"symbol":"A/RES/1/1"}') #>> '{paragraphs,1,warnings,0}', 'a number is missing');
select test.equal('a clause has its date before it is confirmed', api.resolution_show(test.olga(), '{"symbol":"A/RES/1/1"}') #>> '{paragraphs,4,clauses,0,due_on}', '2005-09-13');

-- All corrections at once.
select test.confirm('A/RES/1/1', '[
	{"paragraph":"2","clause":1,"reason":"two things","split":[{"action":"to finalize guides","kind":"other"},{"action":"to disseminate guides","kind":"dissemination","owner":"olga"}]},
	{"paragraph":"3","clause":2,"merge_into":1},
	{"paragraph":"4","clause":1,"drop":"procedural"},
	{"paragraph":"5","clause":1,"force":"urging","verb":"Urges","addressees":["the Office",{"code":"SG","role":"contributing"},"somebody"],
		"deadline":{"type":"session","body":"GA","session":61},"owner":"olga","conditions":["upon request"]},
	{"paragraph":"1","add":{"verb":"Welcomes","action":"to go on","kind":"cooperation","force":"encouragement","addressees":["the Office"]}}]') \g /dev/null
select test.equal('references', (select string_agg(reference, ' ' order by position) from mandate.obligation),
	'A/RES/1/1:1 A/RES/1/1:2.1 A/RES/1/1:2.2 A/RES/1/1:3 A/RES/1/1:5');
select test.equal('the reading is what it was', (select reading from mandate.resolution where symbol = 'A/RES/1/1'), test.unsure());
select test.equal('a part has its own action and kind', (select action || '/' || kind from mandate.obligation where reference = 'A/RES/1/1:2.2'), 'to disseminate guides/dissemination');
select test.equal('a part inherits the rest', (select addressees->0->>'code' from mandate.obligation where reference = 'A/RES/1/1:2.2'), 'UNODC');
select test.equal('a part has its own owner', (select array_agg(owner order by position) from mandate.obligation where reference like '%:2._'), array[null, 'olga']);
select test.equal('what the first part was read as', (test.read_clause('A/RES/1/1', '2', 1)).as_read, '{"action":"to finalize and to disseminate guides"}');
select test.equal('the second part says where it is from', (select origin || origin_n from test.read_clause('A/RES/1/1', '2', 2)), 'split1');
select test.equal('a merger has both actions, both asked and the one deadline', (select jsonb_build_array(o.action, o.addressees->0->'code', o.addressees->1->'code', o.due_on)
	from mandate.obligation o where reference = 'A/RES/1/1:3'), '["to finalize; to disseminate","UNODC","SG","2005-09-13"]');
select test.equal('it says what it was read as', (test.read_clause('A/RES/1/1', '3', 1)).as_read - 'addressees', '{"action":"to finalize","deadline":null}');
select test.equal('what was merged says into which', (select merged_into || tracked::text from test.read_clause('A/RES/1/1', '3', 2)), '1false');
select test.equal('what was dropped is no obligation', (select dropped_reason from test.read_clause('A/RES/1/1', '4', 1)), 'procedural');
select test.equal('names become codes', (select array_agg(a->>'code') from mandate.obligation o, jsonb_array_elements(o.addressees) a where o.reference = 'A/RES/1/1:5'), array['UNODC', 'SG', null]);
select test.equal('and roles stay', test.show('1/1:5') #>> '{addressees,1,role}', 'contributing');
select test.equal('the date is the corrected session''s', test.show('1/1:5')->>'due_on', '2006-09-12');
select test.equal('and says who corrected it', test.show('1/1:5')->>'due_why' like '%; the deadline was corrected by Olga Officer on %', true);
select test.equal('the words of the text stay', test.show('1/1:5')->'deadline'->>'text', 'at its sixtieth session');
select test.equal('the owner has it', test.show('1/1:5')->'owner'->>'login', 'olga');
select test.equal('the first update notes the correction', (select u.note like 'confirmed from the reading of A/RES/1/1; %force urging (read as: request)%verb Urges (read as: Requests); corrected by Olga Officer on %'
	from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'A/RES/1/1:5' and u.kind = 'created'), true);
select test.equal('the show has both', api.resolution_show(test.olga(), '{"symbol":"A/RES/1/1"}') #> '{paragraphs,4,clauses,0,correction}' #- '{at}' #- '{was,addressees}' #- '{was,deadline}',
	'{"was":{"verb":"Requests","lemma":"requests","force":"request","conditions":[]},"reason":null,"officer":{"login":"olga","name":"Olga Officer"}}');

-- Afterwards: obligations go through edit, what was dropped can be taken up, what was missed added.
select test.equal('an obligation is not corrected here', test.faults('[{"paragraph":"5","clause":1,"kind":"other"}]'),
	'corrections[0].clause: it is the obligation A/RES/1/1:5 already; correct that one with: mandate edit A/RES/1/1:5');
select test.equal('what was dropped stays so', test.faults('[{"paragraph":"4","clause":1,"kind":"other"}]'),
	'corrections[0].clause: it was dropped ("procedural"); with "drop": null it is taken up again');
select test.confirm('A/RES/1/1', '[{"paragraph":"4","clause":1,"drop":null},{"paragraph":"5","add":{"verb":"Requests","action":"to reply"}}]') \g /dev/null
select test.equal('a paragraph''s second reference, the first unchanged', (select string_agg(reference, ' ' order by reference) from mandate.obligation where reference like '%:5%'),
	'A/RES/1/1:5 A/RES/1/1:5.2');
select test.equal('what was taken up', (select kind from mandate.obligation where reference = 'A/RES/1/1:4'), 'agenda');
select test.equal('confirming again adds nothing', jsonb_array_length(test.confirm('A/RES/1/1', '[]', '{"key":"more"}')->'obligations'), 7);

-- A text that is replaced keeps the corrections of the paragraphs that stayed.
select test.bring('A/RES/1/1', 'the same in other print') \g /dev/null
select test.equal('no obligation comes or goes', (select string_agg(reference || ' ' || status, ', ' order by position) from mandate.obligation),
	'A/RES/1/1:1 continuing, A/RES/1/1:2.1 not_started, A/RES/1/1:2.2 not_started, A/RES/1/1:3 not_started, A/RES/1/1:4 not_started, A/RES/1/1:5 not_started, A/RES/1/1:5.2 not_started');
select test.equal('nor does the corrected kind', test.show('1/1:2.2')->>'kind', 'dissemination');

-- A draft's corrections go with it to the symbol under which it is adopted.
select api.resolution_import(test.olga(), jsonb_build_object('key', 'draft', 'text', 'draft', 'reading', test.reading('E/RES/2004/23'))) \g /dev/null
select test.confirm('E/RES/2004/23', '[{"paragraph":"9","clause":1,"split":[{"action":"to report"},{"action":"to print the report","kind":"dissemination"}]},{"paragraph":"6","clause":1,"drop":"no fund"}]') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"adopt","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select test.equal('under its own symbol', (select string_agg(c.reference, ' ' order by c.paragraph_n, c.n) from mandate.clause c join mandate.resolution r on r.id = c.resolution_id
	where r.symbol = 'A/RES/59/157' and c.tracked and c.dropped_reason is null), 'A/RES/59/157:9.1 A/RES/59/157:9.2');
select test.equal('with its obligations', (select string_agg(reference, ' ' order by reference) from mandate.obligation where reference like 'A/RES/59/157%'), 'A/RES/59/157:9.1 A/RES/59/157:9.2');

-- Names that officers teach.
select test.refused('an alias for nobody', $q$select api.alias_add(test.olga(), '{"key":"n","name":"the Secretariat here","code":"NOBODY"}')$q$, 422, 'no_code');
select test.equal('an alias', api.alias_add(test.olga(), '{"key":"al","name":"The Vienna  Office","code":"UNODC"}')->>'means', 'United Nations Office on Drugs and Crime');
select test.equal('is known', mandate.name_code('vienna office'), 'UNODC');
select test.equal('fills what the reader left empty', mandate.addressees_filled('[{"text":"the Vienna Office","name":"","code":null,"role":"lead"},{"text":"x","code":null}]'),
	'[{"text":"the Vienna Office","name":"United Nations Office on Drugs and Crime","code":"UNODC","role":"lead"},{"text":"x","code":null}]');
select test.equal('a set is a code', mandate.name_code('all Member States'), 'MEMBER_STATES');
