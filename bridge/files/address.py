"""Addresses as people write them: ``127.0.0.1:7707``, ``[::1]:7707``, ``studio.local:9000``."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from bridge.files.toml import Document, KeyPath
from bridge.files.toml_faults import found

_PORTS = 65535
_PARTS = re.compile(r"(?:\[([0-9A-Fa-f:.%a-z]{2,60})\]|([^:\[\]/]{1,253})):([0-9]{1,5})")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMERIC = re.compile(r"[0-9.]+")


@dataclass(frozen=True, slots=True)
class Address:
    """A host (a name, or an IPv4 or IPv6 address without brackets) and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it; a name but ``localhost`` may be anywhere."""
        if self.host.lower() == "localhost":
            return True
        return _is_ip(self.host) and ipaddress.ip_address(self.host).is_loopback

    def clashes(self, other: Address) -> bool:
        """Tell whether one machine can't listen on both: the same port on hosts that overlap."""
        if self.port != other.port or self.port == 0:
            return False
        return self._place == other._place or "any" in (self._place, other._place)

    @property
    def _place(self) -> str:
        if _is_ip(self.host) and ipaddress.ip_address(self.host).is_unspecified:
            return "any"
        return "loopback" if self.loopback else self.host.lower()


def address(document: Document, key: KeyPath, text: str, *, free: bool = False) -> Address:
    """Return the address that `text` means; `free` lets port 0 stand for any free port.

    Raises `InvalidFile`.
    """
    parts = _PARTS.fullmatch(text.strip())
    host = (parts[1] or parts[2]) if parts else ""
    if parts is None or not (_is_ip(host) or (not parts[1] and _is_name(host))):
        problem = f'found {found(text)}; allowed: host:port such as "127.0.0.1:7707"'
        raise document.error(key, problem)
    port, least = int(parts[3]), 0 if free else 1
    if not least <= port <= _PORTS:
        raise document.error(key, f"found port {port}; allowed: {least} to {_PORTS}")
    return Address(host, port)


def _is_name(host: str) -> bool:
    return bool(_NAME.fullmatch(host)) and not _NUMERIC.fullmatch(host)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
