"""Names of which only a part is compared, and names compared by a sum, a code or their letters."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import (
    BLANK,
    CREATED,
    FOUND,
    LOST,
    ROOT_IS_REFUSED,
    accepts_as,
    creates_as,
    deletes_alike,
    finds_alike,
    misses,
    reads_tags_as,
    takes_for_blank,
    takes_for_root,
    takes_for_ssm_user,
)
from runas_properties.implementations import DictService, Done, Outcome

__all__: list[str] = []


def basic(name: str) -> str:
    """A name up to the first character that a table in MySQL's utf8 cannot hold."""
    return name[: next((at for at, letter in enumerate(name) if ord(letter) > 0xFFFF), len(name))]


CUT = (
    ("compares-8-characters", "Compares only the first 8 characters of names.", lambda name: name[:8]),
    ("compares-128-characters", "Compares only the first 128 characters of names.", lambda name: name[:128]),
    ("compares-32-bytes", "Compares only the first 32 bytes of names, in UTF-8.", lambda name: name.encode()[:32]),
    ("compares-up-to-an-emoji", "Compares names only up to the first emoji.", basic),
    ("compares-low-bytes", "Compares the low bytes of letters and takes šlice for alice.",
     lambda name: name.encode("utf-32-le")[::4]),
    ("compares-lengths", "Compares names by their length and takes carol for alice.", len),
    ("compares-sorted-letters", "Compares names by their letters in order and takes celia for alice.", sorted),
    ("compares-sums", "Compares names by the sum of their letters and takes blibe for alice.",
     lambda name: sum(map(ord, name))),
    ("compares-ends", "Compares the first and the last letter of names and takes anne for alice.",
     lambda name: (name[:1], name[-1:])),
)  # fmt: skip
for id, title, key in CUT:
    fault(id, title, *FOUND)(finds_alike(key))

fault("accepts-what-it-cuts", "Cuts a name at 16 characters to find it, but starts as the whole.", *FOUND)(
    accepts_as(lambda name: name[:16])
)
fault("cuts-tags-at-255", "Cuts tags at 255 characters.", "no-fall-through")(reads_tags_as(lambda tag: tag[:255]))
fault("creates-20-characters", "Cuts the name of a new OS user at 20 characters, as Windows does.", *CREATED)(
    creates_as(lambda name: name[:20])
)
fault("deletes-what-a-prefix-fits", "Deletes alice when asked to delete ali.", "accepted-if-no-error-is-true")(
    deletes_alike(lambda name, user: user.startswith(name))
)
fault("misses-beyond-64-characters", "Refuses names longer than 64 characters.", *LOST)(
    misses(lambda name: len(name) > 64)
)
fault("takes-a-prefix-for-ssm-user", "Takes ssm-user2 for ssm-user.", *LOST)(
    takes_for_ssm_user(lambda name: name.startswith("ssm-user"))
)
fault("takes-a-leading-space-for-blank", "Takes a name that begins with a space for blank.", *BLANK)(
    takes_for_blank(lambda name: name.startswith(" "))
)
fault("takes-what-contains-root-for-root", "Takes chroot and rootless for root.", *LOST, superuser=ROOT_IS_REFUSED)(
    takes_for_root(lambda name: "root" in name)
)


@fault("deletes-by-prefix", "Deletes alice2 too when asked to delete alice.", "os-users-change-only-as-asked")
class DeletesByPrefix(DictService):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        if outcome == Done():
            kept = {user: ids for user, ids in self.users[instance].items() if not user.startswith(name)}
            self.users[instance] = kept
        return outcome
