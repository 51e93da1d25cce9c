-- Treaties: names of States, acts, thresholds, entry into force to the day, files of acts.
select mandate.load_states('[{"alpha3":"PER","alpha2":"PE","m49":"604","name_en":"Peru","name_fr":"Pérou (le)","name_es":"Perú (el)","name_ru":"Перу","un_member_since":"1945-10-31","region":"Americas"},
	{"alpha3":"CIV","name_en":"Côte d''Ivoire","un_member_since":"1960-09-20"},{"alpha3":"KEN","name_en":"Kenya","un_member_since":"1963-12-16","ldc":""},
	{"alpha3":"MNE","name_en":"Montenegro","un_member_since":"2006-06-28"},{"alpha3":"COD","name_en":"Democratic Republic of the Congo (the)","un_member_since":"1960-09-20","ldc":"x"},
	{"alpha3":"COG","name_en":"Congo (the)","un_member_since":"1960-09-20"},{"alpha3":"VAT","name_en":"Holy See (the)"}]') \g /dev/null
select mandate.load_states((select jsonb_agg(jsonb_build_object('alpha3', 'X' || chr(65 + i / 26) || chr(65 + i % 26), 'name_en', 'State ' || i, 'un_member_since', '1960-01-01')) from generate_series(0, 60) i)) \g /dev/null
select mandate.load_entities('[{"code":"EU","name":"European Union","aliases":"European Community","category":"x"}]') \g /dev/null
select mandate.load_groups('[{"group":"GRULAC","alpha3":"PER"},{"group":"AFRICA","alpha3":"KEN"}]') \g /dev/null
select mandate.load_treaties('[{"code":"UNTOC","name":"United Nations Convention against Transnational Organized Crime","aliases":"Palermo Convention","adopted_on":"2000-11-15","open_from":"2000-12-12","open_until":"2002-12-12","parent":"","threshold":"40","force_days":"90","later_days":"30","withdrawal_months":"12","organizations_count":"no","basis":"article 38"},
	{"code":"FIREARMS","name":"Protocol against Firearms, supplementing the United Nations Convention against Transnational Organized Crime","aliases":"Firearms Protocol","adopted_on":"2001-05-31","open_from":"2001-06-30","open_until":"2002-12-12","parent":"UNTOC","threshold":"2","force_days":"90","later_days":"30","withdrawal_months":"12","organizations_count":"no","basis":"article 18"}]') \g /dev/null
select test.equal('a State by any of its names', (select array_agg((mandate.party_find(n)).code) from unnest(array['Peru', 'PÉROU', 'perou', 'Perú', 'Перу', 'pe', 'per', '604', 'the Democratic Republic of the Congo', 'Congo', 'Cote d’Ivoire']) n),
	array['PER', 'PER', 'PER', 'PER', 'PER', 'PER', 'PER', 'PER', 'COD', 'COG', 'CIV']);
select test.equal('an organization', (mandate.party_find('European Community')).code, 'EU');
select test.equal('a misspelled one is asked about', mandate.party_missing('Perru'), 'there is no State or organization "Perru"; did you mean Peru?');
select test.refused('and refused', $q$select mandate.party_find('Perru')$q$, 404, 'no_party');
select test.equal('Members on a day', array[(select count(*) from mandate.group_members('MEMBERS', '2006-06-27')), (select count(*) from mandate.group_members('MEMBERS', '2006-06-28'))], array[66, 67]::bigint[]);
select test.refused('a group that there is not', $q$select * from mandate.group_members('G77', '2006-06-28')$q$, 404, 'no_group');
create function test.act(key text, treaty text, party text, action text, on_day text) returns jsonb language sql as $$
	select api.treaty_action(test.olga(), jsonb_build_object('key', key, 'treaty', treaty, 'party', party, 'action', action, 'on', on_day))
$$;
create function test.treaty(code text, as_of date) returns jsonb language sql as $$
	select api.treaty_status(test.olga(), jsonb_build_object('treaty', code, 'as_of', as_of))
$$;
select test.equal('it is recorded', test.act('t1', 'Palermo Convention', 'Pérou', 'signature', '2000-12-14')->>'signatories', '1');
select test.equal('who has not joined is read by name', (select array_agg(p.name order by p.n) from (select x->>'name' as name, n
	from jsonb_array_elements(test.treaty('UNTOC', '2001-01-01')->'neither') with ordinality y(x, n)) p),
	(select array_agg(x->>'name' order by x->>'name' collate "C") from jsonb_array_elements(test.treaty('UNTOC', '2001-01-01')->'neither') x));
