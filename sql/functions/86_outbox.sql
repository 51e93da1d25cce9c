-- The outbox: what is due is gathered into messages, claimed under a lease, and its end recorded.
set role mandate_owner;

-- What was last said of an obligation, in as many words as a message needs.
create or replace function mandate.update_said(of_obligation int) returns jsonb language sql stable as $$
	select jsonb_build_object('kind', u.kind, 'status', u.change->'status', 'note', u.note, 'effective_on', u.effective_on,
		'officer', (select jsonb_build_object('login', p.login, 'name', p.name) from mandate.officer p where p.id = u.officer_id),
		'change', jsonb_strip_nulls(jsonb_build_object('milestones', u.change->'milestones')))
	from mandate.update u where u.obligation_id = of_obligation and u.kind not in ('assignment', 'edit', 'deadline')
	order by u.effective_on desc, u.n desc limit 1
$$;

-- One notice as it stands in a message, seen from the person's day.
create or replace function mandate.reminder_item(r mandate.reminder, local_day date) returns jsonb
language plpgsql stable as $$
declare
	o mandate.obligation;
begin
	select * into o from mandate.obligation x where x.id = r.obligation_id;
	return jsonb_build_object('reference', o.reference, 'thread', format('<obligation-%s@mandate>', o.id),
		'milestone', r.milestone, 'due_on', r.due_on, 'days', r.due_on - local_day, 'step', r.step,
		'what', coalesce(o.action, o.verb), 'kind', o.kind, 'force', o.force, 'vehicle', o.vehicle, 'deadline', o.deadline->>'text', 'status', o.status,
		'because', regexp_replace(r.why, '^[^()]*\([a-z]+\): ', ''), 'part', substring(r.why from '^[^()]*\(([a-z]+)\): '), 'version', o.version,
		'to', case when o.deadline ? 'body' then mandate.body_name(o.deadline->>'body') end,
		'asked', (select string_agg(a->>'text', '; ') from jsonb_array_elements(o.addressees) a where a->>'role' <> 'consulted'),
		'resolution', (select jsonb_build_object('symbol', x.symbol, 'title', x.title) from mandate.resolution x where x.id = o.resolution_id),
		'paragraph', o.paragraph, 'last_update', mandate.update_said(o.id));
end
$$;

create or replace function mandate.officer_reachable(p mandate.officer) returns boolean language sql immutable as $$
	select case p.channel when 'mail' then p.mail is not null when 'webhook' then p.webhook_url is not null else true end
$$;

-- Channels on which messages have been tried again for an hour, with nothing delivered in the last one.
create or replace function mandate.channels_failing() returns table (channel text, since text, many bigint, answer text)
language sql stable as $$
	select c.channel, to_char(c.oldest at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"'), c.many, c.answer from (
		select m.channel, min(m.created_at) as oldest, count(*) as many, (array_agg(m.answer order by m.id desc))[1] as answer
		from mandate.message m where m.state = 'waiting' and m.attempts > 0 and m.answer is not null group by m.channel) c
	where c.oldest < mandate.now() - interval '1 hour' and not exists (select from mandate.message s
		where s.state = 'sent' and s.channel = c.channel and s.sent_at between mandate.now() - interval '1 hour' and mandate.now())
$$;

