-- Sessions, and what a deadline in a resolution means in dates.
set role mandate_owner;

create or replace function mandate.body_name(code text) returns text language sql stable as $$
	select coalesce((select e.name from mandate.entity e where e.code = body_name.code), case code
		when 'GA' then 'General Assembly' when 'ECOSOC' then 'Economic and Social Council'
		when 'SC' then 'Security Council' when 'HRC' then 'Human Rights Council' else code end)
$$;

create or replace function mandate.session_name(body text, number int) returns text language sql stable as $$
	select mandate.ordinal(number) || ' session of the ' || mandate.body_name(body)
$$;

-- The window of a session: due_on is the planning date, due_end the customary end, legal_end the last
-- day in law (rule 1 of the Assembly's rules of procedure: a session lasts until the next one opens).
create or replace function mandate.session_window(of_body text, of_number int,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	s mandate.session;
	next_opens date;
begin
	select * into s from mandate.session x where x.body = of_body and x.number = of_number;
	if s.opens_on is null then
		due_why := format('%s: its opening is not known yet; set it with: mandate session set %s %s --opens DATE --reason TEXT',
			mandate.session_name(of_body, of_number), of_body, of_number);
		return;
	end if;
	select x.opens_on into next_opens from mandate.session x where x.body = s.body and x.number = s.number + 1;
	due_on := s.opens_on;
	due_end := case when s.body = 'GA' then make_date(extract(year from s.opens_on)::int, 12, 31)
		else coalesce(s.closes_on, s.opens_on) end;
	legal_end := greatest(coalesce(next_opens - 1, s.closes_on, due_end), due_end);
	due_why := format('%s: opens %s (%s)', mandate.session_name(s.body, s.number), mandate.date_text(s.opens_on),
		coalesce('set here: ' || s.override_reason, s.basis)) ||
		case when s.body = 'GA' then format('; customary end of the main part %s', mandate.date_text(due_end)) else '' end ||
		case when legal_end > due_end then format('; the session ends in law on %s', mandate.date_text(legal_end)) else '' end;
end
$$;

-- "Its session of 2014": the Economic and Social Council meets in substance in July; since 68/1 its
-- session of a year runs from the July before. Of other bodies the year is all that is known.
create or replace function mandate.session_year_window(of_body text, of_year int,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql immutable as $$
begin
	if of_body = 'ECOSOC' then
		due_on := make_date(of_year, 7, 1);
		due_end := make_date(of_year, 7, 31);
		due_why := format('session of %s of the Economic and Social Council: its high-level meetings are in July', of_year) ||
			case when of_year >= 2014 then format(' (it runs from July %s, 68/1)', of_year - 1) else '' end;
	else
		due_on := make_date(of_year, 12, 31);
		due_end := due_on;
		due_why := format('session of %s: its days are not known, so the last day of that year', of_year);
	end if;
	legal_end := due_end;
end
$$;

-- A length of time of a reading, NULL where it names none.
create or replace function mandate.deadline_step(deadline jsonb) returns interval language sql immutable as $$
	select nullif(make_interval(
		days => case deadline->>'unit' when 'day' then 1 when 'week' then 7 else 0 end * coalesce((deadline->>'count')::int, 0),
		months => case deadline->>'unit' when 'month' then 1 when 'year' then 12 else 0 end * coalesce((deadline->>'count')::int, 0)),
		interval '0')
$$;

-- From a reading's deadline to dates (see session_window), with the derivation as a sentence. What comes
-- again is due for the first time.
create or replace function mandate.deadline_window(deadline jsonb, adopted_on date,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	step interval := mandate.deadline_step(deadline);
	w record;
begin
	if deadline->>'type' in ('session', 'recurring') and deadline ? 'year' then
		select * into w from mandate.session_year_window(deadline->>'body', (deadline->>'year')::int);
	elsif deadline->>'type' in ('session', 'recurring') and deadline ? 'session' then
		select * into w from mandate.session_window(deadline->>'body', (deadline->>'session')::int);
	elsif deadline->>'type' = 'session' then
		select null::date as due_on, null::date as due_end, null::date as legal_end, format('"%s": the text does not say which '
			'session that is; set the day with: mandate edit REF --due DATE --reason TEXT', deadline->>'text') as due_why into w;
	elsif deadline->>'type' in ('date', 'recurring') and deadline ? 'date' then
		select d as due_on, d as due_end, d as legal_end, format('the text says "%s"', deadline->>'text') as due_why into w
		from (select (deadline->>'date')::date as d) x;
	elsif deadline->>'type' = 'period' and deadline ? 'last' then
		select d as due_on, d as due_end, d as legal_end, format('end of the period "%s"', deadline->>'text') as due_why into w
		from (select (deadline->>'last')::date as d) x;
	elsif deadline->>'type' in ('interval', 'recurring', 'period') and step is not null and adopted_on is not null
		and not deadline ? 'event' then
		select d as due_on, d as due_end, d as legal_end, format('"%s", counted from the adoption on %s', deadline->>'text',
			mandate.date_text(adopted_on)) as due_why into w
		from (select (adopted_on + step)::date as d) x;
	else
		select null::date as due_on, null::date as due_end, null::date as legal_end, case
			when deadline->>'type' in ('interval', 'period') then format('"%s": counts from an event without a date yet', deadline->>'text')
			when deadline->>'type' = 'event' then format('"%s": waits for an event without a date yet', deadline->>'text')
			when deadline->>'type' in ('soft', 'recurring') then format('"%s" names no date; set a date to look at it again with: '
				'mandate edit REF --review DATE', deadline->>'text')
			else 'the text sets no deadline' end as due_why into w;
	end if;
	due_on := w.due_on;
	due_end := w.due_end;
	legal_end := w.legal_end;
	due_why := w.due_why;
	if deadline->>'type' = 'recurring' and due_on is not null then
		due_why := due_why || format('; comes again: "%s"', deadline->>'text');
	end if;
	if deadline ? 'corrected' then
		due_why := replace(due_why, 'the text says "', 'taken as "') || '; ' || (deadline->>'corrected');
	end if;
end
$$;

-- An obligation's window: its deadline's, planned for the day on which the item is taken up where that is known.
create or replace function mandate.obligation_window(o mandate.obligation,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	taken_up date := (o.milestones->'consideration'->>'on')::date;
	w record;
begin
	select * into w from mandate.deadline_window(o.deadline,
		(select r.adopted_on from mandate.resolution r where r.id = o.resolution_id));
	due_on := coalesce(taken_up, w.due_on);
	due_end := greatest(w.due_end, due_on);
	legal_end := greatest(w.legal_end, due_end);
	due_why := w.due_why || coalesce(format('; the item is taken up on %s (%s)', mandate.date_text(taken_up),
		o.milestones->'consideration'->>'why'), '');
end
$$;

-- Reference data: called by the daemon at start, as the owner, with the rows of the CSV files.
create or replace function mandate.load_sessions(data jsonb) returns void language sql as $$
	insert into mandate.session (body, number, opens_on, closes_on, basis)
	select r->>'body', (r->>'number')::int, nullif(r->>'opens_on', '')::date, nullif(r->>'closes_on', '')::date,
		coalesce(r->>'basis', '')
	from jsonb_array_elements(data) r
	on conflict (body, number) do update
	set opens_on = excluded.opens_on, closes_on = excluded.closes_on, basis = excluded.basis
	where session.override_reason is null
$$;

create or replace function mandate.load_entities(data jsonb) returns void language sql as $$
	insert into mandate.entity (code, name, aliases, category)
	select r->>'code', r->>'name',
		coalesce(string_to_array(nullif(r->>'aliases', ''), '|'), '{}'), nullif(r->>'category', '')
	from jsonb_array_elements(data) r
	on conflict (code) do update
	set name = excluded.name, aliases = excluded.aliases, category = excluded.category
$$;

create or replace function mandate.load_states(data jsonb) returns void language sql as $$
	insert into mandate.state (alpha3, name, details)
	select r->>'alpha3', coalesce(nullif(r->>'name_en', ''), r->>'alpha3'), r
	from jsonb_array_elements(data) r
	on conflict (alpha3) do update set name = excluded.name, details = excluded.details
$$;

create or replace function mandate.session_json(s mandate.session) returns jsonb language sql stable as $$
	select jsonb_build_object('body', s.body, 'number', s.number, 'name', mandate.session_name(s.body, s.number),
		'opens_on', s.opens_on, 'closes_on', s.closes_on, 'basis', s.basis, 'override_reason', s.override_reason)
$$;

create or replace function api.session_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(mandate.session_json(s) order by s.body, s.number) from mandate.session s
		where request->>'body' is null or s.body = request->>'body'), '[]'));
end
$$;

-- Sets a session's dates with a reason; the deadlines that hang on it move, each move in its record.
create or replace function api.session_set(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'session_set', request);
	changed mandate.session;
	moved int;
begin
	if answer is not null then
		return answer;
	end if;
	if coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'setting a session by hand needs a reason');
	end if;
	if mandate.request_date(request, 'closes_on') < mandate.request_date(request, 'opens_on') then
		perform mandate.refuse(422, 'bad_date', 'a session cannot close before it opens');
	end if;
	insert into mandate.session (body, number, opens_on, closes_on, basis, override_reason, override_by)
	values (request->>'body', (request->>'number')::int, mandate.request_date(request, 'opens_on'),
		mandate.request_date(request, 'closes_on'), 'set here', request->>'reason', officer.id)
	on conflict (body, number) do update
	set opens_on = excluded.opens_on, closes_on = coalesce(excluded.closes_on, greatest(session.closes_on, excluded.opens_on)),
		override_reason = excluded.override_reason, override_by = excluded.override_by
	returning * into changed;
	moved := mandate.deadlines_recompute(changed.body, officer, request->>'reason', request->>'key');
	return mandate.request_end(officer, request, mandate.session_json(changed) || jsonb_build_object('moved', moved));
end
$$;

-- Recomputes the session deadlines of a body; whatever moved gets an update. Says how many moved.
create or replace function mandate.deadlines_recompute(body text, officer mandate.officer, reason text, key text)
returns int language plpgsql as $$
declare
	o mandate.obligation;
	w record;
	moved int := 0;
begin
	for o in select x.* from mandate.obligation x
		where x.deadline ? 'session' and x.deadline->>'body' = deadlines_recompute.body and x.due_override is null
		order by x.id for update
	loop
		select * into w from mandate.obligation_window(o);
		if (w.due_on, w.due_end, w.legal_end) is distinct from (o.due_on, o.due_end, o.legal_end) then
			perform mandate.append(o.id, 'deadline', to_jsonb(w), 'the session moved: ' || reason, '[]',
				mandate.today(), officer.id, key);
			moved := moved + 1;
		end if;
	end loop;
	return moved;
end
$$;
