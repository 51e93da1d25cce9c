-- What officers write: progress, assignments, corrections. All or nothing, once for each key.
set role mandate_owner;

-- Refuses where a write was made against an older version than there is.
create or replace function mandate.version_require(o mandate.obligation, request jsonb) returns void
language plpgsql stable as $$
begin
	if (request->>'version')::int <> o.version then
		perform mandate.refuse(409, 'version_conflict', format(
			'%s has changed since you saw it: it is at version %s, you saw %s; look at it again with: mandate show %s',
			o.reference, o.version, request->>'version', o.reference),
			jsonb_build_object('current', mandate.obligation_row(o, mandate.today())));
	end if;
end
$$;

-- Applies one change to each reference of a request and answers how it went. The ids are
-- locked in order, so that two bulk changes never wait for each other in a circle.
create or replace function mandate.change_each(officer mandate.officer, request jsonb, kind text, change jsonb,
	effective_on date) returns jsonb language plpgsql as $$
declare
	o mandate.obligation;
	u mandate.update;
	one_id int;
	rows jsonb := '[]';
	warnings jsonb := '[]';
begin
	for one_id in select distinct mandate.reference_resolve(r) as one from jsonb_array_elements_text(request->'references') r order by one loop
		select * into o from mandate.obligation x where x.id = one_id for update;
		perform mandate.version_require(o, request);
		if not o.live then
			warnings := warnings || to_jsonb(format('%s stands in a draft that is not yet adopted; record the adoption with: mandate resolution adopt', o.reference));
		end if;
		u := mandate.append(o.id, kind, change, request->>'note', request->'evidence', effective_on, officer.id, request->>'key');
		rows := rows || jsonb_build_object('reference', o.reference, 'version', u.n, 'n', u.n, 'was', o.status,
			'status', (select x.status from mandate.obligation x where x.id = o.id),
			'effective_on', u.effective_on, 'hash', encode(u.hash, 'hex'), 'opened', mandate.occurrence_opened(o, request->>'key'));
	end loop;
	return jsonb_build_object('updated', jsonb_array_length(rows), 'rows', rows, 'warnings', warnings);
end
$$;

-- change_each, or what it would do: a dry run is the same work taken back.
create or replace function mandate.change_or_try(officer mandate.officer, request jsonb, kind text, change jsonb,
	effective_on date) returns jsonb language plpgsql as $$
declare
	answer jsonb;
begin
	if not coalesce((request->>'dry_run')::boolean, false) then
		return mandate.change_each(officer, request, kind, change, effective_on);
	end if;
	begin
		answer := mandate.change_each(officer, request, kind, change, effective_on);
		raise exception using errcode = 'MD001';
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
end
$$;

create or replace function api.update_write(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller,
		case when request->>'clearance' in ('cleared', 'returned') then 'clearer' else 'officer' end);
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'update_write', request) end;
	effective_on date;
	change jsonb := '{}';
begin
	if answer is not null then
		return answer;
	end if;
	effective_on := mandate.effective_date(request, 'on');
	if request ? 'status' then
		change := jsonb_build_object('status', request->>'status', 'status_since', effective_on);
	end if;
	if request ? 'clearance' then
		change := change || jsonb_build_object('clearance', request->>'clearance');
	end if;
	if change = '{}' and coalesce(request->>'note', '') = '' and coalesce(request->'evidence', '[]') = '[]' then
		perform mandate.refuse(422, 'empty_update', 'an update says something: give --status, --note, --evidence or --clearance');
	end if;
	answer := mandate.change_or_try(officer, request, case when change = '{}' then 'note' else 'status' end, change, effective_on);
	return case when dry then answer else mandate.request_end(officer, request, answer) end;
end
$$;

create or replace function api.assignment_write(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'assignment_write', request) end;
	change jsonb;
	named text;
begin
	if answer is not null then
		return answer;
	end if;
	select coalesce(jsonb_object_agg(e.key, e.value), '{}') into change from jsonb_each(request) e
	where e.key in ('owner', 'alternate', 'unit');
	if request ? 'unit' then
		change := change || jsonb_build_object('unit', mandate.unit_require(request->>'unit'));
	end if;
	if (request ? 'member') <> (request ? 'as') then
		perform mandate.refuse(422, 'bad_team', 'a member of the team is named with a part in it: mandate assign REF LOGIN --as supporting');
	elsif request ? 'member' then
		change := change || jsonb_build_object('team', jsonb_build_object(
			(mandate.officer_find(request->>'member')).login, nullif(request->>'as', 'none')));
	end if;
	if change = '{}' then
		perform mandate.refuse(422, 'empty_update', 'an assignment names an owner, an alternate, a unit or a member of the team');
	end if;
	for named in select value from jsonb_each_text(change - '{unit,team}'::text[]) where value is not null
		union all select request->>'member' where request->>'as' <> 'none' loop
		if not exists (select from mandate.officer x where x.login = named and x.active) then
			perform mandate.refuse(404, 'no_officer', format('there is no active officer %s; mandate officer list shows them', named));
		end if;
	end loop;
	answer := mandate.change_or_try(officer, request, 'assignment', change, mandate.today());
	return case when dry then answer else mandate.request_end(officer, request, answer) end;
end
$$;

-- Corrects what was read: kind, force, action, vehicle; a deadline by hand needs its reason.
create or replace function api.obligation_edit(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'obligation_edit', request);
	o mandate.obligation;
	change jsonb;
	due date;
	w record;
begin
	if answer is not null then
		return answer;
	end if;
	select * into o from mandate.obligation x where x.id = mandate.reference_resolve(request->>'ref') for update;
	perform mandate.version_require(o, request);
	select coalesce(jsonb_object_agg(e.key, e.value), '{}') into change from jsonb_each(request) e
	where e.key in ('kind', 'force', 'action', 'vehicle', 'review_on');
	change := change || mandate.fund_change(o, request) || mandate.treaty_change(o, request);
	if request ? 'remind_rule' then
		change := change || jsonb_build_object('remind_rule', mandate.reminder_rule_require(request->>'remind_rule'));
	end if;
	if request ? 'due_on' then
		if coalesce(request->>'reason', '') = '' then
			perform mandate.refuse(422, 'needs_reason', 'a deadline set by hand needs its reason: add --reason');
		end if;
		due := mandate.request_date(request, 'due_on');
		if due is null then
			select * into w from mandate.obligation_window(o);
			change := change || to_jsonb(w) || '{"due_override": null}';
		else
			change := change || jsonb_build_object('due_on', due, 'due_end', due, 'legal_end', due,
				'due_override', request->>'reason', 'due_why', format('set to %s by %s: %s',
				mandate.date_text(due), officer.name, request->>'reason'));
		end if;
	end if;
	if change = '{}' then
		perform mandate.refuse(422, 'empty_update', 'nothing to change: give --kind, --force, --action, --vehicle, --fund, --due, --review or --remind');
	end if;
	perform mandate.append(o.id, case when request ? 'due_on' then 'deadline' else 'edit' end, change,
		request->>'reason', '[]', mandate.today(), officer.id, request->>'key');
	return mandate.request_end(officer, request,
		mandate.obligation_json(mandate.obligation_find(o.id, null, null), mandate.today(), null, null));
end
$$;
