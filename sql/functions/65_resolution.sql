-- Resolutions: import, adopt, replace, and their lineage.
set role mandate_owner;

create or replace function mandate.resolution_find(given text) returns mandate.resolution
language plpgsql stable as $$
declare
	hits mandate.resolution[];
begin
	select array_agg(r) into hits from mandate.resolution r where upper(r.symbol) = upper(given);
	if hits is null then
		select array_agg(r) into hits from mandate.resolution r where right(upper(r.symbol), length(given) + 1) = '/' || upper(given);
	end if;
	if hits is null then
		perform mandate.refuse(404, 'no_resolution', format('there is no resolution %s; mandate resolution list shows what there is', given));
	elsif array_length(hits, 1) > 1 then
		perform mandate.refuse(409, 'ambiguous_reference', format('%s fits several resolutions: %s', given,
			(select string_agg(h.symbol, ', ') from unnest(hits) h)));
	end if;
	return hits[1];
end
$$;

-- Where two texts under one symbol differ, paragraph by paragraph.
create or replace function mandate.reading_difference(was jsonb, is_now jsonb) returns jsonb language sql immutable as $$
	with a as (select p->>'text' as text, coalesce(p->>'label', p->>'part') as label, row_number() over (partition by p->>'part', p->>'label') as k, p->>'part' as part, n
			from jsonb_array_elements(was->'paragraphs') with ordinality x(p, n)),
		b as (select p->>'text' as text, coalesce(p->>'label', p->>'part') as label, row_number() over (partition by p->>'part', p->>'label') as k, p->>'part' as part, n
			from jsonb_array_elements(is_now->'paragraphs') with ordinality x(p, n))
	select coalesce(jsonb_agg(jsonb_build_object('label', coalesce(a.label, b.label), 'was', a.text, 'now', b.text) order by coalesce(a.n, b.n)), '[]')
	from a full join b using (part, label, k)
	where a.text is distinct from b.text
$$;

-- Spreads a reading over the tables of paragraphs and clauses, and names each clause that asks something.
create or replace function mandate.reading_store(resolution mandate.resolution) returns void language plpgsql as $$
begin
	delete from mandate.paragraph p where p.resolution_id = resolution.id;
	insert into mandate.paragraph (resolution_id, n, part, label, speaker, text, starts_at, ends_at, nested)
	select resolution.id, x.n, x.p->>'part', x.p->>'label', coalesce(nullif(x.p->>'speaker', ''), case when coalesce((x.p->>'nest')::int, 0) = 0 then resolution.body end, ''), x.p->>'text',
		(x.p->>'start')::int, (x.p->>'end')::int,
		coalesce((x.p->>'nest')::int, 0) > 0
	from jsonb_array_elements(resolution.reading->'paragraphs') with ordinality x(p, n);

	insert into mandate.clause (resolution_id, paragraph_n, n, verb, lemma, class, force, kind, addressees, action,
		conditions, deadline, vehicle, confidence, tracked)
	select resolution.id, x.n, c.n, c.c->>'verb', c.c->>'lemma', c.c->>'class', c.c->>'force', c.c->>'kind',
		mandate.addressees_filled(coalesce(c.c->'addressees', '[]')), c.c->>'action', coalesce(c.c->'conditions', '[]'),
		nullif(c.c->'deadline', 'null'), c.c->>'vehicle', coalesce((c.c->>'confidence')::numeric, 1),
		coalesce((c.c->>'obligation')::boolean, c.c->>'class' = 'directive')
	from jsonb_array_elements(resolution.reading->'paragraphs') with ordinality x(p, n),
		jsonb_array_elements(x.p->'clauses') with ordinality c(c, n)
	where x.p->>'part' = 'operative';

	perform mandate.reading_refer(resolution.id, resolution.symbol);
end
$$;

