-- What is owed to whom when. The plan is a pure function of the record and a day; the outbox keeps what
-- was owed, so that nothing is told twice and nothing is lost.
set role mandate_owner;

-- The rule for a milestone: of this kind and milestone, else of this kind, else of any. The daemon loads them.
create or replace function mandate.reminder_rule_of(kind text, milestone text) returns mandate.reminder_rule
language sql stable as $$
	select r from mandate.reminder_rule r
	where r.kind in (reminder_rule_of.kind, '') and r.milestone in (reminder_rule_of.milestone, '')
	order by r.kind = '', r.milestone = '' limit 1
$$;

-- The rules of the configuration, the whole table at once.
create or replace function mandate.load_reminder_rules(data jsonb) returns void language sql as $$
	delete from mandate.reminder_rule;
	-- Whatever there is follows the new rules, also what was here before there were reminders.
	insert into mandate.reminder_due select o.id, '-infinity' from mandate.obligation o where o.live
	on conflict (obligation_id) do update set next_on = '-infinity';
	insert into mandate.reminder_rule (kind, milestone, before, overdue_every, overdue_times, overdue_then, escalate_after)
	select coalesce(r->>'kind', ''), coalesce(r->>'milestone', ''),
		array(select b::int from jsonb_array_elements_text(r->'before') b order by b::int desc),
		(r->>'overdue_every')::int, (r->>'overdue_times')::int, (r->>'overdue_then')::int, (r->>'escalate_after')::int
	from jsonb_array_elements(data) r
$$;

-- Working days: not Saturday, Sunday or a holiday. A reminder before a day moves back, one after it forward.
create or replace function mandate.working_day(given date, direction int) returns date language plpgsql stable as $$
declare
	day date := given;
begin
	while extract(isodow from day) > 5 or exists (select from mandate.holiday h where h.on_day = day) loop
		day := day + direction;
	end loop;
	return day;
end
$$;

-- What can be missed: the steps of a report, else the end of the window; and a review. Of several steps
-- that were missed the next takes over from the one before, so that nobody is told of all of them.
create or replace function mandate.reminder_targets(o mandate.obligation)
returns table (milestone text, due_on date, why text, over_on date) language sql stable as $$
	with step as (
		select s.name, s.on_day, s.why from mandate.milestone_steps(o) s where not s.passed and s.name <> 'consideration'
		union all
		select 'deadline', o.due_end, o.due_why where o.due_end is not null)
	select s.name, s.on_day, s.why, coalesce(lead(s.on_day) over (order by s.on_day, s.name), 'infinity') from step s
	union all
	select 'review', o.review_on, 'a day set to look at it again', 'infinity' where o.review_on is not null
$$;

-- Whether anybody is reminded of it at all.
create or replace function mandate.reminder_applies(o mandate.obligation) returns boolean language sql immutable as $$
	select coalesce(o.live, false) and not mandate.status_is_done(o.status)
$$;

-- Whether it can be overdue: nobody has failed who did not take up an encouragement, and what has no end goes on.
create or replace function mandate.reminder_overdue_applies(o mandate.obligation, milestone text) returns boolean
language sql immutable as $$
	select milestone = 'review' or (o.force not in ('encouragement', 'none') and o.status <> 'continuing')
$$;

-- Who is told: the owner and the alternate, or who stands in for them; where nobody owns it, the
-- administrators; when it is long overdue, the owner's supervisor too.
create or replace function mandate.reminder_people(o mandate.obligation, on_day date, escalated boolean)
returns table (officer_id int, part text) language sql stable as $$
	with told as (
		select p.id, 'owner' as part, p.supervisor from mandate.officer p
		where p.active and p.login = mandate.acting_owner(o.owner, on_day, o.alternate)
		union
		select p.id, 'alternate', null from mandate.officer p
		where p.active and p.login = mandate.acting_owner(o.alternate, on_day)),
	raised as (
		select t.id, t.part from told t
		union
		select p.id, 'administrator' from mandate.officer p
		where p.active and p.role = 'admin' and not exists (select from told)
		union
		select p.id, 'supervisor' from told t join mandate.officer p on p.id = t.supervisor and p.active where escalated)
	select distinct on (r.id) r.id, r.part from raised r order by r.id, array_position(array['owner', 'alternate', 'supervisor', 'administrator'], r.part)
