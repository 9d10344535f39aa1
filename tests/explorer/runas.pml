/*
 * Run As, once more: a model of accounts, principals, one managed instance and one session, written from the prose of
 * the specification alone, so that Spin can count its states and transitions.
 *
 * Sizes: -DACCOUNTS=1 or 2, -DPRINCIPALS=1 or 2 (2 if not said), -DNAMES=2 or 3 (3 if not said); one instance, on Linux;
 * one session id. -DSWITCHES=3 adds a third position of the switch in the preferences, beside on and off: one that is no
 * truth value, with which the preferences cannot be read; they then name nobody, and nobody's session starts.
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
#ifndef SUPERUSERS_REFUSED
#define SUPERUSERS_REFUSED 0
#endif

/* Names of OS users. NONE: no tag, or no default in the preferences. */
#define NONE 0
#define ALICE 1
#define SSM_USER 2
#define ROOT 3

/* The switch in the preferences. */
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

byte run_as[ACCOUNTS];          /* preferences: Run As is OFF, ON or UNREADABLE */
byte default_user[ACCOUNTS];    /* preferences: the OS user named there, or NONE */

byte home[PRINCIPALS];          /* 0: no such principal, else one more than its account */
byte tag[PRINCIPALS];           /* the value of its Run As tag, or NONE */

byte owner;                     /* 0: the instance is not registered, else one more than its account */
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

#define CREATE_PRINCIPAL(p, a) :: d_step { home[p] == 0 -> home[p] = a + 1 }
#define DELETE_PRINCIPAL(p)    :: d_step { home[p] != 0 -> home[p] = 0; tag[p] = NONE }
#define TAG(p, n)              :: d_step { home[p] != 0 -> tag[p] = n }
#define UNTAG(p)               :: d_step { home[p] != 0 && tag[p] != NONE -> tag[p] = NONE }
#define PREFER(a, to, n)       :: d_step { true -> run_as[a] = to; default_user[a] = n }
#define REGISTER(a)            :: d_step { owner == 0 -> owner = a + 1 }
#define CREATE_OS_USER(n)      :: d_step { owner != 0 && !exists[n] -> exists[n] = true }
#define DELETE_OS_USER(n)      :: d_step { owner != 0 && exists[n] -> exists[n] = false }
#define START(p)               :: d_step { \
    home[p] != 0 && home[p] == owner && session == UNUSED -> \
        if \
        :: run_as[owner - 1] == OFF -> exists[SSM_USER] = true; begin_session(p, SSM_USER, BY_OFF) \
        :: run_as[owner - 1] == ON && tag[p] != NONE -> run_as_named(p, tag[p], BY_TAG) \
        :: run_as[owner - 1] == ON && tag[p] == NONE && default_user[owner - 1] != NONE -> \
            run_as_named(p, default_user[owner - 1], BY_DEFAULT) \
        :: else -> skip \
        fi }

#if NAMES == 3
#define EACH_NAME(OPERATION, x) OPERATION(x, ALICE) OPERATION(x, SSM_USER) OPERATION(x, ROOT)
#define EACH_DEFAULT(a, to) \
    PREFER(a, to, NONE) PREFER(a, to, ALICE) PREFER(a, to, SSM_USER) PREFER(a, to, ROOT)
#else
#define EACH_NAME(OPERATION, x) OPERATION(x, ALICE) OPERATION(x, SSM_USER)
#define EACH_DEFAULT(a, to) PREFER(a, to, NONE) PREFER(a, to, ALICE) PREFER(a, to, SSM_USER)
#endif

#if ACCOUNTS == 2
#define EACH_ACCOUNT(OPERATION, x) OPERATION(x, 0) OPERATION(x, 1)
#else
#define EACH_ACCOUNT(OPERATION, x) OPERATION(x, 0)
#endif

#if SWITCHES == 3
#define EACH_PREFERENCE(a) EACH_DEFAULT(a, OFF) EACH_DEFAULT(a, ON) PREFER(a, UNREADABLE, NONE)
#else
#define EACH_PREFERENCE(a) EACH_DEFAULT(a, OFF) EACH_DEFAULT(a, ON)
#endif

#define OF_PRINCIPAL(p) \
    EACH_ACCOUNT(CREATE_PRINCIPAL, p) DELETE_PRINCIPAL(p) EACH_NAME(TAG, p) UNTAG(p) START(p)
#define OF_ACCOUNT(a) \
    EACH_PREFERENCE(a) REGISTER(a)

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
    CREATE_OS_USER(SSM_USER)
    DELETE_OS_USER(SSM_USER)
#if NAMES == 3
    CREATE_OS_USER(ROOT)
    DELETE_OS_USER(ROOT)
#endif
    :: d_step { owner != 0 ->
        owner = 0; exists[ALICE] = false; exists[SSM_USER] = false; exists[ROOT] = false;
        if
        :: session == RUNNING -> end_session()
        :: else -> skip
        fi }
    :: d_step { session == RUNNING -> end_session() }
    od
}
