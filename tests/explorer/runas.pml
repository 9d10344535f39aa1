/*
 * Run As, once more: a model of accounts, principals, session documents, one managed instance and one session, written
 * from the prose of the specification alone, so that Spin can count its states and transitions.
 *
 * Sizes: -DACCOUNTS=1 or 2, -DPRINCIPALS=1 or 2 (2 if not said), -DNAMES=1, 2 or 3 (3 if not said); one instance, on
 * Linux; one session id. -DSWITCHES=3 adds a third position of the switch in a session document, beside on and off: one
 * that is no truth value, with which the document cannot be read; it then names nobody, and nobody's session starts by it.
 * -DREGIONS=2: preferences are an account's in one Region, and the instance is registered in one. -DDOCUMENTS=2: beside
 * the preferences, an account may have one other session document in each Region, not there at first. A session names it
 * or names none; documents can then be deleted, and so can preferences, which leaves Run As off. -DROLE_SESSIONS=1 or 2:
 * principal 0 is a role, and it alone; it can be assumed, with a session tag that names an OS user or without, and with 2
 * also from the other role session. Its sessions on the instance start in a role session, or, as before, in none.
 * -DPARAMETERS=1, 2 or 3 (no more than names), with 2 documents: any document may also be written so that the OS user
 * that it names is a parameter. A session by it may fill that with one of as many names, which then stands in place of the
 * one in the document; without a parameter in the document, that is an error. What a tag names is never a parameter.
 * -DSUPERUSERS_REFUSED=1 is the reading that refuses root. Each operation with its arguments is one option below, guarded
 * by what it requires; an operation that would be an error is not a transition.
 */

#ifndef ACCOUNTS
#define ACCOUNTS 2
#endif
#ifndef PRINCIPALS
#define PRINCIPALS 2
#endif
#ifndef NAMES
#define NAMES 3
#endif
#ifndef SWITCHES
#define SWITCHES 2
#endif
#ifndef REGIONS
#define REGIONS 1
#endif
#ifndef DOCUMENTS
#define DOCUMENTS 1
#endif
#ifndef ROLE_SESSIONS
#define ROLE_SESSIONS 0
#endif
#ifndef PARAMETERS
#define PARAMETERS 0
#endif
#ifndef SUPERUSERS_REFUSED
#define SUPERUSERS_REFUSED 0
#endif

/* Names of OS users. NONE: no tag, or no default in the document. */
#define NONE 0
#define ALICE 1
#define SSM_USER 2
#define ROOT 3

/* The switch in a session document. */
#define OFF 0
#define ON 1
#define UNREADABLE 2

/* The life of the only session. */
#define UNUSED 0
#define RUNNING 1
#define ENDED 2

/* Why a running session runs as it does. */
#define BY_OFF 1
#define BY_TAG 2
#define BY_DEFAULT 3

/* An account in a Region. */
#define PLACES (ACCOUNTS * REGIONS)
#define PLACE(a, r) ((a) * REGIONS + (r))

byte run_as[PLACES];            /* preferences: Run As is OFF, ON or UNREADABLE */
byte default_user[PLACES];      /* preferences: the OS user named there, or NONE */
bool deleted[PLACES];           /* the preferences are not there: Run As is OFF, and nobody is named */

bool there[PLACES];             /* the other session document is there; if it is, */
byte its_run_as[PLACES];        /* its switch, */
byte its_default[PLACES];       /* and the OS user that it names, or NONE */
bool fillable[PLACES];          /* the OS user that the preferences name is a parameter, */
bool its_fillable[PLACES];      /* and the one that the other document names */

byte home[PRINCIPALS];          /* 0: no such principal, else one more than its account */
byte tag[PRINCIPALS];           /* the value of its Run As tag, or NONE */

#if ROLE_SESSIONS
#define ROLE 0
bool assumed[ROLE_SESSIONS];    /* the role session was begun: it never can be again, */
bool goes_on[ROLE_SESSIONS];    /* and it has not ended */
byte carries[ROLE_SESSIONS];    /* the value of its own Run As tag, or NONE: it keeps that for ever, */
bool transitive[ROLE_SESSIONS]; /* and whether a role session that is begun from it gets that tag too */
#endif

