/* SPDX-License-Identifier: Apache-2.0
 *
 * A keypress: where it leads, and what it fills.
 */
#include <stdio.h>
#include <stdlib.h>

#include "parsers/market/listing_code.h"
#include "parsers/text/token.h"
#include "smsd/ussd/choices.h"
#include "smsd/ussd/slots.h"

/* ---- a session's place among the screens ---- */

struct stand session_stand(const struct ussd_session *session)
{
    const size_t n = strcspn(session->screen, "/");
    struct stand stand = {.id = SCREEN_MAIN, .within = session->screen[n] ? session->screen + n + 1 : ""};
    stand.known = screen_find((struct slice){session->screen, n}, &stand.id);
    stand.screen = screen_of(stand.id);
    return stand;
}

static void put(struct ussd_session *session, const char *name)
{
    memmove(session->screen, name, strlen(name) + 1); /* it may be one of the way back */
    session->page = 0;
    session->n_shown = 0;
}

static void go_home(struct ussd_session *session)
{
    *session = (struct ussd_session){.reading = slots_new(INTENT_NONE)};
    put(session, screen_of(SCREEN_MAIN)->name);
}

/* The way back from a depth that no table leads to forgets the oldest screens but the first. */
static void remember(struct ussd_session *session)
{
    if (session->n_back == USSD_DEPTH_MAX) {
        memmove(session->back[1], session->back[2], (USSD_DEPTH_MAX - 2) * sizeof *session->back);
        session->n_back--;
    }
    memcpy(session->back[session->n_back++], session->screen, sizeof *session->back);
}

void session_enter(struct ussd_session *session, const char *name)
{
    if (strcmp(session->screen, name) != 0)
        remember(session);
    put(session, name);
}

/* What the screen asks is asked again. */
static void go_back(struct ussd_session *session)
{
    if (session->page > 0) {
        session->page--;
        return;
    }
    if (session->n_back == 0) {
        go_home(session);
        return;
    }
    put(session, session->back[--session->n_back]);
    const struct stand stand = session_stand(session);
    if (stand.id == SCREEN_MAIN)
        go_home(session);
    else if (stand.screen->kind == KIND_CHOICE)
        slot_clear(&session->reading, stand.screen->slot);
}

/* ---- on to what is still to be asked ---- */

static bool is_settled(const struct ussd_session *session, const struct screen *screen)
{
    return screen->kind == KIND_CHOICE && slot_is_filled(&session->reading, screen->slot) &&
           !slot_is_doubted(&session->reading, screen->slot);
}

/* To the first screen of the branch whose question is open, its confirmation or its answer. */
static void go_on(const struct turn *turn, struct ussd_session *session, enum screen_id id)
{
    const struct read_context context = slots_context(turn);
    enum screen_id at = screen_branch(screens_all(), id);
    reading_settle(&context, &session->reading);
    while (is_settled(session, screen_of(at)))
        at = screen_of(at)->next;
    session_enter(session, screen_of(at)->name);
}

/* Into a branch, or a menu, from a menu. What was said of a listing stays. */
static void go_into(const struct turn *turn, struct ussd_session *session, enum screen_id id)
{
    const enum intent intent = screen_intent(screens_all(), id);
    if (!*session->reading.listing)
        session->reading = slots_new(intent);
    session->reading.intent = intent;
    if (screen_of(id)->kind == KIND_CHOICE)
        go_on(turn, session, id);
    else
        session_enter(session, screen_of(id)->name);
}

/* ---- digits ---- */

#define DIGITS_MAX 2
#define DIGIT_BYTES 3 /* of one in Khmer script */

/* One or two digits and nothing else, in any script, as ASCII; else empty. */
static struct slice digits_of(const struct turn *turn, struct slice text)
{
    size_t n = 0;
    if (text.n > DIGITS_MAX * DIGIT_BYTES)
        return (struct slice){0};
    const struct token *tokens = text_tokens(turn->arena, text, &n);
    const bool digits = n == 1 && tokens[0].kind == TOKEN_NUMBER && tokens[0].text.n <= DIGITS_MAX;
    return digits ? tokens[0].text : (struct slice){0};
}

