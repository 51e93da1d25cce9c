-- Milestones of a report: the 10-4-6 rule of documentation. Their dates are computed whenever they
-- are asked for, so they move with the consideration; what was done stands in the record.
set role mandate_owner;

-- Six weeks in all languages before the meeting: 48/162, annex; 57/283 B, part A; submission ten weeks before.
delete from mandate.milestone_rule;
insert into mandate.milestone_rule (name, weeks, sentence, source) values
	('forecast', 26, 'named in the forecast of documents', 'the forecast of documents, made twice a year'),
	('forecast_confirmed', 14, 'forecast confirmed, with title, length and dates', 'the forecast of documents'),
	('clearance', 12, 'draft in clearance', 'two weeks of clearance before submission'),
	('slot', 10, 'submitted to documents management', 'the 10-4-6 rule'),
	('issuance', 6, 'issued in all official languages', 'the 10-4-6 rule; six weeks before the meeting: 48/162, annex'),
	('consideration', 0, 'taken up by the body that asked for it', 'the body''s programme of work');

-- Whether an obligation is answered by a document of the Secretariat: States that report have no slots.
create or replace function mandate.milestones_apply(o mandate.obligation) returns boolean language sql immutable as $$
	select o.kind = 'reporting' and not coalesce(o.addressees
		@? '$[*] ? (@.role == "lead" && (@.code == "STATES" || @.code == "MEMBER_STATES" || @.code == "PARTIES"))', false)
$$;

-- From which day the weeks are counted back, and what that day is. A report that is due on a day of
-- the calendar is issued on it; only a session takes an item up. This and the two after it are plain queries,
-- so that a list of thousands is computed as one.
drop function if exists mandate.milestone_next(mandate.obligation);
drop function if exists mandate.milestone_base(mandate.obligation);
create function mandate.milestone_base(o mandate.obligation) returns table (day date, what text) language sql stable as $$
	select case b.basis when 'taken up' then b.taken_up when 'issued' then o.due_on + 42 else o.due_on end,
		case b.basis when 'taken up' then 'the item is taken up on ' || mandate.date_text(b.taken_up)
			when 'issued' then 'consideration, counted from issuance on ' || mandate.date_text(o.due_on)
			else 'the planning date, ' || mandate.date_text(o.due_on) || ' (the day on which the item is taken up is not known yet)' end
	from (select (o.milestones->'consideration'->>'on')::date as taken_up,
		case when o.milestones->'consideration'->>'on' is not null then 'taken up'
			when o.deadline->>'type' in ('date', 'interval', 'period') or o.deadline ? 'date' then 'issued' end as basis) b
$$;

-- One row for each step: when it is due, why then, and what was done. A step is passed when a later one
-- was done, or the obligation is answered: nobody is asked for it any more.
create or replace function mandate.milestone_steps(o mandate.obligation)
returns table (name text, on_day date, why text, done_on date, evidence jsonb, words int, passed boolean)
language sql stable as $$
	select r.name, coalesce((o.milestones->r.name->>'on')::date, b.day - 7 * r.weeks),
		r.sentence || ': ' || case when r.name = 'consideration' then coalesce(o.milestones->r.name->>'why', b.what)
			when o.milestones->r.name ? 'on' then 'set here: ' || coalesce(o.milestones->r.name->>'why', '')
			else mandate.counted(r.weeks, 'week') || ' before ' || b.what end,
		(o.milestones->r.name->>'done_on')::date, coalesce(o.milestones->r.name->'evidence', '[]'),
		(o.milestones->r.name->>'words')::int,
		mandate.status_is_done(o.status) or o.milestones <> '{}' and r.weeks >= any (array(select l.weeks
			from mandate.milestone_rule l where o.milestones->l.name->>'done_on' is not null))
	from mandate.milestone_rule r cross join mandate.milestone_base(o) b
	where mandate.milestones_apply(o) and b.day is not null
	order by r.weeks desc
$$;

-- The step that is to be taken now, where there is one.
create function mandate.milestone_next(o mandate.obligation) returns table (name text, on_day date)
language sql stable as $$
	select s.name, s.on_day from mandate.milestone_steps(o) s where not s.passed order by s.on_day, s.name limit 1
$$;

