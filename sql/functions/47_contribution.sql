-- Contributions: what donors pledge and pay, entry by entry, in a fund's ledger. One entry and a file of
-- ten thousand go the same way: read, numbered, judged as a whole, written in one statement.
set role mandate_owner;

-- Why a text is no amount; NULL where it is one.
create or replace function mandate.amount_fault(given text) returns text language sql immutable as $$
	select case
		when coalesce(given, '') = '' then 'an amount is missing'
		when given ~ '^-' then format('"%s" is below nothing; a mistake is taken back with: mandate contribution correct FUND N --void --note REASON', given)
		when given ~ '^[\d,'' ]+(\.\d+)?$' and given ~ '[,'' ]' then format('"%s": write the amount without marks between thousands, with a point '
			'before the cents, for example 1250.50', given)
		when mandate.row_amount(given) is null then format('"%s" is not an amount; write at most 15 digits and, after a point, at most 4, '
			'for example 1250.50', given)
		when mandate.row_amount(given) = 0 then 'an amount of nothing is no contribution' end
$$;

create or replace function mandate.day_fault(given text, past boolean) returns text language sql stable as $$
	select case
		when mandate.row_date(given) is null then format('"%s" is not a date; write it as 2005-09-13', coalesce(given, ''))
		when past and given::date > mandate.today() then format('%s is in the future (today is %s); a record says what has happened',
			mandate.date_text(given::date), mandate.date_text(mandate.today())) end
$$;

create or replace function mandate.year_fault(given text) returns text language sql immutable as $$
	select case when given !~ '^(19|20|21)\d\d$' then format('"%s" is not a year; write it as 2005', given) end
$$;

-- What the rate of a row is: given, or of the table on the day of the row.
create or replace function mandate.contribution_rate(r jsonb, out rate numeric, out rate_date date) language plpgsql stable as $$
begin
	if r->>'currency' = 'USD' then
		rate := 1;
		rate_date := mandate.row_date(r->>'date');
	elsif r ? 'rate' then
		rate := mandate.rate_read(r->>'rate');
		rate_date := mandate.row_date(coalesce(r->>'rate_date', r->>'date'));
	else
		select x.rate, x.rate_date into rate, rate_date from mandate.rate_on(r->>'currency', mandate.row_date(r->>'date')) x;
	end if;
end
$$;

create or replace function mandate.rate_fault(r jsonb) returns text language plpgsql stable as $$
declare
	found numeric := (mandate.contribution_rate(r)).rate;
begin
	return case
		when r ? 'rate' and mandate.rate_read(r->>'rate') is null then format('"%s" is not a rate; write the units of the currency for one '
			'dollar with digits and a point, for example 0.734', r->>'rate')
		when r ? 'rate' and r->>'currency' = 'USD' and mandate.rate_read(r->>'rate') <> 1 then 'one dollar is one dollar; leave the rate out'
		when not r ? 'rate' and r ? 'rate_date' then 'a date of the rate needs the rate itself'
		when found is null and mandate.row_date(r->>'date') is not null and exists (select from mandate.currency c where c.code = r->>'currency')
			then format('no rate of exchange is known for %s on %s; set it with: mandate rate set %s DATE RATE, or give it with --rate '
				'(in a file: the column rate)', r->>'currency', mandate.date_text(mandate.row_date(r->>'date')), r->>'currency') end;
end
$$;

