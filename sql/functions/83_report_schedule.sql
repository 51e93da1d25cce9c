-- Reports that are sent by themselves: on the first working day of each week, month or quarter, as of the day
-- before. A service makes one under a lease, page by page (daemon/remind/document.c); its messages and the next
-- day are written in one statement, so that no report is sent twice and none is lost.
set role mandate_owner;

-- The first day of the week, month or quarter that follows a day.
create or replace function mandate.schedule_day(every text, after date) returns date language sql immutable as $$
	select case every when 'weekly' then date_trunc('week', after)::date + 7
		when 'monthly' then (date_trunc('month', after) + interval '1 month')::date
		else (date_trunc('quarter', after) + interval '3 months')::date end
$$;

-- Those whose day has come. Who was off for months sends one, not one for each.
create or replace function mandate.schedules_due(today date) returns setof mandate.report_schedule language plpgsql stable as $$
begin
	if mandate.working_day(today, 1) = today then
		return query select * from mandate.report_schedule s where s.next_on <= today;
	end if;
end
$$;

-- A text as a shell takes it for one word; one that needs no quotes stays as it is.
create or replace function mandate.shell_word(word text) returns text language sql immutable as $$
	select case when word ~ '^[A-Za-z0-9:/.,_+-]+$' then word else '''' || replace(word, '''', '''\''''') || '''' end
$$;

-- The words of a filter, between which the command puts its blanks back.
create or replace function mandate.shell_words(words text) returns text language sql immutable as $$
	select string_agg(mandate.shell_word(w.word), ' ' order by w.n) from string_to_table(words, ' ') with ordinality w(word, n)
$$;

-- The day since when a report of changes tells them: that of the one before.
create or replace function mandate.schedule_since(s mandate.report_schedule) returns date language sql immutable as $$
	select case when s.asked->>'name' in ('changes', 'diff') then coalesce(s.made_as_of,
		(s.as_of - case s.every when 'weekly' then interval '1 week' when 'monthly' then interval '1 month' else interval '3 months' end)::date) end
$$;

-- What api.report_page is asked for to make it.
create or replace function mandate.schedule_request(s mandate.report_schedule) returns jsonb language sql stable as $$
	select s.asked || jsonb_strip_nulls(jsonb_build_object('as_of', s.as_of, 'known_at', mandate.time_text(s.known_at), 'since', mandate.schedule_since(s)))
$$;

-- The command that makes the same report again.
create or replace function mandate.schedule_command(s mandate.report_schedule) returns text language sql stable as $$
	select concat_ws(' ', 'mandate report', s.asked->>'name', mandate.shell_word(nullif(s.asked->>'subject', '')),
		mandate.shell_words(nullif(s.asked->>'filter_words', '')), '--group ' || (s.asked->>'group'), '--since ' || mandate.schedule_since(s),
		'--as-of ' || s.as_of, '--known-at ' || mandate.time_text(s.known_at), '--lang ' || s.lang, '--format ' || s.format)
$$;

create or replace function mandate.schedule_json(s mandate.report_schedule) returns jsonb language plpgsql stable as $$
begin
	return jsonb_build_object('id', s.id, 'name', s.asked->>'name', 'subject', s.asked->>'subject', 'filter', s.asked->>'filter_words',
		'group', s.asked->>'group', 'format', s.format, 'lang', s.lang, 'every', s.every, 'next_on', mandate.working_day(s.next_on, 1),
		'to', (select jsonb_agg(p.login order by p.login) from mandate.officer p where p.id = any (s.officers)),
		'by', (select p.login from mandate.officer p where p.id = s.created_by), 'last_as_of', s.made_as_of, 'fault', s.fault);
end
$$;

-- Whether a file can be sent to a person. An inbox keeps words alone.
create or replace function mandate.officer_takes_files(p mandate.officer) returns boolean language plpgsql stable as $$
begin
	return p.active and p.channel <> 'inbox' and mandate.officer_reachable(p);
end
$$;