-- What references call a resolution's operative paragraphs: the label; one that stands twice (parts A and B,
-- lost numbers) gets ~2 the second time, a draft's own label that its frame has too, "draft-". Corrections
-- do not change it: what counts is which paragraphs asked something as they were read.
create or replace function mandate.paragraph_names(resolution int) returns table (n int, name text) language sql stable as $$
	-- The frame's labels as an array: a correlated lookup is hashed over all resolutions.
	with labelled as (
		select p.n, case when p.nested and coalesce(p.label, '0') = any (array(select coalesce(q.label, '0')
				from mandate.paragraph q join mandate.clause d on d.resolution_id = resolution and d.paragraph_n = q.n
				where q.resolution_id = resolution and not q.nested and q.part = 'operative' and d.origin = 'read'
					and coalesce((d.as_read->>'tracked')::boolean, d.tracked)))
			then 'draft-' else '' end || coalesce(nullif(p.label, ''), '0') as label
		from mandate.paragraph p where p.resolution_id = resolution and p.part = 'operative')
	select l.n, l.label || case when row_number() over (partition by l.label order by l.n) > 1
		then '~' || row_number() over (partition by l.label order by l.n) else '' end from labelled l
$$;

-- References: SYMBOL:NAME, with .N where a paragraph has several. Where an obligation has one already they all
-- stay, and what is new gets the next number.
create or replace function mandate.reading_refer(resolution int, symbol text) returns void language plpgsql as $$
begin
	with named as (select * from mandate.paragraph_names(resolution)),
	-- As an array, for the same reason as the frame's labels.
	settled as (
		select c.paragraph_n, max(coalesce(substring(substr(c.reference, length(symbol || ':' || t.name) + 1) from '\d+')::int, 1)) as last
		from mandate.clause c join named t on t.n = c.paragraph_n
		where c.resolution_id = resolution and c.paragraph_n = any (array(select d.paragraph_n from mandate.clause d
			join mandate.reference f on f.reference = d.reference where d.resolution_id = resolution))
		group by c.paragraph_n),
	numbered as (
		select c.paragraph_n, c.n, t.name || case when s.last is not null or count(*) over p > 1
			then '.' || coalesce(s.last, 0) + row_number() over (p order by c.n) else '' end as ending
		from mandate.clause c join named t on t.n = c.paragraph_n left join settled s on s.paragraph_n = c.paragraph_n
		where c.resolution_id = resolution and c.tracked and (s.last is null or c.reference is null)
		window p as (partition by c.paragraph_n))
	update mandate.clause c set reference = symbol || ':' || x.ending
	from numbered x
	where c.resolution_id = resolution and c.paragraph_n = x.paragraph_n and c.n = x.n;
end
$$;

-- The state that a clause begins its life with.
create or replace function mandate.clause_state(r mandate.resolution, p mandate.paragraph, c mandate.clause) returns jsonb
language plpgsql stable as $$
declare
	w record;
	live boolean := not p.nested;
	status text := case
		when coalesce(c.deadline->>'type', 'none') in ('none', 'soft')
			and (c.kind in ('cooperation', 'contribution', 'resources', 'assistance') or c.action ~* '^(to )?continue')
		then 'continuing' else 'not_started' end;
begin
	c.deadline := mandate.deadline_spoken(c.deadline, p.speaker);
	select * into w from mandate.occurrence_window(c.deadline, r.adopted_on, 1);
	return jsonb_build_object('reference', c.reference, 'resolution_id', r.id, 'position', p.n * 1000 + c.n, 'live', live,
		'paragraph', coalesce(p.label, '0'), 'clause', c.n, 'speaker', p.speaker, 'text', p.text, 'verb', c.verb,
		'lemma', c.lemma, 'class', c.class, 'force', c.force, 'kind', c.kind, 'addressees', c.addressees,
		'action', c.action, 'conditions', c.conditions, 'vehicle', c.vehicle, 'deadline', c.deadline,
		'confidence', c.confidence, 'clearance', 'draft',
		'occurrence', case when mandate.deadline_recurs(c.deadline) then 1 end) || jsonb_build_object(
		'status', status, 'status_since', coalesce(r.adopted_on, mandate.today())) || to_jsonb(w)
		|| mandate.clause_fund(c, p) || mandate.clause_treaty(c, p);
end
$$;

-- Makes an obligation of every tracked clause that has none yet; says which.
create or replace function mandate.resolution_track(r mandate.resolution, officer mandate.officer, key text) returns jsonb
language plpgsql as $$
declare
	x record;
	fresh int;
