-- The service's role may execute schema api and nothing else.
select test.equal('every api function is the service''s to execute', (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname = 'api' and not has_function_privilege('mandate_service', p.oid, 'execute')), 0::bigint);
select test.equal('every api function is a security definer with a pinned path', (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname = 'api' and not (p.prosecdef and exists (select from unnest(p.proconfig) c where c like 'search_path=%'))), 0::bigint);
select test.equal('no function of schema mandate is', (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	where n.nspname = 'mandate' and has_function_privilege('mandate_service', p.oid, 'execute')), 0::bigint);
select test.equal('no table is its to read', (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where n.nspname = 'mandate' and c.relkind = 'r' and has_table_privilege('mandate_service', c.oid, 'select, insert, update, delete')), 0::bigint);
select test.refused('a stranger is told what to do', $q$select api.me('{"uid":999}', '{}')$q$, 401, 'unknown_caller');
select test.refused('a wrong token', $q$select api.me('{"token":"00"}', '{}')$q$, 401, 'bad_token');
select api.token_add(test.ada(), jsonb_build_object('key', 't', 'login', 'vera', 'label', 'laptop', 'hash', repeat('a', 64))) \g /dev/null
select test.equal('a token stands for its officer', api.me(jsonb_build_object('token', repeat('a', 64)), '{}')->>'login', 'vera');
select api.token_revoke(test.ada(), '{"key":"r","id":1}') \g /dev/null
select test.refused('until it is revoked', format($q$select api.me('{"token":"%s"}', '{}')$q$, repeat('a', 64)), 401, 'bad_token');
select test.refused('an officer cannot add officers', $q$select api.officer_add(test.olga(), '{"key":"o","login":"x","name":"X"}')$q$, 403, 'role_too_small');
select test.equal('an administrator can', api.officer_add(test.ada(), '{"key":"o2","login":"anna","name":"Anna"}')->>'role', 'officer');
select test.refused('not twice', $q$select api.officer_add(test.ada(), '{"key":"o3","login":"anna","name":"Anna"}')$q$, 409, 'officer_exists');
select test.equal('the kernel''s greatest user numbers fit', api.officer_edit(test.ada(), '{"key":"big","login":"anna","uid":4294967294}')->>'uid', '4294967294');
select test.equal('and are known', api.me('{"uid":4294967294}', '{}')->>'login', 'anna');
select test.refused('the last administrator stays', $q$select api.officer_edit(test.ada(), '{"key":"o4","login":"ada","role":"viewer"}')$q$, 422, 'last_admin');
