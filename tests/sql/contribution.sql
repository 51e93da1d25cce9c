-- Contributions: exact amounts, pledges and receipts apart, corrections, as of and as known, imports, sums that agree.
select mandate.load_states('[{"alpha3":"FRA","name_en":"France","name_fr":"France (la)","name_es":"Francia","region":"Europe"},
	{"alpha3":"PER","name_en":"Peru","name_fr":"Pérou (le)","name_es":"Perú (el)","region":"Americas"},
	{"alpha3":"KEN","name_en":"Kenya","name_fr":"Kenya (le)","name_es":"Kenya","region":"Africa"},
	{"alpha3":"NLD","name_en":"Netherlands (the)","name_fr":"Pays-Bas (les)","name_es":"Países Bajos (los)","region":"Europe"}]') \g /dev/null
select mandate.load_entities('[{"code":"UNDP","name":"United Nations Development Programme","aliases":"","category":""}]') \g /dev/null
select mandate.load_currencies('[{"code":"USD","name":"Dollar","list":"current"},{"code":"EUR","name":"Euro","list":"current"},
	{"code":"JPY","name":"Yen","list":"current"},{"code":"DEM","name":"Mark","list":"historic"}]') \g /dev/null
select mandate.load_funds('[{"code":"UNCPCJF","name":"United Nations Crime Prevention and Criminal Justice Fund","aliases":"Trust Fund for Social Defence",
	"manager":"UNODC","created_by":"A/RES/46/152","part_of":"","basis":"known"}]') \g /dev/null
create function test.give(key text, action text, donor text, amount text, currency text, day text, more jsonb default '{}') returns jsonb language sql as $$
	select api.contribution_add(test.olga(), jsonb_build_object('key', key, 'fund', 'UNCPCJF', 'action', action, 'donor', donor, 'amount', amount,
		'currency', currency, 'date', day) || more)
$$;
create function test.status(more jsonb default '{}') returns jsonb language sql as $$ select api.contribution_status(test.olga(), more) $$;
create function test.rows(more jsonb default '{}') returns jsonb language sql as $$ select api.contribution_list(test.olga(), more)->'rows' $$;
create function test.correct(key text, n int, more jsonb) returns jsonb language sql as $$
	select api.contribution_correct(test.olga(), jsonb_build_object('key', key, 'fund', 'UNCPCJF', 'n', n) || more)
$$;
create function test.rate(key text, currency text, day text, rate text, more jsonb default '{}') returns jsonb language sql as $$
	select api.rate_set(test.olga(), jsonb_build_object('key', key, 'currency', currency, 'from', day, 'rate', rate) || more)
$$;

-- Funds.
select test.equal('a fund has its book', (select l.kind from mandate.ledger l where l.code = 'UNCPCJF'), 'fund');
select test.equal('a fund is found by an old name', (mandate.fund_find('trust fund for social defence')).code, 'UNCPCJF');
select test.refused('a fund that is not there', $q$select mandate.fund_find('NOSUCH')$q$, 404, 'no_fund');
select test.equal('a text names its fund', mandate.fund_named('to contribute to the  United Nations crime prevention and criminal-justice Fund, and'), 'UNCPCJF');
select test.equal('a text that names none', mandate.fund_named('to contribute to the crime prevention funding'), null::text);
select test.equal('a fund is added', api.fund_add(test.olga(), '{"key":"f1","code":"TEST-FUND","name":"Test Fund","part_of":"UNCPCJF"}')->>'part_of', 'UNCPCJF');
select test.refused('a name that means a fund already', $q$select api.fund_add(test.olga(), '{"key":"f2","code":"OTHER","name":"TEST fund"}')$q$, 409, 'fund_exists');
select test.refused('what is no code', $q$select api.fund_add(test.olga(), '{"key":"f3","code":"my fund","name":"x"}')$q$, 422, 'bad_fund');
select test.refused('a viewer adds none', $q$select api.fund_add('{"uid":3}', '{"key":"f4","code":"X","name":"x"}')$q$, 403, 'role_too_small');
select mandate.load_funds('[{"code":"TEST-FUND","name":"From a file"}]') \g /dev/null
select test.equal('reference data never replaces what was added here', (mandate.fund_find('TEST-FUND')).name, 'Test Fund');

