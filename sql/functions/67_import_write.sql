-- Obligations from a spreadsheet, second half: resolutions that are not here yet are made of what the rows
-- say, new obligations begin their record, and what is here already is left or updated.
set role mandate_owner;

-- The dates of a row's due_on; it stands like a date set by hand until the text says better.
create or replace function mandate.import_due(due date, origin text) returns jsonb language plpgsql immutable as $$
begin
	return (
		select case when due is null then jsonb_build_object('due_why', origin || ' gives no date')
			else jsonb_build_object('due_on', due, 'due_end', due, 'legal_end', due, 'due_override', origin,
				'due_why', format('set to %s by %s', mandate.date_text(due), origin)) end);
end
$$;

-- What a row says otherwise than the obligation: {} for nothing. The text of a resolution that was
-- imported as a text stands, and so does the verb in it.
create or replace function mandate.import_difference(o mandate.obligation, state jsonb, from_rows boolean, origin text) returns jsonb
language plpgsql stable as $$
declare
	is_now jsonb := to_jsonb(o);
	change jsonb := '{}';
	col text;
begin
	for col in select jsonb_object_keys(state) loop
		if state->col = is_now->col or not from_rows and col in ('text', 'verb', 'lemma') then
			continue;
		elsif col = 'due_on' then
			change := change || mandate.import_due((state->>'due_on')::date, origin);
		-- The same addressee may be written in other words.
		elsif col <> 'addressees' or array(select coalesce(a->>'code', a->>'name') from jsonb_array_elements(state->col) a)
			<> array(select coalesce(a->>'code', a->>'name') from jsonb_array_elements(o.addressees) a)
		then
			change := change || jsonb_build_object(col, state->col);
		end if;
	end loop;
	return change;
end
$$;

-- What is to be recorded of a row about progress: {} for nothing. A note that stands in the record already is no news.
create or replace function mandate.import_progress(o mandate.obligation, said jsonb) returns jsonb language plpgsql stable as $$
begin
	return (
		select case
			when coalesce(said->>'status', o.status) <> o.status then said
			when said ?| '{note,evidence}' and not exists (select from mandate.update u where u.obligation_id = o.id
				and (u.note = coalesce(said->>'note', '') or not said ? 'note') and u.evidence @> coalesce(said->'evidence', '[]')) then said - 'status'
			else '{}' end);
end
$$;

-- All rows with what they mean, and with what they say otherwise than what is here. One object for each.
create or replace function mandate.import_rows(rows jsonb, file text, updating boolean) returns jsonb language sql stable as $$
	with known as materialized (select mandate.import_known(rows) as known),
	dated as (
		select n.*, coalesce((select r.adopted_on from mandate.resolution r where r.id = n.resolution_id),
			mandate.row_date(max(n.given->>'adopted_on') over (partition by n.symbol))) as adopted
		from mandate.import_named(rows) n),
	meant as (
		select d.*, x.state, x.said, x.faults as wrong, format('%s, line %s', file, d.line) as origin
		from dated d, known k, mandate.import_row(d.line, d.given, k.known) x)
	select coalesce(jsonb_agg(jsonb_build_object('line', m.line, 'given', m.given, 'symbol', m.symbol, 'resolution', m.resolution_id,
		'from_rows', m.from_rows, 'paragraph', m.paragraph, 'reference', m.reference, 'obligation', m.obligation_id,
		'adopted', m.adopted, 'state', m.state, 'said', m.said, 'origin', m.origin)
		|| case when m.obligation_id is null or m.wrong <> '[]' then jsonb_build_object('faults', m.faults || m.wrong
			|| case when m.obligation_id is null then mandate.import_new_faults(m.line, m.given, m.state, m.said, m.adopted) else '[]' end)
		else jsonb_build_object(
			'faults', m.faults || case when updating then mandate.import_change_faults(m.line, m.said, o) else '[]' end,
			'edit', mandate.import_difference(o, m.state, m.from_rows, m.origin), 'progress', mandate.import_progress(o, m.said)) end
		order by m.line), '[]')
	from meant m left join mandate.obligation o on o.id = m.obligation_id
$$;

