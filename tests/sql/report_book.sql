-- Reports of a treaty's participants and a fund's contributions take filters, groups and orders too.
select mandate.load_states('[{"alpha3":"PER","name_en":"Peru","name_fr":"Pérou (le)","un_member_since":"1945-10-31"},{"alpha3":"MEX","name_en":"Mexico","un_member_since":"1945-11-07"},
	{"alpha3":"MLI","name_en":"Mali","un_member_since":"1960-09-28","ldc":"x"},{"alpha3":"SEN","name_en":"Senegal","un_member_since":"1960-09-28","ldc":"x"},
	{"alpha3":"FRA","name_en":"France","un_member_since":"1945-10-24"}]') \g /dev/null
select mandate.load_groups('[{"group":"GRULAC","alpha3":"PER"},{"group":"GRULAC","alpha3":"MEX"},{"group":"AFRICA","alpha3":"MLI"},{"group":"AFRICA","alpha3":"SEN"},{"group":"WEOG","alpha3":"FRA"}]') \g /dev/null
select mandate.load_treaties('[{"code":"FIREARMS","name":"Firearms Protocol","aliases":"","adopted_on":"2001-05-31","open_from":"2001-06-30","open_until":"2002-12-12","parent":"","threshold":"40",
	"force_days":"90","later_days":"30","withdrawal_months":"12","organizations_count":"no","basis":"article 18"}]') \g /dev/null
select mandate.load_currencies('[{"code":"USD","name":"Dollar","list":"current"}]') \g /dev/null
select mandate.load_funds('[{"code":"UNCPCJF","name":"Crime Prevention Fund"},{"code":"OTHER","name":"Other Fund"}]') \g /dev/null
select api.treaty_action(test.olga(), jsonb_build_object('key', 'r' || n, 'treaty', 'FIREARMS', 'party', party, 'action', action, 'on', on_day))
from (values (1, 'PER', 'signature', '2002-01-24'), (2, 'PER', 'ratification', '2003-09-23'), (3, 'MLI', 'accession', '2002-05-03'),
	(4, 'MEX', 'ratification', '2003-04-10'), (5, 'SEN', 'signature', '2002-01-17')) x(n, party, action, on_day) order by n \g /dev/null
-- What a part of a report names, headings too.
create function test.codes(request jsonb, of_part text) returns text language sql as $$
	with record as (select r, n, count(*) filter (where r ? 'part') over (order by n) as part_n from test.report(request) with ordinality t(r, n))
	select string_agg(coalesce(r->'row'->'participant'->>'code', r->'row'->'donor'->>'code', r->'row'->>'year', r->'heading'->'value'->>'code', r->'heading'->>'value', '-'), ' ' order by n)
	from record where (r ? 'row' or r ? 'heading') and part_n = (select x.part_n from record x where x.r->>'part' = of_part)
$$;
create function test.treaty(more jsonb, part text default 'participants') returns text language sql as $$
	select test.codes('{"name":"ratification","subject":"FIREARMS","as_of":"2005-06-30"}' || more, part)
$$;
create function test.figure(more jsonb, figure text) returns text language sql as $$
	select r->'row'->'value'->>'number' from test.report('{"name":"ratification","subject":"FIREARMS","as_of":"2005-06-30"}' || more) r where r->'row'->>'figure' = figure
