"""The types of files that are taken, and names that fit them."""

import re
import unicodedata

# What a file may be: content type → the ends of names that fit it, the usual one first.
TYPES = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
_ENDS = tuple(end for ends in TYPES.values() for end in ends)
# What looks like the end of a file's name, unlike the “.2026” of a date.
_ANY_END = re.compile(r"(?<=.)\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}$", re.IGNORECASE)
LONGEST_NAME = 255


def fitting_name(name: str, content_type: str) -> str:
    """The name without characters that deceive, ending as files of this type do: “cv.hta” becomes “cv.pdf”.

    Names of types that are not taken from people keep their end.
    """
    shown = "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    ends = TYPES.get(content_type)
    if ends is None:
        return shown[-LONGEST_NAME:] or "file"
    end = next((end for end in ends if shown.lower().endswith(end)), "")
    stem = shown[: -len(end)] if end else _ANY_END.sub("", shown)
    while stem.lower().endswith(_ENDS):
        stem = stem.rpartition(".")[0]
    end = end or ends[0]
    return (stem.strip(" .") or "file")[: LONGEST_NAME - len(end)] + end