$$;

-- The steps around one day: before it, on it, and after it until something else takes over. Of what lies
-- long behind only the last is made, and nothing beyond the end: the days are many and most are not asked for.
create or replace function mandate.reminder_steps(rule mandate.reminder_rule, due_on date, over_on date, until date, today date)
returns table (step text, send_on date, days int) language sql stable as $$
	with late(days) as (
		select case when i <= rule.overdue_times then i * rule.overdue_every
			else rule.overdue_times * rule.overdue_every + (i - rule.overdue_times) * rule.overdue_then end
		from generate_series(
			greatest(1, least((today - due_on) / rule.overdue_every,
				rule.overdue_times + (today - due_on - rule.overdue_times * rule.overdue_every) / rule.overdue_then) - 1),
			greatest(0, (least(until, over_on) - due_on) / least(rule.overdue_every, rule.overdue_then) + 1)) i),
	raw as (
		select due_on - b as day, b as days from unnest(rule.before) b
		union all
		select due_on + l.days, -l.days from late l where due_on + l.days < over_on),
	near as (
		select r.day, r.days, max(r.day) filter (where r.day <= today - 10) over () as last_old from raw r where r.day <= until + 10)
	select case when n.days >= 0 then mandate.counted(n.days, 'day') || ' before' else mandate.counted(-n.days, 'day') || ' overdue' end,
		mandate.working_day(n.day, case when n.days >= 0 then -1 else 1 end), n.days
	from near n where n.day > today - 10 or n.day = n.last_old
$$;

-- What an obligation owes until a day: every step to come, and of what lies behind the last step of each
-- milestone alone, so that after a long pause there is one notice and not thirty.
create or replace function mandate.reminder_wanted(o mandate.obligation, until date, today date)
returns table (milestone text, due_on date, step text, send_on date, days int, officer_id int, part text, why text)
language sql stable as $$
	with step as (
		select t.milestone, t.due_on, t.why, s.step, s.send_on, s.days, r.escalate_after,
			s.send_on < max(s.send_on) filter (where s.send_on <= today) over (partition by t.milestone) as stale
		from mandate.reminder_targets(o) t
		cross join lateral mandate.reminder_rule_of(o.kind, t.milestone) r
		cross join lateral mandate.reminder_steps(r, t.due_on, t.over_on, until, today) s
		where mandate.reminder_applies(o) and s.send_on <= until and (s.send_on < t.over_on or s.days >= 0)
			and (s.days >= 0 or mandate.reminder_overdue_applies(o, t.milestone))
			and (s.days >= 0 or s.send_on > today or t.over_on > today)
			-- What lies behind is told as overdue; what cannot be overdue is not told of long after.
			and (s.days < 0 or s.send_on > today or t.due_on >= today
				or (s.send_on >= today - 31 and not mandate.reminder_overdue_applies(o, t.milestone))))
	select s.milestone, s.due_on, s.step, s.send_on, s.days, p.officer_id, p.part, s.why
	from step s cross join lateral mandate.reminder_people(o, s.send_on, s.days < 0 and -s.days >= s.escalate_after) p
	where not coalesce(s.stale, false)
$$;

-- Whether a person asked not to be told of this on that day: muted, snoozed, or this very step answered.
create or replace function mandate.reminder_is_quiet(obligation_id int, milestone text, due_on date, officer_id int, on_day date)
returns boolean language sql stable as $$
	select coalesce((select q.kind = 'mute' or (q.kind = 'snooze' and q.until > on_day)
			from mandate.reminder_quiet q where q.obligation_id = reminder_is_quiet.obligation_id
				and q.officer_id = reminder_is_quiet.officer_id and q.kind <> 'ack' order by q.id desc limit 1), false)
		or exists (select from mandate.reminder_quiet q where q.obligation_id = reminder_is_quiet.obligation_id
			and q.officer_id = reminder_is_quiet.officer_id and q.milestone = reminder_is_quiet.milestone
			and q.due_on = reminder_is_quiet.due_on)
$$;