-- Rates.
select test.equal('a rate is set', test.rate('r1', 'EUR', '2004-01-01', '0.8')->>'rate', '0.8');
select test.equal('set again it is there already', test.rate('r2', 'EUR', '2004-01-01', '0.80')->>'already', 'true');
select test.refused('another rate of that day needs a reason', $q$select test.rate('r3', 'EUR', '2004-01-01', '0.9')$q$, 422, 'needs_reason');
select test.equal('with one it holds', test.rate('r4', 'EUR', '2004-01-01', '0.79', '{"reason":"misprint"}')->>'n', '2');
select test.equal('the old one stays readable', (select string_agg((r->>'rate') || ' ' || (r->>'holds'), ', ') from jsonb_array_elements(api.rate_list(test.olga(), '{"currency":"eur"}')->'rows') r), '0.8 false, 0.79 true');
select test.equal('back again', test.rate('r5', 'EUR', '2004-01-01', '0.8', '{"reason":"it was no misprint"}')->>'n', '3');
select test.refused('a rate is never changed', $q$update mandate.rate set rate = 1$q$, 409, '');
select test.refused('nor deleted', $q$delete from mandate.rate$q$, 409, '');
select test.equal('the newest at or before the day', (select (x.rate, x.rate_date)::text from mandate.rate_on('EUR', '2004-06-30') x), '(0.8,2004-01-01)');
select test.equal('before the first there is none', (select x.rate from mandate.rate_on('EUR', '2003-12-31') x), null::numeric);
select test.refused('no such currency', $q$select test.rate('r6', 'EUX', '2004-01-01', '0.8')$q$, 422, 'bad_currency');
select test.refused('the dollar needs no rate', $q$select test.rate('r7', 'USD', '2004-01-01', '1')$q$, 422, 'bad_currency');
select test.refused('a rate of nothing', $q$select test.rate('r8', 'EUR', '2004-02-01', '0.0')$q$, 422, 'bad_rate');
select test.equal('rates of a file', api.rate_import(test.olga(), '{"key":"r9","rows":[{"line":2,"currency":"EUR","from":"2005-01-01","rate":"0.734"},
	{"line":3,"currency":"JPY","from":"2005-01-01","rate":"102.65"},{"line":4,"currency":"EUR","from":"2004-01-01","rate":"0.8"}]}') - 'dry_run', '{"rows":3,"added":2,"already":1}');
select test.refused('all faults of a file at once', $q$select api.rate_import(test.olga(), '{"key":"r10","rows":[{"line":2,"currency":"XXQ","from":"2005-02-01","rate":"1"},
	{"line":3,"currency":"EUR","from":"2005-02-01","rate":"0.7"},{"line":4,"currency":"EUR","from":"2005-02-01","rate":"0.8"}]}')$q$, 422, 'bad_rows');
select test.equal('and nothing of it stays', (select count(*) from mandate.rate r where r.holds_from = '2005-02-01'), 0::bigint);

-- Exactness.
select test.equal('half a cent is rounded upward', array[mandate.dollars(0.005, 1), mandate.dollars(0.0049, 1), mandate.dollars(1.115, 1), mandate.dollars(1, 3)], array[0.01, 0.00, 1.12, 0.33]);
select test.equal('fifteen digits at a rate', mandate.dollars(999999999999999.9999, 0.0001), 9999999999999999999.00);
select test.equal('thousand of thirds: no rounding of a rounded quotient', (select bool_and(mandate.dollars(a, r) = floor(a * 100 / r + 0.5) * 0.01)
	from (select n * 0.37 as a, 0.5 * (1 + n % 40) as r from generate_series(1, 1000) n) x), true);
