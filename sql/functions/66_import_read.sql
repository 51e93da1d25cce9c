-- Obligations from a spreadsheet, first half: what each row means, and every fault in it. The rows are
-- {"line": 7, COLUMN: text…}; see 67_import_write.sql for what becomes of them.
set role mandate_owner;

-- A word of status as other lists have it, NULL where it is none of ours.
create or replace function mandate.import_status(given text) returns text language plpgsql immutable as $$
begin
	return (
		select case when w in ('not_started', 'in_progress', 'continuing', 'implemented', 'closed', 'overtaken', 'not_applicable') then w
			when w in ('completed', 'done', 'fully_implemented', 'implemented_late') then 'implemented'
			when w in ('under_implementation', 'partially_implemented', 'implemented_in_progress') then 'in_progress'
			when w = 'not_implemented' then 'not_started'
			when w = 'closed_without_implementation' then 'closed'
			when w = 'overtaken_by_events' then 'overtaken'
			when w in ('non_applicable', 'n/a') then 'not_applicable' end
		from (select lower(regexp_replace(btrim(given), '[[:space:]_–-]+', '_', 'g')) as w) x);
end
$$;

-- "Also requests", "Calls upon" at the beginning of a paragraph; NULL where it does not begin with a verb.
create or replace function mandate.import_verb(given text) returns text language sql immutable as $$
	select substring(given from '^\s*((?:(?:[Aa]lso|[Ff]urther|[Aa]gain|[Oo]nce again|[Ss]trongly|[Uu]rgently)\s+)?(?:[Cc]alls (?:upon|on|for)|[A-Za-z]+s))\M')
$$;

create or replace function mandate.import_lemma(verb text) returns text language sql immutable as $$
	select regexp_replace(regexp_replace(regexp_replace(regexp_replace(lower(btrim(verb)),
		'^(also|further|again|once again|strongly|urgently)\s+', ''), '^calls ', 'call '), 'sses$', 'ss'), '(?<!s)s$', '')
$$;

-- How strongly a verb asks, as the lexicon has it; what is not there was put on the list as a request.
create or replace function mandate.import_force(lemma text) returns text language sql immutable as $$
	select case when lemma in ('demand', 'direct', 'instruct', 'order', 'require', 'insist') then 'binding'
		when lemma = 'decide' then 'decision'
		when lemma in ('urge', 'appeal', 'exhort', 'call upon', 'call on', 'call for') then 'urging'
		when lemma in ('encourage', 'invite', 'recommend') then 'encouragement' else 'request' end
$$;

create or replace function mandate.symbol_body(symbol text) returns text language sql immutable as $$
	select case when symbol ~* '^A/HRC/' then 'HRC' when symbol ~* '^A/RES/' then 'GA' when symbol ~* '^E/RES/' then 'ECOSOC'
		when symbol ~* '^S/RES/' then 'SC' end
$$;

-- Which obligation each row is about. A row names it by its reference or by symbol and paragraph; where
-- several rows name one paragraph so, they are numbered .1, .2, as a reading numbers its clauses.
create or replace function mandate.import_named(rows jsonb) returns table (line int, given jsonb, symbol text,
	resolution_id int, from_rows boolean, paragraph text, reference text, obligation_id int, faults jsonb)
