-- Who is away when, who stands in, and what an obligation's people are called.
set role mandate_owner;

create or replace function mandate.absence_never_changes() returns trigger language plpgsql as $$
begin
	raise exception using errcode = 'MD409',
		message = 'an absence is never changed or deleted; correct it with a later one';
end
$$;

drop trigger if exists absence_never_changes on mandate.absence;
create trigger absence_never_changes before update or delete on mandate.absence
	for each row execute function mandate.absence_never_changes();
drop trigger if exists absence_never_truncated on mandate.absence;
create trigger absence_never_truncated before truncate on mandate.absence
	for each statement execute function mandate.absence_never_changes();

-- The absence in which an officer is on a day, as known at a time; null where the officer is here.
create or replace function mandate.absence_on(of_login text, on_day date, known_at timestamptz default null)
returns mandate.absence language plpgsql stable as $$
declare
	last mandate.absence;
begin
	select a.* into last from mandate.absence a join mandate.officer o on o.id = a.officer_id
	where o.login = of_login and on_day between a.from_on and a.until_on
		and a.recorded_at <= coalesce(absence_on.known_at, 'infinity')
	order by a.id desc limit 1;
	return case when last.away then last end;
end
$$;

-- The last day of the absence that a day lies in: later entries may have cut the entry's own days.
create or replace function mandate.absence_end(a mandate.absence, on_day date) returns date language sql stable as $$
	select least(a.until_on, (select min(b.from_on) - 1 from mandate.absence b
		where b.officer_id = a.officer_id and b.id > a.id and b.from_on > on_day))
$$;

-- Who acts for an officer on a day: the officer, or who stands in, and in whose place again. Where nobody
-- stands in, or who does is gone, the alternate of the obligation; where there is none the officer after
-- all, so that no notice is lost.
create or replace function mandate.acting_owner(login text, on_day date, alternate text default null,
	known_at timestamptz default null) returns text language plpgsql stable as $$
declare
	at text := acting_owner.login;
	next_one text := alternate;
	seen text[] := '{}';
	gone mandate.absence;
begin
	loop
		if at is null or at = any (seen) then
			if next_one is null then
				return acting_owner.login;
			end if;
			at := next_one;
			next_one := null;
			continue;
		end if;
		seen := seen || at;
		gone := mandate.absence_on(at, on_day, known_at);
		if gone.id is null and exists (select from mandate.officer o where o.login = at and o.active) then
			return at;
		end if;
		select o.login into at from mandate.officer o where o.id = gone.delegate_id;
	end loop;
end
$$;

-- Whom an officer stands in for on a day, through delegations alone.
create or replace function mandate.stands_in_for(login text, on_day date, known_at timestamptz default null)
returns text[] language sql stable as $$
	select array(select o.login from mandate.officer o
		where o.login <> stands_in_for.login
			and exists (select from mandate.absence a where a.officer_id = o.id and on_day between a.from_on and a.until_on)
			and mandate.acting_owner(o.login, on_day, null, known_at) = stands_in_for.login)
$$;

-- Who is away on a day with nobody to stand in.
create or replace function mandate.away_alone(on_day date, known_at timestamptz default null) returns text[] language sql stable as $$
	select array(select o.login from mandate.officer o
		where (mandate.absence_on(o.login, on_day, known_at)).id is not null
			and mandate.acting_owner(o.login, on_day, null, known_at) = o.login)
$$;

-- {"from", "until", "to", "note"}; until is left out where nobody knows it.
create or replace function mandate.absence_json(a mandate.absence, on_day date) returns jsonb language plpgsql stable as $$
declare
	last_day date := mandate.absence_end(a, on_day);
begin
	return case when a.id is null then 'null' else jsonb_build_object('from', a.from_on,
		'until', nullif(last_day, 'infinity'),
		'to', (select mandate.officer_short(o.login) from mandate.officer o where o.id = a.delegate_id), 'note', a.note) end;
end
$$;

-- What is said of an obligation's people beside their names: who is away and who acts, and the team.
create or replace function mandate.people_json(o mandate.obligation, today date, known_at timestamptz) returns jsonb
language plpgsql stable as $$
declare
	away mandate.absence := mandate.absence_on(o.owner, today, known_at);
	acting text := mandate.acting_owner(o.owner, today, o.alternate, known_at);
begin
	return jsonb_build_object(
		'owner_away', mandate.absence_json(away, today),
		'owner_active', (select f.active from mandate.officer f where f.login = o.owner),
		'acting', case when acting <> o.owner then mandate.officer_short(acting) end,
		'team', coalesce((select jsonb_agg(mandate.officer_short(t.key) || jsonb_build_object('role', t.value)
			order by array_position(array['lead', 'supporting', 'focal_point'], t.value), t.key)
			from jsonb_each_text(o.team) t where t.value is not null), '[]'));
end
$$;

-- The officer that a request names; refuses an unknown one.
create or replace function mandate.officer_find(given text) returns mandate.officer language plpgsql stable as $$
declare
	hit mandate.officer;
begin
	select * into hit from mandate.officer o where o.login = given;
	if hit.id is null then
		perform mandate.refuse(404, 'no_officer', format('there is no officer %s; mandate officer list shows them', given));
	end if;
	return hit;
