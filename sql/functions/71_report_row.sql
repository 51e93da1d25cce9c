-- What a row of a report says, by column. Only the columns that are asked for are made: a name or a date costs
-- nothing, a record or a list of milestones does.
set role mandate_owner;

-- From where and with which condition all of them are read: fixed fragments and the filter's. $1 filter, $2 as of,
-- $3 known at, $4 the day, $5 who asks, $6 since.
create or replace function mandate.report_from(scope mandate.report_scope, condition text) returns text language sql stable as $$
	select mandate.filter_query(scope.filter, false, format('(%s) and %s', condition, case
			when scope.since is null then 'true'
			-- Also what has become overdue, of which nobody said anything.
			when scope.name = 'diff' then '(mandate.timeliness(o.status, o.status_since, o.force, o.live, o.due_on, o.due_end, $6) <> o.timeliness
				or exists (select from mandate.update u where u.obligation_id = o.id and u.recorded_at <= $3 and u.effective_on <= $2 and u.effective_on > $6))'
			else 'exists (select from mandate.update u where u.obligation_id = o.id and u.recorded_at <= $3 and u.effective_on <= $2
				and (u.effective_on > $6 or u.recorded_at >= $6 + 1))' end))
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

-- The steps and the ends of the window. What is no report has no steps, and most are none.
create or replace function mandate.report_milestones(o mandate.obligation, today date) returns jsonb language plpgsql stable as $$
begin
	if o.kind = 'reporting' then
		return mandate.milestone_list(o, today);
	end if;
	return jsonb_build_array(jsonb_build_object('name', 'planning', 'on', o.due_on, 'why', o.due_why))
		|| case when o.due_end is not null then jsonb_build_array(jsonb_build_object('name', 'customary end', 'on', o.due_end)) else '[]' end
		|| case when o.legal_end > o.due_end then jsonb_build_array(jsonb_build_object('name', 'legal end', 'on', o.legal_end)) else '[]' end;
end
$$;

-- The slot of a report, and whether it was kept. What was issued without its submission being told is not known.
create or replace function mandate.report_slot(o mandate.obligation, today date, out on_day date, out done_on date, out result text)
language sql stable as $$
	select s.on_day, s.done_on, case when s.done_on <= s.on_day then 'on_time' when s.done_on > s.on_day then 'late' when s.passed then 'not_told'
		when s.on_day < today then 'outstanding' else 'awaited' end
	from mandate.milestone_steps(o) s where s.name = 'slot'
$$;