select test.equal('once', test.act('t2', 'UNTOC', 'Peru', 'signature', '2000-12-14')->>'already', 'true');
select test.refused('not before its adoption', $q$select test.act('t3', 'UNTOC', 'Kenya', 'signature', '2000-01-01')$q$, 422, 'bad_date');
select test.refused('nor after the signature period', $q$select test.act('t4', 'UNTOC', 'Kenya', 'signature', '2003-01-01')$q$, 422, 'bad_date');
select test.refused('nor in the future', $q$select test.act('t5', 'UNTOC', 'Kenya', 'accession', '2999-01-01')$q$, 422, 'bad_date');
select test.refused('who is no party does not withdraw', $q$select test.act('t6', 'UNTOC', 'Kenya', 'withdrawal', '2004-01-01')$q$, 422, 'bad_action');
select test.refused('an act that there is not', $q$select test.act('t7', 'UNTOC', 'Kenya', 'adhesion', '2004-01-01')$q$, 422, 'bad_value');
select test.refused('a treaty that there is not', $q$select test.act('t8', 'UNCLOS', 'Kenya', 'accession', '2004-01-01')$q$, 404, 'no_treaty');
select test.equal('a ratification without a signature is noted', test.act('t9', 'UNTOC', 'Kenya', 'ratification', '2002-01-02')->'warnings'->>0, 'Kenya has not signed; who joins without a signature accedes');
select test.refused('who has joined does not join again', $q$select test.act('t10', 'UNTOC', 'Kenya', 'accession', '2003-01-02')$q$, 409, 'bad_action');
select test.refused('nor sign', $q$select test.act('t11', 'UNTOC', 'Kenya', 'signature', '2002-03-01')$q$, 422, 'bad_action');
-- Thirty-nine more, the last on 1 July 2003; an organization does not count.
select test.act('t12', 'UNTOC', 'European Union', 'approval', '2002-05-05') \g /dev/null
create function test.file(n int, day date) returns jsonb language sql as $$
	select jsonb_agg(jsonb_build_object('line', i + 2, 'participant', 'State ' || i, 'action', 'a', 'date', case when i = n - 1 then day else day - 100 + i end)) from generate_series(0, n - 1) i
$$;
select test.equal('38 more are not enough', (select (api.treaty_import(test.olga(), jsonb_build_object('key', 'i1', 'treaty', 'UNTOC', 'rows', test.file(38, '2003-06-01')))->>'added') || ' ' || (test.treaty('UNTOC', '2003-06-30')->>'lacking')), '38 1');
select test.equal('what would be without it is not known yet', test.treaty('UNTOC', '2003-06-30')->>'in_force_on', null);
select test.act('t13', 'UNTOC', 'Peru', 'ratification', '2003-07-01') \g /dev/null
select test.equal('ninety days after the fortieth instrument', (select array[j->>'threshold_on', j->>'in_force_on', j->>'parties', j->>'organizations'] from test.treaty('UNTOC', '2003-07-01') j), array['2003-07-01', '2003-09-29', '41', '1']);
select test.equal('and before that day it was not', test.treaty('UNTOC', '2003-06-30')->>'parties', '40');
select test.act('t14', 'UNTOC', 'Montenegro', 'accession', '2003-09-20') \g /dev/null
select test.act('t15', 'UNTOC', 'Holy See', 'accession', '2012-01-25') \g /dev/null
create function test.force(code text, party text) returns text language sql as $$
	select r->>'in_force_on' from jsonb_array_elements(test.treaty(code, '2020-01-01')->'rows') r where r->>'party' = $2
$$;
select test.equal('with the treaty, thirty days later, and never before it', array[test.force('UNTOC', 'KEN'), test.force('UNTOC', 'VAT'), test.force('UNTOC', 'MNE')], array['2003-09-29', '2012-02-24', '2003-10-20']);
select test.equal('a protocol of who is not in the convention is noted', test.act('t16', 'FIREARMS', 'Congo', 'accession', '2002-01-02')->'warnings'->>0, 'Congo is not a party to UNTOC by then; it is bound by a protocol only when it is');
select test.act('t17', 'FIREARMS', 'Kenya', 'accession', '2002-02-02') \g /dev/null
select test.equal('a protocol is not in force before its convention', (test.treaty('FIREARMS', '2020-01-01')->>'in_force_on') || ' ' || (test.treaty('FIREARMS', '2020-01-01')->>'in_force_why'),
	'2003-09-29 90 days after the deposit of instrument 2 on 2 February 2002 (article 18); not before UNTOC, on 29 September 2003');
