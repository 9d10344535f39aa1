"""Names that become others when something decodes them: escapes, quotes, encodings and the notations of data."""

import base64
import codecs
import json
import quopri
from collections.abc import Callable

from runas_properties.stateful.confusables.confusable import Confusable, pairs, spellings
from runas_properties.stateful.confusables.folding import after, around, at, before

__all__ = ["DECODING"]


def each(written: str) -> Callable[[str], str]:
    """Every character written by its number, as in `%{:02x}`."""
    return lambda name: "".join(written.format(ord(character)) for character in name)


def first(written: str) -> Callable[[str], str]:
    """The first character written by its number."""
    return lambda name: written.format(ord(name[0])) + name[1:]


def encoded(encode: Callable[[bytes], bytes]) -> Callable[[str], str]:
    return lambda name: encode(name.encode()).decode().strip()


def without_padding(name: str) -> str:
    return encoded(base64.b64encode)(name).rstrip("=")


def taken_for(encoding: str, written: str = "utf-8") -> Callable[[str], str]:
    """The bytes of a name read as if they were in another encoding."""
    return lambda name: name.encode(written).decode(encoding)


def in_punycode(name: str) -> str:
    return name.encode("punycode").decode()


def json_twice(name: str) -> str:
    return json.dumps(json.dumps(name))