-- All that is wrong with one row: faults as row_fault makes them, each with a word.
create or replace function mandate.contribution_faults(r jsonb, of_fund text, donor jsonb) returns jsonb
language plpgsql stable as $$
begin
	return (
		select coalesce(jsonb_agg(mandate.row_fault(coalesce((r->>'line')::int, 0), x.col, coalesce(r->>x.col, ''), x.message)
			|| jsonb_build_object('code', x.code)), '[]')
		from (values
			('fund', 'no_fund', case when of_fund is null then mandate.fund_missing(coalesce(r->>'fund', '')) end),
			('action', 'bad_action', case when coalesce(r->>'action', '') not in ('pledge', 'receipt') then
				format('"%s" is neither pledge nor receipt', coalesce(r->>'action', '')) end),
			('donor', 'no_party', case when coalesce(r->>'donor', '') = '' then 'a donor is missing' else (donor->>'fault')
				|| case when r->>'donor_type' = 'private' then '' else '; a private donor is taken with --private (in a file: donor_type private)' end end),
			('donor_type', 'bad_donor', case when r->>'donor_type' not in ('state', 'organization', 'private') then
					format('"%s" is none of: state, organization, private', r->>'donor_type')
				when r->>'donor_type' <> donor->>'kind' and donor->>'fault' is null then
					format('%s is %s, not %s', donor->>'name', donor->>'kind', r->>'donor_type') end),
			('amount', 'bad_amount', mandate.amount_fault(r->>'amount')),
			('currency', 'bad_currency', case when not exists (select from mandate.currency c where c.code = r->>'currency')
				then mandate.currency_missing(r->>'currency') end),
			('date', case when mandate.row_date(r->>'date') is null then 'bad_date' else 'future_date' end, mandate.day_fault(r->>'date', true)),
			('for_year', 'bad_year', case when r ? 'for_year' then mandate.year_fault(r->>'for_year') end),
			('due', 'bad_date', case when not r ? 'due' then null when r->>'action' = 'receipt' then 'a receipt is not due; only a pledge is'
				when mandate.row_date(r->>'due') < mandate.row_date(r->>'date') then format('%s is before the pledge of %s',
					mandate.date_text(mandate.row_date(r->>'due')), mandate.date_text(mandate.row_date(r->>'date')))
				else mandate.day_fault(r->>'due', false) end),
			('pledge', 'bad_pledge', case when r ? 'pledge' and r->>'action' = 'pledge' then 'a pledge answers no pledge; only a receipt does' end),
			('rate', 'no_rate', mandate.rate_fault(r)),
			('rate_date', 'bad_date', case when r ? 'rate_date' then mandate.day_fault(r->>'rate_date', true) end)) x(col, code, message)
		where x.message is not null);
end
$$;

-- What an entry keeps. Amounts, rates and dollars are texts, so that nothing on the way makes them floats.
create or replace function mandate.contribution_content(r jsonb, donor jsonb) returns jsonb
language plpgsql stable as $$
begin
	return (
		select jsonb_strip_nulls(jsonb_build_object('amount', r->>'amount', 'currency', r->>'currency', 'rate', x.rate::text,
			'rate_date', x.rate_date, 'rate_given', case when r ? 'rate' and not r ? 'rate_kept' then true end,
			'usd', mandate.dollars((r->>'amount')::numeric, x.rate)::text, 'donor_type', donor->>'kind', 'in_kind', nullif(r->>'in_kind', ''),
			'earmark', nullif(r->>'earmark', ''), 'for_year', (r->>'for_year')::int, 'due', r->>'due', 'agreement', nullif(r->>'agreement', '')))
		from mandate.contribution_rate(r) x);
end
$$;

create or replace function mandate.contribution_read(r jsonb, of_fund text, donor jsonb) returns jsonb language plpgsql stable as $$
declare
	faults jsonb := mandate.contribution_faults(r, of_fund, donor);
begin
	return jsonb_build_object('line', coalesce((r->>'line')::int, 0), 'fund', of_fund, 'faults', faults, 'action', r->>'action',
		'party', donor->>'code', 'date', r->>'date', 'pledge', r->>'pledge', 'note', r->>'note',
		'evidence', case when jsonb_typeof(r->'evidence') = 'array' then r->'evidence' else mandate.row_evidence(r->>'evidence') end,
		'content', case when faults = '[]' then mandate.contribution_content(r, donor) end);
end
$$;