-- What is wrong with the reminders themselves: told to the administrators, and by doctor. What fails on a
-- channel is not told through it.
drop function if exists mandate.reminder_alarms();
create or replace function mandate.reminder_alarms(told_by text default null) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(x.said), '[]') from (
		select format('%s of the last week could not be delivered; the last, to %s: %s', mandate.counted(count(*), 'message'),
			(array_agg(p.name order by m.id desc))[1], (array_agg(m.answer order by m.id desc))[1]) as said
		from mandate.message m join mandate.officer p on p.id = m.officer_id
		where m.state = 'failed' and m.created_at between mandate.now() - interval '7 days' and mandate.now() having count(*) > 0
		union all
		select format('%s has %s waiting and no address', p.name, mandate.counted(count(*), 'reminder'))
		from mandate.reminder r join mandate.officer p on p.id = r.officer_id
		where r.state = 'due' and not mandate.officer_reachable(p) group by p.name
		union all
		select format('%s delivers nothing since %s: %s tried again; the last answer: %s', c.channel, c.since,
			mandate.counted(c.many, 'message is', 'messages are'), c.answer)
		from mandate.channels_failing() c where c.channel is distinct from told_by
		union all
		select format('the reminders of %s could not be planned: %s', string_agg(o.reference, ', ' order by o.id), d.fault)
		from mandate.reminder_due d join mandate.obligation o on o.id = d.obligation_id where d.fault is not null group by d.fault
		union all
		select format('no round of reminders ended between %s and %s; what came due then is told now',
			to_char(s.stood_from at time zone 'utc', 'YYYY-MM-DD HH24:MI'), to_char(s.stood_until at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"'))
		from mandate.scheduler s where s.stood_until > clock_timestamp() - interval '20 hours') x
$$;

-- Whether a person can be told now: working hours of a working day where they are, the cap of the day not
-- reached, and for a weekly digest the first working day of the week that has had none.
create or replace function mandate.officer_can_be_told(p mandate.officer, at timestamptz) returns boolean
language sql stable as $$
	with here as (select at at time zone p.time_zone as local)
	select p.active and mandate.officer_reachable(p)
		and mandate.working_day(h.local::date, 1) = h.local::date
		and h.local::time >= p.work_from and h.local::time < p.work_until
		and (select count(*) from mandate.message m where m.officer_id = p.id and m.kind = 'reminders' and m.state <> 'withdrawn'
			and (m.created_at at time zone p.time_zone)::date = h.local::date) < p.daily_cap
		and (p.digest = 'daily' or not exists (select from mandate.message m where m.officer_id = p.id and m.kind = 'reminders'
			and m.state <> 'withdrawn' and date_trunc('week', m.created_at at time zone p.time_zone) = date_trunc('week', h.local)))
	from here h
$$;

-- Whether an administrator is to hear today that reminders do not arrive, though nothing is owed to him.
create or replace function mandate.alarm_is_due(p mandate.officer, alarms jsonb, at timestamptz) returns boolean language sql stable as $$
	select p.role = 'admin' and alarms <> '[]' and not exists (select from mandate.message m
		where m.officer_id = p.id and m.created_at between at - interval '20 hours' and at and m.content->>'alarms' <> '[]')
$$;

-- To whom a message goes, and where.
create or replace function mandate.message_person(p mandate.officer) returns jsonb language sql immutable as $$
	select jsonb_build_object('person', jsonb_build_object('login', p.login, 'name', p.name, 'role', p.role, 'mail', p.mail,
		'webhook_url', p.webhook_url))
$$;

-- Puts a message to a person into the outbox, to go out at once by the person's channel: {"on", "items",
-- "alarms"} for reminders, {"on", "letter": {"subject", "paragraphs"}} for a report, whose files are attached; a paragraph
-- is a text or a {"command"}.
create or replace function mandate.message_put(p mandate.officer, kind text, content jsonb) returns bigint language sql as $$
	insert into mandate.message (officer_id, channel, kind, message_id, content, next_try_at, created_at, state, sent_at, answer)
	select p.id, p.channel, message_put.kind, format('<%s@mandate>', gen_random_uuid()),
		(mandate.message_person(p) || content)::json, at, at,
		case when p.channel = 'inbox' then 'sent' else 'waiting' end, case when p.channel = 'inbox' then at end,
		case when p.channel = 'inbox' then 'kept in the inbox' end
	from mandate.now() as at returning id
$$;

create or replace function mandate.message_attach(message_id bigint, name text, media_type text, bytes bytea) returns void language sql as $$
	insert into mandate.attachment
	select message_attach.message_id, 1 + count(*), message_attach.name, message_attach.media_type, message_attach.bytes
	from mandate.attachment a where a.message_id = message_attach.message_id
$$;

-- What is to be told to a person on a day there.
create or replace function mandate.reminders_due(p mandate.officer, local_day date) returns setof mandate.reminder language sql stable as $$
	select * from mandate.reminder r
	where r.officer_id = p.id and r.state = 'due' and r.send_on <= local_day
		and not mandate.reminder_is_quiet(r.obligation_id, r.milestone, r.due_on, p.id, local_day)
$$;

-- What is due to one person, as one message, where there is something to say now; with what was made before and
-- not tried yet.
create or replace function mandate.reminders_gather_of(p mandate.officer, at timestamptz) returns int language plpgsql as $$
declare
	local_day date := (at at time zone p.time_zone)::date;
	alarms jsonb := case when p.role = 'admin' then mandate.reminder_alarms(p.channel) else '[]' end;
	made bigint;
	items jsonb;
	ids bigint[];
begin
	if exists (select from mandate.reminders_due(p, local_day)) then
		perform mandate.messages_take_back(p.id);
	elsif not mandate.alarm_is_due(p, alarms, at) then
		return 0;
	end if;
	if not mandate.officer_can_be_told(p, at) then
		return 0;
	end if;
	select array_agg(r.id), jsonb_agg(mandate.reminder_item(r, local_day) order by r.due_on, r.obligation_id, r.id)
	into ids, items from mandate.reminders_due(p, local_day) r;
	made := mandate.message_put(p, 'reminders', jsonb_build_object('on', local_day, 'items', coalesce(items, '[]'), 'alarms', alarms));
	update mandate.reminder r set state = 'told', message_id = made where r.id = any (ids) and r.state = 'due';
	return 1;
end
$$;

-- One message for each person who can be told now, of all that is due to them, on the channels that
-- work here (null: all of them): what is due on another stays due, and is told in one message later.
create or replace function mandate.reminders_gather(at timestamptz, channels jsonb) returns int language plpgsql as $$
declare
	p mandate.officer;
	many int := 0;
begin
	for p in select x.* from mandate.officer x
		where (channels is null or channels ? x.channel)
			and (x.id in (select r.officer_id from mandate.reminder r where r.state = 'due')
				or (x.role = 'admin' and mandate.alarm_is_due(x, mandate.reminder_alarms(x.channel), at)))
		order by x.id for update skip locked
	loop
		many := many + mandate.reminders_gather_of(p, at);
	end loop;
	return many;
end
$$;

-- The doctor's checks of whom reminders reach.
create or replace function mandate.check_reminders() returns jsonb language plpgsql stable as $$
declare
	alarms text := (select string_agg(a, '; ') from jsonb_array_elements_text(mandate.reminder_alarms()) a);
	mute record;
	stuck record;
	lost record;
begin
	select count(*) as many, string_agg(p.login, ', ' order by p.login) as who into mute from mandate.officer p
	where p.active and not mandate.officer_reachable(p) and exists (select from mandate.obligation x where x.owner = p.login);
	select count(*) as many, (array_agg(m.answer order by m.id desc))[1] as answer into stuck
	from mandate.message m where m.state = 'waiting' and m.attempts > 0 and m.answer is not null;
	select count(*) as many, string_agg(distinct x.name, ', ') as names into lost from (
		select o.remind_rule as name from mandate.obligation o where o.remind_rule is not null and not mandate.status_is_done(o.status)
		union all
		select u.remind_rule from mandate.unit u) x
	where x.name not in (select r.name from mandate.reminder_rule r);
	return jsonb_build_array(
		mandate.check_json('mail addresses', mute.many = 0,
			case mute.many when 0 then 'every owner can be written to' else format('%s no mail address: %s', mandate.counted(mute.many, 'owner has', 'owners have'), mute.who) end,
			'mandate officer edit LOGIN --mail ADDRESS'),
		mandate.check_json('reminders', alarms is null, coalesce(alarms, 'everybody to whom something is owed can be told'),
			'give persons an address with mandate officer edit LOGIN --mail ADDRESS; what failed stands in mandate remind explain REF'),
		mandate.check_json('deliveries', stuck.many = 0,
			case stuck.many when 0 then 'no message is stuck' else format('%s tried again; the last answer: %s', mandate.counted(stuck.many, 'message is', 'messages are'), stuck.answer) end,
			'look at the mail server; mandated tries for some three days'),
		mandate.check_json('reminder rules', lost.many = 0,
			case lost.many when 0 then 'every rule that is named stands in the configuration'
				else format('%s obligations and units name rules that the configuration does not have: %s; they follow the others', lost.many, lost.names) end,
			'name them in the key reminders of mandated.conf, or give others with mandate edit REF --remind RULE'));
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

-- What stands where, for health and metrics: counts alone, no names. Cheap: each reads an index of what is open.
create or replace function mandate.outbox_state(at timestamptz) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'due', (select count(*) from mandate.reminder r where r.state = 'due'),
		'waiting', w.waiting, 'retrying', w.retrying,
		'oldest_seconds', greatest(0, extract(epoch from at - w.oldest))::bigint,
		'next_try_at', mandate.time_text(w.next_try_at),
		'failed', (select count(*) from mandate.message m where m.state = 'failed' and m.created_at between at - interval '7 days' and at),
		'failing', (select coalesce(jsonb_agg(c.channel order by c.channel), '[]') from mandate.channels_failing() c),
		'unreachable', (select count(*) from mandate.officer p where not mandate.officer_reachable(p)
			and exists (select from mandate.reminder r where r.officer_id = p.id and r.state = 'due')),
		'faults', (select count(*) from mandate.reminder_due d where d.fault is not null),
		'obligations', (select greatest(0, c.reltuples)::bigint from pg_class c where c.oid = 'mandate.obligation'::regclass),
		'database_bytes', pg_database_size(current_database()))
	from (select count(*) as waiting, count(*) filter (where m.attempts > 0) as retrying, min(m.created_at) as oldest,
			min(greatest(m.next_try_at, coalesce(m.lease_until, m.next_try_at))) as next_try_at
		from mandate.message m where m.state = 'waiting') w
