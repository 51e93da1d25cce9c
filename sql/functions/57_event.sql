-- Events that deadlines wait for: "in time for the Congress".
set role mandate_owner;

-- By what an event is known: small letters, no articles, single blanks.
create or replace function mandate.event_key(name text) returns text language sql immutable as $$
	select btrim(regexp_replace(regexp_replace(lower(name),
		'\m(the|an|a(?=\s+\S)|les?|la|los|las|el)\M|\ml[''’]|[.,;:"“”«»]', ' ', 'g'), '\s+', ' ', 'g'))
$$;

create or replace function mandate.event_find(name text) returns mandate.event language sql stable as $$
	select e from mandate.event e where e.key = mandate.event_key(name)
$$;

-- A session whose number and body are named in a text, where its day is known: what an event is likely to be.
create or replace function mandate.event_suggest(said text) returns jsonb language plpgsql stable as $$
declare
	words text[] := regexp_match(lower(said),
		'((?:one hundred and )?[a-z]+(?:-[a-z]+)?|\d+(?=st |nd |rd |th ))(?:st|nd|rd|th)?\s+(?:regular |annual |substantive )?session\M(.*)');
	number int;
	body text;
	s mandate.session;
begin
	if words is null then
		return null;
	end if;
	select coalesce(substring(words[1] from '^\d+$')::int,
		(select n from generate_series(1, 199) n where mandate.ordinal(n) = words[1] limit 1)) into number;
	-- The longest name, behind the word session first.
	select e.code into body from mandate.entity e, unnest(array[e.name] || e.aliases) a(name)
	where position(lower(a.name) in lower(said)) > 0
		and (exists (select from mandate.session_rules() r where r.body = e.code)
			or exists (select from mandate.session x where x.body = e.code))
	order by position(lower(a.name) in words[2]) > 0 desc, length(a.name) desc limit 1;
	s := mandate.session_find(body, number);
	if s.opens_on is null then
		return null;
	end if;
	return jsonb_build_object('body', s.body, 'number', s.number, 'name', mandate.session_name(s.body, s.number),
		'opens_on', s.opens_on, 'basis', s.basis);
end
$$;

-- What live obligations wait for, and what was dated already.
create or replace function mandate.event_rows() returns table (key text, name text, waiting int, refs jsonb, suggestion jsonb)
language sql stable as $$
	with hangs as (
		select mandate.event_key(o.deadline->>'event') as key, o.deadline->>'event' as name, o.reference,
			substr(o.text, position(o.deadline->>'event' in o.text), length(o.deadline->>'event') + 160) as said
		from mandate.obligation o
		where o.deadline ? 'event' and o.live and not mandate.status_is_done(o.status) and o.due_override is null),
	grouped as (
		select h.key, min(h.name) as name, count(*)::int as waiting, jsonb_agg(h.reference order by h.reference) as refs,
			min(h.said) as said
		from hangs h group by h.key)
	select coalesce(g.key, e.key), coalesce(e.name, g.name), coalesce(g.waiting, 0), coalesce(g.refs, '[]'),
		mandate.event_suggest(coalesce(g.said, e.name))
	from grouped g full join mandate.event e on e.key = g.key
$$;

create or replace function api.event_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(jsonb_build_object('name', r.name, 'waiting', r.waiting, 'obligations', r.refs,
			'on', e.happens_on, 'reason', e.reason,
			'set_by', (select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer o where o.id = e.officer_id),
			'suggestion', case when e.happens_on is null then r.suggestion end)
			order by e.happens_on is not null, e.happens_on, r.waiting desc, r.name)
		from mandate.event_rows() r left join mandate.event e on e.key = r.key), '[]'));
end
$$;

-- The name of the event that is meant: the whole of it, or a part of one name only.
create or replace function mandate.event_meant(given text) returns text language plpgsql stable as $$
declare
	wanted text := mandate.event_key(given);
	hits text[];
begin
	select array_agg(r.name order by r.name) into hits from mandate.event_rows() r where r.key = wanted;
	if hits is null and wanted <> '' then
		select array_agg(r.name order by r.name) into hits from mandate.event_rows() r where position(wanted in r.key) > 0;
	end if;
	if hits is null then
		perform mandate.refuse(404, 'no_event', format(
			'no obligation waits for "%s"; mandate event list shows what they wait for', given));
	elsif array_length(hits, 1) > 1 then
		perform mandate.refuse(409, 'ambiguous_reference', format('"%s" fits %s events: %s; write the whole name', given,
			array_length(hits, 1), array_to_string(hits, '; ')), jsonb_build_object('candidates', to_jsonb(hits)));
	end if;
	return hits[1];
end
$$;

-- Dates an event, with a reason, or takes its date back; the deadlines that hang on it move, each in its record.
create or replace function api.event_set(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'event_set', request);
	happens date := mandate.request_date(request, 'on');
	meant text;
	o mandate.obligation;
	moved jsonb := '[]';
begin
	if answer is not null then
		return answer;
	elsif coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'dating an event needs a reason: where the date comes from');
	end if;
	meant := mandate.event_meant(request->>'name');
	insert into mandate.event as e (key, name, happens_on, reason, officer_id, set_at)
	values (mandate.event_key(meant), meant, happens, request->>'reason', officer.id, mandate.now())
	on conflict (key) do update set happens_on = excluded.happens_on, reason = excluded.reason,
		officer_id = excluded.officer_id, set_at = excluded.set_at;
	for o in select x.* from mandate.obligation x
		where x.deadline ? 'event' and x.due_override is null
			and mandate.event_key(x.deadline->>'event') = mandate.event_key(meant)
		order by x.id for update
	loop
		if mandate.deadline_move(o, officer.id, case when happens is null then 'the event has no date any more: '
			else format('the event is on %s: ', mandate.date_text(happens)) end || (request->>'reason'), request->>'key')
		then
			moved := moved || jsonb_build_object('reference', o.reference, 'was', o.due_on,
				'due_on', (select x.due_on from mandate.obligation x where x.id = o.id));
		end if;
	end loop;
	return mandate.request_end(officer, request, jsonb_build_object('name', meant, 'on', happens,
		'reason', request->>'reason', 'moved', jsonb_array_length(moved), 'rows', moved));
end
$$;
