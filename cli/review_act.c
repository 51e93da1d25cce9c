/* What an officer does to a clause, tried on the service before it stands; and how it is taken back. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "review.h"

/* Only what waits: tracked, neither an obligation already nor dropped or merged before. */
static bool review_waits(const json_t *clause)
{
	return json_flag_of(clause, "tracked") && *json_text_of(clause, "obligation") == '\0' && *json_text_of(clause, "dropped") == '\0';
}

static void state_add(struct review_state *state, struct review_item item)
{
	state->items = xreallocarray(state->items, state->count + 1, sizeof *state->items);
	state->items[state->count++] = item;
}

void review_open(struct review *review)
{
	const json_t *paragraph, *clause;
	size_t i, j;

	json_array_foreach (json_member(review->resolution, "paragraphs"), i, paragraph)
		json_array_foreach (json_member(paragraph, "clauses"), j, clause)
			if (review_waits(clause))
				state_add(&review->now, (struct review_item){.paragraph = paragraph, .clause = clause});
}

static void state_release(struct review_state *state)
{
	for (size_t i = 0; i < state->count; i++)
		json_decref(state->items[i].correction);
	free(state->items);
	*state = (struct review_state){.items = NULL};
}

void review_close(struct review *review)
{
	state_release(&review->now);
	while (review->before_count > 0)
		state_release(&review->before[--review->before_count]);
	free(review->before);
	json_decref(review->tried);
}

static struct review_state state_copy(const struct review_state *state)
{
	struct review_state copy = {.at = state->at};

	for (size_t i = 0; i < state->count; i++) {
		json_incref(state->items[i].correction);
		state_add(&copy, state->items[i]);
	}
	return copy;
}

void review_remember(struct review *review)
{
	review->before = xreallocarray(review->before, review->before_count + 1, sizeof *review->before);
	review->before[review->before_count++] = state_copy(&review->now);
}

void review_next(struct review *review)
{
	review->now.at = 0;
	while (review->now.at < review->now.count && review->now.items[review->now.at].decided)
		review->now.at++;
}

json_t *review_body(const struct review *review)
{
	json_t *corrections = json_array();

	for (size_t i = 0; i < review->now.count; i++)
		if (review->now.items[i].correction != NULL)
			json_array_append(corrections, review->now.items[i].correction);
	return json_pack("{s:o, s:I}", "corrections", corrections, "version",
	    (json_int_t)json_integer_of(review->resolution, "version"));
}

/* What is wrong, without the place in a request that the officer never sees: "kind: it is one of …". */
static void review_say_faults(struct review *review, const struct error *error)
{
	const json_t *faults = json_member(client_problem(review->client), "faults"), *fault;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_LINE);
	json_array_foreach (faults, i, fault) {
		const char *member = json_text_of(fault, "member"), *dot = strchr(member, '.');

		buf_clear(&line);
		buf_printf(&line, "%s%s%s", dot != NULL ? dot + 1 : "", dot != NULL ? ": " : "", json_text_of(fault, "message"));
		page_wrap(&review->page, 2, buf_text(&line));
	}
	if (json_array_size(faults) == 0)
		page_wrap(&review->page, 2, error->message);
	buf_release(&line);
}

int review_try(struct review *review, struct error *error)
{
	char *path = client_path("/v1/resolutions/", json_text_of(review->resolution, "symbol"), "/confirm");
	json_t *body = review_body(review), *answer = NULL;
	int code;

	json_object_set_new(body, "dry_run", json_true());
	code = client_write(review->client, "POST", path, body, &answer, error);
	free(path);
	if (code == 0) {
		json_decref(review->tried);
		review->tried = answer;
	}
	return code;
}

bool review_undo(struct review *review)
{
	struct error error = ERROR_NONE;

	if (review->before_count == 0)
		return false;
	state_release(&review->now);
	review->now = review->before[--review->before_count];
	if (review_try(review, &error) != 0)
		review_say_faults(review, &error);
	return true;
}

