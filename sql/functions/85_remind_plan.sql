-- Planning: what is owed by a day becomes reminders; whatever changes is planned anew. A message that was made
-- and not tried yet is taken back when what it says changes, so that nobody is told what is no longer so.
set role mandate_owner;

-- What was gathered of an obligation and not tried yet is to be made anew; for one person, or (null) for all.
create or replace function mandate.messages_outdate(of_obligation int, of_officer int default null) returns void language sql as $$
	update mandate.message m set stale = true
	where m.state = 'waiting' and m.attempts = 0 and not m.stale
		and m.id in (select r.message_id from mandate.reminder r where r.obligation_id = of_obligation and r.state = 'told'
			and (of_officer is null or r.officer_id = of_officer))
$$;

-- Something changed: the obligation is planned anew. Called by the trigger after every update.
create or replace function mandate.reminder_touch() returns trigger language plpgsql as $$
begin
	insert into mandate.reminder_due values (new.id, '-infinity')
	on conflict (obligation_id) do update set next_on = '-infinity' where reminder_due.next_on <> '-infinity';
	perform mandate.messages_outdate(new.id);
	perform pg_notify('mandate_remind', '');
	return null;
end
$$;
drop trigger if exists reminder_touch on mandate.obligation;
create trigger reminder_touch after update on mandate.obligation
	for each row execute function mandate.reminder_touch();

-- Who is told, and when, changed for all that a person follows, or for what nobody does.
create or replace function mandate.reminder_touch_people() returns trigger language plpgsql as $$
begin
	update mandate.reminder_due d set next_on = '-infinity' from mandate.obligation o
	where o.id = d.obligation_id and d.next_on <> '-infinity'
		and (new.login in (o.owner, o.alternate) or (o.owner is null and 'admin' in (old.role, new.role)));
	perform pg_notify('mandate_remind', '');
	return null;
end
$$;
drop trigger if exists reminder_touch_people on mandate.officer;
create trigger reminder_touch_people after update on mandate.officer for each row
	when (old.active <> new.active or old.role <> new.role or old.supervisor is distinct from new.supervisor or old.unit is distinct from new.unit)
	execute function mandate.reminder_touch_people();

-- An address, a channel or other working hours: what is due may go out now, and what was made and not tried
-- yet goes where the person is now. Reminders are made anew; a report with its files goes there as it is.
create or replace function mandate.reminder_notify() returns trigger language plpgsql as $$
begin
	update mandate.message m set stale = true
	where m.officer_id = new.id and m.state = 'waiting' and m.attempts = 0 and m.kind = 'reminders' and not m.stale;
	if mandate.officer_takes_files(new) then
		update mandate.message m set channel = new.channel, content = (m.content::jsonb || mandate.message_person(new))::json
		where m.officer_id = new.id and m.state = 'waiting' and m.attempts = 0 and m.kind <> 'reminders';
	end if;
	perform pg_notify('mandate_remind', '');
	return null;
end
$$;
drop trigger if exists reminder_notify on mandate.officer;
create trigger reminder_notify after update on mandate.officer for each row execute function mandate.reminder_notify();

-- Days on which nobody is reminded move what stands on them; a unit's rules hold for all below it.
create or replace function mandate.reminder_touch_all() returns trigger language plpgsql as $$
begin
	update mandate.reminder_due set next_on = '-infinity' where next_on <> '-infinity';
	perform pg_notify('mandate_remind', '');
	return null;
end
$$;
drop trigger if exists reminder_touch_all on mandate.holiday;
create trigger reminder_touch_all after insert or update or delete on mandate.holiday
	for each statement execute function mandate.reminder_touch_all();
drop trigger if exists reminder_touch_all on mandate.unit;
create trigger reminder_touch_all after update of remind_rule, parent on mandate.unit
	for each statement execute function mandate.reminder_touch_all();

-- Plans obligations on a day: what is owed now becomes a reminder, what is no longer wanted and has not
-- arrived is withdrawn, and the next day is noted. Today is that of the earliest time zone, the person's own
-- day is looked at when the message is made. What is wanted again after it was withdrawn is owed again.
drop function if exists mandate.reminder_plan(mandate.obligation, date);
-- The plan of this statement is large: it is made once for a connection, and no code is compiled for it.
create or replace function mandate.reminders_plan(ids int[], today date) returns int
language plpgsql set jit = off set plan_cache_mode = force_generic_plan as $$
declare
	fresh int;