-- Something changed: the obligation is planned anew. Called by the trigger after every update.
create or replace function mandate.reminder_touch() returns trigger language plpgsql as $$
begin
	insert into mandate.reminder_due values (new.id, '-infinity')
	on conflict (obligation_id) do update set next_on = '-infinity' where reminder_due.next_on <> '-infinity';
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
	when (old.active <> new.active or old.role <> new.role or old.supervisor is distinct from new.supervisor)
	execute function mandate.reminder_touch_people();

-- An address, a channel or other working hours: what is due may go out now.
create or replace function mandate.reminder_notify() returns trigger language plpgsql as $$
begin
	perform pg_notify('mandate_remind', '');
	return null;
end
$$;
drop trigger if exists reminder_notify on mandate.officer;
create trigger reminder_notify after update on mandate.officer for each row execute function mandate.reminder_notify();

-- Days on which nobody is reminded move what stands on them.
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

-- Plans one obligation on a day: what is owed now becomes a reminder, what is no longer wanted and was
-- not told is withdrawn, and the next day is noted. Today is that of the earliest time zone, the person's
-- own day is looked at when the message is made.
create or replace function mandate.reminder_plan(o mandate.obligation, today date) returns int language plpgsql as $$
declare
	wanted jsonb := (select jsonb_agg(to_jsonb(w)) from mandate.reminder_wanted(o, today + 100, today) w);
	fresh int;
begin
	update mandate.reminder r set state = 'withdrawn'
	where r.obligation_id = o.id and r.state = 'due' and not exists (
		select from jsonb_to_recordset(wanted) w (milestone text, due_on date, send_on date, officer_id int)
		where w.send_on <= today and w.milestone = r.milestone and w.due_on = r.due_on and w.officer_id = r.officer_id);
	insert into mandate.reminder (obligation_id, milestone, due_on, step, officer_id, send_on, why, created_at)
	select o.id, w.milestone, w.due_on, w.step, w.officer_id, w.send_on, format('%s (%s): %s', w.step, w.part, w.why), mandate.now()
	from jsonb_to_recordset(wanted) w (milestone text, due_on date, step text, send_on date, officer_id int, part text, why text)
	where w.send_on <= today
	on conflict do nothing;
	get diagnostics fresh = row_count;
	update mandate.reminder_due d set next_on = coalesce(
		(select min(w.send_on) from jsonb_to_recordset(wanted) w (send_on date) where w.send_on > today), today + 90)
	where d.obligation_id = o.id;
	return fresh;
end
$$;

-- One notice as it stands in a message, seen from the person's day.
create or replace function mandate.reminder_item(r mandate.reminder, local_day date) returns jsonb
language plpgsql stable as $$
declare
	o mandate.obligation;
begin
	select * into o from mandate.obligation x where x.id = r.obligation_id;
	return jsonb_build_object('reference', o.reference, 'thread', format('<obligation-%s@mandate>', o.id),
		'milestone', r.milestone, 'due_on', r.due_on, 'days', r.due_on - local_day, 'step', r.step, 'why', r.why,
		'what', coalesce(o.action, o.verb), 'kind', o.kind, 'force', o.force, 'vehicle', o.vehicle, 'deadline', o.deadline->>'text', 'status', o.status,
		'because', regexp_replace(r.why, '^[^()]*\([a-z]+\): ', ''), 'part', substring(r.why from '^[^()]*\(([a-z]+)\): '), 'version', o.version,
		'to', case when o.deadline ? 'body' then mandate.body_name(o.deadline->>'body') end,
		'asked', (select string_agg(a->>'text', '; ') from jsonb_array_elements(o.addressees) a where a->>'role' <> 'consulted'),
		'resolution', (select jsonb_build_object('symbol', x.symbol, 'title', x.title) from mandate.resolution x where x.id = o.resolution_id),
		'paragraph', o.paragraph, 'last_update', mandate.update_last(o.id, null, null));
end
$$;

create or replace function mandate.officer_reachable(p mandate.officer) returns boolean language sql immutable as $$
	select case p.channel when 'mail' then p.mail is not null when 'webhook' then p.webhook_url is not null else true end
$$;

