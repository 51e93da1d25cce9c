-- Who asks, whether they may, and each write once.
set role mandate_owner;

-- The officer behind {"uid":…} or {"token":"<sha256>"}; refuses strangers and too small a
-- role. Every api function calls it first.
create or replace function mandate.caller_require(caller jsonb, minimum text) returns mandate.officer
language plpgsql stable as $$
declare
	ranks constant text[] := array['viewer', 'officer', 'clearer', 'admin'];
	found mandate.officer;
begin
	if caller ? 'uid' then
		select * into found from mandate.officer o where o.uid = (caller->>'uid')::bigint and o.active;
		if found.id is null then
			perform mandate.refuse(401, 'unknown_caller', format(
				'user number %s is not an officer here; an administrator adds you with: mandate officer add LOGIN --uid %s --name NAME --role officer',
				caller->>'uid', caller->>'uid'));
		end if;
	else
		select o.* into found from mandate.token t join mandate.officer o on o.id = t.officer_id
		where t.hash = caller->>'token' and t.revoked_at is null and o.active and t.feed = coalesce((caller->>'feed')::boolean, false)
			and (t.expires_on is null or t.expires_on >= mandate.today());
		if found.id is null then
			perform mandate.refuse(401, 'bad_token', 'the token is missing, unknown, expired or revoked');
		end if;
	end if;
	if array_position(ranks, found.role) < array_position(ranks, minimum) then
		perform mandate.refuse(403, 'role_too_small', format(
			'%s has the role %s; this needs the role %s or higher', found.login, found.role, minimum));
	end if;
	return found;
end
$$;

-- Takes the request's idempotency key. Null: go on and hand the answer to request_end;
-- else the first answer. Two requests with one key at once wait for each other here.
create or replace function mandate.request_begin(officer mandate.officer, function text, request jsonb)
returns jsonb language plpgsql as $$
declare
	key text := request->>'key';
	digest bytea := sha256(convert_to((request - 'key')::text, 'UTF8'));
	earlier mandate.request;
begin
	if key is null or length(key) not between 1 and 128 then
		perform mandate.refuse(400, 'key_missing', 'a write needs an idempotency key of 1 to 128 characters');
	end if;
	insert into mandate.request values (officer.id, key, function, digest, null, mandate.now())
	on conflict do nothing;
	if found then
		return null;
	end if;
	select r.* into earlier from mandate.request r where r.officer_id = officer.id and r.key = request->>'key';
	if earlier.function <> function or earlier.digest <> digest then
		perform mandate.refuse(409, 'key_reused',
			'this idempotency key was used for another request; make a new one for each write');
	end if;
	return earlier.answer;
end
$$;

create or replace function mandate.request_end(officer mandate.officer, request jsonb, answer jsonb)
returns jsonb language plpgsql as $$
begin
	update mandate.request r set answer = request_end.answer
	where r.officer_id = officer.id and r.key = request->>'key';
	return answer;
end
$$;

create or replace function mandate.officer_json(o mandate.officer) returns jsonb language plpgsql stable as $$
begin
	return jsonb_build_object('login', o.login, 'name', o.name, 'role', o.role, 'mail', o.mail,
		'uid', o.uid, 'unit', o.unit, 'active', o.active, 'time_zone', o.time_zone, 'digest', o.digest,
		'work_from', to_char(o.work_from, 'HH24:MI'), 'work_until', to_char(o.work_until, 'HH24:MI'), 'channel', o.channel,
		'supervisor', (select s.login from mandate.officer s where s.id = o.supervisor), 'daily_cap', o.daily_cap,
		'away', mandate.absence_json(mandate.absence_on(o.login, mandate.today()), mandate.today()));
end
$$;

-- An hour of the day in a request, or null.
create or replace function mandate.request_hour(request jsonb, name text) returns time language plpgsql stable as $$
begin
	if request->>name !~ '^[0-9]{1,2}:[0-9]{2}$' then
		raise exception 'no hour';
	end if;
	return (request->>name)::time;
exception when others then
	perform mandate.refuse(422, 'bad_officer', format('%s: "%s" is not an hour of the day; write it as 08:30', name, request->>name));
end
$$;

-- How and when a person is reminded, where the request says it. Called by officer_add and officer_edit.
create or replace function mandate.officer_set_reminders(o mandate.officer, request jsonb) returns mandate.officer
language plpgsql as $$
declare
	above int := o.supervisor;
	since time := coalesce(mandate.request_hour(request, 'work_from'), o.work_from);
	until time := coalesce(mandate.request_hour(request, 'work_until'), o.work_until);
	changed mandate.officer;