/* Puts a correction in the present clause's place if the service has nothing against it. */
static bool review_correct(struct review *review, json_t *correction_take, bool decided)
{
	struct error error = ERROR_NONE;
	struct review_item *item;

	review_remember(review);
	item = &review->now.items[review->now.at];
	json_decref(item->correction);
	item->correction = correction_take;
	item->decided = decided;
	if (review_try(review, &error) == 0)
		return true;
	review_say_faults(review, &error);
	state_release(&review->now);
	review->now = review->before[--review->before_count];
	return false;
}

/* A correction of the present clause to go on from; *ret_members is where its members belong. */
static json_t *review_begin(const struct review_item *item, int part, json_t **ret_members)
{
	json_t *correction = item->correction != NULL ? json_deep_copy(item->correction)
	    : json_pack("{s:s, s:I}", "paragraph", json_text_of(item->paragraph, "name"), "clause",
	          (json_int_t)json_integer_of(item->clause, "n"));
	json_t *split = json_object_get(correction, "split"), *add = json_object_get(correction, "add");

	*ret_members = add != NULL ? add : split != NULL && part > 0 ? json_array_get(split, (size_t)part - 1)
	    : split == NULL && part > 0 ? NULL : correction;
	return correction;
}

/* What stands behind the key, or the answer to a question. */
static bool review_rest(struct review *review, const struct review_key *key, const char *prompt, struct slice *ret)
{
	*ret = key->rest;
	if (ret->len == 0 && !review_ask(review, prompt, ret))
		return false;
	*ret = slice_trim(*ret);
	if (ret->len == 0)
		page_wrap(&review->page, 2, "Nothing was changed.");
	return ret->len > 0;
}

static int act_members(const struct review *review, const struct review_key *key, struct slice typed, json_t *members,
    struct error *error)
{
	const json_t *clause = review->now.items[review->now.at].clause;
	json_t *value = NULL;
	int code = 0;

	switch (key->key) {
	case 'v':
		return review_verb(typed, members, error);
	case 'w':
		code = review_whom(typed, &value, error);
		break;
	case 'd':
		code = review_deadline(typed, slice_of(json_text_of(json_member(clause, "deadline"), "text")), &value, error);
		break;
	default:
		value = json_stringn(typed.at, typed.len);
	}
	if (code == 0)
		json_object_set_new(members, key->key == 'w' ? "addressees" : key->key == 'd' ? "deadline" : key->key == 'k' ? "kind" : "owner", value);
	return code;
}

/* v, w, k, d, o: one member is otherwise. */
static void act_correct(struct review *review, const struct review_key *key)
{
	static const struct {
		char key;
		const char *prompt;
	} prompts[] = {{'v', "verb, force or both> "}, {'w', "of whom (; between)> "}, {'k', "kind> "}, {'d', "deadline> "}, {'o', "login> "}};
	struct error error = ERROR_NONE;
	const char *prompt = "";
	json_t *correction, *members;
	struct slice typed;

	for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++)
		if (prompts[i].key == key->key)
			prompt = prompts[i].prompt;
	if (!review_rest(review, key, prompt, &typed))
		return;
	correction = review_begin(&review->now.items[review->now.at], key->part, &members);
	if (members == NULL) {
		page_wrap(&review->page, 2, "There is no such part; s splits the clause in two.");
		json_decref(correction);
	} else if (act_members(review, key, typed, members, &error) != 0) {
		page_wrap(&review->page, 2, error.message);
		json_decref(correction);
	} else {
		(void)review_correct(review, correction, false);
	}
}

static void act_split(struct review *review)
{
	static const char *const prompts[] = {"what the first part asks> ", "what the second part asks> "};
	json_t *split = json_array(), *correction, *members;
	struct slice typed;

	for (size_t i = 0; i < 2; i++) {
		if (!review_ask(review, prompts[i], &typed) || slice_trim(typed).len == 0) {
			page_wrap(&review->page, 2, "Not split.");
			json_decref(split);
			return;
		}
		typed = slice_trim(typed);
		json_array_append_new(split, json_pack("{s:s%}", "action", typed.at, typed.len));
	}
	correction = review_begin(&review->now.items[review->now.at], 0, &members);
	json_object_set_new(members, "split", split);
	(void)review_correct(review, correction, false);
}