/* "sell/LUA": the list of a screen, opened at something of it; false when a session cannot keep the name. */
static bool open_list(struct ussd_session *session, const struct screen *screen, const char *within)
{
    char name[USSD_NAME_MAX];
    if (snprintf(name, sizeof name, "%s/%s", screen->name, within) >= (int)sizeof name)
        return false;
    session_enter(session, name);
    return true;
}

static bool choose(const struct turn *turn, struct ussd_session *session, const struct stand *stand, const char *shown)
{
    char code[USSD_NAME_MAX];
    memcpy(code, shown, sizeof code);
    if (strcmp(code, CODE_MORE) == 0) {
        session->page++;
        return true;
    }
    const bool opens = stand->screen->from == FROM_GOODS && strcmp(stand->within, code) != 0 &&
                       (*code == *CODE_GROUPS || choices_has_kinds(turn, code));
    if (opens && open_list(session, stand->screen, code))
        return true;
    if (!slot_take(turn, &session->reading, stand->screen->slot, code))
        return false;
    go_on(turn, session, stand->id);
    return true;
}

static bool press_resume(struct ussd_session *session, size_t number)
{
    if (number == 1 && session->n_back)
        put(session, session->back[--session->n_back]); /* where it stood: nothing is asked anew */
    else if (number == 2)
        go_home(session);
    return number == 1 || number == 2;
}

static bool press_digit(const struct turn *turn, struct ussd_session *session, const struct stand *stand, size_t number)
{
    enum screen_id child;
    if (stand->id == SCREEN_RESUME)
        return press_resume(session, number);
    switch (stand->screen->kind) {
    case KIND_MENU:
        if (!screen_child(screens_all(), stand->id, number, &child))
            return false;
        go_into(turn, session, child);
        return true;
    case KIND_CHOICE:
        return number <= session->n_shown && choose(turn, session, stand, session->shown[number - 1]);
    case KIND_CONFIRM:
        if (number == 1)
            session_enter(session, screen_of(stand->screen->next)->name);
        return number == 1;
    case KIND_ANSWER:
        break;
    }
    return false;
}

/* ---- words ---- */

static bool names_goods(const struct reading *said)
{
    return said->n_items && said->items[0].commodity;
}

/* Is a listing named by its code? A number is one of a list that an SMS showed: the list is shown here. */
static bool names_listing(const struct reading *said)
{
    char code[LISTING_CODE_MAX];
    return listing_code_read(slice_of(said->listing), code);
}

/* Where a text leads that its intent alone does not tell; false for all others. */
static bool find_special(const struct reading *said, enum screen_id *id_r)
{
    switch (said->intent) {
    case INTENT_LIST:
        *id_r = SCREEN_MINE;
        return true;
    case INTENT_CANCEL:
    case INTENT_RENEW:
        *id_r = SCREEN_MINE;
        return !names_listing(said);
    case INTENT_SOLD:
        *id_r = !names_listing(said) ? SCREEN_MINE : said->items[0].has_quantity ? SCREEN_PART : SCREEN_GONE_PRICE;
        return true;
    case INTENT_WEATHER:
        *id_r = SCREEN_SALINITY;
        return said->salinity;
    case INTENT_STOP: /* of some goods or a place, which is less than the screen asks about */
        *id_r = SCREEN_STOPPED;
        return names_goods(said) || (said->n_items && said->items[0].place);
    default:
        return false;
    }
}

/* The branch that a text of its own is for; false when screens have none. */
static bool find_branch(const struct reading *said, enum screen_id *id_r)
{
    const struct screens all = screens_all();
    if (find_special(said, id_r))
        return true;
    for (size_t i = 0; said->intent != INTENT_NONE && i < all.n; i++)
        if (screen_intent(all, (enum screen_id)i) == said->intent) {
            *id_r = (enum screen_id)i;
            return true;
        }
    return false;
}

