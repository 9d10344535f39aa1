/*
 * Run As, once more: a model of accounts, principals, session documents, one managed instance and one session, written
 * from the prose of the specification alone, so that Spin can count its states and transitions.
 *
 * Sizes: -DACCOUNTS=1 or 2, -DPRINCIPALS=1 or 2 (2 if not said), -DNAMES=1, 2 or 3 (3 if not said); one instance, on
 * Linux; one session id. -DSWITCHES=3 adds a third position of the switch in a session document, beside on and off: one
 * that is no truth value, with which the document cannot be read; it then names nobody, and nobody's session starts by it.
 * -DREGIONS=2: preferences are an account's in one Region, and the instance is registered in one. -DDOCUMENTS=2: beside
 * the preferences, an account may have one other session document in each Region, not there at first. A session names it
 * or names none; documents can then be deleted, and so can preferences, which leaves Run As off. -DSUPERUSERS_REFUSED=1
 * is the reading that refuses root. Each operation with its arguments is one option below, guarded by what it requires;
 * an operation that would be an error is not a transition.
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

byte home[PRINCIPALS];          /* 0: no such principal, else one more than its account */
byte tag[PRINCIPALS];           /* the value of its Run As tag, or NONE */

byte owner;                     /* 0: the instance is not registered, else one more than its account */
byte region;                    /* of a registered instance: its Region */
bool exists[4];                 /* OS users on the instance, by name */

byte session;                   /* UNUSED, RUNNING or ENDED */
byte who;                       /* of a running session: one more than its principal, */
byte as_user;                   /* the OS user, */
byte because;                   /* and why */

inline end_session() {
    session = ENDED; who = 0; as_user = NONE; because = 0
}

inline begin_session(p, user, why) {
    session = RUNNING; who = p + 1; as_user = user; because = why
}

/* With Run As on: a name that is ssm-user, not on the instance, or a refused superuser's starts nothing. */
inline run_as_named(p, user, why) {
    if
    :: user != SSM_USER && exists[user] && !(SUPERUSERS_REFUSED && user == ROOT) -> begin_session(p, user, why)
    :: else -> skip
    fi
}

/* Start the principal's session as its tag and a document say; one that is refused changes nothing. */
inline start_by(p, switch, named) {
    if
    :: switch == OFF -> exists[SSM_USER] = true; begin_session(p, SSM_USER, BY_OFF)
    :: switch == ON && tag[p] != NONE -> run_as_named(p, tag[p], BY_TAG)
    :: switch == ON && tag[p] == NONE && named != NONE -> run_as_named(p, named, BY_DEFAULT)
    :: else -> skip
    fi
}

#define CREATE_PRINCIPAL(p, a) :: d_step { home[p] == 0 -> home[p] = a + 1 }
#define DELETE_PRINCIPAL(p)    :: d_step { home[p] != 0 -> home[p] = 0; tag[p] = NONE }
#define TAG(p, n)              :: d_step { home[p] != 0 -> tag[p] = n }
#define UNTAG(p)               :: d_step { home[p] != 0 && tag[p] != NONE -> tag[p] = NONE }
#define PREFER(at, to, n)      :: d_step { true -> run_as[at] = to; default_user[at] = n; deleted[at] = false }
#define PUT_OTHER(at, to, n)   :: d_step { true -> its_run_as[at] = to; its_default[at] = n; there[at] = true }
#define DELETE_PREFERENCES(at) \
    :: d_step { !deleted[at] -> run_as[at] = OFF; default_user[at] = NONE; deleted[at] = true }
#define DELETE_OTHER(at) \
    :: d_step { there[at] -> its_run_as[at] = OFF; its_default[at] = NONE; there[at] = false }
#define REGISTER(a, r)         :: d_step { owner == 0 -> owner = a + 1; region = r }
#define CREATE_OS_USER(n)      :: d_step { owner != 0 && !exists[n] -> exists[n] = true }
#define DELETE_OS_USER(n)      :: d_step { owner != 0 && exists[n] -> exists[n] = false }
#define MAY_START(p)           (home[p] != 0 && home[p] == owner && session == UNUSED)
#define HERE                   PLACE(owner - 1, region)
#define START(p)               :: d_step { MAY_START(p) -> start_by(p, run_as[HERE], default_user[HERE]) }
#define START_BY_OTHER(p)      :: d_step { \
    MAY_START(p) && there[HERE] -> start_by(p, its_run_as[HERE], its_default[HERE]) }

#if NAMES == 3
#define EACH_NAME(OPERATION, x) OPERATION(x, ALICE) OPERATION(x, SSM_USER) OPERATION(x, ROOT)
#define EACH_DEFAULT(WRITE, at, to) \
    WRITE(at, to, NONE) WRITE(at, to, ALICE) WRITE(at, to, SSM_USER) WRITE(at, to, ROOT)
#elif NAMES == 2
#define EACH_NAME(OPERATION, x) OPERATION(x, ALICE) OPERATION(x, SSM_USER)
#define EACH_DEFAULT(WRITE, at, to) WRITE(at, to, NONE) WRITE(at, to, ALICE) WRITE(at, to, SSM_USER)
#else
#define EACH_NAME(OPERATION, x) OPERATION(x, ALICE)
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

#if DOCUMENTS == 2
#define DOCUMENTS_AT(at) \
    EACH_CONTENT(PREFER, at) EACH_CONTENT(PUT_OTHER, at) DELETE_PREFERENCES(at) DELETE_OTHER(at)
#define EACH_START(p) START(p) START_BY_OTHER(p)
#else
#define DOCUMENTS_AT(at) EACH_CONTENT(PREFER, at)
#define EACH_START(p) START(p)
#endif

#define OF_PRINCIPAL(p) \
    EACH_ACCOUNT(CREATE_PRINCIPAL, p) DELETE_PRINCIPAL(p) EACH_NAME(TAG, p) UNTAG(p) EACH_START(p)
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
    CREATE_OS_USER(ALICE)
    DELETE_OS_USER(ALICE)
#if NAMES >= 2
    CREATE_OS_USER(SSM_USER)
    DELETE_OS_USER(SSM_USER)
#endif
#if NAMES == 3
    CREATE_OS_USER(ROOT)
    DELETE_OS_USER(ROOT)
#endif
    :: d_step { owner != 0 ->
        owner = 0; region = 0; exists[ALICE] = false; exists[SSM_USER] = false; exists[ROOT] = false;
        if
        :: session == RUNNING -> end_session()
        :: else -> skip
        fi }
    :: d_step { session == RUNNING -> end_session() }
    od
}