-- All rows read; funds and donors are looked up once each.
create or replace function mandate.contribution_plan(rows jsonb) returns jsonb language sql stable as $$
	with given as materialized (
		select r, n, coalesce(r->>'fund', '') as fund, coalesce(r->>'donor', '') as donor, coalesce(r->>'donor_type', '') = 'private' as private
		from jsonb_array_elements(rows) with ordinality x(r, n)),
	fund as materialized (
		select x.fund, mandate.fund_code(x.fund) as code from (select distinct g.fund from given g) x),
	donor as materialized (
		select x.donor, x.private, to_jsonb(d) as found
		from (select distinct g.donor, g.private from given g) x, lateral mandate.donor_look(x.donor, x.private) d)
	select coalesce(jsonb_agg(mandate.contribution_read(g.r, f.code, d.found) order by g.n), '[]')
	from given g join fund f on f.fund = g.fund join donor d on d.donor = g.donor and d.private = g.private
$$;

-- By what two entries are the same contribution.
create or replace function mandate.contribution_same(action text, party text, day date, content jsonb) returns text
language sql immutable as $$
	select jsonb_build_array(action, party, day, trim_scale((content->>'amount')::numeric), content->'currency', content->'earmark',
		content->'in_kind', content->'for_year', content->'due', content->'agreement')::text
$$;

-- Each row of a plan gets its number in the ledger; a row that is there already (the second of two alike
-- only where two are there) gets the number of that one, and is not written again.
create or replace function mandate.contribution_number(plan jsonb, recognize boolean) returns jsonb language sql stable as $$
	-- Rows and entries in one list, and windows over it: a join with a ledger that was just filled goes wrong.
	with given as (
		select p, ord, p->>'fund' as fund, mandate.contribution_same(p->>'action', p->>'party', mandate.row_date(p->>'date'), p->'content') as same,
			null::int as n, null::int as first
		from jsonb_array_elements(plan) with ordinality e(p, ord)),
	together as (
		select * from given
		union all
		select null, null, e.ledger, mandate.contribution_same(e.action, e.party, e.effective_on, e.content), e.n, mandate.entry_first(e)
		from mandate.entry e where recognize and e.action <> 'void' and e.ledger in (select g.fund from given g)),
	counted as (
		select t.*, row_number() over (partition by t.fund, t.same, t.p is null order by t.ord, t.n) as k from together t),
	matched as (
		select c.*, max(c.n) over w as there_n, max(c.first) over w as there_first from counted c
		window w as (partition by c.fund, c.same, c.k)),
	numbered as (
		select m.*, coalesce(l.entries, 0) + row_number() over (partition by m.fund, m.there_n is null order by m.ord) as fresh
		from matched m left join mandate.ledger l on l.code = m.fund where m.p is not null)
	select coalesce(jsonb_agg(x.p || jsonb_build_object('already', x.there_n is not null, 'n', coalesce(x.there_n, x.fresh),
		'first', coalesce(x.there_first, x.fresh)) order by x.ord), '[]') from numbered x
$$;

-- The entry that stands now where entry N stood; NULL where it was taken back or is not there.
create or replace function mandate.entry_standing(of_ledger text, of_n int) returns mandate.entry language sql stable as $$
	with recursive later as (
		select e.n, e.action from mandate.entry e where e.ledger = of_ledger and e.n = of_n
		union all
		select e.n, e.action from later l join mandate.entry e on e.ledger = of_ledger and e.corrects = l.n)
	select e.* from mandate.entry e where e.ledger = of_ledger and e.action <> 'void' and e.n = (select max(l.n) from later l)
$$;

-- Why a receipt cannot answer the pledge of that number; NULL where it can.
create or replace function mandate.pledge_fault(of_fund text, of_party text, of_n int) returns text language plpgsql stable as $$
declare
	e mandate.entry := mandate.entry_standing(of_fund, of_n);
