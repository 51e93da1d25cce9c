-- What comes again: the k-th occurrence of a deadline, always from the original start.
set role mandate_owner;

create or replace function mandate.deadline_recurs(deadline jsonb) returns boolean language sql immutable as $$
	select coalesce((deadline->>'type' = 'recurring' and deadline ? 'count')
		or (deadline->>'type' = 'session' and deadline ? 'further'), false)
$$;

-- "At each session" is each session of the body that speaks.
create or replace function mandate.deadline_spoken(deadline jsonb, speaker text) returns jsonb language sql immutable as $$
	select case when deadline->>'unit' = 'session' and not deadline ? 'body' and speaker is not null
		then deadline || jsonb_build_object('body', speaker) else deadline end
$$;

-- What comes by sessions: each so many of them, or the one that opens nearest to a day.
create or replace function mandate.deadline_at_session(deadline jsonb, adopted_on date, k int) returns jsonb
language plpgsql stable as $$
declare
	body text := deadline->>'body';
	step interval := mandate.deadline_step(deadline);
	number int := coalesce((deadline->>'session')::int, mandate.session_of_year(body, (deadline->>'year')::int));
	starts date;
begin
	if deadline->>'unit' = 'session' and (number is not null or not deadline ? 'year') then
		-- Past the first the sessions' numbers count, where the first one is known.
		number := coalesce(number, mandate.session_after(body, adopted_on, (deadline->>'count')::int))
			+ (k - 1) * (deadline->>'count')::int;
		return jsonb_build_object('type', 'session', 'body', body, 'session', number);
	end if;
	starts := (mandate.deadline_window(deadline, adopted_on)).due_on;
	if number is not null then
		starts := mandate.session_opens(body, number);
		number := mandate.session_nearest(body, (starts + step * (k - 1))::date, (extract(epoch from step) / 86400 / 2)::int);
	end if;
	return case when number is not null then jsonb_build_object('type', 'session', 'body', body, 'session', number)
		else jsonb_build_object('type', 'date', 'date', (starts + step * (k - 1))::date, 'from', starts) end;
end
$$;

-- The deadline that the k-th occurrence has by itself: a session, or a date with the day "from" which it
-- counts. NULL past the end of a list, past "last", or where nothing comes again.
create or replace function mandate.deadline_at(deadline jsonb, adopted_on date, k int) returns jsonb
language plpgsql stable as $$
declare
	step interval := mandate.deadline_step(deadline);
	starts date := (deadline->>'date')::date;
	found jsonb;
begin
	if k = 1 and not (deadline->>'type' = 'recurring' and deadline->>'unit' = 'session') then
		return deadline;
	elsif not mandate.deadline_recurs(deadline) or k - 1 > jsonb_array_length(deadline->'further') then
		return null;
	elsif deadline->>'type' = 'session' then
		return (deadline - 'further') || jsonb_build_object('session', deadline->'further'->(k - 2));
	elsif deadline ? 'session' or deadline ? 'year' or deadline->>'unit' = 'session' then
		found := mandate.deadline_at_session(deadline, adopted_on, k);
	elsif starts is not null then
		found := jsonb_build_object('type', 'date', 'date', (starts + step * (k - 1))::date, 'from', starts);
	else
		found := jsonb_build_object('type', 'date', 'date', (adopted_on + step * k)::date, 'from', adopted_on);
	end if;
	if coalesce((found->>'date')::date, mandate.session_opens(found->>'body', (found->>'session')::int)) > (deadline->>'last')::date
		or (k > 1 and coalesce(found->>'date', found->>'session') is null) then
		return null;
	end if;
	return jsonb_strip_nulls(found) || jsonb_build_object('text', deadline->>'text');
end
$$;

-- The window of the k-th occurrence (see session_window); without a date and a reason where there is none.
create or replace function mandate.occurrence_window(deadline jsonb, adopted_on date, k int,
	out due_on date, out due_end date, out legal_end date, out due_why text)
language plpgsql stable as $$
declare
	own jsonb := mandate.deadline_at(deadline, adopted_on, k);
	w record;
begin
	if k > 1 and own is null then
		return;
	end if;
	select * into w from mandate.deadline_window(own, adopted_on);
	due_on := w.due_on;
	due_end := w.due_end;
	legal_end := w.legal_end;
	due_why := case
		when k > 1 and own ? 'from' then format('occurrence %s of "%s", counted from %s', k, deadline->>'text',
			mandate.date_text((own->>'from')::date))
		when k > 1 then format('occurrence %s of "%s": %s', k, deadline->>'text', w.due_why)
		when due_on is not null and mandate.deadline_recurs(deadline) then
			w.due_why || format('; comes again: "%s"', deadline->>'text')
		else w.due_why end;
end
$$;