byte owner;                     /* 0: the instance is not registered, else one more than its account */
byte region;                    /* of a registered instance: its Region */
bool exists[4];                 /* OS users on the instance, by name */

byte session;                   /* UNUSED, RUNNING or ENDED */
byte who;                       /* of a running session: one more than its principal, */
byte as_user;                   /* the OS user, */
byte because;                   /* and why */

inline preferences_are(at, to, user, can_be_filled) {
    run_as[at] = to; default_user[at] = user; fillable[at] = can_be_filled
}

inline other_is(at, to, user, can_be_filled) {
    its_run_as[at] = to; its_default[at] = user; its_fillable[at] = can_be_filled
}

inline end_session() {
    session = ENDED; who = 0; as_user = NONE; because = 0
}

inline begin_session(p, user, why) {
    session = RUNNING; who = p + 1; as_user = user; because = why
}

#if ROLE_SESSIONS
inline begin_role_session(s, value, on) {
    assumed[s] = true; goes_on[s] = true; carries[s] = value; transitive[s] = on
}
#endif

/* Who is deleted has no role sessions any more; the sessions on the instance continue. */
inline end_role_sessions_of(p) {
#if ROLE_SESSIONS
    if
    :: p == ROLE ->
        goes_on[0] = false;
#if ROLE_SESSIONS == 2
        goes_on[1] = false;
#endif
    :: else -> skip
    fi
#else
    skip
#endif
}

/* With Run As on: a name that is ssm-user, not on the instance, or a refused superuser's starts nothing. */
inline run_as_named(p, user, why) {
    if
    :: user != SSM_USER && exists[user] && !(SUPERUSERS_REFUSED && user == ROOT) -> begin_session(p, user, why)
    :: else -> skip
    fi
}

/* Start the principal's session as a tag and a document say; one that is refused changes nothing. */
inline start_by(p, tagged, switch, named) {
    if
    :: switch == OFF -> exists[SSM_USER] = true; begin_session(p, SSM_USER, BY_OFF)
    :: switch == ON && tagged != NONE -> run_as_named(p, tagged, BY_TAG)
    :: switch == ON && tagged == NONE && named != NONE -> run_as_named(p, named, BY_DEFAULT)
    :: else -> skip
    fi
}

#if ROLE_SESSIONS
/* In a role session its own tag counts, and where it has none, the role's. */
inline start_in(s, switch, named) {
    if
    :: carries[s] != NONE -> start_by(ROLE, carries[s], switch, named)
    :: else -> start_by(ROLE, tag[ROLE], switch, named)
    fi
}
#endif

#define CREATE_PRINCIPAL(p, a) :: d_step { home[p] == 0 -> home[p] = a + 1 }
#define DELETE_PRINCIPAL(p)    :: d_step { home[p] != 0 -> home[p] = 0; tag[p] = NONE; end_role_sessions_of(p) }
#define TAG(p, n)              :: d_step { home[p] != 0 -> tag[p] = n }
#define UNTAG(p)               :: d_step { home[p] != 0 && tag[p] != NONE -> tag[p] = NONE }
#define PREFER(at, to, n)      :: d_step { true -> preferences_are(at, to, n, false); deleted[at] = false }
#define PREFER_FILLABLE(at, to, n) :: d_step { true -> preferences_are(at, to, n, true); deleted[at] = false }
#define PUT_OTHER(at, to, n)   :: d_step { true -> other_is(at, to, n, false); there[at] = true }
#define PUT_OTHER_FILLABLE(at, to, n) :: d_step { true -> other_is(at, to, n, true); there[at] = true }
#define DELETE_PREFERENCES(at) :: d_step { !deleted[at] -> preferences_are(at, OFF, NONE, false); deleted[at] = true }
#define DELETE_OTHER(at)       :: d_step { there[at] -> other_is(at, OFF, NONE, false); there[at] = false }
#define REGISTER(a, r)         :: d_step { owner == 0 -> owner = a + 1; region = r }
#define CREATE_OS_USER(i, n)   :: d_step { owner != 0 && !exists[n] -> exists[n] = true }
#define DELETE_OS_USER(i, n)   :: d_step { owner != 0 && exists[n] -> exists[n] = false }
#define MAY_START(p)           (home[p] != 0 && home[p] == owner && session == UNUSED)
#define HERE                   PLACE(owner - 1, region)
#define STARTS(p, holds, switch, named) :: d_step { MAY_START(p) && holds -> start_by(p, tag[p], switch, named) }
#define START(p)               STARTS(p, true, run_as[HERE], default_user[HERE])
#define START_FILLING(p, n)    STARTS(p, fillable[HERE], run_as[HERE], n)
#define START_BY_OTHER(p)      STARTS(p, there[HERE], its_run_as[HERE], its_default[HERE])
#define START_BY_OTHER_FILLING(p, n) STARTS(p, its_fillable[HERE], its_run_as[HERE], n)