-- What the rows of one resolution say of it must agree.
create or replace function mandate.import_head_faults(read jsonb) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(mandate.row_fault(x.line, x.col, x.value, format('%s has "%s" in line %s', x.symbol, x.first, x.first_line))), '[]')
	from (
		select (r->>'line')::int as line, r->>'symbol' as symbol, c.col, r->'given'->>c.col as value,
			first_value(r->'given'->>c.col) over w as first, first_value(r->>'line') over w as first_line
		from jsonb_array_elements(read) r, unnest(array['title', 'body', 'adopted_on']) c(col)
		where r->'given' ? c.col
		window w as (partition by r->>'symbol', c.col order by (r->>'line')::int)) x
	where x.value <> x.first
$$;

-- The text and the reading of a resolution that is here only through rows, out of its paragraphs.
create or replace function mandate.rows_rewrite(resolution int[], file text) returns void language sql as $$
	update mandate.resolution r set text = x.text, text_hash = sha256(convert_to(x.text, 'UTF8')),
		reading = jsonb_build_object('rows', true, 'resolution', jsonb_build_object('symbol', r.symbol, 'body', r.body,
				'title', r.title, 'adopted_on', r.adopted_on, 'state', r.state),
			'paragraphs', x.paragraphs, 'warnings', jsonb_build_array(jsonb_build_object('message',
				format('made of the rows of %s; mandate import FILE --replace puts the text in their place', file))))
	from (
		select p.resolution_id, string_agg(p.label || '. ' || p.text, E'\n\n' order by p.n) as text,
			jsonb_agg(jsonb_build_object('part', p.part, 'label', p.label, 'speaker', p.speaker, 'text', p.text, 'clauses', c.clauses) order by p.n) as paragraphs
		from mandate.paragraph p, lateral (
			select jsonb_agg(jsonb_build_object('n', d.n, 'verb', d.verb, 'lemma', d.lemma, 'class', d.class, 'force', d.force,
				'kind', d.kind, 'addressees', d.addressees, 'action', d.action, 'conditions', d.conditions, 'deadline', null,
				'vehicle', null, 'obligation', true) order by d.n) as clauses
			from mandate.clause d where d.resolution_id = p.resolution_id and d.paragraph_n = p.n) c
		where p.resolution_id = any (rows_rewrite.resolution) group by p.resolution_id) x
	where r.id = x.resolution_id
$$;

-- Resolutions that are not here yet. They hold no text but their rows', and wait for it unconfirmed.
create or replace function mandate.import_resolutions(read jsonb, officer mandate.officer) returns int language plpgsql as $$
declare
	made int;
begin
	insert into mandate.resolution (symbol, body, title, adopted_on, state, text, text_hash, reading, imported_by, imported_at)
	select x.symbol, coalesce(x.body, mandate.symbol_body(x.symbol)), x.title, x.adopted_on, 'adopted', '', '\x', '{"rows": true}', officer.id, mandate.now()
	from (
		select r->>'symbol' as symbol, max(r->'given'->>'body') as body, max(r->'given'->>'title') as title,
			max((r->'given'->>'adopted_on')::date) as adopted_on, min((r->>'line')::int) as line
		from jsonb_array_elements(read) r where r->>'resolution' is null group by 1) x
	order by x.line;
	get diagnostics made = row_count;
	return made;
end
$$;

-- Paragraphs and clauses for the new obligations, so that reports find them beside their text.
create or replace function mandate.import_clauses(read jsonb, file text, officer mandate.officer) returns void language plpgsql as $$
declare
	grown int[];
