-- What every test file begins with: expectations, an officer of each role, sessions, a resolution.
create schema test;

create function test.equal(what text, got anyelement, wanted anyelement) returns text language plpgsql as $$
begin
	if got is distinct from wanted then
		raise exception '%: got %, wanted %', what, got, wanted;
	end if;
	return 'ok: ' || what;
end
$$;

-- The statement must be refused with this status and word, and leave nothing behind.
create function test.refused(what text, statement text, status int, code text) returns text language plpgsql as $$
declare
	was bigint := (select count(*) from mandate.update);
	detail text;
	state text;
begin
	begin
		execute statement;
	exception when others then
		get stacked diagnostics detail = pg_exception_detail, state = returned_sqlstate;
		if state <> 'MD' || status or (detail <> '' and detail::jsonb->>'code' <> code) then
			raise exception '%: refused with % %, wanted % %', what, state, detail, status, code;
		end if;
		if was <> (select count(*) from mandate.update) then
			raise exception '%: refused, yet something was written', what;
		end if;
		return 'ok: ' || what;
	end;
	raise exception '%: was not refused', what;
end
$$;

insert into mandate.officer (login, name, role, uid, created_at) values
	('ada', 'Ada Admin', 'admin', 1, now()), ('olga', 'Olga Officer', 'officer', 2, now()),
	('vera', 'Vera Viewer', 'viewer', 3, now()), ('clara', 'Clara Clearer', 'clearer', 4, now());
select mandate.load_sessions('[
	{"body":"GA","number":"59","opens_on":"2004-09-14","closes_on":"2005-09-12","basis":"known"},
	{"body":"GA","number":"60","opens_on":"2005-09-13","closes_on":"2006-09-11","basis":"known"},
	{"body":"GA","number":"61","opens_on":"2006-09-12","closes_on":"","basis":"computed"}]') \g /dev/null

create function test.ada() returns jsonb language sql as $$ select '{"uid":1}'::jsonb $$;
create function test.olga() returns jsonb language sql as $$ select '{"uid":2}'::jsonb $$;

create function test.clause(verb text, force text, kind text, code text, action text, deadline jsonb) returns jsonb language sql as $$
	select jsonb_build_array(jsonb_build_object('n', 1, 'verb', verb, 'lemma', lower(verb), 'class', 'directive', 'force', force,
		'kind', kind, 'addressees', jsonb_build_array(jsonb_build_object('text', code, 'name', code, 'code', code, 'role', 'lead')),
		'action', action, 'conditions', '[]'::jsonb, 'deadline', deadline, 'confidence', 0.9, 'obligation', true))
$$;

create function test.paragraph(label text, speaker text, nest int, text text, clauses jsonb) returns jsonb language sql as $$
	select jsonb_build_object('part', 'operative', 'label', label, 'speaker', speaker, 'nest', nest, 'text', text, 'start', 0, 'end', 10, 'clauses', clauses)
$$;

-- A resolution of ECOSOC that puts a draft before the Assembly.
create function test.reading(symbol text) returns jsonb language sql as $$
	select jsonb_build_object('resolution', jsonb_build_object('symbol', symbol, 'body', 'ECOSOC', 'title', 'A title',
			'adopted_on', '2004-07-21', 'language', 'en', 'state', 'adopted', 'proposes', '{"body":"GA"}'::jsonb),
		'warnings', '[]'::jsonb, 'paragraphs', jsonb_build_array(
			test.paragraph('0', 'ECOSOC', 0, 'Recommends a draft', test.clause('Recommends', 'encouragement', 'adoption', 'GA', 'the adoption', null)),
			test.paragraph('1', 'GA', 1, 'Takes note', '[]'),
			test.paragraph('6', 'GA', 1, 'Encourages gifts', test.clause('Encourages', 'encouragement', 'contribution', 'MS', 'to give', null)),
			test.paragraph('9', 'GA', 1, 'Requests a report', test.clause('Requests', 'request', 'reporting', 'SG', 'to report',
				'{"text":"at its sixtieth session","type":"session","body":"GA","session":60}'))))
$$;

create function test.import(symbol text) returns jsonb language sql as $$
	select api.resolution_import(test.olga(), jsonb_build_object('key', 'import ' || symbol, 'confirm', true,
		'text', 'text of ' || symbol, 'reading', test.reading(symbol)))
$$;

create function test.update(key text, ref text, more jsonb) returns jsonb language sql as $$
	select api.update_write(test.olga(), jsonb_build_object('key', key, 'references', jsonb_build_array(ref)) || more)
$$;

create function test.show(ref text, more jsonb default '{}') returns jsonb language sql as $$
	select api.obligation_show(test.olga(), jsonb_build_object('ref', ref) || more)
$$;

create function test.list(filter jsonb, more jsonb default '{}') returns text language sql as $$
	select coalesce(string_agg(r->>'reference', ' ' order by n), '')
	from jsonb_array_elements(api.obligation_list(test.olga(), jsonb_build_object('filter', filter) || more)->'rows') with ordinality x(r, n)
$$;

create function test.olga_id() returns int language sql as $$ select o.id from mandate.officer o where o.login = 'olga' $$;

-- All records of a report, page after page. What this transaction wrote is not known yet, so a far day is asked for.
create function test.report(request jsonb) returns setof jsonb language plpgsql as $$
declare
	page text := api.report_page(test.olga(), '{"known_at":"2100-01-01T00:00:00Z"}' || request);
	line text;
	next jsonb;
begin
	for turn in 1..1000 loop
		next := null;
		for line in select l from regexp_split_to_table(page, E'\n') l where l <> '' loop
			if line::jsonb ? 'next' then
				next := line::jsonb->'next';
			else
				return next line::jsonb;
			end if;
		end loop;
		if next is null then
			return;
		end if;
		page := api.report_page(test.olga(), jsonb_build_object('cursor', next) || request);
	end loop;
	raise exception 'the report has no end';
end
$$;

-- A column of its rows, in their order.
create function test.report_column(request jsonb, col text) returns text language sql as $$
	select coalesce(string_agg(coalesce(r->'row'->>col, '-'), ' '), '') from test.report(request) r where r ? 'row'
$$;
