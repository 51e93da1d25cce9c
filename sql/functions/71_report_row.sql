-- What a row of a report says, by column. Only the columns that are asked for are made: a name or a date costs
-- nothing, a record or a list of milestones does.
set role mandate_owner;

-- Every obligation as it was on a day, as known at a time. Most have changed neither after the day nor after the
-- time, and of these the present state is it; only the others are added up from their updates.
create or replace function mandate.obligation_at(as_of date, known_at timestamptz) returns setof mandate.obligation language sql stable as $$
	with later as materialized (
		select u.obligation_id as id from mandate.update u where u.recorded_at > known_at
		union
		select o.id from mandate.obligation o where o.last_effective > as_of)
	select o.* from mandate.obligation o where o.version > 0 and o.id not in (select l.id from later l)
	union all
	select p.* from (
		select u.obligation_id, mandate.merge(u.change order by u.effective_on, u.n) || jsonb_build_object(
				'milestones', mandate.merge(u.change->'milestones' order by u.effective_on, u.n),
				'team', mandate.merge(u.change->'team' order by u.effective_on, u.n),
				'version', count(*), 'last_effective', max(u.effective_on)) as state
		from mandate.update u
		where u.obligation_id in (select l.id from later l) and u.effective_on <= as_of and u.recorded_at <= known_at
		group by u.obligation_id) x,
		jsonb_populate_record(null::mandate.obligation, x.state || jsonb_build_object('id', x.obligation_id)) p
$$;

-- The same of a few.
create or replace function mandate.obligation_at(ids int[], as_of date, known_at timestamptz) returns setof mandate.obligation language sql stable as $$
	with asked as materialized (
		select o.id, o.last_effective > as_of or exists (select from mandate.update u where u.obligation_id = o.id and u.recorded_at > known_at) as later
		from mandate.obligation o where o.id = any (ids))
	select o.* from mandate.obligation o join asked a on a.id = o.id where not a.later
	union all
	select p.* from asked a, lateral (
		select mandate.merge(u.change order by u.effective_on, u.n) || jsonb_build_object(
				'milestones', mandate.merge(u.change->'milestones' order by u.effective_on, u.n),
				'team', mandate.merge(u.change->'team' order by u.effective_on, u.n),
				'version', count(*), 'last_effective', max(u.effective_on)) as state
		from mandate.update u
		where u.obligation_id = a.id and u.effective_on <= as_of and u.recorded_at <= known_at
		having count(*) > 0) x,
		jsonb_populate_record(null::mandate.obligation, x.state || jsonb_build_object('id', a.id)) p
	where a.later
$$;

-- The step or day that comes next, else the last that has passed.
create or replace function mandate.report_next(o mandate.obligation, today date) returns jsonb language plpgsql stable as $$
declare
	step record;
begin
	if mandate.status_is_done(o.status) then
		return null;
	end if;
	if o.kind = 'reporting' then
		select m.name, m.on_day into step from mandate.milestone_next(o) m;
		if step.name is not null then
			return jsonb_strip_nulls(jsonb_build_object('name', step.name, 'on', step.on_day, 'past', nullif(step.on_day < today, false)));
		end if;
	end if;
	return case when o.due_on is null then null
		when o.due_on >= today then jsonb_build_object('name', 'planning date', 'on', o.due_on)
		when o.due_end >= today then jsonb_build_object('name', 'customary end', 'on', o.due_end)
		when o.legal_end >= today then jsonb_build_object('name', 'legal end', 'on', o.legal_end)
		else jsonb_build_object('name', 'customary end', 'on', o.due_end, 'past', true) end;
end
$$;