/* Into the clause before it in the paragraph that still stands for itself. */
static void act_merge(struct review *review)
{
	const struct review_item *item = &review->now.items[review->now.at], *other = item;
	json_t *correction;

	while (other > review->now.items) {
		other--;
		if (other->paragraph == item->paragraph && !review_is(other, "merge_into") && !review_is(other, "drop") && item->clause != NULL) {
			correction = json_pack("{s:s, s:I, s:I}", "paragraph", json_text_of(item->paragraph, "name"), "clause",
			    (json_int_t)json_integer_of(item->clause, "n"), "merge_into", (json_int_t)json_integer_of(other->clause, "n"));
			if (review_correct(review, correction, true))
				review_next(review);
			return;
		}
	}
	page_wrap(&review->page, 2, "There is no clause before it in this paragraph to merge it with.");
}

static void act_drop(struct review *review, const struct review_key *key)
{
	struct review_item *item = &review->now.items[review->now.at];
	struct slice typed;

	if (item->clause == NULL) {
		page_wrap(&review->page, 2, "You added this one; u takes it back.");
		return;
	}
	if (!review_rest(review, key, "why is it dropped> ", &typed))
		return;
	if (review_correct(review, json_pack("{s:s, s:I, s:s%}", "paragraph", json_text_of(item->paragraph, "name"), "clause",
	        (json_int_t)json_integer_of(item->clause, "n"), "drop", typed.at, typed.len), true))
		review_next(review);
}

void review_act(struct review *review, const struct review_key *key)
{
	switch (key->key) {
	case 'a':
		review_remember(review);
		review->now.items[review->now.at].decided = true;
		review_next(review);
		break;
	case 's':
		act_split(review);
		break;
	case 'm':
		act_merge(review);
		break;
	case 'x':
		act_drop(review, key);
		break;
	default:
		act_correct(review, key);
	}
}

static const json_t *review_paragraph(const struct review *review, struct slice name)
{
	const json_t *paragraph;
	size_t i;

	json_array_foreach (json_member(review->resolution, "paragraphs"), i, paragraph)
		if (strcmp(json_text_of(paragraph, "part"), "operative") == 0 && slice_is(name, json_text_of(paragraph, "name")))
			return paragraph;
	return NULL;
}

void review_add(struct review *review, struct slice name)
{
	const struct review_key asked = {.key = 'p', .rest = name};
	const json_t *paragraph;
	struct slice verb, action, whom;
	json_t *add, *list = NULL;
	struct error error = ERROR_NONE;

	if (!review_rest(review, &asked, "paragraph> ", &name))
		return;
	paragraph = review_paragraph(review, name);
	if (paragraph == NULL) {
		buf_printf(&review->page.out, "  There is no operative paragraph %.*s; mandate resolution show lists them.\n", SLICE_ARG(name));
		return;
	}
	page_wrap(&review->page, 4, json_text_of(paragraph, "text"));
	add = json_object();
	if (!review_ask(review, "verb, as it stands there> ", &verb) || slice_trim(verb).len == 0)
		goto out;
	if (review_verb(verb, add, &error) != 0 || !review_ask(review, "what it asks, in its words> ", &action) || slice_trim(action).len == 0)
		goto out;
	action = slice_trim(action);
	json_object_set_new(add, "action", json_stringn(action.at, action.len));
	if (!review_ask(review, "of whom (; between, or nobody)> ", &whom) || review_whom(whom, &list, &error) != 0)
		goto out;
	json_object_set_new(add, "addressees", list);
	review_remember(review);
	state_add(&review->now, (struct review_item){.paragraph = paragraph});
	review->now.at = review->now.count - 1;
	if (!review_correct(review, json_pack("{s:s, s:O}", "paragraph", json_text_of(paragraph, "name"), "add", add), false)) {
		state_release(&review->now);
		review->now = review->before[--review->before_count];
	} else {
		/* One step for the officer, and one to take back. */
		state_release(&review->before[--review->before_count]);
	}
	json_decref(add);
	return;
out:
	page_wrap(&review->page, 2, *error.message != '\0' ? error.message : "Nothing was added.");
	json_decref(add);
}