select test.equal('a fraction that only just is not half a cent', mandate.dollars(999999999999999, 6), 166666666666666.50);
select test.equal('0.1 and', test.give('e1', 'receipt', 'Kenya', '0.1', 'USD', '2003-01-01')->>'usd', '0.10');
select test.equal('0.2', test.give('e2', 'receipt', 'Kenya', '0.2', 'USD', '2003-01-02')->>'amount', '0.2');
select test.equal('are 0.30', test.status('{"year":2003}')->'total'->>'received', '0.30');
select test.give('e3', 'receipt', 'KEN', '999999999999999.99', 'USD', '2003-01-03') \g /dev/null
select test.equal('fifteen digits lose nothing', test.status('{"year":2003}')->'total'->>'received', '1000000000000000.29');
select test.correct('e4', 3, '{"void":true,"note":"only a test of size"}') \g /dev/null
select test.equal('what was taken back does not count', test.status('{"year":2003}')->'total'->>'received', '0.30');
select test.refused('thousands with commas', $q$select test.give('b1', 'pledge', 'France', '1,250', 'USD', '2004-05-01')$q$, 422, 'bad_amount');
select test.refused('exponents', $q$select test.give('b2', 'pledge', 'France', '1e9', 'USD', '2004-05-01')$q$, 422, 'bad_amount');
select test.refused('below nothing', $q$select test.give('b3', 'pledge', 'France', '-5', 'USD', '2004-05-01')$q$, 422, 'bad_amount');
select test.refused('nothing', $q$select test.give('b4', 'pledge', 'France', '0.00', 'USD', '2004-05-01')$q$, 422, 'bad_amount');
select test.refused('a misspelled State is no new donor', $q$select test.give('b5', 'pledge', 'Frannce', '1', 'USD', '2004-05-01')$q$, 404, 'no_party');
select test.equal('and is named', (select d.fault like '%did you mean France?%' from mandate.donor_look('Frannce', false) d), true);
select test.refused('a State is no private donor', $q$select test.give('b6', 'pledge', 'Peru', '1', 'USD', '2004-05-01', '{"donor_type":"private"}')$q$, 404, 'no_party');
select test.refused('tomorrow', $q$select test.give('b7', 'pledge', 'Peru', '1', 'USD', (mandate.today() + 1)::text)$q$, 422, 'future_date');
select test.refused('a currency without a rate', $q$select test.give('b8', 'pledge', 'Peru', '1', 'DEM', '2000-05-01')$q$, 422, 'no_rate');
select test.refused('a currency that is none', $q$select test.give('b9', 'pledge', 'Peru', '1', 'EUX', '2004-05-01')$q$, 422, 'bad_currency');
select test.refused('due before it was pledged', $q$select test.give('b10', 'pledge', 'Peru', '1', 'USD', '2004-05-01', '{"due":"2004-04-30"}')$q$, 422, 'bad_date');
select test.refused('a viewer records none', $q$select api.contribution_add('{"uid":3}', '{"key":"b11","fund":"UNCPCJF","action":"pledge","donor":"FRA","amount":"1","currency":"USD"}')$q$, 403, 'role_too_small');

-- Pledges and receipts: dollars at each one's rate.
select test.equal('dollars at pledge', (select (p->>'n') || ' ' || (p->>'usd') || ' ' || (p->>'rate') || ' ' || (p->>'rate_date')
	from test.give('p1', 'pledge', 'France', '100000.00', 'EUR', '2004-06-30', '{"due":"2005-03-31","agreement":"FRA/2004/1","for_year":2004}') p), '5 125000.00 0.8 2004-01-01');
select test.equal('a repeated key answers the same', test.give('p1', 'pledge', 'France', '100000.00', 'EUR', '2004-06-30', '{"due":"2005-03-31","agreement":"FRA/2004/1","for_year":2004}')->>'n', '5');
select test.equal('dollars at receipt', test.give('p2', 'receipt', 'Francia', '40000', 'EUR', '2005-02-01', '{"pledge":"5"}')->>'usd', '54495.91');
select test.equal('outstanding in its own currency and in dollars at pledge', (select (r->>'outstanding') || ' ' || (r->>'outstanding_usd') || ' ' || (r->>'overdue')
	from jsonb_array_elements(test.rows('{"donor":"FRA"}')) r), '60000.00 75000.00 true');
