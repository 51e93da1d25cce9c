-- What a reading's deadline means in dates.
select test.equal('a session is a window', (select (w.due_on, w.due_end, w.legal_end)::text from mandate.deadline_window(
	'{"type":"session","body":"GA","session":60,"text":"at its sixtieth session"}', '2004-12-20') w), '(2005-09-13,2005-12-31,2006-09-11)');
select test.equal('and says why', (select w.due_why from mandate.deadline_window('{"type":"session","body":"GA","session":60}', null) w),
	'sixtieth session of the General Assembly: opens 13 September 2005 (known); customary end of the main part 31 December 2005; the session ends in law on 11 September 2006');
select test.equal('a session of unknown date stays undated', (select w.due_on is null and w.due_why like 'ninety-ninth session of the COP: its opening is not known yet%session set COP 99%'
	from mandate.deadline_window('{"type":"session","body":"COP","session":99}', null) w), true);
select test.equal('a far session has its date by rule', (select w.due_why from mandate.deadline_window('{"type":"session","body":"GA","session":120}', null) w),
	'one hundred and twentieth session of the General Assembly: opens 8 September 2065 (computed: rule 1 as amended by 75/325); customary end of the main part 31 December 2065; the session ends in law on 6 September 2066');
select test.equal('a resumed session lasts from 1 January until the next one opens', (select (w.due_on, w.due_end, w.legal_end)::text from mandate.deadline_window(
	'{"type":"session","body":"GA","session":60,"resumed":true}', null) w), '(2006-01-01,2006-09-11,2006-09-11)');
select test.equal('and says so', (select w.due_why from mandate.deadline_window('{"type":"session","body":"GA","session":60,"resumed":true}', null) w),
	'sixtieth session of the General Assembly: opens 13 September 2005 (known); resumed from 1 January 2006 to the day before the next session opens, 11 September 2006');
select test.equal('the next session is the first that opens after the adoption', (select array_agg(w.due_on order by d) from (values (date '2004-09-13'), ('2004-09-14'), ('2005-09-13')) x(d),
	mandate.deadline_window('{"type":"session","body":"GA","next":true}', d) w), array['2004-09-14', '2005-09-13', '2006-09-12']::date[]);
select test.equal('where the one under way is known it is the one after', (select w.due_on from mandate.deadline_window(
	'{"type":"session","body":"GA","next":true,"session":61}', '2004-01-01') w), '2006-09-12'::date);
select test.equal('an interval counts from the adoption', (select w.due_on from mandate.deadline_window(
	'{"type":"interval","count":6,"unit":"month","text":"within six months"}', '2004-08-31') w), '2005-02-28'::date);
select test.equal('a soft phrase stays undated', (select w.due_on is null from mandate.deadline_window('{"type":"soft","text":"as soon as possible"}', '2004-01-01') w), true);
select test.equal('ordinals', (select string_agg(mandate.ordinal(n), ' ') from unnest(array[1, 12, 20, 21, 60, 79, 99]) n),
	'first twelfth twentieth twenty-first sixtieth seventy-ninth ninety-ninth');
select test.equal('a session of a year is in its July', (select (w.due_on, w.due_end)::text from mandate.deadline_window(
	'{"type":"session","body":"ECOSOC","year":2006}', null) w), '(2006-07-01,2006-07-31)');
select test.equal('since 68/1 it begins in the July before, and is planned for its last month', (select (w.due_on, w.due_end, w.due_why)::text from mandate.deadline_window(
	'{"type":"session","body":"ECOSOC","year":2016}', null) w),
	'(2016-07-01,2016-07-31,"2016 session of the Economic and Social Council: opens 1 July 2015 (computed: from July 2015 to July 2016 (68/1); the days are not known); its high-level meetings are in the last month")');
select test.equal('a commission''s session of a year is found by its number', (select w.due_why from mandate.deadline_window(
	'{"type":"session","body":"CSW","year":2014}', null) w) like 'fifty-eighth session of the CSW: opens 1 March 2014 (computed: each year in March; the days are not known)', true);
select test.equal('of a body that meets thrice the year is known', (select w.due_on from mandate.deadline_window(
	'{"type":"session","body":"HRC","year":2014}', null) w), '2014-12-31'::date);
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
