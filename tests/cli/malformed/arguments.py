"""Command lines that cannot be used, with words of what is said; none of them starts an implementation."""

__all__ = ["ARGUMENTS"]

TARGET = ("--target", "targets_in_python:correct")
ON = ("decide", "--run-as", "on")
NUMBERS = ("-1", "1.5", "x", "", "²", "٣", "9" * 5_000, "1e3", "0x10", "nan")
TIMES = ("0", "-1", "x", "", "nan", "inf", "1e9", "86400", "1,5")
IDS = ("-1", "4294967296", "x", "", "1.5", "²")
OF_SCOPE = ("accounts", "principals", "instances", "names", "sessions", "platforms", "switches")
OF_TARGETS = (("conform",), ("smoke",), ("replay", "a"))
ESCAPES = "a\x1b[31m\u202e\u200b"

ARGUMENTS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "COMMAND"),
    (("sudo",), "invalid choice: 'sudo'"),
    (("decide", "--run-as", "maybe"), "invalid choice: 'maybe'"),
    ((*ON, "--sudo"), "unrecognized arguments: --sudo"),
    ((*ON, "--tag"), "--tag: expected one argument"),
    ((*ON, "--platform", "amiga"), "unknown platform 'amiga'"),
    ((*ON, "--platform", ""), "unknown platform ''"),
    ((*ON, "--tag", "a", "--tag-key", "RunAs"), "--tag-key"),
    ((*ON, "--os-user", ""), "--os-user"),
    ((*ON, "--os-user", "a", "--os-user", "a:7:7"), "--os-user: OS user 'a' is listed twice"),
    *(((*ON, "--os-user", f"a:{id}:0"), "--os-user") for id in IDS),
    *(((*ON, "--os-user", f"a:0:{id}"), "--os-user") for id in IDS),
    *(((*ON, "--reading", reading), "--reading") for reading in ("lax", "", ",", "agent,macos", "macos=maybe", "=")),
    *((("explore", f"--{noun}", number), f"--{noun}") for noun in OF_SCOPE for number in ("y", "-2")),
    *((("explore", f"--{noun}", "0"), noun) for noun in OF_SCOPE),
    *((("explore", "--names", number), "--names") for number in NUMBERS),
    (("explore", "--names", "999999999"), "names"),
    *((("verify", "--rlimit", number), "--rlimit") for number in (*NUMBERS, "0", "4294967296")),
    (("verify", "--fail-fast", "--json"), "--json"),
    (("verify", "--json", "/no/such/folder/a.json"), "/no/such/folder/a.json: No such file or directory"),
    (("verify", "--smt2", "/dev/null/obligations"), "Not a directory"),
    (("certify",), "DIR"),
    (("certify", "/dev/null/certificates"), "Not a directory"),
    (("check-proofs", "/no/such/folder"), "/no/such/folder: no such folder"),
    (("check-proofs", "a" * 5_000), "no such folder"),
    *((("conform", *TARGET, "--examples", number), "--examples") for number in NUMBERS),
    *((("conform", *TARGET, "--seed", number), "--seed") for number in NUMBERS),
    *((("conform", *TARGET, "--seconds", time), "--seconds") for time in TIMES),
    (("conform", *TARGET, "--seconds", "1", "--examples", "1"), "use either --examples or --seconds"),
    (("conform", *TARGET, "--only", "no-such-*"), "no vector has an id that matches 'no-such-*'"),
    (("conform", *TARGET, "--only", ""), "no vector has an id that matches ''"),
    (("conform", *TARGET, "--known", "none.toml"), "none.toml: No such file or directory"),
    (("conform", *TARGET, "--known", "."), "Is a directory"),
    (("conform", *TARGET, "--vectors", "none.json"), "none.json: No such file or directory"),
    (("conform", *TARGET, "--vectors", "."), "Is a directory"),
    (("conform", *TARGET, "--save", "."), "Is a directory"),
    (("conform", *TARGET, "--save", "/no/such/folder/a.json"), "/no/such/folder/a.json: No such file or directory"),
    (("conform", *TARGET, "--report", "pdf=a"), "unknown format 'pdf'"),
    (("conform", *TARGET, "--report", ""), "unknown format ''"),
    (("conform", *TARGET, "--report", "json="), "json needs a file"),
    (("conform", *TARGET, "--report", "json=a,json=b"), "json is given twice"),
    (("conform", *TARGET, "--report", "json=a,html=./a"), "name the same file"),
    (("conform", *TARGET, "--report", "json=."), "Is a directory"),
    (("conform", *TARGET, "--report", "json=/dev/null/a"), "Not a directory"),
    *(((*command, *TARGET, "--timeout", time), "--timeout") for command in OF_TARGETS for time in TIMES),
    *((command, "needs exactly one target") for command in OF_TARGETS),
    *(((*command, *TARGET, "--", "true"), "needs exactly one target") for command in OF_TARGETS),
    *(((*command, "--"), "-- must be followed by the command to run") for command in OF_TARGETS),
    (("replay",), "ID"),
    (("replay", "no-such-vector", *TARGET), "no vector has the id 'no-such-vector'"),
    (("replay", "", *TARGET), "Is a directory"),
    (("replay", "none.json", *TARGET), "none.json: No such file or directory"),
    (("replay", "../a", *TARGET), "../a: No such file or directory"),
    (("replay", "a", "--vectors", "none.json", *TARGET), "none.json: No such file or directory"),
    (("replay", ESCAPES, *TARGET), r"a\x1b[31m\u202e\u200b: No such file or directory"),
    (("conform", *TARGET, "--only", ESCAPES), r"a\x1b[31m\u202e\u200b"),
    (("conform", *TARGET, "--vectors", ESCAPES), r"a\x1b[31m\u202e\u200b: No such file or directory"),
    (("conform", *TARGET, "--vectors", "a\0b"), r"a\x00b: "),
    (("conform", *TARGET, "--save", "a\0b"), r"a\x00b: "),
    (("conform", *TARGET, "--report", "json=a\0b"), r"a\x00b: "),
    (("explore", ESCAPES), r"unrecognized arguments: a\x1b[31m\u202e\u200b"),
    (("selfcheck", "more"), "unrecognized arguments: more"),
    (("prove",), "--target"),
    (("prove", "--target", "a:b", "--os-users", "-1"), "--os-users"),
    (("prove", "--target", "a:b", "--save", "."), "Is a directory"),
    (("prove", "--target", "a\x1b:b"), r"a\x1b:b"),
)
"""Arguments, and words of the message."""