begin
	return case
		when e.n is null then format('%s has no pledge %s', of_fund, of_n)
		when e.action <> 'pledge' then format('entry %s of %s is a %s, not a pledge', of_n, of_fund, e.action)
		when e.party <> of_party then format('pledge %s of %s is by %s, not by %s', of_n, of_fund,
			mandate.donor_name(e.party, e.content->>'donor_type'), of_party) end;
end
$$;

-- Which pledge each receipt answers: by number, or by the agreement of one pledge, here or in the same file.
create or replace function mandate.contribution_answer(plan jsonb) returns jsonb language sql stable as $$
	with row as materialized (
		select p, ord, p->>'fund' as fund, p->>'party' as party, p->>'pledge' as pledge, (p->>'pledge') ~ '^\d{1,9}$' as by_number
		from jsonb_array_elements(plan) with ordinality e(p, ord)),
	named as (
		select r.fund, r.party, r.p->'content'->>'agreement' as agreement, (r.p->>'first')::int as first from row r where r.p->>'action' = 'pledge'
		union
		select e.ledger, e.party, e.content->>'agreement', mandate.entry_first(e) from mandate.entry e
		where e.action = 'pledge' and (e.ledger, e.content->>'agreement') in (select r.fund, r.pledge from row r where not r.by_number)
			and not exists (select from mandate.entry c where c.ledger = e.ledger and c.corrects = e.n)),
	agreed as (
		select n.fund, n.party, n.agreement, min(n.first) as first, count(*) as many from named n where n.agreement is not null group by 1, 2, 3),
	found as (
		select r.*, case when r.pledge is null then null
				when r.by_number then mandate.entry_first(mandate.entry_standing(r.fund, r.pledge::int)) else a.first end as first,
			case when r.pledge is null or r.party is null or r.fund is null then null
				when r.by_number then mandate.pledge_fault(r.fund, r.party, r.pledge::int)
				when a.first is null then format('%s has no pledge by %s under the agreement "%s"', r.fund, r.party, r.pledge)
				when a.many > 1 then format('%s pledges by %s are under the agreement "%s"; give the number of one', a.many, r.party, r.pledge)
			end as fault
		from row r left join agreed a on a.fund = r.fund and a.party = r.party and a.agreement = r.pledge and not r.by_number)
	select coalesce(jsonb_agg(f.p || case when f.first is null then '{}' else jsonb_build_object('content',
			f.p->'content' || jsonb_build_object('pledge', f.first)) end
		|| case when f.fault is null or f.p->>'action' <> 'receipt' then '{}' else jsonb_build_object('faults', f.p->'faults'
			|| jsonb_build_array(mandate.row_fault((f.p->>'line')::int, 'pledge', f.pledge, f.fault) || '{"code":"bad_pledge"}')) end
		order by f.ord), '[]') from found f
$$;

-- Reads, numbers and links rows; the funds' books stay locked, so that the numbers hold until they are written.
create or replace function mandate.contribution_prepare(rows jsonb, recognize boolean) returns jsonb language plpgsql as $$
declare
	plan jsonb := mandate.contribution_plan(rows);
begin
	perform from mandate.ledger l where l.code in (select p->>'fund' from jsonb_array_elements(plan) p) order by l.code for update;
	return mandate.contribution_answer(mandate.contribution_number(plan, recognize));
end
$$;

-- Writes what of a plan is not there yet, in its order; says how much.
create or replace function mandate.contribution_write(officer mandate.officer, plan jsonb, key text) returns int language plpgsql as $$
declare
	many int;
begin
	insert into mandate.entry (ledger, n, action, party, content, note, evidence, effective_on, recorded_at, officer_id, key, previous_hash, hash)
	select p->>'fund', 0, p->>'action', p->>'party', p->'content', coalesce(p->>'note', ''), coalesce(p->'evidence', '[]'),
		(p->>'date')::date, 'epoch', officer.id, contribution_write.key, '\x', '\x'
	from jsonb_array_elements(plan) with ordinality x(p, ord)
	where not (p->>'already')::boolean
	order by p->>'fund', ord;
	get diagnostics many = row_count;
	return many;
