-- What parties do about treaties: one act, or a file of them. Every fault of every row is found before one is written.
set role mandate_owner;

-- An action by its name, or by the letter of the depositary's tables, where a and A are not the same.
create or replace function mandate.treaty_action_of(given text) returns text language sql immutable as $$
	select coalesce(
		case given when 's' then 'signature' when 'r' then 'ratification' when 'A' then 'acceptance' when 'AA' then 'approval'
			when 'a' then 'accession' when 'd' then 'succession' when 'c' then 'confirmation' end,
		case when lower(given) in ('signature', 'withdrawal') or mandate.is_consent(lower(given)) then lower(given) end)
$$;

-- A participant by name, or what is wrong with the name.
create or replace function mandate.treaty_party(given text, out code text, out name text, out is_state boolean, out fault text)
language plpgsql stable as $$
begin
	select p.code, p.name, p.is_state into code, name, is_state from mandate.party_find(given) p;
exception when sqlstate 'MD404' then
	fault := sqlerrm;
end
$$;

-- Rows {"line", "treaty", "participant", "action", "date", "evidence", "note"} with what they mean and what is wrong with
-- them: {"line", "treaty", "party", "is_state", "action", "day", "already", "fault", "column", "warning", …}. Each is
-- looked at as it would stand among the acts that are there and those of the other rows.
create or replace function mandate.treaty_prepare(rows jsonb) returns table (line int, treaty text, party text, is_state boolean, action text,
	day date, evidence jsonb, note text, already boolean, col text, given text, fault text, warning text)
