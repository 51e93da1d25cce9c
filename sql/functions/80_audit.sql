-- Whether the record is whole, and whether all is as it should be.
set role mandate_owner;

-- Whether the obligations that there are are those that were counted: one that was deleted with its whole record
-- leaves no gap in any chain but this.
create or replace function mandate.census_faults() returns table (subject text, n int, fault text, message text)
language sql stable as $$
	with census as (
		select c.*, lag(c.n, 1, 0) over w as n_before, lag(c.hash, 1, '\x') over w as hash_before
		from mandate.census c window w as (order by c.n))
	select format('obligation no. %s', c.n), 1, 'missing', 'it was deleted with its whole record'
	from census c where not exists (select from mandate.obligation o where o.id = c.obligation_id)
	union all
	select o.reference, 1, 'inserted', 'it was not counted when it was made: it was put here by other ways than the service'
	from mandate.obligation o where o.version > 0 and not exists (select from mandate.census c where c.obligation_id = o.id)
	union all
	select format('obligation no. %s', c.n - 1), 1, 'missing', format('between no. %s and no. %s the census has a gap', c.n_before, c.n)
	from census c where c.n <> c.n_before + 1
	union all
	select o.reference, 1, 'altered', 'its record does not begin as it did when it was counted'
	from census c join mandate.obligation o on o.id = c.obligation_id left join mandate.update u on u.obligation_id = c.obligation_id and u.n = 1
	where c.hash <> sha256(c.hash_before || c.first_hash) and c.n = c.n_before + 1 or u.hash <> c.first_hash
$$;

-- Recomputes every chain, of obligations and of ledgers. A row whose content does not give its hash was
-- altered; a gap in the numbers or a short tail is missing; a row that the row after does not follow was inserted.
drop function if exists mandate.audit_faults();
create or replace function mandate.audit_faults() returns table (subject text, n int, fault text, message text)
language sql stable as $$
	with link as (
		select o.reference as subject, u.n, u.hash, u.previous_hash, mandate.update_hash(u) as right_hash
		from mandate.update u join mandate.obligation o on o.id = u.obligation_id
		union all
		select e.ledger, e.n, e.hash, e.previous_hash, mandate.entry_hash(e) from mandate.entry e),
	chain as (
		select l.*, lag(l.n, 1, 0) over w as n_before, lag(l.hash, 1, '\x') over w as hash_before
		from link l window w as (partition by l.subject order by l.n)),
	head as (
		select o.reference as subject, o.version as many, o.head from mandate.obligation o
		union all
		select l.code, l.entries, l.head from mandate.ledger l),
	held as (
		select h.subject, h.many, h.head, count(l.n) as found, coalesce(max(l.n), 0) as last
		from head h left join link l on l.subject = h.subject group by h.subject, h.many, h.head)
	select c.subject, c.n, 'altered', format('entry %s does not give its own hash: its content was changed after it was recorded', c.n)
	from chain c where c.hash <> c.right_hash
	union all
	select c.subject, c.n - 1, 'missing', format('between entry %s and entry %s there is a gap', c.n_before, c.n)
	from chain c where c.n <> c.n_before + 1
	union all
	select c.subject, c.n, 'inserted', format('entry %s does not follow from the entry before it', c.n)
	from chain c where c.n = c.n_before + 1 and c.previous_hash <> c.hash_before and c.hash = c.right_hash
	union all
	select h.subject, h.many, 'missing', format('the record should hold %s and holds %s', mandate.counted(h.many, 'entry', 'entries'), h.found)
	from held h where h.found < h.many and h.last < h.many
	union all
	select h.subject, h.last, 'inserted', format('the record should hold %s and holds %s', mandate.counted(h.many, 'entry', 'entries'), h.found)
	from held h where h.last > h.many
	union all
	select h.subject, h.many, 'head', 'the last entry is not the one that is remembered'
	from held h join link l on l.subject = h.subject and l.n = h.many where l.hash <> h.head and l.hash = l.right_hash
	union all
	select o.reference, o.version, 'state', 'the state shown is not what the record adds up to'
	from mandate.obligation o
	join mandate.states_folded(array(select y.id from mandate.obligation y), null, null) x on x.id = o.id
	-- Of these three the chain says what they should be.
	cross join lateral jsonb_populate_record(null::mandate.obligation, x.state || jsonb_build_object('version', o.version, 'head', o.head,
		'last_effective', o.last_effective)) f
	where o is distinct from f
	union all
	select * from mandate.census_faults()
$$;

