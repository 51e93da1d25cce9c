-- Reports as a stream of records, one JSON object a line, page by page. What the records are is described in
-- daemon/report/report.h. The daemon fixes nothing and keeps nothing: the cursor in the last line of a page says
-- how to go on, and since the time of knowledge is in it, the pages agree whatever is written meanwhile.
set role mandate_owner;

-- The reports there are. An own condition is about o; groups and sort words are those of 72_report_list.sql.
create or replace function mandate.report_kinds() returns table (name text, title text, sentence text, subject text,
	condition text, groups text[], sort text, layout text, columns text[])
language sql immutable as $$
	values
	('status', 'Status of follow-up', 'each paragraph: text, what was asked of whom, status, last action, evidence, next milestone', null, 'true',
		array['paragraph'], 'reference', 'records',
		array['reference', 'former_references', 'resolution', 'resolution_title', 'body', 'resolution_state', 'adopted_on', 'lineage', 'paragraph',
			'text', 'addressees', 'action', 'conditions', 'vehicle', 'speaker', 'clause', 'verb', 'class', 'force', 'kind', 'treaty', 'fund',
			'status', 'status_since', 'timeliness', 'days_left', 'clearance', 'live', 'last_action_on', 'last_action', 'last_action_by', 'note',
			'evidence', 'document', 'late_reason', 'next_milestone', 'deadline', 'due_on', 'due_end', 'legal_end', 'due_why', 'due_override',
			'review_on', 'milestones', 'owner', 'alternate', 'team', 'unit', 'updates', 'last_recorded_at', 'last_hash', 'previous_hash', 'confidence']),
	('matrix', 'Matrix of obligations', 'what is asked of each addressee, or what each owner, unit, kind or resolution has', null, 'true',
		array['addressee', 'owner', 'unit', 'kind', 'resolution', 'body', 'status', 'force'], 'reference', 'table',
		array['reference', 'addressees', 'kind', 'force', 'action', 'status', 'status_since', 'timeliness', 'due_on', 'due_end', 'owner', 'unit',
			'last_action_on', 'note']),
	('due', 'What falls due', 'deadlines that are not answered yet, month by month', null,
		'o.live and not mandate.status_is_done(o.status) and o.due_on is not null and o.due_end >= $4',
		array['month', 'owner', 'unit', 'kind', 'addressee', 'resolution'], 'due', 'table',
		array['reference', 'addressees', 'action', 'force', 'due_on', 'due_end', 'status', 'timeliness', 'next_milestone', 'owner', 'unit']),
	('overdue', 'Overdue', 'what is past its deadline, by how long: 30, 90 and 180 days, and more', null, 'o.timeliness = ''overdue''',
		array['age', 'owner', 'unit', 'kind', 'addressee', 'resolution'], 'overdue', 'table',
		array['reference', 'addressees', 'action', 'force', 'due_on', 'due_end', 'days_overdue', 'status', 'last_action_on', 'note', 'owner', 'unit'])
$$;

create or replace function mandate.report_kind(given text) returns record language plpgsql stable as $$
declare
	kind record;
begin
	select * into kind from mandate.report_kinds() k where k.name = given;
	if kind.name is null then
		perform mandate.refuse(404, 'no_report', format('there is no report "%s"; there are: %s', given,
			(select string_agg(k.name, ', ') from mandate.report_kinds() k)));
	end if;
	return kind;
end
$$;

create or replace function api.report_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', (select jsonb_agg(jsonb_build_object('name', k.name, 'title', k.title, 'sentence', k.sentence,
		'subject', k.subject, 'groups', k.groups, 'columns', k.columns) order by n)
		from mandate.report_kinds() with ordinality k(name, title, sentence, subject, condition, groups, sort, layout, columns, n)));
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
	select * into kind from mandate.report_kind(request->>'name') k(name text, title text, sentence text, subject text, condition text,
		groups text[], sort text, layout text, columns text[]);
	scope.name := kind.name;
	scope.subject := request->>'subject';
	scope.filter := coalesce(request->'filter', '[]');
	scope.as_of := coalesce(mandate.request_date(request, 'as_of'), mandate.today());
	scope.known_at := coalesce(mandate.request_known_at(request), mandate.known_now());
	scope.since := mandate.request_date(request, 'since');
	scope.login := login;
	scope.group_by := coalesce(request->>'group', kind.groups[1]);
	scope.sort := coalesce(request->>'sort', kind.sort);
	if scope.group_by <> 'none' and not scope.group_by = any (kind.groups) then
		perform mandate.refuse(422, 'bad_group', format('the report %s is not grouped by "%s"; it can be by: %s, none', kind.name, scope.group_by,
			array_to_string(kind.groups, ', ')));
	elsif scope.since > scope.as_of then
		perform mandate.refuse(422, 'bad_date', format('since %s is after the day of the report, %s', scope.since, scope.as_of));
	end if;
	return scope;
end
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
	select s.summary, s.bars into sums, bars from mandate.report_summary(scope, kind.condition) s;
	return jsonb_build_object('report', kind.name, 'title', kind.title, 'as_of', scope.as_of, 'known_at', mandate.time_text(scope.known_at),
			'since', scope.since, 'filter', coalesce(words, ''), 'head', mandate.audit_head(scope.known_at),
			'records', (select count(*) from mandate.update u where u.recorded_at <= scope.known_at), 'notes', '[]'::jsonb,
			'columns', kind.columns, 'summary', sums)::text
		|| E'\n' || mandate.report_picture(case when bars is not null then jsonb_build_object('kind', 'bars', 'title', 'Status by kind', 'series', bars) end);
end
$$;

-- One page of a report as lines of text; the last is {"next": CURSOR} as long as there is more. The daemon gives
-- the cursor back as it came.
create or replace function api.report_page(caller jsonb, request jsonb) returns text
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	at jsonb := request->'cursor';
	scope mandate.report_scope;
begin
	if at is null then
		scope := mandate.report_scope(request, officer.login);
		return mandate.report_begin(scope, request->>'filter_words')
			|| jsonb_build_object('next', jsonb_build_object('scope', to_jsonb(scope), 'step', 0, 'rows', 0));
	end if;
	scope := jsonb_populate_record(null::mandate.report_scope, at->'scope');
	scope.login := officer.login;
	return mandate.report_list_page(scope, at);
end
$$;