/* Role sessions: s is the one that is asked for, or in which a session is. */
#define MAY_ASSUME(s)          (home[ROLE] != 0 && !assumed[s])
#define ASSUME(s)              :: d_step { MAY_ASSUME(s) -> begin_role_session(s, NONE, false) }
#define ASSUME_TAGGED(s, n) \
    :: d_step { MAY_ASSUME(s) -> begin_role_session(s, n, false) } \
    :: d_step { MAY_ASSUME(s) -> begin_role_session(s, n, true) }
#define END_ROLE_SESSION(s)    :: d_step { goes_on[s] -> goes_on[s] = false }
#define MAY_START_IN(s)        (MAY_START(ROLE) && goes_on[s])
#define STARTS_IN(s, holds, switch, named) :: d_step { MAY_START_IN(s) && holds -> start_in(s, switch, named) }
#define START_IN(s)            STARTS_IN(s, true, run_as[HERE], default_user[HERE])
#define START_IN_FILLING(s, n) STARTS_IN(s, fillable[HERE], run_as[HERE], n)
#define START_IN_BY_OTHER(s)   STARTS_IN(s, there[HERE], its_run_as[HERE], its_default[HERE])
#define START_IN_BY_OTHER_FILLING(s, n) STARTS_IN(s, its_fillable[HERE], its_run_as[HERE], n)

/* From the other role session: a transitive tag goes on, and its key cannot be handed over again. */
#define SOURCE(s)              (1 - s)
#define MAY_CHAIN(s)           (MAY_ASSUME(s) && goes_on[SOURCE(s)])
#define CHAIN(s)               :: d_step { MAY_CHAIN(s) -> \
    if \
    :: transitive[SOURCE(s)] -> begin_role_session(s, carries[SOURCE(s)], true) \
    :: else -> begin_role_session(s, NONE, false) \
    fi }
#define CHAIN_TAGGED(s, n) \
    :: d_step { MAY_CHAIN(s) && !transitive[SOURCE(s)] -> begin_role_session(s, n, false) } \
    :: d_step { MAY_CHAIN(s) && !transitive[SOURCE(s)] -> begin_role_session(s, n, true) }

/* An operation with each of the first so many names. */
#define FIRST_0(OPERATION, x)
#define FIRST_1(OPERATION, x) OPERATION(x, ALICE)
#define FIRST_2(OPERATION, x) FIRST_1(OPERATION, x) OPERATION(x, SSM_USER)
#define FIRST_3(OPERATION, x) FIRST_2(OPERATION, x) OPERATION(x, ROOT)
#define FIRST_OF(number) FIRST_##number
#define FIRST(number) FIRST_OF(number)
#define EACH_NAME FIRST(NAMES)
#define EACH_VALUE FIRST(PARAMETERS)

#if NAMES == 3
#define EACH_DEFAULT(WRITE, at, to) \
    WRITE(at, to, NONE) WRITE(at, to, ALICE) WRITE(at, to, SSM_USER) WRITE(at, to, ROOT)