begin
	for x in select c as clause, p as paragraph from mandate.clause c
		join mandate.paragraph p on p.resolution_id = c.resolution_id and p.n = c.paragraph_n
		where c.resolution_id = r.id and c.tracked and c.dropped_reason is null
			and not exists (select from mandate.reference f where f.reference = c.reference)
			-- What an adopted draft asks is followed by the text that was adopted.
			and not (p.nested and exists (select from mandate.resolution a where a.drafted_in = r.id))
		order by c.paragraph_n, c.n
	loop
		insert into mandate.obligation default values returning id into fresh;
		perform mandate.append(fresh, 'created', mandate.clause_state(r, x.paragraph, x.clause),
			'confirmed from the reading of ' || r.symbol || case when (x.clause).corrected_at is null then '' else '; ' || mandate.clause_corrected(x.clause) end,
			jsonb_build_array(r.symbol), coalesce(r.adopted_on, mandate.today()), officer.id, key);
		if (x.clause).owner is not null then
			perform mandate.append(fresh, 'assignment', jsonb_build_object('owner', (x.clause).owner),
				'assigned when the reading was confirmed', '[]', mandate.today(), officer.id, key);
		end if;
	end loop;
	return coalesce((select jsonb_agg(o.reference order by o.position) from mandate.obligation o where o.resolution_id = r.id), '[]');
end
$$;

-- What is given with a text and is not what is kept of it: {} for nothing.
create or replace function mandate.head_difference(r mandate.resolution, request jsonb) returns jsonb language sql immutable as $$
	select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each_text(request) e
	where e.key in ('adopted_on', 'body', 'title', 'language') and e.value is distinct from to_jsonb(r)->>e.key
$$;

-- The obligations of a reading whose deadline counts from the adoption, of which the day is not known.
create or replace function mandate.undated_clauses(r mandate.resolution) returns text[] language sql stable as $$
	select array_agg(split_part(c.reference, ':', 2) order by c.paragraph_n, c.n)
	from mandate.clause c join mandate.paragraph p on p.resolution_id = c.resolution_id and p.n = c.paragraph_n
	cross join lateral mandate.deadline_spoken(c.deadline, p.speaker) d
	where r.adopted_on is null and c.resolution_id = r.id and c.tracked and c.deadline is not null and not p.nested
		and (mandate.occurrence_window(d, null, 1)).due_on is null and (mandate.occurrence_window(d, mandate.today(), 1)).due_on is not null
$$;

-- What a text does not say of itself, what does not come about for that, and how it is said.
create or replace function mandate.head_warnings(r mandate.resolution) returns jsonb language sql stable as $$
	select jsonb_agg(w) from (
		select format('the text does not say when it was adopted, so the record of what it asks begins today%s; say when with: mandate import FILE --symbol %s --adopted DATE',
			coalesce((select format(', and the deadline%s of paragraph%s %s cannot be computed', left('s', cardinality(u) - 1), left('s', cardinality(u) - 1),
				array_to_string(u, ', ')) from mandate.undated_clauses(r) u where cardinality(u) > 0), ''), r.symbol) as w
		where r.adopted_on is null
		union all
		select format('the text does not say whose it is, so that "at its next session" is of no known body; say it with: mandate import FILE --symbol %s --body BODY', r.symbol)
		where coalesce(r.body, '') = '') x
$$;

-- An import's answer, the same the first time and when the text is there already.
create or replace function mandate.import_answer(r mandate.resolution, already boolean) returns jsonb language sql stable as $$
	select jsonb_build_object('symbol', r.symbol, 'title', r.title, 'body', r.body, 'state', r.state, 'version', r.version,
		'adopted_on', r.adopted_on, 'already', already, 'confirmed', r.confirmed_at is not null,
		'paragraphs', (select count(*) from mandate.paragraph p where p.resolution_id = r.id and p.part = 'operative'),
		'clauses', (select count(*) from mandate.clause c where c.resolution_id = r.id),
		'obligations', (select count(*) from mandate.clause c where c.resolution_id = r.id and c.tracked),
		'warnings', coalesce((select jsonb_agg(w->'message') from jsonb_array_elements(r.reading->'warnings') w), '[]')
			|| coalesce(mandate.head_warnings(r), '[]')
			|| case when already then '[]' else coalesce((select jsonb_agg(format('its draft was adopted as %s: what it asks is followed there, '
				'by that text; a new one comes in its place with: mandate import FILE --symbol %s --replace', a.symbol, a.symbol))
				from mandate.resolution a where a.drafted_in = r.id), '[]') end)