select test.equal('not overdue before it is due', test.status('{"donor":"FRA","as_of":"2005-03-31"}')->'total'->>'overdue', '0.00');
select test.equal('nor paid before it was paid', test.status('{"donor":"FRA","as_of":"2005-01-31"}')->'total'->>'outstanding', '125000.00');
select test.refused('a receipt answers a pledge of the same donor', $q$select test.give('p3', 'receipt', 'Peru', '1', 'USD', '2005-02-01', '{"pledge":"5"}')$q$, 422, 'bad_pledge');
select test.refused('and a pledge that is there', $q$select test.give('p4', 'receipt', 'France', '1', 'USD', '2005-02-01', '{"pledge":"77"}')$q$, 422, 'bad_pledge');
select test.refused('a receipt is no pledge', $q$select test.give('p5', 'receipt', 'France', '1', 'USD', '2005-02-01', '{"pledge":"6"}')$q$, 422, 'bad_pledge');
select test.equal('the pledge by its agreement, in dollars, over-paid', test.give('p6', 'receipt', 'FRA', '80000', 'USD', '2005-06-01', '{"pledge":"FRA/2004/1"}')->'warnings'->>0,
	'more was received than pledged: pledge 5 of UNCPCJF by France is over by EUR 4000');
select test.equal('nothing is outstanding then', test.status('{"donor":"FRA"}')->'total'->>'outstanding', '0.00');
select test.equal('the receipts are of the year of their pledge', (select string_agg((r->>'key') || ' ' || (r->>'received'), ', ') from jsonb_array_elements(test.status('{"by":"year","donor":"FRA"}')->'rows') r), '2004 134495.91');
select test.equal('in kind, earmarked', test.give('p7', 'receipt', 'Netherlands', '12000', 'EUR', '2005-03-01', '{"in_kind":"a seconded expert for six months","earmark":"legislative guides","rate":"0.75","rate_date":"2005-03-01"}')->>'usd', '16000.00');
select test.equal('cash and in kind apart', test.status()->'total'->'in_kind', '{"pledged":"0.00","received":"16000.00"}');
select test.equal('earmarked and general-purpose apart', (select array[t->'earmarked'->>'received', t->'general_purpose'->>'received'] from (select test.status()->'total' as t) x), array['16000.00', '134496.21']);
select test.equal('a private donor that says so', test.give('p8', 'pledge', 'Ford Foundation', '5000', 'USD', '2005-03-01', '{"donor_type":"private"}')->'warnings', '["Ford Foundation is a new private donor"]');
select test.equal('is known then', test.give('p9', 'receipt', 'FORD foundation', '5000', 'USD', '2005-04-01', '{"pledge":"9"}')->'donor'->>'name', 'Ford Foundation');
select test.equal('an organization', test.give('p10', 'pledge', 'United Nations Development Programme', '700', 'USD', '2005-04-02')->>'party', 'UNDP');
select test.equal('the same again is said', test.give('p11', 'pledge', 'UNDP', '700.00', 'USD', '2005-04-02')->'warnings'->>0 like 'entry 11 says the same%', true);
select test.correct('p12', 12, '{"void":true,"note":"entered twice"}') \g /dev/null

-- Corrections.
select test.equal('as it was known before', (select count(*) from mandate.contribution_book('UNCPCJF', null, mandate.record_time())), 9::bigint);
select test.refused('a correction has a reason', $q$select test.correct('c1', 5, '{"amount":"90000"}')$q$, 422, 'needs_reason');
select test.refused('and says something else', $q$select test.correct('c2', 5, '{"amount":"100000.00","note":"x"}')$q$, 422, 'empty_update');
select test.refused('a pledge with receipts is not taken back', $q$select test.correct('c3', 5, '{"void":true,"note":"x"}')$q$, 422, 'bad_pledge');
select test.refused('nor given to another donor', $q$select test.correct('c4', 5, '{"donor":"Peru","note":"x"}')$q$, 422, 'bad_pledge');
select test.equal('a correction keeps the rest, and the rate of its day', (select (e->>'amount') || ' ' || (e->>'usd') || ' ' || (e->>'agreement') || ' ' || (e->>'corrects')
	from test.correct('c5', 5, '{"amount":"110000","note":"the agreement says 110,000"}') e), '110000 137500.00 FRA/2004/1 5');