begin
	select array_agg(distinct s.id) into grown from jsonb_array_elements(read) r join mandate.resolution s on s.symbol = r->>'symbol'
	where s.reading ? 'rows' and r->>'obligation' is null;
	-- A text that is there gives way to a longer one and is kept.
	insert into mandate.resolution_version select s.id, s.version, s.text, s.reading, officer.id, mandate.now()
	from mandate.resolution s where s.id = any (grown) and s.text <> '';
	update mandate.resolution s set version = s.version + 1 where s.id = any (grown) and s.text <> '';
	insert into mandate.paragraph (resolution_id, n, part, label, speaker, text)
	select x.id, coalesce((select max(p.n) from mandate.paragraph p where p.resolution_id = x.id), 0)
		+ row_number() over (partition by x.id order by x.line), 'operative', x.label, x.body, x.text
	from (
		select s.id, s.body, r->>'paragraph' as label, min((r->>'line')::int) as line,
			-- Rows of one paragraph give its text each in full, or each its share.
			string_agg(r.text, ' ' order by (r->>'line')::int) filter (where r.first_so) as text
		from (select r, coalesce(r->'state'->>'text', concat_ws(' ', r->'state'->>'verb', r->'state'->>'action')) as text,
				row_number() over (partition by r->>'symbol', r->>'paragraph', coalesce(r->'state'->>'text', concat_ws(' ', r->'state'->>'verb', r->'state'->>'action'))
					order by (r->>'line')::int) = 1 as first_so
			from jsonb_array_elements(read) r where r->>'obligation' is null) r
		join mandate.resolution s on s.symbol = r->>'symbol'
		where s.id = any (grown) group by s.id, s.body, r->>'paragraph') x
	where not exists (select from mandate.paragraph p where p.resolution_id = x.id and coalesce(p.label, '0') = x.label and p.part = 'operative');
	insert into mandate.clause (resolution_id, paragraph_n, n, reference, verb, lemma, class, force, kind, addressees, action, tracked)
	select s.id, p.n, coalesce((select max(c.n) from mandate.clause c where c.resolution_id = s.id and c.paragraph_n = p.n), 0)
			+ row_number() over (partition by s.id, p.n order by (r->>'line')::int), r->>'reference',
		coalesce(r->'state'->>'verb', ''), coalesce(r->'state'->>'lemma', ''), case f.force when 'decision' then 'deciding' else 'directive' end,
		f.force, coalesce(r->'state'->>'kind', 'other'), coalesce(r->'state'->'addressees', '[]'), r->'state'->>'action', true
	from jsonb_array_elements(read) r
	join mandate.resolution s on s.symbol = r->>'symbol'
	join lateral (select q.n from mandate.paragraph q where q.resolution_id = s.id and q.part = 'operative'
		and coalesce(q.label, '0') = r->>'paragraph' order by q.n limit 1) p on true
	cross join lateral (select coalesce(r->'state'->>'force', mandate.import_force(r->'state'->>'lemma')) as force) f
	where r->>'obligation' is null;
	perform mandate.rows_rewrite(grown, file);
end
$$;

-- A day before which nothing can have been adopted under a symbol; NULL where the symbol does not tell.
create or replace function mandate.symbol_begins(symbol text) returns date language sql stable as $$
	select coalesce(make_date(coalesce(substring(symbol from '^E/RES/(\d{4})/'), substring(symbol from '\((\d{4})\)$'))::int, 1, 1),
		(select s.opens_on from mandate.session s where s.body = 'GA'
			and s.number = substring(symbol from '^A/RES/(\d{1,3})/')::int))
$$;

-- The first day of a new obligation's record: of the adoption, or early enough for whatever is known later.
create or replace function mandate.import_begin(r jsonb) returns date language sql stable as $$
	select coalesce((r->>'adopted')::date,
		least(mandate.symbol_begins(r->>'symbol'), (r->'said'->>'status_since')::date, mandate.today()))
$$;

-- New obligations: the record begins with where they come from, and goes on with what the row says of progress.
create or replace function mandate.import_create(read jsonb, officer mandate.officer, key text) returns int language plpgsql as $$
declare
	ids int[];
	many int := (select count(*) from jsonb_array_elements(read) r where r->>'obligation' is null);
