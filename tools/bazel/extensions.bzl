"""What MODULE.bazel has from elsewhere than the registry.

Only a Bazel that reads MODULE.bazel loads this file.
"""

load(":debian.bzl", "systemc_repository")

def _systemc_impl(_ctx):
    systemc_repository(name = "systemc")

systemc = module_extension(implementation = _systemc_impl)
