from __future__ import annotations

from bridge.daw.ableton_locators import SET_NAME
from bridge.messages import Osc
from tests.contract.daw_contract import DawContract
from tests.standins.ableton import AbletonCore


class TestContract(DawContract):
    kind = "ableton"

    def daw(self) -> AbletonCore:
        return AbletonCore()

    def names(self, sent: list[Osc]) -> list[str]:
        named = [str(m.args[1]) for m in sent if m.address == SET_NAME and m.args]
        return [name.split(" / ")[0] for name in named]