-- What a column is made of: s is the obligation's state, r its resolution, w and a its owner and alternate, u the
-- last thing that was said about it, f its former names, p its slot; $2 the day, $3 the time of knowledge.
create or replace function mandate.report_column(col text) returns text language sql immutable as $$
	select case
		when col in ('reference', 'paragraph', 'text', 'addressees', 'action', 'vehicle', 'speaker', 'clause', 'verb', 'class', 'force', 'kind', 'treaty', 'fund',
			'status', 'status_since', 'clearance', 'live', 'document', 'late_reason', 'deadline', 'due_on', 'due_end', 'legal_end', 'due_why', 'due_override',
			'review_on', 'unit', 'confidence') then 's.' || col
		else case col
			when 'resolution' then 'r.symbol' when 'resolution_title' then 'r.title' when 'body' then 'r.body' when 'resolution_state' then 'r.state'
			when 'adopted_on' then 'r.adopted_on' when 'lineage' then 'nullif(k.lineage, ''[]'')'
			when 'conditions' then 'nullif(s.conditions, ''[]'')'
			when 'timeliness' then 's.timely' when 'days_left' then 'case when not mandate.status_is_done(s.status) then s.due_end - $2 end'
			when 'days_overdue' then 'case when s.timely = ''overdue'' then $2 - s.due_end end'
			when 'last_action_on' then 'u.effective_on' when 'last_action' then 'u.kind'
			when 'last_action_by' then 'case when u.login is not null then json_build_object(''login'', u.login, ''name'', u.name) end'
			when 'note' then 'nullif(u.note, '''')' when 'evidence' then 'nullif(u.evidence, ''[]'')'
			when 'last_recorded_at' then 'mandate.time_text(u.recorded_at)' when 'last_hash' then 'encode(u.hash, ''hex'')'
			when 'previous_hash' then 'nullif(encode(u.previous_hash, ''hex''), '''')'
			when 'next_milestone' then 'mandate.report_next(s.o, $2)'
			when 'milestones' then 'case when s.due_on is not null then mandate.report_milestones(s.o, $2) end'
			when 'owner' then 'case when w.login is not null then json_build_object(''login'', w.login, ''name'', w.name) end'
			when 'alternate' then 'case when a.login is not null then json_build_object(''login'', a.login, ''name'', a.name) end'
			when 'team' then 'case when s.team <> ''{}'' then (select json_agg(t.key || '' ('' || t.value || '')'' order by t.key) from jsonb_each_text(s.team) t where t.value is not null) end'
			when 'updates' then 's.version' when 'former_references' then 'f.names'
			when 'slot_on' then 'p.on_day' when 'slot_done_on' then 'p.done_on' when 'slot_result' then 'p.result'
			when 'slot_days' then 'case when p.result in (''late'', ''outstanding'') then coalesce(p.done_on, $2) - p.on_day end'
		end end
$$;

-- The rows of some obligations, each with its code. The statement is put together from our own columns, so that
-- what is not asked for costs nothing.
create or replace function mandate.report_rows(scope mandate.report_scope, columns text[], ids int[]) returns table (code text, "row" json)
language plpgsql stable as $$
begin
	return query execute 'with state as materialized (
			select x as o, x.*, mandate.timeliness(x.status, x.status_since, x.force, x.live, x.due_on, x.due_end, $2) as timely
			from mandate.obligation_at($1, $2, $3) x)'
		|| case when 'lineage' = any (columns) then ',
		kin as materialized (select q.id, mandate.lineage(q.id, $3) as lineage from (select distinct z.resolution_id as id from state z) q)' else '' end || '
		select s.id::text, json_strip_nulls(to_json(c)) from state s
		left join mandate.resolution_known($3) r on r.id = s.resolution_id
		left join mandate.officer_known($3) w on w.login = s.owner
		left join mandate.officer_known($3) a on a.login = s.alternate'
		|| case when 'lineage' = any (columns) then '
		left join kin k on k.id = s.resolution_id' else '' end
		|| case when columns && array['last_action_on', 'last_action', 'note', 'evidence'] then '
		left join lateral (
			select u.effective_on, u.kind, u.note, u.evidence, u.recorded_at, u.hash, u.previous_hash, o.login, o.name
			from mandate.update u join mandate.officer_known($3) o on o.id = u.officer_id
			where u.obligation_id = s.id and u.kind not in (''assignment'', ''edit'', ''deadline'') and u.effective_on <= $2 and u.recorded_at <= $3
			order by u.effective_on desc, u.n desc limit 1) u on true' else '' end
		|| case when 'former_references' = any (columns) then '
		left join lateral (
			select json_agg(u.change->>''reference'' order by u.effective_on, u.n) as names from mandate.update u
			where u.obligation_id = s.id and u.change ? ''reference'' and u.change->>''reference'' <> s.reference
				and u.effective_on <= $2 and u.recorded_at <= $3) f on true' else '' end
		|| case when 'slot_on' = any (columns) then '
		left join lateral mandate.report_slot(s.o, $2) p on true' else '' end || '
		cross join lateral (select ' || (select string_agg(mandate.report_column(x.col) || ' as ' || quote_ident(x.col), ', ' order by x.n)
			from unnest(columns) with ordinality x(col, n)) || ') c'
	using ids, scope.as_of, scope.known_at;
end
$$;
