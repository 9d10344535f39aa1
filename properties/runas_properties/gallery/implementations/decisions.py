"""Decisions made wrongly: who is named, what is refused, which platforms are covered."""

from runas_model.specification.readings import BlankTag, MacOs, Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Outcome, Refused, Started

__all__: list[str] = []


@fault(
    "falls-back-to-ssm-user", "Starts as ssm-user where the OS user is missing.", "never-ssm-user", "no-fall-through"
)
class FallsBackToSsmUser(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        return Started("ssm-user") if outcome == Refused("os-user-missing") else outcome


@fault("preference-beats-tag", "Takes the default OS user before the tag's.", "started-as-named")
class PreferenceBeatsTag(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome, default = super().decide(principal, instance), self.default_of(instance)
        on = self.covers(instance) and self.is_on(instance)
        return self.start_as(default, instance) if on and default is not None else outcome


@fault("falls-through-to-the-default", "Tries the default where the tag's OS user is missing.", "no-fall-through")
class FallsThroughToTheDefault(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome = super().decide(principal, instance)
        if outcome == Refused("os-user-missing") and self.tag_of(principal) is not None:
            return self.start_as(self.default_of(instance), instance)
        return outcome


@fault("ignores-existence", "Starts as the OS user named, whether it exists or not.", "started-user-exists")
class IgnoresExistence(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name


@fault("ignores-tags", "Looks at the preferences alone.", "tag-serves-the-tagged")
class IgnoresTags(DictService):
    def tag_of(self, principal: str) -> str | None:
        return None


@fault("ignores-the-default", "Looks at the tag alone.", "default-serves-the-untagged")
class IgnoresTheDefault(DictService):
    def default_of(self, instance: str) -> str | None:
        return None


@fault("ignores-that-run-as-is-off", "Decides as if Run As were always on.", "off-means-ssm-user")
class IgnoresThatRunAsIsOff(DictService):
    def is_on(self, instance: str) -> bool:
        return True


@fault("ignores-that-run-as-is-on", "Decides as if Run As were always off.", "never-ssm-user")
class IgnoresThatRunAsIsOn(DictService):
    def is_on(self, instance: str) -> bool:
        return False


@fault("tag-switches-run-as-on", "With Run As off, serves a tag all the same.", "off-means-ssm-user")
class TagSwitchesRunAsOn(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        tag = self.tag_of(principal)
        on = self.covers(instance) and tag is not None
        return self.start_as(tag, instance) if on else super().decide(principal, instance)


@fault("serves-ssm-user-when-named", "Starts as ssm-user when a name says so and it exists.", "never-ssm-user")
class ServesSsmUserWhenNamed(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return False


@fault("serves-ssm-user-as-default", "Starts as ssm-user when the preferences name it.", "never-ssm-user")
class ServesSsmUserAsDefault(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        by_default = self.tag_of(principal) is None and self.default_of(instance) == "ssm-user"
        outcome = super().decide(principal, instance)
        return Started("ssm-user") if by_default and self.find("ssm-user", instance) else outcome


@fault(
    "nobody-means-ssm-user", "Starts as ssm-user where nobody is named.", "never-ssm-user", "nobody-named-is-refused"
)
class NobodyMeansSsmUser(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        return Started("ssm-user") if name is None else super().start_as(name, instance)


@fault("nobody-means-anybody", "Starts as the first OS user where nobody is named.", "nobody-named-is-refused")
class NobodyMeansAnybody(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        anybody = next((user for user in self.users[instance] if user != "ssm-user"), None)
        return super().start_as(anybody if name is None else name, instance)


@fault("covers-windows", "Takes Run As to cover Windows.", "uncovered-means-ssm-user")
class CoversWindows(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "windows" or super().covers(instance)


@fault("covers-macos", "Takes Run As to cover macOS.", "uncovered-means-ssm-user", macos=MacOs.NOT_COVERED)
class CoversMacos(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "macos" or super().covers(instance)


@fault("leaves-macos-out", "Takes Run As to cover Linux alone.", "never-ssm-user", macos=MacOs.COVERED)
class LeavesMacosOut(DictService):
    def covers(self, instance: str) -> bool:
        return self.instances[instance][1] == "linux"


@fault(
    "serves-superusers",
    "Starts as root like anybody else.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ServesSuperusers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return False


@fault(
    "checks-uid-alone",
    "Serves gid 0.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksUidAlone(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and uid == 0


@fault(
    "checks-gid-alone",
    "Serves uid 0.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksGidAlone(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and gid == 0


@fault(
    "checks-both-ids",
    "Serves uid 0 or gid 0.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class ChecksBothIds(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and uid == gid


@fault(
    "knows-root-by-name",
    "Refuses the name root, and serves other names of uid 0.",
    "refused-superusers-never-start",
    superuser=Superuser.REFUSED,
)
class KnowsRootByName(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        return Started(name) if outcome == Refused("superuser-named") and name and name != "root" else outcome


@fault(
    "refuses-superusers",
    "Refuses uid 0 and gid 0, which the reading does not.",
    "tag-serves-the-tagged",
    "default-serves-the-untagged",
    superuser=(Superuser.ORDINARY, Superuser.ROOT_REFUSED),
)
class RefusesSuperusers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return 0 in (uid, gid)


@fault("refuses-system-users", "Refuses every uid below 1000.", "tag-serves-the-tagged", "default-serves-the-untagged")
class RefusesSystemUsers(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return 0 < uid < 1000 or super().is_refused_superuser(name, uid, gid)


@fault("takes-separators-for-blank", "Takes U+001C to U+001F for white space.", "started-as-named")
class TakesSeparatorsForBlank(DictService):
    def is_blank(self, name: str) -> bool:
        return not name.strip()


@fault(
    "takes-blank-tags-as-none",
    "Takes a blank tag as none.",
    "no-fall-through",
    blank_tag=BlankTag.NAMES_NOBODY,
)
class TakesBlankTagsAsNone(DictService):
    def tag_of(self, principal: str) -> str | None:
        tag = super().tag_of(principal)
        return None if tag is None or self.is_blank(tag) else tag


@fault("takes-empty-tags-as-none", "Takes an empty tag as none.", "no-fall-through", blank_tag=BlankTag.NAMES_NOBODY)
class TakesEmptyTagsAsNone(DictService):
    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) or None


@fault(
    "takes-blank-tags-as-names",
    "Refuses where the tag is blank.",
    "default-serves-the-untagged",
    blank_tag=BlankTag.AS_UNTAGGED,
)
class TakesBlankTagsAsNames(DictService):
    def tag_of(self, principal: str) -> str | None:
        return self.tag_value(principal)


@fault(
    "takes-white-space-as-a-name",
    "Takes an empty tag as none, but refuses where it is white space.",
    "default-serves-the-untagged",
    blank_tag=BlankTag.AS_UNTAGGED,
)
class TakesWhiteSpaceAsAName(DictService):
    def tag_of(self, principal: str) -> str | None:
        return self.tag_value(principal) or super().tag_of(principal)


@fault("takes-blank-defaults-as-names", "Takes a blank default as a name.", "nobody-named-is-refused")
class TakesBlankDefaultsAsNames(DictService):
    def default_of(self, instance: str) -> str | None:
        on = self.preferences.get(self.instances[instance][0])
        return None if on is None else on[1]
