"""Session documents of the implementation with mutable dicts: how they are written, and which one holds."""

from runas_properties.implementations.interface import Done, Failed, Outcome

__all__ = ["PREFERENCES", "REGION", "Documents"]

REGION = "us-east-1"
"""The Region that is meant where none is named."""
PREFERENCES = "SSM-SessionManagerRunShell"
"""The document that holds the preferences."""


class Documents:
    """What an implementation does with session documents; it has the instances besides."""

    documents: dict[tuple[str, str, str], tuple[bool | str, str]]
    declaring: set[tuple[str, str, str]]
    instances: dict[str, tuple[str, str, str]]
    document: str

    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        return self.put_document(account, PREFERENCES, run_as_enabled, default_user, region)

    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        self.documents[account, region, document] = (run_as_enabled, default_user)
        (self.declaring.add if declares_parameter else self.declaring.discard)((account, region, document))
        return Done()

    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        if (account, region, document) not in self.documents:
            return Failed("InvalidDocument")
        del self.documents[account, region, document]
        self.declaring.discard((account, region, document))
        return Done()

    def has_document(self, instance: str, document: str) -> bool:
        """Whether a session on the instance may name the document."""
        return document == PREFERENCES or self.place_of(instance, document) in self.documents

    def place_of(self, instance: str, document: str) -> tuple[str, str, str]:
        """Where the document of a name is for a session on the instance: in its account and Region."""
        account, _, region = self.instances[instance]
        return account, region, document

    def declares(self, instance: str) -> bool:
        """Whether the document that holds for a session on the instance declares a parameter."""
        return self.place_of(instance, self.document) in self.declaring

    def settings_of(self, instance: str) -> tuple[bool | str, str]:
        """The switch and the default OS user of the document that holds for a session on the instance."""
        return self.documents.get(self.place_of(instance, self.document), (False, ""))

    def preferences_of(self, account: str, region: str = REGION) -> tuple[bool | str, str]:
        """The switch and the default OS user in an account's preferences in a Region."""
        return self.documents.get((account, region, PREFERENCES), (False, ""))
