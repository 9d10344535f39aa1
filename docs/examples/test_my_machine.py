from hypothesis import settings

from runas_properties.implementations import DictService
from runas_properties.stateful import RunAsMachine


class MyMachine(RunAsMachine):
    """Performs every operation on the specification and the implementation, and compares the answers."""

    implementation = DictService  # yours: apply(operation, arguments), sessions() and os_users()


TestMyMachine = MyMachine.TestCase
TestMyMachine.settings = settings(max_examples=20, deadline=None)