end
$$;

-- What is no fault and yet worth a word: more paid than pledged, an old rate, a new private donor.
create or replace function mandate.contribution_warnings(plan jsonb) returns jsonb language sql stable as $$
	with fresh as materialized (select p from jsonb_array_elements(plan) p where not (p->>'already')::boolean)
	select coalesce(jsonb_agg(x.message), '[]') from (
		select format('more was received than pledged: pledge %s of %s by %s is over by %s %s', b.n, b.fund,
			mandate.donor_name(b.party, b.kind), b.currency, trim_scale(b.paid - b.amount)) as message
		from (select distinct p->>'fund' as fund from fresh) f,
			lateral mandate.contribution_book(f.fund, null, null) b
		where b.action = 'pledge' and b.paid > b.amount
			and (b.fund, b.first) in (select p->>'fund', coalesce(p->'content'->>'pledge', p->>'first')::int from fresh)
		union all
		select distinct format('the newest rate for %s is of %s; a newer one is set with: mandate rate set %s DATE RATE', p->'content'->>'currency',
			mandate.date_text((p->'content'->>'rate_date')::date), p->'content'->>'currency')
		from fresh where not p->'content' ? 'rate_given' and (p->'content'->>'rate_date')::date < (p->>'date')::date - 62
		union all
		select case count(*) when 1 then min(d.party) || ' is a new private donor' else format('%s are new private donors: %s%s', count(*),
			array_to_string((array_agg(d.party order by d.party))[:10], ', '), case when count(*) > 10 then ', …' else '' end) end
		from (select distinct p->>'party' as party from fresh where p->'content'->>'donor_type' = 'private') d
		where not exists (select from mandate.entry e where e.party = d.party
			and (e.ledger, e.n) not in (select f.p->>'fund', (f.p->>'n')::int from fresh f)) having count(*) > 0) x
$$;

-- The open pledges that a receipt without one may answer, and how that is said; NULL where there are none.
create or replace function mandate.receipt_pledges(p jsonb) returns text language sql stable as $$
	select format('%s has %s to %s that this may answer: %s; if it does, say so with: mandate contribution correct %s %s --pledge %s --note REASON',
		min(b.name), case count(*) when 1 then 'an open pledge' else 'open pledges' end, p->>'fund', string_agg(format('%s of %s%s, %s %s outstanding', b.n,
			mandate.date_text(b.day), ', ' || b.agreement, b.currency, trim_scale(b.outstanding)), '; ' order by b.n),
		p->>'fund', p->>'n', case count(*) when 1 then min(b.n)::text else 'N' end)
	from (select k.*, mandate.donor_name(k.party, k.kind) as name, (select e.content->>'agreement' from mandate.entry e
			where e.ledger = k.fund and e.n = k.n) as agreement
		from mandate.contribution_book(p->>'fund', null, null) k where k.action = 'pledge' and k.party = p->>'party' and k.outstanding > 0) b
	where p->>'action' = 'receipt' and not p->'content' ? 'pledge' having count(*) > 0
$$;

create or replace function mandate.contribution_json(e mandate.entry) returns jsonb language sql stable as $$
	select mandate.entry_json(e) || jsonb_build_object('fund', e.ledger, 'donor', jsonb_build_object('code', e.party,
		'name', mandate.donor_name(e.party, e.content->>'donor_type'), 'type', e.content->>'donor_type'))
$$;

-- Refuses with the first fault of a plan of one row.
create or replace function mandate.contribution_require(plan jsonb) returns void language plpgsql stable as $$
declare
	fault jsonb := plan->0->'faults'->0;
begin
	if fault is not null then
		perform mandate.refuse(case when fault->>'code' in ('no_fund', 'no_party') then 404 else 422 end, fault->>'code', fault->>'message');
	end if;