begin
	if not request ?| array['time_zone', 'digest', 'work_from', 'work_until', 'channel', 'webhook_url', 'supervisor', 'daily_cap'] then
		return o;
	end if;
	if request ? 'time_zone' and not exists (select from pg_timezone_names z where z.name = request->>'time_zone') then
		perform mandate.refuse(422, 'bad_officer', format('there is no time zone "%s"; they are named like Europe/Vienna, America/New_York or UTC', request->>'time_zone'));
	end if;
	if since >= until then
		perform mandate.refuse(422, 'bad_officer', format('work begins at %s and ends at %s, which leaves no time to be reminded',
			to_char(since, 'HH24:MI'), to_char(until, 'HH24:MI')));
	end if;
	if request ? 'supervisor' then
		select s.id into above from mandate.officer s where s.login = request->>'supervisor' and s.active;
		if above is null and request->>'supervisor' is not null then
			perform mandate.refuse(404, 'no_officer', format('there is no officer %s; mandate officer list shows them', request->>'supervisor'));
		elsif above = o.id then
			perform mandate.refuse(422, 'bad_officer', 'nobody is the own supervisor');
		end if;
	end if;
	if coalesce(request->>'channel', o.channel) = 'webhook' and (case when request ? 'webhook_url' then request->>'webhook_url' else o.webhook_url end) is null then
		perform mandate.refuse(422, 'bad_officer', 'who is told by webhook has one: add --webhook URL');
	end if;
	begin
		update mandate.officer x set time_zone = coalesce(request->>'time_zone', x.time_zone), digest = coalesce(request->>'digest', x.digest),
			work_from = since, work_until = until, channel = coalesce(request->>'channel', x.channel), supervisor = above,
			webhook_url = case when request ? 'webhook_url' then request->>'webhook_url' else x.webhook_url end,
			daily_cap = coalesce((request->>'daily_cap')::int, x.daily_cap)
		where x.id = o.id returning * into changed;
	exception when check_violation then
		perform mandate.refuse(422, 'bad_officer', 'a digest is daily or weekly, a channel mail, webhook or inbox, a webhook an http or https address, and a day has room for at least one message');
	end;
	return changed;
end
$$;

drop function if exists mandate.officer_short(text);
create or replace function mandate.officer_short(login text, known_at timestamptz default 'infinity') returns jsonb language plpgsql stable as $$
begin
	return (
		select jsonb_build_object('login', o.login, 'name', o.name) from mandate.officer_known(known_at) o where o.login = officer_short.login);
end
$$;

-- Called by the daemon at every start, as the owner: whoever runs it is an administrator.
drop function if exists mandate.officer_bootstrap(int, text, text);
create or replace function mandate.officer_bootstrap(uid bigint, login text, name text) returns void
language sql as $$
	insert into mandate.officer (login, name, role, uid, created_at)
	-- "mandated" is the daemon itself, and nobody's login.
	select case login when 'mandated' then 'mandated@here' else login end, coalesce(nullif(name, ''), login), 'admin', uid, mandate.now()
	where not exists (select from mandate.officer o where o.uid = officer_bootstrap.uid)
	on conflict do nothing
$$;

create or replace function api.me(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	return mandate.officer_json(mandate.caller_require(caller, 'viewer'));
end
$$;

create or replace function api.officer_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'viewer');
	return jsonb_build_object('rows', coalesce(
		(select jsonb_agg(mandate.officer_json(o) order by o.login) from mandate.officer o), '[]'));
end
$$;

create or replace function api.officer_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'officer_add', request);
	added mandate.officer;
begin
	if answer is not null then
		return answer;
	end if;
	if exists (select from mandate.officer o where o.login = request->>'login') then
		perform mandate.refuse(409, 'officer_exists', format('there is an officer %s already; change it with: mandate officer edit %s',
			request->>'login', request->>'login'));
	end if;
	begin
		insert into mandate.officer (login, name, role, mail, uid, unit, created_at)
		values (request->>'login', request->>'name', coalesce(request->>'role', 'officer'), request->>'mail',
			(request->>'uid')::bigint, mandate.unit_require(request->>'unit'), mandate.now())
		returning * into added;
	exception when check_violation or unique_violation or not_null_violation then
		perform mandate.refuse(422, 'bad_officer', 'an officer needs a login of letters and digits, a name, a role (viewer, officer, clearer, admin), a mail address of the form a@b, and a user number that nobody else has');
	end;
	return mandate.request_end(admin, request, mandate.officer_json(mandate.officer_set_reminders(added, request)));
end
$$;