end
$$;

-- The same, for what only somebody who works here can be given.
create or replace function mandate.officer_find_active(given text) returns mandate.officer language plpgsql stable as $$
declare
	hit mandate.officer := mandate.officer_find(given);
begin
	if not hit.active then
		perform mandate.refuse(404, 'no_officer', format('%s does not work here any more; mandate officer list shows who does', hit.name));
	end if;
	return hit;
end
$$;

-- Everybody writes their own absence; another's, who is a clearer or an administrator.
create or replace function mandate.absence_may(caller jsonb, login text) returns mandate.officer language plpgsql stable as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
begin
	return case when officer.login = absence_may.login then officer else mandate.caller_require(caller, 'clearer') end;
end
$$;

-- Refuses a delegation that would lead back to the officer on any day: a chain changes only where an entry begins or ends.
create or replace function mandate.absence_circle(gone mandate.officer, delegate mandate.officer, from_on date, until_on date)
returns void language plpgsql stable as $$
declare
	day date;
	at text;
	path text[];
begin
	for day in select absence_circle.from_on
		union select a.from_on from mandate.absence a
			where a.from_on between absence_circle.from_on and absence_circle.until_on
		union select a.until_on + 1 from mandate.absence a
			where a.until_on < 'infinity' and a.until_on + 1 between absence_circle.from_on and absence_circle.until_on
		order by 1
	loop
		at := delegate.login;
		path := array[gone.login];
		while at is not null loop
			path := path || at;
			if at = gone.login then
				perform mandate.refuse(422, 'delegation_circle', format('on %s that would go in a circle: %s',
					mandate.date_text(day), array_to_string(path, ' -> ')));
			end if;
			select o.login into at from mandate.officer o where o.id = (mandate.absence_on(at, day)).delegate_id;
		end loop;
	end loop;
end
$$;

create or replace function api.officer_away(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.absence_may(caller, request->>'login');
	answer jsonb := mandate.request_begin(officer, 'officer_away', request);
	gone mandate.officer;
	delegate mandate.officer;
	from_on date := coalesce(mandate.request_date(request, 'from'), mandate.today());
	until_on date := coalesce(mandate.request_date(request, 'until'), 'infinity');
	said mandate.absence;
begin
	if answer is not null then
		return answer;
	end if;
	perform pg_advisory_xact_lock(hashtext('mandate absences'));
	gone := mandate.officer_find_active(request->>'login');
	if until_on < from_on then
		perform mandate.refuse(422, 'bad_date', format('an absence cannot end on %s before it begins on %s',
			mandate.date_text(until_on), mandate.date_text(from_on)));
	elsif request->>'to' = gone.login then
		perform mandate.refuse(422, 'delegation_circle', format('%s cannot stand in for %s', gone.login, gone.login));
	elsif request->>'to' is not null then
		delegate := mandate.officer_find_active(request->>'to');
		perform mandate.absence_circle(gone, delegate, from_on, until_on);
	end if;
	insert into mandate.absence (officer_id, from_on, until_on, away, delegate_id, note, recorded_at, recorded_by, key)
	values (gone.id, from_on, until_on, true, delegate.id, coalesce(request->>'note', ''), mandate.now(), officer.id, request->>'key')
	returning * into said;
	return mandate.request_end(officer, request, jsonb_build_object('officer', mandate.officer_short(gone.login),
		'away', mandate.absence_json(said, from_on),
		'open', (select count(*) from mandate.obligation o where o.owner = gone.login and o.live and not mandate.status_is_done(o.status)),
		'to_away', case when delegate.id is not null then mandate.absence_json(mandate.absence_on(delegate.login, from_on), from_on) end));
end
$$;

-- Ends an absence on the day before, or takes back one that was to come.
create or replace function api.officer_back(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.absence_may(caller, request->>'login');
	answer jsonb := mandate.request_begin(officer, 'officer_back', request);
	here mandate.officer;
	back_on date := coalesce(mandate.request_date(request, 'on'), mandate.today());
	ended mandate.absence;
	next_from date;
begin
	if answer is not null then
		return answer;
	end if;
	perform pg_advisory_xact_lock(hashtext('mandate absences'));
	here := mandate.officer_find(request->>'login');
	ended := mandate.absence_on(here.login, back_on);
	if ended.id is null then
		select min(a.from_on) into next_from from mandate.absence a where a.officer_id = here.id and a.away and a.from_on > back_on
			and (mandate.absence_on(here.login, a.from_on)).id = a.id;
		perform mandate.refuse(422, 'not_away', format('%s is not away on %s', here.login, mandate.date_text(back_on)) ||
			coalesce(format('; the absence that begins on %s is taken back with: mandate officer back %s --on %s',
				mandate.date_text(next_from), here.login, next_from), ''));
	end if;
	insert into mandate.absence (officer_id, from_on, until_on, away, note, recorded_at, recorded_by, key)
	values (here.id, back_on, mandate.absence_end(ended, back_on), false, coalesce(request->>'note', ''), mandate.now(),
		officer.id, request->>'key');
	return mandate.request_end(officer, request, jsonb_build_object('officer', mandate.officer_short(here.login),
		'back_on', back_on, 'was_away', mandate.absence_json(ended, ended.from_on)));
end
$$;
