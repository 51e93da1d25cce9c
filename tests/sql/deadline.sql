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
select test.equal('a session of a year is in its July', (select (w.due_on, w.due_end)::text from mandate.deadline_window(
	'{"type":"session","body":"ECOSOC","year":2006}', null) w), '(2006-07-01,2006-07-31)');
select test.equal('of another body the year is known', (select w.due_on from mandate.deadline_window(
	'{"type":"session","body":"COP","year":2006}', null) w), '2006-12-31'::date);
select test.equal('a next session that nobody knows is asked for', (select w.due_on is null and w.due_why like '%--due DATE%'
	from mandate.deadline_window('{"type":"session","body":"COP","next":true,"text":"at its next session"}', '2004-01-01') w), true);
select test.equal('what comes again begins where the text says', (select w.due_on from mandate.deadline_window(
	'{"type":"recurring","text":"biennially","count":2,"unit":"year","body":"GA","session":60}', '2004-12-20') w), '2005-09-13'::date);
select test.equal('or on its day', (select w.due_on from mandate.deadline_window(
	'{"type":"recurring","text":"annually","count":1,"unit":"year","date":"2006-12-31"}', '2004-12-20') w), '2006-12-31'::date);
select test.equal('or counts from the adoption', (select w.due_on from mandate.deadline_window(
	'{"type":"recurring","text":"annually","count":1,"unit":"year"}', '2004-12-20') w), '2005-12-20'::date);
select test.equal('what is regular without a length stays undated', (select w.due_on is null and w.due_why like '%--review DATE%'
	from mandate.deadline_window('{"type":"recurring","text":"regularly"}', '2004-12-20') w), true);
select test.equal('a term ends', (select w.due_on from mandate.deadline_window(
	'{"type":"period","text":"for a period of three years","count":3,"unit":"year"}', '2004-12-20') w), '2007-12-20'::date);
select test.equal('an interval from an event waits for it', (select w.due_on is null from mandate.deadline_window(
	'{"type":"interval","text":"thirty days after receipt","count":30,"unit":"day","event":"receipt"}', '2004-12-20') w), true);