create or replace function api.audit_verify(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	faults jsonb;
begin
	perform mandate.caller_require(caller, 'viewer');
	select coalesce(jsonb_agg(jsonb_build_object('reference', f.subject, 'n', f.n, 'fault', f.fault,
		'message', f.message) order by f.subject, f.n), '[]') into faults
	from mandate.audit_faults() f;
	return jsonb_build_object('whole', faults = '[]', 'updates', (select count(*) from mandate.update),
		'obligations', (select count(*) from mandate.obligation), 'entries', (select count(*) from mandate.entry),
		'ledgers', (select count(*) from mandate.ledger l where l.entries > 0), 'head', mandate.audit_head(null), 'faults', faults);
end
$$;

create or replace function mandate.check_json(name text, ok boolean, message text, remedy text default null) returns jsonb
language sql immutable as $$
	select jsonb_strip_nulls(jsonb_build_object('name', name, 'ok', ok, 'message', message, 'remedy', case when ok then null else remedy end))
$$;

-- Open obligations whose owner cannot follow them: gone, or away with nobody to stand in.
create or replace function mandate.check_people() returns jsonb language plpgsql stable as $$
declare
	today date := mandate.today();
	gone record;
	missed record;
begin
	select count(*) as many, string_agg(distinct o.owner, ', ') as who into gone from mandate.obligation o
	where not mandate.status_is_done(o.status)
		and o.owner = any (array(select f.login from mandate.officer f where not f.active));
	select count(*) as many, string_agg(distinct o.owner, ', ') as who into missed from mandate.obligation o
	where not mandate.status_is_done(o.status) and o.owner = any ((select mandate.away_alone(today))::text[])
		and mandate.acting_owner(o.owner, today, o.alternate) = o.owner;
	return jsonb_build_array(
		mandate.check_json('former officers', gone.many = 0, case when gone.many = 0 then 'no owner of an open obligation has left'
			else format('%s who left still %s %s', gone.who, case when gone.who like '%,%' then 'own' else 'owns' end,
				mandate.many_open(gone.many)) end,
			'mandate handover LOGIN TO gives everything to somebody else'),
		mandate.check_json('substitutes', missed.many = 0, case when missed.many = 0 then 'every owner who is away has somebody to stand in'
			else format('%s for %s', mandate.counted(missed.many, 'open obligation waits', 'open obligations wait'), missed.who) end,
			'mandate officer away LOGIN --until DATE --to LOGIN names who stands in'));
end
$$;

create or replace function mandate.many_open(many bigint) returns text language sql immutable as $$
	select mandate.counted(many, 'open obligation')
$$;

-- The database's share of `mandate doctor`; the daemon adds its own.
create or replace function api.doctor(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	checks jsonb := '[]';
	many int;
begin
	perform mandate.caller_require(caller, 'viewer');
	checks := checks || mandate.check_json('database', true, 'PostgreSQL ' || current_setting('server_version') || ' answers');
	select max(m.number) into many from mandate.migration m;
	checks := checks || mandate.check_json('schema', many is not null, format('migrations up to %s are in place', many));
	select count(*) into many from mandate.audit_faults();
	checks := checks || mandate.check_json('record', many = 0,
		case many when 0 then 'every update gives its hash and follows the one before' else mandate.counted(many, 'fault') || ' in the record' end,
		'mandate audit verify names them');
	select count(*) into many from mandate.obligation o where o.live and o.owner is null and not mandate.status_is_done(o.status);
	checks := checks || mandate.check_json('owners', many = 0,
		case many when 0 then 'every open obligation has an owner' else mandate.many_open(many) || case many when 1 then ' has no owner' else ' have no owner' end end,
		'mandate list owner:none shows them; mandate assign REF OFFICER gives them one');
	checks := checks || mandate.check_people();
	checks := checks || mandate.check_reminders() || mandate.check_schedules();
	select count(*) into many from mandate.session s where s.body = 'GA' and s.opens_on >= mandate.today();
	checks := checks || mandate.check_json('sessions', many > 0,
		case when many > 0 then mandate.counted(many, 'coming session of the General Assembly has', 'coming sessions of the General Assembly have') || ' a date' else 'no coming session of the General Assembly has a date' end,
		'mandate session set GA NUMBER --opens DATE --reason TEXT');
	return jsonb_build_object('healthy', not exists (select from jsonb_array_elements(checks) c
		where not (c->>'ok')::boolean and c->>'name' in ('database', 'schema', 'record')), 'checks', checks);
end
$$;