language sql stable as $$
	with split as (
		select (x.r->>'line')::int as line, x.r, substring(x.r->>'reference' from '^\s*(\S.*?)\s*:[^:]+$') as ref_symbol,
			btrim(substring(x.r->>'reference' from ':([^:]+)$')) as ref_label, btrim(x.r->>'symbol') as symbol,
			rtrim(regexp_replace(btrim(x.r->>'paragraph'), '^(operative\s+)?(paragraphs?|paras?|op)\M\.?\s*', '', 'i'), '.') as label
		from jsonb_array_elements(rows) x(r)),
	known as (
		select s.*, coalesce(r.symbol, min(coalesce(s.ref_symbol, s.symbol)) over (partition by upper(coalesce(s.ref_symbol, s.symbol)))) as here,
			r.id as resolution_id, coalesce(r.reading ? 'rows', true) as from_rows, coalesce(s.ref_label, s.label) as name,
			count(*) filter (where s.ref_label is null) over (partition by upper(coalesce(s.ref_symbol, s.symbol)), coalesce(s.ref_label, s.label)) as several,
			row_number() over (partition by upper(coalesce(s.ref_symbol, s.symbol)), coalesce(s.ref_label, s.label), s.ref_label is null order by s.line) as k
		from split s left join mandate.resolution r on upper(r.symbol) = upper(coalesce(s.ref_symbol, s.symbol))),
	named as (
		select k.*, k.here || ':' || k.name as base,
			k.here || ':' || k.name || case when k.ref_label is null and k.several > 1 then '.' || k.k else '' end as reference,
			regexp_replace(regexp_replace(k.name, '\.\d+$', ''), '^draft-', '') as paragraph
		from known k)
	select n.line, n.r, n.here, n.resolution_id, n.from_rows, n.paragraph, n.reference, f.obligation_id,
		case
		when n.r ? 'reference' and n.ref_label is null then jsonb_build_array(mandate.row_fault(n.line, 'reference', n.r->>'reference',
			'a reference is a symbol and a paragraph, such as A/RES/59/157:9'))
		when n.here is null then jsonb_build_array(mandate.row_fault(n.line, case when n.r ? 'paragraph' then 'symbol' else 'reference' end, null,
			'which obligation is it? give its reference (A/RES/59/157:9), or symbol and paragraph'))
		when coalesce(n.name, '') = '' then jsonb_build_array(mandate.row_fault(n.line, 'paragraph', null, 'give the paragraph''s number'))
		when upper(n.symbol) <> upper(n.ref_symbol) then jsonb_build_array(mandate.row_fault(n.line, 'symbol', n.symbol,
			'is not the symbol in the reference ' || n.reference))
		when count(*) over (partition by n.reference) > 1 then jsonb_build_array(mandate.row_fault(n.line, 'reference', n.reference,
			format('%s stands in several lines of this file; give each line a reference of its own', n.reference)))
		when f.obligation_id is null and n.ref_label is null and exists (select from mandate.reference o
				where o.reference in (case when n.several > 1 then n.base end, n.base || '.1')) then
			jsonb_build_array(mandate.row_fault(n.line, 'paragraph', n.name, format(
				'the paragraph is here with other obligations: %s; say by its reference which one is meant', (select string_agg(o.reference, ', ' order by o.reference)
					from mandate.obligation o where o.resolution_id = n.resolution_id and o.paragraph = n.paragraph))))
		when f.obligation_id is null and not n.from_rows and not exists (select from mandate.paragraph p
				where p.resolution_id = n.resolution_id and p.part = 'operative' and coalesce(p.label, '0') = n.paragraph) then
			jsonb_build_array(mandate.row_fault(n.line, 'paragraph', n.paragraph, format(
				'%s is here with its text, which has no operative paragraph %s: mandate resolution show %s', n.here, n.paragraph, n.here)))
		else '[]' end
	from named n left join mandate.reference f on f.reference = n.reference
$$;

-- What names in the rows mean: {"officers": {…}, "units": {…}, "entities": {…}}, by the name in small letters.
create or replace function mandate.import_known(rows jsonb) returns jsonb language sql stable as $$
	with said as (
		select distinct lower(btrim(a)) as word from jsonb_array_elements(rows) r, regexp_split_to_table(r->>'addressee', ';') a),
	called as (
		select o.login, lower(n) as word from mandate.officer o, unnest(array[o.login, o.name, o.mail]) n where o.active and n is not null),
	meant as (
		select distinct on (s.word) s.word, e.code, e.name from said s
		join (select lower(n) as word, x.code, x.name from mandate.entity x,
				unnest(array[x.code, x.name, 'the ' || x.name] || x.aliases) n
			-- Sets of States, as the reader calls them.
			union all values ('states', 'STATES', 'States'), ('all states', 'STATES', 'States'),
				('member states', 'MEMBER_STATES', 'Member States'), ('all member states', 'MEMBER_STATES', 'Member States')) e
			on e.word = s.word
		order by s.word, lower(e.code) = s.word desc, e.code)
	select jsonb_build_object(
		'officers', (select coalesce(jsonb_object_agg(x.word, x.login), '{}') from
			(select c.word, min(c.login) as login from called c group by c.word having count(distinct c.login) = 1) x),
		'units', (select coalesce(jsonb_object_agg(n, u.code order by n = lower(u.code)), '{}')
			from mandate.unit u, unnest(array[lower(u.name), lower(u.code)]) n),
		'entities', (select coalesce(jsonb_object_agg(m.word, jsonb_build_object('code', m.code, 'name', m.name)), '{}') from meant m))
$$;

create or replace function mandate.import_addressees(given text, known jsonb) returns jsonb language plpgsql immutable as $$
begin
	return (
		select jsonb_agg(jsonb_build_object('text', btrim(a), 'name', coalesce(e->>'name', btrim(a)), 'code', e->'code', 'role', 'lead') order by n)
		from regexp_split_to_table(given, ';') with ordinality x(a, n), jsonb_extract_path(known, 'entities', lower(btrim(a))) e
		where btrim(a) <> '');
end
$$;

-- One row: state has the members that it gives, said what is to be recorded about it, faults what is wrong.
create or replace function mandate.import_row(line int, given jsonb, known jsonb, out state jsonb, out said jsonb, out faults jsonb)
language plpgsql stable as $$
declare
	verb text := coalesce(given->>'verb', mandate.import_verb(given->>'text'));
	who text;
	col text;
	word text;