DECODING: tuple[Confusable, ...] = (
    spellings("percent", "encoded", first("%{:02x}"), each("%{:02X}"), first("%25{:02x}"), first("%u{:04x}"),
              after("%20"), after("%00"), before("%20"), after("%0A"), after("%0d%0a"), after("%2F"), at(3, "%00")),
    pairs("plus-for-space", "encoded", ("al+ice", "al ice"), ("al%20ice", "al ice"), ("web+admin", "web admin"),
          ("z%C3%B6e", "zöe"), ("zo%C3%AB", "zoë"), ("%F6l", "öl"), examples=5),
    spellings("entity", "encoded", first("&#{};"), first("&#x{:x};"), each("&#{};"), each("&#x{:02X};"),
              first("&#{:05d};"), first("&#{}"), after("&nbsp;"), at(2, "&shy;"), after("&#10;"), after("&#0;")),
    pairs("named-entity", "encoded", ("r&amp;d", "r&d"), ("o&apos;neil", "o'neil"), ("zo&euml;", "zoë"),
          ("a&lt;b", "a<b"), ("&quot;x&quot;", '"x"'), ("al&period;ice", "al.ice"), examples=4),
    spellings("quoted", "quoted", around('"'), around("'"), around("`"), around("\u201c", "\u201d"),
              around("\u2018", "\u2019"), around("«", "»"), before('"'), after('"'), before("'"), after("'"),
              around("(", ")"), around("[", "]"), around("<", ">"), around("{", "}"), around('""'), around("''"),
              around("|"), around("*"), around('\\"'), around("„", "“")),
    spellings("shell-quoted", "quoted", lambda name: f"{name[0]}'{name[1:]}'", at(1, '""'), at(1, "''"), around("$'",
              "'"), lambda name: f'{name[:2]}"{name[2:]}"', around('$"', '"'), around("${USER:-", "}"),
              around("$(echo ", ")"), around("`echo ", "`"), after(" #"), after("#x"), after(";"), after(" &"),
              after(";id"), before("~"), before("$"), around("${", "}"), around("%"), after(" || true"), after("\\")),
    spellings("backslash", "encoded", before("\\"), at(2, "\\"), first("\\x{:02x}"), first("\\u{:04x}"),
              first("\\{:03o}"), first("\\U{:08x}"), first("\\u{{{:x}}}"), first("\\x{{{:x}}}"), each("\\x{:02x}"),
              each("\\u{:04X}"), after("\\n"), after("\\0"), after("\\ "), after("\\t"), before("\\u200b"),
              after("\\r\\n"), before("\\\\"), first("U+{:04X}"), first("\\0{:o}")),
    spellings("base64", "encoded", encoded(base64.b64encode), without_padding,
              lambda name: encoded(base64.b64encode)(encoded(base64.b64encode)(name)),
              lambda name: encoded(base64.b64encode)(f"{name}\n"), encoded(base64.b32encode), encoded(base64.b85encode),
              lambda name: encoded(base64.b64encode)(name + "\0")),
    pairs("base64-for-addresses", "encoded", ("Pz8_", "???"), ("fn5-", "~~~"), ("em_Dqw==", "zoë"), ("em/Dqw==",
          "zoë")),
    spellings("hexadecimal", "encoded", lambda name: name.encode().hex(), lambda name: name.encode().hex().upper(),
              lambda name: "0x" + name.encode().hex(), lambda name: name.encode().hex(" "),
              lambda name: "\\x" + name.encode().hex(), lambda name: name.encode().hex(":"),
              lambda name: "x'" + name.encode().hex() + "'", lambda name: "#" + name.encode().hex()),
    spellings("letters-moved", "encoded", lambda name: codecs.encode(name, "rot13"), lambda name: name[::-1],
              lambda name: " ".join(name), lambda name: "\0".join(name), lambda name: " ".join(map(hex, name.encode())),
              lambda name: ",".join(map(str, name.encode())), lambda name: "".join(f"{c:08b}" for c in name.encode())),
    spellings("punycode", "encoded", lambda name: name.encode("idna").decode(), in_punycode,
              lambda name: name.encode("idna").decode().upper(), lambda name: in_punycode(name).lstrip("-"),
              names=("zoë", "jürgen", "алиса", "josé", "müller"), any=False),
    spellings("json-twice", "encoded", json.dumps, json_twice, around('{"name": "', '"}'), around('["', '"]'),
              lambda name: f'"\\u{ord(name[0]):04x}{name[1:]}"', around('{"user":"', '"}'), around('"', '",'),
              around('{"runAsDefaultUser": "', '"}'), around('{"value": "', '"}'), around('{"S": "', '"}')),
    spellings("data-notation", "encoded", before("!!str "), before("- "), before("name: "), after(" # x"),
              before("user="), around("<user>", "</user>"), around("<![CDATA[", "]]>"), around("name = \"", '"'),
              after(","), before("="), around('="', '"'), around("[user]\nname=", ""), around("--- ", ""), before("\t"),
              before("@"), before(": "), around("'", "'::text"), after("<br>"), around("<b>", "</b>"), around("/* x */",
              "")),
    pairs("doubled", "quoted", ("o''neil", "o'neil"), ('a""b', 'a"b'), ("a\\\\b", "a\\b"), ("a%%b", "a%b"), ("a$$b",
          "a$b"), ("a{{b}}", "a{b}"), ("a__b", "a_b"), ("a--b", "a-b"), ("a..b", "a.b"), ("a//b", "a/b"), ("a&&b",
          "a&b"), ("a``b", "a`b"), ("[a]]b]", "a]b"), ("o\\'neil", "o'neil"), ("oneil", "o'neil"), ("o\u2019neil",
          "o'neil"), ("o`neil", "o'neil"), ("o\u00b4neil", "o'neil"), ("o\u02bcneil", "o'neil"), ("a\u201cb", 'a"b'),
          ("a^^b", "a^b"), ("a;;b", "a;b"), ("a@@b", "a@b"), examples=20),
    spellings("directory", "encoded", first("\\{:02x}"), lambda name: f"{name[:2]}\\{ord(name[2]):02x}{name[3:]}",
              around("(uid=", ")"), around("(cn=", ")"), each("\\{:02X}"), before("uid="), before("cn="),
              around("(&(uid=", ")(x=*))"), before("\\#"), around("CN=", ",DC=corp"), after(",o=corp"),
              before("samaccountname="), around("#04", ""), after("\\,"), names=("alice", "ssm-user", "root", "olga",
              "maria.k")),
    spellings("template", "encoded", around("{{", "}}"), around("{{ ", " }}"), around("${", "}"), around("#{", "}"),
              around("<%= ", " %>"), around("%{", "}"), around("$(", ")"), around("{%", "%}"), around("@{", "}"),
              around("[[", "]]"), around("$"), around("%")),
    spellings("mail", "encoded",
              lambda name: quopri.encodestring(name[:1].encode()).decode() and f"={ord(name[0]):02X}{name[1:]}",
              around("=?utf-8?q?", "?="), lambda name: f"=?utf-8?b?{encoded(base64.b64encode)(name)}?=", after("=\n"),
              after("=20"), after("="), first("+AGE-"), around("begin ", " end")),
    pairs("mojibake", "encoded", ("zoÃ«", "zoë"), ("zo\udcc3".encode("utf-8", "replace").decode() + "x", "zoëx"),
          ("zo?", "zoë"), ("zo\ufffd", "zoë"), ("zoÐ", "zoа"), ("jÃ¼rgen", "jürgen"), ("жllice", "alice"),
          ("zo", "zoë"), ("joÃ£o", "joão"), ("zoÃƒÂ«", "zoë"), examples=6),
    pairs("control-character-written", "encoded", ("al^Aice", "al\x01ice"), ("alice^M", "alice\r"), ("^[alice",
          "\x1balice"), ("alice^?", "alice\x7f"), ("al\u2401ice", "al\x01ice"), ("al\\cAice", "al\x01ice"), ("al^Gice",
          "al\x07ice"), ("alice^J", "alice\n"), ("^Halice", "\balice"), ("al\\aice", "al\x07ice"), ("al<07>ice",
          "al\x07ice"), ("alice<CR>", "alice\r"), ("\\ealice", "\x1balice"), ("\u241balice", "\x1balice"), examples=6),
    pairs("beyond-16-bits", "encoded", ("\U0001f600", "\U0001f601"), ("al\U0001f600ice", "al\ufffdice"), ("al😀ice",
          "al🎉ice"), ("\U00020bb7田", "\U00020bbe田"), ("al😀ice", "al"), ("al😀ice", "al??ice"), ("\U0001d4b6lice",
          "\U0001d4b7lice"), ("😀lice", "🎉lice"), ("al🎉ice", "al\ufffd\ufffdice"), ("al🎉ice", "al?ice"), ("al🎉ice",
          "alice"), ("\U00020bb7田", "田"), ("\U00010428va", "\U00010429va"), examples=6),
)  # fmt: skip
"""Pairs that a decoder makes equal."""