language sql stable as $$
	with row as materialized (
		select r.line, r.treaty as treaty_given, r.participant, r.action as action_given, r.date as date_given, r.note,
			case when r.evidence is null then '[]'::jsonb else to_jsonb(string_to_array(r.evidence, '|')) end as evidence
		from jsonb_to_recordset(rows) r (line int, treaty text, participant text, action text, date text, evidence text, note text)),
	who as materialized (
		select w.participant, p.* from (select distinct row.participant from row where row.participant is not null) w
		cross join lateral mandate.treaty_party(w.participant) p),
	what as materialized (
		select w.treaty_given, t.* from (select distinct row.treaty_given from row) w
		left join mandate.treaty t on t.code = mandate.treaty_code(w.treaty_given)),
	meant as materialized (
		select row.*, t as treaty, t.code, w.code as party, w.is_state, w.fault as party_fault,
			mandate.treaty_action_of(row.action_given) as action, mandate.row_date(row.date_given) as day
		from row left join who w on w.participant = row.participant left join what t on t.treaty_given is not distinct from row.treaty_given),
	bound as materialized (
		select l.code, e.party, min(e.effective_on) as day
		from mandate.ledger l cross join lateral mandate.ledger_entries(l.code) e
		where l.code in (select (m.treaty).parent from meant m) and mandate.is_consent(e.action) group by l.code, e.party),
	acts as (
		select e.ledger as code, e.party, e.action, e.effective_on as day, 0 as line
		from mandate.ledger l cross join lateral mandate.ledger_entries(l.code) e
		where l.code in (select m.code from meant m)
		union all
		select m.code, m.party, m.action, m.day, m.line from meant m where m.code is not null and m.party is not null and m.action is not null and m.day is not null),
	-- The same act twice counts once.
	once as (
		select a.*, row_number() over (partition by a.code, a.party, a.action, a.day order by a.line) as copy from acts a),
	story as materialized (
		select o.code, o.party, o.action, o.day, o.line, o.copy,
			count(*) filter (where mandate.is_consent(o.action) and o.copy = 1) over before_it
				- count(*) filter (where o.action = 'withdrawal' and o.copy = 1) over before_it as bound,
			count(*) filter (where o.action = 'signature' and o.copy = 1) over before_it as signed
		from once o
		window before_it as (partition by o.code, o.party order by o.day, case o.action when 'signature' then 0 when 'withdrawal' then 2 else 1 end, o.line
			rows between unbounded preceding and 1 preceding))
	select m.line, m.code, m.party, m.is_state, m.action, m.day, m.evidence, m.note, coalesce(s.copy > 1, false),
		f.col, f.given, f.fault,
		case when f.fault is null and mandate.is_consent(m.action) and (m.treaty).parent is not null and not exists (
				select from bound b where b.code = (m.treaty).parent and b.party = m.party and b.day <= m.day)
				and not exists (select from meant x where x.code = (m.treaty).parent and x.party = m.party and mandate.is_consent(x.action) and x.day <= m.day)
			then format('%s is not a party to %s by then; it is bound by a protocol only when it is', m.participant, (m.treaty).parent)
			when f.fault is null and m.action = 'ratification' and coalesce(s.signed, 0) = 0
			then format('%s has not signed; who joins without a signature accedes', m.participant) end
	from meant m
	left join story s on s.line = m.line
	left join lateral (
		select x.col, x.given, x.fault from (values
			(1, 'treaty', m.treaty_given, case when m.code is null then mandate.treaty_missing(coalesce(m.treaty_given, '')) end),
			(2, 'participant', m.participant, case when m.participant is null then 'it is missing' else m.party_fault end),
			(3, 'action', m.action_given, case when m.action is null then
				'it is one of signature, ratification, acceptance, approval, accession, succession, confirmation, withdrawal' end),
			(4, 'date', m.date_given, case when m.day is null then 'it is not a date; write it as YYYY-MM-DD'
				when m.day > mandate.today() then format('%s is in the future', mandate.date_text(m.day))
				when m.day < (m.treaty).adopted_on then format('%s was adopted on %s only', m.code, mandate.date_text((m.treaty).adopted_on))
				when m.action = 'signature' and m.day < (m.treaty).open_from then format('%s is open for signature from %s', m.code, mandate.date_text((m.treaty).open_from))
				when m.action = 'signature' and m.day > (m.treaty).open_until then format('%s was open for signature until %s; who joins later accedes', m.code, mandate.date_text((m.treaty).open_until)) end),
			(5, 'action', m.action_given, case when s.copy = 1 and mandate.is_consent(m.action) and s.bound > 0 then format('%s has joined %s already; mandate treaty log %s %s', m.participant, m.code, m.code, m.party)
				when s.copy = 1 and m.action = 'signature' and s.bound > 0 then format('%s had joined %s by then; who has joined does not sign', m.participant, m.code)
				when s.copy = 1 and m.action = 'withdrawal' and s.bound < 1 then format('%s is not a party to %s by then, so it cannot withdraw', m.participant, m.code) end)
			) x(rank, col, given, fault)
		where x.fault is not null order by x.rank limit 1) f on true
$$;

-- Writes what is new of rows that were prepared; in the order of their days, so that books read well.
create or replace function mandate.treaty_write(officer mandate.officer, rows jsonb, key text) returns int language sql as $$
	with fresh as (
		insert into mandate.entry (ledger, n, action, party, content, note, evidence, effective_on, recorded_at, officer_id, key, previous_hash, hash)
		select p.treaty, 0, p.action, p.party, jsonb_build_object('is_state', p.is_state), coalesce(p.note, ''), p.evidence, p.day, 'epoch', officer.id, key, '\x', '\x'
		from mandate.treaty_prepare(rows) p where not p.already
		order by p.treaty, p.day, p.line
		returning 1)
	select count(*)::int from fresh
$$;

create or replace function api.treaty_action(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'treaty_action', request);
	t mandate.treaty;
	p record;
	rows jsonb;