-- The rows of some obligations, each with its code.
create or replace function mandate.report_rows(scope mandate.report_scope, columns text[], ids int[]) returns table (code text, "row" jsonb)
language sql stable as $$
	with state as materialized (select x as o, x.* from mandate.obligation_at(ids, scope.as_of, scope.known_at) x),
	kin as (
		select distinct s.resolution_id as id, nullif(mandate.lineage(s.resolution_id), '[]') as lineage from state s where 'lineage' = any (columns))
	select s.id::text, jsonb_strip_nulls(jsonb_build_object(
			'reference', s.reference, 'resolution', r.symbol, 'resolution_title', r.title, 'body', r.body, 'resolution_state', r.state,
			'adopted_on', r.adopted_on, 'lineage', k.lineage, 'paragraph', s.paragraph, 'text', case when 'text' = any (columns) then s.text end,
			'addressees', s.addressees, 'action', s.action, 'conditions', nullif(s.conditions, '[]'), 'vehicle', s.vehicle, 'speaker', s.speaker,
			'clause', s.clause, 'verb', s.verb, 'class', s.class, 'force', s.force, 'kind', s.kind, 'treaty', s.treaty, 'fund', s.fund,
			'status', s.status, 'status_since', s.status_since)
		|| jsonb_build_object(
			'timeliness', t.timely, 'days_left', case when not mandate.status_is_done(s.status) then s.due_end - scope.as_of end,
			'days_overdue', case when t.timely = 'overdue' then scope.as_of - s.due_end end, 'clearance', s.clearance,
			'live', s.live, 'last_action_on', u.effective_on, 'last_action', u.kind,
			'last_action_by', case when u.login is not null then jsonb_build_object('login', u.login, 'name', u.name) end,
			'note', nullif(u.note, ''), 'evidence', nullif(u.evidence, '[]'), 'document', s.document, 'late_reason', s.late_reason,
			'next_milestone', case when 'next_milestone' = any (columns) then mandate.report_next(s.o, scope.as_of) end,
			'deadline', s.deadline, 'due_on', s.due_on, 'due_end', s.due_end, 'legal_end', s.legal_end, 'due_why', s.due_why,
			'due_override', s.due_override, 'review_on', s.review_on,
			'milestones', case when 'milestones' = any (columns) and s.due_on is not null then nullif(mandate.milestone_list(s.o, scope.as_of), '[]') end)
		|| jsonb_build_object(
			'owner', case when w.login is not null then jsonb_build_object('login', w.login, 'name', w.name) end,
			'alternate', case when a.login is not null then jsonb_build_object('login', a.login, 'name', a.name) end,
			'team', case when s.team <> '{}' then (select jsonb_agg(t.key || ' (' || t.value || ')' order by t.key) from jsonb_each_text(s.team) t where t.value is not null) end,
			'unit', s.unit, 'updates', s.version, 'last_recorded_at', mandate.time_text(u.recorded_at), 'last_hash', encode(u.hash, 'hex'),
			'previous_hash', nullif(encode(u.previous_hash, 'hex'), ''), 'confidence', s.confidence, 'former_references', f.names)) - x.others
	from state s
	cross join lateral (select mandate.timeliness(s.status, s.status_since, s.force, s.live, s.due_on, s.due_end, scope.as_of) as timely) t
	left join mandate.resolution r on r.id = s.resolution_id
	left join kin k on k.id = s.resolution_id
	left join mandate.officer w on w.login = s.owner
	left join mandate.officer a on a.login = s.alternate
	left join lateral (
		select u.effective_on, u.kind, u.note, u.evidence, u.recorded_at, u.hash, u.previous_hash, o.login, o.name
		from mandate.update u join mandate.officer o on o.id = u.officer_id
		where u.obligation_id = s.id and u.kind not in ('assignment', 'edit', 'deadline') and u.effective_on <= scope.as_of and u.recorded_at <= scope.known_at
		order by u.effective_on desc, u.n desc limit 1) u on 'last_action_on' = any (columns)
	left join lateral (
		select jsonb_agg(u.change->>'reference' order by u.effective_on, u.n) as names from mandate.update u
		where u.obligation_id = s.id and u.change ? 'reference' and u.change->>'reference' <> s.reference
			and u.effective_on <= scope.as_of and u.recorded_at <= scope.known_at) f on 'former_references' = any (columns)
	cross join (select array(select c.c from unnest(array['reference', 'resolution', 'resolution_title', 'body', 'resolution_state', 'adopted_on',
		'lineage', 'paragraph', 'text', 'addressees', 'action', 'conditions', 'vehicle', 'speaker', 'clause', 'verb', 'class', 'force', 'kind', 'treaty', 'fund',
		'status', 'status_since', 'timeliness', 'days_left', 'days_overdue', 'clearance', 'live', 'last_action_on', 'last_action', 'last_action_by', 'note',
		'evidence', 'document', 'late_reason', 'next_milestone', 'deadline', 'due_on', 'due_end', 'legal_end', 'due_why', 'due_override', 'review_on',
		'milestones', 'owner', 'alternate', 'team', 'unit', 'updates', 'last_recorded_at', 'last_hash', 'previous_hash', 'confidence', 'former_references']) c(c)
		where c.c <> all (columns)) as others) x
$$;
