"""What each member of a recorded decision means, and what it means to leave it out."""

from typing import NamedTuple

__all__ = ["OS_USER_MEMBERS", "OUTCOME_MEMBERS", "ROW_MEMBERS", "Member"]

UNKNOWN = "unknown: the row agrees if any value makes it agree"
NOTHING = "nothing is known of it; only known departures are matched by it"


class Member(NamedTuple):
    """What a member means, and what it means where it is left out."""

    meaning: str
    left_out: str


ROW_MEMBERS = {
    "id": Member("what the row is called in reports", "an error"),
    "outcome": Member("what was observed", "an error"),
    "run_as_enabled": Member(
        "the switch in the preferences: true or false, null if the field is absent, else whatever stands there", UNKNOWN
    ),
    "tag": Member("the value of the tag `SSMSessionRunAs`, spelled exactly so; null: no tag", UNKNOWN),
    "default_user": Member("the OS user that the preferences name; null: the field is absent", UNKNOWN),
    "ssm_user_present": Member(
        "whether `ssm-user` was on the instance before",
        "as the row's own `os_users` say; else unknown, unless the file's list has no `ssm-user`",
    ),
    "created": Member("the names of the OS users that the attempt created", UNKNOWN),
    "platform": Member("`linux`, `macos` or `windows`", f"that of the file; else {UNKNOWN}"),
    "ssm_user": Member("`ssm-user` in this row, where it is not the one that is listed", "the one that is listed"),
    "family": Member("why the row was recorded; makes no difference", "makes no difference"),
    "absent": Member("which settings that are null were not in the message; makes no difference", "none of them"),
    "session_type": Member(
        "`Standard_Stream` (a shell), `InteractiveCommands` or `NonInteractiveCommands`; others are outside the model",
        "a shell",
    ),
    "elevated": Member("whether the session document asks for an elevated session", "it does not"),
    "container_mode": Member("whether the agent ran in container mode, which is outside the model", "it did not"),
    "agent": Member("the OS user that the agent ran as; any but root is outside the model", "root"),
    "inputs": Member("the whole inputs of a session document of another shape; outside the model", "the usual shape"),
    "document": Member("what else of the session document is different; outside the model", "nothing is"),
    "properties": Member("properties of another shape for the session; outside the model", "the usual shape"),
    "parameters": Member(
        "parameters given by whoever started the session; outside the model, but for a text that fills the whole "
        "default OS user",
        "there were none",
    ),
    "document_parameters": Member(
        "parameters declared in the document; outside the model, but for one of any text that is the whole default OS "
        "user, as in `{{ user }}`",
        "there were none",
    ),
    "conditions": Member("what else was so on the instance, as a list of texts", NOTHING),
    "sh": Member("the shell that is `sh` on the instance", NOTHING),
    "id_program": Member("the program `id` on the instance", NOTHING),
    "sudoers": Member("what became of the sudoers file; makes no difference", "makes no difference"),
    "home_not_made": Member("whether a created OS user got no home folder; makes no difference", "makes no difference"),
    "os_users": Member("the OS users on the instance", f"those of the file; else {UNKNOWN}"),
}
"""The members of a row. What would put it outside the model does not, where it is left out: so it is usual."""

OUTCOME_MEMBERS = {
    "started_as": Member(
        "the name of the OS user that the session was started as; empty: no name was recorded, and `uid` tells who",
        "it was not started",
    ),
    "refused": Member("it was refused: the message, in any words", "it was not refused"),
    "unreadable": Member("the preferences could not be read, so that no session started: the message", "they could"),
    "uid": Member("the real uid of the started process", "unknown: only the name is compared"),
    "gid": Member("its gid; not compared", "not compared"),
    "groups": Member("its supplementary groups; not compared", "not compared"),
    "home": Member("its home folder; not compared", "not compared"),
    "os_user": Member("whose `uid` it is, if not that of `started_as`; null: nobody's", "whoever is listed with it"),
    "class": Member("the class of a refusal", NOTHING),
}
"""The members of an outcome: exactly one of the first three is there."""

OS_USER_MEMBERS = {
    "name": Member("the name of the OS user; not blank", "an error"),
    "uid": Member("its uid, from 0 to 4294967295", UNKNOWN),
    "gid": Member("the gid of its primary group, in the same range", UNKNOWN),
    "note": Member("any text; makes no difference", "makes no difference"),
    "groups": Member("all its groups with `gid` and `name`, the primary one first; name null: it has none", NOTHING),
}
"""The members of an OS user."""