-- The steps and the ends of the window, as they are shown.
create or replace function mandate.milestone_list(o mandate.obligation, today date) returns jsonb language sql stable as $$
	with shown as (
		select s.name, s.on_day, s.why, s.done_on, s.evidence, s.words, not s.passed and s.on_day < today as missed,
			s.done_on > s.on_day as late, 1 as part
		from mandate.milestone_steps(o) s
		union all
		select x.name, x.on_day, x.why, null, '[]', null, false, false, x.part
		from (values ('planning', o.due_on, o.due_why, 0), ('customary end', o.due_end, null, 2),
			('legal end', case when o.legal_end > o.due_end then o.legal_end end, null, 3)) x(name, on_day, why, part)
		where x.on_day is not null)
	select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', s.name, 'why', s.why, 'evidence', s.evidence,
			'words', s.words, 'missed', s.missed, 'late', s.late)) || jsonb_build_object('on', s.on_day, 'done_on', s.done_on)
		order by s.part, s.on_day), '[]')
	from shown s
$$;

create or replace function mandate.milestone_require(o mandate.obligation, name text) returns void language plpgsql stable as $$
begin
	if not exists (select from mandate.milestone_rule r where r.name = milestone_require.name) then
		perform mandate.refuse(422, 'bad_value', format('there is no milestone %s; there are: %s', name,
			(select string_agg(r.name, ', ' order by r.weeks desc) from mandate.milestone_rule r)));
	elsif not mandate.milestones_apply(o) then
		perform mandate.refuse(422, 'no_milestone', format('%s has no milestones: they belong to reports of the Secretariat (its kind is %s)',
			o.reference, o.kind));
	end if;
end
$$;

-- The member that a request sets: given values over what was said before; null takes back.
create or replace function mandate.milestone_value(o mandate.obligation, request jsonb) returns jsonb
language plpgsql stable as $$
declare
	name text := request->>'name';
	on_day date := mandate.request_date(request, 'on');
	done_on date;
begin
	if request ? 'on' and on_day is not null and name <> 'consideration' and coalesce(request->>'reason', '') = '' then
		perform mandate.refuse(422, 'needs_reason', format('the date of %s is computed; setting it by hand needs its reason: add --reason', name));
	end if;
	if request->>'done_on' is not null then
		done_on := mandate.effective_date(request, 'done_on');
	end if;
	return jsonb_strip_nulls(coalesce(o.milestones->name, '{}')
		|| case when request ? 'on' then jsonb_build_object('on', on_day, 'why', case when on_day is not null then request->>'reason' end) else '{}' end
		|| case when request ? 'done_on' then jsonb_build_object('done_on', done_on,
			'evidence', case when done_on is not null then coalesce(request->'evidence', '[]') end) else '{}' end
		|| case when request ? 'words' then jsonb_build_object('words', (request->>'words')::int) else '{}' end);
end
$$;

-- Says that a step was taken, or when it is due. The day of consideration moves the planning date.
create or replace function api.milestone_write(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'milestone_write', request);
	name text := request->>'name';
	o mandate.obligation;
	change jsonb;
	w record;
begin
	if answer is not null then
		return answer;
	end if;
	select * into o from mandate.obligation x where x.id = mandate.reference_resolve(request->>'ref') for update;
	perform mandate.version_require(o, request);
	perform mandate.milestone_require(o, name);
	if not request ?| array['on', 'done_on', 'words'] then
		perform mandate.refuse(422, 'empty_update', 'say what happened: --done DATE, --on DATE or --words NUMBER');
	end if;
	o.milestones := o.milestones || jsonb_build_object(name, mandate.milestone_value(o, request));
	change := jsonb_build_object('milestones', jsonb_build_object(name, o.milestones->name));
	if name = 'consideration' and request ? 'on' and o.due_override is null then
		select * into w from mandate.obligation_window(o);
		change := change || to_jsonb(w);
	end if;
	perform mandate.append(o.id, case when request->>'done_on' is not null then 'milestone' when request ? 'on' then 'deadline' else 'edit' end, change,
		coalesce(request->>'note', request->>'reason'), request->'evidence',
		case when request->>'done_on' is not null then mandate.request_date(request, 'done_on') else mandate.today() end,
		officer.id, request->>'key');
	return mandate.request_end(officer, request,
		mandate.obligation_json(mandate.obligation_find(o.id, null, null), mandate.today(), null, null));
end
$$;

-- The obligations that a document answers, each with its own lateness.
create or replace function mandate.document_answer(officer mandate.officer, request jsonb, issued date) returns jsonb
language plpgsql as $$
declare
	o mandate.obligation;
	due date;
	one_id int;
	rows jsonb := '[]';
	warnings jsonb := '[]';
	answer jsonb;
