"""Keys of tags taken for others, or kept as IAM does not keep them."""

from runas_model.specification.readings import LookUp
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Done, Outcome

__all__: list[str] = []


@fault(
    "folds-tag-keys",
    "Ignores case in the key of the Run As tag although the reading does not.",
    "started-as-named",
    tag_key=LookUp.EXACT,
)
class FoldsTagKeys(DictService):
    def tag_value(self, principal: str) -> str | None:
        tags = self.tags_that_count(principal)
        return tags.get(self.alike(self.tag_key, tags) or self.tag_key)


@fault(
    "looks-keys-up-as-spelled",
    "Compares the key of the Run As tag with its case although the reading ignores case.",
    "tag-serves-the-tagged",
    tag_key=LookUp.ANY_CASE,
)
class LooksKeysUpAsSpelled(DictService):
    def tag_value(self, principal: str) -> str | None:
        return self.tags_that_count(principal).get(self.tag_key)


@fault("trims-tag-keys", "Ignores white space around the key of the Run As tag.", "started-as-named")
class TrimsTagKeys(DictService):
    def tag_value(self, principal: str) -> str | None:
        near = (tag for key, tag in self.tags_that_count(principal).items() if key.strip() == self.tag_key)
        found = super().tag_value(principal)
        return next(near, None) if found is None else found


@fault("keeps-both-spellings", "Stores tags separately if their keys differ only in case.", "started-as-named")
class KeepsBothSpellings(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal not in self.tags:
            return super().tag_principal(principal, key, value)
        self.tags[principal] = {**self.tags[principal], key: value}
        return Done()


@fault(
    "keeps-the-older-spelling",
    "Stores the new value under the key as it was first spelled.",
    "tag-serves-the-tagged",
    tag_key=LookUp.EXACT,
)
class KeepsTheOlderSpelling(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags:
            key = self.spelled(principal, key)
        return super().tag_principal(principal, key, value)


@fault(
    "refuses-another-spelling",
    "Does not set a tag if the principal has one with that key in another case.",
    "tag-serves-the-tagged",
)
class RefusesAnotherSpelling(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags and self.spelled(principal, key) != key:
            return Done()
        return super().tag_principal(principal, key, value)


@fault("untags-as-spelled", "Does not remove a tag if its key is given in another case.", "started-as-named")
class UntagsAsSpelled(DictService):
    def untag_principal(self, principal: str, key: str) -> Outcome:
        if principal in self.tags and self.spelled(principal, key) != key:
            return Done()
        return super().untag_principal(principal, key)