$$;

-- One round of the daemon's clock: plans what has come due or changed (at most so many), takes back what is no
-- longer so, and makes the messages. Daemons that share a database take turns. Says whether there is more, and
-- when to come back.
create or replace function api.remind_tick(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	-- The day that has begun somewhere.
	today date := (at at time zone 'utc' + interval '14 hours')::date;
	size int := coalesce((request->>'limit')::int, 250);
	plan record;
	made int := 0;
begin
	perform mandate.service_require(caller);
	perform pg_advisory_xact_lock(hashtext('mandate remind'));
	if exists (select from mandate.scheduler s where s.service_at > at + interval '2 hours') then
		perform mandate.clock_went_back(at);
	end if;
	-- What lapsed yesterday comes again with the first round of a day, in time to be reminded of.
	if not exists (select from mandate.scheduler s where (s.service_at at time zone 'utc')::date >= mandate.today()) then
		perform mandate.occurrences_open();
	end if;
	perform mandate.scheduler_note(at);
	plan := mandate.reminders_plan_some(today, size);
	perform mandate.messages_take_back();
	perform mandate.messages_withdraw();
	-- Not before all is planned: what comes due together is told together.
	if plan.planned < size then
		made := mandate.reminders_gather(at, request->'channels');
	end if;
	return jsonb_build_object('planned', plan.planned, 'owed', plan.fresh, 'messages', made, 'more', plan.planned = size,
		'reports', (select count(*) from mandate.schedules_due(mandate.today()) s where s.lease_until is null or s.lease_until < at or s.lease is not null),
		'outbox', mandate.outbox_state(at))
		|| case when request ? 'channels' then jsonb_build_object('unserved', mandate.reminders_unserved(request->'channels')) else '{}' end;
end
$$;

-- The files of a message, for a channel.
create or replace function mandate.attachments_json(of_message bigint) returns json language sql stable as $$
	select json_agg(json_build_object('name', a.name, 'type', a.media_type, 'base64', translate(encode(a.bytes, 'base64'), E'\n', '')) order by a.n)
	from mandate.attachment a where a.message_id = of_message
$$;

-- Messages to be sent now, each leased to one worker for so many seconds: {"limit", "seconds", "worker"},
-- and "channels" where not all of them work here. Reports with their files come one at a time.
drop function if exists api.outbox_claim(jsonb, jsonb);
create or replace function api.outbox_claim(caller jsonb, request jsonb) returns json
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	channels text[] := array(select jsonb_array_elements_text(request->'channels'));
	ids bigint[];
	rows json;
begin
	perform mandate.service_require(caller);
	ids := array(select x.id from mandate.message x where x.state = 'waiting' and x.next_try_at <= at and not x.stale and x.kind = 'reminders'
			and (not request ? 'channels' or x.channel = any (channels)) and (x.lease_until is null or x.lease_until < at)
			order by x.next_try_at limit (request->>'limit')::int for update skip locked);
	ids := ids || array(select x.id from mandate.message x where x.state = 'waiting' and x.next_try_at <= at and x.kind <> 'reminders'
			and (not request ? 'channels' or x.channel = any (channels)) and (x.lease_until is null or x.lease_until < at)
			order by x.next_try_at limit 1 for update skip locked);
	with claimed as (
		update mandate.message m set lease = request->>'worker', lease_until = at + make_interval(secs => (request->>'seconds')::int),
			attempts = m.attempts + 1
		where m.id = any (ids)
		returning m.*)
	select json_agg(json_build_object('id', c.id, 'message_id', c.message_id, 'channel', c.channel, 'attempt', c.attempts,
		'created_at', to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'content', c.content,
		'attachments', case when c.kind <> 'reminders' then mandate.attachments_json(c.id) end) order by c.id) into rows from claimed c;
	return json_build_object('rows', coalesce(rows, '[]'));
end
$$;

-- How it went: {"worker", "rows": [{"id", "outcome", "answer"}]}, or one row with its worker. An outcome is
-- sent, retry, failed, or back, where nothing was tried. A message that is not leased to this worker any more
-- is left as it is. Tries come less and less often, and end after some three days; what nobody needs any
-- more is not tried again, and what arrived all the same was told. The rows of the answer are in the order asked.
create or replace function api.outbox_done(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	done jsonb;
begin
	perform mandate.service_require(caller);
	with said as (
		select x.id, x.outcome, x.answer, x.n from rows from (jsonb_to_recordset(coalesce(request->'rows', jsonb_build_array(request)))
			as (id bigint, outcome text, answer text)) with ordinality x(id, outcome, answer, n)),
	changed as (
		update mandate.message x set
			state = case when s.outcome = 'sent' then 'sent'
				when s.outcome = 'failed' or (s.outcome = 'retry' and x.attempts >= 24) then 'failed'
				when s.outcome = 'retry' and not mandate.message_is_needed(x) then 'withdrawn' else 'waiting' end,
			sent_at = case when s.outcome = 'sent' then at end,
			attempts = x.attempts - (s.outcome = 'back')::int,
			next_try_at = case when s.outcome = 'back' then x.next_try_at
				else at + least(interval '1 minute' * power(2, x.attempts - 1), interval '4 hours') end,
			lease = null, lease_until = null, answer = case when s.outcome = 'back' then x.answer else left(s.answer, 2000) end
		from said s
		where x.id = s.id and x.lease = request->>'worker' and x.state = 'waiting'
		returning x.id, x.state, x.next_try_at),
	arrived as (
		update mandate.reminder r set state = 'told' from changed c
		where c.state = 'sent' and r.message_id = c.id and r.state = 'withdrawn')
	select jsonb_agg(jsonb_build_object('id', s.id, 'state', c.state,
		'next_try_at', case when c.state = 'waiting' then mandate.time_text(c.next_try_at) end) order by s.n) into done
	from said s left join changed c on c.id = s.id;
	return case when request ? 'rows' then jsonb_build_object('rows', done) else done->0 end;
end
$$;
