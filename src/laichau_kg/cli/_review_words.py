"""What a review says, in both languages."""

from collections.abc import Mapping
from typing import Final

__all__ = ["HELP", "REASONS", "WORDS"]

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "head": "[{left} to go] {kind}",
        "open": "{kind}",
        "proposal": "the text says",
        "no-text": "The article's text is not beside the draft (--text names it); quotations are shown.",
        "nothing": "—",
        "keys": "accept a · mend m · drop d · later l · all like it all · undo u · stop q · help ?",
        "prompt": "> ",
        "wrong": "{typed!r} is none of the keys: {keys}.",
        "accepted": "Accepted.",
        "fine": "Nothing stands against it now.",
        "accepted-all": "Accepted {count} of this kind; {rest} of it still need something.",
        "none-like": "None of this kind is complete yet.",
        "left": "It stays a candidate.",
        "later": "Put off.",
        "dropped": "Dropped.",
        "along": "With it {would}: {names}.",
        "would": "would go",
        "went": "went",
        "sure": "Drop them all? y/n > ",
        "undone": "Taken back.",
        "nothing-to-undo": "There is no step to take back.",
        "which": "Which of these? Number or name, Enter to go back > ",
        "no-field": "{typed!r} is none of these.",
        "value": "{name}{language}; Enter leaves it, - empties it > ",
        "evidence": "the words in the text",
        "words": "The words as they stand in the text; Enter leaves them > ",
        "same": "A number if it is that one, n if it is new, Enter to leave it > ",
        "looks": "This looks like something the record knows:",
        "no-words": "These words do not stand in the text.",
        "needs-text": "For that the article's text is needed: --text names it.",
        "back": "What was accepted has findings:",
        "stopped": "Stopped; every step is saved.",
        "rest": "{count} candidates are left: {command}",
        "rest-one": "One candidate is left: {command}",
        "done": "All candidates are reviewed.",
        "none": "There are no candidates in this file.",
        "article-stays": "The article itself cannot be dropped: all its facts hang on it.",
        "choose": "Did you mean {near}?",
    },
    "vi": {
        "head": "[còn {left}] {kind}",
        "open": "{kind}",
        "proposal": "văn bản viết",
        "no-text": "Không thấy văn bản của bài cạnh bản nháp (nêu bằng --text); chỉ hiện các lời trích.",
        "nothing": "—",
        "keys": "nhận a · sửa m · bỏ d · để sau l · nhận mọi mục cùng loại all · lùi u · dừng q · trợ giúp ?",
        "prompt": "> ",
        "wrong": "{typed!r} không phải là một phím: {keys}.",
        "accepted": "Đã nhận.",
        "fine": "Không còn gì phải sửa ở mục này.",
        "accepted-all": "Đã nhận {count} mục cùng loại; {rest} mục còn thiếu.",
        "none-like": "Chưa có mục nào cùng loại đủ điều kiện.",
        "left": "Mục này vẫn là đề xuất.",
        "later": "Để sau.",
        "dropped": "Đã bỏ.",
        "along": "Kèm theo {would}: {names}.",
        "would": "sẽ bỏ",
        "went": "đã bỏ",
        "sure": "Bỏ tất cả? y/n > ",
        "undone": "Đã lùi một bước.",
        "nothing-to-undo": "Không có bước nào để lùi.",
        "which": "Sửa mục nào? Số hoặc tên, Enter để quay lại > ",
        "no-field": "{typed!r} không có trong danh sách.",
        "value": "{name}{language}; Enter để nguyên, - để xóa > ",
        "evidence": "lời văn trong bài",
        "words": "Lời văn đúng như trong bài; Enter để nguyên > ",
        "same": "Gõ số nếu chính là mục đó, n nếu là mục mới, Enter để nguyên > ",
        "looks": "Mục này giống mục đã có trong hồ sơ:",
        "no-words": "Lời văn này không có trong bài.",
        "needs-text": "Việc này cần văn bản của bài: nêu bằng --text.",
        "back": "Những mục đã nhận còn có phát hiện:",
        "stopped": "Đã dừng; mọi bước đều đã lưu.",
        "rest": "Còn {count} đề xuất: {command}",
        "rest-one": "Còn một đề xuất: {command}",
        "done": "Mọi đề xuất đã được duyệt.",
        "none": "Tệp này không có đề xuất nào.",
        "article-stays": "Không thể bỏ chính bài báo: mọi dữ kiện đều gắn với bài.",
        "choose": "Có phải là {near}?",
    },
}
HELP: Final[Mapping[str, str]] = {
    "en": """\
  a     accept it; what is missing is asked for first
  m     mend it; also in one line: m unit percent
  d     drop it, with what cannot stand without it; d repetition (or furniture,
        or not-about-province) notes why its words are left out
  l     leave it for later
  all   accept every candidate of this kind that lacks nothing
  u     take the last step back
  s     show it again
  q     stop; what is marked a candidate waits for the next time
Values are typed as labels or slugs, numbers and dates as in the text; several
are parted by semicolons. +Name makes a new entry of a register.
""",
    "vi": """\
  a     nhận; nếu thiếu điều gì thì được hỏi trước
  m     sửa; có thể gõ trên một dòng: m unit percent
  d     bỏ, cùng với những gì không đứng được nếu thiếu nó; d repetition (hoặc
        furniture, not-about-province) ghi lại lý do lược bỏ
  l     để sau
  all   nhận mọi đề xuất cùng loại không thiếu gì
  u     lùi một bước
  s     xem lại
  q     dừng; những gì còn là đề xuất chờ lần sau
Giá trị gõ bằng nhãn hoặc tên rút gọn, số và ngày như trong bài; nhiều giá trị
cách nhau bằng dấu chấm phẩy. +Tên tạo một mục mới trong sổ đăng ký.
""",
}
REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "empty": "Nothing was typed.",
        "letters": "This is no UTF-8 text.",
        "unknown": "{text!r} is not known here; +Name makes a new entry of a register.",
        "several": "{text}",
        "kind": "Say what is new: {text}",
        "number": "{text!r} is no number; write it alone, like 5.406 or 47,2.",
        "date": "{text!r} is no day; write it like 2022-06-15 or 15/6/2022.",
        "boolean": "{text!r} is neither yes nor no.",
        "language": "Say in which language: {text}.",
        "copied": "More than {text} characters of the text in a row; put it in your own words.",
    },
    "vi": {
        "empty": "Chưa gõ gì.",
        "letters": "Không phải văn bản UTF-8.",
        "unknown": "Ở đây không có {text!r}; +Tên tạo một mục mới trong sổ đăng ký.",
        "several": "{text}",
        "kind": "Nêu rõ mục mới là gì: {text}",
        "number": "{text!r} không phải là số; chỉ viết số, như 5.406 hoặc 47,2.",
        "date": "{text!r} không phải là ngày; viết như 2022-06-15 hoặc 15/6/2022.",
        "boolean": "{text!r} không phải là có hay không.",
        "language": "Nêu ngôn ngữ: {text}.",
        "copied": "Trùng hơn {text} ký tự liền nhau với bài; hãy viết bằng lời của mình.",
    },
}
