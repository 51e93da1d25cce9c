-- Units, absences, delegations, teams, handovers.
select test.import('E/RES/2004/23') \g /dev/null
select test.import('E/RES/2005/23') \g /dev/null
insert into mandate.officer (login, name, role, uid, created_at) values ('anna', 'Anna Officer', 'officer', 11, now()), ('bela', 'Bela Officer', 'officer', 12, now());
create function test.unit(function text, more jsonb) returns jsonb language plpgsql as $$
declare answer jsonb;
begin
	execute format('select api.unit_%s(test.ada(), $1)', function) into answer using more || jsonb_build_object('key', more::text);
	return answer;
end $$;
create function test.assign(ref text, more jsonb) returns jsonb language sql as $$
	select api.assignment_write(test.olga(), jsonb_build_object('key', ref || more, 'references', jsonb_build_array(ref)) || more) $$;
create function test.person(function text, more jsonb) returns jsonb language plpgsql as $$
declare answer jsonb;
begin
	execute format('select api.officer_%s(test.ada(), $1)', function) into answer using more || jsonb_build_object('key', function || more::text);
	return answer;
end $$;

select test.equal('a unit is added', test.unit('add', '{"code":"DTA","name":"Division for Treaty Affairs"}'), '{"code":"DTA","name":"Division for Treaty Affairs","parent":null}');
select test.equal('below another, in any case', test.unit('add', '{"code":"OCB","name":"Organized Crime Branch","parent":"dta"}')->>'parent', 'DTA');
select test.unit('add', '{"code":"CSS","name":"Conference Support Section","parent":"OCB"}') \g /dev/null
select test.unit('add', '{"code":"DO","name":"Division for Operations"}') \g /dev/null
select test.refused('a unit is there once, in any case', $q$select test.unit('add', '{"code":"ocb","name":"x"}')$q$, 409, 'unit_exists');
select test.refused('none is no unit', $q$select test.unit('add', '{"code":"None","name":"x"}')$q$, 422, 'bad_unit');
select test.refused('a unit is not below what is below it', $q$select test.unit('edit', '{"code":"DTA","parent":"CSS"}')$q$, 422, 'unit_circle');
select test.refused('nor below itself', $q$select test.unit('edit', '{"code":"DTA","parent":"DTA"}')$q$, 422, 'unit_circle');
select test.refused('an unknown parent', $q$select test.unit('edit', '{"code":"DTA","parent":"XYZ"}')$q$, 404, 'no_unit');
select test.refused('only an administrator adds units', $q$select api.unit_add(test.olga(), '{"key":"u","code":"X","name":"x"}')$q$, 403, 'role_too_small');
select test.refused('an assignment to an unknown unit', $q$select test.assign('2004/23:9', '{"unit":"XYZ"}')$q$, 404, 'no_unit');
select test.refused('an officer in an unknown unit', $q$select test.person('edit', '{"login":"anna","unit":"XYZ"}')$q$, 404, 'no_unit');
select test.equal('a unit is found by its name', test.person('edit', '{"login":"anna","unit":"organized crime branch"}')->>'unit', 'OCB');
select test.assign('2004/23:0', '{"unit":"css","owner":"anna"}') \g /dev/null
select test.assign('2005/23:0', '{"unit":"DTA"}') \g /dev/null
select test.equal('a filter finds a unit and all below it', test.list('[{"field":"unit","op":"=","value":"dta"}]'), 'E/RES/2004/23:0 E/RES/2005/23:0');
select test.equal('and not what is above', test.list('[{"field":"unit","op":"=","value":"OCB"}]'), 'E/RES/2004/23:0');
select test.equal('nor what is beside', test.list('[{"field":"unit","op":"=","value":"DO"}]'), '');
select test.equal('a unit that is not there holds nothing', test.list('[{"field":"unit","op":"=","value":"XYZ"}]'), '');
select test.equal('the tree counts what is below, too', (select jsonb_agg(jsonb_build_array(r->'code', r->'depth', r->'officers', r->'officers_below', r->'open', r->'open_below') order by n)
	from jsonb_array_elements(api.unit_list(test.olga(), '{}')->'rows') with ordinality x(r, n)),
	'[["DO",0,0,0,0,0],["DTA",0,0,1,1,2],["OCB",1,1,1,0,1],["CSS",2,0,0,1,1]]');