begin
	for one_id in select distinct mandate.reference_resolve(r) as one from jsonb_array_elements_text(request->'references') r order by one loop
		select * into o from mandate.obligation x where x.id = one_id for update;
		perform mandate.milestone_require(o, 'issuance');
		select s.on_day into due from mandate.milestone_steps(o) s where s.name = 'issuance';
		if issued > due and coalesce(request->>'late_reason', '') = '' then
			warnings := warnings || to_jsonb(format('%s: issued %s after %s; say why with --late-reason, as the first page does',
				o.reference, mandate.counted(issued - due, 'day'), mandate.date_text(due)));
		end if;
		answer := mandate.change_each(officer, request || jsonb_build_object('references', jsonb_build_array(o.reference),
				'evidence', jsonb_build_array(request->>'symbol'),
				'note', coalesce(request->>'note', format('issued as %s', request->>'symbol'))), 'report',
			jsonb_build_object('status', 'implemented', 'status_since', issued, 'document', request->>'symbol',
				'late_reason', case when issued > due then request->>'late_reason' end,
				'milestones', jsonb_build_object('issuance', coalesce(o.milestones->'issuance', '{}')
					|| jsonb_build_object('done_on', issued, 'evidence', jsonb_build_array(request->>'symbol')))), issued);
		rows := rows || (answer->'rows');
		warnings := warnings || (answer->'warnings');
	end loop;
	return jsonb_build_object('symbol', request->>'symbol', 'updated', jsonb_array_length(rows), 'rows', rows, 'warnings', warnings);
end
$$;

-- A report was issued: every obligation that it answers is implemented by it.
create or replace function api.document_issue(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'document_issue', request) end;
	issued date := mandate.effective_date(request, 'on');
begin
	if answer is not null then
		return answer;
	end if;
	begin
		answer := mandate.document_answer(officer, request, issued);
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

-- What a document answered.
create or replace function api.document_show(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	rows jsonb;
begin
	perform mandate.caller_require(caller, 'viewer');
	select jsonb_agg(mandate.obligation_row(o, mandate.today()) || jsonb_build_object('late_reason', o.late_reason)
		order by o.resolution_id, o.position) into rows
	from mandate.obligation o where upper(o.document) = upper(request->>'symbol');
	if rows is null then
		perform mandate.refuse(404, 'no_document', format('no obligation is answered by %s; record it with: mandate report-document %s --answers REF',
			request->>'symbol', request->>'symbol'));
	end if;
	return jsonb_build_object('symbol', request->>'symbol', 'rows', rows);
end
$$;

-- What the forecast of documents asks for: one record for each report of a season. Requests that name
-- the same vehicle for the same session are answered in one report.
create or replace function api.forecast_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'viewer');
	since date := coalesce(mandate.request_date(request, 'from'), mandate.today());
	until date := coalesce(mandate.request_date(request, 'until'), (since + interval '1 year')::date);
begin
	if until < since then
		perform mandate.refuse(422, 'bad_date', format('the forecast would end on %s, before it begins on %s',
			mandate.date_text(until), mandate.date_text(since)));
	end if;
	return jsonb_build_object('from', since, 'until', until, 'rows', coalesce((
		select jsonb_agg(to_jsonb(f) order by f.considered_on, f.title) from (
			select min(coalesce(o.vehicle, o.action)) as title,
				string_agg(distinct r.symbol || ', para. ' || o.paragraph, '; ' order by r.symbol || ', para. ' || o.paragraph) as mandate,
				jsonb_agg(o.reference order by o.id) as obligations,
				coalesce(max((select s.words from mandate.milestone_steps(o) s where s.name = 'forecast_confirmed')),
					max((select s.words from mandate.milestone_steps(o) s where s.name = 'forecast')), 8500) as words,
				'English' as original_language, 'Arabic, Chinese, English, French, Russian, Spanish' as languages,
				min((select s.on_day from mandate.milestone_steps(o) s where s.name = 'slot')) as submission_on,
				min((select s.on_day from mandate.milestone_steps(o) s where s.name = 'issuance')) as issuance_on,
				coalesce(mandate.session_name(o.deadline->>'body', (o.deadline->>'session')::int), mandate.body_name(coalesce(o.deadline->>'body', o.speaker))) as meeting,
				min(b.day) as considered_on,
				bool_and(o.milestones->'consideration' ? 'on') as consideration_known,
				string_agg(distinct o.owner, ', ') as owners
			from mandate.obligation_select(request->'filter', null, null, officer.login,
				'o.live and not mandate.status_is_done(o.status)') o
			join mandate.resolution r on r.id = o.resolution_id
			cross join lateral mandate.milestone_base(o) b
			where mandate.milestones_apply(o) and b.day between since and until
			group by o.deadline->>'body', o.deadline->>'session', o.speaker,
				coalesce(lower(o.vehicle), o.id::text)) f), '[]'));
end
$$;
