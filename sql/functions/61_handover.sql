-- Handover: everything that one person follows goes to another, each obligation with its update.
set role mandate_owner;

-- What a handover sets on one obligation; nobody becomes the alternate to oneself.
create or replace function mandate.handover_change(o mandate.obligation, giver text, taker text) returns jsonb
language sql immutable as $$
	select case when o.owner = giver then jsonb_build_object('owner', taker) else '{}' end
		|| case when o.alternate = giver then jsonb_build_object('alternate', nullif(taker, o.owner))
			when o.owner = giver and o.alternate = taker then '{"alternate": null}' else '{}' end
		|| case when o.team->>giver is not null then jsonb_build_object('team',
			jsonb_build_object(giver, null, taker, coalesce(o.team->>taker, o.team->>giver))) else '{}' end
$$;

create or replace function mandate.handover_write(officer mandate.officer, giver mandate.officer, taker mandate.officer, request jsonb)
returns jsonb language plpgsql as $$
declare
	ids int[];
	answer jsonb;
begin
	-- Locked in order, so that two bulk changes never wait for each other in a circle.
	perform from mandate.obligation x
	where x.owner = giver.login or x.alternate = giver.login or x.team->>giver.login is not null order by x.id for update;
	select coalesce(array_agg(o.id), '{}'), jsonb_build_object('obligations', count(*),
		'owner', count(*) filter (where o.owner = giver.login), 'alternate', count(*) filter (where o.alternate = giver.login),
		'team', count(*) filter (where o.team->>giver.login is not null),
		'references', coalesce(jsonb_agg(o.reference order by o.resolution_id, o.position, o.id), '[]'))
	into ids, answer from mandate.obligation_select(request->'filter', null, null, officer.login) o
	where o.owner = giver.login or o.alternate = giver.login or o.team->>giver.login is not null;
	insert into mandate.update (obligation_id, n, kind, change, note, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select o.id, 0, 'assignment', mandate.handover_change(o, giver.login, taker.login),
		format('handed over from %s to %s', giver.name, taker.name) || coalesce(': ' || nullif(request->>'note', ''), ''),
		mandate.today(), 'epoch', officer.id, request->>'key', '\x', '\x'
	from mandate.obligation o where o.id = any (ids) order by o.id;
	return answer || jsonb_build_object('from', mandate.officer_short(giver.login), 'to', mandate.officer_short(taker.login),
		'left', (select count(*) from mandate.obligation o
			where o.owner = giver.login or o.alternate = giver.login or o.team->>giver.login is not null),
		'to_away', mandate.absence_json(mandate.absence_on(taker.login, mandate.today()), mandate.today()));
end
$$;

-- POST /v1/handovers. A dry run is the same work taken back.
create or replace function api.handover(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'handover', request) end;
	giver mandate.officer;
	taker mandate.officer;
begin
	if answer is not null then
		return answer;
	end if;
	giver := mandate.officer_find(request->>'from');
	taker := mandate.officer_find_active(request->>'to');
	if giver.id = taker.id then
		perform mandate.refuse(422, 'bad_handover', format('%s has it already; name somebody else', giver.login));
	end if;
	begin
		answer := mandate.handover_write(officer, giver, taker, request);
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;