$$;

-- A resolution's obligations follow the clauses of its text; one whose clause is not there is overtaken, for that reason.
create or replace function mandate.obligations_follow(r mandate.resolution, officer mandate.officer, why text, key text) returns void
language plpgsql as $$
declare
	x record;
	state jsonb;
begin
	for x in select o as obligation, c as clause, p as paragraph from mandate.obligation o
		left join mandate.clause c on c.resolution_id = r.id and c.tracked
			and c.reference in (select f.reference from mandate.reference f where f.obligation_id in (o.id, o.series))
		left join mandate.paragraph p on p.resolution_id = r.id and p.n = c.paragraph_n
		where o.resolution_id = r.id
	loop
		if (x.clause).resolution_id is not null then
			select jsonb_object_agg(e.key, e.value) into state from jsonb_each(mandate.clause_state(r, x.paragraph, x.clause)) e
			where case when (x.obligation).confidence is null then mandate.row_follows(x.obligation, e.key)
				else e.key in ('text', 'verb', 'lemma', 'class', 'force', 'kind', 'addressees', 'action', 'conditions', 'vehicle', 'deadline', 'confidence', 'position') end
				and e.value is distinct from to_jsonb(x.obligation)->e.key;
			if state is not null then
				-- What came from a row has had these words from its beginning; what was said since stands.
				perform mandate.append((x.obligation).id, 'edit', state, why, '[]',
					case when (x.obligation).confidence is null then mandate.record_begin((x.obligation).id) else mandate.today() end, officer.id, key);
			end if;
			perform mandate.deadline_move(mandate.obligation_find((x.obligation).id, null, null), officer.id,
				case when state ? 'deadline' then 'its deadline reads otherwise' else why end, key);
		elsif (x.obligation).confidence is null then
			perform mandate.append((x.obligation).id, 'note', '{}', format('the text of %s came in the place of its rows and has no operative paragraph %s',
				r.symbol, (x.obligation).paragraph), '[]', mandate.today(), officer.id, key);
		elsif not mandate.status_is_done((x.obligation).status) then
			perform mandate.append((x.obligation).id, 'status', jsonb_build_object('status', 'overtaken', 'status_since', mandate.today()),
				why || ' and does not have this clause', '[]', mandate.today(), officer.id, key);
		end if;
	end loop;
end
$$;

-- A new text under a symbol: the old one is kept, and obligations follow their clauses.
create or replace function mandate.resolution_replace(r mandate.resolution, officer mandate.officer, text text, reading jsonb, key text)
returns mandate.resolution language plpgsql as $$
declare
	head jsonb := reading->'resolution';
	kept jsonb := mandate.corrections_kept(r);
	why text := case when r.text = resolution_replace.text then format('%s is read anew with what was given', r.symbol)
		else format('the text of %s was replaced', r.symbol) end;
begin
	insert into mandate.resolution_version values (r.id, r.version, r.text, r.reading, officer.id, mandate.now());
	update mandate.resolution z set text = resolution_replace.text, text_hash = sha256(convert_to(resolution_replace.text, 'UTF8')),
		reading = resolution_replace.reading, version = z.version + 1,
		title = coalesce(head->>'title', z.title), body = coalesce(nullif(head->>'body', ''), z.body),
		adopted_on = coalesce((head->>'adopted_on')::date, z.adopted_on), language = coalesce(nullif(head->>'language', ''), z.language),
		proposes_body = coalesce(head->'proposes'->>'body', z.proposes_body)
	where z.id = r.id returning * into r;
	perform mandate.reading_store(r);
	perform mandate.corrections_carry(r, kept);
	perform mandate.rows_join(r);
	perform mandate.obligations_follow(r, officer, why, key);
	return r;
end
$$;

create or replace function mandate.resolution_insert(officer mandate.officer, given_symbol text, source text, reading jsonb)
returns mandate.resolution language plpgsql as $$
declare
	head jsonb := reading->'resolution';
	r mandate.resolution;
