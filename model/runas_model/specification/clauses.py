"""What the rules, operations and laws come from, clause by clause, in our words.

C1 to C16 restate the source text. D1 to D14 restate later documents and what amazon-ssm-agent was observed to do; each
says which silent point it speaks to. A clause outside the model says what it would need.
"""

from enum import Enum

import attrs

from runas_model.doors import checked_fields

__all__ = ["CLAUSES", "Clause", "ClauseId", "Says", "Source"]

ClauseId = str


class Says(Enum):
    """What a clause says becomes of a session."""

    STARTS = "starts"
    REFUSES = "refuses"


@attrs.frozen(field_transformer=checked_fields)
class Source:
    """A document, or an observation: its title, its date, and where it can be read."""

    title: str
    date: str
    address: str


@attrs.frozen(field_transformer=checked_fields)
class Clause:
    """One statement of a source, restated.

    `where` is the place in the source, or what it is about; `says` is what the statement makes of a session, None where
    it decides none by itself; `outside` is why no rule, operation or law realises it, empty for a clause that the model
    covers.
    """

    id: ClauseId
    source: Source
    where: str
    text: str
    says: Says | None = None
    outside: str = ""


RUN_AS_PAGE = "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-run-as.html"
IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
SSM_GUIDE = "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
AGENT_COMMIT = "1c217c89b42de51d4f4063363d8ec1f2eef56055"

SOURCE_TEXT = Source(
    "AWS Systems Manager User Guide, Enable Run As Support for Linux Instances", "April 2020", RUN_AS_PAGE
)
RUN_AS_2020 = Source("AWS Systems Manager User Guide, the Run As page", "3 December 2020", RUN_AS_PAGE)
RUN_AS_2022 = Source("AWS Systems Manager User Guide, the Run As page", "20 May 2022", RUN_AS_PAGE)
RUN_AS_2024 = Source("AWS Systems Manager User Guide, the Run As page", "2024 or later", RUN_AS_PAGE)
SESSION_TAGS = Source(
    "IAM User Guide, session tags; AWS STS API Reference, AssumeRole", "undated", f"{IAM_GUIDE}id_session-tags.html"
)
IAM_TAGS = Source("IAM User Guide, rules for tagging", "undated", f"{IAM_GUIDE}id_tags.html#case-sensitivity")
PREFERENCES = Source(
    "AWS Systems Manager User Guide, Session Manager preferences",
    "undated",
    f"{SSM_GUIDE}getting-started-configure-preferences-cli.html",
)
SESSION_DOCUMENTS = Source(
    "AWS Systems Manager User Guide, session documents", "undated", f"{SSM_GUIDE}session-manager-schema.html"
)
OBSERVED = Source(
    "amazon-ssm-agent 3.3.1142.0, observed by running it",
    "source of 21 October 2024",
    f"https://github.com/aws/amazon-ssm-agent/tree/{AGENT_COMMIT}",
)

CLAUSES = {
    clause.id: clause
    for clause in (
        Clause("C1", SOURCE_TEXT, "opening", "Unless Run As is enabled, a session runs as ssm-user.", Says.STARTS),
        Clause("C2", SOURCE_TEXT, "opening", "Session Manager creates ssm-user on the instance; it may use sudo."),
        Clause("C3", SOURCE_TEXT, "method 1", "A Run As tag on an IAM user or role names the OS user."),
        Clause("C4", SOURCE_TEXT, "method 1", "Principals may name different OS users, or the same one."),
        Clause("C5", SOURCE_TEXT, "method 2", "The account's preferences may name one OS user."),
        Clause("C6", SOURCE_TEXT, "method 2", "That OS user serves everybody in the account who has no Run As tag."),
        Clause("C7", SOURCE_TEXT, "step 1", "Tagged, and the OS user exists: the session starts as it.", Says.STARTS),
        Clause("C8", SOURCE_TEXT, "step 1", "Tagged, and the OS user does not exist: no session.", Says.REFUSES),
        Clause("C9", SOURCE_TEXT, "step 1", "Not tagged: step 2 decides."),
        Clause(
            "C10",
            SOURCE_TEXT,
            "step 2",
            "The preferences name an OS user that exists: the session starts as it.",
            Says.STARTS,
        ),
        Clause(
            "C11",
            SOURCE_TEXT,
            "step 2",
            "The preferences name an OS user that does not exist: no session.",
            Says.REFUSES,
        ),
        Clause("C12", SOURCE_TEXT, "step 2, closing", "With Run As enabled no session runs as ssm-user.", Says.REFUSES),
        Clause(
            "C13",
            SOURCE_TEXT,
            "procedure 1-4",
            "Run As is switched on in the account's preferences, for Linux instances.",
        ),
        Clause("C14", SOURCE_TEXT, "option 1", "Naming a default OS user in the preferences is optional."),
        Clause("C15", SOURCE_TEXT, "option 2", "The tag is put on the IAM user or role."),
        Clause("C16", SOURCE_TEXT, "method 2", "Console and CLI set the same preferences."),
        Clause(
            "D1",
            SESSION_TAGS,
            "passing tags",
            "A session tag of a role session wins over the role's tag with the same key in any case.",
        ),
        Clause(
            "D2",
            SESSION_TAGS,
            "chaining roles",
            "A transitive session tag goes on into chained sessions; passing its key again fails.",
        ),
        Clause(
            "D3",
            SESSION_TAGS,
            "chaining roles",
            "A session tag that is not transitive ends with its session; then the next role's own tag counts.",
        ),
        Clause(
            "D4",
            IAM_TAGS,
            "case sensitivity",
            "An IAM user or role has one tag for each key, whatever its case; the newer spelling and value stay.",
        ),
        Clause(
            "D5",
            PREFERENCES,
            "preferences document",
            "Preferences belong to an account in one Region; without the document Run As is off there.",
        ),
        Clause(
            "D6",
            SESSION_DOCUMENTS,
            "schema",
            "A session may name another document, whose switch and default OS user replace the preferences'.",
        ),
        Clause(
            "D7",
            SESSION_DOCUMENTS,
            "parameters; observed",
            "A document's default OS user may be a parameter that the caller fills in; a tag never is.",
        ),
        Clause("D8", RUN_AS_2022, "on root", "The OS account root is not supported.", Says.REFUSES),
        Clause("D9", RUN_AS_2020, "on platforms", "Run As covers macOS instances."),
        Clause("D10", RUN_AS_2022, "on nobody named", "Run As on, and nobody named: sessions fail.", Says.REFUSES),
        Clause(
            "D11",
            RUN_AS_2024,
            "on directories",
            "An OS user exists when it is on the node or in the directory that the node has joined.",
        ),
        Clause(
            "D12",
            OBSERVED,
            "reading the document",
            "A switch that is no truth value makes the document unreadable, and nobody gets a session.",
            Says.REFUSES,
        ),
        Clause(
            "D13", OBSERVED, "starting the process", "An OS user with uid 0 or gid 0 gets no session.", Says.REFUSES
        ),
        Clause("D14", OBSERVED, "reading the message", "A tag that is blank counts as no tag."),
    )
}
"""Every clause, by its id."""
