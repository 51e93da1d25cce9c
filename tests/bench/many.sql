-- Makes :many obligations of two updates each, in resolutions of 25 paragraphs, through the functions that the
-- service itself writes with. For benches of what is big.
set role mandate_owner;
insert into mandate.officer (login, name, role, uid, created_at) select 'bench', 'Bench', 'admin', null, mandate.now() on conflict do nothing;
insert into mandate.resolution (symbol, body, title, adopted_on, language, state, text, text_hash, reading, imported_by, imported_at, confirmed_at, confirmed_by)
select 'A/RES/' || 50 + i / 300 || '/' || 1000 + i % 300, 'GA', 'Follow-up to conference number ' || i, date '1995-12-20' + 365 * (i / 300), 'en', 'adopted', 'text', '\x', '{}',
	(select o.id from mandate.officer o where o.login = 'bench'), mandate.now(), mandate.now(), (select o.id from mandate.officer o where o.login = 'bench')
from generate_series(0, :many / 25 - 1) i on conflict do nothing;
insert into mandate.paragraph (resolution_id, n, part, label, speaker, text)
select r.id, n, 'operative', n::text, 'GA', 'Requests the Secretary-General, within existing resources, to report on matter ' || n || ' of ' || r.title
from mandate.resolution r, generate_series(1, 25) n where r.title like 'Follow-up to conference number %' on conflict do nothing;
insert into mandate.clause (resolution_id, paragraph_n, n, reference, verb, lemma, class, force, tracked)
select p.resolution_id, p.n, 1, r.symbol || ':' || p.n, 'Requests', 'request', 'directive', 'request', true
from mandate.paragraph p join mandate.resolution r on r.id = p.resolution_id where r.title like 'Follow-up to conference number %' on conflict do nothing;

do $$
declare
	kinds constant text[] := array['reporting', 'assistance', 'cooperation', 'contribution', 'dissemination', 'other'];
	forces constant text[] := array['request', 'request', 'decision', 'urging', 'encouragement'];
	codes constant text[] := array['SG', 'MS', 'UNODC', 'GA', 'UNDP'];
	officer int := (select o.id from mandate.officer o where o.login = 'bench');
	p record;
	one int;
	i int := 0;
begin
	for p in select x.*, r.symbol, r.adopted_on from mandate.paragraph x join mandate.resolution r on r.id = x.resolution_id
		where r.title like 'Follow-up to conference number %' and not exists (select from mandate.reference f where f.reference = r.symbol || ':' || x.n)
		order by r.id, x.n
	loop
		i := i + 1;
		insert into mandate.obligation default values returning id into one;
		perform mandate.append(one, 'created', jsonb_build_object('reference', p.symbol || ':' || p.n, 'resolution_id', p.resolution_id,
			'position', p.n * 1000 + 1, 'live', true, 'paragraph', p.label, 'clause', 1, 'speaker', 'GA', 'text', p.text, 'verb', 'Requests',
			'lemma', 'request', 'class', 'directive', 'force', forces[1 + i % 5], 'kind', kinds[1 + i % 6], 'addressees',
			jsonb_build_array(jsonb_build_object('text', 'the ' || codes[1 + i % 5], 'name', codes[1 + i % 5], 'code', codes[1 + i % 5], 'role', 'lead')),
			'action', 'to report on matter ' || p.n, 'conditions', '[]'::jsonb, 'confidence', 0.9, 'status', 'not_started', 'status_since', p.adopted_on,
			'clearance', 'draft', 'due_on', case when i % 4 > 0 then p.adopted_on + 300 + i % 9000 end, 'due_end', case when i % 4 > 0 then p.adopted_on + 400 + i % 9000 end,
			'owner', 'bench'), 'confirmed', '[]', p.adopted_on, officer, null);
		if i % 3 = 0 then
			perform mandate.append(one, 'status', jsonb_build_object('status', 'implemented', 'status_since', p.adopted_on + 200), 'reported', '["A/60/1"]', p.adopted_on + 200, officer, null);
		else
			perform mandate.append(one, 'note', '{}', 'work goes on', '[]', p.adopted_on + 100, officer, null);
		end if;
	end loop;
end
$$;
-- What the plans are made from, at once; the server would see to it within minutes.
analyze mandate.resolution, mandate.paragraph, mandate.clause, mandate.obligation, mandate.update;
