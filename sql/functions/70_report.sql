-- Reports as a stream of records, one JSON object a line, page by page. What the records are is described in
-- daemon/report/report.h. The daemon fixes nothing and keeps nothing: the cursor in the last line of a page says
-- how to go on, and since the time of knowledge is in it, the pages agree whatever is written meanwhile.
set role mandate_owner;

-- How rows of obligations can be sorted, beginning with one way.
create or replace function mandate.report_sorts(first text) returns text[] language sql immutable as $$
	select array_prepend(first, array_remove(array['reference', 'due', 'overdue', 'updated', 'urgency'], first))
$$;

-- The reports there are. Rows are of obligations, which an own condition picks, of a treaty's participants or of
-- contributions: that is what a filter is about. Groups and orders begin with what is taken unless told, and columns are
-- those of the rows' part, more those of other parts. Without rows_of the report is of one thing and whole.
drop function if exists mandate.report_kinds();
create or replace function mandate.report_kinds() returns table (name text, title text, sentence text, subject text,
	rows_of text, condition text, groups text[], sorts text[], layout text, columns text[], more text[])
language sql immutable as $$
	values
	('status', 'Status of follow-up', 'each paragraph: text, what was asked of whom, status, last action, evidence, next milestone', null, 'obligation', 'true',
		array['paragraph'], mandate.report_sorts('reference'), 'records',
		array['reference', 'former_references', 'resolution', 'resolution_title', 'body', 'resolution_state', 'adopted_on', 'lineage', 'paragraph',
			'text', 'addressees', 'action', 'conditions', 'vehicle', 'speaker', 'clause', 'verb', 'class', 'force', 'kind', 'treaty', 'fund',
			'status', 'status_since', 'timeliness', 'days_left', 'clearance', 'live', 'last_action_on', 'last_action', 'last_action_by', 'note',
			'evidence', 'document', 'late_reason', 'next_milestone', 'deadline', 'due_on', 'due_end', 'legal_end', 'due_why', 'due_override',
			'review_on', 'milestones', 'owner', 'alternate', 'team', 'unit', 'updates', 'last_recorded_at', 'last_hash', 'previous_hash', 'confidence'], '{}'::text[]),
	('matrix', 'Matrix of obligations', 'what is asked of each addressee, or what each owner, unit, kind or resolution has', null, 'obligation', 'true',
		array['addressee', 'owner', 'unit', 'kind', 'resolution', 'body', 'status', 'force'], mandate.report_sorts('reference'), 'table',
		array['reference', 'addressees', 'kind', 'force', 'action', 'status', 'status_since', 'timeliness', 'due_on', 'due_end', 'owner', 'unit',
			'last_action_on', 'note'], '{}'),
	('due', 'What falls due', 'deadlines that are not answered yet, month by month', null, 'obligation',
		'o.live and not mandate.status_is_done(o.status) and o.due_on is not null and o.due_end >= $4',
		array['month', 'owner', 'unit', 'kind', 'addressee', 'resolution'], mandate.report_sorts('due'), 'table',
		array['reference', 'addressees', 'action', 'force', 'due_on', 'due_end', 'status', 'timeliness', 'next_milestone', 'owner', 'unit'], '{}'),
	('overdue', 'Overdue', 'what is past its deadline, by how long: 30, 90 and 180 days, and more', null, 'obligation', 'o.timeliness = ''overdue''',
		array['age', 'owner', 'unit', 'kind', 'addressee', 'resolution'], mandate.report_sorts('overdue'), 'table',
		array['reference', 'addressees', 'action', 'force', 'due_on', 'due_end', 'days_overdue', 'status', 'last_action_on', 'note', 'owner', 'unit'], '{}'),
	('slots', 'Compliance with slots', 'reports of the Secretariat and their slot dates: on time or late, unit by unit, with the reasons', null, 'obligation',
		'o.due_on is not null and mandate.milestones_apply(o.row)', array['unit', 'owner', 'body', 'resolution'], mandate.report_sorts('due'), 'table',
		array['reference', 'vehicle', 'slot_on', 'slot_done_on', 'slot_result', 'slot_days', 'document', 'late_reason', 'status', 'owner', 'unit'],
		array['slots', 'slots_due', 'slots_on_time', 'slots_late', 'slots_outstanding']),
	('changes', 'Changes', 'what was entered into the record since a day; the last month unless told', null, 'obligation', 'true',
		array['resolution', 'owner', 'unit', 'kind'], mandate.report_sorts('reference'), 'table',
		array['reference', 'entry', 'what', 'changes', 'note', 'evidence', 'changed_on', 'recorded_at', 'by', 'hash'], '{}'),
	('diff', 'Difference', 'what is otherwise on one day than on an earlier one', null, 'obligation', 'true',
		array['resolution', 'owner', 'unit', 'kind'], mandate.report_sorts('reference'), 'table',
		array['reference', 'what', 'before', 'after', 'changed_on', 'note'], '{}'),
	('ratification', 'Status of a treaty', 'who has signed and joined a treaty, over time, and who has not', 'TREATY', 'participant', null,
		array['none', 'group', 'act'], array['deposited', 'participant', 'signed'], 'table',
		array['participant', 'signed_on', 'act', 'deposited_on', 'in_force_on', 'in_force_why', 'withdrew_on'], array['figure', 'value']),
	('contributions', 'Contributions', 'what was pledged and received, by year and by donor, in dollars', 'FUND', 'contribution', null,
		array['none', 'donor', 'year', 'fund'], array['donor', 'year', 'received', 'pledged', 'outstanding'], 'table',
		array['donor', 'year', 'fund', 'pledged', 'received', 'outstanding'], '{}'),
	('dossier', 'Dossier', 'one obligation with its whole record', 'REFERENCE', null, null, '{}', '{}', 'records',
		(array['reference', 'former_references', 'resolution', 'resolution_title', 'body', 'resolution_state', 'adopted_on', 'lineage', 'paragraph',
			'text', 'addressees', 'action', 'conditions', 'vehicle', 'speaker', 'clause', 'verb', 'class', 'force', 'kind', 'treaty', 'fund',
			'status', 'status_since', 'timeliness', 'days_left', 'clearance', 'live', 'last_action_on', 'last_action', 'last_action_by', 'note',
			'evidence', 'document', 'late_reason', 'next_milestone', 'deadline', 'due_on', 'due_end', 'legal_end', 'due_why', 'due_override',
			'review_on', 'owner', 'alternate', 'team', 'unit', 'updates', 'confidence']), array['entry', 'what', 'changes', 'changed_on', 'recorded_at', 'by', 'hash', 'previous_hash',
			'milestone', 'planned_on', 'done_on', 'why'])
