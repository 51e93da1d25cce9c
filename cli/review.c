/* review: an officer confirms a reading, the sure clauses in one go, the others one by one. */
#include "review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "base/utf8.h"
#include "exit.h"

#define REVIEW_SURE 0.9

/* What a step says about going on. */
enum review_step { STEP_ON, STEP_WRITE, STEP_LEAVE };

bool review_ask(struct review *review, const char *prompt, struct slice *ret)
{
	size_t bad;

	for (;;) {
		buf_append_text(&review->page.out, prompt);
		review->heard = page_flush(&review->page) ? listen_line(&review->listener, ret) : HEARD_END;
		if (review->heard != HEARD_LINE)
			return false;
		/* JSON carries UTF-8 alone. */
		if (utf8_valid(*ret, &bad) && slice_find_byte(*ret, '\0') < 0)
			break;
		buf_append_text(&review->page.out, "  That is not UTF-8; type it again.\n");
	}
	/* A pipe does not show what was typed. */
	if (!isatty(STDIN_FILENO))
		buf_printf(&review->page.out, "%.*s\n", SLICE_ARG(*ret));
	return true;
}

static void review_accept_sure(struct review *review)
{
	review_remember(review);
	for (size_t i = 0; i < review->now.count; i++)
		if (review_sure(review, &review->now.items[i]))
			review->now.items[i].decided = true;
	review_next(review);
}

static size_t review_sure_count(const struct review *review)
{
	size_t count = 0;

	for (size_t i = 0; i < review->now.count; i++)
		count += review_sure(review, &review->now.items[i]);
	return count;
}

/* The sure ones in one go, or with --accept without a question. */
static enum review_step review_begin_sure(struct review *review, bool without_asking)
{
	size_t count = review_sure_count(review);
	struct slice line;

	if (count == 0)
		return STEP_ON;
	buf_printf(&review->page.out, "%zu of %zu requests %s read with confidence %.2f or more:\n", count, review->now.count,
	    count == 1 ? "is" : "are", review->sure);
	review_page_sure(review);
	if (without_asking) {
		buf_append_text(&review->page.out, "Accepted.\n");
		review_accept_sure(review);
		return STEP_ON;
	}
	while (review_ask(review, "Accept all? [y]es, [o]ne by one, [q]uit> ", &line)) {
		line = slice_trim(line);
		if (review_yes(line))
			review_accept_sure(review);
		if (review_yes(line) || (line.len > 0 && strchr("oOnN", *line.at) != NULL))
			return STEP_ON;
		if (line.len > 0 && (*line.at == 'q' || *line.at == 'Q'))
			return STEP_LEAVE;
		buf_append_text(&review->page.out, "  y takes these as they were read, o shows each beside its paragraph, q leaves;\n"
		                                   "  nothing is written before the last question.\n");
	}
	return STEP_LEAVE;
}

static bool review_leaves(struct review *review)
{
	struct slice line;

	if (review->before_count == 0)
		return true;
	return review_ask(review, "Nothing is written yet. Leave, and forget what was decided? [y/n]> ", &line) ? review_yes(line) : true;
}

/* Keys that mean the same at a clause and at the end. */
static enum review_step review_common(struct review *review, const struct review_key *key)
{
	switch (key->key) {
	case '?':
		review_page_help(review);
		break;
	case 'u':
		if (!review_undo(review))
			buf_append_text(&review->page.out, "  There is nothing to take back.\n");
		break;
	case 'p':
		review_add(review, key->rest);
		break;
	case 'q':
		return review_leaves(review) ? STEP_LEAVE : STEP_ON;
	default:
		break;
	}
	return STEP_ON;
}

/* One clause: shown, one line typed. */
static enum review_step review_item(struct review *review)
{
	struct review_key key;
	struct slice line;

	review_page_item(review);
	if (!review_ask(review, "a accept, v w k d s m x o correct, p u q, ? help> ", &line))
		return STEP_LEAVE;
	if (!review_key(line, &key) || key.key == 'n') {
		buf_append_text(&review->page.out, "  That is no key here; ? explains them.\n");
		return STEP_ON;
	}
	if (key.key == '\0' || strchr("?upq", key.key) != NULL)
		return review_common(review, &key);
	/* The question before was answered with y. */
	if (key.key == 'y')
		key.key = 'a';
	review_act(review, &key);
	return STEP_ON;
}

/* All are decided: write? Where the resolution was confirmed before and nothing was added, there is nothing to. */
static enum review_step review_end(struct review *review, bool without_asking)
{
	bool nothing = review->now.count == 0 && json_flag_of(review->resolution, "confirmed");
	struct review_key key;
	struct slice line;

