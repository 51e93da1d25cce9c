-- Ledgers: append-only, chained, corrected by later entries, bitemporal.
insert into mandate.ledger (code, kind) values ('TEST', 'treaty'), ('OTHER', 'fund');
select test.equal('entries are numbered from one', (select array_agg(e.n order by e.n) from (
	select (mandate.entry_append('TEST', 'signature', p, '{}', '', '[]', d, test.olga_id(), 'k')).n
	from (values ('FRA', date '2001-01-01'), ('PER', '2002-02-02'), ('KEN', '2003-03-03')) x(p, d)) e), array[1, 2, 3]);
insert into mandate.entry (ledger, n, action, party, effective_on, recorded_at, officer_id, previous_hash, hash)
	select 'TEST', 0, 'ratification', 'P' || i, date '2004-01-01' + i, 'epoch', test.olga_id(), '\x', '\x' from generate_series(1, 50) i;
select test.equal('many in one statement are chained too', (select (l.entries, l.head = e.hash)::text from mandate.ledger l
	join mandate.entry e on e.ledger = l.code and e.n = 53 where l.code = 'TEST'), '(53,t)');
select test.equal('the chains are whole', api.audit_verify(test.olga(), '{}')->>'whole', 'true');
select mandate.entry_append('TEST', 'ratification', 'PER', '{}', '', '[]', '2002-02-03', test.olga_id(), 'k', 2) \g /dev/null
select test.equal('a correction stands in the place of what it corrects', (select string_agg(e.n::text, ' ' order by e.n)
	from mandate.ledger_entries('TEST', '2003-12-31') e), '1 3 54');
select mandate.entry_append('TEST', 'void', 'KEN', '{}', 'never signed', '[]', '2003-03-03', test.olga_id(), 'k', 3) \g /dev/null
select test.equal('a taking back stands for nothing', (select count(*) from mandate.ledger_entries('TEST', '2003-12-31')), 2::bigint);
select test.refused('what was corrected is corrected once', $q$select mandate.entry_find('TEST', 2)$q$, 409, 'entry_corrected');
select test.refused('an entry that is not there', $q$select mandate.entry_find('TEST', 99)$q$, 404, 'no_entry');
select test.equal('before it was recorded nothing was known', (select count(*) from mandate.ledger_entries('TEST', null, '2000-01-01')), 0::bigint);
select test.refused('an entry is never changed', $q$update mandate.entry set note = 'x'$q$, 409, '');
select test.refused('nor deleted', $q$delete from mandate.entry$q$, 409, '');
select test.refused('nor truncated', $q$truncate mandate.entry$q$, 409, '');
alter table mandate.entry disable trigger user;
update mandate.entry set party = 'ABC' where ledger = 'TEST' and n = 3;
select test.equal('an altered entry is named', (api.audit_verify(test.olga(), '{}')->'faults'->0) - 'message', '{"reference":"TEST","n":3,"fault":"altered"}');
update mandate.entry set party = 'KEN' where ledger = 'TEST' and n = 3;
delete from mandate.entry where ledger = 'TEST' and n = 55;
select test.equal('a missing tail is named', (api.audit_verify(test.olga(), '{}')->'faults'->0) - 'message', '{"reference":"TEST","n":55,"fault":"missing"}');
alter table mandate.entry enable trigger user;
select test.refused('faults of rows are all named', $q$select mandate.rows_require(jsonb_build_array(
	mandate.row_fault(2, 'on', 'x', 'no date'), mandate.row_fault(9, 'party', 'y', 'no party')), 10)$q$, 422, 'bad_rows');
select test.equal('rows without a fault pass', mandate.rows_require('[]', 10)::text, '');
select test.equal('dates of rows', array[mandate.row_date('2005-02-28'), mandate.row_date('2005-02-30'), mandate.row_date('1 May 2005'), null], array['2005-02-28', null, null, null]::date[]);
select test.equal('amounts of rows', array[mandate.row_amount('1250.50'), mandate.row_amount('-1'), mandate.row_amount('1,250'), mandate.row_amount('1e9')], array[1250.50, null, null, null]::numeric[]);
select test.import('E/RES/2004/23') \g /dev/null
select api.resolution_adopt(test.olga(), '{"key":"a","symbol":"E/RES/2004/23","as":"A/RES/59/157","on":"2004-12-20"}') \g /dev/null
select mandate.append(o.id, 'milestone', '{"milestones":{"slot":{"done_on":"2005-07-29"}}}', '', '[]', '2005-07-29', test.olga_id(), 'm1') from mandate.obligation o where o.reference = 'A/RES/59/157:9' \g /dev/null
select mandate.append(o.id, 'milestone', '{"milestones":{"forecast":{"done_on":"2005-07-01"}}}', '', '[]', '2005-07-01', test.olga_id(), 'm2') from mandate.obligation o where o.reference = 'A/RES/59/157:9' \g /dev/null
select test.equal('milestones are set one by one, in any order', (select o.milestones from mandate.obligation o where o.reference = 'A/RES/59/157:9'),
	'{"slot":{"done_on":"2005-07-29"},"forecast":{"done_on":"2005-07-01"}}');
select test.equal('as of a date', (select o.milestones from mandate.obligation_as_of('2005-07-15', null) o where o.reference = 'A/RES/59/157:9'), '{"forecast":{"done_on":"2005-07-01"}}');
