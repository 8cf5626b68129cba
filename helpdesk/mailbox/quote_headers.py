"""The lines with which mail programs introduce a quotation, in many languages.

Only how it looks: whether a quotation follows is for `helpdesk.mailbox.quotes` to see.
"""

import re
from collections.abc import Sequence

_MAX_INTRODUCTION_LINES = 4
# “wrote”, as mail programs say it. Latin, Greek and Cyrillic, in the order of the languages' codes.
_WROTE = (
    "написа",  # bg
    "napsal",  # cs
    "skrev",  # da, nb, sv
    "schrieb",  # de
    "έγραψε",  # el
    "wrote",  # en
    "escribió",  # es
    "kirjoitti",  # fi
    "a écrit",  # fr
    "napisao",  # hr
    "írta",  # hu
    "ha scritto",  # it
    "schreef",  # nl
    "napisał",  # pl
    "pisze",  # pl
    "escreveu",  # pt
    "a scris",  # ro
    "napísal",  # sk
    "je napisal",  # sl
    "yazdı",  # tr
    "пише",  # uk
    "написав",  # uk
)
_SENDER = r"from|von|de|da|van|fra|från|od|mittente|expéditeur|remitente|από|от|від|feladó|lähettäjä|kimden"
_SENT = (
    r"sent|date|gesendet|datum|envoyé|enviado(?: el)?|enviada(?: em)?|inviato|data|fecha|verzonden|sendt|skickat"
    r"|wysłan[oey]|odesláno|odoslané|trimis(?: la)?|στάλθηκε|ημερομηνία|изпратено|дата|надіслано|elküldve|küldve"
    r"|lähetetty|päivämäärä|poslano|gönderilen|dato"
)
_TO = r"to|an|à|a|para|aan|til|till|do|komu|către|προς|до|кому|címzett|vastaanottaja|za|kime|cc|kopie|dw"
_SUBJECT = (
    r"subject|betreff|objet|asunto|oggetto|onderwerp|emne|ämne|temat|předmět|predmet|assunto|subiect|θέμα|тема|относно"
    r"|tárgy|aihe|zadeva|konu"
)
_KINDS = [re.compile(rf"\*?(?:{names})\s*:\*?(?:\s|$)", re.IGNORECASE) for names in (_SENDER, _SENT, _TO, _SUBJECT)]
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d.origine"
    r"|message transféré|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original"
    r"|oprindelig meddelelse|ursprungligt meddelande|original(?:na|t)? (?:poruka|meddelelse)|wiadomość oryginalna"
    r"|oryginalna wiadomość|původní zpráva|mesaj original|αρχικό μήνυμα|оригинално съобщение|eredeti üzenet"
    r"|alkuperäinen viesti)\s*-{2,}",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_-]{10,}")


def quote_header_length(lines: Sequence[str]) -> int:
    """The number of lines of the quotation's header with which these lines begin; 0 where they begin with none."""
    return _introduction(lines) or _block(lines)


def _introduction(lines: Sequence[str]) -> int:
    """“On 28 November 2026, the portal wrote:”, broken over some lines: a verb or an address, and a figure."""
    text = ""
    for number, line in enumerate(lines[:_MAX_INTRODUCTION_LINES], start=1):
        if not line.strip():
            return 0
        text = f"{text} {line.strip().casefold()}".replace("*", "")
        if text.rstrip().endswith(":"):
            is_introduction = "@" in text or any(word in text for word in _WROTE)
            return number if is_introduction and any(char.isdigit() for char in text) else 0
    return 0


def _block(lines: Sequence[str]) -> int:
    """A rule or “Original Message”, then From, Sent, To, Subject in any order and language; at least three of them."""
    at = 0
    while at < len(lines) and (not lines[at].strip() or _is_rule(lines[at])):
        if at == 0 and not lines[at].strip():
            return 0
        at += 1
    kinds: set[int] = set()
    while at < len(lines) and (found := _kind(lines[at])) is not None:
        kinds.add(found)
        at += 1
    if len(kinds) >= 3 or (at and not kinds and _ORIGINAL.fullmatch(lines[0].strip())):
        return at
    return 0


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line.strip()) or _ORIGINAL.fullmatch(line.strip()))


def _kind(line: str) -> int | None:
    """Which of the four the line is; None for none."""
    return next((number for number, pattern in enumerate(_KINDS) if pattern.match(line.strip())), None)
