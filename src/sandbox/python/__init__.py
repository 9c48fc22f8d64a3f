"""The simulated machine that Python programs run on in the playground."""

from types import SimpleNamespace

import gateway_lab_network as _page

# The page's functions themselves: to ask the page's module for one takes longer than to call it.
network = SimpleNamespace(
    lookup=_page.lookup,
    connect=_page.connect,
    state=_page.state,
    write=_page.write,
    read=_page.read,
    takeReset=_page.takeReset,
    readable=_page.readable,
    close=_page.close,
)

__all__ = ["network"]