end
$$;

create or replace function api.contribution_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'contribution_add', request);
	plan jsonb;
	twin int;
	warnings jsonb;
begin
	if answer is not null then
		return answer;
	end if;
	plan := mandate.contribution_prepare(jsonb_build_array(jsonb_build_object('date', mandate.today()) || jsonb_strip_nulls(request)), false);
	perform mandate.contribution_require(plan);
	select e.n into twin from mandate.ledger_entries(plan->0->>'fund') e
	where mandate.contribution_same(e.action, e.party, e.effective_on, e.content)
		= mandate.contribution_same(plan->0->>'action', plan->0->>'party', (plan->0->>'date')::date, plan->0->'content') limit 1;
	perform mandate.contribution_write(officer, plan, request->>'key');
	warnings := mandate.contribution_warnings(plan) || coalesce(to_jsonb(mandate.receipt_pledges(plan->0)), '[]') || case when twin is null then '[]' else jsonb_build_array(format('entry %s says the same; if '
		'this is no second contribution, take it back with: mandate contribution correct %s %s --void --note REASON', twin, plan->0->>'fund', plan->0->>'n')) end;
	return mandate.request_end(officer, request, (select mandate.contribution_json(e) from mandate.entry e
		where e.ledger = plan->0->>'fund' and e.n = (plan->0->>'n')::int) || jsonb_build_object('warnings', warnings));
end
$$;

