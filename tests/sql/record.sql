-- The record: append-only, chained, once for each key, bitemporal, and the table of statuses.
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select test.equal('an update is written once', (test.update('k1', '59/157:9', '{"status":"implemented","evidence":["A/60/131"],"on":"2005-10-07"}')
	= test.update('k1', '59/157:9', '{"status":"implemented","evidence":["A/60/131"],"on":"2005-10-07"}')), true);
select test.equal('and is there once', (select count(*) from mandate.update where key = 'k1'), 1::bigint);
select test.refused('a key cannot be used for something else', $q$select test.update('k1', '59/157:9', '{"note":"other"}')$q$, 409, 'key_reused');
select test.refused('a write without a key is refused', $q$select api.update_write(test.olga(), '{"references":["59/157:9"],"note":"x"}')$q$, 400, 'key_missing');
select test.equal('it is implemented now', test.show('59/157:9')->>'status', 'implemented');
select test.equal('it was open on 30 June 2005', test.show('59/157:9', '{"as_of":"2005-06-30"}')->>'status', 'not_started');
select test.equal('and due soon', test.show('59/157:9', '{"as_of":"2005-06-30"}')->>'timeliness', 'due_soon');
select test.equal('a fact of an earlier date does not change the present', test.update('k2', '59/157:9', '{"status":"in_progress","on":"2005-06-01"}')->'rows'->0->>'status', 'implemented');
select test.equal('but the past', test.show('59/157:9', '{"as_of":"2005-06-30"}')->>'status', 'in_progress');
select test.equal('by effect it was the second, by record the last', test.show('59/157:9')->>'version', '4');
select test.equal('what was not known then is not shown', test.list('[]', '{"known_at":"2000-01-01T00:00:00Z"}'), '');
select test.refused('a date before its record begins is refused', $q$select test.update('k3', '59/157:9', '{"status":"in_progress","on":"2004-01-01"}')$q$, 422, 'before_record');
select test.refused('the future is refused', $q$select test.update('k4', '59/157:9', '{"status":"in_progress","on":"2999-01-01"}')$q$, 422, 'future_date');
select test.refused('a date that does not exist is refused', $q$select test.update('k5', '59/157:9', '{"status":"in_progress","on":"2005-02-30"}')$q$, 422, 'bad_date');
select test.refused('nothing goes back to proposed', $q$select test.update('k6', '59/157:9', '{"status":"proposed","note":"x"}')$q$, 422, 'status_cannot_follow');
select test.refused('reopening needs a reason', $q$select test.update('k7', '59/157:9', '{"status":"in_progress"}')$q$, 422, 'needs_reason');
select test.refused('an end needs evidence or a reason', $q$select test.update('k8', '59/157:6', '{"status":"closed"}')$q$, 422, 'needs_reason');
select test.equal('with a reason it reopens', test.update('k9', '59/157:9', '{"status":"in_progress","note":"withdrawn"}')->'rows'->0->>'status', 'in_progress');
select test.refused('an update says something', $q$select test.update('k10', '59/157:9', '{}')$q$, 422, 'empty_update');
select test.refused('an old version is refused', $q$select test.update('k11', '59/157:9', '{"note":"x","version":1}')$q$, 409, 'version_conflict');
select test.refused('only a clearer clears', $q$select test.update('k12', '59/157:9', '{"clearance":"cleared"}')$q$, 403, 'role_too_small');
select test.equal('a dry run writes nothing', test.update('k13', '59/157:9', '{"note":"x","dry_run":true}')->>'dry_run', 'true');
select test.equal('not even the key', (select count(*) from mandate.request where key = 'k13'), 0::bigint);
select test.refused('one bad reference among several changes none', $q$select api.update_write(test.olga(),
	'{"key":"k14","references":["59/157:9","59/157:77"],"note":"x"}')$q$, 404, 'no_obligation');
select test.refused('an update is never changed', $q$update mandate.update set note = 'x'$q$, 409, '');
select test.refused('nor deleted', $q$delete from mandate.update$q$, 409, '');
select test.refused('nor truncated', $q$truncate mandate.update$q$, 409, '');
select test.refused('a status is not set past the record', $q$update mandate.obligation set status = 'closed'$q$, 409, '');
select test.equal('the record is whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
select test.refused('nor does a note take effect before the record begins', $q$select test.update('k15', '59/157:9', '{"note":"x","on":"1990-01-01"}')$q$, 422, 'before_record');
select test.equal('what it was called later is not told before', test.show('59/157:9', '{"as_of":"2004-12-01"}')->'former_references', '[]');
select test.equal('what it was called before is told after', test.show('59/157:9')->'former_references', '["E/RES/2004/23:9"]');
alter table mandate.obligation disable trigger user;
update mandate.obligation set status = 'closed' where reference = 'A/RES/59/157:6';
select test.equal('a state set past the record is named', api.audit_verify(test.olga(), '{}')->'faults'->0->>'fault', 'state');
update mandate.obligation set status = 'continuing' where reference = 'A/RES/59/157:6';
alter table mandate.obligation enable trigger user;
alter table mandate.update disable trigger user;
update mandate.update set note = 'altered' where key = 'k9';
select test.equal('an altered row is named', (api.audit_verify(test.olga(), '{}')->'faults'->0) - 'message', '{"reference":"A/RES/59/157:9","n":5,"fault":"altered"}');
update mandate.update set note = 'withdrawn' where key = 'k9';
delete from mandate.update where key = 'k2';
select test.equal('a missing row is named', api.audit_verify(test.olga(), '{}')->'faults'->0->>'fault', 'missing');
-- A whole obligation leaves no gap in the chain of another; the census misses it.
select api.audit_verify(test.olga(), '{}')->'faults' as before \gset
alter table mandate.obligation disable trigger user;
create temp table doomed as select o.id, c.n from mandate.obligation o join mandate.census c on c.obligation_id = o.id where o.reference = 'A/RES/59/157:6';
delete from mandate.update u using doomed d where u.obligation_id = d.id;
delete from mandate.reference r using doomed d where r.obligation_id = d.id;
delete from mandate.reminder_due r using doomed d where r.obligation_id = d.id;
delete from mandate.obligation o using doomed d where o.id = d.id;
select test.equal('an obligation that was deleted with its whole record is missed', (select string_agg(f->>'reference' || ' ' || (f->>'fault'), '; ')
	from jsonb_array_elements(api.audit_verify(test.olga(), '{}')->'faults') f where not :'before'::jsonb @> jsonb_build_array(f)),
	(select format('obligation no. %s missing', d.n) from doomed d));
select test.refused('the census is never changed', 'delete from mandate.census', 409, '');
alter table mandate.census disable trigger user;
delete from mandate.census c using doomed d where c.n = d.n;
select test.equal('and so is one that was taken out of the census too', (select string_agg(f->>'message', '; ')
	from jsonb_array_elements(api.audit_verify(test.olga(), '{}')->'faults') f where f->>'reference' like 'obligation no%'),
	(select format('between no. %s and no. %s the census has a gap', d.n - 1, d.n + 1) from doomed d));
alter table mandate.census enable trigger user;
alter table mandate.obligation enable trigger user;
