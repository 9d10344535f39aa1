"""Names that become others when something parses them: as numbers, values, paths, lists, addresses or patterns."""

from collections.abc import Callable

from runas_properties.stateful.confusables.confusable import Confusable, confusable, pairs, spellings
from runas_properties.stateful.confusables.folding import after, around, before, moved

__all__ = ["NONE_WORDS", "NUMBERS", "PARSING"]

NUMBERS = ("2001", "7", "1000", "20033", "65534", "4096")
"""Names that are numbers; the OS user of that name has this uid, and so have others."""

SEPARATORS = (
    *(
        ",",
        ";",
        ":",
        "|",
        "/",
        "&",
        "+",
        " ",
        "\t",
        "\n",
        ", ",
        "\0",
        "\\",
        "=",
        "\r\n",
        "; ",
        " | ",
        ",,",
        "-",
        "_",
        ".",
        "#",
    ),
    *("\x1f", "\x1e", "\u3001", "\uff0c", "\u061b", "\u2028", "\xa0", " or ", " and ", "||", "::", ">", "*", "!"),
)
"""What stands between the members of a list, somewhere."""

NONE_WORDS = (
    *(
        "null",
        "None",
        "nil",
        "undefined",
        "NULL",
        "none",
        "N/A",
        "n/a",
        "NA",
        "NaN",
        "nan",
        "-",
        "--",
        "~",
        "\\N",
        "#N/A",
    ),
    *("(null)", "(none)", "<null>", "<none>", "inherit", "same"),
    *("None.", "Nothing", "nothing", "void", "empty", "EMPTY", "unset", "unknown", "()"),
    *("[]", "{}", '""', "''", "0", "false", "no", "off", "*", "?", ".", "..", "/", "default", "nobody", "anonymous"),
    *(
        "missing",
        "not set",
        "keine",
        "aucun",
        "ninguno",
        "無",
        "nulo",
        "null\n",
        "#NULL!",
        "<NA>",
        "NIL",
        "Null",
        "n.a.",
    ),
)
"""Words that mean that there is no value, in languages and data tools."""

IN_DIGITS = {"arabic": 0x660, "persian": 0x6F0, "devanagari": 0x966, "bengali": 0x9E6, "thai": 0xE50, "wide": 0xFF10}


def digits(zero: int) -> Callable[[str], str]:
    return moved(ord("a"), zero)


def number(written: str) -> Callable[[str], str]:
    """A number written with a format, as in `{:#x}`."""
    return lambda name: written.format(int(name))


def shifted(by: int) -> Callable[[str], str]:
    """A number that is the same in fewer bits."""
    return lambda name: str(int(name) + by)


