-- Sessions, and what a deadline in a resolution means in dates.
set role mandate_owner;

create or replace function mandate.body_name(code text) returns text language sql stable as $$
	select coalesce((select e.name from mandate.entity e where e.code = body_name.code), case code
		when 'GA' then 'General Assembly' when 'ECOSOC' then 'Economic and Social Council'
		when 'SC' then 'Security Council' when 'HRC' then 'Human Rights Council' else code end)
$$;

-- A session of the Economic and Social Council is named by its year.
create or replace function mandate.session_name(body text, number int) returns text language sql stable as $$
	select case when body = 'ECOSOC' and number > 1900 then number::text else mandate.ordinal(number) end
		|| ' session of the ' || mandate.body_name(body)
$$;

-- The window of a session: due_on is the planning date, due_end the customary end, legal_end the last
-- day in law. A resumed session of the Assembly lasts from 1 January until the next session opens.
drop function if exists mandate.session_window(text, int);
create or replace function mandate.session_window(of_body text, of_number int, resumed boolean default false,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	s mandate.session := mandate.session_find(of_body, of_number);
	december date := make_date(extract(year from s.opens_on)::int, 12, 31);
begin
	if s.opens_on is null then
		due_why := format('%s: its opening is not known yet; set it with: mandate session set %s %s --opens DATE --reason TEXT',
			mandate.session_name(of_body, of_number), of_body, of_number);
		return;
	end if;
	due_on := s.opens_on;
	due_end := case when of_body = 'GA' then december else coalesce(s.closes_on, s.opens_on) end;
	legal_end := greatest(s.closes_on, due_end);
	due_why := format('%s: opens %s (%s)', mandate.session_name(of_body, of_number), mandate.date_text(s.opens_on),
		coalesce('set here: ' || s.override_reason, s.basis));
	if resumed then
		due_on := december + 1;
		due_end := case when of_body = 'GA' then greatest(s.closes_on, due_on) else december + 365 end;
		legal_end := due_end;
		due_why := due_why || format('; resumed from %s', mandate.date_text(due_on)) || case when of_body = 'GA' then
			format(' to the day before the next session opens, %s', mandate.date_text(due_end))
			else ', its days are not known' end;
		return;
	elsif of_body = 'ECOSOC' and of_number >= 2014 then
		due_on := greatest(due_on, date_trunc('month', due_end)::date);
		due_why := due_why || '; its high-level meetings are in the last month';
	end if;
	due_why := due_why ||
		case when of_body = 'GA' then format('; customary end of the main part %s', mandate.date_text(due_end)) else '' end ||
		case when legal_end > due_end then format('; the session ends in law on %s', mandate.date_text(legal_end)) else '' end;
end
$$;

-- "Its session of 2014": where the body has one session in that year, that one, else the year is all that is known.
create or replace function mandate.session_year_window(of_body text, of_year int,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	number int := mandate.session_of_year(of_body, of_year);
	w record;
begin
	if number is not null then
		select * into w from mandate.session_window(of_body, number);
		due_on := w.due_on;
		due_end := w.due_end;
		legal_end := w.legal_end;
		due_why := w.due_why;
	else
		due_on := make_date(of_year, 12, 31);
		due_end := due_on;
		legal_end := due_on;
		due_why := format('session of %s: its days are not known, so the last day of that year', of_year);
	end if;
end
$$;

-- A length of time of a reading, NULL where it names none.
create or replace function mandate.deadline_step(deadline jsonb) returns interval language sql immutable as $$
	select nullif(make_interval(
		days => case deadline->>'unit' when 'day' then 1 when 'week' then 7 else 0 end * coalesce((deadline->>'count')::int, 0),
		months => case deadline->>'unit' when 'month' then 1 when 'year' then 12 else 0 end * coalesce((deadline->>'count')::int, 0)),
		interval '0')
$$;

-- The session that a reading's deadline names: by number, or the next after the adoption.
create or replace function mandate.deadline_session(deadline jsonb, adopted_on date) returns int language sql stable as $$
	select coalesce((deadline->>'session')::int, case when deadline ? 'next' and deadline ? 'body'
		then mandate.session_after(deadline->>'body', adopted_on) end)
$$;

-- From a reading's deadline to dates (see session_window), with the derivation as a sentence. What comes
-- again is due for the first time; see occurrence_window for the others.
create or replace function mandate.deadline_dates(deadline jsonb, adopted_on date,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	type text := deadline->>'type';
	said text := deadline->>'text';
	body text := deadline->>'body';
	step interval := mandate.deadline_step(deadline);
	counts_from date := adopted_on;
	number int;
	e mandate.event;
	w record;
begin
	if type = 'session' or (type = 'recurring' and (deadline ? 'session' or deadline ? 'year')) then
		number := mandate.deadline_session(deadline, adopted_on);
		if body is not null and deadline ? 'year' then
			select * into w from mandate.session_year_window(body, (deadline->>'year')::int);
		elsif body is not null and number is not null then
			select * into w from mandate.session_window(body, number, coalesce((deadline->>'resumed')::boolean, false));
		else
			due_why := format('"%s": the text does not say which session that is; set the day with: '
				'mandate edit REF --due DATE --reason TEXT', said);
			return;
		end if;
		due_on := w.due_on;
		due_end := w.due_end;
		legal_end := w.legal_end;
		due_why := w.due_why;
		return;
	end if;
	if deadline ? 'event' then
		e := mandate.event_find(deadline->>'event');
		counts_from := e.happens_on;
	end if;
	if type in ('date', 'recurring') and deadline ? 'date' then
		due_on := (deadline->>'date')::date;
		due_why := format('the text says "%s"', said);
	elsif type = 'period' and deadline ? 'last' then
		due_on := (deadline->>'last')::date;
		due_why := format('end of the period "%s"', said);
	elsif type = 'event' and e.happens_on is not null then
		due_on := e.happens_on;
		due_why := format('"%s": takes place on %s (%s)', said, mandate.date_text(due_on), e.reason);
	elsif type in ('interval', 'recurring', 'period') and step is not null and counts_from is not null then
		due_on := (counts_from + step)::date;
		due_why := format('"%s", counted from %s', said, case when deadline ? 'event'
			then format('"%s" on %s (%s)', deadline->>'event', mandate.date_text(counts_from), e.reason)
			else 'the adoption on ' || mandate.date_text(counts_from) end);
	else
		due_why := case
			when deadline ? 'event' then format('"%s": waits for an event without a date yet; when it is known: '
				'mandate event set "%s" --on DATE --reason TEXT', said, deadline->>'event')
			when type in ('interval', 'period') then format('"%s": counts from an event without a date yet', said)
			when type in ('soft', 'recurring', 'event') then format('"%s" names no date; set a date to look at it again with: '
				'mandate edit REF --review DATE', said)
			else 'the text sets no deadline' end;
	end if;
	due_end := due_on;
	legal_end := due_on;
end
$$;

-- The same, saying so where an officer has corrected what was read.
create or replace function mandate.deadline_window(deadline jsonb, adopted_on date,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
begin
	select d.due_on, d.due_end, d.legal_end, d.due_why into due_on, due_end, legal_end, due_why
	from mandate.deadline_dates(deadline, adopted_on) d;
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
	select * into w from mandate.occurrence_window(o.deadline,
		(select r.adopted_on from mandate.resolution r where r.id = o.resolution_id), coalesce(o.occurrence, 1));
	due_on := coalesce(taken_up, w.due_on);
	due_end := greatest(w.due_end, due_on);
	legal_end := greatest(w.legal_end, due_end);
	-- format() takes a NULL for nothing: without a day there is nothing to say.
	due_why := w.due_why || case when taken_up is null then '' else format('; the item is taken up on %s%s',
		mandate.date_text(taken_up), ' (' || (o.milestones->'consideration'->>'why') || ')') end;
end
$$;

-- What the adoption of a draft changes in an obligation's dates: what counts from the adoption counts from that one.
create or replace function mandate.adopted_window(o mandate.obligation, r mandate.resolution) returns jsonb
language plpgsql stable as $$
declare
	w record;
begin
	o.resolution_id := r.id;
	select * into w from mandate.obligation_window(o);
	return case when o.due_override is not null or (w.due_on, w.due_end, w.legal_end)
		is not distinct from (o.due_on, o.due_end, o.legal_end) then '{}' else to_jsonb(w) end;
end
$$;

-- Reference data: called by the daemon at start, as the owner, with the rows of the CSV files. A session
-- that the table dates otherwise than before moves its deadlines, as one does that had no date yet.
drop function if exists mandate.load_sessions(jsonb);
create or replace function mandate.load_sessions(data jsonb) returns int language plpgsql as $$
declare
	daemon mandate.officer := mandate.officer_itself();
	changed text[];
	undated text[];
	one text;
	moved int := 0;
begin
	with given as (
		select r->>'body' as body, (r->>'number')::int as number, nullif(r->>'opens_on', '')::date as opens_on,
			nullif(r->>'closes_on', '')::date as closes_on, coalesce(r->>'basis', '') as basis
		from jsonb_array_elements(data) r),
	written as (
		insert into mandate.session as s (body, number, opens_on, closes_on, basis, listed, listed_opens_on, listed_closes_on)
		select g.body, g.number, g.opens_on, g.closes_on, g.basis, true, g.opens_on, g.closes_on from given g
		on conflict (body, number) do update
		set opens_on = case when s.override_reason is null then excluded.opens_on else s.opens_on end,
			closes_on = case when s.override_reason is null then excluded.closes_on else s.closes_on end,
			basis = excluded.basis, listed = true,
			listed_opens_on = excluded.listed_opens_on, listed_closes_on = excluded.listed_closes_on
		where not s.listed or (s.listed_opens_on, s.listed_closes_on, s.basis)
			is distinct from (excluded.listed_opens_on, excluded.listed_closes_on, excluded.basis)
		returning s.body)
	select array_agg(distinct w.body) into changed from written w;
	select array_agg(distinct o.deadline->>'body') into undated from mandate.obligation o
	where o.deadline ? 'body' and o.due_on is null;
	for one in select unnest(changed) union select unnest(undated) loop
		moved := moved + mandate.deadlines_recompute(one, daemon, 'the table of sessions has changed', null);
	end loop;
	return moved;
end
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

-- The session, what its dates rest on, and what they would be if nobody had set them here.
create or replace function mandate.session_json(s mandate.session) returns jsonb language plpgsql stable as $$
declare
	otherwise mandate.session;
begin
	if s.override_reason is not null then
		otherwise := mandate.session_otherwise(s);
	end if;
	return jsonb_build_object('body', s.body, 'number', s.number, 'name', mandate.session_name(s.body, s.number),
		'opens_on', s.opens_on, 'closes_on', s.closes_on, 'state', mandate.session_state(s),
		'basis', case when s.override_reason is null then s.basis else 'set here: ' || s.override_reason end,
		'override_reason', s.override_reason,
		'override_by', (select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer o where o.id = s.override_by),
		'otherwise', case when s.override_reason is not null then jsonb_build_object('opens_on', otherwise.opens_on,
			'closes_on', otherwise.closes_on, 'basis', otherwise.basis, 'state', mandate.session_state(otherwise)) end);
end
$$;

-- What a session set here would be by the table or the rule.
create or replace function mandate.session_otherwise(s mandate.session) returns mandate.session
language plpgsql stable as $$
declare
	r record;
begin
	s.override_reason := null;
	s.override_by := null;
	s.opens_on := s.listed_opens_on;
	s.closes_on := s.listed_closes_on;
	if s.opens_on is null then
		select * into r from mandate.session_rule(s.body, s.number);
		s.opens_on := r.opens_on;
		s.closes_on := r.closes_on;
		s.basis := coalesce(r.basis, 'not known');
	end if;
	if s.body = 'GA' then
		s.closes_on := mandate.session_opens('GA', s.number + 1) - 1;
	end if;
	return s;
end
$$;

-- A body's code as it is written here, whatever the case that was typed; refuses one that nobody knows.
create or replace function mandate.body_find(given text) returns text language plpgsql stable as $$
declare
	code text;
begin
	select x.code into code from (
		select r.body as code, 1 as rank from mandate.session_rules() r
		union all select s.body, 2 from mandate.session s
		union all select e.code, 3 from mandate.entity e) x
	where upper(x.code) = upper(given) or upper(mandate.body_name(x.code)) = upper(given)
	order by x.rank limit 1;
	-- What a deadline names may be no entity: "COP".
	if code is null then
		select o.deadline->>'body' into code from mandate.obligation o
		where o.deadline ? 'body' and upper(o.deadline->>'body') = upper(given) limit 1;
	end if;
	if code is null and given is not null then
		perform mandate.refuse(404, 'no_body', format('there is no body %s; mandate session list shows those whose sessions are known', given));
	end if;
	return code;
end
$$;

-- A body's sessions, up to five years ahead; without a body, those of all that open within a year or so.
create or replace function api.session_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	today date := mandate.today();
	of_body text := mandate.body_find(request->>'body');
	from_day date := case when of_body is null then today - 366 else '1900-01-01' end;
	to_day date := today + case when of_body is null then 2 else 5 end * 366;
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(mandate.session_json(mandate.session_find(x.body, x.number)) order by x.body, x.number)
		from (
			select b.body, n.n as number
			from (select r.body from mandate.session_rules() r union select s.body from mandate.session s) b,
				mandate.session_between(b.body, from_day, to_day) n
			where of_body is null or b.body = of_body
			union
			select s.body, s.number from mandate.session s
			where s.body = of_body or (of_body is null and s.override_reason is not null)) x), '[]'));
end
$$;

create or replace function api.session_show(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	s mandate.session;
begin
	perform mandate.caller_require(caller, 'viewer');
	s := mandate.session_find(mandate.body_find(request->>'body'), (request->>'number')::int);
	return mandate.session_json(s) || jsonb_build_object('obligations', coalesce((
		select jsonb_agg(o.reference order by o.reference) from mandate.obligation o
		where o.deadline ? 'body' and o.deadline->>'body' = s.body and o.live and not mandate.status_is_done(o.status)
			and o.due_override is null and o.due_on is not null
			and (o.due_on between s.opens_on and coalesce(s.closes_on, s.opens_on)
				or (o.deadline->>'session')::int = s.number and coalesce(o.occurrence, 1) = 1)), '[]'));
end
$$;

-- Refuses a day that does not lie between the sessions before and after, where these are more than a guess.
create or replace function mandate.session_order(of_body text, of_number int, opens date) returns void
language plpgsql stable as $$
declare
	s mandate.session;
begin
	for s in select f.* from unnest(array[of_number - 1, of_number + 1]) n, mandate.session_find(of_body, n) f loop
		if (of_body = 'GA' or mandate.session_state(s) <> 'computed') and s.opens_on is not null
			and sign(opens - s.opens_on) <> sign(of_number - s.number)
		then
			perform mandate.refuse(422, 'bad_date', format('the %s opens %s (%s); the %s cannot open on %s',
				mandate.session_name(s.body, s.number), mandate.date_text(s.opens_on), s.basis,
				mandate.session_name(of_body, of_number), mandate.date_text(opens)));
		end if;
	end loop;
end
$$;

-- Sets a session's dates with a reason; the deadlines that hang on it move, each move in its record.
create or replace function api.session_set(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'session_set', request);
	opens date := mandate.request_date(request, 'opens_on');
	closes date := mandate.request_date(request, 'closes_on');
	s mandate.session;
	moved int;
begin
	if answer is not null then
		return answer;
	end if;
	if coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'setting a session by hand needs a reason');
	elsif closes < opens then
		perform mandate.refuse(422, 'bad_date', 'a session cannot close before it opens');
	end if;
	s := mandate.session_find(mandate.body_find(request->>'body'), (request->>'number')::int);
	perform mandate.session_order(s.body, s.number, opens);
	-- One whose days are known keeps its length.
	if closes is null and s.body <> 'GA' and mandate.session_state(s) <> 'computed' then
		closes := opens + (s.closes_on - s.opens_on);
	end if;
	insert into mandate.session (body, number, opens_on, closes_on, basis, override_reason, override_by)
	values (s.body, s.number, opens, closes, 'set here', request->>'reason', officer.id)
	on conflict (body, number) do update
	set opens_on = excluded.opens_on, closes_on = excluded.closes_on,
		override_reason = excluded.override_reason, override_by = excluded.override_by;
	moved := mandate.deadlines_recompute(s.body, officer, request->>'reason', request->>'key');
	return mandate.request_end(officer, request,
		mandate.session_json(mandate.session_find(s.body, s.number)) || jsonb_build_object('moved', moved));
end
$$;

-- Takes the dates back that were set here: the table's or the rule's hold again.
create or replace function api.session_unset(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'session_unset', request);
	s mandate.session;
	moved int;
begin
	if answer is not null then
		return answer;
	end if;
	if coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'taking back what was set by hand needs a reason');
	end if;
	s := mandate.session_find(mandate.body_find(request->>'body'), (request->>'number')::int);
	if s.override_reason is null then
		perform mandate.refuse(409, 'not_set_here', format('the dates of the %s were not set here (%s); there is nothing to take back',
			mandate.session_name(s.body, s.number), s.basis));
	end if;
	delete from mandate.session x where x.body = s.body and x.number = s.number and not x.listed;
	update mandate.session x set opens_on = x.listed_opens_on, closes_on = x.listed_closes_on,
		override_reason = null, override_by = null
	where x.body = s.body and x.number = s.number;
	moved := mandate.deadlines_recompute(s.body, officer, request->>'reason', request->>'key');
	return mandate.request_end(officer, request,
		mandate.session_json(mandate.session_find(s.body, s.number)) || jsonb_build_object('moved', moved));
end
$$;

-- Gives an obligation the dates that its deadline now means, where they are others; says whether it moved.
create or replace function mandate.deadline_move(o mandate.obligation, officer_id int, note text, key text)
returns boolean language plpgsql as $$
declare
	w record;
begin
	select * into w from mandate.obligation_window(o);
	if o.due_override is not null or (w.due_on, w.due_end, w.legal_end) is not distinct from (o.due_on, o.due_end, o.legal_end) then
		return false;
	end if;
	perform mandate.append(o.id, 'deadline', to_jsonb(w), note, '[]', mandate.today(), officer_id, key);
	return true;
end
$$;

-- Recomputes the session deadlines of a body; whatever moved gets an update. Says how many moved.
create or replace function mandate.deadlines_recompute(body text, officer mandate.officer, reason text, key text)
returns int language plpgsql as $$
declare
	o mandate.obligation;
	moved int := 0;
begin
	for o in select x.* from mandate.obligation x
		where x.deadline ? 'body' and x.deadline->>'body' = deadlines_recompute.body and x.due_override is null
		order by x.id for update
	loop
		moved := moved + mandate.deadline_move(o, officer.id, 'the session moved: ' || reason, key)::int;
	end loop;
	return moved;
end
$$;