-- The persons of a request, of whom each can be sent a file.
create or replace function mandate.schedule_officers(logins jsonb, caller mandate.officer) returns int[] language plpgsql stable as $$
declare
	wanted text;
	p mandate.officer;
	ids int[] := '{}';
begin
	for wanted in select distinct case x when 'me' then caller.login else x end from jsonb_array_elements_text(logins) x order by 1 loop
		select * into p from mandate.officer o where o.login = wanted;
		if p.id is null then
			perform mandate.refuse(404, 'no_officer', format('there is no officer %s; mandate officer list shows them', wanted));
		elsif not p.active then
			perform mandate.refuse(422, 'officer_unreachable', format('%s does not work here any more, so no report is sent there', wanted));
		elsif p.channel = 'inbox' then
			perform mandate.refuse(422, 'officer_unreachable', format('%s is told in the inbox alone, which takes no files; first: mandate officer edit %s --channel mail', wanted, wanted));
		elsif not mandate.officer_reachable(p) then
			perform mandate.refuse(422, 'officer_unreachable', format('%s has no address to which a report could be sent; first: mandate officer edit %s %s', wanted, wanted,
				case p.channel when 'webhook' then '--webhook URL' else '--mail ADDRESS' end));
		end if;
		ids := ids || p.id;
	end loop;
	if ids = '{}' then
		perform mandate.refuse(422, 'bad_officer', 'a report is sent to somebody: add --to LOGIN');
	end if;
	return ids;
end
$$;

-- What a report is refused for is refused here, by making its first page.
create or replace function api.report_schedule_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'report_schedule_add', request);
	wanted jsonb := (select jsonb_object_agg(x.key, x.value) from jsonb_each(request) x
		where x.key in ('name', 'subject', 'filter', 'filter_words', 'group') and x.value <> 'null');
	ids int[];
	added mandate.report_schedule;
begin
	if answer is not null then
		return answer;
	end if;
	ids := mandate.schedule_officers(request->'to', officer);
	perform mandate.report_page(officer.login, wanted);
	begin
		insert into mandate.report_schedule (asked, format, lang, every, next_on, officers, created_by, created_at)
		values (wanted, request->>'format', request->>'lang', request->>'every', mandate.schedule_day(request->>'every', mandate.today()),
			ids, officer.id, mandate.now())
		returning * into added;
	exception when check_violation or not_null_violation then
		perform mandate.refuse(422, 'bad_schedule', 'a report is sent weekly, monthly or quarterly, in a format');
	end;
	return mandate.request_end(officer, request, mandate.schedule_json(added));
end
$$;

create or replace function api.report_schedule_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((select jsonb_agg(mandate.schedule_json(s) order by s.id) from mandate.report_schedule s), '[]'));
end
$$;

