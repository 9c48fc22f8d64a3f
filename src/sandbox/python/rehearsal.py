"""One request before the reader's, to nobody: what most programs import is loaded by then, and what runs first has run."""


def rehearse():
    """Makes it. Nothing of it is left but modules, which a program that imports them finds loaded."""
    import gc

    import requests

    from gateway_lab import descriptors

    with requests.Session() as session:
        session.get("https://rehearsal.invalid/", timeout=1)
    descriptors.begin_anew()
    # What is there now stays, so a program's garbage need not be looked for in it.
    gc.freeze()