select test.equal('a pledge corrected to less than was paid is said', test.correct('c5b', 9, '{"amount":"4000","note":"x"}')->'warnings'->>0,
	'more was received than pledged: pledge 15 of UNCPCJF by Ford Foundation is over by USD 1000');
select test.correct('c5c', 15, '{"amount":"5000","note":"it was right"}') \g /dev/null
select test.equal('its receipts stay with it', (select (r->'pledge'->>'n') || ' ' || jsonb_array_length(r->'receipts') || ' ' || (r->>'outstanding') from jsonb_array_elements(test.rows('{"donor":"FRA"}')) r), '14 2 6000.0000');
select test.refused('what was corrected is corrected once', $q$select test.correct('c6', 5, '{"amount":"1","note":"x"}')$q$, 409, 'entry_corrected');
select test.equal('a pledge goes by its first number too', test.give('c7', 'receipt', 'FRA', '6000', 'EUR', '2005-07-01', '{"pledge":"5"}')->>'pledge', '5');
select test.equal('and by its last', test.correct('c8', 17, '{"pledge":"14","amount":"6000.00","note":"written otherwise"}')->>'pledge', '5');
select test.equal('another day, another rate', (select (e->>'rate') || ' ' || (e->>'usd') from test.correct('c9', 18, '{"date":"2004-12-31","note":"the day of value"}') e), '0.8 7500.00');
select test.equal('a given rate stays', test.correct('c10', 8, '{"amount":"24000","note":"a year, not six months"}')->>'usd', '32000.00');
select test.equal('an earmark is taken away', test.correct('c11', 20, '{"earmark":null,"note":"for anything"}') ? 'earmark', false);
select test.equal('the log has all', jsonb_array_length(api.contribution_log(test.olga(), '{"fund":"UNCPCJF"}')->'rows'), 21);
select test.equal('the chains are whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');

-- Imports.
create function test.rows_of(n int, day date, more jsonb default '{}') returns jsonb language sql as $$
	select jsonb_agg(jsonb_build_object('line', i + 1, 'fund', 'TEST-FUND', 'action', case i % 3 when 0 then 'receipt' else 'pledge' end,
		'donor', (array['France', 'PER', 'Kenya', 'Países Bajos', 'UNDP'])[1 + i % 5], 'amount', (i * 1.01)::text, 'currency', (array['USD', 'EUR', 'JPY'])[1 + i % 3],
		'date', (day + i)::text) || more || case when i % 7 = 0 then '{"earmark":"training"}' else '{}' end::jsonb || case when i % 11 = 0 then '{"in_kind":"books"}' else '{}' end::jsonb order by i)
	from generate_series(1, n) i
$$;
create function test.bring(key text, rows jsonb, more jsonb default '{}') returns jsonb language sql as $$
	select api.contribution_import(test.olga(), jsonb_build_object('key', key, 'rows', rows) || more)
