"""The laws, and everything that checks something against them.

The rooms, from the ground: `laws`; `implementations`; `oracle` and `explorer` side by side; `stateful`; `gallery`;
`conformance`. May import `runas_model`, and each room those before it.
"""

from runas_model.faces import moved

moved(
    {
        "runas_properties.recorded": "runas_properties.oracle.recorded",
        "runas_properties.failures": "runas_properties.oracle.failures",
        "runas_properties.machine": "runas_properties.stateful.machine",
        "runas_properties.strategies": "runas_properties.stateful.strategies",
        "runas_properties.conviction": "runas_properties.gallery.conviction",
        "runas_properties.faults": "runas_properties.gallery.implementations",
        **{
            f"runas_properties.faults.{name}": f"runas_properties.gallery.implementations.{name}"
            for name in ("decisions", "names", "sessions", "settings")
        },
    }
)
