-- Whether the record is whole, and whether all is as it should be.
set role mandate_owner;

-- Recomputes every chain. A row whose content does not give its hash was altered; a gap in
-- the numbers or a short tail is missing; a row that the row after does not follow was inserted.
create or replace function mandate.audit_faults() returns table (obligation_id int, n int, fault text, message text)
language sql stable as $$
	with chain as (
		select u.obligation_id, u.n, u.hash, u.previous_hash, mandate.update_hash(u) as right_hash,
			lag(u.n, 1, 0) over w as n_before, lag(u.hash, 1, '\x') over w as hash_before
		from mandate.update u window w as (partition by u.obligation_id order by u.n))
	select c.obligation_id, c.n, 'altered', format('update %s does not give its own hash: its content was changed after it was recorded', c.n)
	from chain c where c.hash <> c.right_hash
	union all
	select c.obligation_id, c.n - 1, 'missing', format('between update %s and update %s there is a gap', c.n_before, c.n)
	from chain c where c.n <> c.n_before + 1
	union all
	select c.obligation_id, c.n, 'inserted', format('update %s does not follow from the update before it', c.n)
	from chain c where c.n = c.n_before + 1 and c.previous_hash <> c.hash_before and c.hash = c.right_hash
	union all
	select o.id, o.version, 'missing', format('the record should hold %s updates and holds %s', o.version, count(u.n))
	from mandate.obligation o left join mandate.update u on u.obligation_id = o.id
	group by o.id having count(u.n) < o.version and coalesce(max(u.n), 0) < o.version
	union all
	select o.id, max(u.n), 'inserted', format('the record should hold %s updates and holds %s', o.version, count(u.n))
	from mandate.obligation o join mandate.update u on u.obligation_id = o.id
	group by o.id having max(u.n) > o.version
	union all
	select o.id, o.version, 'head', 'the last update is not the one that the obligation remembers'
	from mandate.obligation o join mandate.update u on u.obligation_id = o.id and u.n = o.version
	where u.hash <> o.head and u.hash = mandate.update_hash(u)
	union all
	select o.id, o.version, 'state', 'the state shown is not what the record adds up to'
	from mandate.obligation o
	where to_jsonb(o) - '{id,version,head,last_effective}'::text[]
		<> to_jsonb(jsonb_populate_record(null::mandate.obligation, mandate.fold(o.id))) - '{id,version,head,last_effective}'::text[]
$$;

create or replace function api.audit_verify(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	faults jsonb;
begin
	perform mandate.caller_require(caller, 'viewer');
	select coalesce(jsonb_agg(jsonb_build_object('reference', o.reference, 'n', f.n, 'fault', f.fault,
		'message', f.message) order by o.id, f.n), '[]') into faults
	from mandate.audit_faults() f join mandate.obligation o on o.id = f.obligation_id;
	return jsonb_build_object('whole', faults = '[]', 'updates', (select count(*) from mandate.update),
		'obligations', (select count(*) from mandate.obligation), 'head', mandate.audit_head(null), 'faults', faults);
end
$$;

create or replace function mandate.check_json(name text, ok boolean, message text, remedy text default null) returns jsonb
language sql immutable as $$
	select jsonb_strip_nulls(jsonb_build_object('name', name, 'ok', ok, 'message', message, 'remedy', case when ok then null else remedy end))
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
		case many when 0 then 'every update gives its hash and follows the one before' else many || ' faults in the record' end,
		'mandate audit verify names them');
	select count(*) into many from mandate.obligation o where o.live and o.owner is null and not mandate.status_is_done(o.status);
	checks := checks || mandate.check_json('owners', many = 0,
		case many when 0 then 'every open obligation has an owner' else many || ' open obligations have no owner' end,
		'mandate list owner:none shows them; mandate assign REF OFFICER gives them one');
	select count(*) into many from mandate.officer o where o.active and o.mail is null
		and exists (select from mandate.obligation x where x.owner = o.login);
	checks := checks || mandate.check_json('mail addresses', many = 0,
		case many when 0 then 'every owner can be written to' else many || ' owners have no mail address' end,
		'mandate officer edit LOGIN --mail ADDRESS');
	select count(*) into many from mandate.session s where s.body = 'GA' and s.opens_on >= mandate.today();
	checks := checks || mandate.check_json('sessions', many > 0,
		case when many > 0 then many || ' coming sessions of the General Assembly have a date' else 'no coming session of the General Assembly has a date' end,
		'mandate session set GA NUMBER --opens DATE --reason TEXT');
	return jsonb_build_object('healthy', not exists (select from jsonb_array_elements(checks) c
		where not (c->>'ok')::boolean and c->>'name' in ('database', 'schema', 'record')), 'checks', checks);
end
$$;
