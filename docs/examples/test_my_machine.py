from hypothesis import settings

from runas_properties.implementations import DictService
from runas_properties.stateful import RunAsMachine


class MyMachine(RunAsMachine):
    """Every operation on the specification and on the implementation; both must answer alike."""

    implementation = DictService  # yours: apply(operation, arguments), sessions() and os_users()


TestMyMachine = MyMachine.TestCase
TestMyMachine.settings = settings(max_examples=20, deadline=None)
