"""The simulated machine that Python programs run on in the playground."""

import gateway_lab_network as network

__all__ = ["network"]