def roman(name: str) -> str:
    left, written = int(name), ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        written += letters * (left // value)
        left %= value
    return written


PARSING: tuple[Confusable, ...] = (
    spellings("number", "number", before("0"), before("+"), number("{:#x}"), number("{:#o}"), number("0{:o}"),
              number("{:#b}"), number("{:_}"), number("{:,}"), after(".0"), after("."), number("{:e}"),
              number("{:.3e}"), before(" "), after(" "), before("#"), before("000"), after("L"), after("n"), after("u"),
              before("-"), number("{:x}"), number("{:X}h"), number("${:X}"), number("&H{:X}"), number("16#{:X}"),
              after("e0"), after("E+0"), after(",0"), after(".00"), before("uid="), before("uid:"), after(":"),
              after("i"), after("f"), lambda name: f"{name}:{name}", around("(", ")"), roman, number("{:,}.00"),
              before("0d"), before("1*"), lambda name: f"{name}/1", lambda name: f"{int(name) - 1}+1",
              lambda name: f"{int(name) // 10}e1", number("{:#X}"), number("0{:#b}"), after("%"), after("."),
              before("--"), names=NUMBERS, any=False),
    spellings("number-in-other-digits", "number", *map(digits, IN_DIGITS.values()), digits(0x1D7CE),
              lambda name: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in name),
              lambda name: "".join("〇一二三四五六七八九"[int(digit)] for digit in name), names=NUMBERS, any=False),
    spellings("number-in-fewer-bits", "number", shifted(2**8), shifted(2**16), shifted(2**31), shifted(2**32),
              shifted(2**64),
              shifted(-(2**32)), shifted(-(2**16)), shifted(2**53), shifted(-(2**8)), names=NUMBERS, any=False),
    pairs("number-as-float", "number", ("1.0", "1"), ("1e3", "1000"), ("1.50", "1.5"), ("0.1e1", "1"), ("inf",
          "Infinity"), ("-0", "0"), ("1E400", "inf"), (".5", "0.5"), ("1_000", "1000"), ("007", "7"), ("0x10", "16"),
          ("010", "8"), ("9007199254740993", "9007199254740992"), ("16777217", "16777216"), ("1.0000000000000001", "1"),
          ("1,5", "1.5"), ("0777", "777"), ("1e3", "1e03"), ("-1", "4294967295"), ("1/2", "0.5"), ("½", "0.5"), ("5%",
          "0.05"), examples=18),
    pairs("number-with-letters", "number", ("2001alice", "2001"), ("12abc", "12"), ("user007", "user7"), ("dave02",
          "dave2"), ("x1.10", "x1.1"), ("v1.0", "v1"), ("web01", "web1"), ("eve2.0", "eve2"), ("dave two", "dave 2"),
          examples=7),
    pairs("truth-value", "value", ("TRUE", "true"), ("yes", "true"), ("on", "true"), ("1", "true"), ("0", "false"),
          ("no", "false"), ("off", "false"), ("y", "yes"), ("t", "true"), ("False", "false"), ("wahr", "true"), ("oui",
          "yes"), ("ja", "yes"), ("enabled", "true"), ("#t", "true"), ("真", "true"), (".T.", "true"), ("-1", "true"),
          examples=12),
    confusable("none-word", "value", len(NONE_WORDS), lambda word: (NONE_WORDS[word], "alice")),
    pairs("date", "value", ("mar1", "1-Mar"), ("2026-01-02", "02.01.2026"), ("20260102", "2026-01-02"), ("2026-1-2",
          "2026-01-02"), ("1/2/2026", "01/02/2026"), ("MAR1", "1-Mar"), ("jan-2", "2-jan"), ("2026-01-02T00:00:00Z",
          "2026-01-02"), ("12:00", "12:00:00"), ("1767312000", "2026-01-02"), ("2. Januar 2026", "2026-01-02"),
          ("sept2", "2-Sep"), ("2026-01-02Z", "2026-01-02"), ("46024", "2026-01-02"), ("90s", "1m30s"), examples=8),
    pairs("one-value-otherwise", "value", ("10.0.0.1", "10.0.0.01"), ("167772161", "10.0.0.1"), ("::1",
          "0:0:0:0:0:0:0:1"), ("1.1", "1.10"), ("1kb", "1024"), ("1h", "60m"), ("A-B", "a-b"),
          ("{00000000-0000-0000-0000-000000000001}", "00000000-0000-0000-0000-000000000001"), ("localhost",
          "127.0.0.1"), ("+4912", "004912")),
    spellings("path", "path", before("./"), before("/home/"), after("/"), before("../"), before("/"), after("/."),
              before("a/../"), before("C:\\Users\\"), before("file:///home/"), after(".txt"), after("/.."),
              before("//"), before("/etc/../"), after("/x"), before(".\\"), after("\\"), before("x/"), before("~/"),
              before("/Users/"), after(".lnk"), before("home:"), before("\\\\host\\"), after("::$DATA"), after(".conf"),
              after("~"), after(".bak")),
    spellings("list-first", "list", *(after(f"{separator}nobody1") for separator in SEPARATORS), examples=14),
    spellings("list-last", "list", *(before(f"nobody1{separator}") for separator in SEPARATORS), examples=14),
    spellings("list-middle", "list", *(around(f"x1{separator}", f"{separator}x2") for separator in SEPARATORS),
              examples=6),
    spellings("list-ends", "list", *(after(separator) for separator in (",", ";", ":", "|", "&", "+", "=")),
              *(before(separator) for separator in (",", ";", ":", "|", "&", "+")), examples=13),
    spellings("domain", "domain", after("@corp.example.com"), before("CORP\\"), before("corp/"), after("+admin"),
              after("%corp"), before("corp:"), after(".corp.example.com"), around("uid=", ",ou=people,dc=example"),
              around("CN=", ",OU=Staff,DC=corp"), before("arn:aws:iam::111111111111:user/"), after("@"),
              after("@localhost"), before("AROAEXAMPLE:"), after(":x:2001:2001::/home/alice:/bin/sh"), around("<",
              "@corp>"), around("Alice A <", ">"), before("mailto:"), before("ssh://"), around("ssh://", "@host"),
              before(".\\"), after(" (Alice A)"), after("!corp"), before("user:"), before("u:"), after("@CORP"),
              before("corp+"), before("host!"), before("ldap:///uid="), before("corp."), before("corp-"),
              after("#EXT#@corp.example"), before("i:0#.w|corp\\"), after("-corp"), before("https://id.example/users/"),
              after("_corp"), after(":alice"), before("IAM:"), after("/admin")),
    spellings("pattern-of-the-shell", "pattern", lambda name: name[:2] + "*", lambda name: name[:-1] + "?", before("*"),
              lambda name: f"[{name[0]}]{name[1:]}", around("{", ",nobody1}"), lambda name: name[:1] + "*" + name[-1],
              lambda name: "?" * len(name), lambda _: "*", after("*"), lambda _: "**", lambda _: "[a-z]*",
              lambda name: f"[!~]{name[1:]}", around("@(", ")"), lambda name: f"{name[0]}*"),
    spellings("pattern-of-sql", "pattern", lambda name: name[:2] + "%", lambda name: name[:-1] + "_", lambda _: "%",
              lambda name: "_" * len(name), after("%"), before("%"), lambda name: f"%{name[1:3]}%", after("'--"),
              after("' OR '1'='1"), lambda _: "' OR ''='", after("';--"), after('"--'), after("/*"), after("' --"),
              lambda _: "x' OR 1=1--", lambda name: f"{name[:2]}'||'{name[2:]}", around("x' UNION SELECT '", "")),
    spellings("pattern-of-expressions", "pattern", lambda name: name[:-1] + ".", around("^", "$"), lambda _: ".*",
              lambda name: name[0] + ".*", after("|nobody1"), around("(", ")"), lambda name: "(?i)" + name.upper(),
              lambda name: "[a-z]{" + str(len(name)) + "}", lambda name: name[:-1] + "x?" + name[-1], lambda _: ".+",
              lambda name: name[:-1] + "[a-z0-9]", after("$"), before("^"), before("nobody1|"), around("/", "/"),
              lambda name: f"{name[:2]}+{name[2:]}", lambda name: "\\w" + name[1:], around("\\b", "\\b"), lambda _: ".",
              around(".*", ".*"), around("(?:", ")"), lambda name: f"{name[:2]}(?:{name[2:]})", after("|"),
              before("\\A")),
    spellings("template-with-quotes", "pattern", around("{{'", "'}}"), lambda name: "{0}", lambda name: "%s",
              around("<%= '", "' %>"), around("#{'", "'}"), lambda name: "${name}", lambda name: "{}",
              lambda name: "$1", lambda name: "{{ssm:user}}", before("!"), lambda name: f"{name[0]}{{1}}{name[1:]}",
              after("*)(uid=*"), lambda name: "*)(uid=" + name),
)  # fmt: skip
"""Pairs that a parser makes equal."""