#elif NAMES == 2
#define EACH_DEFAULT(WRITE, at, to) WRITE(at, to, NONE) WRITE(at, to, ALICE) WRITE(at, to, SSM_USER)
#else
#define EACH_DEFAULT(WRITE, at, to) WRITE(at, to, NONE) WRITE(at, to, ALICE)
#endif

#if ACCOUNTS == 2
#define EACH_ACCOUNT(OPERATION, x) OPERATION(x, 0) OPERATION(x, 1)
#else
#define EACH_ACCOUNT(OPERATION, x) OPERATION(x, 0)
#endif

#if SWITCHES == 3
#define EACH_CONTENT(WRITE, at) EACH_DEFAULT(WRITE, at, OFF) EACH_DEFAULT(WRITE, at, ON) WRITE(at, UNREADABLE, NONE)
#else
#define EACH_CONTENT(WRITE, at) EACH_DEFAULT(WRITE, at, OFF) EACH_DEFAULT(WRITE, at, ON)
#endif

#if PARAMETERS
#define FILLABLE_DOCUMENTS_AT(at) EACH_CONTENT(PREFER_FILLABLE, at) EACH_CONTENT(PUT_OTHER_FILLABLE, at)
#else
#define FILLABLE_DOCUMENTS_AT(at)
#endif

#if DOCUMENTS == 2
#define DOCUMENTS_AT(at) \
    EACH_CONTENT(PREFER, at) EACH_CONTENT(PUT_OTHER, at) DELETE_PREFERENCES(at) DELETE_OTHER(at) \
    FILLABLE_DOCUMENTS_AT(at)
#define EACH_START(p) \
    START(p) START_BY_OTHER(p) EACH_VALUE(START_FILLING, p) EACH_VALUE(START_BY_OTHER_FILLING, p)
#define EACH_START_IN(s) \
    START_IN(s) START_IN_BY_OTHER(s) EACH_VALUE(START_IN_FILLING, s) EACH_VALUE(START_IN_BY_OTHER_FILLING, s)
#else
#define DOCUMENTS_AT(at) EACH_CONTENT(PREFER, at)
#define EACH_START(p) START(p)
#define EACH_START_IN(s) START_IN(s)
#endif

#define OF_PRINCIPAL(p) \
    EACH_ACCOUNT(CREATE_PRINCIPAL, p) DELETE_PRINCIPAL(p) EACH_NAME(TAG, p) UNTAG(p) EACH_START(p)
#if ROLE_SESSIONS == 2
#define OF_ROLE_SESSION(s) \
    ASSUME(s) EACH_NAME(ASSUME_TAGGED, s) CHAIN(s) EACH_NAME(CHAIN_TAGGED, s) END_ROLE_SESSION(s) EACH_START_IN(s)
#else
#define OF_ROLE_SESSION(s) ASSUME(s) EACH_NAME(ASSUME_TAGGED, s) END_ROLE_SESSION(s) EACH_START_IN(s)
#endif
#define OF_REGION(a, r) \
    DOCUMENTS_AT(PLACE(a, r)) REGISTER(a, r)
#if REGIONS == 2
#define OF_ACCOUNT(a) OF_REGION(a, 0) OF_REGION(a, 1)
#else
#define OF_ACCOUNT(a) OF_REGION(a, 0)
#endif

active proctype account_holder() {
    do
    OF_ACCOUNT(0)
    OF_PRINCIPAL(0)
#if ACCOUNTS == 2
    OF_ACCOUNT(1)
#endif
#if PRINCIPALS == 2
    OF_PRINCIPAL(1)
#endif
#if ROLE_SESSIONS
    OF_ROLE_SESSION(0)
#endif
#if ROLE_SESSIONS == 2
    OF_ROLE_SESSION(1)
#endif
    EACH_NAME(CREATE_OS_USER, 0)
    EACH_NAME(DELETE_OS_USER, 0)
    :: d_step { owner != 0 ->
        owner = 0; region = 0; exists[ALICE] = false; exists[SSM_USER] = false; exists[ROOT] = false;
        if
        :: session == RUNNING -> end_session()
        :: else -> skip
        fi }
    :: d_step { session == RUNNING -> end_session() }
    od
}
