"""Regions of instances and of session documents, recorded wrongly."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Outcome
from runas_properties.implementations.dicts import REGION

__all__: list[str] = []


@fault(
    "writes-documents-in-the-default-region", "Writes all session documents in the default Region.", "never-ssm-user"
)
class WritesDocumentsInTheDefaultRegion(DictService):
    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        return super().put_document(account, document, run_as_enabled, default_user, REGION, declares_parameter)


@fault("registers-in-the-default-region", "Records every instance in the default Region.", "never-ssm-user")
class RegistersInTheDefaultRegion(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        return super().register_instance(instance, account, platform)


@fault(
    "keeps-the-first-region",
    "Keeps an instance in its Region when it is registered again in another.",
    "off-means-ssm-user",
)
class KeepsTheFirstRegion(Remembers):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        return super().register_instance(instance, account, platform, self.memory.setdefault(instance, region))


@fault(
    "changes-the-region-of-what-exists",
    "Changes the Region of an instance when asked to register it again.",
    "never-ssm-user",
)
class ChangesTheRegionOfWhatExists(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        self.instances[instance] = (*self.instances[instance][:2], region)
        return outcome
