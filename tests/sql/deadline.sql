-- What a reading's deadline means in dates.
select test.equal('a session is a window', (select (w.due_on, w.due_end, w.legal_end)::text from mandate.deadline_window(
	'{"type":"session","body":"GA","session":60,"text":"at its sixtieth session"}', '2004-12-20') w), '(2005-09-13,2005-12-31,2006-09-11)');
select test.equal('and says why', (select w.due_why from mandate.deadline_window('{"type":"session","body":"GA","session":60}', null) w),
	'sixtieth session of the General Assembly: opens 13 September 2005 (known); customary end of the main part 31 December 2005; the session ends in law on 11 September 2006');
select test.equal('a session of unknown date stays undated', (select w.due_on is null and w.due_why like 'ninety-ninth session of the General Assembly: its opening is not known yet%'
	from mandate.deadline_window('{"type":"session","body":"GA","session":99}', null) w), true);
select test.equal('an interval counts from the adoption', (select w.due_on from mandate.deadline_window(
	'{"type":"interval","count":6,"unit":"month","text":"within six months"}', '2004-08-31') w), '2005-02-28'::date);
select test.equal('a soft phrase stays undated', (select w.due_on is null from mandate.deadline_window('{"type":"soft","text":"as soon as possible"}', '2004-01-01') w), true);
select test.equal('ordinals', (select string_agg(mandate.ordinal(n), ' ') from unnest(array[1, 12, 20, 21, 60, 79, 99]) n),
	'first twelfth twentieth twenty-first sixtieth seventy-ninth ninety-ninth');