-- What is wrong with the reminders themselves: told to the administrators, and by doctor.
create or replace function mandate.reminder_alarms() returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(x.said), '[]') from (
		select format('%s of the last week could not be delivered; the last, to %s: %s', mandate.counted(count(*), 'message'),
			(array_agg(p.name order by m.id desc))[1], (array_agg(m.answer order by m.id desc))[1]) as said
		from mandate.message m join mandate.officer p on p.id = m.officer_id
		where m.state = 'failed' and m.created_at > mandate.now() - interval '7 days' having count(*) > 0
		union all
		select format('%s has %s waiting and no address', p.name, mandate.counted(count(*), 'reminder'))
		from mandate.reminder r join mandate.officer p on p.id = r.officer_id
		where r.state = 'due' and not mandate.officer_reachable(p) group by p.name) x
$$;

-- Whether a person can be told now: working hours of a working day where they are, the cap of the day not
-- reached, and for a weekly digest the first working day of the week that has had none.
create or replace function mandate.officer_can_be_told(p mandate.officer, at timestamptz) returns boolean
language sql stable as $$
	with here as (select at at time zone p.time_zone as local)
	select p.active and mandate.officer_reachable(p)
		and mandate.working_day(h.local::date, 1) = h.local::date
		and h.local::time >= p.work_from and h.local::time < p.work_until
		and (select count(*) from mandate.message m where m.officer_id = p.id
			and (m.created_at at time zone p.time_zone)::date = h.local::date) < p.daily_cap
		and (p.digest = 'daily' or not exists (select from mandate.message m where m.officer_id = p.id
			and date_trunc('week', m.created_at at time zone p.time_zone) = date_trunc('week', h.local)))
	from here h
$$;

-- Whether an administrator is to hear today that reminders do not arrive, though nothing is owed to him.
create or replace function mandate.alarm_is_due(p mandate.officer, alarms jsonb, at timestamptz) returns boolean language sql stable as $$
	select p.role = 'admin' and alarms <> '[]' and not exists (select from mandate.message m
		where m.officer_id = p.id and m.created_at > at - interval '20 hours' and m.content->'alarms' <> '[]')
$$;

-- One message for each person who can be told now, of all that is due to them, on the channels that
-- work here (null: all of them): what is due on another stays due, and is told in one message later.
drop function if exists mandate.reminders_gather(timestamptz);
create or replace function mandate.reminders_gather(at timestamptz, channels jsonb) returns int language plpgsql as $$
declare
	alarms jsonb := mandate.reminder_alarms();
	p mandate.officer;
	local_day date;
	made bigint;
	items jsonb;
	ids bigint[];
	many int := 0;
begin
	for p in select x.* from mandate.officer x
		where (channels is null or channels ? x.channel)
			and (x.id in (select r.officer_id from mandate.reminder r where r.state = 'due') or mandate.alarm_is_due(x, alarms, at))
		order by x.id for update skip locked
	loop
		continue when not mandate.officer_can_be_told(p, at);
		local_day := (at at time zone p.time_zone)::date;
		select array_agg(r.id), jsonb_agg(mandate.reminder_item(r, local_day) order by r.due_on, r.obligation_id, r.id)
		into ids, items from mandate.reminder r
		where r.officer_id = p.id and r.state = 'due' and r.send_on <= local_day
			and not mandate.reminder_is_quiet(r.obligation_id, r.milestone, r.due_on, p.id, local_day);
		continue when ids is null and not mandate.alarm_is_due(p, alarms, at);
		insert into mandate.message (officer_id, channel, message_id, content, next_try_at, created_at, state, sent_at, answer)
		values (p.id, p.channel, format('<%s@mandate>', gen_random_uuid()),
			jsonb_build_object('person', mandate.officer_json(p) || jsonb_build_object('webhook_url', p.webhook_url),
				'on', local_day, 'items', coalesce(items, '[]'), 'alarms', case when p.role = 'admin' then alarms else '[]' end), at, at,
			case when p.channel = 'inbox' then 'sent' else 'waiting' end, case when p.channel = 'inbox' then at end,
			case when p.channel = 'inbox' then 'kept in the inbox' end)
		returning id into made;
		update mandate.reminder r set state = 'told', message_id = made where r.id = any (ids) and r.state = 'due';
		many := many + 1;
	end loop;
	return many;
end
$$;