-- Nobody goes who still owns something open: with the officer would go what she followed.
create or replace function mandate.officer_owns_nothing(o mandate.officer) returns void language plpgsql stable as $$
declare
	many int := (select count(*) from mandate.obligation x where x.owner = o.login and not mandate.status_is_done(x.status));
begin
	if many > 0 then
		perform mandate.refuse(422, 'still_owner', format('%s still owns %s; hand over first: mandate handover %s LOGIN',
			o.login, mandate.counted(many, 'open obligation'), o.login), jsonb_build_object('open', many));
	end if;
end
$$;

create or replace function api.officer_edit(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'officer_edit', request);
	edited mandate.officer;
begin
	if answer is not null then
		return answer;
	end if;
	-- Two at once could take the role admin from each other.
	perform pg_advisory_xact_lock(hashtext('mandate officers'));
	begin
		update mandate.officer o set
			name = coalesce(request->>'name', o.name),
			role = coalesce(request->>'role', o.role),
			mail = case when request ? 'mail' then request->>'mail' else o.mail end,
			uid = case when request ? 'uid' then (request->>'uid')::bigint else o.uid end,
			unit = case when request ? 'unit' then mandate.unit_require(request->>'unit') else o.unit end,
			active = coalesce((request->>'active')::boolean, o.active)
		where o.login = request->>'login'
		returning * into edited;
	exception when check_violation or unique_violation then
		perform mandate.refuse(422, 'bad_officer', 'that is no role (viewer, officer, clearer, admin), no mail address, or a user number that somebody else has');
	end;
	if edited.id is null then
		perform mandate.refuse(404, 'no_officer', format('there is no officer %s; mandate officer list shows them', request->>'login'));
	end if;
	edited := mandate.officer_set_reminders(edited, request);
	if not edited.active then
		perform mandate.officer_owns_nothing(edited);
	end if;
	if not exists (select from mandate.officer o where o.role = 'admin' and o.active) then
		perform mandate.refuse(422, 'last_admin', 'that would leave nobody with the role admin');
	end if;
	return mandate.request_end(admin, request, mandate.officer_json(edited));
end
$$;

create or replace function mandate.token_json(t mandate.token) returns jsonb language sql stable as $$
	select jsonb_build_object('id', t.id, 'login', o.login, 'label', t.label,
		'created_at', mandate.time_text(t.created_at), 'expires_on', t.expires_on, 'feed', t.feed,
		'revoked_at', mandate.time_text(t.revoked_at))
	from mandate.officer o where o.id = t.officer_id
$$;

-- request.hash is the SHA-256 of a secret that the daemon made and shows once.
create or replace function api.token_add(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	-- The daemon makes a new secret for each try, so the hash is no part of the request.
	answer jsonb := mandate.request_begin(admin, 'token_add', request - 'hash');
	holder int;
	added mandate.token;
begin
	if answer is not null then
		perform mandate.refuse(409, 'key_reused', 'this token was made already and its secret was shown once; make another');
	end if;
	select o.id into holder from mandate.officer o where o.login = request->>'login';
	if holder is null then
		perform mandate.refuse(404, 'no_officer', format('there is no officer %s', request->>'login'));
	end if;
	insert into mandate.token (officer_id, hash, label, created_at, expires_on, feed)
	values (holder, request->>'hash', coalesce(request->>'label', ''), mandate.now(),
		mandate.request_date(request, 'expires_on'), coalesce((request->>'feed')::boolean, false))
	returning * into added;
	return mandate.request_end(admin, request, mandate.token_json(added));
end
$$;

create or replace function api.token_list(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
begin
	perform mandate.caller_require(caller, 'admin');
	return jsonb_build_object('rows', coalesce(
		(select jsonb_agg(mandate.token_json(t) order by t.id) from mandate.token t), '[]'));
end
$$;

create or replace function api.token_revoke(caller jsonb, request jsonb) returns jsonb
language plpgsql security definer set search_path = mandate, pg_temp as $$
declare
	admin mandate.officer := mandate.caller_require(caller, 'admin');
	answer jsonb := mandate.request_begin(admin, 'token_revoke', request);
	gone mandate.token;
begin
	if answer is not null then
		return answer;
	end if;
	update mandate.token t set revoked_at = coalesce(t.revoked_at, mandate.now())
	where t.id = (request->>'id')::int returning * into gone;
	if gone.id is null then
		perform mandate.refuse(404, 'no_token', format('there is no token %s', request->>'id'));
	end if;
	return mandate.request_end(admin, request, mandate.token_json(gone));
end
$$;

-- The officer in whose name the daemon itself writes; nobody can log in as it.
create or replace function mandate.officer_itself() returns mandate.officer language sql stable as $$
	select o from mandate.officer o where o.login = 'mandated'
$$;