-- The team.
select test.assign('2004/23:0', '{"member":"bela","as":"supporting"}') \g /dev/null
select test.assign('2004/23:0', '{"member":"clara","as":"focal_point"}') \g /dev/null
select test.equal('a team has its parts', test.show('2004/23:0')->'team', '[{"login":"bela","name":"Bela Officer","role":"supporting"},{"login":"clara","name":"Clara Clearer","role":"focal_point"}]');
select test.equal('a filter finds its members', test.list('[{"field":"team","op":"=","value":"BELA"}]'), 'E/RES/2004/23:0');
select test.equal('who stands outside is not found', test.list('[{"field":"team","op":"=","value":"me"}]'), '');
select test.assign('2004/23:0', '{"member":"clara","as":"none"}') \g /dev/null
select test.equal('a member can leave', jsonb_array_length(test.show('2004/23:0')->'team'), 1);
select test.equal('and is not found any more', test.list('[{"field":"team","op":"=","value":"clara"}]'), '');
select test.equal('most have no team', array_length(string_to_array(test.list('[{"field":"team","op":"=","value":"none"}]'), ' '), 1), 5);
select test.refused('an unknown member', $q$select test.assign('2004/23:0', '{"member":"nobody","as":"lead"}')$q$, 404, 'no_officer');
select test.refused('a part without a member', $q$select test.assign('2004/23:0', '{"as":"lead"}')$q$, 422, 'bad_team');

-- Away and back.
create function test.acting(days int, alternate text default null) returns text language sql as $$
	select mandate.acting_owner('anna', mandate.today() + days, alternate) $$;
create function test.away(login text, first int, last int, more jsonb default '{}') returns jsonb language sql as $$
	select test.person('away', jsonb_build_object('login', login, 'from', mandate.today() + first, 'until', mandate.today() + last) || more) $$;
select test.equal('who is here acts', test.acting(0), 'anna');
select test.equal('away until a day, with somebody to stand in', test.away('anna', 0, 10, '{"to":"bela"}')->'away'->>'until', (mandate.today() + 10)::text);
select test.equal('who stands in acts', test.acting(0), 'bela');
select test.equal('on the last day, too', test.acting(10), 'bela');
select test.equal('and not on the day after', test.acting(11), 'anna');
select test.equal('show says so', array[test.show('2004/23:0')->'owner_away'->>'until', test.show('2004/23:0')->'acting'->>'login'], array[(mandate.today() + 10)::text, 'bela']);
select test.equal('what was known before does not know it', mandate.acting_owner('anna', mandate.today(), null, '2000-01-01'), 'anna');
select test.refused('nobody stands in for the one who stands in for them', $q$select test.away('bela', 5, 20, '{"to":"anna"}')$q$, 422, 'delegation_circle');
select test.refused('not even from the middle on', $q$select test.away('bela', -5, 0, '{"to":"anna"}')$q$, 422, 'delegation_circle');
select test.refused('nor for oneself', $q$select test.away('bela', 5, 20, '{"to":"bela"}')$q$, 422, 'delegation_circle');
select test.equal('after it, they may', test.away('bela', 11, 20, '{"to":"anna"}') ? 'away', true);
select test.away('bela', 3, 4, '{"to":"clara"}') \g /dev/null
select test.equal('delegations are followed', array[test.acting(2), test.acting(3), test.acting(5)], array['bela'::text, 'clara'::text, 'bela'::text]);
select test.refused('a circle of three', $q$select test.away('clara', 0, 5, '{"to":"anna"}')$q$, 422, 'delegation_circle');
select test.away('bela', 7, 8) \g /dev/null
select test.equal('where nobody stands in the alternate acts', test.acting(7, 'olga'), 'olga');
select test.equal('and without an alternate the owner after all', test.acting(7), 'anna');
select test.equal('an alternate who is away delegates, too', mandate.acting_owner('nobody', mandate.today() + 3, 'bela'), 'clara');
select test.equal('mine is what I stand in for', test.list('[{"field":"owner","op":"=","value":"me"}]', '{}'), '');
select test.equal('to the one who stands in it is', (select string_agg(r->>'reference', ' ') from jsonb_array_elements(api.obligation_list('{"uid":12}', '{"filter":[{"field":"owner","op":"=","value":"me"}]}')->'rows') r), 'E/RES/2004/23:0');
select test.away('anna', 5, 6, '{"to":"olga"}') \g /dev/null
select test.equal('a later word about a day stands', array[test.acting(4), test.acting(5), test.acting(9)], array['clara', 'olga', 'bela']);
select test.person('back', jsonb_build_object('login', 'anna', 'on', mandate.today() + 9)) \g /dev/null
select test.equal('who is back acts', array[test.acting(8, 'olga'), test.acting(9)], array['olga'::text, 'anna'::text]);
select test.refused('who is here cannot come back', $q$select test.person('back', jsonb_build_object('login', 'anna', 'note', 'again', 'on', mandate.today() + 9))$q$, 422, 'not_away');
select test.refused('an absence ends after it begins', $q$select test.away('anna', 5, 4)$q$, 422, 'bad_date');
select test.refused('an officer does not send others away', $q$select api.officer_away(test.olga(), '{"key":"x","login":"anna"}')$q$, 403, 'role_too_small');
select test.equal('but goes', api.officer_away(test.olga(), '{"key":"x","login":"olga","note":"ill"}')->'away'->'until', 'null');
select test.equal('doctor names who is missed', (select c->>'message' from jsonb_array_elements(api.doctor(test.olga(), '{}')->'checks') c where c->>'name' = 'substitutes'), 'every owner who is away has somebody to stand in');
select test.assign('2005/23:0', '{"owner":"olga"}') \g /dev/null
select test.equal('with what they own', (select c->>'message' from jsonb_array_elements(api.doctor(test.olga(), '{}')->'checks') c where c->>'name' = 'substitutes'), '1 open obligation waits for olga');
select test.assign('2005/23:0', '{"alternate":"clara"}') \g /dev/null
select test.equal('an alternate is enough', (select (c->>'ok')::boolean from jsonb_array_elements(api.doctor(test.olga(), '{}')->'checks') c where c->>'name' = 'substitutes'), true);
select test.refused('an absence is never changed', $q$update mandate.absence set note = 'x'$q$, 409, '');
select test.refused('nor deleted', $q$delete from mandate.absence$q$, 409, '');

