"""The version of Reprise, for all that states it."""

VERSION = "0.1.0"