begin
	faults := '[]';
	state := jsonb_strip_nulls(jsonb_build_object('text', given->>'text', 'action', given->>'action', 'verb', verb,
		'lemma', mandate.import_lemma(verb), 'addressees', mandate.import_addressees(given->>'addressee', known)));
	said := jsonb_strip_nulls(jsonb_build_object('note', given->>'note', 'evidence',
		(select jsonb_agg(btrim(e) order by n) from regexp_split_to_table(given->>'evidence', ';') with ordinality x(e, n) where btrim(e) <> '')));
	if given ? 'force' then
		word := lower(given->>'force');
		if word not in ('binding', 'request', 'decision', 'urging', 'encouragement', 'none') then
			faults := faults || mandate.row_fault(line, 'force', word, format('"%s" is not one of binding, request, decision, urging, encouragement, none', word));
		end if;
		state := state || jsonb_build_object('force', word);
	end if;
	if given ? 'kind' then
		word := lower(given->>'kind');
		if word not in ('adoption', 'ratification', 'contribution', 'reporting', 'assistance', 'cooperation', 'dissemination',
			'resources', 'legislation', 'convening', 'appointment', 'agenda', 'other')
		then
			faults := faults || mandate.row_fault(line, 'kind', word, format('"%s" is not one of adoption, ratification, contribution, reporting, assistance, cooperation, dissemination, resources, legislation, convening, appointment, agenda, other', word));
		end if;
		state := state || jsonb_build_object('kind', word);
	end if;
	foreach col in array array['owner', 'alternate'] loop
		if given ? col then
			who := known #>> array['officers', lower(given->>col)];
			if who is null then
				faults := faults || mandate.row_fault(line, col, given->>col, format('"%s" is no active officer''s login, name or address, or that of several: mandate officer list', given->>col));
			end if;
			state := state || jsonb_build_object(col, who);
		end if;
	end loop;
	if given ? 'unit' then
		who := known #>> array['units', lower(given->>'unit')];
		if who is null then
			faults := faults || mandate.row_fault(line, 'unit', given->>'unit', format('there is no unit "%s"; an administrator adds it with: mandate unit add CODE --name NAME', given->>'unit'));
		end if;
		state := state || jsonb_build_object('unit', who);
	end if;
	foreach col in array array['due_on', 'status_since', 'adopted_on'] loop
		if given ? col then
			if mandate.row_date(given->>col) is null then
				faults := faults || mandate.row_fault(line, col, given->>col, format('"%s" is not a date; write it as 2005-09-13', given->>col));
			elsif col <> 'due_on' and mandate.row_date(given->>col) > mandate.today() then
				faults := faults || mandate.row_fault(line, col, given->>col, format('%s is in the future', given->>col));
			elsif col = 'due_on' then
				state := state || jsonb_build_object(col, given->>col);
			elsif col = 'status_since' then
				said := said || jsonb_build_object(col, given->>col);
			end if;
		end if;
	end loop;
	if given ? 'status' then
		word := mandate.import_status(given->>'status');
		if word is null then
			faults := faults || mandate.row_fault(line, 'status', given->>'status', format('"%s" is not one of not_started, in_progress, continuing, implemented, closed, overtaken, not_applicable; say which it is with: --map "%s=STATUS"',
				given->>'status', given->>'status'));
		end if;
		said := said || jsonb_build_object('status', word);
	end if;
end
$$;

-- What is wrong with a row that makes a new obligation.
create or replace function mandate.import_new_faults(line int, given jsonb, state jsonb, said jsonb, adopted date) returns jsonb
language plpgsql stable as $$
begin
	return (
		select coalesce(jsonb_agg(f), '[]') from (
			select mandate.row_fault(line, 'text', null, 'what is asked? give the text or the action') as f where not state ?| '{text,action}'
			union all
			select mandate.row_fault(line, 'status_since', said->>'status_since', format('is before the adoption on %s', adopted))
			where (said->>'status_since')::date < adopted
			union all
			select mandate.row_fault(line, 'evidence', null, format('%s needs evidence or a note', said->>'status'))
			where mandate.status_is_done(said->>'status') and not said ?| '{note,evidence}') x);
end
$$;

-- What is wrong with a row that changes the status of an obligation that is here.
create or replace function mandate.import_change_faults(line int, said jsonb, o mandate.obligation) returns jsonb
language plpgsql stable as $$
declare
	since date := coalesce((said->>'status_since')::date, mandate.today());
	t mandate.transition;
begin
	if coalesce(said->>'status', o.status) <> o.status then
		select * into t from mandate.transition x where x.from_status = o.status and x.to_status = said->>'status';
		if t.needs is null then
			return jsonb_build_array(mandate.row_fault(line, 'status', said->>'status', format('%s cannot follow %s', said->>'status', o.status)));
		elsif t.needs = 'note' and not said ? 'note' or t.needs = 'evidence_or_note' and not said ?| '{note,evidence}' then
			return jsonb_build_array(mandate.row_fault(line, case t.needs when 'note' then 'note' else 'evidence' end, null,
				format('from %s to %s needs %s', o.status, said->>'status', case t.needs when 'note' then 'a note' else 'evidence or a note' end)));
		elsif since < o.last_effective then
			return jsonb_build_array(mandate.row_fault(line, 'status_since', since::text, format(
				'%s has an entry of %s; what was before that is recorded with: mandate update %s --on %s', o.reference, o.last_effective, o.reference, since)));
		end if;
	end if;
	return '[]';
end
$$;