begin
	with made as (insert into mandate.obligation (version) select 0 from generate_series(1, many) returning id)
	select array_agg(id order by id) into ids from made;
	insert into mandate.update (obligation_id, n, kind, change, note, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select ids[x.n], 0, 'created', mandate.import_state(x.r, c, p, mandate.import_begin(x.r)), 'from ' || (x.r->>'origin'),
		mandate.import_begin(x.r), 'epoch', officer.id, import_create.key, '\x', '\x'
	from (select r, row_number() over (order by (r->>'line')::int) as n from jsonb_array_elements(read) r where r->>'obligation' is null) x
	join mandate.resolution s on s.symbol = x.r->>'symbol'
	join mandate.clause c on c.resolution_id = s.id and c.reference = x.r->>'reference'
	join mandate.paragraph p on p.resolution_id = s.id and p.n = c.paragraph_n
	order by x.n;
	-- A statement of its own: an obligation's state is written when the first has ended.
	insert into mandate.update (obligation_id, n, kind, change, note, evidence, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select x.id, 0, case when x.moves then 'status' else 'note' end,
		case when x.moves then jsonb_build_object('status', x.said->>'status', 'status_since', x.since) else '{}' end,
		coalesce(x.said->>'note', ''), coalesce(x.said->'evidence', '[]'), x.since, 'epoch', officer.id, import_create.key, '\x', '\x'
	from (
		select f.obligation_id as id, r->'said' as said, coalesce((r->'said'->>'status_since')::date, mandate.today()) as since,
			coalesce(r->'said'->>'status', 'not_started') not in ('not_started', 'continuing') as moves
		from jsonb_array_elements(read) r join mandate.reference f on f.reference = r->>'reference'
		where r->>'obligation' is null) x
	where x.moves or x.said ?| '{note,evidence}' order by x.id;
	return many;
end
$$;

create or replace function mandate.import_state(r jsonb, c mandate.clause, p mandate.paragraph, begins date) returns jsonb
language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('reference', c.reference, 'resolution_id', c.resolution_id, 'position', p.n * 1000 + c.n,
			'live', not p.nested, 'paragraph', coalesce(p.label, '0'), 'clause', c.n, 'speaker', p.speaker,
			'text', coalesce(r->'state'->>'text', p.text), 'verb', c.verb, 'lemma', c.lemma, 'class', c.class, 'force', c.force,
			'kind', c.kind, 'addressees', c.addressees, 'action', c.action, 'conditions', '[]'::jsonb, 'clearance', 'draft')
			|| case when r->'said'->>'status' = 'continuing' then '{"status": "continuing"}' else '{"status": "not_started"}'::jsonb end
			|| jsonb_build_object('status_since', case when coalesce(r->'said'->>'status', 'not_started') in ('not_started', 'continuing')
				then coalesce((r->'said'->>'status_since')::date, begins) else begins end)
			|| (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(r->'state') e where e.key in ('owner', 'alternate', 'unit'))
			|| mandate.import_due((r->'state'->>'due_on')::date, r->>'origin'));
end
$$;

-- What the rows say otherwise than the obligations that are here: a correction, and progress, each an update.
create or replace function mandate.import_update(read jsonb, officer mandate.officer, key text) returns int language plpgsql as $$
begin
	insert into mandate.update (obligation_id, n, kind, change, note, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select (r->>'obligation')::int, 0, case when r->'edit' ? 'due_on' then 'deadline'
			when r->'edit' ?| '{owner,alternate,unit}' then 'assignment' else 'edit' end,
		r->'edit', 'from ' || (r->>'origin'), mandate.today(), 'epoch', officer.id, import_update.key, '\x', '\x'
	from jsonb_array_elements(read) r where r->'edit' <> '{}' order by (r->>'obligation')::int;
	insert into mandate.update (obligation_id, n, kind, change, note, evidence, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select x.id, 0, case when x.moves then 'status' else 'note' end,
		case when x.moves then jsonb_build_object('status', x.said->>'status', 'status_since', x.since) else '{}' end,
		coalesce(x.said->>'note', 'from ' || x.origin), coalesce(x.said->'evidence', '[]'), x.since, 'epoch', officer.id, import_update.key, '\x', '\x'
	from (
		select (r->>'obligation')::int as id, r->'progress' as said, r->>'origin' as origin, r->'progress' ? 'status' as moves,
			case when r->'progress' ? 'status' then coalesce((r->'progress'->>'status_since')::date, mandate.today())
				else mandate.today() end as since
		from jsonb_array_elements(read) r where r->'progress' <> '{}') x
	order by x.id;
	return (select count(*) from jsonb_array_elements(read) r where r->'edit' <> '{}' or r->'progress' <> '{}');
end
$$;

create or replace function mandate.import_write(officer mandate.officer, request jsonb) returns jsonb language plpgsql as $$
declare
	rows jsonb := mandate.rows_given(request);
	updating boolean := coalesce((request->>'update')::boolean, false);
	read jsonb;
	answer jsonb;
begin
	if rows = '[]' then
		perform mandate.refuse(422, 'bad_rows', 'the file has no rows');
	end if;
	-- Two imports at once could make one resolution twice.
	perform pg_advisory_xact_lock(hashtext('mandate obligation import'));
	perform pg_advisory_xact_lock(hashtext('resolution ' || upper(x.symbol)))
	from (select distinct n.symbol from mandate.import_named(rows) n where n.symbol is not null order by 1) x;
	read := mandate.import_rows(rows, request->>'file', updating);
	perform mandate.rows_require(mandate.import_head_faults(read) || coalesce((select jsonb_agg(f)
		from jsonb_array_elements(read) r, jsonb_array_elements(r->'faults') f), '[]'), jsonb_array_length(rows));
	answer := jsonb_build_object('rows', jsonb_array_length(rows),
		'already', (select count(*) from jsonb_array_elements(read) r where r->>'obligation' is not null),
		'differ', (select count(*) from jsonb_array_elements(read) r where r->'edit' <> '{}' or r->'progress' <> '{}'),
		'unknown_addressees', (select coalesce(jsonb_agg(distinct a->>'text'), '[]') from jsonb_array_elements(read) r,
			jsonb_array_elements(r->'state'->'addressees') a where not a ? 'code'),
		'resolutions', mandate.import_resolutions(read, officer));
	perform mandate.import_clauses(read, request->>'file', officer);
	return answer || jsonb_build_object('created', mandate.import_create(read, officer, request->>'key'),
		'updated', case when updating then mandate.import_update(read, officer, request->>'key') else 0 end);
end
$$;

-- POST /v1/obligations. All rows or none; a dry run is the same work taken back.
create or replace function api.obligation_import(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'obligation_import', request) end;
begin
	if answer is not null then
		return answer;
	end if;
	begin
		answer := mandate.import_write(officer, request);
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

-- A text takes the place of rows: an obligation that came from a row and has no clause of its name in it keeps
-- one of its own in its paragraph, and what the reader found there instead is not followed twice.
create or replace function mandate.rows_join(r mandate.resolution) returns void language plpgsql as $$
begin
	with kept as (
		select o.*, p.n as paragraph_n from mandate.obligation o
		join lateral (select q.n from mandate.paragraph q where q.resolution_id = r.id and q.part = 'operative'
			and coalesce(q.label, '0') = o.paragraph order by q.n limit 1) p on true
		where o.resolution_id = r.id and o.confidence is null
			and not exists (select from mandate.clause c join mandate.reference f on f.reference = c.reference
				where c.resolution_id = r.id and c.tracked and f.obligation_id = o.id)),
	followed as (
		update mandate.clause c set dropped_reason = 'followed as ' || (select string_agg(k.reference, ', ' order by k.reference)
			from kept k where k.paragraph_n = c.paragraph_n)
		where c.resolution_id = r.id and c.tracked and c.paragraph_n in (select k.paragraph_n from kept k)
			and not exists (select from mandate.reference f where f.reference = c.reference))
	insert into mandate.clause (resolution_id, paragraph_n, n, reference, verb, lemma, class, force, kind, addressees, action, tracked)
	select r.id, k.paragraph_n, (select count(*) from mandate.clause c where c.resolution_id = r.id and c.paragraph_n = k.paragraph_n)
		+ row_number() over (partition by k.paragraph_n order by k.position, k.id),
		k.reference, k.verb, k.lemma, k.class, k.force, k.kind, k.addressees, k.action, true
	from kept k;
end
$$;

-- Whether a member of an obligation that came from a row follows the text: what the row gave stands.
create or replace function mandate.row_follows(o mandate.obligation, member text) returns boolean language sql immutable as $$
	select case
		when member in ('text', 'speaker', 'live', 'position', 'clause', 'conditions', 'vehicle', 'deadline') then true
		when member in ('due_on', 'due_end', 'legal_end', 'due_why') then o.due_override is null
		when member in ('verb', 'lemma', 'class', 'force') then o.verb = ''
		when member = 'kind' then o.kind = 'other'
		when member = 'addressees' then o.addressees = '[]'
		when member = 'action' then o.action is null else false end
$$;