begin
	if answer is not null then
		return answer;
	end if;
	t := mandate.treaty_find(request->>'treaty');
	perform from mandate.ledger l where l.code = t.code for update;
	rows := jsonb_build_array(jsonb_build_object('line', 1, 'treaty', t.code, 'participant', request->>'party', 'action', request->>'action',
		'date', coalesce(request->>'on', mandate.today()::text), 'note', request->>'note',
		'evidence', (select string_agg(e, '|') from jsonb_array_elements_text(coalesce(request->'evidence', '[]')) e)));
	select * into p from mandate.treaty_prepare(rows);
	if p.col = 'participant' then
		perform mandate.refuse(404, 'no_party', p.fault);
	elsif p.fault is not null then
		perform mandate.refuse(case when p.fault like '%already%' then 409 else 422 end, case when p.col = 'date' then 'bad_date'
				when p.action is null then 'bad_value' else 'bad_action' end,
			case p.col when 'action' then p.fault else format('%s: %s', p.col, p.fault) end);
	end if;
	perform mandate.treaty_write(officer, rows, request->>'key');
	return mandate.request_end(officer, request, jsonb_build_object('treaty', t.code, 'party', p.party, 'name', mandate.party_name_of(p.party),
		'action', p.action, 'on', p.day, 'already', p.already, 'warnings', case when p.warning is null then '[]' else jsonb_build_array(p.warning) end,
		'status', (select to_jsonb(b) from mandate.treaty_book(t, null, null) b where b.party = p.party))
		|| mandate.treaty_figures(t, null, null));
end
$$;

create or replace function api.treaty_import(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'treaty_import', request) end;
	rows jsonb := mandate.rows_given(request);
	many int := jsonb_array_length(rows);
	added int;
	found record;
begin
	if answer is not null then
		return answer;
	end if;
	if request ? 'treaty' then
		rows := (select coalesce(jsonb_agg(jsonb_build_object('treaty', (mandate.treaty_find(request->>'treaty')).code) || r), '[]') from jsonb_array_elements(rows) r);
	end if;
	-- Two imports of one book follow each other.
	perform from mandate.ledger l where l.kind = 'treaty' order by l.code for update;
	select coalesce(jsonb_agg(mandate.row_fault(p.line, p.col, p.given, p.fault) order by p.line) filter (where p.fault is not null), '[]') as faults,
		coalesce(jsonb_agg(format('line %s: %s', p.line, p.warning) order by p.line) filter (where p.warning is not null and not p.already), '[]') as warnings,
		count(*) filter (where p.already) as already
	into found from mandate.treaty_prepare(rows) p;
	perform mandate.rows_require(found.faults, many);
	begin
		added := mandate.treaty_write(officer, rows, request->>'key');
		answer := jsonb_build_object('rows', many, 'added', added, 'already', found.already, 'warnings', found.warnings);
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

-- A later entry that stands in the place of one that was wrong, or takes it back.
create or replace function api.treaty_correct(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'treaty_correct', request);
	t mandate.treaty;
	was mandate.entry;
	became mandate.entry;
	p record;
begin
	if answer is not null then
		return answer;
	end if;
	t := mandate.treaty_find(request->>'treaty');
	perform from mandate.ledger l where l.code = t.code for update;
	was := mandate.entry_find(t.code, (request->>'n')::int);
	if coalesce(request->>'note', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'a correction says why: add --note TEXT');
	end if;
	became := mandate.entry_append(t.code, 'void', was.party, was.content, request->>'note', coalesce(request->'evidence', '[]'), was.effective_on,
		officer.id, request->>'key', was.n);
	if not coalesce((request->>'void')::boolean, false) then
		select * into p from mandate.treaty_prepare(jsonb_build_array(jsonb_build_object('line', 1, 'treaty', t.code,
			'participant', coalesce(request->>'party', was.party), 'action', coalesce(request->>'action', was.action),
			'date', coalesce(request->>'on', was.effective_on::text))));
		if p.fault is not null or p.already then
			perform mandate.refuse(422, 'bad_action', coalesce(p.fault, 'that stands there already'));
		end if;
		became := mandate.entry_append(t.code, p.action, p.party, jsonb_build_object('is_state', p.is_state, 'instead_of', was.n), request->>'note',
			coalesce(request->'evidence', was.evidence), p.day, officer.id, request->>'key');
	end if;
	return mandate.request_end(officer, request, mandate.entry_json(became) || mandate.treaty_figures(t, null, null));
end
$$;
