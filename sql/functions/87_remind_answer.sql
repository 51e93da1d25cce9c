-- What people ask and answer about reminders, and the holidays.
set role mandate_owner;

-- The notices to come until a day: to whom, when and why. What a person asked not to hear is left out.
drop function if exists mandate.reminder_rows(jsonb, text, date, date);
create or replace function mandate.reminder_rows(filter jsonb, login text, until date, today date)
returns table (send_on date, person text, reference text, milestone text, due_on date, step text, part text, why text, rule text)
language sql stable as $$
	select w.send_on, p.login, o.reference, w.milestone, w.due_on, w.step, w.part, w.why, w.rule
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
			'milestone', r.milestone, 'due_on', r.due_on, 'step', r.step, 'part', r.part, 'why', r.why, 'rule', r.rule)
			order by greatest(r.send_on, mandate.today()), r.person, r.reference, r.due_on)
		from mandate.reminder_rows(request->'filter', officer.login, until, mandate.today()) r), '[]'));
end
$$;

-- An obligation's reminders in one state, with the message in which each was told or was to be.
create or replace function mandate.reminders_of(o mandate.obligation, state text) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object('on', coalesce((m.created_at at time zone p.time_zone)::date, r.send_on), 'milestone', r.milestone,
		'due_on', r.due_on, 'step', r.step, 'state', r.state, 'person', p.login, 'message', case when m.id is not null then
			jsonb_build_object('message_id', m.message_id, 'state', m.state, 'sent_at', mandate.time_text(m.sent_at), 'answer', m.answer,
				'attempts', m.attempts) end) order by r.id), '[]')
	from mandate.reminder r join mandate.officer p on p.id = r.officer_id left join mandate.message m on m.id = r.message_id
	where r.obligation_id = o.id and r.state = reminders_of.state
$$;

-- What was told about an obligation, what is owed, what was taken back before it was told, what is to come, and what people answered.
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
			from (select t.milestone, mandate.reminder_rule_of(mandate.reminder_rule_names(o), o.kind, t.milestone) as rule from mandate.reminder_targets(o) t) x), '[]'),
		'told', mandate.reminders_of(o, 'told'), 'owed', mandate.reminders_of(o, 'due'), 'withdrawn', mandate.reminders_of(o, 'withdrawn'),
		'answers', coalesce((select jsonb_agg(jsonb_build_object('person', p.login, 'kind', q.kind, 'milestone', q.milestone, 'until', q.until,
				'reason', q.reason, 'recorded_at', mandate.time_text(q.recorded_at)) order by q.id)
			from mandate.reminder_quiet q join mandate.officer p on p.id = q.officer_id where q.obligation_id = o.id), '[]'),
		'to_come', coalesce((select jsonb_agg(jsonb_build_object('on', w.send_on, 'person', p.login, 'milestone', w.milestone, 'due_on', w.due_on,
				'step', w.step, 'part', w.part, 'why', w.why, 'rule', w.rule) order by w.send_on, w.due_on)
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
		select jsonb_agg(m.content::jsonb || jsonb_build_object('message_id', m.message_id, 'state', m.state, 'channel', m.channel,
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
	perform mandate.messages_outdate(o.id, officer.id);
	perform pg_notify('mandate_remind', '');
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