-- Who has scheduled it and administrators end it; who gets it ends it for himself, and the last one altogether.
create or replace function api.report_schedule_remove(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	answer jsonb := mandate.request_begin(officer, 'report_schedule_remove', request);
	s mandate.report_schedule;
	ended boolean;
begin
	if answer is not null then
		return answer;
	end if;
	select * into s from mandate.report_schedule x where x.id = (request->>'id')::int for update;
	if s.id is null then
		perform mandate.refuse(404, 'no_schedule', format('there is no scheduled report %s; mandate report schedules shows them', request->>'id'));
	end if;
	ended := officer.role = 'admin' or officer.id = s.created_by or s.officers = array[officer.id];
	if ended then
		delete from mandate.report_schedule x where x.id = s.id;
	elsif officer.id = any (s.officers) then
		update mandate.report_schedule x set officers = array_remove(x.officers, officer.id) where x.id = s.id returning * into s;
	else
		perform mandate.refuse(403, 'role_too_small', format('report %s is neither scheduled by %s nor sent there; %s or an administrator can end it', s.id, officer.login,
			(select p.login from mandate.officer p where p.id = s.created_by)));
	end if;
	return mandate.request_end(officer, request, mandate.schedule_json(s) || jsonb_build_object('ended', ended));
end
$$;

-- One whose day has come, leased to a worker: {"worker"}. What a worker asks for again it gets again. One that was
-- begun keeps its day and its time of knowledge, unless the day of the next has come meanwhile.
create or replace function api.report_schedule_claim(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	at timestamptz := mandate.now();
	today date := mandate.today();
	s mandate.report_schedule;
	fresh boolean;
begin
	perform mandate.service_require(caller);
	select * into s from mandate.report_schedule x
	where x.id in (select d.id from mandate.schedules_due(today) d) and x.next_on <= today
		and (x.lease_until is null or x.lease_until < at or x.lease = request->>'worker')
	order by x.next_on, x.id limit 1 for update skip locked;
	if s.id is null then
		return jsonb_build_object('schedule', null);
	end if;
	fresh := s.as_of is null or mandate.schedule_day(s.every, s.as_of + 1) <= today;
	update mandate.report_schedule x set lease = request->>'worker', lease_until = at + interval '15 minutes',
		as_of = case when fresh then today - 1 else x.as_of end, known_at = case when fresh then mandate.known_now() else x.known_at end
	where x.id = s.id returning * into s;
	return jsonb_build_object('schedule', jsonb_build_object('id', s.id, 'name', s.asked->>'name', 'as_of', s.as_of, 'format', s.format, 'lang', s.lang));
end
$$;

-- A page of it, as api.report_page gives them, and so much longer a lease: {"id", "worker"}, and "cursor". It says what
-- the one may see who has scheduled it.
create or replace function api.report_schedule_page(caller jsonb, request jsonb) returns text
language plpgsql security definer set search_path = mandate, pg_temp set work_mem = '64MB' set jit = off as $$
declare
	s mandate.report_schedule;
	officer mandate.officer;
begin
	perform mandate.service_require(caller);
	update mandate.report_schedule x set lease_until = mandate.now() + interval '15 minutes'
	where x.id = (request->>'id')::int and x.lease = request->>'worker' returning * into s;
	if s.id is null then
		perform mandate.refuse(409, 'lease_lost', format('report %s was ended, or is made elsewhere', request->>'id'));
	end if;
	select * into officer from mandate.officer p where p.id = s.created_by;
	if not officer.active then
		perform mandate.refuse(422, 'officer_unreachable', format('%s, who has scheduled it, does not work here any more: schedule it anew and end this one', officer.login));
	end if;
	return mandate.report_page(officer.login, mandate.schedule_request(s) || case when request ? 'cursor' then jsonb_build_object('cursor', request->'cursor') else '{}' end);
end
$$;

-- The words that go with it. bytes null: it is too large to be sent.
create or replace function mandate.schedule_letter(s mandate.report_schedule, p mandate.officer, file text, bytes int) returns jsonb
language plpgsql stable as $$
declare
	kind record;
	planner mandate.officer;
	stops boolean := p.id = s.created_by or p.role = 'admin';
	title text;
begin
	select k.title into kind from mandate.report_kinds() k where k.name = s.asked->>'name';
	select * into planner from mandate.officer x where x.id = s.created_by;
	title := format('%s%s, as of %s', kind.title, ': ' || nullif(s.asked->>'subject', ''), mandate.date_text(s.as_of));
	return jsonb_build_object('subject', title, 'paragraphs', jsonb_build_array(
		format('Here is the %s report "%s"%s%s, as of the end of %s, from what was recorded by %s UTC%s.', s.every, kind.title,
			' of ' || nullif(s.asked->>'subject', ''), ', of what this filter finds: ' || nullif(s.asked->>'filter_words', ''),
			mandate.date_text(s.as_of), to_char(s.known_at at time zone 'utc', 'YYYY-MM-DD HH24:MI'),
			case when bytes is null then '' else format('. It is in the attached file %s', file) end),
		case when bytes is null then 'It is too large to be sent by mail. This makes it:' else 'This makes the same report again:' end,
		jsonb_build_object('command', mandate.schedule_command(s) || case when bytes is null then ' --output ' || file else '' end),
		format('%s scheduled it. To stop it%s:', case when p.id = planner.id then 'You have' else planner.name || ' has' end,
			case when stops then '' else ' for yourself' end),
		jsonb_build_object('command', 'mandate report unschedule ' || s.id)));
end
$$;

-- How it went: {"id", "worker", "outcome"}. Made: with "file", "type" and "base64"; too_big: with "file". Both put the
-- messages into the outbox and set the next day. Failed: with "why"; it is tried again after an hour. Back: it is to be
-- made again, the same. What is not leased to this worker any more is left as it is.
create or replace function api.report_schedule_done(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	s mandate.report_schedule;
	p mandate.officer;
	file bytea := decode(request->>'base64', 'base64');
	put bigint;
	told int := 0;
	mute text;
begin
	perform mandate.service_require(caller);
	select * into s from mandate.report_schedule x where x.id = (request->>'id')::int and x.lease = request->>'worker' for update;
	if s.id is null then
		return jsonb_build_object('recorded', false, 'messages', 0);
	elsif request->>'outcome' = 'back' then
		update mandate.report_schedule x set lease = null, lease_until = null where x.id = s.id;
		return jsonb_build_object('recorded', true, 'messages', 0);
	elsif request->>'outcome' = 'failed' then
		update mandate.report_schedule x set lease = null, lease_until = mandate.now() + interval '1 hour', as_of = null, known_at = null,
			fault = left(request->>'why', 2000) where x.id = s.id;
		return jsonb_build_object('recorded', true, 'messages', 0);
	end if;
	for p in select * from mandate.officer o where o.id = any (s.officers) order by o.id loop
		if not mandate.officer_takes_files(p) then
			mute := concat_ws(', ', mute, p.login);
			continue;
		end if;
		put := mandate.message_put(p, 'report', jsonb_build_object('on', (mandate.now() at time zone p.time_zone)::date, 'items', '[]'::jsonb, 'alarms', '[]'::jsonb,
			'letter', mandate.schedule_letter(s, p, request->>'file', length(file))));
		if file is not null then
			perform mandate.message_attach(put, request->>'file', request->>'type', file);
		end if;
		told := told + 1;
	end loop;
	update mandate.report_schedule x set next_on = mandate.schedule_day(s.every, s.as_of + 1), made_as_of = s.as_of, as_of = null, known_at = null,
		lease = null, lease_until = null, fault = 'the last one could not be sent to ' || mute || ', without an address' where x.id = s.id;
	perform pg_notify('mandate_remind', '');
	return jsonb_build_object('recorded', true, 'messages', told);
end
$$;

-- A clock that has gone back: what the later one put off is not lost.
create or replace function mandate.schedules_went_back(today date) returns void language sql as $$
	update mandate.report_schedule s set next_on = mandate.schedule_day(s.every, today), lease = null, lease_until = null, as_of = null, known_at = null,
		made_as_of = case when s.made_as_of < today then s.made_as_of end
	where s.next_on > mandate.schedule_day(s.every, today) or s.as_of >= today
$$;

create or replace function mandate.check_schedules() returns jsonb language plpgsql stable as $$
declare
	faults text := (select string_agg(format('report %s (%s): %s', s.id, s.asked->>'name', s.fault), '; ' order by s.id) from mandate.report_schedule s where s.fault is not null);
	mute text := (select string_agg(distinct format('%s has no address for report %s', p.login, s.id), '; ')
		from mandate.report_schedule s join mandate.officer p on p.id = any (s.officers) where not mandate.officer_takes_files(p) and s.fault is null);
	many bigint := (select count(*) from mandate.report_schedule);
begin
	return mandate.check_json('scheduled reports', faults is null and mute is null,
		coalesce(nullif(concat_ws('; ', faults, mute), ''), mandate.counted(many, 'report is', 'reports are') || ' sent by the service'),
		'mandate report schedules shows them; give persons an address with mandate officer edit LOGIN --mail ADDRESS, or end a report with mandate report unschedule ID');
end
$$;