begin
	insert into mandate.resolution (symbol, body, title, adopted_on, session, language, state, proposes_body, text,
		text_hash, reading, imported_by, imported_at)
	values (given_symbol, nullif(head->>'body', ''), head->>'title', (head->>'adopted_on')::date, head->>'session', nullif(head->>'language', ''),
		coalesce(head->>'state', 'adopted'), head->'proposes'->>'body', source,
		sha256(convert_to(source, 'UTF8')), reading, officer.id, mandate.now())
	returning * into r;
	perform mandate.reading_store(r);
	return r;
end
$$;

-- POST /v1/resolutions. The daemon has read the text; request.reading is what it found.
create or replace function api.resolution_import(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'resolution_import', request - 'reading') end;
	given text := coalesce(nullif(request->>'symbol', ''), request->'reading'->'resolution'->>'symbol');
	r mandate.resolution;
	there boolean;
	otherwise jsonb;
begin
	if answer is not null then
		return answer;
	end if;
	if given is null then
		perform mandate.refuse(422, 'no_symbol', 'the text does not say its symbol; give it with --symbol, for example --symbol E/RES/2004/23');
	end if;
	begin
		perform pg_advisory_xact_lock(hashtext('resolution ' || upper(given)));
		select * into r from mandate.resolution x where upper(x.symbol) = upper(given);
		there := found;
		if not there then
			r := mandate.resolution_insert(officer, given, request->>'text', request->'reading');
		else
			otherwise := mandate.head_difference(r, request);
		end if;
		if there and r.text_hash <> sha256(convert_to(request->>'text', 'UTF8')) or otherwise <> '{}' then
			if coalesce((request->>'replace')::boolean, false) then
				null;
			elsif r.text_hash <> sha256(convert_to(request->>'text', 'UTF8')) then
				perform mandate.refuse(409, 'text_differs', format(
					'%s is here already with another text; --replace puts this one in its place and keeps the old one', r.symbol),
					jsonb_build_object('difference', mandate.reading_difference(r.reading, request->'reading')));
			-- What was not known is filled in; what was is only changed when that is said.
			elsif exists (select from jsonb_object_keys(otherwise) k where coalesce(to_jsonb(r)->>k, '') <> '') then
				perform mandate.refuse(409, 'text_differs', (select format('%s is here already with the %s %s, not %s; --replace puts that in its place and keeps the old reading',
					r.symbol, case k when 'adopted_on' then 'day of adoption' else k end, to_jsonb(r)->>k, otherwise->>k)
					from jsonb_object_keys(otherwise) k where coalesce(to_jsonb(r)->>k, '') <> '' limit 1));
			end if;
			r := mandate.resolution_replace(r, officer, request->>'text', request->'reading', request->>'key');
			there := false;
		end if;
		if coalesce((request->>'confirm')::boolean, false) or r.confirmed_at is not null then
			perform mandate.resolution_track(r, officer, request->>'key');
			update mandate.resolution x set confirmed_by = coalesce(x.confirmed_by, officer.id),
				confirmed_at = coalesce(x.confirmed_at, mandate.now())
			where x.id = r.id returning * into r;
		end if;
		answer := mandate.import_answer(r, there);
		if dry then
			-- Taken back; not MD000, which would catch every MD code as its class.
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

create or replace function mandate.resolution_row(r mandate.resolution) returns jsonb language sql stable as $$
	select jsonb_build_object('symbol', r.symbol, 'title', r.title, 'body', r.body, 'state', r.state,
		'adopted_on', r.adopted_on, 'language', r.language, 'version', r.version,
		'confirmed', r.confirmed_at is not null,
		'proposes', case when r.proposes_body is not null then jsonb_build_object('body', r.proposes_body) end,
		'becomes', (select x.symbol from mandate.resolution x where x.drafted_in = r.id),
		'obligations', (select count(*) from mandate.obligation o where o.resolution_id = r.id),
		'open', (select count(*) from mandate.obligation o where o.resolution_id = r.id and not mandate.status_is_done(o.status)))
$$;

create or replace function api.resolution_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	size int := coalesce((request->>'limit')::int, 1000);
	symbols text[];
begin
	perform mandate.caller_require(caller, 'viewer');
	-- A page begins after the last symbol of the one before.
	symbols := array(select r.symbol from mandate.resolution r where r.symbol > coalesce(request->>'after', '') order by r.symbol limit size + 1);
	return jsonb_build_object('rows', coalesce((
		select jsonb_agg(mandate.resolution_row(r) order by r.symbol) from mandate.resolution r where r.symbol = any (symbols[:size])), '[]'),
		'total', (select count(*) from mandate.resolution), 'next', symbols[case when cardinality(symbols) > size then size end]);