$$;
select test.equal('a dry run says what would be', (test.bring('i0', test.rows_of(300, '2005-01-01'), '{"dry_run":true}')->>'added') || ' ' || (select count(*) from mandate.entry e where e.ledger = 'TEST-FUND'), '300 0');
select test.refused('one bad row in the middle', $q$select test.bring('i1', jsonb_set(test.rows_of(300, '2005-01-01'), '{150,amount}', '"1e9"'))$q$, 422, 'bad_rows');
select test.equal('leaves nothing behind', (select count(*) from mandate.entry e where e.ledger = 'TEST-FUND'), 0::bigint);
select test.equal('all rows', test.bring('i2', test.rows_of(300, '2005-01-01'))->>'added', '300');
select test.equal('what is there is recognized', test.bring('i3', test.rows_of(310, '2005-01-01')) - '{warnings,funds}'::text[], '{"rows":310,"added":10,"already":300,"dry_run":false}');
select test.equal('two alike in one file are two', test.bring('i4', '[{"line":2,"fund":"TEST-FUND","action":"receipt","donor":"PER","amount":"5","currency":"USD","date":"2006-01-01"},
	{"line":3,"fund":"TEST-FUND","action":"receipt","donor":"Perú","amount":"5.00","currency":"USD","date":"2006-01-01"}]')->>'added', '2');
select test.equal('and not four', test.bring('i5', '[{"line":2,"fund":"TEST-FUND","action":"receipt","donor":"PER","amount":"5","currency":"USD","date":"2006-01-01"},
	{"line":3,"fund":"TEST-FUND","action":"receipt","donor":"PER","amount":"5","currency":"USD","date":"2006-01-01"}]')->>'added', '0');
select test.equal('a receipt finds the pledge of its file by the agreement', test.bring('i6', '[{"line":2,"fund":"TEST-FUND","action":"receipt","donor":"PER","amount":"30","currency":"USD","date":"2006-03-01","pledge":"PER/1"},
	{"line":3,"fund":"TEST-FUND","action":"pledge","donor":"PER","amount":"50","currency":"USD","date":"2006-02-01","agreement":"PER/1"}]')->>'added', '2');
select test.equal('and is counted for it', (select (r->>'outstanding') from jsonb_array_elements(test.rows('{"fund":"TEST-FUND","donor":"PER"}')) r where r->'pledge'->>'agreement' = 'PER/1'), '20');
select test.equal('the numbers that were foretold are those that were given', (select e.content->>'pledge' from mandate.entry e
	where e.ledger = 'TEST-FUND' and e.party = 'PER' and e.content->>'amount' = '30'), (select e.n::text from mandate.entry e where e.content->>'agreement' = 'PER/1'));
create function test.faults_of(rows jsonb) returns text language plpgsql as $$
declare
	detail text;
begin
	perform test.bring('faulty', rows);
	return 'none';
exception when others then
	get stacked diagnostics detail = pg_exception_detail;
	return (select string_agg((f->>'line') || ' ' || (f->>'column'), ', ') from jsonb_array_elements(detail::jsonb->'faults') f);
end
$$;
select test.equal('all faults at once, with line and column', test.faults_of('[
	{"line":2,"fund":"NONE","action":"give","donor":"Frannce","amount":"-1","currency":"eur","date":"2005-02-30"},
	{"line":3,"fund":"TEST-FUND","action":"pledge","donor":"PER","amount":"1","currency":"USD","date":"2005-02-28"},
	{"line":4,"fund":"TEST-FUND","action":"receipt","donor":"PER","amount":"1","currency":"DEM","date":"2005-02-28","pledge":"999"},
	{"line":5,"fund":"TEST-FUND","action":"pledge","donor":"Acme","amount":"1","currency":"USD","date":"2005-02-28","for_year":"05","donor_type":"person"}]'),
	'2 fund, 2 action, 2 donor, 2 amount, 2 currency, 2 date, 4 rate, 4 pledge, 5 donor, 5 donor_type, 5 for_year');

select test.refused('rows that are none', $q$select test.bring('i7', '["x"]')$q$, 422, 'bad_rows');
select test.refused('a row without a line', $q$select test.bring('i8', '[{"line":"a","fund":"TEST-FUND"}]')$q$, 422, 'bad_rows');
select test.refused('a list of a donor that nobody knows', $q$select test.rows('{"donor":"Frannce"}')$q$, 404, 'no_party');

-- Sums by anything agree with the sum of all, for every figure.
create function test.sums_agree(more jsonb) returns boolean language sql as $$
	with s as (select by_what, test.status(more || jsonb_build_object('by', by_what)) as answer from unnest(array['donor', 'fund', 'year', 'region']) by_what),
	figure as (select * from (values ('{pledged}'::text[]), ('{received}'), ('{outstanding}'), ('{overdue}'), ('{cash,pledged}'), ('{cash,received}'), ('{in_kind,pledged}'),
		('{in_kind,received}'), ('{earmarked,pledged}'), ('{earmarked,received}'), ('{general_purpose,pledged}'), ('{general_purpose,received}')) x(path))
	select bool_and((s.answer->'total' #>> f.path)::numeric = (select sum((r #>> f.path)::numeric) from jsonb_array_elements(s.answer->'rows') r)) from s, figure f
$$;
select test.equal('sums agree', test.sums_agree('{}'), true);
select test.equal('in one fund', test.sums_agree('{"fund":"TEST-FUND"}'), true);
select test.equal('of one year', test.sums_agree('{"year":2005}'), true);
select test.equal('as of a date', test.sums_agree('{"as_of":"2005-04-15"}'), true);
select test.equal('cash and in kind make all; so do earmarked and general-purpose', (select (t->'cash'->>'received')::numeric + (t->'in_kind'->>'received')::numeric = (t->>'received')::numeric
	and (t->'earmarked'->>'pledged')::numeric + (t->'general_purpose'->>'pledged')::numeric = (t->>'pledged')::numeric from (select test.status()->'total' as t) x), true);
select test.equal('the list adds up to the status', (select sum((i->>'usd')::numeric)::text from jsonb_array_elements(test.rows('{"limit":"10000"}')) r, jsonb_array_elements(r->'receipts') i), test.status()->'total'->>'received');
select test.equal('each line says what was received in dollars', (select sum((r->>'received_usd')::numeric)::text from jsonb_array_elements(test.rows('{"limit":"10000"}')) r), test.status()->'total'->>'received');
select test.equal('outstanding in the list is that of the status', (select sum((r->>'outstanding_usd')::numeric)::text from jsonb_array_elements(test.rows('{"limit":"10000"}')) r), test.status()->'total'->>'outstanding');
select test.equal('a page and the next are the whole', (select count(distinct (r->'fund', r->'pledge'->'n', r->'receipts'->0->'n')) from (
	select jsonb_array_elements(test.rows('{"limit":"100"}')) r union all select jsonb_array_elements(test.rows(jsonb_build_object('limit', 10000, 'after', api.contribution_list(test.olga(), '{"limit":"100"}')->>'next')))) x), jsonb_array_length(test.rows('{"limit":"10000"}'))::bigint);

-- The year before, new donors.
select test.equal('who gave for the first time', (select string_agg(d->>'code', ' ') from jsonb_array_elements(test.status('{"fund":"UNCPCJF","since":"2005-01-01"}')->'new_donors') d), 'Ford Foundation NLD UNDP');
select test.give('t1', 'receipt', 'Peru', '100', 'USD', '2007-03-01') \g /dev/null
select test.give('t2', 'receipt', 'Peru', '900', 'USD', '2007-10-01') \g /dev/null
select test.give('t3', 'receipt', 'Peru', '112', 'USD', '2008-03-01') \g /dev/null
select test.equal('the year so far beside the same part of the year before', (select (t->>'received') || ' ' || (t->>'received_before') || ' ' || (t->>'received_percent')
	from (select test.status('{"fund":"UNCPCJF","as_of":"2008-06-30"}')->'trend' as t) x), '112.00 100.00 12');

-- The obligation.
create or replace function test.reading(symbol text) returns jsonb language sql as $$
	select jsonb_build_object('resolution', jsonb_build_object('symbol', symbol, 'body', 'GA', 'title', 'A title', 'adopted_on', '2004-12-20', 'language', 'en', 'state', 'adopted'),
		'warnings', '[]'::jsonb, 'paragraphs', jsonb_build_array(
			test.paragraph('6', 'GA', 0, 'Encourages gifts', test.clause('Encourages', 'encouragement', 'contribution', 'MS', 'to contribute to the United Nations Crime Prevention and Criminal Justice Fund', null)),
			test.paragraph('7', 'GA', 0, 'Requests a report', test.clause('Requests', 'request', 'reporting', 'SG', 'to report', null))))
$$;
select test.import('A/RES/59/157') \g /dev/null
select test.equal('a clause that names a fund has it', test.show('59/157:6')->'fund'->>'code', 'UNCPCJF');
select test.equal('what can be said of it', test.show('59/157:6', '{"as_of":"2008-06-30"}')->'fund'->>'said',
	'5 donors, US$ 180,107.91 received and 5,700.00 pledged since adoption, 4 new donors, up 12 per cent on the year before (to 30 June)');
select test.equal('as of a day before anybody gave', test.show('59/157:6', '{"as_of":"2004-12-21"}')->'fund'->>'said', 'no contributions since adoption on 2004-12-20');
select test.refused('it is never implemented', $q$select test.update('o1', '59/157:6', '{"status":"implemented","note":"much was given"}')$q$, 422, 'status_cannot_follow');
select test.equal('it can be closed', test.update('o2', '59/157:6', '{"status":"closed","note":"the fund was closed"}')->>'updated', '1');
select test.equal('its fund is taken away', api.obligation_edit(test.olga(), '{"key":"o3","ref":"59/157:6","fund":null}')->'fund', 'null'::jsonb);
select test.equal('and set, by name', api.obligation_edit(test.olga(), '{"key":"o4","ref":"59/157:6","fund":"test fund"}')->'fund'->>'code', 'TEST-FUND');
select test.equal('which stands in the record', (select u.change from mandate.update u where u.key = 'o4'), '{"fund":"TEST-FUND"}');
select test.refused('what asks for a report has none', $q$select api.obligation_edit(test.olga(), '{"key":"o5","ref":"59/157:7","fund":"TEST-FUND"}')$q$, 422, 'no_contribution');
select test.refused('a fund that is not there', $q$select api.obligation_edit(test.olga(), '{"key":"o6","ref":"59/157:6","fund":"NONE"}')$q$, 404, 'no_fund');
select test.equal('since an adoption', test.status('{"fund":"UNCPCJF","since":"59/157"}')->>'since', '2004-12-20');
select test.equal('the record adds up', api.audit_verify(test.olga(), '{}')->>'whole', 'true');

-- A receipt that may answer a pledge.
select api.fund_add(test.olga(), '{"key":"fo","code":"OPEN","name":"Open Fund"}') \g /dev/null
select test.give('p13', 'pledge', 'Kenya', '900', 'USD', '2005-04-03', '{"agreement":"KEN/1","fund":"OPEN"}') \g /dev/null
select test.equal('a receipt without a pledge is shown the open one, and what to type', test.give('p14', 'receipt', 'Kenya', '300', 'USD', '2005-04-04', '{"fund":"OPEN"}')->'warnings',
	'["Kenya has an open pledge to OPEN that this may answer: 1 of 3 April 2005, KEN/1, USD 900 outstanding; if it does, say so with: mandate contribution correct OPEN 2 --pledge 1 --note REASON"]');
select test.equal('which does it', test.correct('p15', 2, '{"fund":"OPEN","pledge":"1","note":"as was meant"}')->>'pledge', '1');
select test.give('p16', 'pledge', 'Kenya', '50', 'USD', '2005-04-05', '{"fund":"OPEN"}') \g /dev/null
select test.equal('or the open ones', test.give('p17', 'receipt', 'Kenya', '10', 'USD', '2005-04-06', '{"fund":"OPEN"}')->'warnings'->>0,
	'Kenya has open pledges to OPEN that this may answer: 1 of 3 April 2005, KEN/1, USD 600 outstanding; 4 of 5 April 2005, USD 50 outstanding; if it does, say so with: mandate contribution correct OPEN 5 --pledge N --note REASON');
select test.equal('one with its pledge needs no word', test.give('p18', 'receipt', 'Kenya', '20', 'USD', '2005-04-07', '{"pledge":"1","fund":"OPEN"}')->'warnings', '[]');

