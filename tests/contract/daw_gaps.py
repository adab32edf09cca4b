"""What an adapter can't do yet, by kind and case: an expected failure that tells when it is mended."""

from __future__ import annotations

from collections.abc import Mapping

_BURST = "test_a_burst_of_five_hundred_arrives_whole_and_in_order"
_KNOWN = "test_a_daw_that_is_there_is_known_before_the_first_cue"
_IN_TIME = "test_a_daw_that_comes_in_time_gets_what_waited_in_order_and_once"
_BACK = "test_a_daw_that_was_there_and_comes_back_in_time_gets_what_waited"
_VANISHES = "test_a_daw_that_vanishes_in_a_burst_leaves_no_cue_untold_and_uncounted"
_NEWEST = "test_the_newest_colour_of_each_track_waits_as_long_as_it_takes"
_RESTART = "test_colours_are_given_back_after_the_service_was_started_anew"

_FEW = "its queue holds few, and drops what is old though the DAW answers"
_SHY = "the DAW is not looked for before the first cue"
_AGE = "it has an age of its own for what waits"
_BLIND = "it tells a DAW that it doesn't see"
_FORGETS = "colours of before are forgotten with the service"

GAPS: Mapping[tuple[str, str], str] = {
}
"""The reason of each gap. Take the line away when the case passes: a mended gap fails its test."""
