"""Keys of tags taken for others, or kept as IAM does not keep them."""

from runas_model.specification.readings import LookUp
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Done, Failed, Outcome

__all__: list[str] = []

NEWER = "newer-tag-replaces"


@fault("folds-tag-keys", "Takes ssmsessionrunas for the key.", "started-as-named", tag_key=LookUp.EXACT)
class FoldsTagKeys(DictService):
    def tag_value(self, principal: str) -> str | None:
        return self.tags[principal].get(self.spelled(principal, self.tag_key))


@fault(
    "looks-keys-up-as-spelled",
    "Does not take ssmsessionrunas for the key.",
    "tag-serves-the-tagged",
    tag_key=LookUp.ANY_CASE,
)
class LooksKeysUpAsSpelled(DictService):
    def tag_value(self, principal: str) -> str | None:
        return self.tags[principal].get(self.tag_key)


@fault("trims-tag-keys", "Takes a key with blanks around it for the key.", "started-as-named")
class TrimsTagKeys(DictService):
    def tag_value(self, principal: str) -> str | None:
        near = (tag for key, tag in self.tags[principal].items() if key.strip() == self.tag_key)
        found = super().tag_value(principal)
        return next(near, None) if found is None else found


@fault("keeps-both-spellings", "Keeps tags side by side whose keys differ in case alone.", NEWER)
class KeepsBothSpellings(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal not in self.tags:
            return super().tag_principal(principal, key, value)
        self.tags[principal] = {**self.tags[principal], key: value}
        return Done()


@fault("keeps-the-older-spelling", "Puts the new value under the key as it was first spelled.", NEWER)
class KeepsTheOlderSpelling(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags:
            key = self.spelled(principal, key)
        return super().tag_principal(principal, key, value)


@fault("refuses-another-spelling", "Does not put a tag where one has the key in another case.", NEWER)
class RefusesAnotherSpelling(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags and self.spelled(principal, key) != key:
            return Done()
        return super().tag_principal(principal, key, value)


@fault("untags-as-spelled", "Takes a tag off only by its key as it is spelled.", "tags-change-only-as-asked")
class UntagsAsSpelled(DictService):
    def untag_principal(self, principal: str, key: str) -> Outcome:
        if principal in self.tags and key not in self.tags[principal]:
            return Failed("UnknownTag")
        return super().untag_principal(principal, key)
