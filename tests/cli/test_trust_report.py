"""What `verify` says of the trusted base: how many obligations carry weight, and every part with its guards."""

from runas_cli.trust_report import trusted_base_data, trusted_base_lines
from runas_solver.trusted_base import TRUSTED_BASE
from runas_solver.weight import Weight

WEIGHTS = {"a/decision": Weight.CARRIED, "b/decision": Weight.CARRIED, "b/tag_principal": Weight.SIMPLIFIED}


def test_the_obligations_are_counted_by_weight() -> None:
    heading, *lines = trusted_base_lines(WEIGHTS)

    assert heading == "trusted base of 3 obligations:"
    assert [line.split(":")[0].split() for line in lines[: len(Weight)]] == [
        ["0", "constant-premise"],
        ["1", "simplified"],
        ["0", "unreached"],
        ["2", "carried"],
    ]
    assert trusted_base_data(WEIGHTS)["weights"] == {
        "constant-premise": 0,
        "simplified": 1,
        "unreached": 0,
        "carried": 2,
    }


def test_every_part_is_told_with_what_guards_it() -> None:
    told = "\n".join(trusted_base_lines(WEIGHTS))

    for trusted in TRUSTED_BASE:
        assert f"  {trusted.what} ({', '.join(trusted.consists_of)}). {trusted.trusted_for}" in told
        assert all(f"    {guard.tests}: {guard.check}\n" in f"{told}\n" for guard in trusted.guards)
    data = trusted_base_data({})["trusted"]
    assert [one["id"] for one in data] == [trusted.id for trusted in TRUSTED_BASE]
    assert all(one["guards"] for one in data)
