"""Decisions made wrongly: who is named, what is refused, which platforms are covered."""

from runas_model.specification.readings import BlankTag, MacOs, Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Outcome, Refused, Started

__all__: list[str] = []


@fault(
    "falls-back-to-ssm-user",
    "Starts as ssm-user if the named OS user does not exist.",
    "never-ssm-user",
    "no-fall-through",
)
class FallsBackToSsmUser(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        return Started("ssm-user") if outcome == Refused("os-user-missing") else outcome


@fault("preference-beats-tag", "Prefers the default OS user to the user in the tag.", "started-as-named")
class PreferenceBeatsTag(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome, default = super().decide(principal, instance), self.default_of(instance)
        on = self.covers(instance) and self.is_on(instance)
        return self.start_as(default, instance) if on and default is not None else outcome


@fault(
    "falls-through-to-the-default", "Uses the default OS user if the user in the tag does not exist.", "no-fall-through"
)
class FallsThroughToTheDefault(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome = super().decide(principal, instance)
        if outcome == Refused("os-user-missing") and self.tag_of(principal) is not None:
            return self.start_as(self.default_of(instance), instance)
        return outcome


@fault("ignores-existence", "Starts as the named OS user without checking that it exists.", "started-user-exists")
class IgnoresExistence(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name


@fault("ignores-tags", "Ignores tags and uses only the preferences.", "tag-serves-the-tagged")
class IgnoresTags(DictService):
    def tag_of(self, principal: str) -> str | None:
        return None


@fault("ignores-the-default", "Ignores the preferences' OS user and uses only the tag.", "default-serves-the-untagged")
class IgnoresTheDefault(DictService):
    def default_of(self, instance: str) -> str | None:
        return None


@fault("ignores-that-run-as-is-off", "Treats Run As as always on.", "off-means-ssm-user")
class IgnoresThatRunAsIsOff(DictService):
    def is_on(self, instance: str) -> bool:
        return True


@fault("ignores-that-run-as-is-on", "Treats Run As as always off.", "never-ssm-user")
class IgnoresThatRunAsIsOn(DictService):
    def is_on(self, instance: str) -> bool:
        return False


@fault("tag-switches-run-as-on", "Follows the tag even if Run As is off.", "off-means-ssm-user")
class TagSwitchesRunAsOn(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        tag = self.tag_of(principal)
        on = self.covers(instance) and tag is not None
        return self.start_as(tag, instance) if on else super().decide(principal, instance)


@fault("serves-ssm-user-when-named", "Starts as ssm-user if it is named and exists.", "never-ssm-user")
class ServesSsmUserWhenNamed(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return False


@fault("serves-ssm-user-as-default", "Starts as ssm-user if the preferences name it and it exists.", "never-ssm-user")
class ServesSsmUserAsDefault(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        by_default = self.tag_of(principal) is None and self.default_of(instance) == "ssm-user"
        outcome = super().decide(principal, instance)
        return Started("ssm-user") if by_default and self.find("ssm-user", instance) else outcome


@fault("nobody-means-ssm-user", "Starts as ssm-user if nobody is named.", "never-ssm-user", "nobody-named-is-refused")
class NobodyMeansSsmUser(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        return Started("ssm-user") if name is None else super().start_as(name, instance)


@fault("nobody-means-anybody", "Uses the first OS user on the instance if nobody is named.", "nobody-named-is-refused")
class NobodyMeansAnybody(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        anybody = next((user for user in self.users[instance] if user != "ssm-user"), None)
        return super().start_as(anybody if name is None else name, instance)


@fault("covers-windows", "Applies Run As to Windows instances.", "uncovered-means-ssm-user")
class CoversWindows(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "windows" or super().covers(instance)


@fault(
    "covers-macos",
    "Applies Run As to macOS instances although the reading does not.",
    "uncovered-means-ssm-user",
    macos=MacOs.NOT_COVERED,
)
class CoversMacos(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "macos" or super().covers(instance)


@fault(
    "leaves-macos-out",
    "Applies Run As only to Linux instances although the reading covers macOS.",
    "never-ssm-user",
    macos=MacOs.COVERED,
)
class LeavesMacosOut(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "linux"


@fault(
    "serves-superusers",
    "Accepts OS users with uid 0 or gid 0 although the reading refuses them.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ServesSuperusers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return False


@fault(
    "checks-uid-alone",
    "Refuses a superuser only if its uid is 0.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksUidAlone(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and uid == 0


@fault(
    "checks-gid-alone",
    "Refuses a superuser only if its gid is 0.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksGidAlone(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and gid == 0


@fault(
    "checks-both-ids",
    "Refuses a superuser only if its uid and its gid are equal.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksBothIds(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and uid == gid


@fault(
    "knows-root-by-name",
    "Refuses root but accepts superusers with other names.",
    "refused-superusers-never-start",
    superuser=Superuser.REFUSED,
)
class KnowsRootByName(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        return Started(name) if outcome == Refused("superuser-named") and name and name != "root" else outcome


@fault(
    "refuses-superusers",
    "Refuses OS users with uid 0 or gid 0 although the reading does not.",
    "tag-serves-the-tagged",
    "default-serves-the-untagged",
    superuser=(Superuser.ORDINARY, Superuser.ROOT_REFUSED),
)
class RefusesSuperusers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return 0 in (uid, gid)


@fault(
    "refuses-system-users",
    "Refuses OS users with a uid from 1 to 999.",
    "tag-serves-the-tagged",
    "default-serves-the-untagged",
)
class RefusesSystemUsers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return 0 < uid < 1000 or super().is_refused_superuser(name, uid, gid)


@fault("takes-separators-for-blank", "Treats U+001C to U+001F as white space.", "started-as-named")
class TakesSeparatorsForBlank(DictService):
    def is_blank(self, name: str) -> bool:
        return not name.strip()


@fault(
    "takes-blank-tags-as-none",
    "Treats a blank tag as no tag although the reading does not.",
    "no-fall-through",
    blank_tag=BlankTag.NAMES_NOBODY,
)
class TakesBlankTagsAsNone(DictService):
    def tag_of(self, principal: str) -> str | None:
        tag = super().tag_of(principal)
        return None if tag is None or self.is_blank(tag) else tag


@fault(
    "takes-empty-tags-as-none",
    "Treats an empty tag as no tag although the reading does not.",
    "no-fall-through",
    blank_tag=BlankTag.NAMES_NOBODY,
)
class TakesEmptyTagsAsNone(DictService):
    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) or None


@fault(
    "takes-blank-tags-as-names",
    "Refuses a blank tag although the reading treats it as no tag.",
    "default-serves-the-untagged",
    blank_tag=BlankTag.AS_UNTAGGED,
)
class TakesBlankTagsAsNames(DictService):
    def tag_of(self, principal: str) -> str | None:
        return self.tag_value(principal)


@fault(
    "takes-white-space-as-a-name",
    "Treats an empty tag as no tag but refuses a tag of white space.",
    "default-serves-the-untagged",
    blank_tag=BlankTag.AS_UNTAGGED,
)
class TakesWhiteSpaceAsAName(DictService):
    def tag_of(self, principal: str) -> str | None:
        return self.tag_value(principal) or super().tag_of(principal)


@fault("takes-blank-defaults-as-names", "Treats a blank default OS user as a name.", "nobody-named-is-refused")
class TakesBlankDefaultsAsNames(DictService):
    def default_of(self, instance: str) -> str | None:
        written = self.documents.get(self.place_of(instance, self.document))
        return self.parameter if written is None or self.parameter is not None else written[1]
