"""``python -m bench [names]``: each bench beside its peers, in one run."""

import importlib
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    """Run the benches named, or all of them.

    Raises:
        SystemExit: a name is none of a bench.
    """
    known = sorted(found.name for found in pkgutil.iter_modules(bench.__path__) if not found.name.startswith("_"))
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"no bench called {', '.join(unknown)}; there are {', '.join(known)}")
    for name in names or known:
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"bench.{name}").main()


main(sys.argv[1:])