	if (without_asking)
		return nothing ? STEP_LEAVE : STEP_WRITE;
	if (!review_ask(review, nothing ? "p PARAGRAPH add, q leave> " : "Write? [y]es, [n]o, u take back, p PARAGRAPH add> ", &line))
		return STEP_LEAVE;
	if (!review_key(line, &key) || key.key == '\0')
		return STEP_ON;
	if (key.key == 'y')
		return nothing ? STEP_LEAVE : STEP_WRITE;
	if (key.key == 'n')
		return STEP_LEAVE;
	if (key.key == '?') {
		buf_append_text(&review->page.out, "  y               write it: what was accepted becomes obligations\n"
		                                   "  n, q            leave; nothing is written\n"
		                                   "  u               take the last step back\n"
		                                   "  p PARAGRAPH     add a request that the reader missed there\n");
		return STEP_ON;
	}
	return review_common(review, &key);
}

/* Adds the names to which an officer gave a code, as commands that keep them. */
static void review_offer(struct review *review, const json_t *members)
{
	const json_t *one, *part;
	size_t i;

	json_array_foreach (json_member(members, "addressees"), i, one)
		if (*json_text_of(one, "code") != '\0')
			buf_printf(&review->page.out, "To have it known in later texts: mandate alias add \"%s\" %s\n", json_text_of(one, "text"),
			    json_text_of(one, "code"));
	json_array_foreach (json_member(members, "split"), i, part)
		review_offer(review, part);
}

static int review_write(struct review *review)
{
	char *path = client_path("/v1/resolutions/", json_text_of(review->resolution, "symbol"), "/confirm");
	json_t *answer = NULL, *body = review_body(review);
	struct error error = ERROR_NONE;
	int code = client_write(review->client, "POST", path, body, &answer, &error);

	free(path);
	if (code != 0) {
		(void)page_flush(&review->page);
		code = exit_fail(&error);
		fputs("mandate: nothing was written\n", stderr);
		return code;
	}
	buf_printf(&review->page.out, "Written: %s is confirmed, %zu %s. See them with: mandate list symbol:%s\n",
	    json_text_of(answer, "symbol"), json_array_size(json_member(answer, "obligations")),
	    word_of((int64_t)json_array_size(json_member(answer, "obligations")), "obligation", "obligations"), json_text_of(answer, "symbol"));
	for (size_t i = 0; i < review->now.count; i++) {
		review_offer(review, review->now.items[i].correction);
		review_offer(review, json_member(review->now.items[i].correction, "add"));
	}
	json_decref(answer);
	return EXIT_DONE;
}

/* Left without writing: says so, and why. */
static int review_left(struct review *review)
{
	bool nothing = review->now.count == 0 && json_flag_of(review->resolution, "confirmed");

	(void)page_flush(&review->page);
	if (review->heard == HEARD_LINE || nothing)
		fprintf(stderr, "mandate: nothing was written\n");
	else
		fprintf(stderr, "%smandate: %s; nothing was written\n", isatty(STDIN_FILENO) ? "\n" : "",
		    review->heard == HEARD_INTERRUPT ? "interrupted" : "the input ended before all was decided and confirmed with y");
	return nothing ? EXIT_DONE : EXIT_REFUSED;
}

static int review_talk(struct review *review, const struct invocation *invocation)
{
	bool yes = option_given(invocation, OPTION_YES);
	enum review_step step;

	review_page_head(review);
	step = review_begin_sure(review, option_given(invocation, OPTION_ACCEPT));
	while (step == STEP_ON) {
		if (review->now.at < review->now.count) {
			step = review_item(review);
		} else {
			review_page_summary(review);
			step = review_end(review, yes);
		}
	}
	return step == STEP_WRITE ? review_write(review) : review_left(review);
}

int review_run(const struct invocation *invocation)
{
	struct review review = {.sure = REVIEW_SURE};
	const char *accept = option_value(invocation, OPTION_ACCEPT);
	struct error error = ERROR_NONE;
	json_t *resolution = NULL;
	char *path;
	int code;

	if (accept != NULL && !review_fraction(slice_of(accept), &review.sure)) {
		(void)error_set(&error, E_INPUT, "usage", "--accept takes a confidence from 0 to 1, for example 0.9, not \"%s\"", accept);
		return exit_fail(&error);
	}
	review.client = client_open(invocation, &error);
	if (review.client == NULL)
		return exit_fail(&error);
	path = client_path("/v1/resolutions/", invocation->words[0], "");
	code = client_get(review.client, path, &resolution, &error);
	free(path);
	if (code != 0)
		return client_fail(review.client, &error);
	page_init(&review.page, invocation);
	review.resolution = resolution;
	listen_start(&review.listener);
	review_open(&review);
	/* Who may not confirm is told before the work and not after it. */
	if (review_try(&review, &error) == 0)
		code = review_talk(&review, invocation);
	else
		code = exit_fail(&error);
	review_close(&review);
	listen_stop(&review.listener);
	json_decref(resolution);
	client_close(review.client);
	return page_finish(&review.page, code);
}