$$;

create or replace function api.report_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', (select jsonb_agg(jsonb_build_object('name', k.name, 'title', k.title, 'sentence', k.sentence,
		'subject', k.subject, 'rows_of', k.rows_of, 'groups', k.groups, 'sorts', k.sorts, 'columns', k.columns || k.more) order by n)
		from mandate.report_kinds() with ordinality k(name, title, sentence, subject, rows_of, condition, groups, sorts, layout, columns, more, n)));
end
$$;

-- The head of all chains together, as known at a time: from which data a report was made.
create or replace function mandate.audit_head(known_at timestamptz) returns text language sql stable as $$
	with later as materialized (select distinct u.obligation_id as id from mandate.update u where u.recorded_at > coalesce(known_at, 'infinity')),
	head as (
		select o.id, '' as ledger, o.head as hash from mandate.obligation o where o.version > 0 and o.id not in (select l.id from later l)
		union all
		(select distinct on (u.obligation_id) u.obligation_id, '', u.hash from mandate.update u
			where u.obligation_id in (select l.id from later l) and u.recorded_at <= known_at order by u.obligation_id, u.n desc)
		union all
		(select distinct on (e.ledger) null, e.ledger, e.hash from mandate.entry e
			where e.recorded_at <= coalesce(known_at, 'infinity') order by e.ledger, e.n desc))
	select encode(sha256(coalesce(convert_to(string_agg(coalesce(h.id::text, h.ledger) || ':' || encode(h.hash, 'hex'), ','
		order by h.id, h.ledger collate "C"), 'UTF8'), '')), 'hex') from head h
$$;

-- What was asked for, with everything that was left out filled in.
create or replace function mandate.report_scope(request jsonb, login text) returns mandate.report_scope language plpgsql volatile as $$
declare
	kind record;
	scope mandate.report_scope;