$$;
select test.equal('participants in the order of their deposits', test.treaty('{}'), 'MLI MEX PER SEN');
select test.equal('or of their names', test.treaty('{"sort":"participant"}'), 'MLI MEX PER SEN');
select test.equal('or signatures', test.treaty('{"sort":"signed"}'), 'SEN PER MLI MEX');
select test.equal('of a group of States', test.treaty('{"filter":[{"field":"group","op":"=","value":"grulac"}]}'), 'MEX PER');
select test.equal('one State, by its name', test.treaty('{"filter":[{"field":"party","op":"=","value":"Pérou"}]}'), 'PER');
select test.equal('by a part of its name', test.treaty('{"filter":[{"field":"text","op":":","value":"exic"}]}'), 'MEX');
select test.equal('by the act and its day', test.treaty('{"filter":[{"field":"act","op":"=","value":"ratification"},{"field":"deposited","op":">","value":"2003-06-01"},"and"]}'), 'PER');
select test.equal('who has signed only', test.treaty('{"filter":[{"field":"act","op":"=","value":"none"}]}'), 'SEN');
select test.equal('what is new since a day', test.treaty('{"since":"2003-04-10"}'), 'PER');
select test.equal('by group', test.treaty('{"group":"group"}'), 'AFRICA MLI SEN GRULAC MEX PER');
select test.equal('by act', test.treaty('{"group":"act"}'), 'accession MLI ratification MEX PER - SEN');
select test.equal('those who are missing fit too', test.treaty('{"filter":[{"field":"signed","op":">","value":"2000-01-01"}]}', 'missing'), 'SEN');
select test.equal('the figures are the treaty''s', test.figure('{"filter":[{"field":"group","op":"=","value":"AFRICA"}]}', 'parties'), '3');
select test.equal('beside what fits', test.figure('{"filter":[{"field":"group","op":"=","value":"AFRICA"}]}', 'parties that fit the filter'), '1');
select test.equal('which nobody asked for here', test.figure('{}', 'parties that fit the filter'), null);
select test.refused('a field of obligations', $q$select test.treaty('{"filter":[{"field":"kind","op":"=","value":"reporting"}]}')$q$, 422, 'unknown_field');
select test.refused('a group that is none', $q$select test.treaty('{"filter":[{"field":"group","op":"=","value":"BENELUX"}]}')$q$, 404, 'no_group');
select test.refused('an order of obligations', $q$select test.treaty('{"sort":"urgency"}')$q$, 422, 'bad_sort');

select api.contribution_add(test.olga(), jsonb_build_object('key', 'c' || n, 'fund', fund, 'action', action, 'donor', donor, 'amount', amount, 'currency', 'USD', 'date', day))
from (values (1, 'UNCPCJF', 'pledge', 'France', '100', '2004-03-01'), (2, 'UNCPCJF', 'receipt', 'France', '40', '2005-02-01'), (3, 'UNCPCJF', 'pledge', 'Peru', '300', '2005-01-10'),
	(4, 'OTHER', 'pledge', 'Mali', '200', '2005-01-11')) x(n, fund, action, donor, amount, day) order by n \g /dev/null
create function test.given(more jsonb, part text default 'donors') returns text language sql as $$
	select test.codes('{"name":"contributions","as_of":"2005-06-30"}' || more, part)
$$;
select test.equal('donors in the order of their names', test.given('{}'), 'FRA FRA MLI PER');
select test.equal('of one fund', test.given('{"subject":"UNCPCJF"}'), 'FRA FRA PER');
select test.equal('the same as a filter', test.given('{"filter":[{"field":"fund","op":"=","value":"uncpcjf"}]}'), 'FRA FRA PER');
select test.equal('of a group', test.given('{"filter":[{"field":"group","op":"=","value":"LDC"}]}'), 'MLI');
select test.equal('of one donor', test.given('{"filter":[{"field":"party","op":"=","value":"pérou"}]}'), 'PER');
select test.equal('by a part of its name', test.given('{"filter":[{"field":"text","op":":","value":"al"}]}'), 'MLI');
select test.equal('of some years', test.given('{"filter":[{"field":"year","op":">","value":"2004"}]}'), 'FRA MLI PER');
select test.equal('and their sums', test.given('{"filter":[{"field":"year","op":">","value":"2004"}]}', 'years'), '2005');
select test.equal('since a day', test.given('{"since":"2005-01-10"}'), 'FRA MLI');
select test.equal('by fund', test.given('{"group":"fund"}'), 'OTHER MLI UNCPCJF FRA FRA PER');
select test.equal('by year', test.given('{"group":"year"}'), '2004 FRA 2005 FRA MLI PER');
select test.equal('by donor', test.given('{"group":"donor"}'), 'FRA FRA FRA MLI MLI PER PER');
select test.equal('the greatest pledge first', test.given('{"sort":"pledged"}'), 'PER MLI FRA FRA');
select test.equal('or what is still to come', test.given('{"sort":"outstanding"}'), 'PER MLI FRA FRA');
select test.equal('or the years', test.given('{"sort":"year"}'), 'FRA FRA MLI PER');
