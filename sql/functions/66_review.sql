-- Confirming a reading: corrections are checked before one is applied, and what the reader had said
-- stays beside what an officer made of it. The reading itself never changes.
set role mandate_owner;

-- What is wrong with a correction, at which member of the request: "corrections[3].kind".
create or replace function mandate.correction_fault(place text, given jsonb, message text) returns jsonb
language sql immutable as $$
	select jsonb_build_array(jsonb_build_object('member', place, 'value', given, 'message', message))
$$;

create or replace function mandate.word_faults(place text, given jsonb, words text[]) returns jsonb
language sql immutable as $$
	select case when given is null or (jsonb_typeof(given) = 'string' and given #>> '{}' = any (words)) then '[]'
		else mandate.correction_fault(place, given, 'it is one of ' || array_to_string(words, ', ')) end
$$;

create or replace function mandate.text_faults(place text, given jsonb, optional boolean default false) returns jsonb
language sql immutable as $$
	select case when given is null or (jsonb_typeof(given) = 'string' and btrim(given #>> '{}') <> '')
			or (optional and given = 'null') then '[]'
		else mandate.correction_fault(place, given, 'it is a text' || case when optional then ', or null for none' else ' that says something' end) end
$$;

create or replace function mandate.number_faults(place text, given jsonb, most int) returns jsonb language sql immutable as $$
	select case when given is null then '[]'
		when jsonb_typeof(given) = 'number' and given::text ~ '^\d{1,4}$' and given::int between 1 and most then '[]'
		else mandate.correction_fault(place, given, format('it is a number from 1 to %s', most)) end
$$;

create or replace function mandate.day_faults(place text, given jsonb) returns jsonb language sql immutable as $$
	select case when given is null or (jsonb_typeof(given) = 'string' and mandate.row_date(given #>> '{}') is not null) then '[]'
		else mandate.correction_fault(place, given, 'it is a date that exists, written as 2005-09-13') end
$$;

-- What each type of deadline may have beside its text, and one of the ways in which it is complete.
create or replace function mandate.deadline_members(of_type text, out may text[], out needs text[][]) language sql immutable as $$
	select m.may, m.needs from (values
		('date', array['date', 'further'], array[array['date', 'date']]),
		('session', array['body', 'session', 'year', 'next', 'resumed', 'further'], array[array['body', 'session'], array['body', 'year']]),
		('period', array['date', 'last', 'count', 'unit', 'event'], array[array['last', 'last'], array['count', 'unit']]),
		('interval', array['count', 'unit', 'event'], array[array['count', 'unit']]),
		('recurring', array['count', 'unit', 'body', 'session', 'year', 'date', 'last', 'further'], array[array['count', 'unit']]),
		('event', array['event'], array[array['event', 'event']]),
		('soft', array[]::text[], array[array['text', 'text']])) m(type, may, needs)
	where m.type = of_type
$$;

create or replace function mandate.deadline_faults(place text, given jsonb) returns jsonb language plpgsql stable as $$
declare
	rules record;
	way text[];
	complete boolean := false;
	faults jsonb;
begin
	if given is null or given = 'null' or given = '{"type": "none"}' then
		return '[]';
	elsif jsonb_typeof(given) <> 'object' then
		return mandate.correction_fault(place, given, 'it is an object such as {"type": "session", "body": "GA", "session": 60}, or null for none');
	end if;
	select * into rules from mandate.deadline_members(given->>'type');
	if rules.may is null then
		return mandate.word_faults(place || '.type', coalesce(given->'type', 'null'),
			array['date', 'session', 'period', 'interval', 'recurring', 'event', 'soft', 'none']);
	end if;
	faults := mandate.text_faults(place || '.text', given->'text') || mandate.text_faults(place || '.event', given->'event')
		|| mandate.day_faults(place || '.date', given->'date') || mandate.day_faults(place || '.last', given->'last')
		|| mandate.number_faults(place || '.session', given->'session', 9999) || mandate.number_faults(place || '.year', given->'year', 9999)
		|| mandate.number_faults(place || '.count', given->'count', 999)
		|| mandate.word_faults(place || '.unit', given->'unit', array['day', 'week', 'month', 'year']);
	if given ? 'body' and not exists (select from mandate.session s where s.body = given->>'body')
		and not exists (select from mandate.entity e where e.code = given->>'body') then
		faults := faults || mandate.correction_fault(place || '.body', given->'body', 'no such body is known; those with sessions are '
			|| coalesce((select string_agg(distinct s.body, ', ') from mandate.session s), 'none'));
	end if;
	select faults || coalesce(jsonb_agg(f), '[]') into faults
	from jsonb_object_keys(given) k, jsonb_array_elements(mandate.correction_fault(place || '.' || k, given->k,
		format('a deadline of type %s has no such member; it may have %s', given->>'type',
			array_to_string('{text}'::text[] || rules.may, ', ')))) f
	where k <> all ('{type,text,value,corrected}'::text[] || rules.may);
	foreach way slice 1 in array rules.needs loop
		complete := complete or given ?& way;
	end loop;
	if not complete then
		faults := faults || mandate.correction_fault(place, given, format('a deadline of type %s needs %s', given->>'type',
			(select string_agg(distinct case when rules.needs[i][1] = rules.needs[i][2] then rules.needs[i][1]
				else rules.needs[i][1] || ' and ' || rules.needs[i][2] end, ', or ') from generate_subscripts(rules.needs, 1) i)));
	end if;
	return faults;
end
$$;

create or replace function mandate.addressee_faults(place text, given jsonb) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(f), '[]')
	from jsonb_array_elements(case jsonb_typeof(given) when 'array' then given else '[]' end) with ordinality x(a, n),
		lateral (select place || '[' || n - 1 || ']' as place) y,
		jsonb_array_elements(case jsonb_typeof(a)
			when 'string' then mandate.text_faults(y.place, a)
			when 'object' then
				case when coalesce(a->>'text', a->>'code', '') = ''
					then mandate.correction_fault(y.place, a, 'it needs a text, as the resolution names them, or a code') else '[]' end
				|| mandate.word_faults(y.place || '.role', a->'role', array['lead', 'contributing', 'consulted'])
				|| case when a->>'code' is null or mandate.code_name(a->>'code') is not null then '[]' else mandate.correction_fault(
					y.place || '.code', a->'code', 'no entity, State or set has this code; leave it out and give the text') end
			else mandate.correction_fault(y.place, a, 'it is a text or an object with text, code and role') end) f
$$;

-- The members of a clause that a correction, a part of a split or a new clause may have.
create or replace function mandate.clause_members() returns text[] language sql immutable as $$
	select '{verb,lemma,force,class,kind,addressees,action,deadline,vehicle,conditions,owner}'::text[]
$$;

create or replace function mandate.member_faults(place text, given jsonb, others text[]) returns jsonb language plpgsql stable as $$
begin
	if jsonb_typeof(given) <> 'object' then
		return mandate.correction_fault(place, given, 'it is an object');
	end if;
	return (
		select coalesce(jsonb_agg(f), '[]') from jsonb_object_keys(given) k, jsonb_array_elements(mandate.correction_fault(
			place || '.' || k, given->k, 'there is no such member; there are ' || array_to_string(others || mandate.clause_members(), ', '))) f
		where k <> all (others || mandate.clause_members()))
		|| mandate.text_faults(place || '.verb', given->'verb') || mandate.text_faults(place || '.lemma', given->'lemma')
		|| mandate.text_faults(place || '.action', given->'action') || mandate.text_faults(place || '.vehicle', given->'vehicle', true)
		|| mandate.word_faults(place || '.force', given->'force', '{binding,request,decision,urging,encouragement,none}')
		|| case when given->>'class' is null or given->>'class' in ('directive', 'deciding') then '[]' else mandate.correction_fault(
			place || '.class', given->'class', 'it is directive or deciding; a clause that asks nothing is dropped, with the reason') end
		|| mandate.word_faults(place || '.kind', given->'kind', '{adoption,ratification,contribution,reporting,assistance,cooperation,dissemination,resources,legislation,convening,appointment,agenda,other}')
		|| mandate.deadline_faults(place || '.deadline', given->'deadline')
		|| case when coalesce(jsonb_typeof(given->'addressees'), 'array') = 'array' then mandate.addressee_faults(place || '.addressees', given->'addressees')
			else mandate.correction_fault(place || '.addressees', given->'addressees', 'it is a list') end
		|| case when coalesce(jsonb_typeof(given->'conditions'), 'array') = 'array'
				and not coalesce(jsonb_path_exists(given->'conditions', '$[*] ? (@.type() != "string")'), false) then '[]'
			else mandate.correction_fault(place || '.conditions', given->'conditions', 'it is a list of texts') end
		|| case when not given ? 'owner' or given->'owner' = 'null' or exists (select from mandate.officer o where o.login = given->>'owner' and o.active) then '[]'
			else mandate.correction_fault(place || '.owner', given->'owner', 'there is no active officer with this login; mandate officer list shows them') end;
end
$$;

-- The paragraph that a correction names: as references call it, or by its label where only one has that. 0: none; -1: several.
create or replace function mandate.paragraph_find(resolution int, given text) returns int language sql stable as $$
	select coalesce(
		(select x.n from mandate.paragraph_names(resolution) x where x.name = given),
		(select case count(*) when 0 then 0 when 1 then min(p.n) else -1 end from mandate.paragraph p
			where p.resolution_id = resolution and p.part = 'operative' and coalesce(p.label, '0') = given))
$$;

-- Whether the clause that a correction names is there and may still be corrected.
create or replace function mandate.target_faults(r mandate.resolution, place text, correction jsonb) returns jsonb
language plpgsql stable as $$
declare
	at int := mandate.paragraph_find(r.id, correction->>'paragraph');
	c mandate.clause;
	taken text;
begin
	if at <= 0 or at is null then
		return mandate.correction_fault(place || '.paragraph', correction->'paragraph', case when at = -1
			then 'several paragraphs have this label; ' else 'there is no such operative paragraph; ' end || r.symbol || ' has '
			|| coalesce((select string_agg(x.name, ', ' order by x.n) from mandate.paragraph_names(r.id) x), 'none'));
	elsif correction ? 'add' then
		return '[]';
	end if;
	select * into c from mandate.clause x where x.resolution_id = r.id and x.paragraph_n = at and to_jsonb(x.n) = correction->'clause';
	if c.n is null then
		return mandate.correction_fault(place || '.clause', correction->'clause', format('paragraph %s has no such clause; it has %s',
			correction->>'paragraph', coalesce((select string_agg(x.n::text, ', ' order by x.n) from mandate.clause x
				where x.resolution_id = r.id and x.paragraph_n = at), 'none')));
	end if;
	select o.reference into taken from mandate.reference f join mandate.obligation o on o.id = f.obligation_id where f.reference = c.reference;
	return case
		when taken is not null then mandate.correction_fault(place || '.clause', correction->'clause',
			format('it is the obligation %s already; correct that one with: mandate edit %s', taken, taken))
		when c.merged_into is not null then mandate.correction_fault(place || '.clause', correction->'clause',
			format('it was merged into clause %s', c.merged_into))
		when c.dropped_reason is not null and not correction ? 'drop' then mandate.correction_fault(place || '.clause', correction->'clause',
			format('it was dropped ("%s"); with "drop": null it is taken up again', c.dropped_reason))
		when not c.tracked and not correction ?| '{class,drop}' then mandate.correction_fault(place || '.clause', correction->'clause',
			format('it asks nothing as it was read ("%s"); with "class": "directive" it does', c.verb))
		else '[]' end;
end
$$;

-- What only some corrections have: drop, split, merge_into, add.
create or replace function mandate.shape_faults(place text, correction jsonb, of_clauses int[]) returns jsonb
language plpgsql stable as $$
declare
	faults jsonb := '[]';
	given text[] := array(select k from unnest('{drop,split,merge_into,add}'::text[]) k where correction ? k and correction->k <> 'null');
begin
	if cardinality(given) > 1 then
		return mandate.correction_fault(place, to_jsonb(given), 'a correction does one of these, not several');
	end if;
	faults := mandate.text_faults(place || '.drop', correction->'drop', true);
	if correction->'drop' = '""' then
		faults := mandate.correction_fault(place || '.drop', correction->'drop', 'dropping needs its reason');
	end if;
	if correction ? 'split' then
		if jsonb_typeof(correction->'split') <> 'array' or jsonb_array_length(correction->'split') < 2 then
			return mandate.correction_fault(place || '.split', correction->'split', 'it is a list of two or more parts');
		end if;
		faults := faults || (select coalesce(jsonb_agg(f), '[]')
			from jsonb_array_elements(correction->'split') with ordinality x(part, n), jsonb_array_elements(
				mandate.member_faults(place || '.split[' || n - 1 || ']', part, '{}') || case when part ? 'action' then '[]' else
				mandate.correction_fault(place || '.split[' || n - 1 || '].action', null, 'each part says what it asks') end) f);
	elsif correction ? 'add' then
		faults := faults || mandate.member_faults(place || '.add', correction->'add', '{}');
		if not correction->'add' ?& '{verb,action}' then
			faults := faults || mandate.correction_fault(place || '.add', correction->'add', 'a new clause needs its verb and its action, in the words of the text');
		end if;
	elsif correction ? 'merge_into' and (correction->'merge_into' = correction->'clause' or correction->'merge_into' <> all (
			array(select to_jsonb(n) from unnest(of_clauses) n))) then
		faults := faults || mandate.correction_fault(place || '.merge_into', correction->'merge_into',
			'it is the number of another clause of the same paragraph that asks something');
	end if;
	return faults;
end
$$;

-- Everything that is wrong with a list of corrections, in its order.
create or replace function mandate.corrections_faults(r mandate.resolution, corrections jsonb) returns jsonb
language plpgsql stable as $$
declare
	faults jsonb := '[]';
	seen jsonb := '{}';
	correction jsonb;
	place text;
	i int := -1;
	at int;
	target text;
begin
	for correction in select value from jsonb_array_elements(corrections) loop
		i := i + 1;
		place := format('corrections[%s]', i);
		if jsonb_typeof(correction) <> 'object' then
			faults := faults || mandate.correction_fault(place, correction, 'it is an object with paragraph and clause');
			continue;
		end if;
		at := mandate.paragraph_find(r.id, correction->>'paragraph');
		target := at || '.' || (correction->>'clause');
		if target is not null and not correction ? 'add' and seen ? target then
			faults := faults || mandate.correction_fault(place || '.clause', correction->'clause', format('the same clause as corrections[%s]; one correction says all', seen->target));
		end if;
		seen := seen || case when target is null then '{}' else jsonb_build_object(target, i) end;
		faults := faults || mandate.target_faults(r, place, correction)
			|| mandate.member_faults(place, correction, '{paragraph,clause,drop,split,merge_into,add,reason}')
			|| mandate.text_faults(place || '.reason', correction->'reason', true)
			-- What it is merged into must stay: tracked, not dropped, split or merged itself.
			|| mandate.shape_faults(place, correction, array(select c.n from mandate.clause c
				where c.resolution_id = r.id and c.paragraph_n = at and c.tracked and c.dropped_reason is null
					and not exists (select from mandate.reference f where f.reference = c.reference)
					and not exists (select from jsonb_array_elements(corrections) d
						where d->'paragraph' = correction->'paragraph' and d->'clause' = to_jsonb(c.n) and d ?| '{drop,merge_into}')));
	end loop;
	return faults;
end
$$;

create or replace function mandate.corrections_require(faults jsonb) returns void language plpgsql as $$
declare
	many int := jsonb_array_length(faults);
begin
	if many > 0 then
		perform mandate.refuse(422, 'bad_corrections', (
			select string_agg((f->>'member') || ': ' || (f->>'message'), '; ' order by n) from jsonb_array_elements(faults) with ordinality x(f, n)
			where n <= 3) || case when many > 3 then format('; and %s more', many - 3) else '' end || '; nothing was changed',
			jsonb_build_object('faults', faults));
	end if;
end
$$;

-- A deadline as an officer gives it, with the words of the text where there are any, and by whom.
create or replace function mandate.deadline_corrected(given jsonb, was jsonb, officer mandate.officer, why text) returns jsonb
language sql stable as $$
	select case when coalesce(given->>'type', 'none') <> 'none' then given
		|| jsonb_build_object('text', coalesce(given->>'text', was->>'text', v.words), 'value', coalesce(given->>'value', v.value, v.words),
			'corrected', format('the deadline was corrected by %s on %s', officer.name, mandate.date_text(mandate.today())) || coalesce(': ' || why, '')) end
	from (select case when given ? 'session' then (given->>'body') || ' ' || (given->>'session')
			when given ? 'year' then (given->>'body') || ' ' || (given->>'year')
			else coalesce(given->>'date', given->>'last') end as value,
		coalesce(case when given ? 'session' then mandate.session_name(given->>'body', (given->>'session')::int)
			when given ? 'year' then format('session of %s of the %s', given->>'year', mandate.body_name(given->>'body'))
			when given ? 'date' or given ? 'last' then mandate.date_text(coalesce(given->>'date', given->>'last')::date)
			when given ? 'count' then format('%s%s %s%s', case given->>'type' when 'recurring' then 'every ' else '' end, given->>'count', given->>'unit',
				case given->>'count' when '1' then '' else 's' end) end, given->>'event') as words) v
$$;

-- A clause with the members that a correction gives; what the reader had said of them goes into as_read.
create or replace function mandate.clause_change(c mandate.clause, given jsonb, officer mandate.officer, why text) returns mandate.clause
language plpgsql stable as $$
declare
	was jsonb := to_jsonb(c);
	change jsonb := (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(given) e where e.key = any (mandate.clause_members()));
	so jsonb;
begin
	if change ? 'verb' and not change ? 'lemma' and change->'verb' <> was->'verb' then
		change := change || jsonb_build_object('lemma', lower(change->>'verb'));
	end if;
	if change ? 'force' and not change ? 'class' and change->>'force' <> 'none' then
		change := change || jsonb_build_object('class', case change->>'force' when 'decision' then 'deciding' else 'directive' end);
	end if;
	if change ? 'class' then
		change := change || '{"tracked": true}';
	end if;
	if change ? 'addressees' then
		change := change || jsonb_build_object('addressees', mandate.addressees_resolved(change->'addressees'));
	end if;
	if change ? 'deadline' then
		change := change || jsonb_build_object('deadline', mandate.deadline_corrected(change->'deadline', c.deadline, officer, why));
	end if;
	so := was || change;
	c := jsonb_populate_record(c, change);
	c.corrected_by := officer.id;
	c.corrected_at := mandate.now();
	c.corrected_why := why;
	if c.origin = 'read' then
		c.as_read := (select coalesce(jsonb_object_agg(e.key, e.value), '{}')
			from jsonb_each((select coalesce(jsonb_object_agg(w.key, w.value), '{}') from jsonb_each(was - 'owner') w where change ? w.key) || c.as_read) e
			where e.value is distinct from so->e.key);
	end if;
	return c;
end
$$;

create or replace function mandate.clause_write(c mandate.clause) returns void language sql as $$
	delete from mandate.clause x where x.resolution_id = c.resolution_id and x.paragraph_n = c.paragraph_n and x.n = c.n;
	insert into mandate.clause select c.*;
$$;

-- A clause of its own in a paragraph, after those that are there.
create or replace function mandate.clause_insert(c mandate.clause) returns void language plpgsql as $$
begin
	c.n := (select coalesce(max(x.n), 0) + 1 from mandate.clause x where x.resolution_id = c.resolution_id and x.paragraph_n = c.paragraph_n);
	c.reference := null;
	insert into mandate.clause select c.*;
end
$$;

-- One clause says what another said too: its action, whom it asks, its conditions; one deadline for both.
create or replace function mandate.clause_merge(into_clause mandate.clause, c mandate.clause, officer mandate.officer, why text)
returns void language plpgsql as $$
declare
	kept mandate.clause := mandate.clause_change(into_clause, jsonb_build_object(
		'action', concat_ws('; ', into_clause.action, c.action),
		'addressees', into_clause.addressees || coalesce((select jsonb_agg(a) from jsonb_array_elements(c.addressees) a
			where not exists (select from jsonb_array_elements(into_clause.addressees) b where b->>'name' = a->>'name')), '[]'),
		'conditions', into_clause.conditions || coalesce((select jsonb_agg(a) from jsonb_array_elements(c.conditions) a
			where not into_clause.conditions @> jsonb_build_array(a)), '[]'),
		'vehicle', coalesce(into_clause.vehicle, c.vehicle)), officer, why);
begin
	kept.deadline := coalesce(into_clause.deadline, c.deadline);
	if into_clause.deadline is null and c.deadline is not null and kept.origin = 'read' and not kept.as_read ? 'deadline' then
		kept.as_read := kept.as_read || '{"deadline": null}';
	end if;
	kept.owner := coalesce(into_clause.owner, c.owner);
	perform mandate.clause_write(kept);
	c := mandate.clause_change(c, '{}', officer, why);
	c.as_read := c.as_read || '{"tracked": true}';
	c.tracked := false;
	c.merged_into := into_clause.n;
	c.reference := null;
	perform mandate.clause_write(c);
end
$$;

create or replace function mandate.correction_apply(r mandate.resolution, correction jsonb, officer mandate.officer) returns void
language plpgsql as $$
declare
	at int := mandate.paragraph_find(r.id, correction->>'paragraph');
	why text := correction->>'reason';
	c mandate.clause;
	whole mandate.clause;
	part jsonb;
	k int := 0;
begin
	if correction ? 'add' then
		c := jsonb_populate_record(null::mandate.clause, jsonb_build_object('resolution_id', r.id, 'paragraph_n', at, 'class', 'directive',
			'force', 'request', 'kind', 'other', 'addressees', '[]'::jsonb, 'conditions', '[]'::jsonb, 'confidence', 1, 'tracked', true,
			'as_read', '{}'::jsonb, 'origin', 'added'));
		perform mandate.clause_insert(mandate.clause_change(c, '{"lemma": "", "verb": ""}'::jsonb || (correction->'add'), officer, why));
		return;
	end if;
	select * into c from mandate.clause x where x.resolution_id = r.id and x.paragraph_n = at and x.n = (correction->>'clause')::int;
	if correction ? 'merge_into' then
		select * into whole from mandate.clause x where x.resolution_id = r.id and x.paragraph_n = at and x.n = (correction->>'merge_into')::int;
		perform mandate.clause_merge(whole, c, officer, why);
		return;
	end if;
	whole := mandate.clause_change(c, correction, officer, why);
	if correction ? 'drop' then
		whole.dropped_reason := correction->>'drop';
	end if;
	for part in select value from jsonb_array_elements(coalesce(correction->'split', '[{}]')) loop
		k := k + 1;
		if k = 1 then
			perform mandate.clause_write(mandate.clause_change(whole, part, officer, why));
		else
			c := whole;
			c.origin := 'split';
			c.origin_n := whole.n;
			c.as_read := '{}';
			perform mandate.clause_insert(mandate.clause_change(c, part, officer, why));
		end if;
	end loop;
end
$$;

-- A member of a clause in a few words.
create or replace function mandate.member_text(given jsonb) returns text language sql immutable as $$
	select nullif(case jsonb_typeof(given) when 'object' then coalesce(given->>'value', given->>'text')
		when 'array' then (select string_agg(coalesce(a->>'code', a->>'text', a #>> '{}'), ', ' order by n) from jsonb_array_elements(given) with ordinality x(a, n))
		when 'boolean' then case when given = 'true' then 'asks something' else 'asks nothing' end
		else given #>> '{}' end, '')
$$;

-- "split off clause 1, kind reporting (read as: other); corrected by Olga Officer on 3 March 2005: why"; NULL where
-- the reading stands.
create or replace function mandate.clause_corrected(c mandate.clause) returns text language sql stable as $$
	select concat_ws('; ', nullif(concat_ws(', ', 'split off clause ' || c.origin_n,
		(select string_agg(format('%s %s (read as: %s)', e.key, coalesce(mandate.member_text(to_jsonb(c)->e.key), 'none'),
				coalesce(mandate.member_text(e.value), 'none')), ', ' order by e.key)
			from jsonb_each(c.as_read - 'lemma') e)), ''),
		format('%s by %s on %s', case c.origin when 'added' then 'added' else 'corrected' end,
			o.name, mandate.date_text((c.corrected_at at time zone 'utc')::date)) || coalesce(': ' || c.corrected_why, ''))
	from mandate.officer o where o.id = c.corrected_by
$$;

-- A clause as it is, with what the reader had said of it; read is its paragraph in the reading.
create or replace function mandate.clause_json(r mandate.resolution, p mandate.paragraph, c mandate.clause, read jsonb) returns jsonb
language plpgsql stable as $$
declare
	said jsonb := case when c.origin <> 'added' then read->'clauses'->(coalesce(c.origin_n, c.n) - 1) end;
	w record;
begin
	select * into w from mandate.deadline_window(c.deadline, r.adopted_on);
	return jsonb_build_object('n', c.n, 'verb', c.verb, 'lemma', c.lemma, 'class', c.class, 'force', c.force,
		'kind', c.kind, 'addressees', c.addressees, 'action', c.action, 'conditions', c.conditions,
		'deadline', c.deadline, 'vehicle', c.vehicle, 'confidence', c.confidence, 'reason', said->'reason', 'text', said->'text',
		'tracked', c.tracked, 'dropped', c.dropped_reason, 'reference', c.reference, 'owner', c.owner)
	|| jsonb_build_object('due_on', case when c.tracked then w.due_on end, 'due_end', case when c.tracked then w.due_end end,
		'due_why', case when c.tracked then w.due_why end,
		'origin', c.origin, 'split_off', c.origin_n, 'merged_into', c.merged_into,
		'correction', case when c.corrected_at is not null then jsonb_build_object('was', c.as_read, 'reason', c.corrected_why,
			'at', mandate.time_text(c.corrected_at), 'officer', (select mandate.officer_short(o.login) from mandate.officer o where o.id = c.corrected_by)) end,
		'obligation', (select o.reference from mandate.reference f join mandate.obligation o on o.id = f.obligation_id where f.reference = c.reference));
end
$$;

-- A resolution's paragraphs with their clauses; only those that are named, where some are.
create or replace function mandate.paragraphs_json(r mandate.resolution, only_these int[] default null) returns jsonb language sql stable as $$
	select jsonb_agg(jsonb_build_object('part', p.part, 'label', p.label, 'name', names.name, 'speaker', p.speaker, 'text', p.text,
		'start', p.starts_at, 'end', p.ends_at,
		'warnings', coalesce((select jsonb_agg(w->'message') from jsonb_array_elements(r.reading->'warnings') w
			where (w->>'start')::int < p.ends_at and (w->>'end')::int > p.starts_at), '[]'),
		'clauses', coalesce((select jsonb_agg(mandate.clause_json(r, p, c, x.read) order by c.n)
			from mandate.clause c where c.resolution_id = p.resolution_id and c.paragraph_n = p.n), '[]')) order by p.n)
	from jsonb_array_elements(r.reading->'paragraphs') with ordinality x(read, n)
	join mandate.paragraph p on p.resolution_id = r.id and p.n = x.n
	left join mandate.paragraph_names(r.id) names on names.n = p.n
	where only_these is null or p.n = any (only_these)
$$;

-- The corrected paragraphs of a resolution, to be laid over another reading of the same words.
create or replace function mandate.corrections_kept(r mandate.resolution) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'text', p.text, 'symbol', r.symbol, 'clauses', (
		select jsonb_agg(to_jsonb(c)) from mandate.clause c where c.resolution_id = r.id and c.paragraph_n = p.n))), '[]')
	from mandate.paragraph p join mandate.paragraph_names(r.id) t on t.n = p.n
	where p.resolution_id = r.id and exists (select from mandate.clause c
		where c.resolution_id = r.id and c.paragraph_n = p.n and c.corrected_at is not null)
$$;

-- A paragraph whose name and words are the same keeps its corrections: when a text is replaced, and when
-- a draft is adopted under a symbol of its own.
create or replace function mandate.corrections_carry(r mandate.resolution, kept jsonb) returns void language plpgsql as $$
declare
	k jsonb;
	at int;
	named text;
begin
	for k in select value from jsonb_array_elements(kept) loop
		named := case when r.symbol = k->>'symbol' then k->>'name' else regexp_replace(k->>'name', '^draft-', '') end;
		select p.n into at from mandate.paragraph p join mandate.paragraph_names(r.id) t on t.n = p.n
		where p.resolution_id = r.id and t.name = named and p.text = k->>'text';
		if at is not null then
			delete from mandate.clause c where c.resolution_id = r.id and c.paragraph_n = at;
			insert into mandate.clause select x.* from jsonb_array_elements(k->'clauses') c,
				jsonb_populate_record(null::mandate.clause, c || jsonb_build_object('resolution_id', r.id, 'paragraph_n', at,
					'reference', r.symbol || ':' || named || substr(c->>'reference', length((k->>'symbol') || ':' || (k->>'name')) + 1))) x;
		else
			-- Other words: they are read anew, but a clause that asks the same stays dropped.
			update mandate.clause c set dropped_reason = d->>'dropped_reason', corrected_why = d->>'corrected_why',
				corrected_by = (d->>'corrected_by')::int, corrected_at = (d->>'corrected_at')::timestamptz
			from mandate.paragraph_names(r.id) t, jsonb_array_elements(k->'clauses') d
			where c.resolution_id = r.id and c.paragraph_n = t.n and t.name = named and d->>'dropped_reason' is not null
				and c.lemma = d->>'lemma' and c.action is not distinct from d->>'action';
		end if;
	end loop;
end
$$;

-- All corrections or none, then the obligations.
create or replace function mandate.resolution_review(r mandate.resolution, corrections jsonb, officer mandate.officer, key text)
returns jsonb language plpgsql as $$
declare
	correction jsonb;
	already boolean := r.confirmed_at is not null;
	refs jsonb;
begin
	perform mandate.corrections_require(mandate.corrections_faults(r, corrections));
	-- Merging comes last: what is merged has its own correction by then.
	for correction in select c from jsonb_array_elements(corrections) with ordinality x(c, n) order by c ? 'merge_into', n loop
		perform mandate.correction_apply(r, correction, officer);
	end loop;
	if corrections <> '[]' then
		perform mandate.reading_refer(r.id, r.symbol);
	end if;
	refs := mandate.resolution_track(r, officer, key);
	update mandate.resolution x set confirmed_by = coalesce(x.confirmed_by, officer.id),
		confirmed_at = coalesce(x.confirmed_at, mandate.now()) where x.id = r.id;
	return jsonb_build_object('symbol', r.symbol, 'obligations', refs, 'already', already, 'corrections', jsonb_array_length(corrections),
		'paragraphs', coalesce(mandate.paragraphs_json(r, array(select distinct mandate.paragraph_find(r.id, c->>'paragraph')
			from jsonb_array_elements(corrections) c)), '[]'));
end
$$;

-- Confirms a reading, with corrections: each names a paragraph and a clause by its number as read and says what is
-- otherwise (verb, force, kind, addressees, action, deadline …), drops it with a reason, splits it into parts,
-- merges it into another clause of the paragraph, or adds one that the reader missed. A dry run is the same
-- work taken back: what would stand there then, with dates.
create or replace function api.resolution_confirm(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'resolution_confirm', request) end;
	r mandate.resolution;
begin
	if answer is not null then
		return answer;
	end if;
	r := mandate.resolution_find(request->>'symbol');
	select * into r from mandate.resolution x where x.id = r.id for update;
	if (request->>'version')::int <> r.version then
		perform mandate.refuse(409, 'version_conflict', format('the text of %s was replaced since you saw it; look at it again with: mandate review %s',
			r.symbol, r.symbol));
	end if;
	begin
		answer := mandate.resolution_review(r, coalesce(request->'corrections', '[]'), officer, request->>'key');
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer || '{"dry_run": true}';
	end;
	return mandate.request_end(officer, request, answer);
end
$$;