begin
	select * into kind from mandate.report_kinds() k where k.name = request->>'name';
	if kind.name is null then
		perform mandate.refuse(404, 'no_report', format('there is no report "%s"; there are: %s', request->>'name',
			(select string_agg(k.name, ', ') from mandate.report_kinds() k)));
	end if;
	scope.name := kind.name;
	scope.subject := request->>'subject';
	scope.filter := coalesce(request->'filter', '[]');
	scope.as_of := coalesce(mandate.request_date(request, 'as_of'), mandate.today());
	scope.known_at := coalesce(mandate.request_known_at(request), mandate.known_now());
	scope.since := mandate.request_date(request, 'since');
	scope.login := login;
	scope.group_by := coalesce(request->>'group', kind.groups[1]);
	scope.sort := coalesce(request->>'sort', kind.sorts[1]);
	-- Changes are since some day.
	if kind.name in ('changes', 'diff') then
		scope.since := coalesce(scope.since, (scope.as_of - interval '1 month')::date);
	end if;
	if kind.name = 'dossier' and scope.subject is not null then
		-- By the name that it had then.
		scope.subject := (select coalesce(a.reference, o.reference) from mandate.obligation o
			left join mandate.obligation_at(array[o.id], scope.as_of, scope.known_at) a on a.id = o.id where o.id = mandate.reference_resolve(scope.subject));
	elsif kind.name = 'ratification' and scope.subject is not null then
		scope.subject := (mandate.treaty_find(scope.subject)).code;
	elsif kind.name = 'contributions' and scope.subject is not null then
		scope.subject := (mandate.fund_find(scope.subject)).code;
	end if;
	if kind.subject is not null and coalesce(scope.subject, '') = '' and kind.name <> 'contributions' then
		perform mandate.refuse(422, 'bad_subject', format('the report %s is of one %s: mandate report %s %s', kind.name, lower(kind.subject), kind.name, kind.subject));
	elsif kind.subject is null and scope.subject is not null then
		perform mandate.refuse(422, 'bad_subject', format('the report %s has no subject; a filter says what it is about', kind.name));
	elsif kind.rows_of is null and (scope.filter <> '[]' or scope.group_by is not null or scope.sort is not null or scope.since is not null) then
		perform mandate.refuse(422, 'bad_filter', format('the report %s is the whole of one %s: it takes no filter, group, order or since', kind.name, lower(kind.subject)));
	elsif scope.group_by <> 'none' and not scope.group_by = any (kind.groups) then
		perform mandate.refuse(422, 'bad_group', format('the report %s is not grouped by "%s"; it can be by: %s', kind.name, scope.group_by,
			array_to_string(array_remove(kind.groups, 'none'), ', ') || ', none'));
	elsif scope.sort is not null and not scope.sort = any (kind.sorts) then
		perform mandate.refuse(422, 'bad_sort', format('the report %s is not sorted by "%s"; it can be by: %s', kind.name, scope.sort, array_to_string(kind.sorts, ', ')));
	elsif scope.since > scope.as_of then
		perform mandate.refuse(422, 'bad_date', format('since %s is after the day of the report, %s', scope.since, scope.as_of));
	end if;
	return scope;
end
$$;

-- What a reader must know to read the figures right.
create or replace function mandate.report_notes(name text) returns jsonb language sql immutable as $$
	select case name
		when 'overdue' then '["Encouragements, continuing duties and what has no date are never overdue."]'::jsonb
		when 'due' then '["What has no date does not fall due and is not here."]'
		when 'slots' then '["Shares are of the slots whose day has come, not of all."]'
		when 'contributions' then '["In dollars of the United States: pledges at the rate of their day, receipts at the rate of theirs."]'
		when 'changes' then '["By the day on which it took effect or was recorded, whichever is later than the day given."]'
		else '[]' end
$$;

-- A picture's line; nothing where there is nothing to draw.
create or replace function mandate.report_picture(picture jsonb) returns text language sql immutable as $$
	select coalesce('{"picture": ' || picture::text || E'}\n', '')
$$;

-- The first page: where the report comes from, and its figures. Encouragements are counted apart: nobody has
-- failed who did not take one up.
create or replace function mandate.report_begin(scope mandate.report_scope, words text) returns text language plpgsql stable as $$
declare
	kind record;
	sums jsonb;
	bars jsonb;
begin
	select * into kind from mandate.report_kinds() k where k.name = scope.name;
	if kind.condition is not null then
		select s.summary, s.bars into sums, bars from mandate.report_summary(scope, kind.condition) s;
	end if;
	return jsonb_build_object('report', kind.name, 'title', kind.title, 'subject', scope.subject, 'as_of', scope.as_of, 'known_at', mandate.time_text(scope.known_at),
			'since', scope.since, 'filter', coalesce(words, ''), 'head', mandate.audit_head(scope.known_at),
			'records', (select count(*) from mandate.update u where u.recorded_at <= scope.known_at), 'notes', mandate.report_notes(kind.name),
			'columns', kind.columns || array(select m from unnest(kind.more) m where m <> all (kind.columns)), 'summary', sums)::text
		|| E'\n' || mandate.report_picture(case when bars is not null then jsonb_build_object('kind', 'bars', 'title', 'Status by kind', 'series', bars) end);
end
$$;

-- One page of a report as lines of text; the last is {"next": CURSOR} as long as there is more. The daemon gives
-- the cursor back as it came.
create or replace function mandate.report_page(login text, request jsonb) returns text language plpgsql volatile as $$
declare
	at jsonb := request->'cursor';
	scope mandate.report_scope;
begin
	if at is null then
		scope := mandate.report_scope(request, login);
		return mandate.report_begin(scope, request->>'filter_words')
			|| jsonb_build_object('next', jsonb_build_object('scope', to_jsonb(scope), 'step', 0, 'rows', 0));
	end if;
	scope := jsonb_populate_record(null::mandate.report_scope, at->'scope');
	scope.login := login;
	return case scope.name when 'ratification' then mandate.report_ratification(scope) when 'contributions' then mandate.report_contributions(scope)
		when 'dossier' then mandate.report_dossier(scope) else mandate.report_list_page(scope, at) end;
end
$$;

create or replace function api.report_page(caller jsonb, request jsonb) returns text
language plpgsql security definer set search_path = mandate, pg_temp set work_mem = '64MB' set jit = off as $$
begin
	return mandate.report_page((mandate.caller_require(caller, 'viewer')).login, request);
end
$$;