create or replace function api.contribution_import(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	dry boolean := coalesce((request->>'dry_run')::boolean, false);
	answer jsonb := case when dry then null else mandate.request_begin(officer, 'contribution_import', request) end;
	rows jsonb := mandate.rows_given(request);
	many int := jsonb_array_length(rows);
	plan jsonb;
	fresh int;
begin
	if answer is not null then
		return answer;
	end if;
	plan := mandate.contribution_prepare(rows, true);
	perform mandate.rows_require((select coalesce(jsonb_agg(f - 'code'), '[]') from jsonb_array_elements(plan) p, jsonb_array_elements(p->'faults') f), many);
	begin
		fresh := mandate.contribution_write(officer, plan, request->>'key');
		answer := jsonb_build_object('rows', many, 'added', fresh, 'already', many - fresh, 'dry_run', dry,
			'warnings', mandate.contribution_warnings(plan), 'funds', (select coalesce(jsonb_object_agg(x.fund, x.n), '{}') from (
				select p->>'fund' as fund, count(*) as n from jsonb_array_elements(plan) p where not (p->>'already')::boolean group by 1) x));
		if dry then
			raise exception using errcode = 'MD001';
		end if;
	exception when sqlstate 'MD001' then
		return answer;
	end;
	return mandate.request_end(officer, request, answer);
end
$$;

-- An entry as the row that would give it, with what a correction says otherwise laid over. The rate of the
-- day follows a new day or currency; a given one stays until another is given.
create or replace function mandate.contribution_again(e mandate.entry, request jsonb) returns jsonb language sql stable as $$
	select jsonb_strip_nulls(e.content - '{usd,first,pledge,rate,rate_date,rate_given,donor_type}'::text[]
		|| jsonb_build_object('fund', e.ledger, 'action', e.action, 'donor', e.party, 'date', e.effective_on,
			'pledge', e.content->>'pledge', 'evidence', e.evidence)
		|| case when e.content->>'donor_type' = 'private' and not request ? 'donor' then '{"donor_type":"private"}' else '{}' end::jsonb
		|| case when request ? 'rate' or request->>'currency' <> e.content->>'currency'
				or (request ? 'date' and not e.content ? 'rate_given') then '{}'
			else jsonb_build_object('rate', e.content->'rate', 'rate_date', e.content->'rate_date',
				'rate_kept', case when not e.content ? 'rate_given' then true end) end
		|| (request - '{fund,n,void,key}'::text[]))
$$;

-- What hangs on a pledge forbids to take it away or to give it to another donor.
create or replace function mandate.pledge_is_free(e mandate.entry, what text) returns void language plpgsql stable as $$
declare
	answers text;
begin
	select string_agg(x.n::text, ', ' order by x.n) into answers from mandate.ledger_entries(e.ledger) x
	where x.action = 'receipt' and (x.content->>'pledge')::int = mandate.entry_first(e);
	if e.action = 'pledge' and answers is not null then
		perform mandate.refuse(422, 'bad_pledge', format('receipts answer pledge %s: %s; correct those first, then %s', e.n, answers, what));
	end if;
end
$$;

-- A new entry in the place of an old one, or the taking back of it.
create or replace function api.contribution_correct(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	officer mandate.officer := mandate.caller_require(caller, 'officer');
	answer jsonb := mandate.request_begin(officer, 'contribution_correct', request);
	f mandate.fund := mandate.fund_find(request->>'fund');
	was mandate.entry;
	is_now mandate.entry;
	plan jsonb := '[]';
begin
	if answer is not null then
		return answer;
	end if;
	perform from mandate.ledger l where l.code = f.code for update;
	was := mandate.entry_find(f.code, (request->>'n')::int);
	if was.action = 'void' then
		perform mandate.refuse(409, 'entry_corrected', format('entry %s of %s takes back entry %s; enter the contribution anew', was.n, f.code, was.corrects));
	elsif coalesce(request->>'note', '') = '' then
		perform mandate.refuse(422, 'needs_reason', 'a correction needs its reason: add --note');
	elsif coalesce((request->>'void')::boolean, false) then
		perform mandate.pledge_is_free(was, 'take it back');
		is_now := mandate.entry_append(f.code, 'void', was.party, was.content || jsonb_build_object('first', mandate.entry_first(was)), request->>'note',
			request->'evidence', was.effective_on, officer.id, request->>'key', was.n);
	else
		plan := mandate.contribution_prepare(jsonb_build_array(mandate.contribution_again(was, request)), false);
		perform mandate.contribution_require(plan);
		if plan->0->>'party' <> was.party then
			perform mandate.pledge_is_free(was, 'the donor');
		end if;
		if mandate.contribution_changes_nothing(was, plan->0) then
			perform mandate.refuse(422, 'empty_update', 'that is what the entry says already; give what is otherwise, or --void');
		end if;
		is_now := mandate.entry_append(f.code, was.action, plan->0->>'party', plan->0->'content' || jsonb_build_object('first', mandate.entry_first(was)),
			request->>'note', plan->0->'evidence', (plan->0->>'date')::date, officer.id, request->>'key', was.n);
	end if;
	return mandate.request_end(officer, request, mandate.contribution_json(is_now)
		|| jsonb_build_object('warnings', mandate.contribution_warnings(case when plan = '[]' then plan
			else jsonb_set(plan, '{0,first}', to_jsonb(mandate.entry_first(was))) end)));
end
$$;

create or replace function mandate.contribution_changes_nothing(was mandate.entry, planned jsonb) returns boolean language sql immutable as $$
	select was.party = planned->>'party' and was.effective_on = (planned->>'date')::date and was.evidence = planned->'evidence'
		and was.content - '{first,rate_given}'::text[] = (planned->'content') - '{first,rate_given}'::text[]
$$;

-- A fund's book as it was written: also what was corrected since.
create or replace function api.contribution_log(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	f mandate.fund;
	of_party text;
begin
	perform mandate.caller_require(caller, 'viewer');
	f := mandate.fund_find(request->>'fund');
	if request->>'donor' is not null then
		of_party := mandate.donor_find(request->>'donor');
	end if;
	return jsonb_build_object('fund', mandate.fund_json(f), 'rows', coalesce((
		select jsonb_agg(mandate.contribution_json(e) order by e.n) from mandate.entry e
		where e.ledger = f.code and (of_party is null or e.party = of_party)), '[]'));
end
$$;