end
$$;

create or replace function api.resolution_show(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	r mandate.resolution;
begin
	perform mandate.caller_require(caller, 'viewer');
	r := mandate.resolution_find(request->>'symbol');
	return mandate.resolution_row(r) || jsonb_build_object('lineage', mandate.lineage(r.id),
		'confirmed_by', (select mandate.officer_short(o.login) from mandate.officer o where o.id = r.confirmed_by),
		'confirmed_at', mandate.time_text(r.confirmed_at),
		'paragraphs', mandate.paragraphs_json(r));
end
$$;

-- The adopted text becomes a resolution of its own, and the draft's obligations move to it.
create or replace function mandate.resolution_branch(draft mandate.resolution, officer mandate.officer, as_symbol text, adopted date)
returns mandate.resolution language plpgsql as $$
declare
	r mandate.resolution;
	source text;
begin
	select string_agg(case when p.label is null then '' else p.label || '. ' end || p.text, E'\n\n' order by p.n) into source
	from mandate.paragraph p where p.resolution_id = draft.id and p.nested;
	insert into mandate.resolution (symbol, body, title, adopted_on, language, state, drafted_in, text, text_hash, reading,
		imported_by, imported_at, confirmed_by, confirmed_at)
	values (as_symbol, draft.proposes_body, draft.title, adopted, draft.language, 'adopted', draft.id, source,
		sha256(convert_to(source, 'UTF8')),
		jsonb_build_object('resolution', draft.reading->'resolution', 'paragraphs', coalesce((select jsonb_agg(x.p order by x.n)
			from jsonb_array_elements(draft.reading->'paragraphs') with ordinality x(p, n)
			join mandate.paragraph q on q.resolution_id = draft.id and q.n = x.n and q.nested), '[]'), 'warnings', '[]'::jsonb),
		officer.id, mandate.now(), draft.confirmed_by, draft.confirmed_at)
	returning * into r;
	perform mandate.reading_store(r);
	perform mandate.corrections_carry(r, mandate.corrections_kept(draft));
	return r;
end
$$;

-- The adopted text was imported by itself before its adoption was recorded here: it becomes what the draft became.
create or replace function mandate.resolution_link(draft mandate.resolution, r mandate.resolution, adopted date)
returns mandate.resolution language plpgsql as $$
begin
	if r.id = draft.id or r.drafted_in is not null or r.state <> 'adopted' or r.body <> draft.proposes_body then
		perform mandate.refuse(409, 'symbol_taken', format('%s is here already as another resolution%s', r.symbol,
			coalesce((select ', the draft of ' || d.symbol from mandate.resolution d where d.id = r.drafted_in),
				case when r.body <> draft.proposes_body then format(', of the %s; the draft is put before the %s', mandate.body_name(r.body),
					mandate.body_name(draft.proposes_body)) end, '')));
	elsif r.adopted_on <> adopted then
		perform mandate.refuse(409, 'bad_date', format('%s is here already and says that it was adopted on %s, not on %s', r.symbol,
			mandate.date_text(r.adopted_on), mandate.date_text(adopted)));
	end if;
	update mandate.resolution x set drafted_in = draft.id, adopted_on = adopted where x.id = r.id returning * into r;
	return r;
end
$$;

-- What the draft asked lives on under the adopted symbol. What is followed there already, since that text was imported
-- by itself, is not followed twice.
create or replace function mandate.obligations_move(draft mandate.resolution, r mandate.resolution, officer mandate.officer, adopted date,
	note text, key text) returns jsonb language plpgsql as $$
declare
	o mandate.obligation;
	moved jsonb := '[]';
	became text;
begin
	for o in select x.* from mandate.obligation x where x.resolution_id = draft.id and not x.live order by x.position for update loop
		became := r.symbol || ':' || regexp_replace(substr(o.reference, length(draft.symbol) + 2), '^draft-', '');
		if exists (select from mandate.reference f where f.reference = became) then
			continue when mandate.status_is_done(o.status);
			perform mandate.append(o.id, 'status', jsonb_build_object('status', 'overtaken', 'status_since', greatest(adopted, o.last_effective)),
				format('adopted as %s on %s; it is followed as %s', r.symbol, mandate.date_text(adopted), became),
				jsonb_build_array(r.symbol), greatest(adopted, o.last_effective), officer.id, key);
		else
			perform mandate.append(o.id, 'adopted', jsonb_build_object('reference', became, 'resolution_id', r.id, 'live', true) || mandate.adopted_window(o, r),
				coalesce(note, format('adopted as %s on %s', r.symbol, mandate.date_text(adopted))),
				jsonb_build_array(r.symbol), greatest(adopted, mandate.record_begin(o.id)), officer.id, key);
		end if;
		moved := moved || jsonb_build_object('was', o.reference, 'is', became);
	end loop;
	return moved;
end
$$;

-- The request to adopt is answered.
create or replace function mandate.adoption_answered(draft mandate.resolution, r mandate.resolution, officer mandate.officer, adopted date, key text)
returns void language plpgsql as $$
declare
	o mandate.obligation;
begin
	for o in select x.* from mandate.obligation x where x.resolution_id = draft.id and x.live and x.kind = 'adoption'
		and not mandate.status_is_done(x.status) for update
	loop
		perform mandate.append(o.id, 'status', jsonb_build_object('status', 'implemented', 'status_since', adopted),
			format('adopted as %s on %s', r.symbol, mandate.date_text(adopted)), jsonb_build_array(r.symbol),
			adopted, officer.id, key);
	end loop;
end
$$;

create or replace function api.resolution_adopt(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'resolution_adopt', request);
	adopted date := mandate.effective_date(request, 'on');
	draft mandate.resolution;
	r mandate.resolution;
	there boolean;
	moved jsonb;
begin
	if answer is not null then
		return answer;
	end if;
	-- Nobody else imports or adopts something under that symbol meanwhile.
	perform pg_advisory_xact_lock(hashtext('resolution ' || upper(request->>'as')));
	draft := mandate.resolution_find(request->>'symbol');
	perform 1 from mandate.resolution x where x.id = draft.id for update;
	if draft.proposes_body is null then
		perform mandate.refuse(422, 'no_draft', format('%s proposes no draft to another body; there is nothing to adopt', draft.symbol));
	elsif draft.confirmed_at is null then
		perform mandate.refuse(422, 'not_confirmed', format('the reading of %s is not confirmed yet: mandate resolution confirm %s', draft.symbol, draft.symbol));
	elsif adopted < draft.adopted_on then
		perform mandate.refuse(422, 'bad_date', format('the draft is of %s; it cannot have been adopted on %s',
			mandate.date_text(draft.adopted_on), mandate.date_text(adopted)));
	end if;
	select * into r from mandate.resolution x where x.drafted_in = draft.id;
	if found then
		if upper(r.symbol) <> upper(request->>'as') or r.adopted_on <> adopted then
			perform mandate.refuse(409, 'already_adopted', format('the draft in %s was adopted as %s on %s',
				draft.symbol, r.symbol, mandate.date_text(r.adopted_on)));
		end if;
		return mandate.request_end(officer, request, jsonb_build_object('symbol', r.symbol, 'from', draft.symbol, 'already', true,
			'obligations', coalesce((select jsonb_agg(jsonb_build_object('was', draft.symbol || ':' || split_part(x.reference, ':', 2), 'is', x.reference) order by x.position)
				from mandate.obligation x where x.resolution_id = r.id), '[]')));
	end if;
	select * into r from mandate.resolution x where upper(x.symbol) = upper(request->>'as');
	there := found;
	r := case when there then mandate.resolution_link(draft, r, adopted)
		else mandate.resolution_branch(draft, officer, request->>'as', adopted) end;
	moved := mandate.obligations_move(draft, r, officer, adopted, request->>'note', request->>'key');
	if there then
		perform mandate.obligations_follow(r, officer, format('%s was adopted as %s', draft.symbol, r.symbol), request->>'key');
	end if;
	perform mandate.adoption_answered(draft, r, officer, adopted, request->>'key');
	return mandate.request_end(officer, request,
		jsonb_build_object('symbol', r.symbol, 'from', draft.symbol, 'obligations', moved, 'already', false));
end
$$;