create or replace function mandate.service_require(caller jsonb) returns void language plpgsql stable as $$
begin
	if caller->>'service' is distinct from 'true' then
		perform mandate.refuse(403, 'role_too_small', 'only the service itself may do this');
	end if;
end
$$;

-- How many reminders are due (up to a bound) on each channel that does not work here.
create or replace function mandate.reminders_unserved(channels jsonb) returns jsonb language sql stable as $$
	select coalesce(jsonb_object_agg(u.channel, u.many), '{}') from (
		select p.channel, count(*) as many from (select r.officer_id from mandate.reminder r where r.state = 'due' limit 10000) d
		join mandate.officer p on p.id = d.officer_id where not channels ? p.channel group by p.channel) u
$$;

-- One round of the daemon's clock: plans what has come due or changed (at most so many, claimed so that
-- several daemons share them) and makes the messages. Says whether there is more, and when to come back.
create or replace function api.remind_tick(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	-- The day that has begun somewhere.
	today date := (at at time zone 'utc' + interval '14 hours')::date;
	size int := coalesce((request->>'limit')::int, 1000);
	o mandate.obligation;
	planned int := 0;
	fresh int := 0;
	made int := 0;
begin
	perform mandate.service_require(caller);
	for o in select x.* from mandate.reminder_due d join mandate.obligation x on x.id = d.obligation_id
		where d.next_on <= today order by d.next_on limit size for update of d skip locked
	loop
		fresh := fresh + mandate.reminder_plan(o, today);
		planned := planned + 1;
	end loop;
	-- Not before all is planned: what comes due together is told together.
	if planned < size then
		made := mandate.reminders_gather(at, request->'channels');
	end if;
	return jsonb_build_object('planned', planned, 'owed', fresh, 'messages', made, 'more', planned = size,
		'waiting', (select count(*) from mandate.message m where m.state = 'waiting'),
		'next_try_at', (select mandate.time_text(min(greatest(m.next_try_at, coalesce(m.lease_until, m.next_try_at)))) from mandate.message m where m.state = 'waiting'))
		|| case when request ? 'channels' then jsonb_build_object('unserved', mandate.reminders_unserved(request->'channels')) else '{}' end;
end
$$;

-- Messages to be sent now, each leased to one worker for so many seconds: {"limit", "seconds", "worker"},
-- and "channels" where not all of them work here.
create or replace function api.outbox_claim(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	rows jsonb;
begin
	perform mandate.service_require(caller);
	with claimed as (
		update mandate.message m set lease = request->>'worker', lease_until = at + make_interval(secs => (request->>'seconds')::int),
			attempts = m.attempts + 1
		where m.id in (select x.id from mandate.message x where x.state = 'waiting' and x.next_try_at <= at
			and (not request ? 'channels' or request->'channels' ? x.channel)
			and (x.lease_until is null or x.lease_until < at) order by x.next_try_at
			limit (request->>'limit')::int for update skip locked)
		returning m.*)
	select jsonb_agg(jsonb_build_object('id', c.id, 'message_id', c.message_id, 'channel', c.channel, 'attempt', c.attempts,
		'created_at', to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'content', c.content) order by c.id) into rows from claimed c;
	return jsonb_build_object('rows', coalesce(rows, '[]'));
end
$$;

-- How it went: {"worker", "rows": [{"id", "outcome", "answer"}]}, or one row with its worker. An outcome is
-- sent, retry, failed, or back, where nothing was tried. A message that is not leased to this worker any more
-- is left as it is. Tries come less and less often, and end after some three days.
create or replace function api.outbox_done(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	done jsonb;
begin
	perform mandate.service_require(caller);
	with said as (
		select (r->>'id')::bigint as id, r->>'outcome' as outcome, r->>'answer' as answer
		from jsonb_array_elements(coalesce(request->'rows', jsonb_build_array(request))) r),
	changed as (
		update mandate.message x set
			state = case when s.outcome = 'sent' then 'sent'
				when s.outcome = 'failed' or (s.outcome = 'retry' and x.attempts >= 24) then 'failed' else 'waiting' end,
			sent_at = case when s.outcome = 'sent' then at end,
			attempts = x.attempts - (s.outcome = 'back')::int,
			next_try_at = case when s.outcome = 'back' then x.next_try_at
				else at + least(interval '1 minute' * power(2, x.attempts - 1), interval '4 hours') end,
			lease = null, lease_until = null, answer = case when s.outcome = 'back' then x.answer else left(s.answer, 2000) end
		from said s
		where x.id = s.id and x.lease = request->>'worker' and x.state = 'waiting'
		returning x.id, x.state, x.next_try_at)
	select jsonb_agg(jsonb_build_object('id', s.id, 'state', c.state,
		'next_try_at', case when c.state = 'waiting' then mandate.time_text(c.next_try_at) end) order by s.id) into done
	from said s left join changed c on c.id = s.id;
	return case when request ? 'rows' then jsonb_build_object('rows', done) else done->0 end;
end
$$;

-- The notices to come until a day: to whom, when and why. What a person asked not to hear is left out.
create or replace function mandate.reminder_rows(filter jsonb, login text, until date, today date)
returns table (send_on date, person text, reference text, milestone text, due_on date, step text, part text, why text)
language sql stable as $$
	select w.send_on, p.login, o.reference, w.milestone, w.due_on, w.step, w.part, w.why
	from mandate.obligation_select(filter, null, null, login) o
	cross join lateral mandate.reminder_wanted(o, until, today) w
	join mandate.officer p on p.id = w.officer_id
	where not mandate.reminder_is_quiet(o.id, w.milestone, w.due_on, p.id, w.send_on)
		and not exists (select from mandate.reminder r where r.obligation_id = o.id and r.milestone = w.milestone
			and r.due_on = w.due_on and r.step = w.step and r.officer_id = w.officer_id and r.state = 'told')
$$;

create or replace function api.remind_plan(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	until date := coalesce(mandate.request_date(request, 'until'), mandate.today() + 90);
begin
	return jsonb_build_object('from', mandate.today(), 'until', until, 'rows', coalesce((
		select jsonb_agg(jsonb_build_object('on', greatest(r.send_on, mandate.today()), 'person', r.person, 'reference', r.reference,
			'milestone', r.milestone, 'due_on', r.due_on, 'step', r.step, 'part', r.part, 'why', r.why)
			order by greatest(r.send_on, mandate.today()), r.person, r.reference, r.due_on)
		from mandate.reminder_rows(request->'filter', officer.login, until, mandate.today()) r), '[]'));
end
$$;

-- What was told about an obligation, what is to come, and what people answered.
create or replace function api.remind_explain(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	o mandate.obligation;
begin
	select * into o from mandate.obligation x where x.id = mandate.reference_resolve(request->>'ref');
	return jsonb_build_object('reference', o.reference, 'applies', mandate.reminder_applies(o),
		'why_not', case when not o.live then 'it stands in a draft that is not adopted'
			when mandate.status_is_done(o.status) then format('it is %s', replace(o.status, '_', ' ')) end,
		'rules', coalesce((select jsonb_agg(to_jsonb(x.rule) || jsonb_build_object('for', x.milestone))
			from (select t.milestone, mandate.reminder_rule_of(o.kind, t.milestone) as rule from mandate.reminder_targets(o) t) x), '[]'),
		'told', coalesce((select jsonb_agg(jsonb_build_object('on', coalesce((m.created_at at time zone p.time_zone)::date, r.send_on), 'milestone', r.milestone, 'due_on', r.due_on, 'step', r.step, 'state', r.state,
				'person', p.login, 'message', case when m.id is not null then jsonb_build_object('message_id', m.message_id, 'state', m.state,
					'sent_at', mandate.time_text(m.sent_at), 'answer', m.answer, 'attempts', m.attempts) end) order by r.id)
			from mandate.reminder r join mandate.officer p on p.id = r.officer_id left join mandate.message m on m.id = r.message_id
			where r.obligation_id = o.id), '[]'),
		'answers', coalesce((select jsonb_agg(jsonb_build_object('person', p.login, 'kind', q.kind, 'milestone', q.milestone, 'until', q.until,
				'reason', q.reason, 'recorded_at', mandate.time_text(q.recorded_at)) order by q.id)
			from mandate.reminder_quiet q join mandate.officer p on p.id = q.officer_id where q.obligation_id = o.id), '[]'),
		'to_come', coalesce((select jsonb_agg(jsonb_build_object('on', w.send_on, 'person', p.login, 'milestone', w.milestone, 'due_on', w.due_on,
				'step', w.step, 'part', w.part, 'why', w.why) order by w.send_on, w.due_on)
			from mandate.reminder_wanted(o, mandate.today() + 400, mandate.today()) w join mandate.officer p on p.id = w.officer_id
			where w.send_on > mandate.today()), '[]'));
end
$$;

-- What was told to the caller: the messages of the last so many days, newest first.
create or replace function api.remind_inbox(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	since timestamptz := mandate.now() - make_interval(days => coalesce((request->>'days')::int, 30));
begin
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(m.content || jsonb_build_object('message_id', m.message_id, 'state', m.state, 'channel', m.channel,
			'created_at', mandate.time_text(m.created_at), 'sent_at', mandate.time_text(m.sent_at), 'answer', m.answer) order by m.id desc)
		from mandate.message m where m.officer_id = officer.id and m.created_at > since), '[]'));
end
$$;

-- A person's answer to reminders of an obligation: seen (ack), later (snooze), never (mute, with a reason), again (wake).
create or replace function api.remind_answer(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	answer jsonb := mandate.request_begin(officer, 'remind_answer', request);
	kind text := request->>'answer';
	until date := mandate.request_date(request, 'until');
	o mandate.obligation;
	many int;
begin
	if answer is not null then
		return answer;
	end if;
	select * into o from mandate.obligation x where x.id = mandate.reference_resolve(request->>'ref');
	if kind = 'snooze' and (until is null or until <= mandate.today()) then
		perform mandate.refuse(422, 'bad_date', 'a reminder is put off until a day to come: add --until DATE');
	elsif kind = 'mute' and coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'who wants to hear nothing more of it says why: add --reason TEXT');
	end if;
	if kind = 'ack' then
		insert into mandate.reminder_quiet (obligation_id, officer_id, kind, milestone, due_on, reason, recorded_at, key)
		select distinct o.id, officer.id, 'ack', r.milestone, r.due_on, coalesce(request->>'reason', ''), mandate.now(), request->>'key'
		from mandate.reminder r where r.obligation_id = o.id and r.officer_id = officer.id and r.state = 'told';
		get diagnostics many = row_count;
		if many = 0 then
			perform mandate.refuse(422, 'nothing_told', format('you have not been reminded of %s, so there is nothing to acknowledge; snooze or mute it instead', o.reference));
		end if;
	else
		insert into mandate.reminder_quiet (obligation_id, officer_id, kind, until, reason, recorded_at, key)
		values (o.id, officer.id, kind, case when kind = 'snooze' then until end, coalesce(request->>'reason', ''), mandate.now(), request->>'key');
	end if;
	return mandate.request_end(officer, request, jsonb_build_object('reference', o.reference, 'answer', kind, 'until', until));
end
$$;

create or replace function api.holiday_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce(
		(select jsonb_agg(jsonb_build_object('on', h.on_day, 'name', h.name) order by h.on_day) from mandate.holiday h), '[]'));
end
$$;

-- A day on which nobody is reminded: {"on", "name"}. Said again it is named anew.
create or replace function api.holiday_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'holiday_add', request);
	day date := mandate.request_date(request, 'on');
begin
	if answer is not null then
		return answer;
	end if;
	if day is null or coalesce(request->>'name', '') = '' then
		perform mandate.refuse(422, 'bad_date', 'a holiday has a day and a name');
	end if;
	insert into mandate.holiday values (day, request->>'name')
	on conflict (on_day) do update set name = excluded.name;
	return mandate.request_end(admin, request, jsonb_build_object('on', day, 'name', request->>'name'));
end
$$;

create or replace function api.holiday_remove(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'holiday_remove', request);
	gone mandate.holiday;
begin
	if answer is not null then
		return answer;
	end if;
	delete from mandate.holiday h where h.on_day = mandate.request_date(request, 'on') returning * into gone;
	if gone.on_day is null then
		perform mandate.refuse(404, 'no_holiday', format('%s is no holiday; mandate holiday list shows them', request->>'on'));
	end if;
	return mandate.request_end(admin, request, jsonb_build_object('on', gone.on_day, 'name', gone.name, 'removed', true));
end
$$;
