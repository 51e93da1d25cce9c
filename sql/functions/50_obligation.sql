-- Obligations: finding one, listing many, as of a date and as known at a time.
set role mandate_owner;

-- The obligation that a reference means: the whole name, or a unique ending of one
-- ("2004/23:9") that begins at a word of the symbol.
create or replace function mandate.reference_resolve(given text) returns int
language plpgsql stable as $$
declare
	hit int;
	hits int[];
	upper_given text := upper(given);
begin
	select r.obligation_id into hit from mandate.reference r where r.reference = given;
	if hit is not null then
		return hit;
	end if;
	select array_agg(distinct r.obligation_id) into hits from mandate.reference r
	where reverse(upper(r.reference)) like reverse(replace(replace(replace(upper_given, '\', '\\'), '%', '\%'), '_', '\_')) || '%'
		and (length(r.reference) = length(given)
			or substr(r.reference, length(r.reference) - length(given), 1) in ('/', ' '));
	if hits is null then
		-- A paragraph that holds several obligations: name them.
		select array_agg(distinct r.obligation_id) into hits from mandate.reference r
		join mandate.obligation o on o.id = r.obligation_id
		where upper(r.reference) like replace(replace(replace(upper_given, '\', '\\'), '%', '\%'), '_', '\_') || '.%';
	end if;
	if hits is null then
		perform mandate.refuse(404, 'no_obligation', format(
			'there is no obligation %s; mandate list shows what there is', given));
	elsif array_length(hits, 1) > 1 then
		perform mandate.refuse(409, 'ambiguous_reference', format('%s fits %s obligations: %s; write the whole reference',
			given, array_length(hits, 1),
			(select string_agg(o.reference, ', ' order by o.reference) from mandate.obligation o where o.id = any (hits))),
			jsonb_build_object('candidates',
				(select jsonb_agg(o.reference order by o.reference) from mandate.obligation o where o.id = any (hits))));
	end if;
	return hits[1];
end
$$;

-- Of which obligations something was said after a date, or recorded after a time.
create or replace function mandate.obligation_later(as_of date, known_at timestamptz) returns setof int language sql stable rows 100 as $$
	select o.id from mandate.obligation o where o.last_effective > as_of
	union
	select u.obligation_id from mandate.update u where u.recorded_at > known_at
$$;

drop function if exists mandate.states_folded(boolean, date, timestamptz);

-- What the updates of some obligations add up to on a date, as known at a time.
create or replace function mandate.states_folded(ids int[], as_of date, known_at timestamptz)
returns table (id int, state jsonb) language sql stable as $$
	select u.obligation_id, mandate.merge(u.change order by u.effective_on, u.n) || jsonb_build_object(
			'milestones', mandate.merge(u.change->'milestones' order by u.effective_on, u.n),
			'team', mandate.merge(u.change->'team' order by u.effective_on, u.n),
			'id', u.obligation_id, 'version', count(*), 'last_effective', max(u.effective_on))
	from mandate.update u
	where u.obligation_id = any (ids) and u.effective_on <= coalesce(as_of, 'infinity') and u.recorded_at <= coalesce(known_at, 'infinity')
	group by u.obligation_id
$$;

-- Every obligation as of a date, as known at a time. Where nothing has been said since, that is the state as it is.
-- Functions stand in the from clause: there they are put in line and their indexes used, and a record is made
-- once, not once for each column.
create or replace function mandate.obligation_as_of(as_of date, known_at timestamptz)
returns setof mandate.obligation language sql stable as $$
	select o.* from mandate.obligation o where o.id not in (select l.id from mandate.obligation_later(as_of, known_at) l(id)) and o.version > 0
	union all
	select p.* from mandate.states_folded(array(select l.id from mandate.obligation_later(as_of, known_at) l(id)), as_of, known_at) f,
		jsonb_populate_record(null::mandate.obligation, f.state) p
$$;

-- Some obligations as of a date, null for today, as known at a time, null for now: the present state where nothing
-- was said since, else what their updates add up to.
create or replace function mandate.obligation_at(ids int[], as_of date, known_at timestamptz) returns setof mandate.obligation language sql stable as $$
	with asked as materialized (
		select o.id, coalesce(o.last_effective > as_of, false) or exists (select from mandate.update u where u.obligation_id = o.id and u.recorded_at > known_at) as later
		from mandate.obligation o where o.id = any (ids))
	select o.* from mandate.obligation o join asked a on a.id = o.id where not a.later
	union all
	select p.* from mandate.states_folded(array(select a.id from asked a where a.later), as_of, known_at) f,
		jsonb_populate_record(null::mandate.obligation, f.state) p
$$;

-- Never stored. An encouragement is never overdue: nobody has failed who did not take it up.
create or replace function mandate.timeliness(status text, status_since date, force text, live boolean,
	due_on date, due_end date, today date) returns text language sql immutable as $$
	select case
		when due_on is null then 'undated'
		when status = 'implemented' and status_since > due_end then 'done_late'
		when status in ('implemented', 'closed', 'overtaken', 'not_applicable') then 'on_track'
		when today > due_end and live and force not in ('encouragement', 'none') and status <> 'continuing' then 'overdue'
		when today >= due_on - 90 and live and (today <= due_end or status = 'continuing') then 'due_soon'
		else 'on_track' end
$$;

-- Obligations in their list form.
create or replace function mandate.obligation_rows(rows mandate.obligation[], today date)
returns table (id int, listed jsonb) language sql stable as $$
	select o.id, jsonb_build_object(
			'reference', o.reference, 'version', o.version, 'live', o.live,
			'resolution', case when r.id is not null then jsonb_build_object('symbol', r.symbol, 'title', r.title, 'body', r.body,
				'state', r.state, 'adopted_on', r.adopted_on) end,
			'paragraph', o.paragraph, 'clause', o.clause, 'speaker', o.speaker, 'verb', o.verb, 'lemma', o.lemma,
			'class', o.class, 'force', o.force, 'kind', o.kind, 'addressees', o.addressees, 'action', o.action,
			'conditions', o.conditions, 'vehicle', o.vehicle, 'deadline', o.deadline,
			'due_on', o.due_on, 'due_end', o.due_end, 'legal_end', o.legal_end, 'review_on', o.review_on)
		|| jsonb_build_object(
			'status', o.status, 'status_since', o.status_since, 'clearance', o.clearance,
			'timeliness', mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, today),
			'days', o.due_end - today,
			'owner', case when f.login is not null then jsonb_build_object('login', f.login, 'name', f.name) end,
			'alternate', case when g.login is not null then jsonb_build_object('login', g.login, 'name', g.name) end,
			'unit', o.unit, 'confidence', o.confidence,
			'next_milestone', case when m.name is not null then jsonb_build_object('name', m.name, 'on', m.on_day) end,
			'updates', o.version, 'as_of', today, 'occurrence', o.occurrence)
	from unnest(rows) o
	left join mandate.resolution r on r.id = o.resolution_id
	left join mandate.officer f on f.login = o.owner
	left join mandate.officer g on g.login = o.alternate
	left join lateral mandate.milestone_next(o) m on true
$$;

create or replace function mandate.obligation_row(o mandate.obligation, today date) returns jsonb
language plpgsql stable as $$
begin
	return (select r.listed from mandate.obligation_rows(array[o], today) r);
end
$$;

-- The last thing that was said about it, as known then: progress rather than bookkeeping.
create or replace function mandate.update_last(obligation_id int, as_of date, known_at timestamptz) returns jsonb
language plpgsql stable as $$
begin
	return (
		select mandate.update_json(u) from mandate.update u
		where u.obligation_id = update_last.obligation_id and u.kind not in ('assignment', 'edit', 'deadline')
			and u.effective_on <= coalesce(as_of, 'infinity') and u.recorded_at <= coalesce(known_at, 'infinity')
		order by u.effective_on desc, u.n desc limit 1);
end
$$;

-- What led to the resolution: the drafts it was proposed in, nearest first.
drop function if exists mandate.lineage(int);
create or replace function mandate.lineage(resolution_id int, known_at timestamptz default 'infinity') returns jsonb language plpgsql stable as $$
begin
	return (
		with recursive up as (
			select r.drafted_in as id, 1 as step from mandate.resolution_known(known_at) r where r.id = lineage.resolution_id
			union all
			select r.drafted_in, up.step + 1 from up join mandate.resolution_known(known_at) r on r.id = up.id)
		select coalesce(jsonb_agg(jsonb_build_object('symbol', r.symbol, 'body', r.body, 'state', r.state,
			'adopted_on', r.adopted_on, 'relation', 'proposed in') order by up.step), '[]')
		from up join mandate.resolution_known(known_at) r on r.id = up.id);
end
$$;

-- The obligation in full: the text, where it comes from, why it is due when it is.
create or replace function mandate.obligation_json(o mandate.obligation, today date, as_of date, known_at timestamptz)
returns jsonb language plpgsql stable as $$
begin
	return (
		select mandate.obligation_row(o, today) || jsonb_build_object(
			'text', o.text, 'due_why', o.due_why, 'due_override', o.due_override,
			'former_references', coalesce((select jsonb_agg(x.reference) from (
				select u.change->>'reference' as reference from mandate.update u
				where u.obligation_id = o.id and u.change ? 'reference' and u.change->>'reference' <> o.reference
					and u.effective_on <= coalesce(as_of, 'infinity') and u.recorded_at <= coalesce(known_at, 'infinity')
				order by u.effective_on, u.n) x), '[]'),
			'lineage', mandate.lineage(o.resolution_id),
			'remind_rule', o.remind_rule,
			'milestones', mandate.milestone_list(o, today), 'document', o.document, 'late_reason', o.late_reason,
			'fund', mandate.fund_figures(o, today, known_at), 'treaty', mandate.obligation_treaty(o, today, known_at),
			'last_update', mandate.update_last(o.id, as_of, known_at))
			|| mandate.people_json(o, today, known_at));
end
$$;

-- One obligation as of a date, or as it is.
create or replace function mandate.obligation_find(id int, as_of date, known_at timestamptz) returns mandate.obligation
language plpgsql stable as $$
declare
	o mandate.obligation;
	state jsonb;
begin
	if as_of is null and known_at is null then
		select * into o from mandate.obligation x where x.id = obligation_find.id;
		return o;
	end if;
	state := mandate.fold(id, coalesce(as_of, 'infinity'), coalesce(known_at, 'infinity'));
	if state is null or not state ? 'reference' then
		perform mandate.refuse(404, 'no_obligation', 'there was no such obligation then, as far as was known');
	end if;
	return jsonb_populate_record(null::mandate.obligation, state || jsonb_build_object('id', id, 'version',
		(select count(*) from mandate.update u where u.obligation_id = obligation_find.id
			and u.effective_on <= coalesce(as_of, 'infinity') and u.recorded_at <= coalesce(known_at, 'infinity'))));
end
$$;

-- The date of a list or a report, null for today: today's state needs no folding. A day to come has the state of
-- today, and what is overdue by then.
create or replace function mandate.request_as_of(request jsonb) returns date language sql stable as $$
	select nullif(mandate.request_date(request, 'as_of'), mandate.today())
$$;

create or replace function mandate.request_known_at(request jsonb) returns timestamptz language plpgsql stable as $$
begin
	return (request->>'known_at')::timestamptz;
exception when others then
	perform mandate.refuse(422, 'bad_date', format('known_at: "%s" is not a time; write it as 2005-06-30T12:00:00Z', request->>'known_at'));
end
$$;

create or replace function api.obligation_show(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	as_of date := mandate.request_as_of(request);
	known_at timestamptz := mandate.request_known_at(request);
	today date := coalesce(as_of, mandate.today());
	o mandate.obligation;
begin
	perform mandate.caller_require(caller, 'viewer');
	o := mandate.obligation_find(mandate.reference_resolve(request->>'ref'), as_of, known_at);
	return mandate.obligation_json(o, today, as_of, known_at)
		|| jsonb_build_object('occurrences', mandate.occurrences_json(o, today, as_of, known_at));
end
$$;

-- The whole record, oldest first.
create or replace function api.update_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	found_id int;
begin
	perform mandate.caller_require(caller, 'viewer');
	found_id := mandate.reference_resolve(request->>'ref');
	return jsonb_build_object(
		'reference', (select o.reference from mandate.obligation o where o.id = found_id),
		'rows', (select jsonb_agg(mandate.update_json(u) order by u.n) from mandate.update u where u.obligation_id = found_id));
end
$$;