select test.equal('nor for who is not in the convention', test.force('FIREARMS', 'COG'), null);
select test.act('t18', 'UNTOC', 'Congo', 'accession', '2010-01-01') \g /dev/null
select test.equal('but since it is', test.force('FIREARMS', 'COG'), '2010-01-31');
select test.act('t19', 'UNTOC', 'Kenya', 'withdrawal', '2015-03-01') \g /dev/null
select test.equal('a withdrawal takes effect after a year', array[(test.treaty('UNTOC', '2016-02-29')->>'parties')::int - (test.treaty('UNTOC', '2016-03-01')->>'parties')::int, 1], array[1, 1]);
select test.equal('who has left may join again', test.act('t20', 'UNTOC', 'Kenya', 'accession', '2018-01-01')->'status'->>'in_force_on', '2018-01-31');
select test.equal('a correction stands in its place', (select api.treaty_correct(test.olga(), jsonb_build_object('key', 'c1', 'treaty', 'UNTOC', 'n', e.n, 'on', '2012-01-26', 'note', 'typing'))->>'effective_on'
	from mandate.entry e where e.ledger = 'UNTOC' and e.party = 'VAT'), '2012-01-26');
select test.equal('and counts', test.force('UNTOC', 'VAT'), '2012-02-25');
select test.refused('a correction says why', $q$select api.treaty_correct(test.olga(), '{"key":"c2","treaty":"UNTOC","n":1,"void":true}')$q$, 422, 'needs_reason');
select test.refused('rows are objects', $q$select api.treaty_import(test.olga(), '{"key":"j1","treaty":"UNTOC","rows":[1]}')$q$, 422, 'bad_rows');
create function test.says(statement text) returns text language plpgsql as $$ begin execute statement; return 'nothing'; exception when others then return sqlerrm; end $$;
select test.equal('each of a line of its own', test.says($q$select api.treaty_import(test.olga(), '{"key":"j2","treaty":"UNTOC","rows":[
	{"line":2,"participant":"France","action":"signature","date":"2000-12-12"},{"line":2,"participant":"Peru","action":"signature","date":"2000-12-12"}]}')$q$),
	'several rows say that they are line 2; each line is a row');
select test.refused('one bad row leaves nothing', $q$select api.treaty_import(test.olga(), jsonb_build_object('key', 'i2', 'rows', jsonb_build_array(
	jsonb_build_object('line', 2, 'treaty', 'UNTOC', 'participant', 'State 50', 'action', 'accession', 'date', '2004-01-01'), jsonb_build_object('line', 3, 'treaty', 'UNTOC', 'participant', 'Statte 51', 'action', 'accession', 'date', '2004-01-01'))))$q$, 422, 'bad_rows');
select test.equal('nothing', (select count(*) from mandate.entry e where e.party = (mandate.party_find('State 50')).code), 0::bigint);
select test.equal('every fault is named with its line and column', (select string_agg(p.line || ' ' || p.col, ', ' order by p.line) from mandate.treaty_prepare('[
	{"line":2,"treaty":"X","participant":"Peru","action":"a","date":"2004-01-01"},{"line":3,"treaty":"UNTOC","action":"a","date":"2004-01-01"},
	{"line":4,"treaty":"UNTOC","participant":"Nowhere","action":"a","date":"2004-01-01"},{"line":5,"treaty":"UNTOC","participant":"State 50","action":"b","date":"2004-01-01"},
	{"line":6,"treaty":"UNTOC","participant":"State 50","action":"a","date":"1 May 2004"},{"line":7,"treaty":"UNTOC","participant":"State 51","action":"a","date":"2004-01-01"},
	{"line":8,"treaty":"UNTOC","participant":"State 51","action":"r","date":"2004-02-01"},{"line":9,"treaty":"UNTOC","participant":"State 52","action":"withdrawal","date":"2004-02-01"}]') p where p.fault is not null),
	'2 treaty, 3 participant, 4 participant, 5 action, 6 date, 8 action, 9 action');
select test.equal('what is there already is recognized', api.treaty_import(test.olga(), jsonb_build_object('key', 'i3', 'treaty', 'UNTOC', 'rows', test.file(38, '2003-06-01'))) - 'warnings', '{"rows":38,"added":0,"already":38}');
select test.equal('letters of the depositary', (select array_agg(mandate.treaty_action_of(a) order by n) from unnest(array['s', 'r', 'A', 'AA', 'a', 'd', 'c', 'Ratification', 'x']) with ordinality x(a, n)),
	array['signature', 'ratification', 'acceptance', 'approval', 'accession', 'succession', 'confirmation', 'ratification', null]);
select test.equal('a text names the protocol and not its convention', mandate.treaty_named('to consider becoming parties to the Protocol against Firearms, supplementing the United Nations Convention against Transnational Organized Crime'), 'FIREARMS');
select test.equal('and the books are whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
select test.equal('an office adds its own', api.treaty_add(test.olga(), '{"key":"a1","code":"att","name":"Arms Trade Treaty","threshold":50,"adopted_on":"2013-04-02"}')->>'code', 'ATT');
select test.refused('once', $q$select api.treaty_add(test.olga(), '{"key":"a2","code":"ATT","name":"x","threshold":50}')$q$, 409, 'code_taken');
