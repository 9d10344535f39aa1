"""The source text, clause by clause, in our words.

The source is the AWS user-guide page on Run As for Linux instances (April 2020); `where` says the place.
"""

import attrs

__all__ = ["CLAUSES", "Clause", "ClauseId"]

ClauseId = str


@attrs.frozen
class Clause:
    """One statement of the source text, restated."""

    id: ClauseId
    where: str
    text: str


CLAUSES = {
    clause.id: clause
    for clause in (
        Clause("C1", "opening", "Unless Run As is enabled, a session runs as ssm-user."),
        Clause("C2", "opening", "Session Manager creates ssm-user on the instance; it may use sudo."),
        Clause("C3", "method 1", "A Run As tag on an IAM user or role names the OS user."),
        Clause("C4", "method 1", "Principals may name different OS users, or the same one."),
        Clause("C5", "method 2", "The account's preferences may name one OS user."),
        Clause("C6", "method 2", "That one serves everybody in the account who has no tag of their own."),
        Clause("C7", "step 1", "Tagged, and the OS user exists on the instance: the session starts as it."),
        Clause("C8", "step 1", "Tagged, and the OS user does not exist: no session."),
        Clause("C9", "step 1", "Not tagged: step 2 decides."),
        Clause("C10", "step 2", "Preferences name an OS user that exists: the session starts as it."),
        Clause("C11", "step 2", "Preferences name an OS user that does not exist: no session."),
        Clause("C12", "step 2, closing", "With Run As enabled there is no way back to ssm-user."),
        Clause("C13", "procedure 1-4", "Run As is switched on in the account's preferences, for Linux instances."),
        Clause("C14", "option 1", "Naming a default OS user in the preferences is optional."),
        Clause("C15", "option 2", "The tag is put on the IAM user or role."),
        Clause("C16", "method 2", "Console and CLI set the same preferences."),
    )
}
"""Every clause, by its id."""
