"""Text that was given, made readable."""

from runas_properties.conformance.protocol.readable import readable_text


def test_what_cannot_be_seen_is_shown_and_lines_end_in_stories_alone() -> None:
    assert readable_text("a\x00b\u200b\u202e\ud800é日\n") == r"a\x00b\u200b\u202e\ud800é日\n"
    assert readable_text("a\n\tb", lines=True) == "a\n\\tb"
    assert readable_text("plain ASCII | ~") == "plain ASCII | ~"