begin
	with wanted as materialized (
		select o.id, w.* from mandate.obligation o cross join lateral mandate.reminder_wanted(o, today + 100, today) w
		where o.id = any (ids)),
	noted as (
		update mandate.reminder_due d set fault = null, next_on = coalesce(n.next_on, today + 90)
		from unnest(ids) i(id) left join (select w.id, min(w.send_on) as next_on from wanted w where w.send_on > today group by w.id) n using (id)
		where d.obligation_id = i.id),
	withdrawn as (
		update mandate.reminder r set state = 'withdrawn'
		where r.obligation_id = any (ids)
			and (r.state = 'due' or (r.state = 'told' and exists (select from mandate.message m where m.id = r.message_id and m.state = 'waiting')))
			and not exists (select from wanted w where w.id = r.obligation_id and w.send_on <= today
				and w.milestone = r.milestone and w.due_on = r.due_on and w.officer_id = r.officer_id)
		returning r.message_id),
	outdated as (
		update mandate.message m set stale = true
		where m.id in (select w.message_id from withdrawn w) and m.state = 'waiting' and m.attempts = 0),
	owed as (
		insert into mandate.reminder as r (obligation_id, milestone, due_on, step, officer_id, send_on, why, created_at)
		select w.id, w.milestone, w.due_on, w.step, w.officer_id, w.send_on, format('%s (%s): %s', w.step, w.part, w.why), mandate.now()
		from wanted w where w.send_on <= today
		on conflict (obligation_id, milestone, due_on, step, officer_id) do update
		set send_on = excluded.send_on, why = excluded.why,
			state = case when mandate.message_may_arrive(r.message_id) then 'told' else 'due' end,
			message_id = case when mandate.message_may_arrive(r.message_id) then r.message_id end
		where r.state = 'withdrawn'
		returning 1)
	select count(*) into fresh from owed;
	return fresh;
end
$$;

create or replace function mandate.message_may_arrive(of_message bigint) returns boolean language sql stable as $$
	select exists (select from mandate.message m where m.id = of_message and m.state in ('waiting', 'sent'))
$$;

-- Plans what has come due or changed, at most so many at once; answers how many obligations and how many new
-- reminders. One that cannot be planned keeps nobody else from being told: it is noted, and tried again tomorrow.
create or replace function mandate.reminders_plan_some(today date, size int, out planned int, out fresh int) language plpgsql as $$
declare
	ids int[] := array(select d.obligation_id from mandate.reminder_due d where d.next_on <= today order by d.next_on limit size
		for update skip locked);
	one int;
	said text;
begin
	planned := cardinality(ids);
	begin
		fresh := mandate.reminders_plan(ids, today);
		return;
	exception when data_exception or raise_exception or cardinality_violation or integrity_constraint_violation
		or program_limit_exceeded then
		fresh := 0; -- one of them; which, is found below
	end;
	foreach one in array ids loop
		begin
			fresh := fresh + mandate.reminders_plan(array[one], today);
		exception when data_exception or raise_exception or cardinality_violation or integrity_constraint_violation
		or program_limit_exceeded then
			get stacked diagnostics said = message_text;
			update mandate.reminder_due d set next_on = today + 1, fault = said where d.obligation_id = one;
		end;
	end loop;
end
$$;

-- Takes back what was made, not tried, and is no longer so: its reminders are due again. Of one person (not null)
-- whatever was not tried, so that what has come due since is told with it.
create or replace function mandate.messages_take_back(of_officer int default null) returns void language sql as $$
	with gone as (
		delete from mandate.message m where m.id in (select x.id from mandate.message x
			where x.state = 'waiting' and x.attempts = 0 and x.kind = 'reminders'
				and case when of_officer is null then x.stale else x.officer_id = of_officer end for update skip locked)
		returning m.id)
	update mandate.reminder r set message_id = null, state = case when r.state = 'told' then 'due' else r.state end
	from gone g where r.message_id = g.id
$$;

-- Whether a message that waits still has something to say.
create or replace function mandate.message_is_needed(m mandate.message) returns boolean language sql stable as $$
	select m.kind <> 'reminders' or m.content->>'alarms' <> '[]'
		or exists (select from mandate.reminder r where r.message_id = m.id and r.state = 'told')
$$;

-- What was tried, has not arrived, and nobody needs any more, is not tried again.
create or replace function mandate.messages_withdraw() returns void language sql as $$
	update mandate.message m set state = 'withdrawn', lease = null, lease_until = null
	where m.id in (select x.id from mandate.message x
		where x.state = 'waiting' and x.attempts > 0 and (x.lease_until is null or x.lease_until < mandate.now())
			and exists (select from mandate.reminder r where r.message_id = x.id and r.state = 'withdrawn')
			and not mandate.message_is_needed(x) for update skip locked)
$$;

-- A clock that has gone back: what was planned, leased or put off by the later one would wait for it. Nothing is
-- told twice, since what was told is known. Two hours are nothing: another daemon's clock may be that far off.
create or replace function mandate.clock_went_back(at timestamptz) returns void language sql as $$
	update mandate.reminder_due set next_on = '-infinity' where next_on <> '-infinity';
	update mandate.message set next_try_at = at where state = 'waiting' and next_try_at > at + interval '4 hours';
	update mandate.message set lease_until = at + interval '20 minutes' where state = 'waiting' and lease_until > at + interval '20 minutes';
	select mandate.schedules_went_back((at at time zone 'utc')::date);
$$;

-- Notes that a round has ended. Where none had ended for long, from when to when is kept for the administrators;
-- by the machine's own clock, so that an exercise that jumps over months is no alarm.
create or replace function mandate.scheduler_note(at timestamptz) returns void language sql as $$
	insert into mandate.scheduler as s (round_at, service_at) values (clock_timestamp(), at)
	on conflict (one) do update set round_at = excluded.round_at, service_at = excluded.service_at,
		stood_from = case when excluded.round_at - s.round_at > interval '1 hour' then s.round_at else s.stood_from end,
		stood_until = case when excluded.round_at - s.round_at > interval '1 hour' then excluded.round_at else s.stood_until end
$$;