-- Handover.
create function test.handover(giver text, taker text, more jsonb default '{}') returns jsonb language sql as $$
	select api.handover(test.ada(), jsonb_build_object('key', giver || taker || more, 'from', giver, 'to', taker) || more) $$;
select test.refused('who owns something open does not go', $q$select test.person('edit', '{"login":"anna","active":false}')$q$, 422, 'still_owner');
select test.assign('2004/23:9', '{"alternate":"anna","owner":"clara"}') \g /dev/null
select test.assign('2004/23:6', '{"member":"anna","as":"lead"}') \g /dev/null
select test.assign('2005/23:9', '{"owner":"anna","alternate":"bela"}') \g /dev/null
select test.equal('a dry run says what would go', test.handover('anna', 'bela', '{"dry_run":true}') - 'references' - 'from' - 'to',
	'{"obligations":4,"owner":2,"alternate":1,"team":1,"left":0,"to_away":null,"dry_run":true}');
select test.equal('and leaves it', test.list('[{"field":"owner","op":"=","value":"anna"}]'), 'E/RES/2004/23:0 E/RES/2005/23:9');
select test.equal('a filter narrows it', test.handover('anna', 'bela', '{"filter":[{"field":"symbol","op":"=","value":"2004/23"}],"note":"new post"}')->'references',
	'["E/RES/2004/23:0","E/RES/2004/23:6","E/RES/2004/23:9"]');
select test.equal('each obligation says so', (select u.note from mandate.update u join mandate.obligation o on o.id = u.obligation_id where o.reference = 'E/RES/2004/23:9' order by u.n desc limit 1),
	'handed over from Anna Officer to Bela Officer: new post');
select test.equal('the alternate and the team went, too', array[test.show('2004/23:9')->'alternate'->>'login', test.show('2004/23:6')->'team'->0->>'login', test.show('2004/23:6')->'team'->0->>'role'], array['bela', 'bela', 'lead']);
select test.equal('without a filter the rest goes', test.handover('anna', 'bela')->>'obligations', '1');
select test.equal('nobody becomes the alternate to oneself', test.show('2005/23:9')->'alternate', 'null');
select test.equal('now she may go', test.person('edit', '{"login":"anna","active":false}')->>'active', 'false');
select test.refused('nothing goes to who is gone', $q$select test.handover('bela', 'anna')$q$, 404, 'no_officer');
select test.refused('nor to the same', $q$select test.handover('bela', 'bela')$q$, 422, 'bad_handover');
select test.equal('from who is gone it may', test.handover('anna', 'bela', '{"note":"again"}')->>'obligations', '0');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