/* "ban lua om18 2 tan 8k cau ke" at any screen: on with what it leaves open. */
static bool jump(const struct turn *turn, struct ussd_session *session, const struct reading *said)
{
    enum screen_id branch;
    if (said->outcome == READ_NONE || said->n_items > 1 || said->registers || !find_branch(said, &branch))
        return false;
    go_home(session);
    struct reading *reading = &session->reading;
    const struct read_item nothing = reading->items[0];
    *reading = branch == SCREEN_MINE ? slots_new(INTENT_NONE) : *said;
    if (reading->n_items == 0)
        reading->items[reading->n_items++] = nothing;
    if (screen_of(branch)->kind == KIND_CHOICE)
        go_on(turn, session, branch);
    else
        session_enter(session, screen_of(branch)->name);
    return true;
}

/* Is it a command with what it is about? "gia tom the" is no answer to what somebody sells. */
static bool is_command(const struct reading *said)
{
    return said->outcome == READ_SURE && (names_goods(said) || *said->listing);
}

static bool press_words(const struct turn *turn, struct ussd_session *session, const struct stand *stand,
                        struct slice words)
{
    const struct read_context context = slots_context(turn);
    struct reading said;
    read_text(turn->knowledge->reader, &context, turn->arena, words, &said);
    if (is_command(&said) && jump(turn, session, &said))
        return true;
    if (stand->screen->kind == KIND_CHOICE && stand->screen->slot != SLOT_LANGUAGE &&
        slot_read(turn, &session->reading, stand->screen->slot, words)) {
        go_on(turn, session, stand->id);
        return true;
    }
    return jump(turn, session, &said);
}

/* ---- arriving ---- */

/* What the next screen shows is looked up; more than one screen's may be asked for, the last is the one that counts. */
static void want(struct turn *turn, const struct ussd_session *session)
{
    const struct stand stand = session_stand(session);
    struct lookup lookup;
    turn->n_lookups = 0;
    if (choices_want(turn, session, &stand, &lookup))
        *turn_lookup(turn) = lookup;
}

/* What a text would have been read as. */
static void hand_over(struct turn *turn, const struct ussd_session *session, const struct stand *stand)
{
    const struct read_context context = slots_context(turn);
    struct reading *reading = &turn->reading;
    const enum lang script = reading->script;
    *reading = session->reading;
    reading->intent = stand->screen->intent;
    reading->script = script;
    reading->salinity = stand->id == SCREEN_SALINITY;
    const struct read_item *item = &reading->items[0];
    if (reading->intent == INTENT_SOLD && !item->has_quantity && !item->price_low && !item->price_high)
        reading->n_items = 0; /* all of it, at a price that is not said */
    reading_settle(&context, reading);
}

static enum ussd_does arrive(struct turn *turn, struct ussd_session *session)
{
    const struct stand stand = session_stand(session);
    if (stand.screen->kind != KIND_ANSWER) {
        want(turn, session);
        return USSD_SHOWS;
    }
    hand_over(turn, session, &stand);
    return stand.screen->does;
}

void ussd_begin(struct turn *turn, struct ussd_session *session)
{
    go_home(session);
    want(turn, session);
}

/* Was anything said that would have to be said again? */
static bool is_worth_resuming(const struct ussd_session *session)
{
    const struct stand stand = session_stand(session);
    return stand.known && stand.screen->kind != KIND_ANSWER &&
           (session->reading.items[0].commodity || *session->reading.listing);
}

void ussd_resume(struct turn *turn, struct ussd_session *session)
{
    if (is_worth_resuming(session))
        session_enter(session, screen_of(SCREEN_RESUME)->name); /* or there again */
    else
        go_home(session);
    want(turn, session);
}

enum ussd_does ussd_press(struct turn *turn, struct ussd_session *session, struct slice pressed)
{
    const struct stand stand = session_stand(session);
    const struct slice digits = digits_of(turn, pressed);
    const size_t number = digits.n ? strtoul(digits.at, NULL, 10) : 0;
    session->wrong = false;
    if (!stand.known || slice_is(digits, "00"))
        go_home(session);
    else if (slice_is(digits, "0"))
        go_back(session);
    else if (!(number && press_digit(turn, session, &stand, number)) && !press_words(turn, session, &stand, pressed)) {
        if (stand.screen->kind == KIND_ANSWER) /* it was told, or done: not again */
            go_home(session);
        session->wrong = true;
    }
    return arrive(turn, session);
}
